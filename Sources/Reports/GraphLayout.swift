// Where the revisions of a graph stand: one row each, children above parents, in as few lanes as it takes.

/// A row for each revision, and a lane for each line between two of them. The terminal, the picture and the
/// page draw the same layout.
package struct GraphLayout: Sendable {
  /// A line from a child to a parent, both rows. It leaves the child for `lane`, goes down in it, and
  /// turns to the parent's lane right above the parent.
  package struct Edge: Sendable, Hashable {
    package var child: Int
    package var parent: Int
    package var lane: Int
  }

  package struct Row: Sendable, Hashable {
    package var lane: Int
    /// The lanes of lines that come from above and end here, other than its own.
    package var joining: [Int]
    /// The lanes of lines that begin here, other than its own.
    package var leaving: [Int]
    /// The lanes that lines go through above the row, and below it.
    package var lanesAbove: [Bool]
    package var lanesBelow: [Bool]
  }

  package private(set) var rows: [Row] = []
  package private(set) var edges: [Edge] = []
  /// How many lanes there are.
  package private(set) var width = 0

  /// - Parameter parents: the rows of each row's parents. A parent that is not below its child, as in a
  ///   circle, gets no line.
  /// - Parameter limit: of what is remembered of each row for `lanesAbove` and `lanesBelow`.
  package init(parents: [[Int]], limit: Int = .max) {
    /// The parent that each lane leads to, and the children that it comes from.
    var lanes: [(parent: Int, children: [Int])?] = []
    var awaited: [Int: [Int]] = [:]
    var free = FreeLanes()
    for row in parents.indices {
      let arriving = (awaited.removeValue(forKey: row) ?? []).sorted()
      let above = Self.occupied(lanes, limit)
      let lane = arriving.first ?? free.take()
      if lane == lanes.count { lanes.append(nil) }
      for other in arriving {
        for child in lanes[other]?.children ?? [] {
          edges.append(Edge(child: child, parent: row, lane: other))
        }
        lanes[other] = nil
        if other != lane { free.give(other) }
      }
      var leaving: [Int] = []
      var isContinued = false
      var seen: Set<Int> = []
      for parent in parents[row] where parent > row && seen.insert(parent).inserted {
        if !isContinued {
          isContinued = true
          lanes[lane] = (parent, [row])
          awaited[parent, default: []].append(lane)
        } else if let open = awaited[parent]?.first {
          lanes[open]?.children.append(row)
          if open != lane { leaving.append(open) }
        } else {
          let next = free.take()
          if next == lanes.count { lanes.append(nil) }
          lanes[next] = (parent, [row])
          awaited[parent, default: []].append(next)
          leaving.append(next)
        }
      }
      if !isContinued { free.give(lane) }
      width = max(width, lanes.count)
      rows.append(
        Row(
          lane: lane, joining: arriving.filter { $0 != lane }, leaving: leaving.sorted(),
          lanesAbove: above, lanesBelow: Self.occupied(lanes, limit)))
    }
  }

  private static func occupied<Line>(_ lanes: [Line?], _ limit: Int) -> [Bool] {
    lanes.prefix(limit).map { $0 != nil }
  }
}

/// Gives out lanes from the left.
private struct FreeLanes {
  private var returned: [Int] = []
  private var next = 0

  mutating func take() -> Int {
    if let lane = returned.popLast() { return lane }
    defer { next += 1 }
    return next
  }

  /// The lowest lane is last.
  mutating func give(_ lane: Int) {
    let place = returned.firstIndex { $0 < lane } ?? returned.endIndex
    returned.insert(lane, at: place)
  }
}
