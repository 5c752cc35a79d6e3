// A pager for what is longer than the terminal, by the rules of git (git manual, core.pager).

import Glibc

enum Pager {
  /// Shows a text, and returns once its reader has left it.
  /// - Returns: false where there is to be no pager, or none could be started.
  static func show(_ text: String) -> Bool {
    guard let program, let height = Terminal.height,
      text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) >= height
    else { return false }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    guard let process = start(program, reading: ends[0]) else {
      close(ends[0])
      close(ends[1])
      return false
    }
    close(ends[0])
    // Ctrl-C is the pager's. Who leaves it early has read enough, and the exit code stays what it is.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    _ = Terminal.write(text, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    signal(SIGINT, SIG_DFL)
    signal(SIGPIPE, SIG_DFL)
    // The shell ends with 126 or 127 where there is no such program.
    return status & 0x7F != 0 || ![126, 127].contains(status >> 8 & 0xFF)
  }

  /// What the environment names; nil for none.
  private static var program: String? {
    guard Terminal.isTerminal, Terminal.variable("CI") == nil,
      Terminal.variable("TERM") ?? "dumb" != "dumb"
    else { return nil }
    let named = getenv("BACKOUT_PAGER") ?? getenv("PAGER")
    let program = named.map { String(cString: $0) } ?? "less"
    return program.isEmpty || program == "cat" ? nil : program
  }

  /// Starts a shell with the command, as git does.
  private static func start(_ program: String, reading input: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    // Colours are shown, and what fits on a screen is not held.
    setenv("LESS", "FRX", 0)
    setenv("LV", "-c", 0)
    let words: [String] = ["sh", "-c", program]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var process: pid_t = 0
    return posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, environ) == 0 ? process : nil
  }
}
