// Which operator classes the columns and expressions of an index get, and what CREATE INDEX and EXCLUDE refuse by
// that (`ResolveOpClass` in indexcmds.c).

import HashTreeCollections
import PostgresSyntax

/// The methods of PostgreSQL itself.
private let ownMethods: Set<String> = ["btree", "hash", "gist", "gin", "spgist", "brin"]

/// Whether PostgreSQL itself has no operator class that a column of a type gets: one of an extension has to be there.
package func isWithoutClass(_ type: BuiltinType, method: String) -> Bool {
  ValueType(type.rawValue[...]).map { !OperatorClasses.hasDefault(for: $0, method: method) }
    ?? false
}

extension Replay {
  /// Refuses operator classes and collations that the elements of an index cannot have.
  mutating func requireClasses(
    of elements: [IndexElement], method: String, in table: Table
  ) throws(Refused) {
    if lostExtension(named: method) {
      try fail(
        "42704", .missing(.accessMethod, QualifiedName(method), of: nil),
        ifCertain: catalog.isComplete)
    }
    for element in elements {
      let type = type(of: element, in: table)
      try requireClass(element.operatorClass, for: type, method, of: table)
      if let collation = element.collation, let type, case .builtin = type.base, !type.isArray,
        let builtin = type.builtin
      {
        try requireCollatable(.builtin(builtin.rawValue), collation)
      }
    }
  }

  /// Refuses a column of an index whose type has no operator class for the index (manual 11.10).
  /// - Parameter name: nil for the class that the type gets by itself.
  mutating func requireClass(
    _ name: QualifiedName?, for type: DataType?, _ method: String, of table: Table
  ) throws(Refused) {
    try requireClass(name, for: valueType(type), method, of: table)
  }

  private mutating func requireClass(
    _ name: QualifiedName?, for type: ValueType?, _ method: String, of table: Table
  ) throws(Refused) {
    if let name {
      try requireNamedClass(name, for: type, method, of: table)
    } else if let type, type != .unknown, ownMethods.contains(method) {
      try requireDefaultClass(for: type, method, of: table)
    }
  }

  /// Nil where it is not known.
  private func type(of element: IndexElement, in table: Table) -> ValueType? {
    switch element.key {
    case .column(let name): valueType(table.column(name)?.type)
    case .expression(let expression): typeOfValue(expression, in: table)
    }
  }

  // MARK: Named classes

  private mutating func requireNamedClass(
    _ name: QualifiedName, for type: ValueType?, _ method: String, of table: Table
  ) throws(Refused) {
    if hasOwnClass(name, method) { return }
    let isPlain = name.schema == nil || name.schema == "pg_catalog"
    let found = OperatorClasses.named(name.name, method: method)
    if isPlain, let own = found.first(where: { $0.provider == nil }) {
      return try require(type, own, of: table)
    }
    if let brought = found.first(where: { isThere($0.provider) }) {
      return try require(type, brought, of: table)
    }
    if let provider = found.compactMap(\.provider).first, name.schema != "pg_catalog" {
      return try fail(
        "42704", .missing(.operatorClass, name, of: nil),
        ifCertain: catalog.isComplete && lostExtension(named: String(provider)))
    }
    let mayBeBrought = extensionsByPart[name.name] != nil || !ownMethods.contains(method)
    if mayBeBrought {
      guard lacksExtension(bringing: name.name) else { return }
      return try fail(
        "42704", .missing(.operatorClass, name, of: nil),
        ifCertain: catalog.isComplete && lostExtension(bringing: name.name) != nil)
    }
    // Of an extension that is not known here, which the history makes.
    if name.schema != "pg_catalog", catalog.extensions.keys.contains(where: { !isWellKnown($0) }) {
      return
    }
    mayFail("42704", .missing(.operatorClass, name, of: nil))
  }

  private func hasOwnClass(_ name: QualifiedName, _ method: String) -> Bool {
    let reference = ObjectReference(
      kind: .operatorClass, name: name, owner: QualifiedName(method))
    return catalog.others[otherKey(reference)] != nil
  }

  private func isThere(_ provider: Substring?) -> Bool {
    provider.map { catalog.extensions[String($0)] != nil } ?? false
  }

  /// Refuses a type that is not the one of a class.
  private mutating func require(
    _ type: ValueType?, _ found: OperatorClass, of table: Table
  ) throws(Refused) {
    guard let type, type != .unknown, let wanted = found.type,
      !OperatorClasses.isSame(type, as: wanted), !catalog.unfollowed.contains(.operators)
    else { return }
    try fail(
      "42804", .invalidDefinition("\(type.description) is not of operator class \(found.name)"),
      ifCertain: isSettled(table.id))
  }

  // MARK: Default classes

  private mutating func requireDefaultClass(
    for type: ValueType, _ method: String, of table: Table
  ) throws(Refused) {
    if OperatorClasses.hasDefault(for: type, method: method) || hasOwnDefault(method) { return }
    let providers = OperatorClasses.providers(ofDefaultFor: type, method: method)
    if providers.contains(where: { catalog.extensions[$0] != nil }) { return }
    let words =
      "\(type.description) has no operator class for \(method)"
      + (providers.first.map { " without \($0)" } ?? "")
    let isKnown =
      providers.isEmpty
      ? context.serverVersion <= 15 && isSettled(table.id)
        && !catalog.unfollowed.contains(.operators)
        && catalog.extensions.keys.allSatisfy(isWellKnown)
      : catalog.isComplete && providers.allSatisfy(lostExtension(named:))
    try fail("42704", .invalidDefinition(words), ifCertain: isKnown)
  }

  /// Whether the history made a class for a method that is the one of its type.
  private func hasOwnDefault(_ method: String) -> Bool {
    catalog.others.contains {
      $0.key.kind == .operatorClass && $0.key.owner?.name == method && $0.value.isDefault
    }
  }

  // MARK: EXCLUDE

  /// Refuses a method that cannot look for one row by a key, and operators that are not equal for both of their
  /// sides, or none of the index (`DefineIndex` and `ComputeIndexAttrs` in indexcmds.c).
  mutating func requireOperators(of exclusion: Exclusion, in table: Table) throws(Refused) {
    if ["gin", "brin"].contains(exclusion.method) {
      try fail("0A000", .notSupported("an exclusion constraint of method \(exclusion.method)"))
    }
    guard !catalog.unfollowed.contains(.operators) else { return }
    for (element, name) in zip(exclusion.elements, exclusion.operators) {
      guard name.schema == nil || name.schema == "pg_catalog",
        let type = type(of: element, in: table), type != .unknown
      else { continue }
      try requireOperator(name.name, of: type, in: table)
      let isTree = exclusion.method == "btree" || exclusion.method == "hash"
      if isOneSided(name.name) || isTree && name.name != "=" {
        try fail(
          "42809", .invalidDefinition("operator \(name.name) in an exclusion constraint"),
          ifCertain: isSettled(table.id))
      }
    }
  }

  private mutating func requireOperator(
    _ name: String, of type: ValueType, in table: Table
  ) throws(Refused) {
    guard let all = Signatures.operators(named: name) else { return }
    if case .none = Candidates.choose(among: all, for: [type, type]) {
      try fail(
        "42883",
        .invalidDefinition("there is no operator \(type.description) \(name) \(type.description)"),
        ifCertain: isSettled(table.id) && catalog.extensions.keys.allSatisfy { $0 == "plpgsql" })
    }
  }

  /// Whether an operator says another thing where its sides change places.
  private func isOneSided(_ name: String) -> Bool {
    ["<", ">", "<=", ">=", "<<", ">>", "&<", "&>", "@>", "<@", "<<|", "|>>", "&<|", "|&>"]
      .contains(name)
  }
}
