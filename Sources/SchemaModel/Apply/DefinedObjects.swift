// Objects that are known by their name and compared by their definition: collations, operators, casts, text search
// objects, servers, roles and their like.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createObject(_ statement: CreateObject) throws(Refused) {
    let kind = statement.object.kind
    if kind == .aggregate { return try createAggregate(statement) }
    let key = newKey(statement.object)
    if !kind.isWithoutSchema { try requireSchema(key.name.schema) }
    if kind == .operator || kind == .cast { catalog.unfollowed.insert(.operators) }
    try requireForm(of: statement)
    let present = catalog.others[key]
    if let present, present.definition != OtherObject.shell, !statement.orReplace {
      if statement.ifNotExists { return effect(.skipped(kind, key.name)) }
      try fail(
        kind.stateOfDuplicate, .alreadyExists(kind, key.name, of: key.owner),
        ifCertain: isSettled(present))
    }
    if statement.ifNotExists || statement.orReplace { doubtAbsence(of: kind, key.name) }
    if kind == .role {
      // Other databases of the server may have made it.
      mayFail("42710", .alreadyExists(.role, key.name, of: nil))
      if key.name.name.hasPrefix("pg_") || key.name.name == "public" {
        try fail("42939", .invalidDefinition("role \(key.name.name), a reserved name"))
      }
    }
    var object = OtherObject(
      definition: statement.definition, relations: [], columns: [], origin: context.origin)
    object.uses = try parts(of: statement)
    object.isDefault = statement.isDefault
    object.options = try initialOptions(of: statement)
    (object.definitions, object.copies) = (catalog.definitions, catalog.copies)
    if kind == .operatorClass { createFamily(of: key, statement, &object) }
    if kind == .eventTrigger { catalog.unfollowed.insert(.eventTriggers) }
    catalog.others[key] = object
    effect(.otherCreated(key))
    for counterpart in statement.counterparts { createCounterpart(counterpart, of: key) }
    for membership in statement.memberships {
      try requireRoles([membership.role, membership.member])
      try grant(membership, isAdmin: membership.isAdmin)
    }
  }

  /// Without FAMILY a class is in the family of its name, which is made where there is none (manual, CREATE
  /// OPERATOR CLASS).
  private mutating func createFamily(
    of key: ObjectKey, _ statement: CreateObject, _ object: inout OtherObject
  ) {
    if statement.parts.contains(where: { $0.kind == .operatorFamily }) { return }
    let family = ObjectKey(.operatorFamily, key.name, owner: key.owner)
    object.uses.append(family)
    guard catalog.others[family] == nil else { return }
    var made = OtherObject(definition: "", relations: [], columns: [], origin: context.origin)
    made.definitions = catalog.definitions
    catalog.others[family] = made
    effect(.otherCreated(family))
  }

  /// A commutator or negator that is not there yet is entered as a shell, which stays when the operator is dropped.
  private mutating func createCounterpart(_ object: ObjectReference, of key: ObjectKey) {
    let other = otherKey(object)
    guard other != key, catalog.others[other] == nil else { return }
    if Signatures.operators(named: other.name.name) != nil {
      // Whether there is one for these types is not known here.
      return doubt(.schema, .notCompared(.operator, other.name))
    }
    var shell = OtherObject(
      definition: OtherObject.shell, relations: [], columns: [], origin: context.origin)
    shell.definitions = catalog.definitions
    catalog.others[other] = shell
  }

  /// What the object is made of, as far as the history made it; refuses types that are not there.
  private mutating func parts(of statement: CreateObject) throws(Refused) -> [ObjectKey] {
    var found: [ObjectKey] = []
    for type in statement.types {
      if let used = try dataType(type).userType { found.append(ObjectKey(.type, used)) }
    }
    for part in statement.parts {
      let keys = try keys(ofPart: part)
      // It is a copy of it, which needs what it needs.
      let isCopied = part.kind == statement.object.kind
      found += isCopied ? keys.flatMap { catalog.others[$0]?.uses ?? [] } : keys
    }
    return found
  }

  mutating func keys(ofPart part: ObjectReference) throws(Refused) -> [ObjectKey] {
    guard part.kind == .function else {
      let key = otherKey(part)
      if catalog.others[key] != nil { return [key] }
      if part.isBuiltin { return [] }
      mayFail(part.kind == .operator ? "42883" : "42704", .missing(part.kind, part.name, of: nil))
      return [key]
    }
    let name = catalog.resolveRoutine(part.name)
    if catalog.routines[name] == nil {
      if isBuiltin(part.name) || Signatures.functions(named: part.name.name) != nil { return [] }
      mayFail("42883", .missing(.function, name, of: nil))
    }
    return [ObjectKey(.function, name)]
  }

  /// An aggregate is a routine, whose name and arguments no other routine has.
  private mutating func createAggregate(_ statement: CreateObject) throws(Refused) {
    let name = catalog.resolveNew(statement.object.name)
    try requireSchema(name.schema)
    var arguments: [DataType] = []
    for type in statement.object.arguments ?? [] {
      let type = try dataType(type)
      arguments.append(type)
      if let used = type.userType { note(name, uses: used) }
    }
    let uses = try parts(of: statement)
    if let transition = statement.transition { try require(transition, arguments) }
    var definition = CreateFunction(name: name)
    // What it is made of stands in the text, where a DROP looks for it.
    definition.definition =
      statement.definition + "; " + uses.map(\.name.description).joined(separator: ", ")
    var overloads = catalog.routines[name]?.value ?? []
    let routine = Routine(
      id: newID(), name: name, kind: .aggregate, arguments: arguments, definition: definition,
      origin: context.origin)
    guard let place = overloads.firstIndex(where: { sameArguments($0.arguments, arguments) })
    else {
      if statement.orReplace { doubtAbsence(of: .aggregate, name) }
      overloads.append(routine)
      catalog.routines[name] = Shared(overloads)
      return effect(.routineCreated(routine, replaces: nil))
    }
    let present = overloads[place]
    if !statement.orReplace {
      try fail(
        "42723", .alreadyExists(.aggregate, name, of: nil), ifCertain: isSettled(present.id))
    }
    if present.kind != .aggregate {
      try fail(
        "42809", .invalidDefinition("another kind of routine"), ifCertain: isSettled(present.id))
    }
    replace(present, by: routine)
  }

  /// Says that an object is missing: for certain where nothing else can have made it.
  mutating func missing(_ key: ObjectKey) throws(Refused) {
    if key.kind == .role { return requireOfServer(key, "42704") }
    try fail(
      key.kind == .operator ? "42883" : "42704", .missing(key.kind, key.name, of: key.owner),
      ifCertain: isAlone(key.kind))
  }

  /// Whether the history alone makes objects of a kind: extensions bring such objects, too, and roles belong to
  /// all databases.
  private func isAlone(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .statistics, .publication, .eventTrigger, .subscription: catalog.isComplete
    default: kind.isDefined && kind != .role && catalog.isComplete && catalog.extensions.count <= 1
    }
  }

  /// Whether an object is still as the catalog has it.
  func isSettled(_ other: OtherObject) -> Bool {
    guard let last = catalog.lastOpaque else { return true }
    return other.origin.map { $0 > last } ?? false
  }

  // MARK: DROP

  mutating func dropOther(_ object: ObjectReference, _ statement: Drop) throws(Refused) {
    let key = otherKey(object)
    guard let other = catalog.others[key] else {
      if statement.ifExists, isAlone(key.kind) { return skipMissing(key.kind, key.name) }
      outcome.assumptions.append(.object(object.kind, object.name))
      doubt(.schema, .notCompared(object.kind, key.name))
      if !statement.ifExists { try missing(key) }
      catalog.ofServer.remove(key)
      if key.kind == .statistics || key.kind == .publication {
        return effect(.otherDropped(key, isDirect: true))
      }
      if !statement.cascade {
        mayFail("2BP01", .hasDependents(object.kind, object.name, dependents: []))
      } else {
        effect(.notUnderstood(.statement("CASCADE")))
      }
      return effect(.otherDropped(key, isDirect: true))
    }
    try dropOther(key, other, cascade: statement.cascade, isDirect: true)
  }

  /// - Parameter isDirect: false where it goes along with another.
  mutating func dropOther(
    _ key: ObjectKey, _ other: OtherObject, cascade: Bool, isDirect: Bool
  ) throws(Refused) {
    for relation in other.relations { lock(named: relation, .shareUpdateExclusive) }
    if key.kind == .subscription { try requireNoSlot(of: other) }
    if key.kind == .operatorFamily {
      // Its classes go with it, without a word.
      for member in users(of: key, .operatorClass) {
        guard let item = catalog.others[member] else { continue }
        try dropOther(member, item, cascade: cascade, isDirect: false)
      }
    }
    try settleUses(of: key, other, cascade: cascade)
    catalog.others[key] = nil
    catalog.ofServer.remove(key)
    effect(.otherDropped(key, isDirect: isDirect))
    if key.kind == .operator { unlink(key) }
    if key.kind == .role { dropMemberships(of: key.name) }
    if key.kind == .eventTrigger { followAgain() }
    if !isNew(other.origin), key.kind != .statistics, key.kind != .publication {
      breaks(.objectGone(key.kind, key.name))
    }
  }

  /// An operator loses the link to a commutator or negator that is dropped.
  private mutating func unlink(_ key: ObjectKey) {
    for (other, object) in catalog.others
    where other.kind == .operator && other != key && object.definition?.contains("tor=") == true
      && object.definition?.contains(key.name.name) == true
    {
      catalog.others[other]?.changes.append("without \(key.name)")
    }
  }

  // MARK: Names

  /// The key of a new object.
  func newKey(_ object: ObjectReference) -> ObjectKey {
    let key = otherKey(object)
    if object.kind.isWithoutSchema { return key }
    return ObjectKey(
      key.kind, catalog.resolveNew(object.name), owner: key.owner, detail: key.detail)
  }

  /// The key of the first of the search path that is there, else the one of a new object.
  func otherKey(_ object: ObjectReference) -> ObjectKey {
    let arguments = object.arguments?.map { type in
      type.isBuiltin
        ? type.description
        : catalog.resolveType(type.qualifiedName).description + (type.isArray ? "[]" : "")
    }
    if object.kind == .cast, let arguments {
      return ObjectKey(.cast, QualifiedName(arguments.joined(separator: " AS ")))
    }
    let detail = arguments?.joined(separator: ",") ?? ""
    func key(_ name: QualifiedName) -> ObjectKey {
      ObjectKey(object.kind, name, owner: object.owner, detail: detail)
    }
    if object.kind.isWithoutSchema { return key(object.name) }
    if object.name.schema == nil {
      for schema in catalog.searchPath {
        let found = key(QualifiedName(schema: schema, object.name.name))
        if catalog.others[found] != nil { return found }
      }
    }
    return key(catalog.resolveNew(object.name))
  }

  mutating func renameOther(_ statement: Rename) throws(Refused) {
    let key = otherKey(statement.object)
    var target = key
    target.name.name = statement.newName
    if key.kind.isDefined || catalog.others[key] != nil { try moveOther(key, to: target) }
    renamed(statement.object.kind, key.name, target.name, origin: catalog.others[target]?.origin)
  }

  /// Gives an object another name or schema.
  mutating func moveOther(_ key: ObjectKey, to target: ObjectKey) throws(Refused) {
    guard var other = catalog.others[key] else {
      try missing(key)
      return doubt(.schema, .notCompared(key.kind, key.name))
    }
    if key == target { return }
    if let taken = catalog.others[target] {
      try fail(
        "42710", .alreadyExists(key.kind, target.name, of: target.owner),
        ifCertain: isSettled(taken))
    }
    if !isNew(other.origin) { breaks(.objectMoved(key.kind, key.name, to: target.name)) }
    // What was made before names it so.
    if !other.formerNames.contains(key.name.name) { other.formerNames.append(key.name.name) }
    catalog.others[key] = nil
    catalog.others[target] = other
    retargetParts(from: key, to: target)
    retargetElements(from: key, to: target)
    if key.kind == .foreignServer { renameServer(key.name, to: target.name) }
    if key.kind == .role { renameMemberships(of: key.name, to: target.name) }
  }

  /// What is made of an object is made of it under another name.
  mutating func retargetParts(from key: ObjectKey, to target: ObjectKey) {
    for (user, object) in catalog.others where object.uses.contains(key) {
      catalog.others[user]?.uses = object.uses.map { $0 == key ? target : $0 }
    }
  }

  private mutating func renameServer(_ from: QualifiedName, to: QualifiedName) {
    for (user, mapping) in catalog.others where user.owner == from && user.kind == .userMapping {
      var moved = user
      moved.owner = to
      catalog.others[user] = nil
      catalog.others[moved] = mapping
    }
    for var table in catalog.tables where table.kind == .foreign(server: from.name) {
      table.kind = .foreign(server: to.name)
      store(table)
    }
  }
}

extension ObjectKind {
  /// Whether its objects are named without a schema.
  var isWithoutSchema: Bool {
    switch self {
    case .publication, .subscription, .foreignDataWrapper, .foreignServer, .userMapping, .role,
      .cast, .transform, .language, .eventTrigger, .accessMethod, .tablespace, .database,
      .largeObject, .parameter, .defaultPrivilege:
      true
    default: false
    }
  }

  /// Whether its objects are known by their definition.
  var isDefined: Bool {
    switch self {
    case .collation, .operator, .operatorClass, .operatorFamily, .cast, .textSearchConfiguration,
      .textSearchDictionary, .textSearchParser, .textSearchTemplate, .foreignDataWrapper,
      .foreignServer, .userMapping, .role, .statistics, .publication, .eventTrigger, .subscription,
      .conversion, .transform, .accessMethod, .language:
      true
    default: false
    }
  }

  /// As measured on PostgreSQL 15: of text search objects only the index of the catalog tells.
  fileprivate var stateOfDuplicate: String {
    switch self {
    case .operator: "42723"
    case .textSearchConfiguration, .textSearchDictionary, .textSearchParser, .textSearchTemplate:
      "23505"
    default: "42710"
    }
  }
}

extension ObjectReference {
  /// Whether PostgreSQL brings an object of the name itself.
  var isBuiltin: Bool {
    if name.schema == "pg_catalog" { return true }
    guard name.schema == nil else { return false }
    switch kind {
    case .operator: return Signatures.operators(named: name.name) != nil
    case .textSearchParser: return name.name == "default"
    case .textSearchTemplate:
      return ["simple", "synonym", "ispell", "thesaurus", "snowball"].contains(name.name)
    case .textSearchConfiguration:
      return name.name == "simple" || snowballLanguages.contains(name.name)
    case .textSearchDictionary:
      return name.name == "simple"
        || name.name.hasSuffix("_stem") && snowballLanguages.contains(String(name.name.dropLast(5)))
    case .collation: return ["C", "POSIX", "ucs_basic", "default"].contains(name.name)
    case .language: return ["sql", "plpgsql", "c", "internal"].contains(name.name)
    case .accessMethod:
      return ["heap", "btree", "hash", "gist", "gin", "spgist", "brin"].contains(name.name)
    default: return false
    }
  }
}

/// Those of PostgreSQL 15 (`pg_ts_config`).
let snowballLanguages: Set<String> = [
  "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french",
  "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian",
  "nepali", "norwegian", "portuguese", "romanian", "russian", "serbian", "spanish", "swedish",
  "tamil", "turkish", "yiddish",
]
