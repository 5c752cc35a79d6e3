// What raises, or may, in a downgrade whose statements are all known. Each of these expressions raises
// with Python 3.11, SQLAlchemy 2.0 and Alembic 1.16, or is without exception there.

import Testing

@testable import Alembic

@Suite("Exceptions that a downgrade may raise")
struct DoubtTests {
  private static let head = """
    import collections, datetime, decimal, json, math, os, pathlib, re, uuid
    import sqlalchemy as sa
    from sqlalchemy.dialects import mysql, postgresql
    from alembic import op


    """

  /// The outline of `downgrade()` with some statements before one that is known.
  private func down(_ statements: String, upgrades: Bool = false) -> [String] {
    let indented = statements.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    " + $0 }.joined(separator: "\n")
    let name = upgrades ? "upgrade" : "downgrade"
    return outline(
      evaluate(
        "\(Self.head)def \(name)():\n\(indented)\n    op.execute('DROP INDEX i')\n",
        files: ["/app/there.sql": "SELECT 1", "/app/parts.py": "limit = 1\n"],
        direction: upgrades ? .upgrade : .downgrade))
  }

  private static let raising = [
    "sa.Nope()", "sa.Column('a', sa.Nope)", "sa.nope", "sa.exc.Nope", "sa.String(nope=1)",
    "sa.Column('a', sa.Integer(), nope=1)", "postgresql.Nope()", "sa.text('x').nope",
    "from sqlalchemy import Nope", "from os import nope", "import no_such_module",
    "import no_such.part", "from parts import nope", "math.nope(3)", "math.sqrt(-1)",
    "decimal.Decimal('x')", "datetime.timedelta(days=10 ** 10)",
    "datetime.datetime.strptime('x', '%Y')", "datetime.date.fromisoformat('x')", "chr(-1)",
    "json.loads('{')", "json.dumps({1, 2})", "re.compile('(')", "'%d' % 'x'", "1 < 'a'",
    "[3, 'a'].sort()", "bytes('x')", "open('/app/nope.sql')", "open('nope.sql')",
    "(pathlib.Path(__file__).parent / 'nope.sql').read_text()",
    "pathlib.Path('a').with_suffix('x')", "os.environ['UNSET']", "os.environ.pop('UNSET')",
    "os.remove('/app/nope')", "f'{sa.Nope}'", "try: sa.Nope()\nexcept KeyError: pass",
    "class K: __slots__ = ('a',)\nk = K()\nk.b = 1",
    "k = collections.namedtuple('K', 'a')(1)\nk.a = 2",
    "collections.namedtuple('a b', 'c')", "collections.namedtuple('K', 'c c')",
    "collections.namedtuple('K', '_c')", "collections.namedtuple('K', ['c', 'class'])",
    "collections.namedtuple('K', 'c', defaults=(1, 2))", "'a'.upper(1)", "'a'.title(x=1)",
    "'a'.removeprefix()", "'a'.removeprefix('a', 'b')", "'1'.isdigit(1)",
    "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass K:\n    a: int\n"
      + "k = K(1)\nk.a = 2",
  ]

  @Test("Is not passed over, though no statement depends on it", arguments: raising)
  func mayRaise(statements: String) {
    let lines = down(statements)
    #expect(lines.contains { $0.hasPrefix("OPAQUE") }, "\(lines)")
  }

  @Test("Databases are past an upgrade", arguments: ["x = sa.Nope", "os.environ['UNSET']"])
  func upgrades(statements: String) {
    #expect(down(statements, upgrades: true) == ["DROP INDEX i"])
  }

  @Test(
    "What raises nothing is no doubt",
    arguments: [
      "os.environ.get('UNSET')", "os.getenv('UNSET')",
      "getattr(sa, 'Nope', None)", "hasattr(sa, 'Nope')", "x = mysql.MEDIUMTEXT()", "sa.Text",
      "datetime.date(2024, 2, 29)", "decimal.Decimal('1.5')", "open('/app/there.sql').read()",
      "x = datetime.datetime.now()", "uuid.uuid4().hex", "from parts import limit",
      "x: sa.Nope", "lambda: sa.Nope", "try: import no_such_module\nexcept ImportError: pass",
      "try: os.environ['UNSET']\nexcept (TypeError, KeyError): pass",
      "class K: __slots__ = ('a',)\nk = K()\nk.a = 1",
    ])
  func raisesNothing(statements: String) {
    #expect(down(statements) == ["DROP INDEX i"])
  }

  @Test(
    "Python's own words end the step",
    arguments: [
      ("datetime.date(2024, 2, 30)", "day is out of range for month"),
      ("datetime.date(2024, 13, 1)", "month must be in 1..12"),
      ("datetime.date(0, 1, 1)", "year 0 is out of range"),
      ("datetime.datetime(2024, 1, 1, 24)", "hour must be in 0..23"),
      ("datetime.datetime(2024, 1, 1, 0, 60)", "minute must be in 0..59"),
    ])
  func raisesCertainly(statements: String, message: String) {
    #expect(down(statements) == ["RAISES ValueError: \(message)"])
    #expect(down("try: \(statements)\nexcept ValueError: pass") == ["DROP INDEX i"])
  }

  @Test("A part of a library that a step replaces is not what it was")
  func replacesParts() {
    for statements in [
      "op.execute = lambda s: None", "setattr(op, 'execute', print)", "del op.execute",
      "sa.text = str",
    ] {
      #expect(down(statements).first?.hasPrefix("OPAQUE") == true, "\(statements)")
    }
  }

  @Test("What a metaclass makes of a class is not known, unless it is one of Python's own")
  func metaclasses() {
    let own = "class M(type):\n    @property\n    def t(cls): return 'i'\n"
    let use = "class K(metaclass=M):\n    pass\nop.execute(K.t)"
    #expect(down(own + use).contains { $0.hasPrefix("OPAQUE") })
    let plain =
      "import abc\nclass K(metaclass=abc.ABCMeta):\n    t = 'DROP INDEX j'\nop.execute(K.t)"
    #expect(down(plain) == ["DROP INDEX j", "DROP INDEX i"])
  }

  @Test("A docstring is what the source says")
  func docstrings() {
    let step = evaluate(
      """
      'of the file'
      from alembic import op
      def upgrade():
          'of the function'
          op.execute(upgrade.__doc__)
          op.execute(__doc__)
          op.execute(str(other.__doc__))
      def other(): pass
      """)
    #expect(outline(step) == ["of the function", "of the file", "None"])
  }

  @Test("A function that is cached runs once, whoever called it first")
  func cachedFunctions() {
    for decorator in ["functools.cache", "functools.lru_cache(maxsize=None)"] {
      let lines = down(
        "import functools\n@\(decorator)\ndef drop(n): op.execute(n)\ndrop('x')\ndrop('x')")
      #expect(lines.filter { $0.hasPrefix("OPAQUE") }.count == 2)
      #expect(lines.first?.hasPrefix("OPAQUE") == true)
      #expect(
        down("import functools\n@\(decorator)\ndef name(n): return n\nop.execute(name('x'))")
          == ["x", "DROP INDEX i"])
    }
    let lines = down(
      "import functools\nclass K:\n    @functools.cached_property\n    def d(self): op.execute('x')\n"
        + "K().d")
    #expect(lines.first?.hasPrefix("OPAQUE") == true)
  }

  @Test("A savepoint changes no statement in it, unless it is rolled back")
  func savepoints() {
    #expect(
      down("conn = op.get_bind()\nwith conn.begin_nested(): op.execute('x')")
        == ["x", "DROP INDEX i"])
    let lines = down("s = op.get_bind().begin_nested()\nop.execute('x')\ns.rollback()")
    #expect(lines[1].hasPrefix("OPAQUE"))
  }
}
