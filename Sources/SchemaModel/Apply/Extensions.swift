// Extensions: what they bring along, as far as other objects can come to depend on it.

import HashTreeCollections
import PostgresSyntax

/// Functions, types and operator classes by the extension that brings them: all that others can use of
/// those in `fullyListed`, of the others the usual ones.
private let extensionNames: [String: [String]] = [
  "uuid-ossp": [
    "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4",
    "uuid_generate_v5", "uuid_nil", "uuid_ns_dns", "uuid_ns_oid", "uuid_ns_url", "uuid_ns_x500",
  ],
  "pgcrypto": [
    "armor", "crypt", "dearmor", "decrypt", "decrypt_iv", "digest", "encrypt", "encrypt_iv",
    "gen_random_bytes", "gen_salt", "hmac", "pgp_armor_headers", "pgp_key_id", "pgp_pub_decrypt",
    "pgp_pub_decrypt_bytea", "pgp_pub_encrypt", "pgp_pub_encrypt_bytea", "pgp_sym_decrypt",
    "pgp_sym_decrypt_bytea", "pgp_sym_encrypt", "pgp_sym_encrypt_bytea",
  ],
  "unaccent": ["unaccent"],
  "pg_trgm": [
    "gin_trgm_ops", "gist_trgm_ops", "similarity", "word_similarity", "strict_word_similarity",
    "show_trgm", "%", "<%", "%>", "<<%", "%>>", "<<->", "<->>", "<<<->", "<->>>",
  ],
  "citext": ["citext"],
  "hstore": ["hstore", "gin_hstore_ops", "gist_hstore_ops", "akeys", "avals", "skeys", "svals"],
  "ltree": ["ltree", "lquery", "nlevel", "subpath", "text2ltree", "gist_ltree_ops"],
  "intarray": ["gin__int_ops", "gist__int_ops", "gist__intbig_ops"],
  "postgis": ["geometry", "geography"],
  "vector": ["vector", "halfvec", "sparsevec"],
  "cube": ["cube"],
]

/// The extensions that bring a function, type, operator or operator class of a name.
let extensionsByPart: [String: [String]] = Dictionary(
  extensionNames.sorted { $0.key < $1.key }.flatMap { name, parts in parts.map { ($0, [name]) } },
  uniquingKeysWith: +)

private let fullyListed: Set<String> = ["uuid-ossp", "pgcrypto", "unaccent", "citext"]

/// The extensions that an extension needs, as far as they are common (`requires` in control files).
private let requirements: [String: [String]] = [
  "earthdistance": ["cube"], "postgis_topology": ["postgis"], "postgis_raster": ["postgis"],
  "postgis_sfcgal": ["postgis"], "postgis_tiger_geocoder": ["postgis", "fuzzystrmatch"],
  "address_standardizer_data_us": ["address_standardizer"], "pgrouting": ["postgis"],
  "hstore_plperl": ["hstore", "plperl"], "hstore_plpython3u": ["hstore", "plpython3u"],
  "ltree_plpython3u": ["ltree", "plpython3u"], "jsonb_plperl": ["plperl"],
  "jsonb_plpython3u": ["plpython3u"], "vectorscale": ["vector"],
]

/// Extensions of PostgreSQL's own distribution that need no other.
private let needingNothing: Set<String> = [
  "amcheck", "autoinc", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dblink", "file_fdw",
  "fuzzystrmatch", "hstore", "insert_username", "intarray", "isn", "lo", "ltree", "moddatetime",
  "pageinspect", "pg_buffercache", "pg_freespacemap", "pg_prewarm", "pg_stat_statements",
  "pg_surgery",
  "pg_trgm", "pg_visibility", "pgcrypto", "pgrowlocks", "pgstattuple", "plperl", "plpgsql",
  "plpython3u",
  "pltcl", "postgres_fdw", "refint", "seg", "sslinfo", "tablefunc", "tcn", "tsm_system_rows",
  "tsm_system_time", "unaccent", "uuid-ossp", "xml2",
]

/// Operators that PostgreSQL has itself, for types that are not told apart here.
private let commonOperators: Set<String> = [
  "=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "||", "~~", "!~~", "~~*", "!~~*", "~",
  "!~", "~*", "!~*", "->", "->>", "#>", "#>>", "@>", "<@", "?", "?|", "?&", "&&", "@@",
]

/// Extensions whose operator classes are the default ones of types that PostgreSQL has itself, and those
/// whose operators have the names of its own.
private let classExtensions: Set<String> = ["btree_gin", "btree_gist", "intarray", "bloom"]

/// Whether an operator of a name may be one that an extension brings, as far as the extension is known.
package func mayBring(operator name: String, extension provider: String) -> Bool {
  if fullyListed.contains(provider) || provider == "plpgsql" { return false }
  if let providers = extensionsByPart[name] { return providers.contains(provider) }
  return !commonOperators.contains(name)
}

extension Replay {
  func isExtension(_ name: String) -> Bool {
    extensionNames[name] != nil || needingNothing.contains(name) || requirements[name] != nil
  }

  /// Whether ALTER EXTENSION … SET SCHEMA moves it.
  func isRelocatable(_ name: String) -> Bool {
    needingNothing.contains(name)
      && !["plperl", "plpgsql", "plpython3u", "pltcl", "xml2"].contains(name)
  }

  mutating func createExtension(_ statement: CreateExtension) throws(Refused) {
    let name = QualifiedName(statement.name)
    if let present = catalog.extensions[statement.name] {
      if statement.ifNotExists { return effect(.skipped(.extension, name)) }
      try fail(
        "42710", .alreadyExists(.extension, name, of: nil),
        ifCertain: catalog.lastOpaque == nil || present.origin == context.origin)
    }
    if let schema = statement.schema { try requireSchema(schema) }
    if statement.cascade {
      try createRequired(by: statement)
    } else {
      for needed in requirements[statement.name] ?? [] where catalog.extensions[needed] == nil {
        try fail(
          "42704", .missing(.extension, QualifiedName(needed), of: nil),
          ifCertain: catalog.isComplete)
      }
    }
    requireAvailable(statement.name, version: statement.version)
    if statement.ifNotExists { doubtAbsence(of: .extension, name) }
    let installed = InstalledExtension(
      name: statement.name, schema: statement.schema ?? catalog.creationSchema,
      version: statement.version, origin: context.origin)
    catalog.extensions[statement.name] = installed
    effect(.extensionCreated(installed))
  }

  /// CASCADE also makes the extensions that are needed, as far as they are not there (manual, CREATE
  /// EXTENSION).
  private mutating func createRequired(by statement: CreateExtension) throws(Refused) {
    if requirements[statement.name] == nil, !needingNothing.contains(statement.name),
      extensionNames[statement.name] == nil
    {
      doubt(.schema, .notCompared(.extension, QualifiedName(statement.name)))
    }
    for needed in requirements[statement.name] ?? [] where catalog.extensions[needed] == nil {
      try createExtension(CreateExtension(required: needed, schema: statement.schema))
    }
  }

  /// The objects that use what an extension brings.
  func dependents(ofExtension name: String) -> [Dependent] {
    var found: [Dependent] = []
    for other in catalog.extensions.keys.sorted()
    where requirements[other]?.contains(name) == true && !dropping.contains(QualifiedName(other)) {
      found.append(Dependent(.extension, QualifiedName(other)))
    }
    found += dependents(ofPart: ObjectKey(.foreignDataWrapper, QualifiedName(name)))
    let schema = catalog.extensions[name]?.schema ?? "public"
    for part in extensionNames[name] ?? [] {
      let qualified = QualifiedName(schema: schema, part)
      found += dependents(ofType: qualified)
      found += dependents(ofRoutine: qualified).filter { !found.contains($0) }
      found += indexes(withOperatorClass: part)
    }
    return found
  }

  /// Says that a DROP EXTENSION may fail where something is used that neither PostgreSQL has itself nor the
  /// history made, nor another extension is known to bring.
  mutating func mayBeUsed(_ name: String) {
    let schema = catalog.extensions[name]?.schema ?? "public"
    for part in extensionNames[name] ?? [] {
      mayBeMentioned(QualifiedName(schema: schema, part), .type, known: [])
    }
    guard !fullyListed.contains(name), outcome.failures.isEmpty else { return }
    let elsewhere = Set(
      extensionNames.filter { $0.key != name && catalog.extensions[$0.key] != nil }.flatMap(\.value)
    )
    let search = StrangerSearch(replay: self, name: name, elsewhere: elsewhere)
    if let dependent = search.dependent {
      mayFail(
        "2BP01", .hasDependents(.extension, QualifiedName(name), dependents: [dependent]))
    }
  }

  private func indexes(withOperatorClass name: String) -> [Dependent] {
    guard name.hasSuffix("_ops") else { return [] }
    var found: [Dependent] = []
    for table in catalog.tables {
      for index in table.indexes
      where index.elements.contains(where: { $0.operatorClass?.name == name }) {
        found.append(Dependent(.index, QualifiedName(index.name), of: table.name))
      }
    }
    return found
  }
}

/// Looks for an object that uses what may be an extension's.
private struct StrangerSearch {
  let replay: Replay
  /// Of the extension.
  let name: String
  /// What other extensions bring.
  let elsewhere: Set<String>

  var dependent: Dependent? {
    for table in replay.catalog.tables {
      if let part = part(of: table) { return part }
    }
    for case .view(let view) in replay.catalog.relations.values where uses(view.value) {
      return Dependent(view.value.isMaterialized ? .materializedView : .view, view.value.name)
    }
    for routine in replay.catalog.routines.values.flatMap(\.value)
    where routine.arguments.contains(where: isStrange) {
      return Dependent(.function, routine.name)
    }
    for (key, other) in replay.catalog.others
    where other.uses.contains(where: { replay.catalog.others[$0] == nil && $0.kind != .type }) {
      return Dependent(key.kind, key.name, of: key.owner)
    }
    for type in replay.catalog.types.values {
      guard let domain = type.value.domain else { continue }
      let checks = domain.constraints.compactMap { constraint -> SQLExpression? in
        if case .check(let expression, _) = constraint.kind { expression } else { nil }
      }
      if isStrange(domain.type) || checks.contains(where: uses) {
        return Dependent(.domain, type.value.name)
      }
    }
    return nil
  }

  private func part(of table: Table) -> Dependent? {
    func found(_ kind: ObjectKind, _ part: String) -> Dependent {
      Dependent(kind, QualifiedName(part), of: table.name)
    }
    if case .foreign = table.kind, name.hasSuffix("_fdw") { return Dependent(.table, table.name) }
    for column in table.columns
    where column.type.map(isStrange) == true || column.default.expression.map(uses) == true {
      return found(.column, column.name)
    }
    for constraint in table.constraints {
      switch constraint.kind {
      case .check(let expression, _) where uses(expression):
        return found(.tableConstraint, constraint.name)
      case .exclusion where !fullyListed.contains(name):
        return found(.tableConstraint, constraint.name)
      default: break
      }
    }
    for index in table.indexes where uses(index) { return found(.index, index.name) }
    for policy in table.policies
    where policy.using.map(uses) == true || policy.check.map(uses) == true {
      return found(.policy, policy.name)
    }
    for trigger in table.triggers where trigger.definition.condition.map(uses) == true {
      return found(.trigger, trigger.name)
    }
    return nil
  }

  private func uses(_ index: Index) -> Bool {
    let isUsual = index.method == "btree" || index.method == "hash" || index.method == "brin"
    if !isUsual, classExtensions.contains(name) { return true }
    if !isUsual, index.method != "gin", index.method != "gist", index.method != "spgist" {
      return true
    }
    let expressions = index.elements.compactMap(\.expression) + [index.predicate].compactMap { $0 }
    return expressions.contains(where: uses)
      || index.elements.contains { element in
        guard let name = element.operatorClass?.name else { return false }
        return !elsewhere.contains(name) && !name.hasSuffix("_pattern_ops")
          && name != "jsonb_path_ops"
      }
  }

  private func uses(_ expression: SQLExpression) -> Bool {
    expression.functions.contains { isStrange(function: $0.name) }
      || expression.casts.contains { !$0.isBuiltin && isStrange(type: $0.qualifiedName) }
      || expression.operators.contains { isStrange(operator: $0.name) }
  }

  private func uses(_ view: View) -> Bool {
    view.functions.contains { isStrange(function: $0) }
      || view.types.contains(where: isStrange(type:))
      || view.query.operators.contains { isStrange(operator: String($0)) }
  }

  private func isStrange(_ type: DataType) -> Bool { type.userType.map(isStrange(type:)) ?? false }

  private func isStrange(type name: QualifiedName) -> Bool {
    let resolved = replay.catalog.resolveType(name)
    return replay.catalog.types[resolved] == nil && replay.catalog.relations[resolved] == nil
      && !elsewhere.contains(name.name)
  }

  private func isStrange(function name: QualifiedName) -> Bool {
    !replay.isBuiltin(name) && replay.knownRoutine(name) == nil && !elsewhere.contains(name.name)
  }

  private func isStrange(operator name: String) -> Bool {
    name == "#" || name == "&" || name == "|"
      ? classExtensions.contains(self.name)
      : !commonOperators.contains(name) || self.name == "intarray"
  }
}

extension String {
  /// The operators in the text of a query, outside of its literals.
  fileprivate var operators: [Substring] {
    split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }
      .flatMap { part in part.element.split { !"+-*/<>=~!@#%^&|`?".contains($0) } }
  }
}
