// The catalogue of rules as a list.

package import SafetyRules

package func rulesText(_ pages: [RulePage], style: TerminalStyle) -> String {
  let margin = (pages.map(\.name.count).max() ?? 0) + 2
  var lines: [String] = []
  for page in pages {
    let words = wrapped(page.summary, width: style.width - margin - 10)
    let severity = page.severity.rawValue
    let head =
      style.paint(page.name, .strong)
      + String(repeating: " ", count: margin - page.name.count)
      + style.paint(severity, style.tone(of: page.severity))
      + String(repeating: " ", count: 9 - severity.count)
    let indent = String(repeating: " ", count: margin + 9)
    for (index, line) in words.enumerated() { lines.append((index == 0 ? head : indent) + line) }
  }
  lines.append("")
  lines.append("backout explain RULE prints a rule's page.")
  return lines.joined(separator: "\n") + "\n"
}

package func rulesJSON(_ pages: [RulePage]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.key("rules")
    json.array { json in
      for page in pages {
        json.object { json in
          json.field("name", page.name)
          json.field("severity", page.severity.rawValue)
          json.field("directions", page.directions.map(\.rawValue))
          json.field("summary", page.summary)
        }
      }
    }
  }
  return json.line
}
