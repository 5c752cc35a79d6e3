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

  private static let published =
    "create table t (a int primary key, b int); create publication p for table t"
  private static let allPublished =
    "create table t (a int primary key, b int); create publication p for all tables"

  static let attributesRefused: [Case] = [
    Case(published, "alter publication p add table t", "42710"),
    Case(published, "alter publication p add table t (a)", "42710"),
    Case(published + "; create table u (a int)", "alter publication p drop table u", "42704"),
    Case(allPublished, "alter publication p add table t", "55000"),
    Case(allPublished, "alter publication p drop table t", "55000"),
    Case(allPublished, "alter publication p set table t", "55000"),
    Case("create table t (a int)", "alter publication p add table t", "42704"),
    Case(
      "create schema s; create publication p for tables in schema s",
      "alter publication p add tables in schema s", "42710"),
    Case(
      "create schema s; create publication p", "alter publication p drop tables in schema s",
      "42704"),
    Case("create publication p", "alter publication p add tables in schema s", "3F000"),
    Case(published + "; alter table t rename to u", "alter publication p add table u", "42710"),
    Case(
      published + "; drop table t; create table t (a int)", "alter publication p drop table t",
      "42704"),
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
    (published, "alter publication p drop table t"),
    (published, "alter publication p set table t (a)"),
    (published, "alter publication p set (publish = 'insert')"),
    (allPublished, "alter publication p set (publish = 'insert')"), (published, "drop table t"),
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
    create table pt (a int primary key)
    ;;
    create table pu (a int primary key)
    ;;
    create publication pub for table pt
    ;;
    alter publication pub add table pt
    ;;
    alter publication pub add table pu, tables in schema public
    ;;
    alter table pu rename to pv
    ;;
    alter publication pub drop tables in schema public
    ;;
    drop table pv
    ;;
    alter publication pub set (publish = 'insert')
    ;;
    comment on publication pub is 'changes'
    ;;
    alter publication pub rename to pub2
    ;;
    alter publication pub2 set table pt
    ;;
    create publication everything for all tables
    ;;
    alter publication everything add table pt
    ;;
    drop publication pub2, everything
    ;;
    alter default privileges grant select on tables to truth_reader
    ;;
    alter default privileges revoke execute on functions from public
    ;;
    alter default privileges in schema public grant all on sequences to truth_reader with grant option
    ;;
    alter default privileges grant execute on functions to public
    ;;
    alter default privileges revoke select on tables from truth_reader
    ;;
    alter default privileges in schema public revoke all on sequences from truth_reader
    ;;
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
