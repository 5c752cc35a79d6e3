// CREATE TYPE, ALTER TYPE, domains and sequences.

internal import CPGQuery

extension Translator {
  func createEnum(_ pointer: UnsafeMutablePointer<PgQuery__CreateEnumStmt>?) -> CreateType {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateType(name: QualifiedName(""), definition: .shell))
    }
    return unsafe CreateType(
      name: qualifiedName(statement.n_type_name, statement.type_name),
      definition: .enumeration(strings(statement.n_vals, statement.vals)))
  }

  func alterEnum(_ pointer: UnsafeMutablePointer<PgQuery__AlterEnumStmt>?) -> AlterEnum {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(
        AlterEnum(name: QualifiedName(""), change: .renameValue("", to: "")))
    }
    let name = unsafe qualifiedName(statement.n_type_name, statement.type_name)
    let newValue = unsafe text(statement.new_val)
    if let oldValue = unsafe optionalText(statement.old_val) {
      return AlterEnum(name: name, change: .renameValue(oldValue, to: newValue))
    }
    var position = AlterEnum.Position.last
    if let neighbor = unsafe optionalText(statement.new_val_neighbor) {
      position = unsafe statement.new_val_is_after != 0 ? .after(neighbor) : .before(neighbor)
    }
    let ifNotExists = unsafe statement.skip_if_new_val_exists != 0
    return AlterEnum(
      name: name, change: .addValue(newValue, ifNotExists: ifNotExists, position))
  }

  func createComposite(
    _ pointer: UnsafeMutablePointer<PgQuery__CompositeTypeStmt>?
  ) -> CreateType {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateType(name: QualifiedName(""), definition: .shell))
    }
    let columns = unsafe nodes(statement.n_coldeflist, statement.coldeflist).map { node in
      unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF
        ? columnDefinition(node.pointee.column_def) : misunderstood(ColumnDefinition(name: ""))
    }
    return CreateType(
      name: unsafe qualifiedName(statement.typevar), definition: .composite(columns))
  }

  func createRange(_ pointer: UnsafeMutablePointer<PgQuery__CreateRangeStmt>?) -> CreateType {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateType(name: QualifiedName(""), definition: .shell))
    }
    return unsafe CreateType(
      name: qualifiedName(statement.n_type_name, statement.type_name),
      definition: .range(options(statement.n_params, statement.params)))
  }

  /// CREATE TYPE of base types and shells, and CREATE of what has a definition of the same form.
  func define(_ node: CNode) -> Statement? {
    guard let statement = unsafe node.pointee.define_stmt?.pointee else { return nil }
    let kind = unsafe objectKind(statement.kind)
    guard kind == .type else { return unsafe defineObject(kind, statement) }
    let name = unsafe qualifiedName(statement.n_defnames, statement.defnames)
    let options = unsafe options(statement.n_definition, statement.definition)
    return .createType(
      CreateType(name: name, definition: options.isEmpty ? .shell : .base(options)))
  }

  func createDomain(_ pointer: UnsafeMutablePointer<PgQuery__CreateDomainStmt>?) -> CreateDomain {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateDomain(name: QualifiedName(""), type: TypeName(name: "")))
    }
    var domain = unsafe CreateDomain(
      name: qualifiedName(statement.n_domainname, statement.domainname),
      type: typeName(statement.type_name), collation: collation(statement.coll_clause))
    let clauses = unsafe nodes(statement.n_constraints, statement.constraints)
    unsafe each(clauses) { node in unsafe read(node, into: &domain) }
    unsafe refuseClauses(ofDomain: clauses)
    return domain
  }

  private func read(_ node: CNode, into domain: inout CreateDomain) {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
      let clause = unsafe node.pointee.constraint
    else { return misunderstood(()) }
    switch unsafe clause.pointee.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: break
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: domain.isNotNull = true
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      domain.default = unsafe expression(clause.pointee.raw_expr, in: .default)
    default:
      guard let constraint = unsafe tableConstraint(node) else { return misunderstood(()) }
      domain.constraints.append(constraint)
    }
  }

  func alterDomain(_ pointer: UnsafeMutablePointer<PgQuery__AlterDomainStmt>?) -> AlterDomain {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(AlterDomain(name: QualifiedName(""), command: .dropDefault))
    }
    return unsafe AlterDomain(
      name: qualifiedName(statement.n_type_name, statement.type_name),
      command: domainCommand(statement))
  }

  /// The letters of `AlterDomainStmt.subtype` in parsenodes.h.
  private func domainCommand(_ statement: PgQuery__AlterDomainStmt) -> AlterDomain.Command {
    let name = unsafe text(statement.name)
    switch unsafe text(statement.subtype) {
    case "T":
      guard let value = unsafe statement.def else { return .dropDefault }
      return unsafe .setDefault(expression(value, in: .default))
    case "N": return .dropNotNull
    case "O": return .setNotNull
    case "C":
      guard let node = unsafe statement.def, let constraint = unsafe tableConstraint(node) else {
        return misunderstood(.dropDefault)
      }
      if let clause = unsafe node.pointee.constraint { unsafe refuseForDomain(clause.pointee) }
      return .addConstraint(constraint)
    case "X":
      return unsafe .dropConstraint(
        name, ifExists: statement.missing_ok != 0, cascade: isCascade(statement.behavior))
    case "V": return .validateConstraint(name)
    default: return misunderstood(.dropDefault)
    }
  }

  func createSequence(
    _ pointer: UnsafeMutablePointer<PgQuery__CreateSeqStmt>?
  ) -> CreateSequence {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(CreateSequence(name: QualifiedName(""), options: SequenceOptions()))
    }
    return unsafe CreateSequence(
      name: qualifiedName(statement.sequence), persistence: persistence(statement.sequence),
      ifNotExists: statement.if_not_exists != 0,
      options: sequenceOptions(nodes(statement.n_options, statement.options)))
  }

  func alterSequence(_ pointer: UnsafeMutablePointer<PgQuery__AlterSeqStmt>?) -> AlterSequence {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(AlterSequence(name: QualifiedName(""), options: SequenceOptions()))
    }
    return unsafe AlterSequence(
      name: qualifiedName(statement.sequence), ifExists: statement.missing_ok != 0,
      options: sequenceOptions(nodes(statement.n_options, statement.options)))
  }
}
