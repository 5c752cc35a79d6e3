import PostgresSyntax
import SchemaModel
import Testing

private let published =
  "create table t (a int primary key, b int); create table u (a int primary key); "
  + "create publication p for table t"

private let called =
  "create function f(int) returns int immutable language sql as 'select 1'; create schema s; "
  + "create table t (a int default f(1) check (f(a) > 0)); create index i on t (f(a)); "
  + "create view v as select f(a) from t; create domain d as int check (f(value) > 0)"

/// What is told of a schema that is not as before.
@Suite struct Differences {
  /// The lines after `way` there and `back` again, cosmetic ones left out.
  private func lines(
    _ schema: String, _ there: String, _ back: String
  ) -> (certain: [String], uncertain: [String]) {
    var history = History(schema)
    let before = history.catalog
    history.run(there)
    history.next()
    history.run(back)
    let differences = history.catalog.differences(from: before).filter { !$0.isCosmetic }
    return (
      differences.filter { !$0.isUncertain }.map(\.line),
      differences.filter(\.isUncertain).map(\.line)
    )
  }

  private static let away =
    "create role r login; create foreign data wrapper w options (a '1'); "
    + "create server s foreign data wrapper w options (host 'x'); "
    + "create text search dictionary d (template = simple); "
    + "create text search configuration c (copy = english); create type e as enum ('a'); "
    + "create table t (a int); create view v as select a from t; create role o; "
    + "create function et() returns event_trigger language plpgsql as 'begin end'"

  /// What ALTER, GRANT and their like change one by one is told, and what is put back is as before.
  @Test(arguments: [
    ("alter role r nologin", "alter role r login", "role r"),
    (
      "alter role r superuser connection limit 5", "alter role r nosuperuser connection limit -1",
      "role r"
    ),
    ("alter role r password 'x'", "alter role r password null", "role r"),
    (
      "alter server s options (set host 'y', add port '1')",
      "alter server s options (set host 'x', drop port)", "server s"
    ),
    ("alter server s version '2'", "alter server s version null", "server s"),
    (
      "alter foreign data wrapper w options (add b '2')",
      "alter foreign data wrapper w options (drop b)", "foreign-data wrapper w"
    ),
    (
      "alter text search dictionary d (accept = false)", "alter text search dictionary d (accept)",
      "text search dictionary d"
    ),
    (
      "alter text search configuration c alter mapping for word with simple",
      "alter text search configuration c alter mapping for word with english_stem",
      "text search configuration c"
    ),
    (
      "alter text search configuration c drop mapping for url",
      "alter text search configuration c add mapping for url with simple",
      "text search configuration c"
    ),
    ("grant r to o", "revoke r from o", "member o on r"),
    ("create role q in role r", "drop role q", "member q on r"),
    ("grant usage on type e to r", "revoke usage on type e from r", "type e"),
    ("grant usage on foreign server s to r", "revoke usage on foreign server s from r", "server s"),
    ("grant connect on database x to r", "revoke connect on database x from r", "database x"),
    (
      "grant usage on language plpgsql to r", "revoke usage on language plpgsql from r",
      "language plpgsql"
    ),
    (
      "grant select on all tables in schema public to r",
      "revoke select on all tables in schema public from r", "table t"
    ),
    (
      "create role q; grant select on t to q; grant usage on type e to q",
      "drop owned by q; drop role q", "role q"
    ),
    (
      "create event trigger x on sql_drop execute function et()", "drop event trigger x",
      "event trigger x"
    ),
    (
      "create subscription x connection 'a=b' publication p with (connect = false, slot_name = none)",
      "drop subscription x", "subscription x"
    ),
  ]) func ofSettingsAreTold(_ there: String, _ back: String, _ object: String) {
    #expect(lines(Self.away, there, back) == ([], []))
    let (certain, _) = lines(Self.away, there, "select 1")
    #expect(certain.contains { $0.hasPrefix(object + " ") }, "\(certain)")
  }

  /// Passwords are nobody's business.
  @Test func passwordsAreNotTold() {
    let (certain, _) = lines("create role r", "alter role r password 'secret'", "select 1")
    #expect(certain.count == 1 && !certain[0].contains("secret"), "\(certain)")
  }

  @Test(arguments: [
    ("", "create table t (id serial primary key, a int)", "drop table t"),
    ("create table t (a int)", "alter table t add b int", "alter table t drop b"),
    ("create table t (a int, b text)", "alter table t drop b", "alter table t add b text"),
    (
      "create table t (a int not null, b text default 'x')", "alter table t drop b",
      "alter table t add b text default 'x'"
    ),
    ("create table t (a int)", "alter table t rename a to b", "alter table t rename b to a"),
    (
      "create table t (a int check (a > 0))", "alter table t rename a to b",
      "alter table t rename b to a"
    ),
    ("create table t (a int)", "alter table t rename to u", "alter table u rename to t"),
    (
      "create table t (a int)", "alter table t set access method heap",
      "alter table t set access method heap"
    ),
    (
      "create table t (a varchar(10))", "alter table t alter a type text",
      "alter table t alter a type varchar(10)"
    ),
    ("create table t (a int)", "create index on t (a)", "drop index t_a_idx"),
    (
      "create table t (a int)", "create type e as enum ('x'); alter table t add c e",
      "alter table t drop c; drop type e"
    ),
    (
      "create table t (a int unique)", "alter table t drop constraint t_a_key",
      "alter table t add unique (a)"
    ),
    (
      "create type e as enum ('x', 'y'); create table t (a e)",
      "alter type e add value 'z'",
      """
      create type n as enum ('x', 'y'); alter table t alter a type n using a::text::n;
      drop type e; alter type n rename to e
      """
    ),
    ("", "create collation c (locale = 'C')", "drop collation c"),
    (
      "create collation c (locale = 'C'); comment on collation c is 'x'", "drop collation c",
      "create collation c (locale = 'C'); comment on collation c is 'x'"
    ),
    (
      "create collation c (locale = 'C')", "alter collation c rename to d",
      "alter collation d rename to c"
    ),
    (
      "", "create aggregate ag (int) (sfunc = int4pl, stype = int)", "drop aggregate ag(int)"
    ),
    (
      "create type e as enum ('a'); create function f(e, e) returns bool language sql as 'select true'",
      "create operator === (leftarg = e, rightarg = e, function = f, commutator = ===)",
      "drop operator === (e, e)"
    ),
    (
      "", "create operator class oc for type int using btree as operator 1 <",
      "drop operator class oc using btree; drop operator family oc using btree"
    ),
    ("create type c as (x int)", "create cast (c as text) with inout", "drop cast (c as text)"),
    (
      "", "create text search configuration tc (copy = english)",
      "drop text search configuration tc"
    ),
    (
      "create foreign data wrapper w",
      "create server s foreign data wrapper w; create user mapping for public server s",
      "drop user mapping for public server s; drop server s"
    ),
    ("", "create role r", "drop role r"),
    (published, "alter publication p add table u", "alter publication p drop table u"),
    (published, "alter publication p set table t, u", "alter publication p set table t"),
    (
      published, "alter publication p set (publish = 'insert')",
      "alter publication p set (publish = 'insert, update, delete, truncate')"
    ),
    (published, "alter table t rename to v", "alter table v rename to t"),
    ("create view v as select 1 as a", "grant select on v to r", "revoke select on v from r"),
    ("create sequence s", "grant all on s to r", "revoke all on s from r"),
    (called, "alter function f(int) rename to g", "alter function g(int) rename to f"),
    (
      called, "alter function f(int) set schema s", "alter function s.f(int) set schema public"
    ),
    (
      "create domain d as int constraint c check (value > 0)",
      "alter domain d rename constraint c to e", "alter domain d rename constraint e to c"
    ),
    (
      "create table t (a int check (t.a > 0))", "alter table t rename to u",
      "alter table u rename to t; alter table t drop constraint t_a_check, add check (a > 0)"
    ),
    ("create schema s", "grant usage on schema s to r", "revoke usage on schema s from r"),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "revoke execute on function f from public", "grant execute on function f to public"
    ),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "alter function f(int) stable", "alter function f(int) volatile"
    ),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "alter function f(int) set search_path = s", "alter function f(int) reset search_path"
    ),
    (
      "create table t (a int); create index i on t (a)", "alter index i set (fillfactor = 50)",
      "alter index i reset (fillfactor)"
    ),
    (
      "", "alter default privileges grant select on tables to r",
      "alter default privileges revoke select on tables from r"
    ),
    (
      "create schema s", "alter default privileges in schema s grant select on tables to r",
      "alter default privileges in schema s revoke select on tables from r"
    ),
    (
      "", "alter default privileges revoke execute on functions from public",
      "alter default privileges grant execute on functions to public"
    ),
  ])
  func areNoneWhereEverythingIsTakenBack(_ schema: String, _ there: String, _ back: String) {
    let (certain, uncertain) = lines(schema, there, back)
    #expect(certain.isEmpty && uncertain.isEmpty, "\(certain) \(uncertain)")
  }

  @Test(arguments: [
    (
      "", "create type e as enum ('x'); create table t (a e)", "drop table t",
      ["type e is left behind"]
    ),
    ("create table t (a int)", "alter table t drop a", "select 1", ["column t.a is missing"]),
    (
      "create table t (a int not null)", "alter table t drop a", "alter table t add a int",
      ["column t.a is NULL, was NOT NULL"]
    ),
    (
      "create table t (a varchar(10))", "alter table t drop a", "alter table t add a varchar(20)",
      ["column t.a has the type character varying(20), had character varying(10)"]
    ),
    (
      "create table t (a int default 1)", "alter table t alter a drop default",
      "alter table t alter a set default 2", ["column t.a has the default 2, had 1"]
    ),
    (
      "create table t (a int unique)", "alter table t drop constraint t_a_key",
      "alter table t add constraint other unique (a)",
      ["constraint other on t is left behind", "constraint t_a_key on t is missing"]
    ),
    (
      "create type e as enum ('x', 'y')", "drop type e", "create type e as enum ('y', 'x')",
      ["type e has the labels y, x, had x, y"]
    ),
    (
      "create table t (a int, b int); create index i on t (b)", "alter table t drop b",
      "alter table t add b int", ["index i on t is missing"]
    ),
    ("", "create sequence s", "select 1", ["sequence s is left behind"]),
    (
      "create domain d as int constraint c check (value > 0)",
      "alter domain d rename constraint c to e", "select 1",
      ["constraint c on d is missing", "constraint e on d is left behind"]
    ),
    ("create table t (a int)", "drop table t", "select 1", ["table t is missing"]),
    (
      "create view v as select 1 as a", "drop view v", "create view v as select 2 as a",
      ["view v has another definition"]
    ),
    (
      "create table t (a int)", "comment on table t is 'x'", "select 1",
      ["table t has another comment"]
    ),
    ("", "create collation c (locale = 'C')", "select 1", ["collation c is left behind"]),
    (
      "create collation c (locale = 'C')", "drop collation c", "select 1",
      ["collation c is missing"]
    ),
    (
      "create collation c (locale = 'C')", "drop collation c",
      "create collation c (locale = 'POSIX')", ["collation c has another definition"]
    ),
    (
      "", "create operator class oc for type int using btree as operator 1 <",
      "drop operator class oc using btree", ["operator family oc on btree is left behind"]
    ),
    (
      "create type e as enum ('a'); create function f(e, e) returns bool language sql as 'select true'",
      "create operator === (leftarg = e, rightarg = e, function = f, negator = !==)",
      "drop operator === (e, e)", ["operator !== is left behind"]
    ),
    (
      "create aggregate ag (int) (sfunc = int4pl, stype = int)",
      "create or replace aggregate ag (int) (sfunc = int4mul, stype = int)", "select 1",
      ["aggregate ag has another definition"]
    ),
    ("", "create role r", "select 1", ["role r is left behind"]),
    (
      published, "alter publication p add table u", "select 1",
      ["publication p has another definition"]
    ),
    (
      published, "alter publication p set table t (a)", "select 1",
      ["publication p has another definition"]
    ),
    (
      published, "alter publication p set (publish = 'insert')", "select 1",
      ["publication p has another definition"]
    ),
    (
      published, "drop table t", "create table t (a int primary key, b int)",
      ["publication p has another definition"]
    ),
    (
      "create view v as select 1 as a", "grant select on v to r", "select 1",
      ["view v has the privileges select TO r, had none"]
    ),
    (
      "create sequence s", "grant all on s to r", "revoke usage on s from r",
      ["sequence s has the privileges select, update TO r, had none"]
    ),
    (
      "create schema s", "grant usage on schema s to r", "select 1",
      ["schema s has the privileges usage TO r, had none"]
    ),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "revoke execute on function f from public", "select 1",
      ["function f has the privileges none, had execute TO public"]
    ),
    (
      "create view v as select 1 as a; grant select on v to r", "drop view v",
      "create view v as select 1 as a", ["view v has the privileges none, had select TO r"]
    ),
    (
      "create function f(int) returns int language sql as 'select 1'; grant execute on function f to r",
      "drop function f(int)", "create function f(int) returns int language sql as 'select 1'",
      ["function f has the privileges execute TO public, had execute TO public; execute TO r"]
    ),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "alter function f(int) stable", "select 1",
      ["function f has the options volatility stable, had none"]
    ),
    (
      "create function f(int) returns int language sql as 'select 1'",
      "alter function f(int) security definer set search_path = s",
      "alter function f(int) security invoker",
      ["function f has the options set search_path s, had none"]
    ),
    (
      "create table t (a int); create index i on t (a)", "alter index i set (fillfactor = 50)",
      "select 1", ["index i on t has another definition"]
    ),
    (
      "", "alter default privileges in schema public grant select on tables to r", "select 1",
      ["default privilege on tables is left behind"]
    ),
    ("", "create foreign data wrapper w", "select 1", ["foreign-data wrapper w is left behind"]),
    (
      "create type c as (x int)", "create cast (c as text) with inout", "select 1",
      ["cast public.c AS text is left behind"]
    ),
  ])
  func areNamed(_ schema: String, _ there: String, _ back: String, _ expected: [String]) {
    let (certain, uncertain) = lines(schema, there, back)
    #expect(certain == expected)
    #expect(uncertain.isEmpty)
  }

  /// The partition keeps its bound as a CHECK, unless its own constraints imply it (manual, ALTER TABLE).
  @Test func detachedConcurrentlyItIsNotAsBefore() {
    var history = History(
      """
      create table p (k int not null) partition by range (k); create table c (k int not null);
      alter table p attach partition c for values from (0) to (9)
      """)
    history.isInTransaction = false
    let outcome = history.run("alter table p detach partition c concurrently")
    #expect(
      outcome.doubts.map(\.reason) == [.notCompared(.table, QualifiedName(schema: "public", "c"))])
    let drop = history.run("alter table c drop constraint c_k_check")
    #expect(drop.certainState == nil && !drop.failures.isEmpty)
  }

  /// What ALTER makes of them is not followed: it may be undone by another ALTER.
  @Test(arguments: [
    (
      "create text search configuration tc (copy = english)",
      "alter text search configuration tc alter mapping replace english_stem with simple"
    ),
    (
      "create operator family f using btree",
      "alter operator family f using btree add function 1 btint4cmp(int, int)"
    ),
    ("create collation c (locale = 'C')", "alter collation c owner to o"),
  ])
  func areUncertainAfterWhatIsNotFollowed(_ schema: String, _ there: String) {
    let (certain, uncertain) = lines(schema, there, "select 1")
    #expect(certain.isEmpty && uncertain.count == 1, "\(certain) \(uncertain)")
  }

  @Test func columnOrderIsADifference() {
    var history = History("create table t (a int, b int)")
    let before = history.catalog
    history.run("alter table t drop a; alter table t add a int")
    let differences = history.catalog.differences(from: before)
    #expect(differences.map(\.isCosmetic) == [false])
    #expect(differences.map(\.line) == ["table t has its columns in another order"])
  }

  /// What a history did not create is taken as given, and is not told to be extra.
  @Test func assumptionsAreNoDifferences() {
    var history = History(isComplete: false)
    var before = history.catalog
    let there = history.run("alter table users drop column a")
    history.next()
    let back = history.run("alter table users add column a int")
    before.assume(there.assumptions + back.assumptions)
    let differences = history.catalog.differences(from: before)
    #expect(differences.allSatisfy { $0.isUncertain })
    #expect(!differences.isEmpty)
  }
}
