// All that an analysis says, place by place, as the formats for other programs need it.

import SafetyRules
import SourceText
import Verdicts

/// One thing that is said of one place: by a rule, or because something is not known.
struct ReportItem: Sendable {
  /// A rule's name; else one of `OtherTopic`.
  var rule: String
  var severity: Severity
  /// Empty for what concerns no revision.
  var revision: String
  var direction: StepDirection?
  var location: SourceLocation
  var message: String
  var help: String
  var sql: String?
  var evidence: [String]
  /// Why it does not count: the reason that was given, or `baseline`.
  var suppressed: String?
  var subjectDigest: String

  var isInBaseline: Bool { suppressed == "baseline" }

  /// Whether it may be what a verdict comes from.
  fileprivate var isDeciding: Bool {
    severity == .error || rule == OtherTopic.unknown.rawValue
  }

  /// The message with what was seen and what to do instead, a line each.
  var paragraphs: [String] {
    [message] + evidence.map { "seen: \($0)" } + (help.isEmpty ? [] : ["help: \(help)"])
  }
}

/// What is said by no rule.
enum OtherTopic: String, CaseIterable {
  /// A place whose effect cannot be known.
  case unknown
  /// A verdict whose reason no rule tells.
  case verdict
  /// Something odd about a file.
  case project

  var summary: String {
    switch self {
    case .unknown:
      "What the migration does here cannot be known without running it, so that the verdict cannot be safe."
    case .verdict: "Why the revision cannot be taken back safely, where no rule tells it."
    case .project: "Something about the project or a file of it that keeps it from being judged."
    }
  }
}

extension Analysis {
  /// Everything that is said, in the one order of output.
  var items: [ReportItem] {
    var items = findings.map(ReportItem.init(_:)) + opaque.map(ReportItem.init(_:))
    let told = Dictionary(
      items.filter { $0.suppressed == nil && $0.isDeciding }.map { ($0.revision, $0.severity) },
      uniquingKeysWith: max)
    for revision in revisions where revision.verdict > .depends {
      items += untold(revision, told[revision.revision])
    }
    items += untoldDiagnostics.map(ReportItem.init(_:))
    if let refusal, !diagnostics.contains(where: { refusal.contains($0.message) }) {
      let file = diagnostics.first?.location.file ?? revisions.first?.file ?? "alembic.ini"
      items.append(
        ReportItem(
          .project, .error, "alembic does not load these migrations: \(refusal)",
          at: SourceLocation(file: file)))
    }
    return items.sorted { left, right in
      if left.location != right.location { return left.location < right.location }
      if left.severity != right.severity { return left.severity > right.severity }
      return (left.rule, left.message) < (right.rule, right.message)
    }
  }

  /// What no finding says of the same file.
  var untoldDiagnostics: [Diagnostic] {
    let said = Set(findings.map { [$0.rule, $0.location.file] })
    return diagnostics.filter { diagnostic in
      diagnostic.topic.map { said.contains([$0, diagnostic.location.file]) } != true
    }
  }

  /// Why a verdict is what it is, where nothing as bad is told of the revision; at least one reason.
  private func untold(_ revision: RevisionAssessment, _ told: Severity?) -> [ReportItem] {
    let severity: Severity = revision.verdict == .unsafe ? .error : .warning
    if let told, told >= severity { return [] }
    let reasons = revision.reasons.filter { $0.verdict == revision.verdict }
    let items = reasons.map { reason in
      ReportItem(
        .verdict, severity, "\(reason.question.rawValue): \(reason.text)",
        at: reason.location ?? SourceLocation(file: revision.file), of: revision)
    }
    if !items.isEmpty { return items }
    return [
      ReportItem(
        .verdict, severity, "the way back is \(revision.verdict.rawValue)",
        at: SourceLocation(file: revision.file), of: revision)
    ]
  }
}

extension ReportItem {
  init(_ finding: Finding) {
    self.init(
      rule: finding.rule, severity: finding.severity, revision: finding.revision,
      direction: finding.direction, location: finding.location, message: finding.message,
      help: finding.help, sql: finding.sql, evidence: finding.evidence,
      suppressed: finding.suppressed, subjectDigest: finding.subjectDigest)
  }

  init(_ note: OpaqueNote) {
    let message = "not known: \(note.kind): \(note.detail)"
    self.init(
      rule: OtherTopic.unknown.rawValue, severity: .warning, revision: note.revision,
      direction: note.direction, location: note.location, message: message, help: "", sql: nil,
      evidence: [], suppressed: note.suppressed, subjectDigest: digest(message))
  }

  fileprivate init(_ diagnostic: Diagnostic) {
    self.init(
      .project, diagnostic.isRemark ? .info : .error, diagnostic.message, at: diagnostic.location)
  }

  fileprivate init(
    _ topic: OtherTopic, _ severity: Severity, _ message: String, at location: SourceLocation,
    of revision: RevisionAssessment? = nil
  ) {
    self.init(
      rule: topic.rawValue, severity: severity, revision: revision?.revision ?? "", direction: nil,
      location: location, message: message, help: "", sql: nil, evidence: [],
      suppressed: revision?.acknowledged, subjectDigest: digest(message))
  }
}
