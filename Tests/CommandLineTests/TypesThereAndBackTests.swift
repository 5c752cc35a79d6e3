// Expressions over a column whose type changes and changes back. `pg_get_indexdef`, `pg_get_constraintdef` and
// `pg_get_statisticsobjdef` of PostgreSQL 15 before and after say what is expected here.

import Foundation
import TestSupport
import Testing

extension UnprovedTests {
  private static let columns =
    "id int, w bigint, n numeric, t text, v varchar(20), flag boolean, a "

  /// A column of the first type that gets the second and then the first again.
  struct Retyping: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var expression: String

    init(_ old: String, _ new: String, _ expression: String) {
      (self.old, self.new, self.expression) = (old, new, expression)
    }

    var testDescription: String { "\(old), \(new): \(expression)" }
  }

  @Test(
    arguments: [
      "coalesce(a, 0)", "coalesce(a, NULL)", "coalesce(a + 1, 0)", "coalesce(nullif(a, 0), 1)",
      "greatest(a, 0)", "least(id, a)", "ARRAY[a, 1]", "CASE WHEN flag THEN a ELSE 0 END", "a % 2",
      "(a + 1) % id", "mod(a, 2)", "a & 1", "a | 1", "a # 1", "a::bigint", "a::bigint > 0",
      "(a + 1)::bigint", "a::bigint::text",
    ].map { Retyping("int", "bigint", $0) }
      + [
        "coalesce(a, '')", "coalesce(a, t)", "coalesce(a, v)", "lower(coalesce(a, ''))",
        "to_tsvector('english', coalesce(a, ''))", "coalesce(a, '') = 'x'", "greatest(a, 'x')",
        "CASE WHEN flag THEN a ELSE '' END", "CASE WHEN flag THEN a END", "ARRAY[a, 'x']",
        "a::text", "a::text IS NULL", "coalesce(a::text, '')",
      ].map { Retyping("varchar(50)", "text", $0) }
      + ["coalesce(a, '')", "coalesce(a, t)", "a::varchar(50)"].map {
        Retyping("text", "varchar(50)", $0)
      }
      + [
        Retyping("bigint", "int", "a::int"), Retyping("bigint", "int", "a::int > 0"),
        Retyping("int", "smallint", "a::smallint = 1"),
        Retyping("numeric(10,2)", "numeric(12,4)", "a::numeric(12,4)"),
      ])
  func castsStay(_ case: Retyping) async throws {
    let row = try await verdict(of: thereAndBack(`case`))
    #expect(row.schema == "unknown", "\(row)")
  }

  @Test(
    arguments: [
      "a > 0", "a = w", "a > n", "a IN (1, 2)", "a NOT IN (1, 2)", "a = ANY (ARRAY[1, 2])",
      "a BETWEEN 1 AND id", "a IS DISTINCT FROM 3", "nullif(a, 0)", "coalesce(a > 0, false)",
      "coalesce(a::text, 'x')", "coalesce(a, w)", "CASE WHEN a > 0 THEN 1 ELSE 0 END",
      "CASE a WHEN 1 THEN 2 ELSE 3 END", "a + 1", "(a + 1) * id", "-a > 0", "a << 1", "abs(a) + 1",
      "a::text", "a::text = 'x'", "a::numeric > 0", "a || 'x'", "num_nulls(a, id)", "a % w",
      "(a > 0) IS TRUE", "flag IS NOT FALSE AND a > 0", "coalesce(id, 0) + a", "greatest(a, n)",
    ].map { Retyping("int", "bigint", $0) }
      + ["coalesce(a, 0)", "greatest(a, 0)", "a % 2", "mod(a, 2)", "a::bigint > 0"].map {
        Retyping("bigint", "int", $0)
      }
      + [
        "a = 'x'", "a = t", "a = v", "a > 'b'", "a BETWEEN 'a' AND 'b'", "a IS NOT NULL",
        "a IS DISTINCT FROM 'x'", "nullif(a, '') IS NULL", "coalesce(nullif(a, ''), 'x')",
        "coalesce(lower(a), '')", "coalesce(length(a), 0)", "coalesce(t, a)",
        "CASE WHEN a = 'x' THEN 1 ELSE 0 END", "CASE WHEN flag THEN lower(a) ELSE '' END",
        "a || ' ' || v", "lower(a)", "lower(a::text) = 'x'", "left(a, 3)", "a LIKE 'x%'",
        "a::text LIKE 'x%'", "a SIMILAR TO 'x%'", "a COLLATE \"C\"", "a::int > 0",
        "(a::jsonb ->> 'x') = 'y'", "to_tsvector('english', a)", "concat(a, 'x') = 'y'",
        "(a = 'x') IS TRUE", "length(trim(a)) > 0",
      ].map { Retyping("varchar(50)", "text", $0) }
      + ["a::text IS NULL", "lower(a)", "coalesce(t, a)"].map {
        Retyping("text", "varchar(50)", $0)
      }
      + [
        Retyping("varchar(50)", "varchar(80)", "coalesce(a, '')"),
        Retyping("numeric(10,2)", "numeric(12,4)", "coalesce(a, 0)"),
        Retyping("int", "smallint", "coalesce(a, 0)"), Retyping("smallint", "int", "a % 2"),
      ])
  func castsDoNotStay(_ case: Retyping) async throws {
    let row = try await verdict(of: thereAndBack(`case`))
    #expect(row.schema == "restored", "\(row)")
  }

  /// Conditions, statistics and what is made while the column has its other type.
  @Test(
    arguments: [
      ("CREATE INDEX i ON x (id) WHERE coalesce(a, 0) > 0", up, down, "unknown"),
      ("ALTER TABLE x ADD CONSTRAINT k CHECK (coalesce(a, 0) > 0)", up, down, "unknown"),
      ("CREATE STATISTICS s ON (coalesce(a, 0)), id FROM x", up, down, "unknown"),
      ("CREATE STATISTICS s ON (a + 1), id FROM x", up, down, "restored"),
      (
        "CREATE STATISTICS s ON (a + 1), id FROM x", "ALTER TABLE x ALTER a TYPE numeric", down,
        "unknown"
      ),
      // Made anew for the type that it had before, or not there any more.
      (index, up, "DROP INDEX i;; " + down + ";; " + index, "restored"),
      (index, "DROP INDEX i;; " + up, down + ";; " + index, "restored"),
      ("", index + ";; " + up, down + ";; DROP INDEX i", "restored"),
      ("", index + ";; " + up, "DROP INDEX i;; " + down, "restored"),
      // Made for the type between.
      (index, "DROP INDEX i;; " + up, index + ";; " + down, "unknown"),
      // What is certain comes first.
      (index, up, "SELECT 1", "differs"),
    ])
  func whatIsMadeAnew(
    _ object: String, _ up: String, _ down: String, _ answer: String
  ) async throws {
    let table = "CREATE TABLE x (\(Self.columns) int)" + (object.isEmpty ? "" : ";; " + object)
    let row = try await verdict(of: Trip(table, up, down))
    #expect(row.schema == answer, "\(row)")
  }

  private static let up = "ALTER TABLE x ALTER a TYPE bigint"
  private static let down = "ALTER TABLE x ALTER a TYPE int"
  private static let index = "CREATE INDEX i ON x ((coalesce(a, 0)))"

  private func thereAndBack(_ case: Retyping) -> Trip {
    Trip(
      "CREATE TABLE x (\(Self.columns) \(`case`.old));; CREATE INDEX i ON x ((\(`case`.expression)))",
      "ALTER TABLE x ALTER a TYPE \(`case`.new)", "ALTER TABLE x ALTER a TYPE \(`case`.old)")
  }
}
