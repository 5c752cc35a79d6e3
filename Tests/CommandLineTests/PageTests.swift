// The page of HTML in a browser: on a telephone and a screen, light and dark.

import Foundation
import TestSupport
import Testing

let browser = ["/usr/bin/chromium", "/usr/bin/google-chrome"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

/// In CI nothing is skipped: what needs a browser fails without one.
let mayLackBrowser = ProcessInfo.processInfo.environment["CI"] != "true"

@Suite(.enabled(if: browser != nil || !mayLackBrowser, "needs Chromium")) struct PageTests {
  /// What measure_page.html finds; lengths in CSS pixels.
  private struct Measured: Decodable {
    var width, content, texts, scripts: Int
    /// The lowest contrast of a text to what is behind it.
    var lowest: Double
    var dark: Bool
  }

  private func measured(_ page: URL, isDark: Bool, in directory: URL) async throws -> [Measured] {
    let measure = directory.appending(path: "measure_page.html")
    if !FileManager.default.fileExists(atPath: measure.path) {
      try FileManager.default.copyItem(
        at: repository.appending(path: "Fixtures/tools/measure_page.html"), to: measure)
    }
    let outcome = try await run([
      try #require(browser), "--headless", "--no-sandbox", "--disable-gpu",
      "--allow-file-access-from-files", "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
      "--user-data-dir=\(directory.appending(path: "profile").path)",
      "--virtual-time-budget=5000", "--dump-dom", "file://\(measure.path)",
    ])
    let result = try #require(
      outcome.outputText.firstMatch(of: #/<pre id="result">(.*)</pre>/#), "\(outcome.errorText)")
    return try JSONDecoder().decode([Measured].self, from: Data(result.1.utf8))
  }

  @Test(arguments: [("shop.html", 500), ("shop.check.html", 20)], [false, true])
  func exampleFitsAndIsLegible(example: (name: String, texts: Int), isDark: Bool) async throws {
    try await withTemporaryDirectory { directory in
      let page = directory.appending(path: "page.html")
      try FileManager.default.copyItem(
        at: repository.appending(path: "Fixtures/reports/\(example.name)"), to: page)
      let frames = try await measured(page, isDark: isDark, in: directory)
      #expect(frames.count == 2)
      for frame in frames {
        #expect(frame.content <= frame.width)
        #expect(frame.lowest >= 4.5)
        #expect(frame.dark == isDark)
        #expect(frame.texts > example.texts)
        #expect(frame.scripts == 0)
      }
    }
  }

  @Test func namesOfStrangersStayNames() async throws {
    try await withTemporaryDirectory { directory in
      try HostileProject.write(to: directory)
      let page = directory.appending(path: "page.html")
      _ = try await run(
        [backoutPath, "analyze", "versions", "--format", "html=\(page.path)"], in: directory)
      for frame in try await measured(page, isDark: false, in: directory) {
        #expect(frame.content <= frame.width)
        #expect(frame.scripts == 0)
        #expect(frame.texts > 20)
      }
    }
  }
}
