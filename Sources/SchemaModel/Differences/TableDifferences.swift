// Two forms of one table into what is different between them.

import HashTreeCollections
import PostgresSyntax

extension Comparison {
  mutating func compareTables(_ old: Table, _ new: Table) {
    let name = new.name
    let isComplete = old.isComplete && new.isComplete
    if isAnotherRelation(old.id, new.id) {
      add(.table, name, .changed(.object, from: nil, to: nil))
    }
    compareDefaultPrivileges(.table, name, old.id, new.id, new.origin)
    compare(.kind, .table, name, old.kind, new.kind) { kind in
      switch kind {
      case .ordinary: "a plain table"
      case .partitioned: "partitioned"
      case .foreign: "a foreign table"
      }
    }
    compareColumns(old, new)
    compareConstraints(old.constraints, new.constraints, of: name, isComplete: isComplete)
    compareIndexes(old.indexes, new.indexes, of: name, isComplete: isComplete)
    compareTriggers(old.triggers, new.triggers, of: name, isComplete: isComplete)
    compareRules(old.rules, new.rules, of: name)
    comparePolicies(old, new)
    comparePartSettings(old, new)
    compare(.persistence, .table, name, old.persistence, new.persistence) { $0.rawValue }
    compare(.inheritance, .table, name, old.inherits, new.inherits) { parents in
      parents.isEmpty ? nil : parents.map(displayed).joined(separator: ", ")
    }
    compare(.partition, .table, name, old.partitionOf, new.partitionOf) { place in
      place.map { "\(displayed($0.parent)) \($0.bound?.text ?? "")" }
    }
    compare(.comment, .table, name, old.comment, new.comment) { $0 }
    compareSettings(old.settings, new.settings, name)
  }

  // MARK: Columns

  private mutating func compareColumns(_ old: Table, _ new: Table) {
    let isUncertain = !old.isComplete || !new.isComplete
    var (earlier, later) = (NamedParts(old.columns), NamedParts(new.columns))
    var lastPlace = -1
    var isOrderKept = true
    for (place, column) in old.columns.enumerated() {
      guard let otherPlace = later.place(of: column.name, near: place) else {
        add(.column, QualifiedName(column.name), of: new.name, .missing)
        continue
      }
      let other = new.columns[otherPlace]
      if !column.isIdentical(to: other) { compareColumns(column, other, of: new.name, old) }
      if otherPlace < lastPlace { isOrderKept = false }
      lastPlace = otherPlace
    }
    for (place, column) in new.columns.enumerated()
    where earlier.place(of: column.name, near: place) == nil {
      // A column that the history did not create was there before it was mentioned.
      if column.origin == nil, isUncertain { continue }
      add(
        .column, QualifiedName(column.name), of: new.name, .extra, uncertain: !old.isComplete)
    }
    if !isOrderKept, !isUncertain {
      let common = Set(old.columns.map(\.name)).intersection(new.columns.map(\.name))
      let before = old.columns.map(\.name).filter(common.contains)
      let after = new.columns.map(\.name).filter(common.contains)
      add(
        .table, new.name,
        .changed(
          .columnOrder, from: before.joined(separator: ", "), to: after.joined(separator: ", ")))
    }
  }

  private mutating func compareColumns(
    _ old: Column, _ new: Column, of table: QualifiedName, _ oldTable: Table
  ) {
    let name = QualifiedName(new.name)
    if old.id != new.id, oldTable.columns.contains(where: { $0.id == new.id }) {
      add(.column, name, of: table, .changed(.object, from: nil, to: nil))
    }
    compareKnown(.type, name, table, old.type, new.type) { $0.description }
    compareKnown(.nullability, name, table, old.isNullable, new.isNullable) {
      $0 ? "NULL" : "NOT NULL"
    }
    compareDefaults(old, new, name, table)
    compare(.identity, .column, name, of: table, old.identity, new.identity) { $0?.rawValue }
    compare(.collation, .column, name, of: table, old.collation, new.collation) {
      $0?.description
    }
    compare(.comment, .column, name, of: table, old.comment, new.comment) { $0 }
    compare(.options, .column, name, of: table, old.settings, new.settings) { settings in
      Self.words(settings, " ")
    }
    if (old.inheritedFrom > 0) != (new.inheritedFrom > 0) {
      add(
        .column, name, of: table,
        .changed(
          .inheritance, from: old.inheritedFrom > 0 ? "inherited" : "own",
          to: new.inheritedFrom > 0 ? "inherited" : "own"))
    } else if old.inheritedFrom > 0 {
      // A column that is the table's own too stays when the parent's is dropped.
      compare(.inheritance, .column, name, of: table, old.isLocal, new.isLocal) {
        $0 ? "inherited and own" : "inherited"
      }
    }
  }

  private mutating func compareKnown<Value: Equatable>(
    _ aspect: SchemaDifference.Aspect, _ name: QualifiedName, _ table: QualifiedName,
    _ old: Value?, _ new: Value?, words: (Value) -> String
  ) {
    guard old != new else { return }
    add(
      .column, name, of: table, .changed(aspect, from: old.map(words), to: new.map(words)),
      uncertain: old == nil || new == nil)
  }

  private mutating func compareDefaults(
    _ old: Column, _ new: Column, _ name: QualifiedName, _ table: QualifiedName
  ) {
    if isSame(old.default, new.default, type: new.type) { return }
    add(
      .column, name, of: table,
      .changed(.default, from: old.default.expression?.text, to: new.default.expression?.text),
      uncertain: old.default == .unknown || new.default == .unknown)
  }

  /// Defaults are equal if their texts are, or if they are the same literal, whatever it is cast to.
  private func isSame(_ old: ColumnDefault, _ new: ColumnDefault, type: DataType?) -> Bool {
    switch (old, new) {
    case (.none, .none), (.unknown, .unknown): return true
    case (.generated(let left), .generated(let right)): return left.text == right.text
    case (.expression(let left), .expression(let right)):
      if isReadOnce(left.constant, type) || isReadOnce(right.constant, type) { return false }
      if left.text == right.text || isSameSequence(left, right) { return true }
      guard let first = left.constant, let second = right.constant, keepsValue(left.casts, type),
        keepsValue(right.casts, type)
      else { return false }
      if type?.isString == true, !first.isString || !second.isString { return false }
      // Of a number that is no `integer` PostgreSQL keeps how it was written: '0'::bigint, 0, (0)::bigint.
      if type?.keepsSpelling == true {
        let isCast = !first.isString && left.casts.isEmpty != right.casts.isEmpty
        if first.isString != second.isString || isCast { return false }
      }
      return value(first, type) == value(second, type)
    default: return false
    }
  }

  /// `nextval('s')` and `nextval('s'::regclass)`.
  private func isSameSequence(_ left: SQLExpression, _ right: SQLExpression) -> Bool {
    guard let sequence = left.nextvalSequence, sequence == right.nextvalSequence else {
      return false
    }
    return left.text.replacing("::regclass)", with: ")")
      == right.text.replacing("::regclass)", with: ")")
  }

  /// `'now'` and its like become the time at which the default is set (manual 8.5.1.4).
  private func isReadOnce(_ constant: SQLConstant?, _ type: DataType?) -> Bool {
    guard case .string(let text)? = constant else { return false }
    switch type?.builtin {
    case .timestamp, .timestamptz, .date, .time, .timetz: return text.namesTheMoment
    default: return false
    }
  }

  /// Whether casts lead to the column's own type and nowhere else.
  private func keepsValue(_ casts: [TypeName], _ type: DataType?) -> Bool {
    guard let type else { return casts.isEmpty }
    return casts.allSatisfy { cast in
      if type.isArray || cast.arrayDimensions > 0 {
        guard type.isArray, cast.arrayDimensions > 0, cast.isBuiltin, cast.modifiers.isEmpty,
          case .builtin(let element) = type.base
        else { return false }
        return element.rawValue == cast.name
      }
      if !cast.isBuiltin { return type.userType?.name == cast.name }
      if type.isString, cast.modifiers.isEmpty { return ["text", "varchar"].contains(cast.name) }
      return type.builtin?.rawValue == cast.name
    }
  }

  /// PostgreSQL reads `'1'` and `1` as the same default of a number, `'t'` and `true` of a boolean.
  private func value(_ constant: SQLConstant, _ type: DataType?) -> String {
    let text: String
    switch constant {
    case .null: return "NULL"
    case .boolean(let value): text = value ? "true" : "false"
    case .integer(let value): text = String(value)
    case .number(let value): text = value
    case .string(let value): text = value
    case .bits(let value): return "b" + value
    }
    guard type?.builtin == .bool else { return text }
    switch text.lowercased() {
    case "t", "true", "yes", "on", "1", "y": return "true"
    case "f", "false", "no", "off", "0", "n": return "false"
    default: return text
    }
  }

  // MARK: Constraints, indexes

  mutating func compareConstraints(
    _ old: [Constraint], _ new: [Constraint], of table: QualifiedName, isComplete: Bool
  ) {
    var (earlier, later) = (NamedParts(old), NamedParts(new))
    for (place, constraint) in old.enumerated() {
      let name = QualifiedName(constraint.name)
      guard let other = later.part(named: constraint.name, near: place) else {
        add(.tableConstraint, name, of: table, .missing)
        continue
      }
      compareConstraints(constraint, other, name, table)
    }
    for (place, constraint) in new.enumerated()
    where earlier.place(of: constraint.name, near: place) == nil {
      if constraint.kind == .unknown, constraint.origin == nil { continue }
      add(
        .tableConstraint, QualifiedName(constraint.name), of: table, .extra,
        uncertain: !isComplete)
    }
  }

  private mutating func compareConstraints(
    _ old: Constraint, _ new: Constraint, _ name: QualifiedName, _ table: QualifiedName
  ) {
    let isUnknown = old.kind == .unknown || new.kind == .unknown
    let isSame =
      isDefinedAlike(old, new, table) && old.isDeferrable == new.isDeferrable
      && old.isInitiallyDeferred == new.isInitiallyDeferred
    if !isSame {
      add(
        .tableConstraint, name, of: table, .changed(.definition, from: nil, to: nil),
        uncertain: isUnknown)
    }
    if isSame, old.origin != new.origin, case .check(let expression, _) = new.kind {
      compareMoments([expression], .tableConstraint, name, table)
    }
    compare(.validity, .tableConstraint, name, of: table, old.isValidated, new.isValidated) {
      $0 ? "valid" : "not valid"
    }
    compare(.comment, .tableConstraint, name, of: table, old.comment, new.comment) { $0 }
  }

  /// `'now'` and its like in a definition become the time at which it is read: made anew, it has another one
  /// than before, if they are compared with a time.
  /// - Parameter isCertain: whether it is known that it was made anew.
  private mutating func compareMoments(
    _ expressions: [SQLExpression?], _ kind: ObjectKind, _ name: QualifiedName,
    _ table: QualifiedName, isCertain: Bool = true
  ) {
    for text in expressions.compactMap({ $0?.text }) where text.hasStringOfTheMoment {
      add(
        kind, name, of: table, .changed(.definition, from: nil, to: nil),
        uncertain: !isCertain || !text.hasLiteralOfTheMoment)
    }
  }

  private func isDefinedAlike(
    _ old: Constraint, _ new: Constraint, _ table: QualifiedName
  ) -> Bool {
    guard case .check(let first, let isOwn) = old.kind,
      case .check(let second, let isAlsoOwn) = new.kind
    else { return old.kind == new.kind }
    return isOwn == isAlsoOwn && areStoredAlike(first, second, in: table)
  }

  mutating func compareIndexes(
    _ old: [Index], _ new: [Index], of table: QualifiedName, isComplete: Bool
  ) {
    var (earlier, later) = (NamedParts(old), NamedParts(new))
    for (place, index) in old.enumerated() where index.constraint != nil {
      // What it is made of is told with its constraint.
      guard let other = later.part(named: index.name, near: place), other.constraint != nil else {
        continue
      }
      let name = QualifiedName(index.name)
      compare(.options, .index, name, of: table, index.options, other.options) { options in
        Self.words(
          Dictionary(options.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 }), "=")
      }
      compare(.options, .index, name, of: table, index.tablespace, other.tablespace) { $0 }
      compare(.comment, .index, name, of: table, index.comment, other.comment) { $0 }
    }
    for (place, index) in old.enumerated() where index.constraint == nil {
      let name = QualifiedName(index.name)
      guard let other = later.part(named: index.name, near: place), other.constraint == nil else {
        add(.index, name, of: table, .missing)
        continue
      }
      if !isSame(index, other, table) {
        add(
          .index, name, of: table, .changed(.definition, from: nil, to: nil),
          uncertain: !index.isKnown || !other.isKnown)
      } else if index.id != other.id {
        compareMoments([other.predicate], .index, name, table)
      }
      compare(.comment, .index, name, of: table, index.comment, other.comment) { $0 }
    }
    for (place, index) in new.enumerated() where index.constraint == nil {
      let present = earlier.part(named: index.name, near: place)
      if present != nil, present?.constraint == nil { continue }
      add(.index, QualifiedName(index.name), of: table, .extra, uncertain: !isComplete)
    }
  }

  private func isSame(_ old: Index, _ new: Index, _ table: QualifiedName) -> Bool {
    let isSameCondition: Bool
    switch (old.predicate, new.predicate) {
    case (let first?, let second?): isSameCondition = areStoredAlike(first, second, in: table)
    case (nil, nil): isSameCondition = true
    default: isSameCondition = false
    }
    return isSameCondition && old.isUnique == new.isUnique && old.method == new.method
      && old.elements == new.elements
      && old.including == new.including
      && old.nullsNotDistinct == new.nullsNotDistinct && old.options == new.options
      && old.tablespace == new.tablespace && old.parent == new.parent
  }

  // MARK: Triggers, rules, policies

  mutating func compareTriggers(
    _ old: [Trigger], _ new: [Trigger], of table: QualifiedName, isComplete: Bool
  ) {
    var (earlier, later) = (NamedParts(old), NamedParts(new))
    for (place, trigger) in old.enumerated() {
      let name = QualifiedName(trigger.name)
      guard let other = later.part(named: trigger.name, near: place) else {
        add(.trigger, name, of: table, .missing)
        continue
      }
      var before = trigger.definition
      var after = other.definition
      before.orReplace = false
      after.orReplace = false
      before.table = table
      after.table = table
      if before != after {
        add(.trigger, name, of: table, .changed(.definition, from: nil, to: nil))
      }
      compare(.state, .trigger, name, of: table, trigger.state, other.state) { $0.rawValue }
      compare(.comment, .trigger, name, of: table, trigger.comment, other.comment) { $0 }
    }
    for (place, trigger) in new.enumerated()
    where earlier.place(of: trigger.name, near: place) == nil {
      add(.trigger, QualifiedName(trigger.name), of: table, .extra, uncertain: !isComplete)
    }
  }

  mutating func compareRules(
    _ old: [CreateRule], _ new: [CreateRule], of table: QualifiedName
  ) {
    var (earlier, later) = (NamedParts(old), NamedParts(new))
    for (place, rule) in old.enumerated() {
      if let other = later.part(named: rule.name, near: place) {
        var before = rule
        var after = other
        before.orReplace = false
        after.orReplace = false
        before.table = table
        after.table = table
        if before != after {
          add(
            .rule, QualifiedName(rule.name), of: table, .changed(.definition, from: nil, to: nil))
        }
      } else {
        add(.rule, QualifiedName(rule.name), of: table, .missing)
      }
    }
    for (place, rule) in new.enumerated() where earlier.place(of: rule.name, near: place) == nil {
      add(.rule, QualifiedName(rule.name), of: table, .extra)
    }
  }

  private mutating func comparePolicies(_ old: Table, _ new: Table) {
    for policy in old.policies {
      let name = QualifiedName(policy.name)
      guard var other = new.policies.first(where: { $0.name == policy.name }) else {
        add(.policy, name, of: new.name, .missing)
        continue
      }
      other.table = policy.table
      if other != policy {
        add(.policy, name, of: new.name, .changed(.definition, from: nil, to: nil))
      } else {
        compareMoments([policy.using, policy.check], .policy, name, new.name, isCertain: false)
      }
    }
    for policy in new.policies where !old.policies.contains(where: { $0.name == policy.name }) {
      add(.policy, QualifiedName(policy.name), of: new.name, .extra)
    }
  }
}

extension DataType {
  fileprivate var keepsSpelling: Bool {
    switch builtin {
    case .int2, .int8, .numeric, .float4, .float8: true
    default: false
    }
  }
}

extension SQLConstant {
  fileprivate var isString: Bool { if case .string = self { true } else { false } }
}

extension String {
  /// Whether it is, or holds, one of the words for the time at which it is read. Blanks and punctuation around
  /// the word do not count: `now()` is one too.
  var namesTheMoment: Bool {
    lowercased().split { !$0.isLetter }.contains {
      ["now", "today", "tomorrow", "yesterday"].contains($0)
    }
  }
}
