// Walks over all of a statement's tree and collects the names that PostgreSQL has to find.

internal import CPGQuery

/// Collects what one statement uses by name. Names that it makes or removes are none of these, but the
/// schemas of new ones are.
final class NameCollector {
  private(set) var used = UsedNames()
  /// The bodies of functions in SQL.
  private(set) var bodies: [String] = []
  /// The bodies of DO blocks in PL/pgSQL.
  private(set) var blocks: [String] = []
  private var names = UniqueList<UsedName>()
  private let translator = Translator()
  /// That of the index that is made at the current place.
  private var method = "btree"

  /// After the walk.
  var result: UsedNames {
    var result = used
    result.names = names.values
    return result
  }

  private func use(_ kind: UsedName.Kind, _ name: QualifiedName, method: String? = nil) {
    guard !name.name.isEmpty, name.schema != "pg_catalog" else { return }
    names.append(UsedName(kind, name, method: method))
  }

  private func use(_ kind: UsedName.Kind, named text: UnsafeMutablePointer<CChar>?) {
    if let text = unsafe optionalText(text) { use(kind, QualifiedName(text)) }
  }

  private func use(_ kind: UsedName.Kind, _ parts: [CNode], method: String? = nil) {
    let parts = unsafe parts.compactMap { unsafe stringValue($0) }
    guard let name = parts.last else { return }
    use(kind, QualifiedName(schema: parts.dropLast().last, name), method: method)
  }

  /// A new object needs its schema.
  private func useSchema(of relation: UnsafeMutablePointer<PgQuery__RangeVar>?) {
    guard let schema = unsafe optionalText(relation?.pointee.schemaname), !schema.hasPrefix("pg_")
    else { return }
    use(.schema, QualifiedName(schema))
  }

  private func useSchema(of parts: [CNode]) {
    let parts = unsafe parts.compactMap { unsafe stringValue($0) }
    if let schema = parts.dropLast().last { use(.schema, QualifiedName(schema)) }
  }

  private func useRelation(_ relation: UnsafeMutablePointer<PgQuery__RangeVar>?) {
    guard let relation = unsafe relation else { return }
    use(.relation, unsafe translator.qualifiedName(relation))
  }

  // MARK: - Walk

  func collect(_ node: CNode?) {
    guard let node = unsafe node, let message = unsafe node.pointee.range_var else { return }
    unsafe collect(UnsafeRawPointer(message), node.pointee.node_case)
  }

  private func collect(_ nodes: [CNode]) { unsafe each(nodes) { unsafe collect($0) } }

  /// - Parameter except: the messages that are taken up already.
  private func collectChildren(_ message: UnsafeRawPointer, except: UnsafeRawPointer?...) {
    guard let shape = unsafe MessageShape.of(message) else { return }
    for child in shape.children {
      unsafe each(child.values(in: message)) { value in
        guard unsafe !except.contains(value), let shape = unsafe MessageShape.of(value) else {
          return
        }
        if shape.isNode {
          unsafe collect(CNode(mutating: value.assumingMemoryBound(to: PgQuery__Node.self)))
        } else if let nodeCase = shape.nodeCase {
          unsafe collect(value, PgQuery__Node__NodeCase(rawValue: nodeCase))
        }
      }
    }
  }

  private func collect(_ message: UnsafeRawPointer, _ nodeCase: PgQuery__Node__NodeCase) {
    switch nodeCase {
    // What they name is what they are about, or no name of an object.
    case PG_QUERY__NODE__NODE_DROP_STMT, PG_QUERY__NODE__NODE_COMMENT_STMT,
      PG_QUERY__NODE__NODE_RENAME_STMT, PG_QUERY__NODE__NODE_ALTER_OWNER_STMT,
      PG_QUERY__NODE__NODE_GRANT_STMT, PG_QUERY__NODE__NODE_SEC_LABEL_STMT,
      PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT, PG_QUERY__NODE__NODE_ALTER_ENUM_STMT,
      PG_QUERY__NODE__NODE_DEFINE_STMT, PG_QUERY__NODE__NODE_VARIABLE_SET_STMT,
      PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT,
      PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT, PG_QUERY__NODE__NODE_CREATE_RANGE_STMT,
      PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT, PG_QUERY__NODE__NODE_ALIAS,
      PG_QUERY__NODE__NODE_A_CONST:
      break
    case PG_QUERY__NODE__NODE_SELECT_STMT, PG_QUERY__NODE__NODE_INSERT_STMT,
      PG_QUERY__NODE__NODE_UPDATE_STMT, PG_QUERY__NODE__NODE_DELETE_STMT,
      PG_QUERY__NODE__NODE_MERGE_STMT:
      unsafe collectQuery(message, nodeCase)
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      let relation = unsafe message.assumingMemoryBound(to: PgQuery__RangeVar.self)
      let name = unsafe translator.qualifiedName(UnsafeMutablePointer(mutating: relation))
      if name.schema != nil || !translator.visibleQueries.contains(name.name) {
        use(.relation, name)
      }
    default:
      if unsafe !collectExpression(message, nodeCase), unsafe !collectNew(message, nodeCase) {
        unsafe collectPart(message, nodeCase)
      }
    }
  }

  /// A query with the names of WITH, which are none of relations in it.
  private func collectQuery(_ message: UnsafeRawPointer, _ nodeCase: PgQuery__Node__NodeCase) {
    let clause: UnsafeMutablePointer<PgQuery__WithClause>?
    var target: UnsafeMutablePointer<PgQuery__RangeVar>?
    switch nodeCase {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__InsertStmt.self).pointee
      unsafe (clause, target) = unsafe (statement.with_clause, statement.relation)
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__UpdateStmt.self).pointee
      unsafe (clause, target) = unsafe (statement.with_clause, statement.relation)
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__DeleteStmt.self).pointee
      unsafe (clause, target) = unsafe (statement.with_clause, statement.relation)
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__MergeStmt.self).pointee
      unsafe (clause, target) = unsafe (statement.with_clause, statement.relation)
    default:
      unsafe clause =
        message.assumingMemoryBound(to: PgQuery__SelectStmt.self).pointee.with_clause
    }
    let outer = translator.visibleQueries.count
    defer { translator.visibleQueries.removeSubrange(outer...) }
    if let clause = unsafe clause?.pointee {
      let queries = unsafe nodes(clause.n_ctes, clause.ctes).compactMap { node in
        unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR
          ? node.pointee.common_table_expr : nil
      }
      let isRecursive = unsafe clause.recursive != 0
      if isRecursive {
        translator.visibleQueries += unsafe queries.map { unsafe text($0.pointee.ctename) }
      }
      unsafe each(queries) { query in
        unsafe collect(query.pointee.ctequery)
        if !isRecursive { translator.visibleQueries.append(unsafe text(query.pointee.ctename)) }
      }
    }
    unsafe useRelation(target)
    unsafe collectChildren(
      message, except: UnsafeRawPointer(clause), UnsafeRawPointer(target))
  }

  // MARK: - Expressions

  private func collectExpression(
    _ message: UnsafeRawPointer, _ nodeCase: PgQuery__Node__NodeCase
  ) -> Bool {
    switch nodeCase {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      let reference = unsafe message.assumingMemoryBound(to: PgQuery__ColumnRef.self).pointee
      if let name = unsafe stringValue(nodes(reference.n_fields, reference.fields).last) {
        used.columns.insert(name)
      } else {
        used.takesAllColumns = true
      }
      return true
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      let pointer = unsafe message.assumingMemoryBound(to: PgQuery__FuncCall.self)
      let call = unsafe translator.functionCall(UnsafeMutablePointer(mutating: pointer))
      use(.function, call.name)
      useLiteral(of: call)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      let cast = unsafe message.assumingMemoryBound(to: PgQuery__TypeCast.self).pointee
      if let argument = unsafe cast.arg,
        unsafe argument.pointee.node_case == PG_QUERY__NODE__NODE_A_CONST,
        case .string(let text)? = unsafe translator.constant(argument)
      {
        useLiteral(text, as: unsafe translator.typeName(cast.type_name))
      }
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      unsafe useType(message.assumingMemoryBound(to: PgQuery__TypeName.self))
      return true
    case PG_QUERY__NODE__NODE_A_EXPR:
      let expression = unsafe message.assumingMemoryBound(to: PgQuery__AExpr.self).pointee
      unsafe useOperator(nodes(expression.n_name, expression.name))
    case PG_QUERY__NODE__NODE_SUB_LINK:
      let link = unsafe message.assumingMemoryBound(to: PgQuery__SubLink.self).pointee
      unsafe useOperator(nodes(link.n_oper_name, link.oper_name))
    case PG_QUERY__NODE__NODE_SORT_BY:
      let sort = unsafe message.assumingMemoryBound(to: PgQuery__SortBy.self).pointee
      unsafe useOperator(nodes(sort.n_use_op, sort.use_op))
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      let clause = unsafe message.assumingMemoryBound(to: PgQuery__CollateClause.self).pointee
      unsafe use(.collation, nodes(clause.n_collname, clause.collname))
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      let join = unsafe message.assumingMemoryBound(to: PgQuery__JoinExpr.self).pointee
      if unsafe join.is_natural != 0 { used.takesAllColumns = true }
      for name in unsafe translator.strings(join.n_using_clause, join.using_clause) {
        used.columns.insert(name)
      }
    default: return false
    }
    unsafe collectChildren(message)
    return true
  }

  /// BETWEEN and its like are no operators.
  private func useOperator(_ parts: [CNode]) {
    let isWord = unsafe stringValue(parts.last)?.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? true
    if !isWord { unsafe use(.operator, parts) }
  }

  private func useType(_ pointer: UnsafePointer<PgQuery__TypeName>) {
    let type = unsafe pointer.pointee
    unsafe collect(nodes(type.n_typmods, type.typmods))
    let parts = unsafe nodes(type.n_names, type.names).compactMap { unsafe stringValue($0) }
    if unsafe type.pct_type != 0 {
      guard parts.count > 1 else { return }
      return use(.relation, QualifiedName(schema: parts.dropLast(2).last, parts[parts.count - 2]))
    }
    let name = unsafe translator.typeName(UnsafeMutablePointer(mutating: pointer)).qualifiedName
    if name.schema == nil, serialTypes.contains(name.name) { return }
    use(.type, name)
  }

  /// Names of objects in strings, which are looked up when the statement is read or run.
  private func useLiteral(of call: FunctionCall) {
    guard call.name.schema == nil, case .string(let text)?? = call.arguments.first else { return }
    if sequenceFunctions.contains(call.name.name) {
      useLiteral(text, as: .builtin("regclass"))
    } else if call.arguments.count > 1, searchFunctions.contains(call.name.name) {
      useLiteral(text, as: .builtin("regconfig"))
    } else if call.name.name == "ts_lexize" {
      useLiteral(text, as: .builtin("regdictionary"))
    }
  }

  private func useLiteral(_ text: String, as type: TypeName) {
    let kind: UsedName.Kind
    switch type.name {
    case "regclass": kind = .relation
    case "regconfig": kind = .textSearchConfiguration
    case "regdictionary": kind = .textSearchDictionary
    case "regproc": kind = .function
    case "regnamespace": kind = .schema
    case "regcollation": kind = .collation
    default: return
    }
    // A number is that of the object.
    guard type.isBuiltin, !type.isArray, text.utf8.contains(where: { !(0x30...0x39 ~= $0) }),
      let name = parseQualifiedName(text)
    else { return }
    use(kind, name)
  }

  // MARK: - New objects

  private func collectNew(
    _ message: UnsafeRawPointer, _ nodeCase: PgQuery__Node__NodeCase
  ) -> Bool {
    var new: UnsafeMutablePointer<PgQuery__RangeVar>?
    switch nodeCase {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__CreateStmt.self).pointee
      unsafe new = statement.relation
      unsafe use(.tablespace, named: statement.tablespacename)
      unsafe use(.accessMethod, named: statement.access_method)
    case PG_QUERY__NODE__NODE_INTO_CLAUSE:
      let clause = unsafe message.assumingMemoryBound(to: PgQuery__IntoClause.self).pointee
      unsafe new = clause.rel
      unsafe use(.tablespace, named: clause.table_space_name)
      unsafe use(.accessMethod, named: clause.access_method)
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      unsafe new = message.assumingMemoryBound(to: PgQuery__ViewStmt.self).pointee.view
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      unsafe new = message.assumingMemoryBound(to: PgQuery__CreateSeqStmt.self).pointee.sequence
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      unsafe new = message.assumingMemoryBound(to: PgQuery__CompositeTypeStmt.self).pointee.typevar
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      let domain = unsafe message.assumingMemoryBound(to: PgQuery__CreateDomainStmt.self).pointee
      unsafe useSchema(of: nodes(domain.n_domainname, domain.domainname))
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      let type = unsafe message.assumingMemoryBound(to: PgQuery__CreateEnumStmt.self).pointee
      unsafe useSchema(of: nodes(type.n_type_name, type.type_name))
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
      let statistics = unsafe message.assumingMemoryBound(to: PgQuery__CreateStatsStmt.self).pointee
      unsafe useSchema(of: nodes(statistics.n_defnames, statistics.defnames))
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
      unsafe collectRoutine(
        message.assumingMemoryBound(to: PgQuery__CreateFunctionStmt.self).pointee)
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      let made = unsafe message.assumingMemoryBound(to: PgQuery__CreateExtensionStmt.self).pointee
      if let schema = unsafe option("schema", nodes(made.n_options, made.options)) {
        unsafe use(.schema, QualifiedName(stringValue(schema) ?? ""))
      }
      return true
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      let table = unsafe message.assumingMemoryBound(to: PgQuery__CreateForeignTableStmt.self)
      unsafe use(.server, named: table.pointee.servername)
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      let move = unsafe message.assumingMemoryBound(to: PgQuery__AlterObjectSchemaStmt.self)
      unsafe use(.schema, named: move.pointee.newschema)
      return true
    default: return false
    }
    unsafe useSchema(of: new)
    unsafe collectChildren(message, except: UnsafeRawPointer(new))
    return true
  }

  private func option(_ name: String, _ options: [CNode]) -> CNode? {
    unsafe options.first { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_DEF_ELEM
        && text(node.pointee.def_elem?.pointee.defname) == name
    }?.pointee.def_elem?.pointee.arg
  }

  private func collectRoutine(_ routine: PgQuery__CreateFunctionStmt) {
    unsafe useSchema(of: nodes(routine.n_funcname, routine.funcname))
    let options = unsafe nodes(routine.n_options, routine.options)
    let language = unsafe stringValue(option("language", options)) ?? "sql"
    use(.language, QualifiedName(language))
    if language == "sql", let body = unsafe stringValue(elements(option("as", options)).first) {
      bodies.append(body)
    }
  }

  // MARK: - Parts

  private func collectPart(_ message: UnsafeRawPointer, _ nodeCase: PgQuery__Node__NodeCase) {
    let outer = method
    defer { method = outer }
    switch nodeCase {
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      let index = unsafe message.assumingMemoryBound(to: PgQuery__IndexStmt.self).pointee
      unsafe use(.tablespace, named: index.table_space)
      unsafe begin(index.access_method)
    case PG_QUERY__NODE__NODE_CONSTRAINT:
      unsafe collectConstraint(message.assumingMemoryBound(to: PgQuery__Constraint.self).pointee)
    case PG_QUERY__NODE__NODE_PARTITION_SPEC:
      let key = unsafe message.assumingMemoryBound(to: PgQuery__PartitionSpec.self).pointee
      method = unsafe text(key.strategy).lowercased() == "hash" ? "hash" : "btree"
    case PG_QUERY__NODE__NODE_INDEX_ELEM:
      let element = unsafe message.assumingMemoryBound(to: PgQuery__IndexElem.self).pointee
      unsafe use(.operatorClass, nodes(element.n_opclass, element.opclass), method: method)
      unsafe use(.collation, nodes(element.n_collation, element.collation))
    case PG_QUERY__NODE__NODE_PARTITION_ELEM:
      let element = unsafe message.assumingMemoryBound(to: PgQuery__PartitionElem.self).pointee
      unsafe use(.operatorClass, nodes(element.n_opclass, element.opclass), method: method)
      unsafe use(.collation, nodes(element.n_collation, element.collation))
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      let trigger = unsafe message.assumingMemoryBound(to: PgQuery__CreateTrigStmt.self).pointee
      unsafe use(.function, nodes(trigger.n_funcname, trigger.funcname))
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
      let trigger = unsafe message.assumingMemoryBound(to: PgQuery__CreateEventTrigStmt.self)
        .pointee
      unsafe use(.function, nodes(trigger.n_funcname, trigger.funcname))
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__AlterTableStmt.self).pointee
      guard unsafe statement.missing_ok != 0 else { break }
      return unsafe collectChildren(message, except: UnsafeRawPointer(statement.relation))
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
      let statement = unsafe message.assumingMemoryBound(to: PgQuery__AlterSeqStmt.self).pointee
      guard unsafe statement.missing_ok != 0 else { break }
      return unsafe collectChildren(message, except: UnsafeRawPointer(statement.sequence))
    case PG_QUERY__NODE__NODE_ALTER_TABLE_CMD:
      let command = unsafe message.assumingMemoryBound(to: PgQuery__AlterTableCmd.self).pointee
      switch unsafe command.subtype {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        unsafe use(.tablespace, named: command.name)
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        unsafe use(.accessMethod, named: command.name)
      default: break
      }
    case PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC:
      let part = unsafe message.assumingMemoryBound(to: PgQuery__PublicationObjSpec.self).pointee
      if unsafe part.pubobjtype
        == PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_SCHEMA
      {
        unsafe use(.schema, named: part.name)
      }
    case PG_QUERY__NODE__NODE_DEF_ELEM:
      // The grammar takes words of options for types.
      let option = unsafe message.assumingMemoryBound(to: PgQuery__DefElem.self).pointee
      if unsafe option.arg?.pointee.node_case == PG_QUERY__NODE__NODE_TYPE_NAME { return }
    case PG_QUERY__NODE__NODE_DO_STMT:
      let block = unsafe message.assumingMemoryBound(to: PgQuery__DoStmt.self).pointee
      let options = unsafe nodes(block.n_args, block.args)
      guard unsafe stringValue(option("language", options)) ?? "plpgsql" == "plpgsql",
        let body = unsafe stringValue(option("as", options))
      else { return }
      blocks.append(body)
      return
    default: break
    }
    unsafe collectChildren(message)
  }

  private func begin(_ accessMethod: UnsafeMutablePointer<CChar>?) {
    guard let name = unsafe optionalText(accessMethod) else { return }
    method = name
    use(.accessMethod, QualifiedName(name))
  }

  private func collectConstraint(_ constraint: PgQuery__Constraint) {
    unsafe use(.tablespace, named: constraint.indexspace)
    guard unsafe constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION else { return }
    unsafe begin(constraint.access_method)
    unsafe each(nodes(constraint.n_exclusions, constraint.exclusions)) { pair in
      let pair = unsafe elements(pair)
      if unsafe pair.count == 2 { unsafe useOperator(elements(pair[1])) }
    }
  }
}

private let serialTypes: Set<String> = [
  "serial", "bigserial", "smallserial", "serial2", "serial4", "serial8",
]

private let sequenceFunctions: Set<String> = [
  "nextval", "currval", "setval", "pg_get_serial_sequence",
]

/// Those whose first argument of several is a text search configuration.
private let searchFunctions: Set<String> = [
  "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery",
  "ts_headline", "json_to_tsvector", "jsonb_to_tsvector",
]
