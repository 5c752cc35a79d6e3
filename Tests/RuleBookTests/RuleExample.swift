// The examples of a rule's page as small projects, with the places that must be found.

import Foundation
import TestSupport
import Testing

/// One `###` section under "Examples": its Python blocks are consecutive revisions.
struct RuleExample: Sendable, CustomTestStringConvertible {
  var rule: String
  var title: String
  var blocks: [String]
  /// The project's backout.toml; nil for none.
  var settings: String?
  /// What blocks were in the commit before, by their number; a new file has none.
  var earlier: [Int: String] = [:]

  var testDescription: String { "\(rule): \(title)" }

  /// Every example of every page in Rules/.
  static let all: [RuleExample] = pageNames.flatMap { name in
    examples(of: name, in: (try? pageText(of: name)) ?? "")
  }

  static let rulesDirectory = repository.appending(path: "Rules")

  static var pageNames: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: rulesDirectory.path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  static func pageText(of name: String) throws -> String {
    try String(contentsOf: rulesDirectory.appending(path: name + ".md"), encoding: .utf8)
  }

  private static func examples(of rule: String, in page: String) -> [RuleExample] {
    var found: [RuleExample] = []
    var isInExamples = false
    var block: [String]?
    var kind = ""
    for line in page.components(separatedBy: "\n") {
      if let lines = block {
        if line == "```" {
          if isInExamples, !found.isEmpty {
            let text = lines.joined(separator: "\n")
            let number = found[found.count - 1].blocks.count
            switch kind {
            case "toml": found[found.count - 1].settings = text
            case "python before": found[found.count - 1].earlier[number] = text
            default: found[found.count - 1].blocks.append(text)
            }
          }
          block = nil
        } else {
          block = lines + [line]
        }
      } else if ["```python", "```python before", "```toml"].contains(line) {
        block = []
        kind = String(line.dropFirst(3))
      } else if line.hasPrefix("## ") {
        isInExamples = line == "## Examples"
      } else if isInExamples, line.hasPrefix("### ") {
        found.append(RuleExample(rule: rule, title: String(line.dropFirst(4)), blocks: []))
      }
    }
    return found
  }

  /// The files of the project, by name.
  func files(lineEnd: String) -> [String: String] {
    var files = files(of: Array(blocks.enumerated()), lineEnd)
    files["backout.toml"] = settings
    return files
  }

  /// Those of the commit before; nil where nothing is said of it.
  func earlierFiles(lineEnd: String) -> [String: String]? {
    if earlier.isEmpty { return nil }
    return files(of: earlier.map { ($0.key, $0.value) }, lineEnd)
  }

  private func files(
    of blocks: [(offset: Int, element: String)], _ lineEnd: String
  ) -> [String: String] {
    var files: [String: String] = [:]
    for (index, block) in blocks {
      let text = """
        \"\"\"\(title).\"\"\"

        import sqlalchemy as sa
        from alembic import op

        revision = "\(Self.revision(index + 1))"
        down_revision = \(index == 0 ? "None" : "\"\(Self.revision(index))\"")
        branch_labels = None
        depends_on = None


        \(block)

        """
      files["\(Self.revision(index + 1)).py"] = text.split(
        separator: "\n", omittingEmptySubsequences: false
      ).joined(separator: lineEnd)
    }
    return files
  }

  private static func revision(_ number: Int) -> String { String(format: "%04d", number) }
}

/// A place where a rule speaks.
struct RulePlace: Hashable, Comparable, CustomStringConvertible {
  var file: String
  var line: Int
  var rule: String

  var description: String { "\(file):\(line) \(rule)" }
  static func < (left: RulePlace, right: RulePlace) -> Bool {
    (left.file, left.line, left.rule) < (right.file, right.line, right.rule)
  }

  /// The places that the comments of a file mark.
  static func marked(in files: [String: String], lineEnd: String) -> [RulePlace] {
    files.flatMap { file, text in
      text.components(separatedBy: lineEnd).enumerated().compactMap { index, line in
        line.range(of: "# finds: ").map {
          RulePlace(file: file, line: index + 1, rule: String(line[$0.upperBound...]))
        }
      }
    }.sorted()
  }
}
