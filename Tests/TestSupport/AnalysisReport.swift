// The JSON of `backout analyze` as values; only the fields that tests ask for.

package import Foundation

package struct AnalysisReport: Decodable, Sendable {
  package struct Revision: Decodable, Sendable {
    package var revision: String
    package var verdict, executes, data, schema, code: String
    package var schemaDifferences: [String]
  }
  package struct Finding: Decodable, Sendable {
    package var rule, severity, revision, file, message: String
    package var line: Int
  }
  package struct Diagnostic: Decodable, Sendable {
    package var file: String?
    package var line: Int?
    package var message: String
  }
  package var format: Int
  /// Nil where there is nothing to judge.
  package var verdict: String?
  package var revisions: [Revision]
  package var findings: [Finding]
  package var diagnostics: [Diagnostic]

  package init(_ json: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(AnalysisReport.self, from: json)
  }
}
