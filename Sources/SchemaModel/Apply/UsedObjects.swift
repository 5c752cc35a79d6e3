// What rests on collations, operators, text search objects and their like.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// The objects of a kind that are made of another.
  func users(of key: ObjectKey, _ kind: ObjectKind? = nil) -> [ObjectKey] {
    catalog.others.filter { item in
      item.value.uses.contains(key) && (kind == nil || item.key.kind == kind)
    }.map(\.key).sorted()
  }

  /// As dependents: what is made of a type, function or other object.
  func dependents(ofPart key: ObjectKey) -> [Dependent] {
    if catalog.others.isEmpty { return [] }
    return users(of: key).map { Dependent($0.kind, $0.name, of: $0.owner) }
  }

  /// Refuses to drop what something rests on, drops that under CASCADE, and says where it is not known.
  mutating func settleUses(
    of key: ObjectKey, _ other: OtherObject, cascade: Bool
  ) throws(Refused) {
    if key.kind == .statistics || key.kind == .publication || key.kind == .cast { return }
    if key.kind == .role {
      return doubt(.executes, .ofCluster(.role, key.name))
    }
    let names = [key.name.name] + other.formerNames
    var found = dependents(ofPart: key)
    switch key.kind {
    case .collation: found += columns(withCollation: [key.name.name])
    case .operatorClass: found += indexes(withOperatorClass: [key.name.name])
    case .foreignServer: found += foreignTables(of: key.name.name)
    default: break
    }
    try settle(found, of: key.kind, key.name, cascade: cascade)
    if !isSettled(other), !cascade, found.isEmpty {
      mayFail("2BP01", .hasDependents(key.kind, key.name, dependents: []))
    }
    guard mayBeUsed(key, other, names) else { return }
    if cascade { return effect(.notUnderstood(.statement("CASCADE"))) }
    if found.isEmpty { mayFail("2BP01", .hasDependents(key.kind, key.name, dependents: [])) }
  }

  /// Whether something may rest on it that is not followed.
  private func mayBeUsed(_ key: ObjectKey, _ other: OtherObject, _ names: [String]) -> Bool {
    switch key.kind {
    // They are used without being named.
    case .operator, .operatorFamily: return catalog.definitions != other.definitions
    case .operatorClass:
      return other.isDefault && catalog.definitions != other.definitions || isMentioned(names)
    // The columns of what a query makes have the collations of those that it reads.
    case .collation: return catalog.copies != other.copies || isMentioned(names)
    case .textSearchConfiguration, .textSearchDictionary: return isMentioned(names)
    default: return false
    }
  }

  private func columns(withCollation names: [String]) -> [Dependent] {
    func isOne(_ collation: QualifiedName?) -> Bool {
      collation.map { names.contains($0.name) } ?? false
    }
    var found: [Dependent] = []
    for table in catalog.tables {
      for column in table.columns where isOne(column.collation) {
        found.append(Dependent(.column, QualifiedName(column.name), of: table.name))
      }
      for index in table.indexes where index.elements.contains(where: { isOne($0.collation) }) {
        found.append(Dependent(.index, QualifiedName(index.name), of: table.name))
      }
    }
    for type in catalog.types.values {
      if isOne(type.value.domain?.collation) { found.append(Dependent(.domain, type.value.name)) }
      guard case .composite(let columns) = type.value.kind else { continue }
      for column in columns where isOne(column.collation) {
        found.append(Dependent(.column, QualifiedName(column.name), of: type.value.name))
      }
    }
    return found.sorted { ($0.owner ?? $0.name, $0.name) < ($1.owner ?? $1.name, $1.name) }
  }

  private func indexes(withOperatorClass names: [String]) -> [Dependent] {
    var found: [Dependent] = []
    for table in catalog.tables {
      for index in table.indexes
      where index.elements.contains(where: { element in
        element.operatorClass.map { names.contains($0.name) } ?? false
      }) {
        found.append(
          index.constraint.map { Dependent(.tableConstraint, QualifiedName($0), of: table.name) }
            ?? Dependent(.index, QualifiedName(index.name), of: table.name))
      }
    }
    return found
  }

  /// Columns and indexes have their collation, and indexes their operator class, under another name.
  mutating func retargetElements(from key: ObjectKey, to target: ObjectKey) {
    guard key.kind == .collation || key.kind == .operatorClass else { return }
    func renamed(_ name: QualifiedName?) -> QualifiedName? {
      guard let name, name.name == key.name.name, name.schema ?? key.name.schema == key.name.schema
      else { return name }
      return name.schema == nil && key.name.schema == target.name.schema
        ? QualifiedName(target.name.name) : target.name
    }
    for before in catalog.tables {
      var table = before
      for place in table.indexes.indices {
        for element in table.indexes[place].elements.indices {
          if key.kind == .collation {
            let name = table.indexes[place].elements[element].collation
            table.indexes[place].elements[element].collation = renamed(name)
          } else {
            let name = table.indexes[place].elements[element].operatorClass
            table.indexes[place].elements[element].operatorClass = renamed(name)
          }
        }
      }
      if key.kind == .collation {
        for place in table.columns.indices where table.columns[place].collation != nil {
          table.columns[place].collation = renamed(table.columns[place].collation)
        }
      }
      if table != before { store(table) }
    }
    guard key.kind == .collation else { return }
    for before in catalog.types.values.map(\.value) {
      var type = before
      switch type.kind {
      case .domain(var domain):
        domain.collation = renamed(domain.collation)
        type.kind = .domain(domain)
      case .composite(var columns):
        for place in columns.indices {
          columns[place].collation = renamed(columns[place].collation)
        }
        type.kind = .composite(columns)
      default: continue
      }
      if type != before { store(type) }
    }
  }

  private func foreignTables(of server: String) -> [Dependent] {
    catalog.tables.filter { $0.kind == .foreign(server: server) }.map {
      Dependent(.foreignTable, $0.name)
    }
  }

  /// Whether one of the names stands in a definition, also in a text: `to_tsvector('name', …)`. Views are
  /// taken to name anything, as is a publication with conditions.
  private func isMentioned(_ names: [String]) -> Bool {
    let words = names.map { $0.lowercased() }
    let isPlain = words.allSatisfy { name in
      name.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
      }
    }
    if catalog.others.values.contains(where: { !$0.columnUses.isEmpty }) { return true }
    for value in catalog.relations.values {
      switch value {
      case .view: return true
      case .table(let table):
        if table.value.definitionTexts.contains(where: { !isPlain || $0.names(words) }) {
          return true
        }
      case .sequence, .index: continue
      }
    }
    for type in catalog.types.values {
      if case .range = type.value.kind { return true }
      guard let domain = type.value.domain else { continue }
      let texts =
        domain.constraints.compactMap(\.checkedText) + [domain.default?.text].compactMap { $0 }
      if texts.contains(where: { !isPlain || $0.names(words) }) { return true }
    }
    for routine in catalog.routines.values.flatMap(\.value) {
      guard let definition = routine.definition else { continue }
      // Nothing depends on what a body in a string names.
      let text = definition.definition.replacing(definition.body ?? "", with: "")
      if !isPlain || text.names(words) { return true }
    }
    return catalog.others.contains { key, other in
      key.kind == .statistics && (other.definition.map { !isPlain || $0.names(words) } ?? true)
    }
  }
}

extension Table {
  /// The texts of what its parts compute.
  fileprivate var definitionTexts: [String] {
    var texts = columns.compactMap(\.default.expression?.text)
    texts += constraints.compactMap(\.checkedText)
    for constraint in constraints {
      if case .exclusion(let exclusion) = constraint.kind { texts.append("\(exclusion)") }
    }
    for index in indexes {
      for element in index.elements {
        if case .expression(let expression) = element.key { texts.append(expression.text) }
      }
      if let predicate = index.predicate { texts.append(predicate.text) }
    }
    for policy in policies { texts += [policy.using, policy.check].compactMap { $0?.text } }
    texts += triggers.compactMap(\.definition.condition?.text)
    texts += rules.map { "\($0)" }
    if case .partitioned(let key) = kind { texts.append("\(key)") }
    return texts
  }
}

extension Constraint {
  fileprivate var checkedText: String? {
    if case .check(let expression, _) = kind { expression.text } else { nil }
  }
}

extension String {
  /// Whether one of the words stands in the text, in letters of whatever case.
  fileprivate func names(_ words: [String]) -> Bool {
    let parts = Set(
      lowercased().utf8.split { byte in
        !((0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F)
      }.map { String(Substring($0)) })
    return words.contains(where: parts.contains)
  }
}
