// Tells a server to stop, and waits for that only so long.

import CLibPQ
import Glibc
import Threads

/// A request to cancel, sent by a thread of its own: `PQcancel` opens a connection and waits for it
/// without a limit.
@safe
final class Cancellation: @unchecked Sendable {
  private let request: OpaquePointer
  private let library: LibPQFunctions
  private var ends: [Int32] = [-1, -1]

  /// Nil if libpq cannot make one.
  init?(_ handle: OpaquePointer, _ library: LibPQFunctions) {
    guard let request = unsafe library.PQgetCancel(handle) else { return nil }
    unsafe self.request = request
    self.library = library
    guard unsafe pipe(&ends) == 0 else {
      unsafe library.PQfreeCancel(request)
      return nil
    }
  }

  /// Whether the server took the request within the time. A thread that hangs ends with the program.
  func send(within milliseconds: Int32) -> Bool {
    let thread = Thread {
      var message = [CChar](repeating: 0, count: 256)
      var done: UInt8 = unsafe self.library.PQcancel(self.request, &message, 256) == 1 ? 1 : 0
      _ = unsafe write(self.ends[1], &done, 1)
    }
    guard thread != nil else { return false }
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) == 1 else { return false }
    var done: UInt8 = 0
    guard unsafe read(ends[0], &done, 1) == 1 else { return false }
    unsafe library.PQfreeCancel(request)
    return done == 1
  }
}
