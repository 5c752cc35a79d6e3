// CREATE PUBLICATION and ALTER PUBLICATION.

internal import CPGQuery

extension Translator {
  func createPublication(
    _ pointer: UnsafeMutablePointer<PgQuery__CreatePublicationStmt>?
  ) -> Publication {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Publication(name: "", change: .create))
    }
    var publication = unsafe Publication(name: text(statement.pubname), change: .create)
    publication.allTables = unsafe statement.for_all_tables != 0
    unsafe read(nodes(statement.n_pubobjects, statement.pubobjects), into: &publication)
    publication.publishesChanges = unsafe publishesChanges(statement.n_options, statement.options)
    publication.options = unsafe options(statement.n_options, statement.options)
    return publication
  }

  /// The value of `publish` names what is published (manual, CREATE PUBLICATION).
  private func publishesChanges(_ count: Int, _ list: CNodeList?) -> Bool? {
    let value = unsafe options(count, list).first { $0.name == "publish" }?.value
    return value.map { $0.contains("update") || $0.contains("delete") }
  }

  func alterPublication(
    _ pointer: UnsafeMutablePointer<PgQuery__AlterPublicationStmt>?
  ) -> Publication {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Publication(name: "", change: .options))
    }
    var publication = unsafe Publication(name: text(statement.pubname), change: .options)
    publication.publishesChanges = unsafe publishesChanges(statement.n_options, statement.options)
    publication.options = unsafe options(statement.n_options, statement.options)
    publication.allTables = unsafe statement.for_all_tables != 0
    if unsafe statement.n_pubobjects > 0 {
      publication.change =
        switch unsafe statement.action {
        case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects: .add
        case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects: .drop
        case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects: .set
        default: misunderstood(.set)
        }
    }
    unsafe read(nodes(statement.n_pubobjects, statement.pubobjects), into: &publication)
    return publication
  }

  private func read(_ objects: [CNode], into publication: inout Publication) {
    unsafe each(objects) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_PUBLICATION_OBJ_SPEC,
        let object = unsafe node.pointee.publication_obj_spec
      else { return misunderstood(()) }
      if let table = unsafe object.pointee.pubtable {
        let name = unsafe qualifiedName(table.pointee.relation)
        publication.tables.append(name)
        var names = unsafe strings(table.pointee.n_columns, table.pointee.columns)
        refuseTwice(names, in: "the columns of \(name.name)", "42710")
        let condition = unsafe optionalCondition(table.pointee.where_clause, in: .publication)
        let list = names.isEmpty ? "" : " (" + names.sorted().joined(separator: ", ") + ")"
        let detail = list + (condition.map { " WHERE " + $0.text } ?? "")
        if !detail.isEmpty { publication.details[name] = detail }
        if let condition { publication.conditions.append(.init(table: name, condition: condition)) }
        names += condition?.columns.compactMap(\.column) ?? []
        publication.columns += names.map { .init(table: name, column: $0) }
      } else {
        publication.schemas.append(unsafe text(object.pointee.name))
      }
    }
  }
}
