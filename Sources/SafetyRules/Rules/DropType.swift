// drop-type: a type goes, and with CASCADE the columns that use it.

import SchemaModel

struct DropType: EffectRule {
  static let name = "drop-type"

  func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .typeDropped(let type, let cascade) = effect else { return nil }
    let name = displayed(type.name)
    if cascade {
      return Remark(
        context.isOld(type.origin) ? .error : .warning,
        "DROP TYPE \(name) CASCADE drops every column of the type, with its values",
        help: "change the columns to text first, then drop the type without CASCADE")
    }
    guard context.isOld(type.origin) else { return nil }
    return Remark(
      .warning,
      "type \(name), which was there before, is dropped; while a column uses it this fails",
      help: "make sure that the other direction creates the type again, with the same labels")
  }
}
