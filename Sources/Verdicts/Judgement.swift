// A round trip, with what is not known in it and the facts of a database, into the four answers.

import PostgresSyntax
package import SafetyRules
package import SchemaModel
package import SourceText

/// What a live database said to a question about its rows.
package enum ProbeAnswer: Sendable, Hashable {
  /// There are none.
  case none
  /// There are some; `isEstimate` where the planner's estimate stands for a count.
  case some(count: Int?, isEstimate: Bool)
  /// It could not be told, and why; with a query that a person may run instead.
  case unknown(String, sql: String?)
}

/// The answers for a round trip, and what decides them.
package struct Judgement: Sendable {
  package var answers: Answers
  /// Worst first.
  package var reasons: [Reason]
  /// What is certain to be different by the history, in catalog order.
  package var differences: [SchemaDifference]
  /// What is certain to be different, one line each.
  package var schemaDifferences: [String]
  package var codeBreaks: [String]

  /// Something stands against the downgrade as a whole: it is not known to succeed.
  package mutating func doubt(_ text: String) { add(Reason(.executes, .unknown, text)) }

  /// The same, at a place.
  package mutating func add(_ doubt: Reason) {
    if answers.executes != .no { answers.executes = .unknown }
    reasons.insert(doubt, at: 0)
  }
}

/// Judges round trips. Without `answer` it judges statically: what the rows decide is `depends`.
package struct Judge: Sendable {
  /// Nil for a static analysis.
  private let answer: (@Sendable (LossProbe) -> ProbeAnswer)?
  /// What the database has, of what statements name and the history does not make.
  private let present: [SourceLocation: Set<PresentObject>]
  /// Roles that the server was asked for: what it does not have is a reason of its own.
  private let askedRoles: Set<String>

  package init(
    answer: (@Sendable (LossProbe) -> ProbeAnswer)? = nil,
    present: [SourceLocation: Set<PresentObject>] = [:], askedRoles: Set<String> = []
  ) {
    self.answer = answer
    self.present = present
    self.askedRoles = askedRoles
  }

  package func judge(_ context: RoundTripContext) -> Judgement {
    let trip = context.trip
    let (executes, executesReasons) = self.executes(trip)
    let (data, dataReasons) = self.data(trip, context)
    let (schema, schemaReasons, differences) = self.schema(trip)
    let (code, breaks) = self.code(trip, context)
    let reasons = executesReasons + dataReasons + schemaReasons
    return Judgement(
      answers: Answers(executes: executes, data: data, schema: schema, code: code),
      reasons: reasons.enumerated()
        .sorted { ($1.element.verdict, $0.offset) < ($0.element.verdict, $1.offset) }
        .map(\.element),
      differences: differences, schemaDifferences: differences.map(\.line), codeBreaks: breaks)
  }
}

// MARK: - executes

extension Judge {
  private func executes(_ trip: RoundTrip) -> (Executes, [Reason]) {
    var reasons: [Reason] = []
    for step in trip.downgrades {
      reasons += obstacles(in: step)
      for statement in step.statements {
        for failure in statement.outcome.failures {
          if let reason = reason(for: failure, of: statement) { reasons.append(reason) }
        }
        if !statement.outcome.isUnderstood {
          reasons.append(notUnderstood(statement, .executes))
        }
        reasons += doubts(about: .executes, statement, .executes)
        if answer != nil { reasons += unasked(of: statement) }
      }
    }
    if answer == nil { reasons += staticHazards(of: trip, beside: reasons) }
    switch reasons.map(\.verdict).max() {
    case .unsafe: return (.no, reasons)
    case .unknown: return (.unknown, reasons)
    case nil, .safe: return (.yes, reasons)
    case .depends, .wait: return (.depends, reasons)
    }
  }

  /// Of some kinds of object a database is not asked whether it has them as the history does, nor what rests on
  /// them.
  private func unasked(of statement: StatementRecord) -> [Reason] {
    statement.outcome.effects.compactMap(\.unaskedObject).map { kind, name in
      Reason(
        .executes, .unknown,
        "the database is not asked about \(kind.rawValue) \(displayed(name)), nor what rests on it",
        at: statement.location)
    }
  }

  /// What stops the function as a whole.
  private func obstacles(in step: StepRecord) -> [Reason] {
    var reasons: [Reason] = []
    if step.isMissing {
      reasons.append(
        Reason(.executes, .unsafe, "\(step.revision) has no downgrade()", at: step.location))
    }
    if let raise = step.raises {
      let message = raise.message.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      reasons.append(
        Reason(
          .executes, .unsafe, "\(step.revision) raises \(raise.type)\(message)", at: raise.location)
      )
    }
    if step.opaqueCount > 0 {
      reasons.append(
        Reason(
          .executes, .unknown,
          "\(places(step.opaqueCount)) of the downgrade of \(step.revision) cannot be known"))
    }
    return reasons
  }

  private func reason(for failure: Failure, of statement: StatementRecord) -> Reason? {
    let words = failure.reason.words
    switch failure.certainty {
    case .certain:
      let verdict: Verdict = statement.isConditional ? .unknown : .unsafe
      return Reason(
        .executes, verdict, "fails (\(failure.sqlState)): \(words)", at: statement.location)
    case .uncertain:
      // A live database is asked what rests on the objects of the downgrade.
      if answer != nil, case .hasDependents(_, _, let dependents) = failure.reason,
        dependents.isEmpty
      {
        return nil
      }
      if case .missing(let kind, let name, of: nil) = failure.reason,
        kind == .role && askedRoles.contains(name.name)
          || present[statement.location]?.contains(PresentObject(kind: kind, name: name.name))
            == true
      {
        return nil
      }
      return Reason(
        .executes, answer == nil ? .depends : .unknown,
        "fails (\(failure.sqlState)) if \(words), which the known history does not tell",
        at: statement.location)
    case .dependsOnData(let condition):
      return settled(
        .condition(condition), .executes, statement,
        lost: { "fails (\(failure.sqlState)): \(words)\($0)" },
        open: "fails (\(failure.sqlState)) if \(words)")
    }
  }
}

// MARK: - data

extension Judge {
  private func data(_ trip: RoundTrip, _ context: RoundTripContext) -> (DataAnswer, [Reason]) {
    var reasons: [Reason] = []
    var isOldLost = false
    for step in trip.steps {
      if step.opaqueCount > 0 {
        reasons.append(
          Reason(
            .data, .unknown,
            "\(places(step.opaqueCount)) of the \(step.direction.rawValue) of \(step.revision) "
              + "cannot be known"))
      }
      let undone = step.undone
      for (place, statement) in step.statements.enumerated() {
        for effect in statement.outcome.effects
        where !undone.contains(place) || effect.outlivesRollback {
          guard let loss = context.loss(by: effect, of: step),
            let reason = reason(for: loss, step, statement)
          else { continue }
          if loss.age == .old { isOldLost = true }
          if !reasons.contains(reason) { reasons.append(reason) }
        }
        reasons += doubts(about: .data, statement, .data)
      }
    }
    if isOldLost { return (.oldLost, reasons) }
    switch reasons.map(\.verdict).max() {
    case .unknown: return (.unknown, reasons)
    case nil, .safe: return (.kept, reasons)
    case .depends, .wait, .unsafe: return (.newLost, reasons)
    }
  }

  private func reason(
    for loss: DataLoss, _ step: StepRecord, _ statement: StatementRecord
  ) -> Reason? {
    switch loss.age {
    case .old:
      if let probe = loss.probe, let answer, answer(probe) == .none { return nil }
      let verb = step.direction == .upgrade ? "the upgrade destroyed" : "the downgrade destroys"
      return Reason(.data, .unsafe, "\(verb) \(loss.what.words)", at: statement.location)
    case .unknown:
      if !statement.outcome.isUnderstood { return notUnderstood(statement, .data) }
      return Reason(
        .data, .unknown, "what happens to \(loss.what.words) is not known", at: statement.location)
    case .rare where answer == nil: return nil
    case .new, .rare:
      guard let probe = loss.probe else {
        return Reason(.data, .depends, "loses \(loss.what.words)", at: statement.location)
      }
      return settled(
        probe, .data, statement,
        lost: { "loses \(probe.isAboutChanges ? "changes of " : "")\(loss.what.words)\($0)" },
        open: "loses \(loss.what.words) written since the upgrade",
        unsure: "may lose \(loss.what.words) written since the upgrade")
    }
  }

  /// A reason that the rows decide: open in a static analysis, else what the database said.
  private func settled(
    _ probe: LossProbe, _ question: Reason.Question, _ statement: StatementRecord,
    lost: (String) -> String, open: String, unsure: String? = nil
  ) -> Reason? {
    guard let answer else { return Reason(question, .depends, open, at: statement.location) }
    switch answer(probe) {
    case .none: return nil
    case .some(let count, let isEstimate):
      let number = count.map { " (\(isEstimate ? "about " : "")\($0) of them)" } ?? ""
      return Reason(question, .unsafe, lost(number), at: statement.location)
    case .unknown(let why, let sql):
      return Reason(
        question, .unknown, "\(unsure ?? open); \(why)", at: statement.location, sql: sql)
    }
  }

  private func doubts(
    about answers: Doubt.Answers, _ statement: StatementRecord, _ question: Reason.Question,
    where isMeant: (Doubt.Reason) -> Bool = { _ in true }
  ) -> [Reason] {
    statement.outcome.doubts.filter { $0.answers.contains(answers) && isMeant($0.reason) }.map {
      doubt in
      Reason(question, .unknown, doubt.reason.words, at: statement.location)
    }
  }

  private func notUnderstood(_ statement: StatementRecord, _ question: Reason.Question) -> Reason {
    let what = statement.outcome.effects.compactMap { effect in
      if case .notUnderstood(let what) = effect { what.words } else { nil }
    }
    return Reason(
      question, .unknown, "what \(what.first ?? "a statement") does is not known",
      at: statement.location)
  }

  private func places(_ count: Int) -> String { count == 1 ? "one place" : "\(count) places" }
}

// MARK: - schema and code

extension Judge {
  private func schema(_ trip: RoundTrip) -> (SchemaAnswer, [Reason], [SchemaDifference]) {
    var before = trip.before
    for statement in trip.steps.lazy.flatMap(\.statements) {
      before.assume(statement.outcome.assumptions)
    }
    let differences = trip.after.differences(from: before).filter {
      !$0.isCosmetic && !isDoubted($0, in: trip)
    }
    let certain = differences.filter { !$0.isUncertain }
    let lines = certain.map(\.line)
    let isUnderstood = trip.steps.allSatisfy { step in
      step.isSchemaKnown && step.statements.allSatisfy(\.outcome.isUnderstood)
    }
    guard isUnderstood else {
      let reason = Reason(.schema, .unknown, "not everything that changes the schema is known")
      return (.unknown, [reason], certain)
    }
    let statements = trip.steps.flatMap(\.statements)
    func open(aboutFormer: Bool) -> [Reason] {
      statements.enumerated().flatMap { place, statement in
        self.doubts(about: .schema, statement, .schema) { reason in
          reason.isAboutFormer == aboutFormer
            && !reason.isOver(in: trip.after, statements[place...])
        }
      }
    }
    let doubts = open(aboutFormer: false)
    if !doubts.isEmpty { return (.unknown, doubts, certain) }
    if !lines.isEmpty {
      let reason = Reason(
        .schema, .unsafe,
        "the schema is not as before: \(lines[0])"
          + (lines.count > 1 ? ", and \(lines.count - 1) more" : ""))
      return (.differs, [reason], certain)
    }
    // What was not known before may be another thing now; what is certain to be is told.
    let formers = open(aboutFormer: true)
    if !formers.isEmpty { return (.unknown, formers, certain) }
    guard let doubt = differences.first else { return (.restored, [], []) }
    return (.unknown, [Reason(.schema, .unknown, "not known whether \(doubt.line)")], [])
  }

  /// Whether an object that is there afterwards may have been there before, as a statement took it for
  /// given: that is a doubt of its own.
  private func isDoubted(_ difference: SchemaDifference, in trip: RoundTrip) -> Bool {
    guard difference.kind == .extra else { return false }
    return trip.steps.lazy.flatMap(\.statements).contains { statement in
      statement.outcome.doubts.contains { doubt in
        guard case .notCompared(let kind, let name) = doubt.reason else { return false }
        return doubt.answers.contains(.schema) && name == difference.object.name
          && kind.isSame(as: difference.object.kind)
      }
    }
  }

  private func code(_ trip: RoundTrip, _ context: RoundTripContext) -> (CodeAnswer, [String]) {
    var breaks: [String] = []
    for step in trip.upgrades {
      let undone = step.undone
      let lasting = step.statements.enumerated().filter { !undone.contains($0.offset) }
      for codeBreak in lasting.lazy.map(\.element).flatMap(context.codeBreaks)
      where codeBreak.matters {
        let words = codeBreak.words
        if !breaks.contains(words) { breaks.append(words) }
      }
    }
    if !breaks.isEmpty { return (.breaks, breaks) }
    return (trip.upgrades.allSatisfy(\.isUnderstood) ? .works : .unknown, [])
  }
}

extension DataLoss.What {
  /// What is lost, as the object of a sentence.
  package var words: String {
    switch self {
    case .table(let name): "rows of \(name)"
    case .column(let table, let column): "values of \(table).\(column)"
    case .values(let table, let column): "values of \(table).\(column)"
    case .rows(let table): "rows of \(table)"
    case .sequence(let name): "the position of sequence \(name)"
    case .notUnderstood: "the data"
    }
  }
}

extension ObjectKind {
  /// Whether a statement may call an object of one kind by the other.
  fileprivate func isSame(as other: ObjectKind) -> Bool {
    let families: [Set<ObjectKind>] = [
      [.type, .domain], [.function, .procedure, .routine, .aggregate],
    ]
    return self == other || families.contains { $0.contains(self) && $0.contains(other) }
  }
}

extension Doubt.Reason {
  /// Differences that are certain come before it.
  fileprivate var isAboutFormer: Bool {
    switch self {
    case .former, .rereadAs: true
    default: false
    }
  }

  /// Whether casts of another type cannot be left: the column has that type, or the object was made anew.
  fileprivate func isOver(in after: Catalog, _ later: ArraySlice<StatementRecord>) -> Bool {
    guard case .rereadAs(let type, let column, let kind, let name) = self else { return false }
    // What is not there any more is a difference of its own.
    guard let now = after.table(column.table)?.columns.first(where: { $0.id == column.id }),
      now.type != type
    else { return true }
    return later.lazy.flatMap(\.outcome.effects).contains { effect in
      switch effect {
      case .indexCreated(_, let index, _), .indexDropped(_, let index, _, _):
        kind == .index && index.name == name.name
      case .constraintAdded(let table, let constraint, _),
        .constraintDropped(let table, let constraint, _):
        kind == .tableConstraint && constraint.name == name.name && table.id == column.table.id
      case .otherCreated(let key), .otherDropped(let key, _): kind == key.kind && key.name == name
      default: false
      }
    }
  }
}
