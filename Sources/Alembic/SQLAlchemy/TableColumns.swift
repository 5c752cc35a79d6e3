// The columns of a table as its constraints and indexes name them, and what SQLAlchemy refuses of that.

struct TableColumns {
  private let table: String
  private let schema: String?
  private let columns: [ColumnModel]

  init(_ table: String, _ schema: String?, _ columns: [ColumnModel]) {
    self.table = table
    self.schema = schema
    self.columns = columns
  }

  /// The names of columns that are given by their keys, each once.
  func named(_ keys: [String]) -> [String] {
    var result: [String] = []
    for key in keys {
      let name = columns.first { $0.key == key }?.name ?? key
      if !result.contains(name) { result.append(name) }
    }
    return result
  }

  /// Throws where a column is there twice, or one is named that is not there.
  func check(
    _ constraints: [ConstraintModel], _ indexes: [IndexModel]
  ) throws(NotRenderable) {
    try Self.checkUnique(columns.map(\.name), in: table)
    let keys = Set(columns.map(\.key))
    for constraint in constraints {
      for key in constraint.columnKeys where !keys.contains(key) {
        throw notFound(key, constraint.typeName)
      }
      for key in constraint.including where !keys.contains(key) {
        throw NotRenderable(raising: "KeyError", key)
      }
    }
    for index in indexes {
      for case .string(let key) in index.elements where !keys.contains(key) {
        throw notFound(key, index.typeName)
      }
      for key in try index.including where !keys.contains(key) {
        throw NotRenderable(raising: "KeyError", key)
      }
    }
  }

  /// SQLAlchemy splits targets at their dots, unless it finds a table of the name.
  static let dotted = "a foreign key to a table with a dot in its name"

  private func notFound(_ key: String, _ item: String) -> NotRenderable {
    NotRenderable(
      raising: "ConstraintColumnNotFoundError",
      "Can't create \(item) on table '\(table)': no column named '\(key)' is present.")
  }

  /// `op.create_table` makes up the columns that foreign keys refer to, of the table itself, too: then
  /// the new one has no type.
  func checkReferences(_ constraints: [ConstraintModel]) throws(NotRenderable) {
    let prefix = (schema.map { $0 + "." } ?? "") + table + "."
    for constraint in constraints {
      guard case .foreignKey(_, let targets) = constraint.kind else { continue }
      for target in targets where target.hasPrefix(prefix) {
        if table.contains(".") { throw NotRenderable(Self.dotted) }
        let name = String(target.dropFirst(prefix.count))
        if columns.contains(where: { $0.key == name }) || name.contains(".") { continue }
        throw NotRenderable(
          raising: "CompileError",
          "(in table '\(table)', column '\(name)'): Can't generate DDL for NullType(); did you "
            + "forget to specify a type on this Column?")
      }
    }
  }

  /// Throws where a table would have a column twice (`Table.append_column`).
  static func checkUnique(
    _ names: [String], in table: String, advice: String = ""
  ) throws(NotRenderable) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw NotRenderable(
        raising: "DuplicateColumnError",
        "A column with name '\(name)' is already present in table '\(table)'." + advice)
    }
  }

  /// The column that Alembic makes up for an element of an index.
  static func name(of element: Value) -> String? {
    switch element {
    case .string(let name): name
    case .model(let conv as ConventionName): conv.name
    case .model(let text as TextClause): text.source
    default: nil
    }
  }
}

extension ConstraintModel {
  /// The columns of the table that it names.
  var columnKeys: [String] {
    switch kind {
    case .primaryKey(let columns), .unique(let columns, _), .foreignKey(let columns, _): columns
    case .exclude: excluded
    case .check: []
    }
  }
}

extension ConstraintModel.Kind {
  /// A foreign key, or what `ForeignKeyConstraint()` raises.
  static func references(
    _ columns: [String], to targets: [String]
  ) throws(NotRenderable) -> ConstraintModel.Kind {
    let distinct = Set(columns).count
    if distinct != targets.count {
      throw NotRenderable(
        raising: "ArgumentError",
        distinct == columns.count
          ? "ForeignKeyConstraint number of constrained columns must match the number of "
            + "referenced columns."
          : "ForeignKeyConstraint with duplicate source column references are not supported.")
    }
    return .foreignKey(columns, targets: targets)
  }
}
