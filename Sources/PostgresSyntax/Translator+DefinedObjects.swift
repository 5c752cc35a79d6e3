// CREATE and ALTER of what is known by its name and compared by its definition.

internal import CPGQuery

extension Translator {
  func definedObject(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT: return unsafe createCast(node)
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT:
      guard let statement = unsafe node.pointee.create_op_family_stmt?.pointee else { return nil }
      return unsafe .createObject(
        CreateObject(
          object: methodObject(
            .operatorFamily, nodes(statement.n_opfamilyname, statement.opfamilyname),
            statement.amname),
          definition: ""))
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT: return unsafe createOperatorClass(node)
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
      guard let statement = unsafe node.pointee.create_fdw_stmt?.pointee else { return nil }
      let functions = unsafe definitionElements(statement.n_func_options, statement.func_options)
      return unsafe .createObject(
        CreateObject(
          object: named(.foreignDataWrapper, statement.fdwname), definition: "",
          parts: functions.compactMap { unsafe partName(.function, $0.argument) },
          options: options(handlers(functions) + ownOptions(statement.n_options, statement.options))
        ))
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT: return unsafe createServer(node)
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
      guard let statement = unsafe node.pointee.create_user_mapping_stmt?.pointee else {
        return nil
      }
      return unsafe .createObject(
        CreateObject(
          object: userMapping(statement.user, statement.servername),
          ifNotExists: statement.if_not_exists != 0, definition: "",
          parts: [named(.foreignServer, statement.servername)],
          options: options(ownOptions(statement.n_options, statement.options))))
    case PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT:
      guard let statement = unsafe node.pointee.drop_user_mapping_stmt?.pointee else {
        return nil
      }
      return unsafe .drop(
        Drop(
          kind: .userMapping, objects: [userMapping(statement.user, statement.servername)],
          ifExists: statement.missing_ok != 0))
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT: return unsafe createRole(node)
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
      guard let statement = unsafe node.pointee.drop_role_stmt?.pointee else { return nil }
      let names = unsafe roleNames(statement.n_roles, statement.roles)
      return unsafe .drop(
        Drop(
          kind: .role,
          objects: names.map { ObjectReference(kind: .role, name: QualifiedName($0)) },
          ifExists: statement.missing_ok != 0))
    default: return unsafe alteredObject(node)
    }
  }

  private func alteredObject(_ node: CNode) -> Statement? {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
      guard let statement = unsafe node.pointee.alter_fdw_stmt?.pointee else { return nil }
      let functions = unsafe definitionElements(statement.n_func_options, statement.func_options)
      return unsafe altered(
        named(.foreignDataWrapper, statement.fdwname), node,
        parts: functions.compactMap { unsafe partName(.function, $0.argument) },
        handlers(functions) + ownOptions(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
      guard let statement = unsafe node.pointee.alter_foreign_server_stmt?.pointee else {
        return nil
      }
      let version: [AlterObject.Setting] =
        unsafe statement.has_version == 0
        ? [] : [.init(name: "version", value: optionalText(statement.version))]
      return unsafe altered(
        named(.foreignServer, statement.servername), node,
        version + ownOptions(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
      guard let statement = unsafe node.pointee.alter_user_mapping_stmt?.pointee else {
        return nil
      }
      return unsafe altered(
        userMapping(statement.user, statement.servername), node,
        ownOptions(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
      guard let statement = unsafe node.pointee.alter_tsdictionary_stmt?.pointee else {
        return nil
      }
      let name = unsafe qualifiedName(statement.n_dictname, statement.dictname)
      return unsafe altered(
        ObjectReference(kind: .textSearchDictionary, name: name), node,
        definitionElements(statement.n_options, statement.options).map {
          unsafe .init(name: $0.name, value: optionText($0.argument))
        })
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
      return unsafe alterConfiguration(node)
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT: return unsafe alterRole(node)
    default: return unsafe rareObject(node)
    }
  }

  func altered(
    _ object: ObjectReference, _ node: CNode, parts: [ObjectReference] = [],
    _ settings: [AlterObject.Setting]?
  ) -> Statement {
    .alterObject(
      AlterObject(
        object: object, change: unsafe statementText(node), parts: parts, settings: settings))
  }

  // MARK: Names

  func named(
    _ kind: ObjectKind, _ name: UnsafeMutablePointer<CChar>?
  ) -> ObjectReference {
    ObjectReference(kind: kind, name: QualifiedName(unsafe text(name)))
  }

  func methodObject(
    _ kind: ObjectKind, _ name: [CNode], _ method: UnsafeMutablePointer<CChar>?
  ) -> ObjectReference {
    unsafe ObjectReference(
      kind: kind, name: qualifiedName(strings(name)), owner: QualifiedName(text(method)))
  }

  private func userMapping(
    _ user: UnsafeMutablePointer<PgQuery__RoleSpec>?, _ server: UnsafeMutablePointer<CChar>?
  ) -> ObjectReference {
    unsafe ObjectReference(
      kind: .userMapping, name: QualifiedName(roleName(user)), owner: QualifiedName(text(server)))
  }

  /// The name in an option, which the grammar reads as a type's, as words of an operator or as a text.
  func partName(_ kind: ObjectKind, _ node: CNode?) -> ObjectReference? {
    guard let node = unsafe node else { return nil }
    let name: QualifiedName
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      guard let type = unsafe node.pointee.type_name?.pointee else { return nil }
      name = unsafe qualifiedName(type.n_names, type.names)
    case PG_QUERY__NODE__NODE_LIST, PG_QUERY__NODE__NODE_STRING:
      name = unsafe qualifiedName(strings(elements(node)))
    default: return misunderstood(nil)
    }
    return ObjectReference(kind: kind, name: name)
  }

  // MARK: Definitions

  /// The options in the order of their names.
  func definition(_ elements: [DefinitionElement]) -> String {
    elements.map { element in
      unsafe "\(element.name)=\(optionText(element.argument).map { "'\($0)'" } ?? "")"
    }.sorted().joined(separator: "; ")
  }

  /// CREATE COLLATION, OPERATOR, AGGREGATE and TEXT SEARCH ….
  func defineObject(_ kind: ObjectKind, _ statement: PgQuery__DefineStmt) -> Statement? {
    let elements = unsafe definitionElements(statement.n_definition, statement.definition)
    let name = unsafe qualifiedName(statement.n_defnames, statement.defnames)
    var create = unsafe CreateObject(
      object: ObjectReference(kind: kind, name: name), ifNotExists: statement.if_not_exists != 0,
      orReplace: statement.replace != 0, definition: "")
    switch kind {
    case .collation:
      for element in elements where element.name == "from" {
        unsafe partName(.collation, element.argument).map { create.parts.append($0) }
      }
    case .operator: readOperator(elements, into: &create)
    case .aggregate:
      let isOld = unsafe statement.oldstyle != 0
      create.object.arguments =
        isOld
        ? baseType(of: elements)
        : unsafe aggregateArguments(nodes(statement.n_args, statement.args))
      if !isOld { create.definition = unsafe ordering(nodes(statement.n_args, statement.args)) }
      let names = Set(elements.map(\.name))
      if names.isDisjoint(with: ["sfunc", "sfunc1"]) {
        refuse("42P13", "an aggregate without sfunc")
      }
      if names.isDisjoint(with: ["stype", "stype1"]) {
        refuse("42P13", "an aggregate without stype")
      }
      create.transition = transition(elements, isOrdered: !create.definition.isEmpty)
      for element in elements {
        switch element.name {
        case "sfunc", "sfunc1", "finalfunc", "combinefunc", "serialfunc", "deserialfunc", "msfunc",
          "minvfunc", "mfinalfunc":
          unsafe partName(.function, element.argument).map { create.parts.append($0) }
        case "stype", "stype1", "mstype": create.types += unsafe type(element.argument)
        case "sortop":
          unsafe partName(.operator, element.argument).map { create.parts.append($0) }
        default: break
        }
      }
    case .textSearchConfiguration, .textSearchDictionary, .textSearchParser, .textSearchTemplate:
      readTextSearch(elements, into: &create)
    default: return .other("CREATE " + kind.rawValue.uppercased())
    }
    guard kind == .textSearchDictionary else {
      create.definition += definition(elements)
      return .createObject(create)
    }
    create.definition = definition(elements.filter { $0.name == "template" })
    for element in elements where element.name != "template" {
      create.options[element.name] = unsafe optionText(element.argument)
    }
    return .createObject(create)
  }

  private func type(_ node: CNode?) -> [TypeName] {
    guard let node = unsafe node, unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
    else { return [] }
    return unsafe [typeName(node.pointee.type_name)]
  }

  /// The direct arguments of an aggregate over ordered sets, too.
  private func aggregateArguments(_ parts: [CNode]) -> [TypeName] {
    // `(*)` is written as no list at all.
    guard let first = unsafe parts.first,
      unsafe first.pointee.node_case == PG_QUERY__NODE__NODE_LIST
    else { return [] }
    return unsafe elements(first).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER else {
        return misunderstood(TypeName(name: ""))
      }
      return unsafe typeName(node.pointee.function_parameter?.pointee.arg_type)
    }
  }

  /// How many arguments of an aggregate stand before ORDER BY; empty where it has none.
  private func ordering(_ parts: [CNode]) -> String {
    guard unsafe parts.count == 2 else { return "" }
    let count = unsafe integer(parts[1])
    return count < 0 ? "" : "direct=\(count); "
  }

  private func transition(_ elements: [DefinitionElement], isOrdered: Bool) -> Transition? {
    func argument(_ names: String...) -> CNode? {
      unsafe elements.first { names.contains($0.name) }?.argument
    }
    guard let function = unsafe partName(.function, argument("sfunc", "sfunc1")),
      let type = unsafe type(argument("stype", "stype1")).first
    else { return nil }
    return unsafe Transition(
      function: function.name, type: type,
      initialValue: optionText(argument("initcond", "initcond1")), isOrdered: isOrdered)
  }

  /// What an aggregate in the old form is of: `ANY` stands for `*`.
  private func baseType(of elements: [DefinitionElement]) -> [TypeName] {
    guard let base = elements.first(where: { $0.name == "basetype" }) else {
      refuse("42P13", "an aggregate without basetype")
      return []
    }
    let types = unsafe type(base.argument)
    let isAny = unsafe types.isEmpty || optionText(base.argument)?.lowercased() == "any"
    return isAny ? [] : types
  }

  private func readOperator(_ elements: [DefinitionElement], into create: inout CreateObject) {
    var left: [TypeName] = []
    var right: [TypeName] = []
    for element in elements {
      switch element.name {
      case "leftarg": left = unsafe type(element.argument)
      case "rightarg": right = unsafe type(element.argument)
      case "function", "procedure", "restrict", "join":
        unsafe partName(.function, element.argument).map { create.parts.append($0) }
      default: break
      }
    }
    create.object.arguments = left + right
    create.types = left + right
    for element in elements {
      guard element.name == "commutator" || element.name == "negator",
        var part = unsafe partName(.operator, element.argument)
      else { continue }
      part.arguments = element.name == "negator" ? left + right : right + left
      create.counterparts.append(part)
    }
  }

  private func readTextSearch(_ elements: [DefinitionElement], into create: inout CreateObject) {
    for element in elements {
      let kind: ObjectKind? =
        switch (create.object.kind, element.name) {
        case (.textSearchConfiguration, "copy"): .textSearchConfiguration
        case (.textSearchConfiguration, "parser"): .textSearchParser
        case (.textSearchDictionary, "template"): .textSearchTemplate
        case (.textSearchParser, _), (.textSearchTemplate, _): .function
        default: nil
        }
      if let kind { unsafe partName(kind, element.argument).map { create.parts.append($0) } }
    }
  }

  private func createCast(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_cast_stmt?.pointee else { return nil }
    let types = unsafe [typeName(statement.sourcetype), typeName(statement.targettype)]
    var create = unsafe CreateObject(
      object: castReference(types),
      definition: "\(statement.context.rawValue) inout=\(statement.inout)")
    create.types = types
    if unsafe statement.`func` != nil {
      var function = unsafe routineReference(.function, statement.`func`)
      let arguments = function.arguments?.map(\.description) ?? []
      create.definition += " \(function.name)(\(arguments.joined(separator: ",")))"
      function.arguments = nil
      create.parts = [function]
    }
    return .createObject(create)
  }

  private func createOperatorClass(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_op_class_stmt?.pointee else { return nil }
    let object = unsafe methodObject(
      .operatorClass, nodes(statement.n_opclassname, statement.opclassname), statement.amname)
    var create = CreateObject(object: object, definition: unsafe statementText(node))
    create.isDefault = unsafe statement.is_default != 0
    create.types = unsafe [typeName(statement.datatype)]
    let family = unsafe nodes(statement.n_opfamilyname, statement.opfamilyname)
    if unsafe !family.isEmpty {
      create.parts.append(unsafe methodObject(.operatorFamily, family, statement.amname))
    }
    create.parts += unsafe nodes(statement.n_items, statement.items).compactMap {
      unsafe classPart($0, of: create.types)
    }
    return .createObject(create)
  }

  private func classPart(_ node: CNode, of types: [TypeName]) -> ObjectReference? {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CREATE_OP_CLASS_ITEM,
      let item = unsafe node.pointee.create_op_class_item?.pointee
    else { return misunderstood(nil) }
    guard unsafe item.name != nil else { return nil }
    // An operator, or a function (`OPCLASS_ITEM_…` in parsenodes.h).
    let kind: ObjectKind = unsafe item.itemtype == 1 ? .operator : .function
    var part = unsafe routineReference(kind, item.name)
    switch kind {
    case .operator:
      if part.arguments?.isEmpty != false { part.arguments = types + types }
    default: part.arguments = nil
    }
    return part
  }

  private func createServer(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_foreign_server_stmt?.pointee else {
      return nil
    }
    return unsafe .createObject(
      CreateObject(
        object: named(.foreignServer, statement.servername),
        ifNotExists: statement.if_not_exists != 0,
        definition: "\(text(statement.fdwname)) '\(text(statement.servertype))'",
        parts: [named(.foreignDataWrapper, statement.fdwname)],
        options: options(
          [.init(name: "version", value: optionalText(statement.version))]
            + ownOptions(statement.n_options, statement.options))))
  }
}
