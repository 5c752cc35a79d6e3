// The rules and their pages.

import Reports
import SafetyRules

/// The catalogue of rules that the program carries.
public enum RuleCatalogue {
  /// Every rule with its severity and the first sentence of its condition.
  public static func listed(as format: ReportFormat, style: TextStyle) -> String {
    let pages = RulePage.names.compactMap(RulePage.init(named:))
    switch format {
    case .text: return rulesText(pages, style: style.terminal)
    case .json: return rulesJSON(pages)
    }
  }

  /// The page of a rule as it stands in `Rules/`.
  public static func page(of name: String) throws(BackoutFailure) -> String {
    guard let page = RulePage(named: name) else {
      let near = RulePage.names.filter { $0.hasPrefix(name.prefix(4)) }
      let hint =
        near.isEmpty ? "backout rules lists them" : "perhaps \(near.joined(separator: ", "))"
      throw BackoutFailure("no rule is called '\(name)'; \(hint)")
    }
    return page.body
  }
}
