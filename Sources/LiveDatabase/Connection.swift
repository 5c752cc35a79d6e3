// One libpq connection: opened, asked and closed within a time limit.

import CLibPQ
import Glibc

/// The only owner of a libpq connection. Every wait has a deadline.
@safe
struct Connection: ~Copyable {
  private let handle: OpaquePointer
  private let library: LibPQFunctions
  /// Passwords; no message may hold them.
  private let secrets: [String]
  /// `host:port/database` as user, for messages.
  private(set) var place: String

  private init(
    _ handle: OpaquePointer, _ library: LibPQFunctions, secrets: [String], place: String
  ) {
    unsafe self.handle = handle
    self.library = library
    self.secrets = secrets
    self.place = place
  }

  static func open(
    _ target: ConnectionTarget, deadline: Deadline
  ) throws(LiveFailure) -> Connection {
    var parameters = target.parameters
    parameters["application_name"] = "backout"
    parameters["client_encoding"] = "UTF8"
    parameters["connect_timeout"] = String(max(2, deadline.remainingMilliseconds / 1000))
    let library = try LibPQ().functions
    guard let handle = unsafe start(parameters, library) else {
      throw LiveFailure(.connection, "out of memory while connecting")
    }
    // By default libpq writes what the server remarks to standard error as it comes.
    _ = unsafe library.PQsetNoticeProcessor(handle, { _, _ in }, nil)
    // Also of the environment, a service or a password file.
    let password = unsafe text(library.PQpass(handle))
    var connection = unsafe Connection(
      handle, library, secrets: target.secrets + (password.map { [$0] } ?? []),
      place: place(of: handle, parameters, library))
    guard !connection.place.mayBeConnectionString else {
      throw LiveFailure(
        .badTarget,
        "host, database or user in libpq's environment (PGHOST, PGDATABASE, …) is a connection string; "
          + "give it as --database-url")
    }
    try connection.connect(deadline)
    connection.place = unsafe place(of: handle, parameters, library)
    return connection
  }

  deinit { unsafe library.PQfinish(handle) }

  private static func start(
    _ parameters: [String: String], _ library: LibPQFunctions
  ) -> OpaquePointer? {
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

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    let text = unsafe String(cString: pointer)
    return text.isEmpty ? nil : text
  }

  private static func place(
    of handle: OpaquePointer, _ parameters: [String: String], _ library: LibPQFunctions
  ) -> String {
    let host = unsafe text(library.PQhost(handle)) ?? parameters["host"] ?? "local socket"
    let port = unsafe text(library.PQport(handle)).map {
      host.hasPrefix("/") ? " port \($0)" : ":\($0)"
    }
    let database =
      unsafe text(library.PQdb(handle)) ?? parameters["dbname"] ?? "its default database"
    let user = unsafe text(library.PQuser(handle)) ?? parameters["user"] ?? "the default user"
    return "\(host)\(port ?? ""), database \(database), user \(user)"
  }

  private func connect(_ deadline: Deadline) throws(LiveFailure) {
    var step = PGRES_POLLING_WRITING
    while true {
      if step == PGRES_POLLING_OK { return }
      if step == PGRES_POLLING_FAILED {
        throw LiveFailure(.connection, "cannot connect to \(place): \(reason())")
      }
      let wantsRead = step == PGRES_POLLING_READING
      guard wait(forReading: wantsRead, until: deadline) else {
        throw LiveFailure(.timeout, "no connection to \(place) within the time limit")
      }
      step = unsafe library.PQconnectPoll(handle)
    }
  }

  /// What libpq says on one line, without its hints: the reason, or those of all addresses that were
  /// tried where they differ.
  private func reason() -> String {
    let message = unsafe library.PQerrorMessage(handle).map { unsafe String(cString: $0) } ?? ""
    var lines: [String] = []
    var reasons: [String] = []
    for line in message.split(whereSeparator: \.isNewline)
    where line.first?.isWhitespace == false && !lines.contains(String(line)) {
      // connection to server at "db" (::1), port 5432 failed: FATAL:  …
      let mark = line.hasPrefix("connection to server ") ? line.firstRange(of: " failed: ") : nil
      var said = mark.map { line[$0.upperBound...] } ?? line
      if said.hasPrefix("FATAL:  ") { said = said.dropFirst(8) }
      reasons.append(String(said))
      let address = mark.map { line[..<$0.lowerBound].dropFirst(21) + ": " } ?? ""
      lines.append(address + said)
    }
    guard let first = reasons.first else { return "no reason given" }
    return shown(Set(reasons).count == 1 ? first : lines.joined(separator: "; "))
  }

  /// What libpq or the server says, fit for a message: without passwords, and not endless.
  private func shown(_ text: String) -> String {
    secrets.reduce(text) { $1.isEmpty ? $0 : $0.replacing($1, with: "***") }.cut(to: 500)
  }

  private func wait(forReading reading: Bool, until deadline: Deadline) -> Bool {
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

// MARK: - Queries

extension Connection {
  /// The most bytes that one answer may have. The largest, that of the catalogs, is far below.
  private static let answerLimit = 32 << 20
  private static let cellLimit = 2_000_000

  /// Runs one statement and returns its rows; nil cells are NULL.
  func rows(
    _ sql: String, _ parameters: [String] = [], deadline: Deadline
  ) throws(LiveFailure) -> [[String?]] {
    let pointers = unsafe parameters.map { unsafe strdup($0) }
    defer { for index in parameters.indices { unsafe free(pointers[index]) } }
    let values = unsafe pointers.map { unsafe UnsafePointer<CChar>($0) }
    let sent = unsafe library.PQsendQueryParams(
      handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
    guard sent == 1 else { throw dropped() }
    return try collect(deadline)
  }

  /// Runs several statements that return nothing.
  func run(_ sql: String, deadline: Deadline) throws(LiveFailure) {
    guard unsafe library.PQsendQuery(handle, sql) == 1 else { throw dropped() }
    _ = try collect(deadline)
  }

  /// Reads every result; the rows of the last one. A refusal is thrown after all is read, so that the
  /// connection stays usable.
  private func collect(_ deadline: Deadline) throws(LiveFailure) -> [[String?]] {
    var rows: [[String?]] = []
    var refusal: LiveFailure?
    var budget = Self.answerLimit
    while true {
      try waitForResult(deadline, &budget)
      guard let result = unsafe library.PQgetResult(handle) else { break }
      defer { unsafe library.PQclear(result) }
      switch unsafe library.PQresultStatus(result) {
      case PGRES_TUPLES_OK:
        do {
          rows = unsafe try cells(of: result)
        } catch {
          refusal = refusal ?? error
        }
      case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
        // No statement of ours copies, and libpq would give the same result for ever.
        throw LiveFailure(.connection, "\(place) answered with a copy, which nobody asked for")
      default: refusal = unsafe refusal ?? self.refusal(result)
      }
    }
    if let refusal { throw refusal }
    return rows
  }

  /// Nothing cancels what the server still does: `PQcancel` waits without a limit, and the server's own
  /// `statement_timeout` ends it.
  /// - Parameter budget: how many bytes may still come.
  private func waitForResult(_ deadline: Deadline, _ budget: inout Int) throws(LiveFailure) {
    while true {
      let unsent = unsafe library.PQflush(handle)
      if unsent < 0 { throw dropped() }
      let isBusy = unsafe library.PQisBusy(handle) != 0
      if unsent == 0, !isBusy { return }
      guard wait(forReading: unsent == 0, until: deadline) else {
        throw LiveFailure(.timeout, "\(place) did not answer within the time limit")
      }
      guard unsent == 0 else { continue }
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
    return LiveFailure(
      .refused(state.cut(to: 5)), shown(field(Int32(UInt8(ascii: "M"))) ?? "refused"))
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
  /// The beginning, with a mark where something was cut off.
  func cut(to count: Int) -> String {
    unicodeScalars.count <= count
      ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count))) + "…"
  }
}
