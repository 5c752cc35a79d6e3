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
  /// The rows that are identifiers, as nodes.
  private var rows: NodeSet
  private var count = 0
  /// The revisions of rows that Alembic finds by a prefix or label; no step changes such a row.
  private var others: [Int] = []
  private let graph: RevisionGraph
  /// The ancestors of the other rows, from the last step that asked.
  private var known: (rows: NodeSet, ancestors: NodeSet)?

  init(_ names: [String], graph: RevisionGraph) {
    self.graph = graph
    rows = NodeSet(capacity: graph.nodes.count)
    for name in names {
      if let node = graph.index[name] {
        if rows.insert(node) { count += 1 }
      } else if let nodes = try? graph.rowNodes([name]) {
        others += nodes
      }
    }
  }

  var isEmpty: Bool { count == 0 && others.isEmpty }

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
    let below = graph.normalizedParents[node]
    let present = below.filter(rows.contains)
    if present.isEmpty { return [.insert(name(node))] }
    guard below.count > 1, present.count > 1 else {
      return [.update(from: name(below.count == 1 ? below[0] : present[0]), to: name(node))]
    }
    let covered = ancestors(ofRowsBut: below)
    let merged = below.filter { !covered.contains($0) }
    guard let last = merged.last else {
      throw .crash("IndexError", "Every parent of \(name(node)) is covered by another row")
    }
    return merged.dropLast().map { .delete(name($0)) }
      + [.update(from: name(last), to: name(node))]
  }

  private mutating func downgradeChanges(_ node: Int) throws(RevisionFailure) -> [VersionRowChange]
  {
    let below = graph.normalizedParents[node]
    if rows.contains(node) {
      let kept = rowsBelow(node)
      guard let last = kept.last else { return [.delete(name(node))] }
      if below.count > 1 {
        return kept.dropLast().map { .insert(name($0)) }
          + [.update(from: name(node), to: name(last))]
      }
    }
    if below.count == 1 { return [.update(from: name(node), to: name(below[0]))] }
    let present = below.filter(rows.contains)
    guard present.count == 1 else {
      throw .crash("AssertionError", "Can't do an UPDATE because downrevision is ambiguous")
    }
    return [.update(from: name(node), to: name(present[0]))]
  }

  private func name(_ node: Int) -> String { graph.nodes[node].id }

  /// The parents of a revision that no other row, and no other of them, implies
  /// (`RevisionStep._unmerge_to_revisions`).
  private mutating func rowsBelow(_ node: Int) -> [Int] {
    let below = graph.normalizedParents[node]
    if count > 1 || !others.isEmpty {
      let covered = ancestors(ofRowsBut: [node])
      return below.filter { !covered.contains($0) }
    }
    if below.count < 2 { return below }
    var covered = NodeSet(capacity: graph.nodes.count)
    for parent in below {
      var ancestors = graph.reach(from: [parent], along: graph.normalizedParents)
      ancestors.remove(parent)
      covered.formUnion(ancestors)
    }
    return below.filter { !covered.contains($0) }
  }

  private mutating func ancestors(ofRowsBut excluded: [Int]) -> NodeSet {
    var remaining = rows
    for node in excluded { remaining.remove(node) }
    if let known, known.rows == remaining { return known.ancestors }
    let result = graph.reach(from: remaining.elements + others, along: graph.normalizedParents)
    known = (remaining, result)
    return result
  }

  private mutating func apply(_ change: VersionRowChange) throws(RevisionFailure) {
    switch change {
    case .insert(let id): try add(id)
    case .delete(let id): try remove(id)
    case .update(let from, let to):
      if graph.index[to].map(rows.contains) == true {
        throw .crash("AssertionError", "The version table already has the row '\(to)'")
      }
      try remove(from)
      try add(to)
    }
  }

  private mutating func add(_ id: String) throws(RevisionFailure) {
    guard let node = graph.index[id], rows.insert(node) else {
      throw .crash("AssertionError", "The version table already has the row '\(id)'")
    }
    count += 1
  }

  private mutating func remove(_ id: String) throws(RevisionFailure) {
    guard let node = graph.index[id], rows.contains(node) else {
      throw .crash("KeyError", "The version table does not have the row '\(id)'")
    }
    rows.remove(node)
    count -= 1
  }
}
