// Functions, triggers, rules, policies.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createFunction(_ statement: CreateFunction) throws(Refused) {
    let name = catalog.resolveNew(statement.name)
    try requireSchema(name.schema)
    var arguments: [DataType] = []
    for parameter in statement.parameters
    where parameter.mode != .output && parameter.mode != .table {
      let type = try dataType(parameter.type)
      arguments.append(type)
      if let used = type.userType { note(name, uses: used) }
    }
    requireLanguage(statement.language)
    if let result = statement.returns, !result.isBuiltin {
      _ = try dataType(result)
      note(name, uses: catalog.resolveType(result.qualifiedName))
    }
    try checkBody(of: statement, name)
    var overloads = catalog.routines[name]?.value ?? []
    let place = overloads.firstIndex { sameArguments($0.arguments, arguments) }
    let routine = Routine(
      id: newID(), name: name, kind: statement.isProcedure ? .procedure : .function,
      arguments: arguments, definition: statement, origin: context.origin)
    guard let place else {
      if statement.orReplace { doubtAbsence(of: routine.kind, name) }
      overloads.append(routine)
      catalog.routines[name] = Shared(overloads)
      return effect(.routineCreated(routine, replaces: nil))
    }
    let present = overloads[place]
    if !statement.orReplace {
      try fail(
        "42723", .alreadyExists(.function, name, of: nil), ifCertain: isSettled(present.id))
    }
    if present.kind == .aggregate {
      try fail(
        "42809", .invalidDefinition("another kind of routine"), ifCertain: isSettled(present.id))
    }
    if let before = present.definition,
      before.returns != statement.returns || before.returnsSet != statement.returnsSet
    {
      try fail("42P13", .invalidDefinition("return type of function \(name.name)"))
    }
    try refuseOtherParameters(of: present, statement)
    replace(present, by: routine)
  }

  /// OR REPLACE keeps who owns and may call a routine, and what is said of it (manual, CREATE FUNCTION).
  mutating func replace(_ present: Routine, by new: Routine) {
    var routine = new
    (routine.id, routine.origin) = (present.id, present.origin)
    (routine.owner, routine.grants, routine.comment) =
      (present.owner, present.grants, present.comment)
    replace(routine)
    effect(.routineCreated(routine, replaces: present))
  }

  /// Says of a language that PostgreSQL does not bring that it may not be there: an extension may bring it, which
  /// who sets a database up may have made.
  private mutating func requireLanguage(_ language: String?) {
    guard let language, !["sql", "plpgsql", "c", "internal"].contains(language) else { return }
    guard catalog.extensions.count <= 1, !isMade(.language, language) else { return }
    mayFail("42704", .missing(.language, QualifiedName(language), of: nil))
  }

  /// CREATE OR REPLACE FUNCTION keeps the names of parameters, their defaults and what comes out
  /// (manual, CREATE FUNCTION).
  private mutating func refuseOtherParameters(
    of present: Routine, _ statement: CreateFunction
  ) throws(Refused) {
    guard let before = present.definition else { return }
    func isInput(_ parameter: FunctionParameter) -> Bool {
      parameter.mode != .output && parameter.mode != .table
    }
    let old = before.parameters.filter(isInput)
    let new = statement.parameters.filter(isInput)
    for (was, now) in zip(old, new) {
      if let name = was.name, !name.isEmpty, name != now.name {
        try fail("42P13", .invalidDefinition("name of input parameter \(name)"))
      }
      if was.default != nil, now.default == nil {
        try fail(
          "42P13", .invalidDefinition("a parameter of \(present.name.name) loses its default"))
      }
    }
    let outputs = before.parameters.filter { $0.mode != .input && $0.mode != .variadic }
    let others = statement.parameters.filter { $0.mode != .input && $0.mode != .variadic }
    if outputs.map(\.type) != others.map(\.type) || outputs.map(\.name) != others.map(\.name) {
      try fail("42P13", .invalidDefinition("return type of function \(present.name.name)"))
    }
  }

  mutating func createTrigger(_ statement: CreateTrigger) throws(Refused) {
    let function = catalog.resolveRoutine(statement.function)
    if catalog.routines[function] == nil, !isBuiltin(statement.function) {
      try fail(
        "42883", .missing(.function, function, of: nil),
        ifCertain: catalog.isComplete && catalog.extensions.count == 1)
      outcome.assumptions.append(.object(.function, function))
    }
    let trigger = Trigger(
      definition: statement, function: function, state: .enabled, comment: nil,
      origin: context.origin)
    if let overloads = catalog.routines[function]?.value,
      overloads.allSatisfy({ !$0.arguments.isEmpty && isSettled($0.id) })
    {
      try fail("42883", .missing(.function, function, of: nil))
    }
    let owner = catalog.resolveRelation(statement.table)
    if var view = catalog.view(owner) {
      if view.isMaterialized || statement.isConstraint
        || statement.timing != .insteadOf && statement.forEachRow
        || statement.events.contains(.truncate)
      {
        try fail("42809", .notSupported("such a trigger on view \(owner.name)"))
      }
      lock(named: owner, .shareRowExclusive)
      view.triggers.append(trigger)
      store(view)
      return effect(.triggerCreated(reference(to: owner), trigger, replaces: false))
    }
    var table = try table(statement.table)
    lock(table, .shareRowExclusive)
    if statement.timing == .insteadOf {
      try fail("42809", .notSupported("an INSTEAD OF trigger on table \(table.name.name)"))
    }
    try limitParts(of: table)
    for name in statement.updateColumns { _ = try column(name, in: &table) }
    try requireRowColumns(of: statement.condition, in: table)
    try requireNames(of: [statement.condition])
    try requireRoutines(statement.condition?.functions ?? [])
    try requireRowTypes(of: statement.condition, in: table)
    let place = table.triggers.firstIndex { $0.name == trigger.name }
    if let place {
      if !statement.orReplace {
        try fail(
          "42710", .alreadyExists(.trigger, QualifiedName(trigger.name), of: table.name),
          ifCertain: isSettled(table.id))
      }
      let comment = table.triggers[place].comment
      table.triggers[place] = trigger
      table.triggers[place].comment = comment
    } else {
      table.triggers.append(trigger)
    }
    store(table)
    note(table.name, uses: function)
    effect(.triggerCreated(table.reference, trigger, replaces: place != nil))
    if !isNew(table.origin) { breaks(.triggerAdded(table.reference, name: trigger.name)) }
  }

  /// Refuses columns of OLD and NEW that the table is known not to have.
  private mutating func requireRowColumns(
    of condition: SQLExpression?, in table: Table
  ) throws(Refused) {
    guard knowsAll(of: table) else { return }
    for reference in condition?.columns ?? [] {
      guard let name = reference.column, reference.qualifier.count == 1,
        ["new", "old"].contains(reference.qualifier[0]), !isSystemColumn(name),
        table.column(name) == nil
      else { continue }
      try fail("42703", .missing(.column, QualifiedName(name), of: table.name))
    }
  }

  mutating func createRule(_ statement: CreateRule) throws(Refused) {
    let owner = catalog.resolveRelation(statement.table)
    try requireNames(of: [statement.condition])
    try requireNames(of: statement.actions)
    if var view = catalog.view(owner) {
      lock(named: owner, .accessExclusive)
      view.rules.removeAll { $0.name == statement.name }
      view.rules.append(statement)
      store(view)
      return effect(.ruleCreated(relation: owner, statement))
    }
    var table = try table(statement.table)
    lock(table, .accessExclusive)
    try limitParts(of: table)
    try requireRowColumns(of: statement.condition, in: table)
    if let condition = statement.condition { try requireComparable(condition, in: table) }
    try requireRowTypes(of: statement.condition, in: table)
    try requireTypes(of: statement.actions, ofRuleOn: table)
    if table.rules.contains(where: { $0.name == statement.name }), !statement.orReplace {
      try fail(
        "42710", .alreadyExists(.rule, QualifiedName(statement.name), of: table.name),
        ifCertain: isSettled(table.id))
    }
    table.rules.removeAll { $0.name == statement.name }
    table.rules.append(statement)
    store(table)
    effect(.ruleCreated(relation: table.name, statement))
    if statement.isInstead, !isNew(table.origin) {
      breaks(.ruleAdded(table.reference, name: statement.name))
    }
  }

  mutating func createPolicy(_ statement: Policy) throws(Refused) {
    var table = try table(statement.table)
    lock(table, .accessExclusive)
    try limitParts(of: table)
    if table.policies.contains(where: { $0.name == statement.name }) {
      try fail(
        "42710", .alreadyExists(.policy, QualifiedName(statement.name), of: table.name),
        ifCertain: isSettled(table.id))
    }
    for expression in [statement.using, statement.check] {
      if let expression {
        try requireColumns(of: expression, in: table, [])
        try requireNames(of: expression)
        try requireRoutines(expression.functions)
        try requireTypes(of: expression, as: .condition, in: table)
        noteUses(of: expression, by: table.name)
      }
    }
    try requireRoles(ofPolicy: statement)
    var policy = statement
    policy.using = statement.using?.unqualified(in: table.name)
    policy.check = statement.check?.unqualified(in: table.name)
    table.policies.append(policy)
    store(table)
    effect(.policyCreated(table.reference, policy))
    if !statement.isPermissive { tightened(table) }
  }

  mutating func alterPolicy(_ statement: Policy) throws(Refused) {
    var table = try table(statement.table)
    lock(table, .accessExclusive)
    guard let place = table.policies.firstIndex(where: { $0.name == statement.name }) else {
      try fail(
        "42704", .missing(.policy, QualifiedName(statement.name), of: table.name),
        ifCertain: knowsAll(of: table))
      outcome.assumptions.append(.object(.policy, QualifiedName(statement.name)))
      tightened(table)
      return effect(.policyChanged(table.reference, name: statement.name))
    }
    try requireNames(of: [statement.using, statement.check])
    for expression in [statement.using, statement.check] {
      try requireColumns(of: expression, in: table, [])
      try requireRoutines(expression?.functions ?? [])
      try requireTypes(of: expression, as: .condition, in: table)
    }
    try requireRoles(ofPolicy: statement)
    if !statement.roles.isEmpty { table.policies[place].roles = statement.roles }
    if let using = statement.using {
      table.policies[place].using = using.unqualified(in: table.name)
    }
    if let check = statement.check {
      table.policies[place].check = check.unqualified(in: table.name)
    }
    store(table)
    tightened(table)
    effect(.policyChanged(table.reference, name: statement.name))
  }

  /// Beside PUBLIC others are not looked at (`policy_role_list_to_array` in policy.c).
  private mutating func requireRoles(ofPolicy statement: Policy) throws(Refused) {
    if !statement.roles.contains("public") { try requireRoles(statement.roles) }
  }

  /// Whether fewer rows are seen or written depends on what the policies say: it is not computed.
  mutating func tightened(_ table: Table) {
    if !isNew(table.origin) { breaks(.policiesTightened(table.reference)) }
  }
}
