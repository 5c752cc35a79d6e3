// `backout lint`: plain SQL.

import ArgumentParser
import BackoutKit

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Judge plain SQL going forward, without a project.",
    discussion: """
      The rules about locks, loss, transactions and old code, for SQL that is to run on a database \
      of which nothing is known. Whether it can be taken back is for analyze and check to say.

      Examples:
        backout lint migration.sql
        alembic upgrade head --sql | backout lint -
      """)

  @Argument(
    help: "Files of SQL; - for standard input.", completion: .file(extensions: ["sql"]),
    transform: RevisionArgument.unmarked)
  var files: [String]
  @OptionGroup var output: AnalysisOutputOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      Settings of backout: a backout.toml or pyproject.toml. Default: $BACKOUT_CONFIG, else found \
      from the current directory upwards.
      """, valueName: "file"))
  var config: String?
  @OptionGroup var gate: GateOptions

  func run() throws {
    let failOn = try gate.limit()
    var lint = try SQLLint(
      settings: config ?? Terminal.variable("BACKOUT_CONFIG"), options: gate.options)
    for file in files { try lint.add(file: file) }
    let report = lint.report
    try output.write(report, failOn: failOn)
    Terminal.leave(try report.exitCode(failOn: failOn))
  }
}
