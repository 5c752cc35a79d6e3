// The steps that `alembic upgrade` or `alembic downgrade` takes from a database's rows to a target.

/// The steps to a target, in the order in which Alembic runs them.
package struct RevisionPath: Sendable, Equatable {
  package var direction: Direction
  /// The rows of the version table before the first step.
  package var rows: [String]
  package var steps: [PathStep]
  /// Alembic would crash while it keeps the version table, in this step: after the step's function
  /// has run.
  package var rowsFailure: RowsFailure?
  /// What Alembic warns of.
  package var warnings: [String]

  /// The rows of the version table after so many steps, in alphabetical order.
  package func rows(after count: Int) -> [String] {
    var result = Set(rows)
    for change in steps.prefix(max(0, count)).flatMap(\.rowChanges) {
      switch change {
      case .insert(let id): result.insert(id)
      case .delete(let id): result.remove(id)
      case .update(let from, let to):
        result.remove(from)
        result.insert(to)
      }
    }
    return result.sorted()
  }

  package struct RowsFailure: Sendable, Equatable {
    package var step: Int
    package var failure: RevisionFailure
  }
}

/// One revision's function, and what happens to the version table after it.
package struct PathStep: Sendable, Equatable {
  package var id: String
  package var direction: Direction
  /// What the log line names on the left: parents for an upgrade, without dependencies.
  package var from: [String]
  package var to: [String]
  /// The version table has no row before the step: `--sql` then creates it.
  package var beginsWithoutRows: Bool
  /// In order; empty from the step on where keeping the rows fails.
  package var rowChanges: [VersionRowChange]

  /// `upgrade a -> b`, as in `-- Running upgrade a -> b`.
  package var log: String {
    let from = from.joined(separator: ", ")
    let to = to.joined(separator: ", ")
    return "\(direction.rawValue) \(from) -> \(to)"
  }
}

extension RevisionGraph {
  /// The steps of `alembic upgrade target` on a database with these rows.
  package func upgradePath(
    from rows: [String], to target: String
  ) throws(RevisionFailure) -> RevisionPath {
    if let loadFailure { throw loadFailure }
    if let same = path(toCurrent: target, .upgrade, rows) { return same }
    do {
      let (needed, ends) = try collectUpgrade(from: rows, to: relative(target))
      let order = try sorted(needed, ends: ends)
      return path(.upgrade, order.reversed(), rows: rows, warnings: [])
    } catch {
      throw error.naming(target: target, .upgrade)
    }
  }

  /// The revisions in the order of `alembic upgrade heads` on an empty database; nil where Alembic would
  /// refuse. As the steps of `upgradePath`, without the rows of the version table.
  package var upgradeOrder: [String]? {
    guard loadFailure == nil,
      let (needed, ends) = try? collectUpgrade(from: [], to: "heads"),
      let order = try? sorted(needed, ends: ends)
    else { return nil }
    return order.reversed().map { nodes[$0].id }
  }

  /// The steps of `alembic downgrade target` on a database with these rows.
  package func downgradePath(
    from rows: [String], to target: String
  ) throws(RevisionFailure) -> RevisionPath {
    if let loadFailure { throw loadFailure }
    if let same = path(toCurrent: target, .downgrade, rows) { return same }
    do {
      var warnings: [String] = []
      let (dropped, ends) = try collectDowngrade(
        from: rows, to: relative(target), warnings: &warnings)
      return path(.downgrade, try sorted(dropped, ends: ends), rows: rows, warnings: warnings)
    } catch {
      throw error.naming(target: target, .downgrade)
    }
  }

  /// `current` is ours for upgrade and downgrade (Alembic has it in `history` only): where the
  /// database stands, unless a revision or a label begins like that.
  private func path(
    toCurrent target: String, _ direction: Direction, _ rows: [String]
  ) -> RevisionPath? {
    guard target == "current", node(named: target) == nil else { return nil }
    return RevisionPath(direction: direction, rows: rows, steps: [], rowsFailure: nil, warnings: [])
  }

  /// `current-1` as `-1`.
  private func relative(_ target: String) -> String {
    guard let distance = RelativeRevision(target), distance.symbol == "current",
      node(named: "current") == nil
    else { return target }
    return (distance.label.map { "\($0)@" } ?? "") + distance.text
  }

  private func path(
    _ direction: Direction, _ order: [Int], rows: [String], warnings: [String]
  ) -> RevisionPath {
    var keeper = VersionRows(rows, graph: self)
    var path = RevisionPath(
      direction: direction, rows: rows, steps: [], rowsFailure: nil, warnings: warnings)
    for node in order {
      let id = nodes[node].id
      let below = nodes[node].downRevisions
      var step = PathStep(
        id: id, direction: direction, from: direction == .upgrade ? below : [id],
        to: direction == .upgrade ? [id] : below, beginsWithoutRows: keeper.isEmpty, rowChanges: [])
      if path.rowsFailure == nil {
        do {
          step.rowChanges = try keeper.take(node, direction)
        } catch {
          path.rowsFailure = RevisionPath.RowsFailure(step: path.steps.count, failure: error)
        }
      }
      path.steps.append(step)
    }
    return path
  }
}

// MARK: - Collecting

extension RevisionGraph {
  /// `RevisionMap._collect_upgrade_revisions` with `implicit_base`.
  private func collectUpgrade(
    from rows: [String], to target: String
  ) throws(RevisionFailure) -> (NodeSet, ends: [Int]) {
    let targets = try upgradeTargets(target, from: rows).map { point throws(RevisionFailure) in
      guard case .node(let node) = point else {
        throw .crash("AssertionError", "'\(target)' walks out of the graph")
      }
      return node
    }
    var needed = try reach(disjoint: targets)
    let current = try rowNodes(rows)
    needed.subtract(try reach(disjoint: current))
    return (needed, targets)
  }

  /// `RevisionMap._collect_downgrade_revisions`.
  private func collectDowngrade(
    from rows: [String], to target: String, warnings: inout [String]
  ) throws(RevisionFailure) -> (NodeSet, ends: [Int]) {
    let (label, end) = try downgradeTarget(target, from: rows, warnings: &warnings)
    var roots: [Int]
    if let end {
      roots = children[end]
    } else {
      // A label is a second key of its revision, and counts when Alembic looks for several roots.
      roots = (Array(0..<liveCount) + labelOrder.compactMap { labels[$0] })
        .filter { nodes[$0].downRevisions.isEmpty }
    }
    if let label, !label.isEmpty, roots.count > 1 {
      let branch = live(reach(from: [try self.branch(named: label)], along: parents))
      roots = roots.map(live).withoutRepetition().filter(branch.contains)
      if roots.isEmpty {
        throw RevisionFailure(.revision, "Not a valid downgrade target from current heads")
      }
    }
    let ends = try rowNodes(rows)
    var dropped = reach(from: roots, along: allChildren)
    dropped.formIntersection(reach(from: ends, along: normalizedParents))
    if let end, dropped.isEmpty, !ends.contains(end) { throw .notAncestor }
    return (dropped, ends)
  }

  /// Ancestors of the targets, which must not lie above each other
  /// (`RevisionMap._iterate_related_revisions` with `check`).
  private func reach(disjoint targets: [Int]) throws(RevisionFailure) -> NodeSet {
    var seen = NodeSet(capacity: nodes.count)
    var isTarget = NodeSet(capacity: nodes.count)
    for target in targets { isTarget.insert(target) }
    for target in targets {
      var overlaps: [Int] = []
      var todo = [target]
      while let node = todo.popLast() {
        if node != target, isTarget.contains(node) { overlaps.append(node) }
        if seen.insert(node) { todo.append(contentsOf: normalizedParents[node]) }
      }
      if !overlaps.isEmpty {
        let names = overlaps.withoutRepetition().map { nodes[$0].id }.joined(separator: ", ")
        throw RevisionFailure(
          .revision,
          "Requested revision \(nodes[target].id) overlaps with other requested revisions \(names)")
      }
    }
    return seen
  }
}
