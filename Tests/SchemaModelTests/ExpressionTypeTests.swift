// The types of expressions beside a real server: PostgreSQL says which it has, or what it refuses.

import PostgresSyntax
import Testing

@testable import SchemaModel

@Suite(.serialized) struct ExpressionTypesBesideARealServer {
  private static let types = [
    "int2", "int4", "int8", "numeric", "float4", "float8", "money", "oid", "text", "varchar",
    "bpchar", "\"char\"",
    "name", "bool", "uuid", "bytea", "json", "jsonb", "xml", "date", "time", "timetz", "timestamp",
    "timestamptz", "interval", "inet", "cidr", "macaddr", "bit", "varbit", "point", "tsvector",
    "tsquery", "int4range", "tstzrange", "int4multirange", "regclass", "int4[]", "int8[]", "text[]",
    "varchar[]", "uuid[]", "e", "e[]", "f",
  ]
  private static let definitions = [
    "create type e as enum ('a', 'b')", "create type f as enum ('a', 'b')",
    "create table t ("
      + types.enumerated().map { "c\($0.offset) \($0.element)" }
      .joined(separator: ", ") + ")",
  ]

  /// `pg_typeof` tells `bpchar` and `char` not apart.
  private static let likeOurs = ["character": "bpchar", "character[]": "bpchar[]"]

  @Test func everyExpressionHasTheTypeThatPostgreSQLGivesIt() async throws {
    var generator = ExpressionGenerator(columns: Self.types.count, seed: 20)
    let expressions = (0..<20_000).map { _ in generator.next() }
    let answers = try await ask(expressions)
    var (typed, refused, open) = (0, 0, 0)
    for (expression, answer) in zip(expressions, answers) {
      // What the server computes, or a literal that is no value of its type, is asked elsewhere.
      let isOfValues = ["!22", "!0A", "!42601", "!42P01", "!42704", "?"].contains {
        answer.hasPrefix($0)
      }
      if isOfValues { continue }
      switch try found(expression) {
      case .open: open += 1
      case .type(let type):
        #expect(Self.likeOurs[answer, default: answer] == type, "\(expression)")
        typed += 1
      case .refused(let state):
        #expect(answer == "!" + state, "\(expression)")
        refused += 1
      }
    }
    // Most of them are decided, in both ways.
    #expect(typed > 1000 && refused > 3000 && open < 1000, "\(typed) \(refused) \(open)")
  }

  /// Writes what stands in `BuiltinSignatures+Generated.swift`, behind the names of its texts.
  private static let signatures = """
    select 'type ' || typname || ' ' || typcategory::text || case when typispreferred then '!' else '' end
      || coalesce(' ' || (select s.typname from pg_range r join pg_type s on s.oid = rngsubtype
                          where t.oid in (r.rngtypid, r.rngmultitypid)), '')
    from pg_type t where typnamespace = 'pg_catalog'::regnamespace
      and typtype in ('b', 'p', 'r', 'm') and typname !~ '^_'
      and typname !~ '(handler|trigger|internal|cstring|ddl_command)$'
    order by typname collate "C";
    select 'cast ' || s.typname || ' '
      || string_agg(t.typname || '.' || castcontext::text, ' ' order by t.typname collate "C")
    from pg_cast c join pg_type s on s.oid = castsource join pg_type t on t.oid = casttarget
    group by s.typname order by s.typname collate "C";
    select 'operator ' || oprname || ' '
      || string_agg(s.typname || '=' || coalesce(l.typname || ',', '') || r.typname, ' '
                    order by l.typname collate "C" nulls first, r.typname collate "C")
    from pg_operator o left join pg_type l on l.oid = oprleft join pg_type r on r.oid = oprright
    join pg_type s on s.oid = oprresult where oprnamespace = 'pg_catalog'::regnamespace
    group by oprname order by oprname collate "C";
    select 'function ' || proname || ' ' || string_agg(signature, ' ' order by signature collate "C")
    from (
      select p.proname, s.typname
        || case when pronargdefaults > 0 then '/' || pronargdefaults else '' end
        || case when provariadic <> 0 then '*' else '' end || '='
        || coalesce((select string_agg(t.typname, ',' order by k)
                     from unnest(proargtypes) with ordinality u(a, k)
                     join pg_type t on t.oid = a), '') as signature
      from pg_proc p join pg_type s on s.oid = prorettype
      where pronamespace = 'pg_catalog'::regnamespace and prokind in ('f', 'a', 'w')
        and not ('{internal,cstring}'::regtype[] && array(select unnest(proargtypes))::regtype[])
        and prorettype <> all ('{internal,cstring,trigger,event_trigger}'::regtype[])
        and proname !~ '^(pg_|binary_upgrade|RI_|plpgsql_|has_.*_privilege)') f
    group by proname order by proname collate "C";
    """

  @Test func builtinSignaturesAreFresh() async throws {
    let script =
      "show server_version_num \\gset\n\\echo '== ' :server_version_num\n" + Self.signatures
    let block = try #require(try await answers(of: script).first)
    guard block.state.hasPrefix("15") else { return }
    let texts = [
      ("type", catalogTypes), ("cast", catalogCasts), ("operator", catalogOperators),
      ("function", catalogFunctions),
    ]
    let listed = texts.flatMap { name, text in
      text.split(separator: "\n").map { "\(name) \($0)" }
    }
    #expect(listed == block.lines)
  }

  /// Writes what stands in `OperatorClasses+Generated.swift`, behind the names of its texts.
  private static let operatorClasses = """
    select 'class ' || amname || ' ' || string_agg(opcname || '=' || typname
      || case when opcdefault then '!' else '' end, ' ' order by opcname collate "C")
    from pg_opclass join pg_am a on a.oid = opcmethod join pg_type t on t.oid = opcintype
    group by amname order by amname collate "C";
    select 'relabeling ' || s.typname || ' ' || string_agg(t.typname, ' ' order by t.typname collate "C")
    from pg_cast join pg_type s on s.oid = castsource join pg_type t on t.oid = casttarget
    where castmethod = 'b' and castcontext = 'i' group by s.typname order by s.typname collate "C";
    set client_min_messages = error;
    do $$ declare name text; begin
      for name in select e.name from pg_available_extensions e
        where e.name in ('bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'hstore', 'intarray',
          'isn', 'ltree', 'pg_trgm', 'seg')
      loop execute format('create extension %I', name); end loop;
    end $$;
    select 'extension ' || extname || ' ' || amname || ' ' || string_agg(opcname || '=' || typname
      || case when opcdefault then '!' else '' end, ' ' order by opcname collate "C")
    from pg_opclass c join pg_am a on a.oid = opcmethod join pg_type t on t.oid = opcintype
    join pg_depend d on d.objid = c.oid and d.classid = 'pg_opclass'::regclass and deptype = 'e'
    join pg_extension e on e.oid = refobjid
    group by extname, amname order by extname collate "C", amname collate "C";
    """

  @Test func operatorClassesAreFresh() async throws {
    let script =
      "show server_version_num \\gset\n\\echo '== ' :server_version_num\n" + Self.operatorClasses
    let block = try #require(try await answers(of: script).first)
    guard block.state.hasPrefix("15") else { return }
    let texts = [
      ("class", catalogClasses), ("relabeling", catalogRelabelings),
      ("extension", extensionClasses),
    ]
    let listed = texts.flatMap { name, text in
      text.split(separator: "\n").map { "\(name) \($0)" }
    }
    #expect(listed == block.lines)
  }

  private enum Found {
    case type(String)
    case refused(String)
    case open
  }

  private func found(_ expression: String) throws -> Found {
    let sql = "create view v as select \(expression) as x from t"
    guard case .createView(let view)? = try parseStatements(sql).get().first?.statement,
      let form = view.query.typed?.values.first
    else { return .open }
    let columns = Self.types.indices.map {
      QueryOutput(name: "c\($0)", type: Self.valueType(Self.types[$0]))
    }
    let catalog = TypingCatalog(
      columns: { _ in .open }, key: { _ in [] }, type: { _ in nil },
      named: {
        Self.valueType(($0.isBuiltin ? $0.name : $0.qualifiedName.name) + ($0.isArray ? "[]" : ""))
      },
      isOpen: { _ in false }, own: { _ in nil }, reading: { _, _ in .valid },
      isSystemColumn: { _ in false },
      mayGoOn: { _ in true })
    let scope = NameScope(sources: [.init(name: "t", relation: nil, columns: .list(columns))])
    let typer = ExpressionTyper(catalog: catalog, scopes: [scope], notes: TypingNotes())
    do throws(TypeProblem) {
      return try typer.type(of: form).map { .type($0.description) } ?? .open
    } catch { return .refused(error.sqlState) }
  }

  private static func valueType(_ name: String) -> ValueType? {
    let isArray = name.hasSuffix("[]")
    let element = isArray ? String(name.dropLast(2)) : name
    switch element {
    case "e", "f": return ValueType(enumeration: QualifiedName(element), isArray: isArray)
    default: return ValueType((isArray ? "_" : "") + element.filter { $0 != "\"" })
    }
  }

  /// The type of each as `format_type` writes it, or `!` and the SQLSTATE.
  private func ask(_ expressions: [String]) async throws -> [String] {
    let probe = """
      create function probe(e text) returns text language plpgsql as $$
      declare found text;
      begin
        execute 'select pg_typeof((' || e || '))::text from (values (1)) one left join t on false'
          into found;
        return coalesce(found, '?');
      exception when others then return '!' || sqlstate;
      end $$;
      """
    let calls = expressions.map {
      "select probe('\($0.replacing("'", with: "''"))');"
    }
    let script =
      (Self.definitions.map { $0 + ";" } + [probe, "\\echo '==  answers'"] + calls).joined(
        separator: "\n")
    let block = try #require(try await answers(of: script).first)
    try #require(block.lines.count == expressions.count)
    return block.lines
  }
}

/// Makes expressions at random, of all kinds that are followed; most of them make no sense.
private struct ExpressionGenerator {
  let columns: Int
  private var state: UInt64

  init(columns: Int, seed: UInt64) {
    self.columns = columns
    state = seed
  }

  private mutating func number(below bound: Int) -> Int {
    // The constants of Knuth's MMIX.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func one(of choices: [String]) -> String {
    choices[number(below: choices.count)]
  }

  /// Columns that go together: those of numbers, texts, times, documents, arrays.
  private static let families = [
    [0, 1, 2, 3, 4, 5], [8, 9, 10, 12], [19, 22, 23, 24], [16, 17, 8], [37, 38, 1], [39, 40, 8],
    [13], [42, 43], [25, 26], [33, 1],
  ]
  private var family = 0

  mutating func next() -> String {
    family = number(below: Self.families.count)
    return expression(depth: 1 + number(below: 3))
  }

  private mutating func leaf() -> String {
    switch number(below: 14) {
    case 0..<8:
      let own = Self.families[family]
      return "c\(own[number(below: own.count)])"
    case 8, 9: return "c\(number(below: columns))"
    default: return constant()
    }
  }

  private mutating func constant() -> String {
    switch number(below: 4) {
    case 0:
      one(of: ["1", "0", "3000000000", "1.5", "true", "null", "b'1'"])
    case 1:
      one(of: ["current_date", "current_timestamp", "current_user", "localtimestamp", "now()"])
    default: one(of: ["'1'", "'2020-01-01'", "'{}'", "'a'", "'t'", "'12:00'", "null"])
    }
  }

  mutating func expression(depth: Int) -> String {
    if depth == 0 { return leaf() }
    let first = expression(depth: number(below: depth))
    let second = expression(depth: number(below: depth))
    switch number(below: 22) {
    case 0...6:
      let sign = one(of: [
        "=", "<", "<>", ">=", "+", "-", "*", "/", "%", "||", "~~", "!~~*", "~", "&&", "@>", "<@",
        "->", "->>", "#>>", "?", "&", "|", "<<", "@@", "^", "<->", "~*", "-|-",
      ])
      return "(\(first) \(sign) \(second))"
    case 7: return "(\(one(of: ["-", "+", "~", "@", "!!"])) \(first))"
    case 8:
      let type = one(of: [
        "int4", "int8", "numeric", "text", "varchar", "bool", "date", "timestamp", "timestamptz",
        "uuid", "jsonb", "e", "int4[]", "text[]", "interval", "inet", "bytea", "name",
      ])
      return "(\(first))::\(type)"
    case 9: return "coalesce(\(first), \(second))"
    case 10: return "\(one(of: ["greatest", "least"]))(\(first), \(second), \(leaf()))"
    case 11 where number(below: 2) == 0:
      return "case \(first) when \(leaf()) then \(second) else \(leaf()) end"
    case 11: return "case when \(first) = \(leaf()) then \(second) else \(leaf()) end"
    case 12: return "case when c13 then \(first) when \(leaf()) then \(second) end"
    case 13: return "(\(first) in (\(leaf()), \(leaf()), \(second)))"
    case 14: return "(\(first) between \(leaf()) and \(second))"
    case 15: return "nullif(\(first), \(second))"
    case 16: return "array[\(first), \(second)]"
    case 17: return "(\(first) = any (\(second)))"
    case 18: return "(\(first) \(one(of: ["and", "or"])) not (\(second)))"
    case 19: return "((\(first)) is \(one(of: ["null", "true", "not false", "distinct from 1"])))"
    case 20:
      let name = one(of: [
        "lower", "length", "abs", "upper", "trim", "md5", "to_json", "to_jsonb", "array_length",
        "jsonb_typeof", "date", "text", "isempty", "cardinality", "sqrt", "octet_length",
        "concat", "quote_literal", "to_char", "age", "ceil", "hashtext",
      ])
      return "\(name)(\(first))"
    default:
      let name = one(of: [
        "concat", "substr", "left", "round", "date_trunc", "mod", "array_append", "array_cat",
        "replace", "to_char", "jsonb_extract_path_text", "format", "div", "power", "strpos",
        "coalesce", "array_position", "age", "timezone", "concat_ws", "range_merge",
      ])
      return name == "replace"
        ? "replace(\(first), \(second), \(leaf()))" : "\(name)(\(first), \(second))"
    }
  }
}
