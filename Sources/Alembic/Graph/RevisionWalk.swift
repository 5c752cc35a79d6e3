// Steps up and down the graph from a revision, and targets that are named that way.

extension RevisionGraph {
  /// `RevisionMap._walk` with `no_overwalk`: nothing where the walk leaves the graph.
  func walk(
    from start: NamedRevision, steps: Int, label: String?
  ) throws(RevisionFailure) -> NamedRevision {
    var place = start
    for _ in 0..<steps.magnitude {
      let next =
        steps > 0 ? try above(place, label: label) : try below(place)
      if next.isEmpty { return .nothing }
      if next.count > 1 { throw RevisionFailure(.revision, "Ambiguous walk") }
      place = next[0]
    }
    return place
  }

  private func above(
    _ place: NamedRevision, label: String?
  ) throws(RevisionFailure) -> [NamedRevision] {
    var next: [Int]
    switch place {
    case .base: throw .crash("AssertionError", "A walk up cannot begin below the first revision")
    case .nothing: next = bases.compactMap { index[$0] }
    case .node(let node): next = children[node]
    }
    if let label, !label.isEmpty { next = try filter(next, forLineageOf: label) }
    return next.map(NamedRevision.node)
  }

  private func below(_ place: NamedRevision) throws(RevisionFailure) -> [NamedRevision] {
    let next: [Int]
    switch place {
    case .base: return []
    case .nothing: next = heads.compactMap { index[$0] }
    case .node(let node): next = parents[node]
    }
    return next.isEmpty ? [.base] : next.map(NamedRevision.node)
  }

  /// `RevisionMap._parse_upgrade_target`.
  func upgradeTargets(
    _ target: String, from rows: [String]
  ) throws(RevisionFailure) -> [NamedRevision] {
    guard let relative = RelativeRevision(target) else { return try revisions(named: target) }
    if let symbol = relative.symbol {
      return [try upgradeTarget(relative, from: symbol)]
    }
    guard relative.steps > 0 else { throw .walkedShort(relative.text, relative.steps) }
    let start = try upgradeStart(relative.label, from: rows)
    let end = try walk(from: start, steps: relative.steps, label: relative.label)
    if end == .nothing { throw .walkedShort(relative.text, relative.steps) }
    return [end]
  }

  private func upgradeTarget(
    _ relative: RelativeRevision, from symbol: String
  ) throws(RevisionFailure) -> NamedRevision {
    if relative.steps > 0 {
      return try walk(
        from: revision(named: symbol), steps: relative.steps, label: relative.label)
    }
    let name = relative.label.map { "\($0)@\(symbol)" } ?? symbol
    return try walk(from: revision(named: name), steps: relative.steps, label: nil)
  }

  /// Where `+n` or `label@+n` begins.
  private func upgradeStart(
    _ label: String?, from rows: [String]
  ) throws(RevisionFailure) -> NamedRevision {
    let ambiguous = RevisionFailure(
      .revision, "Ambiguous upgrade from multiple current revisions")
    guard let label, !label.isEmpty else {
      if rows.count > 1 { throw ambiguous }
      return try rows.first.map { row throws(RevisionFailure) in try revision(named: row) }
        ?? .nothing
    }
    let current = try rowNodes(rows)
    var starts = try filter(current, forLineageOf: label)
    if starts.isEmpty {
      let active = try filter(
        reach(from: current, along: normalizedParents).elements, forLineageOf: label)
      let inner = Set(active.flatMap { normalizedParents[$0] })
      starts = active.map(live).withoutRepetition().filter { !inner.contains($0) }
    }
    if starts.count > 1 { throw ambiguous }
    return starts.first.map(NamedRevision.node) ?? .nothing
  }

  /// `RevisionMap._parse_downgrade_target`: the branch to keep to, and the target; nil for base.
  func downgradeTarget(
    _ target: String, from rows: [String], warnings: inout [String]
  ) throws(RevisionFailure) -> (label: String?, node: Int?) {
    guard let relative = RelativeRevision(target) else {
      let at = target.lastIndex(of: "@")
      let label = at.map { String(target[..<$0]) }
      let symbol = at.map { String(target[target.index(after: $0)...]) } ?? target
      return (label.flatMap { $0.isEmpty ? nil : $0 }, try revision(named: symbol).node)
    }
    if relative.steps >= 0 {
      guard let symbol = relative.symbol else { throw .walkedShort(relative.text, relative.steps) }
      let end = try walk(
        from: revision(named: symbol), steps: relative.steps, label: relative.label)
      if end == .nothing { throw RevisionFailure(.revision, "Walked too far") }
      return (relative.label, end.node)
    }
    var label = relative.label
    let symbol: String
    if let named = relative.symbol {
      symbol = named
    } else {
      symbol = try downgradeStart(relative, from: rows, label: &label, warnings: &warnings)
    }
    let end = try walk(
      from: revision(named: label.map { "\($0)@\(symbol)" } ?? symbol),
      steps: relative.steps, label: nil)
    if end == .nothing {
      throw relative.symbol == nil
        ? .walkedShort(relative.text, relative.steps)
        : RevisionFailure(.revision, "Walked too far")
    }
    return (label, end.node)
  }

  /// The row where `-n` or `label@-n` begins.
  private func downgradeStart(
    _ relative: RelativeRevision, from rows: [String], label: inout String?,
    warnings: inout [String]
  ) throws(RevisionFailure) -> String {
    guard let branch = label else {
      guard let first = rows.first else { throw .walkedShort(relative.text, relative.steps) }
      if Set(rows).count > 1 {
        warnings.append(
          "downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a "
            + "future release.")
      }
      label = first
      return first
    }
    var starts = try filter(rows, forLineageOf: branch)
    if starts.isEmpty {
      let active = reach(from: try rowNodes(rows), along: normalizedParents)
      let tips = active.elements.filter { !children[$0].contains(where: active.contains) }
      starts = try filter(tips, forLineageOf: branch).map { nodes[$0].id }
    }
    guard starts.count == 1 else {
      throw .crash(
        "AssertionError",
        starts.isEmpty
          ? "No revision of branch '\(branch)' is applied"
          : "Several revisions of branch '\(branch)' are applied: "
            + starts.joined(separator: ", "))
    }
    return starts[0]
  }

  /// The nodes of the version table's rows.
  func rowNodes(_ rows: [String]) throws(RevisionFailure) -> [Int] {
    var result: [Int] = []
    for row in rows {
      for point in try revisions(named: row) {
        guard case .node(let node) = point else {
          throw .crash("AssertionError", "The row '\(row)' is no revision")
        }
        result.append(node)
      }
    }
    return result
  }
}

extension NamedRevision {
  /// The node; nil for nothing and `base`, which are both base as a downgrade's target.
  fileprivate var node: Int? {
    if case .node(let node) = self { node } else { nil }
  }
}
