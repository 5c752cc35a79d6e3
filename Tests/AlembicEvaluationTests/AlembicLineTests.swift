// Every statement of the files in Fixtures/sqlalchemy: what backout emits is what the real Alembic
// does, or it says that it does not know.

import Alembic
import Foundation
import PythonSyntax
import SourceText
import Testing

@Suite struct AlembicLineTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"] != nil),
    arguments: [
      "declarative", "expressions", "types", "operations", "plugins", "postgres", "refusals",
    ])
  func statementsAreThoseOfAlembic(name: String) throws {
    let file = Self.root.appending(path: "Fixtures/sqlalchemy/\(name).py")
    let expected = try alembicLines(file)
    let text = try String(contentsOf: file, encoding: .utf8)
    let source = SourceFile(path: file.path(), text: text)
    let step = evaluate(text)
    #expect(step.raises == nil)

    let starts = expected.keys.sorted()
    func start(_ range: SourceRange) -> Int {
      let line = source.position(of: range.start).line
      return starts.last { $0 <= line } ?? 0
    }
    let emitted = Dictionary(grouping: step.statements) { start($0.range) }
      .mapValues { $0.map(\.sql) }
    let open = Set((step.opaque + step.offlineFailures).map { start($0.range) })
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in starts {
      let text = lines[line - 1]
      guard let statements = expected[line] ?? nil else {
        #expect(open.contains(line), "Alembic raises, backout does not see it: \(text)")
        continue
      }
      if text.hasSuffix("# open") {
        #expect(open.contains(line), "no longer open: \(text)")
      } else {
        #expect(!open.contains(line), "not known: \(text)")
        #expect(ordered(emitted[line] ?? []) == ordered(statements), "\(text)")
      }
    }
    #expect(starts.count > 50)
  }

  /// SQLAlchemy keeps the indexes of a table in a set: they come in any order.
  private func ordered(_ statements: [String]) -> [String] {
    var result: [String] = []
    var indexes: [String] = []
    for statement in statements {
      if statement.hasPrefix("CREATE INDEX") || statement.hasPrefix("CREATE UNIQUE INDEX") {
        indexes.append(statement)
      } else {
        result += indexes.sorted() + [statement]
        indexes = []
      }
    }
    return result + indexes.sorted()
  }

  /// What Alembic emits by line; nil where it raises.
  private func alembicLines(_ file: URL) throws -> [Int: [String]?] {
    let process = Process()
    let python = try #require(ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"])
    process.executableURL = URL(filePath: python)
    process.arguments = [
      Self.root.appending(path: "Fixtures/tools/alembic_lines.py").path(), file.path(),
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let decoded = try JSONDecoder().decode([String: [String]?].self, from: data)
    var result: [Int: [String]?] = [:]
    for (line, statements) in decoded { result[try #require(Int(line))] = .some(statements) }
    return result
  }
}
