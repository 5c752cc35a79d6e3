// SQL that cannot be anything but what it was put together of.

import SourceText

/// A value or condition of quoted names, quoted literals and the words of this file. Text of a migration gets
/// into it in no other way; functions and operators are those of `pg_catalog`.
package struct SafeSQL: Sendable, Hashable, Codable {
  package private(set) var text: String

  private init(_ text: String) { self.text = text }

  /// - Parameter alias: of the table; a word of ours.
  package static func column(_ name: String, of alias: Alias? = nil) -> SafeSQL {
    SafeSQL((alias.map { $0.rawValue + "." } ?? "") + doubleQuoted(name))
  }

  /// Two rows of one table.
  package enum Alias: String, Sendable { case a, b }

  package static let null = SafeSQL("NULL")

  /// A constant whose type is what its place asks for.
  package static func literal(_ value: String) -> SafeSQL { SafeSQL(quotedLiteral(value)) }

  package static func boolean(_ value: Bool) -> SafeSQL { SafeSQL(value ? "true" : "false") }

  /// A number as SQL writes it; nil for any other text.
  package static func number(_ digits: String) -> SafeSQL? {
    let isNumber = digits.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
    let isOne = digits.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber && isOne && !digits.contains("--") ? SafeSQL("(\(digits))") : nil
  }

  /// - Parameter type: a built-in type as `format_type` writes it; nil for text that none is written with.
  package func cast(to type: String) -> SafeSQL? {
    let isType = type.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        || [" ", "(", ")", ",", "_", "[", "]"].contains(scalar)
    }
    return isType ? SafeSQL("CAST(\(text) AS \(type))") : nil
  }

  /// - Parameter function: the name of one in `pg_catalog`.
  package static func call(_ function: String, _ arguments: [SafeSQL]) -> SafeSQL {
    SafeSQL("pg_catalog.\(doubleQuoted(function))(\(list(arguments)))")
  }

  /// - Parameter name: of an operator in `pg_catalog`; nil for text that is none.
  package static func operation(
    _ name: String, _ left: SafeSQL?, _ right: SafeSQL
  ) -> SafeSQL? {
    let isOperator = !name.isEmpty && name.utf8.allSatisfy { "+-*/<>=~!@#%^&|?".utf8.contains($0) }
    guard isOperator, !name.contains("--"), !name.contains("/*") else { return nil }
    let front = left.map { $0.text + " " } ?? ""
    return SafeSQL("(\(front)OPERATOR(pg_catalog.\(name)) \(right.text))")
  }

  package static func all(_ parts: [SafeSQL]) -> SafeSQL { joined(parts, "AND", empty: "true") }
  package static func any(_ parts: [SafeSQL]) -> SafeSQL { joined(parts, "OR", empty: "false") }

  private static func joined(_ parts: [SafeSQL], _ word: String, empty: String) -> SafeSQL {
    parts.isEmpty
      ? SafeSQL(empty) : SafeSQL("(" + parts.map(\.text).joined(separator: " \(word) ") + ")")
  }

  package static func not(_ value: SafeSQL) -> SafeSQL { SafeSQL("(NOT \(value.text))") }

  package var isNull: SafeSQL { SafeSQL("(\(text) IS NULL)") }
  package var isNotNull: SafeSQL { SafeSQL("(\(text) IS NOT NULL)") }
  package var isFalse: SafeSQL { SafeSQL("(\(text) IS FALSE)") }
  package var isNotTrue: SafeSQL { SafeSQL("(\(text) IS NOT TRUE)") }

  package func differs(from other: SafeSQL) -> SafeSQL {
    SafeSQL("(\(text) IS DISTINCT FROM \(other.text))")
  }

  package static func coalesce(_ values: [SafeSQL]) -> SafeSQL {
    SafeSQL("COALESCE(\(list(values)))")
  }

  package static func nullIf(_ value: SafeSQL, _ other: SafeSQL) -> SafeSQL {
    SafeSQL("NULLIF(\(value.text), \(other.text))")
  }

  /// Looks at `value` only where the condition is true (manual 4.2.14); else it is false.
  package static func `if`(_ condition: SafeSQL, _ value: SafeSQL) -> SafeSQL {
    SafeSQL("(CASE WHEN \(condition.text) THEN \(value.text) ELSE false END)")
  }

  /// Letter by letter, whatever the collation of the value finds equal.
  package var byLetter: SafeSQL { SafeSQL("(\(text) COLLATE \"C\")") }

  /// As the database compares what has no collation of its own.
  package var byDefaultCollation: SafeSQL { SafeSQL("(\(text) COLLATE \"default\")") }

  private static func list(_ values: [SafeSQL]) -> String {
    values.map(\.text).joined(separator: ", ")
  }
}

/// The functions and operators that a condition uses, which PostgreSQL looks for by the search path where
/// the migration runs: outside of `pg_catalog` there must be none of these names for built-in types.
package struct BuiltinNames: Sendable, Hashable, Codable {
  package var functions: [String] = []
  package var operators: [String] = []

  package init() {}

  package mutating func use(function name: String) {
    if !functions.contains(name) { functions.append(name) }
  }

  package mutating func use(operator name: String) {
    if !operators.contains(name) { operators.append(name) }
  }

  package mutating func add(_ others: BuiltinNames) {
    for name in others.functions { use(function: name) }
    for name in others.operators { use(operator: name) }
  }
}

/// An identifier in double quotes. A NUL character, which no identifier holds, is left out.
package func doubleQuoted(_ name: String) -> String {
  "\"" + withoutNull(name).doubling("\"") + "\""
}

/// A string constant that means the same whatever `standard_conforming_strings` says.
package func quotedLiteral(_ text: String) -> String {
  let doubled = withoutNull(text).doubling("'")
  let escaped = doubled.doubling("\\")
  return escaped == doubled ? "'\(doubled)'" : "E'\(escaped)'"
}

private func withoutNull(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
}
