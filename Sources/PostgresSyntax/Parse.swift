// SQL text into statements: the entry points.

package import SourceText

/// Why a text could not be parsed, in PostgreSQL's words, and where.
package struct SyntaxError: Error, Hashable, Sendable {
  package var message: String
  /// In bytes; nil where no place is known.
  package var offset: UInt32?
}

/// All the statements of a text or the reason why there are none: PostgreSQL too refuses a text
/// as a whole when one statement in it does not parse.
package typealias ParseOutcome = Result<[ParsedStatement], SyntaxError>

/// Parses a text of any number of statements with the grammar of PostgreSQL 15.
package func parseStatements(_ sql: String) -> ParseOutcome {
  .failure(SyntaxError(message: "not built yet", offset: nil))
}

/// Parses many texts, in order, on all cores.
package func parseStatements(inAll texts: [String]) -> [ParseOutcome] {
  texts.map { parseStatements($0) }
}

/// The ranges of the statements of a text, split at the semicolons that end statements.
package func scanStatements(_ sql: String) -> Result<[SourceRange], SyntaxError> {
  .failure(SyntaxError(message: "not built yet", offset: nil))
}
