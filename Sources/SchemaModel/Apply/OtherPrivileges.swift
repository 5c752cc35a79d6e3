// Privileges of types, servers and wrappers, of what no history makes, and of all objects in a schema.

import HashTreeCollections
import PostgresSyntax

/// What ALL stands for on objects that are of the server, or come with PostgreSQL (manual 5.7).
private let privilegesOfOthers: [ObjectKind: [String]] = [
  .database: ["connect", "create", "temporary"], .tablespace: ["create"], .language: ["usage"],
  .parameter: ["alter system", "set"],
]

extension Replay {
  /// Of a type that the history made.
  /// - Returns: false where the privileges are not followed.
  mutating func grant(_ statement: Grant, onType name: QualifiedName) throws(Refused) -> Bool {
    try requirePrivileges(of: statement, ["usage"])
    guard var type = catalog.type(name), type.kind != .unknown else {
      if catalog.type(name) == nil, catalog.relations[name] == nil, !isSystemSchema(name.schema) {
        try fail(
          "42704", .missing(.type, name, of: nil),
          ifCertain: catalog.isComplete && catalog.extensions.count == 1)
      }
      return false
    }
    change(
      &type.grants, statement, ["usage"], name, mayHaveMore: catalog.defaultPrivilegesID > 0)
    store(type)
    return true
  }

  /// Of a server or foreign-data wrapper that the history made.
  mutating func grant(_ statement: Grant, onOther object: ObjectReference) throws(Refused) -> Bool {
    try requirePrivileges(of: statement, ["usage"])
    let key = otherKey(object)
    guard var other = catalog.others[key] else {
      try missing(key)
      return false
    }
    change(&other.grants, statement, ["usage"], key.name, mayHaveMore: false)
    catalog.others[key] = other
    return true
  }

  /// Of what was there before the history: what it adds and takes away again is known where the role is its own.
  mutating func grant(
    _ statement: Grant, onServerObject object: ObjectReference
  ) throws(Refused) -> Bool {
    if object.kind == .largeObject {
      mayFail("42704", .missing(.largeObject, object.name, of: nil))
    }
    guard let all = privilegesOfOthers[object.kind] else { return false }
    var statement = statement
    statement.privileges = statement.privileges.map { $0 == "temp" ? "temporary" : $0 }
    try requirePrivileges(of: statement, all)
    let key = ObjectKey(object.kind, object.name)
    switch object.kind {
    case .database: requireOfServer(key, "3D000")
    case .tablespace where object.name.name != "pg_default" && object.name.name != "pg_global":
      requireOfServer(key, "42704")
    case .language: requireLanguage(object.name)
    default: break
    }
    let areOwn = statement.grantees.allSatisfy { isMade(.role, $0) }
    if !areOwn { doubt(.schema, .privileges(object.name)) }
    change(statement, all, key)
    return true
  }

  /// Changes privileges that are told apart from those that were there before.
  private mutating func change(_ statement: Grant, _ all: [String], _ key: ObjectKey) {
    var grants = catalog.privileges[key] ?? []
    change(&grants, statement, all, key.name, mayHaveMore: false)
    catalog.privileges[key] = grants.isEmpty ? nil : grants
  }

  // MARK: ALL … IN SCHEMA

  /// Beside the objects of the history there may be others, such as the table of Alembic: one entry stands for all
  /// of them.
  mutating func grantAll(_ statement: Grant, in schema: String) throws(Refused) {
    try requireSchema(schema)
    guard catalog.isComplete, catalog.lastOpaque == nil, let all = allPrivileges(on: statement.kind)
    else {
      catalog.uncompared.insert(QualifiedName(schema: schema, "*"))
      return doubt(.schema, .privileges(QualifiedName(schema)))
    }
    try requirePrivileges(ofAll: statement, all, in: schema)
    change(statement, all, ObjectKey(statement.kind, QualifiedName(schema: schema, "*")))
    let mayHaveMore = catalog.defaultPrivilegesID > 0
    for name in catalog.relations.names.sorted() where name.schema == schema {
      charge(1)
      switch catalog.relations[name] {
      case .table(let shared) where statement.kind == .table:
        var table = shared.value
        change(&table.settings.grants, statement, all, name, mayHaveMore: mayHaveMore)
        store(table)
      case .view(let shared) where statement.kind == .table:
        var view = shared.value
        change(&view.grants, statement, all, name, mayHaveMore: mayHaveMore)
        store(view)
      case .sequence(let shared) where statement.kind == .sequence:
        var sequence = shared.value
        change(&sequence.grants, statement, all, name, mayHaveMore: mayHaveMore)
        store(sequence)
      default: continue
      }
    }
    for name in catalog.routines.keys.sorted() where name.schema == schema {
      for var routine in catalog.routines(name) where routine.isMeant(by: statement.kind) {
        charge(1)
        change(&routine.grants, statement, all, name, mayHaveMore: mayHaveMore)
        replace(routine)
      }
    }
  }

  /// Where there is no object, nothing is granted on it.
  private mutating func requirePrivileges(
    ofAll statement: Grant, _ all: [String], in schema: String
  ) throws(Refused) {
    let isThere = catalog.relations.names.contains { name in
      guard name.schema == schema else { return false }
      switch catalog.relations[name] {
      case .table, .view: return statement.kind == .table
      case .sequence: return statement.kind == .sequence
      case .index, nil: return false
      }
    }
    if isThere { return try requirePrivileges(of: statement, all) }
    if statement.privileges.contains(where: { !all.contains($0) && $0 != "all" }) {
      mayFail("0LP01", .invalidDefinition("privileges that no \(statement.kind.rawValue) has"))
    }
  }

  private func allPrivileges(on kind: ObjectKind) -> [String]? {
    switch kind {
    case .table: TableSettings.allPrivileges
    case .sequence: ["select", "update", "usage"]
    case .function, .procedure, .routine: ["execute"]
    default: nil
    }
  }
}

extension Routine {
  /// ALL FUNCTIONS are aggregates, too, and no procedures (manual, GRANT).
  fileprivate func isMeant(by kind: ObjectKind) -> Bool {
    switch kind {
    case .function: self.kind != .procedure
    case .procedure: self.kind == .procedure
    case .routine: true
    default: false
    }
  }
}
