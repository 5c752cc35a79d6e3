// A rule that a project writes itself: a page of the form of Rules/, with what it matches.

import SchemaModel
import YAMLText

/// One file of a project's `backout/rules/`.
package struct ProjectRule: Sendable {
  package let page: RulePage
  private let match: EffectPattern
  private let unless: EffectPattern?
  private let message: String
  private let help: String

  /// In bytes.
  private static let longestMatter = 8 << 10

  /// - Parameters:
  ///   - text: the file's.
  ///   - stem: its name without `.md`, which is the rule's.
  package init(text: String, stem: String) throws(RulePageFailure) {
    let parts = text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty else {
      throw RulePageFailure(message: "a page begins with '---', its front matter and '---'")
    }
    let matter = try Self.matter(parts[1])
    for (key, _) in matter.mapping ?? [] where !Self.keys.contains(key) {
      throw RulePageFailure(
        message: "there is no '\(key)'; there are " + Self.keys.joined(separator: ", "))
    }
    guard matter["name"]?.string == stem, Self.isName(stem) else {
      throw RulePageFailure(
        message: "'name' is that of the file, in lower-case letters, digits and hyphens")
    }
    guard !RulePage.names.contains(stem) else {
      throw RulePageFailure(message: "backout has a rule '\(stem)' of its own")
    }
    guard let severity = matter["severity"]?.string.flatMap(Severity.init(rawValue:)) else {
      throw RulePageFailure(message: "'severity' is info, warning or error")
    }
    let words = matter["directions"]?.sequence?.compactMap(\.string) ?? ["upgrade"]
    let directions = words.compactMap(StepDirection.init(rawValue:))
    guard !directions.isEmpty, directions.count == words.count else {
      throw RulePageFailure(message: "'directions' lists upgrade, downgrade or both")
    }
    guard let pattern = matter["match"] else {
      throw RulePageFailure(message: "'match' with the conditions is missing")
    }
    match = try EffectPattern(pattern, isWhole: true)
    if let unless = matter["unless"] {
      self.unless = try EffectPattern(unless, isWhole: false)
    } else {
      unless = nil
    }
    page = RulePage(
      name: stem, severity: severity, directions: directions, isOn: true, body: parts[2])
    let summary = page.paragraph(under: "Condition")
    guard let message = matter["message"]?.string ?? (summary.isEmpty ? nil : summary) else {
      throw RulePageFailure(
        message: "'message' is missing, and there is nothing under '## Condition'")
    }
    self.message = message
    help = page.paragraph(under: "Workaround")
  }

  private static let keys = [
    "directions", "match", "message", "name", "severity", "unless",
  ]

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "-")
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      }
  }

  private static func matter(_ text: Substring) throws(RulePageFailure) -> YAMLNode {
    guard text.utf8.count <= longestMatter else {
      throw RulePageFailure(message: "the front matter is too long")
    }
    guard let matter = YAMLNode(parsing: String(text)), matter.mapping != nil else {
      throw RulePageFailure(
        message: "the front matter is no YAML of the form 'name: value', without aliases")
    }
    return matter
  }

  /// What it says of a statement, each sentence once.
  func remarks(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> [Remark] {
    guard page.directions.contains(step.direction) else { return [] }
    var remarks: [Remark] = []
    for effect in statement.outcome.effects {
      for facts in effect.facts {
        guard match.matches(facts, of: statement, in: context),
          unless?.matches(facts, of: statement, in: context) != true
        else { continue }
        let remark = Remark(page.severity, filled(facts), help: help)
        if !remarks.contains(remark) { remarks.append(remark) }
      }
    }
    return remarks
  }

  /// The message with `{table}`, `{column}`, `{name}` and `{type}` replaced.
  private func filled(_ facts: EffectFacts) -> String {
    guard message.utf8.contains(UInt8(ascii: "{")) else { return message }
    let values = [
      "{table}": facts.table.map(displayed), "{column}": facts.column, "{name}": facts.name,
      "{type}": facts.type,
    ]
    var result = ""
    var rest = message[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      guard let word = values.keys.first(where: rest.hasPrefix), let value = values[word] else {
        result += "{"
        rest = rest.dropFirst()
        continue
      }
      result += value ?? "?"
      rest = rest.dropFirst(word.count)
    }
    return result + rest
  }
}
