// The terminal and the end of the process.

import BackoutKit
import Glibc

enum Terminal {
  /// A reader that closes its end (`backout … | head`) ends the program quietly. An output that is
  /// closed from the start ends it with a word.
  static func prepare() {
    signal(SIGPIPE, SIG_DFL)
    // Where it is ignored, nobody learns how a program that was started ended.
    signal(SIGCHLD, SIG_DFL)
    let closed = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].filter { fcntl($0, F_GETFD) < 0 }
    // What is opened later would take the place of a stream that is closed: a file, a connection.
    for _ in closed { _ = open("/dev/null", O_RDWR) }
    if closed.contains(STDOUT_FILENO) { fail("standard output is closed") }
  }

  /// Makes what may be a password unreadable to those who list the processes, after the arguments were
  /// copied. What a shell does before this program starts is beyond it.
  static func hideSecrets() {
    let places = CommandLine.unsafeArgv
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = places[index], DatabaseURL.isLikely(String(cString: argument)) else {
        continue
      }
      for place in 0..<strlen(argument) { argument[place] = CChar(UInt8(ascii: "*")) }
    }
  }

  /// Whether standard output is a terminal, which obeys control characters.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Colour when standard output is a terminal and nothing forbids it (https://no-color.org).
  static func style(noColor: Bool) -> TextStyle {
    let forbidden = noColor || !environment("NO_COLOR").isEmpty || environment("TERM") == "dumb"
    return TextStyle(usesColor: isTerminal && !forbidden, width: width(isTerminal: isTerminal))
  }

  /// Whether the terminal is one of those known to make links (OSC 8); others may print the address.
  static var makesLinks: Bool {
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"]
    let names = ["xterm-kitty", "foot", "foot-extra", "alacritty", "xterm-ghostty", "wezterm"]
    return isTerminal
      && (programs.contains(environment("TERM_PROGRAM")) || names.contains(environment("TERM"))
        || Int(environment("VTE_VERSION")) ?? 0 >= 5000 || variable("WT_SESSION") != nil
        || variable("KONSOLE_VERSION") != nil)
  }

  /// The directory that the program runs in; `/` where that is gone.
  static var directory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// A log of GitHub Actions obeys commands in it.
  private static func guarded(_ text: String) -> String {
    environment("GITHUB_ACTIONS") == "true" ? text.withoutWorkflowCommands : text
  }

  /// - Parameter isForPerson: whether it is to be read, and not for a program.
  /// - Parameter inPager: whether a pager may show it; what comes afterwards is written once it has ended.
  static func write(_ text: String, isForPerson: Bool = false, inPager: Bool = false) {
    Progress.end()
    let text = isForPerson ? guarded(text) : text
    if inPager, Pager.show(text) { return }
    guard let code = write(text, to: STDOUT_FILENO) else { return }
    fail("standard output cannot be written: \(String(cString: strerror(code)))")
  }

  /// Writes to standard error what no terminal obeys. Where that cannot be written, nothing can be said.
  static func complain(_ text: String) {
    Progress.end()
    let line = guarded(text.hasSuffix("\n") ? text : text + "\n")
    _ = write(line.harmlessLines, to: STDERR_FILENO)
  }

  static func fail(_ message: String) -> Never {
    complain("backout: \(message)")
    leave(2)
  }

  static func leave(_ code: Int32) -> Never {
    Progress.end()
    exit(code)
  }

  /// `$DATABASE_URL`; nil leaves the connection to libpq's environment.
  static var databaseURL: String? { variable("DATABASE_URL") }

  /// An environment variable; nil where it is not set or empty.
  static func variable(_ name: String) -> String? {
    let value = environment(name)
    return value.isEmpty ? nil : value
  }

  private static func environment(_ name: String) -> String {
    guard let value = getenv(name) else { return "" }
    return String(cString: value)
  }

  private static func width(isTerminal: Bool) -> Int {
    if let columns = Int(environment("COLUMNS")), columns > 0 { return columns }
    guard isTerminal, let size, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// How many lines the terminal shows; nil where it does not say.
  static var height: Int? {
    if let lines = Int(environment("LINES")), lines > 0 { return lines }
    return size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil }
  }

  private static var size: winsize? {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
  }

  /// The error number where not everything could be written.
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(descriptor, start, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          guard errno == EAGAIN else { return errno }
          var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&entry, 1, -1)
          continue
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
  }
}
