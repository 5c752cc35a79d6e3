// What backout.toml may say: the reader accepts these settings, and docs/configuration.md lists them.

import SourceText

/// A setting, by its name and that of its table.
package struct ProjectSetting: Sendable {
  /// As `runbook.role`; `*` stands for a name that the project chooses.
  package let name: String
  /// A value, in TOML.
  package let example: String
  /// What holds without it, in TOML; empty: nothing.
  package let standard: String
  package let meaning: String

  private init(_ name: String, _ example: String, _ meaning: String, standard: String = "") {
    self.name = name
    self.example = example
    self.standard = standard
    self.meaning = meaning
  }

  /// `make rules` writes the table of docs/configuration.md from these lines.
  package static let all = [
    ProjectSetting(
      "fail-on", #""unsafe,unknown""#, "What makes the exit code of `analyze` non-zero.",
      standard: #""unsafe,unknown,error""#),
    ProjectSetting(
      "paths", #"["services/orders/migrations"]"#,
      "What to read where no `--path` says so, seen from the file of the settings.",
      standard: "[]"),
    ProjectSetting("start-after", #""a1b2c3d4""#, "Revisions up to this one are not judged."),
    ProjectSetting(
      "postgres-version", "16",
      "The major version of the server, 11 to 18; `check` takes that of the server it asks.",
      standard: "15"),
    ProjectSetting(
      "driver", #""asyncpg""#,
      "SQLAlchemy's driver that runs migrations: `psycopg2`, `psycopg`, `asyncpg` or `pg8000`; without it what env.py and `sqlalchemy.url` say."
    ),
    ProjectSetting(
      "engine", #""engine1""#,
      "Which of several databases is asked about: what env.py passes to `upgrade(engine_name)`; without it that of `databases` in alembic.ini, if it is one."
    ),
    ProjectSetting(
      "advisory-lock", #""4711""#,
      "The key of the migration lock, or two as in `\"4711,1\"`; without it that of env.py.",
      standard: #""999999""#),
    ProjectSetting(
      "small-tables", #"["countries", "app.*"]"#,
      "Tables whose locks, scans and rewrites are information only.", standard: "[]"),
    ProjectSetting(
      "baseline", #""backout-baseline.txt""#,
      "The file of findings that are known (`analyze --write-baseline`)."),
    ProjectSetting(
      "rules.*", #""warning""#,
      "How a rule is rated: `off`, `on`, `info`, `warning` or `error`; without it as [rules.md](rules.md) has it."
    ),
    ProjectSetting("waivers.file", #""migrations/versions/2023_*.py""#, "The files of a waiver."),
    ProjectSetting("waivers.rule", #""drop-column""#, "The rule that it is about."),
    ProjectSetting("waivers.reason", #""ran before we looked""#, "Why."),
    ProjectSetting(
      "waivers.until", "2037-01-31", "The last day that it holds; without it, it does not end."),
    ProjectSetting(
      "values.*", #"{ schema = "main", srid = 4326 }"#,
      "What a name holds that only the deployment would tell, such as `\"app.config.settings\"`."),
    ProjectSetting("environment.*", #""main""#, "An environment variable that migrations read."),
    ProjectSetting(
      "types.*", #""NUMERIC(12, 2)""#,
      "What a type is on PostgreSQL, such as `\"app.types.Money\"`."),
    ProjectSetting(
      "functions.*", #""nothing""#,
      "What a function does that cannot be followed, such as `\"app.audit.note\"`: `nothing` (no statement; it returns None) or `argument` (it returns its argument, as a decorator)."
    ),
    ProjectSetting(
      "naming-convention.*", #""pk_%(table_name)s""#,
      "A template of the naming convention, where env.py's `target_metadata` cannot be followed."),
    ProjectSetting(
      "runbook.command-prefix", #""railway run""#,
      "What stands before every command that `check` tells."),
    ProjectSetting(
      "runbook.alembic", #""uv run alembic""#, "How the project calls Alembic.",
      standard: #""alembic""#),
    ProjectSetting(
      "runbook.role", #""migrator""#,
      "The role that runs migrations, where it is not the one that checks."),
    ProjectSetting(
      "flags.name", #""gift-messages""#,
      "A feature flag: what can be switched off instead of rolled back."),
    ProjectSetting(
      "flags.tables", #"["orders"]"#,
      "The migrations that are about these tables only; `schema.table` outside of `public`."),
    ProjectSetting("flags.where", #""https://flags.example.com""#, "Where it is switched."),
  ]

  /// The settings at the top, or those of a table, in the order of `all`.
  static func names(of table: String? = nil) -> [String] {
    var names: [String] = []
    for setting in all {
      let parts = setting.name.split(separator: ".", maxSplits: 1).map(String.init)
      let name = table == nil ? parts[0] : parts[0] == table ? parts.last : nil
      if let name, !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Fails where a table has a name that is none of its settings.
  /// - Parameter what: what the table is.
  static func require(
    _ keys: [String], in table: String, _ what: String, _ place: SourceLocation
  ) throws(ProjectFailure) {
    let names = ProjectSetting.names(of: table)
    guard let key = keys.sorted().first(where: { !names.contains($0) }) else { return }
    throw ProjectFailure(
      "\(what) has \(names.joined(separator: ", ")), but no '\(key)'", at: place)
  }
}
