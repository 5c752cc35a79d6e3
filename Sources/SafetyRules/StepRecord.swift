// What the replay of a step recorded: the transitions that rules look at.

package import PostgresSyntax
package import SchemaModel
package import SourceText

/// One statement of a step with what it did to the catalog. A reference, as every rule is handed it.
package final class StatementRecord: Sendable {
  /// The place in the migration file that emits it.
  package let location: SourceLocation
  /// Empty for what is refused before it becomes SQL.
  package let sql: String
  /// Nil for an empty text, and for what is refused before it becomes SQL.
  package let statement: Statement?
  package let outcome: StatementOutcome
  /// Under a condition that is not known.
  package let isConditional: Bool
  /// Whether it runs inside the migration's transaction; false in `autocommit_block()`.
  package let isInTransaction: Bool
  /// The new columns with a `default=` that stays in Python.
  package let pythonDefaults: Set<String>

  package init(
    location: SourceLocation, sql: String, statement: Statement? = nil,
    outcome: StatementOutcome, isConditional: Bool, isInTransaction: Bool,
    pythonDefaults: Set<String> = []
  ) {
    self.location = location
    self.sql = sql
    self.statement = statement
    self.outcome = outcome
    self.isConditional = isConditional
    self.isInTransaction = isInTransaction
    self.pythonDefaults = pythonDefaults
  }

  fileprivate func with(doubts: [Doubt]) -> StatementRecord {
    var outcome = outcome
    outcome.doubts = doubts
    return StatementRecord(
      location: location, sql: sql, statement: statement, outcome: outcome,
      isConditional: isConditional, isInTransaction: isInTransaction,
      pythonDefaults: pythonDefaults)
  }
}

/// A large value on the heap, so that what has it is copied as one reference.
private final class Held<Value: Sendable>: Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
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
  /// All places that are not known only read and write rows.
  package var isSchemaKnown: Bool
  /// Where it depends on more than its files and the database.
  package var outside: [OutsidePlace] = []
  package var raises: DeclaredRaise?
  /// It ends at an operation that SQLAlchemy refuses, the last of its statements.
  package var isCutShort: Bool
  package var isMissing: Bool
  package var isEmptyBody: Bool
  /// The function's `def` line, or the start of the file where it is missing.
  package var location: SourceLocation
  private var catalog: Held<Catalog>

  /// The catalog after the step.
  package var after: Catalog {
    get { catalog.value }
    set { catalog = Held(newValue) }
  }

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
    self.isSchemaKnown = true
    self.raises = nil
    self.isCutShort = false
    self.isMissing = false
    self.isEmptyBody = false
    self.location = location
    self.catalog = Held(after)
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
package final class RoundTrip: Sendable {
  /// The catalog before the first upgrade.
  package let before: Catalog
  package let upgrades: [StepRecord]
  /// In the order of downgrading.
  package let downgrades: [StepRecord]
  /// All in the order of time.
  package let steps: [StepRecord]

  package init(before: Catalog, upgrades: [StepRecord], downgrades: [StepRecord]) {
    self.before = before
    self.upgrades = upgrades
    self.downgrades = downgrades
    self.steps = upgrades + downgrades
  }

  package var after: Catalog { steps.last?.after ?? before }
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
      let doubts = statements[place].outcome.doubts
      let left = doubts.filter { doubt in
        guard doubt.answers == .schema, case .mayBeThere(_, let name) = doubt.reason else {
          return true
        }
        return !created.contains(name.name)
      }
      if left.count < doubts.count { statements[place] = statements[place].with(doubts: left) }
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

extension StepRecord {
  func renamesColumn(of table: ObjectID) -> Bool {
    statements.contains { statement in
      statement.outcome.effects.contains { effect in
        if case .renamed(let renaming) = effect {
          renaming.kind == .column && renaming.table?.id == table
        } else {
          false
        }
      }
    }
  }

  /// A label that gets the name of another one stands for other rows than before.
  package mutating func doubtSwappedLabels() {
    var freed: Set<String> = []
    for place in statements.indices {
      for case .enumValueRenamed(let type, let from, let to) in statements[place].outcome.effects {
        if freed.contains("\(type) \(to)") {
          add(Doubt(.data, .label(type, to)), to: place)
        }
        freed.insert("\(type) \(from)")
      }
    }
  }

  /// What a step makes and leaves is compared with what was there before; what it takes away again was
  /// never seen by PostgreSQL for all that is known.
  package mutating func doubtTransients() {
    var made: [String: Int] = [:]
    for place in statements.indices {
      for effect in statements[place].outcome.effects {
        if let name = effect.madeName {
          if effect.isSetAnew, let earlier = made[name] {
            add(Doubt(.executes, .transient(name)), to: earlier)
          }
          made[name] = place
        } else if !made.isEmpty, let name = effect.takenName, let earlier = made[name] {
          add(Doubt(.executes, .transient(name)), to: earlier)
        }
      }
    }
  }

  private mutating func add(_ doubt: Doubt, to place: Int) {
    let doubts = statements[place].outcome.doubts
    if !doubts.contains(doubt) {
      statements[place] = statements[place].with(doubts: doubts + [doubt])
    }
  }
}

extension Effect {
  /// A value that is set in the place of another.
  fileprivate var isSetAnew: Bool {
    switch self {
    case .defaultChanged, .tableSettingChanged: true
    default: false
    }
  }

  /// The object that the effect makes, by kind and name; nil for what has no definition to be wrong.
  fileprivate var madeName: String? {
    switch self {
    case .tableCreated(let table): "table \(table.name.name)"
    case .columnAdded(let addition):
      addition.column.isGenerated
        ? "column \(addition.table.name.name).\(addition.column.name)" : nil
    case .constraintAdded(let table, let constraint, _):
      "constraint \(constraint.name) of \(table.name.name)"
    case .indexCreated(_, let index, _): "index \(index.name)"
    case .viewCreated(let view): "view \(view.name.name)"
    case .routineCreated(let routine, _): "function \(routine.name.name)"
    case .triggerCreated(let table, let trigger, _):
      "trigger \(trigger.name) of \(table.name.name)"
    case .ruleCreated(let relation, let rule): "rule \(rule.name) of \(relation.name)"
    case .policyCreated(let table, let policy): "policy \(policy.name) of \(table.name.name)"
    case .inheritanceChanged(let table, let parent, true):
      "inheritance of \(table.name.name) from \(parent.name)"
    case .extensionCreated(let installed): "extension \(installed.name)"
    case .defaultChanged(let column, _, .expression):
      "default of \(column.table.name.name).\(column.name)"
    case .tableSettingChanged(let table, .options): "options of \(table.name.name)"
    default: nil
    }
  }

  fileprivate var takenName: String? {
    switch self {
    case .tableDropped(let drop): "table \(drop.table.name.name)"
    case .columnDropped(let drop): "column \(drop.table.name.name).\(drop.column.name)"
    case .constraintDropped(let table, let constraint, _):
      "constraint \(constraint.name) of \(table.name.name)"
    case .indexDropped(_, let index, _, _): "index \(index.name)"
    case .viewDropped(let view, _): "view \(view.name.name)"
    case .routineDropped(let routine, _): "function \(routine.name.name)"
    case .triggerDropped(let table, let trigger, _):
      "trigger \(trigger.name) of \(table.name.name)"
    case .ruleDropped(let relation, let name): "rule \(name) of \(relation.name)"
    case .policyDropped(let table, let policy, _): "policy \(policy.name) of \(table.name.name)"
    case .inheritanceChanged(let table, let parent, false):
      "inheritance of \(table.name.name) from \(parent.name)"
    case .extensionDropped(let installed, _): "extension \(installed.name)"
    default: nil
    }
  }
}
