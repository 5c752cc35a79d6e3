// Builds the graph out of what the files say, and finds what Alembic would refuse to load.

/// One use: `GraphBuilder(files).graph`.
struct GraphBuilder {
  private(set) var graph = RevisionGraph()
  private let files: [RevisionNode]
  private var nodeOfFile: [Int: Int] = [:]

  /// The steps and their order are those of `RevisionMap._revision_map`, so that the first failure
  /// is the one that Alembic reports.
  init(_ files: [RevisionNode]) {
    self.files = files
    checkIdentifiers()
    addNodes()
    addLabels()
    addDependencies()
    addParents()
    graph.fillChildren()
    graph.normalizeDependencies()
    addEnds()
    detectCycles()
  }

  private mutating func fail(_ failure: RevisionFailure) {
    if graph.loadFailure == nil { graph.loadFailure = failure }
  }

  private mutating func checkIdentifiers() {
    for file in files {
      if file.downRevisions.contains(file.id) {
        fail(RevisionFailure(.selfLoop, "Self-loop is detected in revisions (\(file.id))"))
      } else if file.dependencies.contains(file.id) {
        // Alembic joins the identifier's characters here; the sentence is ours.
        fail(
          RevisionFailure(
            .dependencySelfLoop, "Dependency self-loop is detected in revisions (\(file.id))"))
      }
      let illegal = ["+", "-", ":", "@"].filter { file.id.utf8.contains($0.utf8.first ?? 0) }
      if !illegal.isEmpty {
        let characters = illegal.joined(separator: ", ")
        fail(
          RevisionFailure(
            .revision,
            "Character(s) '\(characters)' not allowed in revision identifier '\(file.id)'"))
      }
    }
  }

  private mutating func addNodes() {
    var shadowed: [Int] = []
    var current: [Int] = []
    for (position, file) in files.enumerated() {
      if let known = graph.index[file.id] {
        shadowed.append(current[known])
        graph.nodes[known] = file
        current[known] = position
      } else {
        graph.index[file.id] = graph.nodes.count
        graph.nodes.append(file)
        current.append(position)
      }
    }
    graph.liveCount = graph.nodes.count
    for (node, position) in (current + shadowed).enumerated() { nodeOfFile[position] = node }
    graph.nodes += shadowed.map { files[$0] }
  }

  private mutating func addLabels() {
    for (position, file) in files.enumerated() {
      for label in file.branchLabels {
        if let other = graph.node(named: label) {
          fail(
            RevisionFailure(
              .revision,
              "Branch name '\(label)' in revision \(file.id) already used by revision "
                + graph.nodes[other].id))
        } else {
          graph.labels[label] = nodeOfFile[position]
          graph.labelOrder.append(label)
        }
      }
    }
  }

  private mutating func addDependencies() {
    for file in files {
      for name in file.dependencies where graph.node(named: name) == nil {
        fail(.crash("KeyError", "Revision \(name), which \(file.id) depends on, is not present"))
      }
    }
    graph.dependencies = graph.nodes.enumerated().map { index, node in
      node.dependencies.compactMap { graph.node(named: $0).map(graph.live) }.filter { $0 != index }
    }
  }

  private mutating func addParents() {
    graph.parents = graph.nodes.enumerated().map { index, node in
      node.downRevisions.compactMap { graph.index[$0] }.filter { $0 != index }.withoutRepetition()
    }
    for node in graph.nodes[..<graph.liveCount] {
      for name in node.downRevisions where graph.index[name] == nil {
        fail(.crash("KeyError", "Revision \(name) referenced from \(node.id) is not present"))
      }
    }
  }

  /// Heads and bases; an earlier file of a duplicate identifier is always a head, since nothing in
  /// the map follows it.
  private mutating func addEnds() {
    for (position, file) in files.enumerated() {
      guard let node = nodeOfFile[position] else { continue }
      if graph.children[node].isEmpty { graph.heads.append(file.id) }
      if graph.allChildren[node].isEmpty { graph.realHeads.append(file.id) }
      guard file.downRevisions.isEmpty else { continue }
      graph.bases.append(file.id)
      if file.dependencies.isEmpty { graph.realBases.append(file.id) }
    }
  }

  private mutating func detectCycles() {
    guard graph.loadFailure == nil, !graph.nodes.isEmpty else { return }
    let nodes = graph.nodes.indices
    let bases = nodes.filter { graph.nodes[$0].downRevisions.isEmpty }
    if let members = unreachable(
      heads: nodes.filter { graph.children[$0].isEmpty }, bases: bases, down: graph.parents,
      up: graph.children)
    {
      fail(RevisionFailure(.cycle, "Cycle is detected in revisions (\(members))"))
      return
    }
    let all = nodes.map {
      (graph.parents[$0] + graph.dependencies[$0]).withoutRepetition()
    }
    if let members = unreachable(
      heads: nodes.filter { graph.allChildren[$0].isEmpty },
      bases: bases.filter { graph.nodes[$0].dependencies.isEmpty }, down: all,
      up: graph.allChildren)
    {
      fail(
        RevisionFailure(
          .dependencyCycle, "Dependency cycle is detected in revisions (\(members))"))
    }
  }

  /// The revisions that do not lie between heads and bases; nil if all do.
  private func unreachable(
    heads: [Int], bases: [Int], down: [[Int]], up: [[Int]]
  ) -> String? {
    let names = graph.identifiers
    if heads.isEmpty || bases.isEmpty { return names.joined(separator: ", ") }
    var between = graph.live(graph.reach(from: heads, along: down))
    between.formIntersection(graph.live(graph.reach(from: bases, along: up)))
    let rest = names.indices.filter { !between.contains($0) }.map { names[$0] }.sorted()
    return rest.isEmpty ? nil : rest.joined(separator: ", ")
  }
}

extension RevisionGraph {
  /// The node of an identifier or of a branch label.
  func node(named name: String) -> Int? { index[name] ?? labels[name] }

  fileprivate mutating func fillChildren() {
    children = [[Int]](repeating: [], count: nodes.count)
    allChildren = children
    // A file that is no longer found by its identifier still counts where a label leads to it.
    let labelled = labels.values.filter { $0 >= liveCount }.sorted()
    for file in Array(0..<liveCount) + labelled {
      let node = live(file)
      for parent in parents[file] where !children[parent].contains(node) {
        children[parent].append(node)
      }
      for parent in parents[file] + dependencies[file]
      where !allChildren[parent].contains(node) {
        allChildren[parent].append(node)
      }
    }
  }

  /// Leaves out of each `depends_on` what an ancestor along `down_revision` depends on already
  /// (`RevisionMap._normalize_depends_on`).
  fileprivate mutating func normalizeDependencies() {
    normalizedDependencies = dependencies.map { $0.withoutRepetition() }
    for node in nodes.indices where !dependencies[node].isEmpty {
      for ancestor in reach(from: [node], along: parents).elements where ancestor != node {
        guard !dependencies[ancestor].isEmpty else { continue }
        normalizedDependencies[node].removeAll { dependencies[ancestor].contains($0) }
      }
    }
    normalizedParents = nodes.indices.map {
      (parents[$0] + normalizedDependencies[$0]).withoutRepetition()
    }
  }
}

extension Array where Element: Hashable {
  /// The elements at their first places.
  package func withoutRepetition() -> [Element] {
    guard count > 1 else { return self }
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
