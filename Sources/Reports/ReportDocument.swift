// A report about a database or a deployment rather than about places in code: what its forms for
// reviewers and for programs are made of.

import SafetyRules
import SourceText
import Verdicts

package struct ReportDocument: Sendable {
  /// Something that was asked, with its own answer: a test case, an annotation.
  struct Case: Sendable {
    var name: String
    /// Nil where there is none, because it could not be asked.
    var verdict: Verdict?
    /// Why it is not `safe`, worst first.
    var reasons: [Reason] = []
    /// What there is to say beside the reasons.
    var text = ""
  }

  struct Part: Sendable {
    enum Content: Sendable {
      case answers(Answers)
      case cases([Case])
      case reasons([Reason])
      case steps([NextStep])
      /// As the text report has them.
      case lines([String])
    }
    var title: String
    var content: Content
    /// Whether a comment shows it only when it is asked for.
    var isFolded = false
  }

  /// The command that a comment is found again by, as `backout check`.
  var name: String
  var verdict: Verdict
  var headline: String
  var parts: [Part] = []
  var cases: [Case] = []
  /// The last line.
  var closing = ""

  /// The cases, and one for the verdict where none of them explains it.
  var explained: [Case] {
    let worst = cases.map { $0.verdict ?? .unknown }.max() ?? .safe
    return worst >= verdict
      ? cases : cases + [Case(name: "verdict", verdict: verdict, text: headline)]
  }
}

extension ReportDocument.Case {
  /// One for each question that a database is asked.
  static func questions(_ reasons: [Reason]) -> [ReportDocument.Case] {
    [Reason.Question.executes, .data, .schema, .now].map { question in
      let own = reasons.filter { $0.question == question && $0.verdict != .safe }
      return ReportDocument.Case(
        name: question.rawValue, verdict: own.map(\.verdict).max() ?? .safe, reasons: own)
    }
  }
}

extension Reason {
  /// The text with the place that it is about.
  var sentence: String {
    text + (location.map { " (\($0.file):\($0.start.line))" } ?? "")
  }
}

extension Answers {
  /// Each question with its answer.
  var words: [(question: String, answer: String)] {
    let words = [
      ("executes", executes.rawValue), ("data", data.rawValue), ("schema", schema.rawValue),
      ("old code", code.rawValue),
    ]
    return words + (now.map { [("now", $0.rawValue)] } ?? [])
  }
}

// MARK: - Workflow commands, test cases

/// Annotations of GitHub Actions: one for each reason, at its place where it has one.
package func githubAnnotations(_ document: ReportDocument, _ context: ReportContext) -> String {
  if document.explained.allSatisfy({ $0.verdict == .safe }) {
    return githubAnnotations([document.headlineAnnotation])
  }
  return githubAnnotations(
    document.explained.filter { $0.verdict != .safe }.flatMap { entry in
      let title = "\(document.name): \(entry.name)"
      guard !entry.reasons.isEmpty else {
        return [GitHubAnnotation(severity(entry.verdict), title: title, message: entry.text)]
      }
      return entry.reasons.map { reason in
        let severity = severity(reason.verdict)
        return reason.location.map {
          GitHubAnnotation(severity, title: title, message: reason.text, at: $0, context)
        } ?? GitHubAnnotation(severity, title: title, message: reason.text)
      }
    }, command: document.name)
}

private func severity(_ verdict: Verdict?) -> Severity {
  switch verdict {
  case .safe: .info
  case .unsafe: .error
  case .depends, .wait, .unknown, nil: .warning
  }
}

extension ReportDocument {
  var headlineAnnotation: GitHubAnnotation {
    GitHubAnnotation(severity(verdict), title: "\(name): \(verdict.rawValue)", message: headline)
  }
}

/// JUnit XML: a test case for each case. What is not known, and what may not be run now, is an error.
package func junitReport(_ document: ReportDocument) -> String {
  junitReport(
    document.explained.map { entry in
      var test = TestCase(file: document.name, name: entry.name)
      test.summary = entry.reasons.first?.text ?? entry.text
      test.lines =
        entry.reasons.map { "\($0.verdict.rawValue): \($0.sentence)" }
        + (entry.text.isEmpty ? [] : [entry.text])
      switch entry.verdict {
      case .safe: test.result = .passed
      case .unsafe: test.result = .failure
      case .depends, .wait, .unknown, nil: test.result = .error
      }
      return test
    }, suite: document.name)
}
