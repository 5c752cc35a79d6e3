// Event triggers, subscriptions, conversions, transforms, access methods and languages; ALTER of operators.

internal import CPGQuery

extension Translator {
  func rareObject(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT: return unsafe createEventTrigger(node)
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT:
      guard let statement = unsafe node.pointee.alter_event_trig_stmt?.pointee else { return nil }
      let states = ["D": "disabled", "R": "replica", "A": "always"]
      return unsafe altered(
        named(.eventTrigger, statement.trigname), node,
        [.init(name: "state", value: states[text(statement.tgenabled)])])
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT: return unsafe createSubscription(node)
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT: return unsafe alterSubscription(node)
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
      guard let statement = unsafe node.pointee.drop_subscription_stmt?.pointee else { return nil }
      return unsafe .drop(
        Drop(
          kind: .subscription, objects: [named(.subscription, statement.subname)],
          ifExists: statement.missing_ok != 0))
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT:
      guard let statement = unsafe node.pointee.create_conversion_stmt?.pointee else { return nil }
      let name = unsafe qualifiedName(statement.n_conversion_name, statement.conversion_name)
      let function = unsafe qualifiedName(statement.n_func_name, statement.func_name)
      return unsafe .createObject(
        CreateObject(
          object: ObjectReference(kind: .conversion, name: name),
          definition: "\(text(statement.for_encoding_name)) \(text(statement.to_encoding_name)) "
            + "\(function) default=\(statement.def)",
          parts: [ObjectReference(kind: .function, name: function)]))
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT: return unsafe createTransform(node)
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
      guard let statement = unsafe node.pointee.create_am_stmt?.pointee else { return nil }
      let handler = unsafe qualifiedName(statement.n_handler_name, statement.handler_name)
      return unsafe .createObject(
        CreateObject(
          object: named(.accessMethod, statement.amname),
          definition: "\(text(statement.amtype)) \(handler)",
          parts: [ObjectReference(kind: .function, name: handler)]))
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT: return unsafe createLanguage(node)
    case PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT:
      guard let statement = unsafe node.pointee.alter_operator_stmt?.pointee else { return nil }
      let elements = unsafe definitionElements(statement.n_options, statement.options)
      let functions = elements.map { unsafe partName(.function, $0.argument) }
      return unsafe altered(
        routineReference(.operator, statement.opername), node,
        parts: functions.compactMap(\.self),
        zip(elements, functions).map {
          .init(name: $0.name, value: $1.map { $0.name.description })
        })
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
      guard let statement = unsafe node.pointee.alter_op_family_stmt?.pointee else { return nil }
      let family = unsafe methodObject(
        .operatorFamily, nodes(statement.n_opfamilyname, statement.opfamilyname), statement.amname)
      return unsafe altered(family, node, nil)
    default: return nil
    }
  }

  private func createEventTrigger(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_event_trig_stmt?.pointee else { return nil }
    let event = unsafe text(statement.eventname)
    // `login` is an event of PostgreSQL 17.
    if event == "login" { mayRefuse("42601", "an event trigger on login") }
    if !["ddl_command_start", "ddl_command_end", "sql_drop", "table_rewrite", "login"]
      .contains(event)
    {
      refuse("42601", "an event trigger on \(event)")
    }
    var definition = "on \(event)"
    for element in unsafe definitionElements(statement.n_whenclause, statement.whenclause) {
      if element.name != "tag" { refuse("42601", "the filter \(element.name)") }
      let tags = unsafe strings(elements(element.argument)).map { $0.uppercased() }
      for tag in tags where !isTag(tag, of: event) {
        mayRefuse("42601", "the tag \(tag) of an event trigger on \(event)")
      }
      definition += " when \(element.name) in (\(tags.joined(separator: ", ")))"
    }
    let function = unsafe qualifiedName(statement.n_funcname, statement.funcname)
    return unsafe .createObject(
      CreateObject(
        object: named(.eventTrigger, statement.trigname), definition: definition + " \(function)",
        parts: [ObjectReference(kind: .function, name: function)]))
  }

  /// Whether a tag is known to be one that an event has (manual 40.2).
  private func isTag(_ tag: String, of event: String) -> Bool {
    if event == "table_rewrite" {
      return ["ALTER TABLE", "ALTER TYPE", "ALTER MATERIALIZED VIEW"].contains(tag)
    }
    if ["COMMENT", "GRANT", "REVOKE", "SELECT INTO", "CREATE TABLE AS"].contains(tag) {
      return true
    }
    let objects = [
      "AGGREGATE", "COLLATION", "DOMAIN", "EXTENSION", "FOREIGN TABLE", "FUNCTION", "INDEX",
      "MATERIALIZED VIEW", "POLICY", "PROCEDURE", "RULE", "SCHEMA", "SEQUENCE", "SERVER", "TABLE",
      "TRIGGER", "TYPE", "VIEW",
    ]
    return ["CREATE ", "ALTER ", "DROP "].contains { verb in
      tag.hasPrefix(verb) && objects.contains(String(tag.dropFirst(verb.count)))
    }
  }

  private func createTransform(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_transform_stmt?.pointee else { return nil }
    let type = unsafe typeName(statement.type_name)
    let language = unsafe text(statement.lang)
    let functions = unsafe [statement.fromsql, statement.tosql].map { function in
      unsafe function.map { unsafe routineReference(.function, $0) }
    }
    let name = type.qualifiedName.description + " AS " + QualifiedName(language).description
    var create = CreateObject(
      object: ObjectReference(kind: .transform, name: QualifiedName(name)),
      definition: functions.map { $0?.name.description ?? "" }.joined(separator: ", "))
    unsafe create.orReplace = statement.replace != 0
    create.types = [type]
    create.language = language
    create.parts = functions.compactMap { function in
      function.map { ObjectReference(kind: .function, name: $0.name) }
    }
    return .createObject(create)
  }

  /// Without a handler it makes the extension of its name (manual, CREATE LANGUAGE).
  private func createLanguage(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_plang_stmt?.pointee else { return nil }
    let functions = unsafe [
      nodes(statement.n_plhandler, statement.plhandler),
      nodes(statement.n_plinline, statement.plinline),
      nodes(statement.n_plvalidator, statement.plvalidator),
    ].map { unsafe $0.isEmpty ? nil : qualifiedName(strings($0)) }
    guard functions[0] != nil else {
      return unsafe .createExtension(
        CreateExtension(name: text(statement.plname), ifNotExists: statement.replace != 0))
    }
    let words = functions.map { $0?.description ?? "" }.joined(separator: ", ")
    var create = unsafe CreateObject(
      object: named(.language, statement.plname),
      definition: words + (statement.pltrusted != 0 ? " trusted" : ""))
    unsafe create.orReplace = statement.replace != 0
    create.parts = functions.compactMap(\.self).map { ObjectReference(kind: .function, name: $0) }
    return .createObject(create)
  }

  // MARK: Subscriptions

  private func createSubscription(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_subscription_stmt?.pointee else { return nil }
    let elements = unsafe definitionElements(statement.n_options, statement.options)
    func isOff(_ name: String) -> Bool {
      elements.contains { unsafe $0.name == name && !isOn($0.argument) }
    }
    let connects = !isOff("connect")
    let publications = unsafe strings(statement.n_publication, statement.publication)
    refuseTwice(publications, in: "the publications", "42710")
    if !connects {
      for name in ["enabled", "create_slot", "copy_data"] {
        let isOn = elements.contains { unsafe $0.name == name && self.isOn($0.argument) }
        if isOn { refuse("42601", "connect = false with \(name) = true") }
      }
    }
    var create = unsafe CreateObject(
      object: named(.subscription, statement.subname), definition: "")
    create.connects = connects
    create.makesSlot = connects && !isOff("create_slot")
    create.options = options(subscriptionSettings(elements))
    let connection = unsafe text(statement.conninfo)
    if !connection.contains("="), !connection.hasPrefix("postgres") {
      refuse("42601", "the connection string \(connection)")
    }
    create.options["connection"] = connection
    create.options["publications"] = publications.sorted().joined(separator: ", ")
    if !connects { create.options["enabled"] = "off" }
    return .createObject(create)
  }

  private func subscriptionSettings(
    _ elements: [DefinitionElement]
  ) -> [AlterObject.Setting] {
    elements.filter { !["connect", "create_slot", "copy_data"].contains($0.name) }.map { element in
      let value = unsafe optionText(element.argument)
      switch element.name {
      case "enabled":
        return .init(name: "enabled", value: unsafe isOn(element.argument) ? nil : "off")
      case "slot_name":
        let isNone = value == nil || value == "none"
        return .init(name: "slot_name", value: isNone ? "none" : value)
      case "streaming", "binary", "two_phase", "disable_on_error":
        return .init(name: element.name, value: unsafe isOn(element.argument) ? "on" : nil)
      case "synchronous_commit":
        return .init(name: element.name, value: value == "off" ? nil : value)
      default: return .init(name: element.name, value: value)
      }
    }
  }

  private func alterSubscription(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.alter_subscription_stmt?.pointee else { return nil }
    let elements = unsafe definitionElements(statement.n_options, statement.options)
    let subscription = unsafe named(.subscription, statement.subname)
    let isRefreshed = !elements.contains { unsafe $0.name == "refresh" && !isOn($0.argument) }
    let settings: [AlterObject.Setting]?
    switch unsafe statement.kind {
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_OPTIONS,
      PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ENABLED:
      settings = subscriptionSettings(elements)
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_CONNECTION:
      settings = unsafe [.init(name: "connection", value: text(statement.conninfo))]
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION where !isRefreshed:
      let names = unsafe strings(statement.n_publication, statement.publication)
      settings = [.init(name: "publications", value: names.sorted().joined(separator: ", "))]
    default: settings = nil
    }
    // What is copied from the publisher is not followed.
    if settings == nil { return nil }
    return unsafe altered(subscription, node, settings)
  }
}
