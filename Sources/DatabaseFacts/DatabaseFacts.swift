// What was read from a live database, as plain values.

import SourceText

/// The server and the session that asked.
package struct ServerFacts: Sendable, Hashable, Codable {
  /// `server_version_num`, such as 150004.
  package var versionNumber: Int
  package var version: String
  /// A standby, or a server that still replays its log.
  package var isInRecovery: Bool
  package var database: String
  package var user: String
  /// Where the server was reached; never with a password.
  package var host: String
  /// Whether the role sees what other sessions do (`pg_read_all_stats`, or a superuser).
  package var seesSessions = true
  /// `default_transaction_read_only`: what writes must switch it off.
  package var isReadOnlyByDefault = false
  /// When it was asked, by its own clock, as `2027-01-31T12:00:00Z`.
  package var time: String?

  package init(
    versionNumber: Int, version: String, isInRecovery: Bool, database: String, user: String,
    host: String
  ) {
    self.versionNumber = versionNumber
    self.version = version
    self.isInRecovery = isInRecovery
    self.database = database
    self.user = user
    self.host = host
  }
}

/// Alembic's version table.
package enum VersionTableFacts: Sendable, Hashable, Codable {
  case missing
  /// It is not where it should be; tables of its name are in these schemas.
  case elsewhere([String])
  /// The identifiers in it, sorted; empty at base.
  case rows([String])
  /// It is there and cannot be read, and why.
  case unreadable(String)
}

/// The key of an advisory lock (PostgreSQL manual 9.27.10).
package enum AdvisoryLockKey: Sendable, Hashable, Codable {
  case single(Int64)
  case pair(Int32, Int32)

  /// `999999`, or `4711,1` for the form of two integers; nil if it is neither.
  package init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    switch parts.count {
    case 1:
      guard let key = Int64(parts[0]) else { return nil }
      self = .single(key)
    case 2:
      guard let first = Int32(parts[0]), let second = Int32(parts[1]) else { return nil }
      self = .pair(first, second)
    default: return nil
    }
  }

  package var text: String {
    switch self {
    case .single(let key): String(key)
    case .pair(let first, let second): "\(first),\(second)"
    }
  }

  /// `classid`, `objid` and `objsubid` of the key in `pg_locks`.
  package var catalogKey: (UInt32, UInt32, Int) {
    switch self {
    case .single(let key):
      let bits = UInt64(bitPattern: key)
      return (UInt32(truncatingIfNeeded: bits >> 32), UInt32(truncatingIfNeeded: bits), 1)
    case .pair(let first, let second):
      return (UInt32(bitPattern: first), UInt32(bitPattern: second), 2)
    }
  }
}

/// Who holds or awaits the migration lock in this database.
package struct AdvisoryLockFacts: Sendable, Hashable, Codable {
  package var key: AdvisoryLockKey
  /// Holders first, then those who wait.
  package var sessions: [LockSession]
  /// What the role may not see; nil if it sees everything.
  package var gap: String?
  /// Why it is not known whether anyone holds it; nil where it is known.
  package var unreadable: String?

  package init(
    key: AdvisoryLockKey, sessions: [LockSession], gap: String?, unreadable: String? = nil
  ) {
    self.key = key
    self.sessions = sessions
    self.gap = gap
    self.unreadable = unreadable
  }

  package var isHeld: Bool { sessions.contains(where: \.isGranted) }
}

/// A table by name; without a schema it is found by the search path.
package struct TableName: Sendable, Hashable, Codable {
  package var schema: String?
  package var name: String

  package init(schema: String?, name: String) {
    self.schema = schema
    self.name = name
  }
}

/// As the key of a dictionary in JSON: schema and name, each in double quotes.
extension TableName: CodingKeyRepresentable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package var codingKey: any CodingKey {
    func quoted(_ name: String) -> String { "\"" + name.doubling("\"") + "\"" }
    return Key(stringValue: (schema.map { quoted($0) + "." } ?? "") + quoted(name))
  }

  package init?(codingKey: some CodingKey) {
    var parts: [String] = []
    var rest = codingKey.stringValue.unicodeScalars[...]
    while rest.popFirst() == "\"" {
      var part = String.UnicodeScalarView()
      while let scalar = rest.popFirst() {
        if scalar == "\"" {
          guard rest.first == "\"" else { break }
          rest.removeFirst()
        }
        part.append(scalar)
      }
      parts.append(String(part))
      guard rest.first == "." else { break }
      rest.removeFirst()
    }
    guard rest.isEmpty, let name = parts.last, parts.count <= 2 else { return nil }
    self.init(schema: parts.count == 2 ? parts[0] : nil, name: name)
  }
}

/// A question to the rows of a table.
package enum ProbeRequest: Sendable, Hashable, Codable {
  case rows(TableName)
  /// Values that are not NULL.
  case values(TableName, column: String)
  case nulls(TableName, columns: [String])
  /// Groups of rows with the same key.
  case duplicates(TableName, RowKey)
  /// Rows whose key is not in the referenced table.
  case orphans(TableName, columns: [String], referenced: TableName, referencedColumns: [String])
  /// Rows that refer to rows of another table of which the condition holds.
  case referring(
    TableName, columns: [String], referenced: TableName, referencedColumns: [String], RowCondition)
  case longerThan(TableName, column: String, characters: Int)
  case outside(TableName, column: String, lowest: String, highest: String)
  /// Values that are not the same any more after a cast to a built-in type and back; with `characters`
  /// those alone that an assignment takes, which cuts nothing but blanks (manual 8.3).
  case changedByCast(
    TableName, column: String, type: String, original: String, characters: Int? = nil)
  case enumValues(TableName, column: String, values: [String])
  case matching(TableName, RowCondition)
  /// The values of a column that a condition takes; where there are none, whether NULL stands beside other
  /// values, or, `isByDefault`, stands there at all.
  case valuesBesideNulls(TableName, column: String, RowCondition, isByDefault: Bool)
  /// Values that a sequence that is there has before it.
  case ahead(TableName, column: String, sequence: TableName, increment: Int64)
  /// Values that a column has in no row.
  case lacking(TableName, column: String, values: [SafeSQL])
  /// Rows for which there is another one, `b`, that fits this one, `a`.
  case pairs(TableName, condition: SafeSQL, names: BuiltinNames)

  /// What is called a key, and of which rows.
  package struct RowKey: Sendable, Hashable, Codable {
    package var values: [SafeSQL]
    package var filter: SafeSQL?
    package var nullsAreEqual: Bool
    package var names = BuiltinNames()

    package init(values: [SafeSQL], filter: SafeSQL? = nil, nullsAreEqual: Bool) {
      self.values = values
      self.filter = filter
      self.nullsAreEqual = nullsAreEqual
    }
  }

  /// Which rows are looked for.
  package struct RowCondition: Sendable, Hashable, Codable {
    /// True of those that are certain to be such.
    package var certain: SafeSQL
    /// True of all that may be such; nil where `certain` leaves none open.
    package var possible: SafeSQL?
    package var names = BuiltinNames()

    package init(_ certain: SafeSQL, possible: SafeSQL? = nil, names: BuiltinNames = .init()) {
      self.certain = certain
      self.possible = possible
      self.names = names
    }
  }
}

/// What the rows said.
package enum ProbeResult: Sendable, Hashable, Codable {
  case none
  /// `isEstimate`: the planner's estimate, for want of time; a nil count is "some".
  case some(count: Int?, isEstimate: Bool)
  case unknown(String)
}
