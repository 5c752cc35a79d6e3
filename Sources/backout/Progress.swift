// A line on standard error while work takes long.

import Glibc

/// Written by a signal, so that it costs nothing while it is not seen: no thread, no look at the clock.
enum Progress {
  nonisolated(unsafe) private static var isShown = false

  /// From half a second on, where standard error is a terminal that can take the line back.
  static func begin() {
    guard isatty(STDERR_FILENO) == 1, Terminal.variable("TERM") ?? "dumb" != "dumb" else { return }
    signal(SIGALRM) { _ in
      // Only what may be done in a handler (POSIX 2.4.3): it writes bytes that are there already.
      let text: StaticString = Progress.isShown ? "." : "backout: working "
      Progress.isShown = true
      _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
    var interval = itimerval()
    interval.it_value.tv_usec = 500_000
    interval.it_interval.tv_sec = 1
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &interval, nil)
  }

  /// Takes the line away.
  static func end() {
    guard isatty(STDERR_FILENO) == 1 else { return }
    var none = itimerval()
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &none, nil)
    guard isShown else { return }
    isShown = false
    let text: StaticString = "\r\u{1B}[2K"
    _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
