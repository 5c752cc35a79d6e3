// What env.py does to the session besides running the migrations.

import Alembic
import PostgresSyntax
import SourceText
import Verdicts

extension EnvironmentSettings {
  /// What makes names in the migrations' SQL lead to other objects than in a new session.
  var nameDoubts: [Reason] {
    var doubts = statements.filter(\.changesNames).map { statement in
      Reason(
        .executes, .unknown,
        statement.isKnown
          ? "env.py sets the search path, so that names lead to other objects than in a new session"
          : "env.py executes SQL that is not known, after which names may lead to other objects",
        at: statement.location)
    }
    if let schemaTranslation {
      doubts.append(
        Reason(
          .executes, .unknown, "env.py replaces schemas by a schema_translate_map",
          at: schemaTranslation))
    }
    return doubts
  }
}

extension EnvironmentStatement {
  /// Whether it may set the search path. What PostgreSQL's grammar does not know is for another DBMS.
  fileprivate var changesNames: Bool {
    guard !isKnown else {
      guard case .success(let parts) = parseStatements(text) else { return false }
      return parts.contains { part in
        guard case .setVariable(let set) = part.statement else { return false }
        return set.name == nil || set.name == "search_path"
      }
    }
    var words = text.lowercased().split { $0.isWhitespace || $0 == "=" }[...]
    guard let command = words.popFirst() else { return true }
    if command == "pragma" || text.lowercased().contains("advisory") { return false }
    guard command == "set" else { return true }
    if words.first == "local" || words.first == "session" { words.removeFirst() }
    guard let name = words.first, !name.contains("{") else { return true }
    return name == "search_path"
  }
}
