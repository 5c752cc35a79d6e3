// What a step registers with SQLAlchemy while it runs, and what it asks of Alembic's own objects. The
// expected statements are those that Alembic's offline mode prints.

import Testing

@testable import Alembic

@Suite("Registrations inside of a step")
struct RegistrationTests {
  @Test(
    "A compiler or listener that upgrade() registers is not passed over",
    arguments: [
      "@compiles(CreateTable)", "@compiles(CreateTable, 'postgresql')", "@compiles(sa.Integer)",
      "@compiles(CreateTable, 'sqlite', 'postgresql')",
      "@event.listens_for(sa.Table, 'before_create')",
    ])
  func registersInside(decorator: String) {
    let step = evaluate(
      Self.head + """
        def upgrade():
            \(decorator)
            def f(element, compiler, **kw): return 'CREATE TABLE IF NOT EXISTS t (a INTEGER)'
            op.create_table('t', sa.Column('a', sa.Integer))
        """)
    #expect(!step.isComplete)
  }

  @Test("One for another database, or for a class of the project, changes nothing of the others")
  func concernsOthers() {
    let step = evaluate(
      Self.head + """
        class Greeting(sa.schema.DDLElement): pass

        def upgrade():
            @compiles(CreateTable, 'sqlite')
            def f(element, compiler, **kw): return 'nothing'
            @compiles(Greeting)
            def g(element, compiler, **kw): return 'nothing'
            op.create_table('t', sa.Column('a', sa.Integer))
        """)
    #expect(outline(step) == ["CREATE TABLE t (\n    a INTEGER\n)"])
  }

  @Test("What of Alembic writes is reached in several ways")
  func implementation() {
    let step = evaluate(
      Self.head + """
        from alembic import context

        def upgrade():
            op.execute(context.get_impl().bind.dialect.name)
            op.execute(context.get_impl().dialect.name)
            op.execute(op.get_context().impl.bind.dialect.name)
            with op.batch_alter_table('t') as batch_op:
                if batch_op.migration_context.dialect.name == batch_op.impl.dialect.name:
                    batch_op.drop_column('c')
        """)
    #expect(
      outline(step) == ["postgresql", "postgresql", "postgresql", "ALTER TABLE t DROP COLUMN c"])
  }

  @Test("A value for a column without a type fails offline only: the statement stays for analysis")
  func untypedColumn() {
    let step = evaluate(
      Self.head + """
        def upgrade():
            t = sa.table('t', sa.column('a'), sa.column('b'))
            op.execute(t.update().where(t.c.a == 'x').values(b=True))
        """)
    #expect(outline(step) == ["UPDATE t SET b=true WHERE t.a = 'x'"])
    #expect(step.offlineFailures.count == 1)
  }

  private static let head = """
    import sqlalchemy as sa
    from alembic import op
    from sqlalchemy import event
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.schema import CreateTable


    """
}
