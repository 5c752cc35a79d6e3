// What operations cost follows the size of what they look at and make, whichever operation it is.

import PythonSyntax
import SourceText
import Testing
import Threads

@testable import Alembic

@Suite("Cost of operations")
struct CostTests {
  private static let text = "x = 'x' * 10**6\n"
  private static let list = "x = [1] * 10**5\n"
  private static let loop = "for i in range(10**5): "

  /// Each would take minutes if it were a unit of work whatever its size.
  @Test(
    "Large values in a loop end as opaque",
    arguments: [
      text + "y = 'x' * 10**6\n" + loop + "x == y", text + "y = 'x' * 10**6\n" + loop + "x < y",
      text + loop + "'y' in x", text + loop + "x.find('y')", text + loop + "x.count('xx')",
      text + loop + "x[1:]", text + loop + "x[::-1]", text + loop + "hasattr(op, x)",
      text + loop + "int(x)", text + loop + "x.isdigit()", text + loop + "x.strip()",
      text + loop + "x.replace('x', 'y')", text + loop + "f'{x}'", text + loop + "'%s' % x",
      text + loop + "{x: 1}", text + loop + "{x}", text + "d = {}\n" + loop + "d.get(x)",
      text + loop + "op.execute('select 1 --' + x)", text + loop + "x.upper()",
      "x = 'é' * 10**6\n" + loop + "len(x)", "x = 'é' * 10**6\n" + loop + "x.title()",
      "x = '\\n' * 10**5\nimport textwrap\n" + loop + "textwrap.dedent(x)",
      "x = 'x/' * 10**5\nimport os\n" + loop + "os.path.normpath(x)",
      "x = b'x' * 10**6\n" + loop + "x.hex()", "'a'.startswith(('x' * 10**6,) * 10**6)",
      "x = '%s' * 10**4\ny = ('a',) * 10**4\n" + loop + "x % y",
      list + loop + "x[1:]", list + loop + "x == x", list + loop + "list(x)",
      list + loop + "any(x)", list + loop + "2 in x", list + loop + "a, *b = x",
      list + loop + "x[0:0] = [1]", list + loop + "x.insert(0, 1)",
      list + "def f(*a): pass\n" + loop + "f(*x)",
      "x = ['x' * 10**5 + str(i) for i in range(50)]\n" + loop + "sorted(x)",
      "x = set(range(10**4))\n" + loop + "x | x", "x = set(range(10**4))\n" + loop + "x < x",
      "x = {i: i for i in range(10**4)}\n" + loop + "dict(x)",
      "x = {i: i for i in range(10**4)}\n" + loop + "\n    for k in x: break",
      "x = {'a%d' % i: i for i in range(10**4)}\ndef f(**a): pass\n" + loop + "f(**x)",
      "import os\n" + loop + "os.path.exists('/app/x')",
      "x = (int,)\nfor i in range(40): x = (x, x)\nisinstance('a', x)",
      "x = (ValueError,)\nfor i in range(40): x = (x, x)\n"
        + "try: raise KeyError()\nexcept x: pass",
      "x = sa.select(*[sa.column('a%d' % i) for i in range(1000)])\n" + loop + "op.execute(x)",
      "x = sa.column('a').in_(list(range(5000)))\n" + loop + "op.execute(sa.select(x))",
      "x = sa.literal('x' * 10**6)\nop.execute(sa.select(*[x] * 10000))",
      "op.execute(sa.text(':a ' * 50000).bindparams(a='x' * 10**6))",
      "x = '\\n' * (60 << 20)\nx.splitlines()", "x = 'a ' * (8 << 20)\nx.split()",
      "import itertools\nlist(itertools.product('ab' * 400, 'ab' * 400))",
    ])
  func exhausts(_ text: String) {
    let clock = ContinuousClock()
    let start = clock.now
    let lines = body("import sqlalchemy as sa\n" + text)
    #expect(lines.contains { $0.hasPrefix("OPAQUE too much work") }, "\(lines.prefix(3))")
    #expect(clock.now - start < .seconds(120), "a debug build beside other tests")
  }

  /// The same operations on values of an ordinary size leave room for a long migration.
  @Test(arguments: [
    "x = {}\nfor i in range(3000): x['k%d' % i] = [i]\nfor k in list(x): x.pop(k)",
    "x = set(range(3000))\nfor i in range(3000): x.discard(i)",
    "x = 'x' * 3000\nfor i in range(3000): y = x[i] + x[:9]",
    "for i in range(3000): y = ', '.join('c%d' % j for j in range(9)).upper().split(', ')",
    "x = [{'a': i, 'b': str(i)} for i in range(3000)]\nfor r in sorted(x, key=lambda r: r['b']): r['a']",
  ])
  func ordinaryWorkFits(_ text: String) {
    #expect(body(text + "\ne('done')") == ["done"])
  }

  /// The expected texts are CPython's.
  @Test(arguments: [
    (
      "d = {i: i for i in range(6)}\nd.pop(2); d.pop(5); del d[0]; d[2] = 'x'\n"
        + "e(d); e(list(d.items())); e(d.popitem()); e(len(d)); e(5 in d)",
      [
        "{1: 1, 3: 3, 4: 4, 2: 'x'}", "[(1, 1), (3, 3), (4, 4), (2, 'x')]", "(2, 'x')", "3",
        "False",
      ]
    ),
    (
      "s = {1, 2, 3}\ns.discard(2); s.add(True); s.remove(1); s.add(True)\n"
        + "e(sorted(s)); e(len(s)); e(2 in s)",
      ["[True, 3]", "2", "False"]
    ),
    (
      "x = 'ab' * 20 + 'c'\ne((x * 3).find(x)); e(('b' + x * 3).rfind(x))\n"
        + "e(('a' * 50 + x).find('a' * 17 + 'b')); e(('a' * 50).find('a' * 16 + 'b'))\n"
        + "e((x * 3).count(x)); e(x * 2 in x * 3); e((x + 'zz' + x).split(x))",
      ["0", "83", "34", "-1", "3", "True", "['', 'zz', '']"]
    ),
    (
      "e(b'abc'[1]); e(b'abcd'[1:3]); e(range(2, 20, 3)[2]); e(list(range(2, 20, 3)[1:4]))\n"
        + "e('äbc'[0]); e('äbcd'[::-2]); e('abcd'[-1]); e('abcd'[1:3]); e(len('äö')); e('abc'[True])",
      ["98", "b'bc'", "8", "[5, 8, 11]", "ä", "db", "d", "bc", "2", "b"]
    ),
    (
      "import os\ne(os.path.normpath('/a//b/../../../c/./d')); e(os.path.normpath('../a/..'))\n"
        + "e(os.path.normpath('a/../../b')); e('a b  c'.split()); e('a,b,,c'.rsplit(',', 1))\n"
        + "e('a\\r\\nb\\n'.splitlines()); e('x' * 3 + 'yz' * 2)",
      ["/c/d", "..", "../b", "['a', 'b', 'c']", "['a,b,', 'c']", "['a', 'b']", "xxxyzyz"]
    ),
  ])
  func valuesAreThoseOfPython(_ program: String, _ expected: [String]) {
    #expect(body(program) == expected)
  }

  @Test("Modules that import all of one another are looked through once")
  func starImports() {
    var files: [String: String] = [:]
    for number in 0..<40 {
      let next = "from m\(number + 1) import *\n"
      files["/app/m\(number).py"] = next + next
    }
    files["/app/m40.py"] = "x = 1\n"
    let step = evaluate(
      "from alembic import op\nfrom m0 import *\ndef upgrade():\n    op.execute(str(x))\n"
        + "    op.execute(zzz)\n", files: files)
    #expect(outline(step).first == "1")
  }

  @Test(
    "A class that derives from very many is not known, and a name is found in one that does not")
  func longInheritance() {
    func chain(_ count: Int) -> [String] {
      body(
        "class C0:\n    x = 1\nC = C0\nfor i in range(\(count)): C = type('C', (C,), {})\ne(C.x)")
    }
    #expect(chain(100) == ["1"])
    #expect(chain(1000).first?.hasPrefix("OPAQUE") == true)
    let doubled =
      "import dataclasses\n@dataclasses.dataclass\nclass D:\n    a: int = 7\nA = D\n"
      + "for i in range(40): A = dataclasses.dataclass(type('A', (A, A), {}))\ne(A().a)"
    #expect(body(doubled) == ["7"])
  }

  @Test("What all revisions spend together is bounded, those that come later are opaque")
  func budgetOfTheProject() throws {
    let budget = ProjectBudget(limit: Budget.maximumWork)
    let loop = "def upgrade():\n    while True: pass\n"
    let plain = "from alembic import op\ndef upgrade():\n    op.execute('select 1')\n"
    let steps = try mapOnLargeStacks([[plain, loop, loop, plain]]) {
      StepEvaluator(settings: EvaluationSettings(), project: MemoryProject(), budget: budget)
    } _: { evaluator, texts in
      texts.map { text in
        let path = "/app/versions/a.py"
        return outline(
          evaluator.evaluate(
            parsePython(SourceFile(path: path, text: text)), path: path, direction: .upgrade))
      }
    }
    #expect(
      steps.first == [
        ["select 1"], ["OPAQUE too much work: evaluation was given up"],
        ["OPAQUE too much work: the evaluation of all revisions was given up"],
        ["OPAQUE too much work: the evaluation of all revisions was given up"],
      ])
  }
}
