// What a method of indexes can do, and what CREATE INDEX refuses by that.

import HashTreeCollections
import PostgresSyntax

/// What a method of PostgreSQL's own is able to do (`amcan…` of its handler).
private struct IndexMethod {
  var hasOrder = false
  var hasSeveralColumns = true
  var includes = false
  var isUnique = false
}

private let methods: [String: IndexMethod] = [
  "btree": IndexMethod(hasOrder: true, includes: true, isUnique: true),
  "hash": IndexMethod(hasSeveralColumns: false),
  "gist": IndexMethod(includes: true),
  "gin": IndexMethod(),
  "spgist": IndexMethod(hasSeveralColumns: false, includes: true),
  "brin": IndexMethod(),
]

/// The type of each operator class that is often written, but for those of several types.
private let typesOfClasses: [String: Set<BuiltinType>] = [
  "int2_ops": [.int2], "int4_ops": [.int4], "int8_ops": [.int8], "text_ops": [.text, .varchar],
  "text_pattern_ops": [.text, .varchar], "varchar_ops": [.text, .varchar],
  "varchar_pattern_ops": [.text, .varchar], "bpchar_pattern_ops": [.bpchar],
  "jsonb_ops": [.jsonb], "jsonb_path_ops": [.jsonb], "uuid_ops": [.uuid], "date_ops": [.date],
  "timestamptz_ops": [.timestamptz], "timestamp_ops": [.timestamp], "bool_ops": [.bool],
  "numeric_ops": [.numeric], "tsvector_ops": [.tsvector],
]

extension Replay {
  /// Refuses what the method of an index cannot do (`DefineIndex` in indexcmds.c).
  mutating func requireForm(of statement: CreateIndex) throws(Refused) {
    try requireIndexMethod(statement.method)
    try requireTablespace(statement.tablespace)
    if statement.elements.count + statement.including.count > 32 {
      try fail("54011", .notSupported("an index of more than 32 columns"))
    }
    if let kind = parameterOwner(ofIndex: statement.method) {
      try requireParameters(statement.options, of: kind)
    }
    for name in statement.elements.flatMap(\.columns) + statement.including
    where isSystemColumn(name) {
      try fail("0A000", .notSupported("an index on the system column \(name)"))
    }
    if let name = statement.predicate?.columns.compactMap(\.column).first(where: isSystemColumn) {
      try fail("0A000", .notSupported("an index on the system column \(name)"))
    }
    guard let method = methods[statement.method] else { return }
    if !method.isUnique, statement.isUnique {
      try fail("0A000", .notSupported("a unique index of method \(statement.method)"))
    }
    if !method.includes, !statement.including.isEmpty {
      try fail("0A000", .notSupported("INCLUDE of an index of method \(statement.method)"))
    }
    if !method.hasSeveralColumns, statement.elements.count > 1 {
      try fail("0A000", .notSupported("an index of method \(statement.method) on several columns"))
    }
    if !method.hasOrder,
      statement.elements.contains(where: { $0.isDescending || $0.nullsFirst != nil })
    {
      try fail("0A000", .notSupported("an order of an index of method \(statement.method)"))
    }
  }

  /// Refuses an operator class of another type, and a collation of a type without one.
  mutating func requireClass(of element: IndexElement, _ type: DataType?) throws(Refused) {
    guard let type, let builtin = type.builtin else { return }
    if let name = element.operatorClass, name.schema == nil || name.schema == "pg_catalog",
      let types = typesOfClasses[name.name], type.isArray || !types.contains(builtin),
      !catalog.unfollowed.contains(.operators)
    {
      try fail(
        "42804", .invalidDefinition("\(type.description) is not of operator class \(name.name)"))
    }
    if let collation = element.collation, !type.isArray {
      try requireCollatable(.builtin(builtin.rawValue), collation)
    }
  }
}
