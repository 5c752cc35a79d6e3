// Foreign keys: what they refer to, the locks on both tables, and the rows without a parent.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func addForeignKey(
    _ written: TableConstraint, _ key: ForeignKey, to table: inout Table, _ isCreating: Bool
  ) throws(Refused) {
    for name in key.columns { _ = try column(name, in: &table) }
    let parentName = catalog.resolveRelation(key.table)
    let isSelf = parentName == table.name
    var parent: Table
    if isSelf { parent = table } else { parent = try self.table(key.table) }
    let referenced = try referencedColumns(key, in: &parent)
    if isSelf { table = parent } else { store(parent) }
    let name = try foreignKeyName(written, key, table)
    try requireUniqueKey(referenced, in: parent)
    try requireComparable(key.columns, of: table, referenced, of: parent, constraint: name)

    let isValidated = !written.isNotValid || isCreating
    let constraint = Constraint(
      name: name,
      kind: .foreignKey(
        .init(
          columns: key.columns, table: parent.name, referencedColumns: referenced,
          match: key.match, onDelete: key.onDelete, onUpdate: key.onUpdate,
          setColumns: key.setColumns)),
      isDeferrable: written.isDeferrable, isInitiallyDeferred: written.isInitiallyDeferred,
      isValidated: isValidated, origin: context.origin)
    lock(parent, .shareRowExclusive)
    if !isCreating {
      lock(table, .shareRowExclusive)
      if isValidated { orphansMayFail(table, constraint, parent) }
    }
    note(table.name, uses: parent.name)
    append(constraint, to: &table, isCreating: isCreating)
    guard !isCreating, table.isPartitioned else { return }
    let isRead = isValidated && !(holdsOnlyNull(key.columns, in: table) && isAdding(key.columns))
    for name in descendants(of: table.name) {
      guard var partition = catalog.table(name) else { continue }
      lock(partition, .shareRowExclusive)
      if isRead { scan(partition, .foreignKey(constraint: constraint.name)) }
      takeOver(constraint, into: &partition)
      store(partition)
    }
  }

  /// A partition has the foreign keys of its partitioned table; an equal one of its own becomes that.
  mutating func takeOver(_ constraint: Constraint, into table: inout Table) {
    let own = table.constraints.firstIndex { $0.kind == constraint.kind && !$0.isInherited }
    if let own {
      table.constraints[own].isInherited = true
      return
    }
    guard table.constraint(constraint.name) == nil, let parent = constraint.reference?.table else {
      return
    }
    var copy = constraint
    copy.isInherited = true
    copy.origin = context.origin
    table.constraints.append(copy)
    countConstraint(copy.name, of: table.name, by: 1)
    lock(named: parent, .shareRowExclusive)
    note(table.name, uses: parent)
  }

  private mutating func foreignKeyName(
    _ written: TableConstraint, _ key: ForeignKey, _ table: Table
  ) throws(Refused) -> String {
    guard let given = written.name else {
      return chooseConstraintName(
        table.name.name, nameAddition(key.columns), "fkey", schema: table.name.schema,
        taken: table.constraints)
    }
    let name = truncatedIdentifier(given)
    if let taken = table.constraint(name) {
      try fail(
        "42710", .alreadyExists(.tableConstraint, QualifiedName(name), of: table.name),
        ifCertain: isSettled(table.id) && taken.kind != .unknown)
    }
    return name
  }

  private mutating func referencedColumns(
    _ key: ForeignKey, in parent: inout Table
  ) throws(Refused) -> [String] {
    if !key.referencedColumns.isEmpty {
      for name in key.referencedColumns { _ = try column(name, in: &parent) }
      return key.referencedColumns
    }
    if let primary = parent.primaryKey?.key { return primary.columns }
    try fail(
      "42704", .noUniqueKey(table: parent.name, columns: []), ifCertain: knowsAll(of: parent))
    return []
  }

  /// The referenced columns must be exactly those of a unique index without a condition, in any
  /// order (`transformFkeyCheckAttrs`).
  private mutating func requireUniqueKey(
    _ columns: [String], in parent: Table
  ) throws(Refused) {
    let wanted = Set(columns)
    let isThere = parent.indexes.contains { index in
      guard index.isUnique, index.predicate == nil, index.elements.count == columns.count else {
        return false
      }
      return Set(index.elements.flatMap(\.columns)) == wanted
    }
    if isThere || columns.isEmpty { return }
    let failure = FailureReason.noUniqueKey(table: parent.name, columns: columns)
    try fail("42830", failure, ifCertain: knowsAll(of: parent))
  }

  mutating func requireComparable(
    _ columns: [String], of table: Table, _ referenced: [String], of parent: Table,
    constraint: String
  ) throws(Refused) {
    guard columns.count == referenced.count || referenced.isEmpty else {
      try fail("42830", .invalidDefinition("number of referencing and referenced columns"))
      return
    }
    for (name, other) in zip(columns, referenced) {
      guard let from = table.column(name)?.type, let to = parent.column(other)?.type else {
        continue
      }
      if !areComparable(from, to, by: { $0.mayRefer(to: $1) }) {
        try fail("42804", .foreignKeyTypes(constraint: constraint, from: from, to: to))
      }
    }
  }

  /// Whether an equality operator may exist between two types; false only where there is none.
  func areComparable(_ left: DataType, _ right: DataType) -> Bool {
    areComparable(left, right) { $0.comparison == $1.comparison }
  }

  private func areComparable(
    _ left: DataType, _ right: DataType, by areLike: (BuiltinType, BuiltinType) -> Bool
  ) -> Bool {
    if left.base == right.base { return left.isArray == right.isArray }
    guard let first = baseBuiltin(left), let second = baseBuiltin(right) else {
      // An enum or composite type compares with its like only; extension types are not known.
      let isOther =
        (isClosed(left) || baseBuiltin(left) != nil)
        && (isClosed(right) || baseBuiltin(right) != nil)
      return !isOther
    }
    return areLike(first, second) && left.isArray == right.isArray
  }

  private func isClosed(_ type: DataType) -> Bool {
    guard let name = type.userType, let known = catalog.type(name) else { return false }
    return known.labels != nil
  }

  /// The built-in type beneath domains.
  func baseBuiltin(_ type: DataType) -> BuiltinType? {
    var type = type
    for _ in 0..<16 {
      if case .builtin(let builtin) = type.base { return builtin }
      guard let name = type.userType, let domain = catalog.type(name)?.domain else { return nil }
      type = domain.type
    }
    return nil
  }

  /// Whether the statement itself adds one of the columns: PostgreSQL then spares looking at the
  /// rows (`transformFKConstraints`).
  private func isAdding(_ columns: [String]) -> Bool {
    outcome.effects.contains { effect in
      if case .columnAdded(let added) = effect {
        columns.contains(added.column.name)
      } else {
        false
      }
    }
  }

  func probe(
    _ reference: Constraint.Reference, of table: Table, to parent: Table
  ) -> DataCondition.ForeignKeyProbe {
    DataCondition.ForeignKeyProbe(
      table: table.reference, columns: referents(table, reference.columns),
      referenced: parent.reference,
      referencedColumns: referents(parent, reference.referencedColumns), match: reference.match)
  }

  mutating func orphansMayFail(_ table: Table, _ constraint: Constraint, _ parent: Table) {
    guard let reference = constraint.reference else { return }
    let isOnlyNull = holdsOnlyNull(reference.columns, in: table)
    if isOnlyNull, isAdding(reference.columns) { return }
    scan(table, .foreignKey(constraint: constraint.name))
    // A column that was added without a default holds no value to be looked for.
    if isOnlyNull { return }
    scan(parent, .foreignKey(constraint: constraint.name))
    guard !isKnownEmpty(table) else { return }
    let probe = probe(reference, of: table, to: parent)
    mayFail(
      "23503", .orphansExist(table: table.name, constraint: constraint.name),
      when: areRowsChanged(parent) && !isKnownEmpty(parent)
        ? .unknown(table.reference)
        : settled(.hasOrphans(probe), on: table, reference.columns))
    if let expression = reference.wholeOrNull {
      mayFail(
        "23503", .orphansExist(table: table.name, constraint: constraint.name),
        when: settled(
          .violates(table.reference, expression: expression), on: table, reference.columns))
    }
  }
}

extension Constraint.Reference {
  /// What MATCH FULL asks of a row of its own: all of the columns NULL, or none (manual, CREATE TABLE).
  fileprivate var wholeOrNull: SQLExpression? {
    guard match == .full, columns.count > 1 else { return nil }
    func all(_ test: String) -> String {
      columns.map { quoteIdentifier($0) + test }.joined(separator: " AND ")
    }
    var expression = SQLExpression(text: "(\(all(" IS NULL"))) OR (\(all(" IS NOT NULL")))")
    expression.columns = columns.map { ColumnReference(column: $0) }
    return expression
  }
}

extension BuiltinType {
  /// Types with the same value have equality operators between them.
  fileprivate var comparison: BuiltinType {
    switch self {
    case .int2, .int4, .int8, .numeric, .float4, .float8, .oid: .int8
    case .text, .varchar, .bpchar, .name, .char: .text
    case .date, .timestamp, .timestamptz: .timestamp
    case .time, .timetz, .interval: .time
    case .inet, .cidr: .inet
    case .bit, .varbit: .bit
    default: self
    }
  }

  /// Whether a foreign key of this type may refer to the other one: the operator class of the key there
  /// compares the two, or takes this one by an implicit cast (`ATAddForeignKeyConstraint`; measured on 15).
  fileprivate func mayRefer(to other: BuiltinType) -> Bool {
    if self == other { return true }
    if let size = generality, let otherSize = other.generality { return size <= otherSize }
    switch (self, other) {
    case (.int2, .oid), (.int4, .oid), (.int8, .oid), (.time, .timetz), (.time, .interval),
      (.macaddr, .macaddr8), (.macaddr8, .macaddr):
      return true
    case (.oid, _), (.timetz, _), (.interval, _), (_, .char), (.name, .bpchar), (.char, .bpchar),
      (.char, .name):
      return false
    default: return comparison == other.comparison
    }
  }

  /// Numbers of one kind, and those of a greater one, to which they are cast implicitly.
  private var generality: Int? {
    switch self {
    case .int2, .int4, .int8: 0
    case .numeric: 1
    case .float4, .float8: 2
    default: nil
    }
  }
}
