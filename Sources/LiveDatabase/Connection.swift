// One libpq connection: opened, asked and closed within a time limit.

import CLibPQ
import Glibc
import SourceText

/// The only owner of a libpq connection. Every wait has a deadline.
@safe
struct Connection: ~Copyable {
  let handle: OpaquePointer
  let library: LibPQFunctions
  /// Passwords; no message may hold them.
  private let secrets: [String]
  /// `host:port/database` as user, for messages.
  let place: String

  private init(
    _ handle: OpaquePointer, _ library: LibPQFunctions, secrets: [String], place: String
  ) {
    unsafe self.handle = handle
    self.library = library
    self.secrets = secrets
    self.place = place
  }

  /// What the server calls the session.
  static let application = "backout"

  static func open(
    _ target: ConnectionTarget, deadline: Deadline
  ) throws(LiveFailure) -> Connection {
    var parameters = target.parameters
    parameters["application_name"] = Self.application
    parameters["client_encoding"] = "UTF8"
    parameters["connect_timeout"] = String(max(2, deadline.remainingMilliseconds / 1000))
    let library = try LibPQ().functions
    let attempt = ConnectionAttempt(parameters, library, deadline)
    guard let handle = unsafe try attempt.handle() else {
      throw LiveFailure(.connection, "out of memory while connecting")
    }
    // Also of the environment, a service or a password file.
    let password = unsafe text(library.PQpass(handle))
    let connection = unsafe Connection(
      handle, library, secrets: target.secrets + (password.map { [$0] } ?? []),
      place: place(of: handle, parameters, library))
    guard !connection.place.mayBeConnectionString else {
      throw LiveFailure(
        .badTarget,
        "host, database or user in libpq's environment (PGHOST, PGDATABASE, …) is a connection string; "
          + "give it as --database-url")
    }
    switch attempt.ending {
    case .connected: break
    case .refused:
      throw LiveFailure(
        .connection, "cannot connect to \(connection.place): \(connection.reason())")
    case .late:
      throw LiveFailure(
        .timeout, "no connection to \(connection.place) within the time limit")
    }
    guard unsafe library.PQsetnonblocking(handle, 1) == 0,
      unsafe library.PQenterPipelineMode(handle) == 1
    else { throw LiveFailure(.connection, "cannot use the connection to \(connection.place)") }
    return connection
  }

  deinit { unsafe library.PQfinish(handle) }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    let text = unsafe String(cString: pointer)
    return text.isEmpty ? nil : text
  }

  static func place(
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

  /// What libpq says on one line, without its hints: the reason, or those of all addresses that were
  /// tried where they differ.
  func reason() -> String {
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
  func shown(_ text: String) -> String {
    secrets.reduce(text) { $1.isEmpty ? $0 : $0.replacingScalars($1, with: "***") }.cut(to: 500)
  }
}

/// A point in monotonic time after which waiting ends.
package struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant

  package init(seconds: Double) {
    instant = ContinuousClock.now + .seconds(max(0, min(seconds, 86_400)))
  }

  init(milliseconds: Int, within outer: Deadline) {
    instant = min(ContinuousClock.now + .milliseconds(milliseconds), outer.instant)
  }

  package var remainingMilliseconds: Int {
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
