// Bodies of functions in SQL and in PL/pgSQL, and generated columns, as PostgreSQL 15 takes and refuses them.

extension Failures {
  private static let called = """
    create table t (id int primary key, a text, n int);
    create type pair as (x int, y text);
    create table holder (id int, p pair);
    """

  static let refusedBodyForms: [Case] = lines(
    called,
    """
    42883 create table q (a int, g int generated always as (nope(a)) stored)
    42883 create table q (a int, g int generated always as (lower(a)) stored)
    42804 create table q (a text, g int generated always as (lower(a)) stored)
    42703 create table q (a int, g int generated always as (b) stored)
    22P02 create table q (a int, g int generated always as (a + 'x') stored)
    42883 create table q (a int, g int default nope())
    42883 create table q (a int check (nope(a)))
    42883 create table q (a int check (lower(a) = 'x'))
    42703 create table q (a int, check (zz > 1))
    42804 create table q (a int default lower('x'))
    22P02 create table q (a int default 'x')
    42804 create table q (a int default 'x'::text)
    42P17 create table q (a timestamptz, g text generated always as (a::text) stored)
    42883 alter table t add g int generated always as (nope(n)) stored
    42883 alter table t alter n set default nope()
    42P13 create function f() returns int language sql as ''
    42P13 create function f() returns int language sql as '  '
    42P13 create function f() returns int language sql as '-- x'
    42P13 create function f() returns setof int language sql as ''
    42P02 create function f(int) returns int language sql as 'select $2'
    42703 create function f(a int) returns int language sql as 'select b'
    42P01 create function f(a int) returns int language sql as 'select f.b'
    42P01 create function f(r t) returns int language sql as 'select r.zzz'
    42P01 create function f(r pair) returns int language sql as 'select r.zzz'
    42P13 create function f() returns int language sql as 'select'
    42P13 create function f() returns int language sql as 'select 1, 2'
    42P13 create function f() returns int language sql as 'insert into t values (1)'
    42P13 create function f() returns int language sql as 'select 1; select ''a''::text'
    42P13 create function f() returns int language sql as 'select ''a'''
    42883 create function f() returns int language sql as 'select nope()'
    42703 create function f() returns int language sql as 'select nope from t'
    42P13 create function f() returns int language sql as 'select 1; commit'
    42P02 create procedure f(int) language sql as 'select $2'
    42703 create function f(a int, out b int) language sql as 'select b'
    42P02 create function f(a int, out b int) language sql as 'select $2'
    42P02 create function f(out a int, b int) language sql as 'select $2'
    42P02 create function f(a int) returns table (x int) language sql as 'select $2'
    42703 create function f(a int) returns table (x int) language sql as 'select x'
    42P13 create function f(a int, a int) returns int language sql as 'select 1'
    42P02 create function f() returns int language sql return $1
    42P02 create function f(int) returns int language sql begin atomic select $2; end
    42P01 create function f(r t) returns int language sql begin atomic select r.zzz; end
    42601 create function f() returns trigger language plpgsql as 'begin return new end'
    42601 create function f() returns int language plpgsql as ''
    42601 create function f() returns int language plpgsql as 'begin retrun 1; end'
    42601 create function f() returns int language plpgsql as 'begin if true then return 1; end'
    42601 create function f() returns int language plpgsql as 'begin return; end'
    42804 create function f() returns void language plpgsql as 'begin return 1; end'
    42601 create function f() returns int language plpgsql as 'begin x := 1; end'
    42704 create function f() returns int language plpgsql as 'declare x nope; begin x := 1; end'
    42601 create function f() returns int language plpgsql as 'declare x int; begin x := 1 +; end'
    42601 create function f() returns int language plpgsql as 'declare x int; begin selec 1; end'
    42601 create function f() returns int language plpgsql as 'declare x int; x text; begin return 1; end'
    42601 create function f() returns int language plpgsql as 'begin select 1 into y; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin exit; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin raise exception ''%''; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin raise exception ''x'', 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin for i in select 1 loop null; end loop; return 1; end'
    42P01 create function f() returns int language plpgsql as 'declare r nope%rowtype; begin return r.n; end'
    42704 create function f() returns int language plpgsql as 'begin return 1; exception when nope_condition then return 2; end'
    42601 create function f() returns int language plpgsql as 'begin return 1; exception when sqlstate ''xx'' then return 2; end'
    42804 create function f() returns int language plpgsql as 'begin return query select 1; end'
    42804 create function f() returns int language plpgsql as 'begin return next 1; end'
    22005 create function f() returns int language plpgsql as 'declare c constant int := 1; begin c := 2; return 1; end'
    42601 create function f() returns int language plpgsql as '#nope begin return 1; end'
    42601 create function f() returns int language plpgsql as 'begin get diagnostics z = row_count; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin get diagnostics z = nope; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin execute ''x'' into strict z using; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin return 1; end; end'
    42601 create function f() returns int language plpgsql as 'begin return 1; end; select 1'
    42601 create function f() returns int language plpgsql as '<<a>> begin return 1; end b'
    42601 create function f() returns int language plpgsql as 'declare x int := ; begin return 1; end'
    22004 create function f() returns int language plpgsql as 'declare x int not null; begin return 1; end'
    42601 create function f() returns int language plpgsql as 'begin case 1 when 1 then return 1; end; end'
    42601 create function f() returns int language plpgsql as 'begin while true loop; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin open c; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin return (select 1 from); end'
    42601 create procedure f() language plpgsql as 'begin return 1; end'
    """)

  static let perhapsRefusedBodyForms: [Case] = lines(
    called,
    """
    42703 create function f(r t) returns int language sql as 'select (r).zzz'
    42703 create function f(t) returns int language sql as 'select $1.zzz'
    42703 create function f(t) returns int language sql as 'select ($1).zzz'
    42809 create function f(int) returns int language sql as 'select $1.zzz'
    42601 create function f() returns int language sql as 'selec 1'
    42704 create function f() returns int language nope as 'begin return 1; end'
    42704 create function f() returns int language plpython3u as 'return 1'
    """)

  static let takenBodyForms: [(String, String)] = statements(
    called,
    """
    create table q (a text, g text generated always as (lower(a)) stored)
    create table q (a int, g text generated always as (a || 'x') stored)
    create function f() returns void language sql as ''
    create function f(int) returns int language sql as 'select $1'
    create function f(a int) returns int language sql as 'select f.a'
    create function f(r t) returns int language sql as 'select r.n'
    create function f(t) returns int language sql as 'select $1.n'
    create function f(r pair) returns int language sql as 'select r.x'
    create function f(r pair) returns text language sql as 'select r.x'
    create function f() returns int language sql as 'insert into t values (1) returning id'
    create function f() returns void language sql as 'insert into t values (1)'
    create function f() returns int language sql as 'begin; select 1'
    create procedure f() language sql as ''
    create function f(a int, inout b int) language sql as 'select $2'
    create function f(out a int, b int) language sql as 'select $1'
    create function f(a int, variadic b int[]) returns int language sql as 'select $2[1]'
    create function f(int) returns int language sql return $1
    create function f() returns trigger language plpgsql as 'begin return new; end'
    create function f() returns int language plpgsql as 'begin return nope(); end'
    create function f() returns int language plpgsql as 'begin perform nope from nope; return 1; end'
    create function f() returns int language plpgsql as 'begin for i in 1..3 loop null; end loop; return 1; end'
    create function f() returns int language plpgsql as 'declare r t%rowtype; begin return r.n; end'
    create function f() returns int language plpgsql as 'declare r t.n%type; begin return r; end'
    create function f(r t) returns int language plpgsql as 'begin return r.zzz; end'
    create function f() returns int language plpgsql as 'begin return $1; end'
    create function f() returns trigger language plpgsql as 'begin new.x := 1; return new; end'
    create function f() returns int language plpgsql as 'begin return 1; exception when unique_violation then return 2; end'
    create function f() returns int language plpgsql as 'begin commit; return 1; end'
    create function f() returns setof int language plpgsql as 'begin return query select 1; return; end'
    create function f() returns int language plpgsql as '#option dump begin return 1; end'
    create procedure f() language plpgsql as 'begin commit; end'
    create procedure f(inout a int) language plpgsql as 'begin return; end'
    create function f() returns event_trigger language plpgsql as 'begin return; end'
    create function f() returns int language plpgsql as 'declare new record; begin new.x := 1; return 1; end'
    create function f() returns int language plpgsql as '<<l>> declare r record; begin l.r.x := 1; return 1; end'
    create function f(a t) returns int language plpgsql as 'begin f.a.n := 1; return 1; end'
    create function f() returns int language plpgsql as 'declare r t; x int; begin select 1, 2 into r.n, x; return 1; end'
    set check_function_bodies = off; create function f() returns int language plpgsql as 'begin retrun 1; end'
    set check_function_bodies = off; create function f() returns int language sql as 'select $2'
    set check_function_bodies = off; create function f() returns int language sql as 'selec 2'
    """)

  static let refusedCompilationForms: [Case] = lines(
    called,
    """
    42601 create function f() returns int language plpgsql as 'begin new.x := 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin old.x := 1; return 1; end'
    42601 create function f() returns event_trigger language plpgsql as 'begin new.x := 1; end'
    42601 create function f(a int) returns int language plpgsql as 'begin f.b := 1; return 1; end'
    42601 create function f() returns int language plpgsql as '<<l>> declare r int; begin l.q := 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r record; begin r.a := 1; q := 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r record; x int; begin select 1, 2 into r, x; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r record; x int; begin execute ''x'' into x, r; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r t%rowtype; x int; begin insert into t values (1) returning id, n into r, x; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r record; x int; begin for r, x in select 1, 2 loop null; end loop; return 1; end'
    42601 create function f() returns trigger language plpgsql as 'begin select 1, 2 into new, old; return new; end'
    42601 create function f() returns int language plpgsql as 'begin loop exit l; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin <<l>> begin continue l; end; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin get stacked diagnostics z = row_count; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z text; begin get diagnostics z = message_text; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin raise exception using nope = 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin for z, z in 1..2 loop null; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin for z in reverse select 1 loop null; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin foreach z in array array[1] loop null; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare z int; begin select 1 into z into z; return 1; end'
    42601 create function f() returns int language plpgsql as 'begin case end case; return 1; end'
    42804 create function f() returns int language plpgsql as 'declare z int; begin open z; return 1; end'
    42704 create function f() returns int language plpgsql as 'declare z alias for nope; begin return 1; end'
    0A000 create function f() returns int language plpgsql as 'declare z void; begin return 1; end'
    0A000 create function f() returns int language plpgsql as 'declare z anycompatible; begin return 1; end'
    0A000 create function f() returns int language plpgsql as 'declare z fdw_handler; begin return 1; end'
    42601 create function f() returns setof int language plpgsql as 'begin return next; end'
    42601 create function f() returns int language plpgsql as 'declare z setof int; begin return 1; end'
    42804 create function f() returns table (o int) language plpgsql as 'begin return next o; end'
    42804 create function f(out o int, out p int) returns setof record language plpgsql as 'begin return next o; end'
    42804 create function f() returns event_trigger language plpgsql as 'begin return null; end'
    """)

  /// What libpg_query, which knows no cursors and no types, cannot tell from what is right.
  static let perhapsRefusedCompilationForms: [Case] = lines(
    called,
    """
    42601 create function f() returns int language plpgsql as 'declare c refcursor; v int; begin fetch c into strict v; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare c refcursor; v int; r record; begin fetch c into r, v; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare c cursor for select 1; begin open c(1); return 1; end'
    42601 create function f() returns int language plpgsql as 'declare c cursor (k int) for select k; begin for r in c loop null; end loop; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare c refcursor; begin selct 1; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r t; x int; begin select 1, 2 into r, x; return 1; end'
    42601 create function f() returns int language plpgsql as 'declare r pair; x int; begin select 1, 2 into x, r; return 1; end'
    """)

  /// PostgreSQL takes these; they look to libpg_query like those above.
  static let unreadCursorForms: [Case] = lines(
    called,
    """
    00000 create function f() returns int language plpgsql as 'declare c cursor for select 1; begin open c; return 1; end'
    00000 create function f() returns int language plpgsql as 'declare c cursor (k int) for select k; begin open c(1); open c(k := 1); close c; return 1; end'
    00000 create function f() returns int language plpgsql as 'declare c no scroll cursor for select 1; r record; begin for r in c loop null; end loop; move c; return 1; end'
    """)

  /// What libpg_query refuses without reason, and other forms that are right.
  private static let declared = """
    create table t (id int primary key, a text, n int);
    create table u (id int);
    create type e as enum ('a','b');
    create domain dm as int;
    create procedure p(int) language sql as '';
    """

  static let refusedProcedureForms: [Case] = lines(
    declared,
    """
    42601 create function f() returns void language plpgsql as 'begin execute ''x'' into strict foo; end'
    42601 create function f() returns int language plpgsql as '<<outer>> begin <<l>> loop exit l when true; continue l; end loop l; return outer.x; end outer'
    42601 create function f() returns int language plpgsql as 'begin insert into t (id) values (1) on conflict do nothing returning id into strict id; return 1; end'
    """)

  static let takenProcedureForms: [(String, String)] = statements(
    declared,
    """
    create function f() returns int language plpgsql as 'declare r t; begin for r in select * from t loop null; end loop; return 1; end'
    create function f() returns int language plpgsql as 'declare r t%rowtype; begin r.n := 1; for r in select * from t loop null; end loop; return 1; end'
    create function f() returns int language plpgsql as 'declare r record; begin r.n := 1; for r in select * from t loop null; end loop; return 1; end'
    create function f(out a int, out b int) language plpgsql as 'begin a := 1; b := 2; return; end'
    create function f(out a int, out b int) returns setof record language plpgsql as 'begin a := 1; return next; return query select 1, 2; end'
    create function f() returns table (x int, y text) language plpgsql as 'begin return query select 1, ''a''; x := 1; return next; end'
    create function f() returns table (x int, y text) language plpgsql as 'begin return query execute ''select 1'' using 1; end'
    create function f() returns setof t language plpgsql as 'declare r t; begin for r in select * from t loop return next r; end loop; end'
    create function f() returns setof int language plpgsql as 'declare i int; begin foreach i in array array[1,2] loop return next i; end loop; end'
    create function f() returns trigger language plpgsql as 'begin if tg_op = ''INSERT'' then new.updated_at = now(); return new; elsif tg_op = ''DELETE'' then return old; end if; return null; end'
    create function f() returns trigger language plpgsql as 'declare x text := tg_argv[0]; begin execute format(''x %I'', x) using new.id; perform pg_notify(''a'', row_to_json(new)::text); return new; end'
    create function f() returns event_trigger language plpgsql as 'begin raise notice ''%'', tg_event; end'
    create function f(a anyelement) returns anyelement language plpgsql as 'declare b a%type; begin b := a; return b; end'
    create function f(x int, variadic y int[]) returns int language plpgsql as 'begin return x + y[1]; end'
    create function f(t) returns int language plpgsql as 'begin return $1.n; end'
    create function f(x t) returns t language plpgsql as 'begin x.n := 1; return x; end'
    create function f(x int) returns int language plpgsql as 'declare y alias for $1; z alias for x; begin y := 1; return z; end'
    create function f() returns int language plpgsql as 'declare a int[]; begin a[1] := 1; a[1:2] := array[1,2]; return a[1]; end'
    create function f() returns int language plpgsql as 'declare r record; begin select 1 as a into r; r.a := 2; return r.a; end'
    create function f() returns int language plpgsql as 'declare x e; y dm; begin x := ''a''; y := 1; return 1; end'
    create function f() returns int language plpgsql as 'begin begin raise exception using errcode = ''P0001'', message = ''x''; exception when others then raise; end; return 1; end'
    create function f() returns int language plpgsql as 'declare s text; begin get stacked diagnostics s = message_text; return 1; exception when others then get stacked diagnostics s = returned_sqlstate; return 2; end'
    create function f() returns int language plpgsql as 'begin assert 1 = 1, ''x''; return 1; end'
    create function f() returns int language plpgsql as 'declare id int; begin insert into t (id) values (1) returning id into strict id; update t set n = 1 where t.id = id; get diagnostics id = row_count; return id; end'
    create function f() returns int language plpgsql as 'declare x int default 1; y constant text := ''a''; z text collate "C"; w int not null := 1; begin return x; end'
    create function f() returns int language plpgsql as 'begin case when 1 = 1 then return 1; when 2 = 2 then return 2; else return 3; end case; end'
    create function f() returns int language plpgsql as 'begin call p(1); return 1; end'
    create function f() returns int language plpgsql as 'declare o int; begin call p(1, o); return o; end'
    create procedure f() language plpgsql as 'begin set local x.y = 1; truncate t; create table q (a int); commit; rollback; end'
    create procedure f(inout a int) language plpgsql as 'begin a := 1; end'
    create function f() returns json language plpgsql as $$ declare j jsonb := '{}'; begin j['a'] := '1'; return j; end $$
    create function f() returns text language plpgsql as $$ begin return query_to_xml('select 1', true, true, ''); end $$
    create function f() returns int language plpgsql as $$ declare pk int; begin merge into t using u on true when matched then do nothing; return pk; end $$
    create function f() returns int language plpgsql as $$ declare d date; ts timestamptz; n numeric(10,2); v varchar(10); iv interval; begin d := now(); return extract(epoch from ts - d); end $$
    create function f() returns int language plpgsql as $$ declare r public.t; q public.t%rowtype; x public.t.n%type; begin q.n := x; r.n := x; return r.n; end $$
    create function f() returns int language plpgsql as $$ begin while true loop exit; end loop; for i in reverse 3..1 by 2 loop continue when i = 2; end loop; return 1; end $$
    create function f() returns int language plpgsql as $$ declare x int; begin x = 1; x := (select 1); select into x 1; execute 'a' into x; return x; end $$
    create function f() returns t language plpgsql as $$ declare result t; begin return (1,'a',2)::t; end $$
    create function f() returns t language plpgsql as $$ begin return row(1,'a',2); end $$
    create function f(_tbl regclass, out result int) language plpgsql as $$ begin execute format('select count(*) from %s', _tbl) into result; end $$
    create or replace function public.f() returns trigger security definer set search_path = public as $body$ begin return new; end; $body$ language plpgsql
    create function f() returns void as $$ begin perform 1; return; end $$ language plpgsql
    create function f() returns record language plpgsql as $$ declare a record; begin return a; end $$
    create function f() returns refcursor language plpgsql as $$ declare a refcursor; begin return a; end $$
    """)
}
