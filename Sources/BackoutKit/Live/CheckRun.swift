// One check: three exchanges with a database, what each asks, and the judgement after the last.

import Alembic
import DatabaseFacts
import LiveDatabase
import PythonSyntax
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

struct CheckRun {
  let project: Project
  let target: String
  let key: AdvisoryLockKey
  /// That will run the downgrade; nil for the one that asks.
  let role: String?
  let ways: WaysBack
  /// Whether only the verdict and its reasons are wanted.
  var isBrief = false
  /// Whether what the files have in `public` is in another schema.
  var isElsewhere = false

  private var alembic: AlembicProject { project.alembic }

  func result(from source: Recorder) throws(BackoutFailure) -> CheckResult {
    let check = try opened(try source.open(openingRequest))
    var facts: ExaminationFacts?
    if let request = check.examination { facts = try source.examine(request) }
    let request = check.closingRequest(after: facts)
    return result(check, facts, request, try source.close(request))
  }

  var openingRequest: OpeningRequest {
    OpeningRequest(versionTable: project.versionTable, lock: key)
  }

  /// A check after the first exchange.
  struct Opened: Sendable {
    fileprivate(set) var result: CheckResult
    fileprivate var table: VersionTableFacts
    /// The locks of any downgrade.
    fileprivate var least: NeededLocks
    /// Nil where the version table leads to no place in the files.
    fileprivate var course: (path: RevisionPath, way: WayBack)?
    /// What to ask next; nil for nothing.
    fileprivate(set) var examination: ExaminationRequest?

    /// What to ask last, after the answers to what was asked before.
    func closingRequest(after facts: ExaminationFacts?) -> ClosingRequest {
      var request = ClosingRequest(lock: result.lock.key)
      request.locked = least.relations
      guard let course, let facts else { return request }
      request.locked = course.way.needed.relations
      for (index, (probe, answer)) in zip(course.way.examination.probes, facts.probes).enumerated()
      {
        if case .some = answer {
          request.counted.append(probe)
        } else if facts.late?.contains(index) == true {
          request.counted.append(probe)
        }
      }
      return request
    }
  }

  /// Takes up the answers of the first exchange.
  func opened(_ opening: OpeningFacts) throws(BackoutFailure) -> Opened {
    var result = CheckResult(server: opening.server, target: target, lock: opening.lock)
    result.diagnostics = alembic.diagnostics
    switch opening.versionTable {
    case .rows(let rows): result.current = rows
    case .missing, .elsewhere, .unreadable: result.isPlaceKnown = false
    }
    var check = Opened(
      result: result, table: opening.versionTable,
      least: NeededLocks(versionTable: project.versionTable))
    guard project.hasPlace(for: opening.versionTable) else { return check }
    let path = try path(from: result.current)
    check.result.path = path.steps.map(\.id)
    check.result.destination = destination(of: path, result.current)
    check.result.messages = path.steps.map { alembic.revision($0.id)?.message ?? "" }
    let way = try ways.way(
      path, server: ServerVersion(number: opening.server.versionNumber))
    check.course = (path, way)
    var request = way.examination
    if request.schema != nil {
      let written = path.steps.flatMap { alembic.graph.parents(of: $0.id) }
      request.rights = way.drift.rights(
        of: role, versionTable: project.versionTable,
        longestIdentifier: written.map(\.unicodeScalars.count).max() ?? 0)
    }
    check.examination = request
    return check
  }

  /// The judgement, once all is asked.
  func result(
    _ check: Opened, _ facts: ExaminationFacts?, _ closingRequest: ClosingRequest,
    _ closing: ClosingFacts
  ) -> CheckResult {
    var result = check.result
    var doubts = project.settingDoubts
    guard let (path, way) = check.course, let facts else {
      // The server does not wait while the history is searched.
      if let obstacle = project.obstacle(check.table, isBrief: isBrief) { doubts.append(obstacle) }
      result.finish(doubts: doubts, closing: closing, needed: check.least)
      result.next = result.steps(project.runbook, tables: nil)
      return result
    }
    if result.server.isReadOnlyByDefault {
      doubts.append(
        Reason(
          .executes, .unknown,
          "default_transaction_read_only is on for this role or database: a downgrade fails (25006) unless "
            + "it is set off"))
    }
    if isElsewhere, way.namesPublic {
      doubts.append(Reason(.executes, .unknown, "a migration names the schema public itself"))
    }
    var answers: [ProbeRequest: ProbeResult] = [:]
    for (probe, answer) in zip(way.examination.probes, facts.probes) { answers[probe] = answer }
    for (probe, count) in zip(closingRequest.counted, closing.counts) {
      answers[probe] = answers[probe].map { settled($0, by: count) }
    }
    judge(path, way, answers, facts, &result)
    result.finish(doubts: doubts, closing: closing, needed: way.needed)
    result.next = result.steps(project.runbook, tables: way.isUnderstood ? way.drift.tables : nil)
    return result
  }

  private func path(from rows: [String]) throws(BackoutFailure) -> RevisionPath {
    do {
      return try alembic.graph.downgradePath(from: rows, to: target)
    } catch {
      let place =
        rows.isEmpty
        ? "base: its version table \(project.versionTableName) is empty"
        : rows.joined(separator: ", ")
      let detail = error.detail.isEmpty ? "" : " (\(error.detail))"
      throw BackoutFailure(
        "alembic refuses to go to \(target): \(error.message)\(detail); the database is at \(place)"
      )
    }
  }

  /// The target as a revision that leads the same way, whatever others do meanwhile.
  private func destination(of path: RevisionPath, _ rows: [String]) -> String? {
    guard let last = path.steps.last else { return nil }
    let parents = alembic.graph.parents(of: last.id)
    let steps = path.steps.map(\.id)
    return (parents.isEmpty ? ["base"] : parents).first { parent in
      let same = try? alembic.graph.downgradePath(from: rows, to: parent)
      return same?.steps.map(\.id) == steps
    }
  }

  /// Those of the project's settings; an error in these does not keep anyone from a verdict.
  private func rules(_ diagnostics: inout [Diagnostic]) -> ActiveRules {
    do {
      return try project.policy().1
    } catch {
      let place = alembic.settings.policy.place ?? SourceLocation(file: "backout/rules")
      diagnostics.append(Diagnostic(location: place, message: error.message, isRemark: true))
      return ActiveRules()
    }
  }

  /// What a count adds to an earlier answer: an estimate proves nothing, and no count makes none of some.
  private func settled(_ answer: ProbeResult, by count: ProbeResult) -> ProbeResult {
    switch (answer, count) {
    case (.some, .none), (.some, .unknown), (.unknown, .some(_, isEstimate: true)): answer
    default: count
    }
  }

  private func judge(
    _ path: RevisionPath, _ way: WayBack, _ answers: [ProbeRequest: ProbeResult],
    _ facts: ExaminationFacts, _ result: inout CheckResult
  ) {
    let questions = way.questions
    let answer = { @Sendable [requests = way.requests] (question: LossProbe) -> ProbeAnswer in
      ProbeAnswer(requests[question], answers)
        ?? .unknown(
          "no question to the rows settles it", sql: questions.queryByHand(for: question))
    }
    let present = facts.schema.flatMap(\.value).map(way.drift.present) ?? [:]
    let areRolesAsked = facts.rights?.value?.absentRoles != nil
    var judgement = Judge(
      answer: answer, present: present, askedRoles: areRolesAsked ? way.drift.askedRoles : []
    ).judge(way.context)
    judgement.take(
      way.hazards.filter { $0.probes.isEmpty || !$0.probes.allSatisfy { answer($0) == .none } }
        .map(\.reason))
    take(facts, way.drift, &judgement, &result)
    if let rights = facts.rights?.value {
      judgement.take(rights.absences(isUnderstood: way.isUnderstood))
    }
    for column in way.numbered {
      guard let answer = ProbeAnswer(questions.request(for: column), answers) else { continue }
      if let reason = column.reason(answer) { judgement.take([reason]) }
      if let note = column.note(answer) { result.notes.append(note) }
    }
    judgement.take(way.narrowed.compactMap { $0.reason(answers[$0.request]) })
    if let twice = result.current.first(where: { row in result.current.count { $0 == row } > 1 }) {
      judgement.take([
        Reason(
          .executes, .unsafe,
          "alembic ends with an error: the version table has \(twice) more than once")
      ])
    }
    if let failure = path.rowsFailure {
      judgement.reasons.append(
        Reason(.executes, .unsafe, "alembic ends with an error: \(failure.failure.message)"))
      judgement.answers.executes = .no
    }
    result.judgement = judgement
    result.coverage = way.replayed.coverage
    result.opaque = way.replayed.notes
    if !isBrief {
      result.findings = evidence(
        rules(&result.diagnostics).findings(
          in: way.context, differences: judgement.differences, isAsked: true),
        judgement)
    }
    for step in way.replayed.trip.steps {
      if let source = alembic.revision(step.revision)?.module.source {
        result.sources[source.path] = source
      }
    }
  }

  /// What the catalogs say of the objects that the downgrade is about.
  private func take(
    _ facts: ExaminationFacts, _ check: DriftCheck, _ judgement: inout Judgement,
    _ result: inout CheckResult
  ) {
    switch facts.schema {
    case .known(let schema)?:
      let rights = facts.rights?.value
      let drift = check.drift(schema, role: rights?.missing.isEmpty == true ? rights?.role : nil)
      judgement.take(drift.reasons)
      result.drift = drift.lines
      result.sizes = check.tables.compactMap { table in
        guard let relation = schema.relations[table], ["r", "p", "m"].contains(relation.kind) else {
          return nil
        }
        return TableSize(table: table, rows: relation.estimatedRows, bytes: relation.bytes)
      }
    case .unknown(let why)?:
      judgement.take([
        Reason(.executes, .unknown, "the schema of the database is not known: \(why)")
      ])
    case nil: break
    }
    switch facts.rights {
    case .known(let rights)?:
      result.runningRole = rights.role
      if let reason = rights.reason { judgement.take([reason]) }
      judgement.take(rights.versionReasons)
    case .unknown(let why)?:
      judgement.take([
        Reason(.executes, .unknown, "not known whether the role may run the downgrade: \(why)")
      ])
    case nil: break
    }
    if let activity = facts.activity.value {
      result.notes += activity.publications.map {
        "published: \($0); its subscribers have to follow"
      }
      result.notes += activity.idleSlots.map {
        "replication slot \($0) is not read: the server keeps its log for it"
      }
      if let gap = activity.gap { result.notes.append(gap) }
    }
  }

  /// Whether a finding is about the way back, what the upgrade lost, or code from before. How an upgrade that
  /// is over locked its tables helps nobody now.
  private static func matters(_ finding: Finding) -> Bool {
    finding.direction == .downgrade || RuleBook.aboutData.contains(finding.rule)
      || RuleBook.codeBreakRules.contains { $0.name == finding.rule }
  }

  /// What the rows said goes to the findings of the same place.
  private func evidence(_ findings: [Finding], _ judgement: Judgement) -> [Finding] {
    findings.filter(Self.matters).map { finding in
      guard RuleBook.aboutData.contains(finding.rule) else { return finding }
      var finding = finding
      for reason in judgement.reasons
      where reason.location == finding.location && finding.direction == .downgrade {
        finding.evidence.append(reason.text)
        if reason.verdict == .unsafe { finding.severity = .error }
      }
      return finding
    }.sorted(by: Finding.ordered)
  }
}

extension ProbeAnswer {
  /// Nil where there was no such question.
  fileprivate init?(_ request: ProbeRequest?, _ answers: [ProbeRequest: ProbeResult]) {
    guard let request, let answer = answers[request] else { return nil }
    switch answer {
    case .none: self = .none
    case .some(let count, let isEstimate): self = .some(count: count, isEstimate: isEstimate)
    case .unknown(let why): self = .unknown(why, sql: ProbeQuery(request).byHand)
    }
  }
}
