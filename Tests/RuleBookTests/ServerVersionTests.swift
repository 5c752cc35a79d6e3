// What rules say of versions that no test's server has.

import PostgresSyntax
import SafetyRules
import SchemaModel
import SourceText
import Testing

@Suite struct ServerVersionTests {
  /// As the release notes of 14.4 say: "Prevent possible corruption of indexes created or rebuilt with the
  /// CONCURRENTLY option".
  @Test(
    arguments: [
      (130_007, nil), (140_000, .error), (140_003, .error), (140_004, nil), (140_019, nil),
      (150_000, nil),
    ] as [(Int, Severity?)],
    [
      "CREATE INDEX CONCURRENTLY ix ON t (a)", "REINDEX TABLE CONCURRENTLY t",
      "REINDEX INDEX CONCURRENTLY t_pkey",
    ])
  func concurrentBuilds(_ version: (number: Int, severity: Severity?), _ statement: String) throws {
    let found = try severities(of: statement, on: ServerVersion(number: version.number))
    #expect(found == [version.severity].compactMap { $0 })
  }

  @Test func onlyTheMajorVersionIsKnown() throws {
    let statement = "CREATE INDEX CONCURRENTLY ix ON t (a)"
    #expect(try severities(of: statement, on: ServerVersion(major: 14)) == [.info])
    #expect(try severities(of: statement, on: ServerVersion(major: 13)).isEmpty)
  }

  @Test(arguments: [
    "CREATE INDEX ix ON t (a)", "REINDEX TABLE t", "DROP INDEX CONCURRENTLY t_a",
  ])
  func otherStatements(_ statement: String) throws {
    #expect(try severities(of: statement, on: ServerVersion(number: 140_000)).isEmpty)
  }

  private func severities(
    of text: String, on server: ServerVersion
  ) throws -> [Severity] {
    var catalog = Catalog()
    func apply(_ text: String, _ origin: Origin) throws -> StatementRecord {
      let statement = try #require(try parseStatements(text).get().first)
      let outcome = catalog.apply(
        statement.statement,
        context: ApplyContext(
          origin: origin, isInTransaction: false, transaction: origin, serverVersion: server.major))
      try #require(outcome.failures.isEmpty, "\(outcome.failures)")
      return StatementRecord(
        location: SourceLocation(file: "a.py"), sql: text, outcome: outcome, isConditional: false,
        isInTransaction: false)
    }
    _ = try apply("CREATE TABLE t (id int PRIMARY KEY, a int)", 1)
    _ = try apply("CREATE INDEX t_a ON t (a)", 1)
    let before = catalog
    let record = try apply(text, 2)
    var step = StepRecord(
      revision: "a", direction: .upgrade, origin: 2, location: record.location, after: catalog)
    step.statements = [record]
    let trip = RoundTrip(before: before, upgrades: [step], downgrades: [])
    return ActiveRules().findings(in: RoundTripContext(trip, server: server), differences: [])
      .filter { $0.rule == "concurrent-index-corruption" }.map(\.severity)
  }
}
