// Relative revisions on a command line: `-1` is a revision, not an option.

import ArgumentParser

/// A revision or range as Alembic spells it.
struct RevisionArgument: ExpressibleByArgument {
  let text: String

  /// Back by one.
  static let previous = RevisionArgument(text: "-1")

  private init(text: String) { self.text = text }

  init?(argument: String) { text = Self.unmarked(argument) }

  var defaultValueDescription: String { text }

  /// Puts a mark before arguments such as `-1`, `-2:base` so that they are not taken for options. The
  /// value of an option is joined to it.
  static func escapingRelative(_ arguments: [String]) -> [String] {
    var result: [String] = []
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return result + arguments[index...] }
      guard argument.hasPrefix("-"), let second = argument.dropFirst().first, second.isNumber else {
        result.append(argument)
        continue
      }
      if let option = result.last, option.hasPrefix("--"), !option.contains("="),
        !flags.contains(option)
      {
        result[result.count - 1] = "\(option)=\(argument)"
      } else {
        result.append(mark + argument)
      }
    }
    return result
  }

  /// The text without marks.
  static func unmarked(_ text: String) -> String { text.replacing(mark, with: "") }

  /// A character that begins no revision.
  private static let mark = "\u{1}"
  /// The options that take no value.
  private static let flags = [
    "--no-color", "--no-pager", "--help", "--version", "--quiet", "--verbose", "--statistics",
    "--no-verdicts",
    "--staged", "--pre-commit", "--github", "--gitlab",
  ]
}
