// A database URL, in SQLAlchemy's or libpq's forms, into the parameters of a libpq connection.

import CLibPQ

/// Where to connect to: libpq's parameters by keyword. Its description never holds a password.
package struct ConnectionTarget: Sendable {
  /// Empty: libpq's own environment (PGHOST and the like) decides everything.
  let parameters: [String: String]
  /// Passwords among the parameters; no message may hold them.
  let secrets: [String]
  /// How many parameters of the URL only its driver knows; they are left out. Their names are not
  /// told: behind a password with an `&` they would be part of it.
  package let ignoredParameters: Int

  /// - Parameter url: a SQLAlchemy URL (`postgresql+psycopg2://…`), a libpq URI, or `key=value`
  ///   pairs; nil for libpq's environment.
  package init(url: String?) throws(LiveFailure) {
    guard let url, !url.isEmpty else {
      (parameters, secrets) = ([:], [])
      ignoredParameters = 0
      return
    }
    guard let scheme = Self.scheme(of: url) else {
      (parameters, secrets) = try Self.parsed(url)
      ignoredParameters = 0
      return
    }
    let dialect = scheme.split(separator: "+").first.map(String.init) ?? scheme
    guard dialect == "postgresql" || dialect == "postgres" else {
      throw LiveFailure(
        .badTarget, "the database URL is for '\(dialect)'; backout works with postgresql:// only")
    }
    let rest = String(url.dropFirst(scheme.count))
    guard String(rest.dropFirst(3)).isPlainAuthority else { throw Self.unreadable }
    let (plain, ignored) = try Self.withoutDriverParameters(rest)
    (parameters, secrets) = try Self.parsed("postgresql" + plain)
    ignoredParameters = ignored
  }

  private static func scheme(of url: String) -> String? {
    var rest = url[...]
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    let scheme = rest[..<colon]
    rest = rest[colon...]
    guard rest.hasPrefix("://"), !scheme.isEmpty,
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+_.-".contains($0) })
    else { return nil }
    return String(scheme)
  }

  /// Takes out what libpq would refuse; `ssl=` of asyncpg is libpq's `sslmode`.
  private static func withoutDriverParameters(
    _ url: String
  ) throws(LiveFailure) -> (String, Int) {
    guard let question = url.firstIndex(of: "?") else { return (url, 0) }
    let known = try libpqKeywords()
    var kept: [Substring] = []
    var ignored = 0
    for parameter in url[url.index(after: question)...].split(separator: "&") {
      let name = parameter.prefix { $0 != "=" }
      guard name.endIndex < parameter.endIndex else { throw unreadable }
      if name == "ssl" {
        kept.append("sslmode" + parameter.dropFirst(3))
      } else if known.contains(String(name)) {
        kept.append(parameter)
      } else {
        ignored += 1
      }
    }
    let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    return (url[..<question] + query, ignored)
  }

  private static func libpqKeywords() throws(LiveFailure) -> Set<String> {
    let library = try LibPQ().functions
    guard let options = unsafe library.PQconndefaults() else { return [] }
    defer { unsafe library.PQconninfoFree(options) }
    var keywords: Set<String> = []
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      unsafe keywords.insert(String(cString: keyword))
      unsafe option += 1
    }
    return keywords
  }

  /// libpq's message may quote the text with its password, so it is not passed on.
  private static func parsed(
    _ conninfo: String
  ) throws(LiveFailure) -> (parameters: [String: String], secrets: [String]) {
    let library = try LibPQ().functions
    var message: UnsafeMutablePointer<CChar>?
    let options = unsafe library.PQconninfoParse(conninfo, &message)
    defer {
      unsafe library.PQfreemem(message)
      unsafe library.PQconninfoFree(options)
    }
    guard var option = unsafe options else {
      throw unreadable
    }
    var parameters: [String: String] = [:]
    var secrets: [String] = []
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        let (keyword, value) = unsafe (String(cString: keyword), String(cString: value))
        parameters[keyword] = value
        if unsafe isSecret(option.pointee) {
          secrets.append(value)
        } else if value.mayBeConnectionString, !keyword.hasPrefix("oauth_") {
          throw LiveFailure(
            .badTarget, "'\(keyword)' in the database URL is a connection string itself; give one")
        }
      }
      unsafe option += 1
    }
    return (parameters, secrets)
  }

  /// What libpq says is to be hidden when it is typed (manual 34.1, `dispchar`).
  private static func isSecret(_ option: PQconninfoOption) -> Bool {
    guard let display = unsafe option.dispchar else { return false }
    return unsafe display.pointee == CChar(UInt8(ascii: "*"))
  }

  private static let unreadable = LiveFailure(
    .badTarget,
    "the database URL cannot be read; expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE "
      + "with special characters percent-encoded (@ %40, / %2F, ? %3F, & %26)")
}
