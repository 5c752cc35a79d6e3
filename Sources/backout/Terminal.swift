// The terminal and the end of the process.

import BackoutKit
import Glibc

enum Terminal {
  /// A reader that closes its end (`backout … | head`) ends the program quietly.
  static func prepare() {
    signal(SIGPIPE, SIG_DFL)
  }

  /// Colour when standard output is a terminal and nothing forbids it (https://no-color.org).
  static func style(noColor: Bool) -> TextStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let forbidden = noColor || !environment("NO_COLOR").isEmpty || environment("TERM") == "dumb"
    return TextStyle(usesColor: isTerminal && !forbidden, width: width(isTerminal: isTerminal))
  }

  static func write(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  static func complain(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  static func fail(_ message: String) -> Never {
    complain("backout: \(message)")
    leave(2)
  }

  static func leave(_ code: Int32) -> Never {
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
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 100 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = Glibc.write(descriptor, start, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          exit(2)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
