// A program started without a shell: its input and output, each with a time limit.

internal import Glibc

/// A running program; `end` or `kill` it. Its streams are sockets: writing to a pipe that nobody reads
/// would end this program too.
struct ChildProcess: ~Copyable {
  private let id: pid_t
  private let input: Int32
  let output: Int32
  let errors: Int32

  /// Nil if it cannot be started.
  /// - Parameters:
  ///   - arguments: the first is the absolute path of the program.
  ///   - environment: the whole of it, as `NAME=value`.
  init?(_ arguments: [String], environment: [String]) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var ends: [[Int32]] = []
    for index in 0..<3 {
      var pair: [Int32] = [-1, -1]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      guard unsafe socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
        for descriptor in ends.joined() { close(descriptor) }
        return nil
      }
      ends.append(pair)
      unsafe posix_spawn_file_actions_adddup2(&actions, ends[index][1], Int32(index))
    }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    var id: pid_t = 0
    let status = unsafe posix_spawn(&id, arguments[0], &actions, nil, &words, &variables)
    for pair in ends { close(pair[1]) }
    guard status == 0 else {
      for pair in ends { close(pair[0]) }
      return nil
    }
    self.id = id
    (input, output, errors) = (ends[0][0], ends[1][0], ends[2][0])
  }

  /// Whether all was written.
  func write(_ text: String, until deadline: ContinuousClock.Instant) -> Bool {
    var text = text
    let input = input
    return text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        guard wait(for: input, POLLOUT, until: deadline) else { return false }
        let count = unsafe send(
          input, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
        if count < 0, errno != EINTR, errno != EAGAIN { return false }
        sent += max(0, count)
      }
      return true
    }
  }

  /// Tells the program that there is no more input.
  func endInput() { shutdown(input, Int32(SHUT_WR)) }

  /// Waits for the end.
  /// - Returns: the exit code; nil if a signal ended the program, or nobody can tell.
  consuming func end() -> Int32? {
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0 {
      if errno != EINTR { return nil }
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
  }

  func kill() { _ = Glibc.kill(id, SIGKILL) }

  deinit {
    for descriptor in [input, output, errors] { close(descriptor) }
  }
}

/// Whether a descriptor became ready in time.
func wait(
  for descriptor: Int32, _ events: Int32, until deadline: ContinuousClock.Instant
) -> Bool {
  while true {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let status = unsafe poll(&entry, 1, milliseconds(until: deadline))
    if status > 0 { return true }
    if status == 0 || errno != EINTR { return false }
  }
}

/// Never negative, which would mean for ever.
func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
  let rest = ContinuousClock.now.duration(to: deadline).components
  let milliseconds = rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000
  return Int32(max(0, min(milliseconds, 1_000_000)))
}

/// What is there to read, at most `count` bytes; empty at the end, nil where it cannot be read.
func available(_ descriptor: Int32, count: Int) -> [UInt8]? {
  while true {
    var failure: Int32 = 0
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = unsafe read(descriptor, buffer.baseAddress, count)
      if got < 0 { failure = errno }
      filled = max(0, got)
    }
    if failure == 0 { return chunk }
    if failure != EINTR { return nil }
  }
}
