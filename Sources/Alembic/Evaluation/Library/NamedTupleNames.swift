// The names that `collections.namedtuple()` refuses.

enum NamedTupleNames {
  /// The message of the ValueError for a type and its fields; nil where `namedtuple()` takes them.
  static func refusal(_ type: String, fields: [String]) -> String? {
    for name in [type] + fields {
      if !isIdentifier(name) {
        return "Type names and field names must be valid identifiers: '\(name)'"
      }
      if keywords.contains(name) {
        return "Type names and field names cannot be a keyword: '\(name)'"
      }
    }
    var seen: Set<String> = []
    for name in fields {
      if name.hasPrefix("_") { return "Field names cannot start with an underscore: '\(name)'" }
      if !seen.insert(name).inserted { return "Encountered duplicate field name: '\(name)'" }
    }
    return nil
  }

  /// Letters outside ASCII are taken for letters of an identifier.
  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
  }

  /// `keyword.kwlist` of Python 3.11.
  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]
}
