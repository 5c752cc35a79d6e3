// What a migration finds in rows is not known; what it does to the schema beside that may well be.

import TestSupport
import Testing

extension UnprovedTests {
  private static let table = "CREATE TABLE t (id int PRIMARY KEY, a text, b int)"
  /// An index that a retried migration may meet, as CREATE INDEX CONCURRENTLY leaves it.
  private static let index = "DROP INDEX IF EXISTS i;; CREATE INDEX i ON t (b)"
  private static let loop =
    "py import sqlalchemy as sa;; py c = op.get_bind();; "
    + "py for r in c.execute(sa.text('SELECT id FROM t')): c.execute"

  /// What a revision did for each row before one that makes an index and drops it: is the schema as
  /// before?
  @Test(arguments: [
    ("(sa.text('UPDATE t SET b = :b'), {'b': r[0]})", "restored"),
    ("(sa.text('DELETE FROM t WHERE a IN :a'), {'a': r[0]})", "restored"),
    // A statement of another kind, and one of which more than values is not known.
    ("(sa.text('ALTER TABLE t DROP COLUMN a'))", "unknown"),
    ("(sa.text('CREATE INDEX i ON t (' + r[0] + ')'))", "unknown"),
    ("(sa.text('SELECT 1; DROP INDEX i; SELECT :b'), {'b': r[0]})", "unknown"),
    ("(r[0])", "unknown"),
    ("(sa.table('t', sa.column('b')).update().values(b=r[0]))", "restored"),
    ("(sa.table('t', sa.column('b')).update().values(b=sa.literal_column(r[0])))", "unknown"),
    ("(sa.table('t', sa.column('b')).delete().where(sa.text(r[0])))", "unknown"),
    ("(sa.table('t', sa.column('b')).update().values(b=sa.func.f() if r[0] else 5))", "unknown"),
    // What its functions do is not known.
    ("(sa.text('SELECT index_of(:b)'), {'b': r[0]})", "unknown"),
  ])
  func indexAfterRowsThatAreNotKnown(_ call: String, _ answer: String) async throws {
    let setup = "\(Self.table);; \(Self.loop)\(call)"
    let row = try await verdict(of: Trip(setup, Self.index, "DROP INDEX IF EXISTS i"))
    #expect(row.schema == answer, "\(row)")
    if answer == "restored" { #expect(row.verdict == "safe", "\(row)") }
  }

  /// A revision that writes what it finds: its schema is told, whether it is taken back is not.
  @Test func revisionThatWritesRowsThatAreNotKnown() async throws {
    let write = "\(Self.loop)(sa.text('UPDATE t SET b = :b'), {'b': r[0]})"
    let add = "ALTER TABLE t ADD c int;; "
    let restored = try await verdict(
      of: Trip(Self.table, add + write, write + ";; ALTER TABLE t DROP c"))
    #expect(restored.schema == "restored")
    #expect(restored.verdict == "unknown")
    let left = try await verdict(of: Trip(Self.table, add + write, write))
    #expect(left.schema == "differs")
  }

  /// `one()` raises unless there is one row, `first()[0]` where there is none: the rows decide.
  @Test(arguments: ["scalar_one()", "one()", "first()[0]", "fetchall()[1]"])
  func resultThatMayNotBeThere(_ read: String) async throws {
    let down =
      "py import sqlalchemy as sa;; "
      + "py x = op.get_bind().execute(sa.text('SELECT id FROM t')).\(read);; DROP INDEX i"
    let row = try await verdict(of: Trip(Self.table, "CREATE INDEX i ON t (b)", down))
    #expect(row.executes == "unknown")
    #expect(row.schema == "restored")
  }

  /// What is done with rows raises by what they are; how a loop over them ends is not known.
  @Test(arguments: [
    "(x,) = ROWS;; DROP INDEX i", "for r in ROWS: r.nope;; DROP INDEX i",
    "for k, v in ROWS: pass;; DROP INDEX i", "x = list(ROWS)[0];; DROP INDEX i",
    "x = max(ROWS);; DROP INDEX i", "x = next(iter(ROWS));; DROP INDEX i",
    "for r in ROWS: break\n    else: op.execute('DROP INDEX i')",
    "for r in ROWS: break\n    else: raise ValueError\n    op.execute('DROP INDEX i')",
  ])
  func rowsThatMayBeOtherwise(_ text: String) async throws {
    let read = text.replacing("ROWS", with: "op.get_bind().execute(sa.text('SELECT id FROM t'))")
    let row = try await verdict(
      of: Trip(Self.table, "CREATE INDEX i ON t (b)", "py import sqlalchemy as sa;; py \(read)"))
    #expect(row.executes == "unknown")
    #expect(row.verdict == "unknown")
  }

  /// `checkfirst` of a table's own methods is off (SQLAlchemy, `Table.create`).
  @Test(arguments: ["create", "drop"])
  func tableThatIsNotAskedFor(_ method: String) async throws {
    let call =
      "py import sqlalchemy as sa;; py sa.Table('\(method == "create" ? "t" : "gone")', "
      + "sa.MetaData(), sa.Column('id', sa.Integer)).\(method)"
    let down = "DROP INDEX i;; \(call)"
    let row = try await verdict(
      of: Trip(Self.table, "CREATE INDEX i ON t (b)", down + "(op.get_bind())"))
    #expect(row.executes == "no")
    let asked = try await verdict(
      of: Trip(Self.table, "CREATE INDEX i ON t (b)", down + "(op.get_bind(), checkfirst=True)"))
    #expect(asked.executes != "no")
  }

  /// A setting of which the value, or which it is, is not known: names may stand for others then.
  @Test(arguments: [
    "SELECT set_config('search_path', :b, false)", "SELECT set_config(:b, 'x', false)",
  ])
  func settingThatIsNotKnown(_ text: String) async throws {
    let set = "\(Self.loop)(sa.text(\"\(text)\"), {'b': r[0]})"
    let row = try await verdict(
      of: Trip(Self.table, "\(set);; CREATE INDEX i ON t (b)", "DROP INDEX i"))
    #expect(row.schema == "unknown")
  }
}
