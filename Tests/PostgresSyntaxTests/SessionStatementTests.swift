// Transactions, settings, locks, maintenance, and statements without effect.

import Testing

@testable import PostgresSyntax

@Suite struct SessionStatementTests {
  private static let cases: [(String, Statement)] = [
    ("BEGIN ISOLATION LEVEL SERIALIZABLE", .transaction(.begin)),
    ("START TRANSACTION", .transaction(.begin)),
    ("COMMIT", .transaction(.commit)),
    ("END", .transaction(.commit)),
    ("ROLLBACK", .transaction(.rollback)),
    ("SAVEPOINT a", .transaction(.savepoint("a"))),
    ("RELEASE SAVEPOINT a", .transaction(.release("a"))),
    ("ROLLBACK TO a", .transaction(.rollbackTo("a"))),
    ("PREPARE TRANSACTION 'x'", .transaction(.prepare("x"))),
    ("COMMIT PREPARED 'x'", .transaction(.commitPrepared("x"))),
    ("ROLLBACK PREPARED 'x'", .transaction(.rollbackPrepared("x"))),
    (
      "SET LOCAL lock_timeout = '5s'",
      .setVariable(SetVariable(name: "lock_timeout", values: [.string("5s")], isLocal: true))
    ),
    (
      "SET Search_Path TO app, \"Public\"",
      .setVariable(SetVariable(name: "search_path", values: [.string("app"), .string("Public")]))
    ),
    (
      "SET statement_timeout = 0",
      .setVariable(SetVariable(name: "statement_timeout", values: [.integer(0)]))
    ),
    ("SET work_mem TO DEFAULT", .setVariable(SetVariable(name: "work_mem"))),
    ("SET TIME ZONE 'UTC'", .setVariable(SetVariable(name: "timezone", values: [.string("UTC")]))),
    ("SET TRANSACTION READ ONLY", .setVariable(SetVariable(name: "TRANSACTION"))),
    ("RESET lock_timeout", .setVariable(SetVariable(name: "lock_timeout"))),
    ("RESET ALL", .setVariable(SetVariable())),
    ("SET CONSTRAINTS ALL DEFERRED", .setConstraints([], deferred: true)),
    (
      "SET CONSTRAINTS s.c IMMEDIATE",
      .setConstraints([QualifiedName(schema: "s", "c")], deferred: false)
    ),
    (
      "LOCK TABLE s.t, u IN SHARE ROW EXCLUSIVE MODE NOWAIT",
      .lock(
        LockTables(
          tables: [QualifiedName(schema: "s", "t"), QualifiedName("u")], mode: .shareRowExclusive,
          noWait: true))
    ),
    ("LOCK t", .lock(LockTables(tables: [QualifiedName("t")], mode: .accessExclusive))),
    (
      "VACUUM (FULL, ANALYZE) t",
      .vacuum(
        Vacuum(
          tables: [QualifiedName("t")], isVacuum: true,
          options: [Option(name: "full"), Option(name: "analyze")]))
    ),
    ("VACUUM", .vacuum(Vacuum(isVacuum: true))),
    (
      "ANALYZE s.t (a)",
      .vacuum(
        Vacuum(tables: [QualifiedName(schema: "s", "t")], isVacuum: false, columns: ["a"]))
    ),
    (
      "REINDEX (CONCURRENTLY) INDEX s.i",
      .reindex(Reindex(kind: .index, name: QualifiedName(schema: "s", "i"), concurrently: true))
    ),
    (
      "REINDEX TABLE CONCURRENTLY t",
      .reindex(Reindex(kind: .table, name: QualifiedName("t"), concurrently: true))
    ),
    ("REINDEX SCHEMA s", .reindex(Reindex(kind: .schema, name: QualifiedName("s")))),
    ("CLUSTER t USING i", .cluster(Cluster(table: QualifiedName("t"), index: "i"))),
    ("CLUSTER", .cluster(Cluster())),
    ("SHOW search_path", .show("search_path")),
    ("LISTEN a", .inert("LISTEN")),
    ("UNLISTEN *", .inert("UNLISTEN")),
    ("NOTIFY a, 'x'", .inert("NOTIFY")),
    ("CHECKPOINT", .inert("CHECKPOINT")),
    ("CLOSE c", .inert("CLOSE")),
    ("FETCH 1 FROM c", .inert("FETCH")),
    ("DEALLOCATE p", .inert("DEALLOCATE")),
    ("DEALLOCATE ALL", .inert("DEALLOCATE ALL")),
    ("ALTER ROLE a SET search_path = s", .setPathOfSessions),
    ("ALTER DATABASE a SET search_path TO s", .setPathOfSessions),
  ]

  @Test(arguments: cases.indices)
  func statement(index: Int) throws {
    let (sql, expected) = Self.cases[index]
    #expect(try parseOne(sql) == expected)
  }

  /// lockdefs.h numbers the modes; LOCK TABLE spells them (manual 13.3.1).
  @Test(arguments: LockMode.allCases)
  func everyLockModeIsReadAsItIsPrinted(mode: LockMode) throws {
    #expect(
      try parseOne("LOCK TABLE t IN \(mode) MODE")
        == .lock(LockTables(tables: [QualifiedName("t")], mode: mode)))
  }
}
