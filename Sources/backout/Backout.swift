// The program: arguments in, text and exit codes out. What it does is in BackoutKit.

import ArgumentParser
import BackoutKit

@main
struct Backout: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backout",
    abstract: "Can this database be taken back to an earlier revision, and what would be lost?",
    discussion: """
      Reads Alembic migrations without running them, works out the SQL of both directions for \
      PostgreSQL, and judges the way back: statically for every revision (analyze), or for the \
      database at hand (check).

      Exit codes: 0 safe, 1 unsafe, 2 could not do its job, 3 unknown, 4 wait, 5 depends \
      (with --fail-on depends).

      Examples:
        backout analyze migrations/     before a merge
        backout check -1                before a downgrade
        backout explain drop-column     what a rule says, and what to do instead
      """,
    version: BackoutVersion.text,
    subcommands: [
      Analyze.self, Check.self, Involved.self, SQL.self, Graph.self, Rules.self, Explain.self,
      Lint.self, Init.self,
    ])

  static func main() {
    Terminal.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    Terminal.hideSecrets()
    do {
      try DatabaseURL.refuse(outOfPlaceIn: arguments)
      if let first = arguments.first, let complaint = complaint(about: first) {
        Terminal.complain(
          "Error: \(complaint)\nUsage: backout <subcommand>\n  See 'backout --help' for more information."
        )
        Terminal.leave(2)
      }
      var command = try parseAsRoot(
        RevisionArgument.escapingRelative(ReportOptions.joined(arguments)))
      try command.run()
    } catch let failure as BackoutFailure {
      Terminal.fail(failure.message)
    } catch {
      let message = RevisionArgument.unmarked(fullMessage(for: error))
      guard exitCode(for: error).rawValue == usageCode else {
        // A page that was asked for: help, version, completions.
        Terminal.write(message + "\n")
        Terminal.leave(0)
      }
      // An unquoted URL falls apart into arguments, any of which may be part of a password.
      if DatabaseURL.isLikely(arguments.joined(separator: " ")) {
        Terminal.fail(
          "these arguments are wrong, and not shown because one is a connection string: only backout check "
            + "and backout graph take one, as --database-url, in quotes")
      }
      Terminal.complain(message)
      Terminal.leave(2)
    }
  }

  /// Why a first word is no command; nil if it is one, or an option.
  private static func complaint(about word: String) -> String? {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !word.hasPrefix("-"), !names.contains(word), word != "help" else { return nil }
    let near = Suggestion.nearest(word, among: names).map { "perhaps '\($0)'" }
    let shown = word.harmlessLines.replacing("\n", with: "\\n")
    return "there is no command '\(shown)'; \(near ?? "there are \(names.joined(separator: ", "))")"
  }

  /// What ArgumentParser ends with for a wrong command line (`EX_USAGE`); ours is 2.
  private static let usageCode: Int32 = 64
}
