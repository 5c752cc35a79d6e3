// Statements: control flow, functions, classes, exceptions.

import Testing

@Suite("Statements")
struct StatementTests {
  @Test("Loops with break, continue and else run as written")
  func loops() {
    #expect(
      body(
        """
        for i in range(10):
            if i == 1: continue
            if i == 4: break
            e(i)
        else:
            e('no')
        n = 3
        while n:
            n -= 1
        else:
            e('else')
        """) == ["0", "2", "3", "else"])
  }

  @Test("Unpacking, deletion and augmented assignment change what Python changes")
  func assignments() {
    #expect(
      body(
        """
        a, (b, *c), d = 1, (2, 3, 4), 5
        e((a, b, c, d))
        xs = [1, 2, 3]
        ys = xs
        xs += [4]
        del xs[0]
        xs[1:2] = ['a', 'b']
        e(ys)
        d = {'k': 1}
        d['k'] += 1
        d.setdefault('l', []).append(3)
        e(d)
        """) == ["(1, 2, [3, 4], 5)", "[2, 'a', 'b', 4]", "{'k': 2, 'l': [3]}"])
  }

  @Test("Closures, nonlocal, global and recursion see the right scopes")
  func scopes() {
    let step = evaluate(
      """
      from alembic import op
      N = 0
      def counter():
          n = 0
          def step():
              nonlocal n
              global N
              n += 1
              N += 10
              return n
          return step
      def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
      def upgrade():
          s = counter()
          s(); s()
          op.execute(f"{s()} {N} {fib(12)}")
          op.execute(str([f() for f in [lambda: i for i in range(3)]]))
      """)
    #expect(outline(step) == ["3 30 144", "[2, 2, 2]"])
  }

  @Test("Classes have methods, properties, inheritance and super()")
  func classes() {
    #expect(
      body(
        """
        class A:
            kind = 'a'
            def __init__(self, x): self.x = x
            @property
            def double(self): return self.x * 2
            @classmethod
            def make(cls): return cls(3)
            @staticmethod
            def s(v): return -v
            def __str__(self): return f'{self.kind}:{self.x}'
        class B(A):
            kind = 'b'
            def __init__(self, x):
                super().__init__(x + 1)
        e(A.make())
        e(B(1))
        e(B(1).double + B.s(4))
        e(isinstance(B(1), A))
        """) == ["a:3", "b:2", "0", "True"])
  }

  @Test("Exceptions go to the handler of their class, through finally")
  func exceptions() {
    #expect(
      body(
        """
        class Mine(ValueError): pass
        def f():
            try:
                raise Mine('m')
            except KeyError:
                e('no')
            finally:
                e('finally')
        try:
            f()
        except (TypeError, ValueError) as x:
            e(f'caught {x}')
        else:
            e('no')
        try:
            {}['k']
        except KeyError as x:
            e(x)
        try:
            int('x')
        except ValueError:
            e('int')
        """) == ["finally", "caught m", "'k'", "int"])
  }

  @Test("The drop of a constraint without a name ends the step unless it is handled")
  func unnamedDrop() {
    #expect(
      body("e(1)\nop.drop_constraint(None, 't', type_='unique')\ne(2)") == [
        "1", "UNNAMED t CompileError",
      ])
    #expect(
      body("with op.batch_alter_table('t', schema='s') as b:\n    b.drop_constraint(None)") == [
        "UNNAMED s.t CompileError"
      ])
    #expect(
      body("try:\n    op.drop_constraint(None, 't')\nexcept Exception:\n    e('handled')") == [
        "handled"
      ])
  }

  @Test("A raise ends the step and keeps what was emitted")
  func raises() {
    #expect(
      body("e(1)\nraise NotImplementedError('cannot')\ne(2)") == [
        "1", "RAISES NotImplementedError: cannot",
      ])
    #expect(body("raise NotImplementedError") == ["RAISES NotImplementedError: "])
    #expect(body("assert 1 > 2, 'wrong'") == ["RAISES AssertionError: wrong"])
  }

  @Test("Context managers of generators and classes wrap their body")
  func contexts() {
    #expect(
      body(
        """
        from contextlib import contextmanager, suppress, nullcontext
        @contextmanager
        def block(n):
            e(f'begin {n}')
            try:
                yield n * 2
            finally:
                e('end')
        class C:
            def __enter__(self): return 'c'
            def __exit__(self, *a): e('exit')
        with block(2) as k, C() as c, nullcontext(5) as z:
            e((k, c, z))
        with suppress(KeyError):
            {}['x']
        def early():
            with C():
                return 'value'
        e(early())
        """) == ["begin 2", "(4, 'c', 5)", "exit", "end", "exit", "value"])
  }

  @Test("match takes the first case that fits")
  func matching() {
    #expect(
      body(
        """
        for v in [1, 'b', [1, 2, 3], None, 9]:
            match v:
                case 1 | 2: e('number')
                case 'a' | 'b': e('letter')
                case [x, *rest]: e((x, rest))
                case None: e('none')
                case n if n > 5: e(f'big {n}')
        """) == ["number", "letter", "(1, [2, 3])", "none", "big 9"])
  }

  @Test("Generators yield their values in order")
  func generators() {
    #expect(
      body(
        """
        def g(n):
            for i in range(n):
                yield i
            yield from 'ab'
        e(list(g(2)))
        e([*g(1)])
        """) == ["[0, 1, 'a', 'b']", "[0, 'a', 'b']"])
  }

  @Test("An elif chain of any length is walked without recursion")
  func longChain() {
    let chain = (0..<3000).map { "elif n == \($0): e(\($0))" }.joined(separator: "\n")
    #expect(body("n = 2999\nif n == -1: pass\n" + chain) == ["2999"])
  }
}
