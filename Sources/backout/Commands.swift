// The commands: each hands its arguments to BackoutKit and writes what comes back.

import ArgumentParser
import BackoutKit

struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Judge the way back of every revision, without a database.",
    discussion: """
      Examples:
        backout analyze migrations/
        backout analyze --range a1b2c3:head --format json
        backout analyze --fail-on unsafe,depends
      """)

  @Argument(
    help: "The project, or single migration files (see --path).",
    transform: RevisionArgument.unmarked)
  var paths: [String] = []
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions
  @Option(name: .long, help: "Only the revisions of this range, such as a1b2:head.")
  var range: RevisionArgument?
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      What makes the exit code non-zero: verdicts and severities. Default: that of the settings, else \
      \(FailOn.defaultText).
      """, valueName: "words"))
  var failOn: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Rules that are off by default, separated by commas.", valueName: "rules"))
  var enable: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Leave out of the count what this file holds.", valueName: "file"))
  var baseline: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Write all that is found now as known, and end with 0.", valueName: "file"))
  var writeBaseline: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The server's major version, 11 to 18. Default: 15.", valueName: "version"))
  var postgresVersion: Int?

  func run() throws {
    let failOn = try failOn.map { try FailOn(parsing: $0) }
    var options = AnalysisOptions()
    options.enabledRules = (enable ?? "").split(separator: ",").map(String.init)
    options.baseline = baseline
    options.newBaseline = writeBaseline
    options.postgresVersion = postgresVersion
    let report = try project.project(also: paths).analyze(range: range?.text, options: options)
    Terminal.write(report.rendered(as: output.format, style: output.style))
    if let complaint = report.complaint(as: output.format) { Terminal.complain(complaint) }
    Terminal.leave(writeBaseline != nil ? 0 : try report.exitCode(failOn: failOn))
  }
}

struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Print the SQL that Alembic would emit.",
    discussion: """
      The same text as `alembic upgrade|downgrade RANGE --sql`. Without a range: the upgrade from \
      base to the heads; with --format json every revision, both ways.

      Examples:
        backout sql base:head
        backout sql head:base
        backout sql -1
      """)

  @Argument(
    help: "A revision to upgrade to, a range a:b in either direction, or -1 for the last one down.")
  var range: RevisionArgument?
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let script = try project.project().sql(range: range?.text)
    let (text, gap) = try script.rendered(as: output.format)
    let shown = Terminal.isTerminal ? text.harmlessLines : text
    Terminal.write(shown)
    if shown != text {
      Terminal.complain(
        "backout: control characters of the SQL are shown as \\u{…}; a pipe or a file gets them as "
          + "they are")
    }
    if let complaint = script.complaint {
      Terminal.complain(complaint)
      Terminal.leave(2)
    }
    if let gap {
      Terminal.complain(gap)
      Terminal.leave(3)
    }
  }
}

struct Graph: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Show the revision graph.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let graph = try project.project().graph()
    Terminal.write(graph.rendered(as: output.format, style: output.style))
    if let complaint = graph.complaint {
      Terminal.complain(complaint)
      Terminal.leave(2)
    }
  }
}

struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules, those of the project's backout/rules/ too.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalogue = try project.ruleCatalogue()
    Terminal.write(catalogue.listed(as: output.format, style: output.style))
  }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Print the page of a rule.")

  @Argument(
    help: "The rule's name, such as drop-column.", transform: RevisionArgument.unmarked)
  var rule: String
  @OptionGroup var project: ProjectOptions

  func run() throws {
    Terminal.write(try project.ruleCatalogue().page(of: rule))
  }
}
