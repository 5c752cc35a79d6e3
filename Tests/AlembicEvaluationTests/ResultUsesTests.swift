// What a downgrade reads from the database and does not let decide anything. Against a database each of
// the harmless ones goes on to the statement behind it, whatever the rows are; each of the others raises
// for some rows with Python 3.11 and SQLAlchemy 2.0, or leads the value out of sight.

import Testing

@testable import Alembic

@Suite("What is made of a query's rows")
struct ResultUsesTests {
  private func down(_ statements: String, query: String) -> [String] {
    let indented = statements.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    " + $0 }.joined(separator: "\n")
    return outline(
      evaluate(
        """
        import logging
        import sqlalchemy as sa
        from alembic import op
        logger = logging.getLogger(__name__)

        def downgrade():
            bind = op.get_bind()
            r = bind.execute(sa.text("\(query)"))
        \(indented)
            op.execute('DROP INDEX i')

        """, direction: .downgrade))
  }

  private static let any = "SELECT a FROM t"
  private static let count = "SELECT count(*) FROM t WHERE a IS NULL"

  @Test(
    arguments: [
      (any, "n = r.scalar()"), (any, "r.scalar()"), (any, "print(r.scalar())"),
      (any, "rows = r.fetchall()\nprint('rows', rows)"), (any, "n = r.first()\nprint(f'{n} x')"),
      (any, "n = r.scalar()\nlogger.info('%s rows', n)"),
      (any, "n = r.scalar()\nlogger.info(f'{n}')"),
      (any, "n = r.scalar()\nprint('{} rows'.format(n))"), (any, "n = r.scalar()\nprint(str(n))"),
      (any, "n = r.scalar()\nif n: print('some')"),
      (any, "n = r.scalar()\nif n is None: print('none')"),
      (any, "n = r.scalar()\nif not n or n == 'x': print(n)"),
      (any, "print(r.rowcount)"), (any, "n = r.rowcount\nif n > 3: print(n + 1)"),
      (any, "total = 0\ntotal += r.rowcount\nprint(f'{total} rows')"),
      (count, "n = r.scalar()\nif n > 0: logger.warning('%d rows', n)"),
      (count, "n = r.scalar()\nprint(n - 1)"),
      ("SELECT count(*) AS n FROM t", "print(r.scalar() > -1)"),
    ])
  func isHarmless(query: String, statements: String) {
    #expect(down(statements, query: query) == [query, "DROP INDEX i"])
  }

  @Test(
    arguments: [
      (any, "n = r.scalar()\nprint(n > 5)"), (any, "n = r.scalar()\nprint(n + 1)"),
      (any, "n = r.scalar()\nprint('a' + n)"), (any, "n = r.scalar()\nprint(f'{n:d}')"),
      (any, "n = r.scalar()\nprint('{:d}'.format(n))"), (any, "n = r.scalar()\nprint('%d' % n)"),
      (any, "n = r.scalar()\nm = n\nprint(m.x)"), (any, "n = r.scalar()\nint(n)"),
      (any, "n = r.first()\nprint(n[0])"), (any, "n = r.first()\nprint(n.a)"),
      (any, "n = r.scalar()\nprint([1, 2][n])"),
      (any, "n = r.scalar()\ndef f(): return n + 1\nf()"),
      (any, "n = r.scalar()\nf = lambda: n + 1\nf()"), (any, "n = r.scalar()\nprint('a' in n)"),
      (any, "n = r.scalar()\nprint(*n)"), (any, "n = r.scalar()\nn += 1"),
      (any, "n = r.scalar()\nprint(locals()['n'] + 1)"), (any, "global n\nn = r.scalar()"),
      (any, "n = r.one()"), (any, "n = r.scalar_one()"),
      (any, "r.fetchone()\nr.scalar()\nr.scalar()"),
      (any, "n = r.rowcount\nprint('a' + n)"), (any, "n = r.rowcount\nprint([1][n])"),
      ("UPDATE t SET a = 1", "n = r.scalar()"), ("SELECT a INTO u FROM t", "n = r.scalar()"),
      (count, "n = r.scalar()\nprint(1 / n)"), (count, "n = r.scalar()\nprint(n > 'a')"),
      ("SELECT count(*)::text FROM t", "n = r.scalar()\nprint(n > 1)"),
      ("SELECT count(*) - NULL FROM t", "n = r.scalar()\nprint(n > 1)"),
      ("SELECT count(*) FROM t HAVING false", "n = r.scalar()\nprint(n > 1)"),
      ("SELECT count(*) FROM t LIMIT 0", "n = r.scalar()\nprint(n > 1)"),
      ("SELECT max(a) FROM t", "n = r.scalar()\nprint(n > 1)"),
    ])
  func isNot(query: String, statements: String) {
    let lines = down(statements, query: query)
    #expect(lines.contains { $0.hasPrefix("OPAQUE") }, "\(lines)")
  }
}
