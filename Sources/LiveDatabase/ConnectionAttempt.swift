// Connecting within a time limit, whatever the lookup of a host's name does.

import CLibPQ
import Glibc
internal import Synchronization
import Threads

/// An attempt to connect, made by a thread of its own: libpq waits without a limit for the name of a host
/// (manual 34.1, `PQconnectPoll`). A thread that hangs there ends with the program.
@safe
final class ConnectionAttempt: @unchecked Sendable {
  enum Ending: Sendable {
    case connected, refused, late
  }
  /// Who goes on with the connection is decided once.
  private enum State {
    case underWay, made, left
  }

  private let parameters: [String: String]
  private let library: LibPQFunctions
  private let deadline: Deadline
  private let state = Mutex(State.underWay)
  private var ends: [Int32] = [-1, -1]
  /// These are written before the state is `made`, and read after that.
  private var made: OpaquePointer?
  private(set) var ending = Ending.refused

  init(_ parameters: [String: String], _ library: LibPQFunctions, _ deadline: Deadline) {
    self.parameters = parameters
    self.library = library
    self.deadline = deadline
  }

  deinit { for end in ends where end >= 0 { _ = Glibc.close(end) } }

  /// The connection of libpq, also where it was not made; the caller's from now on. Nil if there is no
  /// memory for one.
  func handle() throws(LiveFailure) -> OpaquePointer? {
    guard unsafe pipe(&ends) == 0, Thread({ self.run() }) != nil else {
      throw LiveFailure(.connection, "cannot start a thread to connect")
    }
    // What has a message of its own shall give it.
    let limit = Deadline(seconds: Double(deadline.remainingMilliseconds) / 1000 + 0.2)
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    while unsafe poll(&entry, 1, Int32(clamping: limit.remainingMilliseconds)) < 0, errno == EINTR {
    }
    let isMade = state.withLock { state in
      if state == .underWay { state = .left }
      return state == .made
    }
    guard isMade else {
      let host = parameters["host"].map { "the host \($0)" } ?? "the host"
      throw LiveFailure(
        .timeout,
        "no connection within the time limit: the name of \(host) is still being looked up")
    }
    return unsafe made
  }

  private func run() {
    unsafe made = start()
    if let handle = unsafe made {
      // By default libpq writes what the server remarks to standard error as it comes.
      _ = unsafe library.PQsetNoticeProcessor(handle, { _, _ in }, nil)
      // A text with a password in it is not sent as the name of a database.
      let place = unsafe Connection.place(of: handle, parameters, library)
      if !place.mayBeConnectionString { ending = unsafe connect(handle) }
    }
    let isWanted = state.withLock { state in
      if state == .underWay { state = .made }
      return state == .made
    }
    guard isWanted else {
      unsafe library.PQfinish(made)
      return
    }
    var byte: UInt8 = 0
    _ = unsafe write(ends[1], &byte, 1)
  }

  private func start() -> OpaquePointer? {
    let names = parameters.keys.sorted()
    let keywords = unsafe names.map { unsafe strdup($0) }
    let values = unsafe names.map { unsafe strdup(parameters[$0] ?? "") }
    defer {
      for index in names.indices {
        unsafe free(keywords[index])
        unsafe free(values[index])
      }
    }
    let constKeywords = unsafe keywords.map { unsafe UnsafePointer($0) } + [nil]
    let constValues = unsafe values.map { unsafe UnsafePointer($0) } + [nil]
    return unsafe library.PQconnectStartParams(constKeywords, constValues, 0)
  }

  private func connect(_ handle: OpaquePointer) -> Ending {
    var step = PGRES_POLLING_WRITING
    while step != PGRES_POLLING_OK {
      if step == PGRES_POLLING_FAILED { return .refused }
      guard unsafe wait(handle, forReading: step == PGRES_POLLING_READING) else { return .late }
      step = unsafe library.PQconnectPoll(handle)
    }
    return .connected
  }

  private func wait(_ handle: OpaquePointer, forReading reading: Bool) -> Bool {
    let socket = unsafe library.PQsocket(handle)
    guard socket >= 0 else { return true }
    while true {
      var entry = pollfd(fd: socket, events: Int16(reading ? POLLIN : POLLOUT), revents: 0)
      let remaining = deadline.remainingMilliseconds
      guard remaining > 0 else { return false }
      let count = unsafe poll(&entry, 1, Int32(clamping: remaining))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return true }
    }
  }
}
