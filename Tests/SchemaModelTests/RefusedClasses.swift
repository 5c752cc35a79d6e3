// Operator classes of indexes, windows of queries, rows of composite types and columns of views, as PostgreSQL 15 takes
// and refuses them.

extension Failures {
  /// Tables with columns of many types, and what is made of them.
  static let manyTypes = """
    create table t (id int primary key, a text, n int, j jsonb, d timestamptz, arr int[], v varchar(10), c char(3), u uuid, nm numeric, p point, ts tsvector, ip inet, bo bool, tags text[], r int4range);
    create view vw as select id, a from t;
    create materialized view mv as select id, a from t;
    create type pair as (x int, y text);
    create table holder (id int, p pair);
    create type e as enum ('a','b');
    create domain dm as int;
    """

  static let refusedClassForms: [Case] = lines(
    manyTypes,
    """
    42704 select sum(n) over w from t
    42P20 select sum(n) over w from t window w as (order by id), w as (order by n)
    42704 select sum(n) over (nope) from t
    42704 select sum(n) over w2 from t window w2 as (w), w as (order by id)
    42P20 select sum(n) over w2 from t window w as (order by id), w2 as (w order by n)
    42P20 select sum(n) over w2 from t window w as (order by id), w2 as (w partition by n)
    42P20 select sum(n) over w2 from t window w as (rows unbounded preceding), w2 as (w order by n)
    42P20 select sum(n) over (w) from t window w as (rows unbounded preceding)
    42704 select (select sum(n) over w from t t2) from t window w as (order by id)
    42P20 select sum(n) over (range 1 preceding) from t
    42P20 select sum(n) over (order by id, n range 1 preceding) from t
    42P20 select sum(n) over (groups 1 preceding) from t
    42704 create view q as select sum(n) over w from t
    42704 update t set n = (select sum(x.n) over w from t x limit 1)
    42846 insert into holder values (1, row(1))
    42846 insert into holder values (1, row(1,'x',2))
    22P02 insert into holder values (1, row('a','x'))
    42846 insert into holder values (1, row(true,'x'))
    42846 insert into holder values (1, row(now(),2))
    42846 insert into holder values (1, row())
    42846 update holder set p = row(1)
    42846 update holder set p = row(1)::pair
    42846 update holder set p = row(now(),2)::pair
    22P02 update holder set p = '(a,x)'
    22P02 update holder set p = '(1)'
    42846 alter table holder alter p set default row(1)
    42846 alter table holder add q pair default row(1)
    42804 create index i on t (n text_pattern_ops)
    42804 create index i on t (j text_pattern_ops)
    42804 create index i on t (c text_pattern_ops)
    42704 create index i on t using gin (r)
    42704 create index i on t using gist (j)
    42704 create index i on t using spgist (n)
    42704 create index i on t using brin (j)
    42704 create index i on t using brin (bo)
    42704 create index i on t using hash (p)
    42704 create index i on t (p)
    42804 create index i on t using gin (a jsonb_path_ops)
    42804 create index i on t (n int8_ops)
    42804 create index i on t (arr int4_ops)
    42804 create index i on t (lower(a) int4_ops)
    42804 create index i on t ((n+1) text_ops)
    42804 create index i on t ((j->'x') text_pattern_ops)
    42804 alter table t add constraint x exclude (n text_pattern_ops with =)
    42883 alter table t add constraint x exclude (n with &&)
    42809 alter table t add constraint x exclude (n with <)
    0A000 alter table t add constraint x exclude using gin (n with =)
    0A000 alter table t add constraint x exclude using gin (arr with &&)
    42804 create index i on t (n numeric_ops)
    42804 create index i on t (nm int4_ops)
    42804 create index i on mv (id text_pattern_ops)
    42703 create index i on mv (nope)
    42703 create index i on mv (lower(nope))
    42703 alter view vw rename column missing to x
    42701 alter view vw rename column a to id
    42P01 alter view nope rename column a to b
    42703 alter materialized view mv rename column missing to x
    42701 alter materialized view mv rename column a to id
    42703 alter table vw rename column missing to x
    42703 alter table mv rename column missing to x
    42703 create index i on t (e_missing)
    """)

  /// What an extension may bring that the history does not make.
  static let perhapsRefusedClassForms: [Case] = lines(
    manyTypes,
    """
    0A000 select sum(n) over (order by a range 1 preceding) from t
    42P10 select sum(n) over (rows n preceding) from t
    42804 update holder set p = t from t
    42704 create index i on t (a nope_ops)
    42704 create index i on t using gin (n)
    42704 create index i on t using gin (a)
    42704 create index i on t using gist (n)
    42704 create index i on t using gist (ip)
    42704 create index i on t using gin (n gin_trgm_ops)
    42704 create index i on t using gin (a gin_trgm_ops)
    42704 create index i on t using btree (j jsonb_path_ops)
    42704 create index i on t (n public.int4_ops)
    3F000 create index i on t (n nosuch.int4_ops)
    42704 create index i on t using gin ((j->>'x'))
    42704 create index i on t using gin (lower(a))
    42704 alter table t add constraint x exclude using gist (n with =)
    42704 alter table t add constraint x exclude using gist (r nope_ops with &&)
    42704 alter table t add constraint x exclude using nope (n with =)
    42704 create index i on mv (a nope_ops)
    42704 create index i on mv using gin (id)
    42704 create index i on mv using nope (a)
    42704 create index i on mv using gin (a gin_trgm_ops)
    """)

  static let takenClassForms: [(String, String)] = statements(
    manyTypes,
    """
    update holder set p = '(1,x)'
    alter table holder add q pair default row(1,2)
    create index i on t (v text_pattern_ops)
    create index i on t (v bpchar_pattern_ops)
    create index i on t (c bpchar_pattern_ops)
    create index i on t using gin (j)
    create index i on t using gin (arr)
    create index i on t using gin (ts)
    create index i on t using gin (tags)
    create index i on t using gist (r)
    create index i on t using gist (p)
    create index i on t using gist (ip inet_ops)
    create index i on t using gist (ts)
    create index i on t using spgist (a)
    create index i on t using spgist (ip)
    create index i on t using brin (a)
    create index i on t using hash (j)
    create index i on t using hash (arr)
    create index i on t using gin (j jsonb_path_ops)
    create index i on t (n int4_ops)
    create index i on t (n pg_catalog.int4_ops)
    create index i on t using gin (arr array_ops)
    create index i on t using gin ((j->'x'))
    create index i on mv (lower(a))
    alter view vw rename column a to b
    alter view t rename column a to b
    alter view if exists nope rename column a to b
    alter materialized view mv rename column a to b
    alter materialized view vw rename column a to b
    alter table mv rename column a to zz
    alter view mv rename column a to zz
    """)

  /// Long values do not go into an index.
  static let classFormsOnRows: [(String, String)] = statements(
    manyTypes,
    """
    select sum(n) over (w) from t window w as (order by id)
    select sum(n) over w2 from t window w as (order by id), w2 as (w)
    select sum(n) over w from t window w as (rows unbounded preceding)
    insert into holder values (1, row(1,'x'))
    insert into holder values (1, row(1.5,2))
    insert into holder values (1, (1,'x'))
    update holder set p = row(1,2)::pair
    update holder set p = row(id, id)
    create index i on t (a varchar_pattern_ops)
    create index i on t (j)
    create index i on t (arr array_ops)
    create index i on t (lower(a) text_pattern_ops)
    create index i on t ((j->>'x') text_pattern_ops)
    create index i on t using gin (to_tsvector('english', a))
    alter table t add constraint x exclude using gist (r with &&)
    alter table t add constraint x exclude (n int4_ops with =)
    alter table t add constraint x exclude using hash (n with =)
    alter table t add constraint x exclude using spgist (r with &&)
    create index i on t (nm numeric_ops)
    """)
}
