// Revisions of several branches, whose order of application the files leave open.

/// A stretch of the upgrade order in which some revisions are neither below nor above others.
package struct ParallelRevisions: Sendable {
  /// In the order of upgrading.
  package let revisions: [String]
  /// By the place of a revision, the places of those below it. Empty where there are too many.
  private let below: [NodeSet]

  /// Past this nothing is said of which of them have an order: the sets would fill the memory.
  private static let maximum = 10_000

  fileprivate init(_ order: ArraySlice<Int>, of graph: RevisionGraph) {
    revisions = order.map { graph.nodes[$0].id }
    guard order.count <= Self.maximum else {
      below = []
      return
    }
    let places = Dictionary(
      order.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var below: [NodeSet] = []
    for node in order {
      var own = NodeSet(capacity: order.count)
      for parent in graph.normalizedParents[node] {
        guard let place = places[graph.live(parent)], place < below.count else { continue }
        own.insert(place)
        own.formUnion(below[place])
      }
      below.append(own)
    }
    self.below = below
  }

  /// Whether either of two revisions, by their places here, may be applied before the other.
  package func areUnordered(_ first: Int, _ second: Int) -> Bool {
    guard first != second, !below.isEmpty else { return first != second }
    return !below[max(first, second)].contains(min(first, second))
  }
}

extension RevisionGraph {
  /// None for a history without branches. Takes no longer than to look at each link once.
  package var parallelRevisions: [ParallelRevisions] {
    guard let order = upgradeOrder?.compactMap({ index[$0] }), order.count == liveCount else {
      return []
    }
    // A revision that is the only tip of all up to it, and the only root of all from it on, stands in
    // one order with every other.
    let isOnlyTip = isOnlyEnd(order, linkedBy: normalizedParents)
    let isOnlyRoot = isOnlyEnd(order.reversed(), linkedBy: allChildren)
    var found: [ParallelRevisions] = []
    var start = 0
    for place in 0...order.count {
      if place < order.count, !(isOnlyTip[place] && isOnlyRoot[order.count - 1 - place]) {
        continue
      }
      if start < place { found.append(ParallelRevisions(order[start..<place], of: self)) }
      start = place + 1
    }
    return found
  }

  /// For each place whether all nodes before it lead to the node there.
  private func isOnlyEnd(_ order: [Int], linkedBy links: [[Int]]) -> [Bool] {
    var isContinued = [Bool](repeating: false, count: nodes.count)
    var ends = 0
    return order.map { node in
      ends += 1
      for before in links[node].map(live) where !isContinued[before] {
        isContinued[before] = true
        ends -= 1
      }
      return ends == 1
    }
  }
}
