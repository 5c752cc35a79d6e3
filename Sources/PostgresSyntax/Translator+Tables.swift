// CREATE TABLE and its parts.

internal import CPGQuery

extension Translator {
  func createTable(_ statement: UnsafeMutablePointer<PgQuery__CreateStmt>?) -> CreateTable {
    guard let pointer = unsafe statement else {
      return misunderstood(CreateTable(name: QualifiedName("")))
    }
    let statement = unsafe pointer.pointee
    var table = unsafe CreateTable(name: qualifiedName(statement.relation))
    table.persistence = unsafe persistence(statement.relation)
    table.ifNotExists = unsafe statement.if_not_exists != 0
    table.elements =
      unsafe (nodes(statement.n_table_elts, statement.table_elts)
      + nodes(statement.n_constraints, statement.constraints)).map { unsafe tableElement($0) }
    let parents = unsafe relationNames(statement.n_inh_relations, statement.inh_relations)
    if let bound = unsafe statement.partbound {
      guard let parent = parents.first else { return misunderstood(table) }
      table.partitionOf = unsafe .init(parent: parent, bound: partitionBound(bound))
    } else {
      table.inherits = parents
    }
    table.partitionBy = unsafe partitionKey(statement.partspec)
    table.ofType = unsafe statement.of_typename.map { unsafe typeName($0).qualifiedName }
    table.options = unsafe options(statement.n_options, statement.options)
    table.tablespace = unsafe optionalText(statement.tablespacename)
    table.accessMethod = unsafe optionalText(statement.access_method)
    table.onCommit = unsafe onCommit(statement.oncommit)
    return table
  }

  func onCommit(_ action: PgQuery__OnCommitAction) -> CreateTable.OnCommit? {
    switch action {
    case PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_PRESERVE_ROWS: .preserveRows
    case PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DELETE_ROWS: .deleteRows
    case PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP: .drop
    default: nil
    }
  }

  func createForeignTable(
    _ statement: UnsafeMutablePointer<PgQuery__CreateForeignTableStmt>?
  ) -> CreateTable {
    var table = unsafe createTable(statement?.pointee.base_stmt)
    table.server = unsafe optionalText(statement?.pointee.servername)
    return table
  }

  private func tableElement(_ node: CNode) -> CreateTable.Element {
    switch unsafe node.pointee.node_case {
    case PG_QUERY__NODE__NODE_COLUMN_DEF:
      return unsafe .column(columnDefinition(node.pointee.column_def))
    case PG_QUERY__NODE__NODE_CONSTRAINT:
      guard let constraint = unsafe tableConstraint(node) else {
        return misunderstood(.like(TableLike(table: QualifiedName(""), including: [])))
      }
      return .constraint(constraint)
    case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE:
      guard let clause = unsafe node.pointee.table_like_clause else { fallthrough }
      return unsafe .like(
        TableLike(
          table: qualifiedName(clause.pointee.relation),
          including: tableLikeParts(clause.pointee.options)))
    default:
      return misunderstood(.like(TableLike(table: QualifiedName(""), including: [])))
    }
  }

  /// The bits of `TableLikeOption` in parsenodes.h.
  private func tableLikeParts(_ options: UInt32) -> Set<TableLike.Part> {
    let bits: [(UInt32, TableLike.Part)] = [
      (1, .comments), (2, .compression), (4, .constraints), (8, .defaults), (16, .generated),
      (32, .identity), (64, .indexes), (128, .statistics), (256, .storage),
    ]
    return Set(bits.filter { options & $0.0 != 0 }.map { $0.1 })
  }

  private func partitionKey(
    _ specification: UnsafeMutablePointer<PgQuery__PartitionSpec>?
  ) -> PartitionKey? {
    guard let specification = unsafe specification else { return nil }
    let elements = unsafe nodes(
      specification.pointee.n_part_params, specification.pointee.part_params)
    return unsafe PartitionKey(
      strategy: text(specification.pointee.strategy).lowercased(),
      elements: elements.map { unsafe partitionElement($0) })
  }

  private func partitionElement(_ node: CNode) -> IndexElement {
    guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_PARTITION_ELEM,
      let pointer = unsafe node.pointee.partition_elem
    else { return misunderstood(IndexElement(key: .column(""))) }
    let element = unsafe pointer.pointee
    return unsafe IndexElement(
      key: elementKey(name: element.name, expression: element.expr, in: .partitionKey),
      operatorClass: optionalName(element.n_opclass, element.opclass),
      collation: optionalName(element.n_collation, element.collation))
  }

  func partitionBound(
    _ bound: UnsafeMutablePointer<PgQuery__PartitionBoundSpec>?
  ) -> PartitionBound {
    guard let bound = unsafe bound?.pointee else {
      return misunderstood(PartitionBound(isDefault: false, text: ""))
    }
    if unsafe bound.is_default != 0 { return PartitionBound(isDefault: true, text: "DEFAULT") }
    switch unsafe text(bound.strategy) {
    case "h":
      return PartitionBound(
        isDefault: false,
        text: unsafe "WITH (MODULUS \(bound.modulus), REMAINDER \(bound.remainder))")
    case "l":
      let values = unsafe datums(bound.n_listdatums, bound.listdatums)
      let literals = unsafe nodes(bound.n_listdatums, bound.listdatums).map { unsafe constant($0) }
      let known = literals.compactMap { $0 }
      return PartitionBound(
        isDefault: false, text: "IN (\(values))",
        values: known.count == literals.count ? .list(known) : nil)
    default:
      let lower = unsafe datums(bound.n_lowerdatums, bound.lowerdatums)
      let upper = unsafe datums(bound.n_upperdatums, bound.upperdatums)
      var partition = PartitionBound(isDefault: false, text: "FROM (\(lower)) TO (\(upper))")
      if let from = unsafe edge(bound.n_lowerdatums, bound.lowerdatums, open: "minvalue"),
        let to = unsafe edge(bound.n_upperdatums, bound.upperdatums, open: "maxvalue")
      {
        partition.values = .range(lower: from, upper: to)
      }
      return partition
    }
  }

  /// MINVALUE and MAXVALUE are column references at this stage.
  private func datums(_ count: Int, _ list: CNodeList?) -> String {
    unsafe nodes(count, list).map { unsafe expressionText($0) }.joined(separator: ", ")
  }

  /// Nil for more than one, and for what is no literal.
  private func edge(
    _ count: Int, _ list: CNodeList?, open word: String
  ) -> PartitionBound.Edge? {
    guard count == 1, let node = unsafe nodes(count, list).first else { return nil }
    if let constant = unsafe constant(node) { return constant == .null ? nil : .value(constant) }
    let reference = unsafe columnReference(node)
    return reference == ColumnReference(column: word) ? .open : nil
  }

  func elementKey(
    name: UnsafeMutablePointer<CChar>?, expression node: CNode?, in place: ExpressionPlace
  ) -> IndexElement.Key {
    if let name = unsafe optionalText(name) { return .column(name) }
    return unsafe .expression(expression(node, in: place))
  }

  /// Nil for an empty list.
  func optionalName(_ count: Int, _ list: CNodeList?) -> QualifiedName? {
    count == 0 ? nil : unsafe qualifiedName(count, list)
  }
}
