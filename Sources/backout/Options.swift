// The options that several commands share.

public import ArgumentParser
public import BackoutKit

struct ProjectOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      The project: a directory of migration files, an Alembic environment, an alembic.ini or \
      pyproject.toml. Default: the setting 'paths', else found from the current directory, as \
      alembic does.
      """, valueName: "path"))
  var path: [String] = []

  @Option(name: .long, help: "The section of alembic.ini to read.")
  var name: String = "alembic"

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      Settings of backout: a backout.toml or pyproject.toml. Default: $BACKOUT_CONFIG, else found \
      beside the project.
      """, valueName: "file"))
  var config: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read the project as it is in a commit of git, without a checkout: a branch, a tag, a hash.",
      valueName: "rev"))
  var ref: String?

  /// The project that is asked about; says so where it has no migration yet.
  func project(
    also paths: [String] = [], version: ProjectVersion? = nil
  ) throws(BackoutFailure) -> Project {
    let project = try read(also: paths, version: version)
    if let notice = project.notice { Terminal.complain(notice) }
    return project
  }

  private func read(
    also paths: [String] = [], version: ProjectVersion? = nil
  ) throws(BackoutFailure) -> Project {
    try Project(
      paths: path + paths, section: name, settings: settings,
      version: version ?? self.version)
  }

  /// The SQL of the project, or of the projects.
  func sql(range: String?, as format: PlainFormat) throws(BackoutFailure) -> SQLOutput {
    try SQLOutput(
      paths: path, section: name, settings: settings, version: version, range: range, format: format
    )
  }

  private var version: ProjectVersion { ref.map(ProjectVersion.commit) ?? .files }

  var settings: String? { config ?? Terminal.variable("BACKOUT_CONFIG") }

  /// The rules, those of the project too where there is one.
  func ruleCatalogue() throws(BackoutFailure) -> RuleCatalogue {
    if path.isEmpty, config == nil, ref == nil {
      guard let project = try? read() else { return RuleCatalogue() }
      return try RuleCatalogue(project)
    }
    return try RuleCatalogue(try read())
  }
}

/// How strictly what is read is judged.
struct GateOptions: ParsableArguments {
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
    help: ArgumentHelp("Rules that are off by default, separated by commas.", valueName: "rules"),
    completion: .rules)
  var enable: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The server's major version, 11 to 18. Default: 15.", valueName: "version"))
  var postgresVersion: Int?

  /// Nil: as the settings say.
  func limit() throws(BackoutFailure) -> FailOn? {
    guard let failOn else { return nil }
    return try FailOn(parsing: failOn)
  }

  var options: AnalysisOptions {
    var options = AnalysisOptions()
    options.enabledRules = (enable ?? "").split(separator: ",").map(String.init)
    options.postgresVersion = postgresVersion
    return options
  }
}

/// How a terminal is written to.
struct TerminalOptions: ParsableArguments {
  @Flag(name: .long, help: "Write without colour, also to a terminal.")
  var noColor = false

  @Flag(name: .long, help: "Show what is longer than the terminal without a pager.")
  var noPager = false

  var style: TextStyle { Terminal.style(noColor: noColor) }

  /// Writes to standard output.
  /// - Parameter isForPerson: whether it is to be read, and not for a program.
  func write(_ text: String, isForPerson: Bool) {
    Terminal.write(text, isForPerson: isForPerson, inPager: isForPerson && !noPager)
  }
}

struct OutputOptions: ParsableArguments {
  @Option(name: .long, help: "How to write the result: \(PlainFormat.names).")
  var format: PlainFormat = .text

  @OptionGroup var terminal: TerminalOptions

  var style: TextStyle { terminal.style }

  /// Writes a result in the format that was asked for.
  func write(_ text: String) { terminal.write(text, isForPerson: format == .text) }
}

extension PlainFormat: ExpressibleByArgument {
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension GraphFormat: ExpressibleByArgument {}
