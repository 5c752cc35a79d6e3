// Types as PostgreSQL's parse analysis tells them apart, and which of them become others.

import HashTreeCollections
import PostgresSyntax

/// A type without modifiers: length and precision decide nothing about operators and functions. A domain is taken
/// for the type below it, which PostgreSQL does in all but a few places.
struct ValueType: Hashable, Sendable {
  enum Base: Hashable, Sendable {
    /// The place in `TypeCatalog`.
    case builtin(Int16)
    case enumeration(QualifiedName)
    /// Only what something is assigned or cast to: of values it is not followed.
    case composite(QualifiedName)
  }
  var base: Base
  var isArray = false

  /// Nil for what is no type of `pg_catalog`.
  /// - Parameter name: as in `pg_type`: `_int4` for an array.
  init?(_ name: Substring) {
    let isArray = name.utf8.first == UInt8(ascii: "_")
    guard let place = TypeCatalog.shared.places[isArray ? name.dropFirst() : name] else {
      return nil
    }
    self.init(base: .builtin(place), isArray: isArray)
  }

  private init(base: Base, isArray: Bool) {
    self.base = base
    self.isArray = isArray
  }

  init(enumeration name: QualifiedName, isArray: Bool) {
    self.init(base: .enumeration(name), isArray: isArray)
  }

  init(composite name: QualifiedName) {
    self.init(base: .composite(name), isArray: false)
  }

  /// That of a string without a cast, and of NULL.
  static let unknown = named("unknown")
  static let bool = named("bool")
  static let text = named("text")
  static let record = named("record")

  private static func named(_ name: Substring) -> ValueType {
    ValueType(name) ?? ValueType(base: .builtin(0), isArray: false)
  }

  var array: ValueType { ValueType(base: base, isArray: true) }
  /// Nil where it is no array.
  var element: ValueType? { isArray ? ValueType(base: base, isArray: false) : nil }
  var isEnumeration: Bool {
    if case .enumeration = base { !isArray } else { false }
  }

  /// Nil for arrays and enums.
  private var row: TypeCatalog.Row? {
    if case .builtin(let place) = base, !isArray {
      TypeCatalog.shared.rows[Int(place)]
    } else {
      nil
    }
  }

  /// Of the type itself, and of the elements of an array; nil for an enum, and for what is not told apart.
  var builtin: BuiltinType? {
    if case .builtin(let place) = base {
      BuiltinType(rawValue: String(TypeCatalog.shared.rows[Int(place)].name))
    } else {
      nil
    }
  }

  /// As in `pg_type`; nil for arrays and for what the history made.
  var name: Substring? { row?.name }

  /// What a range or multirange is of.
  var subtype: ValueType? { row?.subtype.flatMap { ValueType($0) } }
  var isMultirange: Bool { row?.name.hasSuffix("multirange") == true }

  /// `pg_type.typcategory` (manual 53.64).
  var category: UInt8 {
    row?.category ?? UInt8(ascii: isArray ? "A" : "E")
  }

  /// `pg_type.typispreferred`
  var isPreferred: Bool { row?.isPreferred == true }

  var isString: Bool { category == UInt8(ascii: "S") }

  var description: String {
    let name: String
    switch base {
    case .builtin(let place):
      let own = TypeCatalog.shared.rows[Int(place)].name
      name = BuiltinType(rawValue: String(own)).map { DataType($0).description } ?? String(own)
    case .enumeration(let own), .composite(let own): name = displayed(own)
    }
    return isArray ? name + "[]" : name
  }
}

/// The types of `pg_catalog` and the casts between them.
struct TypeCatalog: Sendable {
  struct Row: Sendable {
    var name: Substring
    var category: UInt8
    var isPreferred: Bool
    var subtype: Substring?
  }
  enum Context: Int, Comparable, Sendable {
    case implicit, assignment, explicit
    static func < (left: Context, right: Context) -> Bool { left.rawValue < right.rawValue }
  }
  /// Two places in `rows`.
  private struct Pair: Hashable {
    var from: Int16
    var to: Int16
  }

  static let shared = TypeCatalog()

  let rows: [Row]
  let places: [Substring: Int16]

  private init() {
    rows = catalogTypes.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      return Row(
        name: words[0], category: words[1].utf8.first ?? 0,
        isPreferred: words[1].without(last: "!") != nil,
        subtype: words.count > 2 ? words[2] : nil)
    }
    places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.name, Int16($0)) })
  }

  private static let casts = shared.readCasts()

  private func readCasts() -> [Pair: Context] {
    var casts: [Pair: Context] = [:]
    for line in catalogCasts.parts(between: "\n") {
      let words = line.parts(between: " ")
      guard let from = places[words[0]] else { continue }
      for word in words.dropFirst() {
        let parts = word.parts(between: ".")
        guard let to = places[parts[0]] else { continue }
        casts[Pair(from: from, to: to)] =
          switch parts.last {
          case "i": .implicit
          case "a": .assignment
          default: .explicit
          }
      }
    }
    return casts
  }

  /// The least that a statement has to say so that a value of one type becomes one of another
  /// (`find_coercion_pathway` in parse_coerce.c); nil where there is no way.
  func context(from: ValueType, to: ValueType) -> Context? {
    if from == to || from == .unknown { return .implicit }
    if case .builtin(let first) = from.base, case .builtin(let second) = to.base,
      from.isArray == to.isArray,
      let context = Self.casts[Pair(from: first, to: second)]
    {
      return context
    }
    if let first = from.element, let second = to.element,
      let context = context(from: first, to: second)
    {
      return context
    }
    // By way of text.
    if to.isString { return .assignment }
    return from.isString ? .explicit : nil
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Those that are not empty, told apart by bytes.
  func parts(between separator: Unicode.Scalar) -> [Substring] {
    utf8.split(separator: UInt8(ascii: separator)).map { self[$0.startIndex..<$0.endIndex] }
  }
}

extension Substring {
  /// What stands before its last character; nil where that is another one.
  func without(last character: Unicode.Scalar) -> Substring? {
    guard utf8.last == UInt8(ascii: character) else { return nil }
    return self[..<utf8.index(before: endIndex)]
  }
}
