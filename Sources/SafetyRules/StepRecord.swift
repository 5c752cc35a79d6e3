// What the replay of a step recorded: the transitions that rules look at.

import PostgresSyntax
package import SchemaModel
package import SourceText

/// One statement of a step with what it did to the catalog.
package struct StatementRecord: Sendable {
  /// The place in the migration file that emits it.
  package var location: SourceLocation
  package var sql: String
  package var outcome: StatementOutcome
  /// Under a condition that is not known.
  package var isConditional: Bool
  /// Whether it runs inside the migration's transaction; false in `autocommit_block()`.
  package var isInTransaction: Bool
  /// The new columns with a `default=` that stays in Python.
  package var pythonDefaults: Set<String>

  package init(
    location: SourceLocation, sql: String, outcome: StatementOutcome, isConditional: Bool,
    isInTransaction: Bool, pythonDefaults: Set<String> = []
  ) {
    self.location = location
    self.sql = sql
    self.outcome = outcome
    self.isConditional = isConditional
    self.isInTransaction = isInTransaction
    self.pythonDefaults = pythonDefaults
  }
}

/// One direction of one revision, replayed.
package struct StepRecord: Sendable {
  package var revision: String
  package var direction: StepDirection
  /// The ordinal that objects created by this step carry.
  package var origin: Origin
  package var statements: [StatementRecord]
  /// How many places of the step are not known; their notes are reported apart.
  package var opaqueCount: Int
  package var raises: DeclaredRaise?
  package var isMissing: Bool
  package var isEmptyBody: Bool
  /// The function's `def` line, or the start of the file where it is missing.
  package var location: SourceLocation
  /// The catalog after the step.
  package var after: Catalog

  package struct DeclaredRaise: Sendable, Hashable {
    package var type: String
    /// Nil where it is not known.
    package var message: String?
    package var location: SourceLocation

    package init(type: String, message: String?, location: SourceLocation) {
      self.type = type
      self.message = message
      self.location = location
    }
  }

  package init(
    revision: String, direction: StepDirection, origin: Origin, location: SourceLocation,
    after: Catalog
  ) {
    self.revision = revision
    self.direction = direction
    self.origin = origin
    self.statements = []
    self.opaqueCount = 0
    self.raises = nil
    self.isMissing = false
    self.isEmptyBody = false
    self.location = location
    self.after = after
  }

  /// Whether the step changes schema or rows, as far as is known.
  package var hasEffects: Bool {
    opaqueCount > 0 || statements.contains { $0.outcome.effects.contains(where: \.isLasting) }
  }

  /// Whether everything that the step does is known.
  package var isUnderstood: Bool {
    opaqueCount == 0 && statements.allSatisfy { $0.outcome.isUnderstood }
  }
}

/// A way up and the way back down again: one revision, or all between a database and its target.
package struct RoundTrip: Sendable {
  /// The catalog before the first upgrade.
  package var before: Catalog
  package var upgrades: [StepRecord]
  /// In the order of downgrading.
  package var downgrades: [StepRecord]

  package init(before: Catalog, upgrades: [StepRecord], downgrades: [StepRecord]) {
    self.before = before
    self.upgrades = upgrades
    self.downgrades = downgrades
  }

  package var after: Catalog { downgrades.last?.after ?? upgrades.last?.after ?? before }

  package var steps: [StepRecord] { upgrades + downgrades }
}

extension Effect {
  /// Whether it leaves something behind in schema or rows.
  package var isLasting: Bool {
    switch self {
    case .skipped, .settingChanged, .transactionControl, .maintenance, .viewRefreshed: false
    default: true
    }
  }
}

extension StepRecord {
  /// DROP … IF EXISTS before CREATE of the same name says what CREATE OR REPLACE says: it takes away the
  /// doubt, where no rows are at stake.
  package mutating func forgiveReplaced() {
    guard statements.contains(where: { !$0.outcome.doubts.isEmpty }) else { return }
    var created: Set<String> = []
    for place in statements.indices.reversed() {
      statements[place].outcome.doubts.removeAll { doubt in
        guard doubt.answers == .schema, case .mayBeThere(_, let name) = doubt.reason else {
          return false
        }
        return created.contains(name.name)
      }
      for effect in statements[place].outcome.effects {
        switch effect {
        case .triggerCreated(_, let trigger, _): created.insert(trigger.name)
        case .policyCreated(_, let policy): created.insert(policy.name)
        case .ruleCreated(_, let rule): created.insert(rule.name)
        case .viewCreated(let view): created.insert(view.name.name)
        case .routineCreated(let routine, _): created.insert(routine.name.name)
        case .indexCreated(_, let index, _): created.insert(index.name)
        case .constraintAdded(_, let constraint, _): created.insert(constraint.name)
        default: break
        }
      }
    }
  }
}
