// Holds `backout sql` of the example project to what Alembic prints for it.

import Foundation
import TestSupport
import Testing

@Suite struct ExampleProjectTests {
  static let shop = repository.appending(path: "Fixtures/shop")

  /// The interpreter that has the Alembic of Fixtures/tools/requirements.txt.
  static var python: String {
    ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]
      ?? repository.appending(path: ".venv/bin/python").path
  }

  @Test(arguments: [("upgrade", "base:head"), ("downgrade", "head:base")])
  func sqlIsAlembics(command: String, range: String) async throws {
    let alembic = try await run(
      [Self.python, "-m", "alembic", command, range, "--sql"], in: Self.shop,
      settings: ["PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"])
    try #require(alembic.exitCode == 0, "\(alembic.errorText)")
    let ours = try await backout("sql", range, in: Self.shop)
    #expect(ours.exitCode == 0)
    #expect(ours.outputText == alembic.outputText)
    #expect(ours.output == alembic.output)
  }
}
