// What env.py does to the session besides running the migrations.

import Alembic
import PostgresSyntax
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

/// What stands against each revision of a history for what env.py does to the session.
struct EnvironmentDoubts {
  /// Names without a schema lead to other objects than in a new session: they do so in all steps, so that
  /// it matters only beside names with one.
  let names: [Reason]
  let settings: [Reason]

  init(_ environment: EnvironmentSettings) {
    names = environment.nameDoubts + environment.roleDoubts
    settings = environment.settingDoubts + environment.callbackDoubts
  }

  var isEmpty: Bool { names.isEmpty && settings.isEmpty }

  func reasons(namesSchemas: Bool) -> [Reason] { settings + (namesSchemas ? names : []) }
}

extension StepRecord {
  /// Whether a statement names the schema `public` itself.
  var namesPublic: Bool {
    statements.contains { $0.sql.holds(inAnyCase: "public") }
  }

  /// Whether objects are told apart by their schemas up to the end of the step.
  var namesSchemas: Bool {
    namesPublic || after.hasOtherSchemas
  }
}

extension EnvironmentSettings {
  /// A role has its own schema before `public` in the search path that sessions begin with.
  fileprivate var roleDoubts: [Reason] {
    statements.filter { $0.sets(["role", "session_authorization"]) }.map {
      Reason(
        .executes, .unknown,
        "env.py sets the role, whose schema may come first in the search path", at: $0.location)
    }
  }

  /// Code that may send other statements than the migrations', or none.
  fileprivate var callbackDoubts: [Reason] {
    callbacks.map {
      Reason(
        .executes, .unknown, "env.py has code of its own run while migrations run (\($0.name))",
        at: $0.location)
    }
  }

  /// Settings that change what statements do, or whether they may run.
  var settingDoubts: [Reason] {
    statements.filter(\.isKnown).flatMap { statement -> [Reason] in
      guard !statement.sets(["role", "session_authorization", "search_path"]),
        case .success(let parts) = parseStatements(statement.text)
      else { return [] }
      return parts.flatMap { part -> [Doubt] in
        guard case .setVariable = part.statement else { return [] }
        var session = Catalog()
        return session.apply(part.statement, context: ApplyContext(origin: 0)).doubts
      }.map { Reason(.executes, .unknown, "env.py: \($0.reason.words)", at: statement.location) }
    }
  }

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
    if let connectionPath {
      doubts.append(
        Reason(
          .executes, .unknown,
          "env.py sets the search path, so that names lead to other objects than in a new session",
          at: connectionPath))
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
  /// Whether it sets one of the variables, also to a value that is not known.
  fileprivate func sets(_ names: Set<String>) -> Bool {
    if case .success(let parts) = parseStatements(text) {
      return parts.contains { part in
        if case .setVariable(let set) = part.statement {
          set.name.map(names.contains) ?? false
        } else {
          false
        }
      }
    }
    var words = text.lowercased().split { $0.isWhitespace || $0 == "=" }.map(String.init)[...]
    guard words.popFirst() == "set" else { return false }
    if words.first == "local" { words.removeFirst() }
    if words.starts(with: ["session", "authorization"]) {
      return names.contains("session_authorization")
    }
    return words.first.map(names.contains) ?? false
  }

  /// Whether it may set the search path. What PostgreSQL's grammar does not know is for another DBMS.
  fileprivate var changesNames: Bool {
    guard !isKnown else {
      guard case .success(let parts) = parseStatements(text) else { return false }
      return parts.contains { part in
        guard case .setVariable(let set) = part.statement else { return false }
        return set.name == nil || set.name == "search_path"
      }
    }
    if sets(["role", "session_authorization"]) { return false }
    var words = text.lowercased().split { $0.isWhitespace || $0 == "=" }[...]
    guard let command = words.popFirst() else { return true }
    if command == "pragma" || text.lowercased().contains("advisory") { return false }
    guard command == "set" else { return true }
    if words.first == "local" || words.first == "session" { words.removeFirst() }
    guard let name = words.first, !name.contains("{") else { return true }
    return name == "search_path"
  }
}
