// One check: three exchanges with a database, and the judgement between them.

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
  let source: Recorder
  let ways: WaysBack
  /// Whether only the verdict and its reasons are wanted.
  var isBrief = false

  private var alembic: AlembicProject { project.alembic }

  func result() throws(BackoutFailure) -> CheckResult {
    let opening = try source.open(
      OpeningRequest(versionTable: project.versionTable, lock: key))
    var result = CheckResult(server: opening.server, target: target, lock: opening.lock)
    result.diagnostics = alembic.diagnostics
    var doubts = project.settingDoubts
    if case .rows(let rows) = opening.versionTable { result.current = rows }
    if !project.hasPlace(for: opening.versionTable) {
      // The server does not wait while the history is searched.
      let closing = try source.close(ClosingRequest(lock: key))
      if let obstacle = project.obstacle(opening.versionTable, isBrief: isBrief) {
        doubts.append(obstacle)
      }
      result.finish(doubts: doubts, closing: closing, needed: nil)
      result.next = result.steps(project.runbook, tables: nil)
      return result
    }
    if opening.server.isReadOnlyByDefault {
      doubts.append(
        Reason(
          .executes, .unknown,
          "default_transaction_read_only is on for this role or database: a downgrade fails (25006) unless "
            + "it is set off"))
    }
    let path = try path(from: result.current)
    result.path = path.steps.map(\.id)
    result.destination = destination(of: path, result.current)
    result.messages = path.steps.map { alembic.revision($0.id)?.message ?? "" }
    try judge(path, doubts, &result)
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

  private func judge(
    _ path: RevisionPath, _ doubts: [Reason], _ result: inout CheckResult
  ) throws(BackoutFailure) {
    let way = try ways.way(path, serverVersion: result.server.versionNumber / 10_000)
    let (replayed, context, drift) = (way.replayed, way.context, way.drift)
    let (needed, hazards, requests) = (way.needed, way.hazards, way.requests)
    var request = way.examination
    if request.schema != nil {
      request.rights = drift.rights(of: role, versionTable: project.versionTable)
    }
    let facts = try source.examine(request)

    var closingRequest = ClosingRequest(lock: key)
    closingRequest.locked = needed.relations
    closingRequest.counted = zip(request.probes, facts.probes).compactMap { probe, answer in
      if case .some = answer { probe } else { nil }
    }
    let closing = try source.close(closingRequest)

    var answers: [ProbeRequest: ProbeResult] = [:]
    for (probe, answer) in zip(request.probes, facts.probes) { answers[probe] = answer }
    for (probe, count) in zip(closingRequest.counted, closing.counts) { answers[probe] = count }
    let questions = way.questions
    let answer = { @Sendable [requests, answers] (question: LossProbe) -> ProbeAnswer in
      ProbeAnswer(requests[question], answers)
        ?? .unknown(
          "no question to the rows settles it", sql: questions.queryByHand(for: question))
    }
    var judgement = Judge(answer: answer).judge(context)
    judgement.take(
      hazards.filter { $0.probes.isEmpty || !$0.probes.allSatisfy { answer($0) == .none } }
        .map(\.reason))
    take(facts, drift, &judgement, &result)
    for column in way.numbered {
      guard let answer = ProbeAnswer(questions.request(for: column), answers) else { continue }
      if let reason = column.reason(answer) { judgement.take([reason]) }
      if let note = column.note(answer) { result.notes.append(note) }
    }
    if let failure = path.rowsFailure {
      judgement.reasons.append(
        Reason(.executes, .unsafe, "alembic ends with an error: \(failure.failure.message)"))
      judgement.answers.executes = .no
    }
    result.judgement = judgement
    result.coverage = replayed.coverage
    result.opaque = replayed.notes
    if !isBrief {
      result.findings = evidence(
        rules(&result.diagnostics).findings(in: context, differences: judgement.differences),
        judgement)
    }
    for step in replayed.trip.steps {
      if let source = alembic.revision(step.revision)?.module.source {
        result.sources[source.path] = source
      }
    }
    let aside =
      source.isElsewhere && way.namesPublic
      ? [Reason(.executes, .unknown, "a migration names the schema public itself")] : []
    result.finish(doubts: doubts + aside, closing: closing, needed: needed)
    result.next = result.steps(project.runbook, tables: way.isUnderstood ? drift.tables : nil)
  }

  /// What the catalogs say of the objects that the downgrade is about.
  private func take(
    _ facts: ExaminationFacts, _ check: DriftCheck, _ judgement: inout Judgement,
    _ result: inout CheckResult
  ) {
    switch facts.schema {
    case .known(let schema)?:
      let drift = check.drift(schema)
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
