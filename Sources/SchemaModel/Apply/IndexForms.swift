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
}
