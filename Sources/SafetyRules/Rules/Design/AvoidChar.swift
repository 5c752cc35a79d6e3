// avoid-char: character(n) pads with blanks.

import SchemaModel

enum AvoidChar: ColumnDesignRule {
  static let name = "avoid-char"
  static let objection = "character(n) is padded with blanks, and is no faster than text"
  static let help = "say text, with a CHECK on the length where it matters"

  static func objects(to column: Column) -> Bool { column.type?.element.builtin == .bpchar }
}
