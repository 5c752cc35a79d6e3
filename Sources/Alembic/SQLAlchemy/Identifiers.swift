// Names into SQL text, quoted as SQLAlchemy's IdentifierPreparer quotes them for PostgreSQL.

import SourceText

enum Identifiers {
  /// A name, in double quotes where SQLAlchemy uses them: reserved words, upper case, anything but
  /// letters, digits, `_` and `$`, or a digit or `$` in front.
  static func quoted(_ name: String) -> String {
    guard needsQuotes(name) else { return name }
    return "\"" + name.doubling("\"") + "\""
  }

  /// `schema.name`; a schema with dots is quoted part by part only in Alembic's ALTER TABLE.
  static func qualified(_ name: String, schema: String?) -> String {
    guard let schema, !schema.isEmpty else { return quoted(name) }
    return quoted(schema) + "." + quoted(name)
  }

  /// Whether a name holds anything but letters, digits, `_` and `$`, or a digit or `$` in front, in
  /// any case (`_requires_quotes_illegal_chars`).
  static func hasIllegalCharacters(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first), first != 0x24 else {
      return true
    }
    return !name.utf8.allSatisfy {
      (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x24
    }
  }

  private static func needsQuotes(_ name: String) -> Bool {
    var name = name
    let isPlain = name.withUTF8 { bytes in
      guard let first = bytes.first, !(0x30...0x39).contains(first), first != 0x24 else {
        return false
      }
      return bytes.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x24
      }
    }
    return !isPlain || sqlalchemyReservedWords.contains(name)
  }
}
