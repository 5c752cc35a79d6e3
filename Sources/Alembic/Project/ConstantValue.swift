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

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

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
