// The result of `backout check`, to be written down.

import Reports
import Verdicts

public struct CheckReport: Sendable {
  enum Content: Sendable {
    case check(CheckResult)
    case verification(Verification)
  }
  private var content: Content

  init(_ content: Content) { self.content = content }

  mutating func noteIgnoredParameters(_ count: Int) {
    if case .check(var result) = content {
      result.ignoredParameters = count
      content = .check(result)
    }
  }

  mutating func note(_ text: String) {
    switch content {
    case .check(var result):
      result.notes.insert(text, at: 0)
      content = .check(result)
    case .verification(var result):
      result.notes.insert(text, at: 0)
      content = .verification(result)
    }
  }

  public func rendered(
    as format: ReportFormat, style: ReportStyle
  ) throws(BackoutFailure) -> String {
    switch (content, format) {
    case (.check(let result), .text): CheckText(result, style: style.text.terminal).rendered()
    case (.check(let result), .json): checkJSON(result)
    case (.check(let result), _): try CheckText.document(result).rendered(as: format, style)
    case (.verification(let result), .text): verificationText(result, style.text.terminal)
    case (.verification(let result), .json): verificationJSON(result)
    case (.verification(let result), _):
      try verificationDocument(result).rendered(as: format, style)
    }
  }

  public var exitCode: Int32 {
    switch content {
    case .check(let result): result.verdict.exitCode
    case .verification(let result): result.verdict.exitCode
    }
  }
}

extension ReportDocument {
  /// - Parameter format: neither text nor JSON.
  func rendered(as format: ReportFormat, _ style: ReportStyle) throws(BackoutFailure) -> String {
    switch format {
    case .github: githubAnnotations(self, style.context(.anyDoubt))
    case .junit: junitReport(self)
    case .markdown: markdownReport(self)
    case .html: htmlReport(self)
    case .text, .json, .sarif, .gitlab: throw format.refusal(by: "check")
    }
  }
}
