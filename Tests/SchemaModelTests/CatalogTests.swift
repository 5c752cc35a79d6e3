// The replayed catalog beside that of a real server, after each statement of whole histories.

import Foundation
import PostgresSyntax
import TestSupport
import Testing

@testable import SchemaModel

@Suite(.serialized) struct CatalogsBesideARealServer {
  @Test(arguments: [
    Histories.objects, Histories.blocks, Histories.names, Histories.definedObjects,
    Histories.privileges, Histories.rareObjects,
  ])
  func ofWrittenHistories(text: String) async throws {
    let statements = text.components(separatedBy: "\n;;\n")
    try await compareCatalogs([statements])
  }

  @Test func ofDefinitions() async throws {
    try await compareCatalogs(Histories.definitions)
  }

  @Test func ofExampleProjects() async throws {
    let projects = ["shop", "projects/verdicts", "projects/raises", "projects/several-locations"]
    let histories = try await projects.asyncMap { project in
      try await thereAndBack(repository.appending(path: "Fixtures/\(project)"))
    }
    try #require(histories.allSatisfy { !$0.isEmpty })
    try await compareCatalogs(histories)
  }

  /// As many as `BACKOUT_TEST_HISTORIES` says, else some.
  @Test func ofGeneratedHistories() async throws {
    let wanted = ProcessInfo.processInfo.environment["BACKOUT_TEST_HISTORIES"]
    let count = wanted.flatMap(Int.init) ?? 40
    try await withTemporaryDirectory { directory in
      let write = """
        import sys; sys.path.insert(0, sys.argv[1]); import generate
        for seed in range(int(sys.argv[3])): generate.write_history("%s/%d" % (sys.argv[2], seed), seed)
        """
      let outcome = try await run([
        "/usr/bin/env", "python3", "-Bc", write, repository.appending(path: "Fixtures/truth").path,
        directory.path, "\(count)",
      ])
      try #require(outcome.exitCode == 0, "\(outcome.errorText)")
      let histories = try await (0..<count).asyncMap { seed in
        try await thereAndBack(directory.appending(path: "\(seed)"))
      }
      try #require(histories.allSatisfy { !$0.isEmpty })
      try await compareCatalogs(histories)
    }
  }
}

extension Sequence where Element: Sendable {
  fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws
    -> [Result]
  {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}

/// The statements of all upgrades of a project, and of its downgrades in the opposite order, up to the
/// first step of which something is not known.
private func thereAndBack(_ project: URL) async throws -> [String] {
  struct Report: Decodable {
    struct Statement: Decodable { var sql: String }
    struct Step: Decodable {
      var complete: Bool
      var statements: [Statement]
    }
    struct Revision: Decodable {
      var revision: String
      var downRevisions: [String]
      var upgrade, downgrade: Step
    }
    var revisions: [Revision]
  }
  let outcome = try await backout("sql", "--format", "json", "--path", project.path)
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  var waiting = try decoder.decode(Report.self, from: outcome.output).revisions
  var applied: [Report.Revision] = []
  while let next = waiting.firstIndex(where: { revision in
    revision.downRevisions.allSatisfy { parent in applied.contains { $0.revision == parent } }
  }) {
    applied.append(waiting.remove(at: next))
  }
  let steps = applied.map(\.upgrade) + applied.reversed().map(\.downgrade)
  return steps.prefix(while: \.complete).flatMap { $0.statements.map(\.sql) }
}

/// A statement of a history with what the model makes of it.
private struct Prediction {
  var statement: String
  var outcome: StatementOutcome
  var catalog: Catalog
  /// What a server is asked after it.
  var definitions: [StoredDefinition]

  /// Up to the first statement that the model says it does not understand: what that does is not in the catalog.
  static func predictions(of statements: [String]) -> [Prediction] {
    var history = History()
    history.isInTransaction = false
    var views = WrittenViews()
    var (doubted, labels): (Set<String>, Set<String>) = ([], [])
    var predictions: [Prediction] = []
    for statement in statements {
      let outcome = history.run(statement)
      history.next()
      if !outcome.isUnderstood { break }
      views.note(history.catalog)
      // What was read again by PostgreSQL may have other casts, as the model says then. Labels of an enum have
      // their first names in its texts.
      for case .rereadAs(_, _, _, let name) in outcome.doubts.map(\.reason) {
        doubted.insert(name.name)
      }
      for case .enumValueRenamed(_, let label, _) in outcome.effects { labels.insert(label) }
      let definitions = storedDefinitions(history.catalog, writtenAnew: views)
      predictions.append(
        Prediction(
          statement: statement, outcome: outcome, catalog: history.catalog,
          definitions: definitions.filter { definition in
            !doubted.contains { definition.subject.hasSuffix($0) }
              && !labels.contains(where: definition.making.contains)
          }))
    }
    return predictions
  }

  /// For psql: prints a block with the lines of the catalog, and what is stored of definitions.
  var script: String {
    """
    \\o /dev/null
    \(statement);
    \\o
    \\echo '== ' :SQLSTATE
    begin; set local search_path = pg_catalog, public;
    \(catalogLinesQuery.replacing("\n", with: " "));
    commit;
    \(definitions.map(\.question).joined(separator: "\n"))
    """
  }
}

/// Runs each history in an empty database and on an empty catalog, each statement in a transaction of its
/// own; a history ends early at a statement of which it was said that it may fail, and that does.
private func compareCatalogs(_ histories: [[String]]) async throws {
  let histories = histories.map(Prediction.predictions)
  let script = histories.map { predictions in
    "\(freshDatabase)\n\(StoredDefinition.functions)\n\\echo '== ' :SQLSTATE\n"
      + predictions.map(\.script).joined(separator: "\n")
  }
  // The roles that generated histories name.
  let roles = "create role truth_reader; create role truth_owner;\n"
  let seconds = 100 + histories.count * 8
  var blocks = try await answers(of: roles + script.joined(separator: "\n"), seconds: seconds)[...]
  try #require(blocks.count == histories.reduce(0) { $0 + $1.count + 1 })
  for predictions in histories {
    #expect(blocks.removeFirst().state == "00000")
    compareCatalogs(predictions, blocks.prefix(predictions.count))
    blocks.removeFirst(predictions.count)
  }
}

private func compareCatalogs(_ predictions: [Prediction], _ blocks: ArraySlice<AnswerBlock>) {
  for (prediction, block) in zip(predictions, blocks) {
    let (statement, outcome) = (prediction.statement, prediction.outcome)
    let foreseen = outcome.failures.map(\.sqlState)
    if outcome.certainState == nil, foreseen.contains(block.state) { return }
    #expect((outcome.certainState ?? "00000") == block.state, "\(statement)")
    let expected = Set(block.lines.filter { !$0.hasPrefix("stored ") })
    let found = Set(catalogLines(prediction.catalog))
    let missing = expected.subtracting(found).filter { !isUnknown($0, in: found) }
    let extra = found.subtracting(expected).filter { !$0.contains(" ? ") }
    #expect(missing.isEmpty && extra.isEmpty, "\(statement): \(missing) \(extra)")
    let stored = block.values("stored")
    #expect(stored == prediction.definitions.map { "same " + $0.subject }, "\(statement)")
    // What differs now would differ after each later statement, too.
    if !missing.isEmpty || !extra.isEmpty || stored.contains(where: { !$0.hasPrefix("same ") }) {
      return
    }
  }
}

/// The type of a computed column, and the columns of a view of more than relations, may be left open by the model.
private func isUnknown(_ line: String, in found: Set<String>) -> Bool {
  let words = line.split(separator: " ")
  if words[0] == "viewcolumn" { return found.contains("viewcolumn \(words[1]) ? ") }
  guard words.count > 4, words[0] == "column" else { return false }
  return found.contains { $0.hasPrefix(words[0..<4].joined(separator: " ") + " ? ") }
}
