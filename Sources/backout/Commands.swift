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
        backout analyze --format github --format sarif=backout.sarif
        backout analyze --format markdown="$GITHUB_STEP_SUMMARY"
        backout analyze --changed-since origin/main     what a branch adds
        backout analyze --staged                        what the next commit adds
      """)

  @Argument(
    help: "The project, or single migration files (see --path).",
    transform: RevisionArgument.unmarked)
  var paths: [String] = []
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: AnalysisOutputOptions
  @Option(name: .long, help: "Only the revisions of this range, such as a1b2:head.")
  var range: RevisionArgument?
  @OptionGroup var gate: GateOptions
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
    help: ArgumentHelp(
      """
      Only the revisions that HEAD (or --ref) has otherwise than its merge base with this commit; \
      read from git, whatever the work tree holds.
      """, valueName: "rev"))
  var changedSince: String?
  @Flag(name: .long, help: "Only the revisions that the index of git has otherwise than HEAD.")
  var staged = false

  func run() throws {
    let failOn = try gate.limit()
    var options = gate.options
    options.baseline = baseline
    options.newBaseline = writeBaseline
    options.changedSince = changedSince
    options.isStaged = staged
    if staged, project.ref != nil {
      throw BackoutFailure("--staged reads the index, --ref a commit; give one of them")
    }
    let version: ProjectVersion? =
      staged ? .staged : changedSince != nil && project.ref == nil ? .commit("HEAD") : nil
    Progress.begin()
    let report = try project.project(also: paths, version: version)
      .analyze(range: range?.text, options: options)
    try output.write(report, failOn: failOn)
    Terminal.leave(writeBaseline != nil ? 0 : try report.exitCode(failOn: failOn))
  }
}

struct Involved: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "involved",
    abstract: "The migrations between two commits, and whether they can be taken back.",
    discussion: """
      Reads both commits from git, without a checkout: the deployment that worked, and the one that \
      does not. Ends with 0 where no migration is involved.

      Examples:
        backout involved v1.4..v1.5
        backout involved 3f2a1c9..HEAD --format json
      """)

  @Argument(
    help: ArgumentHelp("Two revisions of git; an empty one is HEAD.", valueName: "good..bad"),
    transform: RevisionArgument.unmarked)
  var range: String
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: ReportOptions

  func run() throws {
    try output.require(for: "involved")
    if project.ref != nil { throw BackoutFailure("--ref: the range names both commits") }
    let report = try Involvement(
      range: range, paths: project.path, section: project.name, settings: project.settings)
    try output.write { try report.rendered(as: $0, style: $1) }
    if let complaint = report.complaint { Terminal.complain(complaint) }
    Terminal.leave(report.exitCode)
  }
}

struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Print the SQL that Alembic would emit.",
    discussion: """
      The same text as `alembic upgrade|downgrade RANGE --sql`. Without a range: the upgrade from \
      base to the heads; with --format json every revision, both ways. Several --path of projects that \
      have nothing to do with each other are read at the same time.

      Examples:
        backout sql base:head
        backout sql head:base
        backout sql -1
        backout sql --ref origin/main 7f3a2b:head
      """)

  @Argument(
    help: "A revision to upgrade to, a range a:b in either direction, or -1 for the last one down.")
  var range: RevisionArgument?
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let sql = try project.sql(range: range?.text, as: output.format)
    let shown = Terminal.isTerminal ? sql.text.harmlessLines : sql.text
    output.write(shown)
    if shown != sql.text {
      Terminal.complain(
        "backout: control characters of the SQL are shown as \\u{…}; a pipe or a file gets them as "
          + "they are")
    }
    for remark in sql.remarks { Terminal.complain(remark) }
    Terminal.leave(sql.exitCode)
  }
}

struct Graph: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Show the revision graph, with a verdict for each revision.",
    discussion: """
      Examples:
        backout graph
        backout graph --format svg > graph.svg
        backout graph --format dot | dot -Tpdf > graph.pdf
        backout graph --database-url "$DATABASE_URL"     and where the database is
      """)

  @OptionGroup var project: ProjectOptions
  @Option(name: .long, help: "How to write the graph.")
  var format: GraphFormat = .text
  @Option(
    name: .customLong("database-url"),
    help: "A database: show at which revision it is. Without it no database is asked.")
  var databaseURL: String?
  @Flag(name: .long, help: "Judge nothing, and draw the graph alone, which is faster.")
  var noVerdicts = false
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    let database = databaseURL.map { url in
      var options = CheckOptions()
      options.databaseURL = url
      return options
    }
    Progress.begin()
    let project = try project.project()
    if database != nil { Project.watchForInterrupts() }
    let graph = try project.graph(isJudged: !noVerdicts, database: database)
    let text = graph.rendered(as: format, style: terminal.style)
    terminal.write(text, isForPerson: format == .text)
    if let complaint = graph.complaint {
      Terminal.complain(complaint)
      Terminal.leave(2)
    }
    if let gap = graph.gap {
      Terminal.complain(gap)
      Terminal.leave(3)
    }
    // What the graph was made of is not freed first.
    Terminal.leave(0)
  }
}

struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules, those of the project's backout/rules/ too.",
    discussion: """
      Examples:
        backout rules
        backout rules --format json --path migrations/
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalogue = try project.ruleCatalogue()
    output.write(catalogue.listed(as: output.format, style: output.style))
  }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Print the page of a rule.",
    discussion: """
      Examples:
        backout explain drop-column
      """)

  @Argument(
    help: "The rule's name, such as drop-column.", completion: .rules,
    transform: RevisionArgument.unmarked)
  var rule: String
  @OptionGroup var project: ProjectOptions
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    terminal.write(try project.ruleCatalogue().page(of: rule), isForPerson: true)
  }
}
