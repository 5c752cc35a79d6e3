// CREATE INDEX, CREATE STATISTICS and the elements of indexes.

internal import CPGQuery

extension Translator {
  func createIndex(_ pointer: UnsafeMutablePointer<PgQuery__IndexStmt>?) -> CreateIndex {
    guard let pointer = unsafe pointer else {
      return misunderstood(CreateIndex(table: QualifiedName(""), elements: []))
    }
    let statement = unsafe pointer.pointee
    var index = unsafe CreateIndex(
      name: optionalText(statement.idxname), table: qualifiedName(statement.relation),
      elements: nodes(statement.n_index_params, statement.index_params).map {
        unsafe indexElement($0)
      })
    index.isUnique = unsafe statement.unique != 0
    index.concurrently = unsafe statement.concurrent != 0
    index.ifNotExists = unsafe statement.if_not_exists != 0
    index.only = unsafe statement.relation?.pointee.inh == 0
    index.method = unsafe optionalText(statement.access_method) ?? "btree"
    index.including = unsafe nodes(
      statement.n_index_including_params, statement.index_including_params
    ).compactMap { node in
      if case .column(let name) = unsafe indexElement(node).key { name } else { misunderstood(nil) }
    }
    index.predicate = unsafe optionalCondition(statement.where_clause, in: .predicate)
    index.nullsNotDistinct = unsafe statement.nulls_not_distinct != 0
    index.options = unsafe options(statement.n_options, statement.options)
    index.tablespace = unsafe optionalText(statement.table_space)
    return index
  }

  func indexElement(_ node: CNode) -> IndexElement {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_INDEX_ELEM,
      let pointer = unsafe node.pointee.index_elem
    else { return misunderstood(IndexElement(key: .column(""))) }
    let element = unsafe pointer.pointee
    return unsafe IndexElement(
      key: elementKey(name: element.name, expression: element.expr, in: .index),
      operatorClass: optionalName(element.n_opclass, element.opclass),
      operatorClassOptions: options(element.n_opclassopts, element.opclassopts),
      collation: optionalName(element.n_collation, element.collation),
      isDescending: element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC,
      nullsFirst: nullsFirst(element.nulls_ordering),
      impliedName: element.expr.flatMap { unsafe impliedName($0, otherwise: "expr") })
  }

  private func nullsFirst(_ order: PgQuery__SortByNulls) -> Bool? {
    switch order {
    case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST: true
    case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST: false
    default: nil
    }
  }

  func createStatistics(
    _ pointer: UnsafeMutablePointer<PgQuery__CreateStatsStmt>?
  ) -> CreateStatistics {
    guard let pointer = unsafe pointer else { return misunderstood(CreateStatistics()) }
    let statement = unsafe pointer.pointee
    return unsafe CreateStatistics(
      name: optionalName(statement.n_defnames, statement.defnames),
      ifNotExists: statement.if_not_exists != 0,
      kinds: strings(statement.n_stat_types, statement.stat_types),
      elements: nodes(statement.n_exprs, statement.exprs).map { unsafe statisticsElement($0) },
      relations: relationNames(statement.n_relations, statement.relations))
  }

  func alterStatistics(_ pointer: UnsafeMutablePointer<PgQuery__AlterStatsStmt>?) -> Statement? {
    guard let statement = unsafe pointer?.pointee else { return nil }
    return unsafe .alterStatistics(qualifiedName(statement.n_defnames, statement.defnames))
  }

  private func statisticsElement(_ node: CNode) -> IndexElement {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_STATS_ELEM,
      let element = unsafe node.pointee.stats_elem
    else { return misunderstood(IndexElement(key: .column(""))) }
    return unsafe IndexElement(
      key: elementKey(
        name: element.pointee.name, expression: element.pointee.expr, in: .statistics))
  }
}
