// An analysis as JSON, by the contract of format 1.

import SafetyRules
import SourceText
package import Verdicts

/// The JSON form of `backout analyze`.
package func analysisJSON(_ analysis: Analysis) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.writeAnalysis(analysis)
  }
  return json.line
}

extension JSONWriter {
  /// - Parameter verdict: of all together; nil: that of the analysis.
  mutating func writeAnalysis(_ analysis: Analysis, verdict: Verdict? = nil) {
    field("verdict", (verdict ?? analysis.verdict)?.rawValue)
    if let changes = analysis.changes { write(changes) }
    key("revisions")
    array { json in for revision in analysis.revisions { json.write(revision) } }
    writePlaces(
      coverage: analysis.coverage, findings: analysis.findings, opaque: analysis.opaque,
      diagnostics: analysis.diagnostics)
  }

  mutating func writePlaces(
    coverage: Coverage, findings: [Finding], opaque: [OpaqueNote], diagnostics: [Diagnostic]
  ) {
    key("coverage")
    object { json in
      json.field("statements", coverage.statements)
      json.field("opaque", coverage.opaque)
    }
    key("findings")
    array { json in for finding in findings { json.write(finding) } }
    key("opaque")
    array { json in for note in opaque { json.write(note) } }
    key("diagnostics")
    array { json in for diagnostic in diagnostics { json.write(diagnostic) } }
  }

  private mutating func write(_ revision: RevisionAssessment) {
    object { json in
      json.field("revision", revision.revision)
      json.field("file", revision.file)
      json.field("verdict", revision.verdict.rawValue)
      json.field("acknowledged", revision.acknowledged)
      json.write(revision.answers)
      json.field("schema_differences", revision.schemaDifferences)
      json.field("code_breaks", revision.codeBreaks)
    }
  }

  mutating func write(_ answers: Answers) {
    field("executes", answers.executes.rawValue)
    field("data", answers.data.rawValue)
    field("schema", answers.schema.rawValue)
    field("code", answers.code.rawValue)
  }

  private mutating func write(_ finding: Finding) {
    object { json in
      json.field("rule", finding.rule)
      json.field("severity", finding.severity.rawValue)
      json.field("revision", finding.revision)
      json.field("direction", finding.direction.rawValue)
      json.write(finding.location)
      json.field("message", finding.message)
      json.field("help", finding.help)
      json.field("sql", finding.sql)
      json.field("suppressed", finding.suppressed)
      if !finding.evidence.isEmpty { json.field("evidence", finding.evidence) }
    }
  }

  private mutating func write(_ note: OpaqueNote) {
    object { json in
      json.field("revision", note.revision)
      json.field("direction", note.direction.rawValue)
      json.write(note.location)
      json.field("kind", note.kind)
      json.field("reason", note.detail)
      json.field("suppressed", note.suppressed)
    }
  }

  private mutating func write(_ diagnostic: Diagnostic) {
    object { json in
      json.field("file", diagnostic.location.file)
      json.field("line", diagnostic.location.start.line)
      json.field("column", diagnostic.location.start.column)
      json.field("message", diagnostic.message)
    }
  }

  private mutating func write(_ location: SourceLocation) {
    field("file", location.file)
    field("line", location.start.line)
    field("column", location.start.column)
    field("end_line", location.end.line)
    field("end_column", location.end.column)
  }
}
