// Collations, aggregates, operators, casts, text search objects, servers and roles, as PostgreSQL 15 takes and refuses
// them.

import PostgresSyntax
import SchemaModel
import Testing

extension Failures {
  private static let collation = "create collation c (locale = 'C')"
  private static let aggregate = "create aggregate ag (int) (sfunc = int4pl, stype = int)"
  private static let function = "create function ag(int) returns int language sql as 'select 1'"
  private static let enumeration =
    "create type e as enum ('a'); "
    + "create function f(e, e) returns bool language sql as 'select true'"
  private static let operatorOnE =
    enumeration + "; create operator === (leftarg = e, rightarg = e, function = f)"
  private static let operatorClass =
    "create operator class oc for type int using btree as operator 1 <, function 1 btint4cmp(int, int)"
  private static let cast =
    "create type c as (x int); create function g(c) returns text language sql as 'select null::text'; "
    + "create cast (c as text) with function g(c)"
  private static let search = "create text search configuration tc (copy = english)"
  private static let dictionary = "create text search dictionary td (template = simple)"
  private static let server =
    "create foreign data wrapper w; create server s foreign data wrapper w"
  private static let mapping = server + "; create user mapping for public server s"

  private static let eventTrigger =
    "create function et() returns event_trigger language plpgsql as 'begin end'; "
    + "create event trigger x on sql_drop execute function et()"
  private static let subscription =
    "create subscription x connection 'host=y' publication p with (connect = false)"

  static let objectsRefused: [Case] = [
    Case("create role ddl_r", "grant ddl_r to ddl_r", "0LP01"),
    Case("create role ddl_r; create role ddl_q in role ddl_r", "grant ddl_q to ddl_r", "0LP01"),
    Case(
      "create role ddl_r; create role ddl_q in role ddl_r; create role ddl_p in role ddl_q",
      "grant ddl_p to ddl_r", "0LP01"),
    Case("create role ddl_r", "grant ddl_r to public", "42704"),
    Case(server, "alter server s options (add a '1', add a '2')", "42710"),
    Case(server, "alter server s options (set a '1')", "42704"),
    Case(server, "alter server s options (drop a)", "42704"),
    Case(
      server + "; alter server s options (a '1')", "alter server s options (add a '1')", "42710"),
    Case(search, "alter text search configuration tc add mapping for word with simple", "23505"),
    Case(search, "alter text search configuration tc drop mapping for tag", "42704"),
    Case("", "grant usage on foreign server nope to public", "42704"),
    Case(search, "alter text search configuration tc alter mapping for nope with simple", "22023"),
    Case(dictionary, "alter text search dictionary td (nope = 1)", "22023"),
    Case("", "create text search dictionary td (template = snowball, accept = on)", "22023"),
    Case("", "comment on event trigger x is 'x'", "42704"),
    Case("", "alter extension plpgsql set schema public", "0A000"),
    Case("", "alter statistics nope set statistics 5", "42704"),
    Case("", "grant usage on type nope to public", "42704"),
    Case("create type c as enum ()", "grant select on type c to public", "0LP01"),
    Case("", "grant select on database postgres to public", "0LP01"),
    Case("create table t (a int)", "grant usage on all tables in schema public to public", "0LP01"),
    Case("", "grant select on all tables in schema nope to public", "3F000"),
    Case(eventTrigger, "create event trigger x on sql_drop execute function et()", "42710"),
    Case(eventTrigger, "drop function et()", "2BP01"),
    Case("", "create event trigger x on nope execute function lower()", "42601"),
    Case(
      "create function g() returns int language sql as 'select 1'",
      "create event trigger x on sql_drop execute function g()", "42P17"),
    Case(
      "create function g(int) returns int language sql as 'select 1'",
      "create event trigger x on sql_drop execute function g()", "42883"),
    Case("", "create aggregate ag (int) (sfunc = int4pl, stype = int, initcond = 'x')", "22P02"),
    Case("", "create subscription x connection 'y' publication p with (connect = false)", "42601"),
    Case("", "drop event trigger x", "42704"), Case("", "alter event trigger x disable", "42704"),
    Case("", "create subscription x connection 'host=y' publication p", "25001"),
    Case(
      "", "create subscription x connection 'host=y' publication p, p with (connect = false)",
      "42710"),
    Case(
      "",
      "create subscription x connection 'host=y' publication p with (connect = false, enabled = true)",
      "42601"),
    Case(subscription, subscription, "42710"), Case(subscription, "drop subscription x", "25001"),
    Case("", "drop subscription x", "42704"), Case("", "alter subscription x disable", "42704"),
    Case("", "create access method btree type index handler bthandler", "42710"),
    Case("", "drop access method am", "42704"), Case("", "drop conversion cc", "42704"),
    Case("", "create aggregate ag (int) (sfunc = int4pl)", "42P13"),
    Case("", "create aggregate ag (int) (stype = int)", "42P13"),
    Case("", "alter operator === (int, int) set (restrict = none)", "42883"),
    Case(collation, "create collation c (locale = 'C')", "42710"),
    Case("", "drop collation c", "42704"),
    Case("", "alter collation c rename to d", "42704"),
    Case("", "alter collation c set schema public", "42704"),
    Case("", "alter collation c owner to current_user", "42704"),
    Case("", "comment on collation c is 'x'", "42704"),
    Case("", "create collation s.c (locale = 'C')", "3F000"),
    Case(collation, "alter collation c set schema s", "3F000"),
    Case(
      collation + "; create collation d (locale = 'C')", "alter collation c rename to d", "42710"),
    Case(collation + "; create table t (a text collate c)", "drop collation c", "2BP01"),
    Case(
      collation + "; create table t (a text); create index i on t (a collate c)",
      "drop collation c", "2BP01"),
    Case(collation + "; create domain d as text collate c", "drop collation c", "2BP01"),
    Case(collation + "; create type d as (a text collate c)", "drop collation c", "2BP01"),
    Case(
      collation + "; create table t (a text collate c); alter collation c rename to d",
      "drop collation d", "2BP01"),
    Case("create schema s; create collation s.c (locale = 'C')", "drop schema s", "2BP01"),

    Case(aggregate, aggregate, "42723"), Case(function, aggregate, "42723"),
    Case(aggregate, function, "42723"),
    Case(
      function, "create or replace aggregate ag (int) (sfunc = int4pl, stype = int)", "42809"),
    Case(
      aggregate,
      "create or replace function ag(int) returns int language sql as 'select 1'", "42809"),
    Case(aggregate, "drop function ag(int)", "42809"),
    Case(aggregate, "drop procedure ag(int)", "42809"),
    Case(function, "drop aggregate ag(int)", "42809"),
    Case("", "drop aggregate ag(int)", "42883"),
    Case(
      "create type e as enum ('a'); create function f(e, e) returns e language sql as 'select $1'; "
        + "create aggregate ag (e) (sfunc = f, stype = e)", "drop type e", "2BP01"),

    Case(
      operatorOnE, "create operator === (leftarg = e, rightarg = e, function = f)", "42723"),
    Case("", "create operator === (leftarg = nope, rightarg = int, function = int4eq)", "42704"),
    Case("", "drop operator === (int, int)", "42883"),
    Case(operatorOnE, "drop operator === (int, int)", "42883"),
    Case(operatorOnE, "drop function f(e, e)", "2BP01"),
    Case(operatorOnE, "drop type e", "2BP01"),
    Case("", "comment on operator === (int, int) is 'x'", "42883"),
    Case(
      "create operator family oo using btree", "create operator family oo using btree", "42710"),
    Case("create operator family oo using btree", "drop operator family oo using hash", "42704"),
    Case(operatorClass, operatorClass, "42710"),
    Case("", "drop operator class oc using btree", "42704"),
    Case(
      operatorClass + "; create table t (a int); create index i on t (a oc)",
      "drop operator class oc using btree", "2BP01"),
    Case(
      operatorClass + "; create table t (a int); create index i on t (a oc)",
      "drop operator family oc using btree", "2BP01"),
    Case(
      enumeration + "; create operator === (leftarg = e, rightarg = e, function = f); "
        + "create function h(e, e) returns int language sql immutable as 'select 1'; "
        + "create operator class oc for type e using btree as operator 1 ===, function 1 h(e, e)",
      "drop operator === (e, e)", "2BP01"),

    Case(cast, "create cast (c as text) with inout", "42710"),
    Case("create type c as (x int)", "drop cast (c as text)", "42704"),
    Case(cast, "drop function g(c)", "2BP01"), Case(cast, "drop type c", "2BP01"),

    Case(search, "create text search configuration tc (copy = english)", "23505"),
    Case(dictionary, "create text search dictionary td (template = simple)", "23505"),
    Case("", "drop text search configuration tc", "42704"),
    Case("", "drop text search dictionary td", "42704"),
    Case("", "comment on text search configuration tc is 'x'", "42704"),
    Case(
      "", "alter text search configuration tc alter mapping for word with simple", "42704"),
    Case(
      search + "; create text search configuration td (copy = english)",
      "alter text search configuration tc rename to td", "42710"),
    Case(
      dictionary + "; " + search
        + "; alter text search configuration tc alter mapping for word with td",
      "drop text search dictionary td", "2BP01"),
    Case(
      "create text search template tt (lexize = dsimple_lexize); "
        + "create text search dictionary td (template = tt)", "drop text search template tt",
      "2BP01"),

    Case("create foreign data wrapper w", "create foreign data wrapper w", "42710"),
    Case("", "drop foreign data wrapper w", "42704"), Case("", "drop server s", "42704"),
    Case(server, "create server s foreign data wrapper w", "42710"),
    Case(server, "drop foreign data wrapper w", "2BP01"),
    Case(server + "; alter server s rename to s2", "drop foreign data wrapper w", "2BP01"),
    Case(
      server + "; create server s2 foreign data wrapper w", "alter server s rename to s2", "42710"),
    Case(mapping, "drop server s", "2BP01"),
    Case(mapping + "; alter server s rename to s2", "drop server s2", "2BP01"),
    Case(mapping, "create user mapping for public server s", "42710"),
    Case(server, "drop user mapping for public server s", "42704"),
    Case(
      server, "alter user mapping for public server s options (add user 'x')", "42704"),
    Case(server + "; create foreign table ft (a int) server s", "drop server s", "2BP01"),
    Case(
      "create extension postgres_fdw; create server s foreign data wrapper postgres_fdw",
      "drop extension postgres_fdw", "2BP01"),

    Case("", "create role pg_x", "42939"),
    Case("create role ddl_role", "create role ddl_role", "42710"),
  ]

  private static let renamed =
    "create function f(int) returns int immutable language sql as 'select 1'; "
    + "create table t (a int, b text)"
  private static let asG = "; alter function f(int) rename to g"

  /// What was made of them under another name.
  static let renamedRefused: [Case] = [
    Case(renamed + "; create view v as select f(a) from t" + asG, "drop function g(int)", "2BP01"),
    Case(renamed + "; alter table t alter a set default f(1)" + asG, "drop function g", "2BP01"),
    Case(renamed + "; alter table t add check (f(a) > 0)" + asG, "drop function g", "2BP01"),
    Case(renamed + "; create index i on t (f(a))" + asG, "drop function g", "2BP01"),
    Case(renamed + "; create policy p on t using (f(a) > 0)" + asG, "drop function g", "2BP01"),
    Case(
      renamed + "; alter table t add check (f(a) > 0); alter table t rename to u" + asG
        + "; create schema s; alter function g set schema s", "drop function s.g(int)", "2BP01"),
    Case(
      "create domain d as int constraint c check (value > 0); alter domain d rename constraint c to e",
      "alter domain d drop constraint c", "42704"),
    Case(
      "create domain d as int constraint c check (value > 0) constraint e check (value > 1)",
      "alter domain d rename constraint c to e", "42710"),
    Case(
      "create domain d as int constraint c check (value > 0)",
      "alter domain d rename constraint x to e", "42704"),
  ]

  /// What rests on them is not followed, or the history does not tell.
  static let objectsPerhapsRefused: [Case] = [
    Case(
      "create view v as select * from (values (1, 'x')) as w (n, s)",
      "create or replace view v as select 1 as n", "42P16"),
    Case(
      renamed + "; create domain d as int check (f(value) > 0)" + asG, "drop function g", "2BP01"),
    Case(
      "create type m as enum ('a'); create table t (a text check (a <> 'a'::m::text)); "
        + "alter type m rename to n", "drop type n", "2BP01"),
    Case(
      "create table t (a int); create table u (a int, t_a int)",
      "create view v as select t.a as x from t join u on u.t_a = t.a left join u u2 using (a)",
      "42702"),
    Case(aggregate + "; create view v as select ag(1) as x", "drop aggregate ag(int)", "2BP01"),
    Case(
      collation + "; create view v as select 'a'::text collate c as x", "drop collation c", "2BP01"),
    Case(
      collation + "; create table t (a text collate c); create table u as select a from t; "
        + "alter table t drop a", "drop collation c", "2BP01"),
    Case(
      collation + "; create table t (a text check (a collate c > 'b'))", "drop collation c", "2BP01"
    ),
    Case(
      operatorOnE + "; create table t (a e check (a === 'a'))", "drop operator === (e, e)", "2BP01"),
    Case(
      search + "; create table t (a text, "
        + "b tsvector generated always as (to_tsvector('tc', a)) stored)",
      "drop text search configuration tc", "2BP01"),
    Case(
      search + "; create table t (a text); create index i on t using gin (to_tsvector('TC', a))",
      "drop text search configuration tc", "2BP01"),
    Case(
      dictionary + "; create view v as select ts_lexize('td', 'a')",
      "drop text search dictionary td", "2BP01"),
    Case(
      "create function sf(int, int) returns int language sql as 'select 1'; "
        + "create aggregate ag (int) (sfunc = sf, stype = int)", "drop function sf(int, int)",
      "2BP01"),
    Case("", "drop role ddl_none", "42704"),
    Case("", "grant ddl_none to current_user", "42704"),
    Case("create role ddl_r", "grant ddl_r to ddl_none", "42704"),
    Case("", "grant connect on database ddl_none to public", "3D000"),
    Case("", "grant usage on language ddl_none to public", "42704"),
    Case("", "alter large object 1 owner to current_user", "42704"),
    Case("", "grant select on large object 1 to public", "42704"),
    Case(
      "create table t (a int); create role ddl_r", "grant select on t to ddl_r granted by ddl_r",
      "0A000"),
    Case("", "create text search dictionary td (template = simple, stopwords = ddl_none)", "F0000"),
    Case(
      "", "create transform for int language ddl_none (from sql with function int4recv(internal))",
      "42704"),
    Case("", "create aggregate ag (int) (sfunc = int8pl, stype = int)", "42804"),
    Case("", "create aggregate ag (int) (sfunc = lower, stype = text)", "42883"),
    Case("", "alter operator + (int, int) set (restrict = ddl_none)", "42883"),
    Case("", "create event trigger x on sql_drop execute function lower()", "42883"),
    Case(
      "create function et() returns event_trigger language plpgsql as 'begin end'",
      "create event trigger x on sql_drop when tag in ('NOPE') execute function et()", "42601"),
    Case("", "create conversion cc for 'UTF8' to 'LATIN1' from ddl_none", "42883"),
    Case("", "create server s foreign data wrapper w", "42704"),
    Case("", "create operator === (leftarg = int, rightarg = int, function = nope)", "42883"),
    Case("", "create text search configuration tc (copy = nope)", "42704"),
    Case("", "create text search dictionary td (template = nope)", "42704"),
    Case("create type c as (x int)", "create cast (c as text) with function nope(c)", "42883"),
    Case("", "create aggregate ag (int) (sfunc = nope, stype = int)", "42883"),
  ]

  static let objectsTaken: [(String, String)] = [
    (collation, "create collation if not exists c (locale = 'C')"),
    ("", "create collation c from \"C\""),
    ("create table c (a int)", "create collation c (locale = 'C')"),
    ("", "drop collation if exists c"), (collation, "drop collation c"),
    (collation + "; create table t (a text collate c)", "drop collation c cascade"),
    (
      collation + "; create function f(a text) returns text language sql as 'select a collate c'",
      "drop collation c"
    ),
    (collation, "alter collation c rename to d"),
    (collation + "; create schema s", "alter collation c set schema s"),
    (collation, "alter collation c owner to current_user"),
    (collation, "comment on collation c is 'x'"),
    ("create schema s; create collation s.c (locale = 'C')", "drop schema s cascade"),
    ("", aggregate), (aggregate, "drop routine ag(int)"), (aggregate, "drop aggregate ag(int)"),
    (aggregate, "create or replace aggregate ag (int) (sfunc = int4mul, stype = int)"),
    ("", "create aggregate ag (*) (sfunc = int8inc, stype = int8, initcond = '0')"),
    (aggregate, "alter aggregate ag(int) rename to ah"),
    (aggregate, "comment on aggregate ag(int) is 'x'"), ("", "drop aggregate if exists ag(int)"),
    (enumeration, "create operator === (leftarg = e, rightarg = e, function = f)"),
    ("", "drop operator if exists === (int, int)"), (operatorOnE, "drop operator === (e, e)"),
    (operatorOnE, "drop function f(e, e) cascade"), (operatorOnE, "drop type e cascade"),
    (operatorOnE + "; create schema s", "alter operator === (e, e) set schema s"),
    ("create operator family oo using btree", "create operator family oo using hash"),
    ("create operator family oo using btree", "alter operator family oo using btree rename to og"),
    ("", operatorClass), (operatorClass, "drop operator class oc using btree"),
    (operatorClass, "drop operator family oc using btree"),
    (
      operatorClass + "; create table t (a int); create index i on t (a oc)",
      "drop operator class oc using btree cascade"
    ),
    (operatorClass + "; drop operator class oc using btree", operatorClass),
    ("create type c as (x int)", "create cast (c as text) with inout"),
    (cast, "drop cast (c as text)"), (cast, "drop function g(c) cascade"),
    (cast + "; create view v as select row(1)::c::text as x", "drop cast (c as text)"),
    ("create type c as (x int)", "drop cast if exists (c as text)"),
    ("", search), (search, "drop text search configuration tc"),
    (search, "create text search configuration td (copy = tc)"),
    (
      search + "; create text search configuration td (copy = tc)",
      "drop text search configuration tc"
    ),
    (search, "alter text search configuration tc alter mapping for word with simple"),
    (search, "alter text search configuration tc rename to td"),
    ("", dictionary), (dictionary, "alter text search dictionary td (stopwords = english)"),
    (dictionary, "create text search configuration td (copy = english)"),
    (
      search
        + "; create function f(a text) returns tsvector language sql as $$select to_tsvector('tc', a)$$",
      "drop text search configuration tc"
    ),
    ("", "create foreign data wrapper w"),
    ("create foreign data wrapper w", "drop foreign data wrapper w"),
    (server, "drop foreign data wrapper w cascade"), (mapping, "drop server s cascade"),
    (server, "create server if not exists s foreign data wrapper w"),
    (server, "alter server s options (add host 'x')"), (server, "alter server s rename to s2"),
    (mapping, "alter user mapping for public server s options (add user 'x')"),
    (mapping, "drop user mapping for public server s"),
    (server, "drop user mapping if exists for public server s"),
    (server + "; create foreign table ft (a int) server s", "drop server s cascade"),
    ("create role ddl_role", "drop role ddl_role"),
    ("create role ddl_role", "alter role ddl_role login"),
    ("create role ddl_r; create role ddl_q", "grant ddl_r to ddl_q with admin option"),
    ("create role ddl_r; create role ddl_q in role ddl_r", "grant ddl_r to ddl_q"),
    ("create role ddl_r; create role ddl_q in role ddl_r", "revoke ddl_r from ddl_q"),
    ("create role ddl_r", "grant pg_monitor to ddl_r"),
    (search, "alter text search configuration tc add mapping for tag with simple"),
    (search, "alter text search configuration tc drop mapping if exists for tag"),
    ("create type c as enum ()", "grant usage on type c to public"),
    ("", "grant usage on language plpgsql to public"),
    ("", "alter operator + (int, int) owner to current_user"),
    ("create extension citext; create schema s", "alter extension citext set schema s"),
    (eventTrigger, "alter event trigger x disable"), (eventTrigger, "drop event trigger x"),
    (eventTrigger + "; drop event trigger x", "drop function et()"),
    ("", subscription), (subscription, "alter subscription x set (slot_name = none)"),
    (subscription + "; alter subscription x set (slot_name = none)", "drop subscription x"),
    ("", "create aggregate ag (basetype = int4, sfunc = int4pl, stype = int4)"),
  ]

  /// Everything in the history of rare objects is followed, so that the comparison with a server reaches its end.
  @Test func rareObjectsAreUnderstood() {
    var history = History()
    history.isInTransaction = false
    for statement in Histories.rareObjects.split(separator: "\n;;\n") {
      #expect(history.run(String(statement)).isUnderstood, "\(statement)")
      history.next()
    }
  }

  /// What a function does at each statement that defines something is not known while there is an event trigger.
  @Test func eventTriggersAreUnknown() {
    var history = History(Self.eventTrigger)
    #expect(!history.run("create table t (a int)").isUnderstood)
  }

  /// Where objects of a role are in other databases is not known.
  @Test func rolesAreOfAllDatabases() {
    var history = History("create role r; create table t (a int)")
    let outcome = history.run("drop role r")
    #expect(outcome.doubts == [.init(.executes, .ofCluster(.role, QualifiedName("r")))])
  }

  /// Objects of an incomplete history may be there.
  @Test(arguments: [
    "drop collation c", "drop operator === (int, int)", "drop server s", "drop cast (int as text)",
    "drop text search configuration c", "drop operator class c using btree", "drop role r",
  ])
  func ofUnknownObjectsNothingIsCertain(_ statement: String) {
    var history = History(isComplete: false)
    let outcome = history.run(statement)
    #expect(outcome.certainState == nil && !outcome.failures.isEmpty)
    #expect(!outcome.doubts.isEmpty)
  }
}
