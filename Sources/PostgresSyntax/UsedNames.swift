// The objects that a statement uses by name, of whatever kind, from all of its tree.

/// An object as a statement names it for PostgreSQL to look up.
package struct UsedName: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable {
    /// What `pg_class` holds.
    case relation
    /// Or the type that a cast in the form of a call names.
    case function
    /// A table has one too.
    case type
    case collation
    /// Of the access method `method`.
    case operatorClass = "operator class"
    /// That of a type by default, for the access method `method`.
    case defaultClass = "default operator class"
    case `operator`
    case accessMethod = "access method"
    case textSearchConfiguration = "text search configuration"
    case textSearchDictionary = "text search dictionary"
    case tablespace
    case schema
    case language
    case server
  }
  package var kind: Kind
  package var name: QualifiedName
  package var method: String?

  package init(_ kind: Kind, _ name: QualifiedName, method: String? = nil) {
    self.kind = kind
    self.name = name
    self.method = method
  }
}

/// What a statement uses by name, each once, in the order of the text.
package struct UsedNames: Hashable, Sendable {
  package var names: [UsedName] = []
  /// What is used in the body of a function alone.
  package var inBodies: Set<UsedName> = []
  /// The columns that stand in expressions and queries, whatever they are columns of.
  package var columns: Set<String> = []
  /// `*`, or a join over all columns of one name.
  package var takesAllColumns = false

  package init() {}

  mutating func add(_ other: UsedNames, isBody: Bool = false) {
    let new = Set(other.names).subtracting(names)
    names += other.names.filter(new.contains)
    inBodies.formUnion(isBody ? new : other.inBodies.intersection(new))
    columns.formUnion(other.columns)
    takesAllColumns = takesAllColumns || other.takesAllColumns
  }
}

/// What each of the texts uses by name; nothing of one that does not parse. The bodies of functions in SQL
/// count, as PostgreSQL reads them when it makes the function, and of a DO block what runs in any case.
package func usedNames(inAll texts: [String]) -> [UsedNames] {
  let body = { @Sendable () -> [UsedNames] in texts.map { usedNames($0, depth: 0) } }
  let found = ParserThread.run([body]).first ?? nil
  return found ?? texts.map { _ in UsedNames() }
}

/// - Parameter depth: in how many bodies the text stands.
private func usedNames(_ text: String, depth: Int) -> UsedNames {
  var used = UsedNames()
  for collected in collectNames(text) {
    used.add(collected.result)
    guard depth < 2 else { continue }
    for body in collected.bodies { used.add(usedNames(body, depth: depth + 1), isBody: true) }
    for case .statement(let part) in collected.blocks.flatMap({ parseProcedure($0)?.parts ?? [] }) {
      used.add(usedNames(part, depth: depth + 1))
    }
  }
  return used
}
