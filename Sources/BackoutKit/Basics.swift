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
          "argument \(index + 1) looks like a connection string, which has no place there; backout check takes "
            + "one as --database-url, in quotes, or from $DATABASE_URL")
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

public enum ReportFormat: String, CaseIterable, Sendable {
  case text, json
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
  var verdicts: Set<Verdict> = []
  var severities: Set<Severity> = []

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
        verdicts.insert(verdict)
      } else if let severity = Severity(rawValue: word) {
        severities.insert(severity)
      } else {
        throw BackoutFailure(
          "--fail-on: '\(word)' is none of unsafe, unknown, depends, error, warning, info, none")
      }
    }
  }
}
