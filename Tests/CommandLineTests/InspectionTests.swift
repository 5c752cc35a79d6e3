// Migrations that look at the schema before they change it. What each does is what Alembic 1.20 with SQLAlchemy 2.0
// does to a PostgreSQL 15 that the revisions before it made.

import Foundation
import TestSupport
import Testing

@Suite("Migrations that inspect the schema")
struct InspectionTests {
  private static let base = """
    op.execute("CREATE TABLE t (id int PRIMARY KEY, a text, n int NOT NULL)")
    op.execute("CREATE TABLE p (id int PRIMARY KEY)")
    op.execute("ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a), ADD CONSTRAINT t_n_fkey FOREIGN KEY (n) REFERENCES p")
    op.execute("CREATE INDEX t_n_idx ON t (n)")
    op.execute("CREATE VIEW v AS SELECT id FROM t")
    op.execute("CREATE SEQUENCE s")
    """

  /// The verdict of the second revision, and the statements of its downgrade.
  private func analyze(up: String, down: String, base: String = base) async throws
    -> AnalysisReport.Revision?
  {
    func file(_ name: String, _ before: String, _ up: String, _ down: String) -> String {
      func body(_ text: String) -> String {
        text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
      }
      return """
        from alembic import op
        import sqlalchemy as sa
        from sqlalchemy.engine.reflection import Inspector
        revision = "\(name)"
        down_revision = \(before)
        def upgrade():
        \(body(up))
        def downgrade():
        \(body(down))

        """
    }
    return try await withTemporaryDirectory { directory in
      try Data(file("a", "None", base, "pass").utf8).write(to: directory.appending(path: "a.py"))
      try Data(file("b", "'a'", up, down).utf8).write(to: directory.appending(path: "b.py"))
      let path = directory.path(percentEncoded: false)
      let outcome = try await backout(
        "analyze", "--format", "json", "--range", "a:b", path, in: directory)
      return try AnalysisReport(outcome.output).revisions.first
    }
  }

  /// Conditions that hold on the schema of `base`.
  static let certain = [
    "inspector.has_table('t')", "inspector.has_table('v')",
    "'t' in inspector.get_table_names()",
    "'v' in inspector.get_view_names()", "inspector.has_table('t', schema='public')",
    "inspector.has_sequence('s')",
    "'a' in [c['name'] for c in inspector.get_columns('t')]",
    "any(c['name'] == 'a' for c in inspector.get_columns('t'))",
    "inspector.get_indexes('t')[1]['column_names'] == ['n']",
    "inspector.get_foreign_keys('t')[0]['referred_table'] == 'p'",
    "inspector.get_foreign_keys('t')[0]['referred_schema'] is None",
    "inspector.get_pk_constraint('t')['constrained_columns'] == ['id']",
    "bind.dialect.has_table(bind, 't')", "Inspector.from_engine(bind).has_table('t')",
  ]

  /// Those that hold where there is nothing but what `base` made.
  static let ofHistoryAlone = [
    "not next(c for c in inspector.get_columns('t') if c['name'] == 'n')['nullable']",
    "not inspector.has_table('x')", "'v' not in inspector.get_table_names()",
    "not inspector.has_table('t', schema='other')",
    "'z' not in {c['name'] for c in inspector.get_columns('t')}",
    "[c['name'] for c in inspector.get_columns('t')] == ['id', 'a', 'n']",
    "[i['name'] for i in inspector.get_indexes('t')] == ['t_a_key', 't_n_idx']",
    "[i.get('duplicates_constraint') for i in inspector.get_indexes('t')] == ['t_a_key', None]",
    "[u['name'] for u in inspector.get_unique_constraints('t')] == ['t_a_key']",
  ]

  @Test("A guard is decided by what the history made", arguments: certain)
  func guards(condition: String) async throws {
    let ask = "bind = op.get_bind()\ninspector = sa.inspect(bind)\n"
    let revision = try await analyze(
      up: ask + "if \(condition):\n    op.execute('ALTER TABLE t ADD z int')\n"
        + "else:\n    op.execute('DROP TABLE t')",
      down: "op.execute('ALTER TABLE t DROP z')")
    #expect(
      [revision?.executes, revision?.data, revision?.schema] == ["yes", "new-lost", "restored"])
  }

  @Test("What is not there may be made, as with IF NOT EXISTS", arguments: ofHistoryAlone)
  func absences(condition: String) async throws {
    let ask = "bind = op.get_bind()\ninspector = sa.inspect(bind)\n"
    let revision = try await analyze(
      up: ask + "if \(condition):\n    op.execute('ALTER TABLE t ADD z int')",
      down: "op.execute('ALTER TABLE t DROP z')")
    #expect(
      [revision?.executes, revision?.data, revision?.schema] == ["yes", "new-lost", "restored"])
  }

  @Test(
    "Who looks for what the history never made may find it",
    arguments: [
      "if sa.inspect(op.get_bind()).has_table('x'):\n    op.execute('DELETE FROM x')",
      "names = sa.inspect(op.get_bind()).get_table_names()\n"
        + "if 'x' in names:\n    op.execute('DELETE FROM x')",
      "for c in sa.inspect(op.get_bind()).get_columns('t'):\n"
        + "    if c['name'] == 'old':\n        op.execute('ALTER TABLE t DROP old')",
      "if not sa.inspect(op.get_bind()).has_table('x'):\n    op.execute('CREATE TABLE x ()')\n"
        + "else:\n    op.execute('ALTER TABLE x DROP old')",
    ])
  func mayBeThere(upgrade: String) async throws {
    let revision = try await analyze(up: upgrade, down: "pass")
    #expect(revision?.verdict != "safe" && revision?.verdict != "depends")
  }

  @Test("What the history made and dropped is not there")
  func dropped() async throws {
    let revision = try await analyze(
      up: "if sa.inspect(op.get_bind()).has_table('x'):\n    op.execute('DELETE FROM x')",
      down: "pass", base: "op.execute('CREATE TABLE x ()')\nop.execute('DROP TABLE x')")
    #expect(revision?.verdict == "safe")
  }

  @Test(
    "What the history does not tell stays open",
    arguments: [
      "inspector.has_table('alembic_version')", "sa.inspect(bind.engine).has_table('t')",
      "inspector.get_columns('t')[0]['default'] is None", "inspector.get_columns('x')",
      "inspector.get_table_names()[0] == 't'",
      "inspector.has_table('pg_class', schema='pg_catalog')",
      "inspector.get_table_comment('t')",
    ])
  func isOpen(condition: String) async throws {
    let ask = "bind = op.get_bind()\ninspector = sa.inspect(bind)\n"
    let revision = try await analyze(
      up: ask + "if \(condition):\n    op.execute('ALTER TABLE t ADD z int')",
      down: "op.execute('ALTER TABLE t DROP z')")
    #expect(revision?.verdict == "unknown")
  }

  @Test("A schema that is not known answers nothing")
  func unknownSchema() async throws {
    let revision = try await analyze(
      up: "if not sa.inspect(op.get_bind()).has_table('x'):\n    op.execute('CREATE TABLE x ()')",
      down: "op.execute('DROP TABLE x')", base: "op.execute(unknown)")
    #expect(revision?.verdict == "unknown")
  }

  @Test("What is found was there before: the downgrade takes what the upgrade did not make")
  func foundBefore() async throws {
    let ask = "columns = [c['name'] for c in sa.inspect(op.get_bind()).get_columns('t')]\n"
    let revision = try await analyze(
      up: ask + "if 'a' not in columns:\n    op.execute('ALTER TABLE t ADD a text')",
      down: ask + "if 'a' in columns:\n    op.execute('ALTER TABLE t DROP a')")
    #expect([revision?.data, revision?.schema] == ["old-lost", "differs"])
  }

  @Test("The step's own statements count, and an inspector reads once")
  func ownStatements() async throws {
    let made = "op.execute('CREATE TABLE x (id int)')\n"
    let again = try await analyze(
      up: made + "if not sa.inspect(op.get_bind()).has_table('x'):\n"
        + "    op.execute('CREATE TABLE x (id int)')",
      down: "op.execute('DROP TABLE x')")
    #expect(again?.executes == "yes")
    let each = try await analyze(
      up: "for n in ('x', 'y'):\n    if not sa.inspect(op.get_bind()).has_table(n):\n"
        + "        op.execute(f'CREATE TABLE {n} (id int)')",
      down: "op.execute('DROP TABLE x, y')")
    #expect([each?.executes, each?.schema] == ["yes", "restored"])
    let elsewhere = try await analyze(
      up: "op.execute('CREATE SCHEMA o')\nop.execute('SET search_path TO o')\n"
        + "if not sa.inspect(op.get_bind()).has_table('t'):\n    op.execute('CREATE TABLE t ()')",
      down: "op.execute('DROP SCHEMA o CASCADE')")
    #expect(elsewhere?.verdict == "unknown")
    let cached = try await analyze(
      up: "i = sa.inspect(op.get_bind())\ni.has_table('x')\n" + made
        + "if i.has_table('x'):\n    op.execute('CREATE TABLE y ()')",
      down: "op.execute('DROP TABLE x')")
    #expect(cached?.verdict == "unknown")
  }
}
