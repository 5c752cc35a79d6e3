// version-table-touched: a revision changes the table in which Alembic keeps the revision.

import PostgresSyntax
import SchemaModel

enum VersionTableTouched: StatementRule {
  static let name = "version-table-touched"
  static let speaksFor: Set<String> = [
    DropTable.name, DropTableCascade.name, DeleteRows.name, UpdateRows.name, Truncate.name,
    TruncateCascade.name, OnConflictOverwrites.name, DataMigrationIrreversible.name,
    RenameTable.name, MoveToSchema.name, DowngradeFails.name,
  ]

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    let verbs =
      statement.outcome.effects.compactMap(Self.verb)
      + statement.outcome.failures.compactMap { Self.verb($0, statement.sql) }
    guard let verb = verbs.first else { return nil }
    return Remark(
      verb == "dropped" ? .error : .warning,
      "alembic_version is \(verb) by a revision: Alembic keeps it itself, and after this its own "
        + "statement finds no row, or the wrong one",
      help: "leave the table alone; alembic stamp sets it from outside")
  }

  private static func verb(_ effect: Effect) -> String? {
    switch effect {
    case .tableDropped(let drop): isVersionTable(drop.table.name) ? "dropped" : nil
    case .tableCreated(let table): isVersionTable(table.name) ? "created" : nil
    case .renamed(let renaming) where renaming.kind == .table:
      isVersionTable(renaming.from) ? "renamed" : nil
    case .movedToSchema(_, let from, _): isVersionTable(from) ? "moved" : nil
    case .rowsDeleted(let rows): isVersionTable(rows.table.name) ? "emptied" : nil
    case .rowsUpdated(let rows): isVersionTable(rows.table.name) ? "updated" : nil
    case .rowsInserted(let rows): isVersionTable(rows.table.name) ? "written" : nil
    case .truncated(let tables, _, _):
      tables.contains { isVersionTable($0.name) } ? "emptied" : nil
    default: nil
    }
  }

  /// No revision creates the table, so that the history does not have it.
  private static func verb(_ failure: Failure, _ sql: String) -> String? {
    guard case .missing(.table, let name, of: nil) = failure.reason, isVersionTable(name) else {
      return nil
    }
    switch sql.prefix(while: \.isLetter).uppercased() {
    case "DROP": return "dropped"
    case "DELETE", "TRUNCATE": return "emptied"
    case "UPDATE": return "updated"
    case "INSERT": return "written"
    case "ALTER": return "altered"
    default: return nil
    }
  }

  private static func isVersionTable(_ name: QualifiedName) -> Bool {
    name.name == "alembic_version"
  }
}
