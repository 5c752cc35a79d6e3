// An analysis as a Code Quality report of GitLab (CI/CD artifact `reports:codequality`).

import SafetyRules
import SourceText
package import Verdicts

/// Only what counts: GitLab shows what a merge request adds to the report of its target branch, and has
/// no word for what is acknowledged.
package func codeQualityReport(_ analysis: Analysis, _ context: ReportContext) -> String {
  var fingerprints = Fingerprints()
  var json = JSONWriter()
  json.array { json in
    for item in context.news(of: analysis) {
      let fingerprint = fingerprints.fingerprint(of: item)
      guard item.suppressed == nil else { continue }
      json.object { json in
        json.field("type", "issue")
        json.field("check_name", item.rule)
        json.field(
          "description",
          item.paragraphs.map { $0.harmless }.joined(separator: "; "))
        json.field("categories", ["Bug Risk"])
        json.field("severity", severity(of: item))
        json.field("fingerprint", fingerprint)
        json.key("location")
        json.object { json in
          json.field("path", context.path(item.location.file).harmless)
          json.key("lines")
          json.object { json in
            json.field("begin", item.location.start.line)
            json.field("end", item.location.end.line)
          }
        }
      }
    }
  }
  return json.line
}

/// One of GitLab's words: info, minor, major, critical, blocker.
private func severity(of item: ReportItem) -> String {
  switch item.severity {
  case .error: "critical"
  case .warning: OtherTopic(rawValue: item.rule) == nil ? "minor" : "major"
  case .info: "info"
  }
}
