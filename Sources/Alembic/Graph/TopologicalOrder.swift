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

private struct DescendingOrder {
  /// The revisions where the walk stands, one for each line.
  private var lines: [Int]
  /// What each line has below it, from when it was last worked out.
  private var below: [NodeSet]
  private var current = 0
  private var switches = 0
  private(set) var todo: NodeSet
  private(set) var output: [Int] = []
  private let graph: RevisionGraph

  init(_ revisions: NodeSet, ends: [Int], graph: RevisionGraph) {
    self.graph = graph
    let live = graph.live(revisions)
    todo = live
    lines = ends.map(graph.live).withoutRepetition().filter(live.contains).sorted()
    below = lines.map { graph.reach(from: [$0], along: graph.normalizedParents) }
  }

  var isDone: Bool { lines.isEmpty }

  mutating func advance() throws(RevisionFailure) {
    let candidate = lines[current]
    if let other = below.indices.first(where: { $0 != current && below[$0].contains(candidate) }) {
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
    if next.isEmpty {
      lines.remove(at: current)
      below.remove(at: current)
      current = max(current - 1, 0)
    } else {
      descend(from: candidate, to: next)
    }
  }

  private mutating func descend(from candidate: Int, to next: [Int]) {
    lines[current] = next[0]
    if graph.normalizedDependencies[candidate].isEmpty, graph.parents[candidate].count == 1 {
      below[current].remove(candidate)
      return
    }
    below[current] = graph.reach(from: [next[0]], along: graph.normalizedParents)
    for line in next.dropFirst() {
      lines.append(line)
      below.append(graph.reach(from: [line], along: graph.normalizedParents))
    }
  }
}
