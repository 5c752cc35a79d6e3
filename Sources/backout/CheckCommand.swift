// backout check: the live database.

import ArgumentParser
import BackoutKit

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge the way back of a live database, now.",
    discussion: """
      Reads the database's revision, the migration lock, who is in the way, and the data that \
      decides. Writes nothing and holds no lock. Says what to do next.

      Examples:
        backout check                        back by one revision
        backout check 7f3a2b                 back to a revision
        backout check -2 --database-url postgresql://app@db/shop
        backout check --ref v1.5             with the files of a commit
        backout check --format text --format html=check.html
        backout check --verify-at 7f3a2b     afterwards: is it there, and whole?
      """)

  @Argument(help: "Where to go back to, as Alembic spells it: -1, -2, a revision, a prefix, base.")
  var target = RevisionArgument.previous
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: ReportOptions
  @Option(
    name: .customLong("database-url"),
    help: "The database. Default: $DATABASE_URL, else libpq's own environment (PGHOST, …).")
  var databaseURL: String?
  @Option(
    name: .long,
    help:
      "The key of the migration lock: a number, or two as in 4711,1. Default: that of env.py, else 999999."
  )
  var advisoryLock: String?
  @Option(
    name: .long, help: "The time that the whole check may take, in seconds; of many, all together.")
  var timeout: Double = 10
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The role that will run the downgrade, where it is not the one that connects.",
      valueName: "role"))
  var runAs: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Not the way back: whether the database is at this revision, and as the files say.",
      valueName: "revision"))
  var verifyAt: RevisionArgument?
  @Option(
    name: .long,
    help: ArgumentHelp("Also write the facts to a file, without any row.", valueName: "file"))
  var saveFacts: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Judge the facts of such a file; no database is asked.", valueName: "file"))
  var facts: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Check every database of a file: on each line a name and a connection string.",
      valueName: "file"))
  var databases: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Check every schema that has a version table of its own and a name like tenant_*.",
      valueName: "pattern"))
  var schemas: String?

  func validate() throws {
    if databases != nil || schemas != nil, facts != nil || saveFacts != nil || verifyAt != nil {
      throw ValidationError("--databases and --schemas go with a target alone.")
    }
    if databases != nil, schemas != nil {
      throw ValidationError("--databases and --schemas do not go together.")
    }
  }

  func run() throws {
    try output.require(for: "check")
    var options = CheckOptions()
    options.target = target.text
    options.databaseURL = databaseURL ?? Terminal.databaseURL
    options.advisoryLock = advisoryLock
    options.timeout = timeout
    options.role = runAs
    options.facts = facts
    options.newFacts = saveFacts
    Progress.begin()
    let project = try project.project()
    Project.watchForInterrupts()
    if databases != nil || schemas != nil {
      let report =
        try databases.map { try project.check(databases: $0, options) }
        ?? project.check(schemas: schemas ?? "*", options)
      try output.write { try report.rendered(as: $0, style: $1) }
      Terminal.leave(report.exitCode)
    }
    let report =
      try verifyAt.map { try project.verify($0.text, options) } ?? project.check(options)
    try output.write { try report.rendered(as: $0, style: $1) }
    Terminal.leave(report.exitCode)
  }
}
