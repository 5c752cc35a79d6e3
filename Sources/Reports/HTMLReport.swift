// An analysis as one page that needs nothing else: no script, no picture or style from elsewhere.

import SafetyRules
import SourceText
import Threads
package import Verdicts

/// What the page shows of a revision beside its judgement.
package struct StepTexts: Sendable {
  package var upgrade: SQLStep
  package var downgrade: SQLStep

  package init(upgrade: SQLStep, downgrade: SQLStep) {
    self.upgrade = upgrade
    self.downgrade = downgrade
  }
}

package struct HTMLReport: Sendable {
  let analysis: Analysis
  /// The heads first.
  private let lines: [GraphLine]
  /// By revision.
  let steps: [String: StepTexts]
  private let findings: [String: [Finding]]
  private let notes: [String: [OpaqueNote]]
  private let document: ReportDocument?

  /// - Parameter document: what the analysis is the ground of; it is said first.
  package init(
    _ analysis: Analysis, lines: [GraphLine], steps: [String: StepTexts],
    document: ReportDocument? = nil
  ) {
    self.analysis = analysis
    self.document = document
    self.lines = lines
    self.steps = steps
    findings = Dictionary(grouping: analysis.findings, by: \.revision)
    notes = Dictionary(grouping: analysis.opaque, by: \.revision)
  }

  package func rendered() -> String {
    let judged = Dictionary(
      analysis.revisions.map { ($0.revision, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = lines.enumerated().compactMap { row, line in
      judged[line.revision].map { (row: row, revision: $0) }
    }
    let alarming = rows.count { $0.revision.verdict > .depends }
    let blocks = concurrentMap(rows) { row in
      revision(
        row.revision, id: "r\(row.row)",
        isOpen: row.revision.verdict > .depends && alarming <= 20)
    }
    let text = TextReport(analysis, style: TerminalStyle())
    return htmlPage(
      verdict: document?.verdict ?? analysis.verdict,
      title: "Can this database be taken back?", headline: document?.headline ?? text.headlineText,
      counts: text.closingLines, skip: ("revisions", "Skip to the revisions"),
      main: """
        \(document?.htmlParts ?? "")\(others)<section aria-labelledby="graph">
        <h2 id="graph">Revision graph</h2>
        <p class="quiet">Heads first. \(legend)</p>
        <nav class="scroll" aria-label="Revisions in the graph" tabindex="0">
        \(GraphPicture(lines, isPage: true).svg)</nav>
        </section>
        <section aria-labelledby="revisions">
        <h2 id="revisions">Revisions</h2>
        \(blocks.joined())</section>

        """)
  }

  private var legend: String {
    Verdict.legend.map { "\(htmlBadge($0, isShort: true)) \($0.rawValue)" }.joined(separator: " ")
  }

  /// What concerns no revision.
  private var others: String {
    let known = Set(analysis.revisions.map(\.revision))
    let items = analysis.items.filter { !known.contains($0.revision) }
    if items.isEmpty { return "" }
    return """
      <section aria-labelledby="project">
      <h2 id="project">The project</h2>
      <ul class="plain">
      \(items.map { "<li>\(item($0))</li>\n" }.joined())</ul>
      </section>

      """
  }

  private func revision(_ revision: RevisionAssessment, id: String, isOpen: Bool) -> String {
    var notes = revision.reasons.map { "\($0.question.rawValue): \($0.text)" }
    notes += revision.codeBreaks.map { "old code: \($0)" }
    if let reason = revision.acknowledged { notes.append("acknowledged: \(reason)") }
    let list =
      notes.isEmpty
      ? "" : "<ul>\n\(notes.map { "<li>\(html($0))</li>\n" }.joined())</ul>\n"
    let texts = steps[revision.revision]
    return """
      <details class="revision"\(isOpen ? " open" : "")>
      <summary>\(htmlBadge(revision.verdict)) <h3><code>\(html(revision.revision))</code> \(html(revision.message))</h3></summary>
      <div class="body" id="\(id)">
      <p class="quiet">\(html(revision.file))</p>
      \(htmlAnswers(revision.answers))
      \(list)<div class="steps">
      \(step(.upgrade, texts?.upgrade, of: revision))\(step(.downgrade, texts?.downgrade, of: revision))</div>
      </div>
      </details>

      """
  }

  /// One direction: its statements in order, each with what is said of it.
  private func step(
    _ direction: StepDirection, _ step: SQLStep?, of revision: RevisionAssessment
  ) -> String {
    var findings = (findings[revision.revision] ?? []).filter { $0.direction == direction }
    let notes = (notes[revision.revision] ?? []).filter { $0.direction == direction }
    var entries: [(line: Int, text: String)] = []
    for statement in step?.statements ?? [] {
      // An operation in a loop emits several statements at the same place.
      let isSame = { (finding: Finding) in
        finding.location.start.line == statement.line && finding.sql == statement.sql
      }
      let said = findings.filter(isSame)
      findings.removeAll(where: isSame)
      let mark = statement.autocommit ? " <span class=\"quiet\">outside the transaction</span>" : ""
      entries.append(
        (
          statement.line,
          "<li>\(place(statement.line))\(mark)<pre><code>\(htmlLines(statement.sql))</code></pre>\n"
            + said.map { item(ReportItem($0), hasPlace: false) }.joined() + "</li>\n"
        ))
    }
    for finding in findings {
      let sql = finding.sql.map { "<pre><code>\(htmlLines($0))</code></pre>\n" } ?? ""
      entries.append(
        (
          finding.location.start.line,
          "<li>\(place(finding.location.start.line))\(sql)\(item(ReportItem(finding), hasPlace: false))</li>\n"
        ))
    }
    for note in notes {
      entries.append(
        (
          note.location.start.line,
          "<li>\(place(note.location.start.line))\(item(ReportItem(note), hasPlace: false))</li>\n"
        ))
    }
    if let raises = step?.raises {
      entries.append(
        (raises.line, "<li>\(place(raises.line)) raises: \(html(raises.text ?? "an error"))</li>\n")
      )
    }
    let ordered = entries.enumerated().sorted { left, right in
      left.element.line != right.element.line
        ? left.element.line < right.element.line : left.offset < right.offset
    }
    let list =
      ordered.isEmpty
      ? "<p class=\"quiet\">no statement</p>\n"
      : "<ol class=\"plain\">\n\(ordered.map(\.element.text).joined())</ol>\n"
    let name = direction == .upgrade ? "Upgrade" : "Downgrade"
    return "<div class=\"step\">\n<h4>\(name)</h4>\n\(list)</div>\n"
  }

  private func place(_ line: Int) -> String { "<span class=\"quiet\">line \(line)</span>" }

  /// What is said of a place.
  private func item(_ item: ReportItem, hasPlace: Bool = true) -> String {
    let place =
      hasPlace
      ? "<span class=\"quiet\">\(html(item.location.file)):\(item.location.start.line)</span> " : ""
    let title =
      "<strong>\(item.severity.rawValue)</strong> <code>\(html(item.rule))</code>"
    let reason = item.suppressed.map { "<p class=\"quiet\">acknowledged: \(html($0))</p>" } ?? ""
    return "<div class=\"said s-\(item.severity.rawValue)\">\(place)\(title)"
      + item.paragraphs.map { "<p>\(html($0))</p>" }.joined() + reason + "</div>\n"
  }
}
