// The live check: from the database's revision back to a target, with what the rows decide.

import Alembic
import DatabaseFacts
import LiveDatabase
import PostgresSyntax
import PythonSyntax
import Reports
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

extension Project {
  /// Judges the way back of a live database.
  /// - Parameters:
  ///   - target: as Alembic spells it.
  ///   - databaseURL: nil for `$DATABASE_URL` or libpq's environment, which the caller has read.
  ///   - advisoryLock: the key of the migration lock; nil for that of env.py, else 999999.
  ///   - timeout: for the whole check, in seconds.
  public func check(
    target: String, databaseURL: String?, advisoryLock: String?, timeout: Double
  ) throws(BackoutFailure) -> CheckReport {
    // Not a number is not above 0.
    guard timeout > 0 else { throw BackoutFailure("--timeout: seconds above 0 are expected") }
    let key = try lockKey(advisoryLock ?? alembic.settings.policy.advisoryLock)
    if let refusal = alembic.refusal {
      throw BackoutFailure("alembic does not load these migrations: \(refusal)")
    }
    do {
      let connection = try ConnectionTarget(url: databaseURL)
      let database = try LiveDatabase.open(connection, timeout: timeout)
      var result = try check(target, key, database)
      result.ignoredParameters = connection.ignoredParameters
      return CheckReport(result: result)
    } catch let failure as LiveFailure {
      throw BackoutFailure(failure.message)
    } catch let failure as BackoutFailure {
      throw failure
    } catch {
      throw BackoutFailure("\(error)")
    }
  }

  private func lockKey(_ option: String?) throws(BackoutFailure) -> AdvisoryLockKey {
    if let option {
      guard let key = AdvisoryLockKey(option) else {
        throw BackoutFailure("--advisory-lock: '\(option)' is no number, and no two as in 4711,1")
      }
      return key
    }
    for lock in alembic.environment.advisoryLocks {
      switch lock.key {
      case .single(let key): return .single(key)
      case .pair(let first, let second): return .pair(first, second)
      case .unknown: continue
      }
    }
    return .single(999_999)
  }

  private func check(
    _ target: String, _ key: AdvisoryLockKey, _ database: borrowing LiveDatabase
  ) throws -> CheckResult {
    let server = try database.server()
    let settings = alembic.environment.online
    let table = try database.versionTable(
      settings.versionTable.value ?? "alembic_version",
      schema: settings.versionTableSchema.value ?? nil)
    var result = CheckResult(
      server: server, target: target, lock: try database.advisoryLock(key))
    result.diagnostics = alembic.diagnostics
    var doubts = settingDoubts
    if case .rows(let rows) = table { result.current = rows }
    if let obstacle = obstacle(table, server) {
      doubts.append(obstacle)
    } else {
      let path = try path(from: result.current, to: target)
      result.path = path.steps.map(\.id)
      result.destination = destination(of: path)
      try judge(path, database, &result)
    }
    result.finish(doubts: doubts, lockAtEnd: try database.advisoryLock(key))
    return result
  }

  /// Settings of env.py that only running it would tell, and that decide where to look.
  private var settingDoubts: [Reason] {
    var doubts: [Reason] = []
    let settings = alembic.environment.online
    if case .unknown(let reason, let place) = settings.versionTable {
      doubts.append(
        Reason(.executes, .unknown, "the version table's name is not known: \(reason)", at: place))
    }
    if case .unknown(let reason, let place) = settings.versionTableSchema {
      doubts.append(
        Reason(.executes, .unknown, "the version table's schema is not known: \(reason)", at: place)
      )
    }
    return doubts + alembic.environment.nameDoubts
  }

  private var versionTableName: String {
    let settings = alembic.environment.online
    let schema = (settings.versionTableSchema.value ?? nil).map { $0 + "." } ?? ""
    return schema + (settings.versionTable.value ?? "alembic_version")
  }

  private func obstacle(_ table: VersionTableFacts, _ server: ServerFacts) -> Reason? {
    switch table {
    case .missing:
      return Reason(
        .executes, .unknown,
        "the database has no version table \(versionTableName): Alembic never ran here, or it is in "
          + "another schema or database"
      )
    case .unreadable(let why):
      return Reason(.executes, .unknown, "the version table cannot be read: \(why)")
    case .rows(let rows):
      let strange = rows.filter { alembic.revision($0) == nil }
      guard !strange.isEmpty else { return nil }
      let more = strange.count > 5 ? " and \(strange.count - 5) more" : ""
      return Reason(
        .executes, .unknown,
        "the database is at \(strange.prefix(5).joined(separator: ", "))\(more), which these files do not "
          + "have: they are older than the database; take the checkout that was deployed")
    }
  }

  private func path(
    from rows: [String], to target: String
  ) throws(BackoutFailure) -> RevisionPath {
    do {
      return try alembic.graph.downgradePath(from: rows, to: target)
    } catch {
      let place =
        rows.isEmpty
        ? "base: its version table \(versionTableName) is empty" : rows.joined(separator: ", ")
      let detail = error.detail.isEmpty ? "" : " (\(error.detail))"
      throw BackoutFailure(
        "alembic refuses to go to \(target): \(error.message)\(detail); the database is at \(place)"
      )
    }
  }

  /// Those of the project's settings; an error in these does not keep anyone from a verdict.
  private func rules(_ diagnostics: inout [Diagnostic]) -> ActiveRules {
    do {
      return try policy().1
    } catch {
      let place = alembic.settings.policy.place ?? SourceLocation(file: "backout/rules")
      diagnostics.append(Diagnostic(location: place, message: error.message, isRemark: true))
      return ActiveRules()
    }
  }

  private func destination(of path: RevisionPath) -> String? {
    guard let last = path.steps.last else { return nil }
    let parents = alembic.graph.parents(of: last.id)
    return parents.isEmpty ? "base" : parents.count == 1 ? parents[0] : nil
  }

  private func judge(
    _ path: RevisionPath, _ database: borrowing LiveDatabase, _ result: inout CheckResult
  ) throws {
    let replayed = try RangeReplay(
      alembic, rows: result.current, path: path,
      serverVersion: result.server.versionNumber / 10_000)
    let trip = replayed.trip
    let context = RoundTripContext(trip)
    let hazards = rowHazards(of: trip, current: replayed.current)
    let questions = probes(of: context) + hazards.flatMap(\.probes)
    var requests: [LossProbe: ProbeRequest] = [:]
    for question in questions {
      if let request = replayed.request(for: question) { requests[question] = request }
    }
    let order = questions.compactMap { requests[$0] }
    let answers = try database.probe(order)
    let answer = { @Sendable [requests] (question: LossProbe) -> ProbeAnswer in
      guard let request = requests[question], let answer = answers[request] else {
        return .unknown("no question to the rows settles it")
      }
      switch answer {
      case .none: return .none
      case .some(let count, let isEstimate): return .some(count: count, isEstimate: isEstimate)
      case .unknown(let why): return .unknown(why)
      }
    }
    var judgement = Judge(answer: answer).judge(context)
    judgement.take(
      hazards.filter { $0.probes.isEmpty || !$0.probes.allSatisfy { answer($0) == .none } }
        .map(\.reason))
    let drift = try drift(replayed, database, result.server)
    judgement.take(drift.reasons)
    result.drift = drift.lines
    result.judgement = judgement
    result.coverage = replayed.coverage
    result.opaque = replayed.notes
    result.findings = evidence(
      rules(&result.diagnostics).findings(in: context, differences: judgement.differences),
      judgement)
    for step in trip.steps {
      if let source = alembic.revision(step.revision)?.module.source {
        result.sources[source.path] = source
      }
    }
    result.messages = path.steps.map { alembic.revision($0.id)?.message ?? "" }
    if let failure = path.rowsFailure {
      result.judgement?.reasons.append(
        Reason(.executes, .unsafe, "alembic ends with an error: \(failure.failure.message)"))
      result.judgement?.answers.executes = .no
    }
  }

  /// What the catalogs say of the objects that the downgrade is about.
  private func drift(
    _ replayed: RangeReplay, _ database: borrowing LiveDatabase, _ server: ServerFacts
  ) throws(LiveFailure) -> Drift {
    let check = DriftCheck(replayed.trip, current: replayed.current)
    guard let request = check.request else { return Drift() }
    switch try database.schema(request, server) {
    case .success(let facts): return check.drift(facts)
    case .failure(let failure):
      var drift = Drift()
      drift.reasons = [
        Reason(.executes, .unknown, "the schema of the database is not known: \(failure.words)")
      ]
      return drift
    }
  }

  /// What the rows said goes to the findings of the same place.
  private func evidence(_ findings: [Finding], _ judgement: Judgement) -> [Finding] {
    findings.map { finding in
      guard RuleBook.aboutData.contains(finding.rule) else { return finding }
      var finding = finding
      for reason in judgement.reasons
      where reason.location == finding.location && finding.direction == .downgrade {
        finding.evidence.append(reason.text)
        // What only sends the reader to this check.
        if finding.help.hasPrefix("backout check") { finding.help = "" }
        if reason.verdict == .unsafe { finding.severity = .error }
      }
      return finding
    }.sorted(by: Finding.ordered)
  }
}

/// The replay of everything below a database's revision, and of the way back from it.
struct RangeReplay {
  let trip: RoundTrip
  let coverage: Coverage
  let notes: [OpaqueNote]
  /// The catalog that the history predicts for the database as it is.
  let current: Catalog

  init(
    _ project: AlembicProject, rows: [String], path: RevisionPath, serverVersion: Int
  ) throws(BackoutFailure) {
    let graph = project.graph
    let below = graph.ancestors(of: rows).union(rows)
    let undone = Set(path.steps.map(\.id))
    let history = try History(project, only: below)
    let kept = history.steps.filter { !undone.contains($0.revision.id) }
    let taken = history.steps.filter { undone.contains($0.revision.id) }
    var replayer = Replayer(
      isTransactional: history.isTransactional, serverVersion: serverVersion)
    var catalog = history.start(serverVersion: serverVersion)
    for (index, steps) in kept.enumerated() {
      _ = replayer.replay(
        steps.upgrade, of: steps.revision, origin: index, on: &catalog)
    }
    // What was not understood below the target is not part of the way back.
    var ranged = Replayer(
      isTransactional: history.isTransactional, serverVersion: serverVersion)
    catalog.markChanges()
    let before = catalog
    var origin = kept.count
    var upgrades: [StepRecord] = []
    for steps in taken {
      upgrades.append(
        ranged.replay(steps.upgrade, of: steps.revision, origin: origin, on: &catalog))
      origin += 1
    }
    current = catalog
    var downgrades: [StepRecord] = []
    for step in path.steps {
      guard let steps = taken.first(where: { $0.revision.id == step.id }) else { continue }
      downgrades.append(
        ranged.replay(steps.downgrade, of: steps.revision, origin: origin, on: &catalog))
      origin += 1
    }
    trip = RoundTrip(before: before, upgrades: upgrades, downgrades: downgrades)
    coverage = ranged.coverage
    notes = ranged.notes
  }

  /// The question by the names that tables and columns have in the database now; nil where there is no
  /// question for it.
  func request(for probe: LossProbe) -> ProbeRequest? {
    switch probe {
    case .rows(let table): return name(of: table).map(ProbeRequest.rows)
    case .values(let column):
      guard let (table, name) = place(of: column) else { return nil }
      return .values(table, column: name)
    case .condition(let condition): return request(for: condition)
    case .changedSince: return nil
    }
  }

  private func request(for condition: DataCondition) -> ProbeRequest? {
    switch condition {
    case .hasRows(let table): return name(of: table).map(ProbeRequest.rows)
    case .hasNulls(let table, let columns):
      guard let name = name(of: table), let columns = names(of: columns) else { return nil }
      return .nulls(name, columns: columns)
    case .hasDuplicates(let table, let key):
      guard key.predicate == nil, let columns = key.columns, let name = name(of: table),
        let names = names(of: columns), comparesAsNow(key)
      else { return nil }
      return .duplicates(name, columns: names, nullsAreEqual: key.nullsNotDistinct)
    case .hasOrphans(let probe):
      guard let name = name(of: probe.table), let columns = names(of: probe.columns),
        let other = self.name(of: probe.referenced),
        let otherColumns = names(of: probe.referencedColumns), columns.count == otherColumns.count
      else { return nil }
      return .orphans(name, columns: columns, referenced: other, referencedColumns: otherColumns)
    case .longerThan(let column, let characters):
      guard let (table, name) = place(of: column) else { return nil }
      return .longerThan(table, column: name, characters: characters)
    case .outOfRange(let column, let type):
      guard let (table, name) = place(of: column), let (low, high) = type.integerRange else {
        return nil
      }
      return .outside(table, column: name, lowest: low, highest: high)
    case .changedByCast(let column, let type, nil):
      guard let (table, name) = place(of: column), let from = currentColumn(column)?.type,
        from.isPlainBuiltin, type.isPlainBuiltin
      else { return nil }
      return .changedByCast(
        table, column: name, type: type.description, original: from.description)
    case .usesEnumValues(let column, let values):
      guard let (table, name) = place(of: column) else { return nil }
      return .enumValues(table, column: name, values: values)
    case .violates, .notCastable, .changedByCast, .exclusionConflict, .rowsMatch, .outsideBound,
      .unknown:
      return nil
    }
  }

  /// Whether the key finds the same values equal as the columns do now.
  private func comparesAsNow(_ key: DataCondition.DuplicateKey) -> Bool {
    guard key.elements.allSatisfy({ $0.collation == nil && $0.operatorClass == nil }) else {
      return false
    }
    let ids = Set((key.columns ?? []).map(\.id))
    return trip.downgrades.allSatisfy { step in
      step.statements.flatMap(\.outcome.effects).allSatisfy { effect in
        guard case .columnTypeChanged(let change) = effect, ids.contains(change.column.id) else {
          return true
        }
        return change.keepsEquality(from: current, to: step.after)
      }
    }
  }

  private func currentTable(_ table: TableReference) -> Table? {
    current.table(id: table.id)
  }

  private func name(of table: TableReference) -> TableName? {
    guard let found = currentTable(table) else { return nil }
    return TableName(schema: found.name.schema, name: found.name.name)
  }

  private func currentColumn(_ column: ColumnReferent) -> Column? {
    currentTable(column.table)?.columns.first { $0.id == column.id }
  }

  private func place(of column: ColumnReferent) -> (TableName, String)? {
    guard let table = name(of: column.table), let found = currentColumn(column) else { return nil }
    return (table, found.name)
  }

  private func names(of columns: [ColumnReferent]) -> [String]? {
    var names: [String] = []
    for column in columns {
      guard let found = currentColumn(column) else { return nil }
      names.append(found.name)
    }
    return names.isEmpty ? nil : names
  }
}

extension DataType {
  /// The limits of an integer type (manual, Table 8.2).
  fileprivate var integerRange: (String, String)? {
    switch builtin {
    case .int2?: ("-32768", "32767")
    case .int4?: ("-2147483648", "2147483647")
    case .int8?: ("-9223372036854775808", "9223372036854775807")
    default: nil
    }
  }

  /// A built-in type whose text is safe to put into a query.
  fileprivate var isPlainBuiltin: Bool {
    guard builtin != nil else { return false }
    if case .text = modifiers { return false }
    return true
  }
}

/// The result of `backout check`.
public struct CheckReport: Sendable {
  let result: CheckResult

  public func rendered(as format: ReportFormat, style: TextStyle) -> String {
    switch format {
    case .text: CheckText(result, style: style.terminal).rendered()
    case .json: checkJSON(result)
    }
  }

  public var exitCode: Int32 { result.verdict.exitCode }
}
