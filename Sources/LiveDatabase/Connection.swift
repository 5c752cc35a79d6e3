// One libpq connection: opened, asked and closed within a time limit.

import CLibPQ
import Glibc

/// The only owner of a libpq connection. Every wait has a deadline.
@safe
struct Connection: ~Copyable {
  private let handle: OpaquePointer
  /// `host:port/database` as user, for messages.
  let place: String

  private init(_ handle: OpaquePointer, place: String) {
    unsafe self.handle = handle
    self.place = place
  }

  static func open(
    _ target: ConnectionTarget, deadline: Deadline
  ) throws(LiveFailure) -> Connection {
    var parameters = target.parameters
    parameters["application_name"] = "backout"
    parameters["connect_timeout"] = String(max(2, deadline.remainingMilliseconds / 1000))
    guard let handle = unsafe start(parameters) else {
      throw LiveFailure(.connection, "out of memory while connecting")
    }
    let connection = unsafe Connection(handle, place: place(of: handle, parameters))
    try connection.connect(deadline, password: parameters["password"])
    return connection
  }

  deinit { unsafe PQfinish(handle) }

  private static func start(_ parameters: [String: String]) -> OpaquePointer? {
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
    return unsafe PQconnectStartParams(constKeywords, constValues, 0)
  }

  private static func place(of handle: OpaquePointer, _ parameters: [String: String]) -> String {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
      guard let pointer = unsafe pointer else { return nil }
      let text = unsafe String(cString: pointer)
      return text.isEmpty ? nil : text
    }
    let host = unsafe text(PQhost(handle)) ?? parameters["host"] ?? "local socket"
    let port = unsafe text(PQport(handle)).map { host.hasPrefix("/") ? " port \($0)" : ":\($0)" }
    let database = unsafe text(PQdb(handle)) ?? parameters["dbname"] ?? "its default database"
    let user = unsafe text(PQuser(handle)) ?? parameters["user"] ?? "the default user"
    return "\(host)\(port ?? ""), database \(database), user \(user)"
  }

  private func connect(_ deadline: Deadline, password: String?) throws(LiveFailure) {
    var step = PGRES_POLLING_WRITING
    while true {
      if step == PGRES_POLLING_OK { return }
      if step == PGRES_POLLING_FAILED {
        throw LiveFailure(.connection, "cannot connect to \(place): \(reason(hiding: password))")
      }
      let wantsRead = step == PGRES_POLLING_READING
      guard wait(forReading: wantsRead, until: deadline) else {
        throw LiveFailure(.timeout, "no connection to \(place) within the time limit")
      }
      step = unsafe PQconnectPoll(handle)
    }
  }

  /// The last line of libpq's message, which names the reason; without the password.
  private func reason(hiding password: String?) -> String {
    let message = unsafe String(cString: PQerrorMessage(handle))
    let line = message.split(whereSeparator: \.isNewline).last.map(String.init) ?? "no reason given"
    let marks = ["failed: ", "FATAL:  "]
    var text = line
    for mark in marks { if let found = text.after(mark) { text = found } }
    guard let password, !password.isEmpty else { return text }
    return text.replacing(password, with: "***")
  }

  private func wait(forReading reading: Bool, until deadline: Deadline) -> Bool {
    let socket = unsafe PQsocket(handle)
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

// MARK: - Queries

extension Connection {
  /// Runs one statement and returns its rows; nil cells are NULL.
  func rows(
    _ sql: String, _ parameters: [String] = [], deadline: Deadline
  ) throws(LiveFailure) -> [[String?]] {
    let pointers = unsafe parameters.map { unsafe strdup($0) }
    defer { for index in parameters.indices { unsafe free(pointers[index]) } }
    let values = unsafe pointers.map { unsafe UnsafePointer<CChar>($0) }
    let sent = unsafe PQsendQueryParams(
      handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
    guard sent == 1 else { throw dropped() }
    return try collect(deadline)
  }

  /// Runs several statements that return nothing.
  func run(_ sql: String, deadline: Deadline) throws(LiveFailure) {
    guard unsafe PQsendQuery(handle, sql) == 1 else { throw dropped() }
    _ = try collect(deadline)
  }

  /// Reads every result; the rows of the last one. A refusal is thrown after all is read, so that the
  /// connection stays usable.
  private func collect(_ deadline: Deadline) throws(LiveFailure) -> [[String?]] {
    var rows: [[String?]] = []
    var refusal: LiveFailure?
    while true {
      try waitForResult(deadline)
      guard let result = unsafe PQgetResult(handle) else { break }
      defer { unsafe PQclear(result) }
      switch unsafe PQresultStatus(result) {
      case PGRES_TUPLES_OK: rows = unsafe Self.cells(of: result)
      case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
      default: refusal = unsafe refusal ?? self.refusal(result)
      }
    }
    if let refusal { throw refusal }
    return rows
  }

  private func waitForResult(_ deadline: Deadline) throws(LiveFailure) {
    while true {
      let unsent = unsafe PQflush(handle)
      if unsent < 0 { throw dropped() }
      let isBusy = unsafe PQisBusy(handle) != 0
      if unsent == 0, !isBusy { return }
      guard wait(forReading: unsent == 0, until: deadline) else {
        cancel()
        throw LiveFailure(.timeout, "\(place) did not answer within the time limit")
      }
      if unsent == 0, unsafe PQconsumeInput(handle) == 0 { throw dropped() }
    }
  }

  /// Asks the server to give up; what it answers is not waited for.
  private func cancel() {
    guard let cancel = unsafe PQgetCancel(handle) else { return }
    var buffer = [CChar](repeating: 0, count: 256)
    _ = unsafe PQcancel(cancel, &buffer, 256)
    unsafe PQfreeCancel(cancel)
  }

  private func dropped() -> LiveFailure {
    LiveFailure(.connection, "the connection to \(place) was lost: \(reason(hiding: nil))")
  }

  private func refusal(_ result: OpaquePointer) -> LiveFailure {
    func field(_ code: Int32) -> String? {
      guard let pointer = unsafe PQresultErrorField(result, code) else { return nil }
      return unsafe String(cString: pointer)
    }
    // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY are character macros, which Swift does not see.
    guard let state = field(Int32(UInt8(ascii: "C"))) else { return dropped() }
    return LiveFailure(.refused(state), field(Int32(UInt8(ascii: "M"))) ?? "refused")
  }

  private static func cells(of result: OpaquePointer) -> [[String?]] {
    let columns = unsafe PQnfields(result)
    let count = unsafe PQntuples(result)
    return (0..<count).map { row in
      (0..<columns).map { column in
        guard unsafe PQgetisnull(result, row, column) == 0,
          let value = unsafe PQgetvalue(result, row, column)
        else { return nil }
        return unsafe String(cString: value)
      }
    }
  }
}

/// A point in monotonic time after which waiting ends.
struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant

  init(seconds: Double) {
    instant = ContinuousClock.now + .seconds(max(0, min(seconds, 86_400)))
  }

  init(milliseconds: Int, within outer: Deadline) {
    instant = min(ContinuousClock.now + .milliseconds(milliseconds), outer.instant)
  }

  var remainingMilliseconds: Int {
    let left = ContinuousClock.now.duration(to: instant).components
    return max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000))
  }
}

extension String {
  /// What follows the last occurrence of a mark.
  fileprivate func after(_ mark: String) -> String? {
    ranges(of: mark).last.map { String(self[$0.upperBound...]) }
  }
}
