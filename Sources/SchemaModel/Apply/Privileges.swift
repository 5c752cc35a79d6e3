// GRANT and REVOKE: privileges of tables one by one, of other objects as what is not followed.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func grant(_ statement: Grant) throws(Refused) {
    var names: [QualifiedName] = []
    for object in statement.objects {
      let name = resolved(grantedOn: object)
      names.append(name)
      if statement.allInSchema {
        catalog.uncompared.insert(QualifiedName(schema: object.name.name, "*"))
        doubt(.schema, .privileges(name))
        continue
      }
      guard var table = catalog.table(name) else {
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
      for grantee in statement.grantees {
        for privilege in statement.singlePrivileges {
          change(privilege, of: grantee, on: &table, statement)
        }
      }
      table.settings.grants.sort()
      store(table)
    }
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

  private mutating func change(
    _ privilege: String, of grantee: String, on table: inout Table, _ statement: Grant
  ) {
    let entry = "\(privilege) TO \(grantee)"
    let option = entry + " WITH GRANT OPTION"
    if statement.isGrant {
      let entries = statement.hasGrantOption ? [entry, option] : [entry]
      table.settings.grants.removeAll { entries.contains($0) }
      table.settings.grants += entries
      return
    }
    // What the history never granted may have been there before it, or by default privileges.
    let taken = statement.hasGrantOption ? option : entry
    if !table.settings.grants.contains(taken) || catalog.defaultPrivilegesID > 0 {
      doubt(.schema, .privileges(table.name))
    }
    table.settings.grants.removeAll { granted in
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

  /// ALL as what it stands for on a table, and on a column (manual 5.7).
  fileprivate var singlePrivileges: [String] {
    if privileges.isEmpty { return TableSettings.allPrivileges }
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

  /// The privileges of each role together, and all of a table as ALL.
  var grantWords: String? {
    var roles: [String: [String]] = [:]
    for entry in grants {
      guard let place = entry.firstRange(of: " TO ") else { continue }
      roles[String(entry[place.upperBound...]), default: []].append(
        String(entry[..<place.lowerBound]))
    }
    let words = roles.sorted { $0.key < $1.key }.map { role, privileges in
      (privileges == Self.allPrivileges ? "ALL" : privileges.joined(separator: ", ")) + " TO "
        + role
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
