// What a step does against a database where that is not what `alembic upgrade --sql` prints. Expected:
// what Alembic 1.13 does in each mode.

import Testing

@testable import Alembic

@Suite("Offline and online")
struct ModeTests {
  private func lines(_ body: String, _ mode: ExecutionMode) -> [String] {
    let indented = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    return outline(
      evaluate(
        """
        import sqlalchemy as sa
        from alembic import context, op
        from sqlalchemy.orm import Session

        def upgrade():
            bind = op.get_bind()
            session = Session(bind=bind)
        \(indented)

        """, mode: mode))
  }

  @Test(
    arguments: [
      "op.get_context().as_sql", "context.is_offline_mode()", "op.get_context().as_sql is True",
    ])
  func theModeIsKnown(condition: String) {
    let body = "if \(condition):\n    op.execute('SELECT 1')\nelse:\n    op.execute('SELECT 2')"
    #expect(lines(body, .offline) == ["SELECT 1"])
    #expect(lines(body, .online) == ["SELECT 2"])
  }

  @Test("The server's version is None offline and that of the server online")
  func serverVersion() {
    let body = "if bind.dialect.server_version_info is None:\n    op.execute('SELECT 1')"
    #expect(lines(body, .offline) == ["SELECT 1"])
    #expect(
      lines(body, .online).contains {
        $0.hasPrefix("OPAQUE") && $0.contains("server_version_info")
      })
  }

  @Test(
    "What is read in one call is executed, and fails offline, where the connection only prints",
    arguments: ["bind.scalar", "bind.scalars", "session.scalar", "session.scalars"])
  func readsInOneCall(call: String) {
    let step = evaluate(
      """
      import sqlalchemy as sa
      from alembic import op
      from sqlalchemy.orm import Session

      def upgrade():
          bind = op.get_bind()
          session = Session(bind=bind)
          n = \(call)(sa.text('SELECT count(*) FROM t'))
          op.execute('DROP INDEX i')

      """, mode: .online)
    #expect(step.statements.map(\.sql) == ["SELECT count(*) FROM t", "DROP INDEX i"])
    #expect(!step.offlineFailures.isEmpty)
    #expect(step.opaque.allSatisfy { $0.reach == .rows })
    #expect(step.isComplete == call.hasSuffix("scalar"))
  }

  @Test("exec_driver_sql sends its text as it is; % in it is the driver's")
  func driverSQL() {
    let colon = "bind.exec_driver_sql(\"UPDATE t SET a = ':b'\")"
    #expect(lines(colon, .online) == ["UPDATE t SET a = ':b'"])
    for call in [
      "bind.exec_driver_sql(\"SELECT 5 % 2\")", "bind.exec_driver_sql('SELECT %s', (1,))",
      "bind.exec_driver_sql(*[1])",
    ] {
      #expect(lines(call, .online).contains { $0.hasPrefix("OPAQUE") }, "\(call)")
    }
  }

  @Test(
    "A colon that is read as a parameter is NULL offline, and an exception against a database",
    arguments: [
      "op.execute(TEXT)", "bind.execute(sa.text(TEXT))", "session.execute(sa.text(TEXT))",
    ])
  func parameterWithoutValue(call: String) {
    let call = call.replacing("TEXT", with: "\"UPDATE t SET a = '{\\\"x\\\":true}'\"")
    func step(_ direction: Direction, _ mode: ExecutionMode) -> Step {
      evaluate(
        """
        import sqlalchemy as sa
        from alembic import op
        from sqlalchemy.orm import Session

        def upgrade():
            bind = op.get_bind()
            session = Session(bind=bind)
            \(call)
            op.execute('SELECT 1')

        downgrade = upgrade

        """, direction: direction, mode: mode)
    }
    let printed = ["UPDATE t SET a = '{\"x\"NULL}'", "SELECT 1"]
    #expect(outline(step(.downgrade, .offline)) == printed)
    #expect(
      outline(step(.downgrade, .online)) == [
        "RAISES StatementError: (sqlalchemy.exc.InvalidRequestError) A value is required for bind "
          + "parameter 'true'"
      ])
    // Databases are past the upgrade.
    #expect(step(.upgrade, .online).raises == nil)
    let form = "UPDATE t SET a = '{\"x\"NULL}'"
    #expect(step(.upgrade, .online).opaque.map(\.reach) == [.statement(form)])
  }

  @Test func theExceptionCanBeHandled() {
    let body =
      "try:\n    op.execute(':x')\nexcept sa.exc.StatementError:\n    op.execute('SELECT 1')"
    let indented = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    let step = evaluate(
      "import sqlalchemy as sa\nfrom alembic import op\ndef downgrade():\n\(indented)\n",
      direction: .downgrade, mode: .online)
    #expect(step.statements.map(\.sql) == ["SELECT 1"])
  }
}
