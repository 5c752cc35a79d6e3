// Runs a script with the Python that the tests compare with.

import Foundation
import Testing

let python = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"]

/// What the script writes to standard output.
func runPython(_ script: String, _ arguments: String...) throws -> Data {
  let process = Process()
  process.executableURL = URL(filePath: try #require(python))
  process.arguments = ["-c", script] + arguments
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return data
}
