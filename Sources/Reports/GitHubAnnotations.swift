// An analysis as workflow commands of GitHub Actions, which become annotations of the changed lines.

import SafetyRules
import SourceText
package import Verdicts

/// - Parameter document: what the analysis is the ground of; its headline is said first.
package func githubAnnotations(
  _ analysis: Analysis, _ context: ReportContext, document: ReportDocument? = nil
) -> String {
  githubAnnotations(
    (document.map { [$0.headlineAnnotation] } ?? [])
      + context.news(of: analysis).filter { $0.suppressed == nil }.map { item in
        let step = item.direction.map { " in \($0.rawValue)" } ?? ""
        return GitHubAnnotation(
          item.severity, title: "backout: \(item.rule)\(step)",
          message: item.paragraphs.joined(separator: "\n"), at: item.location, context)
      })
}

struct GitHubAnnotation {
  let severity: Severity
  private let properties: KeyValuePairs<String, String>
  private let message: String

  init(
    _ severity: Severity, title: String, message: String, at location: SourceLocation,
    _ context: ReportContext
  ) {
    let (start, end) = (location.start, location.end)
    self.severity = severity
    self.message = message
    properties  // Columns are refused where the place has several lines.
    =
      end.line == start.line && end.column > start.column
      ? [
        "file": context.path(location.file), "line": String(start.line),
        "endLine": String(end.line), "col": String(start.column),
        "endColumn": String(end.column - 1), "title": title,
      ]
      : [
        "file": context.path(location.file), "line": String(start.line),
        "endLine": String(end.line), "title": title,
      ]
  }

  /// Of the whole step.
  init(_ severity: Severity, title: String, message: String) {
    self.severity = severity
    self.message = message
    properties = ["title": title]
  }

  fileprivate var line: String {
    let name =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    let fields = properties.map { "\($0)=\($1.githubProperty)" }.joined(separator: ",")
    return "::\(name) \(fields)::\(message.githubData)\n"
  }
}

/// One line for each annotation. GitHub shows ten errors, ten warnings and ten notices of a step and drops
/// the rest without a word; so that nothing is dropped in silence, the tenth then counts those left out.
func githubAnnotations(
  _ annotations: [GitHubAnnotation], command: String = "backout analyze"
) -> String {
  var text = ""
  for severity in Severity.allCases.reversed() {
    let same = annotations.filter { $0.severity == severity }
    let shown = same.count > limit ? limit - 1 : same.count
    text += same.prefix(shown).map(\.line).joined()
    if shown < same.count {
      text +=
        GitHubAnnotation(
          severity, title: "backout",
          message:
            "\(same.count - shown) more of this kind are not shown here; \(command) lists them"
        ).line
    }
  }
  return text
}

private let limit = 10

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
