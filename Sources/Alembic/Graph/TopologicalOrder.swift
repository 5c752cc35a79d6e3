// Puts a set of revisions in the order in which Alembic downgrades them; the reverse upgrades.

extension RevisionGraph {
  /// `RevisionMap._topological_sort`: from the ends downwards, each revision before what it stands
  /// on, keeping to one line as long as no other end needs the next revision first.
  func sorted(_ revisions: NodeSet, ends: [Int]) throws(RevisionFailure) -> [Int] {
    var order = DescendingOrder(revisions, ends: ends, graph: self)
    while !order.isDone { try order.advance() }
    if !order.todo.isEmpty {
      throw .crash("AssertionError", "Not all revisions can be reached from the database's")
    }
    return order.output
  }
}

/// Alembic keeps for each line the set of what is below it; whether a revision is in such a set is
/// here asked of the graph, which needs no such sets.
private struct DescendingOrder {
  /// The revisions where the walk stands, one for each line.
  private var lines: [Int]
  private var current = 0
  private var switches = 0
  private(set) var todo: NodeSet
  private(set) var output: [Int] = []
  private let graph: RevisionGraph
  /// Higher than that of everything below.
  private let rank: [Int]

  init(_ revisions: NodeSet, ends: [Int], graph: RevisionGraph) {
    self.graph = graph
    let live = graph.live(revisions)
    todo = live
    lines = ends.map(graph.live).withoutRepetition().filter(live.contains).sorted()
    var rank = [Int](repeating: 0, count: graph.nodes.count)
    for (position, node) in graph.sortedByLinks().enumerated() { rank[node] = position }
    self.rank = rank
  }

  var isDone: Bool { lines.isEmpty }

  mutating func advance() throws(RevisionFailure) {
    let candidate = lines[current]
    if let other = lines.indices.first(where: { $0 != current && isBelow(candidate, lines[$0]) }) {
      current = other
      switches += 1
      // Two lines cannot wait for each other in a graph without cycles.
      if switches > lines.count { throw .crash("RecursionError", "Revisions wait for each other") }
      return
    }
    switches = 0
    if todo.contains(candidate) {
      output.append(candidate)
      todo.remove(candidate)
    }
    let next = graph.normalizedParents[candidate].filter {
      todo.contains($0) && !lines.contains($0)
    }
    if let first = next.first {
      lines[current] = first
      lines += next.dropFirst()
    } else {
      lines.remove(at: current)
      current = max(current - 1, 0)
    }
  }

  private func isBelow(_ candidate: Int, _ line: Int) -> Bool {
    if line == candidate { return true }
    let least = rank[candidate]
    guard rank[line] > least else { return false }
    // Most lines end here, before anything is allocated.
    guard graph.normalizedParents[line].contains(where: { rank[$0] >= least }) else { return false }
    var seen: NodeSet?
    var todo = [line]
    while let node = todo.popLast() {
      for parent in graph.normalizedParents[node] where rank[parent] >= least {
        if parent == candidate { return true }
        if seen == nil { seen = NodeSet(capacity: graph.nodes.count) }
        if seen?.insert(parent) == true { todo.append(parent) }
      }
    }
    return false
  }
}
