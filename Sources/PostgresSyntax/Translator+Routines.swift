// Functions, procedures, triggers, rules and DO blocks.

internal import CPGQuery

extension Translator {
  func createFunction(
    _ pointer: UnsafeMutablePointer<PgQuery__CreateFunctionStmt>?
  ) -> CreateFunction {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateFunction(name: QualifiedName("")))
    }
    var function = unsafe CreateFunction(
      name: qualifiedName(statement.n_funcname, statement.funcname))
    function.isProcedure = unsafe statement.is_procedure != 0
    function.orReplace = unsafe statement.replace != 0
    function.parameters = unsafe nodes(statement.n_parameters, statement.parameters).map {
      unsafe functionParameter($0)
    }
    function.returns = unsafe statement.return_type.map { unsafe typeName($0) }
    function.returnsSet = unsafe statement.return_type.map { unsafe $0.pointee.setof != 0 } ?? false
    let options = unsafe definitionElements(statement.n_options, statement.options)
    for element in options { read(element, into: &function) }
    for element in options {
      guard let change = attributeChange(element) else { continue }
      function.attributes[change.attribute] = change.value
    }
    if ["c", "internal"].contains(function.language), function.attributes["cost"] == "1.0" {
      function.attributes["cost"] = nil
    }
    if let body = unsafe statement.sql_body {
      function.language = function.language ?? "sql"
      if unsafe body.pointee.node_case == PG_QUERY__NODE__NODE_RETURN_STMT {
        function.returned = unsafe optionalExpression(body.pointee.return_stmt?.pointee.returnval)
      }
    }
    unsafe refuseForms(of: function, options, hasBody: statement.sql_body != nil)
    function.definition = unsafe functionText(statement)
    return function
  }

  /// libpg_query cannot print a BEGIN ATOMIC body, which is a list in a list; its statements are
  /// printed one by one.
  private func functionText(_ statement: PgQuery__CreateFunctionStmt) -> String {
    var statement = unsafe statement
    unsafe statement.replace = 0
    var body = ""
    if let list = unsafe statement.sql_body,
      unsafe list.pointee.node_case == PG_QUERY__NODE__NODE_LIST
    {
      let statements = unsafe elements(list).flatMap { unsafe elements($0) }
      body = unsafe statements.map { unsafe statementText($0) + ";" }.joined(separator: " ")
      body = " BEGIN ATOMIC " + body + " END"
      unsafe statement.sql_body = nil
    }
    let head = unsafe withUnsafeMutablePointer(to: &statement) { statement in
      var node = unsafe PgQuery__Node()
      unsafe pg_query__node__init(&node)
      unsafe node.node_case = PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT
      unsafe node.create_function_stmt = unsafe statement
      return unsafe withUnsafeMutablePointer(to: &node) { unsafe statementText($0) }
    }
    return head + body
  }

  private func functionParameter(_ node: CNode) -> FunctionParameter {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER,
      let parameter = unsafe node.pointee.function_parameter
    else { return misunderstood(FunctionParameter(type: TypeName(name: ""), mode: .input)) }
    return unsafe FunctionParameter(
      name: optionalText(parameter.pointee.name), type: typeName(parameter.pointee.arg_type),
      mode: mode(parameter.pointee.mode),
      default: optionalExpression(parameter.pointee.defexpr, in: .default))
  }

  private func mode(_ mode: PgQuery__FunctionParameterMode) -> FunctionParameter.Mode {
    switch mode {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_IN,
      PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_DEFAULT:
      .input
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT: .output
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT: .inputOutput
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC: .variadic
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE: .table
    default: misunderstood(.input)
    }
  }

  /// Options without a field here (COST, PARALLEL, SET, …) are in the definition's text.
  private func read(_ element: DefinitionElement, into function: inout CreateFunction) {
    switch element.name {
    case "language": function.language = unsafe optionText(element.argument)?.lowercased()
    case "as": function.body = unsafe strings(elements(element.argument)).first
    case "volatility":
      let word = unsafe optionText(element.argument) ?? ""
      function.volatility = CreateFunction.Volatility(rawValue: word) ?? misunderstood(nil)
    case "strict": function.isStrict = unsafe isOn(element.argument)
    case "security": function.isSecurityDefiner = unsafe isOn(element.argument)
    default: break
    }
  }

  func alterFunction(
    _ pointer: UnsafeMutablePointer<PgQuery__AlterFunctionStmt>?
  ) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    return unsafe .alterFunction(
      AlterFunction(
        object: routineReference(objectKind(statement.objtype), statement.`func`),
        changes: definitionElements(statement.n_actions, statement.actions).map { element in
          attributeChange(element) ?? misunderstood(.init("", nil))
        }))
  }

  /// What an option makes of a routine's attributes; nil for one that is none of them.
  private func attributeChange(_ element: DefinitionElement) -> AlterFunction.Change? {
    let name = element.name
    switch name {
    case "volatility":
      let word = unsafe optionText(element.argument)
      return .init(name, word == "volatile" ? nil : word)
    case "strict", "security", "leakproof":
      return .init(name, unsafe isOn(element.argument) ? "on" : nil)
    case "parallel":
      let word = unsafe optionText(element.argument)?.lowercased()
      return .init(name, word == "unsafe" ? nil : word)
    case "cost", "rows":
      guard let number = unsafe optionText(element.argument).flatMap(Double.init) else {
        return misunderstood(nil)
      }
      return .init(name, number == (name == "cost" ? 100 : 1000) ? nil : "\(number)")
    case "support": return unsafe .init(name, optionText(element.argument))
    case "set":
      guard let node = unsafe element.argument,
        unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT,
        let statement = unsafe node.pointee.variable_set_stmt
      else { return misunderstood(nil) }
      let variable = unsafe setVariable(statement)
      switch unsafe statement.pointee.kind {
      case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL: return .init("set *", nil)
      case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET, PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
        return .init("set " + (variable.name ?? ""), nil)
      case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
        let values = variable.values.map { $0.plainText ?? "NULL" }
        return .init("set " + (variable.name ?? ""), values.joined(separator: ", "))
      // FROM CURRENT takes what the session has.
      default: return .init("set " + (variable.name ?? ""), "FROM CURRENT")
      }
    default: return nil
    }
  }

  func createTrigger(_ pointer: UnsafeMutablePointer<PgQuery__CreateTrigStmt>?) -> CreateTrigger {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        CreateTrigger(
          name: "", table: QualifiedName(""), timing: .before, events: [],
          function: QualifiedName("")))
    }
    var trigger = unsafe CreateTrigger(
      name: text(statement.trigname), table: qualifiedName(statement.relation),
      orReplace: statement.replace != 0, isConstraint: statement.isconstraint != 0,
      timing: triggerTiming(statement.timing), events: triggerEvents(statement.events),
      updateColumns: strings(statement.n_columns, statement.columns),
      forEachRow: statement.row != 0,
      condition: optionalCondition(statement.when_clause, in: .triggerCondition),
      function: qualifiedName(statement.n_funcname, statement.funcname),
      arguments: strings(statement.n_args, statement.args))
    trigger.isDeferrable = unsafe statement.deferrable != 0
    trigger.isInitiallyDeferred = unsafe statement.initdeferred != 0
    trigger.referencedTable = unsafe statement.constrrel.map { unsafe qualifiedName($0) }
    let transitions = unsafe nodes(statement.n_transition_rels, statement.transition_rels)
    unsafe each(transitions) { node in unsafe read(node, into: &trigger) }
    let isOfRow = unsafe transitions.contains { node in
      unsafe node.pointee.trigger_transition?.pointee.is_table == 0
    }
    refuseForms(of: trigger, hasRowAlias: isOfRow)
    return trigger
  }

  private func read(_ node: CNode, into trigger: inout CreateTrigger) {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TRIGGER_TRANSITION,
      let transition = unsafe node.pointee.trigger_transition?.pointee
    else { return misunderstood(()) }
    let name = unsafe text(transition.name)
    if unsafe transition.is_new != 0 { trigger.newTable = name } else { trigger.oldTable = name }
  }

  /// The bits of `TRIGGER_TYPE_…` in pg_trigger.h.
  private func triggerTiming(_ bits: Int32) -> CreateTrigger.Timing {
    switch bits {
    case 0: .after
    case 2: .before
    case 64: .insteadOf
    default: misunderstood(.after)
    }
  }

  private func triggerEvents(_ bits: Int32) -> Set<CreateTrigger.Event> {
    let events: [(Int32, CreateTrigger.Event)] = [
      (4, .insert), (8, .delete), (16, .update), (32, .truncate),
    ]
    return Set(events.filter { bits & $0.0 != 0 }.map { $0.1 })
  }

  func createRule(_ pointer: UnsafeMutablePointer<PgQuery__RuleStmt>?) -> CreateRule {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateRule(name: "", table: QualifiedName(""), event: ""))
    }
    let rule = unsafe CreateRule(
      name: text(statement.rulename), table: qualifiedName(statement.relation),
      orReplace: statement.replace != 0, event: ruleEvent(statement.event),
      isInstead: statement.instead != 0,
      condition: optionalCondition(statement.where_clause, in: .ruleCondition),
      actions: nodes(statement.n_actions, statement.actions).map { unsafe self.statement($0) })
    refuseRows(of: rule)
    return rule
  }

  private func ruleEvent(_ event: PgQuery__CmdType) -> String {
    switch event {
    case PG_QUERY__CMD_TYPE__CMD_SELECT: "select"
    case PG_QUERY__CMD_TYPE__CMD_INSERT: "insert"
    case PG_QUERY__CMD_TYPE__CMD_UPDATE: "update"
    case PG_QUERY__CMD_TYPE__CMD_DELETE: "delete"
    default: misunderstood("")
    }
  }

  func doBlock(_ pointer: UnsafeMutablePointer<PgQuery__DoStmt>?) -> DoBlock {
    var block = DoBlock(language: "plpgsql", body: "")
    guard let statement = unsafe pointer?.pointee else { return misunderstood(block) }
    for element in unsafe definitionElements(statement.n_args, statement.args) {
      let value = unsafe optionText(element.argument) ?? ""
      switch element.name {
      case "language": block.language = value.lowercased()
      case "as": block.body = value
      default: return misunderstood(block)
      }
    }
    return block
  }

  func call(_ pointer: UnsafeMutablePointer<PgQuery__CallStmt>?) -> Statement? {
    guard let call = unsafe pointer?.pointee.funccall else { return nil }
    return unsafe .call(functionCall(call))
  }
}
