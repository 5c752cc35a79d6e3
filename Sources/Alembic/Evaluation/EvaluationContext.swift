// What the interpreter is given beside a revision: settings, and how modules and files are found.

package import PythonSyntax

/// What is known of the environment in which Alembic would run the migrations.
package struct EvaluationSettings: Sendable {
  /// The templates of `MetaData(naming_convention=…)`, by key (`ix`, `uq`, `ck`, `fk`, `pk`), where
  /// they are configured; nil: followed through env.py.
  package var naming: ConventionSource
  /// The options of alembic.ini's main section, interpolated.
  package var options: [String: String]
  /// `context.configure(version_table=…, version_table_schema=…)`; Alembic's defaults where that is
  /// not known.
  package var versionTable: String
  package var versionTableSchema: String?
  package var isTransactionPerMigration: Bool
  /// The absolute path of each revision's file.
  package var revisionFiles = Lookup<[String: String]>([:])
  /// What the project tells of names, types and variables that nothing else would tell.
  package var project = ProjectSettings()
  /// What the steps are worked out for.
  package var mode = ExecutionMode.offline
  /// What loading the migrations registers with the libraries.
  package var hooks: Lookup<Registrations>

  package init(
    naming: ConventionSource = ConventionSource(.standard), options: [String: String] = [:],
    isTransactionPerMigration: Bool = false, versionTable: String = "alembic_version",
    versionTableSchema: String? = nil, hooks: Lookup<Registrations> = Lookup(Registrations())
  ) {
    self.hooks = hooks
    self.versionTable = versionTable
    self.versionTableSchema = versionTableSchema
    self.naming = naming
    self.options = options
    self.isTransactionPerMigration = isTransactionPerMigration
  }
}

/// A module that an import names, found in the project.
package struct LocatedModule: Sendable {
  package var path: String
  package var isPackage: Bool
  /// Nil for a package without `__init__.py`.
  package var module: PythonModule?

  package init(path: String, isPackage: Bool, module: PythonModule?) {
    self.path = path
    self.isPackage = isPackage
    self.module = module
  }
}

/// How the interpreter reaches the rest of the project. Nothing outside the project is read.
package protocol ProjectAccess: Sendable {
  /// The module of a dotted name as the file `importer` would import it; nil if the project has none.
  func locate(_ dottedName: String, importer: String) -> LocatedModule?
  /// The bytes of a text file inside the project (absolute path); nil if it is not there, outside
  /// the project's root, or too large.
  func contents(of path: String) -> [UInt8]?
  /// The module of a file inside the project (absolute path); nil as for `contents`.
  func module(at path: String) -> PythonModule?
  /// The names in a directory inside the project, sorted; nil if it is not there.
  func entries(of directory: String) -> [String]?
}
