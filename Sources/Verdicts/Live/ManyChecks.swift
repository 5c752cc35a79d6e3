// The checks of many databases together.

package struct ManyChecks: Sendable {
  package struct Line: Sendable {
    package enum Outcome: Sendable {
      case checked(CheckResult)
      /// The time was over before, and where.
      case unfinished(String)
      /// There is no verdict, and why.
      case failed(String)
    }
    package var name: String
    package var outcome: Outcome

    package init(name: String, outcome: Outcome) {
      self.name = name
      self.outcome = outcome
    }

    package var verdict: Verdict? {
      switch outcome {
      case .checked(let result): result.verdict
      case .unfinished: .unknown
      case .failed: nil
      }
    }
  }
  /// In the order in which they were asked for.
  package var lines: [Line]

  package init(lines: [Line]) { self.lines = lines }

  /// The worst; one that failed is not known.
  package var verdict: Verdict { lines.map { $0.verdict ?? .unknown }.max() ?? .unknown }

  package var failures: Int { lines.count { $0.verdict == nil } }

  /// 2 where the worst is that there is no verdict.
  package var exitCode: Int32 {
    verdict == .unknown && failures > 0 ? 2 : verdict.exitCode
  }
}
