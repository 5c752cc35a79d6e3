// The steps of a revision with their statements parsed.

import Alembic
import PostgresSyntax
import SourceText
import Threads

/// A revision with what its two functions emit.
final class RevisionSteps: Sendable {
  let revision: Revision
  let upgrade: ParsedStep
  let downgrade: ParsedStep

  init(revision: Revision, upgrade: ParsedStep, downgrade: ParsedStep) {
    self.revision = revision
    self.upgrade = upgrade
    self.downgrade = downgrade
  }
}

/// A step whose statements went through PostgreSQL's grammar.
struct ParsedStep: Sendable {
  enum Element: Sendable {
    case statement(EmittedStatement, ParseOutcome, SentStatement?)
    /// With its statement where no more than the values of that are not known; nil for everything else
    /// that may be done there.
    case opaque(OpaquePlace, [ParsedStatement]?)
    case unnamedDrop(UnnamedDrop)
  }
  /// A statement as drivers send it that leave its strings to the server.
  struct SentStatement: Sendable {
    /// Those that may not take one of the values.
    var doubtful: Drivers
    /// With the strings as VARCHAR of which SQLAlchemy says so.
    var typed: ParsedStatement?
    /// With all of them as VARCHAR, where the server finds the type of some.
    var untyped: ParsedStatement?
  }
  var step: Step
  var elements: [Element]

  init(_ step: Step, _ elements: [Element]) {
    self.step = step
    self.elements = elements
  }

  /// Whether whatever is not known in it reads and writes rows: all that changes definitions is known.
  var isKnownButForRows: Bool {
    elements.allSatisfy { element in
      switch element {
      case .statement(let statement, .success(let parts), _):
        !statement.isConditional || parts.allSatisfy(\.statement.isAboutRows)
      case .opaque(_, let parts?): parts.allSatisfy(\.statement.isAboutRows)
      case .statement(_, .failure, _), .opaque(_, nil), .unnamedDrop: false
      }
    }
  }

  var statementCount: Int {
    elements.reduce(0) { count, element in
      if case .statement(_, .success(let parts), _) = element { count + parts.count } else { count }
    }
  }

  /// Parses on the thread of the caller; see `parseOnThisThread`.
  /// - Parameter parsed: what was parsed already. Much of what one revision does, others do again.
  init(_ step: Step, _ parsed: Memo<ExactText, ParseOutcome>) {
    self.step = step
    func parse(_ sql: String) -> ParseOutcome {
      parsed(ExactText(sql)) { parseOnThisThread(sql) }
    }
    func only(_ sql: String?) -> ParsedStatement? {
      guard let sql, case .success(let parts) = parse(sql), parts.count == 1 else { return nil }
      return parts[0]
    }
    func statements(of place: OpaquePlace) -> [ParsedStatement]? {
      switch place.reach {
      case .everything: return nil
      case .rows: return []
      case .statement(let form):
        guard case .success(let parts) = parse(form) else { return nil }
        return parts
      }
    }
    elements = step.elements.map { element in
      switch element {
      case .opaque(let place): .opaque(place, statements(of: place))
      // Databases are past an upgrade: there it is not what it is taken for.
      case .unnamedDrop(let drop) where step.direction == .upgrade: .opaque(drop.place, nil)
      case .unnamedDrop(let drop): .unnamedDrop(drop)
      case .statement(let statement):
        .statement(
          statement, parse(statement.sql),
          statement.sent.map {
            SentStatement(
              doubtful: $0.doubtful, typed: only($0.typed), untyped: only($0.untyped))
          })
      }
    }
  }
}
