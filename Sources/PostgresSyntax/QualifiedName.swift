// The names of database objects, folded as PostgreSQL folds them.

/// A name with its schema where the SQL gives one. Both parts are the catalog's spelling:
/// unquoted identifiers are already in lower case (PostgreSQL manual 4.1.1).
package struct QualifiedName: Hashable, Sendable {
  /// Nil where the SQL leaves it to the search path.
  package var schema: String?
  package var name: String

  package init(schema: String? = nil, _ name: String) {
    self.schema = schema
    self.name = name
  }
}

extension QualifiedName: Comparable {
  /// By schema, then by name; a name without a schema comes first.
  package static func < (left: QualifiedName, right: QualifiedName) -> Bool {
    (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
  }
}

extension QualifiedName: CustomStringConvertible {
  /// As SQL, quoted where PostgreSQL needs quotes.
  package var description: String {
    guard let schema else { return quoteIdentifier(name) }
    return quoteIdentifier(schema) + "." + quoteIdentifier(name)
  }
}

/// A column as an expression names it: `c`, `t.c`, `s.t.c`, `t.*`.
package struct ColumnReference: Hashable, Sendable {
  /// What stands before the column: a table, an alias, or schema and table.
  package var qualifier: [String]
  /// Nil for `*`.
  package var column: String?

  package init(qualifier: [String] = [], column: String?) {
    self.qualifier = qualifier
    self.column = column
  }
}

/// A relation that a statement reads, with the alias that its columns may be qualified by.
package struct RelationUse: Hashable, Sendable {
  package var name: QualifiedName
  package var alias: String?
  /// `AS alias (a, b)`: the columns have other names here.
  package var namesColumns = false

  package init(name: QualifiedName, alias: String? = nil) {
    self.name = name
    self.alias = alias
  }

  /// Whether a column with one name before it is a column of this relation.
  package func qualifies(_ column: ColumnReference) -> Bool {
    column.qualifier == [alias ?? name.name]
  }
}

/// The kinds of object that DROP, RENAME, OWNER, SET SCHEMA, COMMENT and GRANT name.
package enum ObjectKind: String, Hashable, Sendable, CaseIterable {
  case accessMethod = "access method"
  case aggregate
  case attribute
  case cast
  case column
  case collation
  case conversion
  case database
  /// Those of objects that are made later; the name is that of a kind of object, in a schema or in all.
  case defaultPrivilege = "default privilege on"
  case domain
  case domainConstraint = "domain constraint"
  case eventTrigger = "event trigger"
  case `extension`
  case foreignDataWrapper = "foreign-data wrapper"
  case foreignServer = "server"
  case foreignTable = "foreign table"
  case function
  case index
  case language
  case largeObject = "large object"
  case materializedView = "materialized view"
  case `operator`
  case operatorClass = "operator class"
  case operatorFamily = "operator family"
  case parameter
  case policy
  case procedure
  case publication
  case role
  /// A role in another one; the name is the member's, the owner the other role.
  case roleMember = "member"
  case routine
  case rule
  case schema
  case sequence
  case statistics
  case subscription
  case table
  case tableConstraint = "constraint"
  case tablespace
  case textSearchConfiguration = "text search configuration"
  case textSearchDictionary = "text search dictionary"
  case textSearchParser = "text search parser"
  case textSearchTemplate = "text search template"
  case transform
  case trigger
  case type
  case userMapping = "user mapping"
  case view
  /// A kind that PostgreSQL 15 does not have in these statements.
  case other
}

/// An object as a statement names it.
package struct ObjectReference: Hashable, Sendable {
  package var kind: ObjectKind
  /// The object's own name; for a column, constraint, trigger, rule or policy the name inside its
  /// table, without a schema.
  package var name: QualifiedName
  /// The table (or type, view, domain) that the object belongs to, the access method of an operator class or
  /// family, the server of a user mapping; nil for other objects of a schema.
  package var owner: QualifiedName?
  /// The argument types of a function, procedure, aggregate or operator, and the two types of a cast; nil if
  /// none are written.
  package var arguments: [TypeName]?

  package init(
    kind: ObjectKind, name: QualifiedName, owner: QualifiedName? = nil,
    arguments: [TypeName]? = nil
  ) {
    self.kind = kind
    self.name = name
    self.owner = owner
    self.arguments = arguments
  }
}
