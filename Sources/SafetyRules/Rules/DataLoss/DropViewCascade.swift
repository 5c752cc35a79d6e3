// drop-view-cascade: views over a view go with it.

import PostgresSyntax
import SchemaModel

enum DropViewCascade: StatementRule {
  static let name = "drop-view-cascade"
  static let speaksFor: Set<String> = [DropView.name]

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    for case .viewDropped(let view, isDirect: true) in statement.outcome.effects {
      let lost = context.lostViews(of: statement, in: step)
      guard !lost.isEmpty else { return nil }
      return Remark(
        .warning, "CASCADE drops with view \(displayed(view.name)) also \(list(lost))",
        help: "drop them by name, and create them again after the view")
    }
    return nil
  }
}

extension RoundTripContext {
  /// What goes along with a view and is not there again after the step.
  fileprivate func lostViews(of statement: StatementRecord, in step: StepRecord) -> [String] {
    var lost: [String] = []
    let after = step.direction == .upgrade ? frame.after : trip.after
    for case .viewDropped(let view, isDirect: false) in statement.outcome.effects
    where isOld(view.origin) && after.view(view.name) == nil {
      lost.append("view \(displayed(view.name))")
    }
    return lost
  }
}
