// Statements whose expressions have types that do not suit, one a line behind the SQLSTATE, and neighbours that
// PostgreSQL takes; all seen on PostgreSQL 15.

extension Failures {
  private static let columns = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE DOMAIN amount AS int;
    CREATE TABLE t (id int PRIMARY KEY, s text, v varchar(20), n int, big bigint, q numeric(8,2), bo bool, d date, ts timestamp, e mood, u uuid, jb jsonb, arr int[], tags text[], am amount);
    CREATE TABLE o (id int PRIMARY KEY, t_id int, code text, on_day date, ok bool);
    """

  static let mistypedForms: [Case] = mistyped(
    """
    42804 UPDATE t SET bo = CASE WHEN n = 1 THEN 1 ELSE 0 END
    42804 UPDATE t SET d = CASE WHEN n = 1 THEN '2024-01-01' END
    42804 UPDATE t SET d = COALESCE(NULL, '2024-01-01')
    42804 UPDATE t SET e = CASE WHEN bo THEN 'ok' ELSE 'sad' END
    42804 UPDATE t SET n = s || '1'
    42804 UPDATE t SET n = NULLIF(s, '')
    42804 UPDATE t SET bo = n
    42804 UPDATE t SET jb = tags
    42804 UPDATE t SET u = lower(s)
    42804 UPDATE t SET arr = string_to_array(s, ',')
    42804 UPDATE t SET n = o.code FROM o WHERE o.t_id = t.id
    42883 UPDATE t SET s = s + 5
    42883 UPDATE t SET s = lower(n)
    42883 UPDATE t SET n = 1 WHERE s = n
    42883 UPDATE t SET n = 1 WHERE e LIKE 'o%'
    42883 UPDATE t SET n = 1 WHERE n = ANY(tags)
    42883 UPDATE t SET n = 1 WHERE n IN (SELECT 1) AND s > 5
    42883 UPDATE t SET n = 1 WHERE coalesce(bo, false) = 0
    42883 UPDATE t SET n = 1 WHERE upper(u) = 'A'
    42804 UPDATE t SET n = 1 WHERE n
    42804 UPDATE t SET n = 1 WHERE n IS TRUE
    42804 UPDATE t SET n = 1 WHERE NOT n AND bo
    42804 UPDATE t SET n = 1 WHERE n OR bo
    42804 UPDATE t SET n = CASE WHEN n THEN 1 END
    42804 UPDATE t SET s = COALESCE(n, s)
    42804 UPDATE t SET s = GREATEST(d, n)::text
    42P18 UPDATE t SET arr = ARRAY[]
    42846 UPDATE t SET n = d::int
    42846 UPDATE t SET n = jb::date::text::int
    42804 UPDATE t SET arr = ARRAY[s]
    42883 UPDATE t SET n = 1 RETURNING s + 1
    42883 DELETE FROM t USING o WHERE o.code = t.n
    42883 DELETE FROM t WHERE id = ALL (tags)
    42883 DELETE FROM o WHERE ok = 1 OR ok = 0
    42883 DELETE FROM t WHERE to_char(s, 'YYYY') = '2020'
    42883 INSERT INTO t (id) VALUES (50) RETURNING s + 1
    42804 INSERT INTO t (id, bo) SELECT id, t_id FROM o
    42804 INSERT INTO t (id, n) SELECT id, code FROM o
    42804 INSERT INTO t (id, d) VALUES (1, now()::text)
    42804 INSERT INTO t (id, e) VALUES (1, lower('OK'))
    42804 INSERT INTO o SELECT id, n, s, s FROM t
    42883 CREATE VIEW x AS SELECT sum(s) q FROM t
    42883 CREATE VIEW x AS SELECT t.s FROM t JOIN o ON t.id = o.code
    42804 CREATE VIEW x AS SELECT CASE WHEN bo THEN s ELSE n END q FROM t
    42883 CREATE VIEW x AS SELECT id FROM t GROUP BY id HAVING max(s) > 3
    42804 CREATE VIEW x AS SELECT id, s FROM t UNION SELECT code, id FROM o
    42804 CREATE VIEW x AS SELECT id FROM t EXCEPT SELECT t_id FROM o UNION ALL SELECT code FROM o
    42883 CREATE MATERIALIZED VIEW x AS SELECT date_trunc('day', s) FROM t
    42883 CREATE TABLE x AS SELECT s * 2 AS a FROM t
    42883 CREATE INDEX x ON t (lower(n))
    42883 CREATE INDEX x ON t ((s + n))
    42804 CREATE INDEX x ON t (id) WHERE n
    42883 CREATE INDEX x ON t (id) WHERE s > 5
    42883 CREATE TABLE x (a int, b text, CHECK (length(a) > 1))
    42804 CREATE TABLE x (a int CHECK (a))
    42883 CREATE TABLE x (a text CHECK (a + 1 > 0))
    42804 CREATE TABLE x (a text, g int GENERATED ALWAYS AS (length(a) || '') STORED)
    42804 CREATE TABLE x (a date DEFAULT coalesce(null, '2024-01-01'))
    42804 CREATE TABLE x (a int DEFAULT md5('x'))
    42804 CREATE TABLE x (a bool DEFAULT (1 + 1))
    42804 ALTER TABLE t ADD x int[] DEFAULT ARRAY['1', '2']
    42804 ALTER TABLE t ADD x uuid DEFAULT now()
    42804 ALTER TABLE t ALTER n SET DEFAULT current_date
    42883 ALTER TABLE t ADD CHECK (bo = 1)
    42883 ALTER TABLE t ADD CHECK (jb > 5)
    42804 ALTER TABLE t ALTER n TYPE bool USING n + 0
    42804 ALTER TABLE t ALTER s TYPE int USING CASE WHEN s = 'a' THEN '1' END
    42883 ALTER TABLE t ALTER s TYPE int USING s + 1
    42846 ALTER TABLE t ALTER d TYPE int USING d::int
    42883 CREATE POLICY x ON t USING (s = current_setting('a')::int)
    """)

  static let welltypedForms: [(String, String)] = suited(
    """
    UPDATE t SET bo = CASE WHEN n = 1 THEN true ELSE false END
    UPDATE t SET d = CASE WHEN n = 1 THEN DATE '2024-01-01' END
    UPDATE t SET d = CASE WHEN n = 1 THEN current_date ELSE '2024-01-01' END
    UPDATE t SET d = COALESCE(d, '2024-01-01')
    UPDATE t SET e = CASE WHEN bo THEN 'ok'::mood ELSE 'sad' END
    UPDATE t SET s = n
    UPDATE t SET s = n || '1'
    UPDATE t SET v = e
    UPDATE t SET s = d, v = u, n = q, q = n, big = n, am = n
    UPDATE t SET d = ts, ts = d
    UPDATE t SET n = am + 1, am = am * 2
    UPDATE t SET s = concat(n, d, e, jb)
    UPDATE t SET n = length(v), s = lower(v) || upper(s)
    UPDATE t SET n = (jb ->> 'a')::int, s = jb #>> '{a,b}', jb = jb - 'a' || '{}'
    UPDATE t SET jb = jsonb_set(jb, '{a}', to_jsonb(n))
    UPDATE t SET tags = array_append(tags, s), arr = arr || n
    UPDATE t SET n = bo::int, bo = n::bool
    UPDATE t SET n = 1 WHERE e = 'ok' AND e IN ('sad', 'ok') AND e <> ALL (ARRAY['ok']::mood[])
    UPDATE t SET n = 1 WHERE n IN ('1', '2') AND id BETWEEN '1' AND 5
    UPDATE t SET n = 1 WHERE bo AND NOT bo OR bo IS TRUE OR coalesce(bo, 'f')
    UPDATE t SET n = 1 WHERE n = ANY (arr) AND s = ANY (tags) AND 'a' = ANY (tags)
    UPDATE t SET n = 1 WHERE d > ts - interval '1 day' AND ts < now() AND d = '2024-01-01'
    UPDATE t SET n = 1 WHERE s LIKE 'a%' AND v ILIKE '%b' AND s ~ '^a' AND s SIMILAR TO 'a'
    UPDATE t SET n = o.t_id FROM o WHERE o.t_id = t.big AND o.code = t.v
    UPDATE t SET n = 1 WHERE EXISTS (SELECT 1 FROM o WHERE o.t_id = t.id)
    DELETE FROM t WHERE extract(year FROM d) = 2020 OR date_part('year', ts) = 2020
    DELETE FROM t WHERE to_char(ts, 'YYYY') = '2020' AND age(ts) > '1 day'
    DELETE FROM t WHERE trim(s) = '' OR substring(s FROM 1 FOR 2) = 'a' OR position('a' IN s) > 0
    DELETE FROM t WHERE q > 1.5 AND q = n AND round(q, 1) = 2 AND mod(n, 2) = 0
    DELETE FROM t WHERE jb @> '{"a": 1}' AND jb ? 'a' AND (jb -> 'a') IS NULL
    INSERT INTO t (id, bo, s) SELECT id, ok, on_day FROM o
    INSERT INTO t (id, d) VALUES (1, now()), (2, current_timestamp)
    INSERT INTO t (id, e, arr) VALUES (1, 'ok', '{1}'), (2, NULL, ARRAY[1, 2])
    INSERT INTO t (id, arr[1], tags[2]) VALUES (1, 2, lower('x'))
    INSERT INTO o VALUES (1, 2, 3, '2024-01-01', 't')
    CREATE VIEW x AS SELECT sum(n) q, max(s) w, count(*), count(DISTINCT e) r, bool_and(bo), array_agg(d) FROM t
    CREATE VIEW x AS SELECT t.s, o.on_day FROM t JOIN o ON t.id = o.t_id AND o.code = t.s LEFT JOIN o p ON p.id = t.big
    CREATE VIEW x AS SELECT CASE e WHEN 'ok' THEN 1 WHEN 'sad' THEN 2.5 END q FROM t
    CREATE VIEW x AS SELECT string_agg(s, ',' ORDER BY id) FROM t GROUP BY bo HAVING max(n) > 3
    CREATE VIEW x AS SELECT row_number() OVER (ORDER BY id), lag(s) OVER (ORDER BY id) || '' FROM t
    CREATE VIEW x AS SELECT id, s FROM t UNION SELECT t_id, code FROM o UNION ALL SELECT 1.5, 'x'
    CREATE VIEW x AS SELECT d FROM t UNION SELECT ts FROM t UNION ALL SELECT NULL
    CREATE VIEW x AS SELECT * FROM o UNION SELECT id, n, s, d, bo FROM t
    CREATE INDEX x ON t (lower(s), (n + 1), (jb ->> 'a')) WHERE bo AND s <> ''
    CREATE INDEX x ON t USING gin (to_tsvector('english', s))
    CREATE TABLE x (a int CHECK (a > 0 AND a <> ALL (ARRAY[1, 2])), b text CHECK (length(b) > 1 OR b ~ 'a'))
    CREATE TABLE x (a text, g int GENERATED ALWAYS AS (length(a) * 2) STORED)
    CREATE TABLE x (a date DEFAULT now(), b text DEFAULT now(), c timestamptz DEFAULT current_date, d float DEFAULT random())
    CREATE TABLE x (a jsonb DEFAULT '{}', b int[] DEFAULT ARRAY[]::int[], c numeric DEFAULT 1, d int8 DEFAULT 1 + 1)
    CREATE TABLE x (a text DEFAULT md5(random()::text), b varchar(4) DEFAULT left('abcdef', 2), c "char" DEFAULT 'x')
    ALTER TABLE t ADD CHECK (n > 0 AND q < 5 AND ts <= now() AND d <> '2020-01-01' AND char_length(v) < 9)
    ALTER TABLE t ALTER n TYPE bool USING n <> 0
    ALTER TABLE t ALTER s TYPE int USING CASE WHEN s = 'a' THEN 1 ELSE 0 END
    ALTER TABLE t ALTER s TYPE mood USING s::mood
    ALTER TABLE t ALTER e TYPE text USING e::text
    ALTER TABLE t ALTER d TYPE timestamptz USING d AT TIME ZONE 'UTC'
    CREATE POLICY x ON t USING (s = current_user AND id = current_setting('a')::int)
    """)

  private static func mistyped(_ lines: String) -> [Case] {
    lines.split(separator: "\n").map { line in
      Case(columns, String(line.dropFirst(6)), String(line.prefix(5)))
    }
  }

  private static func suited(_ lines: String) -> [(String, String)] {
    lines.split(separator: "\n").map { (columns, String($0)) }
  }
}
