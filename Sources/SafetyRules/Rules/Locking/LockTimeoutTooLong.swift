// lock-timeout-too-long: a limit for waiting that is none.

import PostgresSyntax
import SchemaModel

enum LockTimeoutTooLong: StepRule {
  static let name = "lock-timeout-too-long"
  /// Longer than clients and load balancers wait for an answer, in milliseconds.
  private static let limit: Int64 = 60_000

  static func remarks(on step: StepRecord, in context: RoundTripContext) -> [(Remark, at: Int)] {
    var set: (time: Int64, position: Int)?
    for (position, statement) in step.statements.enumerated() {
      if let value = statement.value(ofSetting: "lock_timeout")?.first {
        set = milliseconds(value).map { (time: $0, position: position) }
      } else if let (time, position) = set, time == 0 || time > limit,
        let lock = context.lock(by: statement, in: step, where: \.blocksWrites)
      {
        return [(remark(time, lock), at: position)]
      }
    }
    return []
  }

  private static func remark(_ time: Int64, _ lock: TableLock) -> Remark {
    let table = displayed(lock.relation.name)
    return Remark(
      .info,
      time == 0
        ? "lock_timeout is switched off: the lock on \(table) is waited for without end, and whoever "
          + "comes after it waits too"
        : "lock_timeout is \(time / 1000) s: so long the lock on \(table) may be waited for, and whoever "
          + "comes after it waits too",
      help: "a few seconds, and another attempt later")
  }

  /// Nil for what is no time (manual 20.1.1); without a unit it is in milliseconds.
  private static func milliseconds(_ value: SQLConstant) -> Int64? {
    switch value {
    case .integer(let number): return number
    case .string(let text):
      let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
      let factors: [String: Int64] = [
        "": 1, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000,
      ]
      guard let number = Int64(digits),
        let factor = factors[text.dropFirst(digits.count).filter { $0 != " " }]
      else { return nil }
      let (time, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? nil : time
    default: return nil
    }
  }
}
