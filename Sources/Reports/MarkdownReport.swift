// An analysis as a comment of a pull request: the verdict, a table, and each revision's report folded.

import SafetyRules
package import Verdicts

/// GitHub refuses comments that are longer, in characters; a byte is never more than one.
let markdownLimit = 65_536

/// The same for the same findings, and begins with a mark by which a program finds the comment again.
/// - Parameter document: what the analysis is the ground of; it is said first.
package func markdownReport(_ analysis: Analysis, document: ReportDocument? = nil) -> String {
  var options = TextOptions()
  // Where revisions were asked for, each is an answer; in a gate only what is news.
  options.isVerbose = document != nil
  let report = TextReport(analysis, style: TerminalStyle(width: 100), options: options)
  let blocks = report.blocks { $0 }
  var text =
    document.map { $0.markdownHead + $0.markdownParts(room: markdownLimit / 4) }
    ?? "<!-- backout -->\n### backout: \(analysis.verdict?.rawValue ?? "nothing to judge")\n\n"
    + report.headlineText.markdown + "\n\n"
  let closing = "\n" + report.closingLines.map { $0.markdown + "\n" }.joined(separator: "\n")
  var room = markdownLimit - text.utf8.count - closing.utf8.count - 300
  text += table(blocks.map(\.revision), &room)
  var left = 0
  for block in blocks {
    let summary = "\(block.revision.verdict.rawValue) \(block.revision.revision)"
    let part = markdownFolded(summary, block.content)
    // One that is too long does not keep the shorter ones out.
    guard part.utf8.count <= room else {
      left += 1
      continue
    }
    room -= part.utf8.count
    text += part
  }
  let others = report.otherLines
  if !others.isEmpty {
    let part = markdownFolded("project", others)
    if part.utf8.count <= room { text += part } else { left += 1 }
  }
  if left > 0 {
    let command = document?.name ?? "backout analyze"
    text += "\n\(left) more reports do not fit into a comment; `\(command)` prints them.\n"
  }
  return text + closing
}

private func table(_ revisions: [RevisionAssessment], _ room: inout Int) -> String {
  if revisions.isEmpty { return "" }
  var rows =
    "| verdict | revision | executes | data | schema | old code |\n|---|---|---|---|---|---|\n"
  var left = 0
  // Half of the room is for the reports.
  let end = room / 2
  for revision in revisions {
    let answers = revision.answers
    let title = revision.message.isEmpty ? "" : " " + revision.message.onOneLine(width: 70).markdown
    let note = revision.acknowledged == nil ? "" : " (acknowledged)"
    let cells = [
      "\(revision.verdict.rawValue)\(note)", "\(revision.revision.markdown)\(title)",
      answers.executes.rawValue, answers.data.rawValue, answers.schema.rawValue,
      answers.code.rawValue,
    ]
    let row = "| \(cells.joined(separator: " | ")) |\n"
    if rows.utf8.count + row.utf8.count > end { left += 1 } else { rows += row }
  }
  if left > 0 { rows += "| … | \(left) more | | | | |\n" }
  room -= rows.utf8.count
  return rows + "\n"
}

/// A part that is shown when its title is clicked.
func markdownFolded(_ title: String, _ lines: [String]) -> String {
  """
  <details><summary>\(escapingMarkup(title.markdownGuarded))</summary>

  \(lines.joined(separator: "\n").markdownFence)

  </details>

  """
}

extension String {
  /// The text on one line for running text of GitHub's Markdown: no markup, no HTML, no mention, no
  /// reference to an issue, no link.
  var markdown: String {
    var result = ""
    for scalar in markdownGuarded.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", "$", "-":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// With an invisible word joiner where GitHub and GitLab would find a mention, a reference, a picture
  /// or an address; they look for these after the markup.
  fileprivate var markdownGuarded: String {
    let scalars = Array(harmless.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      result.append(scalar)
      guard index + 1 < scalars.count, scalars[index + 1] != " " else { continue }
      switch scalar {
      case "@", "#", "!", "%", "&", "~", "$", "^", ":", "w", "W":
        let isLetter = scalar == "w" || scalar == "W"
        if !isLetter || scalars[index + 1] == "." { result.append("\u{2060}") }
      default: break
      }
    }
    return String(result)
  }

  /// The lines as they are, in a fence that none of them can end.
  var markdownFence: String {
    var longest = 0
    var run = 0
    for byte in utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(harmless(keeping: ["\n", "\t"]))\n\(fence)"
  }
}
