// What is wrong with a graph, each time with its place in a file.

import PythonSyntax
import SourceText

/// One use: `GraphDiagnostics(graph, revisions).diagnostics`.
struct GraphDiagnostics {
  private(set) var diagnostics: [Diagnostic] = []
  private let graph: RevisionGraph
  private let revisions: [Revision]
  /// The revision of each identifier that counts.
  private let current: [String: Revision]

  init(_ graph: RevisionGraph, _ revisions: [Revision]) {
    self.graph = graph
    self.revisions = revisions
    current = Dictionary(revisions.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    findDuplicates()
    findUnknownReferences()
    findCycles()
    findEnds()
    findOther()
  }

  private mutating func report(
    _ revision: Revision, _ range: SourceRange?, _ message: String, isRemark: Bool = false,
    topic: String? = nil
  ) {
    let source = revision.module.source
    let location = range.map(source.location(of:)) ?? SourceLocation(file: source.path)
    diagnostics.append(
      Diagnostic(location: location, message: message, isRemark: isRemark, topic: topic))
  }

  private mutating func findDuplicates() {
    for revision in revisions {
      guard let other = current[revision.id], other.path != revision.path else { continue }
      report(
        revision, revision.places.revision,
        "revision \(revision.id) is also in \(other.module.source.path), which is the one that "
          + "alembic takes", topic: "duplicate-revision")
    }
  }

  private mutating func findUnknownReferences() {
    for revision in revisions {
      for name in revision.downRevisions where !graph.contains(name) {
        let hint = graph.labels[name] == nil ? "" : ": it is a branch label"
        report(
          revision, revision.places.downRevision,
          "down_revision \(name) of \(revision.id) is no revision of these files\(hint)",
          topic: "unknown-down-revision")
      }
      for name in revision.dependencies where graph.node(named: name) == nil {
        report(
          revision, revision.places.dependsOn,
          "\(revision.id) depends on \(name), which is no revision or label of these files",
          topic: "unknown-down-revision")
      }
    }
  }

  private mutating func findCycles() {
    for cycle in graph.cycles {
      guard let first = cycle.first, let revision = current[first] else { continue }
      report(
        revision, revision.places.downRevision,
        cycle.count == 1
          ? "revision \(first) follows itself"
          : "these revisions follow each other in a circle: " + cycle.joined(separator: ", "),
        topic: "revision-cycle")
    }
  }

  private mutating func findEnds() {
    if graph.bases.isEmpty, let first = revisions.first {
      report(first, nil, "no revision is a base: all have a down_revision")
    }
    let heads = graph.realHeads.withoutRepetition()
    guard heads.count > 1, let last = heads.last, let revision = current[last] else { return }
    report(
      revision, revision.places.revision,
      "there are \(heads.count) heads (\(heads.joined(separator: ", "))): 'alembic upgrade head' "
        + "refuses to choose; merge them or name 'heads'",
      isRemark: true, topic: "multiple-heads")
  }

  /// What Alembic refuses and nothing above has said: labels, illegal characters.
  private mutating func findOther() {
    guard let failure = graph.loadFailure, failure.kind == .revision,
      let revision = revisions.first(where: { failure.message.contains($0.id) })
    else { return }
    let isLabel = failure.message.hasPrefix("Branch name")
    report(
      revision, isLabel ? revision.places.branchLabels : revision.places.revision, failure.message)
  }
}

extension RevisionGraph {
  /// Marks the graph as one that Alembic would not load, unless it is already.
  mutating func refuse(_ failure: RevisionFailure) {
    if loadFailure == nil { loadFailure = failure }
  }

  /// The circles that revisions form by `down_revision` and `depends_on`: the members of each in
  /// the order of the files.
  package var cycles: [[String]] {
    var components = StrongComponents(
      links: (0..<liveCount).map { (parents[$0] + dependencies[$0]).withoutRepetition() })
    let loops = (0..<liveCount).filter { node in
      nodes[node].downRevisions.contains(nodes[node].id)
        || nodes[node].dependencies.contains(nodes[node].id)
    }.map { [$0] }
    let circles = components.find().filter { $0.count > 1 }
    return (circles + loops).sorted { $0[0] < $1[0] }.map { $0.map { nodes[$0].id } }
  }
}

/// Tarjan's algorithm without recursion.
private struct StrongComponents {
  private let links: [[Int]]
  private var order: [Int]
  private var low: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var next = 0
  private var found: [[Int]] = []

  init(links: [[Int]]) {
    self.links = links
    order = [Int](repeating: -1, count: links.count)
    low = order
    isOpen = [Bool](repeating: false, count: links.count)
  }

  mutating func find() -> [[Int]] {
    for start in links.indices where order[start] < 0 { visit(start) }
    return found
  }

  private mutating func visit(_ start: Int) {
    var path = [(node: start, link: 0)]
    enter(start)
    while let (node, link) = path.last {
      if link < links[node].count {
        path[path.count - 1].link += 1
        let target = links[node][link]
        if order[target] < 0 {
          enter(target)
          path.append((target, 0))
        } else if isOpen[target] {
          low[node] = min(low[node], order[target])
        }
      } else {
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == order[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = next
    low[node] = next
    next += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func close(_ root: Int) {
    var component: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      component.append(node)
      if node == root { break }
    }
    found.append(component.sorted())
  }
}
