// CREATE TYPE, ALTER TYPE of enums, domains.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createType(_ statement: CreateType) throws(Refused) {
    let name = catalog.resolveNew(statement.name)
    if case .shell? = catalog.type(name)?.kind, statement.definition != .shell {
      catalog.types[name] = nil
    }
    try claimType(name)
    let kind: UserType.Kind
    switch statement.definition {
    case .enumeration(let labels):
      if Set(labels).count != labels.count {
        try fail("23505", .invalidDefinition("an enum label twice"))
      }
      for label in labels { try requireShort(label) }
      kind = .enumeration(labels)
    case .composite(let attributes):
      var columns: [Column] = []
      for attribute in attributes {
        try requireStorable(attribute, in: name, isAttribute: true)
        if columns.contains(where: { $0.name == attribute.name }) {
          try fail("42701", .alreadyExists(.attribute, QualifiedName(attribute.name), of: name))
        }
        let type: DataType? =
          if let written = attribute.type { try dataType(written) } else { nil }
        columns.append(
          Column(
            id: newID(), name: attribute.name, type: type, isNullable: true,
            collation: ownCollation(attribute.collation), origin: context.origin))
        if let used = type?.userType { note(name, uses: used) }
      }
      kind = .composite(columns)
    case .range(let options):
      kind = .range(options)
      for option in options where option.name == "subtype" {
        guard let subtype = option.value.flatMap(parseQualifiedName) else { continue }
        note(name, uses: catalog.resolveType(subtype))
      }
      for routine in routines(of: options) { note(name, uses: routine) }
    case .base(let options): kind = .base(options)
    case .shell: kind = .shell
    }
    let type = UserType(
      id: newID(), name: name, kind: kind, origin: context.origin,
      transaction: context.transaction)
    store(type)
    effect(.typeCreated(type))
  }

  mutating func alterEnum(_ statement: AlterEnum) throws(Refused) {
    let name = catalog.resolveType(statement.name)
    guard var type = catalog.type(name) else {
      return try alterUnknownEnum(name, statement.change)
    }
    guard var labels = type.labels else {
      if type.kind == .unknown { return try alterUnknownEnum(name, statement.change) }
      try fail("42809", .wrongKind(name, expected: .type))
      return
    }
    switch statement.change {
    case .addValue(let value, let ifNotExists, let position):
      try requireShort(value)
      if labels.contains(value) {
        if ifNotExists { return effect(.skipped(.type, name)) }
        try fail(
          "42710", .alreadyExists(.type, QualifiedName(value), of: name),
          ifCertain: isSettled(type.id))
      }
      try limitLabels(labels)
      if context.serverVersion < 12 { try forbidTransaction("ALTER TYPE ... ADD") }
      labels.insert(value, at: try place(position, in: labels, of: name))
      addedValue(value, position, to: type)
    case .renameValue(let from, let to):
      guard let place = labels.firstIndex(of: from) else {
        try fail(
          "22023", .noSuchEnumValue(type: name, value: from), ifCertain: isSettled(type.id))
        return
      }
      if labels.contains(to) {
        try fail("42710", .alreadyExists(.type, QualifiedName(to), of: name))
      }
      try requireShort(to)
      labels[place] = to
      effect(.enumValueRenamed(type: name, from: from, to: to))
      if !isNew(type.origin) { breaks(.enumValueRenamed(type: name, from: from, to: to)) }
    }
    type.kind = .enumeration(labels)
    store(type)
  }

  /// Refuses a label of more bytes than a name can have, which is not cut.
  private mutating func requireShort(_ label: String) throws(Refused) {
    if label.utf8.count > 63 {
      try fail("42602", .invalidDefinition("an enum label of more than 63 bytes"))
    }
  }

  private mutating func place(
    _ position: AlterEnum.Position, in labels: [String], of name: QualifiedName
  ) throws(Refused) -> Int {
    switch position {
    case .last: return labels.count
    case .before(let label), .after(let label):
      guard let place = labels.firstIndex(of: label) else {
        try fail("22023", .noSuchEnumValue(type: name, value: label))
        return labels.count
      }
      if case .after = position { return place + 1 }
      return place
    }
  }

  private mutating func addedValue(
    _ value: String, _ position: AlterEnum.Position, to type: UserType
  ) {
    effect(
      .enumValueAdded(
        EnumValueAddition(
          type: type.name, value: value, position: position, origin: type.origin)))
    if !isNew(type.origin) { breaks(.enumValueAdded(type: type.name, value: value)) }
    if context.isInTransaction, type.transaction != context.transaction {
      catalog.unusableLabels.append(
        .init(type: type.name, label: value, transaction: context.transaction))
    }
  }

  private mutating func alterUnknownEnum(
    _ name: QualifiedName, _ change: AlterEnum.Change
  ) throws(Refused) {
    if catalog.type(name) == nil {
      try fail("42704", .missing(.type, name, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.type(name))
    }
    switch change {
    case .addValue(let value, _, let position):
      let unknown = UserType(id: 0, name: name, kind: .unknown)
      addedValue(value, position, to: unknown)
    case .renameValue(let from, let to):
      effect(.enumValueRenamed(type: name, from: from, to: to))
      breaks(.enumValueRenamed(type: name, from: from, to: to))
    }
  }

  /// Refuses a label that its own transaction added (55P04).
  mutating func requireUsable(_ label: String, of type: QualifiedName) throws(Refused) {
    guard context.isInTransaction,
      catalog.unusableLabels.contains(
        .init(type: type, label: label, transaction: context.transaction))
    else { return }
    try fail("55P04", .enumValueNotUsableYet(type: type, value: label))
  }

  /// The labels of an enum that the running transaction added.
  func unusableLabels(of type: DataType) -> [String] {
    guard context.isInTransaction else { return [] }
    return catalog.unusableLabels
      .filter { $0.type == type.userType && $0.transaction == context.transaction }.map(\.label)
  }

  /// Checks a literal that is put into a column of an enum.
  mutating func requireLabel(_ value: SQLConstant?, for type: DataType?) throws(Refused) {
    guard case .string(let label)? = value, let type, !type.isArray, let name = type.userType,
      let known = catalog.type(name), let labels = known.labels
    else { return }
    if !labels.contains(label) {
      try fail(
        "22P02", .noSuchEnumValue(type: name, value: label), ifCertain: isSettled(known.id))
    }
    try requireUsable(label, of: name)
  }

  // MARK: Domains

  mutating func createDomain(_ statement: CreateDomain) throws(Refused) {
    let name = catalog.resolveNew(statement.name)
    try claimType(name)
    let base = try dataType(statement.type)
    try requireStorable(statement.type, "42804")
    if let collation = statement.collation { try requireCollatable(statement.type, collation) }
    var domain = UserType.Domain(
      type: base, isNotNull: statement.isNotNull, default: statement.default,
      collation: statement.collation, constraints: [])
    try requireNames(of: [statement.default])
    if let value = statement.default { try requireDefault(value, base) }
    for written in statement.constraints {
      try add(written, to: &domain, name)
    }
    if let used = base.userType { note(name, uses: used) }
    let type = UserType(id: newID(), name: name, kind: .domain(domain), origin: context.origin)
    store(type)
    if let value = statement.default { doubtMoment(in: value, of: name) }
    effect(.typeCreated(type))
  }

  /// A default such as `'now'` is the time at which it was set: another one than before.
  private mutating func doubtMoment(in value: SQLExpression, of name: QualifiedName) {
    if case .string(let text)? = value.constant, text.namesTheMoment {
      doubt(.schema, .notCompared(.domain, name))
    }
  }

  /// Refuses a check of a domain that names anything but VALUE.
  private mutating func requireOnlyValue(in expression: SQLExpression) throws(Refused) {
    guard !expression.containsSubquery else { return }
    for reference in expression.columns {
      guard let name = reference.column, reference.qualifier.isEmpty, name != "value" else {
        continue
      }
      try fail("42703", .missing(.column, QualifiedName(name), of: nil))
    }
  }

  private mutating func requireDefault(_ value: SQLExpression, _ type: DataType) throws(Refused) {
    if !value.columns.isEmpty, !value.containsSubquery {
      try fail("0A000", .invalidDefinition("a default that names a column"))
    }
    try requireSequences(of: value.functions)
    try requireRoutines(value.functions)
    try requireReadable(value.typedLiterals)
    try requireTypes(of: value, as: .assigned(type), ofDomainOver: type)
  }

  @discardableResult
  private mutating func add(
    _ written: TableConstraint, to domain: inout UserType.Domain, _ name: QualifiedName
  ) throws(Refused) -> Constraint? {
    guard case .check(let expression, _) = written.kind else { return nil }
    try requireOnlyValue(in: expression)
    try requireNames(of: expression)
    try requireRoutines(expression.functions)
    try requireReadable(expression.typedLiterals)
    try requireTypes(of: expression, as: .condition, ofDomainOver: domain.type)
    let constraintName =
      written.name.map(truncatedIdentifier)
      ?? chooseConstraintName(
        name.name, nil, "check", schema: name.schema, taken: domain.constraints)
    if domain.constraints.contains(where: { $0.name == constraintName }) {
      try fail(
        "42710", .alreadyExists(.domainConstraint, QualifiedName(constraintName), of: name))
    }
    let constraint = Constraint(
      name: constraintName, kind: .check(expression, noInherit: false),
      isValidated: !written.isNotValid, origin: context.origin)
    domain.constraints.append(constraint)
    countConstraint(constraintName, of: name, by: 1)
    return constraint
  }

  mutating func alterDomain(_ statement: AlterDomain) throws(Refused) {
    let name = catalog.resolveType(statement.name)
    guard var type = catalog.type(name), var domain = type.domain else {
      try fail("42704", .missing(.domain, name, of: nil), ifCertain: catalog.isComplete)
      outcome.assumptions.append(.type(name))
      return
    }
    let change: DomainChange
    switch statement.command {
    case .setDefault(let expression):
      try requireNames(of: expression)
      try requireDefault(expression, domain.type)
      domain.default = expression
      doubtMoment(in: expression, of: name)
      change = .defaultSet
    case .dropDefault:
      domain.default = nil
      change = .defaultDropped
    case .setNotNull:
      domain.isNotNull = true
      change = .notNullSet
      try checkDomainUsers(name, "23502") { .nullsExist(table: $0, column: $1) }
    case .dropNotNull:
      domain.isNotNull = false
      change = .notNullDropped
    case .addConstraint(let written):
      guard let constraint = try add(written, to: &domain, name) else { return }
      change = .constraintAdded(constraint.name)
      if constraint.isValidated {
        try checkDomainUsers(name, "23514", constraint, domain.type) { table, _ in
          .checkViolated(table: table, constraint: constraint.name)
        }
      }
    case .dropConstraint(let dropped, let ifExists, _):
      guard domain.constraints.contains(where: { $0.name == dropped }) else {
        if ifExists { return effect(.skipped(.domainConstraint, QualifiedName(dropped))) }
        try fail("42704", .missing(.domainConstraint, QualifiedName(dropped), of: name))
        return
      }
      domain.constraints.removeAll { $0.name == dropped }
      countConstraint(dropped, of: name, by: -1)
      change = .constraintDropped(dropped)
    case .validateConstraint(let validated):
      guard let place = domain.constraints.firstIndex(where: { $0.name == validated }) else {
        try fail("42704", .missing(.domainConstraint, QualifiedName(validated), of: name))
        return
      }
      domain.constraints[place].isValidated = true
      change = .constraintValidated(validated)
      try checkDomainUsers(name, "23514", domain.constraints[place], domain.type) { table, _ in
        .checkViolated(table: table, constraint: validated)
      }
    }
    type.kind = .domain(domain)
    store(type)
    effect(.domainChanged(type, change))
    switch change {
    case .notNullSet, .constraintAdded: breaks(.domainTightened(name))
    default: break
    }
  }

  /// Tables with a column of the domain are read under a SHARE lock.
  private mutating func checkDomainUsers(
    _ name: QualifiedName, _ sqlState: String, _ constraint: Constraint? = nil,
    _ base: DataType? = nil, _ reason: (QualifiedName, String) -> FailureReason
  ) throws(Refused) {
    guard depth < Self.maximumDepth else {
      return effect(.notUnderstood(.statement("ALTER DOMAIN")))
    }
    depth += 1
    defer { depth -= 1 }
    for user in users(of: name) {
      if let domain = catalog.type(user)?.domain, domain.type.userType == name,
        !domain.type.isArray
      {
        try checkDomainUsers(user, sqlState, constraint, base, reason)
      } else if catalog.type(user) != nil, let holder = column(holding: user) {
        try refuseDomain(name, in: holder)
      }
      guard let table = catalog.table(user) else { continue }
      for column in table.columns where column.type?.userType == name {
        if column.type?.isArray == true {
          try refuseDomain(name, in: Dependent(.column, QualifiedName(column.name), of: user))
        }
        lock(table, .share)
        scan(table, .domain(name))
        guard !isKnownEmpty(table) else { continue }
        let condition: DataCondition
        if case .check(let expression, _)? = constraint?.kind, let base {
          condition = .violatesDomain(referent(table, column), base, expression: expression)
        } else if sqlState == "23502" {
          condition = .hasNulls(table.reference, [referent(table, column)])
        } else {
          condition = .unknown(table.reference)
        }
        mayFail(
          sqlState, reason(table.name, column.name),
          when: settled(condition, on: table, [column.name]))
      }
    }
  }

  /// Values inside of others are not looked through (0A000).
  private mutating func refuseDomain(
    _ name: QualifiedName, in column: Dependent
  ) throws(Refused) {
    let owner = column.owner.map { " of \(displayed($0))" } ?? ""
    try fail(
      "0A000", .notSupported("a check of \(name.name) inside values of \(column.name.name)\(owner)")
    )
  }

  /// A column of a table that has values of a type, also inside of others.
  private func column(holding type: QualifiedName, _ depth: Int = 0) -> Dependent? {
    if let found = column(withRowType: type) { return found }
    guard depth < Self.maximumDepth else { return nil }
    for user in users(of: type) where catalog.type(user) != nil {
      if let found = column(holding: user, depth + 1) { return found }
    }
    return nil
  }
}
