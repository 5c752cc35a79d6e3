// Runs a program to its end, or to a deadline, and keeps what it wrote.

package import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// What a program left behind.
package struct Outcome: Sendable {
  /// The exit code; nil if a signal ended the program.
  package var exitCode: Int32?
  package var output: Data
  package var errors: Data

  package var outputText: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

package struct DeadlinePassed: Error {
  package var command: [String]
}

/// The repository that the tests belong to.
package let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The program under test: it is built into the directory of the test bundle.
package let backoutPath = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().appending(path: "backout").path

/// Runs `backout`, without what the environment says of databases and colours.
package func backout(
  _ arguments: String..., in directory: URL = repository, seconds: Double = 60
) async throws -> Outcome {
  try await run([backoutPath] + arguments, in: directory, seconds: seconds)
}

/// Runs a command, whose first word is the path of a program.
/// - Parameter seconds: the time after which it is killed, and `DeadlinePassed` is thrown.
package func run(
  _ command: [String], in directory: URL = repository, settings: [String: String] = [:],
  seconds: Double = 60
) async throws -> Outcome {
  await Turns.shared.take()
  defer { Task { await Turns.shared.give() } }
  return try await withTemporaryDirectory { scratch in
    let files = try ["output", "errors"].map { name in
      let file = scratch.appending(path: name)
      try Data().write(to: file)
      return file
    }
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("PG") && $0.key != "DATABASE_URL" && $0.key != "CLICOLOR_FORCE" }
      .merging(settings) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    let deadline = ContinuousClock.now + .seconds(seconds)
    while process.isRunning {
      if ContinuousClock.now > deadline {
        kill(process.processIdentifier, SIGKILL)
        throw DeadlinePassed(command: command)
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    return Outcome(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
      output: try Data(contentsOf: files[0]), errors: try Data(contentsOf: files[1]))
  }
}

/// How many programs run at a time. The tests are started all at once, and with more than a thousand
/// descriptors open the test process was seen to crash where the descriptors are listed.
private actor Turns {
  static let shared = Turns()
  private var free = 16
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Gives `body` an empty directory, and removes it afterwards.
package func withTemporaryDirectory<Result>(
  _ body: (URL) async throws -> Result
) async throws -> Result {
  let directory = FileManager.default.temporaryDirectory
    .appending(path: "backout-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try await body(directory)
}
