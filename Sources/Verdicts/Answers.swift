// The words of a verdict: four independent answers, the answer for this moment, and what they add up to.

/// Will every downgrade statement succeed?
package enum Executes: String, Sendable, Hashable, CaseIterable {
  case yes, depends, no, unknown
}

/// What is lost, on the way up or by going down?
package enum DataAnswer: String, Sendable, Hashable, CaseIterable {
  case kept
  /// What was written since the upgrade into what the upgrade created.
  case newLost = "new-lost"
  /// The upgrade destroyed it, or the downgrade destroys what existed before the upgrade.
  case oldLost = "old-lost"
  case unknown
}

/// Is the schema after the downgrade the one before the upgrade?
package enum SchemaAnswer: String, Sendable, Hashable, CaseIterable {
  case restored, differs, unknown
}

/// Does the code from before the upgrade work on the schema after it?
package enum CodeAnswer: String, Sendable, Hashable, CaseIterable {
  case works, breaks, unknown
}

/// May the downgrade be run at this moment? Live only.
package enum NowAnswer: String, Sendable, Hashable, CaseIterable {
  case clear, wait, unknown
}

/// What the answers add up to, from best to worst.
package enum Verdict: String, Sendable, Hashable, CaseIterable, Comparable {
  case safe, depends, wait, unknown, unsafe

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .safe: 0
    case .depends: 1
    case .wait: 2
    case .unknown: 3
    case .unsafe: 4
    }
  }

  /// The exit code of a live check that ends in this verdict. Code 2 is a failure of the tool.
  package var exitCode: Int32 {
    switch self {
    case .safe: 0
    case .unsafe: 1
    case .unknown: 3
    case .wait: 4
    case .depends: 5
    }
  }
}

/// The answers for a revision or a range. `now` is nil where no database was asked.
package struct Answers: Sendable, Hashable {
  package var executes: Executes
  package var data: DataAnswer
  package var schema: SchemaAnswer
  package var code: CodeAnswer
  package var now: NowAnswer?

  package init(
    executes: Executes, data: DataAnswer, schema: SchemaAnswer, code: CodeAnswer,
    now: NowAnswer? = nil
  ) {
    self.executes = executes
    self.data = data
    self.schema = schema
    self.code = code
    self.now = now
  }

  /// What is certain to be bad counts before what is not known, and that before what only depends.
  /// `code` is advice about another way back and does not enter. A live check settles `new-lost`:
  /// rows are really there.
  package var verdict: Verdict {
    if executes == .no || data == .oldLost || schema == .differs { return .unsafe }
    if now != nil, data == .newLost { return .unsafe }
    if executes == .unknown || data == .unknown || schema == .unknown { return .unknown }
    if executes == .depends || data == .newLost { return now == nil ? .depends : .unknown }
    switch now {
    case .wait: return .wait
    case .unknown: return .unknown
    case .clear, nil: return .safe
    }
  }
}
