// Two catalogs into what is different between them, in one order.

import HashTreeCollections
import PostgresSyntax

extension Catalog {
  /// What is different from an earlier catalog, in the order of kinds and names.
  ///
  /// Objects are the same if they have the same name: a renamed constraint is one that is missing
  /// and one that is extra. Where one of the catalogs does not tell, the difference is uncertain.
  package func differences(from earlier: Catalog) -> [SchemaDifference] {
    var comparison = Comparison(earlier: earlier, later: self)
    comparison.compareRelations()
    comparison.compareTypes()
    comparison.compareRoutines()
    comparison.compareOthers()
    return comparison.differences.sorted(by: SchemaDifference.ordered)
  }
}

extension SchemaDifference {
  /// Kind, table, name, aspect.
  static func ordered(_ left: SchemaDifference, _ right: SchemaDifference) -> Bool {
    if left.object != right.object { return left.object < right.object }
    return left.rank < right.rank
  }

  private var rank: String {
    switch kind {
    case .missing: "0"
    case .extra: "1"
    case .changed(let aspect, _, _): "2" + aspect.rawValue
    }
  }
}

/// The differences found so far.
struct Comparison {
  let earlier: Catalog
  let later: Catalog
  var differences: [SchemaDifference] = []
  /// The ids of the relations that the earlier catalog has.
  private lazy var relationIDs = Set(earlier.relations.values.compactMap(\.id))
  private lazy var typeIDs = Set(earlier.types.values.map(\.value.id))

  init(earlier: Catalog, later: Catalog) {
    self.earlier = earlier
    self.later = later
  }

  /// Whether a name is that of another relation that was there before under another name: what is
  /// defined alike is not the same, as its rows are not.
  mutating func isAnotherRelation(_ old: ObjectID, _ new: ObjectID) -> Bool {
    old != new && relationIDs.contains(new)
  }

  private mutating func isAnotherType(_ old: ObjectID, _ new: ObjectID) -> Bool {
    old != new && typeIDs.contains(new)
  }

  mutating func add(
    _ kind: ObjectKind, _ name: QualifiedName, of owner: QualifiedName? = nil,
    _ difference: SchemaDifference.Kind, cosmetic: Bool = false, uncertain: Bool = false,
    detail: String = ""
  ) {
    differences.append(
      SchemaDifference(
        object: ObjectKey(kind, name, owner: owner, detail: detail), kind: difference,
        isCosmetic: cosmetic, isUncertain: uncertain))
  }

  /// An aspect that differs, if it does.
  mutating func compare<Value: Equatable>(
    _ aspect: SchemaDifference.Aspect, _ kind: ObjectKind, _ name: QualifiedName,
    of owner: QualifiedName? = nil, _ from: Value, _ to: Value, cosmetic: Bool = false,
    words: (Value) -> String?
  ) {
    guard from != to else { return }
    add(
      kind, name, of: owner, .changed(aspect, from: words(from), to: words(to)),
      cosmetic: cosmetic)
  }

  /// Who is not told is the role that ran the statement, which may be the other one.
  mutating func compareOwner(
    _ kind: ObjectKind, _ name: QualifiedName, _ old: String?, _ new: String?
  ) {
    guard old != new else { return }
    add(
      kind, name, .changed(.owner, from: old, to: new), uncertain: old == nil || new == nil)
  }

  mutating func compareGrants(
    _ kind: ObjectKind, _ name: QualifiedName, _ old: [String], _ new: [String]
  ) {
    compare(.privileges, kind, name, old, new) { grantWords($0) }
  }

  /// Made again after ALTER DEFAULT PRIVILEGES, it may have other privileges than before.
  mutating func compareDefaultPrivileges(
    _ kind: ObjectKind, _ name: QualifiedName, _ old: ObjectID, _ new: ObjectID, _ origin: Origin?
  ) {
    guard later.defaultPrivilegesID > 0, origin != nil, old != new, old <= later.defaultPrivilegesID
    else { return }
    add(kind, name, .changed(.privileges, from: nil, to: nil), uncertain: true)
  }

  // MARK: Relations

  mutating func compareRelations() {
    for name in later.relations.names(changedFrom: earlier.relations) {
      switch (earlier.relations[name], later.relations[name]) {
      case (let old?, let new?): compare(old, new, name)
      case (let old?, nil): missing(old, name)
      case (nil, let new?): extra(new, name)
      case (nil, nil): break
      }
    }
  }

  private mutating func compare(_ from: Relation, _ to: Relation, _ name: QualifiedName) {
    switch (from, to) {
    case (.table(let old), .table(let new)):
      if old !== new { compareTables(old.value, new.value) }
    case (.view(let old), .view(let new)): if old !== new { compareViews(old.value, new.value) }
    case (.sequence(let old), .sequence(let new)):
      if old !== new { compareSequences(old.value, new.value) }
    case (.index, .index): break
    default:
      missing(from, name)
      extra(to, name)
    }
  }

  private mutating func missing(_ relation: Relation, _ name: QualifiedName) {
    if case .sequence(let sequence) = relation, isRenamed(sequence.value, in: later) {
      return add(.sequence, name, .missing)
    }
    guard let kind = kind(of: relation) else { return }
    add(kind, name, .missing)
  }

  /// Whether the sequence of an identity column has another name there.
  private func isRenamed(_ sequence: SequenceObject, in other: Catalog) -> Bool {
    guard sequence.isIdentity else { return false }
    for case .sequence(let found) in other.relations.values
    where found.value.isIdentity && found.value.ownedBy == sequence.ownedBy {
      return found.value.name != sequence.name
    }
    return false
  }

  private mutating func extra(_ relation: Relation, _ name: QualifiedName) {
    if case .sequence(let sequence) = relation, isRenamed(sequence.value, in: earlier) {
      return add(.sequence, name, .extra)
    }
    guard let kind = kind(of: relation) else { return }
    // A table that only a later statement mentions was there before all the same.
    if case .table(let table) = relation, table.value.origin == nil { return }
    add(kind, name, .extra)
  }

  /// Nil for what is told with its table: indexes, and the sequences of identity columns.
  private func kind(of relation: Relation) -> ObjectKind? {
    switch relation {
    case .table(let table): if case .foreign = table.value.kind { .foreignTable } else { .table }
    case .view(let view): view.value.isMaterialized ? .materializedView : .view
    case .sequence(let sequence): sequence.value.isIdentity ? nil : .sequence
    case .index: nil
    }
  }

  private mutating func compareViews(_ old: View, _ new: View) {
    let kind: ObjectKind = new.isMaterialized ? .materializedView : .view
    if old.isMaterialized != new.isMaterialized {
      add(kind, new.name, .changed(.kind, from: nil, to: kind.rawValue))
    }
    compareDefaultPrivileges(kind, new.name, old.id, new.id, new.origin)
    comparePopulation(old, new, kind)
    let isSame =
      old.query == new.query && old.columns.map(\.name) == new.columns.map(\.name)
      && old.relations == new.relations && Set(old.reads) == Set(new.reads)
      && Set(old.functions) == Set(new.functions) && Set(old.types) == Set(new.types)
      && old.columns.map(\.default) == new.columns.map(\.default)
    let isReadAnew = old.id != new.id && new.query.hasLiteralOfTheMoment
    if !isSame || isReadAnew {
      add(
        kind, new.name, .changed(.definition, from: old.query, to: new.query),
        uncertain: isSame || !old.isKnown || !new.isKnown)
    }
    compare(.comment, kind, new.name, old.comment, new.comment) { $0 }
    if old.columns.map(\.comment) != new.columns.map(\.comment) {
      add(kind, new.name, .changed(.comment, from: nil, to: ""))
    }
    compareOwner(kind, new.name, old.owner, new.owner)
    compareGrants(kind, new.name, old.grants, new.grants)
    compare(.options, kind, new.name, old.options, new.options) { options in
      options.map(\.name).joined(separator: ", ")
    }
    compare(.persistence, kind, new.name, old.persistence, new.persistence) { $0.rawValue }
    compareIndexes(old.indexes, new.indexes, of: new.name, isComplete: true)
    compareTriggers(old.triggers, new.triggers, of: new.name, isComplete: true)
    compareRules(old.rules, new.rules, of: new.name)
  }

  /// A materialised view without data cannot be read. One that was made so was filled since, as far as
  /// anybody knows.
  private mutating func comparePopulation(_ old: View, _ new: View, _ kind: ObjectKind) {
    guard !new.isPopulated, old.isPopulated || old.id != new.id else { return }
    add(
      kind, new.name, .changed(.state, from: "populated", to: "not populated"),
      uncertain: !old.isPopulated)
  }

  private mutating func compareSequences(_ old: SequenceObject, _ new: SequenceObject) {
    if isAnotherRelation(old.id, new.id) {
      add(.sequence, new.name, .changed(.object, from: nil, to: nil))
    }
    compareGrants(.sequence, new.name, old.grants, new.grants)
    if new.isIdentity, old.isIdentity {
      compare(.definition, .sequence, new.name, normalized(old), normalized(new)) { _ in nil }
      return compare(.comment, .sequence, new.name, old.comment, new.comment) { $0 }
    }
    compareDefaultPrivileges(.sequence, new.name, old.id, new.id, new.origin)
    compare(.persistence, .sequence, new.name, old.persistence, new.persistence) { $0.rawValue }
    compare(.definition, .sequence, new.name, normalized(old), normalized(new)) { _ in nil }
    compare(.inheritance, .sequence, new.name, old.ownedBy, new.ownedBy) { owner in
      owner.map { "\(displayed($0.table)).\($0.column)" }
    }
    compare(.comment, .sequence, new.name, old.comment, new.comment) { $0 }
    compareOwner(.sequence, new.name, old.owner, new.owner)
  }

  private func normalized(_ sequence: SequenceObject) -> SequenceOptions {
    var options = sequence.options
    options.restart = nil
    options.ownedBy = nil
    if options.increment == 1 { options.increment = nil }
    if (options.increment ?? 1) > 0 {
      if options.minValue == .value(1) { options.minValue = nil }
      if options.maxValue == .value(options.largest) { options.maxValue = nil }
    }
    // It has the type of its column.
    if sequence.isIdentity { options.type = nil }
    if options.start == 1, options.minValue == nil, (options.increment ?? 1) > 0 {
      options.start = nil
    }
    if options.cache == 1 { options.cache = nil }
    if options.cycles == false { options.cycles = nil }
    if options.minValue == SequenceOptions.Bound.none { options.minValue = nil }
    if options.maxValue == SequenceOptions.Bound.none { options.maxValue = nil }
    if options.type?.name == "int8" { options.type = nil }
    return options
  }

  // MARK: Types, routines, others

  mutating func compareTypes() {
    if earlier.types == later.types { return }
    for (name, shared) in earlier.types {
      guard let other = later.types[name] else {
        add(.type, name, .missing)
        continue
      }
      if shared !== other { compareTypes(shared.value, other.value) }
    }
    for (name, shared) in later.types where earlier.types[name] == nil {
      if shared.value.kind != .unknown { add(.type, name, .extra) }
    }
  }

  private mutating func compareTypes(_ old: UserType, _ new: UserType) {
    if isAnotherType(old.id, new.id) {
      add(.type, new.name, .changed(.object, from: nil, to: nil))
    }
    compareDefaultPrivileges(.type, new.name, old.id, new.id, new.origin)
    compareGrants(.type, new.name, old.grants, new.grants)
    compare(.comment, .type, new.name, old.comment, new.comment) { $0 }
    compareOwner(.type, new.name, old.owner, new.owner)
    if old.kind == .unknown || new.kind == .unknown {
      if old.kind != new.kind {
        add(.type, new.name, .changed(.definition, from: nil, to: nil), uncertain: true)
      }
      return
    }
    switch (old.kind, new.kind) {
    case (.enumeration(let from), .enumeration(let to)):
      compare(.labels, .type, new.name, from, to) { $0.joined(separator: ", ") }
    case (.composite(let from), .composite(let to)):
      compare(
        .definition, .type, new.name, from.map(attribute), to.map(attribute)
      ) { $0.joined(separator: ", ") }
    case (.domain(let from), .domain(let to)): compareDomains(from, to, new.name)
    default:
      if old.kind != new.kind {
        add(.type, new.name, .changed(.definition, from: nil, to: nil))
      }
    }
  }

  private func attribute(_ column: Column) -> String {
    let type = column.type?.description ?? "?"
    return "\(column.name) \(type)" + (column.collation.map { " COLLATE \($0)" } ?? "")
  }

  private mutating func compareDomains(
    _ old: UserType.Domain, _ new: UserType.Domain, _ name: QualifiedName
  ) {
    compare(.type, .type, name, old.type, new.type) { $0.description }
    compare(.nullability, .type, name, old.isNotNull, new.isNotNull) { $0 ? "NOT NULL" : "NULL" }
    compare(.default, .type, name, old.default?.text, new.default?.text) { $0 }
    compare(.collation, .type, name, old.collation, new.collation) { $0?.description }
    compareConstraints(old.constraints, new.constraints, of: name, isComplete: true)
  }

  mutating func compareRoutines() {
    if earlier.routines == later.routines { return }
    for (name, routines) in earlier.routines {
      let others = later.routines[name]?.value ?? []
      for routine in routines.value {
        guard let other = others.first(where: { $0.signature == routine.signature }) else {
          add(routine.kind, name, .missing, detail: routine.signature)
          continue
        }
        compareRoutines(routine, other)
      }
    }
    for (name, routines) in later.routines {
      let others = earlier.routines[name]?.value ?? []
      for routine in routines.value
      where !others.contains(where: { $0.signature == routine.signature }) {
        add(routine.kind, name, .extra, detail: routine.signature)
      }
    }
  }

  private mutating func compareRoutines(_ old: Routine, _ new: Routine) {
    compare(.definition, new.kind, new.name, comparable(old), comparable(new)) { _ in nil }
    compare(
      .options, new.kind, new.name, old.definition?.attributes, new.definition?.attributes
    ) { $0.flatMap { Self.words($0, " ") } }
    compareGrants(new.kind, new.name, old.grants, new.grants)
    compareDefaultPrivileges(new.kind, new.name, old.id, new.id, new.origin)
    compare(.comment, new.kind, new.name, old.comment, new.comment) { $0 }
    compareOwner(new.kind, new.name, old.owner, new.owner)
  }

  private func comparable(_ routine: Routine) -> CreateFunction? {
    var definition = routine.definition
    definition?.orReplace = false
    definition?.name = routine.name
    // They are compared by themselves.
    definition?.attributes = [:]
    definition?.volatility = nil
    definition?.isStrict = nil
    definition?.isSecurityDefiner = nil
    return definition
  }

  mutating func compareOthers() {
    compareDictionary(earlier.schemas, later.schemas, .schema)
    for (name, old) in earlier.schemas {
      guard let new = later.schemas[name] else { continue }
      compare(.comment, .schema, QualifiedName(name), old.comment, new.comment) { $0 }
      compareOwner(.schema, QualifiedName(name), old.owner, new.owner)
      compareGrants(.schema, QualifiedName(name), old.grants, new.grants)
      if old.origin != new.origin, later.defaultPrivilegesID > 0 {
        add(
          .schema, QualifiedName(name), .changed(.privileges, from: nil, to: nil), uncertain: true)
      }
    }
    compareDictionary(earlier.extensions, later.extensions, .extension)
    for (name, old) in earlier.extensions {
      guard let new = later.extensions[name] else { continue }
      let key = QualifiedName(name)
      compare(.schema, .extension, key, old.schema, new.schema) { $0 }
      compare(.options, .extension, key, old.version, new.version) { $0 }
      compare(.comment, .extension, key, old.comment, new.comment) { $0 }
    }
    for key in Set(earlier.privileges.keys).union(later.privileges.keys) {
      compareGrants(
        key.kind, key.name, earlier.privileges[key] ?? [], later.privileges[key] ?? [])
    }
    if earlier.others == later.others { return }
    for (key, old) in earlier.others {
      guard let new = later.others[key] else {
        differences.append(
          SchemaDifference(object: key, kind: .missing, isCosmetic: false, isUncertain: false))
        continue
      }
      compare(.definition, key.kind, key.name, of: key.owner, old.definition, new.definition) {
        $0
      }
      if old.members != new.members || key.kind == .publication && old.options != new.options {
        add(key.kind, key.name, of: key.owner, .changed(.definition, from: nil, to: nil))
      }
      if key.kind != .publication, old.options != new.options {
        let names = Set(old.options.keys).union(new.options.keys)
          .filter { old.options[$0] != new.options[$0] }.sorted()
        add(
          key.kind, key.name, of: key.owner,
          .changed(.options, from: words(names, old.options), to: words(names, new.options)),
          detail: key.detail)
      }
      if old.changes != new.changes {
        add(
          key.kind, key.name, of: key.owner, .changed(.definition, from: nil, to: nil),
          uncertain: true, detail: key.detail)
      }
      compareOwner(key.kind, key.name, old.owner, new.owner)
      compareGrants(key.kind, key.name, old.grants, new.grants)
      compare(.comment, key.kind, key.name, of: key.owner, old.comment, new.comment) { $0 }
    }
    for key in later.others.keys where earlier.others[key] == nil {
      differences.append(
        SchemaDifference(object: key, kind: .extra, isCosmetic: false, isUncertain: false))
    }
  }

  /// The values of options, but for those that are nobody's business.
  private func words(_ names: [String], _ options: [String: String]) -> String? {
    let words = names.compactMap { name in
      options[name].map { name.contains("password") ? "\(name)=…" : "\(name)=\($0)" }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private mutating func compareDictionary<Value>(
    _ old: TreeDictionary<String, Value>, _ new: TreeDictionary<String, Value>, _ kind: ObjectKind
  ) {
    for name in old.keys where new[name] == nil { add(kind, QualifiedName(name), .missing) }
    for name in new.keys where old[name] == nil { add(kind, QualifiedName(name), .extra) }
  }
}

extension String {
  /// Whether a quoted text in a query may be a time that is read when the query is stored: `'now'::timestamp`.
  var hasLiteralOfTheMoment: Bool {
    (contains("time") || contains("date")) && hasStringOfTheMoment
  }

  /// Whether a quoted text in it is, or holds, a word for such a time.
  var hasStringOfTheMoment: Bool {
    guard contains("'") else { return false }
    return split(separator: "'", omittingEmptySubsequences: false).enumerated().contains {
      !$0.offset.isMultiple(of: 2) && String($0.element).namesTheMoment
    }
  }
}
