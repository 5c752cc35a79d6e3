// ALTER DEFAULT PRIVILEGES: what later objects get.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func alterDefaultPrivileges(_ statement: DefaultPrivileges) throws(Refused) {
    let kind = statement.grant.kind
    guard let form = forms[kind] else {
      return effect(.notUnderstood(.statement("ALTER DEFAULT PRIVILEGES")))
    }
    try requirePrivileges(of: statement.grant, form.all)
    if kind == .schema, !statement.schemas.isEmpty {
      try fail("0LP01", .invalidDefinition("privileges on schemas IN SCHEMA"))
    }
    for schema in statement.schemas { try requireSchema(schema) }
    try requireRoles(statement.roles)
    try requireRoles(statement.grant.grantees, takesPublic: true)
    // Objects that are made from now on have others than those before them.
    catalog.defaultPrivilegesID = newID()
    let roles = statement.roles.isEmpty ? [nil] : statement.roles.map { QualifiedName($0) }
    let schemas = statement.schemas.isEmpty ? [nil] : statement.schemas.map { Optional($0) }
    for role in roles {
      for schema in schemas {
        let name = QualifiedName(schema: schema, form.word)
        change(ObjectKey(.defaultPrivilege, name, owner: role), statement.grant, form)
      }
    }
  }

  private mutating func change(_ key: ObjectKey, _ statement: Grant, _ form: Form) {
    // Those of a schema are beside those of all (manual, ALTER DEFAULT PRIVILEGES).
    let initial = key.name.schema == nil ? form.initial : []
    let known = catalog.others[key]
    var grants =
      known.map { $0.definition?.split(separator: ";").map(String.init) ?? [] } ?? initial
    if known == nil, statement.isGrant, !initial.isEmpty, statement.grantees.contains("public") {
      // Somebody may have revoked it before.
      doubt(.schema, .privileges(key.name))
    }
    for grantee in statement.grantees
    where ["current_user", "current_role", "session_user"].contains(grantee)
      || key.owner?.name == grantee
    {
      // The owner has all of them to begin with.
      doubt(.schema, .privileges(QualifiedName(grantee)))
    }
    change(&grants, statement, form.all, key.name, mayHaveMore: false)
    if grants == initial {
      catalog.others[key] = nil
    } else {
      var object = OtherObject(
        definition: grants.joined(separator: ";"), relations: [], columns: [],
        origin: known?.origin ?? context.origin)
      object.comment = known?.comment
      catalog.others[key] = object
    }
    effect(.otherChanged(key))
  }
}

private struct Form {
  /// The word of the statement.
  var word: String
  /// What ALL stands for.
  var all: [String]
  /// What everybody has before anything is said (manual 5.7).
  var initial: [String] = []
}

private let forms: [ObjectKind: Form] = [
  .table: Form(word: "tables", all: TableSettings.allPrivileges),
  .sequence: Form(word: "sequences", all: ["select", "update", "usage"]),
  .function: Form(word: "functions", all: ["execute"], initial: ["execute TO public"]),
  .type: Form(word: "types", all: ["usage"], initial: ["usage TO public"]),
  .schema: Form(word: "schemas", all: ["create", "usage"]),
]
