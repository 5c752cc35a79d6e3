// The checks of many databases: one line each, and the worst verdict last.

package import Verdicts

/// For the forms that are neither text nor JSON.
package func manyDocument(_ checks: ManyChecks) -> ReportDocument {
  var document = ReportDocument(
    name: "backout check", verdict: checks.verdict, headline: checks.summary)
  document.cases = checks.lines.map { line in
    var entry = ReportDocument.Case(name: line.name, verdict: line.verdict)
    entry.text = line.words
    if case .checked(let result) = line.outcome {
      entry.reasons = result.reasons.filter { $0.verdict != .safe }
    }
    return entry
  }
  document.parts = [.init(title: "Databases", content: .cases(document.cases))]
  return document
}

package func manyText(_ checks: ManyChecks, _ style: TerminalStyle) -> String {
  let width = min(40, checks.lines.map { $0.name.harmless.columns }.max() ?? 0)
  var lines: [String] = []
  for line in checks.lines {
    let name = line.name.harmless
    let padding = String(repeating: " ", count: max(0, width - name.columns))
    let word = line.verdict?.rawValue ?? "failed"
    let gap = String(repeating: " ", count: max(1, 9 - word.count))
    lines.append(
      (line.verdict.map(style.verdict) ?? word) + gap + "\(name)\(padding)  \(line.words.harmless)")
  }
  lines.append("")
  lines.append(style.headline(checks.verdict, checks.summary))
  return lines.joined(separator: "\n") + "\n"
}

extension ManyChecks.Line {
  /// From where to where and the first reason; or why there is no verdict.
  fileprivate var words: String {
    switch outcome {
    case .failed(let message), .unfinished(let message): return message
    case .checked(let result):
      let reason = result.reasons.first?.text
      // There is no way from what is no place in the files.
      guard result.judgement != nil else { return reason ?? "no reason is known" }
      let from = result.current.isEmpty ? "base" : result.current.joined(separator: ", ")
      let to = result.path.isEmpty ? "nothing to do" : "to \(result.destination ?? result.target)"
      return "\(from) \(to)" + (reason.map { ": \($0)" } ?? "")
    }
  }
}

extension ManyChecks {
  /// How many came to which verdict.
  fileprivate var summary: String {
    var counts: [String] = []
    for verdict in Verdict.allCases {
      let count = lines.count { $0.verdict == verdict }
      if count > 0 { counts.append("\(count) \(verdict.rawValue)") }
    }
    if failures > 0 { counts.append("\(failures) failed") }
    return "\(lines.count) checked: " + counts.joined(separator: ", ")
  }
}

package func manyJSON(_ checks: ManyChecks) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.field("verdict", checks.verdict.rawValue)
    json.key("databases")
    json.array { json in
      for line in checks.lines {
        json.object { json in
          json.field("name", line.name)
          switch line.outcome {
          case .failed(let message), .unfinished(let message):
            json.field("verdict", line.verdict?.rawValue)
            json.field("failure", message)
          case .checked(let result):
            json.field("verdict", result.verdict.rawValue)
            json.write(result.answers)
            json.field("now", result.now.rawValue)
            json.field("current", result.current)
            json.field("resolved_target", result.destination)
            json.field("path", result.path)
            json.write(reasons: result.reasons)
          }
        }
      }
    }
  }
  return json.line
}
