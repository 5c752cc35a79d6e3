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
    let type = text[text.utf8.index(after: sign)...]
    let plain = type.without(last: "!")
    isDefault = plain != nil
    self.type = ValueType(plain ?? type)
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
    let named = defaultTypes[Substring(method)] ?? []
    return names(of: type).contains(where: named.contains)
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
    return other.name.map(names(of: type).contains) == true
  }

  /// The type itself, and those of which its values are values as they are; nothing for arrays and what the
  /// history made.
  private static func names(of type: ValueType) -> [Substring] {
    type.name.map { [$0] + (relabelings[$0] ?? []) } ?? []
  }

  private static func classes(of method: String) -> [OperatorClass] {
    (ofServer[Substring(method)] ?? []) + (ofExtensions[Substring(method)] ?? [])
  }

  private static let lines = catalogClasses.parts(between: "\n").map { $0.parts(between: " ") }

  /// The names of types of which columns get one of PostgreSQL's own where none is written, for each method: most
  /// indexes ask for no more.
  private static let defaultTypes = Dictionary(
    uniqueKeysWithValues: lines.map { words in
      let types = words.dropFirst().compactMap { word in
        word.without(last: "!")?.parts(between: "=").last
      }
      return (words[0], Set(types))
    })

  private static let ofServer = Dictionary(
    uniqueKeysWithValues: lines.map { words in
      (words[0], words.dropFirst().compactMap { OperatorClass($0, provider: nil) })
    })

  private static let ofExtensions = Dictionary(
    extensionClasses.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      return (words[1], words.dropFirst(2).compactMap { OperatorClass($0, provider: words[0]) })
    }, uniquingKeysWith: +)

  private static let relabelings = Dictionary(
    uniqueKeysWithValues: catalogRelabelings.parts(between: "\n").map { line in
      let words = line.parts(between: " ")
      return (words[0], Array(words.dropFirst()))
    })
}
