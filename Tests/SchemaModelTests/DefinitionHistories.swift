// Histories of definitions that are texts, to be replayed beside a real server: what they hold, and what of them follows
// names and types that change.

extension Histories {
  /// Each begins in an empty database; a statement a line.
  static let definitions: [[String]] = [
    defaults, defaultsOfOtherTypes, checks, checksOfRenamed, checksOfOtherTypes, indexes, views,
    otherViews, viewsOfRenamed, generated, policies, triggers, domains, copies, quotedNames,
  ].map { $0.split(separator: "\n").map(String.init) }

  private static let defaults = #"""
    create type mood as enum ('sad', 'it''s ok')
    create domain posint as int check (value > 0)
    create function f(int) returns int language sql immutable as 'select 1'
    create table t (a int default 1 + 2 * 3, b text default 'x' || 'y', c timestamptz default now())
    alter table t add d timestamptz default current_timestamp, add e date default current_date
    alter table t add f jsonb default '{"a": 1}', add g int[] default array[1, 2], add h int[] default '{}'
    alter table t add i int default -1, add j numeric default 1.50, add k bool default true
    alter table t add l interval default '1 day', add m interval default interval '2' hour
    alter table t add n date default date '2024-01-01', add o bit(3) default b'101'
    alter table t add p text default current_user, add q text default case when true then 'a' else 'b' end
    alter table t add r text default coalesce(null, 'z'), add s text default lower('X'), add u uuid default gen_random_uuid()
    alter table t add v text default e'a\nb', add w text default 'it''s', add x varchar(5) default 'abc'
    alter table t add y mood default 'it''s ok', add z posint default 5
    alter table t add aa int default f(1), add ab char(3) default 'x', add ac float default 1e3
    alter table t add ad timestamp default (now() at time zone 'utc'), add ae bytea default '\x00'
    alter table t add af int default extract(year from now()), add ag text default trim(both 'x' from 'xax')
    alter table t add ah bigint default 5, add ai smallint default '3', add aj numeric(4,1) default 2
    alter table t add ak text default null, add al mood[] default '{sad}', add am text[] default array['a']::text[]
    alter table t alter a set default (3), alter b set default 'x'::text, alter k drop default
    alter type mood rename to feeling
    alter function f(int) rename to f2
    alter domain posint rename to positive
    create schema s
    alter function f2(int) set schema s
    alter type feeling set schema s
    alter schema s rename to s2
    alter type s2.feeling rename value 'sad' to 'blue'
    alter table t rename to t2
    alter table t2 set schema s2
    """#

  private static let defaultsOfOtherTypes = """
    create type mood as enum ('sad', 'ok')
    create table t (a int default 5, b varchar(10) default 'x', c text default 'y', d numeric default 1.5)
    alter table t add e mood default 'ok', add f timestamp default now(), add g int default 7, add h bool default true
    alter table t add i text default lower('X'), add j date default current_date, add k char(3) default 'abc'
    alter table t alter a type bigint
    alter table t alter b type text
    alter table t alter c type varchar(20)
    alter table t alter d type numeric(8,2)
    alter table t alter e type text
    alter table t alter f type timestamptz
    alter table t alter g type numeric
    alter table t alter i type varchar(5)
    alter table t alter j type timestamp
    alter table t alter k type varchar
    alter table t alter a type int
    alter table t alter b type varchar(10)
    alter table t alter e drop default
    alter table t alter e type mood using e::mood
    alter table t alter e set default 'ok'
    """

  private static let checks = """
    create table t (a int, b text, c numeric, d date, e timestamptz, f jsonb, g text[], h bool, i varchar(10), j char(3))
    alter table t add check (a in (1, 2, 3)), add check (b in ('x', 'y')), add check (i in ('x', 'y'))
    alter table t add check (a between 1 and 5), add check (a not between 6 and 7), add check (c > 0)
    alter table t add check (b like 'a%'), add check (b ilike 'A_'), add check (b not like '%z'), add check (b similar to 'a|b')
    alter table t add check (a is distinct from 3), add check (a is not distinct from null), add check (b is not null)
    alter table t add check (b ~ '^[a-z]+$'), add check (b !~* 'Q'), add check (a = any (array[1, 2])), add check (a <> all (array[4]))
    alter table t add check (not (a > 1 and (a < 5 or h))), add check (h is true), add check (h is not unknown), add check (h)
    alter table t add check (c::int = a), add check (cast(a as text) <> ''), add check (length(b) > 1)
    alter table t add check (f ? 'a'), add check (f ->> 'b' = 'c'), add check (f @> '{"a": 1}'), add check ((f -> 'x') is null)
    alter table t add check (g @> array['a']), add check (g[1] = 'x'), add check (array_length(g, 1) < 5), add check ('a' = any (g))
    alter table t add check ((a, c) > (1, 2)), add check (row(a, b) is not null), add check (case when a > 1 then b = 'x' else true end)
    alter table t add check (d > '2024-01-01'), add check (d > date '2024-01-01'), add check (e at time zone 'utc' > '2024-01-01')
    alter table t add check (extract(year from d) > 2000), add check (position('x' in b) = 0), add check (substring(b from 1 for 2) = 'ab')
    alter table t add check (trim(b) = b), add check (overlay(b placing 'x' from 1) <> ''), add check (b collate "C" < 'z')
    alter table t add check (coalesce(a, 0) + nullif(a, 1) > 0), add check (greatest(a, 1) < 9), add check (a % 2 = 0 and a / 2 > 0)
    alter table t add check (b || 'x' <> 'yx'), add check (-a < 0), add check (a ^ 2 < 100), add check (i = 'x'), add check (j = 'x')
    alter table t add check (t.a > 0), add check (t.b <> t.i), add check (d + interval '1 day' > d), add check (upper(i) = i)
    alter table t add check (a > 0) no inherit, add constraint named check (a > 0 and a > 0) not valid
    alter table t validate constraint named
    alter table t add check (num_nonnulls(a, c) = 1), add check ((a is null) = (c is null)), add check (a::numeric > c)
    """

  private static let checksOfRenamed = """
    create function ok(int) returns bool language sql immutable as 'select true'
    create type mood as enum ('sad', 'ok')
    create table t (a int, b text, "order" int, "B" text, m mood, n numeric)
    alter table t add constraint c1 check (a > 0 and t.a < 9), add constraint c2 check (b <> 'a' and b <> 'b' || "B")
    alter table t add constraint c3 check ("order" > a), add constraint c4 check (ok(a)), add constraint c5 check (m <> 'sad')
    alter table t add constraint c6 check (m::text <> 'a'), add constraint c7 check (a = length(b)), add constraint c8 check (n::int > a)
    alter table t rename a to aa
    alter table t rename b to "b c"
    alter table t rename "order" to ordered
    alter table t rename "B" to b
    alter table t rename to t2
    alter function ok(int) rename to fine
    alter type mood rename to feeling
    alter type feeling rename value 'sad' to 'blue'
    alter table t2 rename n to "select"
    create schema s
    alter table t2 set schema s
    alter function fine(int) set schema s
    alter type feeling set schema s
    alter table s.t2 rename m to numeric
    alter table s.t2 rename aa to length
    alter table s.t2 rename constraint c1 to c9
    """

  /// Without lists, numbers and times beside columns whose type they get: read again, PostgreSQL keeps those of the
  /// first type (`ARRAY[1, 2]` beside a bigint), which the text does not tell.
  private static let checksOfOtherTypes = """
    create table t (a int, b varchar(10), c text, d numeric, e timestamp, f bool)
    alter table t add constraint c1 check (a > 0), add constraint c2 check (b = 'x'), add constraint c3 check (c <> 'a')
    alter table t add constraint c4 check (d > 1), add constraint c5 check (e > '2024-01-01'), add constraint c6 check (a <> 2)
    alter table t add constraint c7 check (length(b) > 1), add constraint c8 check (d between 0 and 5)
    alter table t alter a type bigint
    alter table t alter b type text
    alter table t alter c type varchar(5)
    alter table t alter b type varchar(20)
    """

  private static let indexes = """
    create function ok(int) returns int language sql immutable as 'select 1'
    create table t (a int, b text, c jsonb, d text[], e timestamptz, f bool, g varchar(5), "H" text)
    create index i1 on t (lower(b))
    create index i2 on t ((a + 1), b, (a * 2)) where a > 0 and b is not null
    create unique index i3 on t (lower(b), a) where f
    create index i4 on t ((c ->> 'x')) where (c ->> 'y') = 'z'
    create index i5 on t using gin (c) where c <> '{}'
    create index i6 on t using gin (to_tsvector('english', b))
    create index i7 on t (date_trunc('day', e at time zone 'utc'))
    create index i8 on t (coalesce(a, 0), (b || 'x')) where not f
    create index i9 on t (ok(a)) where a in (1, 2) or b like 'x%'
    create index i10 on t (upper(g), lower("H")) where g = 'x' and "H" is distinct from b
    create index i11 on t ((case when a > 1 then b end)) where t.a between 1 and 2
    create index i12 on t (lower(b) text_pattern_ops, lower(b) collate "C")
    alter table t rename a to aa
    alter table t rename b to "b b"
    alter table t rename "H" to h
    alter table t rename c to "c"
    alter function ok(int) rename to fine
    alter table t rename to u
    alter index i1 rename to j1
    alter table u alter g type text
    alter table u alter aa type bigint
    create materialized view m as select aa, h from u
    create index m1 on m (lower(h)) where aa > 1
    alter table u rename e to at
    """

  private static let views = """
    create table t (a int primary key, b text, c numeric, d timestamptz, e jsonb, f text[])
    create table u (a int, t_a int references t, g text)
    create view v1 as select a, b from t where a > 1 and b like 'x%' order by c desc limit 3
    create view v2 as select t.*, u.g from t join u on u.t_a = t.a left join u u2 on u2.a = u.a
    create view v3 as select count(*), sum(c) filter (where a > 1) as s, max(d) from t group by b having count(*) > 1
    create view v4 as with x as (select a from t), y (z) as (select a from x) select x.a, y.z from x cross join y
    create view v5 as select a from t union all select t_a from u union select 1 except select 2
    create view v6 as select a, row_number() over (partition by b order by c desc) as r, lag(c, 1) over w from t window w as (order by a)
    create view v7 as select distinct on (b) b, a from t order by b, a
    create view v8 as select t.a, l.n from t, lateral (select count(*) as n from u where u.t_a = t.a) l
    create view v9 as select * from (values (1, 'x'), (2, 'y')) as w (n, s)
    create view v10 as select case b when 'x' then 1 else 2 end as k, e ->> 'a' as j, f[1] as first, (f)[1:2] as part from t
    create view v11 as select a from t where exists (select 1 from u where u.t_a = t.a) and a not in (select t_a from u)
    create view v12 as select array(select a from t) as all_a, (select max(a) from u) as m, coalesce(b, 'none') as b from t
    create view v13 as with recursive r (n) as (select 1 union all select n + 1 from r where n < 5) select n from r
    create view v14 (one, two) as select a, b from t
    create view v15 as select b, a, grouping(a) as g from t group by rollup (b, a)
    create view v16 as select extract(epoch from d) as x, d at time zone 'utc' as y, d::date as z, c::int, a::text from t
    create view v17 as select string_agg(b, ',' order by a) as s, array_agg(distinct b) as q from t
    create view v18 as select a, b from v1 where a < 5
    create view v19 as select x.n, x.ordinality from unnest(array[1, 2]) with ordinality as x (n)
    create view v20 as select t from t
    create view v21 as select a, null as n, true as y, 'x' as s, 1.5 as f from t natural join u
    create view v23 as select * from t where exists (select 1 from u where u.t_a = t.a)
    create view v24 as select * from (select a from t) s union all select a from u
    create view v25 as select t.* from t where a in (select t_a from u)
    create materialized view m1 as select a, lower(b) as b from t with no data
    create materialized view m2 (x) as select sum(a) from t
    create or replace view v1 as select a, b, c from t where a > 2
    alter view v14 rename column one to eins
    alter view v18 rename to w18
    drop view w18
    create view v22 as select t.b from t join u using (a) join u u2 using (a)
    create or replace view v14 as select a as eins, b as two, c as three from t
    """

  private static let otherViews = """
    create type mood as enum ('sad', 'ok')
    create function f(int) returns int language sql as 'select 1'
    create schema s
    create table t (a int, m mood)
    create view v1 as select f(a) as x, m = 'sad' as sad, 'ok'::mood as ok from t
    create view s.v2 as select v1.x from public.v1
    create view v3 as select public.f(t.a) as x from public.t as t
    create temp view v4 as select a from t
    create view v5 as select a from only t tablesample system (10)
    create view v6 as select a from t for update
    create view v7 with (security_barrier) as select a from t where a > 0 with local check option
    set search_path = s, public
    create table t (b int)
    create view v8 as select b from t
    create view v9 as select a from public.t
    """

  private static let viewsOfRenamed = """
    create table t (a int, b text)
    create view v as select a, b from t
    create view w as select a from v
    alter table t rename a to aa
    alter table t rename to u
    create or replace view v as select aa as a, b from u where aa > 0
    alter view v rename to v2
    alter view v2 rename column b to c
    create view x as select * from v2
    create schema s
    alter view v2 set schema s
    alter table u set schema s
    alter table s.u add c int
    create view y as select * from s.u
    """

  private static let generated = """
    create table t (a int, b text, c int generated always as (a * 2 + 1) stored)
    alter table t add d text generated always as (lower(b) || 'x') stored, add e bool generated always as (a > 1) stored
    alter table t add f text generated always as (case when a > 0 then b else 'none' end) stored
    alter table t add g int generated always as (coalesce(length(b), 0)) stored, add h numeric generated always as (a / 2.0) stored
    alter table t rename a to aa
    alter table t rename b to "B"
    alter table t rename d to dd
    alter table t rename to u
    alter table u alter e drop expression
    """

  private static let policies = """
    create table owners (id int primary key, name text)
    create table t (a int, b text, owner_id int)
    create policy p1 on t using (a > 0) with check (b <> '')
    create policy p2 on t using (b = current_user and a in (1, 2))
    create policy p3 on t using (owner_id in (select id from owners where name = current_setting('app.user')))
    create policy p4 on t for insert with check (exists (select 1 from owners o where o.id = owner_id))
    create policy p5 on t as restrictive for select using (true)
    alter policy p1 on t using (a > 1)
    alter policy p1 on t with check (b like 'x%')
    alter table t rename a to aa
    alter table t rename b to "b b"
    alter table t rename to u
    """

  private static let triggers = """
    create function f() returns trigger language plpgsql as $$ begin return new; end $$
    create table t (a int, b text)
    create trigger t1 before update on t for each row when (old.a is distinct from new.a) execute function f()
    create trigger t2 after insert on t for each row when (new.b <> 'x' and new.a > 1) execute function f()
    create trigger t3 after update on t for each row when (old.* is distinct from new.*) execute function f()
    create trigger t4 after delete on t for each row when (old.a in (1, 2)) execute function f()
    alter table t rename a to aa
    alter table t rename b to "b b"
    alter table t rename to u
    alter function f() rename to g
    """

  private static let domains = """
    create domain d1 as int check (value > 0) check (value < 10)
    create domain d2 as text default 'x' check (value ~ '^a' and length(value) < 5) not null
    create domain d3 as numeric(5, 2) default 1.5 constraint c3 check (value between 0 and 9)
    create domain d4 as varchar(5) check (value in ('a', 'b'))
    create domain d5 as d1 check (value <> 5)
    alter domain d1 add constraint more check (value % 2 = 0) not valid
    alter domain d1 validate constraint more
    alter domain d1 rename constraint more to even
    alter domain d2 set default lower('Q')
    alter domain d3 rename to d6
    create schema s
    alter domain d6 set schema s
    alter domain d4 drop constraint d4_check
    """

  private static let copies = """
    create table t (a int default 5 check (a > 0), b text default lower('X') check (t.b <> ''), c int generated always as (a + 1) stored)
    create index on t (lower(b)) where a > 1
    create table l1 (like t including all)
    create table l2 (like t including constraints including defaults)
    create table h (d int check (d > 1)) inherits (t)
    alter table t rename a to aa
    alter table t add constraint more check (aa < b::int)
    alter table t alter aa set default 6
    create table p (a int default 1, b text, check (a > 0)) partition by range (a)
    create table p1 partition of p (a default 3, check (b <> '')) for values from (0) to (10)
    create index pi on p (lower(b)) where a > 2
    create table p2 (a int default 2, b text, constraint p_a_check check (a > 0))
    alter table p attach partition p2 for values from (10) to (20)
    alter table p rename b to bb
    alter table p add check (bb <> 'x')
    alter table p detach partition p1
    """

  private static let quotedNames = """
    create table "T 1" ("a b" int default 1, "C" text check ("C" <> 'a"b'), "select" int, constraint "Ck" check ("a b" > "select"))
    create index "I x" on "T 1" (lower("C"), ("a b" + 1)) where "select" > 1
    create view "V v" as select "a b", "C" as "D d" from "T 1" "X" where "X"."select" > 0
    create policy "P p" on "T 1" using ("a b" > 0)
    alter table "T 1" rename "a b" to ab
    alter table "T 1" rename "C" to "c""d"
    alter table "T 1" rename "select" to "from"
    alter table "T 1" rename to t1
    """
}
