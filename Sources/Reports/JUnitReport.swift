// An analysis as JUnit XML: a test case for each revision, which fails where the gate fails.

import SafetyRules
import SourceText
package import Verdicts

package func junitReport(_ analysis: Analysis, _ context: ReportContext) -> String {
  let known = Set(analysis.revisions.map(\.revision))
  let items = Dictionary(grouping: context.news(of: analysis)) {
    known.contains($0.revision) ? $0.revision : ""
  }
  var cases = analysis.revisions.map { revision in
    TestCase(revision, items[revision.revision] ?? [], context)
  }
  if let others = items[""] { cases.append(TestCase(ofProject: others, context)) }
  return junitReport(cases, suite: "backout")
}

/// - Parameter suite: its name.
func junitReport(_ cases: [TestCase], suite name: String) -> String {
  let failures = cases.count { $0.result == .failure }
  let errors = cases.count { $0.result == .error }
  let skipped = cases.count { $0.result == .skipped }
  let counts =
    "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
  let suite = "name=\"\(name.xml)\" \(counts) time=\"0\""
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites \(suite)>
      <testsuite \(suite)>
    \(cases.map(\.xml).joined())  </testsuite>
    </testsuites>

    """
}

struct TestCase {
  /// `error` is what could not be judged.
  enum Result: String {
    case passed, failure, error, skipped
  }
  var name: String
  var file: String
  var result = Result.passed
  var summary = ""
  var lines: [String] = []

  /// - Parameter file: what the case belongs to: a file, a command.
  init(file: String, name: String) {
    self.file = file
    self.name = name
  }

  fileprivate init(_ revision: RevisionAssessment, _ items: [ReportItem], _ context: ReportContext)
  {
    let title = revision.message.isEmpty ? "" : " " + revision.message
    name = revision.revision + title
    file = context.path(revision.file)
    let answers = revision.answers
    summary =
      "\(revision.verdict.rawValue): executes \(answers.executes.rawValue), data "
      + "\(answers.data.rawValue), schema \(answers.schema.rawValue)"
    lines = Self.lines(items, context)
    if context.fails(revision), revision.verdict == .unsafe || revision.verdict == .depends {
      result = .failure
    } else if items.contains(where: context.fails) {
      result = .failure
    } else if context.fails(revision) {
      result = .error
    } else if let reason = revision.acknowledged, revision.verdict > .depends {
      result = .skipped
      summary = "\(revision.verdict.rawValue), acknowledged: \(reason)"
    } else {
      result = .passed
    }
  }

  /// What concerns no revision in particular.
  fileprivate init(ofProject items: [ReportItem], _ context: ReportContext) {
    name = "project"
    file = items.first.map { context.path($0.location.file) } ?? ""
    summary = items.first?.message ?? ""
    lines = Self.lines(items, context)
    let failing = items.filter { $0.suppressed == nil && $0.severity > .info }
    result =
      items.contains(where: context.fails) ? .failure : failing.isEmpty ? .passed : .error
  }

  private static func lines(_ items: [ReportItem], _ context: ReportContext) -> [String] {
    items.filter { !$0.isInBaseline }.flatMap { item in
      let start = item.location.start
      let place = "\(context.path(item.location.file)):\(start.line):\(start.column)"
      let head = "\(place): \(item.severity.rawValue)[\(item.rule)] \(item.message)"
      return [head] + item.paragraphs.dropFirst().map { "  \($0)" }
        + (item.sql.map { ["  SQL: \($0)"] } ?? [])
        + (item.suppressed.map { ["  acknowledged: \($0)"] } ?? [])
    }
  }

  fileprivate var xml: String {
    let head = "    <testcase classname=\"\(file.xml)\" name=\"\(name.xml)\" time=\"0\""
    let text = lines.map { $0.harmless.xml + "\n" }.joined()
    switch result {
    case .passed where text.isEmpty: return head + "/>\n"
    case .passed: return head + "><system-out>\(text)</system-out></testcase>\n"
    case .skipped:
      return head
        + "><skipped message=\"\(summary.xml)\"/><system-out>\(text)</system-out></testcase>\n"
    case .failure, .error:
      let name = result.rawValue
      return head
        + "><\(name) message=\"\(summary.xml)\" type=\"backout\">\(text)</\(name)></testcase>\n"
    }
  }
}

extension String {
  /// The text on one line for content and attributes of XML 1.0: markup is escaped, control characters
  /// are made visible, and what is no character there (section 2.2) is left out.
  var xml: String { escapingMarkup(harmless) }
}

/// `&`, `<`, `>` and both quotes as character references of XML and HTML.
func escapingMarkup(_ text: String) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": bytes += "&amp;".utf8
    case "<": bytes += "&lt;".utf8
    case ">": bytes += "&gt;".utf8
    case "\"": bytes += "&quot;".utf8
    case "'": bytes += "&#39;".utf8
    case _ where scalar.value & 0xFFFE == 0xFFFE: continue
    default: bytes += UTF8.encode(scalar) ?? UTF8.EncodedScalar()
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
