// ALTER TABLE: each subcommand in its order, on the table and on what else has one of its forms.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func alterTable(_ statement: AlterTable) throws(Refused) {
    let name = catalog.resolveRelation(statement.name)
    if statement.kind == .type { return try alterComposite(statement) }
    try requireKind(statement.kind, of: name)
    try requireTargets(of: statement.commands, name)
    switch catalog.relations[name] {
    case .view(let view): return try alterView(view.value, statement)
    case .sequence(let sequence): return try alterSequenceRelation(sequence.value, statement)
    case .index(on: let owner): return try alterIndexRelation(name, on: owner, statement)
    case .table, nil: break
    }
    if statement.kind == .index, catalog.relations[name] == nil {
      try fail("42P01", .missing(.index, name, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.index(table: nil, name: name.name))
      return
    }
    guard let found = try table(statement.name, ifExists: statement.ifExists) else { return }
    if hasOpenWork {
      for name in [found.name] + descendants(of: found.name) {
        if let table = catalog.table(name) { try requireIdle(table) }
      }
    }
    var retyped: [RetypedColumn] = []
    for command in inPasses(statement.commands) {
      guard var table = catalog.table(found.name) else { return }
      try requireAllowance()
      if case .setType(let name, _, _, _) = command {
        if let old = table.column(name)?.type { retyped.append(.init(name: name, old: old)) }
      } else if !retyped.isEmpty {
        try requireRebuilt(retyped, of: found.name)
        retyped = []
      }
      try alter(&table, command, only: statement.only)
      store(table)
    }
    if !retyped.isEmpty { try requireRebuilt(retyped, of: found.name) }
  }

  /// The subcommands in the order in which PostgreSQL runs them (`ATPrepCmd` in tablecmds.c), which is
  /// not that of the text: first what drops, then changes of types, new columns, keys, the rest.
  private func inPasses(_ commands: [AlterTableCommand]) -> [AlterTableCommand] {
    guard commands.count > 1 else { return commands }
    return commands.enumerated()
      .sorted { (pass($0.element), $0.offset) < (pass($1.element), $1.offset) }
      .map(\.element)
  }

  private func pass(_ command: AlterTableCommand) -> Int {
    switch command {
    case .dropColumn, .dropConstraint, .dropNotNull, .dropExpression, .dropIdentity, .dropDefault:
      return 0
    case .setType: return 1
    case .addColumn: return 2
    case .setNotNull, .setIdentity: return 3
    case .addConstraint(let constraint):
      switch constraint.kind {
      case .primaryKey, .unique, .exclusion: return 4
      default: return 5
      }
    case .setDefault, .addIdentity: return 5
    default: return 6
    }
  }

  private mutating func alter(
    _ table: inout Table, _ command: AlterTableCommand, only: Bool
  ) throws(Refused) {
    switch command {
    case .addColumn(let definition, let ifNotExists):
      try addColumn(definition, ifNotExists: ifNotExists, to: &table, only: only)
    case .dropColumn(let name, let ifExists, let cascade):
      if ifExists, table.column(name) == nil, knowsAll(of: table) {
        lock(table, .accessExclusive)
        if !isNew(table.origin) {
          doubt(
            [.data, .schema], .mayBeThere(.column, QualifiedName(schema: table.name.name, name)))
        }
        return effect(.skipped(.column, QualifiedName(name)))
      }
      try dropColumn(name, of: &table, cascade: cascade, isDirect: true, only: only)
    case .setDefault(let name, let expression):
      try setDefault(name, expression, in: &table, only: only)
    case .dropDefault(let name): try setDefault(name, nil, in: &table, only: only)
    case .setNotNull(let name): try setNotNull(name, in: &table, only: only)
    case .dropNotNull(let name): try dropNotNull(name, in: &table, only: only)
    case .setType(let name, let type, let using, let collation):
      try requireOwnColumns(of: table)
      try requireStorable(type, "42P16")
      if only { try refuseOnly(table, "the type of column \(name)") }
      try setType(name, type, using: using, collation: collation, of: &table)
    case .dropExpression(let name, let ifExists):
      try dropExpression(name, ifExists: ifExists, in: &table)
    case .addIdentity(let name, let identity): try addIdentity(name, identity, in: &table)
    case .setIdentity(let name, let isAlways, let options):
      try setIdentity(name, isAlways, options, in: &table)
    case .dropIdentity(let name, let ifExists):
      try dropIdentity(name, ifExists: ifExists, in: &table)
    case .addConstraint(let constraint): try addConstraint(constraint, to: &table, only: only)
    case .alterConstraint(let name, let isDeferrable, let isInitiallyDeferred):
      try alterConstraint(name, isDeferrable, isInitiallyDeferred, in: &table)
    case .validateConstraint(let name): try validate(name, in: &table)
    case .dropConstraint(let name, let ifExists, let cascade):
      if let parent = table.constraint(name)?.reference.flatMap({ catalog.table($0.table) }),
        parent.id != table.id
      {
        try requireIdle(parent)
      }
      try dropConstraint(name, of: &table, ifExists: ifExists, cascade: cascade, only: only)
    case .attachPartition(let partition, let bound):
      try attach(partition, bound, to: &table)
    case .detachPartition(let partition, let concurrently):
      try detach(partition, from: &table, concurrently: concurrently)
    case .detachPartitionFinalize(let partition):
      try detach(partition, from: &table, concurrently: false, isFinal: true)
    case .inherit(let parent): try inherit(parent, table: &table)
    case .noInherit(let parent): try noInherit(parent, table: &table)
    default: try alterSetting(&table, command, only: only)
    }
  }

  // MARK: Columns

  private mutating func addColumn(
    _ definition: ColumnDefinition, ifNotExists: Bool, to table: inout Table, only: Bool
  ) throws(Refused) {
    lock(table, .accessExclusive)
    if let present = table.column(definition.name) {
      if ifNotExists { return effect(.skipped(.column, QualifiedName(definition.name))) }
      try fail(
        "42701", .alreadyExists(.column, QualifiedName(definition.name), of: table.name),
        ifCertain: isSettled(table.id) && (present.origin != nil || table.isComplete))
      table.columns.removeAll { $0.name == definition.name }
    }
    if ifNotExists, !isNew(table.origin) {
      doubtAbsence(
        of: .column, QualifiedName(schema: table.name.description, definition.name))
    }
    if only { try refuseOnly(table, "column \(definition.name)") }
    try requireOwnColumns(of: table)
    if table.partitionOf != nil {
      try fail(
        "42809", .notSupported("a column of a partition alone"), ifCertain: isSettled(table.id))
    }
    if let generated = definition.generated {
      try requireColumns(of: generated, in: table, [])
    }
    try limitColumns(of: table)
    var column = try makeColumn(definition, in: table)
    if !definition.isSerial { try requireFit(of: column, in: table) }
    try requireGenerated(column, in: table)
    let fill = fill(of: column, definition)
    switch fill {
    case .null: column.contents = .init(origin: context.origin, isOnlyNull: true)
    case .constant, .computed:
      let isNumbered = column.identity != nil || definition.isSerial
      let isNeverNull = isNumbered || column.default.expression?.isNeverNull == true
      column.contents = .init(
        origin: context.origin, hasNoNull: isNeverNull,
        isDistinct: isNumbered || column.default.expression?.isDistinct == true)
    }
    table.columns.append(column)
    store(table)
    effect(
      .columnAdded(ColumnAddition(table: table.reference, column: column, fill: fill)))
    fillRows(of: table, column, definition, fill)
    if fill != .null {
      if !isKnownEmpty(table), let value = column.default.expression ?? definition.generated {
        noteCalls(of: value)
      }
      if let user = self.column(withRowType: table.name) {
        mayFail("0A000", .typeUsed(column: column.name, by: user))
      }
    }
    if !isNew(table.origin), column.mayBeOmitted == false {
      breaks(.columnRequired(referent(table, column)))
    }
    for constraint in definition.constraints {
      try addConstraint(constraint, to: &table)
    }
    if !only { try addToDescendants(of: table, column) }
  }

  private func fill(
    of column: Column, _ definition: ColumnDefinition
  ) -> ColumnAddition.Fill {
    if definition.isSerial || definition.identity != nil { return .computed }
    switch column.default {
    case .none, .unknown: return isConstrainedDomain(column.type) ? .computed : .null
    case .generated: return .computed
    case .expression(let expression):
      if context.serverVersion < 11 { return .computed }
      return volatility(of: expression) == .pure ? .constant : .computed
    }
  }

  /// Each row's value, NULL too, has to meet the conditions of a domain.
  private func isConstrainedDomain(_ type: DataType?) -> Bool {
    guard let domain = type?.userType.flatMap({ catalog.type($0)?.domain }) else { return false }
    return domain.isNotNull || !domain.constraints.isEmpty
  }

  private mutating func fillRows(
    of table: Table, _ column: Column, _ definition: ColumnDefinition, _ fill: ColumnAddition.Fill
  ) {
    switch fill {
    case .null:
      if column.isNullable == false, !isKnownEmpty(table) {
        mayFail(
          "23502", .nullsExist(table: table.name, column: column.name),
          when: .hasRows(table.reference))
      }
    case .constant: break
    case .computed:
      if column.isGenerated {
        rewriteAll(table, .generated(column: column.name))
        generatedMayFail(column, of: table)
      } else if isConstrainedDomain(column.type) {
        rewriteAll(table, .typeChange(column: column.name))
        // NULL passes most checks, but not NOT NULL.
        let domain = column.type?.userType.flatMap { catalog.type($0)?.domain }
        let isNull = column.default.expression == nil && domain?.default == nil
        if !isKnownEmpty(table) {
          mayFail(
            "23514", .checkViolated(table: table.name, constraint: "of the domain"),
            when: isNull && domain?.isNotNull == true
              ? .hasRows(table.reference) : .unknown(table.reference))
        }
      } else if column.identity != nil || definition.isSerial {
        rewriteAll(table, .identity(column: column.name))
      } else {
        rewriteAll(table, .columnDefault(column: column.name))
      }
    }
  }

  /// The rows' own values make the new one, which may be impossible, NULL or too long.
  private mutating func generatedMayFail(_ column: Column, of table: Table) {
    guard !isKnownEmpty(table), case .generated(let expression) = column.default else { return }
    rowsMayRaise(expression, of: table)
    if column.isNullable == false {
      mayFail(
        "23502", .nullsExist(table: table.name, column: column.name),
        when: .unknown(table.reference))
    }
    if let type = column.type, type.modifiers != .none {
      mayFail(
        "22001", .valueTooLong(column: column.name, type: type), when: .unknown(table.reference))
    }
  }

  private mutating func addToDescendants(of table: Table, _ column: Column) throws(Refused) {
    for child in descendants(of: table.name) {
      guard var childTable = catalog.table(child) else { continue }
      lock(childTable, .accessExclusive)
      if let place = childTable.columns.firstIndex(where: { $0.name == column.name }) {
        childTable.columns[place].inheritedFrom += 1
      } else {
        var copy = column
        copy.id = newID()
        copy.inheritedFrom = 1
        copy.isLocal = false
        childTable.columns.append(copy)
      }
      store(childTable)
    }
  }

  private mutating func setDefault(
    _ name: String, _ expression: SQLExpression?, in table: inout Table, only: Bool
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    if column.isGenerated || column.identity != nil {
      try fail("42601", .invalidDefinition("default of column \(name)"))
    }
    let new: ColumnDefault =
      if let expression, !expression.isNull { .expression(expression) } else { .none }
    if let constant = expression?.constant { try requireLabel(constant, for: column.type) }
    if let expression { try requireDefault(expression, of: column, in: table) }
    table.columns[place].default = new
    table.columns[place].defaultType = nil
    noteUses(of: table.columns[place], by: table.name)
    effect(.defaultChanged(referent(table, column), from: column.default, to: new))
    if column.default == .unknown { doubtFormer(column, of: table) }
    if !only {
      changeDescendants(of: table, name) { column in
        column.default = new
        column.defaultType = nil
      }
    }
    guard !isNew(table.origin), column.default != new else { return }
    guard !isNew(column.origin) else {
      if table.columns[place].mayBeOmitted == false {
        breaks(.columnRequired(referent(table, table.columns[place])))
      }
      return
    }
    if new == .none, column.isNullable != true {
      breaks(.defaultGone(referent(table, column)))
    } else {
      breaks(.defaultChanged(referent(table, column)))
    }
  }

  /// What a column was before that the history did not make is not known, nor whether the way back leads there.
  mutating func doubtFormer(_ column: Column, of table: Table) {
    doubt(.schema, .former(.column, QualifiedName(schema: displayed(table.name), column.name)))
  }

  private mutating func setNotNull(
    _ name: String, in table: inout Table, only: Bool
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    effect(.nullabilityChanged(referent(table, column), isNullable: false, was: column.isNullable))
    if column.isNullable == nil { doubtFormer(column, of: table) }
    guard column.isNullable != false else { return }
    if only, table.isPartitioned,
      partitions(of: table.name).contains(where: { $0.column(name)?.isNullable == true })
    {
      try refuseOnly(table, "NOT NULL of column \(name)")
    }
    if !isProvedNotNull(name, in: table) {
      scan(table, .notNull(column: name))
      nullsMayFail(table, column)
    }
    table.columns[place].isNullable = false
    if !isNew(table.origin), !isNew(column.origin) { breaks(.nullRefused(referent(table, column))) }
    if !isNew(table.origin), isNew(column.origin), table.columns[place].mayBeOmitted == false {
      breaks(.columnRequired(referent(table, table.columns[place])))
    }
    if only { return }
    for child in descendants(of: table.name) {
      guard var childTable = catalog.table(child),
        let own = childTable.columns.firstIndex(where: { $0.name == name })
      else { continue }
      lock(childTable, .accessExclusive)
      scan(childTable, .notNull(column: name))
      nullsMayFail(childTable, childTable.columns[own])
      childTable.columns[own].isNullable = false
      store(childTable)
    }
  }

  /// A valid CHECK that implies NOT NULL spares the scan (since PostgreSQL 12).
  private func isProvedNotNull(_ name: String, in table: Table) -> Bool {
    guard context.serverVersion >= 12 else { return false }
    return table.constraints.contains { constraint in
      guard case .check(let expression, _) = constraint.kind, constraint.isValidated else {
        return false
      }
      return expression.conjuncts.contains {
        if case .isNotNull(let column) = $0 { column.column == name } else { false }
      }
    }
  }

  private mutating func dropNotNull(
    _ name: String, in table: inout Table, only: Bool
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    if table.primaryKey?.columns.contains(name) == true {
      try fail("42P16", .inPrimaryKey(column: name), ifCertain: isSettled(table.id))
    }
    if column.identity != nil {
      try fail("42601", .invalidDefinition("identity column \(name)"))
    }
    if only, table.isPartitioned { try refuseOnly(table, "NOT NULL of column \(name)") }
    if let parent = table.partitionOf.flatMap({ catalog.table($0.parent) }),
      parent.column(name)?.isNullable == false
    {
      try fail(
        "42P16", .invalidDefinition("column \(name), which is NOT NULL in \(parent.name.name)"),
        ifCertain: isSettled(parent.id))
    }
    effect(.nullabilityChanged(referent(table, column), isNullable: true, was: column.isNullable))
    if column.isNullable == nil { doubtFormer(column, of: table) }
    table.columns[place].isNullable = true
    if !isNew(table.origin), !isNew(column.origin), column.isNullable != true {
      breaks(.nullAllowed(referent(table, column)))
    }
    if !only { changeDescendants(of: table, name) { $0.isNullable = true } }
  }

  private mutating func dropExpression(
    _ name: String, ifExists: Bool, in table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    guard column.isGenerated else {
      if ifExists { return effect(.skipped(.column, QualifiedName(name))) }
      try fail(
        "55000", .invalidDefinition("column \(name) is not generated"),
        ifCertain: column.default != .unknown)
      return
    }
    table.columns[place].default = .none
    effect(.defaultChanged(referent(table, column), from: column.default, to: .none))
  }

  private mutating func addIdentity(
    _ name: String, _ identity: Identity, in table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    var column = table.columns[place]
    if column.isNullable == true || column.identity != nil || column.default.expression != nil {
      try fail("55000", .invalidDefinition("identity of column \(name)"))
    }
    try requireIdentityType(column.type)
    try addIdentity(identity, to: &column, table: table)
    table.columns[place] = column
    effect(.identityChanged(referent(table, column), from: nil, to: column.identity))
    if identity.isAlways, !isNew(table.origin) { breaks(.identityAlways(referent(table, column))) }
  }

  private mutating func setIdentity(
    _ name: String, _ isAlways: Bool?, _ options: SequenceOptions, in table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    if column.identity == nil {
      try fail("55000", .notIdentity(column: name), ifCertain: knowsAll(of: table))
    }
    let sequence = identitySequence(of: column, table)
    if let restart = options.restart {
      var value: Int64?
      if case .at(let number) = restart { value = number }
      effect(.sequenceSet(sequence, to: value))
    }
    var others = options
    others.restart = nil
    if others != SequenceOptions(ofType: nil) {
      if var changed = catalog.sequence(sequence) {
        changed.options.take(others)
        if changed.isKnown, isSettled(changed.id), changed.options.increment ?? 1 >= 0 {
          try requireLimits(changed.options)
        }
        store(changed)
      } else {
        doubt(.schema, .notCompared(.sequence, sequence))
      }
    }
    guard let isAlways else {
      return effect(.columnSettingChanged(referent(table, column), setting: "identity"))
    }
    let new: IdentityKind = isAlways ? .always : .byDefault
    table.columns[place].identity = new
    effect(.identityChanged(referent(table, column), from: column.identity, to: new))
    if isAlways, column.identity != .always { breaks(.identityAlways(referent(table, column))) }
  }

  func identitySequence(of column: Column, _ table: Table) -> QualifiedName {
    users(of: table.name).first { user in
      catalog.sequence(user)?.ownedBy == .init(table: table.name, column: column.name)
    } ?? QualifiedName(schema: table.name.schema, "\(table.name.name)_\(column.name)_seq")
  }

  private mutating func dropIdentity(
    _ name: String, ifExists: Bool, in table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    let place = try column(name, in: &table)
    let column = table.columns[place]
    if column.identity == nil {
      if ifExists { return effect(.skipped(.column, QualifiedName(name))) }
      try fail(
        "55000", .notIdentity(column: name),
        ifCertain: knowsAll(of: table) && column.origin != nil)
    }
    table.columns[place].identity = nil
    for user in users(of: table.name) {
      guard let sequence = catalog.sequence(user), sequence.isIdentity,
        sequence.ownedBy == .init(table: table.name, column: name)
      else { continue }
      if catalog.uncompared.contains(user) { doubt(.schema, .privileges(user)) }
      set(nil, for: user)
    }
    effect(.identityChanged(referent(table, column), from: column.identity, to: nil))
    if !isNew(table.origin) { breaks(.defaultGone(referent(table, column))) }
  }

  // MARK: Constraints

  private mutating func alterConstraint(
    _ name: String, _ isDeferrable: Bool, _ isInitiallyDeferred: Bool, in table: inout Table
  ) throws(Refused) {
    lock(table, .accessExclusive)
    guard let place = table.constraints.firstIndex(where: { $0.name == name }) else {
      return try missingConstraint(name, of: table)
    }
    if table.constraints[place].reference == nil, table.constraints[place].kind != .unknown {
      try fail(
        "42809", .notSupported("ALTER CONSTRAINT of \(name), which is no foreign key"),
        ifCertain: isSettled(table.id))
    }
    table.constraints[place].isDeferrable = isDeferrable
    table.constraints[place].isInitiallyDeferred = isInitiallyDeferred
    effect(.constraintAltered(table.reference, table.constraints[place]))
  }

  private mutating func missingConstraint(_ name: String, of table: Table) throws(Refused) {
    try fail(
      "42704", .missing(.tableConstraint, QualifiedName(name), of: table.name),
      ifCertain: knowsAll(of: table))
    outcome.assumptions.append(.constraint(table: table.name, name: name))
  }

  private mutating func validate(_ name: String, in table: inout Table) throws(Refused) {
    lock(table, .shareUpdateExclusive)
    guard let place = table.constraints.firstIndex(where: { $0.name == name }) else {
      return try missingConstraint(name, of: table)
    }
    let constraint = table.constraints[place]
    if constraint.hasIndex {
      try fail(
        "42809", .notSupported("VALIDATE of \(name), which is no foreign key or check"),
        ifCertain: isSettled(table.id))
    }
    table.constraints[place].isValidated = true
    effect(.constraintValidated(table.reference, table.constraints[place]))
    guard !constraint.isValidated else { return }
    switch constraint.kind {
    case .check(let expression, _):
      scan(table, .validate(constraint: name))
      guard !isKnownEmpty(table) else { return }
      mayFail(
        "23514", .checkViolated(table: table.name, constraint: name),
        when: settled(
          .violates(table.reference, expression: expression), on: table, constraint.columns))
    case .foreignKey(let reference):
      lock(named: reference.table, .rowShare)
      if let parent = catalog.table(reference.table) { orphansMayFail(table, constraint, parent) }
    default: break
    }
  }
}
