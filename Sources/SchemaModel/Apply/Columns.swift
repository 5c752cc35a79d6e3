// The columns of a table: defined, inherited, copied.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// A defined column, with the sequence that a serial or identity column owns; the constraints
  /// written at it are not added here.
  mutating func makeColumn(
    _ definition: ColumnDefinition, in table: Table
  ) throws(Refused) -> Column {
    if table.column(definition.name) != nil {
      try fail(
        "42701", .alreadyExists(.column, QualifiedName(definition.name), of: table.name))
    }
    let type: DataType? =
      if let written = definition.type { try dataType(written) } else { nil }
    try requireStorable(definition, in: table.name)
    try requireCompression(definition.compression, of: type)
    if definition.identity != nil { try requireIdentityType(type) }
    var column = Column(
      id: newID(), name: definition.name, type: type, isNullable: !definition.isNotNull,
      collation: ownCollation(definition.collation), origin: context.origin)
    if let storage = definition.storage { column.settings["storage"] = storage }
    if let compression = definition.compression { column.settings["compression"] = compression }
    if let expression = definition.generated {
      try requireNames(of: expression)
      column.default = .generated(expression.unqualified(in: table.name))
    } else if let expression = definition.default {
      column.default = isNullDefault(expression) ? .none : .expression(expression)
      try requireDefault(expression, of: column, in: table)
    }
    if isPrimaryKeyed(definition) { column.isNullable = false }
    if definition.isSerial {
      try addSerial(to: &column, options: SequenceOptions(ofType: definition.type), table: table)
    } else if let identity = definition.identity {
      try addIdentity(identity, to: &column, table: table)
    }
    noteUses(of: column, by: table.name)
    return column
  }

  /// `COLLATE "default"` is what a column has that says nothing.
  func ownCollation(_ written: QualifiedName?) -> QualifiedName? {
    written?.name == "default" && (written?.schema ?? "pg_catalog") == "pg_catalog" ? nil : written
  }

  /// `DEFAULT NULL` leaves no default behind, except where it hides that of a domain.
  private func isNullDefault(_ expression: SQLExpression) -> Bool { expression.isNull }

  private func isPrimaryKeyed(_ definition: ColumnDefinition) -> Bool {
    definition.constraints.contains {
      if case .primaryKey = $0.kind { true } else { false }
    }
  }

  private mutating func addSerial(
    to column: inout Column, options: SequenceOptions, table: Table
  ) throws(Refused) {
    column.isNullable = false
    let name = ownedSequenceName(table: table.name, column: column.name)
    column.default = .expression(nextval(of: name))
    createOwnedSequence(
      name, options, isIdentity: false, table: table, column: column.name)
  }

  mutating func addIdentity(
    _ identity: Identity, to column: inout Column, table: Table
  ) throws(Refused) {
    column.isNullable = false
    column.identity = identity.isAlways ? .always : .byDefault
    var options = identity.options
    if options.type == nil { options.type = column.type?.builtin.map { .builtin($0.rawValue) } }
    try requireLimits(options)
    let name = ownedSequenceName(table: table.name, column: column.name)
    createOwnedSequence(
      name, options, isIdentity: true, table: table, column: column.name)
  }

  private func ownedSequenceName(table: QualifiedName, column: String) -> QualifiedName {
    QualifiedName(
      schema: table.schema,
      chooseRelationName(table.name, column, "seq", schema: table.schema, isConstraint: false))
  }

  private mutating func createOwnedSequence(
    _ name: QualifiedName, _ options: SequenceOptions, isIdentity: Bool, table: Table,
    column: String
  ) {
    let sequence = SequenceObject(
      id: newID(), name: name, options: options, persistence: table.persistence,
      ownedBy: .init(table: table.name, column: column), isIdentity: isIdentity, isKnown: true,
      origin: context.origin)
    store(sequence)
    note(name, uses: table.name)
    note(table.name, uses: name)
  }

  /// The default of a serial column, as libpg_query prints it.
  func nextval(of sequence: QualifiedName) -> SQLExpression {
    let text =
      sequence.schema == "public"
      ? quoteIdentifier(sequence.name) : sequence.description
    return SQLExpression(
      text: "nextval('\(text)'::regclass)",
      functions: [FunctionCall(name: QualifiedName("nextval"), arguments: [.string(text)])],
      casts: [.builtin("regclass")])
  }

  /// Remembers that a table depends on the type, sequences and functions of a column.
  mutating func noteUses(of column: Column, by table: QualifiedName) {
    if let type = column.type?.userType { note(table, uses: type) }
    if let expression = column.default.expression { noteUses(of: expression, by: table) }
  }

  mutating func noteUses(of expression: SQLExpression, by user: QualifiedName) {
    for call in expression.functions {
      if call.name.name == "nextval" {
        if let sequence = sequence(ofNextval: call) { note(user, uses: sequence) }
      } else if !isBuiltin(call.name) {
        note(user, uses: catalog.resolveRoutine(call.name))
      }
    }
    for type in expression.casts where !type.isBuiltin {
      note(user, uses: catalog.resolveType(type.qualifiedName))
    }
  }

  /// The sequence that `nextval('…')` means.
  func sequence(ofNextval call: FunctionCall) -> QualifiedName? {
    guard ["nextval", "setval", "currval"].contains(call.name.name),
      case .string(let text)?? = call.arguments.first
    else {
      return nil
    }
    let alone = SQLExpression(
      text: "",
      functions: [FunctionCall(name: QualifiedName("nextval"), arguments: [.string(text)])])
    return alone.nextvalSequence.map { catalog.resolveRelation($0) }
  }

  /// The sequences that a default reads, resolved.
  func sequences(in expression: SQLExpression) -> [QualifiedName] {
    expression.functions.compactMap { sequence(ofNextval: $0) }
  }

  /// Takes over the columns of a parent: merged with a column of the same name.
  mutating func inheritColumns(of parent: Table, into table: inout Table) {
    var places = Dictionary(
      table.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for column in parent.columns {
      if let place = places[column.name] {
        table.columns[place].inheritedFrom += 1
        if column.isNullable == false { table.columns[place].isNullable = false }
        continue
      }
      var copy = column
      copy.id = newID()
      copy.origin = context.origin
      copy.identity = nil
      copy.comment = nil
      copy.inheritedFrom = 1
      copy.isLocal = false
      places[copy.name] = table.columns.count
      table.columns.append(copy)
      noteUses(of: copy, by: table.name)
    }
  }

  /// `LIKE source INCLUDING …` (manual, CREATE TABLE).
  mutating func copyColumns(
    of source: Table, _ including: Set<TableLike.Part>, into table: inout Table
  ) throws(Refused) {
    for column in source.columns {
      if table.column(column.name) != nil {
        try fail("42701", .alreadyExists(.column, QualifiedName(column.name), of: table.name))
      }
      var copy = Column(
        id: newID(), name: column.name, type: column.type, isNullable: column.isNullable,
        collation: column.collation, origin: context.origin)
      switch column.default {
      case .generated: if including.contains(.generated) { copy.default = column.default }
      case .expression, .unknown: if including.contains(.defaults) { copy.default = column.default }
      case .none: break
      }
      if including.contains(.comments) { copy.comment = column.comment }
      if let identity = column.identity, including.contains(.identity) {
        try addIdentity(
          Identity(always: identity == .always), to: &copy, table: table)
      }
      table.columns.append(copy)
      noteUses(of: copy, by: table.name)
    }
  }
}
