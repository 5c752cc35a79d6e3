// The types that statements write, resolved against the catalog.

import HashTreeCollections
import PostgresSyntax

private let builtinTypes: [String: BuiltinType] = Dictionary(
  uniqueKeysWithValues: BuiltinType.allCases.map { ($0.rawValue, $0) })

/// Types that come with an extension, by the extension's name.
private let extensionTypes: [String: String] = [
  "citext": "citext", "hstore": "hstore", "ltree": "ltree", "lquery": "ltree",
  "geometry": "postgis", "geography": "postgis", "raster": "postgis_raster", "vector": "vector",
  "halfvec": "vector", "sparsevec": "vector", "cube": "cube", "semver": "semver",
]

extension Replay {
  /// The stored form of a written type; a type that is known not to exist is refused.
  mutating func dataType(_ written: TypeName) throws(Refused) -> DataType {
    let type = namedType(written)
    if case .user(let name) = type.base, catalog.types[name] == nil, catalog.relations[name] == nil
    {
      try assumeType(name)
    }
    return type
  }

  /// The type, whether or not there is one of that name.
  func namedType(_ written: TypeName) -> DataType {
    if written.isBuiltin { return builtin(written) }
    let name = catalog.resolveType(written.qualifiedName)
    return DataType(.user(name), modifiers(written), isArray: written.isArray)
  }

  private func builtin(_ written: TypeName) -> DataType {
    guard let type = builtinTypes[written.name] else {
      return DataType(.other(written.name), modifiers(written), isArray: written.isArray)
    }
    return DataType(type, modifiers(written), isArray: written.isArray)
  }

  private func modifiers(_ written: TypeName) -> TypeModifiers {
    if written.modifiers.isEmpty { return .none }
    if let numbers = written.numbers {
      if numbers.count == 1 { return .one(numbers[0]) }
      if numbers.count == 2 { return .two(numbers[0], numbers[1]) }
    }
    let texts = written.modifiers.map { modifier in
      switch modifier {
      case .number(let number): String(number)
      case .word(let word): word
      }
    }
    return .text(texts.joined(separator: ","))
  }

  /// Takes as given a type that an extension may have brought; others must have been created.
  private mutating func assumeType(_ name: QualifiedName) throws(Refused) {
    let isForeign =
      extensionTypes[name.name] != nil || isSystemSchema(name.schema)
      || catalog.extensions.count > 1 && catalog.extensions.keys.contains { !isWellKnown($0) }
    if let provider = extensionTypes[name.name], catalog.extensions[provider] != nil { return }
    try fail(
      "42704", .missing(.type, name, of: nil), ifCertain: catalog.isComplete && !isForeign)
    outcome.assumptions.append(.object(.type, name))
  }

  /// Whether all the types of an extension are listed here.
  func isWellKnown(_ name: String) -> Bool {
    switch name {
    case "plpgsql", "uuid-ossp", "pgcrypto", "pg_trgm", "unaccent", "btree_gin", "btree_gist",
      "citext", "hstore", "ltree", "tablefunc", "pg_stat_statements", "fuzzystrmatch":
      true
    default: false
    }
  }
}
