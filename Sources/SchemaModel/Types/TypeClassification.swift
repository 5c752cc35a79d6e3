// From two types and an optional USING to what a change of type does (measured on PostgreSQL 15).

import PostgresSyntax

/// Judges changes of type. User-defined types are told by the closure.
struct TypeClassifier {
  let timeZoneIsUTC: Bool
  let userType: (QualifiedName) -> UserType?

  /// - Parameters:
  ///   - from: nil where the history does not tell.
  ///   - using: how the new value is made, if the statement says.
  func change(
    from: DataType?, to: DataType, using: Using
  ) -> TypeChange {
    guard let from else {
      return TypeChange(
        values: .unknown, rewritesTable: nil, scansTable: false, failures: [], needsUsing: false)
    }
    switch using {
    case .none, .castOnly, .assigned:
      var change = cast(from: undomained(from), to: undomained(to))
      if using == .castOnly { change = explicit(change) }
      if case .assigned(let last) = using {
        change.needsUsing = cast(from: undomained(last), to: undomained(to)).needsUsing
      }
      if isDomain(to), from != to {
        change.rewritesTable = change.rewritesTable == true ? true : nil
        if change.values == .kept || change.values == .unchanged || change.values == .converted {
          change.values = hasConstraints(to) ? .keptOrFails : change.values
        }
      }
      return change
    case .inUTC:
      let isOfTimes =
        from.builtin == .timestamp && to.builtin == .timestamptz
        || from.builtin == .timestamptz && to.builtin == .timestamp
      guard isOfTimes else { return TypeChange(.unknown, rewrites: true) }
      return TypeChange(losesPrecision(from, to) ? .mayChangeSilently : .converted, rewrites: true)
    case .overwritten:
      return TypeChange(.mayChangeSilently, rewrites: true, needsUsing: false)
    case .expression:
      return TypeChange(.unknown, rewrites: true, needsUsing: false)
    }
  }

  enum Using: Hashable {
    case none
    /// Nothing but casts of the column itself, the last one to the new type.
    case castOnly
    /// Nothing but casts of the column itself, the last one to this type, whose value is assigned.
    case assigned(DataType)
    /// `AT TIME ZONE 'UTC'` of the column itself: exact there and back, whatever the session's zone is, for
    /// infinity and both ends of the range too.
    case inUTC
    /// The old value is not looked at.
    case overwritten
    case expression
  }

  /// An explicit cast to a length cuts without a word (manual 8.3), and reads text as any type.
  private func explicit(_ change: TypeChange) -> TypeChange {
    var change = change
    change.needsUsing = false
    let cuts = change.failures.contains { if case .tooLong = $0 { true } else { false } }
    if cuts {
      change.values = .mayChangeSilently
      change.failures.removeAll { if case .tooLong = $0 { true } else { false } }
    }
    return change
  }

  private func undomained(_ type: DataType) -> DataType {
    var type = type
    for _ in 0..<16 {
      guard !type.isArray, let name = type.userType, let domain = userType(name)?.domain else {
        break
      }
      type = domain.type
    }
    return type
  }

  private func isDomain(_ type: DataType) -> Bool {
    type.userType.flatMap { userType($0)?.domain } != nil
  }

  private func hasConstraints(_ type: DataType) -> Bool {
    guard let domain = type.userType.flatMap({ userType($0)?.domain }) else { return false }
    return domain.isNotNull || !domain.constraints.isEmpty
  }

  // MARK: Casts

  private func cast(from: DataType, to: DataType) -> TypeChange {
    if from == to { return TypeChange(.unchanged, rewrites: false) }
    if from.isArray != to.isArray {
      return to.isArray
        ? TypeChange(.unknown, rewrites: true, needsUsing: true) : toOther(from, to)
    }
    if from.isArray {
      var change = cast(from: from.element, to: to.element)
      if change.rewritesTable == false, change.values != .unchanged { change.rewritesTable = nil }
      return change
    }
    if from.base == to.base { return sameBase(from, to) }
    return toOther(from, to)
  }

  private func toOther(_ from: DataType, _ to: DataType) -> TypeChange {
    if let source = from.builtin, let target = to.builtin {
      return builtin(source, from, target, to)
    }
    if to.isCaseInsensitive, isString(from.builtin) || from.isCaseInsensitive {
      return TypeChange(.kept, rewrites: from.builtin == .bpchar)
    }
    if from.isCaseInsensitive, isString(to.builtin) { return toString(from, to, binary: true) }
    if let labels = enumLabels(to) { return toEnum(labels, from) }
    if isString(to.builtin) { return toString(from, to, binary: false) }
    if isString(from.builtin) {
      return TypeChange(
        .readOrFails, rewrites: true, failures: [.notCastable], needsUsing: true)
    }
    return TypeChange(
      values: .unknown, rewritesTable: nil, scansTable: false, failures: [.notCastable],
      needsUsing: false)
  }

  private func enumLabels(_ type: DataType) -> [String]? {
    type.isArray ? nil : type.userType.flatMap { userType($0)?.labels }
  }

  /// Text of a label, and other enums by way of text: only what is a label of the new one can be.
  private func toEnum(_ labels: [String], _ from: DataType) -> TypeChange {
    if let old = enumLabels(from), Set(old).isSubset(of: labels) {
      return TypeChange(.converted, rewrites: true, needsUsing: true)
    }
    return TypeChange(.keptOrFails, rewrites: true, failures: [.notCastable], needsUsing: true)
  }

  private func isString(_ type: BuiltinType?) -> Bool {
    type?.isString == true
  }

  /// Every type can be assigned to a string type by way of its text form (manual, CREATE CAST).
  private func toString(_ from: DataType, _ to: DataType, binary: Bool) -> TypeChange {
    // Blanks at the end do not outlive `char` (manual 8.3).
    let losesBlanks = to.builtin == .bpchar && isString(from.builtin)
    let kept: TypeChange.Values = losesBlanks ? .unknown : binary ? .kept : .converted
    guard case .one(let limit) = to.modifiers else {
      return TypeChange(kept, rewrites: !(binary && to.builtin != .bpchar))
    }
    if let longest = longestText(from), longest <= limit {
      return TypeChange(kept, rewrites: true)
    }
    return TypeChange(.keptOrFails, rewrites: true, failures: [.tooLong(limit)])
  }

  /// The number of characters that the text form can have at most.
  private func longestText(_ type: DataType) -> Int? {
    switch type.builtin {
    case .bool: 5
    case .int2: 6
    case .int4: 11
    case .int8: 20
    case .uuid: 36
    case .varchar, .bpchar: if case .one(let limit) = type.modifiers { limit } else { nil }
    default: enumLabels(type)?.map(\.unicodeScalars.count).max()
    }
  }

  // MARK: The same type with other modifiers

  private func sameBase(_ from: DataType, _ to: DataType) -> TypeChange {
    switch from.builtin {
    case .varchar, .varbit: return sameLength(from, to, rewritesWider: false)
    case .bpchar: return sameLength(from, to, rewritesWider: true)
    case .bit:
      guard case .one(let length) = to.modifiers else {
        return TypeChange(.kept, rewrites: false)
      }
      return TypeChange(.keptOrFails, rewrites: true, failures: [.tooLong(length)])
    case .numeric: return sameNumeric(from, to)
    case .time, .timetz, .timestamp, .timestamptz, .interval:
      return samePrecision(from, to)
    default:
      return TypeChange(
        values: .unknown, rewritesTable: nil, scansTable: false, failures: [], needsUsing: false)
    }
  }

  private func sameLength(
    _ from: DataType, _ to: DataType, rewritesWider: Bool
  ) -> TypeChange {
    guard case .one(let limit) = to.modifiers else {
      return TypeChange(.kept, rewrites: rewritesWider)
    }
    if case .one(let old) = from.modifiers, old <= limit {
      return TypeChange(.kept, rewrites: rewritesWider)
    }
    return TypeChange(.keptOrFails, rewrites: true, failures: [.tooLong(limit)])
  }

  private func sameNumeric(_ from: DataType, _ to: DataType) -> TypeChange {
    guard let (precision, scale) = digits(to) else { return TypeChange(.kept, rewrites: false) }
    guard let (oldPrecision, oldScale) = digits(from) else {
      return TypeChange(.mayChangeSilently, rewrites: true, failures: [.outOfRange])
    }
    let fits = precision - scale >= oldPrecision - oldScale
    let failures: [TypeChange.Hazard] = fits ? [] : [.outOfRange]
    if scale < oldScale {
      return TypeChange(.mayChangeSilently, rewrites: true, failures: failures)
    }
    let rewrites = !(scale == oldScale && fits)
    return TypeChange(fits ? .kept : .keptOrFails, rewrites: rewrites, failures: failures)
  }

  private func digits(_ type: DataType) -> (precision: Int, scale: Int)? {
    switch type.modifiers {
    case .one(let precision): (precision, 0)
    case .two(let precision, let scale): (precision, scale)
    case .none, .text: nil
    }
  }

  private func samePrecision(_ from: DataType, _ to: DataType) -> TypeChange {
    // The fields of an interval alone, as in `interval day to hour`, are one number too.
    let losesFields =
      from.builtin == .interval && to.modifiers != .none && from.modifiers != to.modifiers
    if losesFields || losesPrecision(from, to) {
      return TypeChange(.mayChangeSilently, rewrites: true)
    }
    return TypeChange(.kept, rewrites: false)
  }

  private func losesPrecision(_ from: DataType, _ to: DataType) -> Bool {
    switch (from.modifiers, to.modifiers) {
    case (_, .none): false
    case (.one(let old), .one(let new)): new < old
    case (.none, .one(let new)): new < 6
    case (.two(let oldFields, let old), .two(let fields, let new)):
      fields != oldFields || new < old
    default: from.modifiers != to.modifiers
    }
  }

  // MARK: Between built-in types

  private func builtin(
    _ source: BuiltinType, _ from: DataType, _ target: BuiltinType, _ to: DataType
  ) -> TypeChange {
    if isString(target) {
      let isBinary = source == .text || source == .varchar
      if !isBinary, from.isArray { return toString(from, to, binary: false) }
      return toString(from, to, binary: isBinary)
    }
    if target == .name || target == .char {
      return TypeChange(.mayChangeSilently, rewrites: true, needsUsing: false)
    }
    if isString(source) || source == .name {
      // These are kept as they are written.
      let isVerbatim = target == .json || target == .xml
      return TypeChange(
        isVerbatim ? .keptOrFails : .readOrFails, rewrites: true, failures: [.notCastable],
        needsUsing: true)
    }
    if let change = numbers(source, from, target, to) { return change }
    if let change = times(source, from, target, to) { return change }
    if let change = bits(source, from, target, to) { return change }
    return remaining(source, target)
  }

  private func numbers(
    _ source: BuiltinType, _ from: DataType, _ target: BuiltinType, _ to: DataType
  ) -> TypeChange? {
    switch (source, target) {
    case (.int2, .int4), (.int2, .int8), (.int4, .int8), (.float4, .float8), (.int2, .float4),
      (.int2, .float8), (.int4, .float8):
      return TypeChange(.kept, rewrites: true)
    case (.int4, .int2), (.int8, .int2), (.int8, .int4):
      return TypeChange(.keptOrFails, rewrites: true, failures: [.outOfRange])
    case (.int4, .float4), (.int8, .float4), (.int8, .float8):
      return TypeChange(.mayChangeSilently, rewrites: true)
    case (.float8, .float4), (.float4, .int2), (.float4, .int4), (.float4, .int8),
      (.float8, .int2), (.float8, .int4), (.float8, .int8), (.numeric, .float4),
      (.float4, .numeric), (.float8, .numeric):
      return TypeChange(.mayChangeSilently, rewrites: true, failures: [.outOfRange])
    case (.numeric, .float8): return TypeChange(.mayChangeSilently, rewrites: true)
    case (.int2, .numeric): return toNumeric(5, to)
    case (.int4, .numeric): return toNumeric(10, to)
    case (.int8, .numeric): return toNumeric(19, to)
    case (.numeric, .int2), (.numeric, .int4), (.numeric, .int8): return fromNumeric(from, target)
    case (.money, .numeric): return TypeChange(.converted, rewrites: true)
    case (.numeric, .money), (.int4, .money), (.int8, .money):
      return TypeChange(.mayChangeSilently, rewrites: true, failures: [.outOfRange])
    default: return nil
    }
  }

  private func toNumeric(_ integerDigits: Int, _ to: DataType) -> TypeChange {
    guard let (precision, scale) = digits(to), precision - scale < integerDigits else {
      return TypeChange(.kept, rewrites: true)
    }
    return TypeChange(.keptOrFails, rewrites: true, failures: [.outOfRange])
  }

  private func fromNumeric(_ from: DataType, _ target: BuiltinType) -> TypeChange {
    guard let (precision, scale) = digits(from), scale <= 0 else {
      return TypeChange(.mayChangeSilently, rewrites: true, failures: [.outOfRange])
    }
    let room = target == .int2 ? 4 : target == .int4 ? 9 : 18
    // NaN is no integer.
    return precision - scale <= room
      ? TypeChange(.kept, rewrites: true, failures: [.outOfRange])
      : TypeChange(.keptOrFails, rewrites: true, failures: [.outOfRange])
  }

  private func times(
    _ source: BuiltinType, _ from: DataType, _ target: BuiltinType, _ to: DataType
  ) -> TypeChange? {
    switch (source, target) {
    case (.timestamp, .timestamptz), (.timestamptz, .timestamp):
      if losesPrecision(from, to) { return TypeChange(.mayChangeSilently, rewrites: true) }
      // In UTC nothing changes; elsewhere each value is moved by the zone's offset, and the hour that
      // a change of the clocks repeats or leaves out cannot be taken back.
      return TypeChange(timeZoneIsUTC ? .converted : .unknown, rewrites: !timeZoneIsUTC)
    // The days after the year 294276 have no timestamp (manual 8.5).
    case (.date, .timestamp), (.date, .timestamptz):
      return TypeChange(.kept, rewrites: true, failures: [.outOfRange])
    case (.time, .timetz), (.time, .interval):
      return TypeChange(losesPrecision(from, to) ? .mayChangeSilently : .kept, rewrites: true)
    case (.timestamp, .date), (.timestamptz, .date), (.timestamp, .time), (.timestamptz, .time),
      (.timestamptz, .timetz), (.timetz, .time), (.interval, .time):
      return TypeChange(.mayChangeSilently, rewrites: true)
    default: return nil
    }
  }

  /// A bit string of another length than `bit(n)` has, or longer than `bit varying(n)` allows, is an error
  /// (manual 8.10).
  private func bits(
    _ source: BuiltinType, _ from: DataType, _ target: BuiltinType, _ to: DataType
  ) -> TypeChange? {
    switch (source, target) {
    case (.bit, .varbit):
      guard case .one(let limit) = to.modifiers else {
        return TypeChange(.kept, rewrites: false)
      }
      if case .one(let length) = from.modifiers, length <= limit {
        return TypeChange(.kept, rewrites: true)
      }
      return TypeChange(.keptOrFails, rewrites: true, failures: [.tooLong(limit)])
    case (.varbit, .bit):
      guard case .one(let length) = to.modifiers else { return nil }
      return TypeChange(.keptOrFails, rewrites: true, failures: [.tooLong(length)])
    default: return nil
    }
  }

  private func remaining(_ source: BuiltinType, _ target: BuiltinType) -> TypeChange {
    switch (source, target) {
    // White space, the order of keys and double keys are lost (manual 8.14).
    case (.json, .jsonb): TypeChange(.unknown, rewrites: true)
    case (.jsonb, .json): TypeChange(.converted, rewrites: true)
    case (.cidr, .inet): TypeChange(.kept, rewrites: false)
    case (.inet, .cidr): TypeChange(.mayChangeSilently, rewrites: true)
    case (.macaddr, .macaddr8): TypeChange(.kept, rewrites: true)
    case (.macaddr8, .macaddr):
      TypeChange(.keptOrFails, rewrites: true, failures: [.outOfRange])
    case (.bool, .int4): TypeChange(.converted, rewrites: true, needsUsing: true)
    case (.int4, .bool): TypeChange(.mayChangeSilently, rewrites: true, needsUsing: true)
    default:
      TypeChange(
        .unknown, rewrites: true, failures: [.notCastable], needsUsing: !hasCast(source, target))
    }
  }

  /// Pairs with a cast by assignment or implicitly that are not judged one by one.
  private func hasCast(_ source: BuiltinType, _ target: BuiltinType) -> Bool {
    let geometric: Set<BuiltinType> = [.point, .line, .lseg, .box, .path, .polygon, .circle]
    if geometric.contains(source), geometric.contains(target) { return true }
    let objects: Set<BuiltinType> = [
      .oid, .int8, .int4, .int2, .regclass, .regproc, .regprocedure, .regtype, .regrole,
      .regnamespace, .regoper, .regoperator, .regconfig, .regdictionary,
    ]
    if objects.contains(source), objects.contains(target) { return true }
    let isRange = source.rawValue.hasSuffix("range")
    return isRange && target.rawValue.hasSuffix("multirange")
  }
}

extension TypeChange {
  fileprivate init(
    _ values: Values, rewrites: Bool, failures: [Hazard] = [], needsUsing: Bool = false
  ) {
    self.init(
      values: values, rewritesTable: rewrites, scansTable: false, failures: failures,
      needsUsing: needsUsing)
  }
}

extension SQLExpression {
  /// Whether the expression is the column alone, under any number of casts.
  package func isCast(of column: String) -> Bool {
    guard columns.count == 1, columns[0].column == column, functions.isEmpty, operators.isEmpty,
      !containsSubquery, !containsParameter
    else { return false }
    var rest = Substring(text)
    while rest.hasPrefix("(") { rest = rest.dropFirst() }
    for name in [quoteIdentifier(column), "\"\(column)\""] where rest.hasPrefix(name) {
      let tail = rest.dropFirst(name.count)
      return tail.isEmpty || tail.hasPrefix("::") || tail.hasPrefix(")::")
    }
    return rest.uppercased().hasPrefix("CAST(")
  }

  /// Whether the expression is the column alone, moved from or to UTC.
  func isInUTC(of column: String) -> Bool {
    guard columns.count == 1, columns[0].column == column, operators.isEmpty, casts.isEmpty,
      !containsSubquery, functions.count == 1, functions[0].name.name == "timezone",
      functions[0].name.schema ?? "pg_catalog" == "pg_catalog", functions[0].arguments.count == 2,
      case .string(let zone)? = functions[0].arguments[0], zone.isUTC
    else { return false }
    let name = quoteIdentifier(column)
    return [
      "\(name) AT TIME ZONE '\(zone)'", "(\(name) AT TIME ZONE '\(zone)')",
      "timezone('\(zone)', \(name))",
    ].contains(text)
  }
}
