// Histories of roles in roles, of what ALTER changes one by one, of privileges on all kinds of objects, and of objects that
// are rare, to be replayed beside a real server.

extension Histories {
  /// Statements with a line of two semicolons between them.
  static let rareObjects = """
    create role ddl_a login
    ;;
    create user ddl_b connection limit 5 valid until '2030-01-01 00:00:00+00'
    ;;
    create role ddl_c noinherit createdb in role ddl_a role ddl_b
    ;;
    create role ddl_d admin ddl_b
    ;;
    alter role ddl_a nologin createrole
    ;;
    alter role ddl_b connection limit -1
    ;;
    alter role ddl_c inherit nocreatedb
    ;;
    grant ddl_d to ddl_a with admin option
    ;;
    revoke admin option for ddl_d from ddl_a
    ;;
    grant ddl_a to ddl_a
    ;;
    grant ddl_a to ddl_d
    ;;
    grant ddl_a to public
    ;;
    revoke ddl_a from ddl_c
    ;;
    alter group ddl_a add user ddl_b
    ;;
    alter group ddl_a drop user ddl_b
    ;;
    alter role ddl_d rename to ddl_e
    ;;
    drop role ddl_c
    ;;
    drop role ddl_e
    ;;
    create foreign data wrapper w options (a '1')
    ;;
    create server s foreign data wrapper w options (host 'x', port '1')
    ;;
    alter server s version '2' options (set host 'y', drop port, add dbname 'd')
    ;;
    alter server s options (set nope 'y')
    ;;
    alter server s options (drop nope)
    ;;
    alter server s options (host 'z')
    ;;
    alter foreign data wrapper w options (set a '2', add b '3')
    ;;
    create user mapping for ddl_a server s options (user 'x')
    ;;
    alter user mapping for ddl_a server s options (add secret 'y', set user 'z')
    ;;
    grant usage on foreign server s to ddl_a with grant option
    ;;
    grant usage on foreign data wrapper w to ddl_a, ddl_b
    ;;
    revoke usage on foreign data wrapper w from ddl_b
    ;;
    grant select on foreign server s to ddl_a
    ;;
    grant usage on foreign server nope to ddl_a
    ;;
    create text search dictionary d (template = simple, stopwords = english)
    ;;
    alter text search dictionary d (stopwords, accept = false)
    ;;
    create text search configuration c (copy = english)
    ;;
    create text search configuration russian_c (copy = pg_catalog.russian)
    ;;
    alter text search configuration c alter mapping for asciiword, tag with d, simple
    ;;
    alter text search configuration c add mapping for word with simple
    ;;
    alter text search configuration c add mapping for entity with simple
    ;;
    alter text search configuration c drop mapping for url, email
    ;;
    alter text search configuration c drop mapping for url
    ;;
    alter text search configuration c drop mapping if exists for url
    ;;
    create text search configuration e (parser = default)
    ;;
    alter text search configuration e add mapping for word with d
    ;;
    create text search configuration f (copy = c)
    ;;
    create type mood as enum ('a')
    ;;
    create domain amount as int
    ;;
    grant usage on type mood to ddl_a
    ;;
    revoke usage on type mood from public
    ;;
    grant all on domain amount to ddl_b
    ;;
    grant select on type mood to ddl_a
    ;;
    grant usage on type nope to ddl_a
    ;;
    create schema n
    ;;
    create table n.t (a int primary key, b int)
    ;;
    create table n.u (a serial)
    ;;
    create view n.v as select a from n.t
    ;;
    create function n.f() returns int language sql as 'select 1'
    ;;
    create procedure n.p() language sql as ''
    ;;
    create aggregate n.ag (int) (sfunc = int4pl, stype = int)
    ;;
    grant select, insert on all tables in schema n to ddl_a
    ;;
    revoke insert on all tables in schema n from ddl_a
    ;;
    grant usage on all sequences in schema n to ddl_a with grant option
    ;;
    revoke execute on all functions in schema n from public
    ;;
    grant execute on all procedures in schema n to ddl_b
    ;;
    grant usage on all tables in schema n to ddl_a
    ;;
    grant select on all tables in schema nope to ddl_a
    ;;
    drop schema n cascade
    ;;
    create function et() returns event_trigger language plpgsql as 'begin end'
    ;;
    create role ddl_o
    ;;
    create table owned (a int)
    ;;
    alter table owned owner to ddl_o
    ;;
    alter type mood owner to ddl_o
    ;;
    grant usage on schema public to ddl_o
    ;;
    grant usage on type amount to ddl_o
    ;;
    reassign owned by ddl_o to ddl_b
    ;;
    drop owned by ddl_o
    ;;
    drop role ddl_o
    ;;
    drop table owned
    ;;
    create event trigger watch on sql_drop when tag in ('drop table') execute function et()
    ;;
    create event trigger watch on sql_drop execute function et()
    ;;
    create event trigger other on nope execute function et()
    ;;
    create event trigger other on sql_drop when nope in ('x') execute function et()
    ;;
    comment on event trigger watch is 'x'
    ;;
    alter event trigger watch disable
    ;;
    alter event trigger watch rename to watcher
    ;;
    alter event trigger watch enable
    ;;
    drop event trigger watcher
    ;;
    drop event trigger watcher
    ;;
    drop event trigger if exists watcher
    ;;
    drop function et()
    ;;
    create subscription sub connection 'host=x' publication p, q with (connect = false, slot_name = none)
    ;;
    create subscription other connection 'host=x' publication p with (connect = false, enabled = true)
    ;;
    alter subscription sub connection 'host=y'
    ;;
    alter subscription sub set (synchronous_commit = on)
    ;;
    alter subscription sub set publication p with (refresh = false)
    ;;
    alter subscription sub rename to subs
    ;;
    alter subscription nope disable
    ;;
    drop subscription subs
    ;;
    create access method am type index handler bthandler
    ;;
    create access method btree type index handler bthandler
    ;;
    create access method am type index handler bthandler
    ;;
    drop access method am
    ;;
    drop access method am
    ;;
    create trusted language lang handler plpgsql_call_handler inline plpgsql_inline_handler
    ;;
    create or replace language lang handler plpgsql_call_handler
    ;;
    comment on language lang is 'x'
    ;;
    alter language lang rename to lang2
    ;;
    drop language lang2
    ;;
    create conversion conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1
    ;;
    create conversion conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1
    ;;
    alter conversion conv rename to conv2
    ;;
    drop conversion conv
    ;;
    drop conversion conv2
    ;;
    create aggregate old (basetype = int4, sfunc = int4pl, stype = int4)
    ;;
    create aggregate old_all (basetype = 'ANY', sfunc = int8inc, stype = int8, initcond = '0')
    ;;
    create aggregate part (float8 order by anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra)
    ;;
    drop aggregate part(float8 order by anyelement)
    ;;
    drop aggregate old_all(*)
    ;;
    alter operator + (int, int) set (restrict = none)
    ;;
    savepoint before
    ;;
    create table undone (a int)
    ;;
    drop aggregate old(int4)
    ;;
    rollback to savepoint before
    ;;
    drop aggregate old(int4)
    ;;
    drop table undone
    """
}
