// ALTER FUNCTION, and privileges of what is no table, as PostgreSQL 15 takes and refuses them.

import PostgresSyntax
import SchemaModel
import Testing

extension Failures {
  private static let routine = "create function f(int) returns int language sql as 'select 1'"
  private static let twice =
    routine + "; create function f(text) returns int language sql as 'select 1'"
  private static let procedure = "create procedure f(int) language sql as 'select 1'"
  private static let view = "create view v as select 1 as a"

  static let attributesRefused: [Case] = [
    Case(twice, "alter function f stable", "42725"),
    Case("", "alter function f(int) stable", "42883"),
    Case(procedure, "alter procedure f(int) stable", "42P13"),
    Case(procedure, "alter function f(int) security definer", "42809"),
    Case(routine, "alter procedure f(int) security definer", "42809"),
    Case(routine, "alter function f(int) rows 5", "22023"),
    Case(routine, "alter function f(int) cost 0", "22023"),
    Case(routine, "alter function f(int) parallel x", "42601"),
    Case(view, "grant usage on v to public", "0LP01"),
    Case(view, "grant select (b) on v to public", "42703"),
    Case("create sequence s", "grant insert on sequence s to public", "0LP01"),
    Case("", "grant usage on schema s to public", "3F000"),
    Case("create schema s", "grant select on schema s to public", "0LP01"),
    Case("", "grant execute on function f(int) to public", "42883"),
    Case(twice, "grant execute on function f to public", "42725"),
    Case(view, "grant select on sequence v to public", "42809"),
    Case("create table t (a int)", "grant usage on sequence t to public", "42809"),
  ]

  static let attributesTaken: [(String, String)] = [
    (routine, "alter function f(int) stable"), (routine, "alter function f stable"),
    (procedure, "alter procedure f(int) security definer"),
    (routine, "alter routine f(int) cost 5"), (routine, "alter function f(int) leakproof"),
    (routine, "alter function f(int) set search_path = public"),
    (routine, "alter function f(int) reset all"), (routine, "alter function f(int) parallel safe"),
    (view, "grant select (a) on v to public"), (view, "grant all on v to public"),
    ("create sequence s", "grant select on s to public"),
    ("create sequence s", "grant insert on s to public"),
    ("create sequence s", "grant all on sequence s to public"),
    ("create schema s", "grant all on schema s to public"),
    (routine, "grant execute on function f to public"),
    (routine, "revoke execute on function f(int) from public"),
  ]
}

extension Histories {
  static let privileges = """
    create view v as select 1 as a
    ;;
    grant all on v to truth_reader
    ;;
    create or replace view v as select 1 as a, 2 as b
    ;;
    revoke delete, insert on v from truth_reader
    ;;
    grant select (b) on v to truth_owner with grant option
    ;;
    alter view v rename to w
    ;;
    drop view w
    ;;
    create view w as select 1 as a
    ;;
    create sequence s
    ;;
    grant all on s to truth_reader
    ;;
    grant usage on sequence s to public
    ;;
    revoke update on s from truth_reader
    ;;
    alter sequence s rename to s2
    ;;
    create schema n
    ;;
    grant usage on schema n to truth_reader with grant option
    ;;
    grant all on schema n to public
    ;;
    alter sequence s2 set schema n
    ;;
    alter schema n rename to m
    ;;
    revoke create on schema m from public
    ;;
    create function f(a int) returns int language sql as 'select 1'
    ;;
    grant execute on function f(int) to truth_reader
    ;;
    revoke execute on function f(int) from public
    ;;
    create or replace function f(a int) returns int language sql as 'select 2'
    ;;
    alter function f(int) stable strict security definer leakproof parallel safe cost 5
    ;;
    alter function f(int) set search_path = public, pg_temp
    ;;
    alter function f(int) set work_mem = '8MB'
    ;;
    alter function f(int) reset search_path
    ;;
    alter function f(int) volatile called on null input security invoker not leakproof parallel unsafe cost 100
    ;;
    alter function f(int) reset all
    ;;
    alter function f(int) immutable
    ;;
    create or replace function f(a int) returns int language sql as 'select 3'
    ;;
    create function g() returns setof int language sql immutable strict rows 7 set timezone = 'UTC' as 'select 1'
    ;;
    alter function g() rows 1000
    ;;
    create procedure p() language sql as 'select 1'
    ;;
    alter procedure p() security definer
    ;;
    drop function f(int)
    ;;
    create function f(a int) returns int language sql as 'select 1'
    """
}
