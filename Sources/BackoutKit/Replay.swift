// The steps of revisions applied to a catalog in the order of upgrading.

import Alembic
import PostgresSyntax
import PythonSyntax
import SafetyRules
import SchemaModel
import SourceText
import Threads
import Verdicts

/// Applies steps to catalogs and keeps what they did.
struct Replayer {
  private(set) var notes: [OpaqueNote] = []
  /// By revision and direction.
  private(set) var coverage = Coverage()
  /// Whether an upgrade needs an object that the history never made: then the history does not begin
  /// at an empty database.
  private(set) var missesObjects = false
  /// What the running step's last BEGIN or COMMIT made of the transaction; nil without one.
  private var isInOwnTransaction: Bool?
  private var wasAutocommit = false
  private(set) var transactions = 0
  /// Of the running step.
  private(set) var allowance: Allowance?
  /// An upgrade gave bare strings to a connection, and databases are past it.
  private var takesBareTexts = false
  /// How the next step follows the one before it.
  var following = Following.nothing
  /// Whether another step follows in the session of the next one.
  var isFollowed = false
  private let isTransactional: Bool
  /// PostgreSQL's major version.
  let serverVersion: Int

  private let areTransactionsKnown: Bool
  /// Those that migrations may run by, as far as the upgrades that databases are past leave them.
  var drivers: Drivers
  /// Which part of a step is replayed.
  var part = Part.whole
  /// Answers steps that ask for the schema; nil where they are told nothing.
  var answers: SchemaAnswers?
  /// The direction of the running step.
  private(set) var direction = StepDirection.upgrade

  /// - Parameter drivers: empty where the statements do not come from SQLAlchemy.
  init(
    isTransactional: Bool, areTransactionsKnown: Bool = true, serverVersion: Int,
    drivers: Drivers = []
  ) {
    self.isTransactional = isTransactional
    self.areTransactionsKnown = areTransactionsKnown
    self.serverVersion = serverVersion
    self.drivers = drivers
  }

  enum Following {
    /// It begins with what a new session has.
    case nothing
    /// The same session, in a transaction of its own.
    case session
    /// The same session and, unless one of the two ended it, the same transaction.
    case transaction
    /// The same, if env.py does not give each step a transaction, which is not known.
    case transactionPerhaps
  }

  enum Part {
    case whole
    /// Its session goes on.
    case beginning
    /// What follows such a part.
    case continuation
  }

  /// A replayer that goes on from here without what was noted so far.
  var branch: Replayer {
    var result = Replayer(
      isTransactional: isTransactional, areTransactionsKnown: areTransactionsKnown,
      serverVersion: serverVersion, drivers: drivers)
    result.transactions = transactions
    result.takesBareTexts = takesBareTexts
    result.answers = answers
    return result
  }

  /// Replays one direction of a revision on a catalog, which becomes the one after it.
  mutating func replay(
    _ parsed: ParsedStep, of revision: Revision, origin: Origin, on catalog: inout Catalog
  ) -> StepRecord {
    let source = revision.module.source
    let parsed = resolved(parsed, revision, origin, catalog)
    return replay(
      parsed, of: revision.id, in: source,
      at: place(of: revision.function(parsed.step.direction), or: revision.upgrade, source),
      origin: origin, on: &catalog)
  }

  /// The step as it is on the catalog.
  private func resolved(
    _ parsed: ParsedStep, _ revision: Revision, _ origin: Origin, _ catalog: Catalog
  ) -> ParsedStep {
    guard parsed.step.asksSchema, let answers else { return parsed }
    var replayer = self
    replayer.answers = nil
    let step = answers.step(
      parsed.step.direction, of: revision, on: catalog, replayer, origin: origin)
    return step ?? parsed
  }

  /// - Parameters:
  ///   - revision: the name that findings carry.
  ///   - source: what the places of the step's elements refer to.
  ///   - location: the place of the step itself.
  mutating func replay(
    _ parsed: ParsedStep, of revision: String, in source: SourceFile, at location: SourceLocation,
    origin: Origin, on catalog: inout Catalog
  ) -> StepRecord {
    if part != .continuation { begin(parsed, &catalog) }
    direction = parsed.step.direction == .upgrade ? .upgrade : .downgrade
    var record = StepRecord(
      revision: revision, direction: direction, origin: origin, location: location, after: catalog)
    record.isMissing = parsed.step.isMissing
    record.isEmptyBody = parsed.step.isEmptyBody
    let isKnownButForRows = parsed.isKnownButForRows
    for element in parsed.elements {
      switch element {
      case .statement(let statement, .success(let parts), let sent):
        let location = source.location(of: statement.range)
        note(statement.hints, in: &catalog)
        if statement.isConditional, !isKnownButForRows { record.isSchemaKnown = false }
        if statement.isBareText, direction == .upgrade { takesBareTexts = true }
        if parts.isEmpty { record.statements.append(empty(statement, location)) }
        let asSent = sent.map { ask($0, statement, origin, catalog) }
        for (position, part) in parts.enumerated() {
          let applied = apply(
            part, statement, isFirst: position == 0, isAlone: parts.count == 1, asSent, location,
            origin, on: &catalog)
          record.statements.append(applied)
          if direction == .upgrade { refute(applied, in: &record, &catalog) }
        }
      case .statement(let statement, .failure(let error), _):
        let reason = OpaqueReason(.unsupportedSQL, error.message)
        add(OpaquePlace(range: statement.range, reason: reason), to: &record, source)
        catalog.noteOpaque(origin: origin)
      case .opaque(let place, let statements):
        let isAboutRows =
          isKnownButForRows && isUnderstood(statements ?? [], origin, on: catalog)
        add(place, to: &record, source, isAboutRows: isAboutRows)
        catalog.noteOpaque(origin: origin, isAboutRows ? .rows : .everything)
      case .unnamedDrop(let drop):
        record.end(with: drop, at: source.location(of: drop.error.range), catalog)
        coverage.statements += 1
      }
    }
    for place in parsed.step.offlineOnly { add(place, to: &record, source) }
    record.outside += parsed.step.asked.map { $0.asked(in: source) }
    record.forgiveReplaced()
    record.doubtSwappedLabels()
    if direction == .downgrade { record.doubtTransients() }
    if part == .whole {
      for leftover in catalog.endSession(keepsTemporaries: isFollowed) {
        addNote("session-state", leftover, at: record.location, to: &record)
        catalog.noteOpaque(origin: origin)
      }
    }
    record.raises = parsed.step.raises.map {
      .init(type: $0.type, message: $0.message, location: source.location(of: $0.range))
    }
    record.after = catalog
    return record
  }

  private mutating func begin(_ parsed: ParsedStep, _ catalog: inout Catalog) {
    if following == .nothing || following == .session {
      transactions += 1
      catalog.endTransaction()
    }
    isInOwnTransaction = nil
    wasAutocommit = false
    allowance = Allowance(statements: parsed.statementCount)
  }

  private func place(
    _ function: RevisionFunction, _ source: SourceFile
  ) -> SourceLocation? {
    switch function {
    case .defined(_, let range), .bound(let range): source.headerLocation(of: range)
    case .missing: nil
    }
  }

  private func place(
    of function: RevisionFunction, or other: RevisionFunction, _ source: SourceFile
  ) -> SourceLocation {
    place(function, source) ?? place(other, source) ?? SourceLocation(file: source.path)
  }

  /// A text with no statement in it.
  private mutating func empty(
    _ statement: EmittedStatement, _ location: SourceLocation
  ) -> StatementRecord {
    var outcome = StatementOutcome()
    refuse(.emptyText, nil, by: .refuseEmptyText, &outcome, statement)
    return StatementRecord(
      location: location, sql: statement.sql, outcome: outcome,
      isConditional: statement.isConditional,
      isInTransaction: isTransactional && !statement.autocommit)
  }

  /// Databases are past an upgrade: where a statement of it must fail by what is known, what is known
  /// is wrong.
  private mutating func refute(
    _ applied: StatementRecord, in record: inout StepRecord, _ catalog: inout Catalog
  ) {
    guard let failure = applied.outcome.failures.first(where: { $0.certainty == .certain }) else {
      return
    }
    if case .missing = failure.reason { missesObjects = true }
    addNote(
      "contradicted-history",
      "this statement should fail (\(failure.sqlState): \(failure.reason.words)), yet databases are "
        + "past it, so what is known of the schema is not right",
      at: applied.location, to: &record)
    catalog.noteOpaque(origin: record.origin)
  }

  /// - Parameter isAlone: statements sent in one text share a transaction that the server begins.
  private mutating func apply(
    _ part: ParsedStatement, _ statement: EmittedStatement, isFirst: Bool, isAlone: Bool,
    _ asSent: SentAnswers?, _ location: SourceLocation, _ origin: Origin, on catalog: inout Catalog
  ) -> StatementRecord {
    if case .transaction(let command) = part.statement, let isOpen = command.opensBlock {
      transactions += 1
      isInOwnTransaction = isOpen
      catalog.endTransaction()
    }
    if statement.autocommit != wasAutocommit {
      // The block begins and ends transactions by itself.
      wasAutocommit = statement.autocommit
      transactions += 1
      catalog.endTransaction()
      if case .transaction = part.statement {} else { isInOwnTransaction = nil }
    }
    let isAutocommit =
      isInOwnTransaction.map { !$0 } ?? (statement.autocommit || !isTransactional)
    let context = ApplyContext(
      origin: origin, isInTransaction: !isAutocommit || !isAlone, isInBlock: !isAutocommit,
      transaction: transactions, serverVersion: serverVersion, allowance: allowance)
    let mayBeOtherwise = !areTransactionsKnown && !statement.autocommit && isInOwnTransaction == nil
    let mayFollowBegin = !context.isInTransaction && isTransactional && !drivers.isEmpty
    // A second reference would have all that changes copied.
    let before = mayBeOtherwise || mayFollowBegin ? catalog : nil
    var outcome = catalog.apply(part.statement, context: context)
    if !context.isInTransaction { catalog.endTransaction() }
    if following == .transactionPerhaps { outcome.failures.doubtUnusableLabels() }
    if mayBeOtherwise, var otherwise = before {
      var other = context
      other.isInTransaction.toggle()
      other.isInBlock = other.isInTransaction
      let failures = otherwise.apply(part.statement, context: other).failures
      outcome.failures += failures.filter(\.isAboutTransactions).map { failure in
        var failure = failure
        failure.certainty = .uncertain
        return failure
      }
    } else if mayFollowBegin, var otherwise = before {
      let isBlock = isInOwnTransaction == nil
      var other = context
      other.isInTransaction = true
      other.isInBlock = true
      let failures = otherwise.apply(part.statement, context: other).failures
      if failures.contains(where: \.isAboutTransactions) {
        refuse(
          isBlock ? .inBlock : .afterCommit, "25001",
          by: isBlock ? .beginBeforeBlocks : .beginAfterCommit, &outcome, statement)
      }
    }
    if statement.checksFirst, case .drop(let drop) = part.statement,
      outcome.failures.contains(where: {
        if case .missing = $0.reason { $0.certainty == .certain } else { false }
      })
    {
      outcome.doubts += drop.objects.map { Doubt(.schema, .mayBeThere($0.kind, $0.name)) }
    }
    if statement.checksFirst {
      outcome.failures.removeAll { failure in
        switch failure.reason {
        case .missing, .alreadyExists: true
        default: false
        }
      }
    }
    if isFirst, !isAlone {
      // Where values go beside it, a text is prepared by the others too.
      refuse(
        .severalStatements, "42601",
        by: asSent == nil ? .refuseSeveralStatements : .sendTypedValues, &outcome, statement)
    }
    if let asSent {
      if part.statement.takesParameters {
        refuse(asSent, &outcome, statement)
      } else {
        refuse(.valueInCommand, "42601", by: .sendTypedValues, &outcome, statement)
      }
    }
    if statement.isBareText, !takesBareTexts { outcome.doubts.append(Doubt(.executes, .bareText)) }
    if outcome.isUnderstood { coverage.statements += 1 } else { coverage.opaque += 1 }
    return StatementRecord(
      location: location, sql: part.text, statement: part.statement, outcome: outcome,
      isConditional: statement.isConditional,
      isInTransaction: isTransactional && !statement.autocommit,
      pythonDefaults: Set(statement.hints.filter(\.hasPythonDefault).map(\.column)))
  }

  /// Whether all of some statements is known but what they find in the rows.
  private func isUnderstood(
    _ statements: [ParsedStatement], _ origin: Origin, on catalog: Catalog
  ) -> Bool {
    if statements.isEmpty { return true }
    var trial = catalog
    let context = ApplyContext(
      origin: origin, transaction: transactions, serverVersion: serverVersion,
      allowance: allowance)
    return statements.allSatisfy { statement in
      let outcome = trial.apply(statement.statement, context: context)
      // The value of a setting is one of those that are not known.
      return outcome.isUnderstood
        && !outcome.effects.contains { if case .settingChanged = $0 { true } else { false } }
    }
  }

  private mutating func add(
    _ place: OpaquePlace, to record: inout StepRecord, _ source: SourceFile,
    isAboutRows: Bool = false
  ) {
    if let outside = place.outside(in: source) { record.outside.append(outside) }
    addNote(
      place.reason.kind.rawValue, place.reason.detail, at: source.location(of: place.range),
      to: &record, isAboutRows: isAboutRows)
  }

  private mutating func addNote(
    _ kind: String, _ detail: String, at location: SourceLocation, to record: inout StepRecord,
    isAboutRows: Bool = false
  ) {
    record.opaqueCount += 1
    if !isAboutRows { record.isSchemaKnown = false }
    coverage.opaque += 1
    notes.append(
      OpaqueNote(
        revision: record.revision, direction: record.direction, location: location, kind: kind,
        detail: detail))
  }

  /// What `existing_type=` and its like tell of columns that the history did not create.
  private func note(_ hints: [OperationHint], in catalog: inout Catalog) {
    for hint in hints where !hint.hasPythonDefault {
      let table = catalog.resolveRelation(
        QualifiedName(schema: hint.schema, hint.table))
      if let column = catalog.table(table)?.column(hint.column), column.type != nil { continue }
      catalog.note(
        ColumnNote(
          table: table, column: hint.column, type: hint.existingType.flatMap(typeName),
          isNullable: hint.existingNullable))
    }
  }

  private func typeName(_ text: String) -> TypeName? {
    guard case .success(let parts) = parseStatements("SELECT CAST(NULL AS \(text))"),
      parts.count == 1, case .select(let query) = parts[0].statement
    else { return nil }
    return query.casts.first
  }
}

extension StepRecord {
  fileprivate mutating func end(
    with drop: UnnamedDrop, at location: SourceLocation, _ catalog: Catalog
  ) {
    let table = catalog.resolveRelation(QualifiedName(schema: drop.schema, drop.table))
    var outcome = StatementOutcome()
    outcome.failures = [
      Failure(
        sqlState: drop.error.type, reason: .constraintWithoutName(on: table), certainty: .certain)
    ]
    statements.append(
      StatementRecord(
        location: location, sql: "", outcome: outcome, isConditional: false, isInTransaction: true))
    isCutShort = true
  }
}

extension SourceFile {
  /// A definition's place: its first line, not its whole body.
  fileprivate func headerLocation(of range: SourceRange) -> SourceLocation {
    var location = location(of: range)
    guard location.end.line > location.start.line else { return location }
    let line = lineText(location.start.line)
    location.end = SourcePosition(
      line: location.start.line, column: line.unicodeScalars.count + 1)
    return location
  }
}

extension [Failure] {
  fileprivate mutating func doubtUnusableLabels() {
    for place in indices {
      if case .enumValueNotUsableYet = self[place].reason { self[place].certainty = .uncertain }
    }
  }
}

extension Failure {
  /// Whether the statement is refused because it runs inside of a transaction, or outside of any.
  fileprivate var isAboutTransactions: Bool {
    switch reason {
    case .notInTransaction, .needsTransaction: true
    default: false
    }
  }
}
