// What parse analysis refuses of definitions by their text: clauses that contradict each other, and names that come
// twice.

internal import CPGQuery

extension Translator {
  /// Refuses a name that comes twice among the columns of one thing.
  func refuseTwice(_ names: [String], in what: String, _ sqlState: String = "42701") {
    guard names.count > 1 else { return }
    var seen: Set<String> = []
    if let name = names.first(where: { !seen.insert($0).inserted }) {
      refuse(sqlState, "\(name) comes twice in \(what)")
    }
  }

  // MARK: Columns

  /// Refuses clauses of a column that contradict each other (`transformColumnDefinition`).
  func refuseClauses(_ clauses: [CNode], of column: ColumnDefinition) {
    guard unsafe !clauses.isEmpty else { return }
    var nulls: Set<Bool> = column.isSerial ? [false] : []
    var defaults = column.isSerial ? 1 : 0
    var identities = 0
    var generated = 0
    var attributes: ConstraintAttributes?
    unsafe each(clauses) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
        let kind = unsafe node.pointee.constraint?.pointee.contype
      else { return }
      if attributes.note(kind) {
        refuse("42601", "DEFERRABLE and its like, which contradict each other or stand alone")
      }
      switch kind {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: nulls.insert(true)
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: nulls.insert(false)
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: defaults += 1
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        identities += 1
        nulls.insert(false)
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED: generated += 1
      default: break
      }
    }
    if nulls.count > 1 { refuse("42601", "column \(column.name) is NULL and NOT NULL") }
    if defaults + identities + generated > 1 {
      refuse("42601", "column \(column.name) has more than one default, identity or generation")
    }
  }

  /// Refuses clauses of a domain that contradict each other, and constraints that it cannot have (`DefineDomain`).
  func refuseClauses(ofDomain clauses: [CNode]) {
    var nulls: Set<Bool> = []
    var defaults = 0
    unsafe each(clauses) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
        let clause = unsafe node.pointee.constraint?.pointee
      else { return }
      switch unsafe clause.contype {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: nulls.insert(true)
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: nulls.insert(false)
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: defaults += 1
      default: unsafe refuseForDomain(clause)
      }
    }
    if nulls.count > 1 { refuse("42601", "a domain that is NULL and NOT NULL") }
    if defaults > 1 { refuse("42601", "a domain with more than one default") }
  }

  func refuseForDomain(_ clause: PgQuery__Constraint) {
    switch unsafe clause.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      if unsafe clause.is_no_inherit != 0 { refuse("42P17", "a domain's check with NO INHERIT") }
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE, PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY,
      PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN, PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      refuse("42601", "a key, foreign key or exclusion constraint of a domain")
    default: break
    }
  }

  // MARK: Policies, rules, triggers

  /// Refuses an expression that its command has no use for (`CreatePolicy`).
  func refuseExpressions(of policy: Policy) {
    if policy.command == "insert", policy.using != nil {
      refuse("42601", "USING of a policy for INSERT")
    }
    if policy.command == "select" || policy.command == "delete", policy.check != nil {
      refuse("42601", "WITH CHECK of a policy for SELECT or DELETE")
    }
  }

  /// Refuses rows that an event does not have (`DefineQueryRewrite`, `transformRuleStmt`).
  func refuseRows(of rule: CreateRule) {
    if rule.event == "select" {
      if !rule.isInstead { refuse("0A000", "a rule ON SELECT that is not INSTEAD") }
      if rule.name != "_RETURN" { refuse("42P17", "a rule ON SELECT that is not called _RETURN") }
    }
    guard let condition = rule.condition else { return }
    let rows = Set(condition.columns.compactMap(\.qualifier.first))
    if rule.event == "insert" && rows.contains("old")
      || rule.event == "delete" && rows.contains("new")
    {
      refuse("42P01", "a rule of \(rule.event.uppercased()) with a row that it does not have")
    }
    if rule.event == "update", !condition.containsSubquery,
      condition.columns.contains(where: { $0.qualifier.isEmpty && $0.column != nil })
    {
      refuse("42702", "a column that both OLD and NEW have")
    }
  }

  /// Refuses forms that no table and view can have (`CreateTriggerFiringOn`).
  func refuseForms(of trigger: CreateTrigger, hasRowAlias: Bool) {
    refuseTwice(trigger.updateColumns, in: "UPDATE OF")
    if trigger.events.contains(.truncate), trigger.forEachRow {
      refuse("0A000", "a trigger of TRUNCATE for each row")
    }
    if trigger.timing == .insteadOf {
      if !trigger.forEachRow { refuse("0A000", "an INSTEAD OF trigger for each statement") }
      if trigger.condition != nil { refuse("0A000", "an INSTEAD OF trigger with WHEN") }
      if !trigger.updateColumns.isEmpty { refuse("0A000", "an INSTEAD OF trigger with columns") }
    }
    if hasRowAlias { refuse("0A000", "REFERENCING of a row") }
    refuseTransitionTables(of: trigger)
    if let condition = trigger.condition { refuseRows(in: condition, of: trigger) }
  }

  private func refuseTransitionTables(of trigger: CreateTrigger) {
    guard trigger.oldTable != nil || trigger.newTable != nil else { return }
    if trigger.timing != .after {
      refuse("42P17", "transition tables of a trigger that is not AFTER")
    }
    if trigger.events.contains(.truncate) {
      refuse("0A000", "transition tables of a trigger of TRUNCATE")
    }
    if trigger.events.count > 1 {
      refuse("0A000", "transition tables of a trigger of more than one event")
    }
    if !trigger.updateColumns.isEmpty {
      refuse("0A000", "transition tables of a trigger with columns")
    }
    if trigger.newTable != nil, trigger.events.isDisjoint(with: [.insert, .update]) {
      refuse("42P17", "NEW TABLE of a trigger that has no new rows")
    }
    if trigger.oldTable != nil, trigger.events.isDisjoint(with: [.delete, .update]) {
      refuse("42P17", "OLD TABLE of a trigger that has no old rows")
    }
    if trigger.oldTable == trigger.newTable {
      refuse("42P17", "OLD TABLE and NEW TABLE of one name")
    }
  }

  private func refuseRows(in condition: SQLExpression, of trigger: CreateTrigger) {
    let isBefore = trigger.timing == .before
    for reference in condition.columns {
      switch reference.qualifier.first {
      case "old"?, "new"?:
        if !trigger.forEachRow { refuse("42P17", "a row in WHEN of a trigger for each statement") }
        if reference.qualifier == ["old"], trigger.events.contains(.insert) {
          refuse("42P17", "OLD in WHEN of a trigger of INSERT")
        }
        if reference.qualifier == ["new"], trigger.events.contains(.delete) {
          refuse("42P17", "NEW in WHEN of a trigger of DELETE")
        }
        if isBefore, reference.qualifier == ["new"], let name = reference.column,
          systemColumns.contains(name)
        {
          refuse("0A000", "\(name) of NEW in WHEN of a BEFORE trigger")
        }
      case nil
      where reference.column != nil && reference.column != "old" && reference.column != "new":
        refuse("42702", "a column without OLD or NEW in WHEN")
      default: break
      }
    }
  }

  // MARK: Functions

  /// Refuses options that contradict each other, parameters and results (`CreateFunction`,
  /// `interpret_function_parameter_list`).
  func refuseForms(of function: CreateFunction, _ options: [DefinitionElement], hasBody: Bool) {
    refuseTwice(options.map(\.name).filter { $0 != "set" }, in: "CREATE FUNCTION", "42601")
    refuseParameters(of: function)
    refuseResult(of: function)
    if function.language == nil { refuse("42P13", "a function without a language") }
    if function.body == nil, !hasBody { refuse("42P13", "a function without a body") }
    if hasBody, function.language != "sql" { refuse("42P13", "a body in SQL in another language") }
    for option in options {
      switch option.name {
      case "cost", "rows":
        if case .integer(let number)? = unsafe constant(option.argument), number <= 0 {
          refuse("22023", "\(option.name.uppercased()) that is not positive")
        }
        if option.name == "rows", !function.returnsSet,
          !function.parameters.contains(where: { $0.mode == .table })
        {
          refuse("22023", "ROWS of a function that returns no set")
        }
      case "parallel":
        let word = unsafe optionText(option.argument) ?? ""
        if !["safe", "restricted", "unsafe"].contains(word.lowercased()) {
          refuse("42601", "PARALLEL \(word)")
        }
      default: break
      }
      if function.isProcedure, Self.ofFunctions.contains(option.name) {
        refuse("42P13", "\(option.name) of a procedure")
      }
    }
  }

  /// The options that a procedure does not have.
  private static let ofFunctions: Set<String> = [
    "volatility", "strict", "leakproof", "cost", "rows", "support", "parallel", "window",
  ]

  private func refuseParameters(of function: CreateFunction) {
    let inputs = function.parameters.filter { $0.mode != .output && $0.mode != .table }
    let outputs = function.parameters.filter { ![.input, .variadic].contains($0.mode) }
    // One name may be that of an input and of a column of the result.
    refuseTwice(inputs.compactMap(\.name), in: "the parameters", "42P13")
    refuseTwice(outputs.compactMap(\.name), in: "the results", "42P13")
    if let first = inputs.firstIndex(where: { $0.default != nil }),
      inputs[first...].contains(where: { $0.default == nil && $0.mode != .variadic }),
      !function.isProcedure
    {
      refuse("42P13", "a parameter without a default behind one that has a default")
    }
    if let place = inputs.firstIndex(where: { $0.mode == .variadic }), place != inputs.count - 1 {
      refuse("42P13", "a parameter behind VARIADIC")
    }
    for parameter in inputs where parameter.mode == .variadic {
      let name = parameter.type.name
      if parameter.type.isBuiltin, !parameter.type.isArray, !name.hasPrefix("any"),
        name != "oidvector",
        name != "int2vector"
      {
        refuse("42P13", "VARIADIC of \(parameter.type.description), which is no array")
      }
    }
  }

  private func refuseResult(of function: CreateFunction) {
    guard !function.isProcedure else { return }
    let outputs = function.parameters.filter { ![.input, .variadic].contains($0.mode) }
    guard let returns = function.returns else {
      if outputs.isEmpty { refuse("42P13", "a function without a result") }
      return
    }
    if !outputs.contains(where: { $0.mode == .table }), returns.isBuiltin, !returns.isArray {
      if outputs.count > 1, returns.name != "record" {
        refuse("42P13", "RETURNS \(returns.description), where several parameters are the result")
      }
      if outputs.count == 1, outputs[0].type.isBuiltin, outputs[0].type.name != returns.name {
        refuse(
          "42P13",
          "RETURNS \(returns.description), where the result is \(outputs[0].type.description)")
      }
    }
    guard returns.isBuiltin else { return }
    if returns.name.hasPrefix("any"),
      !function.parameters.contains(where: { $0.type.name.hasPrefix("any") })
    {
      refuse("42P13", "RETURNS \(returns.description) without a parameter of such a type")
    }
    if returns.name == "trigger" || returns.name == "event_trigger" {
      if function.language == "sql" { refuse("42P13", "a trigger's function in SQL") }
      if function.language == "plpgsql", !function.parameters.isEmpty {
        refuse("42P13", "a trigger's function with parameters")
      }
    }
  }

  // MARK: Views

  /// Refuses names of a view's or table's columns that come twice or too often (`DefineView`).
  func refuseNames(_ given: [String], of query: Query, _ node: CNode?, isView: Bool) {
    let width = unsafe width(node)
    if let width, given.count > width {
      refuse("42601", "\(given.count) names of \(width) columns")
    }
    let what = isView ? "a view" : "a table"
    refuseTwice(given, in: what)
    // A `*` stands for columns that the given names may be those of.
    guard given.isEmpty || width != nil else { return }
    let own = query.output.dropFirst(given.count).map(\.name)
    refuseTwice(given + own.compactMap(\.self), in: what)
  }
}

/// Whether DEFERRABLE and its like stand behind a constraint that takes them (`transformConstraintAttrs`).
private struct ConstraintAttributes {
  var takesAttributes = false
  var isDeferrable: Bool?
  var isDeferred: Bool?
}

extension ConstraintAttributes? {
  /// Returns whether the clause is refused.
  fileprivate mutating func note(_ kind: PgQuery__ConstrType) -> Bool {
    switch kind {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY, PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE,
      PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION, PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      self = ConstraintAttributes(takesAttributes: true)
      return false
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE: return setDeferrable(true)
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE: return setDeferrable(false)
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED: return setDeferred(true)
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE: return setDeferred(false)
    default:
      self = ConstraintAttributes()
      return false
    }
  }

  private mutating func setDeferrable(_ value: Bool) -> Bool {
    guard self?.takesAttributes == true, self?.isDeferrable == nil else { return true }
    self?.isDeferrable = value
    return !value && self?.isDeferred == true
  }

  private mutating func setDeferred(_ value: Bool) -> Bool {
    guard self?.takesAttributes == true, self?.isDeferred == nil else { return true }
    self?.isDeferred = value
    return value && self?.isDeferrable == false
  }
}
