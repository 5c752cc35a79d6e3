/// Defaults of a column that is added, as PostgreSQL 15 takes and refuses them.
extension Failures {
  private static let table =
    "create domain short as varchar(3); create type mood as enum ('a'); create table x (a int)"

  private static func adding(_ type: String, _ value: String) -> String {
    "alter table x add c \(type) default \(value)"
  }

  /// Computed at once, although there are no rows.
  static let unfit: [Case] = [
    ("varchar(3)", "'abcd'", "22001"), ("varchar(3)", "'abcd'::text", "22001"),
    ("varchar(3)", "'abcd'::varchar", "22001"), ("varchar(3)", "1234", "22001"),
    ("varchar(3)", "12.5", "22001"), ("varchar(3)", "-123", "22001"),
    ("varchar(3)", "true", "22001"), ("char(3)", "'abcd'", "22001"), ("short", "'abcd'", "22001"),
    ("varchar(3)[]", "'{abcd}'", "22001"), ("numeric(3,2)", "100", "22003"),
    ("numeric(3,2)", "9.995", "22003"), ("numeric(3,2)", "-9.995", "22003"),
    ("numeric(3,2)", "'9.995'", "22003"), ("numeric(3,2)", "'100'", "22003"),
    ("numeric(3)", "999.5", "22003"), ("numeric(2,-1)", "995", "22003"),
    ("numeric(2,4)", "0.0100", "22003"), ("smallint", "99999", "22003"),
    ("smallint", "-32769", "22003"), ("smallint", "32767.5", "22003"),
    ("smallint", "'99999'", "22003"), ("smallint", "99999::bigint", "22003"),
    ("smallint", "'99999'::int", "22003"), ("int", "3000000000", "22003"),
    ("int", "2147483647.5", "22003"), ("int", "30000000000::bigint", "22003"),
    ("bigint", "99999999999999999999", "22003"), ("bit(3)", "B'1'", "22026"),
    ("bit(3)", "'1'", "22026"), ("bit", "B'11'", "22026"), ("varbit(2)", "B'111'", "22001"),
    ("varbit(2)", "X'1'", "22001"), ("int", "'x'::text::int", "22P02"),
    ("jsonb", "'x'::text::jsonb", "22P02"), ("uuid", "'x'::text::uuid", "22P02"),
    ("timestamp", "'soon'", "22007"), ("date", "'soon'::text::date", "22007"),
  ].map { Case(table, adding($0.0, $0.1), $0.2) }

  /// Of what these give nothing is known but that it may be too much.
  static let perhapsUnfit: [Case] = [
    ("varchar(3)", "upper('abcd')", "22001"), ("varchar(3)", "'a' || 'bcd'", "22001"),
    ("varchar(20)", "now()", "22001"), ("varchar(3)", "current_user", "22001"),
    ("varchar(3)", "md5('x')", "22001"), ("varchar(3)[]", "array['abcd']", "22001"),
    ("varchar(1)", "'{}'::jsonb", "22001"), ("mood", "'c'::text::mood", "22P02"),
    ("real", "1e39", "22003"), ("float8", "1e400", "22003"), ("money", "1e30", "22003"),
    ("int", "1 / 0", "22012"), ("int", "2147483647 + 1", "22003"),
    ("date", "'current_date'", "22007"), ("smallint", "40000 + 1", "22003"),
    ("numeric(3,2)", "5 * 100", "22003"),
    ("numeric(3,2)", "round(100)", "22003"),
    ("numeric(5,2)", "1e-9223372036854775808", "22003"),
  ].map { Case(table, adding($0.0, $0.1), $0.2) }

  /// The same defaults where they are only stored, and neighbours that fit.
  static let fitting: [(String, String)] =
    [
      ("varchar(3)", "'abc   '"), ("char(3)", "'abc  '"), ("varchar(3)", "'abcd'::varchar(3)"),
      ("varchar(3)", "E'a\\u00e9d'"), ("varchar(3)", "null::text"), ("varchar(4)", "true"),
      ("varchar(3)[]", "'{abc}'"), ("varchar(3)[]", "'{abc}'::text[]"),
      ("varchar(3)[]", "array[]::varchar[]"), ("numeric(3,2)", "9.994"), ("numeric", "1e30"),
      ("smallint", "-32768"), ("smallint", "32767.4"), ("int", "'5'::text::int"),
      ("int", "60 * 60 * 24"), ("bigint", "9223372036854775807.4"), ("bit(3)", "'101'"),
      ("bit(4)", "X'1'"), ("varbit(2)", "B'11'"), ("varchar(36)", "gen_random_uuid()"),
      ("varchar(32)", "md5(random()::text)"), ("varchar(63)", "current_user"),
      ("mood", "'a'::text::mood"), ("short", "'abc'"), ("timestamp", "'now()'"),
      ("timestamptz", "'NOW()'"), ("date", "'today'"), ("date", "'now()'"), ("time", "'now()'"),
      ("timestamp(0)", "now()"), ("timestamp", "timezone('utc', now())"), ("jsonb", "'{}'::jsonb"),
      ("timestamp", "(now() at time zone 'utc')"), ("timestamptz", "(now() + interval '1 day')"),
      ("int", "extract(epoch from now())"), ("float8", "1.5"), ("boolean", "false"),
      ("varchar(20)", "'draft'"), ("varchar(20)", "'draft'::character varying"),
    ].map { (table, adding($0.0, $0.1)) }
    + [
      (table, "create table y (c varchar(3) default 'abcd', d smallint default 99999)"),
      (table, "create table y (c int default 'x'::text::int, d timestamp default 'now()')"),
      ("create table x (c varchar(3))", "alter table x alter c set default 'abcd'"),
      ("create table x (c numeric(3,2))", "alter table x alter c set default 100"),
      ("create table x (c timestamp)", "alter table x alter c set default 'now()'"),
    ]

  /// Steps on a table with rows that PostgreSQL takes, whatever a question to the rows before them would say.
  static let askedTooEarly: [(String, String)] = [
    ("delete from x where a is null", "alter table x alter a set not null"),
    ("delete from x where b = 1", "alter table x alter a set not null"),
    (
      "do $$ begin execute 'delete from x where a is null'; end $$",
      "alter table x alter a set not null"
    ),
    ("do $$ begin execute 'delete from x where a is null'; end $$", "alter table x add unique (b)"),
    ("", "alter table x add c uuid default gen_random_uuid() unique"),
    ("", "alter table x add c int generated always as identity primary key"),
    ("", "alter table x add c serial primary key"),
    ("alter table x drop b", "alter table x add b serial primary key"),
    ("", "alter table x add c positive"),
    ("", "alter table x add c present default 1"),
    ("", "alter table x add c int generated always as (b) stored unique"),
    ("", "alter table x add c int generated always as (b) stored check (c > 0)"),
    ("", "alter table x add c int default 5 check (c > b)"),
    ("delete from x where b = 2", "alter table x add c int default 1 unique"),
  ]

  /// The tables and rows of those.
  static let early = """
    create domain positive as int check (value > 0); create domain present as int not null;
    create table x (a int, b int); insert into x values (null, 1), (1, 2);
    """
}
