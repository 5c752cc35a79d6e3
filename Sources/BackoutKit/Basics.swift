// The small public words: version, formats, style, failure.

import LiveDatabase
import Reports
import SafetyRules
import SourceText
import Verdicts

public enum BackoutVersion {
  /// Version of the program, and of the PostgreSQL grammar that it parses with.
  public static let text = "\(number) (PostgreSQL 15 grammar)"

  static let number = "0.1.0"
}

/// The program could not do its job: one line that says what, where, and what to do.
public struct BackoutFailure: Error, Hashable, Sendable {
  public let message: String

  package init(_ message: String) {
    self.message = message.harmless
  }
}

/// Where a database is, with a password perhaps.
public enum DatabaseURL {
  /// Whether a text may be a connection string: it is shown nowhere.
  public static func isLikely(_ text: String) -> Bool { text.mayBeConnectionString }

  /// Fails where an argument other than the value of `--database-url` may be a connection string, so
  /// that no message about that argument shows it.
  public static func refuse(outOfPlaceIn arguments: [String]) throws(BackoutFailure) {
    var isItsValue = false
    for (index, argument) in arguments.enumerated() {
      let isInPlace = isItsValue || argument.hasPrefix("--database-url=")
      // After `--` there are no options.
      guard isInPlace && !arguments[..<index].contains("--") || !isLikely(argument) else {
        throw BackoutFailure(
          "argument \(index + 1) looks like a connection string, which has no place there; backout check and "
            + "backout graph take one as --database-url, in quotes, and check from $DATABASE_URL")
      }
      isItsValue = argument == "--database-url"
    }
  }
}

/// What somebody may have meant.
public enum Suggestion {
  /// The candidate that is nearest to a word in letters, if one is near.
  public static func nearest(_ word: String, among candidates: [String]) -> String? {
    Spelling.nearest(word, among: candidates)
  }
}

extension String {
  /// The text for the log of a workflow of GitHub, which obeys lines that begin with `::`, and `##[`
  /// anywhere (actions/runner, ActionCommand.cs): an invisible word joiner stands in between.
  public var withoutWorkflowCommands: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let guarded = line.replacing("##[", with: "##\u{2060}[")
      return guarded.drop(while: \.isWhitespace).hasPrefix("::") ? "\u{2060}" + guarded : guarded
    }.joined(separator: "\n")
  }

  /// The text with all that a terminal would obey made visible, but line breaks and tabs.
  public var harmlessLines: String { harmless(keeping: ["\n", "\t"]) }
}

/// The forms of a list.
public enum PlainFormat: String, CaseIterable, Sendable {
  case text, json
}

/// The forms of a report: for persons, for programs, for the places where code is reviewed.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, sarif, github, gitlab, junit, markdown, html

  /// Those that list what stands in code, to be compared with an earlier list.
  private var isOfCode: Bool { self == .sarif || self == .gitlab }

  /// Fails where a command that judges a database or a deployment has no such form.
  /// - Parameter command: the command.
  public func require(for command: String) throws(BackoutFailure) {
    if isOfCode { throw refusal(by: command) }
  }

  func refusal(by command: String) -> BackoutFailure {
    let others = Self.allCases.filter { !$0.isOfCode }.map(\.rawValue).joined(separator: ", ")
    return BackoutFailure(
      "--format \(rawValue) lists what stands in code, which backout analyze writes; backout \(command) has "
        + others)
  }
}

/// How a report is written.
public struct ReportStyle: Sendable {
  public var text: TextStyle
  public var detail = TextDetail()
  /// What makes the gate fail; nil: as the settings say.
  public var failOn: FailOn?
  /// The directory that the program runs in, absolute.
  public var directory: String
  /// The root of the checkout, absolute, which other programs take paths from.
  public var root: String

  public init(text: TextStyle, directory: String, root: String) {
    self.text = text
    self.directory = directory
    self.root = root
  }

  /// What the forms for other programs need.
  /// - Parameter failing: what makes the program end with an exit code other than 0.
  func context(
    _ failing: FailOn, page: @escaping @Sendable (String) -> RulePage? = { RulePage(named: $0) }
  ) -> ReportContext {
    ReportContext(
      version: BackoutVersion.number, directory: directory, root: root,
      failingVerdicts: failing.verdicts, failingSeverities: failing.severities,
      isVerbose: detail.isVerbose, page: page)
  }
}

/// How text is written for a person.
public struct TextStyle: Sendable {
  public var usesColor: Bool
  /// In columns.
  public var width: Int

  public init(usesColor: Bool = false, width: Int = 100) {
    self.usesColor = usesColor
    self.width = width
  }

  var terminal: TerminalStyle { TerminalStyle(usesColor: usesColor, width: width) }
}

/// What makes `analyze` end with an exit code other than 0.
public struct FailOn: Sendable {
  var verdicts: [Verdict] = []
  var severities: [Severity] = []

  /// What an answer about the way back ends with: each verdict but `safe` has its exit code.
  static let anyDoubt = FailOn(
    verdicts: Verdict.allCases.filter { $0 != .safe }, severities: [.error])

  private init(verdicts: [Verdict], severities: [Severity]) {
    self.verdicts = verdicts
    self.severities = severities
  }

  public static let defaultText = "unsafe,unknown,error"

  /// Verdicts (`unsafe`, `unknown`, `depends`) and severities (`error`, `warning`, `info`),
  /// separated by commas; `none` alone for nothing.
  public init(parsing text: String) throws(BackoutFailure) {
    let words = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    if words.isEmpty {
      throw BackoutFailure("--fail-on: nothing is named; 'none' lets everything pass")
    }
    for word in words {
      if word == "none" { continue }
      if let verdict = Verdict(rawValue: word), verdict != .safe, verdict != .wait {
        verdicts.append(verdict)
      } else if let severity = Severity(rawValue: word) {
        severities.append(severity)
      } else {
        throw BackoutFailure(
          "--fail-on: '\(word)' is none of unsafe, unknown, depends, error, warning, info, none")
      }
    }
  }
}
