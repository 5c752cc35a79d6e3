// Texts that may be connection strings, and are shown nowhere.

extension String {
  /// Whether the text may be a URL or `key=value` pairs with a password in them.
  package var mayBeConnectionString: Bool {
    guard utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }) else {
      return false
    }
    return contains("://") || lowercased().filter { !$0.isWhitespace }.contains("password=")
  }

  /// Whether what follows the scheme of a URL can be taken apart in one way only. An `@`, `/` or `?`
  /// that was not escaped would make part of a password pass for the host or the database.
  var isPlainAuthority: Bool {
    let authority = prefix { $0 != "/" && $0 != "?" }
    guard !self[authority.endIndex...].contains("@") else { return false }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let hosts = parts.last else { return false }
    return hosts.split(separator: ",").allSatisfy { host in
      let name = host.hasPrefix("[") ? host.drop { $0 != "]" }.dropFirst() : host.drop { $0 != ":" }
      return name.isEmpty || name == ":" || name.first == ":" && UInt16(name.dropFirst()) != nil
    }
  }
}
