// What is judged and what comes out: values that reports write down.

package import SafetyRules
package import SourceText

/// The judgement of one revision: from after its upgrade back to before it.
package struct RevisionAssessment: Sendable {
  package var revision: String
  /// The first line of the file's docstring.
  package var message: String
  package var file: String
  package var answers: Answers
  /// One line each, in catalog order.
  package var schemaDifferences: [String]
  /// Why code from before the upgrade breaks on the schema after it, one line each.
  package var codeBreaks: [String]
  /// Why the answers are not the best ones: the deciding facts, worst first.
  package var reasons: [Reason]
  /// Why the verdict does not count for a gate: the reasons of those who acknowledged all that
  /// explains it. The verdict stays what it is.
  package var acknowledged: String?

  package init(
    revision: String, message: String, file: String, answers: Answers,
    schemaDifferences: [String] = [], codeBreaks: [String] = [], reasons: [Reason] = []
  ) {
    self.revision = revision
    self.message = message
    self.file = file
    self.answers = answers
    self.schemaDifferences = schemaDifferences
    self.codeBreaks = codeBreaks
    self.reasons = reasons
  }

  package var verdict: Verdict { answers.verdict }
}

/// A fact that decides an answer, in one line.
package struct Reason: Sendable, Hashable {
  package enum Question: String, Sendable, Hashable {
    case executes, data, schema, now
  }
  package var question: Question
  /// What the answer becomes by this reason alone.
  package var verdict: Verdict
  package var text: String
  package var location: SourceLocation?
  /// A query that a person may run to settle it; nil where there is none.
  package var sql: String?

  package init(
    _ question: Question, _ verdict: Verdict, _ text: String, at location: SourceLocation? = nil,
    sql: String? = nil
  ) {
    self.question = question
    self.verdict = verdict
    self.text = text
    self.location = location
    self.sql = sql
  }
}

/// A place that could not be known, as it is reported.
package struct OpaqueNote: Sendable, Hashable {
  package var revision: String
  package var direction: StepDirection
  package var location: SourceLocation
  /// A kind to count by.
  package var kind: String
  package var detail: String
  /// The reason of the comment that acknowledges it.
  package var suppressed: String?

  package init(
    revision: String, direction: StepDirection, location: SourceLocation, kind: String,
    detail: String
  ) {
    self.revision = revision
    self.direction = direction
    self.location = location
    self.kind = kind
    self.detail = detail
  }
}

/// How much was understood.
package struct Coverage: Sendable, Hashable {
  /// Statements whose effects are known.
  package var statements: Int
  /// Places and statements whose effects are not known.
  package var opaque: Int

  package init(statements: Int = 0, opaque: Int = 0) {
    self.statements = statements
    self.opaque = opaque
  }

  package static func + (left: Coverage, right: Coverage) -> Coverage {
    Coverage(statements: left.statements + right.statements, opaque: left.opaque + right.opaque)
  }
}

/// The result of a static analysis.
package struct Analysis: Sendable {
  /// Why Alembic would not load the project: then nothing in it can be taken back.
  package var refusal: String?
  /// Whether every file and setting was read.
  package var isComplete: Bool
  package var coverage: Coverage
  /// In the order of upgrading.
  package var revisions: [RevisionAssessment]
  package var findings: [Finding]
  package var opaque: [OpaqueNote]
  package var diagnostics: [Diagnostic]
  /// The texts that places refer to, by the path in their locations.
  package var sources: [String: SourceFile]
  /// What these revisions were selected by; nil: not by what changed.
  package var changes: RevisionChanges?

  package init(
    refusal: String? = nil, isComplete: Bool = true, coverage: Coverage = Coverage(),
    revisions: [RevisionAssessment] = [], findings: [Finding] = [], opaque: [OpaqueNote] = [],
    diagnostics: [Diagnostic] = [], sources: [String: SourceFile] = [:]
  ) {
    self.refusal = refusal
    self.isComplete = isComplete
    self.coverage = coverage
    self.revisions = revisions
    self.findings = findings
    self.opaque = opaque
    self.diagnostics = diagnostics
    self.sources = sources
  }

  /// The worst of the revisions that were judged, and no better than `unknown` where something could
  /// not be read; nil where there was nothing to judge.
  package var verdict: Verdict? {
    let worst = revisions.map(\.verdict).max()
    return isComplete ? worst : max(worst ?? .unknown, .unknown)
  }
}
