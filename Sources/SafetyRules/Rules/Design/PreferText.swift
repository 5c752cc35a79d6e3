// prefer-text: a length that must be changed one day.

import SchemaModel

enum PreferText: ColumnDesignRule {
  static let name = "prefer-text"
  static let objection =
    "a limit in varchar(n) gains nothing in PostgreSQL, and takes a lock to change"
  static let help = "say text (sa.Text()), with a CHECK on the length where it matters"

  static func objects(to column: Column) -> Bool {
    guard let type = column.type?.element else { return false }
    return type.builtin == .varchar && type.modifiers != .none
  }
}
