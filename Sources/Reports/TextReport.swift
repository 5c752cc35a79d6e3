// An analysis as text for a person: the verdict first, a block per operation, the coverage last.

import SafetyRules
import SourceText
import Threads
package import Verdicts

/// The text form of `backout analyze`.
package struct TextReport: Sendable {
  let analysis: Analysis
  let style: TerminalStyle
  private let options: TextOptions

  package init(
    _ analysis: Analysis, style: TerminalStyle, options: TextOptions = TextOptions()
  ) {
    self.analysis = analysis
    self.style = style
    self.options = options
  }

  package func rendered() -> String {
    let changes = analysis.changes.map { $0.lines(style) + [""] } ?? []
    if options.isQuiet { return text([headline] + quietLines) }
    if options.hasStatistics { return text([headline, ""] + changes + statistics + closingLines) }
    if options.grouping == .rule {
      return text(
        [headline, ""] + changes + ruleBlocks + reasonLines + unknownBlocks + diagnosticLines
          + closingLines)
    }
    return text([headline, ""] + changes) + blocks { text($0) }.map(\.content).joined()
      + text(otherLines + closingLines)
  }

  /// What is said of each revision that is news, made into what a caller needs of it.
  func blocks<Content: Sendable>(
    _ make: @escaping @Sendable ([String]) -> Content
  ) -> [(revision: RevisionAssessment, content: Content)] {
    // What is known of old is counted at the end, and not shown.
    let byRevision = Dictionary(
      grouping: analysis.findings.lazy.filter { $0.suppressed != "baseline" }, by: \.revision)
    let opaque = Dictionary(
      grouping: analysis.opaque.lazy.filter { $0.suppressed != "baseline" }, by: \.revision)
    let blocks = concurrentMap(analysis.revisions) { revision -> Content? in
      let findings = byRevision[revision.revision] ?? []
      guard deservesBlock(revision, findings) else { return nil }
      return make(block(of: revision, findings, opaque[revision.revision] ?? []))
    }
    return zip(analysis.revisions, blocks).compactMap { revision, block in
      block.map { (revision, $0) }
    }
  }

  /// What is said of no revision in particular.
  var otherLines: [String] {
    let known = Set(analysis.revisions.map(\.revision))
    return operations(analysis.findings.filter { !known.contains($0.revision) })
      + analysis.opaque.filter { !known.contains($0.revision) }.flatMap(block(of:))
      + diagnosticLines
  }

  private var diagnosticLines: [String] {
    // What a finding says of the same file is not repeated.
    let diagnostics = analysis.untoldDiagnostics
    return diagnostics.map(line(of:)) + (diagnostics.isEmpty ? [] : [""])
  }

  /// The counts at the end.
  var closingLines: [String] { summary + [coverageLine(analysis.coverage, style)] }

  private func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }

  /// The blocks of all places, without the revisions around them.
  func places() -> [String] {
    operations(analysis.findings) + analysis.opaque.flatMap(block(of:))
  }

  private var unknownBlocks: [String] {
    analysis.opaque.filter { $0.suppressed != "baseline" }.flatMap(block(of:))
  }

  private func block(of note: OpaqueNote) -> [String] {
    place(note.location, label: note.direction.rawValue, tone: .doubtful)
      + style.paragraph(
        "\(style.paint("not known", .doubtful)): \(note.kind): \(note.detail.harmless)", indent: 4)
      + (note.suppressed.map { style.paragraph("acknowledged: \($0.harmless)", indent: 4) } ?? [])
      + [""]
  }

  /// A revision whose downgrade only undoes its upgrade is not news; it is counted at the end.
  private func deservesBlock(_ revision: RevisionAssessment, _ findings: [Finding]) -> Bool {
    options.isVerbose || revision.verdict > .depends && revision.acknowledged != "baseline"
      || findings.contains { $0.severity > .info }
  }

  private var headline: String { style.headline(analysis.verdict, headlineText) }

  /// What the verdict means here.
  var headlineText: String {
    if let headline = options.headline { return headline }
    guard let verdict = analysis.verdict else { return "no revision to judge" }
    if let refusal = analysis.refusal {
      return "alembic does not load these migrations: \(refusal.harmless)"
    }
    let count = analysis.revisions.count { $0.verdict == verdict }
    if count == 0 { return "the project has errors, so that no revision is sure; see below" }
    let total = analysis.revisions.count
    let share = count == total ? "all \(total) revisions" : "\(count) of \(total) revisions"
    let subject = total == 1 ? "the revision" : share
    if verdict == .depends {
      return "whether \(subject) can be taken back without loss is for the data to tell: "
        + "backout check asks it"
    }
    let isKnown = analysis.revisions.allSatisfy {
      $0.verdict != verdict || $0.acknowledged != nil
    }
    return "\(subject) \(meaning(of: verdict))\(isKnown ? "; acknowledged" : "")"
  }

  private func meaning(of verdict: Verdict) -> String {
    switch verdict {
    case .safe: "can be taken back without loss"
    case .depends, .wait: "can be taken back under a condition"
    case .unknown: "cannot be judged: something that decides is not known"
    case .unsafe: "cannot be taken back without loss, failure or a different schema"
    }
  }

  private func block(
    of revision: RevisionAssessment, _ findings: [Finding], _ opaque: [OpaqueNote]
  ) -> [String] {
    let title = revision.message.isEmpty ? "" : "  " + revision.message.harmless
    var lines = [
      "\(style.verdict(revision.verdict))  \(style.paint(revision.revision.harmless, .strong))\(title)",
      "  " + style.answers(revision.answers),
    ]
    if let reason = revision.acknowledged {
      lines += style.paragraph("acknowledged: \(reason.harmless)", indent: 2)
    }
    let untold = revision.reasons.filter { reason in
      !findings.contains { said(reason, by: $0) } && !opaque.contains { said(reason, by: $0) }
    }
    var told: Set<String> = []
    for reason in untold {
      let line = "\(reason.question.rawValue): \(reason.text.harmless)"
      if told.insert(line).inserted { lines += style.paragraph(line, indent: 2) }
    }
    lines.append("")
    lines += operations(
      findings.filter {
        $0.severity > .info || revision.verdict > .depends || options.isVerbose
      })
    lines += opaque.flatMap(block(of:))
    return lines
  }

  /// A reason that a finding at the same place already tells is not repeated.
  private func said(_ reason: Reason, by finding: Finding) -> Bool {
    reason.location != nil && reason.location == finding.location
  }

  private func said(_ reason: Reason, by note: OpaqueNote) -> Bool {
    reason.location == note.location && reason.text == note.detail
  }

  /// One block per place with all that is said about it.
  private func operations(_ findings: [Finding]) -> [String] {
    var lines: [String] = []
    var index = findings.startIndex
    while index < findings.endIndex {
      let first = findings[index]
      let end = findings[index...].firstIndex { $0.location != first.location } ?? findings.endIndex
      lines += operation(findings[index..<end])
      index = end
    }
    return lines
  }

  private func operation(_ findings: ArraySlice<Finding>) -> [String] {
    guard let first = findings.first else { return [] }
    let worst = findings.map(\.severity).max() ?? .info
    var lines = place(first.location, label: first.direction.rawValue, tone: style.tone(of: worst))
    var statements: [String] = []
    for sql in findings.compactMap(\.sql) where !statements.contains(sql) { statements.append(sql) }
    let shown = options.isVerbose ? statements.count : min(3, statements.count)
    lines += statements.prefix(shown).map { style.sql($0) }
    if shown < statements.count {
      lines.append("    … \(statements.count - shown) more statements")
    }
    for finding in findings {
      lines += words(of: finding, after: name(of: finding.rule, finding.severity) + " ")
    }
    var helps: [String] = []
    for finding in findings where !finding.help.isEmpty && !helps.contains(finding.help) {
      helps.append(finding.help)
    }
    for help in helps {
      lines += style.paragraph("\(style.paint("help", .link)): \(help.harmless)", indent: 4)
    }
    lines.append("")
    return lines
  }

  /// What a finding says, what was seen and why it does not count.
  func words(of finding: Finding, after name: String) -> [String] {
    var lines = style.paragraph(name + finding.message.harmless, indent: 4)
    for fact in finding.evidence { lines += style.paragraph("seen: \(fact.harmless)", indent: 4) }
    if let reason = finding.suppressed {
      lines += style.paragraph("acknowledged: \(reason.harmless)", indent: 4)
    }
    return lines
  }

  /// A rule's name as a report shows it.
  func name(of rule: String, _ severity: Severity) -> String {
    let text = style.paint("\(severity.rawValue)[\(rule)]", style.tone(of: severity))
    guard let address = options.links[rule] else { return text }
    return "\u{1B}]8;;\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }

  func place(
    _ location: SourceLocation, label: String, tone: TerminalStyle.Tone
  ) -> [String] {
    let start = location.start
    let path = "\(location.file.harmless):\(start.line):\(start.column)"
    return ["  \(style.paint(path, .link))  \(label)"]
      + style.excerpt(of: location, in: analysis.sources[location.file], tone: tone)
      .map { "    " + $0 }
  }

  private func line(of diagnostic: Diagnostic) -> String { style.line(of: diagnostic) }

  private var summary: [String] {
    var lines: [String] = []
    let counts = Dictionary(grouping: analysis.revisions, by: \.verdict).mapValues(\.count)
    let verdicts: [Verdict] = [.unsafe, .unknown, .depends, .safe]
    let parts = verdicts.compactMap { verdict in
      counts[verdict].map { "\($0) \(style.verdict(verdict))" }
    }
    if !parts.isEmpty { lines.append("revisions: " + parts.joined(separator: ", ")) }
    let suppressed = analysis.findings.compactMap(\.suppressed)
    let old = suppressed.count { $0 == "baseline" }
    let count = [(suppressed.count - old, "acknowledged"), (old, "in the baseline")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if !count.isEmpty { lines.append("findings: " + count.joined(separator: ", ")) }
    return lines
  }
}

extension TerminalStyle {
  func headline(_ verdict: Verdict?, _ text: String) -> String {
    guard let verdict else { return text }
    return "\(paint(verdict.rawValue, tone(of: verdict), .strong))  \(text)"
  }

  func verdict(_ verdict: Verdict) -> String {
    paint(verdict.rawValue, tone(of: verdict), .strong)
  }

  func tone(of verdict: Verdict) -> Tone {
    switch verdict {
    case .safe: .good
    case .unsafe: .bad
    case .depends, .wait, .unknown: .doubtful
    }
  }

  func tone(of severity: Severity) -> Tone {
    switch severity {
    case .error: .bad
    case .warning: .doubtful
    case .info: .link
    }
  }

  func answers(_ answers: Answers) -> String {
    var parts = [
      "executes \(answers.executes.rawValue)", "data \(answers.data.rawValue)",
      "schema \(answers.schema.rawValue)", "old code \(answers.code.rawValue)",
    ]
    if let now = answers.now { parts.append("now \(now.rawValue)") }
    return paint(parts.joined(separator: " · "), .quiet)
  }

  /// A statement on one line, cut to the width.
  func sql(_ sql: String) -> String {
    let text = sql.onOneLine(width: max(20, width - 10)).harmless
    return "    \(paint("SQL", .quiet)) \(text)"
  }

  func paragraph(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return wrapped(text, width: width - indent - 2).enumerated().map { index, line in
      margin + (index == 0 ? "" : "  ") + line
    }
  }

  func line(of diagnostic: Diagnostic) -> String {
    let start = diagnostic.location.start
    let place = "\(diagnostic.location.file.harmless):\(start.line):\(start.column)"
    return "\(place): \(diagnostic.message.harmless)"
  }
}

/// What was understood, honestly, as the last line.
func coverageLine(_ coverage: Coverage, _ style: TerminalStyle) -> String {
  let total = coverage.statements + coverage.opaque
  guard coverage.opaque > 0 else {
    switch total {
    case 0: return "coverage: there are no statements"
    case 1: return "coverage: the one statement understood"
    default: return "coverage: all \(total) statements understood"
    }
  }
  let text = "coverage: \(coverage.statements) of \(total) statements understood, "
  return text + style.paint("\(coverage.opaque) not", .doubtful)
}
