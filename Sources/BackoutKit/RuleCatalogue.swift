// The rules and their pages: those that the program carries, and a project's own.

import Reports
import SafetyRules
import SourceText

/// The catalogue of rules.
public struct RuleCatalogue: Sendable {
  private let ownPages: [RulePage]

  /// The rules that the program carries.
  public init() {
    ownPages = []
  }

  /// With the rules of the project's `backout/rules/`.
  public init(_ project: Project) throws(BackoutFailure) {
    ownPages = try project.ownRules().map(\.page)
  }

  /// In the order of the catalogue.
  public var names: [String] { RulePage.names + ownPages.map(\.name) }

  /// Every rule with its severity and the first sentence of its condition.
  public func listed(as format: PlainFormat, style: TextStyle) -> String {
    let pages = RulePage.names.compactMap(RulePage.init(named:)) + ownPages
    switch format {
    case .text: return rulesText(pages, style: style.terminal)
    case .json: return rulesJSON(pages)
    }
  }

  /// The page of a rule as it stands in `Rules/`, or in the project.
  public func page(of name: String) throws(BackoutFailure) -> String {
    if let page = RulePage(named: name) ?? ownPages.first(where: { $0.name == name }) {
      return page.body
    }
    let near = Spelling.nearest(name, among: names)
    let others = RulePage.names.filter { $0.hasPrefix(name.prefix(4)) }
    let hint =
      near.map { "perhaps '\($0)'" }
      ?? (others.isEmpty ? "backout rules lists them" : "perhaps \(others.joined(separator: ", "))")
    throw BackoutFailure("no rule is called '\(name)'; \(hint)")
  }
}
