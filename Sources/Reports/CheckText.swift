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

  /// For the forms that are no text; without colour.
  package static func document(_ result: CheckResult) -> ReportDocument {
    let text = CheckText(result, style: TerminalStyle())
    var document = ReportDocument(
      name: "backout check", verdict: result.verdict, headline: text.sentence)
    document.parts = [.init(title: "Answers", content: .answers(result.answers))]
    if !result.reasons.isEmpty {
      document.parts.append(.init(title: "Why", content: .reasons(result.reasons)))
    }
    if !result.next.isEmpty {
      document.parts.append(.init(title: "What to do next", content: .steps(result.next)))
    }
    document.parts.append(.init(title: "The database", content: .lines(text.database)))
    let places = text.blocks + result.diagnostics.map(text.style.line(of:))
    if !places.isEmpty {
      document.parts.append(
        .init(title: "Places in the migrations", content: .lines(places), isFolded: true))
    }
    document.cases = ReportDocument.Case.questions(result.reasons)
    document.closing = coverageLine(result.coverage, text.style)
    return document
  }

  private var headline: String { style.headline(result.verdict, sentence) }

  private var sentence: String {
    let resolved =
      result.destination.flatMap { $0 == result.target ? nil : " (\($0.harmless))" } ?? ""
    let from = result.isPlaceKnown ? "from \(current) " : ""
    let way = "going back \(from)to \(result.target.harmless)\(resolved)"
    return switch result.verdict {
    case .safe: "\(way) executes, loses nothing and restores the schema"
    case .wait: "\(way) is safe in itself, but not now: \(first)"
    case .unknown, .depends, .unsafe: "\(way): \(first)"
    }
  }

  private var first: String { result.reasons.first?.text.harmless ?? "no reason is known" }

  private var current: String {
    guard result.isPlaceKnown else { return "not known" }
    return result.current.isEmpty
      ? "base" : result.current.map(\.harmless).joined(separator: ", ")
  }

  private var database: [String] {
    var lines = serverLines(result.server)
    lines.append("revision  \(current)")
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
    lines += lockLines(result.lock)
    lines += listed("blocked", result.blockers.map(\.words))
    lines += listed("tables", result.sizes.map(\.words))
    lines += listed("drift", result.drift)
    lines += listed("note", result.notes)
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
      // On one line, so that it can be copied.
      if let sql = reason.sql { lines.append("    by hand: " + style.paint(sql.harmless, .strong)) }
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
    guard !result.next.isEmpty else { return [] }
    var lines = ["what to do next"]
    for (index, step) in result.next.enumerated() {
      lines += style.paragraph("\(index + 1). \(step.text.harmless)", indent: 2)
      // On one line, so that it can be copied.
      if let command = step.command {
        lines.append("       " + style.paint(command.harmless, .strong))
      }
    }
    return lines + [""]
  }
}
