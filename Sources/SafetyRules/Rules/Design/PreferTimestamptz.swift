// prefer-timestamptz: a timestamp without time zone does not say which moment it means.

import SchemaModel

enum PreferTimestamptz: ColumnDesignRule {
  static let name = "prefer-timestamptz"
  static let objection = "timestamp without time zone does not say which moment it means"
  static let help = "say timestamptz (sa.DateTime(timezone=True))"

  static func objects(to column: Column) -> Bool { column.type?.element.builtin == .timestamp }
}
