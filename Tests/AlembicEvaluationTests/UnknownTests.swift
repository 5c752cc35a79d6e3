// What is not known stays not known, makes opaque only what depends on it, and is never guessed.

import Testing

@testable import Alembic

@Suite("Unknown values")
struct UnknownTests {
  @Test("Both ways of a condition that is not known are shown, and only what differs is lost")
  func branches() {
    #expect(
      body(
        """
        import os
        x = 1
        same = 0
        names = ['a']
        other = ['b']
        if os.environ.get('FLAG'):
            e('then')
            x = 2
            same = 7
            names.append('z')
        else:
            e('else')
            same = 7
        e(x)
        e(same)
        e(names)
        e(other)
        """) == [
          "OPAQUE condition not known: os.environ.get('FLAG') (depends on the environment)",
          "? then", "? else",
          "OPAQUE condition not known: os.environ.get('FLAG') (depends on the environment)", "7",
          "OPAQUE condition not known: os.environ.get('FLAG') (depends on the environment)",
          "['b']",
        ])
  }

  @Test("What a loop over rows leaves is not known, and what its second round would emit is shown")
  func loopsOverRows() {
    let lines = body(
      """
      rows = op.get_bind().execute('SELECT 1').fetchall()
      done = False
      for row in rows:
          if done:
              e('later')
          done = True
      for row in rows:
          kind = 'known'
      e('after')
      e(kind)
      """)
    #expect(lines.contains("? later"))
    #expect(lines.contains("after"))
    #expect(!lines.contains { $0.contains("known") && !$0.hasPrefix("OPAQUE") })
    #expect(lines.last?.hasPrefix("OPAQUE") == true)
  }

  @Test("A function that calls itself for what is not known ends, and what is behind it is known")
  func endlessRecursion() {
    let lines = body(
      """
      seen = []
      count = {'n': 0}
      def walk(node, depth, found):
          count['n'] = depth
          e('node')
          for child in node.children:
              found.append(child)
              if child.is_leaf:
                  continue
              walk(child, depth + 1, found)
      walk(op.get_bind().execute('SELECT 1').fetchone(), 0, seen)
      e('after')
      e(count['n'])
      e('between')
      e(seen)
      """)
    #expect(lines.first { $0.contains("node") } == "node")
    #expect(lines.contains { $0.hasPrefix("OPAQUE") && $0.contains("walk() calls itself") })
    #expect(lines.contains("after"))
    // How deep it went is not known, nor what it found.
    let end = Array(lines.suffix(3))
    #expect(end[1] == "between")
    #expect(end[0].hasPrefix("OPAQUE") && end[2].hasPrefix("OPAQUE"))
    #expect(!lines.contains { $0.contains("too much work") })
  }

  @Test("A recursion of which all is known is followed to its end, under a condition too")
  func knownRecursion() {
    let lines = body(
      """
      import os
      def down(n):
          e(f'n{n}')
          if n > 0:
              down(n - 1)
      if os.environ.get('FLAG'):
          down(5)
      """)
    #expect(lines.filter { !$0.hasPrefix("OPAQUE") } == (0...5).reversed().map { "? n\($0)" })
  }

  @Test("A MetaData that reads its tables from the database is not known to lack any")
  func reflection() {
    let lines = body(
      """
      import sqlalchemy as sa
      metadata = sa.MetaData()
      metadata.reflect(bind=op.get_bind())
      old = metadata.tables['old']
      op.get_bind().execute(old.delete())
      e('after it')
      """)
    #expect(lines.last == "after it")
    #expect(lines.contains { $0.hasPrefix("OPAQUE") && $0.contains("reflect") })
    #expect(!lines.contains { $0.contains("KeyError") })
  }

  @Test("After an early return under such a condition the rest may not run")
  func earlyReturn() {
    let lines = body(
      """
      import os
      def helper(xs):
          if os.environ.get('A'):
              return 1
          xs.append(2)
          e('rest')
          return 2
      xs = []
      r = helper(xs)
      e('after')
      e(r)
      e(xs)
      """)
    #expect(lines[1...2] == ["? rest", "after"])
    #expect(lines[3].hasPrefix("OPAQUE condition"))
    #expect(lines[4].hasPrefix("OPAQUE condition"))
  }

  @Test("A loop over what is not known shows its body once, with what it changes not known")
  func loops() {
    let lines = body(
      """
      import os
      n = 0
      for row in os.environ:
          n += 1
          e('constant')
          e(n)
      e(n)
      while os.environ.get('x'):
          e('while')
          break
      """)
    #expect(lines.contains("? constant") && lines.contains("? while"))
    #expect(!lines.contains("1") && !lines.contains("? 1") && !lines.contains("0"))
  }

  @Test("A guard that may raise leaves the rest as it is")
  func guardRaise() {
    let lines = body(
      """
      import os
      y = 1
      if not os.environ.get('A'):
          y = 2
          raise RuntimeError('unset')
      e(y)
      """)
    #expect(lines.count == 2 && lines[1] == "1")
  }

  @Test(
    "Is not known, and says so",
    arguments: [
      ("import uuid\ne(uuid.uuid4())", "depends on the time or on chance"),
      ("from datetime import datetime\ne(datetime.now())", "depends on the time or on chance"),
      ("import nowhere\ne(nowhere.f())", "module not readable"),
      ("from nowhere import x\ne(x + 1)", "module not readable"),
      ("e(', '.join({'a', 'b'}))", "depends on the time or on chance"),
      ("e(list({'a', 'b'}))", ""),
      ("for x in {'a', 'b'}: e(x)", "depends on the time or on chance"),
      ("e(10 ** 30)", "Python not understood"),
      ("x = [1]\nimport nowhere\nx[nowhere.i] = 2\ne(x)", "module not readable"),
      ("import nowhere\nnowhere.run()", "module not readable"),
      ("import nowhere\nd = {nowhere.k: 1}\ne(d.get('a'))", "module not readable"),
      ("e({}.no)", "call not understood"),
      ("missing()", "call not understood"),
      ("import click\nclick.confirm('sure?', abort=True)", "call not understood"),
    ])
  func unknown(_ pair: (String, String)) {
    let lines = body(pair.0)
    #expect(lines.contains { $0.hasPrefix("OPAQUE") && $0.contains(pair.1) }, "\(lines)")
  }

  @Test(
    "Has no effect that matters",
    arguments: [
      "import logging\nlogging.getLogger('x').info('hi %s', 1)\nlogging.warning('x')",
      "import time\ntime.sleep(1)\nprint('x')", "import nowhere\nx = nowhere.CONSTANT",
      "import warnings\nwarnings.warn('x')",
      "from loguru import logger\nlogger.info('x')\nlogger.opt(colors=True).info('x')",
      "import click\nclick.echo('x')", "from tqdm import tqdm\ntqdm.write('x')",
    ])
  func harmless(_ text: String) {
    #expect(body(text + "\ne('ok')") == ["ok"])
  }

  /// Statements with what may be done at each place of them that is not known.
  struct Reaching: Sendable {
    var text: String
    var reaches: [OpaquePlace.Reach]

    init(_ text: String, _ reaches: [OpaquePlace.Reach]) {
      self.text = text
      self.reaches = reaches
    }
  }

  @Test(
    "What is not known reaches",
    arguments: [
      Reaching(
        """
        for r in c.execute('SELECT 1'):
            c.execute(sa.text('UPDATE t SET a = :a'), {'a': r[0]})
        """, [.rows, .rows, .statement("UPDATE t SET a = NULL")]),
      Reaching(
        """
        for r in c.execute('SELECT 1').fetchall():
            c.execute(t.update().values(a=r.x).where(t.c.b == r.y))
        """, [.rows, .rows, .statement("UPDATE t SET a=NULL WHERE t.b = NULL")]),
      Reaching(
        """
        rows = c.execute('SELECT 1').mappings().all()
        op.bulk_insert(t, [{'a': r.x} for r in rows])
        """, [.rows, .statement("INSERT INTO t DEFAULT VALUES")]),
      Reaching(
        "r = c.execute('SELECT 1').first()\nop.execute('DROP TABLE ' + r[0])", [.rows, .everything]),
      Reaching(
        "r = c.execute('SELECT 1').first()\nop.execute(f'UPDATE {r[0]} SET a = 1')",
        [.rows, .everything]),
      Reaching("if c.execute('SELECT 1').first():\n    op.drop_table('x')", [.rows]),
      Reaching("i = sa.inspect(c)\nif i.has_table('x'):\n    op.drop_table('x')", [.rows, .rows]),
      Reaching("s = orm.Session(bind=c)\ns.add(1)\ns.rollback()", [.rows, .everything]),
      Reaching("import nowhere\nnowhere.f(c)", [.everything]),
      Reaching("c.execute('SELECT 1').scalar_one()", [.rows]),
    ])
  func reach(_ example: Reaching) {
    let body = example.text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    let step = evaluate(
      """
      import sqlalchemy as sa
      from sqlalchemy import orm
      from alembic import op
      t = sa.table('t', sa.column('a'), sa.column('b'))
      def upgrade():
          c = op.get_bind()
      \(body)
      """)
    #expect(step.opaque.map(\.reach) == example.reaches, "\(step.opaque)")
  }

  @Test("A handler of an exception that may be raised is conditional")
  func handlers() {
    let lines = body(
      """
      import nowhere
      try:
          x = nowhere.f()
          y = 1
      except Exception:
          y = 2
          e('handler')
      e(y)
      """)
    #expect(lines[1] == "? handler")
    #expect(lines[2].hasPrefix("OPAQUE"))
  }

  @Test("A handler that cannot run is not shown")
  func deadHandler() {
    #expect(
      body("try:\n    e(1)\nexcept Exception as x:\n    e(2)\n    raise\ne(3)") == ["1", "3"])
  }

  @Test("What a class or a text holds after a condition or loop that is not known is not known")
  func classesAndTexts() {
    for statement in ["if os.environ.get('FLAG'):", "for x in os.environ.get('FLAG').split():"] {
      let lines = body(
        """
        import os, io
        class K:
            n = 'before'
            other = 'same'
        text = io.StringIO()
        text.write('a')
        e(text.getvalue())
        \(statement)
            K.n = 'after'
            text.write('b')
        e(K.other)
        e(K.n)
        e('between')
        e(text.getvalue())
        """)
      #expect(lines.first == "a")
      #expect(lines.contains("same"))
      #expect(!lines.contains { $0.hasSuffix("before") || $0.hasSuffix("after") || $0 == "? a" })
      #expect(lines.filter { $0 == "a" }.count == 1)
      #expect(lines.last?.hasPrefix("OPAQUE") == true)
    }
  }

  @Test("A text is what was written to it, and what others may write to it is not known")
  func writtenTexts() {
    let lines = body(
      """
      import io, csv
      text = io.StringIO()
      text.write('a')
      text.write('b')
      e(text.getvalue())
      e(text.getvalue())
      print('c', file=text)
      e(text.getvalue())
      """)
    #expect(lines.prefix(2) == ["ab", "ab"])
    #expect(lines.count == 3)
    #expect(lines[2].hasPrefix("OPAQUE"))
  }

  @Test(
    "What is made of a set in any order comes in any order, and what fails in one may not in another"
  )
  func ordersOfSets() {
    let keys = body("for x in dict.fromkeys({'a', 'b'}): e(x)")
    #expect(keys.first?.hasPrefix("OPAQUE") == true)
    #expect(body("for x in dict.fromkeys(['a', 'b']): e(x)") == ["a", "b"])
    let set = body("for x in set(['a', 'b']): e(x)")
    #expect(set.first == "OPAQUE depends on the time or on chance: the order of a set")
  }

  @Test("A class is told of those that derive from it")
  func derivedClasses() {
    #expect(
      body(
        """
        class A:
            def __init_subclass__(cls, tail='x'): cls.n = cls.n + tail
        class B(A, tail='z'): n = 'y'
        e(B.n)
        """) == ["yz"])
  }
}
