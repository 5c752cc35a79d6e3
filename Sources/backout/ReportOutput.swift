// Where a report goes, and in which form: several at once.

public import ArgumentParser
public import BackoutKit

/// `FORMAT` or `FORMAT=FILE`.
struct FormatArgument: ExpressibleByArgument {
  var format: ReportFormat
  /// Nil for standard output.
  var file: String?

  init(_ format: ReportFormat, file: String? = nil) {
    self.format = format
    self.file = file
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = ReportFormat(rawValue: String(parts[0])) else { return nil }
    let file = parts.count == 2 && parts[1] != "-" ? String(parts[1]) : nil
    guard file != "" else { return nil }
    self.init(format, file: file)
  }

  static var allValueStrings: [String] { ReportFormat.allCases.map(\.rawValue) }
}

extension TextDetail.Grouping: ExpressibleByArgument {
  /// What ArgumentParser would find by itself, by a search through all types of the program.
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

/// The forms that a report is written in, and where each goes.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      How to write the result: \(FormatArgument.allValueStrings.joined(separator: ", ")); with =FILE \
      into a file. May be given several times.
      """, valueName: "format[=file]"))
  var format: [FormatArgument] = []

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("The file of the --format before it.", valueName: "file"))
  var output: String?

  @OptionGroup var terminal: TerminalOptions

  func validate() throws {
    let outputs = try outputs()
    let shown = outputs.filter { $0.file == nil }.map(\.format.rawValue)
    if shown.count > 1 {
      throw ValidationError(
        "\(shown.joined(separator: " and ")) would both go to standard output; give all but one a "
          + "file, as in --format \(shown[1])=FILE")
    }
  }

  /// What is written where.
  func outputs() throws -> [FormatArgument] {
    var outputs = format.isEmpty ? [FormatArgument(.text)] : format
    guard let output, output != "-" else { return outputs }
    let open = outputs.indices.filter { outputs[$0].file == nil }
    guard open.count == 1 else {
      throw ValidationError("--output: of which format? --format FORMAT=FILE says it")
    }
    outputs[open[0]].file = output
    return outputs
  }

  /// Fails before any work where a form makes no sense for what a command judges.
  func require(for command: String) throws {
    for output in try outputs() { try output.format.require(for: command) }
  }

  /// Gives each `--output` to the `--format` before it, which ArgumentParser could not tell any more.
  static func joined(_ arguments: [String]) -> [String] {
    guard let command = arguments.first, ["analyze", "lint", "check", "involved"].contains(command)
    else {
      return arguments
    }
    var result: [String] = []
    /// Where the last format without a file is.
    var format: Int?
    var index = 0
    while index < arguments.count, arguments[index] != "--" {
      let argument = arguments[index]
      let value = index + 1 < arguments.count ? arguments[index + 1] : nil
      index += 1
      if argument == "--format", let value {
        result.append("--format=\(value)")
        index += 1
        format = value.contains("=") ? nil : result.count - 1
      } else if argument.hasPrefix("--format=") {
        result.append(argument)
        format = argument.dropFirst("--format=".count).contains("=") ? nil : result.count - 1
      } else if argument == "--output" || argument == "-o", let place = format, let value {
        result[place] += "=\(value)"
        index += 1
        format = nil
      } else if argument.hasPrefix("--output="), let place = format {
        result[place] += "=\(argument.dropFirst("--output=".count))"
        format = nil
      } else {
        result.append(argument)
      }
    }
    return result + arguments[index...]
  }

  /// Writes the files, then standard output.
  /// - Returns: the form that is written last.
  @discardableResult
  func write(
    detail: TextDetail = TextDetail(), failOn: FailOn? = nil,
    _ render: (ReportFormat, ReportStyle) throws -> String
  ) throws -> ReportFormat {
    let outputs = try outputs().sorted { $0.file != nil && $1.file == nil }
    for output in outputs {
      var style = style(for: output)
      style.failOn = failOn
      style.detail = detail
      style.detail.hasLinks = style.text.usesColor && Terminal.makesLinks
      let text = try render(output.format, style)
      if let file = output.file {
        // A step's summary may have been begun by others.
        try OutputFile.write(
          text, to: file, appending: file == Terminal.variable("GITHUB_STEP_SUMMARY"))
      } else {
        terminal.write(text, isForPerson: output.format == .text)
      }
    }
    return outputs.last?.format ?? .text
  }

  private func style(for output: FormatArgument) -> ReportStyle {
    let text = output.file == nil ? terminal.style : TextStyle()
    let directory = Terminal.directory
    let root = Terminal.variable(
      output.format == .gitlab ? "CI_PROJECT_DIR" : "GITHUB_WORKSPACE")
    return ReportStyle(text: text, directory: directory, root: root ?? directory)
  }
}

struct AnalysisOutputOptions: ParsableArguments {
  @OptionGroup var report: ReportOptions

  @Option(name: .long, help: "The order of the text: by revision or by rule.")
  var groupBy: TextDetail.Grouping = .revision

  @Flag(name: .long, help: "Write only how often each rule speaks.")
  var statistics = false

  @Flag(name: .shortAndLong, help: "Write only the verdict and what decides it, a line each.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Write every revision and all that is said of it.")
  var verbose = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  func write(_ analysis: AnalysisReport, failOn: FailOn?) throws {
    var detail = TextDetail()
    detail.grouping = groupBy
    detail.hasStatistics = statistics
    detail.isQuiet = quiet
    detail.isVerbose = verbose
    let last = try report.write(detail: detail, failOn: failOn) { format, style in
      try analysis.rendered(as: format, style: style)
    }
    if let complaint = analysis.complaint(as: last) { Terminal.complain(complaint) }
  }
}
