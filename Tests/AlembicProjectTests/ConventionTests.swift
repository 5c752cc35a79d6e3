// Naming conventions in all the ways in which a project can give them: what the real `alembic upgrade
// --sql` prints for the same files is what we emit, or we say that we do not know.

import Alembic
import Foundation
import Testing

@Suite struct ConventionTests {
  /// A project of models and an env.py, and whether Alembic names a constraint by `NAMES`.
  struct Example: CustomTestStringConvertible, Sendable {
    var name: String
    var models: String
    var environment: String
    var isNamed: Bool
    /// Only running it would tell.
    var isOpen = false
    /// Needs a library that the reference is installed without. Alembic 1.20.1 with SQLAlchemy 2.0.58,
    /// Flask-SQLAlchemy 3.1.1 and SQLModel 0.0.50 gave the answer.
    var isForeign = false

    var testDescription: String { name }

    init(
      _ name: String, _ models: String, _ environment: String, named: Bool = true,
      open: Bool = false, foreign: Bool = false
    ) {
      self.name = name
      self.models = models
      self.environment = environment
      isNamed = named
      isOpen = open
      isForeign = foreign
    }
  }

  private static let base = "from app.models import Base\n"
  private static let meta = "target_metadata = Base.metadata\n"

  private static let own: [Example] = [
    Example(
      "a registry", "registry_ = registry(metadata=M)\nBase = registry_.generate_base()",
      base + meta),
    Example(
      "a registry's attribute", "reg = registry(metadata=M)",
      "from app.models import reg\ntarget_metadata = reg.metadata"),
    Example(
      "a class with a registry",
      "class Base(DeclarativeBase):\n    registry = registry(metadata=M)", base + meta),
    Example(
      "positional", "m = MetaData(None, None, NAMES)", "from app.models import m as target_metadata"
    ),
    Example(
      "a mixin beside the declarative base",
      "class Mixin:\n    metadata = M\nclass Base(Mixin, DeclarativeBase):\n    pass",
      base + meta, named: false),
    Example(
      "a mixin beside a base",
      "class Mixin:\n    metadata = M\nclass Plain(DeclarativeBase):\n    pass\n"
        + "class Base(Mixin, Plain):\n    __abstract__ = True",
      base + meta),
    Example(
      "a decorator that ignores the class",
      "@as_declarative()\nclass Base:\n    metadata = M", base + meta, named: false),
    Example("a decorator", "@as_declarative(metadata=M)\nclass Base:\n    pass", base + meta),
    Example(
      "a base's own class", "class Own:\n    metadata = M\nBase = declarative_base(cls=Own)",
      base + meta, named: false),
    Example(
      "a dictionary of keywords",
      "options = dict(naming_convention=NAMES)\nm = MetaData(**options)",
      "from app import models\ntarget_metadata = models.m"),
    Example(
      "assigned in env.py", "Base = declarative_base()",
      "from app.models import Base, NAMES\nBase.metadata.naming_convention = NAMES\n" + meta),
    Example(
      "assigned to target_metadata", "Base = declarative_base()",
      "from app.models import Base, NAMES\n" + meta + "target_metadata.naming_convention = NAMES"),
    Example(
      "assigned in another file", "from app.bases import Base",
      "from app.bases import Base\nimport app.naming\n" + meta),
    Example(
      "assigned in a file that nobody imports", "", "from app.bases import Base\n" + meta,
      named: false),
    Example(
      "merged",
      "Base = declarative_base()\n"
        + "Base.metadata.naming_convention = dict(Base.metadata.naming_convention, **NAMES)",
      base + meta),
    Example(
      "replaced", "class Base(DeclarativeBase):\n    pass\nBase.metadata = M", base + meta),
    Example(
      "under a condition", "m = M\nn = MetaData()",
      "import os\nfrom app.models import m, n\nif os.environ.get('NONE_SUCH'):\n    target_metadata = n\n"
        + "else:\n    target_metadata = m",
      open: true),
    Example("a star import", "m = M\n", "from app.models import *\ntarget_metadata = m"),
    Example(
      "an unrelated attribute",
      "class Reader:\n    def __init__(self, names):\n        self.naming_convention = names\n"
        + "Base = declarative_base(metadata=M)",
      base + "target_metadata = __import__('app.models').models.Base.metadata"),
    Example(
      "a property of an object",
      "class Database:\n    def __init__(self):\n        self.own = MetaData()\n"
        + "    @property\n    def metadata(self):\n        return M\ndb = Database()",
      "from app.models import db\ntarget_metadata = db.metadata"),
    Example(
      "an attribute of an object",
      "class Database:\n    def __init__(self):\n        self.metadata = MetaData(naming_convention=NAMES)\n"
        + "db = Database()",
      "from app.models import db\ntarget_metadata = db.metadata"),
    Example(
      "a MetaData that names itself",
      "class Own(MetaData):\n    def __init__(self):\n        super().__init__()\n"
        + "        self.naming_convention = NAMES\nm = Own()",
      "from app.models import m\ntarget_metadata = m"),
    Example(
      "a function that sets attributes",
      "Base = declarative_base()\nsetattr(Base.metadata, 'naming_convention', NAMES)",
      base + meta, open: true),
    Example(
      "a dictionary that is filled later",
      "names = {}\nnames.update(NAMES)\nm = MetaData(naming_convention=names)\nn = MetaData()",
      "from app.models import m\ntarget_metadata = m", open: true),
    Example(
      "unpacked", "class Base(DeclarativeBase):\n    metadata, other = M, MetaData()",
      base + meta, open: true),
    Example(
      "a global that a function binds", "n = MetaData()",
      "from app.models import M\ntarget_metadata = None\ndef find():\n"
        + "    global target_metadata\n    target_metadata = M\nfind()", open: true),
    Example("a list", "m = M", "from app.models import m\ntarget_metadata = [m]", named: false),
  ]

  /// How env.py hands it on to `context.configure()`.
  private static let handed: [(name: String, environment: String, isNamed: Bool)] = [
    ("none", "context.configure(**URL)", false),
    (
      "a keyword and a name that is not used", "target_metadata = M\ncontext.configure(**URL)",
      false
    ),
    (
      "an entry of a dictionary",
      "options = dict(URL)\noptions['target_metadata'] = M\ncontext.configure(**options)", true
    ),
    (
      "what a function returns",
      "def options():\n    found = dict(URL)\n    found['target_metadata'] = M\n    return found\n"
        + "context.configure(**options())", true
    ),
    (
      "an update",
      "options = dict(url='postgresql://')\n"
        + "options.update({'target_metadata': M})\ncontext.configure(**options)", true
    ),
    (
      "a dictionary in another",
      "shared = dict(target_metadata=M)\noptions = dict(url='postgresql://')\n"
        + "options.update(shared)\ncontext.configure(**options)", true
    ),
    (
      "a parameter",
      "def offline(target_metadata):\n"
        + "    context.configure(target_metadata=target_metadata, **URL)\n"
        + "def run():\n    target_metadata = M\n    offline(target_metadata)\nrun()", true
    ),
    (
      "a dictionary without it",
      "def offline():\n    options = dict()\n    options['url'] = 'postgresql://'\n"
        + "    context.configure(**options)\noffline()", false
    ),
  ]

  private static let flask = "from flask_sqlalchemy import SQLAlchemy\n"
  private static let declared = "class B(DeclarativeBase):\n    metadata = M\n"

  private static let foreign: [Example] = [
    Example(
      "SQLModel's own",
      "from sqlmodel import SQLModel\nSQLModel.metadata.naming_convention = NAMES",
      "from sqlmodel import SQLModel\nimport app.models\ntarget_metadata = SQLModel.metadata",
      foreign: true),
    Example(
      "a model class", flask + declared + "db = SQLAlchemy(model_class=B)",
      "from app.models import db\ntarget_metadata = db.metadata", foreign: true),
    Example(
      "the Model of a model class", flask + declared + "db = SQLAlchemy(model_class=B)",
      "from app.models import db\ntarget_metadata = db.Model.metadata", foreign: true),
    Example(
      "a model class and a metadata",
      flask + "class B(DeclarativeBase):\n    pass\ndb = SQLAlchemy(metadata=M, model_class=B)",
      "from app.models import db\ntarget_metadata = db.metadata", named: false, foreign: true),
    Example(
      "a subclass that hands it on",
      flask + "class D(SQLAlchemy):\n    def __init__(self, app=None, **more):\n"
        + "        super().__init__(app, metadata=M, **more)\ndb = D()",
      "from app.models import db\ntarget_metadata = db.metadata", foreign: true),
    Example(
      "a subclass", flask + "class D(SQLAlchemy):\n    pass\ndb = D(metadata=M)",
      "from app.models import db\ntarget_metadata = db.metadata", foreign: true),
  ]

  private static var all: [Example] {
    own + foreign
      + handed.map { example in
        Example(
          "handed on by \(example.name)", "",
          "from app.models import M\nURL = dict(url='postgresql://')\n" + example.environment,
          named: example.isNamed)
      }
  }

  private func project(_ example: Example) throws -> TemporaryProject {
    let names =
      "from sqlalchemy import MetaData\n"
      + "from sqlalchemy.orm import DeclarativeBase, as_declarative, declarative_base, registry\n"
      + "NAMES = {'uq': 'uq_%(table_name)s_%(column_0_name)s'}\n"
    var environment = "from alembic import context\n" + example.environment + "\n"
    if !environment.contains("context.configure(") {
      environment +=
        "context.configure(url='postgresql://', target_metadata=target_metadata)\n"
    }
    var files = [
      "alembic.ini": "[alembic]\nscript_location = app/migrations\nprepend_sys_path = .\n",
      "app/__init__.py": "",
      "app/models.py": names + "M = MetaData(naming_convention=NAMES)\n" + example.models + "\n",
      "app/migrations/env.py": environment
        + "with context.begin_transaction():\n    context.run_migrations()\n",
      "app/migrations/versions/a.py":
        "from alembic import op\nrevision = 'a'\ndown_revision = None\n"
        + "def upgrade():\n    op.create_unique_constraint(None, 't', ['c'])\n",
    ]
    if environment.contains("app.bases") {
      files["app/bases.py"] =
        "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
      files["app/naming.py"] =
        "from app.bases import Base\nfrom app.models import NAMES\n"
        + "Base.metadata.naming_convention = NAMES\n"
    }
    return try TemporaryProject(files)
  }

  private func sql(_ example: Example) -> String {
    example.isNamed
      ? "ALTER TABLE t ADD CONSTRAINT uq_t_c UNIQUE (c)" : "ALTER TABLE t ADD UNIQUE (c)"
  }

  @Test(arguments: all)
  func constraintIsNamedByTheConvention(example: Example) throws {
    let directory = try project(example)
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      #expect(upgrade?.statements.map(\.sql) == (example.isOpen ? [] : [sql(example)]))
      #expect(upgrade?.isComplete == !example.isOpen)
    }
  }

  /// A convention of the project's own takes the place of the standard one, whose names of indexes are
  /// then none: Alembic 1.20.1 stops with an AssertionError.
  @Test func indexWithoutANameNeedsATemplate() throws {
    let directory = try project(Self.own[0])
    try directory.write(
      "app/migrations/versions/a.py",
      Data(
        migration("a", "from alembic import op").replacing(
          "def upgrade():\n    pass", with: "def upgrade():\n    op.create_index(None, 't', ['c'])"
        )
        .utf8))
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      #expect(upgrade?.statements.map(\.sql) == [])
      #expect(upgrade?.isComplete == false)
    }
  }

  /// alembic.ini lies in a directory of the package that is none itself.
  @Test(.enabled(if: python != nil), arguments: ["", "life/"])
  func packageIsFoundAroundTheConfiguration(inner: String) throws {
    let files = [
      "app/__init__.py": "",
      "app/models.py": "from sqlalchemy import MetaData\n"
        + "M = MetaData(naming_convention={'uq': 'uq_%(table_name)s_%(column_0_name)s'})\n",
      "app/\(inner)alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
      "app/\(inner)migrations/env.py": "from alembic import context\nfrom app.models import M\n"
        + "context.configure(url='postgresql://', target_metadata=M)\n"
        + "with context.begin_transaction():\n    context.run_migrations()\n",
      "app/\(inner)migrations/versions/a.py":
        "from alembic import op\nrevision = 'a'\ndown_revision = None\n"
        + "def upgrade():\n    op.create_unique_constraint(None, 't', ['c'])\n",
    ]
    let directory = try TemporaryProject(files)
    try withExtendedLifetime(directory) {
      let loaded = try directory.load("app/\(inner)alembic.ini")
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      let printed = try runPython(
        "import os, sys; sys.path.insert(0, sys.argv[1]); os.chdir(sys.argv[1]); "
          + "from alembic.config import main; main(['-c', sys.argv[2], 'upgrade', 'head', '--sql'])",
        directory.path, "app/\(inner)alembic.ini")
      let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n")
      #expect(
        lines.filter { $0.hasPrefix("ALTER") } == upgrade?.statements.map { "\($0.sql);"[...] })
    }
  }

  /// Names that lead in circles, through branches, imports, classes and functions, end as not known, and
  /// the project has two conventions.
  @Test(arguments: [
    "try:\n    from app.circle import Base\nexcept ImportError:\n    from app.circle import Base\n",
    "class Base(Base):\n    metadata = Base.metadata\n",
    "class Base(Other):\n    pass\nclass Other(Base):\n    pass\n",
    "def make(x):\n    return make(x) if x else make(make)\nBase = make(make)\n",
    "Base = Base.metadata\n", "from app.models import *\n",
    "class Base:\n    def __init__(self, a):\n        super().__init__(a=Base(a))\nBase = Base(1)\n",
    "N = {**N}\nBase = MetaData(naming_convention=N)\n",
    "Base = declarative_base()\nBase.metadata = Base.metadata\n",
  ])
  func circlesEnd(models: String) throws {
    let directory = try project(Example("circle", models, Self.base + Self.meta))
    try directory.write(
      "app/circle.py",
      Data("from sqlalchemy import MetaData\nfrom app.models import Base\nP = MetaData()\n".utf8))
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      #expect(upgrade?.statements.map(\.sql) == [])
      #expect(upgrade?.isComplete == false)
    }
  }

  /// What the sources of the libraries say: sqlalchemy_helpers 2.0.1, wuttjamaican 0.33.3, ckan 2.12.0
  /// and apache-airflow-core 3; the names follow from the templates.
  @Test(arguments: [
    ("from sqlalchemy_helpers import Base", "Base.metadata", "CONSTRAINT uq_t_c UNIQUE"),
    ("from sqlalchemy_helpers.aio import Base", "Base.metadata", "CONSTRAINT uq_t_c UNIQUE"),
    (
      "from sqlalchemy import MetaData\nfrom wuttjamaican.db.util import naming_convention",
      "MetaData(naming_convention=naming_convention)", "CONSTRAINT uq_t_c UNIQUE"
    ),
    ("from wuttjamaican.db.model import Base", "Base.metadata", "CONSTRAINT uq_t_c UNIQUE"),
    ("from ckan.model.meta import metadata", "metadata", "UNIQUE"),
    (
      "from airflow.models.base import Base", "Base.metadata", "CONSTRAINT t_c_uq UNIQUE"
    ),
  ])
  func librariesHaveConventions(imports: String, expression: String, constraint: String) throws {
    let directory = try project(
      Example("library", "", "\(imports)\ntarget_metadata = \(expression)"))
    try withExtendedLifetime(directory) {
      let loaded = try directory.load()
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      #expect(upgrade?.statements.map(\.sql) == ["ALTER TABLE t ADD \(constraint) (c)"])
    }
  }

  /// As with Flask-Alembic: the package is all that tells.
  @Test(arguments: ["models.py", "other.txt"])
  func packageWithoutAnEnvironmentIsSearched(name: String) throws {
    let directory = try TemporaryProject([
      "app/__init__.py": "", "app/sql/__init__.py": "",
      "app/sql/\(name)": "from sqlalchemy import MetaData\n"
        + "M = MetaData(naming_convention={'uq': 'uq_%(table_name)s_%(column_0_name)s'})\n",
      "app/sql/migrations/a.py": "from alembic import op\nrevision = 'a'\ndown_revision = None\n"
        + "def upgrade():\n    op.create_unique_constraint(None, 't', ['c'])\n",
    ])
    try withExtendedLifetime(directory) {
      let loaded = try directory.load("app/sql/migrations")
      let upgrade = try loaded.evaluate(loaded.revisions, for: .offline, { $1.upgrade }).first
      let named = name == "models.py" ? "CONSTRAINT uq_t_c UNIQUE" : "UNIQUE"
      #expect(upgrade?.statements.map(\.sql) == ["ALTER TABLE t ADD \(named) (c)"])
    }
  }

  @Test(.enabled(if: python != nil), arguments: all.filter { !$0.isForeign })
  func alembicNamesItSo(example: Example) throws {
    let directory = try project(example)
    let printed = try withExtendedLifetime(directory) {
      try runPython(
        "import os, sys; os.chdir(sys.argv[1]); from alembic.config import main; "
          + "main(['upgrade', 'head', '--sql'])", directory.path)
    }
    let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("ALTER") } == ["\(sql(example));"])
  }
}
