// avoid-money: money depends on the locale of the database.

import SchemaModel

enum AvoidMoney: ColumnDesignRule {
  static let name = "avoid-money"
  static let objection = "what money holds and shows depends on lc_monetary of the database"
  static let help = "say numeric, with the currency in a column of its own"

  static func objects(to column: Column) -> Bool { column.type?.element.builtin == .money }
}
