// A history of objects without a structure of their own, to be replayed beside a real server.

extension Histories {
  /// Statements with a line of two semicolons between them.
  static let definedObjects = """
    create collation german (provider = icu, locale = 'de')
    ;;
    create collation german (locale = 'C')
    ;;
    comment on collation german is 'of words'
    ;;
    create table words (word text collate german, other text)
    ;;
    create index on words (other collate german)
    ;;
    alter collation german rename to deutsch
    ;;
    drop collation deutsch
    ;;
    create schema s
    ;;
    alter collation deutsch set schema s
    ;;
    drop schema s
    ;;
    drop collation s.deutsch cascade
    ;;
    create collation s.c from "C"
    ;;
    create aggregate total (int) (sfunc = int4pl, stype = int, initcond = '0')
    ;;
    comment on aggregate total(int) is 'a sum'
    ;;
    create or replace aggregate total (int) (sfunc = int4mul, stype = int, initcond = '1')
    ;;
    create aggregate total (bigint) (sfunc = int8pl, stype = int8)
    ;;
    drop aggregate total(bigint)
    ;;
    create view totals as select total(1) as t
    ;;
    drop aggregate total(int)
    ;;
    drop aggregate total(int) cascade
    ;;
    create type pair as (a int, b int)
    ;;
    create function pair_eq(pair, pair) returns bool language sql immutable as 'select $1.a = $2.a'
    ;;
    create function pair_cmp(pair, pair) returns int language sql immutable as 'select 0'
    ;;
    create operator === (leftarg = pair, rightarg = pair, function = pair_eq, commutator = ===, negator = !==)
    ;;
    create operator !== (leftarg = pair, rightarg = pair, function = pair_eq, negator = ===)
    ;;
    comment on operator === (pair, pair) is 'alike'
    ;;
    create operator <<< (leftarg = pair, rightarg = pair, function = pair_eq, commutator = >>>)
    ;;
    drop operator <<< (pair, pair)
    ;;
    create operator family pairs using btree
    ;;
    create operator class pair_ops for type pair using btree as operator 3 ===, function 1 pair_cmp(pair, pair)
    ;;
    create operator class pair_more for type pair using btree family pairs as operator 3 !==, function 1 pair_cmp(pair, pair)
    ;;
    drop operator === (pair, pair)
    ;;
    drop function pair_cmp(pair, pair)
    ;;
    drop operator family pairs using btree
    ;;
    alter operator class pair_ops using btree rename to pair_ops2
    ;;
    drop operator class pair_ops2 using btree
    ;;
    drop operator family pair_ops using btree
    ;;
    create cast (pair as text) with inout as assignment
    ;;
    comment on cast (pair as text) is 'as text'
    ;;
    create cast (pair as text) with inout
    ;;
    drop cast (pair as text)
    ;;
    create cast (pair as text) with inout
    ;;
    drop function pair_eq(pair, pair) cascade
    ;;
    drop type pair
    ;;
    drop type pair cascade
    ;;
    create text search dictionary plain (template = simple)
    ;;
    create text search configuration own (copy = english)
    ;;
    comment on text search configuration own is 'ours'
    ;;
    alter text search configuration own alter mapping for asciiword with plain
    ;;
    drop text search dictionary plain
    ;;
    alter text search configuration own rename to ours
    ;;
    alter text search dictionary plain rename to plainer
    ;;
    drop text search dictionary plainer
    ;;
    drop text search configuration ours
    ;;
    drop text search dictionary plainer
    ;;
    create text search template bare (lexize = dsimple_lexize)
    ;;
    create text search dictionary dict (template = bare)
    ;;
    drop text search template bare
    ;;
    drop text search template bare cascade
    ;;
    create foreign data wrapper w
    ;;
    create server far foreign data wrapper w options (host 'x')
    ;;
    comment on server far is 'away'
    ;;
    create user mapping for public server far
    ;;
    create user mapping for public server far
    ;;
    alter server far rename to away
    ;;
    alter server away options (set host 'y')
    ;;
    drop foreign data wrapper w
    ;;
    drop server away
    ;;
    drop server away cascade
    ;;
    drop foreign data wrapper w
    ;;
    create role ddl_history login
    ;;
    comment on role ddl_history is 'nobody'
    ;;
    alter role ddl_history rename to ddl_renamed
    ;;
    drop role ddl_renamed
    ;;
    savepoint outside
    ;;
    drop schema s cascade
    """
}
