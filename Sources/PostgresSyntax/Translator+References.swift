// How DROP, RENAME, COMMENT, GRANT and their like name an object of each kind.

internal import CPGQuery

extension Translator {
  func objectKind(_ type: PgQuery__ObjectType) -> ObjectKind {
    objectKinds[type.rawValue] ?? misunderstood(.other)
  }

  /// An object from the node that names it; its shape depends on the kind (`get_object_address` in
  /// objectaddress.c).
  func objectReference(_ kind: ObjectKind, _ node: CNode?) -> ObjectReference {
    guard let node = unsafe node else {
      return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
    }
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_STRING, PG_QUERY__NODE__NODE_INTEGER, PG_QUERY__NODE__NODE_FLOAT:
      return unsafe ObjectReference(
        kind: kind, name: QualifiedName(constant(node)?.plainText ?? ""))
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return unsafe ObjectReference(kind: kind, name: qualifiedName(node.pointee.range_var))
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return unsafe ObjectReference(
        kind: kind, name: typeName(node.pointee.type_name).qualifiedName)
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return unsafe routineReference(kind, node.pointee.object_with_args)
    case PG_QUERY__NODE__NODE_LIST: return unsafe listReference(kind, elements(node))
    default: return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
    }
  }

  private func listReference(_ kind: ObjectKind, _ parts: [CNode]) -> ObjectReference {
    switch kind {
    case .trigger, .policy, .rule, .tableConstraint, .column:
      let names = unsafe strings(parts)
      guard let name = names.last, names.count > 1 else {
        return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
      }
      return ObjectReference(
        kind: kind, name: QualifiedName(name), owner: qualifiedName(Array(names.dropLast())))
    case .domainConstraint:
      guard unsafe parts.count == 2, let name = unsafe stringValue(parts[1]) else {
        return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
      }
      return unsafe ObjectReference(
        kind: kind, name: QualifiedName(name), owner: objectReference(.domain, parts[0]).name)
    case .operatorClass, .operatorFamily:
      // The access method comes first.
      let names = unsafe strings(parts)
      return ObjectReference(
        kind: kind, name: qualifiedName(Array(names.dropFirst())),
        owner: names.first.map { QualifiedName($0) })
    case .cast:
      return unsafe castReference(
        parts.map { node in
          unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
            ? typeName(node.pointee.type_name) : misunderstood(TypeName(name: ""))
        })
    case .transform:
      let names = unsafe parts.map { unsafe objectReference(.type, $0).name.description }
      return ObjectReference(kind: kind, name: QualifiedName(names.joined(separator: " AS ")))
    default:
      return unsafe ObjectReference(kind: kind, name: qualifiedName(strings(parts)))
    }
  }

  func castReference(_ types: [TypeName]) -> ObjectReference {
    let name = types.map(\.description).joined(separator: " AS ")
    return ObjectReference(kind: .cast, name: QualifiedName(name), arguments: types)
  }

  func routineReference(
    _ kind: ObjectKind, _ routine: UnsafeMutablePointer<PgQuery__ObjectWithArgs>?
  ) -> ObjectReference {
    guard let routine = unsafe routine?.pointee else {
      return misunderstood(ObjectReference(kind: kind, name: QualifiedName("")))
    }
    let arguments = unsafe nodes(routine.n_objargs, routine.objargs).compactMap { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
        ? typeName(node.pointee.type_name) : nil
    }
    return unsafe ObjectReference(
      kind: kind, name: qualifiedName(routine.n_objname, routine.objname),
      arguments: routine.args_unspecified != 0 ? nil : arguments)
  }
}

private let objectKinds: [UInt32: ObjectKind] = [
  PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD.rawValue: .accessMethod,
  PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE.rawValue: .aggregate,
  PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE.rawValue: .attribute,
  PG_QUERY__OBJECT_TYPE__OBJECT_CAST.rawValue: .cast,
  PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN.rawValue: .column,
  PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION.rawValue: .collation,
  PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION.rawValue: .conversion,
  PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE.rawValue: .database,
  PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN.rawValue: .domain,
  PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT.rawValue: .domainConstraint,
  PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER.rawValue: .eventTrigger,
  PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION.rawValue: .extension,
  PG_QUERY__OBJECT_TYPE__OBJECT_FDW.rawValue: .foreignDataWrapper,
  PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER.rawValue: .foreignServer,
  PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE.rawValue: .foreignTable,
  PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION.rawValue: .function,
  PG_QUERY__OBJECT_TYPE__OBJECT_INDEX.rawValue: .index,
  PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE.rawValue: .language,
  PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT.rawValue: .largeObject,
  PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW.rawValue: .materializedView,
  PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS.rawValue: .operatorClass,
  PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR.rawValue: .operator,
  PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY.rawValue: .operatorFamily,
  PG_QUERY__OBJECT_TYPE__OBJECT_PARAMETER_ACL.rawValue: .parameter,
  PG_QUERY__OBJECT_TYPE__OBJECT_POLICY.rawValue: .policy,
  PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE.rawValue: .procedure,
  PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION.rawValue: .publication,
  PG_QUERY__OBJECT_TYPE__OBJECT_ROLE.rawValue: .role,
  PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE.rawValue: .routine,
  PG_QUERY__OBJECT_TYPE__OBJECT_RULE.rawValue: .rule,
  PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA.rawValue: .schema,
  PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE.rawValue: .sequence,
  PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION.rawValue: .subscription,
  PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT.rawValue: .statistics,
  PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT.rawValue: .tableConstraint,
  PG_QUERY__OBJECT_TYPE__OBJECT_TABLE.rawValue: .table,
  PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE.rawValue: .tablespace,
  PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM.rawValue: .transform,
  PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER.rawValue: .trigger,
  PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION.rawValue: .textSearchConfiguration,
  PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY.rawValue: .textSearchDictionary,
  PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER.rawValue: .textSearchParser,
  PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE.rawValue: .textSearchTemplate,
  PG_QUERY__OBJECT_TYPE__OBJECT_TYPE.rawValue: .type,
  PG_QUERY__OBJECT_TYPE__OBJECT_USER_MAPPING.rawValue: .userMapping,
  PG_QUERY__OBJECT_TYPE__OBJECT_VIEW.rawValue: .view,
]
