// Extensions: what they bring along, as far as other objects can come to depend on it.

import HashTreeCollections
import PostgresSyntax

/// Functions and operator classes by the extension that brings them.
private let extensionNames: [String: [String]] = [
  "uuid-ossp": [
    "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4",
    "uuid_generate_v5", "uuid_nil",
  ],
  "pgcrypto": ["crypt", "digest", "gen_random_bytes", "gen_salt", "hmac"],
  "unaccent": ["unaccent"],
  "pg_trgm": ["gin_trgm_ops", "gist_trgm_ops", "similarity"],
  "citext": ["citext"],
  "hstore": ["hstore"],
  "ltree": ["ltree", "lquery"],
  "postgis": ["geometry", "geography"],
  "vector": ["vector", "halfvec", "sparsevec"],
  "cube": ["cube"],
]

extension Replay {
  mutating func createExtension(_ statement: CreateExtension) throws(Refused) {
    if let present = catalog.extensions[statement.name] {
      if statement.ifNotExists {
        return effect(.skipped(.extension, QualifiedName(statement.name)))
      }
      try fail(
        "42710", .alreadyExists(.extension, QualifiedName(statement.name), of: nil),
        ifCertain: catalog.lastOpaque == nil || present.origin == context.origin)
    }
    if let schema = statement.schema { try requireSchema(schema) }
    let installed = InstalledExtension(
      name: statement.name, schema: statement.schema ?? catalog.creationSchema,
      version: statement.version, origin: context.origin)
    catalog.extensions[statement.name] = installed
    effect(.extensionCreated(installed))
  }

  /// The objects that use what an extension brings.
  func dependents(ofExtension name: String) -> [Dependent] {
    guard let names = extensionNames[name] else { return [] }
    let schema = catalog.extensions[name]?.schema ?? "public"
    var found: [Dependent] = []
    for part in names {
      let qualified = QualifiedName(schema: schema, part)
      found += dependents(ofType: qualified)
      found += dependents(ofRoutine: qualified).filter { !found.contains($0) }
      found += indexes(withOperatorClass: part)
    }
    return found
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
