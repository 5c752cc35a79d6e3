// The way back from a database's revision, replayed.

import Alembic
import SafetyRules
import SchemaModel
import SourceText
import Verdicts

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
    var replayer = history.replayer(serverVersion: serverVersion)
    var catalog = history.start(serverVersion: serverVersion)
    for (index, steps) in kept.enumerated() {
      _ = replayer.replay(
        steps.upgrade, of: steps.revision, origin: index, on: &catalog)
    }
    // What was not understood below the target is not part of the way back.
    var ranged = replayer.branch
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
    // `alembic downgrade` takes all steps in one session and, as the default is, in one transaction.
    let isSplit = project.environment.online.transactionPerMigration.value
    let following: Replayer.Following =
      isSplit == true ? .session : isSplit == nil ? .transactionPerhaps : .transaction
    // What a downgrade looks for, the database itself decides.
    ranged.answers = nil
    for step in path.steps {
      guard let steps = taken.first(where: { $0.revision.id == step.id }) else { continue }
      ranged.isFollowed = step.id != path.steps.last?.id
      downgrades.append(
        ranged.replay(steps.downgrade, of: steps.revision, origin: origin, on: &catalog))
      origin += 1
      ranged.following = following
    }
    trip = RoundTrip(before: before, upgrades: upgrades, downgrades: downgrades)
    coverage = ranged.coverage
    notes = ranged.notes
  }
}
