// A rule's page: its front matter, and the text that `backout explain` prints.

import YAMLText

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
      let matter = YAMLNode(parsing: String(parts[1])), let name = matter["name"]?.string,
      let severity = matter["severity"]?.string.flatMap(Severity.init(rawValue:)),
      let directions = matter["directions"]?.sequence
    else { return nil }
    self.name = name
    self.severity = severity
    self.isOn = matter["default"]?.string != "off"
    self.directions = directions.compactMap { node in
      node.string.flatMap(StepDirection.init(rawValue:))
    }
    self.body = Self.trimmed(parts[2])
  }

  init(
    name: String, severity: Severity, directions: [StepDirection], isOn: Bool, body: Substring
  ) {
    self.name = name
    self.severity = severity
    self.directions = directions
    self.isOn = isOn
    self.body = Self.trimmed(body)
  }

  private static func trimmed(_ text: Substring) -> String {
    let text = text.drop { $0 == "\n" }
    return String(text.reversed().drop { $0 == "\n" }.reversed()) + "\n"
  }

  /// The first paragraph under "Condition".
  package var summary: String { paragraph(under: "Condition") }

  /// The first address under "References".
  package var reference: String? {
    guard let start = body.range(ofLine: "## References"),
      let link = body[start...].firstRange(of: "https://")
    else { return nil }
    return String(body[link.lowerBound...].prefix { !$0.isWhitespace && !")>".contains($0) })
  }

  /// The first paragraph under a heading, on one line; empty where there is none.
  func paragraph(under heading: String) -> String {
    guard let start = body.range(ofLine: "## \(heading)") else { return "" }
    let lines = body[start...].split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst()
    let paragraph = lines.drop(while: \.isEmpty).prefix { !$0.isEmpty && !$0.hasPrefix("#") }
    return paragraph.joined(separator: " ")
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
