// Types by every spelling, and as format_type prints them.

import Testing

@testable import PostgresSyntax

@Suite struct TypeNameTests {
  /// The right side is what `format_type` of PostgreSQL 15 prints for a column of the type.
  private static let types: [(String, String)] = [
    ("int", "integer"), ("INTEGER", "integer"), ("int4", "integer"), ("pg_catalog.int4", "integer"),
    ("smallint", "smallint"), ("int8", "bigint"), ("float", "double precision"),
    ("float(24)", "real"), ("real", "real"), ("decimal(10)", "numeric(10,0)"),
    ("numeric(10, 2)", "numeric(10,2)"), ("numeric", "numeric"), ("bool", "boolean"),
    ("varchar", "character varying"), ("character varying(50)", "character varying(50)"),
    ("char", "character(1)"), ("char(3)", "character(3)"),
    ("nchar varying(2)", "character varying(2)"),
    ("bpchar", "bpchar"), ("\"char\"", "\"char\""), ("text", "text"), ("bit", "bit(1)"),
    ("bit(4)", "bit(4)"), ("bit varying(4)", "bit varying(4)"), ("varbit", "bit varying"),
    ("time", "time without time zone"), ("time(3)", "time(3) without time zone"),
    ("timetz", "time with time zone"), ("timestamp", "timestamp without time zone"),
    ("timestamp(0) with time zone", "timestamp(0) with time zone"),
    ("timestamptz", "timestamp with time zone"), ("interval", "interval"),
    ("interval(3)", "interval(3)"),
    ("interval year to month", "interval year to month"),
    ("interval second(2)", "interval second(2)"),
    ("interval day to second", "interval day to second"), ("uuid", "uuid"), ("jsonb", "jsonb"),
    ("bytea", "bytea"),
    ("int[]", "integer[]"), ("int[3][3]", "integer[]"), ("int ARRAY[4]", "integer[]"),
    ("_text", "text[]"),
    ("varchar(5)[]", "character varying(5)[]"), ("inet", "inet"), ("tsvector", "tsvector"),
    ("oid", "oid"),
    ("xml", "xml"), ("money", "money"), ("int4range", "int4range"), ("regclass", "regclass"),
    ("name", "name"),
  ]

  @Test(arguments: types.indices)
  func builtin(index: Int) throws {
    let (sql, expected) = Self.types[index]
    let table = try parseCreateTable("CREATE TABLE t (a \(sql))")
    let type = try #require(table.columns[0].type)
    #expect(type.isBuiltin)
    #expect(type.description == expected)
  }

  @Test(
    arguments: [
      ("mood", "mood", nil), ("s.mood[]", "s.mood[]", "s"), ("\"My Type\"", "\"My Type\"", nil),
      ("geometry(Point, 4326)", "geometry(point,4326)", nil), ("vector(3)", "vector(3)", nil),
      ("citext", "citext", nil), ("_mood", "_mood", nil),
    ] as [(String, String, String?)])
  func userDefined(sql: String, printed: String, schema: String?) throws {
    let type = try #require(try parseCreateTable("CREATE TABLE t (a \(sql))").columns[0].type)
    #expect(!type.isBuiltin && type.schema == schema)
    #expect(type.description == printed)
  }

  @Test(arguments: [
    ("serial", "int4"), ("serial4", "int4"), ("bigserial", "int8"), ("serial8", "int8"),
    ("smallserial", "int2"), ("serial2", "int2"),
  ])
  func serial(sql: String, type: String) throws {
    let column = try parseCreateTable("CREATE TABLE t (a \(sql))").columns[0]
    #expect(column.isSerial && column.type == .builtin(type))
    #expect(column.default == nil && !column.isNotNull)
  }

  @Test func typeReferences() throws {
    guard
      case .createFunction(let function) = try parseOne(
        "CREATE FUNCTION f(a s.t.c%TYPE) RETURNS void LANGUAGE sql AS ''")
    else { return try #require(nil) }
    #expect(function.parameters[0].type.name == "s.t.c%TYPE")
    #expect(function.returns == .builtin("void"))
  }
}
