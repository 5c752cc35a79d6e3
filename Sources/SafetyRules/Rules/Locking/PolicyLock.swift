// policy-lock: changes of policies and of row-level security keep everybody out for their moment.

import PostgresSyntax
import SchemaModel

enum PolicyLock: StatementRule {
  static let name = "policy-lock"

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard statement.outcome.effects.contains(where: \.isAboutPolicies),
      let lock = context.lock(by: statement, in: step, where: { $0 == .accessExclusive })
    else { return nil }
    return Remark(
      .info,
      "this locks \(displayed(lock.relation.name)) under "
        + statement.waiting(under: .accessExclusive),
      help: "SET lock_timeout before it, and keep long statements out of its transaction")
  }
}

extension Effect {
  fileprivate var isAboutPolicies: Bool {
    switch self {
    case .policyCreated, .policyChanged, .policyDropped(_, _, isDirect: true): true
    case .tableSettingChanged(_, .rowSecurity): true
    default: false
    }
  }
}
