// prefer-identity: serial leaves the sequence to itself.

import PostgresSyntax
import SchemaModel

enum PreferIdentity: ColumnDesignRule {
  static let name = "prefer-identity"
  static let objection =
    "the numbers come from a sequence beside the column, which has its own privileges"
  static let help = "say sa.Identity(), which is GENERATED … AS IDENTITY"

  static func objects(to column: Column) -> Bool {
    column.default.expression?.nextvalSequence != nil
  }
}
