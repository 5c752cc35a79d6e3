// The values that a header or a setting can have without running anything.

/// A constant of a Python file, or why it is none.
enum ConstantValue: Hashable, Sendable {
  case none
  case boolean(Bool)
  case integer(Int)
  case string(String)
  /// A tuple, list or set; their difference does not matter in headers and settings.
  case sequence([ConstantValue])
  /// With text keys, such as `naming_convention` and `**options`; later entries win.
  case dictionary([String: ConstantValue])
  /// Why it cannot be known without running the file.
  case unknown(String)

  /// A value of more parts, or nested deeper, is not kept: comparing and freeing it would cost more
  /// than a hostile file may ask for, and no header needs it.
  static let partLimit = 4096
  private static let nestingLimit = 8

  /// A tuple, list or set of these elements.
  static func collection(_ elements: [ConstantValue]) -> ConstantValue {
    ConstantValue.sequence(elements).bounded
  }

  static func collection(_ entries: [String: ConstantValue]) -> ConstantValue {
    ConstantValue.dictionary(entries).bounded
  }

  private var bounded: ConstantValue {
    var room = Self.partLimit
    return fits(&room, nesting: 0) ? self : .unknown("a very large value")
  }

  private func fits(_ room: inout Int, nesting: Int) -> Bool {
    room -= 1
    if room < 0 || nesting > Self.nestingLimit { return false }
    switch self {
    case .sequence(let elements):
      return elements.allSatisfy { $0.fits(&room, nesting: nesting + 1) }
    case .dictionary(let entries):
      return entries.values.allSatisfy { $0.fits(&room, nesting: nesting + 1) }
    default: return true
    }
  }

  /// What `dict(…)` makes of it: of a dictionary, or of pairs; nil where it cannot.
  var entries: [String: ConstantValue]? {
    switch self {
    case .dictionary(let entries): return entries
    case .sequence(let pairs):
      var entries: [String: ConstantValue] = [:]
      for pair in pairs {
        guard case .sequence(let parts) = pair, parts.count == 2, case .string(let key) = parts[0]
        else { return nil }
        entries[key] = parts[1]
      }
      return entries
    default: return nil
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// Nothing in it is unknown, however deep.
  var isWhollyKnown: Bool {
    switch self {
    case .unknown: false
    case .sequence(let elements): elements.allSatisfy(\.isWhollyKnown)
    case .dictionary(let entries): entries.values.allSatisfy(\.isWhollyKnown)
    default: true
    }
  }

  /// Python's truth; nil if it is not known.
  var truth: Bool? {
    switch self {
    case .none: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .string(let value): !value.isEmpty
    case .sequence(let elements): !elements.isEmpty
    case .dictionary(let entries): !entries.isEmpty
    case .unknown: nil
    }
  }

  /// `str(value)`; nil where it is not known or nobody would write it.
  var text: String? {
    switch self {
    case .none: "None"
    case .boolean(let value): value ? "True" : "False"
    case .integer(let value): String(value)
    case .string(let value): value
    case .sequence, .dictionary, .unknown: nil
    }
  }
}
