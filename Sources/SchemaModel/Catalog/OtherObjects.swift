// The objects of a catalog beside tables and types: views, sequences, routines, extensions, others.

import HashTreeCollections
package import PostgresSyntax

/// A view or materialised view.
package struct View: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var isMaterialized: Bool
  /// False for a materialised view that WITH NO DATA made or left empty: it cannot be read.
  package var isPopulated = true
  /// False where the history names the view but did not create it.
  package var isKnown: Bool
  package var columns: [Column]
  /// Normalised text.
  package var query: String
  /// The relations that the query reads, resolved.
  package var relations: [QualifiedName]
  /// The columns that the query reads: of each relation, those that it can only mean.
  package var reads: [ColumnUse]
  /// Columns of which it is not known which relation's they are.
  package var mayRead: [String]
  package var functions: [QualifiedName]
  package var types: [QualifiedName]
  /// Of a materialised view.
  package var indexes: [Index]
  package var triggers: [Trigger]
  package var rules: [CreateRule]
  package var options: [Option]
  package var persistence: Persistence
  var grants: [String] = []
  package var comment: String?
  package var owner: String?
  package var origin: Origin?
  /// Whether running its query may end with an error on some row.
  var mayRaise = false

  /// Whether reading the view runs its query, which may end with an error.
  var raisesWhenRead: Bool { !isMaterialized && mayRaise }

  package struct ColumnUse: Sendable, Hashable {
    package var relation: QualifiedName
    package var column: String

    package init(relation: QualifiedName, column: String) {
      self.relation = relation
      self.column = column
    }
  }
}

/// A sequence.
package struct SequenceObject: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var options: SequenceOptions
  package var persistence: Persistence
  /// The column with which the sequence is dropped.
  package var ownedBy: OwningColumn?
  /// Of an identity column: it cannot be dropped by itself.
  package var isIdentity: Bool
  package var isKnown: Bool
  var grants: [String] = []
  package var comment: String?
  package var owner: String?
  package var origin: Origin?

  package struct OwningColumn: Sendable, Hashable {
    package var table: QualifiedName
    package var column: String
  }
}

extension SequenceObject {
  package var increment: Int64 { options.increment ?? 1 }
}

extension Catalog {
  /// The sequence that a column takes its numbers from.
  package func sequence(numbering column: Column, of table: QualifiedName) -> SequenceObject? {
    column.identity == nil
      ? column.default.expression.flatMap(sequence(of:))
      : identitySequence(of: column.name, of: table)
  }

  /// The sequence whose next number a default is.
  package func sequence(of expression: SQLExpression) -> SequenceObject? {
    guard var name = expression.nextvalSequence else { return nil }
    name.schema = name.schema ?? "public"
    return sequence(name)
  }

  /// The sequence of an identity column.
  package func identitySequence(of column: String, of table: QualifiedName) -> SequenceObject? {
    let owner = SequenceObject.OwningColumn(table: table, column: column)
    func isThis(_ sequence: SequenceObject) -> Bool {
      sequence.isIdentity && sequence.ownedBy == owner
    }
    // It is hardly ever called otherwise.
    var usual = table
    usual.name += "_\(column)_seq"
    if let sequence = sequence(usual), isThis(sequence) { return sequence }
    return users[table]?.lazy.compactMap { sequence($0) }.first(where: isThis)
  }
}

/// A function, procedure or aggregate.
package struct Routine: Sendable, Hashable {
  package var id: ObjectID
  package var name: QualifiedName
  package var kind: ObjectKind
  /// The types of the input parameters, which with the name identify the routine.
  package var arguments: [DataType]
  /// Nil where the history names the routine but did not create it.
  package var definition: CreateFunction?
  /// Privileges of others than the owner: everybody may call it until that is revoked.
  var grants = ["execute TO public"]
  /// By which texts may still know it.
  var formerNames: [String] = []
  package var comment: String?
  package var owner: String?
  package var origin: Origin?

  /// `schema.name(type, …)` as PostgreSQL's messages write it.
  package var signature: String {
    displayed(name) + "(" + arguments.map(\.description).joined(separator: ", ") + ")"
  }
}

package struct InstalledExtension: Sendable, Hashable {
  package var name: String
  package var schema: String?
  package var version: String?
  package var comment: String?
  package var origin: Origin?
}

package struct Schema: Sendable, Hashable {
  package var name: String
  package var owner: String?
  var grants: [String] = []
  package var comment: String?
  package var origin: Origin?
}

/// The kind and name by which objects without a structure of their own are found.
package struct ObjectKey: Sendable, Hashable, Comparable {
  package var kind: ObjectKind
  package var name: QualifiedName
  package var owner: QualifiedName?
  /// Argument types or other particulars, as text.
  package var detail: String

  package init(
    _ kind: ObjectKind, _ name: QualifiedName, owner: QualifiedName? = nil, detail: String = ""
  ) {
    self.kind = kind
    self.name = name
    self.owner = owner
    self.detail = detail
  }

  package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.owner != right.owner {
      guard let leftOwner = left.owner else { return true }
      guard let rightOwner = right.owner else { return false }
      return leftOwner < rightOwner
    }
    return left.name != right.name ? left.name < right.name : left.detail < right.detail
  }
}

/// An object without a structure of its own: statistics, publications, operators, collations, servers, …
package struct OtherObject: Sendable, Hashable {
  /// The definition as text, for comparison; nil where the history did not create it.
  package var definition: String?
  /// The relations that it depends on.
  package var relations: [QualifiedName]
  /// The columns of its relation that it depends on.
  package var columns: [String]
  /// The expressions of statistics.
  var expressions: [SQLExpression] = []
  /// The columns that a publication holds fast.
  var columnUses: [View.ColumnUse] = []
  /// What a publication holds, by the name that it has now: tables, `schema name` and `all`, with the list of
  /// columns and the condition of a table.
  var members: [String: String] = [:]
  var options: [String: String] = [:]
  /// Whether a publication has UPDATE and DELETE in it; nil where that is not known.
  var publishesChanges: Bool?
  /// The objects that it is made of.
  var uses: [ObjectKey] = []
  /// What ALTER made of it, which is not followed.
  var changes: [String] = []
  /// Whether an operator class is the one of its type.
  var isDefault = false
  /// `Catalog.definitions` and `Catalog.copies` when it was made.
  var definitions = 0
  var copies = 0
  /// Names by which what was made before names it.
  var formerNames: [String] = []
  /// Of a server or foreign-data wrapper.
  var grants: [String] = []
  package var comment: String?
  package var owner: String?
  package var origin: Origin?

  /// The definition of an operator of which only the name is entered.
  static let shell = "shell"

  init(definition: String?, relations: [QualifiedName], columns: [String], origin: Origin?) {
    self.definition = definition
    self.relations = relations
    self.columns = columns
    self.origin = origin
  }
}
