// The pseudo-types that stand for types (manual 38.2.5; parse_coerce.c).

/// What a pseudo-type stands for.
struct Polymorphism: Hashable {
  /// Two families: all of the first are of one type, those of the second of types with a common one.
  enum Family: Hashable { case same, compatible }
  enum Shape: Hashable { case element, nonArray, enumeration, array, range, multirange }
  var family: Family
  var shape: Shape

  fileprivate static let named: [ValueType: Polymorphism] = {
    let all: [(Substring, Family, Shape)] = [
      ("anyelement", .same, .element), ("anynonarray", .same, .nonArray),
      ("anyenum", .same, .enumeration), ("anyarray", .same, .array), ("anyrange", .same, .range),
      ("anymultirange", .same, .multirange), ("anycompatible", .compatible, .element),
      ("anycompatiblenonarray", .compatible, .nonArray),
      ("anycompatiblearray", .compatible, .array), ("anycompatiblerange", .compatible, .range),
      ("anycompatiblemultirange", .compatible, .multirange),
    ]
    var result: [ValueType: Polymorphism] = [:]
    for (name, family, shape) in all {
      if let type = ValueType(name) { result[type] = Polymorphism(family: family, shape: shape) }
    }
    return result
  }()
  fileprivate static let any = ValueType("any")

  /// What the types of the operands decide about those of a family; nil where they contradict each other
  /// (`check_generic_type_consistency`).
  private struct Bound {
    var element: ValueType?
    var range: ValueType?
    var elements: [ValueType] = []
  }

  static func isConsistent(_ declared: [ValueType], _ inputs: [ValueType]) -> Bool {
    isSameConsistent(declared, inputs) != nil && isCompatibleConsistent(declared, inputs) != nil
  }

  /// The type of a result that is declared as a pseudo-type; nil where it cannot be told here.
  /// - Throws: where no operand has a type that would decide.
  static func result(
    _ declared: ValueType, of arguments: [ValueType], _ inputs: [ValueType]
  ) throws(TypeProblem) -> ValueType? {
    if isOpen(arguments, inputs) {
      throw TypeProblem(
        sqlState: "42804", words: "no operand has a type that decides what the others are")
    }
    guard let wanted = declared.polymorphism else { return declared }
    let bound =
      wanted.family == .same
      ? isSameConsistent(arguments, inputs) : isCompatibleConsistent(arguments, inputs)
    guard let bound else { return nil }
    var element = bound.element
    if wanted.family == .compatible, element == nil, bound.range == nil { element = .text }
    switch wanted.shape {
    case .range, .multirange:
      return bound.range?.isMultirange == (wanted.shape == .multirange) ? bound.range : nil
    case .array:
      if let element { return element.isArray ? element : element.array }
    case .element, .nonArray, .enumeration:
      if let element { return element }
    }
    return bound.range?.subtype
  }

  /// Whether nothing decides what the pseudo-types of the first family stand for.
  private static func isOpen(_ declared: [ValueType], _ inputs: [ValueType]) -> Bool {
    let places = declared.indices.filter { declared[$0].polymorphism?.family == .same }
    return !places.isEmpty && places.allSatisfy { inputs[$0] == .unknown }
  }

  private static func isSameConsistent(
    _ declared: [ValueType], _ inputs: [ValueType]
  ) -> Bound? {
    var bound = Bound()
    var array: ValueType?
    var (isNoArray, isEnum) = (false, false)
    for (target, input) in zip(declared, inputs) {
      guard let wanted = target.polymorphism, wanted.family == .same else { continue }
      let shape = wanted.shape
      if shape == .nonArray { isNoArray = true }
      if shape == .enumeration { isEnum = true }
      if input == .unknown { continue }
      switch shape {
      case .element, .nonArray, .enumeration:
        if let element = bound.element, element != input { return nil }
        bound.element = input
      case .array:
        if let array, array != input { return nil }
        array = input
      case .range, .multirange:
        guard input.subtype != nil else { return nil }
        let isMulti = input.isMultirange
        guard isMulti == (shape == .multirange) else { return nil }
        if let range = bound.range, range.isMultirange == isMulti, range != input { return nil }
        if let range = bound.range, range.subtype != input.subtype { return nil }
        bound.range = input
      }
    }
    if let array {
      guard let element = array.element else { return nil }
      if let other = bound.element, other != element { return nil }
      bound.element = element
    }
    if let subtype = bound.range?.subtype {
      if let element = bound.element, element != subtype { return nil }
      bound.element = bound.element ?? subtype
    }
    if isNoArray, bound.element?.isArray == true { return nil }
    if isEnum, bound.element?.isEnumeration != true { return nil }
    return bound
  }

  private static func isCompatibleConsistent(
    _ declared: [ValueType], _ inputs: [ValueType]
  ) -> Bound? {
    var bound = Bound()
    var isNoArray = false
    for (target, input) in zip(declared, inputs) {
      guard let wanted = target.polymorphism, wanted.family == .compatible else { continue }
      let shape = wanted.shape
      if shape == .nonArray { isNoArray = true }
      if input == .unknown { continue }
      switch shape {
      case .element, .nonArray, .enumeration: bound.elements.append(input)
      case .array:
        guard let element = input.element else { return nil }
        bound.elements.append(element)
      case .range, .multirange:
        guard let subtype = input.subtype, input.isMultirange == (shape == .multirange) else {
          return nil
        }
        if let range = bound.range, range != input { return nil }
        bound.range = input
        bound.elements.append(subtype)
      }
    }
    if bound.elements.isEmpty { return bound }
    guard let common = CommonType.of(bound.elements),
      bound.elements.allSatisfy({ CommonType.takes(common, $0) })
    else { return nil }
    if isNoArray, common.isArray { return nil }
    if let subtype = bound.range?.subtype, subtype != common { return nil }
    bound.element = common
    return bound
  }
}

extension ValueType {
  var polymorphism: Polymorphism? { Polymorphism.named[self] }
  /// `"any"`
  var isAny: Bool { self == Polymorphism.any }
}

/// The type that several values get together (manual 10.5; `select_common_type` in parse_coerce.c).
enum CommonType {
  /// Nil where they are of kinds that do not go together.
  static func of(_ types: [ValueType]) -> ValueType? {
    guard var chosen = types.first else { return nil }
    if chosen != .unknown, types.allSatisfy({ $0 == chosen }) { return chosen }
    for next in types.dropFirst() where next != .unknown && next != chosen {
      if chosen == .unknown {
        chosen = next
      } else if chosen.category != next.category {
        return nil
      } else if !chosen.isPreferred, takes(next, chosen), !takes(chosen, next) {
        chosen = next
      }
    }
    return chosen == .unknown ? .text : chosen
  }

  /// Whether a value becomes one of the type by itself.
  static func takes(_ type: ValueType, _ value: ValueType) -> Bool {
    TypeCatalog.shared.context(from: value, to: type) == .implicit
  }
}
