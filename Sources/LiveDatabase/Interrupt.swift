// Ctrl-C while a server works for this program: the wait ends, so that the server can be told.

import Glibc
internal import Synchronization

/// Signals that would end the program. While a server is waited for they end the wait; at any other
/// time, and the second time, they do what they always do.
package enum Interrupt {
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)
  /// How many threads wait.
  private static let waiting = Atomic<Int>(0)
  private static let received = Atomic<Int32>(0)
  /// How many of these have told their server.
  private static let leaving = Atomic<Int>(0)

  /// Begins to watch. A signal that is ignored, as by `nohup`, stays so.
  package static func watch() {
    guard readEnd.load(ordering: .sequentiallyConsistent) < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd.store(ends[0], ordering: .sequentiallyConsistent)
    writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
    _ = waiting.load(ordering: .sequentiallyConsistent)
    _ = received.load(ordering: .sequentiallyConsistent)
    _ = leaving.load(ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var before = sigaction()
      guard unsafe sigaction(number, nil, &before) == 0 else { continue }
      let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
      let handler = unsafe before.__sigaction_handler.sa_handler
      if unsafe unsafeBitCast(handler, to: Int.self) == ignored { continue }
      signal(number) { number in Interrupt.take(number) }
    }
  }

  /// Runs in a signal handler: nothing here allocates or locks.
  private static func take(_ number: Int32) {
    signal(number, SIG_DFL)
    guard waiting.load(ordering: .sequentiallyConsistent) > 0 else {
      _ = raise(number)
      return
    }
    received.store(number, ordering: .sequentiallyConsistent)
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
  }

  /// What to poll beside a socket while a server is waited for; -1 where nothing is watched.
  static func begin() -> Int32 {
    waiting.add(1, ordering: .sequentiallyConsistent)
    return readEnd.load(ordering: .sequentiallyConsistent)
  }

  static func end() { waiting.subtract(1, ordering: .sequentiallyConsistent) }

  static var isReceived: Bool { received.load(ordering: .sequentiallyConsistent) != 0 }

  /// Ends the program as the signal would have, once the threads that wait for other servers have told them,
  /// too, or a second later.
  static func leave() -> Never {
    leaving.add(1, ordering: .sequentiallyConsistent)
    for _ in 0..<100
    where leaving.load(ordering: .sequentiallyConsistent)
      < waiting.load(ordering: .sequentiallyConsistent)
    {
      usleep(10_000)
    }
    let number = received.load(ordering: .sequentiallyConsistent)
    signal(number, SIG_DFL)
    _ = raise(number)
    exit(128 + number)
  }
}
