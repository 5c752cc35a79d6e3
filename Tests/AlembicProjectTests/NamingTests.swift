// The naming convention of env.py's metadata, and the names that come of it.

import Alembic
import Testing

@Suite struct NamingTests {
  private static let plain = ["pk": MetadataConvention.Entry.template("pk_%(table_name)s")]

  /// A project whose env.py ends in `expression`, with other files.
  private func project(
    _ expression: String, _ files: [String: String] = [:], upgrade: String = "pass"
  ) throws -> TemporaryProject {
    var all = files
    all["alembic.ini"] = "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n"
    all["app/__init__.py"] = files["app/__init__.py"] ?? ""
    all["migrations/env.py"] =
      "from alembic import context\nimport app.models as models\n"
      + "from flask import current_app\n"
      + "context.configure(connection=c, target_metadata=\(expression))\n"
    all["migrations/versions/a.py"] =
      "from alembic import op\nimport sqlalchemy as sa\nrevision = 'a'\ndown_revision = None\n"
      + "def upgrade():\n    \(upgrade)\ndef downgrade():\n    pass\n"
    return try TemporaryProject(all)
  }

  private func convention(
    _ expression: String, _ files: [String: String] = [:]
  ) throws -> MetadataConvention {
    let directory = try project(expression, files)
    return try withExtendedLifetime(directory) {
      try directory.load().environment.naming.value
    }
  }

  private func isUnknown(_ convention: MetadataConvention) -> Bool {
    if case .unknown = convention { true } else { false }
  }

  @Test(arguments: [
    "Base = declarative_base(metadata=MetaData(naming_convention={'pk': 'pk_%(table_name)s'}))\n",
    "Base = declarative_base()\nBase.metadata.naming_convention = {'pk': 'pk_%(table_name)s'}\n",
    "def make():\n    base = declarative_base()\n    base.metadata.naming_convention = NAMES\n"
      + "    return base\nNAMES = dict((('pk', 'pk_%(table_name)s'),))\nBase = make()\n",
    "class Parent(DeclarativeBase):\n"
      + "    metadata = MetaData(naming_convention=dict(pk='pk_%(table_name)s'))\n"
      + "class Base(Parent):\n    pass\n",
  ])
  func conventionIsFollowed(models: String) throws {
    let imports =
      "from sqlalchemy import MetaData\n"
      + "from sqlalchemy.orm import DeclarativeBase, declarative_base\n"
    #expect(
      try convention("models.Base.metadata", ["app/models.py": imports + models])
        == .known(Self.plain))
  }

  @Test(arguments: [
    ("models.Base.metadata", "from sqlalchemy import orm\nBase = orm.declarative_base()\n"),
    ("models.db.metadata", "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"),
    ("models.Base.metadata", "import sqlalchemy as sa\nclass Base(sa.orm.DeclarativeBase): pass\n"),
    ("None", ""), ("[models.a, models.b]", ""),
  ])
  func standardConvention(expression: String, models: String) throws {
    #expect(try convention(expression, ["app/models.py": models]) == .standard)
  }

  /// Flask's application is made while it runs: what all of the project agrees on counts.
  @Test func projectIsSearchedWhereTheExpressionLeadsNowhere() throws {
    let expression = "current_app.extensions['migrate'].db.metadata"
    let one = "db = SQLAlchemy(metadata=MetaData(naming_convention={'pk': 'pk_%(table_name)s'}))\n"
    let other = "db = SQLAlchemy(metadata=MetaData(naming_convention={'pk': 'p_%(table_name)s'}))\n"
    #expect(try convention(expression) == .standard)
    #expect(try convention(expression, ["app/db.py": one]) == .known(Self.plain))
    #expect(
      isUnknown(try convention(expression, ["app/db.py": one, "app/other.py": other])))
    #expect(try convention(expression, ["migrations/versions/b.py": one]) == .standard)
    let plain = "from sqlalchemy import MetaData\nmetadata = MetaData(schema='audit')\n"
    #expect(isUnknown(try convention(expression, ["app/db.py": one, "app/audit.py": plain])))
    #expect(try convention(expression, ["app/audit.py": plain]) == .standard)
    let local = "def dump(): return MetaData()\n"
    #expect(
      try convention(expression, ["app/db.py": one, "app/dump.py": local]) == .known(Self.plain))
  }

  /// The names are those of whoever made the metadata, not of the project, which makes none.
  @Test(arguments: [
    "getattr(library, 'Base').metadata", "(library.metadata or None)",
    "{'a': library.metadata}['a']", "MetaData(**{'naming_convention': library.NAMES})",
  ])
  func metadataOfSomebodyElseIsUnknown(expression: String) throws {
    let all = [
      "alembic.ini": "[alembic]\nscript_location = migrations\n",
      "migrations/env.py": "from alembic import context\nimport library\n"
        + "from sqlalchemy import MetaData\n"
        + "context.configure(connection=c, target_metadata=\(expression))\n",
    ]
    let directory = try TemporaryProject(all)
    let found = try withExtendedLifetime(directory) {
      try directory.load().environment.naming.value
    }
    #expect(isUnknown(found))
  }

  /// What SQLAlchemy finds of the other table (NoReferencedTableError) an operation does not know.
  @Test func nameOfTheOtherTablesColumnIsNotKnown() throws {
    let models =
      "from sqlalchemy import MetaData\n"
      + "metadata = MetaData(naming_convention={'fk': 'fk_%(referred_column_0_name)s'})\n"
    let directory = try project(
      "models.metadata", ["app/models.py": models],
      upgrade: "op.create_table('t', sa.Column('a', sa.ForeignKey('u.id')))")
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      #expect(
        try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first?.isComplete
          == false)
    }
  }

  @Test func libraryThatIsNotKnownIsUnknown() throws {
    let models = "from some_library import Base\n"
    #expect(isUnknown(try convention("models.Base.metadata", ["app/models.py": models])))
  }

  private static let functions = """
    from sqlalchemy import MetaData
    def _names(constraint, table):
        return '_'.join((c if isinstance(c, str) else c.name) for c in constraint.columns)
    def _unique(constraint, table):
        return 'uq_' if constraint.unique else ''
    metadata = MetaData(naming_convention={
        'fk': 'fk_%(table_name)s_%(names)s_%(referred_table_name)s',
        'ix': 'ix_%(unique)s%(table_name)s_%(names)s',
        'ck': 'ck_%(table_name)s_%(constraint_name)s', 'names': _names, 'unique': _unique})

    """

  /// The statements are those that Alembic 1.20.1 with SQLAlchemy 2.0.58 emits for these calls.
  @Test(arguments: [
    (
      "op.create_foreign_key(None, 'orders', 'customers', ['customer_id', 'shop_id'], ['id', 'shop'])",
      "ALTER TABLE orders ADD CONSTRAINT fk_orders_customer_id_shop_id_customers "
        + "FOREIGN KEY(customer_id, shop_id) REFERENCES customers (id, shop)"
    ),
    (
      "op.create_index(None, 'orders', ['a', 'b'], unique=True)",
      "CREATE UNIQUE INDEX ix_uq_orders_a_b ON orders (a, b)"
    ),
    (
      "op.create_check_constraint('positive', 'orders', 'a > 0')",
      "ALTER TABLE orders ADD CONSTRAINT ck_orders_positive CHECK (a > 0)"
    ),
    (
      "op.drop_constraint('positive', 'orders', type_='check')",
      "ALTER TABLE orders DROP CONSTRAINT ck_orders_positive"
    ),
    (
      "op.create_foreign_key(None, 'weather_sensor_of_a_very_long_name', "
        + "'weather_sensor_type_with_another', ['weather_sensor_type_name'], ['name'])",
      "ALTER TABLE weather_sensor_of_a_very_long_name ADD CONSTRAINT "
        + "fk_weather_sensor_of_a_very_long_name_weather_sensor_ty_e1d1 "
        + "FOREIGN KEY(weather_sensor_type_name) REFERENCES weather_sensor_type_with_another (name)"
    ),
  ])
  func namesAreThoseOfAlembic(call: String, sql: String) throws {
    let directory = try project(
      "models.metadata", ["app/models.py": Self.functions], upgrade: call)
    let upgrade = try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      return try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
    }
    #expect(upgrade?.statements.map(\.sql) == [sql])
    #expect(upgrade?.isComplete == true)
  }

  /// What Alembic 1.20.1 with SQLAlchemy 2.0.58 raises for these calls.
  @Test(arguments: [
    ("op.drop_constraint(None, 't')", "CompileError"),
    ("op.drop_constraint(None, 't', type_='foreignkey', schema='s')", "IndexError"),
    ("op.drop_constraint(None, 't', type_='check')", "InvalidRequestError"),
    ("op.drop_constraint(None, 't', type_='primary')", "CompileError"),
  ])
  func dropWithoutANameIsRefused(call: String, exception: String) throws {
    let directory = try project(
      "models.metadata", ["app/models.py": Self.functions], upgrade: call)
    let upgrade = try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      return try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
    }
    let drops = upgrade?.elements.compactMap { element in
      if case .unnamedDrop(let drop) = element { drop.error.type } else { nil }
    }
    #expect(drops == [exception])
    #expect(upgrade?.elements.count == 1)
  }

  @Test func constraintWithoutANameIsOpaqueWhereTheConventionIsUnknown() throws {
    let directory = try project(
      "models.Base.metadata", ["app/models.py": "from some_library import Base\n"],
      upgrade: "op.create_unique_constraint(None, 't', ['a'])")
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      #expect(
        try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first?.isComplete
          == false)
    }
  }
}
