// A path through the graph and the steps along it into the text of `alembic upgrade|downgrade --sql`.

import SourceText

/// The script that Alembic's offline mode prints, and what keeps it from being the whole truth.
package struct OfflineScript: Sendable {
  package private(set) var text = ""
  /// Places that could not be known; a comment stands for each in the text.
  package private(set) var gaps: [OpaquePlace] = []
  /// Where a migration raises: Alembic would print what is in the text and fail.
  package private(set) var raises: RaisedError?
  /// Settings that decide the text and that only running env.py would tell.
  package let unknownSettings: [ContextSettings.UnknownSetting]
  private let table: VersionTable
  private let transaction: Transaction

  private enum Transaction { case none, whole, perMigration }

  /// Settings that are not known count as Alembic's defaults; `unknownSettings` names them.
  package init(
    path: RevisionPath, settings: ContextSettings, step: (String, Direction) -> Step
  ) {
    table = VersionTable(settings)
    transaction =
      settings.transactionalDDL.value == .some(false)
      ? .none : settings.transactionPerMigration.value == true ? .perMigration : .whole
    unknownSettings = settings.unknownInScript
    for setting in unknownSettings {
      write("-- backout: not known: \(setting.name) of env.py: \(comment(setting.reason))")
    }
    if transaction == .whole { write("BEGIN;") }
    for pathStep in path.steps where raises == nil {
      append(pathStep, step(pathStep.id, pathStep.direction))
    }
    if transaction == .whole, raises == nil { write("COMMIT;") }
  }

  private mutating func append(_ pathStep: PathStep, _ step: Step) {
    if transaction == .perMigration { write("BEGIN;") }
    if pathStep.beginsWithoutRows { write(table.creation + ";") }
    write("-- Running \(pathStep.log)")
    for element in step.elements {
      switch element {
      case .statement(let statement): write(statement.sql + ";")
      case .opaque(let place): append(place)
      case .unnamedDrop(let drop): raises = drop.error
      }
    }
    raises = raises ?? step.raises
    if let raises {
      write("-- backout: \(pathStep.id) raises \(comment(raises.type)) here")
      return
    }
    for change in pathStep.rowChanges { write(table.statement(for: change) + ";") }
    if transaction == .perMigration { write("COMMIT;") }
  }

  private mutating func append(_ place: OpaquePlace) {
    gaps.append(place)
    write("-- backout: not known: \(place.reason.kind.rawValue): \(comment(place.reason.detail))")
  }

  /// As `DefaultImpl.static_output`: the text and an empty line.
  private mutating func write(_ line: String) {
    text += line
    text += "\n\n"
  }

  /// A text that cannot leave the comment that it stands in.
  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0 })
  }
}

/// The version table as SQLAlchemy writes it (`MigrationContext._version`).
private struct VersionTable {
  let name: String
  let columnPrefix: String
  let creation: String
  let returning: String

  init(_ settings: ContextSettings) {
    let table = settings.versionTable.value ?? "alembic_version"
    let schema = settings.versionTableSchema.value ?? nil
    let hasKey = settings.versionTablePrimaryKey.value ?? true
    name = (schema.map { Identifiers.quoted($0) + "." } ?? "") + Identifiers.quoted(table)
    columnPrefix = name
    let key =
      hasKey
      ? ", \n    CONSTRAINT \(Identifiers.quoted(table + "_pkc")) PRIMARY KEY (version_num)" : ""
    creation = "CREATE TABLE \(name) (\n    version_num VARCHAR(32) NOT NULL\(key)\n)"
    returning = hasKey ? " RETURNING \(name).version_num" : ""
  }

  func statement(for change: VersionRowChange) -> String {
    switch change {
    case .insert(let id):
      "INSERT INTO \(name) (version_num) VALUES (\(literal(id)))\(returning)"
    case .delete(let id):
      "DELETE FROM \(name) WHERE \(columnPrefix).version_num = \(literal(id))"
    case .update(let from, let to):
      "UPDATE \(name) SET version_num=\(literal(to)) "
        + "WHERE \(columnPrefix).version_num = \(literal(from))"
    }
  }

  /// Alembic puts the identifier between quotes as it is; doubling a quote in it keeps the text SQL.
  private func literal(_ id: String) -> String {
    "'" + id.doubling("'") + "'"
  }
}
