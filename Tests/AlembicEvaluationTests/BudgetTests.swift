// Programs written to loop or to explode end within their budget; none traps.

import Testing

@testable import Alembic

@Suite("Budget")
struct BudgetTests {
  @Test(
    "Ends as opaque in well under a second",
    arguments: [
      "x = 'x' * 10**10", "x = [0] * 10**10", "for i in range(10**9): pass", "list(range(10**12))",
      "while True: pass", "def f(): f()\nf()", "f = lambda: f()\nf()",
      "[i for i in range(10**5) for j in range(10**5)]", "x = 'a'\nwhile True: x += x",
      "x = []\nwhile True: x.append(x)", "s = 'ab'\nfor i in range(99): s = s.replace('a', s)",
      "f'{1:999999999}'", "e('%999999999d' % 1)", "'x'.ljust(10**12)",
      "'{:>{w}}'.format(1, w=10**9)",
      "import itertools\nlist(itertools.count())",
      "import itertools\nlist(itertools.product(range(99), repeat=9))",
      "import itertools\nfor i in itertools.cycle([1]): pass\nfor i in itertools.count(): pass",
      "def g():\n    while True: yield 1\nlist(g())", "sum(range(10**9))", "max(range(10**9))",
      "x = 1\nfor i in range(10**6): x = (x,)", "'a'.join(str(i) for i in range(10**7))",
      "import json\nx = []\nx.append(x)\ne(json.dumps(x))",
      "import copy\nx = []\nx.append(x)\ncopy.deepcopy(x)",
      "x = 'x'\nfor i in range(60): x = f'{x}{x}'", "x = {}\nfor i in range(10**7): x[i] = i",
      "import nowhere\ndef f(n):\n    if nowhere.x: f(n + 1)\n    else: f(n - 1)\nf(0)",
      "x = 1\nwhile True: x = [x]", "x = 1\nwhile True: x = {1: x}",
      "x = ()\nwhile True: x = frozenset([x])", "x = ()\nwhile True: x = (x,); d = {x: 1}",
      "f = None\nwhile True: f = lambda g=f: g",
      "class N: pass\nn = N()\nwhile True:\n    m = N()\n    m.a = n\n    n = m",
      "x = [1]\nwhile True: x = iter([x])", "x = [1]\nfor i in range(99): x = [x, x]\ne(x)",
      "('a' * 10**6).join(['a'] * 10**6)", "('a' * 10**6).translate({97: 'x' * 10**6})",
      "import os.path\np = '/a'\nfor i in range(60): p = os.path.join(p, 'a' + p[1:])",
    ])
  func exhausts(_ text: String) {
    let clock = ContinuousClock()
    let start = clock.now
    let lines = body(text)
    #expect(lines.contains { $0.hasPrefix("OPAQUE") }, "\(lines.prefix(3))")
    #expect(clock.now - start < .seconds(120), "a debug build beside other tests")
  }

  /// Expressions of SQLAlchemy that grow without end, or by themselves.
  @Test(
    "Expressions and types end",
    arguments: [
      "x = sa.column('a')\nwhile True: x = x + 1",
      "x = sa.column('a')\nfor i in range(10**4): x = sa.func.f(x)\nop.execute(x)",
      "x = sa.column('a')\nfor i in range(10**4): x = sa.case((x, 1))\nop.execute(x)",
      "x = sa.column('a')\nfor i in range(10**4): x = sa.select(x).scalar_subquery()\nop.execute(x)",
      "x = sa.column('a')\nfor i in range(99): x = sa.or_(sa.and_(x, x), x)\nop.execute(x)",
      "t = sa.table('t', sa.column('a'))\nx = sa.select(t)\nwhile True: x = x.where(t.c.a == 1)",
      "t = sa.table('t', sa.column('a'))\nx = t\nwhile True: x = x.join(t, t.c.a == 1)",
      "x = sa.text(':a')\nwhile True: x = x.bindparams(a=1)",
      "x = sa.Integer()\nfor i in range(10**4): x = sa.ARRAY(x)\n"
        + "op.add_column('t', sa.Column('a', x))",
      "x = [1]\nfor i in range(60): x = [x, x]\n"
        + "op.bulk_insert(sa.table('t', sa.column('a', sa.JSON)), [{'a': x}])",
      "class A(sa.TypeDecorator): pass\nA.impl = A\nop.add_column('t', sa.Column('a', A()))",
      "class A(sa.TypeDecorator):\n    impl = sa.String\n"
        + "    def load_dialect_impl(self, d): return A()\n"
        + "op.add_column('t', sa.Column('a', A()))",
      "class A(sa.TypeDecorator):\n    impl = sa.String\n"
        + "    def process_bind_param(self, v, d): return sa.cast(v, A)\n"
        + "op.execute(sa.table('t', sa.column('a', A())).insert().values(a='x'))",
      "class A(sa.TypeDecorator):\n    impl = sa.String\n    def __init__(self): A()\n"
        + "op.add_column('t', sa.Column('a', A()))",
      "while True:\n    with op.batch_alter_table('t') as b: b.drop_column('x')",
      "with op.batch_alter_table('t') as b:\n    while True: b.drop_column('x')",
    ])
  func expressionsEnd(_ text: String) {
    let clock = ContinuousClock()
    let start = clock.now
    #expect(!body("import sqlalchemy as sa\n" + text).isEmpty)
    #expect(clock.now - start < .seconds(120), "a debug build beside other tests")
  }

  @Test(
    "Ends, whatever it yields",
    arguments: [
      "x = []\nx.append(x)\ne(x)\ne(x == x)\ne(repr([x]))", "1 << 10**9", "1 >> -1", "-(-2**63)",
      "(-2**63) // -1", "(-2**63) % -1", "abs(-2**63)", "2 ** -1", "0 ** 0", "1 / 0", "1 % 0",
      "1.0 // 0", "''[5]", "[][0]", "().x", "None()", "[1][::0]", "'abc'[10**18:-10**18:-10**18]",
      "range(1, 10**18, -1)[0]", "range(-2**63, 2**62)[5]", "chr(-1)", "chr(0xD800)", "'\\ud800'",
      "int('9' * 50)", "float('1' * 500)", "float('nan') < 1", "round(1e300)", "int(1e300)",
      "int(float('inf'))",
      "'%d' % float('nan')", "f'{float(\"nan\"):d}'", "f'{1e308 * 10:f}'", "'{'.format()",
      "'{0'.format(1)",
      "'}'.format()", "'{!}'.format(1)", "'{0[}'.format(1)", "'%' % 1", "'%(' % {}", "'%z' % 1",
      "'%*d' % (1, 2)",
      "a, b = 1", "a, b = [1]", "*a, b = []", "del x", "global x", "return 5", "yield 5", "super()",
      "class A(A): pass", "class A(1): pass", "@1\ndef f(): pass", "raise 5", "raise",
      "assert 0, 1 / 0",
      "import a.b.c\na.b.c.d()", "from .x import y", "from ... import z", "lambda: (yield)",
      "with 1: pass", "with None as (a, b): pass", "for x in 5: pass", "for x in None: pass",
      "match 1:\n    case A(x=1): pass", "match {}:\n    case {'a': b, **c}: pass",
      "try:\n    1 / 0\nexcept 5: pass",
      "type('X', (), {})()", "type(1)(2)", "len(5)", "len()", "max()", "max([])",
      "sorted([1, 'a'])",
      "sum([[]])", "zip()", "dict(5)", "dict([1])", "set([[]])", "{[]: 1}", "{}[[]]",
      "next(iter([]))",
      "isinstance(1)", "getattr(1)", "getattr(1, 'x')", "setattr(1, 'x', 2)", "open()",
      "print(print)",
      "import enum\nclass E(enum.Enum): pass\nE(1)",
      "import enum\nclass E(enum.Enum):\n    A = []\nE([])",
      "import uuid\nuuid.UUID('x')", "import datetime\ndatetime.date(0, 0, 0)",
      "import datetime\ndatetime.timedelta(days=10**18)",
      "import datetime\ndatetime.datetime(9999, 12, 31) + datetime.timedelta(days=400000)",
      "import json\njson.loads('{')", "import json\njson.loads('[' * 100000)", "x = x", "e(e)",
      "''.join([1])", "'a'.center(5, '')", "'abc'.split('')", "'x'.translate({})", "'a' < 1",
      "[] < {}",
      "x: int\ne(x)", "(a for a in b)", "async def f(): await g()\nf()", "f(*5)", "f(**5)",
      "e(**{1: 2})",
      "e(1, 2, 3)", "e()", "e(value=1, value=2)", "def f(a, a): pass\nf(1, 1)", "nonlocal q",
    ])
  func nasty(_ text: String) {
    let step = evaluate(
      "from alembic import op\ndef e(value):\n    op.execute(str(value))\ndef upgrade():\n"
        + text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    #expect(step.elements.count < 1000)
  }
}
