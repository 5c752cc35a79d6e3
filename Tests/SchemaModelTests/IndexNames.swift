/// The names of indexes over expressions.
enum IndexNames {
  static let schema = """
    create type c as (x int, y text);
    create table t (id int primary key, a int, b text, f boolean, ar int[], co c, ts timestamp, j jsonb, p point);
    """

  /// What an index is on, as CREATE INDEX has it in parentheses, and the name that PostgreSQL 15 gives it.
  static let rows: [(keys: String, name: String)] = [
    ("(CASE WHEN a>0 THEN 1 END)", "t_case_idx"),
    ("(CASE WHEN a>0 THEN 1 ELSE a END)", "t_a_idx"),
    ("(CASE WHEN a>0 THEN 1 ELSE abs(a) END)", "t_abs_idx"),
    ("nullif(a,1)", "t_nullif_idx"),
    ("greatest(a,1)", "t_greatest_idx"),
    ("least(a,1)", "t_least_idx"),
    ("(ARRAY[a])", "t_array_idx"),
    ("(b COLLATE \"C\")", "t_b_idx"),
    ("(a::text)", "t_a_idx"),
    ("(lower(b)::varchar)", "t_lower_idx"),
    ("(ar[1])", "t_ar_idx"),
    ("((co).x)", "t_x_idx"),
    ("(ts AT TIME ZONE 'UTC')", "t_timezone_idx"),
    ("(ts::date)", "t_ts_idx"),
    ("extract(year from ts)", "t_extract_idx"),
    ("date_part('year',ts)", "t_date_part_idx"),
    ("overlay(b placing 'x' from 1)", "t_overlay_idx"),
    ("substring(b from 1 for 2)", "t_substring_idx"),
    ("substring(b,1,2)", "t_substring_idx"),
    ("position('x' in b)", "t_position_idx"),
    ("trim(b)", "t_btrim_idx"),
    ("trim(leading 'x' from b)", "t_ltrim_idx"),
    ("(b LIKE 'x')", "t_expr_idx"),
    ("(f IS TRUE)", "t_expr_idx"),
    ("(NOT f)", "t_expr_idx"),
    ("(f AND a>0)", "t_expr_idx"),
    ("(a IS NULL)", "t_expr_idx"),
    ("(a IN (1,2))", "t_expr_idx"),
    ("(j->>'x')", "t_expr_idx"),
    ("((j->>'x')::int)", "t_int4_idx"),
    ("(j['a'])", "t_j_idx"),
    ("(-a)", "t_expr_idx"),
    ("(a BETWEEN 1 AND 2)", "t_expr_idx"),
    ("(b||'x')", "t_expr_idx"),
    ("coalesce(a,0)", "t_coalesce_idx"),
    ("(1)", "t_expr_idx"),
    ("('x'::text)", "t_text_idx"),
    ("(a = ANY(ar))", "t_expr_idx"),
    ("(p[0])", "t_p_idx"),
    ("pg_catalog.lower(b)", "t_lower_idx"),
    ("(a::bigint::text)", "t_a_idx"),
    ("(ar[1:2])", "t_ar_idx"),
    ("normalize(b)", "t_normalize_idx"),
    ("(b IS NORMALIZED)", "t_is_normalized_idx"),
    ("(a IS DISTINCT FROM 1)", "t_expr_idx"),
    ("(ts + interval '1 day')", "t_expr_idx"),
    ("md5(b)", "t_md5_idx"),
    ("to_tsvector('english',b)", "t_to_tsvector_idx"),
    ("(((a)))", "t_a_idx"),
    ("((ROW(a,b)::c).x)", "t_x_idx"),
    ("(true)", "t_expr_idx"),
    ("(NULL::int)", "t_int4_idx"),
    ("((f)::int)", "t_f_idx"),
    ("(CASE WHEN a>0 THEN 1 END::text)", "t_text_idx"),
    ("((a + 1)::text)", "t_text_idx"),
    ("((a + 1)::bigint::text)", "t_text_idx"),
    ("(CASE WHEN f THEN 1 ELSE (a+1)::bigint END)", "t_case_idx"),
    ("(upper(b) COLLATE \"C\")", "t_upper_idx"),
    ("((co).y COLLATE \"C\")", "t_y_idx"),
    ("(ar[1]::text)", "t_ar_idx"),
    ("((co).x::text)", "t_x_idx"),
    ("((a,1) = (1,2))", "t_expr_idx"),
    ("((b || 'x')::varchar(3))", "t_varchar_idx"),
    ("lower(upper(b))", "t_lower_idx"),
    ("a, lower(b), (a+1), (a+2)", "t_a_lower_expr_expr1_idx"),
    ("lower(b), lower(b || 'x'), upper(b)", "t_lower_lower1_upper_idx"),
    ("(a+1), (a+2), (a+3)", "t_expr_expr1_expr2_idx"),
    ("a) INCLUDE (a", "t_a_a1_idx"),
    ("lower(b)) INCLUDE (a, b", "t_lower_a_b_idx"),
    ("(a+1)) INCLUDE (b, a", "t_expr_b_a_idx"),
    ("((b)::text)", "t_b_idx"),
  ]
}

extension Histories {
  /// Names that the server makes of expressions and of what is there already.
  static let names = """
    create type c as (x int, y text)
    ;;
    create table t (id int primary key, a int, b text, f boolean, ar int[], co c, ts timestamp)
    ;;
    create index on t ((case when a > 0 then 1 end), lower(b), (a + 1), (a + 2)) include (a, b)
    ;;
    create index on t ((case when a > 0 then 1 else a end)); create index on t ((ar[1])); create index on t (((co).x))
    ;;
    create index on t (upper(b), upper(b || 'x')); create index on t ((b || 'x')); create index on t ((b || 'y'))
    ;;
    create unique index on t ((ts at time zone 'UTC'), extract(year from ts))
    ;;
    create table u (like t including indexes)
    ;;
    create table u2 (like t including all)
    ;;
    alter table u2 rename column a to z
    ;;
    create table u3 (like u2 including indexes)
    ;;
    create type t_a_key as (i int)
    ;;
    alter table t add unique (a)
    ;;
    create type t_b_idx as enum ('a')
    ;;
    create index on t (b)
    ;;
    alter table t add unique (a, b) include (a)
    ;;
    alter table t add exclude using btree ((a + 1) with =) include (a)
    ;;
    alter table t add exclude using btree (lower(b) with =, (a + 1) with =)
    ;;
    create type t_n_seq as (i int)
    ;;
    alter table t add n serial
    ;;
    create type i9 as (i int)
    ;;
    create index i9 on t (a)
    ;;
    create table pp (id int, b text) partition by range (id)
    ;;
    create table pp1 partition of pp for values from (0) to (10)
    ;;
    create index on pp (lower(b), (id + 1))
    ;;
    create table pp2 partition of pp for values from (10) to (20)
    ;;
    create table v as select true, 'x'::text, (select 1::int)::text, exists (select 1), array(select 1), least(1, 2)
    ;;
    create view w as select case when a > 0 then 1::int end, (select max(x) from (select 1 as x) y)::text, now() at time zone 'UTC' from t
    ;;
    create view w2 as select grouping(a), (values (1)) from t group by a
    """
}
