// The types that a column, attribute or domain cannot have, and the modifiers that a type does not take.

import HashTreeCollections
import PostgresSyntax

/// The types of which no value is stored (`pg_type.typtype` = p), but for `record[]` and the like.
let pseudoTypes: Set<String> = [
  "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange",
  "anycompatiblenonarray", "anycompatiblerange", "anyelement", "anyenum", "anymultirange",
  "anynonarray", "anyrange", "cstring", "event_trigger", "fdw_handler", "index_am_handler",
  "internal", "language_handler", "record", "table_am_handler", "trigger", "tsm_handler", "unknown",
  "void",
]

/// Types that have a collation.
private let collatedTypes: Set<String> = ["text", "varchar", "bpchar", "name"]

/// What the methods of indexes are called that PostgreSQL brings, which are none of tables.
private let indexMethods: Set<String> = ["btree", "hash", "gist", "gin", "spgist", "brin"]

extension Replay {
  /// Refuses a column whose name, type or collation no column can have (`CheckAttributeNamesTypes` in heap.c).
  /// - Parameter relation: what the column is of.
  mutating func requireStorable(
    _ definition: ColumnDefinition, in relation: QualifiedName, isAttribute: Bool = false
  ) throws(Refused) {
    if !isAttribute { try requireFreeName(definition.name) }
    guard let type = definition.type else { return }
    if isAttribute, definition.isSerial {
      try fail("42704", .missing(.type, QualifiedName("serial"), of: nil))
    }
    try requireStorable(type, "42P16")
    if !type.isBuiltin, catalog.resolveType(type.qualifiedName) == relation {
      try fail("42P16", .invalidDefinition("\(relation.name) as a member of itself"))
    }
    if let collation = definition.collation { try requireCollatable(type, collation) }
  }

  /// Refuses the name of a column that every table has.
  mutating func requireFreeName(_ name: String) throws(Refused) {
    if systemColumns.contains(name) {
      try fail("42701", .invalidDefinition("\(name) is the name of a system column"))
    }
  }

  mutating func requireStorable(_ type: TypeName, _ sqlState: String) throws(Refused) {
    guard type.isBuiltin else { return }
    if pseudoTypes.contains(type.name), !type.isArray {
      try fail(sqlState, .invalidDefinition("\(type.name) is no type of stored values"))
    }
    guard let first = type.numbers?.first, let second = type.numbers?.last else { return }
    var isFine = true
    switch type.name {
    case "varchar", "bpchar": isFine = (1...10_485_760).contains(first)
    case "bit", "varbit": isFine = (1...83_886_080).contains(first)
    case "numeric":
      let scales = context.serverVersion < 15 ? 0...first : -1000...1000
      isFine = (1...1000).contains(first) && (type.modifiers.count < 2 || scales.contains(second))
    case "text", "bytea", "uuid", "json", "jsonb", "date", "int2", "int4", "int8", "bool":
      try fail("42601", .invalidDefinition("\(type.name) takes no modifier"))
    default: break
    }
    if !isFine { try fail("22023", .invalidDefinition("the modifier of \(type.description)")) }
  }

  /// Refuses a collation of a type that has none.
  mutating func requireCollatable(_ type: TypeName, _ collation: QualifiedName) throws(Refused) {
    if type.isBuiltin, !collatedTypes.contains(type.name), ownCollation(collation) != nil,
      BuiltinType(rawValue: type.name) != nil
    {
      try fail("42804", .invalidDefinition("\(type.description) has no collation"))
    }
  }

  /// Refuses an identity of what is no whole number.
  mutating func requireIdentityType(_ type: DataType?) throws(Refused) {
    guard let type, type.builtin != nil || type.isArray else { return }
    let isWhole = type.builtin == .int2 || type.builtin == .int4 || type.builtin == .int8
    if !isWhole || type.isArray {
      try fail("22023", .invalidDefinition("an identity of type \(type.description)"))
    }
  }

  /// Refuses a way to store a table's rows that is known not to be there.
  mutating func requireTableMethod(_ method: String?) throws(Refused) {
    guard let method, method != "heap" else { return }
    if indexMethods.contains(method) {
      try fail("55000", .invalidDefinition("\(method) is a method of indexes"))
    }
    try requireOwnMethod(method)
  }

  mutating func requireIndexMethod(_ method: String) throws(Refused) {
    // `rtree` is what GiST was called once.
    guard !indexMethods.contains(method) else { return }
    if method == "heap" { try fail("XX000", .invalidDefinition("heap is a method of tables")) }
    if method != "rtree" { try requireOwnMethod(method) }
  }

  /// Extensions bring methods of their own, and may be made by who sets a database up.
  private mutating func requireOwnMethod(_ method: String) throws(Refused) {
    guard catalog.extensions.count <= 1, !isMade(.accessMethod, method) else { return }
    mayFail("42704", .missing(.accessMethod, QualifiedName(method), of: nil))
  }
}
