// The revision graph as it is drawn; what is expected was drawn by hand.

import Foundation
import TestSupport
import Testing

@Suite struct GraphTests {
  /// Writes revisions that do nothing, `child: parents`, and draws them.
  private func drawn(_ graph: [(String, [String])], _ arguments: String...) async throws -> Outcome
  {
    try await withTemporaryDirectory { directory in
      for (id, parents) in graph {
        let down = "(" + parents.map { "'\($0)', " }.joined() + ")"
        let text = """
          revision = '\(id)'
          down_revision = \(parents.isEmpty ? "None" : down)
          def upgrade(): pass
          def downgrade(): pass

          """
        try Data(text.utf8).write(to: directory.appending(path: "\(id).py"))
      }
      return try await run([backoutPath, "graph", "--path", directory.path] + arguments)
    }
  }

  private func lanes(_ graph: [(String, [String])]) async throws -> String {
    let outcome = try await drawn(graph)
    let lines = outcome.outputText.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { !$0.isEmpty }.map { line in
      String(line).replacing(#/ +(\(.*)?$/#, with: "")
    }.joined(separator: "\n")
  }

  /// The verdicts of a report in JSON, by revision: several where files share an identifier.
  private func verdicts(
    _ arguments: String..., of project: String
  ) async throws -> [String: Set<String?>] {
    let outcome = try await run(
      [backoutPath] + arguments + ["--format", "json", "--path", project])
    guard !outcome.output.isEmpty else { return [:] }
    let report = try JSONDecoder().decode(Judged.self, from: outcome.output)
    return Dictionary(report.revisions.map { ($0.revision, [$0.verdict]) }) { $0.union($1) }
  }

  private struct Judged: Decodable {
    struct Revision: Decodable {
      var revision: String
      var verdict: String?
    }
    var revisions: [Revision]
  }

  @Test(arguments: fixtureProjects)
  func verdictsAreThoseOfAnalyze(_ project: String) async throws {
    let graph = try await verdicts("graph", of: project)
    let analysis = try await verdicts("analyze", of: project)
    #expect(Set(graph.keys) == Set(analysis.keys))
    for (revision, verdict) in graph {
      #expect(analysis[revision]?.isSuperset(of: verdict) == true, "\(revision)")
    }
    let drawing = try await verdicts("graph", "--no-verdicts", of: project)
    #expect(drawing == graph.mapValues { _ in [nil] })
    if project.hasSuffix("/verdicts") {
      #expect(Set(graph.values.joined()) == ["safe", "depends", "unknown", "unsafe"])
    }
  }

  @Test func lineWithoutBranches() async throws {
    let text = try await lanes([("aa", []), ("bb", ["aa"]), ("cc", ["bb"])])
    #expect(
      text == """
        ● S cc
        ● S bb
        ● S aa
        """)
  }

  @Test func branchAndMerge() async throws {
    let text = try await lanes([
      ("base", []), ("left", ["base"]), ("right", ["base"]), ("merged", ["left", "right"]),
    ])
    #expect(
      text == """
        ● S merged
        ├─╮
        ● │ S left
        │ ● S right
        ├─╯
        ● S base
        """
        || text == """
          ● S merged
          ├─╮
          │ ● S right
          ● │ S left
          ├─╯
          ● S base
          """
    )
  }

  /// Lines that pass are not broken by those that turn.
  @Test func threeHeadsOfOneBase() async throws {
    let text = try await lanes([("base", []), ("p", ["base"]), ("q", ["base"]), ("r", ["base"])])
    let rows = text.split(separator: "\n")
    #expect(rows.count == 5)
    #expect(rows[0].hasPrefix("● S "))
    #expect(rows[1].hasPrefix("│ ● S "))
    #expect(rows[2].hasPrefix("│ │ ● S "))
    #expect(rows[3] == "├─┴─╯")
    #expect(rows[4] == "● S base")
  }

  /// Neither a circle nor a parent that no file has is hidden.
  @Test(arguments: ["cycle", "unknown-parent"])
  func brokenGraphsAreDrawn(project: String) async throws {
    let outcome = try await backout("graph", "--path", "Fixtures/projects/\(project)")
    #expect(outcome.exitCode == 2)
    #expect(outcome.outputText.contains("follows "))
  }

  /// Lanes that do not fit are cut, so that the drawing does not grow with their square.
  @Test func manyHeadsAreBounded() async throws {
    let heads = (0..<600).map { ("h\($0)", ["base"]) }
    let outcome = try await drawn([("base", [])] + heads)
    let lines = outcome.outputText.split(separator: "\n")
    #expect(lines.count { $0.contains("…● S h") } > 540)
    #expect(outcome.output.count < 600 * 300)
  }

  @Test func pictureOfManyIsComplete() async throws {
    let graph = (0..<300).map { index in
      (
        "r\(index)",
        index == 0
          ? []
          : index % 7 == 0
            ? ["r\(index - 1)", "r\(index - 4)"] : ["r\(max(0, index - 1 - index % 3))"]
      )
    }
    let outcome = try await drawn(graph, "--format", "svg")
    #expect(outcome.outputText.components(separatedBy: "<circle").count == 301)
    let edges = graph.map(\.1.count).reduce(0, +)
    #expect(outcome.outputText.components(separatedBy: "<path").count == edges + 1)
    #expect(outcome.outputText.hasSuffix("</svg>\n"))
  }
}
