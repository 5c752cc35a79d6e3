// An analysis as workflow commands of GitHub Actions, which become annotations of the changed lines.

import SafetyRules
import SourceText
package import Verdicts

/// One line for each annotation. GitHub shows ten errors, ten warnings and ten notices of a step and drops
/// the rest without a word; so that nothing is dropped in silence, the tenth then counts those left out.
package func githubAnnotations(_ analysis: Analysis, _ context: ReportContext) -> String {
  let items = context.news(of: analysis).filter { $0.suppressed == nil }
  var lines: [String] = []
  for severity in Severity.allCases.reversed() {
    let same = items.filter { $0.severity == severity }
    let shown = same.count > limit ? limit - 1 : same.count
    lines += same.prefix(shown).map { line($0, context) }
    if shown < same.count {
      lines.append(
        command(
          severity, ["title": "backout"],
          "\(same.count - shown) more of this kind are not shown here; backout analyze lists them"))
    }
  }
  return lines.map { $0 + "\n" }.joined()
}

private let limit = 10

private func line(_ item: ReportItem, _ context: ReportContext) -> String {
  let (start, end) = (item.location.start, item.location.end)
  var properties: KeyValuePairs<String, String> = [
    "file": context.path(item.location.file), "line": String(start.line),
    "endLine": String(end.line), "title": title(item),
  ]
  // Columns are refused where the place has several lines.
  if end.line == start.line, end.column > start.column {
    properties = [
      "file": context.path(item.location.file), "line": String(start.line),
      "endLine": String(end.line), "col": String(start.column),
      "endColumn": String(end.column - 1), "title": title(item),
    ]
  }
  return command(item.severity, properties, item.paragraphs.joined(separator: "\n"))
}

private func title(_ item: ReportItem) -> String {
  let step = item.direction.map { " in \($0.rawValue)" } ?? ""
  return "backout: \(item.rule)\(step)"
}

private func command(
  _ severity: Severity, _ properties: KeyValuePairs<String, String>, _ message: String
) -> String {
  let name =
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  let fields = properties.map { "\($0)=\($1.githubProperty)" }.joined(separator: ",")
  return "::\(name) \(fields)::\(message.githubData)"
}

extension String {
  /// The data of a workflow command: `%`, CR and LF are escaped, as @actions/core does; other control
  /// characters are made visible.
  var githubData: String {
    harmless(keeping: ["\n"]).replacingScalars("%", with: "%25")
      .replacingScalars("\n", with: "%0A")
  }

  /// The value of a property of a workflow command: also without `:` and `,`.
  var githubProperty: String {
    githubData.replacingScalars(":", with: "%3A").replacingScalars(",", with: "%2C")
  }
}
