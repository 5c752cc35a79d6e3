// A live check as text: the verdict and its reason first, then what decides, the coverage last.

import DatabaseFacts
import SafetyRules
import SourceText
package import Verdicts

/// The text form of `backout check`.
package struct CheckText {
  private let result: CheckResult
  private let style: TerminalStyle

  package init(_ result: CheckResult, style: TerminalStyle) {
    self.result = result
    self.style = style
  }

  package func rendered() -> String {
    var lines = [headline, ""]
    lines += database
    lines.append("")
    lines += reasons
    lines += blocks
    lines += result.diagnostics.map(style.line(of:))
    lines += next
    lines.append(coverageLine(result.coverage, style))
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    let way = "going back from \(current) to \(result.target.harmless)"
    switch result.verdict {
    case .safe:
      return style.headline(.safe, "\(way) executes, loses nothing and restores the schema")
    case .wait: return style.headline(.wait, "\(way) is safe in itself, but not now: \(first)")
    case .unknown, .depends: return style.headline(.unknown, "\(way): \(first)")
    case .unsafe: return style.headline(.unsafe, "\(way): \(first)")
    }
  }

  private var first: String { result.reasons.first?.text.harmless ?? "no reason is known" }

  private var current: String {
    result.current.isEmpty ? "base" : result.current.map(\.harmless).joined(separator: ", ")
  }

  private var database: [String] {
    let server = result.server
    let role = server.isInRecovery ? "in recovery (standby)" : "primary"
    var lines = [
      "database  \(server.host.harmless), PostgreSQL \(server.version.harmless), \(role)",
      "revision  \(current)",
    ]
    if result.ignoredParameters > 0 {
      let count = result.ignoredParameters
      let words = count == 1 ? "one parameter" : "\(count) parameters"
      lines.append("          not used of the URL: \(words) that libpq does not have")
    }
    for (index, revision) in result.path.enumerated() {
      let message = index < result.messages.count ? result.messages[index].harmless : ""
      let head = index == 0 ? "way back  " : "          "
      lines.append("\(head)\(index + 1). \(revision.harmless)  \(message)")
    }
    if result.path.isEmpty, result.judgement != nil { lines.append("way back  nothing to do") }
    lines.append("lock      \(result.lock.key.text) \(result.lock.words.harmless)")
    for session in result.lock.sessions.dropFirst() {
      lines.append(
        "          \(session.isGranted ? "held" : "awaited") by \(session.words.harmless)")
    }
    if let gap = result.lock.gap { lines.append("          \(gap.harmless)") }
    for (index, line) in result.drift.enumerated() {
      lines.append((index == 0 ? "drift     " : "          ") + line.harmless)
    }
    lines.append("answers   " + style.answers(result.answers))
    return lines
  }

  private var reasons: [String] {
    var lines: [String] = []
    for reason in result.reasons {
      let place = reason.location.map { " (\($0.file.harmless):\($0.start.line))" } ?? ""
      lines += style.paragraph(
        "\(style.verdict(reason.verdict))  \(reason.question.rawValue): \(reason.text.harmless)\(place)",
        indent: 0)
    }
    if !lines.isEmpty { lines.append("") }
    return lines
  }

  private var blocks: [String] {
    let analysis = Analysis(
      findings: result.findings.filter { $0.severity > .info || !$0.evidence.isEmpty },
      opaque: result.opaque, sources: result.sources)
    return TextReport(analysis, style: style).places()
  }

  private var next: [String] {
    switch result.verdict {
    case .safe:
      guard !result.path.isEmpty else { return [] }
      let target = result.destination ?? result.target
      return [
        "next: alembic downgrade \(target.harmless), from the checkout that has these files", "",
      ]
    case .wait: return ["next: wait until the lock is free, then check again", ""]
    case .unsafe, .unknown, .depends:
      guard result.answers.code == .works else { return [] }
      return [
        "next: the code from before works on this schema; rolling back the code alone is enough",
        "",
      ]
    }
  }
}

/// The JSON form of `backout check`: that of `analyze`, with the database.
package func checkJSON(_ result: CheckResult) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.field("verdict", result.verdict.rawValue)
    json.write(result.answers)
    json.field("now", result.now.rawValue)
    json.field("schema_differences", result.judgement?.schemaDifferences ?? [])
    json.field("code_breaks", result.judgement?.codeBreaks ?? [])
    json.key("reasons")
    json.array { json in
      for reason in result.reasons {
        json.object { json in
          json.field("question", reason.question.rawValue)
          json.field("verdict", reason.verdict.rawValue)
          json.field("message", reason.text)
          json.field("file", reason.location?.file)
          json.field("line", reason.location?.start.line)
        }
      }
    }
    json.key("database")
    json.object { json in json.write(database: result) }
    json.writePlaces(
      coverage: result.coverage, findings: result.findings, opaque: result.opaque,
      diagnostics: result.diagnostics)
  }
  return json.text + "\n"
}

extension JSONWriter {
  fileprivate mutating func write(database result: CheckResult) {
    field("current", result.current)
    field("target", result.target)
    field("path", result.path)
    field("server_version", result.server.version)
    field("database", result.server.database)
    field("user", result.server.user)
    field("host", result.server.host)
    field("in_recovery", result.server.isInRecovery)
    field("drift", result.drift)
    key("advisory_lock")
    object { json in
      switch result.lock.key {
      case .single(let key): json.field("key", Int(key))
      case .pair: json.field("key", result.lock.key.text)
      }
      json.field("held", result.lock.isHeld)
      json.key("holders")
      json.array { json in
        for session in result.lock.sessions {
          json.object { json in
            json.field("pid", session.pid)
            json.field("application", session.application)
            json.field("user", session.user)
            json.field("client", session.client)
            json.field("since", session.since)
            json.field("state", session.state)
            json.field("granted", session.isGranted)
          }
        }
      }
      json.field("gap", result.lock.gap)
    }
  }
}
