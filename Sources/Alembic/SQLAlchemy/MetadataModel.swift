// `MetaData()`: the tables that were made with it, created and dropped together.

import SourceText

/// What tables are made with. It knows all of its tables where it is made in the revision itself: which
/// modules of the application were imported, and with them which tables were made, nothing here tells.
final class MetadataModel: ModelObject {
  /// That of tables without one of their own.
  let schema: String?
  /// `naming_convention=`.
  var naming: DictionaryObject?
  /// Why its tables are not all known.
  var doubt: NotRenderable?
  /// A mapped class of it says what else is asked for with one or another of them.
  var changesLoading = false
  private var made: [MadeTable] = []

  /// The interpreter keeps the tables.
  private struct MadeTable {
    weak var table: TableModel?
  }

  /// - Parameter isShared: it belongs to an imported module.
  init(schema: String?, isShared: Bool) {
    self.schema = schema
    if isShared {
      doubt = NotRenderable("the tables of a MetaData that other modules add to")
      changesLoading = true
    }
  }

  var typeName: String { "MetaData" }

  private static let tableLimit = 2000

  func register(_ table: TableModel, _ interpreter: Interpreter) {
    if interpreter.isConditional {
      doubt = NotRenderable("the tables of a MetaData that some are added to under a condition")
    }
    guard made.count < Self.tableLimit, self.table(table.key) == nil else {
      doubt = NotRenderable("the table \(table.name) that is made several times")
      return
    }
    made.append(MadeTable(table: table))
  }

  private func table(_ key: String) -> TableModel? {
    made.lazy.compactMap(\.table).first { $0.key == key }
  }

  /// Its tables in the order in which they were made.
  private func tables() throws(NotRenderable) -> [TableModel] {
    if let doubt { throw doubt }
    return made.compactMap(\.table)
  }

  /// The table that a foreign key names; nil where not all tables are known.
  func target(of key: String) throws(NotRenderable) -> (table: TableModel, column: String)? {
    guard let dot = key.lastIndex(of: ".") else { throw NotRenderable("the foreign key '\(key)'") }
    if let found = table(String(key[..<dot])) {
      return (found, String(key[key.index(after: dot)...]))
    }
    if doubt != nil { return nil }
    throw NotRenderable("the foreign key '\(key)' to a table that its MetaData does not have")
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    do throws(NotRenderable) {
      switch name {
      case "schema": return schema.map(Value.string) ?? Value.none
      case "naming_convention": return naming.map { .dictionary($0) }
      case "tables":
        let tables = try tables()
        return .dictionary(
          DictionaryObject(strings: tables.map { ($0.key, .model($0)) }))
      case "sorted_tables":
        let tables = try tables().sorted { $0.key < $1.key }
        return .list(ListObject(try Self.sorted(tables).map { .model($0) }))
      case "create_all", "drop_all": return .method(receiver: Box(.model(self)), name: name)
      default:
        // Such as reflect(), after which it has other tables.
        doubt = doubt ?? NotRenderable("the tables of a MetaData after its \(name)")
        return nil
      }
    } catch {
      return .unknown(Unknown(error.reason, range: interpreter.revisionPlace))
    }
  }

  /// `metadata.bind = …` says nothing that an operation would ask.
  func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter) -> Bool {
    name == "bind"
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    do throws(NotRenderable) {
      switch name {
      case "create_all": try change(arguments, isCreation: true, interpreter)
      case "drop_all": try change(arguments, isCreation: false, interpreter)
      default:
        return interpreter.unknown(.unsupportedCall, "MetaData.\(name)()", at: arguments.range)
      }
      return .none
    } catch {
      interpreter.opaque(error.reason, at: arguments.range)
      return interpreter.unknown(Unknown(error.reason, range: arguments.range))
    }
  }

  /// `create_all` and `drop_all` through a connection: offline nothing is asked, `checkfirst` or not.
  private func change(
    _ arguments: CallArguments, isCreation: Bool, _ interpreter: Interpreter
  ) throws(NotRenderable) {
    let name = isCreation ? "MetaData.create_all" : "MetaData.drop_all"
    var reader = try ArgumentReader(arguments, name, ["bind", "tables", "checkfirst"])
    let all = try tables()
    guard case .model(is ConnectionModel)? = reader.value("bind") else {
      throw NotRenderable("\(name)() of another connection")
    }
    let chosen = try reader.value("tables").map { given throws(NotRenderable) in
      try Self.tables(given, name)
    }
    if chosen != nil, !isCreation { throw NotRenderable("\(name)(tables=…)") }
    let isChecked = try reader.flag("checkfirst") ?? true
    try reader.finish()
    var definitions: [ObjectIdentifier: TableDefinition] = [:]
    for table in all { definitions[ObjectIdentifier(table)] = try table.definition(interpreter) }
    let types = try types(of: all.compactMap { definitions[ObjectIdentifier($0)] })
    let order = try Self.sorted(chosen ?? all)
    func emit(_ sql: String) {
      interpreter.emit(sql, at: arguments.range, checksFirst: isChecked)
    }
    if isCreation {
      for type in types {
        guard let creation = type.creation else {
          throw NotRenderable("the labels of \(type.name)")
        }
        emit(creation)
      }
      for table in order {
        guard let definition = definitions[ObjectIdentifier(table)] else {
          throw NotRenderable("\(name)() of a table of another MetaData")
        }
        try Operations.emitTable(
          definition, comment: table.comment, types: .none, checksFirst: isChecked,
          at: arguments.range, interpreter)
      }
      return
    }
    for table in order.reversed() { emit("DROP TABLE \(table.qualifiedName)") }
    for type in types { emit("DROP TYPE \(type.formattedName)") }
  }

  private static func tables(_ given: Value, _ name: String) throws(NotRenderable) -> [TableModel] {
    var tables: [TableModel] = []
    for element in ElementMethods.elements(of: given) ?? [.none] {
      guard case .model(let table as TableModel) = element else {
        throw NotRenderable("\(name)(tables=…)")
      }
      tables.append(table)
    }
    return tables
  }

  /// The enum types of all tables, each once; those of tables that are not chosen too.
  private func types(of tables: [TableDefinition]) throws(NotRenderable) -> [EnumType] {
    var seen: Set<String> = []
    for table in tables {
      if table.columns.contains(where: { $0.type.enumeration?.hasMetadata == true }) {
        throw NotRenderable("an enum type of a MetaData")
      }
      if table.constraints.contains(where: \.usesAlter) {
        throw NotRenderable("use_alter of a table of a MetaData")
      }
    }
    return tables.flatMap(\.enumerations).filter { seen.insert($0.formattedName).inserted }
  }

  /// Tables after those that they refer to, otherwise as they are (`sort_tables`).
  private static func sorted(_ tables: [TableModel]) throws(NotRenderable) -> [TableModel] {
    var remaining = tables
    var result: [TableModel] = []
    while !remaining.isEmpty {
      let left = Set(remaining.map(\.key))
      let ready = remaining.filter { table in
        table.referredKeys.allSatisfy { $0 == table.key || !left.contains($0) }
      }
      if ready.isEmpty { throw NotRenderable("tables that refer to one another") }
      result += ready
      let done = Set(ready.map(\.key))
      remaining.removeAll { done.contains($0.key) }
    }
    return result
  }
}

extension TableModel {
  /// As `metadata.tables` names it, and foreign keys.
  var key: String { (schema.map { $0 + "." } ?? "") + name }

  /// The tables that its foreign keys name.
  fileprivate var referredKeys: [String] {
    var targets = columns.flatMap { $0.foreignKeys.map(\.target) }
    for constraint in constraints {
      if case .foreignKey(_, let given) = constraint.kind { targets += given }
    }
    return targets.map { target in
      metadata.map { $0.qualified(target) } ?? target
    }.map { target in
      String(target.prefix(upTo: target.lastIndex(of: ".") ?? target.endIndex))
    }
  }

  /// What CREATE TABLE is written from. A column without a type takes that of the column it refers to.
  func definition(_ interpreter: Interpreter) throws(NotRenderable) -> TableDefinition {
    if interpreter.hooks.listensToTables { throw NotRenderable("a listener of a table") }
    for column in columns {
      for key in column.foreignKeys { try resolve(key, of: column) }
    }
    for constraint in constraints {
      guard case .foreignKey(let names, let targets) = constraint.kind, let metadata else {
        continue
      }
      let qualified = targets.map(metadata.qualified)
      for target in qualified { _ = try metadata.target(of: target) }
      constraint.kind = .foreignKey(names, targets: qualified)
    }
    var definition = TableDefinition(
      name: name, schema: schema, columns: columns, constraints: constraints, indexes: indexes,
      convention: metadata.map { NamingConvention($0.naming, interpreter) },
      interpreter: interpreter)
    definition.info = info
    return definition
  }

  private func resolve(_ key: ForeignKeyModel, of column: ColumnModel) throws(NotRenderable) {
    guard let metadata else { return }
    key.target = metadata.qualified(key.target)
    guard let found = try metadata.target(of: key.target) else { return }
    guard let target = found.table.column(found.column) else {
      throw NotRenderable(
        "the foreign key '\(key.target)' to a column that its table does not have")
    }
    guard column.type.affinity == .inferred, column !== target else { return }
    if target.type.affinity == .inferred {
      throw NotRenderable("the type of \(name).\(column.name)")
    }
    column.type = target.type
  }
}

extension MetadataModel {
  /// The target of a foreign key without a schema lies in that of the MetaData.
  fileprivate func qualified(_ target: String) -> String {
    guard let schema, target.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 1 else {
      return target
    }
    return "\(schema).\(target)"
  }
}
