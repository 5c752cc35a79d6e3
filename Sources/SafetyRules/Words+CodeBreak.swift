// Why running code breaks, in one line.

import PostgresSyntax
package import SchemaModel

extension CodeBreak {
  /// The object's origin, where the break is about one table; nil otherwise.
  package var table: TableReference? {
    switch self {
    case .relationGone(_, let table), .relationRenamed(_, let table, _),
      .constraintAdded(let table, _), .uniqueIndexAdded(let table, _),
      .uniquenessGone(let table, _), .triggerAdded(let table, _), .ruleAdded(let table, _),
      .rowSecurityEnabled(let table), .policiesTightened(let table),
      .publishedWithoutIdentity(let table):
      table
    case .columnGone(let column), .columnRenamed(let column, _), .columnRequired(let column),
      .nullRefused(let column), .nullAllowed(let column), .defaultGone(let column),
      .defaultChanged(let column), .typeChanged(let column, _, _, _), .identityAlways(let column):
      column.table
    default: nil
    }
  }

  /// The origin of the column that the break is about.
  package var columnOrigin: Origin? {
    switch self {
    case .columnGone(let column), .columnRenamed(let column, _), .nullRefused(let column),
      .nullAllowed(let column), .defaultGone(let column), .defaultChanged(let column),
      .typeChanged(let column, _, _, _), .identityAlways(let column):
      column.origin
    default: nil
    }
  }

  /// Whether code that knows only the schema before can notice it at all.
  package var matters: Bool {
    switch self {
    case .defaultChanged, .triggerAdded: false
    case .typeChanged(_, _, _, let change): change.values != .kept && change.values != .unchanged
    default: true
    }
  }

  /// What breaks, in one line.
  package var words: String {
    switch self {
    case .relationGone(let kind, let table): "\(kind.rawValue) \(displayed(table.name)) is gone"
    case .relationRenamed(let kind, let table, let to):
      "\(kind.rawValue) \(displayed(table.name)) is called \(displayed(to)) now"
    case .columnGone(let column): "column \(column.words) is gone"
    case .columnRenamed(let column, let to): "column \(column.words) is called \(to) now"
    case .columnRequired(let column):
      "INSERTs into \(displayed(column.table.name)) fail without a value for \(column.name)"
    case .nullRefused(let column): "writing NULL to \(column.words) fails"
    case .nullAllowed(let column): "\(column.words) may be NULL now"
    case .defaultGone(let column): "INSERTs that leave out \(column.words) fail"
    case .defaultChanged(let column): "the default of \(column.words) is another"
    case .typeChanged(let column, _, let to, _): "\(column.words) is \(to.description) now"
    case .constraintAdded(let table, let constraint):
      "writes to \(displayed(table.name)) may violate \(constraint.name)"
    case .uniqueIndexAdded(let table, let index):
      "writes to \(displayed(table.name)) may violate unique index \(index.name)"
    case .uniquenessGone(let table, let name):
      "ON CONFLICT on \(displayed(table.name)) has no \(name) any more"
    default: otherWords
    }
  }

  private var otherWords: String {
    switch self {
    case .enumValueGone(let type, let value): "'\(value)' of \(displayed(type)) is gone"
    case .enumValueRenamed(let type, let from, let to):
      "'\(from)' of \(displayed(type)) is called '\(to)' now"
    case .enumValueAdded(let type, let value):
      "rows may hold '\(value)' of \(displayed(type)), which the code does not know"
    case .typeGone(let name): "type \(displayed(name)) is gone"
    case .typeRenamed(let from, let to): "type \(displayed(from)) is called \(displayed(to)) now"
    case .compositeChanged(let name): "type \(displayed(name)) has other attributes"
    case .routineGone(let routine): "function \(routine.signature) is gone"
    case .objectGone(let kind, let name): "\(kind.rawValue) \(displayed(name)) is gone"
    case .objectMoved(let kind, let from, let to):
      "\(kind.rawValue) \(displayed(from)) is called \(displayed(to)) now"
    case .sequenceGone(let name): "sequence \(displayed(name)) is gone"
    case .viewChanged(let name): "view \(displayed(name)) has another definition"
    case .schemaGone(let name): "schema \(name) is gone"
    case .schemaRenamed(let from, let to): "schema \(from) is called \(to) now"
    case .extensionGone(let name): "extension \(name) is gone"
    case .identityAlways(let column): "INSERTs with a value for \(column.words) fail"
    case .triggerAdded(let table, let name): "trigger \(name) runs on \(displayed(table.name))"
    case .ruleAdded(let table, let name):
      "rule \(name) does something in the place of writes to \(displayed(table.name))"
    case .policiesTightened(let table):
      "policies may let fewer rows of \(displayed(table.name)) be seen or written"
    case .publishedWithoutIdentity(let table):
      "UPDATE and DELETE of \(displayed(table.name)) fail: it is published and has no replica identity"
    case .rowSecurityEnabled(let table):
      "policies decide which rows of \(displayed(table.name)) are seen"
    case .privilegesRevoked(let names): "privileges on \(list(names.map(displayed))) are revoked"
    case .domainTightened(let name): "values may violate domain \(displayed(name))"
    default: ""
    }
  }
}

extension ColumnReferent {
  /// `table.column`
  package var words: String { "\(displayed(table.name)).\(name)" }
}
