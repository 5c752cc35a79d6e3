/// Definitions and settings that PostgreSQL 15 refuses by the catalog alone.
extension Failures {
  private static let enumeration =
    "create type st as enum ('a', 'b'); create table x (id int, s st); "
  private static let renamedType =
    enumeration + "alter type st rename to old; create type st as enum ('a', 'b'); "
  private static let change = "alter table x alter s type st using s::text::st"
  /// A function that is not there any more.
  private static let gone =
    "create function f(int) returns int immutable language sql as 'select $1'; drop function f(int); "

  static let refused: [Case] = [
    // Literals become values of the type before a row is looked at.
    Case("create table x (a varchar(3))", "update x set a = 'long'", "22001"),
    Case("create table x (a int)", "update x set a = 3000000000", "22003"),
    // The body of a function in SQL is read when the function is made.
    Case(
      "", "create function f() returns bigint language sql as 'select count(*) from zip'", "42P01"),
    Case(
      "create table x (a int)",
      "create function f() returns int language sql as 'select nope from x'",
      "42703"),
    Case(
      "create table x (a int)",
      "create function f(b int) returns int language sql as 'select x.c from x where a = b'",
      "42703"),
    Case("", "create function f() returns int language sql as 'select nope()'", "42883"),
    Case(
      "create table x (a int)",
      "create function f() returns void language sql as 'insert into x (b) values (1)'", "42703"),
    Case("", "create function f() returns void language sql as 'delete from zip'", "42P01"),
    Case(
      "set check_function_bodies = off; "
        + "create function f() returns bigint language sql as 'select count(*) from zip'; "
        + "drop function f(); set check_function_bodies = on",
      "create function f() returns bigint language sql as 'select count(*) from zip'", "42P01"),
    Case(
      "create table x (a int)",
      "create function f() returns int language sql begin atomic select nope from x; end", "42703"),
    Case("", "do $$ declare n nope; begin create table x (a int); end $$", "42704"),
    Case("", "select nextval('nope')", "42P01"),
    // What was dropped, wherever an expression stands.
    Case(
      gone + "create table x (a int)",
      "alter table x add constraint k check (f(a) > 0) not valid", "42883"),
    Case(gone + "create table x (a int)", "create index i on x (f(a))", "42883"),
    Case(gone + "create table x (a int)", "create policy p on x using (f(a) > 0)", "42883"),
    Case(gone + "create table x (a int, b int)", "create statistics s on f(a), b from x", "42883"),
    Case(
      gone + "create table x (a int)",
      "create rule r as on delete to x where f(old.a) = 1 do instead nothing", "42883"),
    Case(gone, "create domain d as int check (f(value) > 0)", "42883"),
    Case(gone, "create domain d as int default f(1)", "42883"),
    Case(gone, "create table x (a int check (f(a) > 0))", "42883"),
    Case(gone, "create table x (a int, b int generated always as (f(a)) stored)", "42883"),
    Case(gone, "create view v as select f(1)", "42883"),
    Case(
      "create function g(int) returns int immutable language sql as 'select 1'; "
        + "alter function g(int) rename to h; create table x (a int)",
      "alter table x add constraint k check (g(a) > 0)", "42883"),
    Case(
      "create extension pg_trgm; drop extension pg_trgm; create table x (a text)",
      "create index i on x using gin (a gin_trgm_ops)", "42704"),
    Case(
      "create extension btree_gin; drop extension btree_gin; create table x (a int)",
      "create index i on x using gin (a)", "42704"),
    Case(
      "create extension btree_gist; drop extension btree_gist; create table x (a int)",
      "alter table x add constraint k exclude using gist (a with =)", "42704"),
    Case(
      "create extension bloom; drop extension bloom; create table x (a int)",
      "create index i on x using bloom (a)", "42704"),
    Case(
      "create extension \"uuid-ossp\"; drop extension \"uuid-ossp\"; create table x (a uuid)",
      "alter table x alter a set default uuid_generate_v4()", "42883"),
    Case(
      "create extension pgcrypto; drop extension pgcrypto",
      "create view v as select gen_random_bytes(4)", "42883"),
    // Columns that are not there.
    Case("create table x (a int)", "create statistics s on a, b from x", "42703"),
    Case("create table x (a int)", "grant select (b) on x to public", "42703"),
    Case("create table x (a int)", "revoke select (b) on x from public", "42703"),
    Case("create table x (a int)", "create publication p for table x (b)", "42703"),
    Case(
      "create table x (a int)",
      "create rule r as on insert to x do also update x set b = 1", "42703"),
    // Defaults.
    Case("create table x (a int)", "alter table x alter a set default nope()", "42883"),
    Case("create table x (a int)", "alter table x add b int default nope()", "42883"),
    Case("create table x (a int, b int)", "alter table x alter a set default b", "0A000"),
    Case("create table x (a int)", "alter table x alter a set default (select 1)", "0A000"),
    Case("create table x (a int)", "alter table x alter a set default now()", "42804"),
    Case("create table x (a int)", "alter table x alter a set default 'x'::text", "42804"),
    Case("create table x (a int)", "alter table x alter a set default true", "42804"),
    Case("create table x (a boolean)", "alter table x alter a set default 0", "42804"),
    Case("create table x (a int)", "alter table x alter a set default 'x'", "22P02"),
    Case("create table x (a int)", "alter table x alter a set default nextval('nope')", "42P01"),
    Case("create table x (a int)", "alter table x alter a set default count(1)", "42803"),
    Case("create table x (a date)", "alter table x alter a set default 2024-01-01", "42804"),
    Case("create table x (a timestamp)", "alter table x alter a set default current_time", "42804"),
    Case(
      "create table x (a uuid)", "alter table x alter a set default md5(random()::text)", "42804"),
    Case("create table x (a text[])", "alter table x alter a set default 1", "42804"),
    Case("create table x (a text[])", "alter table x alter a set default array[]", "42P18"),
    Case("create table x (a text[])", "alter table x alter a set default '[]'", "22P02"),
    Case("create table x (a int[])", "alter table x alter a set default '{a}'", "22P02"),
    Case("create table x (a jsonb)", "alter table x alter a set default ''", "22P02"),
    Case("create table x (a jsonb)", "alter table x alter a set default '{''a'': 1}'", "22P02"),
    Case("create table x (a json)", "alter table x alter a set default '[1,]'", "22P02"),
    Case("create table x (a date)", "alter table x alter a set default '2024-13-01'", "22008"),
    Case("create table x (a date)", "alter table x alter a set default '2023-02-29'", "22008"),
    Case(
      "create table x (a timestamp)", "alter table x alter a set default '0000-00-00 00:00:00'",
      "22008"),
    Case("create table x (a interval)", "alter table x alter a set default 'x'", "22007"),
    Case("create table x (a inet)", "alter table x alter a set default 'x'", "22P02"),
    Case("create table x (a bytea)", "alter table x alter a set default '\\x0'", "22023"),
    // Literals and comparisons that are refused when a statement is read, whatever the rows are.
    Case("create table x (a jsonb)", "update x set a = 'x'", "22P02"),
    Case("create table x (a int)", "select 'x'::int", "22P02"),
    Case("create table x (a int)", "delete from x where a in (select '1.5'::int)", "22P02"),
    Case(enumeration, "delete from x where s = 'c'", "22P02"),
    Case(enumeration, "delete from x where s <> 'c'", "22P02"),
    Case(enumeration, "delete from x where s in ('a', 'c') or id > 3", "22P02"),
    Case(enumeration, "delete from x where s = 'c' and id in (select id from x)", "22P02"),
    Case(enumeration, "update x set s = 'a' where s = 'c'", "22P02"),
    Case(enumeration, "select count(*) from x where s = 'c'", "22P02"),
    Case(enumeration, "select 'c'::st", "22P02"),
    Case("create table x (a text)", "alter table x add check (a > 0)", "42883"),
    Case("create table x (a int, b text)", "alter table x add check (a > 5 or a = b)", "42883"),
    Case("create table x (a int)", "create index on x (a) where a = true", "42883"),
    Case("create table x (a json)", "create index on x using gin (a)", "42704"),
    Case("create table x (a json)", "alter table x add unique (a)", "42704"),
    // What rests on the type of a column.
    Case(renamedType + "create index i on x (id) where s = 'a'", change, "42883"),
    Case(renamedType + "alter table x add check (s <> 'b' or id > 0)", change, "42883"),
    Case(renamedType + "alter table x add check (s in ('a', 'b'))", change, "42883"),
    Case(
      "create table x (a int check (a > 0))", "alter table x alter a type text", "42883"),
    Case(
      "create table x (a int check (a between 0 and 9))", "alter table x alter a type varchar",
      "42883"),
    Case(
      "create table x (a int, check (a > 0 and a::text <> ''))",
      "alter table x alter a type boolean using a::boolean", "42883"),
    Case(
      "create table x (a jsonb); create index i on x using gin (a)",
      "alter table x alter a type json", "42704"),
    Case(
      "create table p (id int primary key); create table x (a int references p)",
      "alter table x alter a type numeric", "42804"),
    Case(
      "create table x (id int primary key); create table c (a int references x)",
      "alter table x alter id type text", "42804"),
    Case(
      "create table p (id numeric primary key); create table x (a float)",
      "alter table x add foreign key (a) references p", "42804"),
    // Keys of partitioned tables.
    Case("", "create table x (id int primary key, f int unique) partition by range (id)", "0A000"),
    Case(
      "create table x (id int, f int) partition by range (id)", "create unique index on x (f)",
      "0A000"),
    // Sequences.
    Case("", "create sequence s minvalue 5 maxvalue 4", "22023"),
    Case("", "create sequence s start 0", "22023"),
    Case("", "create sequence s increment 0", "22023"),
    Case("", "create sequence s as smallint maxvalue 40000", "22023"),
    Case("create sequence s maxvalue 9", "alter sequence s restart 10", "22023"),
    Case("create sequence s", "alter sequence s cache 0", "22023"),
    // What tells rows apart.
    Case(
      "create table x (a int); create unique index i on x (a)",
      "alter table x replica identity using index i", "42809"),
    Case(
      "create table x (a int not null); create index i on x (a)",
      "alter table x replica identity using index i", "42809"),
    Case(
      "create table x (a int not null); create unique index i on x (a) where a > 0",
      "alter table x replica identity using index i", "0A000"),
    Case(
      "create table x (a int not null, constraint i unique (a) deferrable)",
      "alter table x replica identity using index i", "0A000"),
    Case("create table x (a int)", "alter table x replica identity using index nope", "42704"),
    // Dependents that no query names.
    Case(
      """
      create table x (id int, z int); create table y (z int);
      create view v as select 1 as o from x join y using (z)
      """, "alter table x drop z", "2BP01"),
    Case(
      """
      create table x (id int, z int); create table y (z int);
      create view v as select 1 as o from y natural join x
      """, "alter table x drop z", "2BP01"),
    Case("create table x (a int); create domain dd as x", "drop table x", "2BP01"),
    Case("create table x (a int); create type ct as (b x)", "drop table x", "2BP01"),
    Case(
      "create table x (a int); create function f(x) returns int language sql as 'select 1'",
      "drop table x", "2BP01"),
    Case(
      "create table x (id serial); create view v as select last_value from x_id_seq",
      "alter table x drop id", "2BP01"),
    // Values of a domain inside of others.
    Case(
      "create domain dd as int; create type ct as (y dd); create table x (a ct)",
      "alter domain dd add check (value > 0)", "0A000"),
    Case(
      "create domain dd as int; create table x (a dd[])", "alter domain dd set not null", "0A000"),
    // Sessions and maintenance.
    Case("create table x (a int primary key)", "set constraints x_pkey deferred", "42809"),
    Case("create table x (a int)", "analyze x (nope)", "42703"),
    Case("create table x (a int)", "cluster x", "42704"),
    Case(
      """
      create table x (a int); create materialized view m as select a from x with no data;
      create unique index mi on m (a)
      """, "refresh materialized view concurrently m", "0A000"),
  ]

  /// Neighbours of the refused that PostgreSQL 15 takes.
  static let accepted: [(String, String)] = [
    (
      "create table x (a int)",
      "create function f(b int) returns int language sql as 'select a from x where a = b limit 1'"
    ),
    (
      "create table x (a int)",
      "create function f(r x) returns int language sql as 'select r.a + f.r.a'"
    ),
    (
      "create table x (a int)",
      "create function f(b int) returns int language sql as "
        + "'update x set a = b where x.a = $1; with y as (select 1 as z) select z from y'"
    ),
    (
      "create table x (a int)",
      "create function f(b int) returns int language sql begin atomic "
        + "select a from x where a = b; end"
    ),
    ("create sequence s", "select nextval('s')"),
    (
      "create type mood as enum ('a')",
      "do $$ declare n int; m mood; s varchar(3)[]; begin create table x (a int); end $$"
    ),
    ("", "create function f() returns int language plpgsql as 'begin return nope(); end'"),
    (
      "set check_function_bodies = off",
      "create function f() returns bigint language sql as 'select count(*) from zip'"
    ),
    ("create table x (a timestamptz)", "alter table x alter a set default now()"),
    ("create table x (a date)", "alter table x alter a set default now()"),
    (
      "create table x (a text)",
      "alter table x alter a set default 1; alter table x add b uuid default gen_random_uuid()"
    ),
    (
      "create table x (a numeric)",
      "alter table x alter a set default '1'; alter table x alter a set default 1.5::float8"
    ),
    (
      "create table x (a varchar(3))",
      "alter table x alter a set default 'x'::text; alter table x alter a set default current_user"
    ),
    ("create table x (a int); create sequence s", "alter table x alter a set default nextval('s')"),
    ("create sequence s", "alter sequence s increment -1 restart 1"),
    ("", "create sequence s as smallint increment -1; create sequence r minvalue 0 start 0"),
    (
      "create table x (a int not null); create unique index i on x (a)",
      "alter table x replica identity using index i"
    ),
    (
      """
      create table x (id int, z int, w int); create table y (z int);
      create view v as select 1 as o from x join y using (z)
      """, "alter table x drop w"
    ),
    ("create table x (a int); create domain dd as x", "drop table x cascade"),
    ("create domain dd as int; create type ct as (y dd)", "alter domain dd add check (value > 0)"),
    (
      "create table x (a int primary key)",
      "set constraints x_pkey immediate; set constraints all deferred"
    ),
    ("create table x (a int)", "analyze x (a)"),
    ("create table x (a int); create index i on x (a)", "cluster x using i; cluster x"),
    (
      """
      create table x (a int); create materialized view m as select a from x with no data;
      create unique index mi on m (a)
      """, "refresh materialized view m with no data"
    ),
    (
      "create table x (a int, b int); create table y (a int)",
      "select count(*), max(x.a) as a from x join y using (a); select x.a from x, y order by a; "
        + "select a, count(*) from x group by a; select count(*) over (), b from x"
    ),
  ]
}
