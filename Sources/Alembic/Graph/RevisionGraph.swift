// Revisions and how they follow each other: heads, bases, branches, merges and dependencies.

/// What a revision file says of its place in the graph.
package struct RevisionNode: Hashable, Sendable {
  package var id: String
  package var downRevisions: [String]
  /// `depends_on`: identifiers or branch labels.
  package var dependencies: [String]
  package var branchLabels: [String]

  package init(
    id: String, downRevisions: [String] = [], dependencies: [String] = [],
    branchLabels: [String] = []
  ) {
    self.id = id
    self.downRevisions = downRevisions
    self.dependencies = dependencies
    self.branchLabels = branchLabels
  }
}

/// The graph of a project's revisions, with Alembic's meaning of every word
/// (`alembic.script.revision.RevisionMap`).
///
/// A graph that Alembic would not load has a `loadFailure`; what is left of it, without the links
/// that do not exist, still answers for parents, children and order.
package struct RevisionGraph: Sendable {
  /// One for each identifier, in the order of the files; of a duplicate identifier the last file
  /// counts, at the place of the first. After them the earlier files of duplicate identifiers, which
  /// nothing follows but which can still be heads and bases.
  var nodes: [RevisionNode] = []
  /// How many of the nodes count: as many as there are identifiers.
  var liveCount = 0
  /// Why Alembic would not load these files.
  package internal(set) var loadFailure: RevisionFailure?
  /// Revisions that no other revision has as its `down_revision`, in Alembic's order.
  package internal(set) var heads: [String] = []
  /// Heads that no other revision depends on either: what `heads` as a target means, and the rows
  /// of a database that is up to date.
  package internal(set) var realHeads: [String] = []
  /// Revisions without `down_revision`.
  package internal(set) var bases: [String] = []
  /// Bases without `depends_on`.
  package internal(set) var realBases: [String] = []

  var index: [String: Int] = [:]
  /// The revision in whose file a branch label stands.
  var labels: [String: Int] = [:]
  /// The labels in the order of the files.
  var labelOrder: [String] = []
  /// `down_revision`, as nodes.
  var parents: [[Int]] = []
  /// `depends_on`, as nodes.
  var dependencies: [[Int]] = []
  /// `depends_on` without what ancestors depend on already.
  var normalizedDependencies: [[Int]] = []
  /// Parents and normalized dependencies, without repetition.
  var normalizedParents: [[Int]] = []
  var children: [[Int]] = []
  /// Children and dependents.
  var allChildren: [[Int]] = []

  package init(_ files: [RevisionNode]) {
    self = GraphBuilder(files).graph
  }

  init() {}
}

// MARK: - Questions about one revision

extension RevisionGraph {
  /// The identifiers of the revisions in the order of the files, each once.
  package var identifiers: [String] { nodes[..<liveCount].map(\.id) }

  package func contains(_ id: String) -> Bool { index[id] != nil }

  /// `down_revision` of a revision, as far as these revisions exist.
  package func parents(of id: String) -> [String] { names(index[id].map { parents[$0] }) }

  /// The revisions whose `down_revision` names this one, in the order of the files.
  package func children(of id: String) -> [String] { names(index[id].map { children[$0] }) }

  /// `depends_on` of a revision, labels resolved.
  package func dependencies(of id: String) -> [String] { names(index[id].map { dependencies[$0] }) }

  /// The revisions that depend on this one, in the order of the files.
  package func dependents(of id: String) -> [String] {
    guard let node = index[id] else { return [] }
    return names(allChildren[node].filter { !children[node].contains($0) })
  }

  package func isHead(_ id: String) -> Bool { index[id].map { children[$0].isEmpty } ?? false }

  package func isBranchPoint(_ id: String) -> Bool {
    index[id].map { children[$0].count > 1 } ?? false
  }

  package func isMergePoint(_ id: String) -> Bool {
    index[id].map { parents[$0].count > 1 } ?? false
  }

  /// The branch labels that hold for each revision: its own, and those that it inherits from its
  /// branch, by revision identifier; each list in the order of the files.
  package func effectiveBranchLabels() -> [String: [String]] {
    var result: [String: [String]] = [:]
    for label in labelOrder {
      for node in members(ofBranch: label).elements where node < liveCount {
        result[nodes[node].id, default: []].append(label)
      }
    }
    return result
  }

  private func names(_ list: [Int]?) -> [String] { (list ?? []).map { nodes[$0].id } }
}

// MARK: - Relatives

extension RevisionGraph {
  /// These revisions and everything below them, parents and dependencies.
  package func ancestors(of ids: some Sequence<String>) -> Set<String> {
    names(reach(from: ids.compactMap { index[$0] }, along: normalizedParents))
  }

  /// These revisions and everything above them, children and dependents.
  package func descendants(of ids: some Sequence<String>) -> Set<String> {
    names(reach(from: ids.compactMap { index[$0] }, along: allChildren))
  }

  /// All revisions so that each stands after its parents and dependencies; members of a cycle
  /// stand last. The order of `alembic upgrade heads` where Alembic loads the graph.
  package var order: [String] { upgradeOrder ?? sortedByLinks().map { nodes[$0].id } }

  /// The node that counts for the identifier of this one.
  func live(_ node: Int) -> Int { node < liveCount ? node : index[nodes[node].id] ?? node }

  func live(_ set: NodeSet) -> NodeSet {
    if liveCount == nodes.count { return set }
    var result = NodeSet(capacity: nodes.count)
    for node in set.elements { result.insert(live(node)) }
    return result
  }

  /// The nodes that can be reached, the start included.
  func reach(from start: some Sequence<Int>, along links: [[Int]]) -> NodeSet {
    var seen = NodeSet(capacity: nodes.count)
    var todo = Array(start)
    while let node = todo.popLast() {
      guard seen.insert(node) else { continue }
      todo.append(contentsOf: links[node])
    }
    return seen
  }

  /// The revisions that have a branch label: the descendants of the one in whose file it stands, and
  /// what lies on the way from their tip down to a branch point or merge
  /// (`RevisionMap._add_branches`).
  func members(ofBranch label: String) -> NodeSet {
    guard let origin = labels[label] else { return NodeSet(capacity: nodes.count) }
    var members = NodeSet(capacity: nodes.count)
    var todo = [origin]
    var last = origin
    while let node = todo.popLast() {
      guard members.insert(node) else { continue }
      last = node
      todo.append(contentsOf: children[node])
    }
    var walked = NodeSet(capacity: nodes.count)
    while allChildren[last].count <= 1, parents[last].count <= 1, walked.insert(last) {
      members.insert(last)
      guard let parent = parents[last].first else { break }
      last = parent
    }
    return members
  }

  private func names(_ set: NodeSet) -> Set<String> { Set(set.elements.map { nodes[$0].id }) }

  /// Each node after its normalized parents; members of a cycle last.
  func sortedByLinks() -> [Int] {
    var missing = normalizedParents.map(\.count)
    var ready = (0..<liveCount).filter { missing[$0] == 0 }
    var result: [Int] = []
    while result.count < ready.count {
      let node = ready[result.count]
      result.append(node)
      for child in allChildren[node] where normalizedParents[child].contains(node) {
        missing[child] -= 1
        if missing[child] == 0 { ready.append(child) }
      }
    }
    return result + (0..<liveCount).filter { missing[$0] > 0 }
  }
}
