// Holds the steps, refusals and version rows equal to those of the real Alembic on random graphs.

import Alembic
import Foundation
import Testing

/// `Fixtures/tools/alembic_graphs.py` describes the lines.
private struct GraphLine: Decodable {
  struct File: Decodable {
    var revision: String
    var down: [String]
    var labels: [String]
    var dependencies: [String]

    enum CodingKeys: String, CodingKey {
      case revision
      case down = "down_revision"
      case labels = "branch_labels"
      case dependencies = "depends_on"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      revision = try values.decode(String.self, forKey: .revision)
      labels = try values.decode([String].self, forKey: .labels)
      dependencies = try values.decode([String].self, forKey: .dependencies)
      if try values.decodeNil(forKey: .down) {
        down = []
      } else if let one = try? values.decode(String.self, forKey: .down) {
        down = [one]
      } else {
        down = try values.decode([String].self, forKey: .down)
      }
    }
  }

  struct Refusal: Decodable, Equatable {
    var `class`: String
    var cause: String?
    var message: String
  }

  struct Alternative: Decodable {
    var steps: [String]
    var error: Refusal?
  }

  struct Case: Decodable {
    var direction: String
    var current: [String]?
    var range: String?
    var target: String
    var steps: [String]
    var rows: [[[String]]]
    var error: Refusal?
    var rowsError: Refusal?
    var warnings: [String]
    var alternatives: [Alternative]?

    enum CodingKeys: String, CodingKey {
      case direction, current, range, target, steps, rows, error, warnings, alternatives
      case rowsError = "rows_error"
    }
  }

  var graph: Int
  var revisions: [File]
  var loadError: Refusal?
  var heads: [String]
  var bases: [String]
  var cases: [Case]

  enum CodingKeys: String, CodingKey {
    case graph, revisions, heads, bases, cases
    case loadError = "load_error"
  }

  var nodes: [RevisionNode] {
    revisions.map {
      RevisionNode(
        id: $0.revision, downRevisions: $0.down, dependencies: $0.dependencies,
        branchLabels: $0.labels)
    }
  }
}

extension RevisionFailure.Kind {
  /// The class that leaves Alembic's `ScriptDirectory`, and the one under it.
  fileprivate var classes: (outer: String, cause: String?) {
    switch self {
    case .resolution: ("CommandError", "ResolutionError")
    case .rangeNotAncestor: ("CommandError", "RangeNotAncestorError")
    case .multipleHeads: ("CommandError", "MultipleHeads")
    case .revision: ("CommandError", "RevisionError")
    case .cycle: ("CommandError", "CycleDetected")
    case .dependencyCycle: ("CommandError", "DependencyCycleDetected")
    case .selfLoop: ("CommandError", "LoopDetected")
    case .dependencySelfLoop: ("CommandError", "DependencyLoopDetected")
    case .unreadable: ("nothing of Alembic", nil)
    case .crash(let exception): (exception, nil)
    }
  }

  /// Refusals while a graph is loaded, or while rows are kept, leave Alembic as they are.
  fileprivate func isSame(as refusal: GraphLine.Refusal) -> Bool {
    let (outer, cause) = classes
    return (outer == refusal.class && cause == refusal.cause)
      || (refusal.cause == nil && cause == refusal.class)
  }
}

private let python = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]
/// Other graphs than the usual ones, to look further by hand.
private let seed = ProcessInfo.processInfo.environment["BACKOUT_TEST_SEED"] ?? "1"

private func graphLines() throws -> [GraphLine] {
  let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/tools/alembic_graphs.py")
  let process = Process()
  process.executableURL = URL(filePath: try #require(python))
  process.arguments = [script.path(percentEncoded: false), "--seed", seed]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return try data.split(separator: 0x0A).map { try JSONDecoder().decode(GraphLine.self, from: $0) }
}

@Suite struct AlembicConformanceTests {
  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON, a Python with Alembic"))
  func pathsAreThoseOfAlembic() throws {
    let lines = try graphLines()
    #expect(lines.count >= 300)
    var cases = 0
    for line in lines {
      let graph = RevisionGraph(line.nodes)
      if let refusal = line.loadError {
        let failure = try #require(graph.loadFailure, "graph \(line.graph): \(refusal)")
        #expect(failure.kind.isSame(as: refusal), "graph \(line.graph): \(failure) \(refusal)")
        continue
      }
      #expect(graph.loadFailure == nil, "graph \(line.graph)")
      #expect(graph.heads == line.heads, "graph \(line.graph)")
      #expect(graph.bases == line.bases, "graph \(line.graph)")
      for expected in line.cases { check(expected, graph, "graph \(line.graph)") }
      cases += line.cases.count
    }
    #expect(cases > 20_000)
  }

  private func check(_ expected: GraphLine.Case, _ graph: RevisionGraph, _ place: String) {
    let rows = expected.current.map { $0.joined(separator: ",") } ?? expected.range ?? ""
    let place: Comment = "\(place): \(expected.direction) from \(rows) to '\(expected.target)'"
    do {
      let path = try path(of: expected, graph)
      #expect(expected.error == nil, place)
      #expect(path.steps.map(\.id) == expected.steps, place)
      #expect(path.warnings.filter { _ in path.warnings != expected.warnings } == [], place)
      checkRows(path, expected, place)
    } catch {
      guard let refusal = expected.error else {
        Issue.record("\(place): \(error)")
        return
      }
      #expect(error.kind.isSame(as: refusal), "\(place): \(error) \(refusal)")
      if refusal.class == "CommandError" { #expect(error.message == refusal.message, place) }
    }
  }

  private func path(
    of expected: GraphLine.Case, _ graph: RevisionGraph
  ) throws(RevisionFailure) -> RevisionPath {
    var rows = expected.current ?? []
    if let range = expected.range {
      rows = try graph.offlineRows(String(range.prefix { $0 != ":" }))
    }
    return expected.direction == "upgrade"
      ? try graph.upgradePath(from: rows, to: expected.target)
      : try graph.downgradePath(from: rows, to: expected.target)
  }

  /// The set of rows after each step is the same; which row of several is updated is by chance.
  private func checkRows(_ path: RevisionPath, _ expected: GraphLine.Case, _ place: Comment) {
    if let refusal = expected.rowsError {
      #expect(path.rowsFailure?.failure.kind.isSame(as: refusal) == true, place)
      #expect(path.rowsFailure?.step == expected.rows.count, place)
    } else {
      #expect(path.rowsFailure == nil, place)
    }
    var rows = Set(path.rows)
    for (index, (step, changes)) in zip(path.steps, expected.rows).enumerated() {
      #expect(step.beginsWithoutRows == rows.isEmpty, place)
      for change in changes {
        if change[0] != "insert" { rows.remove(change[1]) }
        if change[0] != "delete" { rows.insert(change.last ?? "") }
      }
      #expect(step.rowChanges.count == changes.count, place)
      #expect(path.rows(after: index + 1) == rows.sorted(), place)
    }
  }
}
