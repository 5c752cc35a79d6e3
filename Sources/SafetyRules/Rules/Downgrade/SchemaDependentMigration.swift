// schema-dependent-migration: a step looks at the schema before it changes it.

enum SchemaDependentMigration: PlaceRule {
  static let name = "schema-dependent-migration"

  static func remark(on place: OutsidePlace) -> Remark? {
    guard place.source == .schema else { return nil }
    return Remark(
      .info,
      "what this does depends on the schema that it finds: \(place.detail); it is judged on what the "
        + "revisions before it make, as far as that is known, and another database gets something else",
      help:
        "let migrations alone make the schema, and repair a database that differs in a revision of its "
        + "own; IF [NOT] EXISTS says it in the statement")
  }
}
