// What the statements of a downgrade rest on, as the database has it: the relations that they read, and all that
// they name and do not change.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SafetyRules
import SchemaModel

extension DriftComparison {
  mutating func compareUsed() {
    let found = Dictionary(facts.used.map { ($0.use, $0) }) { first, _ in first }
    let needed = Set(
      (plan.needs + plan.skips).flatMap { use in
        [use.object, use.object.relation.map(NamedObject.relation)].compactMap(\.self)
      })
    var differing: Set<NamedObject> = []
    for use in plan.uses {
      if let provider = use.provider {
        compare(use, of: provider, use.asked.compactMap { found[$0] })
      } else if let known = use.known, needed.contains(known) {
        continue
      } else if isPresent(use, use.asked.compactMap { found[$0] }), let known = use.known,
        let text = difference(of: known, use), differing.insert(known).inserted
      {
        usedDiffers(text, use.statement)
      }
    }
    compareRead()
  }

  /// Relations that views and policies read, and the columns that foreign keys refer to.
  private mutating func compareRead() {
    var seen: Set<QualifiedName> = []
    for assumption in plan.assumptions {
      switch assumption.matter {
      case .read(let name) where seen.insert(name).inserted:
        if let text = differenceOfUsed(name, among: nil) { usedDiffers(text, assumption.statement) }
      case .referred(let name, let columns, _) where !plan.tables.contains(name):
        if let text = differenceOfUsed(name, among: Set(columns)) {
          usedDiffers(text, assumption.statement)
        }
      default: continue
      }
    }
  }

  private mutating func usedDiffers(_ text: String, _ statement: Int) {
    drift.note(text)
    add(
      .executes, .unknown, "\(text), unlike in the files, and what is made of it may be refused",
      at: statement)
    add(
      .schema, .unknown, "\(text), unlike in the files, and is part of what is made", at: statement)
  }

  // MARK: - Names

  /// Whether the database has it, after saying so where it has not.
  private mutating func isPresent(_ use: NameUse, _ found: [LiveUse]) -> Bool {
    let words = use.known.map(self.words) ?? use.words
    if found.contains(where: \.isFound) {
      guard use.known != nil, let first = found.first, !first.isFound, first.use.name.schema != nil
      else { return true }
      let place = TableName(schema: first.use.name.schema, name: first.use.name.name)
      drift.note("\(words) is not in schema \(place.schema ?? "")")
      add(
        .schema, .unknown,
        "\(words) is not in schema \(place.schema ?? ""), and another one is used",
        at: use.statement)
      return false
    }
    if let schema = found.compactMap(\.elsewhere).first {
      let text = "\(words) is in schema \(schema), where it is not looked for"
      drift.note(text)
      add(.executes, .unknown, text, at: use.statement)
    } else if use.isCertain {
      drift.note("\(words) is missing")
      add(
        .executes, .unsafe, "fails (\(use.missingState)): the database has no \(words)",
        at: use.statement)
    } else {
      drift.note("\(words) is missing")
      add(.executes, .unknown, "the database has no \(words)", at: use.statement)
    }
    return false
  }

  /// An operator that may be an extension's, which is gone or was moved by hand.
  private mutating func compare(_ use: NameUse, of provider: String, _ found: [LiveUse]) {
    let name = use.name.name.name
    if !facts.extensions.contains(provider) {
      guard mayBring(operator: name, extension: provider) else { return }
      drift.note("extension \(provider) is missing")
      add(
        .executes, .unknown, "extension \(provider) is missing, and operator \(name) may be its",
        at: use.statement)
    } else if let schema = found.first(where: { !$0.isFound })?.elsewhere,
      schema != plan.current.extensions[provider]?.schema
    {
      let text = "operator \(name) of extension \(provider) is in schema \(schema)"
      drift.note(text)
      add(.executes, .unknown, "\(text), where it is not looked for", at: use.statement)
    }
  }

  // MARK: - Differences

  private func difference(of object: NamedObject, _ use: NameUse) -> String? {
    switch object {
    case .relation(let name):
      return plan.tables.contains(name) ? nil : differenceOfUsed(name, among: use.columns)
    case .type(let name):
      guard let type = plan.current.type(name), let live = facts.types[TableName(name)] else {
        return nil
      }
      if let kind = type.kind.catalogKind, kind != live.kind {
        return "\(words(object)) is another kind of type"
      }
      guard let labels = type.labels, labels != live.labels else { return nil }
      return "\(words(object)) has the labels \(live.labels.joined(separator: ", "))"
    case .routine(let name):
      let live = facts.routines[TableName(name)]?.map(\.arguments) ?? []
      let isGone = plan.current.routines(name).contains { routine in
        routine.argumentTypeNames.map { !live.contains($0) } ?? false
      }
      return isGone ? "\(words(object)) has other arguments" : nil
    default: return nil
    }
  }

  /// How a relation differs from that of the files, as far as a query notices that names some columns; nil: all.
  private func differenceOfUsed(_ name: QualifiedName, among names: Set<String>?) -> String? {
    let words = words(.relation(name))
    let columns: [Column]
    var hasKey = false
    if let table = plan.current.table(name) {
      guard table.isComplete, table.origin != nil else { return nil }
      columns = table.columns
      hasKey = table.primaryKey != nil
    } else if let view = plan.current.view(name) {
      guard view.isKnown, view.origin != nil else { return nil }
      columns = view.columns
    } else {
      return nil
    }
    guard var live = live(name) else { return nil }
    guard let names else {
      if let text = difference(columns, live) { return "\(words) \(text)" }
      let isKeyed = live.constraints.contains { $0.kind == "p" }
      return hasKey && !isKeyed ? "\(words) has no primary key" : nil
    }
    live.columns.removeAll { !names.contains($0.name) }
    let known = columns.filter { names.contains($0.name) }
    if Set(known.map(\.name)) == Set(live.columns.map(\.name)) {
      live.columns = known.compactMap { column in
        live.columns.first { $0.name == column.name }
      }
    }
    return difference(known, live).map { "\(words) \($0)" }
  }
}

extension NameUse {
  /// The kind and name, as the lines of a report call it.
  fileprivate var words: String {
    let shown = displayed(name.name)
    switch name.kind {
    case .operatorClass: return "operator class \(shown) for \(name.method ?? "")"
    case .defaultClass: return "operator class of \(shown) for \(name.method ?? "") by default"
    default: return "\(name.kind.rawValue) \(shown)"
    }
  }

  /// Of a statement that names what is not there.
  fileprivate var missingState: String {
    switch name.kind {
    case .relation: "42P01"
    case .function, .operator: "42883"
    case .schema: "3F000"
    case .type, .collation, .operatorClass, .defaultClass, .accessMethod, .tablespace, .language,
      .server, .textSearchConfiguration, .textSearchDictionary:
      "42704"
    }
  }
}

extension UserType.Kind {
  /// `pg_type.typtype`; nil where it is not known.
  fileprivate var catalogKind: String? {
    switch self {
    case .enumeration: "e"
    case .domain: "d"
    case .composite: "c"
    case .range: "r"
    case .base: "b"
    case .shell, .unknown: nil
    }
  }
}
