// DROP, RENAME, SET SCHEMA, OWNER, COMMENT, GRANT, and the other objects of a database.

internal import CPGQuery

extension Translator {
  func drop(_ pointer: UnsafeMutablePointer<PgQuery__DropStmt>?) -> Drop {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Drop(kind: .other, objects: []))
    }
    let kind = unsafe objectKind(statement.remove_type)
    return unsafe Drop(
      kind: kind,
      objects: nodes(statement.n_objects, statement.objects).map {
        unsafe objectReference(kind, $0)
      },
      ifExists: statement.missing_ok != 0, cascade: isCascade(statement.behavior),
      concurrently: statement.concurrent != 0)
  }

  func rename(_ pointer: UnsafeMutablePointer<PgQuery__RenameStmt>?) -> Rename {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        Rename(object: ObjectReference(kind: .other, name: QualifiedName("")), newName: ""))
    }
    let kind = unsafe objectKind(statement.rename_type)
    return unsafe Rename(
      object: renamedObject(kind, statement), newName: text(statement.newname),
      ifExists: statement.missing_ok != 0,
      // Of a type the grammar leaves it at 0.
      only: kind != .attribute && statement.relation?.pointee.inh == 0)
  }

  private func renamedObject(
    _ kind: ObjectKind, _ statement: PgQuery__RenameStmt
  ) -> ObjectReference {
    let part = unsafe optionalText(statement.subname)
    if let relation = unsafe statement.relation {
      let name = unsafe qualifiedName(relation)
      guard let part else { return ObjectReference(kind: kind, name: name) }
      return ObjectReference(kind: kind, name: QualifiedName(part), owner: name)
    }
    guard let object = unsafe statement.object else {
      guard let part else {
        return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
      }
      return ObjectReference(kind: kind, name: QualifiedName(part))
    }
    guard let part else { return unsafe objectReference(kind, object) }
    return unsafe ObjectReference(
      kind: kind, name: QualifiedName(part), owner: objectReference(.domain, object).name)
  }

  func setSchema(_ pointer: UnsafeMutablePointer<PgQuery__AlterObjectSchemaStmt>?) -> SetSchema {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        SetSchema(object: ObjectReference(kind: .other, name: QualifiedName("")), newSchema: ""))
    }
    let kind = unsafe objectKind(statement.object_type)
    let object =
      if let relation = unsafe statement.relation {
        ObjectReference(kind: kind, name: unsafe qualifiedName(relation))
      } else {
        unsafe objectReference(kind, statement.object)
      }
    return unsafe SetSchema(
      object: object, newSchema: text(statement.newschema), ifExists: statement.missing_ok != 0)
  }

  func setOwner(_ pointer: UnsafeMutablePointer<PgQuery__AlterOwnerStmt>?) -> SetOwner {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        SetOwner(object: ObjectReference(kind: .other, name: QualifiedName("")), owner: ""))
    }
    let kind = unsafe objectKind(statement.object_type)
    return unsafe SetOwner(
      object: objectReference(kind, statement.object), owner: roleName(statement.newowner))
  }

  func comment(_ pointer: UnsafeMutablePointer<PgQuery__CommentStmt>?) -> Comment {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        Comment(object: ObjectReference(kind: .other, name: QualifiedName("")), text: nil))
    }
    let kind = unsafe objectKind(statement.objtype)
    return unsafe Comment(
      object: objectReference(kind, statement.object), text: optionalText(statement.comment))
  }

  /// Also the part of ALTER DEFAULT PRIVILEGES that has this form.
  func grant(_ pointer: UnsafeMutablePointer<PgQuery__GrantStmt>?) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    let grantor = unsafe statement.grantor.map { unsafe roleName($0) }
    if let grantor, !["current_user", "current_role", "session_user"].contains(grantor) {
      mayRefuse("0A000", "GRANTED BY \(grantor), which may be another role than the running one")
    }
    let kind = unsafe objectKind(statement.objtype)
    let allInSchema =
      unsafe statement.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA
    let objects = unsafe nodes(statement.n_objects, statement.objects).map {
      unsafe objectReference(allInSchema ? .schema : kind, $0)
    }
    return unsafe .grant(
      Grant(
        isGrant: statement.is_grant != 0, kind: kind, objects: objects, allInSchema: allInSchema,
        privileges: privileges(statement.n_privileges, statement.privileges),
        hasGrantOption: statement.grant_option != 0,
        grantees: roleNames(statement.n_grantees, statement.grantees),
        cascade: isCascade(statement.behavior)))
  }

  func defaultPrivileges(
    _ pointer: UnsafeMutablePointer<PgQuery__AlterDefaultPrivilegesStmt>?
  ) -> Statement? {
    guard let statement = unsafe pointer?.pointee,
      case .grant(let grant) = unsafe self.grant(statement.action)
    else { return nil }
    var result = DefaultPrivileges(grant: grant)
    for element in unsafe definitionElements(statement.n_options, statement.options) {
      let values = unsafe elements(element.argument)
      switch element.name {
      case "schemas": result.schemas = unsafe strings(values)
      case "roles":
        result.roles = unsafe values.map { node in
          unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ROLE_SPEC
            ? roleName(node.pointee.role_spec) : misunderstood("")
        }
      default: return misunderstood(nil)
      }
    }
    return .defaultPrivileges(result)
  }

  private func privileges(_ count: Int, _ list: CNodeList?) -> [String] {
    unsafe nodes(count, list).flatMap { node -> [String] in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_ACCESS_PRIV,
        let privilege = unsafe node.pointee.access_priv
      else { return misunderstood([]) }
      let name = unsafe optionalText(privilege.pointee.priv_name) ?? "all"
      let columns = unsafe strings(privilege.pointee.n_cols, privilege.pointee.cols)
      return columns.isEmpty ? [name] : columns.map { "\(name) (\($0))" }
    }
  }

  func createSchema(_ pointer: UnsafeMutablePointer<PgQuery__CreateSchemaStmt>?) -> CreateSchema {
    guard let statement = unsafe pointer?.pointee else { return misunderstood(CreateSchema()) }
    return unsafe CreateSchema(
      name: optionalText(statement.schemaname),
      owner: statement.authrole.map { unsafe roleName($0) },
      ifNotExists: statement.if_not_exists != 0,
      elements: nodes(statement.n_schema_elts, statement.schema_elts).map {
        unsafe self.statement($0)
      })
  }

  func createExtension(
    _ pointer: UnsafeMutablePointer<PgQuery__CreateExtensionStmt>?
  ) -> CreateExtension {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateExtension(name: ""))
    }
    var result = unsafe CreateExtension(
      name: text(statement.extname), ifNotExists: statement.if_not_exists != 0)
    for element in unsafe definitionElements(statement.n_options, statement.options) {
      switch element.name {
      case "schema": result.schema = unsafe optionText(element.argument)
      case "new_version": result.version = unsafe optionText(element.argument)
      case "cascade": result.cascade = unsafe isOn(element.argument)
      default: return misunderstood(result)
      }
    }
    return result
  }

  func updateExtension(
    _ pointer: UnsafeMutablePointer<PgQuery__AlterExtensionStmt>?
  ) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    let version = unsafe definitionElements(statement.n_options, statement.options).first
    return unsafe .updateExtension(
      name: text(statement.extname), version: optionText(version?.argument))
  }

  func createPolicy(_ pointer: UnsafeMutablePointer<PgQuery__CreatePolicyStmt>?) -> Policy {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Policy(name: "", table: QualifiedName("")))
    }
    let policy = unsafe Policy(
      name: text(statement.policy_name), table: qualifiedName(statement.table),
      command: text(statement.cmd_name), isPermissive: statement.permissive != 0,
      roles: roleNames(statement.n_roles, statement.roles),
      using: optionalCondition(statement.qual, in: .policy),
      check: optionalCondition(statement.with_check, in: .policy))
    refuseExpressions(of: policy)
    return policy
  }

  func alterPolicy(_ pointer: UnsafeMutablePointer<PgQuery__AlterPolicyStmt>?) -> Policy {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Policy(name: "", table: QualifiedName("")))
    }
    return unsafe Policy(
      name: text(statement.policy_name), table: qualifiedName(statement.table),
      roles: roleNames(statement.n_roles, statement.roles),
      using: optionalCondition(statement.qual, in: .policy),
      check: optionalCondition(statement.with_check, in: .policy))
  }
}
