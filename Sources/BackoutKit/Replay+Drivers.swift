// What the drivers that may be at work do not take of a statement.

import Alembic
import PostgresSyntax
import SafetyRules
import SchemaModel

extension Replayer {
  /// What drivers make of a statement whose strings they leave to the server.
  struct SentAnswers {
    var doubtful: Drivers
    var typed: [Failure] = []
    var untyped: [Failure] = []
  }

  func ask(
    _ sent: ParsedStep.SentStatement, _ statement: EmittedStatement, _ origin: Origin,
    _ catalog: Catalog
  ) -> SentAnswers {
    guard !drivers.isDisjoint(with: .sendTypedValues) else { return SentAnswers(doubtful: []) }
    func failures(_ part: ParsedStatement?) -> [Failure] {
      guard let part else { return [] }
      var catalog = catalog
      let context = ApplyContext(
        origin: origin, isInTransaction: true, transaction: transactions,
        serverVersion: serverVersion, allowance: allowance)
      // Those of class 42 are about the statement, and not about what is in the rows.
      return catalog.apply(part.statement, context: context).failures.filter {
        $0.sqlState.hasPrefix("42") && ($0.certainty == .certain || $0.certainty == .uncertain)
      }
    }
    // An upgrade only rules drivers out, by what is certain.
    let asksUntyped =
      direction == .downgrade && !drivers.isDisjoint(with: .refuseOtherValues)
    return SentAnswers(
      doubtful: sent.doubtful, typed: failures(sent.typed),
      untyped: asksUntyped ? failures(sent.untyped) : [])
  }

  /// What fails only by the types that the server is told, or finds.
  mutating func refuse(
    _ sent: SentAnswers, _ outcome: inout StatementOutcome, _ statement: EmittedStatement
  ) {
    let known = Set(outcome.failures)
    let typed = sent.typed.filter { !known.contains($0) }
    if let failure = typed.first(where: { $0.certainty == .certain }) {
      refuse(.typedValue, failure.sqlState, by: .sendTypedValues, &outcome, statement)
    } else if !typed.isEmpty {
      doubt(.typedValue, of: .sendTypedValues, &outcome)
    } else if sent.untyped.contains(where: { !known.contains($0) }) {
      // Strings for enums and the like are taken.
      doubt(.otherValue, of: .refuseOtherValues, &outcome)
    } else {
      doubt(.otherValue, of: sent.doubtful, &outcome)
    }
  }

  private func doubt(
    _ refusal: DriverRefusal, of refusing: Drivers, _ outcome: inout StatementOutcome
  ) {
    let affected = drivers.intersection(refusing)
    guard direction == .downgrade, !affected.isEmpty else { return }
    outcome.doubts.append(Doubt(.executes, .refusedByDriver(refusal, affected.names)))
  }

  /// Notes what some drivers do not take. Databases are past an upgrade, so not by one of those.
  /// - Parameter sqlState: nil where the driver itself refuses it.
  mutating func refuse(
    _ refusal: DriverRefusal, _ sqlState: String?, by refusing: Drivers,
    _ outcome: inout StatementOutcome, _ statement: EmittedStatement
  ) {
    let affected = drivers.intersection(refusing)
    guard !affected.isEmpty else { return }
    if direction == .upgrade {
      if !statement.isConditional { drivers = drivers.without(refusing) }
    } else if affected == drivers, !statement.isConditional, let sqlState {
      outcome.failures.append(
        Failure(
          sqlState: sqlState, reason: .refusedByDriver(refusal, affected.names),
          certainty: .certain))
    } else {
      doubt(refusal, of: refusing, &outcome)
    }
  }
}
