// Statements in which names and types are found by winding ways, and which PostgreSQL takes; bounds of partitions,
// and calls of functions that the history made, one a line behind the SQLSTATE. All seen on PostgreSQL 15.

extension Failures {
  private static let windingTables = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TYPE comp AS (a int, b text);
    CREATE TABLE t (id int PRIMARY KEY, s text, v varchar(20), n int, big bigint, q numeric(8,2), bo bool, d date, ts timestamptz, e mood, jb jsonb, arr int[], tags text[], c comp, u uuid, iv interval, tm time, ip inet, by bytea, x xml, tsv tsvector, r int4range);
    CREATE TABLE o (id int PRIMARY KEY, t_id int, code text, parent_id int);
    CREATE VIEW vw AS SELECT id, s, n + 1 AS n1 FROM t;
    CREATE SCHEMA sc;
    CREATE TABLE sc.t (id int, z text);
    CREATE FUNCTION fn(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION tf(int) RETURNS TABLE (aa int, bb text) LANGUAGE sql AS 'SELECT $1, ''a''';
    CREATE FUNCTION st() RETURNS SETOF o LANGUAGE sql AS 'SELECT * FROM o';
    CREATE SEQUENCE sq;
    """

  static let takenWindingForms: [(String, String)] = statements(
    windingTables,
    """
    CREATE VIEW x AS SELECT (c).a FROM t
    CREATE VIEW x AS SELECT (t.c).b || 'x' AS k FROM t
    CREATE VIEW x AS SELECT t FROM t
    CREATE VIEW x AS SELECT row_to_json(t) FROM t
    CREATE VIEW x AS SELECT row_to_json(t.*) FROM t
    CREATE VIEW x AS SELECT to_jsonb(t) - 'id' AS j FROM t
    CREATE VIEW x AS SELECT count(t) FROM t
    CREATE VIEW x AS SELECT count(t.*) FROM t
    CREATE VIEW x AS SELECT key, value FROM t, jsonb_each(jb)
    CREATE VIEW x AS SELECT j.key FROM t, jsonb_each_text(t.jb) j
    CREATE VIEW x AS SELECT k FROM t, jsonb_object_keys(jb) k
    CREATE VIEW x AS SELECT value ->> 'a' AS a FROM t, jsonb_array_elements(jb)
    CREATE VIEW x AS SELECT el ->> 'a' AS a FROM t, jsonb_array_elements(jb) el
    CREATE VIEW x AS SELECT el.value ->> 'a' AS a FROM t CROSS JOIN LATERAL jsonb_array_elements(t.jb) AS el
    CREATE VIEW x AS SELECT el ->> 'a' AS a FROM t, jsonb_array_elements(jb) AS y(el)
    CREATE VIEW x AS SELECT y.a, y.b FROM t, jsonb_to_record(jb) AS y(a int, b text)
    CREATE VIEW x AS SELECT y.a + 1 AS k FROM t, jsonb_to_recordset(jb) AS y(a int, b text)
    CREATE VIEW x AS SELECT g FROM generate_series(1, 3) g
    CREATE VIEW x AS SELECT g.g FROM generate_series(1, 3) g
    CREATE VIEW x AS SELECT generate_series FROM generate_series(1, 3)
    CREATE VIEW x AS SELECT g.i FROM generate_series(1, 3) AS g(i)
    CREATE VIEW x AS SELECT gs::date FROM generate_series('2020-01-01'::date, '2020-02-01', '1 day') gs
    CREATE VIEW x AS SELECT a.e1, a.ord FROM t, unnest(arr) WITH ORDINALITY AS a(e1, ord)
    CREATE VIEW x AS SELECT a, ordinality FROM t, unnest(arr) WITH ORDINALITY a
    CREATE VIEW x AS SELECT unnest FROM unnest(ARRAY[1,2])
    CREATE VIEW x AS SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b']) AS z(a, b)
    CREATE VIEW x AS SELECT z.b FROM ROWS FROM (generate_series(1,2), generate_series(1,3)) AS z(a, b)
    CREATE VIEW x AS SELECT m[1] FROM t, regexp_matches(s, 'a') m
    CREATE VIEW x AS SELECT m[1] FROM t, regexp_match(s, 'a') m
    CREATE VIEW x AS SELECT w FROM t, regexp_split_to_table(s, ' ') w
    CREATE VIEW x AS SELECT t.id FROM t TABLESAMPLE SYSTEM (10)
    CREATE VIEW x AS SELECT j.id FROM (t JOIN o USING (id)) AS j
    CREATE VIEW x AS SELECT j.code FROM (t JOIN o ON o.t_id = t.n) AS j (a1, a2)
    CREATE VIEW x AS SELECT a.id, b.id AS bid FROM o a LEFT JOIN o b ON b.id = a.parent_id
    CREATE VIEW x AS SELECT id, s, code FROM t FULL JOIN o USING (id)
    CREATE VIEW x AS SELECT * FROM t JOIN o USING (id)
    CREATE VIEW x AS SELECT id FROM t NATURAL JOIN o
    CREATE VIEW x AS SELECT sc.t.z FROM sc.t
    CREATE VIEW x AS SELECT t.z FROM sc.t
    CREATE VIEW x AS SELECT public.t.s FROM t
    CREATE VIEW x AS SELECT public.t.s, sc.t.z FROM t, sc.t
    CREATE VIEW x AS SELECT ctid, xmin FROM t
    CREATE VIEW x AS SELECT t.ctid, t.tableoid::regclass FROM t
    CREATE VIEW x AS SELECT last_value FROM sq
    CREATE VIEW x AS SELECT relname FROM pg_class WHERE relkind = 'r'
    CREATE VIEW x AS SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
    CREATE VIEW x AS SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
    CREATE VIEW x AS SELECT n1 + 1 AS k FROM vw
    CREATE VIEW x AS WITH RECURSIVE r AS (SELECT id, parent_id, 1 AS lvl FROM o WHERE parent_id IS NULL UNION ALL SELECT o.id, o.parent_id, r.lvl + 1 FROM o JOIN r ON r.id = o.parent_id) SELECT id, lvl FROM r
    CREATE VIEW x AS WITH RECURSIVE r(a, b) AS (SELECT 1, 'x'::text UNION ALL SELECT a + 1, b || 'y' FROM r WHERE a < 5) SELECT a, b FROM r
    CREATE VIEW x AS WITH RECURSIVE r AS (SELECT id, ARRAY[id] AS path FROM o UNION ALL SELECT o.id, r.path || o.id FROM o, r WHERE o.parent_id = r.id AND NOT o.id = ANY(r.path)) SELECT * FROM r
    CREATE VIEW x AS WITH RECURSIVE a AS (SELECT 1 AS k), b AS (SELECT k FROM a) SELECT k FROM b
    CREATE VIEW x AS WITH a AS (SELECT id AS k FROM t), b AS (SELECT k, count(*) AS c FROM a GROUP BY k) SELECT k, c FROM b WHERE c > 1
    CREATE VIEW x AS WITH t AS (SELECT 1 AS only_here) SELECT only_here FROM t
    CREATE VIEW x AS SELECT (SELECT only_here FROM (SELECT 1 AS only_here) y)
    CREATE VIEW x AS SELECT id FROM t WHERE EXISTS (SELECT 1 FROM o WHERE t_id = t.id AND code = s)
    CREATE VIEW x AS SELECT id FROM t WHERE n > (SELECT avg(n) FROM t i WHERE i.s = t.s)
    CREATE VIEW x AS SELECT id FROM t WHERE (n, s) IN (SELECT t_id, code FROM o)
    CREATE VIEW x AS SELECT id FROM t WHERE (n, big) IN (VALUES (1, 2), (3, 4))
    CREATE VIEW x AS SELECT id FROM t WHERE n IN (VALUES (1), (2))
    CREATE VIEW x AS SELECT id FROM t WHERE ROW(t.*) IS NOT NULL
    CREATE VIEW x AS SELECT id FROM t WHERE t IS NOT NULL
    CREATE VIEW x AS SELECT id FROM t WHERE (id, n) > (1, 2) ORDER BY id DESC NULLS LAST LIMIT 10 OFFSET 5
    CREATE VIEW x AS SELECT id FROM t LIMIT ALL
    CREATE VIEW x AS SELECT id FROM t FETCH FIRST 5 ROWS ONLY
    CREATE VIEW x AS SELECT id FROM t LIMIT (SELECT 5)
    CREATE VIEW x AS SELECT id FROM t LIMIT '5'
    CREATE VIEW x AS SELECT DISTINCT s FROM t ORDER BY s
    CREATE VIEW x AS SELECT DISTINCT s AS k FROM t ORDER BY k
    CREATE VIEW x AS SELECT DISTINCT s AS k FROM t ORDER BY s
    CREATE VIEW x AS SELECT DISTINCT t.s FROM t ORDER BY s
    CREATE VIEW x AS SELECT DISTINCT ON (s) s, n FROM t ORDER BY s, n DESC
    CREATE VIEW x AS SELECT DISTINCT ON (t.s) n FROM t ORDER BY t.s, n DESC
    CREATE VIEW x AS SELECT DISTINCT ON (k) s AS k, n FROM t ORDER BY k, n
    CREATE VIEW x AS SELECT DISTINCT ON (s, n) id FROM t ORDER BY n, s, id
    CREATE VIEW x AS SELECT DISTINCT ON (1) s, n FROM t ORDER BY s
    CREATE VIEW x AS SELECT DISTINCT ON (s) s AS a, n FROM t ORDER BY a
    CREATE VIEW x AS SELECT s, count(*) FROM t GROUP BY s ORDER BY count(*) DESC
    CREATE VIEW x AS SELECT s, count(*) AS c FROM t GROUP BY 1 HAVING count(*) > 1 ORDER BY c
    CREATE VIEW x AS SELECT t.s, max(n) FROM t GROUP BY s
    CREATE VIEW x AS SELECT s, max(n) FROM t GROUP BY t.s
    CREATE VIEW x AS SELECT id, s, count(o.id) FROM t JOIN o USING (id) GROUP BY id, s
    CREATE VIEW x AS SELECT t.id, t.s, count(*) FROM t JOIN o ON o.t_id = t.id GROUP BY t.id
    CREATE VIEW x AS SELECT lower(s), count(*) FROM t GROUP BY lower(s)
    CREATE VIEW x AS SELECT lower(s) || 'x', count(*) FROM t GROUP BY lower(s)
    CREATE VIEW x AS SELECT lower(s) AS k, count(*) FROM t GROUP BY k
    CREATE VIEW x AS SELECT date_trunc('day', ts) AS day, sum(n) FROM t GROUP BY day
    CREATE VIEW x AS SELECT CASE WHEN n > 1 THEN 'a' ELSE 'b' END AS k, count(*) FROM t GROUP BY k
    CREATE VIEW x AS SELECT CASE WHEN n > 1 THEN 'a' ELSE 'b' END AS k, count(*) FROM t GROUP BY 1
    CREATE VIEW x AS SELECT s, n, count(*) FROM t GROUP BY ROLLUP (s, n)
    CREATE VIEW x AS SELECT s, n, count(*), grouping(s) FROM t GROUP BY GROUPING SETS ((s), (n))
    CREATE VIEW x AS SELECT s || v AS k, count(*) FROM t GROUP BY s, v
    CREATE VIEW x AS SELECT s || v AS k, count(*) FROM t GROUP BY s || v
    CREATE VIEW x AS SELECT t.s || 'a' AS k, count(*) FROM t GROUP BY s || 'a'
    CREATE VIEW x AS SELECT n + 1 AS k, count(*) FROM t GROUP BY n + 1
    CREATE VIEW x AS SELECT x.a, sum(x.b) FROM (SELECT s AS a, n AS b FROM t) x GROUP BY x.a
    CREATE VIEW x AS SELECT s, sum(sum(n)) OVER (ORDER BY s) FROM t GROUP BY s
    CREATE VIEW x AS SELECT id, sum(n) OVER w, rank() OVER (PARTITION BY s ORDER BY n) FROM t WINDOW w AS (PARTITION BY s)
    CREATE VIEW x AS SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) FROM t
    CREATE VIEW x AS SELECT string_agg(DISTINCT s, ', ' ORDER BY s) FROM t
    CREATE VIEW x AS SELECT array_agg(s ORDER BY n DESC) FILTER (WHERE bo) FROM t
    CREATE VIEW x AS SELECT jsonb_build_object('a', n, 'b', s) AS j, jsonb_agg(jsonb_build_object('k', id)) OVER () FROM t
    CREATE VIEW x AS SELECT jsonb_object_agg(s, n) FROM t WHERE s IS NOT NULL
    CREATE VIEW x AS SELECT json_build_array(1, 'a', n) j FROM t
    CREATE VIEW x AS SELECT format('%s-%s', s, n) f, concat_ws('-', s, n, d) c FROM t
    CREATE VIEW x AS SELECT coalesce(n, 0) + coalesce(big, 0) k, coalesce(s, v, 'x') l, greatest(n, big, 1.5) g FROM t
    CREATE VIEW x AS SELECT nullif(trim(s), '') k, nullif(n, 0) l FROM t
    CREATE VIEW x AS SELECT extract(epoch FROM (ts - now())) k, ts::date - d AS days, d + 1 AS nx, d + interval '1 day' nd, ts AT TIME ZONE 'UTC' z FROM t
    CREATE VIEW x AS SELECT to_char(ts, 'YYYY-MM') m, age(ts) a, date_part('dow', d) w, make_interval(days => n) mi FROM t
    CREATE VIEW x AS SELECT substring(s from 1 for 3) a, substring(s from '^a') b, position('a' in s) c, overlay(s placing 'x' from 1 for 1) d, trim(both 'x' from s) e FROM t
    CREATE VIEW x AS SELECT arr[1] a, arr[1:2] b, array_length(arr, 1) c, arr || 5 d, 5 || arr e, arr || ARRAY[6] f, array_remove(tags, 'a') g, tags @> ARRAY['a'] h, tags && '{a,b}' i FROM t
    CREATE VIEW x AS SELECT tsv @@ to_tsquery('english', 'a & b') a, to_tsvector('english', s) @@ plainto_tsquery('a') b, ts_rank(tsv, to_tsquery('a')) c FROM t
    CREATE VIEW x AS SELECT xpath('/a', x) a, xmlelement(name foo, s) b FROM t
    CREATE VIEW x AS SELECT n::text || ' ' || q AS k, n || s AS l, e || s AS m, s || d AS n2 FROM t
    CREATE VIEW x AS SELECT e = 'ok' a, e > 'sad' b, e::text LIKE 'o%' c, e IN ('ok') d1, enum_range(NULL::mood) f FROM t
    CREATE VIEW x AS SELECT iv * 2 a, iv / 2 b, iv + iv c, tm + iv d, tm - tm e, d + tm f, extract(hour from tm) g FROM t
    CREATE VIEW x AS SELECT 'a' AS k UNION SELECT s FROM t UNION ALL SELECT NULL
    CREATE VIEW x AS (SELECT id FROM t ORDER BY n LIMIT 1) UNION ALL (SELECT id FROM o ORDER BY code LIMIT 1)
    CREATE VIEW x AS SELECT id AS k FROM t UNION SELECT t_id FROM o ORDER BY k
    CREATE VIEW x AS SELECT id FROM t UNION SELECT t_id FROM o ORDER BY 1
    CREATE VIEW x AS SELECT id, s FROM t EXCEPT SELECT id, code FROM o
    CREATE VIEW x AS VALUES (1, 'a'), (2, 'b')
    CREATE VIEW x AS SELECT column1 + 1 AS k, column2 FROM (VALUES (1, 'a'), (2, NULL)) v
    CREATE VIEW x AS SELECT v.id, v.w FROM (VALUES (1, '2020-01-01'::date), (2, '2020-01-02')) v(id, w)
    CREATE VIEW x AS SELECT y.* FROM t CROSS JOIN LATERAL (SELECT t.n + 1 AS k, o.code FROM o WHERE o.t_id = t.id LIMIT 1) y
    CREATE VIEW x AS SELECT t.id, y.cnt FROM t LEFT JOIN LATERAL (SELECT count(*) AS cnt FROM o WHERE o.t_id = t.id) y ON true
    CREATE VIEW x AS SELECT a.id FROM t a, LATERAL unnest(a.arr) b(k), LATERAL (SELECT b.k + a.n AS z) c WHERE c.z > 1
    CREATE VIEW x AS SELECT ARRAY(SELECT code FROM o WHERE o.t_id = t.id ORDER BY code) codes FROM t
    CREATE VIEW x AS SELECT CASE WHEN bo THEN n ELSE NULL END k, CASE s WHEN 'a' THEN 1 WHEN 'b' THEN 2 END l, CASE WHEN n IS NULL THEN 'none' ELSE n::text END m FROM t
    CREATE VIEW x AS SELECT current_setting('a.b', true)::int k, current_user u1, session_user u2, current_date cd, localtimestamp l FROM t
    CREATE VIEW x AS SELECT s SIMILAR TO 'a%' a, s ~* 'b' b, s LIKE ANY (ARRAY['a%', 'b%']) c, s NOT ILIKE 'x' d, n BETWEEN SYMMETRIC 5 AND 1 e, n NOT BETWEEN 1 AND 2 f, s COLLATE "C" < 'b' g FROM t
    CREATE VIEW x AS SELECT bo IS NOT TRUE a, NOT bo b, bo = 't' c, bo::int d, (n > 1) = bo e, bo IN (true, false) f, num_nonnulls(n, s) g FROM t
    CREATE VIEW x AS SELECT (SELECT count(*) FROM o WHERE o.t_id = t.id) AS c, (SELECT code FROM o LIMIT 1) || 'x' AS k FROM t
    CREATE VIEW x AS SELECT t1.id FROM t AS t1 WHERE t1.n = (SELECT max(t2.n) FROM t AS t2 WHERE t2.s = t1.s)
    CREATE VIEW x AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY s ORDER BY id) AS rn FROM t) y WHERE y.rn = 1
    CREATE VIEW x AS SELECT rn FROM (SELECT t.*, row_number() OVER () AS rn FROM t) y WHERE rn > 1
    CREATE VIEW x AS SELECT "t"."id" AS "Id" FROM "t" ORDER BY "Id"
    CREATE VIEW x AS SELECT o.id FROM o WHERE o = (SELECT o2 FROM o o2 LIMIT 1)
    DELETE FROM o a USING o b WHERE a.id < b.id AND a.code = b.code
    DELETE FROM o WHERE ctid NOT IN (SELECT min(ctid) FROM o GROUP BY code)
    DELETE FROM o WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY code ORDER BY id) AS rn FROM o) x WHERE x.rn > 1)
    DELETE FROM o USING t WHERE t.id = o.t_id AND t.bo RETURNING o.*, t.s
    WITH d AS (DELETE FROM o WHERE t_id IS NULL RETURNING id, code) UPDATE t SET s = d.code FROM d WHERE d.id = t.id
    WITH d AS (SELECT id, max(code) AS m FROM o GROUP BY id) UPDATE t SET s = d.m FROM d WHERE d.id = t.id
    UPDATE t SET s = o.code FROM o JOIN sc.t z ON z.id = o.id WHERE o.t_id = public.t.id
    UPDATE t a SET s = a.s || b.s FROM t b WHERE b.id = a.n
    UPDATE t SET u = COALESCE(u, gen_random_uuid()), bo = COALESCE(bo, false), ts = COALESCE(ts, now())
    UPDATE t SET n = v.n FROM (VALUES (1, 5), (2, 6)) AS v (id, n) WHERE v.id = t.id
    UPDATE t SET s = x.v FROM (SELECT 1 AS id, 'a' AS v UNION ALL SELECT 2, 'b') x WHERE x.id = t.id
    CREATE TABLE x AS SELECT t.*, o.code FROM t JOIN o ON o.t_id = t.id
    CREATE MATERIALIZED VIEW x AS SELECT s, count(*) AS c FROM t GROUP BY s WITH NO DATA
    CREATE POLICY x ON t USING (id IN (SELECT t_id FROM o WHERE o.code = current_user))
    CREATE POLICY x ON t USING (EXISTS (SELECT 1 FROM o WHERE o.t_id = t.id))
    CREATE POLICY x ON t FOR INSERT WITH CHECK (n = (SELECT max(id) FROM o) AND current_setting('app.x', true) = s)
    CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM o WHERE t_id = OLD.id
    CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO o (id, code) SELECT NEW.id, NEW.s
    CREATE RULE r AS ON UPDATE TO t WHERE OLD.s IS DISTINCT FROM NEW.s DO ALSO UPDATE o SET code = NEW.s WHERE o.t_id = OLD.id
    CREATE DOMAIN dd AS text CHECK (VALUE ~* '^[^@]+@[^@]+$' AND char_length(VALUE) <= 254) DEFAULT 'a@b'
    CREATE DOMAIN dd AS numeric(10,2) CHECK (VALUE >= 0) DEFAULT 0
    CREATE DOMAIN dd AS int[] CHECK (array_length(VALUE, 1) = 2) DEFAULT '{1,2}'
    CREATE DOMAIN dd AS jsonb CHECK (jsonb_typeof(VALUE) = 'array') DEFAULT '[]'
    CREATE DOMAIN dd AS comp CHECK ((VALUE).a > 0)
    CREATE DOMAIN dd AS timestamptz DEFAULT now()
    CREATE DOMAIN dd AS uuid DEFAULT gen_random_uuid()
    CREATE DOMAIN dd AS mood CHECK (VALUE IN ('ok', 'sad')) DEFAULT 'ok'
    """)

  private static let madeTables = """
    CREATE TABLE t (id int PRIMARY KEY, s text, n int);
    CREATE TABLE part (id int, k int) PARTITION BY RANGE (k);
    CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (10);
    CREATE TABLE pd (id int, d date) PARTITION BY RANGE (d);
    CREATE TABLE pd1 PARTITION OF pd FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
    CREATE TABLE pl (id int, s text) PARTITION BY LIST (s);
    CREATE TABLE pl1 PARTITION OF pl FOR VALUES IN ('a', 'b');
    CREATE TABLE pl0 PARTITION OF pl DEFAULT;
    CREATE TABLE free (id int, k int);
    CREATE FUNCTION fn(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION ov(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
    CREATE FUNCTION ov(a text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
    CREATE FUNCTION an(a anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1';
    CREATE FUNCTION vr(VARIADIC a int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    """

  static let refusedMadeForms: [Case] = lines(
    madeTables,
    """
    42P17 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (5) TO (20)
    42P17 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (-10) TO (1)
    42P17 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (MINVALUE) TO (MAXVALUE)
    42P17 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (20) TO (10)
    42P17 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (20) TO (20)
    42P16 CREATE TABLE p2 PARTITION OF part FOR VALUES IN (5)
    22P02 CREATE TABLE p2 PARTITION OF part FOR VALUES FROM ('x') TO ('y')
    42P17 CREATE TABLE p2 PARTITION OF pd FOR VALUES FROM ('2024-01-15') TO ('2024-03-01')
    42P17 CREATE TABLE p2 PARTITION OF pd FOR VALUES FROM ('2024-04-01') TO ('2024-03-01')
    22008 CREATE TABLE p2 PARTITION OF pd FOR VALUES FROM ('2024-02-30') TO ('2024-03-01')
    42P17 CREATE TABLE p2 PARTITION OF pl FOR VALUES IN ('c', 'b')
    42P16 CREATE TABLE p2 PARTITION OF pl FOR VALUES FROM ('a') TO ('b')
    42P17 CREATE TABLE p2 PARTITION OF pl DEFAULT
    42P17 ALTER TABLE part ATTACH PARTITION free FOR VALUES FROM (5) TO (20)
    22P02 ALTER TABLE t ALTER n SET DEFAULT fn('x')
    42883 ALTER TABLE t ALTER n SET DEFAULT fn(1, 2, 3)
    42883 ALTER TABLE t ALTER n SET DEFAULT fn()
    42883 ALTER TABLE t ALTER n SET DEFAULT fn(1, 2)
    42804 ALTER TABLE t ALTER n SET DEFAULT ov('a')
    42804 ALTER TABLE t ALTER n SET DEFAULT an('a'::text)
    42804 ALTER TABLE t ALTER n SET DEFAULT an('a')
    42883 CREATE INDEX x ON t (ov(id > 1))
    22P02 ALTER TABLE t ADD CHECK (ov(n) = '')
    42883 CREATE VIEW x AS SELECT fn(s) FROM t
    42883 CREATE VIEW x AS SELECT public.fn(s) FROM t
    42P13 CREATE FUNCTION f2() RETURNS int LANGUAGE sql AS 'SELECT 1, 2'
    42703 CREATE FUNCTION f2(v int) RETURNS void LANGUAGE sql AS 'UPDATE t SET n = vv'
    42804 CREATE FUNCTION f2(v text) RETURNS void LANGUAGE sql AS 'UPDATE t SET n = v'
    42883 CREATE FUNCTION f2(v text) RETURNS void LANGUAGE sql AS 'DELETE FROM t WHERE n = v'
    42883 CREATE FUNCTION f2(v int) RETURNS void LANGUAGE sql AS 'INSERT INTO t (id, s) VALUES (v, upper(v))'
    """)

  static let takenMadeForms: [(String, String)] = statements(
    madeTables,
    """
    CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (10) TO (20)
    CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (-10) TO (0)
    CREATE TABLE p2 PARTITION OF part FOR VALUES FROM (10) TO (MAXVALUE)
    CREATE TABLE p2 PARTITION OF part FOR VALUES FROM ('30') TO ('40')
    CREATE TABLE p2 PARTITION OF part DEFAULT
    CREATE TABLE p2 PARTITION OF pd FOR VALUES FROM ('2024-02-01') TO ('2024-03-01')
    ALTER TABLE t ALTER n SET DEFAULT fn('5')
    ALTER TABLE t ALTER n SET DEFAULT fn(1, 'a')
    ALTER TABLE t ALTER s SET DEFAULT fn(1)
    ALTER TABLE t ALTER n SET DEFAULT ov(1)
    ALTER TABLE t ALTER s SET DEFAULT ov('a')
    ALTER TABLE t ALTER n SET DEFAULT an(1)
    ALTER TABLE t ALTER n SET DEFAULT vr(1, 2, 3)
    CREATE FUNCTION f2() RETURNS TABLE (a int, b int) LANGUAGE sql AS 'SELECT 1, 2'
    CREATE FUNCTION f2(OUT a int, OUT b int) LANGUAGE sql AS 'SELECT 1, 2'
    CREATE FUNCTION f2() RETURNS record LANGUAGE sql AS 'SELECT 1, 2'
    CREATE FUNCTION f2() RETURNS t LANGUAGE sql AS 'SELECT 1, ''a'', 3'
    CREATE FUNCTION f2() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'
    CREATE FUNCTION f2(v int) RETURNS void LANGUAGE sql AS 'UPDATE t SET n = v WHERE id = f2.v'
    CREATE FUNCTION f2(v text) RETURNS void LANGUAGE sql AS 'DELETE FROM t WHERE s = v OR n IN (SELECT id FROM t WHERE s = v)'
    CREATE FUNCTION f2(n int) RETURNS void LANGUAGE sql AS 'DELETE FROM t WHERE t.n = f2.n'
    CREATE FUNCTION f2(v int) RETURNS void LANGUAGE sql AS 'INSERT INTO t (id, s) SELECT v, g FROM generate_series(1, v) g'
    CREATE FUNCTION f2(r t) RETURNS int LANGUAGE sql AS 'SELECT r.n'
    CREATE PROCEDURE p2(v int) LANGUAGE sql AS 'UPDATE t SET n = v; DELETE FROM t WHERE id = v'
    CREATE FUNCTION f2(r t) RETURNS void LANGUAGE sql AS 'UPDATE t SET n = r.n + (r).id, s = r.s WHERE id = r.id'
    """)

  static let madeFormsOnRows: [(String, String)] =
    statements(
      windingTables,
      """
      CREATE VIEW x AS SELECT jb -> 'a' -> 0 ->> 'b' k, jb #>> '{a,b}' l, (jb ->> 'n')::int m, jb @> '{"a": [1]}' o, jb ? 'k' p, jb ?| array['a'] q, jb @@ '$.a > 1' r, jsonb_path_query_first(jb, '$.a') s1 FROM t
      CREATE VIEW x AS SELECT ip << '10.0.0.0/8' a, host(ip) b, r @> 5 c, r && int4range(1, 5) d, lower(r) e, encode(by, 'hex') f, md5(by) g, length(by) h FROM t
      UPDATE t SET (s, n) = (o.code, o.t_id) FROM o WHERE o.t_id = t.id
      UPDATE t SET (s, n) = (SELECT o.code, o.t_id FROM o WHERE o.t_id = t.id)
      UPDATE t SET jb = jsonb_set(jb, '{a}', COALESCE(jb -> 'a', '[]') || '{"k": 1}')
      UPDATE t SET jb = jb || jsonb_build_object('a', s)
      UPDATE t SET arr = ARRAY(SELECT unnest(arr) EXCEPT SELECT 5)
      UPDATE t SET c = ROW(1, 'a'), r = '[1,5)', ip = '10.0.0.1', x = '<a/>', iv = '1 day'
      UPDATE t SET d = s::date, ts = to_timestamp(n), n = extract(year from d), q = n, v = n, s = jb
      UPDATE t SET e = CASE s WHEN 'a' THEN 'ok'::mood ELSE 'sad' END, n = CASE WHEN bo THEN 1 ELSE 0 END
      UPDATE t SET e = (CASE WHEN bo THEN 'ok' ELSE 'sad' END)::mood
      UPDATE t SET n = sub.rn FROM (SELECT id, row_number() OVER (ORDER BY id) AS rn FROM t) sub WHERE sub.id = t.id
      UPDATE t SET s = (SELECT string_agg(el ->> 'k', ',') FROM jsonb_array_elements(t.jb) AS el)
      UPDATE t SET jb = (SELECT jsonb_agg(el - 'k') FROM jsonb_array_elements(jb) el)
      UPDATE t SET jb = (SELECT jsonb_object_agg(key, value) FROM jsonb_each(jb) WHERE key <> 'a')
      UPDATE t SET jb = (SELECT COALESCE(jsonb_agg(xx), '[]'::jsonb) FROM jsonb_array_elements_text(jb) AS xx WHERE xx <> 'a')
      INSERT INTO o (id, t_id, code) SELECT nextval('sq'), id, s FROM t WHERE NOT EXISTS (SELECT 1 FROM o WHERE o.t_id = t.id)
      INSERT INTO o (id, code) SELECT DISTINCT ON (s) id, s FROM t ORDER BY s, id
      INSERT INTO o SELECT id, n, s FROM t ON CONFLICT (id) DO UPDATE SET code = excluded.code || o.code WHERE o.code IS DISTINCT FROM excluded.code
      INSERT INTO o AS z (id, code) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET code = z.code || excluded.code
      INSERT INTO o (id, code) VALUES (1, 'a') ON CONFLICT ON CONSTRAINT o_pkey DO NOTHING RETURNING id, o.code
      INSERT INTO o (id, code) WITH w AS (SELECT 1 AS a, 'b' AS b) SELECT a, b FROM w
      WITH w AS (SELECT id, s FROM t) INSERT INTO o (id, code) SELECT w.id, w.s FROM w RETURNING *
      WITH w AS (INSERT INTO o (id, code) SELECT id, s FROM t RETURNING id, code) INSERT INTO sc.t (id, z) SELECT id, code FROM w
      INSERT INTO t (id, e, d, ts, jb, arr, tags, u, iv, ip, q, bo) SELECT 1, 'ok', '2020-01-01', '2020-01-01 10:00', '{"a": 1}', '{1,2}', '{a}', '6ecd8c99-4036-403d-bf84-cf8400f67836', '1 day', '10.0.0.1', '1.5', 'yes'
      INSERT INTO t (id, e) SELECT 1, 'ok' UNION ALL SELECT 2, 'sad'::mood
      INSERT INTO o (id, code) SELECT x.id, x.j ->> 'code' FROM (SELECT id, jsonb_array_elements(jb) AS j FROM t) x
      INSERT INTO o (id, code) SELECT g.i, 'n' || g.i FROM generate_series(1, 5) AS g(i)
      ALTER TABLE t ADD CHECK (jb ? 'a' AND jsonb_typeof(jb) = 'object' AND (n IS NULL) <> (big IS NULL) AND num_nonnulls(n, big) = 1)
      ALTER TABLE t ADD CHECK (s ~ '^[a-z]+$' AND length(s) BETWEEN 1 AND 20 AND s = lower(s) AND s NOT IN ('a', 'b'))
      CREATE INDEX x ON t (lower(s), (jb ->> 'a'), COALESCE(n, 0), (s COLLATE "C")) WHERE e = 'ok' AND NOT bo AND n IN (1, 2) AND d > '2020-01-01'
      """)
    + statements(
      madeTables,
      """
      CREATE TABLE p2 PARTITION OF pl FOR VALUES IN ('c')
      ALTER TABLE part ATTACH PARTITION free FOR VALUES FROM (15) TO (20)
      CREATE INDEX x ON t (ov(s), ov(n))
      ALTER TABLE t ADD CHECK (ov(n) > 1 AND ov(s) <> '')
      """)
}
