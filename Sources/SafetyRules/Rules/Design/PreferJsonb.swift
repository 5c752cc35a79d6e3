// prefer-jsonb: json keeps the text and is parsed again at each use.

import SchemaModel

enum PreferJsonb: ColumnDesignRule {
  static let name = "prefer-jsonb"
  static let objection = "json is parsed again at each use, and has no equality and no index"
  static let help = "say jsonb (sqlalchemy.dialects.postgresql.JSONB)"

  static func objects(to column: Column) -> Bool { column.type?.element.builtin == .json }
}
