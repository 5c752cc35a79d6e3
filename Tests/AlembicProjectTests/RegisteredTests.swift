// What a project registers with SQLAlchemy and Alembic, or replaces of them, in whichever file: with the real
// ones these steps emit other statements than the operations say.

import Alembic
import Testing

@Suite struct RegisteredTests {
  private static let compiles = "from sqlalchemy.ext.compiler import compiles\n"
  private static let event = "from sqlalchemy import event\n"
  private static let engine = event + "from sqlalchemy.engine import Engine\n"

  private static let registrations = [
    compiles + "compiles(sa.String)(lambda e, c, **kw: 'citext')",
    compiles
      + "from alembic.ddl.base import AddColumn\n@compiles(AddColumn)\ndef f(e, c): return 'x'",
    event + "event.listen(sa.Table, 'after_create', sa.DDL('GRANT SELECT ON t TO u'))",
    event + "@event.listens_for(sa.Column, 'after_parent_attach')\ndef f(c, t): c.nullable = False",
    "from alembic.operations import Operations, ops\n"
      + "@Operations.implementation_for(ops.CreateTableOp, replace=True)\ndef f(o, p): pass",
    "op.create_table = print", "setattr(op, 'create_table', print)", "sa.String = sa.Text",
    "setattr(\n  op, 'create_table', print)", "if True:\n  del (op.create_table)",
    "import sqlalchemy as s; s.String = s.Text",
    "from alembic.ddl.impl import DefaultImpl\nDefaultImpl.create_table = print",
    "from sqlalchemy.dialects.postgresql.base import PGTypeCompiler\n"
      + "PGTypeCompiler.visit_VARCHAR = lambda self, t, **k: 'citext'",
    "from alembic.ddl.postgresql import PostgresqlImpl\nclass Impl(PostgresqlImpl):\n"
      + "    __dialect__ = 'postgresql'",
    "from sqlalchemy.schema import DropIndex\n" + compiles
      + "@compiles(DropIndex)\ndef f(e, c, **kw): return 'SELECT 1'",
    compiles + "@compiles(sa.TextClause)\ndef f(e, c, **kw): return 'SELECT 1'",
    compiles + "@compiles(sa.DDL)\ndef f(e, c, **kw): return 'SELECT 1'",
    "from sqlalchemy.schema import DropSequence\n" + compiles
      + "@compiles(DropSequence)\ndef f(e, c, **kw): return 'SELECT 1'",
    "from sqlalchemy.dialects.postgresql import DropEnumType\n" + compiles
      + "@compiles(DropEnumType)\ndef f(e, c, **kw): return 'SELECT 1'",
    "from sqlalchemy.sql.functions import now\n" + compiles
      + "@compiles(now)\ndef f(e, c, **kw): return 'nope()'",
    engine + "@event.listens_for(Engine, 'before_cursor_execute', retval=True)\n"
      + "def f(conn, cursor, statement, parameters, context, many):\n"
      + "    return statement.replace('DROP', 'CREATE'), parameters",
    engine + "@event.listens_for(Engine, 'begin')\n"
      + "def f(conn): conn.exec_driver_sql('CREATE TABLE IF NOT EXISTS x (a int)')",
    engine + "@event.listens_for(Engine, 'do_execute')\n"
      + "def f(cursor, statement, parameters, context): return True",
    engine + "@event.listens_for(Engine, 'checkout')\ndef f(c, r, p): helper(c)",
    "from alembic.operations import Operations, ops\n"
      + "Operations._to_impl._registry[(ops.DropIndexOp, 'default')] = print",
    "from alembic.operations import Operations, ops\n"
      + "Operations._to_impl.dispatch_for(ops.DropIndexOp, replace=True)(print)",
    "if True:\n    op.create_table = print", "try:\n    del op.create_table\nfinally: pass",
    "def patch():\n    if True: sa.String = sa.Text\nif True:\n    patch()",
  ]

  private enum File: String, CaseIterable { case environment, imported, package, migration }

  private func step(_ addition: String, in file: File) throws -> Step? {
    let head = "from alembic import op\nimport sqlalchemy as sa\n"
    func text(_ place: File) -> String { place == file ? "\(addition)\n" : "" }
    let directory = try TemporaryProject([
      "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
      "app/__init__.py": head + text(.package), "app/parts.py": head + text(.imported),
      "migrations/env.py": "from alembic import context\nimport app.parts\n" + head
        + text(.environment)
        + "\ncontext.configure(connection=c, target_metadata=None)\n",
      "migrations/versions/a.py": head + "revision = 'a'\ndown_revision = None\n"
        + text(.migration) + "\ndef upgrade(): pass\ndef downgrade(): pass\n",
      "migrations/versions/b.py": head + "revision = 'b'\ndown_revision = 'a'\n"
        + "def upgrade():\n    op.create_table('t', sa.Column('a', sa.String(5)))\n"
        + "    op.add_column('t', sa.Column('b', sa.String(5)))\ndef downgrade(): pass\n",
    ])
    return try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      return try loaded.evaluate(
        loaded.revisions.filter { $0.id == "b" }, for: .offline, { $1.upgrade }
      ).first
    }
  }

  @Test(arguments: registrations)
  func isSeenInEachFile(text: String) throws {
    for file in File.allCases {
      #expect(try step(text, in: file)?.isComplete == false, "\(file)")
    }
  }

  @Test(arguments: [
    "", "context.script.version_locations = []", "metadata = sa.MetaData()\nmetadata.info = {}",
    "class Impl:\n    name = 'postgresql'",
    compiles + "@compiles(sa.String, 'sqlite')\ndef f(e, c): pass",
    "from alembic.ddl.postgresql import PostgresqlImpl\nclass Impl(PostgresqlImpl):\n"
      + "    __dialect__ = 'redshift'",
    "from sqlalchemy.schema import DropIndex\n" + compiles
      + "@compiles(DropIndex, 'mysql')\ndef f(e, c, **kw): return 'SELECT 1'",
    engine + "@event.listens_for(Engine, 'before_cursor_execute')\n"
      + "def f(conn, cursor, statement, parameters, context, many):\n"
      + "    conn.info.setdefault('starts', []).append(1)\n    print(statement, len(parameters))",
    engine + "@event.listens_for(Engine, 'before_execute', retval=True)\n"
      + "def f(conn, element, many, params, options):\n"
      + "    if conn.dialect.name == 'oracle': element = element.with_hint('x')\n"
      + "    return element, many, params",
    engine + "@event.listens_for(Engine, 'connect')\n"
      + "def f(connection, record):\n"
      + "    if isinstance(connection, SQLite3Connection): connection.execute('PRAGMA x')",
    engine + "@event.listens_for(Engine, 'connect')\ndef f(connection, record):\n"
      + "    if isinstance(connection, sqlite3.Connection):\n        # set for a moment\n"
      + "        connection.autocommit = True\n        cursor = connection.cursor()\n"
      + "        cursor.execute('PRAGMA foreign_keys=ON')",
    "from sqlalchemy.dialects.oracle.base import OracleDialect\nif True:\n"
      + "    OracleDialect._json_serializer = None",
    "from sqlalchemy.dialects.postgresql.base import ischema_names\n"
      + "ischema_names['vector'] = sa.Text",
  ])
  func othersChangeNothing(text: String) throws {
    for file in File.allCases {
      let step = try step(text, in: file)
      #expect(step?.isComplete == true, "\(file): \(step?.opaque ?? [])")
    }
  }
}
