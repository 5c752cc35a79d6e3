// Column definitions and constraints.

internal import CPGQuery

extension Translator {
  func columnDefinition(_ pointer: UnsafeMutablePointer<PgQuery__ColumnDef>?) -> ColumnDefinition {
    guard let pointer = unsafe pointer else { return misunderstood(ColumnDefinition(name: "")) }
    let definition = unsafe pointer.pointee
    var column = unsafe ColumnDefinition(name: text(definition.colname))
    if let type = unsafe definition.type_name {
      (column.type, column.isSerial) = unsafe columnType(typeName(type))
    }
    column.collation = unsafe collation(definition.coll_clause)
    column.storage = unsafe optionalText(definition.storage)
    column.compression = unsafe optionalText(definition.compression)
    column.isNotNull = unsafe definition.is_not_null != 0
    column.default = unsafe optionalExpression(definition.raw_default)
    let clauses = unsafe nodes(definition.n_constraints, definition.constraints)
    unsafe each(clauses) { node in unsafe read(node, into: &column) }
    unsafe refuseClauses(clauses, of: column)
    return column
  }

  /// `serial` and its like are no types but notations (manual 8.1.4).
  private func columnType(_ type: TypeName) -> (TypeName, isSerial: Bool) {
    guard type.schema == nil, !type.isArray, type.modifiers.isEmpty else { return (type, false) }
    return switch type.name {
    case "smallserial", "serial2": (.builtin("int2"), true)
    case "serial", "serial4": (.builtin("int4"), true)
    case "bigserial", "serial8": (.builtin("int8"), true)
    default: (type, false)
    }
  }

  func collation(_ clause: UnsafeMutablePointer<PgQuery__CollateClause>?) -> QualifiedName? {
    unsafe clause.map { unsafe qualifiedName($0.pointee.n_collname, $0.pointee.collname) }
  }

  /// One of the constraints and other clauses behind a column's type.
  private func read(_ node: CNode, into column: inout ColumnDefinition) {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
      let clause = unsafe node.pointee.constraint
    else { return misunderstood(()) }
    switch unsafe clause.pointee.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: break
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: column.isNotNull = true
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      column.default = unsafe expression(clause.pointee.raw_expr, in: .default)
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
      column.generated = unsafe expression(clause.pointee.raw_expr, in: .generated)
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: column.identity = unsafe identity(clause)
    default: unsafe readConstraint(node, clause, into: &column)
    }
  }

  private func readConstraint(
    _ node: CNode, _ clause: UnsafeMutablePointer<PgQuery__Constraint>,
    into column: inout ColumnDefinition
  ) {
    if var constraint = unsafe tableConstraint(node) {
      constraint.setColumns([column.name])
      column.constraints.append(constraint)
      return
    }
    // DEFERRABLE and its like stand in the list behind the constraint that they belong to.
    let last = column.constraints.count - 1
    guard last >= 0 else { return misunderstood(()) }
    switch unsafe clause.pointee.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
      column.constraints[last].isDeferrable = true
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
      column.constraints[last].isDeferrable = true
      column.constraints[last].isInitiallyDeferred = true
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE,
      PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
      break
    default: misunderstood(())
    }
  }

  func identity(_ clause: UnsafeMutablePointer<PgQuery__Constraint>) -> Identity {
    unsafe Identity(
      isAlways: text(clause.pointee.generated_when) == "a",
      options: sequenceOptions(nodes(clause.pointee.n_options, clause.pointee.options)))
  }

  /// A constraint of a table, column or domain; nil for another clause.
  func tableConstraint(_ node: CNode) -> TableConstraint? {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_CONSTRAINT,
      let clause = unsafe node.pointee.constraint,
      let kind = unsafe constraintKind(clause.pointee)
    else { return nil }
    return unsafe TableConstraint(
      name: optionalText(clause.pointee.conname), kind: kind,
      isDeferrable: clause.pointee.deferrable != 0,
      isInitiallyDeferred: clause.pointee.initdeferred != 0,
      isNotValid: clause.pointee.skip_validation != 0)
  }

  private func constraintKind(_ clause: PgQuery__Constraint) -> TableConstraint.Kind? {
    switch unsafe clause.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      unsafe .check(condition(clause.raw_expr, in: .check), noInherit: clause.is_no_inherit != 0)
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: unsafe .unique(keyConstraint(clause))
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY: unsafe .primaryKey(keyConstraint(clause))
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: unsafe .foreignKey(foreignKey(clause))
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: unsafe .exclusion(exclusion(clause))
    default: nil
    }
  }

  private func keyConstraint(_ clause: PgQuery__Constraint) -> KeyConstraint {
    unsafe refuseTwice(strings(clause.n_keys, clause.keys), in: "a key")
    return unsafe KeyConstraint(
      columns: strings(clause.n_keys, clause.keys),
      including: strings(clause.n_including, clause.including),
      nullsNotDistinct: clause.nulls_not_distinct != 0,
      usingIndex: optionalText(clause.indexname),
      options: options(clause.n_options, clause.options),
      tablespace: optionalText(clause.indexspace))
  }

  private func foreignKey(_ clause: PgQuery__Constraint) -> ForeignKey {
    unsafe ForeignKey(
      columns: strings(clause.n_fk_attrs, clause.fk_attrs),
      table: qualifiedName(clause.pktable),
      referencedColumns: strings(clause.n_pk_attrs, clause.pk_attrs),
      match: match(text(clause.fk_matchtype)), onDelete: action(text(clause.fk_del_action)),
      onUpdate: action(text(clause.fk_upd_action)),
      setColumns: strings(clause.n_fk_del_set_cols, clause.fk_del_set_cols))
  }

  /// The letters of `FKCONSTR_MATCH_…` in parsenodes.h.
  private func match(_ letter: String) -> ForeignKey.Match {
    switch letter {
    case "f": .full
    case "p": .partial
    case "s", "": .simple
    default: misunderstood(.simple)
    }
  }

  /// The letters of `FKCONSTR_ACTION_…` in parsenodes.h.
  private func action(_ letter: String) -> ForeignKey.Action {
    switch letter {
    case "a", "": .noAction
    case "r": .restrict
    case "c": .cascade
    case "n": .setNull
    case "d": .setDefault
    default: misunderstood(.noAction)
    }
  }

  private func exclusion(_ clause: PgQuery__Constraint) -> Exclusion {
    var exclusion = unsafe Exclusion(
      method: optionalText(clause.access_method) ?? "btree", elements: [], operators: [],
      including: strings(clause.n_including, clause.including),
      predicate: optionalCondition(clause.where_clause, in: .predicate),
      options: options(clause.n_options, clause.options),
      tablespace: optionalText(clause.indexspace))
    unsafe each(nodes(clause.n_exclusions, clause.exclusions)) { pair in
      let parts = unsafe elements(pair)
      guard unsafe parts.count == 2 else { return misunderstood(()) }
      exclusion.elements.append(unsafe indexElement(parts[0]))
      exclusion.operators.append(unsafe qualifiedName(strings(elements(parts[1]))))
    }
    return exclusion
  }
}

extension TableConstraint {
  /// Fills in the column of a constraint that is written at it.
  fileprivate mutating func setColumns(_ columns: [String]) {
    switch kind {
    case .unique(var key):
      key.columns = columns
      kind = .unique(key)
    case .primaryKey(var key):
      key.columns = columns
      kind = .primaryKey(key)
    case .foreignKey(var key):
      key.columns = columns
      kind = .foreignKey(key)
    case .check, .exclusion: break
    }
  }
}
