// A rule's page: its front matter, and the text that `backout explain` prints.

import Yams

/// One file of Rules/, as the program carries it.
package struct RulePage: Sendable, Hashable {
  package let name: String
  /// The severity where the rule speaks of what existed before; see the page for the exceptions.
  package let severity: Severity
  package let directions: [StepDirection]
  /// `default: off` in the front matter: only where a project switches it on.
  package let isOn: Bool
  /// The Markdown below the front matter.
  package let body: String

  /// Nil if there is no such rule.
  package init?(named name: String) {
    guard let text = Self.embeddedText(of: name) else { return nil }
    self.init(text: text)
  }

  /// Nil if the text has no front matter of the form that CONTRIBUTING.md describes.
  package init?(text: String) {
    let parts = text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty,
      let matter = try? YAMLDecoder().decode(FrontMatter.self, from: String(parts[1])),
      let severity = Severity(rawValue: matter.severity)
    else { return nil }
    self.name = matter.name
    self.severity = severity
    self.isOn = matter.default != "off"
    self.directions = matter.directions.compactMap(StepDirection.init(rawValue:))
    let text = parts[2].drop { $0 == "\n" }
    self.body = String(text.reversed().drop { $0 == "\n" }.reversed()) + "\n"
  }

  /// The first paragraph under "Condition".
  package var summary: String {
    guard let condition = body.range(ofLine: "## Condition") else { return "" }
    let lines = body[condition...].split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst()
    return lines.drop(while: \.isEmpty).prefix { !$0.isEmpty }.joined(separator: " ")
  }

  private struct FrontMatter: Decodable {
    var name: String
    var severity: String
    var directions: [String]
    var `default`: String?
  }
}

extension String {
  /// Where the line begins that consists of `line`.
  fileprivate func range(ofLine line: String) -> String.Index? {
    var start = startIndex
    while start < endIndex {
      let end = self[start...].firstIndex(of: "\n") ?? endIndex
      if self[start..<end] == line { return start }
      start = end < endIndex ? index(after: end) : endIndex
    }
    return nil
  }
}
