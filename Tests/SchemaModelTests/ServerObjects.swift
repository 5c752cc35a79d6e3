// What only the server knows: roles, tablespaces and the extensions that it has.

import SchemaModel
import Testing

extension Failures {
  static let serverRefuses: [Case] = lines(
    manyTypes,
    """
    22023 create table q (a int) tablespace pg_global
    22023 create index i on t (a) tablespace pg_global
    22023 create table q (a int unique using index tablespace pg_global)
    22023 create table q (a int) partition by list (a) tablespace pg_global
    3F000 create extension pg_trgm schema nope
    42704 alter table t owner to public
    """)

  static let serverPerhapsRefuses: [Case] = lines(
    manyTypes,
    """
    42704 alter table t set tablespace zzz
    42704 create table q (a int) tablespace zzz
    42704 create index i on t (a) tablespace zzz
    42704 create table q (a int primary key using index tablespace zzz)
    42704 alter table t add unique (a) using index tablespace zzz
    42704 create materialized view q tablespace zzz as select 1
    42704 create table q tablespace zzz as select 1
    42704 create table q (a int) partition by list (a) tablespace zzz
    42704 alter index t_pkey set tablespace zzz
    42704 alter materialized view mv set tablespace zzz
    0A000 create extension nope
    0A000 create extension if not exists nope
    22023 create extension "uuid-ossp" version '99'
    42704 alter extension nope update
    22023 alter extension plpgsql update to '99'
    42704 alter table t owner to nope
    42704 grant select on t to nope
    42704 revoke select on t from nope
    42704 create policy p on t to nope using (true)
    42704 alter default privileges grant select on tables to nope
    42704 create schema authorization nope
    42704 create schema s authorization nope
    42704 alter function lower(text) owner to nope
    42704 alter type e owner to nope
    42704 alter schema public owner to nope
    42704 alter view vw owner to nope
    42704 grant select on t to nope with grant option
    """)

  static let serverTakes: [(String, String)] = statements(
    manyTypes,
    """
    alter index mv rename to zz
    alter table t set tablespace pg_default
    create table q (a int) tablespace pg_default
    alter extension plpgsql update
    alter table t owner to current_user
    alter table t owner to session_user
    grant select on t to public
    grant select on t to current_user
    create policy p on t to public using (true)
    create policy p on t to public, nope using (true)
    create policy p on t to current_user
    alter sequence if exists nope owner to nope
    alter table if exists nope owner to nope2
    """)

  /// What a statement needed before, the server has.
  @Test(arguments: [
    ("grant select on t to app", "revoke select on t from app"),
    ("alter table t owner to app", "grant select on t to app"),
    ("create policy p on t to app using (true)", "alter table t owner to app"),
    ("alter table t set tablespace fast", "create index on t (a) tablespace fast"),
    ("create extension timescaledb", "drop extension timescaledb; create extension timescaledb"),
    ("create role app", "grant select on t to app"),
  ]) func whatWasNeededIsThere(_ before: String, _ after: String) {
    var history = History("create table t (a int)")
    history.run(before)
    #expect(history.run(after).failures.isEmpty)
  }

  /// A role that was dropped is not there, nor one whose absence was caught.
  @Test(arguments: [
    ("grant select on t to app; drop role app", "grant select on t to app"),
    (
      "do $$ begin grant select on t to app; exception when undefined_object then null; end $$",
      "grant select on t to app"
    ),
  ]) func whatWasNotNeededMayBeMissing(_ before: String, _ after: String) {
    var history = History("create table t (a int)")
    history.run(before)
    #expect(history.run(after).failures.map(\.sqlState) == ["42704"])
  }
}
