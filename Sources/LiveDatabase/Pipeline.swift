// Many statements in one round trip (manual 34.5): all are sent, then all results are read.

import CLibPQ
import Glibc

/// Rows of cells, or why there are none.
typealias Answer = Result<[[String?]], LiveFailure>

extension Answer {
  /// Whether it took longer than the limit for a statement, or for its wait for a lock.
  var endedEarly: Bool {
    guard case .failure(let failure) = self else { return false }
    return ["57014", "55P03"].contains(failure.sqlState)
  }
}

/// Statements that succeed or fail together. The rows of the last one are the result.
struct Segment {
  var commands: [(sql: String, parameters: [String])]
  /// As many rows are taken; the statement asks for one more, so that it is seen that there are more.
  var limit: Int?
  /// Whether it is asked again where it takes too long now.
  var isTried = false

  init(_ commands: (sql: String, parameters: [String])..., limit: Int? = nil) {
    self.commands = commands
    self.limit = limit
  }
}

extension Connection {
  /// The most bytes that the answers to one exchange may have. The largest, that of the catalogs, is far
  /// below.
  private static let answerLimit = 32 << 20
  private static let cellLimit = 2_000_000

  /// Sends all segments at once and reads what comes of each. A refusal of one does not keep the server
  /// from the next; a lost connection or a missed deadline is thrown.
  func exchange(
    _ segments: [Segment], deadline: Deadline
  ) throws(LiveFailure) -> [Answer] {
    for segment in segments {
      for command in segment.commands { try send(command.sql, command.parameters) }
      guard unsafe library.PQpipelineSync(handle) == 1 else { throw dropped() }
    }
    var budget = Self.answerLimit
    var results: [Answer] = []
    for segment in segments {
      results.append(try collect(segment, deadline, &budget))
    }
    return results
  }

  private func send(_ sql: String, _ parameters: [String]) throws(LiveFailure) {
    let pointers = unsafe parameters.map { unsafe strdup($0) }
    defer { for index in parameters.indices { unsafe free(pointers[index]) } }
    let values = unsafe pointers.map { unsafe UnsafePointer<CChar>($0) }
    let sent = unsafe library.PQsendQueryParams(
      handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
    guard sent == 1 else { throw dropped() }
  }

  private func collect(
    _ segment: Segment, _ deadline: Deadline, _ budget: inout Int
  ) throws(LiveFailure) -> Answer {
    var outcome: Answer = .success([])
    var refusal: LiveFailure?
    for _ in segment.commands {
      while let result = unsafe try next(deadline, &budget) {
        defer { unsafe library.PQclear(result) }
        switch unsafe library.PQresultStatus(result) {
        case PGRES_TUPLES_OK:
          do throws(LiveFailure) {
            outcome = .success(unsafe try cells(of: result))
          } catch {
            refusal = refusal ?? error
          }
        case PGRES_COMMAND_OK: outcome = .success([])
        case PGRES_PIPELINE_ABORTED: break
        case PGRES_FATAL_ERROR: refusal = unsafe refusal ?? self.refusal(result)
        default:
          // No statement of ours copies; libpq would give the same result for ever.
          throw LiveFailure(.connection, "\(place) answered with what nobody asked for")
        }
        if let refusal, refusal.sqlState?.hasPrefix("57P") != false { throw refusal }
      }
    }
    guard let result = unsafe try next(deadline, &budget) else { throw dropped() }
    defer { unsafe library.PQclear(result) }
    guard unsafe library.PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw dropped() }
    return refusal.map { .failure($0) } ?? outcome
  }

  private func next(
    _ deadline: Deadline, _ budget: inout Int
  ) throws(LiveFailure) -> OpaquePointer? {
    try waitForResult(deadline, &budget)
    return unsafe library.PQgetResult(handle)
  }

  /// - Parameter budget: how many bytes may still come.
  private func waitForResult(_ deadline: Deadline, _ budget: inout Int) throws(LiveFailure) {
    while true {
      let unsent = unsafe library.PQflush(handle)
      if unsent < 0 { throw dropped() }
      let isBusy = unsafe library.PQisBusy(handle) != 0
      if unsent == 0, !isBusy { return }
      // The server may wait until its answers are taken before it takes more questions.
      switch waitForServer(sending: unsent > 0, until: deadline) {
      case .timeout:
        stop(within: 250) { _ = shutdown($0, Int32(SHUT_RDWR)) }
        throw LiveFailure(.timeout, "\(place) did not answer within the time limit")
      case .writable: continue
      case .readable: break
      }
      // libpq keeps all that comes; it limits only a single message, to 1 GB.
      budget -= pendingBytes()
      guard budget >= 0 else {
        throw LiveFailure(
          .connection,
          "\(place) sent more than \(Self.answerLimit >> 20) MB where a short answer was expected; "
            + "is this the right server?")
      }
      if unsafe library.PQconsumeInput(handle) == 0 { throw dropped() }
    }
  }

  /// Ends the statement that runs and those that were sent after it: a server that has nobody to answer to
  /// ends the session, but sees that only between statements.
  /// - Parameters:
  ///   - milliseconds: for each of two requests.
  ///   - hangUp: ends what the socket is connected to.
  private func stop(within milliseconds: Int32, _ hangUp: (Int32) -> Void) {
    let requests = (0..<2).map { _ in unsafe Cancellation(handle, library) }
    guard requests[0]?.send(within: milliseconds) == true else { return }
    hangUp(unsafe library.PQsocket(handle))
    _ = requests[1]?.send(within: milliseconds)
  }

  private func leave() -> Never {
    stop(within: 1000) { socket in
      var atOnce = linger(l_onoff: 1, l_linger: 0)
      unsafe setsockopt(
        socket, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
      _ = close(socket)
    }
    Interrupt.leave()
  }

  private enum Arrival { case readable, writable, timeout }

  private func waitForServer(sending: Bool, until deadline: Deadline) -> Arrival {
    let socket = unsafe library.PQsocket(handle)
    guard socket >= 0 else { return .readable }
    let interrupt = Interrupt.begin()
    defer { Interrupt.end() }
    while true {
      if Interrupt.isReceived { leave() }
      let wanted = sending ? POLLIN | POLLOUT : POLLIN
      var entries = [
        pollfd(fd: socket, events: Int16(wanted), revents: 0),
        pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0),
      ]
      let remaining = deadline.remainingMilliseconds
      guard remaining > 0 else { return .timeout }
      let count = unsafe poll(&entries, 2, Int32(clamping: remaining))
      if count < 0, errno == EINTR { continue }
      if entries[1].revents != 0 { leave() }
      if count == 0 { continue }
      let isReadable = entries[0].revents & ~Int16(POLLOUT) != 0
      return count < 0 || isReadable ? .readable : .writable
    }
  }

  private func pendingBytes() -> Int {
    var count: Int32 = 0
    let isKnown = unsafe ioctl(library.PQsocket(handle), UInt(FIONREAD), &count) == 0
    return isKnown ? Int(count) : 0
  }

  private func dropped() -> LiveFailure {
    LiveFailure(.connection, "the connection to \(place) was lost: \(reason())")
  }

  private func refusal(_ result: OpaquePointer) -> LiveFailure {
    func field(_ code: Int32) -> String? {
      guard let pointer = unsafe library.PQresultErrorField(result, code) else { return nil }
      return unsafe String(cString: pointer)
    }
    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY are character macros, which Swift does not see.
    guard let state = field(Int32(UInt8(ascii: "C"))) else { return dropped() }
    let message = shown(field(Int32(UInt8(ascii: "M"))) ?? "refused")
    // The server is shut down, or someone ended this session.
    guard !state.hasPrefix("57P") else {
      return LiveFailure(.connection, "the connection to \(place) was lost: \(message)")
    }
    return LiveFailure(.refused(state.cut(to: 5)), message)
  }

  /// What cannot be taken is refused with the SQLSTATE that PostgreSQL has for it (manual, appendix A).
  private func cells(of result: OpaquePointer) throws(LiveFailure) -> [[String?]] {
    let columns = unsafe library.PQnfields(result)
    let count = unsafe library.PQntuples(result)
    guard Int(columns) * Int(count) <= Self.cellLimit else {
      throw LiveFailure(.refused("54000"), "\(place) sent more than \(Self.cellLimit) values")
    }
    var rows: [[String?]] = []
    for row in 0..<count {
      var cells: [String?] = []
      for column in 0..<columns {
        guard unsafe library.PQgetisnull(result, row, column) == 0,
          let value = unsafe library.PQgetvalue(result, row, column)
        else {
          cells.append(nil)
          continue
        }
        guard let text = unsafe String(validatingCString: value) else {
          throw LiveFailure(.refused("22021"), "\(place) sent text that is not UTF-8")
        }
        cells.append(text)
      }
      rows.append(cells)
    }
    return rows
  }
}
