// Classes with `__tablename__` that derive from a declarative base, into their tables.

import PythonSyntax
import SourceText

/// The table of a declarative class, or why it is not known.
final class DeclarativeMapping {
  private let table: TableModel?
  private var failure: NotRenderable?
  /// By the attribute of the class.
  private var columns: [String: ColumnModel] = [:]
  /// A statement of the class is another one than that of its table: its attributes are named otherwise
  /// than the columns, or the mapper has arguments of its own.
  private var differs = false
  /// A SELECT of the class asks for more or less than the columns of its table.
  private var changesLoading = false

  private init(_ table: TableModel) { self.table = table }

  private init(_ failure: NotRenderable) {
    table = nil
    self.failure = failure
  }

  /// The class was changed after it was made.
  func spoil(_ name: String) {
    failure = NotRenderable("the attribute \(name) that a mapped class is given")
    table?.metadata?.doubt = failure
  }

  /// `Class.__table__`, and the columns as attributes of the class.
  func attribute(_ name: String) -> Value? {
    if name == "__table__" {
      if let failure { return .unknown(Unknown(failure.reason, range: nil)) }
      return table.map { .model($0) }
    }
    return failure == nil ? columns[name].map { .model($0) } : nil
  }

  /// What the class stands for in `select(Class)`, `update(Class)` and the like.
  func entity(isLoaded: Bool) -> Value {
    if let failure { return .unknown(Unknown(failure.reason, range: nil)) }
    guard let table else { return .none }
    let loadsOthers = changesLoading || table.metadata?.changesLoading != false
    if differs || isLoaded && loadsOthers {
      let what =
        isLoaded ? "a SELECT of the class of \(table.name)" : "the attributes of \(table.name)"
      return .unknown(Unknown(OpaqueReason(.unsupportedCall, what), range: nil))
    }
    return .model(table)
  }
}

extension DeclarativeMapping {
  private static let bases: Set<String> = [
    "sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.DeclarativeBaseNoMeta",
  ]

  private static func isBase(_ type: ClassObject) -> Bool {
    type.libraryBases.contains { bases.contains($0.path) }
  }

  /// `declarative_base(…)`.
  static func base(_ arguments: CallArguments) throws(NotRenderable) -> Value? {
    var reader = try ArgumentReader(arguments, "declarative_base")
    guard arguments.positional.isEmpty else { return nil }
    let name = try reader.string("name") ?? "Base"
    var bases: [ClassObject] = []
    switch reader.value("cls") {
    case nil: break
    case .class(let type)?: bases = [type]
    default: return nil
    }
    let metadata: Value
    switch reader.value("metadata") {
    case nil, Value.none?: metadata = .none
    case .model(let model as MetadataModel)?: metadata = .model(model)
    default: return nil
    }
    reader.ignore("bind", "class_registry", "constructor")
    try reader.finish()
    let type = ClassObject(
      name: name, moduleName: "sqlalchemy.orm", bases: bases,
      libraryBases: [LibraryName("sqlalchemy.orm.DeclarativeBase")])
    if case .model = metadata { type.attributes["metadata"] = metadata }
    return .class(type)
  }

  /// A class was defined: a declarative base gets its metadata, a class of one its table.
  static func define(_ type: ClassObject, at range: SourceRange, _ interpreter: Interpreter) {
    guard let base = type.resolutionOrder.first(where: isBase) else { return }
    if base.lookup("metadata") == nil {
      base.attributes["metadata"] = .model(
        MetadataModel(schema: nil, isShared: interpreter.isImporting))
    }
    if case .boolean(true)? = type.attributes["__abstract__"] { return }
    if base === type { return }
    do throws(NotRenderable) {
      type.mapping = try map(type, base, interpreter)
    } catch {
      type.mapping = DeclarativeMapping(error)
      if case .model(let metadata as MetadataModel)? = type.lookup("metadata") {
        metadata.doubt = error
      }
      if error.exception != nil, !interpreter.isImporting {
        interpreter.opaque(error.reason, at: range)
      }
    }
  }

  private static func map(
    _ type: ClassObject, _ base: ClassObject, _ interpreter: Interpreter
  ) throws(NotRenderable) -> DeclarativeMapping {
    if let unknown = type.anyUnknownBase { throw NotRenderable(unknown.reason) }
    for library in type.allLibraryBases
    where !bases.contains(library.path) && library.path != "sqlalchemy.ext.asyncio.AsyncAttrs" {
      throw NotRenderable("\(type.name), derived from \(library.path)")
    }
    if type.resolutionOrder.contains(where: { $0.mapping != nil }) {
      throw NotRenderable("\(type.name), derived from a mapped class")
    }
    guard case .model(let metadata as MetadataModel)? = type.lookup("metadata") else {
      throw NotRenderable("the metadata of \(type.name)")
    }
    if type.lookup("type_annotation_map") != nil {
      throw NotRenderable("\(base.name).type_annotation_map")
    }
    for name in ["__table__", "__table_cls__", "__mapper_cls__", "__declare_last__", "registry"]
    where type.lookup(name) != nil {
      throw NotRenderable("\(type.name).\(name)")
    }
    var body = DeclarativeBody(type, interpreter)
    try body.read()
    guard case .string(let name)? = try body.value(of: "__tablename__") else {
      throw NotRenderable("\(type.name) without a __tablename__")
    }
    let (items, options) = try body.tableArguments()
    let call = CallArguments(
      positional: [.string(name), .model(metadata)] + body.columns.map { .model($0.column) }
        + items,
      keywords: options, range: interpreter.revisionPlace)
    let table = try SchemaReader.table(call, isFull: true, interpreter)
    if table.keyNames.isEmpty, !table.columns.contains(where: \.isPrimaryKey) {
      throw NotRenderable(raising: "ArgumentError", "\(type.name) has no primary key")
    }
    let mapping = DeclarativeMapping(table)
    for (attribute, column) in body.columns {
      mapping.columns[attribute] = column
      if attribute != column.name { mapping.differs = true }
    }
    if body.hasMapperArguments { mapping.differs = true }
    mapping.changesLoading = body.changesLoading
    if body.changesLoading { metadata.changesLoading = true }
    return mapping
  }
}

/// The attributes of a declarative class and of its mixins, in the order in which SQLAlchemy takes them.
private struct DeclarativeBody {
  private let type: ClassObject
  private let interpreter: Interpreter
  private(set) var columns: [(attribute: String, column: ColumnModel)] = []
  private(set) var changesLoading = false
  private(set) var hasMapperArguments = false
  private var seen: Set<String> = []

  init(_ type: ClassObject, _ interpreter: Interpreter) {
    self.type = type
    self.interpreter = interpreter
  }

  /// Its own attributes first, then those of its bases.
  mutating func read() throws(NotRenderable) {
    for owner in type.resolutionOrder {
      for (name, value) in try attributes(of: owner) where seen.insert(name).inserted {
        try add(name, value, of: owner)
      }
    }
  }

  /// In the order of the body. One that is only annotated, `name: Mapped[str]`, is a `mapped_column()`;
  /// where it stands among those without an annotation is not clear.
  private func attributes(of owner: ClassObject) throws(NotRenderable) -> [(String, Value)] {
    var values = owner.attributes.entries.compactMap { entry in
      entry.value.map { (entry.name, $0) }
    }
    let bare = owner.annotations.filter { name in
      owner.attributes[name] == nil && annotation(of: name, in: owner) != nil
    }
    if bare.isEmpty { return values }
    let order = owner.annotations
    for (name, value) in values where Self.isColumn(value) && !order.contains(name) {
      throw NotRenderable("the order of the columns of \(type.name)")
    }
    let empty = CallArguments(range: interpreter.revisionPlace)
    values += bare.map { ($0, .model(DeclaredColumn(empty, isMapped: true))) }
    let places = Dictionary(
      order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let annotated = values.filter { places[$0.0] != nil }
      .sorted { (places[$0.0] ?? 0) < (places[$1.0] ?? 0) }
    return values.filter { places[$0.0] == nil } + annotated
  }

  private static func isColumn(_ value: Value) -> Bool {
    if case .model(let model) = value {
      model is DeclaredColumn || model is ColumnModel || model is DeclaredAttribute
    } else {
      false
    }
  }

  private func annotation(of name: String, in owner: ClassObject) -> MappedAnnotation? {
    guard let scope = owner.annotationScope,
      let place = owner.annotations.lastIndex(of: name), place < scope.annotations.count
    else { return nil }
    return MappedAnnotation(scope.annotations[place].1, in: scope, interpreter)
  }

  private mutating func add(
    _ name: String, _ value: Value, of owner: ClassObject
  ) throws(NotRenderable) {
    if name == "__mapper_args__" { hasMapperArguments = true }
    if name.utf8.starts(with: "__".utf8) || name == "metadata" { return }
    var value = value
    if case .model(let declared as DeclaredAttribute) = value {
      value = try declared.value(for: type, interpreter)
    }
    switch value {
    case .model(let declared as DeclaredColumn):
      let annotation = annotation(of: name, in: owner)
      if annotation == nil, owner.annotations.contains(name) {
        throw NotRenderable("the annotation of \(type.name).\(name)")
      }
      if declared.isDeferred { changesLoading = true }
      columns.append((name, try declared.column(named: name, annotation, interpreter)))
    case .model(let column as ColumnModel):
      guard owner === type, column.table == nil else {
        throw NotRenderable("the column \(column.name) of a mixin")
      }
      columns.append((name, column))
    case .model(let relationship as RelationshipModel):
      if relationship.changesLoading { changesLoading = true }
    case .unknown(let unknown): throw NotRenderable(unknown.reason)
    case .model, .library, .method: throw NotRenderable("\(type.name).\(name)")
    default: break
    }
  }

  /// An attribute with a name that SQLAlchemy reads.
  func value(of name: String) throws(NotRenderable) -> Value? {
    guard let value = type.lookup(name) else { return nil }
    if case .model(let declared as DeclaredAttribute) = value {
      return try declared.value(for: type, interpreter)
    }
    return value
  }

  /// `__table_args__`: the constraints and indexes, and what the table takes by name.
  func tableArguments() throws(NotRenderable) -> ([Value], [(name: String, value: Value)]) {
    var items: [Value] = []
    var options: DictionaryObject?
    switch try value(of: "__table_args__") {
    case nil, Value.none?: break
    case .dictionary(let dictionary)?: options = dictionary
    case .tuple(let elements)?:
      items = elements
      if case .dictionary(let dictionary)? = elements.last {
        options = dictionary
        items.removeLast()
      }
    case .unknown(let unknown)?: throw NotRenderable(unknown.reason)
    default: throw NotRenderable("\(type.name).__table_args__")
    }
    var keywords: [(name: String, value: Value)] = []
    for (key, value) in options?.entries ?? [] {
      keywords.append((try ArgumentReader.string(key, "\(type.name).__table_args__"), value))
    }
    if let taint = options?.taint { throw NotRenderable(taint.reason) }
    return (items, keywords)
  }
}
