// The graph for Mermaid, drawn by Mermaid itself in a browser.

import Foundation
import TestSupport
import Testing

/// See Fixtures/tools/mermaid.sh.
private let library = URL(filePath: ExampleProjectTests.python).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "share/mermaid.min.js")

@Suite(
  .enabled(
    if: browser != nil && FileManager.default.fileExists(atPath: library.path)
      || !mayLackBrowser,
    "needs Chromium, and the mermaid.min.js of Fixtures/tools/mermaid.sh"))
struct MermaidTests {
  private struct Drawn: Decodable {
    var labels: [String]?
    var lines, dashed, strange: Int?
    var failure: String?
  }

  private func drawn(_ graph: String, in directory: URL) async throws -> Drawn {
    let page = directory.appending(path: "draw_mermaid.html")
    try FileManager.default.copyItem(
      at: repository.appending(path: "Fixtures/tools/draw_mermaid.html"), to: page)
    try FileManager.default.copyItem(at: library, to: directory.appending(path: "mermaid.min.js"))
    let text = try JSONEncoder().encode(graph)
    try (Data("const graph = ".utf8) + text).write(to: directory.appending(path: "graph.js"))
    let outcome = try await run([
      try #require(browser), "--headless", "--no-sandbox", "--disable-gpu",
      "--user-data-dir=\(directory.appending(path: "profile").path)",
      "--virtual-time-budget=20000", "--dump-dom", "file://\(page.path)",
    ])
    let result = try #require(
      outcome.outputText.firstMatch(of: #/<pre id="result">(.*)</pre>/#), "\(outcome.errorText)")
    return try JSONDecoder().decode(Drawn.self, from: Data(result.1.utf8))
  }

  /// Its 18 revisions, the 18 lines between them (17, and one more for the merge), and what nodes say.
  @Test func exampleIsDrawn() async throws {
    try await withTemporaryDirectory { directory in
      let text = try String(
        contentsOf: repository.appending(path: "Fixtures/reports/shop.graph.mermaid"),
        encoding: .utf8)
      let drawn = try await drawn(text, in: directory)
      #expect(drawn.failure == nil)
      let labels = try #require(drawn.labels)
      #expect(labels.count == 18)
      #expect(drawn.lines == 18)
      #expect(labels.contains("d85a0c6e13f9\ngift messages\ndepends"))
      #expect(labels.contains("5d13e0c29b84\nupdated_at, kept by a trigger\ndepends"))
      #expect(drawn.strange == 0)
    }
  }

  @Test func namesOfStrangersStayNames() async throws {
    try await withTemporaryDirectory { directory in
      try HostileProject.write(to: directory.appending(path: "project"))
      let graph = try await run(
        [backoutPath, "graph", "--format", "mermaid", "--path", "versions"],
        in: directory.appending(path: "project"))
      let drawn = try await drawn(graph.outputText, in: directory)
      #expect(drawn.failure == nil)
      #expect(drawn.strange == 0)
      // What was written as numbers of characters is there to be read.
      #expect(drawn.labels?.contains { $0.contains("alert") } == true)
    }
  }

  /// A text that is no graph is refused by the reader.
  @Test func otherTextIsRefused() async throws {
    try await withTemporaryDirectory { directory in
      let drawn = try await drawn("flowchart TD\n  n0[\"a\"\n", in: directory)
      #expect(drawn.failure != nil)
    }
  }
}
