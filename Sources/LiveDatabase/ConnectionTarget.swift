// A database URL, in SQLAlchemy's or libpq's forms, into the parameters of a libpq connection.

import CLibPQ

/// Where to connect to: libpq's parameters by keyword. Its description never holds a password.
package struct ConnectionTarget: Sendable {
  /// Empty: libpq's own environment (PGHOST and the like) decides everything.
  let parameters: [String: String]
  /// Parameters of the URL that only its driver knows; they are left out.
  package let ignoredParameters: [String]

  /// - Parameter url: a SQLAlchemy URL (`postgresql+psycopg2://…`), a libpq URI, or `key=value`
  ///   pairs; nil for libpq's environment.
  package init(url: String?) throws(LiveFailure) {
    guard let url, !url.isEmpty else {
      parameters = [:]
      ignoredParameters = []
      return
    }
    guard let scheme = Self.scheme(of: url) else {
      parameters = try Self.parsed(url)
      ignoredParameters = []
      return
    }
    let dialect = scheme.split(separator: "+").first.map(String.init) ?? scheme
    guard dialect == "postgresql" || dialect == "postgres" else {
      throw LiveFailure(
        .badTarget, "the database URL is for '\(dialect)'; backout works with postgresql:// only")
    }
    let rest = url.dropFirst(scheme.count)
    let (plain, ignored) = try Self.withoutDriverParameters(String(rest))
    parameters = try Self.parsed("postgresql" + plain)
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
  ) throws(LiveFailure) -> (String, [String]) {
    guard let question = url.firstIndex(of: "?") else { return (url, []) }
    let known = try libpqKeywords()
    var kept: [Substring] = []
    var ignored: [String] = []
    for parameter in url[url.index(after: question)...].split(separator: "&") {
      let name = parameter.prefix { $0 != "=" }
      if name == "ssl" {
        kept.append("sslmode" + parameter.dropFirst(3))
      } else if known.contains(String(name)) {
        kept.append(parameter)
      } else {
        ignored.append(String(name))
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
  private static func parsed(_ conninfo: String) throws(LiveFailure) -> [String: String] {
    let library = try LibPQ().functions
    var message: UnsafeMutablePointer<CChar>?
    let options = unsafe library.PQconninfoParse(conninfo, &message)
    defer {
      unsafe library.PQfreemem(message)
      unsafe library.PQconninfoFree(options)
    }
    guard var option = unsafe options else {
      throw LiveFailure(
        .badTarget,
        "the database URL cannot be read; expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE "
          + "with special characters percent-encoded")
    }
    var parameters: [String: String] = [:]
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        unsafe parameters[String(cString: keyword)] = String(cString: value)
      }
      unsafe option += 1
    }
    return parameters
  }
}
