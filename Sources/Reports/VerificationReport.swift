// Whether a database is what its revision says, as text and as JSON.

import DatabaseFacts
package import Verdicts

/// The text form of `backout check --verify-at`.
package func verificationText(_ result: Verification, _ style: TerminalStyle) -> String {
  var lines = [style.headline(result.verdict, sentence(result)), ""]
  lines += databaseLines(result)
  lines.append("")
  for reason in result.reasons {
    lines += style.paragraph(
      "\(style.verdict(reason.verdict))  \(reason.question.rawValue): \(reason.text.harmless)",
      indent: 0)
  }
  if !result.reasons.isEmpty { lines.append("") }
  lines.append(coverageLine(result.coverage, style))
  return lines.joined(separator: "\n") + "\n"
}

/// For the forms that are neither text nor JSON.
package func verificationDocument(_ result: Verification) -> ReportDocument {
  var document = ReportDocument(
    name: "backout check", verdict: result.verdict, headline: sentence(result))
  if !result.reasons.isEmpty {
    document.parts = [.init(title: "Why", content: .reasons(result.reasons))]
  }
  document.parts.append(.init(title: "The database", content: .lines(databaseLines(result))))
  document.cases = ReportDocument.Case.questions(result.reasons)
  document.closing = coverageLine(result.coverage, TerminalStyle())
  return document
}

private func sentence(_ result: Verification) -> String {
  let wanted = names(result.expected)
  let first = result.reasons.first?.text.harmless ?? ""
  return switch result.verdict {
  case .safe: "the database is at \(wanted), and its schema is that of the files"
  case .wait: "the database is at \(wanted), but not at rest: \(first)"
  case .unknown, .depends, .unsafe: "the database at \(wanted): \(first)"
  }
}

private func databaseLines(_ result: Verification) -> [String] {
  var lines = serverLines(result.server)
  lines.append("revision  \(result.isPlaceKnown ? names(result.current) : "not known")")
  lines += lockLines(result.lock)
  return lines + listed("drift", result.drift) + listed("note", result.notes)
}

private func names(_ revisions: [String]) -> String {
  revisions.isEmpty ? "base" : revisions.map(\.harmless).joined(separator: ", ")
}

/// The JSON form of `backout check --verify-at`.
package func verificationJSON(_ result: Verification) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.field("verdict", result.verdict.rawValue)
    json.field("expected", result.expected)
    json.write(reasons: result.reasons)
    json.key("database")
    json.object { json in
      json.field("current", result.current)
      json.write(result.server)
      json.field("drift", result.drift)
      json.field("notes", result.notes)
      json.write(result.lock)
    }
    json.key("coverage")
    json.object { json in
      json.field("statements", result.coverage.statements)
      json.field("opaque", result.coverage.opaque)
    }
  }
  return json.line
}
