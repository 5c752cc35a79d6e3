// Relative revisions on a command line: `-1` is a revision, not an option.

import ArgumentParser

/// A revision or range as Alembic spells it.
struct RevisionArgument: ExpressibleByArgument {
  let text: String

  /// Back by one.
  static let previous = RevisionArgument(text: "-1")

  private init(text: String) { self.text = text }

  init?(argument: String) {
    text = argument.hasPrefix(Self.mark) ? String(argument.dropFirst()) : argument
  }

  /// Puts a mark before arguments such as `-1`, `-2:base` so that they are not taken for options.
  static func escapingRelative(_ arguments: [String]) -> [String] {
    arguments.map { argument in
      guard argument.hasPrefix("-"), let second = argument.dropFirst().first, second.isNumber
      else { return argument }
      return mark + argument
    }
  }

  /// A character that begins no revision.
  private static let mark = "\u{1}"
}
