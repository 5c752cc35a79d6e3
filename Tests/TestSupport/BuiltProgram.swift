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
  _ arguments: String..., in directory: URL = repository, seconds: Double = 900
) async throws -> Outcome {
  try await run([backoutPath] + arguments, in: directory, seconds: seconds)
}

/// Runs a command, whose first word is the path of a program.
/// - Parameter seconds: the time after which it is killed, and `DeadlinePassed` is thrown.
package func run(
  _ command: [String], in directory: URL = repository, settings: [String: String] = [:],
  seconds: Double = 900
) async throws -> Outcome {
  await Turns.shared.take()
  defer { Task { await Turns.shared.give() } }
  return try await withTemporaryDirectory { scratch in
    let files = try ["output", "errors"].map { name in
      let file = scratch.appending(path: name)
      try Data().write(to: file)
      return file
    }
    let environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("PG") && $0.key != "DATABASE_URL" && $0.key != "CLICOLOR_FORCE" }
      .merging(settings) { $1 }
    let process = try start(command, environment, in: directory.path, files.map(\.path))
    let deadline = ContinuousClock.now + .seconds(seconds)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if ContinuousClock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw DeadlinePassed(command: command)
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let hasExited = status & 0x7F == 0
    return Outcome(
      exitCode: hasExited ? status >> 8 & 0xFF : nil,
      output: try Data(contentsOf: files[0]), errors: try Data(contentsOf: files[1]))
  }
}

package struct CannotStart: Error {
  package var command: [String]
  package var errno: Int32
}

/// Starts a program that reads nothing and writes into two files. Foundation's `Process` lists the open
/// descriptors first, and was seen to crash there while others came and went.
private func start(
  _ command: [String], _ environment: [String: String], in directory: String, _ files: [String]
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  for (descriptor, file) in zip([1, 2] as [Int32], files) {
    posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY, 0)
  }
  // A thread of the tests blocks signals, and what it starts would go on blocking them.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  // Swift does not see the action that changes the directory; the shell becomes the program.
  let shell = ["/bin/sh", "-c", #"cd -- "$1" && shift && exec "$@""#, "sh", directory]
  var arguments = (shell + command).map { strdup($0) } + [nil]
  var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
  defer { for text in arguments + variables { free(text) } }
  var process: pid_t = 0
  let code = posix_spawn(&process, shell[0], &actions, &attributes, &arguments, &variables)
  guard code == 0 else { throw CannotStart(command: command, errno: code) }
  return process
}

/// How many programs run at a time: the tests are started all at once, and what they start has time
/// limits of its own, which it can keep only where it gets a share of a core.
private actor Turns {
  static let shared = Turns()
  private var free = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
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
