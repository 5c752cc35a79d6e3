// One SQL statement as a typed value: the vocabulary between PostgreSQL's grammar and the rules.

package import SourceText

/// One SQL statement. `.inert` is understood and changes nothing; `.other` is not understood, and
/// whoever meets it must carry that on.
package indirect enum Statement: Hashable, Sendable {
  case createTable(CreateTable)
  case createTableAs(CreateTableAs)
  case alterTable(AlterTable)
  case createIndex(CreateIndex)
  case drop(Drop)
  case rename(Rename)
  case setSchema(SetSchema)
  case setOwner(SetOwner)
  case createType(CreateType)
  case alterEnum(AlterEnum)
  case createDomain(CreateDomain)
  case alterDomain(AlterDomain)
  case createSequence(CreateSequence)
  case alterSequence(AlterSequence)
  case createView(CreateView)
  case createMaterializedView(CreateTableAs)
  case refreshMaterializedView(RefreshMaterializedView)
  case createFunction(CreateFunction)
  /// ALTER FUNCTION, PROCEDURE or ROUTINE: volatility, settings and the like.
  case alterFunction(AlterFunction)
  case createTrigger(CreateTrigger)
  case createExtension(CreateExtension)
  /// `ALTER EXTENSION … UPDATE`, with the version if one is written.
  case updateExtension(name: String, version: String?)
  case createSchema(CreateSchema)
  case comment(Comment)
  case grant(Grant)
  case defaultPrivileges(DefaultPrivileges)
  case createPolicy(Policy)
  case alterPolicy(Policy)
  case createRule(CreateRule)
  case createObject(CreateObject)
  case alterObject(AlterObject)
  case grantRoles(GrantRoles)
  case owned(OwnedObjects)
  case createStatistics(CreateStatistics)
  /// `ALTER STATISTICS … SET STATISTICS`.
  case alterStatistics(QualifiedName)
  case publication(Publication)

  case select(Query)
  case insert(Insert)
  case update(Update)
  case delete(Delete)
  case merge(Merge)
  case truncate(Truncate)
  case copy(Copy)
  case call(FunctionCall)
  case doBlock(DoBlock)
  case explain(Statement, analyze: Bool)
  case prepare(name: String, Statement)
  /// EXECUTE of a prepared statement.
  case execute(name: String)

  case transaction(TransactionCommand)
  case setVariable(SetVariable)
  /// SET CONSTRAINTS; empty names for ALL.
  case setConstraints([QualifiedName], deferred: Bool)
  case lock(LockTables)
  case vacuum(Vacuum)
  case reindex(Reindex)
  case cluster(Cluster)
  /// ALTER ROLE and ALTER DATABASE … SET search_path, for the sessions that begin later.
  case setPathOfSessions

  case show(String)
  /// Understood, and without effect on schema and rows: LISTEN, NOTIFY, CHECKPOINT, CLOSE,
  /// FETCH and DEALLOCATE, by its command tag; `DEALLOCATE ALL` is one of its own.
  case inert(String)
  /// A statement that PostgreSQL refuses, unless it does nothing because of IF EXISTS or IF NOT EXISTS.
  case refused(Refusal, Statement)
  /// Parsed but not understood, by its command tag.
  case other(String)
}

extension Statement {
  /// Whether it reads and writes rows, and nothing else unless what it calls does.
  package var isAboutRows: Bool {
    switch self {
    case .select, .insert, .update, .delete, .merge: true
    case .explain(let inner, _): inner.isAboutRows
    default: false
    }
  }

  /// Whether PostgreSQL takes parameters in it: what is planned (manual, PREPARE).
  package var takesParameters: Bool {
    switch self {
    case .select, .insert, .update, .delete, .merge, .createTableAs: true
    case .explain(let inner, _), .refused(_, let inner): inner.takesParameters
    default: false
    }
  }
}

/// A statement with its place in the text that was parsed.
package struct ParsedStatement: Hashable, Sendable {
  package var statement: Statement
  /// From the first token to before the semicolon, in bytes, without white space behind.
  package var range: SourceRange
  /// The text of `range`.
  package var text: String
}
