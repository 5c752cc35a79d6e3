// Modules of the project, read statically.

import PythonSyntax
import SourceText
import Testing
import Threads

@testable import Alembic

@Suite("Imports")
struct ImportTests {
  @Test("Names of the project's modules are evaluated on demand, in their order")
  func modules() {
    let files = [
      "/app/shop/__init__.py": "VERSION = '1'",
      "/app/shop/names.py":
        "from .base import PREFIX\nraise_here = 1 / 0\nTABLES = ['a']\nTABLES.append(PREFIX + 'b')\nX = 1\nY = X\n",
      "/app/shop/base.py": "from shop.names import TABLES as cycle\nPREFIX = 'p_'\n",
      "/app/shop/star.py": "from shop.base import *\n",
    ]
    #expect(
      body(
        """
        from shop.names import TABLES, Y
        import shop.base
        from shop import VERSION, star
        e(TABLES)
        e(shop.base.PREFIX + VERSION + str(Y))
        e(star.PREFIX)
        """, files: files) == ["['a', 'p_b']", "p_11", "p_"])
  }

  @Test("A name that is not evaluated does not matter, one that fails is not known")
  func failing() {
    let files = ["/app/m.py": "BAD = 1 / 0\nGOOD = 2\n"]
    #expect(body("from m import GOOD\ne(GOOD)", files: files) == ["2"])
    #expect(
      body("from m import BAD\ne(BAD)", files: files)
        == ["OPAQUE module not readable: m raises ZeroDivisionError"])
  }

  @Test("A function of the project emits at the place of its call in the revision")
  func place() {
    let files = [
      "/app/helpers.py": "from alembic import op\ndef run(t):\n    op.execute('X ' + t)\n"
    ]
    let step = evaluate(
      "from helpers import run\n\ndef upgrade():\n    run('y')\n", files: files)
    #expect(outline(step) == ["X y"])
    #expect(step.statements.first?.range.start == 44)
  }

  @Test("Functions of libraries that emit nothing are known by a table of facts")
  func facts() {
    let files = [
      "/app/helpers.py":
        "from public import public\n@public\ndef name(x):\n    return x + '!'\n@public\nclass C:\n    y = 'y'\n",
      "/app/marked.py": "from public import public\npublic(z=3)\n",
    ]
    #expect(
      body(
        """
        from helpers import C, name
        from dotenv import load_dotenv
        from zope.sqlalchemy import mark_changed
        import zope.sqlalchemy
        import dotenv
        load_dotenv('.env')
        dotenv.load_dotenv()
        op.execute(name('x') + C.y)
        mark_changed(op.get_bind())
        zope.sqlalchemy.mark_changed(session=None)
        e(mark_changed(None))
        """, files: files) == ["x!y", "None"])
    // What they are not known to be stays open.
    #expect(
      body(
        """
        from marked import z
        from zope.sqlalchemy import register
        import zope.sqlalchemy
        e(z)
        register(op.get_bind())
        zope.sqlalchemy.other(op.get_bind())
        """, files: files) == [
          "OPAQUE name not known: marked.z", "OPAQUE module not readable: zope.sqlalchemy.register",
          "OPAQUE module not readable: zope.sqlalchemy.other",
        ])
    // A module of the project of the same name comes first.
    #expect(
      body(
        "from public import public\ne(public(1))",
        files: ["/app/public.py": "def public(x):\n    return x + 1\n"]) == ["2"])
  }

  @Test(
    "What a step changes of an imported module, the next one finds as it is loaded",
    arguments: [
      "helper.NAMES.append('b')", "helper.LIMITS['x'] = 2", "helper.KINDS.add('k')",
      "helper.C.value = 2", "helper.made.value = 2", "helper.name.attribute = 2",
      "next(helper.numbers)", "helper.outer[0][0].append('c')", "helper.kept('b')",
      "helper.counted('b')", "helper.TABLE.append_column(helper.COLUMN)",
    ])
  func importedState(change: String) throws {
    let helper = """
      import sqlalchemy as sa
      NAMES = ['a']
      LIMITS = {'x': 1}
      KINDS = {'s'}
      class C:
          value = 1
      made = C()
      def name():
          return 'n'
      name.attribute = 1
      numbers = iter([1, 2, 3])
      outer = ([[]], 1)
      def kept(value, seen=[]):
          seen.append(value)
          return seen
      def counting():
          held = []
          def count(value):
              held.append(value)
              return held
          return count
      counted = counting()
      TABLE = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer))
      COLUMN = sa.Column('b', sa.Integer)
      """
    let show = """
      from alembic import op
      import helper
      def upgrade():
          op.execute(str([
              helper.NAMES, helper.LIMITS, list(helper.KINDS), helper.C.value, helper.made.value,
              helper.name.attribute, next(helper.numbers), helper.outer[0], helper.kept('z'),
              helper.counted('z'), [c.name for c in helper.TABLE.c]]))
      """
    let changing = """
      from alembic import op
      import helper
      def upgrade():
          \(change)
      """
    // CPython prints this for a module that was just loaded.
    let fresh =
      "[['a'], {'x': 1}, ['s'], 1, 1, 1, 1, [[]], ['z'], ['z'], ['a']]"
    let path = "/app/versions/0001_test.py"
    let project = MemoryProject(files: ["/app/helper.py": helper])
    let lines = try mapOnLargeStacks([[show, changing, show, show]]) {
      StepEvaluator(settings: EvaluationSettings(), project: project)
    } _: { evaluator, revisions in
      revisions.map {
        let code = parsePython(SourceFile(path: path, text: $0))
        return outline(evaluator.evaluate(code, path: path, direction: .upgrade))
      }
    }
    #expect(lines == [[[fresh], [], [fresh], [fresh]]])
  }

  @Test("object.__setattr__ passes by a __setattr__ of the class; a moment has another zone")
  func plainSetting() {
    #expect(
      body(
        """
        import dataclasses
        from datetime import datetime, timedelta, timezone
        @dataclasses.dataclass(frozen=True)
        class Spec:
            name: str
            version: str = None
            def __init__(self, name, version=None):
                object.__setattr__(self, 'name', name)
                object.__setattr__(self, 'version', version)
        class Loud:
            def __setattr__(self, name, value):
                object.__setattr__(self, name, value + '!')
        loud = Loud()
        loud.x = 'y'
        e(Spec('a', 'b').name + Spec('a', 'b').version + loud.x)
        e(datetime(2020, 1, 1, 23, 30, tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=2))))
        e(datetime.fromisoformat('2020-01-01T01:00:00+05:30').astimezone(timezone.utc).isoformat())
        e(datetime(2020, 1, 1).astimezone(timezone.utc))
        """) == [
          "aby!", "2020-01-02 01:30:00+02:00", "2019-12-31T19:30:00+00:00",
          "OPAQUE call not understood: datetime.astimezone",
        ])
  }

  @Test("SQL files beside the migration are read, others are not known")
  func files() {
    let files = ["/app/versions/up.sql": "SELECT 1;\r\nSELECT 2;"]
    #expect(
      body(
        """
        import os
        from pathlib import Path
        here = os.path.dirname(__file__)
        with open(os.path.join(here, 'up.sql')) as f:
            for line in f.read().split(';'):
                if line.strip(): e(line.strip())
        e(Path(__file__).parent.joinpath('up.sql').read_text())
        e(open('/etc/passwd').read())
        """, files: files) == [
          "SELECT 1", "SELECT 2", "SELECT 1;\nSELECT 2;",
          "OPAQUE depends on the environment: the file passwd",
        ])
  }

  @Test("Functions missing, empty, or with parameters of their own")
  func entry() {
    #expect(evaluate("x = 1").isMissing)
    #expect(evaluate("def upgrade():\n    '''doc'''\n    pass\n    return\n").isEmptyBody)
    #expect(!evaluate("def upgrade():\n    x = 1\n").isEmptyBody)
    #expect(
      outline(evaluate("def upgrade(op, tables, tester):\n    op.execute('q')\n")) == ["q"])
  }

  /// What a step leaves in a module must not depend on which steps its thread evaluated before.
  @Test("A step finds the modules as no step has changed them")
  func stepsAreIndependent() throws {
    let project = MemoryProject(files: [
      "/app/helper.py": """
      NAME = 'first'
      def use(name):
          global NAME
          NAME = name
      def name():
          return NAME
      """
    ])
    let revisions = [
      """
      from alembic import op
      import helper
      def upgrade():
          if op.get_bind().execute('SELECT 1').scalar() > 0:
              helper.use('second')
      def downgrade():
          helper.NAME = 'third'
      """,
      """
      from alembic import op
      import helper
      def upgrade():
          op.execute('CREATE TABLE ' + helper.name())
      """,
    ]
    let path = "/app/versions/0001_test.py"
    let lines = try mapOnLargeStacks([revisions]) {
      StepEvaluator(settings: EvaluationSettings(), project: project)
    } _: { evaluator, revisions in
      let code = revisions.map { parsePython(SourceFile(path: path, text: $0)) }
      return [Direction.upgrade, .downgrade].map { direction in
        _ = evaluator.evaluate(code[0], path: path, direction: direction)
        return outline(evaluator.evaluate(code[1], path: path, direction: .upgrade))
      }
    }
    #expect(lines == [[["CREATE TABLE first"], ["CREATE TABLE first"]]])
  }

  /// A file is loaded once for both directions, each of which finds it as Python does when it is loaded.
  private static let ownChanges = [
    "global NAME\n    NAME = 'b'", "NAMES.append('b')", "NAMES[:] = []",
    "import sys\n    sys.modules[__name__].NAME = 'b'", "pass",
  ]

  @Test("A step finds its own file as the other step has not changed it", arguments: ownChanges)
  func ownNamesAreIndependent(change: String) throws {
    let text = """
      from alembic import op
      NAME = 'a'
      NAMES = ['a']
      def name():
          return NAME
      def upgrade():
          \(change)
      def downgrade():
          op.execute(f"SELECT {NAME} {NAMES} {name()}")
      """
    let path = "/app/versions/0001_test.py"
    let lines = try mapOnLargeStacks([text]) {
      StepEvaluator(settings: EvaluationSettings(), project: MemoryProject())
    } _: { evaluator, text in
      let code = parsePython(SourceFile(path: path, text: text))
      return [Direction.upgrade, .downgrade, .downgrade].map {
        outline(evaluator.evaluate(code, path: path, direction: $0))
      }
    }
    #expect(lines[0].suffix(2) == [["SELECT a ['a'] a"], ["SELECT a ['a'] a"]])
  }
}
