// The way back from one revision to another, replayed, with all that a check asks about it.

import Alembic
import DatabaseFacts
import SafetyRules
import SchemaModel
import Synchronization
import Verdicts

struct WayBack: Sendable {
  let replayed: RangeReplay
  let context: RoundTripContext
  let hazards: [RowHazard]
  let needed: NeededLocks
  let drift: DriftCheck
  let questions: RowQuestions
  /// The questions to the rows, by what they settle.
  let requests: [LossProbe: ProbeRequest]
  let numbered: [NumberedColumn]
  let narrowed: [NarrowedSequence]
  /// Without the rights of a role.
  let examination: ExaminationRequest
  /// Whether everything on the way up and down is known.
  let isUnderstood: Bool
  /// Whether a statement names the schema `public` itself.
  let namesPublic: Bool

  init(_ project: Project, _ path: RevisionPath, server: ServerVersion) throws(BackoutFailure) {
    replayed = try RangeReplay(
      project.alembic, rows: path.rows, path: path, serverVersion: server.major)
    let (trip, current) = (replayed.trip, replayed.current)
    context = RoundTripContext(trip, server: server)
    hazards = rowHazards(of: trip, current: current)
    needed = NeededLocks(trip, current: current, versionTable: project.versionTable)
    drift = DriftCheck(trip, current: current)
    questions = RowQuestions(trip, current: current)
    isUnderstood = trip.steps.allSatisfy(\.isUnderstood)
    namesPublic = trip.steps.contains(where: \.namesPublic)
    var request = ExaminationRequest()
    var requests: [LossProbe: ProbeRequest] = [:]
    for question in probes(of: context) + hazards.flatMap(\.probes) where requests[question] == nil
    {
      guard let probe = questions.request(for: question) else { continue }
      requests[question] = probe
      if !request.probes.contains(probe) { request.probes.append(probe) }
    }
    numbered = numberedColumns(of: trip, current: current, tables: drift.concerned)
    for probe in numbered.compactMap(questions.request(for:)) where !request.probes.contains(probe)
    {
      request.probes.append(probe)
    }
    narrowed = NarrowedSequence.all(of: trip, current: current)
    for probe in narrowed.map(\.request) where !request.probes.contains(probe) {
      request.probes.append(probe)
    }
    request.schema = drift.request
    request.locked = needed.relations
    self.requests = requests
    examination = request
  }
}

/// Many databases are at few revisions: each way is replayed once.
final class WaysBack: Sendable {
  private struct Key: Hashable {
    var rows: [String]
    var steps: [String]
    var server: ServerVersion
  }
  private let project: Project
  private let known = Mutex<[Key: Result<WayBack, BackoutFailure>]>([:])

  init(_ project: Project) { self.project = project }

  func way(_ path: RevisionPath, server: ServerVersion) throws(BackoutFailure) -> WayBack {
    let key = Key(rows: path.rows, steps: path.steps.map(\.id), server: server)
    let result = known.withLock { known in
      if let way = known[key] { return way }
      let way = Result { () throws(BackoutFailure) in
        try WayBack(project, path, server: server)
      }
      known[key] = way
      return way
    }
    return try result.get()
  }
}
