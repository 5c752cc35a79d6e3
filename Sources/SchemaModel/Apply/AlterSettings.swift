// The subcommands of ALTER TABLE that change properties, and ALTER of views, indexes, sequences.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func alterSetting(
    _ table: inout Table, _ command: AlterTableCommand, only: Bool
  ) throws(Refused) {
    switch command {
    case .setStatistics(let name, let target):
      if target < -1 { try fail("22023", .invalidDefinition("statistics target \(target)")) }
      try setColumn(name, "statistics", "\(target)", .shareUpdateExclusive, in: &table)
      if !only { takeSetting("statistics", of: name, from: table) }
    case .setColumnOptions(let name, let options):
      try requireParameters(options, of: .column)
      for option in options {
        try setColumn(name, option.name, option.value, .shareUpdateExclusive, in: &table)
      }
    case .resetColumnOptions(let name, let options):
      for option in options {
        try setColumn(name, option, nil, .shareUpdateExclusive, in: &table)
      }
    case .setStorage(let name, let storage):
      try requireStorage(storage, of: name, in: table)
      try setColumn(name, "storage", storage, .accessExclusive, in: &table)
      if !only { takeSetting("storage", of: name, from: table) }
    case .setCompression(let name, let compression):
      try requireCompression(compression, of: table.column(name)?.type)
      try setColumn(name, "compression", compression, .accessExclusive, in: &table)
    case .setOwner(let owner):
      try requireRoles([owner])
      table.settings.owner = owner
      changed(&table, .owner(owner), .accessExclusive)
    case .clusterOn(let index): try clusterOn(index, in: &table)
    case .setWithoutCluster:
      table.settings.clusteredOn = nil
      changed(&table, .clusterIndex, .shareUpdateExclusive)
    case .setLogged: try setPersistence(.permanent, in: &table)
    case .setUnlogged: try setPersistence(.unlogged, in: &table)
    case .setAccessMethod(let method):
      try requireTableMethod(method)
      if table.isPartitioned {
        try fail("42809", .notSupported("SET ACCESS METHOD of a partitioned table"))
      }
      if method != table.settings.accessMethod ?? "heap" { rewrite(table, .accessMethod) }
      table.settings.accessMethod = method == "heap" ? nil : method
      changed(&table, .accessMethod, .accessExclusive)
    case .setTablespace(let tablespace):
      try requireTablespace(tablespace)
      if tablespace != table.settings.tablespace ?? "pg_default" { rewrite(table, .tablespace) }
      table.settings.tablespace = tablespace == "pg_default" ? nil : tablespace
      changed(&table, .tablespace, .accessExclusive)
    case .setOptions(let options):
      try requireParameters(options, of: table.isPartitioned ? .partitionedTable : .table)
      for option in options { table.settings.options[option.name] = option.value ?? "" }
      changed(&table, .options(options.map(\.name)), .shareUpdateExclusive)
    case .resetOptions(let names):
      for name in names { table.settings.options[name] = nil }
      changed(&table, .options(names), .shareUpdateExclusive)
    case .setTrigger(let name, let state):
      try switchTrigger(name, state, in: &table)
      doubtCopies(of: name, on: table, only: only)
    case .setAllTriggers(let state):
      try switchTrigger(nil, state, in: &table)
      doubtCopies(of: nil, on: table, only: only)
      if state == .enabled || !knowsAll(of: table) || isUnderForeignKey(table) {
        table.settings.foreignKeyTriggers = state
      }
    case .setRule(let name, let state):
      changed(&table, .rule(name), .accessExclusive)
      if table.rules.contains(where: { $0.name == name }) {
        table.settings.ruleStates[name] = state == .enabled ? nil : state
      } else {
        try fail(
          "42704", .missing(.rule, QualifiedName(name), of: table.name),
          ifCertain: knowsAll(of: table))
        doubt(.schema, .notCompared(.rule, QualifiedName(name)))
      }
    case .ofType(let type):
      table.settings.ofType = catalog.resolveType(type)
      changed(&table, .ofType, .accessExclusive)
    case .notOf:
      if table.settings.ofType == nil {
        try fail(
          "42809", .notSupported("NOT OF, as \(table.name.name) has no type"),
          ifCertain: knowsAll(of: table))
      }
      table.settings.ofType = nil
      changed(&table, .ofType, .accessExclusive)
    case .replicaIdentity(let identity):
      if case .index(let name) = identity { try requireIdentity(name, of: table) }
      table.settings.replicaIdentity = identity
      changed(&table, .replicaIdentity, .accessExclusive)
    case .rowSecurity(let change): setRowSecurity(change, in: &table)
    case .other(let name): effect(.notUnderstood(.subcommand(name)))
    default: effect(.notUnderstood(.subcommand("?")))
    }
  }

  private mutating func changed(
    _ table: inout Table, _ setting: TableSetting, _ mode: LockMode
  ) {
    lock(table, mode)
    effect(.tableSettingChanged(table.reference, setting: setting))
  }

  private mutating func setColumn(
    _ name: String, _ setting: String, _ value: String?, _ mode: LockMode, in table: inout Table
  ) throws(Refused) {
    lock(table, mode)
    let place = try column(name, in: &table)
    let isUsual =
      setting == "storage" && value?.lowercased() == table.columns[place].type?.usualStorage
      || setting == "statistics" && value == "-1"
      || setting == "compression" && value?.lowercased() == "default"
    table.columns[place].settings[setting] = isUsual ? nil : value
    effect(.columnSettingChanged(referent(table, table.columns[place]), setting: setting))
  }

  private mutating func setPersistence(
    _ persistence: Persistence, in table: inout Table
  ) throws(Refused) {
    try requirePersistence(persistence, of: table)
    if table.persistence != persistence { rewrite(table, .persistence) }
    table.persistence = persistence
    changed(&table, .persistence(persistence), .accessExclusive)
  }

  /// A logged table's foreign key needs a logged table, and an unlogged one is not referred to by a logged one
  /// (`ATPrepChangePersistence` in tablecmds.c).
  private mutating func requirePersistence(
    _ persistence: Persistence, of table: Table
  ) throws(Refused) {
    guard table.persistence != persistence, !table.isPartitioned else { return }
    let others: [Table] =
      persistence == .unlogged
      ? users(of: table.name).compactMap { catalog.table($0) }.filter { user in
        user.id != table.id && user.constraints.contains { $0.reference?.table == table.name }
      }
      : table.constraints.compactMap { $0.reference.flatMap { catalog.table($0.table) } }
        .filter { $0.id != table.id }
    for other in others where other.persistence != persistence {
      try fail(
        "42P16",
        .invalidDefinition("the foreign key between \(table.name.name) and \(other.name.name)"),
        ifCertain: isSettled(other.id) && isSettled(table.id))
    }
  }

  private mutating func requireStorage(
    _ storage: String, of name: String, in table: Table
  ) throws(Refused) {
    let storage = storage.lowercased()
    if !["plain", "external", "extended", "main"].contains(storage) {
      try fail("22023", .invalidDefinition("storage \(storage)"))
    }
    if storage != "plain", let type = table.column(name)?.type, type.usualStorage == "plain" {
      try fail("0A000", .notSupported("storage \(storage) of \(type.description)"))
    }
  }

  mutating func requireCompression(_ method: String?, of type: DataType?) throws(Refused) {
    guard let method = method?.lowercased(), method != "default" else { return }
    if method != "pglz", method != "lz4" {
      try fail("22023", .invalidDefinition("compression \(method)"))
    }
    if let type, type.usualStorage == "plain" {
      try fail("0A000", .notSupported("compression of \(type.description)"))
    }
  }

  private mutating func clusterOn(_ index: String, in table: inout Table) throws(Refused) {
    if table.isPartitioned {
      try fail("0A000", .notSupported("CLUSTER ON of a partitioned table"))
    }
    if table.index(index) == nil {
      try fail(
        "42704", .missing(.index, QualifiedName(index), of: table.name),
        ifCertain: knowsAll(of: table))
    }
    table.settings.clusteredOn = index
    changed(&table, .clusterIndex, .shareUpdateExclusive)
  }

  private mutating func switchTrigger(
    _ name: String?, _ state: FiringState, in table: inout Table
  ) throws(Refused) {
    lock(table, .shareRowExclusive)
    if let name {
      if let place = table.triggers.firstIndex(where: { $0.name == name }) {
        table.triggers[place].state = state
      } else if !hasCopy(of: name, table) {
        try fail(
          "42704", .missing(.trigger, QualifiedName(name), of: table.name),
          ifCertain: knowsAll(of: table))
      }
    } else {
      for place in table.triggers.indices { table.triggers[place].state = state }
    }
    effect(.triggerSwitched(table.reference, name: name, state))
  }

  private mutating func takeSetting(_ setting: String, of column: String, from table: Table) {
    let value = table.column(column)?.settings[setting]
    changeDescendants(of: table, column) { $0.settings[setting] = value }
  }

  /// Partitions have copies of the triggers of their partitioned table, whose states are not followed: they
  /// are taken to be those of the original until a statement makes them differ.
  private mutating func doubtCopies(of name: String?, on table: Table, only: Bool) {
    if hasCopy(of: name, table), name == nil || !table.triggers.contains(where: { $0.name == name })
    {
      doubt(.schema, .notCompared(.table, table.name))
    }
    guard table.isPartitioned, hasRowTrigger(name, table) else { return }
    for partition in descendants(of: table.name)
    where only || catalog.uncompared.contains(partition) {
      doubt(.schema, .notCompared(.table, partition))
    }
  }

  /// Whether a partition has a copy of the trigger, or of any where no name is given.
  func hasCopy(of trigger: String?, _ table: Table) -> Bool {
    var above = table.partitionOf?.parent
    for _ in 0..<Self.maximumDepth {
      guard let parent = above.flatMap({ catalog.table($0) }) else { return false }
      if hasRowTrigger(trigger, parent) { return true }
      above = parent.partitionOf?.parent
    }
    return false
  }

  private func hasRowTrigger(_ name: String?, _ table: Table) -> Bool {
    table.triggers.contains { $0.definition.forEachRow && (name == nil || $0.name == name) }
  }

  private func isUnderForeignKey(_ table: Table) -> Bool {
    ([table.name] + users(of: table.name)).compactMap { catalog.table($0) }.contains { user in
      user.constraints.contains { constraint in
        constraint.reference.map { user.name == table.name || $0.table == table.name } ?? false
      }
    }
  }

  private mutating func setRowSecurity(_ change: RowSecurity, in table: inout Table) {
    // The owner is spared until FORCE (manual 5.8).
    let hidesRows =
      change == .enable
      || change == .force && table.settings.rowSecurity && !table.settings.forcesRowSecurity
    switch change {
    case .enable: table.settings.rowSecurity = true
    case .disable: table.settings.rowSecurity = false
    case .force: table.settings.forcesRowSecurity = true
    case .noForce: table.settings.forcesRowSecurity = false
    }
    changed(&table, .rowSecurity(change), .accessExclusive)
    if hidesRows, !isNew(table.origin) { breaks(.rowSecurityEnabled(table.reference)) }
  }

  // MARK: Other relations

  mutating func alterView(_ view: View, _ statement: AlterTable) throws(Refused) {
    var view = view
    try requireColumns(of: view, statement.commands)
    lock(named: view.name, .accessExclusive)
    for command in statement.commands {
      if case .setTablespace(let tablespace) = command { try requireTablespace(tablespace) }
      switch command {
      case .setOwner(let owner):
        try requireRoles([owner])
        view.owner = owner
        effect(.ownerChanged(.view, view.name))
      case .setOptions(let options):
        try requireParameters(options, of: view.isMaterialized ? .table : .view)
        view.options.removeAll { old in options.contains { $0.name == old.name } }
        view.options += options
        effect(.otherChanged(ObjectKey(.view, view.name)))
      case .resetOptions(let names):
        view.options.removeAll { names.contains($0.name) }
        effect(.otherChanged(ObjectKey(.view, view.name)))
      case .setDefault(let name, let expression):
        setDefault(name, .expression(expression), in: &view)
      case .dropDefault(let name): setDefault(name, .none, in: &view)
      case .setStatistics, .setStorage, .setCompression, .setTablespace, .clusterOn,
        .setWithoutCluster, .setAccessMethod:
        effect(.otherChanged(ObjectKey(.view, view.name)))
        doubt(.schema, .notCompared(.view, view.name))
      default: effect(.notUnderstood(.subcommand("ALTER VIEW")))
      }
    }
    store(view)
  }

  /// Refuses columns that the view does not have.
  private mutating func requireColumns(
    of view: View, _ commands: [AlterTableCommand]
  ) throws(Refused) {
    guard view.isKnown else { return }
    for command in commands {
      switch command {
      case .setDefault(let name, _), .dropDefault(let name), .setStatistics(let name, _),
        .setStorage(let name, _), .setCompression(let name, _):
        if view.columns.contains(where: { $0.name == name }) { continue }
        try fail("42703", .missing(.column, QualifiedName(name), of: view.name))
      case .clusterOn(let index) where view.isMaterialized:
        if view.indexes.contains(where: { $0.name == index }) { continue }
        try fail("42704", .missing(.index, QualifiedName(index), of: view.name))
      default: continue
      }
    }
  }

  private mutating func setDefault(_ name: String, _ value: ColumnDefault, in view: inout View) {
    if let place = view.columns.firstIndex(where: { $0.name == name }) {
      view.columns[place].default = value
    }
    effect(.otherChanged(ObjectKey(.view, view.name)))
  }

  mutating func alterSequenceRelation(
    _ sequence: SequenceObject, _ statement: AlterTable
  ) throws(Refused) {
    var sequence = sequence
    for command in statement.commands {
      if case .setOwner(let owner) = command {
        try requireRoles([owner])
        sequence.owner = owner
        effect(.ownerChanged(.sequence, sequence.name))
      } else {
        doubt(.schema, .notCompared(.sequence, sequence.name))
        effect(.sequenceChanged(sequence))
      }
    }
    store(sequence)
  }

  // MARK: Composite types

  mutating func alterComposite(_ statement: AlterTable) throws(Refused) {
    let name = catalog.resolveType(statement.name)
    guard var type = catalog.type(name), case .composite(var columns) = type.kind else {
      try fail(
        "42P01", .missing(.type, name, of: nil),
        ifCertain: catalog.isComplete && catalog.type(name) == nil)
      outcome.assumptions.append(.type(name))
      return effect(.compositeChanged(name))
    }
    for user in users(of: name) {
      guard let table = catalog.table(user), table.settings.ofType == name else { continue }
      mayFail(
        "2BP01", .hasDependents(.type, name, dependents: [Dependent(.table, table.name)]))
      doubt([.data, .schema], .attributes(name))
    }
    for command in statement.commands {
      switch command {
      case .addColumn(let attribute, _):
        let type: DataType? =
          if let written = attribute.type { try dataType(written) } else { nil }
        if columns.contains(where: { $0.name == attribute.name }) {
          try fail("42701", .alreadyExists(.attribute, QualifiedName(attribute.name), of: name))
        }
        try requireStorable(attribute, in: name, isAttribute: true)
        columns.append(
          Column(
            id: newID(), name: attribute.name, type: type, isNullable: true,
            collation: ownCollation(attribute.collation), origin: context.origin))
      case .dropColumn(let dropped, let ifExists, _):
        if !columns.contains(where: { $0.name == dropped }), !ifExists {
          try fail("42703", .missing(.attribute, QualifiedName(dropped), of: name))
        }
        columns.removeAll { $0.name == dropped }
        if !users(of: name).isEmpty { doubt(.data, .attributes(name)) }
      case .setType(let changed, let written, _, let collation):
        guard let place = columns.firstIndex(where: { $0.name == changed }) else {
          try fail("42703", .missing(.attribute, QualifiedName(changed), of: name))
          continue
        }
        columns[place].take(try dataType(written), collation: ownCollation(collation))
        if let user = column(withRowType: name) {
          try fail("0A000", .typeUsed(column: changed, by: user))
        }
        if !users(of: name).isEmpty { doubt(.data, .attributes(name)) }
      case .setOwner(let owner):
        try requireRoles([owner])
        type.owner = owner
      default: effect(.notUnderstood(.subcommand("ALTER TYPE")))
      }
    }
    type.kind = .composite(columns)
    store(type)
    if !isNew(type.origin) { breaks(.compositeChanged(name)) }
    effect(.compositeChanged(name))
  }
}
