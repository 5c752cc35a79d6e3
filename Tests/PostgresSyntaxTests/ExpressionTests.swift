// Value expressions, constants, conditions, and normalised text.

import Testing

@testable import PostgresSyntax

@Suite struct ExpressionTests {
  private static let constants: [(String, SQLConstant)] = [
    ("NULL", .null), ("NULL::int", .null), ("true", .boolean(true)), ("FALSE", .boolean(false)),
    ("'t'::boolean", .string("t")), ("0", .integer(0)), ("-5", .integer(-5)),
    ("2147483648", .integer(2_147_483_648)),
    ("9223372036854775808", .number("9223372036854775808")), ("1.50", .number("1.50")),
    ("1e3", .number("1e3")), ("'it''s'", .string("it's")), ("$$a'b$$", .string("a'b")),
    ("E'\\n'", .string("\n")), ("U&'\\00e9'", .string("é")),
    ("'a'::text COLLATE \"C\"", .string("a")),
    ("CAST('2024-01-01' AS date)", .string("2024-01-01")),
    ("date '2024-01-01'", .string("2024-01-01")),
    ("'{}'::jsonb", .string("{}")), ("X'1F'", .bits("x1F")),
  ]

  @Test(arguments: constants.indices)
  func constant(index: Int) throws {
    let (sql, expected) = Self.constants[index]
    guard case .setDefault(_, let value) = try parseAlter("ALTER a SET DEFAULT " + sql)[0] else {
      return try #require(nil)
    }
    #expect(value.constant == expected)
  }

  @Test(arguments: ["now()", "1 + 1", "a", "ARRAY[1]", "CURRENT_DATE", "(SELECT 1)", "-a"])
  func otherExpressionsAreNotConstant(sql: String) throws {
    guard case .setDefault(_, let value) = try parseAlter("ALTER a SET DEFAULT " + sql)[0] else {
      return try #require(nil)
    }
    #expect(value.constant == nil)
  }

  /// As `pg_query_deparse_protobuf` printed them, whichever way we take.
  private static let printed: [(String, String)] = [
    ("FALSE", "false"), ("CURRENT_TIMESTAMP", "current_timestamp"),
    ("current_timestamp(3)", "current_timestamp(3)"), ("- 5", "-5"), ("1e3", "1e3"),
    ("a=1", "a = 1"), ("a != 'x'", "a <> 'x'"), ("\"Q x\" IS  NULL", "\"Q x\" IS NULL"),
    ("t.deleted is false", "t.deleted IS FALSE"),
    ("NOT a", "NOT a"), ("NOT (a AND b)", "NOT (a AND b)"), ("NOT (NOT a)", "NOT NOT a"),
    ("a AND (b AND c)", "a AND (b AND c)"), ("a OR b AND c IS NULL", "a OR (b AND c IS NULL)"),
    ("a IN (1,2)", "a IN (1, 2)"), ("a NOT IN ('x')", "a NOT IN ('x')"),
    ("a = ANY (ARRAY[1,2])", "a = ANY(ARRAY[1, 2])"), ("(a + 1) * 2", "(a + 1) * 2"),
    ("(a IS NULL) = (b IS NULL)", "(a IS NULL) = (b IS NULL)"),
    ("a::text = lower(b)", "a::text = lower(b)"), ("CAST(a AS int)", "a::int"),
    ("(-1)::text", "(-1)::text"), ("1.5::text", "(1.5)::text"),
    ("NULL::text", "NULL::text"), ("COALESCE(a, -1, b)", "COALESCE(a, -1, b)"),
    ("ARRAY[a::text, 'x']", "ARRAY[a::text, 'x']"), ("f(1, a::text)", "f(1, a::text)"),
    ("left(a, 1)", "\"left\"(a, 1)"), ("a COLLATE \"C\" = b", "a COLLATE \"C\" = b"),
    ("'it''s'", "'it''s'"),
  ]

  @Test(arguments: printed.indices)
  func text(index: Int) throws {
    let (sql, expected) = Self.printed[index]
    #expect(try parseCondition(sql).text == expected)
  }

  @Test func factsOfAnExpression() throws {
    let expression = try parseCondition(
      """
      s.lower(a.b) LIKE 'x%' OR (c)::varchar(5) = ANY (ARRAY['p']) OR d @> $1
      OR e OPERATOR(s.+) f IS NULL OR EXISTS (SELECT 1 FROM s.t WHERE g = CURRENT_TIMESTAMP) OR b = true
      """)
    #expect(
      expression.columns == [
        ColumnReference(qualifier: ["a"], column: "b"), column("c"), column("d"), column("e"),
        column("f"), column("g"), column("b"),
      ])
    #expect(
      expression.functions.map(\.name) == [
        QualifiedName(schema: "s", "lower"),
        QualifiedName(schema: "pg_catalog", "current_timestamp"),
      ])
    #expect(expression.casts == [.builtin("varchar", 5)])
    #expect(expression.containsParameter && expression.containsSubquery)
    #expect(expression.relations == [RelationUse(name: QualifiedName(schema: "s", "t"))])
    #expect(expression.operators.contains(QualifiedName(schema: "s", "+")))
    #expect(expression.conjuncts.count == 1)
  }

  private static let conditions: [(String, [Conjunct])] = [
    ("id = 5", [.equals(column("id"), [.integer(5)])]),
    ("'x' = name", [.equals(column("name"), [.string("x")])]),
    ("id IN (1, 2)", [.equals(column("id"), [.integer(1), .integer(2)])]),
    ("id = ANY (ARRAY[1, 2]::int[])", [.equals(column("id"), [.integer(1), .integer(2)])]),
    (
      "a = 1 AND (b = 2 AND c IS NULL)",
      [
        .equals(column("a"), [.integer(1)]), .equals(column("b"), [.integer(2)]),
        .isNull(column("c")),
      ]
    ),
    ("id NOT IN (1, 2)", [.other("id NOT IN (1, 2)")]),
    ("id <> 1", [.other("id <> 1")]),
    ("a = 1 OR b = 2", [.other("a = 1 OR b = 2")]),
    ("NOT a IS NULL", [.other("NOT a IS NULL")]),
    ("id IN (1, x)", [.other("id IN (1, x)")]),
    ("id IN (SELECT 1)", [.other("id IN (SELECT 1)")]),
    ("a IS NOT DISTINCT FROM 1", [.other("a IS NOT DISTINCT FROM 1")]),
  ]

  @Test(arguments: conditions.indices)
  func condition(index: Int) throws {
    let (sql, expected) = Self.conditions[index]
    #expect(try parseCondition(sql).conjuncts == expected)
  }

  @Test(arguments: [
    ("a>0", "( a  >  0 )"), ("lower(A) = 'x'", "LOWER(\"a\")='x'"),
    ("a::int4 = 1", "CAST(a AS int4) = 1"),
    ("a AND b AND c", "(a AND b) AND c"), ("x = 'a' /* c */", "x = 'a'"), ("f( )", "f()"),
  ])
  func textIsNormalised(left: String, right: String) throws {
    #expect(try parseCondition(left).text == parseCondition(right).text)
  }

  @Test(arguments: [
    ("a > 0", "a >= 0"), ("a OR b AND c", "(a OR b) AND c"), ("f('A')", "f('a')"),
    ("a = 1", "\"A\" = 1"), ("f(a, b)", "f(b, a)"), ("a::int = 1", "a::int8 = 1"),
    ("f(a)", "f(DISTINCT a)"),
    ("f('a,b')", "f('a', 'b')"), ("s.f()", "f()"),
  ])
  func textTellsDifferentExpressionsApart(left: String, right: String) throws {
    #expect(try parseCondition(left).text != parseCondition(right).text)
  }

  /// The printed text parses to the same expression.
  @Test(arguments: [
    "a = 'it''s'", "a = E'\\\\x\\n'", "lower(\"User\".\"Name\") = 'x'", "f(1, NULL, 'a')", "a = -5",
    "a BETWEEN 1 AND 2", "CASE WHEN a THEN 1 ELSE 2 END = 1", "a[1].b IS NULL", "(a).b = 1",
    "a AT TIME ZONE 'UTC' > now()", "extract(year FROM a) = 1", "a IS NOT DISTINCT FROM b",
    "count(*) FILTER (WHERE a) OVER (PARTITION BY b) > 1", "a -> 'b' ->> 'c' = 'd'",
    "trim(both 'x' from a) = ''", "a SIMILAR TO 'b'", "position('a' in b) > 0", "(a, b) = (1, 2)",
    "a = ROW(1, 2)", "substring(a from 1 for 2) = ''", "\"select\"(1)", "a = interval '1 day'",
    "coalesce(a, 1) > greatest(b, 2)", "a = ANY ('{1,2}'::int[])", "NOT (a OR b)", "- (- a) = 1",
  ])
  func printedTextReadsBack(sql: String) throws {
    let once = try parseCondition(sql)
    let twice = try parseCondition(once.text)
    #expect(once == twice)
  }

  @Test(arguments: [
    ("nextval('q')", QualifiedName("q")),
    ("nextval('s.q'::regclass)", QualifiedName(schema: "s", "q")),
    ("nextval('\"S\".\"Q.x\"')", QualifiedName(schema: "S", "Q.x")),
    ("nextval('Q')", QualifiedName("q")),
    ("'x' || nextval('q')", QualifiedName("q")),
  ])
  func sequences(sql: String, expected: QualifiedName) throws {
    guard case .setDefault(_, let value) = try parseAlter("ALTER a SET DEFAULT " + sql)[0] else {
      return try #require(nil)
    }
    #expect(value.nextvalSequence == expected)
  }

  @Test(arguments: [
    "nextval(a)", "now()", "nextval('q') + nextval('r')", "nextval('a.b.c')", "nextval('')",
  ])
  func noSequence(sql: String) throws {
    #expect(try parseCondition(sql).nextvalSequence == nil)
  }
}
