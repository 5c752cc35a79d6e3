// The revision graph in the languages of other programs: Graphviz and Mermaid.

import SourceText
import Verdicts

/// For `dot`: parents below, what a revision depends on dashed.
package func graphDOT(_ lines: [GraphLine]) -> String {
  var text = """
    digraph revisions {
      rankdir=TB
      node [shape=box, style="rounded,filled", fontname="monospace", fillcolor="#eaeef2"]

    """
  for line in lines {
    let label = line.title.map(\.dotEscaped).joined(separator: "\\n")
    let color = line.verdict.map { ", fillcolor=\"\($0.paleColor)\"" } ?? ""
    text += "  \(line.revision.dot) [label=\"\(label)\"\(color)]\n"
  }
  for line in lines {
    for parent in line.parents { text += "  \(line.revision.dot) -> \(parent.dot)\n" }
    for other in line.dependsOn {
      text += "  \(line.revision.dot) -> \(other.dot) [style=dashed]\n"
    }
  }
  return text + "}\n"
}

/// For Mermaid, which GitHub and GitLab draw in Markdown.
package func graphMermaid(_ lines: [GraphLine]) -> String {
  let rows = Dictionary(
    lines.enumerated().map { ($1.revision, $0) }, uniquingKeysWith: { first, _ in first })
  var text = "flowchart TD\n"
  for (row, line) in lines.enumerated() {
    let mark = line.verdict.map { ":::\($0.rawValue)" } ?? ""
    text += "  n\(row)[\"\(line.title.map(\.mermaid).joined(separator: "<br/>"))\"]\(mark)\n"
  }
  for (row, line) in lines.enumerated() {
    for parent in line.parents.compactMap({ rows[$0] }) { text += "  n\(row) --> n\(parent)\n" }
    for other in line.dependsOn.compactMap({ rows[$0] }) { text += "  n\(row) -.-> n\(other)\n" }
  }
  for verdict in Verdict.legend where lines.contains(where: { $0.verdict == verdict }) {
    text += "  classDef \(verdict.rawValue) fill:\(verdict.paleColor),color:#1c2024\n"
  }
  return text
}

extension Verdict {
  /// Fit for black text.
  fileprivate var paleColor: String {
    switch self {
    case .safe: "#c8ecd2"
    case .depends, .wait: "#f6e3b0"
    case .unknown: "#e0d8f8"
    case .unsafe: "#fbcfcd"
    }
  }
}

extension String {
  /// A quoted identifier of DOT.
  fileprivate var dot: String { "\"\(dotEscaped)\"" }

  /// The text on one line for a quoted string of DOT, where a backslash begins an escape.
  var dotEscaped: String {
    harmless.replacingScalars("\\", with: "\\\\").replacingScalars("\"", with: "\\\"")
  }

  /// The text on one line for a quoted label of Mermaid: all but letters, digits and a few marks as
  /// the number of the character, so that nothing is markup, HTML or a word of the language.
  var mermaid: String {
    var result = ""
    for scalar in harmless.unicodeScalars {
      if scalar.value >= 0x80 || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || " .,-_".unicodeScalars.contains(scalar)
      {
        result.unicodeScalars.append(scalar)
      } else {
        result += "#\(scalar.value);"
      }
    }
    return result
  }
}
