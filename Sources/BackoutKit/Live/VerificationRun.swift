// Holds a live database to the replay of all revisions up to one.

import Alembic
import DatabaseFacts
import SafetyRules
import SchemaModel
import Verdicts

struct VerificationRun {
  let project: Project
  /// As Alembic spells it.
  let revision: String
  let key: AdvisoryLockKey
  let source: Recorder

  private var alembic: AlembicProject { project.alembic }

  func result() throws(BackoutFailure) -> Verification {
    let expected: [String]
    do throws(RevisionFailure) {
      expected = try alembic.graph.resolve(revision).sorted()
    } catch {
      throw BackoutFailure(error, in: alembic.graph)
    }
    let opening = try source.open(
      OpeningRequest(versionTable: project.versionTable, lock: key))
    let replay = try WholeReplay(
      alembic, upTo: expected, serverVersion: opening.server.versionNumber / 10_000)
    var result = Verification(
      server: opening.server, expected: expected, lock: opening.lock, coverage: replay.coverage)
    result.add(project.settingDoubts)
    place(opening.versionTable, &result)

    let schema = WholeSchema(replay.catalog, latest: replay.latest)
    var request = ExaminationRequest()
    request.schema = schema.request
    let facts = try source.examine(request)
    switch facts.schema {
    case .known(let live)?:
      result.take(
        differences: schema.differences(live), invalidIndexes: schema.invalidIndexes(live),
        isKnown: replay.isKnown)
    case .unknown(let why)?:
      result.add([Reason(.schema, .unknown, "the schema of the database is not known: \(why)")])
    case nil: break
    }
    result.take(lockAtEnd: try source.close(ClosingRequest(lock: key)).lock)
    return result
  }

  private func place(_ table: VersionTableFacts, _ result: inout Verification) {
    switch table {
    case .rows(let rows): result.current = rows
    case .missing where result.expected.isEmpty: return
    case .missing, .elsewhere, .unreadable: result.isPlaceKnown = false
    }
    if let obstacle = project.obstacle(table) {
      result.add([obstacle])
    } else if Set(result.current) != Set(result.expected) {
      let place = result.current.isEmpty ? "base" : result.current.joined(separator: ", ")
      let wanted = result.expected.isEmpty ? "base" : result.expected.joined(separator: ", ")
      result.add([Reason(.executes, .unsafe, "the database is at \(place), not at \(wanted)")])
    }
  }
}

/// The upgrades up to some revisions, and then all others.
private struct WholeReplay {
  let catalog: Catalog
  let latest: Catalog
  let coverage: Coverage
  let isKnown: Bool

  init(
    _ project: AlembicProject, upTo ids: [String], serverVersion: Int
  ) throws(BackoutFailure) {
    let below = project.graph.ancestors(of: ids).union(ids)
    let history = try History(project)
    var replayer = history.replayer(serverVersion: serverVersion)
    var catalog = history.start(serverVersion: serverVersion)
    let startsAtNothing = catalog.isComplete
    let steps =
      history.steps.filter { below.contains($0.revision.id) }
      + history.steps.filter { !below.contains($0.revision.id) }
    var known = catalog
    var isKnown = startsAtNothing
    var coverage = Coverage()
    for (index, step) in steps.enumerated() {
      let record = replayer.replay(step.upgrade, of: step.revision, origin: index, on: &catalog)
      guard below.contains(step.revision.id) else { continue }
      known = catalog
      coverage = replayer.coverage
      if !record.isUnderstood || record.statements.contains(where: \.isConditional) {
        isKnown = false
      }
    }
    self.catalog = known
    latest = catalog
    self.coverage = coverage
    self.isKnown = isKnown
  }
}
