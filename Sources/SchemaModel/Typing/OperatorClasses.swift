// The operator classes that indexes of each method have for types (manual 11.10).

/// One operator class of PostgreSQL's own, or of an extension that comes with it.
struct OperatorClass: Sendable {
  var name: Substring
  /// Nil for a type of the extension itself.
  var type: ValueType?
  /// Whether a column of the type gets it where none is written.
  var isDefault: Bool
  /// Nil for one of PostgreSQL's own.
  var provider: Substring?

  /// - Parameter text: `int4_ops=int4!`.
  fileprivate init?(_ text: Substring, provider: Substring?) {
    guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    name = text[..<sign]
    var type = text[text.utf8.index(after: sign)...]
    isDefault = type.hasSuffix("!")
    if isDefault { type = type.dropLast() }
    self.type = ValueType(type)
    self.provider = provider
  }
}

enum OperatorClasses {
  /// Those of a name; an extension may have one of a name that PostgreSQL has for another method.
  static func named(_ name: String, method: String) -> [OperatorClass] {
    classes(of: method).filter { $0.name == name }
  }

  /// Whether PostgreSQL itself has a class that columns of a type get (`GetDefaultOpClass` in indexcmds.c).
  static func hasDefault(for type: ValueType, method: String) -> Bool {
    ofServer[Substring(method)]?.defaults.contains(type) == true
      || defaults(for: type, method: method).contains { $0.provider == nil }
  }

  /// The extensions that bring such a class.
  static func providers(ofDefaultFor type: ValueType, method: String) -> [String] {
    defaults(for: type, method: method).compactMap { $0.provider.map(String.init) }
  }

  private static func defaults(for type: ValueType, method: String) -> [OperatorClass] {
    classes(of: method).filter { found in
      found.isDefault && found.type.map { isSame(type, as: $0) } == true
    }
  }

  /// Whether values of a type are values of another one as they are (`IsBinaryCoercible` in parse_coerce.c).
  static func isSame(_ type: ValueType, as other: ValueType) -> Bool {
    if type == other { return true }
    switch other.polymorphism?.shape {
    case .element?: return true
    case .array?: return type.isArray
    case .enumeration?: return type.isEnumeration
    case .range?: return type.subtype != nil && !type.isMultirange
    case .multirange?: return type.isMultirange
    case .nonArray?, nil: break
    }
    guard let from = type.name, let to = other.name else { return false }
    return relabelings[from]?.contains(to) == true
  }

  private static func classes(of method: String) -> [OperatorClass] {
    (ofServer[Substring(method)]?.all ?? []) + (ofExtensions[Substring(method)] ?? [])
  }

  /// Those of one method that PostgreSQL has by itself.
  private struct Classes: Sendable {
    let all: [OperatorClass]
    /// The types of which columns get one of them where none is written, but for those that only their
    /// shape tells, as arrays.
    let defaults: Set<ValueType>

    init(_ all: [OperatorClass]) {
      self.all = all
      let types = all.compactMap { $0.isDefault ? $0.type : nil }
      let names = Set(types.compactMap(\.name))
      let others = relabelings.filter { !$1.isDisjoint(with: names) }
      defaults = Set(types).union(others.keys.compactMap { ValueType($0) })
    }
  }

  private static let ofServer = Dictionary(
    uniqueKeysWithValues: catalogClasses.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      let classes = words.dropFirst().compactMap { OperatorClass($0, provider: nil) }
      return (words[0], Classes(classes))
    })

  private static let ofExtensions = Dictionary(
    extensionClasses.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      return (words[1], words.dropFirst(2).compactMap { OperatorClass($0, provider: words[0]) })
    }, uniquingKeysWith: +)

  private static let relabelings = Dictionary(
    uniqueKeysWithValues: catalogRelabelings.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      return (words[0], Set(words.dropFirst()))
    })
}
