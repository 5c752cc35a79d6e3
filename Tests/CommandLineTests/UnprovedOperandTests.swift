// Operands that PostgreSQL 15 has no function or operator for, and changes of type that are exact there and back.

import Foundation
import TestSupport
import Testing

extension UnprovedTests {
  private static let setup =
    "CREATE TABLE t (id int PRIMARY KEY, a text, b int, d date, f boolean);; "
    + "CREATE TABLE u (id int PRIMARY KEY, name text)"

  /// PostgreSQL refuses each of them, whatever the rows are.
  @Test(arguments: [
    "UPDATE t SET b = lower(id)", "UPDATE t SET a = upper(b)", "UPDATE t SET b = lower(a)",
    "UPDATE t SET a = replace(b, 'x', 'y')", "UPDATE t SET a = a || b + a",
    "UPDATE t SET b = a + b", "UPDATE t SET b = coalesce(b, a)", "UPDATE t SET d = lower(a)",
    "UPDATE t SET f = b AND f", "DELETE FROM t WHERE lower(id) = 'x'", "DELETE FROM t WHERE a = b",
    "DELETE FROM t WHERE b LIKE 'x'", "DELETE FROM t WHERE f > b", "DELETE FROM t WHERE NOT b",
    "UPDATE t SET a = 'x' WHERE d = b", "DELETE FROM t WHERE length(b) > 1",
    "INSERT INTO t (id, a) SELECT id + 1000, lower(b) FROM t",
    "INSERT INTO t (id, a) SELECT id, name FROM u WHERE name > id",
    "CREATE VIEW v AS SELECT lower(id) AS x FROM t",
    "CREATE VIEW v AS SELECT id FROM t WHERE a = b",
    "CREATE MATERIALIZED VIEW v AS SELECT upper(d) AS x FROM t",
    "CREATE TABLE v AS SELECT lower(b) AS x FROM t",
    "UPDATE t SET a = upper(u.id) FROM u WHERE u.id = t.id",
  ])
  func refusedOperands(_ statement: String) async throws {
    let row = try await verdict(
      of: Trip(Self.setup, "CREATE INDEX i ON t (b)", "DROP INDEX i;; " + statement))
    #expect(row.executes != "yes" && row.verdict != "safe", "\(row)")
  }

  /// PostgreSQL takes each of them.
  @Test(arguments: [
    "UPDATE t SET a = lower(a)", "UPDATE t SET a = left(a, 5)", "UPDATE t SET a = b",
    "UPDATE t SET a = replace(a, 'x', 'y') WHERE d = '2024-01-01' AND f",
    "UPDATE t SET a = u.name FROM u WHERE u.id = t.id", "UPDATE t SET f = b > 1 WHERE NOT f",
    "UPDATE t SET a = coalesce(a, 'x') || b WHERE b IN (1, 2)",
    "DELETE FROM t WHERE id NOT IN (SELECT min(id) FROM t GROUP BY a)",
    "DELETE FROM t WHERE a LIKE 'x%' OR d < now()", "UPDATE t SET d = now() WHERE id > 3",
    "CREATE VIEW v AS SELECT lower(a) AS x, b || a AS y FROM t WHERE d > now()",
    "CREATE VIEW v AS SELECT x.a FROM (SELECT id::text AS a FROM t) x WHERE lower(x.a) = 'x'",
  ])
  func acceptedOperands(_ statement: String) async throws {
    let row = try await verdict(
      of: Trip(Self.setup, "CREATE INDEX i ON t (b)", "DROP INDEX i;; " + statement))
    #expect(row.executes == "yes", "\(row)")
  }

  private static func retype(_ type: String, _ using: String) -> String {
    "ALTER TABLE m ALTER c TYPE \(type) USING \(using)"
  }

  /// Infinity and both ends of the range come back as they were, whatever the session's zone is.
  @Test(arguments: [
    Trip(
      "CREATE TABLE m (c timestamp NOT NULL)", retype("timestamptz", "c AT TIME ZONE 'UTC'"),
      retype("timestamp", "c AT TIME ZONE 'UTC'")),
    Trip(
      "CREATE TABLE m (c timestamptz)", retype("timestamp", "c AT TIME ZONE 'utc'"),
      retype("timestamptz", "timezone('UTC', c)")),
  ])
  func timesInUTC(_ trip: Trip) async throws {
    let row = try await verdict(of: trip)
    #expect(row.executes == "yes" && row.data == "kept" && row.schema == "restored", "\(row)")
  }

  /// Another zone, another column or fewer digits of a second are not exact.
  @Test(arguments: [
    Trip(
      "CREATE TABLE m (c timestamp)", retype("timestamptz", "c AT TIME ZONE 'Europe/Paris'"),
      retype("timestamp", "c AT TIME ZONE 'UTC'")),
    Trip(
      "CREATE TABLE m (c timestamp, e timestamp)", retype("timestamptz", "e AT TIME ZONE 'UTC'"),
      retype("timestamp", "c AT TIME ZONE 'UTC'")),
    Trip(
      "CREATE TABLE m (c timestamp)", retype("timestamptz(0)", "c AT TIME ZONE 'UTC'"),
      retype("timestamp", "c AT TIME ZONE 'UTC'")),
  ])
  func timesElsewhere(_ trip: Trip) async throws {
    #expect(try await verdict(of: trip).data != "kept")
  }

  /// A quoted text that PostgreSQL reads as the time at which it is set.
  @Test func nowInQuotesContradictsNothing() async throws {
    let row = try await verdict(
      of: Trip(
        "CREATE TABLE n (id int PRIMARY KEY, c timestamp DEFAULT 'now()');; "
          + "ALTER TABLE n ADD e date DEFAULT 'NOW()';; ALTER TABLE n ALTER c SET DEFAULT 'today'",
        "CREATE INDEX i ON n (c)", "DROP INDEX i"))
    #expect(row.verdict == "safe", "\(row)")
  }
}
