// The rules of a project's `backout/rules/`, and the names of all rules that it can speak of.

import Alembic
import Reports
import SafetyRules
import SourceText

extension Project {
  /// The project's own rules, checked.
  func ownRules() throws(BackoutFailure) -> [ProjectRule] {
    let files: [SourceFile]
    do {
      files = try alembic.settings.ownRules()
    } catch {
      throw BackoutFailure(error)
    }
    var rules: [ProjectRule] = []
    for file in files {
      let name = file.path.split(separator: "/").last ?? file.path[...]
      let text = String(decoding: file.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      do {
        rules.append(
          try ProjectRule(
            text: lines.map { String($0).harmless }.joined(separator: "\n"),
            stem: String(name.dropLast(".md".count))))
      } catch {
        throw BackoutFailure("\(file.path): \(error.message)")
      }
    }
    return rules
  }

  /// The project's policy, and the rules that speak by it.
  /// - Parameter enabling: rules that the command line switches on.
  func policy(enabling: [String] = []) throws(BackoutFailure) -> (Policy, ActiveRules) {
    let ownRules = try ownRules()
    let policy = try Policy(alembic.settings.policy, ownRules: ownRules, enabling: enabling)
    let rules = ActiveRules(
      enabling: policy.enabled, ownRules: ownRules,
      smallTables: alembic.settings.policy.smallTables.map(Glob.init))
    return (policy, rules)
  }
}

/// The names of backout's rules and of the project's own.
struct RuleNames {
  private let ownNames: [String]
  private var names: [String] { RuleBook.names + ownNames }

  init(_ ownRules: [ProjectRule]) {
    ownNames = ownRules.map(\.page.name)
  }

  /// Why a word is not the name of a rule; nil if it is.
  func complaint(about rule: String) -> String? {
    if names.contains(rule) { return nil }
    let near = Spelling.nearest(rule, among: names).map { "; perhaps '\($0)'" } ?? ""
    return "there is no rule '\(rule)'\(near)"
  }
}
