// narrowing-type-change: the new type cannot hold every value of the old one.

import SchemaModel

enum NarrowingTypeChange: EffectRule {
  static let name = "narrowing-type-change"

  static func remark(
    on effect: Effect, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard case .columnTypeChanged(let change) = effect, change.change.isNarrowing else {
      return nil
    }
    let isNew = !context.isOld(change.column.origin)
    guard !(isNew && step.direction == .upgrade) else { return nil }
    let takesBack = step.direction == .downgrade && (isNew || context.takesBack(change))
    return Remark(
      takesBack ? .info : .error, Self.words(change, takesBack),
      help: takesBack ? "" : "make sure that every value fits before, or keep the wider type",
      question: takesBack ? "whether every value fits" : nil)
  }

  private static func words(_ change: ColumnTypeChange, _ takesBack: Bool) -> String {
    let types = "\(change.from?.description ?? "its type") to \(change.to.description)"
    let values = takesBack ? "values written since the upgrade" : "values"
    let what =
      switch change.change.values {
      case .mayChangeSilently: "\(values) that do not fit are changed without an error"
      case .readOrFails:
        "\(values) that cannot be read as one make the statement fail, and of others it is not kept how "
          + "they were written"
      default: "\(values) that do not fit make the statement fail"
      }
    let rewrite =
      change.change.rewritesTable == true ? "; the table is rewritten under ACCESS EXCLUSIVE" : ""
    return "\(change.column.words) goes from \(types): \(what)\(rewrite)"
  }
}
