// What env.py says, read without running it.

import Alembic
import SourceText
import Testing

@Suite struct EnvironmentReaderTests {
  @Test func onlineAndOfflineAreToldApart() throws {
    let environment = try TemporaryProject.environment(
      """
      from alembic import context
      TABLE = "v"
      def run_migrations_offline():
          context.configure(url="x", literal_binds=True, version_table=TABLE)
      def run_migrations_online():
          with connect() as connection:
              context.configure(connection=connection, version_table=TABLE + "2",
                                transaction_per_migration=True, version_table_schema=None)
      """)
    #expect(environment.offline.versionTable.value == "v")
    #expect(environment.online.versionTable.value == "v2")
    #expect(environment.online.transactionPerMigration.value == true)
    #expect(environment.offline.transactionPerMigration == .standard(false))
    #expect(environment.online.versionTableSchema.value == .some(nil))
    #expect(environment.online.literalBinds == .standard(false))
  }

  @Test func optionsOfTheIniAndOfFunctionsAreFollowed() throws {
    let environment = try TemporaryProject.environment(
      """
      from alembic import context
      config = context.config
      def run(connection, table):
          schema = config.get_main_option("schema", "none")
          context.configure(connection=connection, version_table=table,
                            version_table_schema=schema, include_schemas=bool)
      run(None, config.get_main_option("table"))
      """, ini: "table = kept\n")
    #expect(environment.online.versionTable.value == "kept")
    #expect(environment.online.versionTableSchema.value == "none")
    guard case .unknown = environment.online.includeSchemas else {
      Issue.record("\(environment.online.includeSchemas)")
      return
    }
  }

  @Test(arguments: [
    "context.configure(connection=c, version_table=os.environ['T'])",
    "context.configure(connection=c, **app.extensions['migrate'].configure_args)",
    "options = {'version_table': 'a'}\noptions['version_table'] = f()\n"
      + "context.configure(connection=c, **options)",
    "context.configure(connection=c, version_table='a')\n"
      + "context.configure(connection=c, version_table='b')",
    "if f():\n    table = 'a'\nelse:\n    table = 'b'\n"
      + "context.configure(connection=c, version_table=table)",
    "config.set_main_option('t', f())\n"
      + "context.configure(connection=c, version_table=config.get_main_option('t', 'x'))",
    "from helpers import run\nrun()", "context.configure(connection=c, version_table=7)",
  ])
  func whatIsNotConstantIsUnknownWithItsPlace(code: String) throws {
    let environment = try TemporaryProject.environment(
      "from alembic import context\n" + code + "\n")
    guard case .unknown(let reason, let place) = environment.online.versionTable else {
      Issue.record("\(environment.online.versionTable)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(place.file == "migrations/env.py")
  }

  @Test(arguments: [
    (
      "connection.execute(text('SELECT pg_advisory_lock(999999)'))",
      AdvisoryLock.Key.single(999_999)
    ),
    ("c.execute(text('select PG_ADVISORY_LOCK ( -5::bigint )'))", .single(-5)),
    ("c.execute(text('SELECT pg_advisory_lock(:k)'), {'k': 41 + 1})", .single(42)),
    (
      "c.execute(text('SELECT pg_advisory_lock(CAST(:k AS bigint))').bindparams(k=KEY))", .single(7)
    ),
    ("c.execute(f'SELECT pg_advisory_lock({KEY})')", .single(7)),
    ("c.execute('SELECT pg_advisory_lock(%s, %s)', (1, KEY))", .pair(1, 7)),
    ("c.execute('SELECT pg_advisory_lock(%(k)s)', dict(k=KEY))", .single(7)),
    ("c.execute(sa.select(sa.func.pg_advisory_lock(KEY)))", .single(7)),
    ("SQL = 'SELECT pg_advisory_lock(:k)'\nc.execute(text(SQL), {'k': KEY})", .single(7)),
    (
      "def lock(c, key):\n    c.execute(text('SELECT pg_advisory_lock(:k)'), {'k': key})\n"
        + "lock(c, 9)", .single(9)
    ),
    (
      "c.execute(text(\"SELECT pg_advisory_lock(hashtext('a, b'))\"))", .unknown("hashtext('a, b')")
    ),
    ("c.execute(text('SELECT pg_advisory_lock(1, 99999999999)'))", .unknown("1, 99999999999")),
    ("c.execute(text('SELECT pg_advisory_lock(:k)'), {'k': f()})", .unknown(":k")),
  ])
  func lockKeysAreRead(code: String, key: AdvisoryLock.Key) throws {
    let environment = try TemporaryProject.environment("KEY = 7\n" + code + "\n")
    #expect(environment.advisoryLocks.map(\.key) == [key])
  }

  @Test func theKindOfLockIsInItsName() throws {
    let locks = try TemporaryProject.environment(
      """
      '''pg_advisory_lock(0) in a documentation string'''
      c.execute(text("SELECT pg_try_advisory_xact_lock_shared(1); SELECT pg_advisory_unlock(1)"))
      """
    ).advisoryLocks
    #expect(locks.count == 1)
    #expect(locks.first?.scope == .transaction)
    #expect(locks.first?.isTry == true)
    #expect(locks.first?.isShared == true)
    #expect(locks.first?.location.start.line == 2)
  }

  @Test func whatIsExecutedIsReadAsFarAsItIsKnown() throws {
    let environment = try TemporaryProject.environment(
      """
      NAME = "tenant"
      c.execute(sa.text("SET search_path TO a"))
      c.exec_driver_sql(f"SET search_path TO {NAME}, {other()}")
      c.execute(statement)
      c = c.execution_options(schema_translate_map={None: NAME})
      """)
    #expect(
      environment.statements.map(\.text) == [
        "SET search_path TO a", "SET search_path TO tenant, {other()}", "statement",
      ])
    #expect(environment.statements.map(\.isKnown) == [true, false, false])
    #expect(environment.statements.map(\.location.start.line) == [2, 3, 4])
    #expect(environment.schemaTranslation?.start.line == 5)
  }

  @Test func namingConventionIsFollowedToTheModels() throws {
    let directory = try TemporaryProject([
      "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
      "migrations/env.py":
        "from alembic import context\nfrom app.models import Base\n"
        + "target_metadata = Base.metadata\n"
        + "context.configure(connection=c, target_metadata=target_metadata)\n",
      "app/__init__.py": "", "app/models/__init__.py": "from .base import Base as Base\n",
      "app/models/base.py":
        "from app.names import NAMES\nfrom sqlalchemy import MetaData\n"
        + "class Base(DeclarativeBase):\n    metadata = MetaData(naming_convention=NAMES)\n",
      "app/names.py": "NAMES = {'pk': 'pk_%(table_name)s'}\n",
      "migrations/versions/a.py": migration("aaaa"),
    ])
    let convention = try withExtendedLifetime(directory) {
      try directory.load().environment.naming.value
    }
    #expect(convention == .known(["pk": .template("pk_%(table_name)s")]))
  }
}
