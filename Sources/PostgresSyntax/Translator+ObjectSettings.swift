// What ALTER changes one by one of roles, servers and their like, and of text search.

internal import CPGQuery

extension Translator {
  /// The settings that are there once all of them were put.
  func options(_ settings: [AlterObject.Setting]) -> [String: String] {
    var options: [String: String] = [:]
    for setting in settings {
      let isTwice = setting.action == .add && options[setting.name] != nil
      if isTwice { refuse("42710", "option \(setting.name) twice") }
      options[setting.name] = setting.value
    }
    return options
  }

  /// OPTIONS of a wrapper, server or user mapping: without a word an option is added (manual, ALTER SERVER).
  func ownOptions(_ count: Int, _ list: CNodeList?) -> [AlterObject.Setting] {
    unsafe nodes(count, list).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_DEF_ELEM,
        let element = unsafe node.pointee.def_elem?.pointee
      else { return misunderstood(.init(name: "")) }
      var setting = unsafe AlterObject.Setting(
        name: "option " + text(element.defname), value: optionText(element.arg) ?? "",
        action: .add)
      switch unsafe element.defaction {
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET: setting.action = .set
      case PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP: (setting.action, setting.value) = (.drop, nil)
      default: break
      }
      return setting
    }
  }

  /// The functions of a foreign-data wrapper.
  func handlers(_ elements: [DefinitionElement]) -> [AlterObject.Setting] {
    elements.map { element in
      .init(
        name: element.name,
        value: unsafe partName(.function, element.argument).map { $0.name.description })
    }
  }

  // MARK: Roles

  func createRole(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.create_role_stmt?.pointee else { return nil }
    let name = unsafe text(statement.role)
    var create = CreateObject(
      object: ObjectReference(kind: .role, name: QualifiedName(name)), definition: "")
    var settings: [AlterObject.Setting] = []
    // CREATE USER is CREATE ROLE with LOGIN.
    if unsafe statement.stmt_type == PG_QUERY__ROLE_STMT_TYPE__ROLESTMT_USER {
      settings.append(.init(name: "canlogin", value: "on"))
    }
    for element in unsafe definitionElements(statement.n_options, statement.options) {
      let names = unsafe self.names(ofRoles: element.argument)
      switch element.name {
      case "addroleto":
        create.memberships += names.map { RoleMembership(role: $0, member: name) }
      case "rolemembers": create.memberships += names.map { RoleMembership(role: name, member: $0) }
      case "adminmembers":
        create.memberships += names.map { RoleMembership(role: name, member: $0, isAdmin: true) }
      case "sysid": break
      default: settings.append(roleSetting(element))
      }
    }
    create.options = options(settings)
    return .createObject(create)
  }

  func alterRole(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.alter_role_stmt?.pointee else { return nil }
    let name = unsafe roleName(statement.role)
    let elements = unsafe definitionElements(statement.n_options, statement.options)
    if let members = elements.first(where: { $0.name == "rolemembers" }) {
      // `ALTER GROUP … ADD USER` and `DROP USER`.
      return unsafe .grantRoles(
        GrantRoles(
          isGrant: statement.action > 0,
          memberships: names(ofRoles: members.argument).map {
            RoleMembership(role: name, member: $0)
          }))
    }
    let role = ObjectReference(kind: .role, name: QualifiedName(name))
    return unsafe altered(role, node, elements.map(roleSetting))
  }

  func grantRoles(_ pointer: UnsafeMutablePointer<PgQuery__GrantRoleStmt>?) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    let roles = unsafe nodes(statement.n_granted_roles, statement.granted_roles).map { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV,
        let privilege = unsafe node.pointee.access_priv?.pointee
      else { return misunderstood("") }
      return unsafe text(privilege.priv_name)
    }
    let members = unsafe roleNames(statement.n_grantee_roles, statement.grantee_roles)
    return unsafe .grantRoles(
      GrantRoles(
        isGrant: statement.is_grant != 0,
        memberships: roles.flatMap { role in
          members.map { RoleMembership(role: role, member: $0) }
        }, hasAdminOption: statement.admin_opt != 0))
  }

  private func names(ofRoles node: CNode?) -> [String] {
    unsafe elements(node).compactMap { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ROLE_SPEC
        ? roleName(node.pointee.role_spec) : nil
    }
  }

  /// An attribute of a role; without a value it is what it is by default (manual, CREATE ROLE).
  private func roleSetting(_ element: DefinitionElement) -> AlterObject.Setting {
    switch element.name {
    case "password", "validUntil":
      return .init(name: element.name, value: unsafe optionText(element.argument))
    case "connectionlimit":
      let limit = unsafe optionText(element.argument)
      return .init(name: element.name, value: limit == "-1" ? nil : limit)
    case "inherit":
      return .init(name: element.name, value: unsafe isOn(element.argument) ? nil : "off")
    default: return .init(name: element.name, value: unsafe isOn(element.argument) ? "on" : nil)
    }
  }

  // MARK: Text search

  func alterConfiguration(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.alter_tsconfiguration_stmt?.pointee else {
      return nil
    }
    let name = unsafe qualifiedName(statement.n_cfgname, statement.cfgname)
    let dictionaries = unsafe nodes(statement.n_dicts, statement.dicts).map {
      unsafe ObjectReference(
        kind: .textSearchDictionary, name: qualifiedName(strings(elements($0))))
    }
    let words = dictionaries.map { dictionary -> String in
      var name = dictionary.name
      if name.schema == "pg_catalog" { name.schema = nil }
      return name.description
    }.joined(separator: ", ")
    let tokens = unsafe strings(statement.n_tokentype, statement.tokentype)
    func settings(_ action: AlterObject.Setting.Action, _ value: String?) -> [AlterObject.Setting] {
      tokens.map { .init(name: "mapping for " + $0, value: value, action: action) }
    }
    let changes: [AlterObject.Setting]?
    switch unsafe statement.kind {
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING: changes = settings(.add, words)
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN:
      changes = settings(.put, words)
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING:
      changes = unsafe settings(statement.missing_ok != 0 ? .put : .drop, nil)
    default: changes = nil
    }
    return unsafe altered(
      ObjectReference(kind: .textSearchConfiguration, name: name), node, parts: dictionaries,
      changes)
  }
}
