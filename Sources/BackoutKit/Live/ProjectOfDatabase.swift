// What a project says about the database that it migrates.

import Alembic
import DatabaseFacts
import PythonSyntax
import Verdicts

extension Project {
  var versionTable: TableName {
    let settings = alembic.environment.online
    return TableName(
      schema: settings.versionTableSchema.value ?? nil,
      name: settings.versionTable.value ?? "alembic_version")
  }

  var versionTableName: String {
    (versionTable.schema.map { $0 + "." } ?? "") + versionTable.name
  }

  /// Settings of env.py that only running it would tell, and that decide where to look.
  var settingDoubts: [Reason] {
    var doubts: [Reason] = []
    let settings = alembic.environment.online
    if case .unknown(let reason, let place) = settings.versionTable {
      doubts.append(
        Reason(.executes, .unknown, "the version table's name is not known: \(reason)", at: place))
    }
    if case .unknown(let reason, let place) = settings.versionTableSchema {
      doubts.append(
        Reason(.executes, .unknown, "the version table's schema is not known: \(reason)", at: place)
      )
    }
    return doubts + alembic.environment.nameDoubts + alembic.environment.settingDoubts
  }

  /// Whether the rows of the version table are a place in the graph.
  func hasPlace(for table: VersionTableFacts) -> Bool {
    guard case .rows(let rows) = table else { return false }
    return rows.allSatisfy { alembic.revision($0) != nil }
  }

  /// Why the rows of the version table are no place in the graph.
  /// - Parameter isBrief: whether a few words do; else the history of git is searched for what they name.
  func obstacle(_ table: VersionTableFacts, isBrief: Bool = false) -> Reason? {
    switch table {
    case .missing:
      return Reason(
        .executes, .unknown,
        "the database has no version table \(versionTableName): Alembic never ran here, or it is in "
          + "another schema or database"
      )
    case .elsewhere(let schemas):
      return Reason(
        .executes, .unknown,
        "the role finds no version table \(versionTableName), and there is one in \(schemas.joined(separator: ", ")): "
          + "its search path does not lead there, or it has no USAGE on that schema")
    case .unreadable(let why):
      return Reason(.executes, .unknown, "the version table cannot be read: \(why)")
    case .rows(let rows):
      let strange = rows.filter { alembic.revision($0) == nil }
      guard !strange.isEmpty else { return nil }
      let more = strange.count > 5 ? " and \(strange.count - 5) more" : ""
      return Reason(
        .executes, .unknown,
        "the database is at \(strange.prefix(5).joined(separator: ", "))\(more), which these files do not "
          + "have: they are older than the database; "
          + (isBrief ? "take the checkout that was deployed" : checkout(with: strange[0])))
    }
  }

  var runbook: Runbook {
    let settings = alembic.settings.runbook
    var runbook = Runbook()
    runbook.prefix = settings.commandPrefix
    runbook.alembic = settings.alembic ?? runbook.alembic
    runbook.flags = settings.flags.map {
      Runbook.Flag(name: $0.name, tables: $0.tables, place: $0.place)
    }
    return runbook
  }
}
