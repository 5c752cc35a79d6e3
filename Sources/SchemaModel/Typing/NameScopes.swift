// Which column a name in a query means (manual, SELECT; `colNameToVar` in parse_relation.c).

import PostgresSyntax

/// The columns of what stands in FROM.
enum SourceColumns {
  /// Nothing is known for certain.
  case open
  /// Those of a relation of the catalog; whether there are no others.
  case catalog([Column], areAll: Bool)
  case list([QueryOutput])

  /// As `AS alias (a, b)` names them.
  func renamed(_ names: [String], _ type: (DataType) -> ValueType?) -> SourceColumns {
    if names.isEmpty { return self }
    var list: [QueryOutput]
    switch self {
    case .open: return .open
    case .catalog(_, areAll: false): return .open
    case .catalog(let columns, areAll: true):
      list = columns.map { QueryOutput(name: $0.name, type: $0.type.flatMap(type)) }
    case .list(let columns): list = columns
    }
    for place in list.indices.prefix(names.count) { list[place].name = names[place] }
    return .list(list)
  }
}

/// A column that a query returns.
struct QueryOutput {
  /// Nil where it is not known.
  var name: String?
  /// Nil where it is not known; `unknown` for a string without a type.
  var type: ValueType?
  /// What it is, as far as it may be a string without a type.
  var form: TypedForm?
}

/// What the columns in one query may be of.
struct NameScope {
  struct Source {
    var name: String
    /// What a schema before the name has to lead to; nil where it has an alias.
    var relation: QualifiedName?
    var columns: SourceColumns
    /// The columns of its primary key.
    var key: [String] = []
    /// The parameters of a function, or the fields of one: what is not among them is no column of theirs.
    var isOfParameters = false

    /// Whether columns of these names may decide about all others.
    func isKeyed(by names: Set<String>) -> Bool { !key.isEmpty && names.isSuperset(of: key) }
  }
  var sources: [Source] = []
  /// Joins make one column of two.
  var mergesColumns = false
  /// There may be names that are not seen here.
  var isOpen = false
}

/// What a typer met on its way that is no error.
final class TypingNotes {
  /// Strings that may be no values of the types that they are taken for.
  var unread: [(text: String, type: ValueType)] = []
  /// Whether all relations are as the history has them.
  var areSettled = true
}

extension ExpressionTyper {
  enum Found {
    case column(ValueType?)
    case missing
    case open
  }

  /// Nil where it is not known which it is, and for a whole row.
  func column(_ reference: ColumnReference) throws(TypeProblem) -> ValueType? {
    switch reference.qualifier.count {
    case 0: try plainColumn(reference.column)
    case 1: try column(reference.column, of: reference.qualifier[0])
    default: nil
    }
  }

  private func plainColumn(_ name: String?) throws(TypeProblem) -> ValueType? {
    guard let name else { return nil }
    for scope in scopes.reversed() {
      var types: [ValueType?] = []
      var isOpen = scope.isOpen
      for source in scope.sources {
        switch find(name, in: source.columns) {
        case .column(let type): types.append(type)
        case .open: isOpen = true
        case .missing: continue
        }
      }
      if types.count > 1, !scope.mergesColumns {
        throw TypeProblem(sqlState: "42702", words: "column \(name) is of more than one relation")
      }
      if let type = types.first { return types.count > 1 ? nil : type }
      if isOpen || scope.sources.contains(where: { $0.name == name }) { return nil }
    }
    if catalog.isSystemColumn(name) { return nil }
    throw .missing(.column, name)
  }

  private func column(_ name: String?, of table: String) throws(TypeProblem) -> ValueType? {
    for scope in scopes.reversed() {
      if let source = scope.sources.first(where: { $0.name == table }) {
        guard let name else { return nil }
        switch find(name, in: source.columns) {
        case .column(let type): return type
        case .open: return nil
        case .missing:
          // A function of the row may be written like a column.
          if catalog.isSystemColumn(name) || Signatures.functions(named: name) != nil
            || catalog.isOpen(QualifiedName(name))
          {
            return nil
          }
          throw source.isOfParameters ? .missing(.table, table) : .missing(.column, name)
        }
      }
      if scope.isOpen { return nil }
    }
    throw .missing(.table, table)
  }

  func find(_ name: String, in columns: SourceColumns) -> Found {
    switch columns {
    case .open: return .open
    case .catalog(let columns, let areAll):
      if let column = columns.first(where: { $0.name == name }) {
        return .column(column.type.flatMap(catalog.type))
      }
      return areAll ? .missing : .open
    case .list(let columns):
      if let column = columns.first(where: { $0.name == name }) { return .column(column.type) }
      return columns.contains { $0.name == nil } ? .open : .missing
    }
  }

  /// What `*` or `t.*` stands for; nil where it is not known.
  func allColumns(_ qualifier: [String]) -> [QueryOutput]? {
    guard let scope = scopes.last, !scope.isOpen, qualifier.count <= 1,
      !scope.mergesColumns || !qualifier.isEmpty
    else { return nil }
    var result: [QueryOutput] = []
    for source in scope.sources where qualifier.isEmpty || source.name == qualifier[0] {
      switch source.columns {
      case .open, .catalog(_, areAll: false): return nil
      case .catalog(let columns, areAll: true):
        result += columns.map { QueryOutput(name: $0.name, type: $0.type.flatMap(catalog.type)) }
      case .list(let columns): result += columns
      }
      if result.count > Replay.maximumColumns { return nil }
    }
    // The table of an outer query.
    return result.isEmpty && !qualifier.isEmpty ? nil : result
  }
}
