// Runs git: never through a shell, without hooks, pagers, prompts and the network, each time with a limit of
// time and of output.

internal import Glibc

/// Why something cannot be read from git: one line.
package struct GitFailure: Error, Hashable, Sendable {
  package let message: String
  package init(_ message: String) { self.message = message }
}

/// The program, and where it is run.
struct Git: Sendable {
  private let program: String
  /// The directory that git starts to look from; nil: that of the process.
  private let directory: String?

  /// What one run may take, in seconds.
  static let timeLimit = 30.0
  /// What one run may write, in bytes; the list of a million files is 100 MB.
  static let outputLimit = 512 << 20

  /// - Throws: where there is no git.
  init(in directory: String?) throws(GitFailure) {
    guard let program = Self.program else {
      throw GitFailure("git is not installed, or not in $PATH; it is needed to read the repository")
    }
    self.program = program
    self.directory = directory
  }

  struct Output {
    /// Nil if a signal ended it.
    var exitCode: Int32?
    var bytes: [UInt8]
    /// Git's own reason, in one line.
    var reason: String

    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The output without the line break at its end.
    var line: String {
      var bytes = bytes
      if bytes.last == 0x0A { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func run(
    _ arguments: [String], seconds: Double = timeLimit, limit: Int = outputLimit
  ) throws(GitFailure) -> Output {
    let child = try start(arguments)
    child.endInput()
    let deadline = ContinuousClock.now + .seconds(seconds)
    var (output, errors): ([UInt8], [UInt8]) = ([], [])
    var open = [child.output, child.errors]
    while !open.isEmpty {
      var entries = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let status = unsafe poll(&entries, nfds_t(entries.count), milliseconds(until: deadline))
      if status < 0, errno == EINTR { continue }
      guard status > 0, output.count <= limit else {
        child.kill()
        _ = child.end()
        throw GitFailure(
          status > 0
            ? "git \(arguments[0]) says more than \(limit >> 20) MB"
            : "git \(arguments[0]) has not ended after \(Int(seconds)) s")
      }
      for entry in entries where entry.revents != 0 {
        guard let chunk = available(entry.fd, count: 1 << 18), !chunk.isEmpty else {
          open.removeAll { $0 == entry.fd }
          continue
        }
        if entry.fd == child.output {
          output += chunk
        } else if errors.count < 1 << 16 {
          errors += chunk
        }
      }
    }
    return Output(exitCode: child.end(), bytes: output, reason: Self.reason(errors))
  }

  func start(_ arguments: [String]) throws(GitFailure) -> ChildProcess {
    // No argument of a program can hold what ends a text in C.
    guard !arguments.contains(where: { $0.utf8.contains(0) }) else {
      throw GitFailure("a name holds a NUL character")
    }
    let place = directory.map { ["-C", $0] } ?? []
    guard
      let child = ChildProcess(
        [program] + place + Self.settings + arguments, environment: Self.environment)
    else { throw GitFailure("git could not be started") }
    return child
  }

  /// What a repository's own configuration could make git run or write is switched off.
  private static let settings = [
    "--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c",
    "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false", "-c", "log.showSignature=false",
    "-c", "protocol.allow=never",
  ]

  /// Git's first complaint, or the last of its lines.
  static func reason(_ errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    let line = lines.first { $0.hasPrefix("fatal: ") } ?? lines.last ?? ""
    return String(line.hasPrefix("fatal: ") ? line.dropFirst(7) : line)
  }

  // MARK: - Environment

  /// The variables that git gets: where it is, what a hook tells of the commit that is being made, and
  /// which directories are safe.
  private static let inherited = [
    "PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "TMPDIR", "SUDO_UID", "LD_LIBRARY_PATH",
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_EXEC_PATH",
    "GIT_NAMESPACE", "GIT_SHALLOW_FILE",
  ]

  private static let environment: [String] = {
    var names = inherited
    let pairs = Int(variable("GIT_CONFIG_COUNT") ?? "") ?? 0
    for index in 0..<max(0, min(pairs, 100)) {
      names += ["GIT_CONFIG_KEY_\(index)", "GIT_CONFIG_VALUE_\(index)"]
    }
    var result = names.compactMap { name in variable(name).map { "\(name)=\($0)" } }
    // No transport: a clone without all objects would fetch them from where its configuration says.
    result += [
      "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1",
      "GIT_ALLOW_PROTOCOL=", "GIT_PAGER=cat", "GIT_ADVICE=0",
    ]
    return result
  }()

  /// Whether the environment says where the repository is: a hook is being run.
  static let hasRepositoryInEnvironment = variable("GIT_DIR") != nil

  /// Only absolute directories are searched: a repository may hold a file named git.
  private static let program: String? = {
    let directories = (variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return directories.filter { $0.hasPrefix("/") }.map { "\($0)/git" }.first {
      var status = stat()
      return unsafe stat($0, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && access($0, X_OK) == 0
    }
  }()

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
