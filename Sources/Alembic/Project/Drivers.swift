// The drivers that migrations may run by: what SQLAlchemy sends is not the same with each.

/// A set of PostgreSQL drivers (DBAPIs) of SQLAlchemy.
package struct Drivers: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let psycopg2 = Drivers(rawValue: 1)
  /// psycopg 3
  package static let psycopg = Drivers(rawValue: 2)
  package static let asyncpg = Drivers(rawValue: 4)
  package static let pg8000 = Drivers(rawValue: 8)
  package static let all: Drivers = [.psycopg2, .psycopg, .asyncpg, .pg8000]

  /// Those of `create_async_engine`.
  static let asynchronous: Drivers = [.psycopg, .asyncpg]
  /// Those that `create_engine` takes by itself: psycopg2, and psycopg from SQLAlchemy 2.1 on. Others are
  /// there only where they are named.
  static let synchronous: Drivers = [.psycopg2, .psycopg]

  /// Several statements in one text: asyncpg prepares every text, which PostgreSQL refuses then
  /// (42601).
  package static let refuseSeveralStatements = asyncpg
  /// A text with no statement in it.
  package static let refuseEmptyText = psycopg2
  /// After a COMMIT in a text they find themselves outside of a transaction, and begin another before
  /// the next text; the others leave it at that.
  package static let beginAfterCommit: Drivers = [.psycopg, .pg8000]
  /// Reading the isolation level begins a transaction, which `autocommit_block()` does not end.
  package static let beginBeforeBlocks = pg8000
  /// They send values beside the text, where SQLAlchemy writes their types (`$1::VARCHAR`); psycopg2
  /// writes them into the text, where a string is whatever the place asks for.
  package static let sendTypedValues: Drivers = [.psycopg, .asyncpg, .pg8000]
  /// It takes no string where the server expects a number, a date and the like.
  package static let refuseOtherValues = asyncpg

  /// By what stands behind the `+` of a SQLAlchemy URL; nil for a name that is not known.
  package init?(name: some StringProtocol) {
    switch name {
    case "psycopg2": self = .psycopg2
    case "psycopg", "psycopg_async": self = .psycopg
    case "asyncpg": self = .asyncpg
    case "pg8000": self = .pg8000
    default: return nil
    }
  }

  /// As the scheme of a SQLAlchemy URL names it. Nil without a name: the default is psycopg2, and
  /// psycopg from SQLAlchemy 2.1 on, and env.py may put another in.
  package init?(url: String) {
    guard let end = url.firstRange(of: "://")?.lowerBound else { return nil }
    let words = url[..<end].split(separator: "+", maxSplits: 1)
    guard words.count == 2, words[0] == "postgresql" else { return nil }
    self.init(name: words[1])
  }

  /// Those of both, where the two do not contradict each other.
  package func narrowed(to other: Drivers?) -> Drivers {
    guard let other, !isDisjoint(with: other) else { return self }
    return intersection(other)
  }

  /// What is left once databases are past something that some refuse. Where none would be left, the driver
  /// was another one then.
  package func without(_ refusing: Drivers) -> Drivers {
    let rest = subtracting(refusing)
    return rest.isEmpty ? self : rest
  }

  /// For people.
  package var names: String {
    let names: [(Drivers, String)] = [
      (.psycopg2, "psycopg2"), (.psycopg, "psycopg"), (.asyncpg, "asyncpg"), (.pg8000, "pg8000"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}
