// Keeps the rows of the version table as Alembic does after each step.

/// One statement on the version table.
package enum VersionRowChange: Sendable, Hashable {
  case insert(String)
  case delete(String)
  case update(from: String, to: String)
}

/// The rows of the version table while steps are taken (`HeadMaintainer` and `RevisionStep`).
/// Where Alembic leaves it to chance which row is updated and which is deleted or inserted, the
/// order of the file decides.
struct VersionRows {
  private var rows: Set<String>
  private let graph: RevisionGraph
  /// The ancestors of the other rows, from the last step that asked.
  private var known: (others: Set<String>, ancestors: NodeSet)?

  init(_ rows: [String], graph: RevisionGraph) {
    self.rows = Set(rows)
    self.graph = graph
  }

  var sortedRows: [String] {
    rows.count < 2
      ? Array(rows)
      : rows.sorted { (graph.index[$0] ?? .max, $0) < (graph.index[$1] ?? .max, $1) }
  }

  /// `HeadMaintainer.update_to_step`.
  mutating func take(
    _ node: Int, _ direction: Direction
  ) throws(RevisionFailure) -> [VersionRowChange] {
    let changes =
      direction == .upgrade ? try upgradeChanges(node) : try downgradeChanges(node)
    for change in changes { try apply(change) }
    return changes
  }

  private mutating func upgradeChanges(_ node: Int) throws(RevisionFailure) -> [VersionRowChange] {
    let id = graph.nodes[node].id
    let below = graph.normalizedParents[node].map { graph.nodes[$0].id }
    let present = below.filter(rows.contains)
    if present.isEmpty { return [.insert(id)] }
    guard below.count > 1, present.count > 1 else {
      return [.update(from: below.count == 1 ? below[0] : present[0], to: id)]
    }
    let others = rows.subtracting(below)
    var merged = graph.normalizedParents[node]
    if !others.isEmpty {
      let covered = try ancestors(of: others)
      merged.removeAll(where: covered.contains)
    }
    guard let last = merged.last else {
      throw .crash("IndexError", "Every parent of \(id) is covered by another row")
    }
    return merged.dropLast().map { .delete(graph.nodes[$0].id) }
      + [.update(from: graph.nodes[last].id, to: id)]
  }

  private mutating func downgradeChanges(_ node: Int) throws(RevisionFailure) -> [VersionRowChange]
  {
    let id = graph.nodes[node].id
    let below = graph.normalizedParents[node]
    if rows.contains(id) {
      if below.isEmpty { return [.delete(id)] }
      let kept = try rowsBelow(node)
      guard let last = kept.last else { return [.delete(id)] }
      if below.count > 1 {
        return kept.dropLast().map { .insert(graph.nodes[$0].id) }
          + [.update(from: id, to: graph.nodes[last].id)]
      }
    }
    if below.count == 1 { return [.update(from: id, to: graph.nodes[below[0]].id)] }
    let present = below.map { graph.nodes[$0].id }.filter(rows.contains)
    guard present.count == 1 else {
      throw .crash("AssertionError", "Can't do an UPDATE because downrevision is ambiguous")
    }
    return [.update(from: id, to: present[0])]
  }

  /// The parents of a revision that no other row, and no other of them, implies
  /// (`RevisionStep._unmerge_to_revisions`).
  private mutating func rowsBelow(_ node: Int) throws(RevisionFailure) -> [Int] {
    let below = graph.normalizedParents[node]
    let others = rows.subtracting([graph.nodes[node].id])
    if !others.isEmpty {
      let covered = try ancestors(of: others)
      return below.filter { !covered.contains($0) }
    }
    if below.count == 1 { return below }
    var covered = NodeSet(capacity: graph.nodes.count)
    for parent in below {
      var ancestors = graph.reach(from: [parent], along: graph.normalizedParents)
      ancestors.remove(parent)
      covered.formUnion(ancestors)
    }
    return below.filter { !covered.contains($0) }
  }

  private mutating func ancestors(of others: Set<String>) throws(RevisionFailure) -> NodeSet {
    if let known, known.others == others { return known.ancestors }
    let nodes = try graph.rowNodes(others.sorted())
    let result = graph.reach(from: nodes, along: graph.normalizedParents)
    known = (others, result)
    return result
  }

  private mutating func apply(_ change: VersionRowChange) throws(RevisionFailure) {
    switch change {
    case .insert(let id): try add(id)
    case .delete(let id): try remove(id)
    case .update(let from, let to):
      if rows.contains(to) {
        throw .crash("AssertionError", "The version table already has the row '\(to)'")
      }
      try remove(from)
      try add(to)
    }
  }

  private mutating func add(_ id: String) throws(RevisionFailure) {
    guard rows.insert(id).inserted else {
      throw .crash("AssertionError", "The version table already has the row '\(id)'")
    }
  }

  private mutating func remove(_ id: String) throws(RevisionFailure) {
    guard rows.remove(id) != nil else {
      throw .crash("KeyError", "The version table does not have the row '\(id)'")
    }
  }
}
