// The checks of many databases: one line each, and the worst verdict last.

package import Verdicts

package func manyText(_ checks: ManyChecks, _ style: TerminalStyle) -> String {
  let width = min(40, checks.lines.map { $0.name.harmless.columns }.max() ?? 0)
  var lines: [String] = []
  for line in checks.lines {
    let name = line.name.harmless
    let padding = String(repeating: " ", count: max(0, width - name.columns))
    switch line.outcome {
    case .failed(let message): lines.append("failed   \(name)\(padding)  \(message.harmless)")
    case .checked(let result):
      let from = result.current.isEmpty ? "base" : result.current.joined(separator: ", ")
      let to = result.path.isEmpty ? "nothing to do" : "to \(result.destination ?? result.target)"
      let reason = result.reasons.first.map { ": \($0.text)" } ?? ""
      let verdict = result.verdict
      let gap = String(repeating: " ", count: max(1, 9 - verdict.rawValue.count))
      lines.append(
        style.verdict(verdict) + gap + "\(name)\(padding)  \("\(from) \(to)\(reason)".harmless)")
    }
  }
  var counts: [String] = []
  for verdict in Verdict.allCases {
    let count = checks.lines.count { $0.verdict == verdict }
    if count > 0 { counts.append("\(count) \(verdict.rawValue)") }
  }
  if checks.failures > 0 { counts.append("\(checks.failures) failed") }
  lines.append("")
  lines.append(
    style.headline(
      checks.verdict, "\(checks.lines.count) checked: " + counts.joined(separator: ", ")))
  return lines.joined(separator: "\n") + "\n"
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
          case .failed(let message):
            json.field("verdict", nil as String?)
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
  return json.text + "\n"
}
