// GRANT and REVOKE: privileges of relations, schemas and routines one by one, of others as what is not followed.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func grant(_ statement: Grant) throws(Refused) {
    var names: [QualifiedName] = []
    for object in statement.objects {
      let name = resolved(grantedOn: object)
      names.append(name)
      if statement.allInSchema {
        try grantAll(statement, in: object.name.name)
        continue
      }
      guard var table = catalog.table(name) else {
        if try grant(statement, on: object, name) { continue }
        if statement.kind == .table, catalog.relations[name] == nil, !isSystemSchema(name.schema),
          !name.name.hasPrefix("pg_")
        {
          // An extension may have brought it.
          try fail(
            "42P01", .missing(.table, name, of: nil),
            ifCertain: catalog.isComplete && catalog.extensions.count == 1)
        }
        catalog.uncompared.insert(name)
        doubt(.schema, .privileges(name))
        continue
      }
      for name in statement.columns where !isSystemColumn(name) {
        _ = try column(name, in: &table)
      }
      if statement.kind == .sequence {
        try fail("42809", .wrongKind(name, expected: .sequence), ifCertain: isSettled(table.id))
      }
      change(
        &table.settings.grants, statement, TableSettings.allPrivileges, table.name,
        mayHaveMore: catalog.defaultPrivilegesID > 0)
      store(table)
    }
    try requireRoles(statement.grantees, takesPublic: true)
    effect(
      .privilegesChanged(
        statement.kind, names, isGrant: statement.isGrant, roles: statement.grantees))
    if !statement.isGrant { breaks(.privilegesRevoked(names)) }
  }

  private func resolved(grantedOn object: ObjectReference) -> QualifiedName {
    switch object.kind {
    case .function, .procedure, .routine, .aggregate: catalog.resolveRoutine(object.name)
    case .type, .domain: catalog.resolveType(object.name)
    case .schema: QualifiedName(object.name.name)
    default: catalog.resolveRelation(object.name)
    }
  }

  /// Privileges of what is no table.
  /// - Returns: false where they are not followed.
  private mutating func grant(
    _ statement: Grant, on object: ObjectReference, _ name: QualifiedName
  ) throws(Refused) -> Bool {
    switch statement.kind {
    case .table, .sequence: return try grant(statement, onRelation: name)
    case .schema:
      guard var schema = catalog.schemas[name.name], schema.origin != nil || name.name == "public"
      else {
        try requireSchema(name.name)
        return false
      }
      try requirePrivileges(of: statement, ["create", "usage"])
      if schema.origin == nil, statement.grantees.contains("public") {
        // What everybody has there depends on who set the database up.
        doubt(.schema, .privileges(name))
      }
      change(
        &schema.grants, statement, ["create", "usage"], name,
        mayHaveMore: catalog.defaultPrivilegesID > 0)
      catalog.schemas[name.name] = schema
    case .function, .procedure, .routine, .aggregate:
      guard var routine = try routine(grantedOn: object), routine.definition != nil else {
        return false
      }
      try requirePrivileges(of: statement, ["execute"])
      change(
        &routine.grants, statement, ["execute"], name, mayHaveMore: catalog.defaultPrivilegesID > 0)
      replace(routine)
    case .type, .domain: return try grant(statement, onType: name)
    case .foreignServer, .foreignDataWrapper: return try grant(statement, onOther: object)
    default: return try grant(statement, onServerObject: object)
    }
    return true
  }

  private mutating func grant(
    _ statement: Grant, onRelation name: QualifiedName
  ) throws(Refused) -> Bool {
    switch catalog.relations[name] {
    case .view(let shared) where shared.value.isKnown:
      var view = shared.value
      if statement.kind == .sequence {
        try fail("42809", .wrongKind(name, expected: .sequence), ifCertain: isSettled(view.id))
      }
      try requirePrivileges(of: statement, TableSettings.allPrivileges)
      for column in statement.columns where !view.columns.contains(where: { $0.name == column }) {
        try fail("42703", .missing(.column, QualifiedName(column), of: name))
      }
      change(
        &view.grants, statement, TableSettings.allPrivileges, name,
        mayHaveMore: catalog.defaultPrivilegesID > 0)
      store(view)
    case .sequence(let shared) where shared.value.isKnown:
      var sequence = shared.value
      let own = ["select", "update", "usage"]
      if statement.kind == .sequence { try requirePrivileges(of: statement, own) }
      guard statement.columns.isEmpty else { return false }
      var limited = statement
      // Of a relation that turns out to be a sequence others are passed over with a warning.
      limited.privileges.removeAll { !own.contains($0) }
      if !limited.privileges.isEmpty || statement.privileges.isEmpty {
        change(
          &sequence.grants, limited, own, name, mayHaveMore: catalog.defaultPrivilegesID > 0)
      }
      store(sequence)
    default: return false
    }
    return true
  }

  private mutating func routine(grantedOn object: ObjectReference) throws(Refused) -> Routine? {
    var object = object
    // GRANT ON FUNCTION also takes an aggregate.
    if object.kind == .function || object.kind == .procedure { object.kind = .routine }
    return try routine(object)
  }

  mutating func requirePrivileges(
    of statement: Grant, _ known: [String]
  ) throws(Refused) {
    for privilege in statement.privileges {
      let word = privilege.firstRange(of: " (").map { String(privilege[..<$0.lowerBound]) }
      if known.contains(word ?? privilege) || word == "all" { continue }
      try fail(
        "0LP01", .invalidDefinition("privilege \(privilege) on a \(statement.kind.rawValue)"))
    }
  }

  /// - Parameters:
  ///   - all: what ALL stands for.
  ///   - mayHaveMore: whether default privileges may have given others to the object.
  mutating func change(
    _ grants: inout [String], _ statement: Grant, _ all: [String], _ name: QualifiedName,
    mayHaveMore: Bool
  ) {
    for grantee in statement.grantees {
      for privilege in statement.singlePrivileges(all) {
        if statement.isGrant {
          // What everybody has from the beginning may have been taken by default privileges.
          if mayHaveMore, grants.contains("\(privilege) TO \(grantee)") {
            doubt(.schema, .privileges(name))
          }
        } else if mayHaveMore {
          doubt(.schema, .privileges(name))
        }
        change(privilege, of: grantee, &grants, statement, name)
      }
    }
    grants.sort()
  }

  private mutating func change(
    _ privilege: String, of grantee: String, _ grants: inout [String], _ statement: Grant,
    _ name: QualifiedName
  ) {
    let entry = "\(privilege) TO \(grantee)"
    let option = entry + " WITH GRANT OPTION"
    if statement.isGrant {
      let entries = statement.hasGrantOption ? [entry, option] : [entry]
      grants.removeAll { entries.contains($0) }
      grants += entries
      return
    }
    // What the history never granted may have been there before it.
    let taken = statement.hasGrantOption ? option : entry
    if !grants.contains(taken) { doubt(.schema, .privileges(name)) }
    grants.removeAll { granted in
      if granted == option { return true }
      if statement.hasGrantOption { return false }
      // The privilege on the table takes those on its columns with it (manual, REVOKE).
      return granted == entry
        || granted.hasPrefix("\(privilege) (")
          && (granted.hasSuffix(") TO \(grantee)")
            || granted.hasSuffix(") TO \(grantee) WITH GRANT OPTION"))
    }
  }

  /// What is dropped takes its privileges and settings with it, which are not made again with it; under
  /// another name it keeps them.
  mutating func doubtPrivileges() {
    if catalog.uncompared.isEmpty { return }
    for effect in outcome.effects {
      switch effect {
      case .renamed(let renaming):
        keepDoubt(about: renaming.from, under: renaming.to)
        if renaming.kind == .schema {
          keepDoubt(
            about: QualifiedName(schema: renaming.from.name, "*"),
            under: QualifiedName(schema: renaming.to.name, "*"))
        }
      case .movedToSchema(_, let from, let to): keepDoubt(about: from, under: to)
      default:
        for name in effect.objectsGone where isUncompared(name) {
          doubt(.schema, .privileges(name))
        }
        for name in effect.indexesGone where catalog.uncompared.contains(name) {
          doubt(.schema, .notCompared(.index, name))
        }
      }
    }
  }

  private mutating func keepDoubt(about old: QualifiedName, under new: QualifiedName) {
    if isUncompared(old) { catalog.uncompared.insert(new) }
  }

  private func isUncompared(_ name: QualifiedName) -> Bool {
    catalog.uncompared.contains(name)
      || catalog.uncompared.contains(QualifiedName(schema: name.schema, "*"))
  }
}

extension Effect {
  /// The objects that the effect takes away, or makes anew in their place.
  fileprivate var objectsGone: [QualifiedName] {
    switch self {
    case .tableDropped(let drop): [drop.table.name]
    case .viewDropped(let view, _): [view.name]
    case .sequenceDropped(let sequence, _): [sequence.name]
    case .routineDropped(let routine, _): [routine.name]
    case .typeDropped(let type, _): [type.name]
    case .schemaDropped(let schema, _): [QualifiedName(schema.name)]
    case .routineCreated(let routine, replaces: .some): [routine.name]
    case .otherDropped(let key, _): [key.name]
    default: []
    }
  }

  /// The indexes that the effect takes away, those of constraints too: they have settings, and no privileges.
  fileprivate var indexesGone: [QualifiedName] {
    switch self {
    case .columnDropped(let drop):
      drop.indexes.map { QualifiedName(schema: drop.table.name.schema, $0.name) }
    case .constraintDropped(let table, let constraint, _):
      [QualifiedName(schema: table.name.schema, constraint.name)]
    case .indexDropped(let table, let index, _, _):
      [QualifiedName(schema: table.name.schema, index.name)]
    default: []
    }
  }
}

extension Grant {
  /// The columns that privileges are limited to.
  fileprivate var columns: [String] {
    privileges.compactMap { privilege in
      guard let start = privilege.firstRange(of: " ("), privilege.hasSuffix(")") else { return nil }
      return String(privilege[start.upperBound...].dropLast())
    }
  }

  /// ALL as what it stands for on an object, and on a column (manual 5.7).
  fileprivate func singlePrivileges(_ all: [String]) -> [String] {
    if privileges.isEmpty { return all }
    return privileges.flatMap { privilege -> [String] in
      guard privilege.hasPrefix("all (") else { return [privilege] }
      return ["insert", "references", "select", "update"].map { $0 + privilege.dropFirst(3) }
    }
  }
}

extension TableSettings {
  static let allPrivileges = [
    "delete", "insert", "references", "select", "trigger", "truncate", "update",
  ]

  /// Privileges on a column go with it.
  mutating func dropGrants(onColumn name: String) {
    grants.removeAll { $0.contains(" (\(name)) TO ") }
  }

  mutating func renameGrants(onColumn name: String, to new: String) {
    grants = grants.map { $0.replacing(" (\(name)) TO ", with: " (\(new)) TO ") }.sorted()
  }

}

/// The privileges of each role together, and all of a table as ALL.
func grantWords(_ grants: [String]) -> String? {
  var roles: [String: [String]] = [:]
  for entry in grants {
    guard let place = entry.firstRange(of: " TO ") else { continue }
    roles[String(entry[place.upperBound...]), default: []].append(
      String(entry[..<place.lowerBound]))
  }
  let words = roles.sorted { $0.key < $1.key }.map { role, privileges in
    (privileges == TableSettings.allPrivileges ? "ALL" : privileges.joined(separator: ", "))
      + " TO " + role
  }
  return words.isEmpty ? nil : words.joined(separator: "; ")
}
