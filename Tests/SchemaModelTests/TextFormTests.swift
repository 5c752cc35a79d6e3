// The forms of text that a check judges, against what PostgreSQL's input functions really take.

import DatabaseFacts
import SchemaModel
import TestSupport
import Testing

@testable import BackoutKit

@Suite(.serialized) struct TextFormTests {
  struct Target: Sendable {
    var type: DataType
    /// Every text of up to so many of these is tried.
    var characters: String
    var length: Int
    /// Each is tried too, with every one of its characters replaced, doubled and left out.
    var examples: [String]
  }

  static let targets = [
    Target(
      type: DataType(.int4), characters: "019-+. e_x\t", length: 4,
      examples: ["2147483647", "-2147483648", "9999999999999999999999", "0x1F", "0b101", "1_000"]),
    Target(
      type: DataType(.int2), characters: "", length: 0, examples: ["32767", "-32768", "-32769"]),
    Target(
      type: DataType(.int8), characters: "", length: 0,
      examples: ["9223372036854775807", "-9223372036854775808"]),
    Target(
      type: DataType(.numeric), characters: "01-+. eN_", length: 4,
      examples: ["NaN", "Infinity", "-inf", "1e10", "1e +5", "0x1F", "1_000.5", "000.100"]),
    Target(
      type: DataType(.numeric, .two(4, 2)), characters: "09-. e", length: 5,
      examples: ["99.99", "99.994", "99.995", "-100", "NaN", "Infinity"]),
    Target(
      type: DataType(.float8), characters: "01-+. eNn", length: 4,
      examples: ["1e300", "1e400", "1e-400", "0x1p3", "NaN", "-Infinity"]),
    Target(
      type: DataType(.bool), characters: "tfyno1 rue", length: 4,
      examples: ["true", "FALSE", " Yes ", "off", "\ton\n", "tRu"]),
    Target(
      type: DataType(.uuid), characters: "a-{}", length: 3,
      examples: [
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B8109DAD11D180B400C04FD430C8",
        "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", "6ba7-b810-9dad-11d1-80b4-00c0-4fd4-30c8",
      ]),
    Target(
      type: DataType(.date), characters: "1/-. ja", length: 4,
      examples: [
        "2024-02-28", "2024-12-31 10:00:00.5", "0000-01-01", "2023-02-29", "2023-04-31", "epoch",
        "today",
        "infinity", "Jan 5 2024", "J2451187", "20240105", "allballs",
      ]),
    Target(
      type: DataType(.timestamp), characters: "", length: 0,
      examples: ["2024-02-28T23:59:59.123456", "2024-02-28 24:00", "now", "yesterday 10:00"]),
  ]

  @Test(arguments: targets) func formsAreThoseOfPostgreSQL(_ target: Target) async throws {
    let forms = try #require(TextForms(of: .column("v"), as: target.type))
    let type = target.type.description
    let examples = target.examples.map(quotedLiteral).joined(separator: ", ")
    let characters = target.characters.map { quotedLiteral(String($0)) }.joined(separator: ", ")
    func count(_ name: String, _ condition: String) -> String {
      "select '\(name)', v from tried where \(condition) order by length(v), v limit 5;"
    }
    let blocks = try await answers(
      of: """
        \\echo '== ' 0
        create function takes(v text) returns boolean language plpgsql as $$
          begin execute format('select cast(%L::text as \(type))', v); return true;
          exception when others then return false; end $$;
        create function read(v text) returns text language plpgsql as $$
          declare t text;
          begin execute format('select cast(cast(%L::text as \(type)) as text)', v) into t; return t;
          exception when others then return null; end $$;
        create table tried as
        with recursive c(c) as (select unnest(array[\(characters)]::text[])),
          short(v) as (select '' union all select v || c from short, c where length(v) < \(target.length)),
          e(v) as (select unnest(array[\(examples)]::text[])),
          place(v, n) as (select v, generate_series(1, length(v)) from e),
          r(r) as (select unnest(array['0', '9', '-', ' ', ':', 'x', 'n', '.', '', '00', 'T', '3'])),
          texts(v) as (select v from short union select v from e
            union select overlay(v placing r from n for 1) from place, r)
        select v, takes(v) as is_taken, read(v) as text from texts;
        \(count("none", "not exists (select from tried where is_taken) or not exists (select from tried where not is_taken)"))
        \(count("refused-after-all", "\(try #require(forms.taken).text) and not is_taken"))
        \(count("taken-after-all", "\(try #require(forms.refused).text) and is_taken"))
        \(forms.kept.map { count("not-kept", "\($0.text) and is_taken and \(Self.isOther(target.type))") } ?? "")
        select 'judged ' || (count(*) filter (where \(try #require(forms.taken).text)) > 0
          and count(*) filter (where \(try #require(forms.refused).text)) > 0) from tried;
        """)
    #expect(blocks.first?.lines == ["judged true"], "\(type)")
  }

  /// Of what is read, what is not what was written.
  private static func isOther(_ type: DataType) -> String {
    switch type.builtin {
    case .numeric: "(text is null or text::numeric <> v::numeric)"
    case .int2, .int4, .int8: "text is distinct from v"
    case .uuid: "replace(text, '-', '') is distinct from lower(replace(v, '-', ''))"
    case .date: "text is distinct from v"
    case .timestamp: "text is null or text::timestamp <> v::timestamp"
    default: "text is null"
    }
  }

  /// What a probe calls of an expression gives the same value whenever it is called.
  @Test func whatIsCalledIsImmutable() async throws {
    func list(_ names: Set<String>) -> String {
      names.sorted().map(quotedLiteral).joined(separator: ", ")
    }
    let functions = ValueWriter.functions
    let operators = ValueWriter.comparisons.union(ValueWriter.operators)
    let times =
      "array['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']::regtype[]"
    let blocks = try await answers(
      of: """
        \\echo '== ' 0
        select name from unnest(array[\(list(functions))]) name
          where not exists (select from pg_proc where proname = name and pronamespace = 'pg_catalog'::regnamespace)
        union all select oid::regprocedure::text from pg_proc where proname in (\(list(functions)))
          and pronamespace = 'pg_catalog'::regnamespace and (provolatile <> 'i' or prokind <> 'f')
        union all select name from unnest(array[\(list(operators))]) name
          where not exists (select from pg_operator where oprname = name and oprnamespace = 'pg_catalog'::regnamespace)
        union all select o.oid::regoperator::text from pg_operator o join pg_proc p on p.oid = o.oprcode
          where oprname in (\(list(operators))) and provolatile <> 'i'
          and not (oprleft = any (\(times)) or oprright = any (\(times)))
        union all select o.oid::regoperator::text from pg_operator o join pg_proc p on p.oid = o.oprcode
          where oprname in (\(list(ValueWriter.comparisons))) and provolatile <> 'i' and oprleft = oprright;
        """)
    #expect(blocks.first?.lines == [])
  }
}
