// The conditions under `match:` in the front matter of a project's own rule.

import PostgresSyntax
import SchemaModel
import YAMLText

/// What is wrong with the page of a project's own rule.
package struct RulePageFailure: Error, Hashable {
  package var message: String
}

/// Conditions that an effect, and the statement that has it, meet all at once.
struct EffectPattern: Sendable {
  private var kinds: Set<String> = []
  /// By the name of the fact; one of the globs must match.
  private var texts: [TextFact: [Glob]] = [:]
  private var flags: [FlagFact: Bool] = [:]
  private var lock: LockMode?

  private enum TextFact: String, CaseIterable {
    case table, column, name, schema, type, constraint

    func value(_ facts: EffectFacts) -> String? {
      switch self {
      case .table: facts.table?.name
      case .column: facts.column
      case .name: facts.name
      case .schema: facts.schema
      case .type: facts.type
      case .constraint: facts.constraint
      }
    }
  }

  private enum FlagFact: String, CaseIterable {
    /// The table was there before the revision.
    case existed
    case nullable, `default`, unique, concurrently
    /// The statement rewrites or reads a whole table that was there before.
    case rewrites, scans
  }

  private static let names: [String] =
    (["effect", "lock"] + TextFact.allCases.map(\.rawValue) + FlagFact.allCases.map(\.rawValue))
    .sorted()

  /// - Parameter isWhole: whether `effect` is required.
  init(_ node: YAMLNode, isWhole: Bool) throws(RulePageFailure) {
    guard let mapping = node.mapping else {
      throw RulePageFailure(message: "'match' and 'unless' hold conditions, one a line")
    }
    for (key, value) in mapping { try read(key, value) }
    if isWhole, kinds.isEmpty {
      throw RulePageFailure(message: "'match' needs 'effect', such as column-added")
    }
  }

  private mutating func read(_ key: String, _ value: YAMLNode) throws(RulePageFailure) {
    if let fact = TextFact(rawValue: key) {
      texts[fact] = try Self.words(value, key).map(Glob.init)
    } else if let fact = FlagFact(rawValue: key) {
      guard let flag = value.bool else {
        throw RulePageFailure(message: "'\(key)' is true or false")
      }
      flags[fact] = flag
    } else if key == "effect" {
      kinds = Set(try Self.words(value, key))
      if let wrong = kinds.sorted().first(where: { !EffectFacts.kinds.contains($0) }) {
        throw RulePageFailure(message: "there is no effect '\(wrong)'")
      }
    } else if key == "lock" {
      let word = value.string?.uppercased().split(separator: "-").joined(separator: " ")
      lock = LockMode.allCases.first { $0.description == word }
      if lock == nil {
        throw RulePageFailure(message: "'lock' is a mode of LOCK TABLE, such as access-exclusive")
      }
    } else {
      throw RulePageFailure(
        message:
          "there is no condition '\(key)'; there are \(Self.names.joined(separator: ", "))")
    }
  }

  private static func words(_ node: YAMLNode, _ key: String) throws(RulePageFailure) -> [String] {
    let nodes = node.sequence ?? [node]
    let words = nodes.compactMap(\.string)
    guard words.count == nodes.count, !words.isEmpty else {
      throw RulePageFailure(message: "'\(key)' is a word or a list of words")
    }
    return words
  }

  func matches(
    _ facts: EffectFacts, of statement: StatementRecord, in context: RoundTripContext
  ) -> Bool {
    if !kinds.isEmpty, !kinds.contains(facts.kind) { return false }
    for (fact, patterns) in texts {
      guard let value = fact.value(facts), patterns.contains(where: { $0.matches(value) }) else {
        return false
      }
    }
    for (fact, wanted) in flags {
      guard value(of: fact, facts, statement, context) == wanted else { return false }
    }
    if let lock {
      return statement.outcome.locks.contains { $0.mode >= lock && !$0.isNew }
    }
    return true
  }

  private func value(
    of fact: FlagFact, _ facts: EffectFacts, _ statement: StatementRecord,
    _ context: RoundTripContext
  ) -> Bool? {
    switch fact {
    case .existed: facts.table.map { _ in context.isOld(facts.tableOrigin) }
    case .nullable: facts.isNullable
    case .default: facts.hasDefault
    case .unique: facts.isUnique
    case .concurrently: facts.isConcurrent
    case .rewrites: statement.outcome.rewrites.contains { !$0.isNew }
    case .scans: statement.outcome.scans.contains { !$0.isNew }
    }
  }
}
