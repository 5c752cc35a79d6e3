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
    return publication
  }

  func alterPublication(
    _ pointer: UnsafeMutablePointer<PgQuery__AlterPublicationStmt>?
  ) -> Publication {
    guard let statement = unsafe pointer?.pointee else {
      return misunderstood(Publication(name: "", change: .options))
    }
    var publication = unsafe Publication(name: text(statement.pubname), change: .options)
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
        publication.tables.append(unsafe qualifiedName(table.pointee.relation))
      } else {
        publication.schemas.append(unsafe text(object.pointee.name))
      }
    }
  }
}
