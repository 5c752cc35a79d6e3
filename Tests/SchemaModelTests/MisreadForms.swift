// Statements whose literals, subqueries and names PostgreSQL does not take, one a line behind the SQLSTATE, and
// neighbours that it takes; all seen on PostgreSQL 15.

extension Failures {
  private static let literalTables = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE DOMAIN amount AS int;
    CREATE TABLE t (id int PRIMARY KEY, s text, v varchar(20), n int, big bigint, q numeric(8,2), bo bool, d date, ts timestamp, e mood, u uuid, jb jsonb, arr int[], tags text[], am amount);
    CREATE TABLE o (id int PRIMARY KEY, t_id int, code text, on_day date, ok bool);
    """

  /// Strings that get their type from what stands beside them.
  static let refusedLiteralForms: [Case] = lines(
    literalTables,
    """
    22P02 UPDATE t SET n = 1 WHERE COALESCE(n,'q')=1
    22P02 UPDATE t SET n = 1 WHERE CASE n WHEN 'q' THEN true ELSE false END
    22P02 UPDATE t SET n = CASE n WHEN 'q' THEN 1 END
    22P02 UPDATE t SET n = CASE n WHEN 1 THEN 1 ELSE 'q' END
    22P02 ALTER TABLE t ADD x int DEFAULT coalesce('x',1)
    22P02 ALTER TABLE t ALTER n SET DEFAULT coalesce('x',1)
    22P02 UPDATE t SET n = 1 WHERE n NOT IN ('q','r')
    22P02 UPDATE t SET n = GREATEST(1,'q')
    22P02 UPDATE t SET n = GREATEST(n,'q')
    22P02 UPDATE t SET n = NULLIF(n,'q')
    22P02 UPDATE t SET n = 1 WHERE n BETWEEN 'a' AND 3
    22P02 UPDATE t SET n = 1 WHERE n BETWEEN SYMMETRIC 'a' AND 3
    22P02 UPDATE t SET n = 1 WHERE arr @> '{a}'
    22P02 UPDATE t SET n = 1 WHERE n = ANY('{a}')
    22P02 UPDATE t SET n = 1 WHERE e = ANY('{ok,bad}')
    22P02 UPDATE t SET n = 1 WHERE COALESCE(e,'bad')='ok'
    22P02 UPDATE t SET e = CASE WHEN bo THEN e ELSE 'bad' END
    22008 UPDATE t SET n = 1 WHERE d BETWEEN '2020-01-01' AND '2020-13-01'
    22007 UPDATE t SET n = 1 WHERE d - 'x' > 3
    22P02 UPDATE t SET n = n + 'x'
    22007 UPDATE t SET ts = ts + 'x day'
    22P02 UPDATE t SET bo = bo OR 'maybe'
    22P02 UPDATE t SET n = 1 WHERE NOT 'maybe'
    22P02 UPDATE t SET n = 1 WHERE 'maybe'
    22P02 UPDATE t SET n = 1 WHERE bo IS DISTINCT FROM 'maybe'
    22P02 UPDATE t SET n = 1 WHERE COALESCE(u,'x') IS NULL
    22P02 UPDATE t SET n = 1 WHERE jb @> '{x}'
    22P02 UPDATE t SET jb = COALESCE(jb,'{x}')
    22P02 UPDATE t SET jb = jb || '{x}'
    22P02 UPDATE t SET arr = array_append(arr,'x')
    22P02 UPDATE t SET arr = arr || 'x'
    22P02 UPDATE t SET arr = ARRAY[1,'x']
    22P02 UPDATE t SET arr = ARRAY['x']::int[]
    22P02 UPDATE t SET n = round('x')
    22P02 UPDATE t SET n = abs('x')
    22P02 UPDATE t SET n = mod(n,'x')
    22P02 UPDATE t SET q = round(q,'x')
    22P02 UPDATE t SET jb = jsonb_set(jb, '{a', '1')
    22P02 UPDATE t SET jb = jsonb_set(jb, '{a}', 'x')
    22P02 DELETE FROM t WHERE n > 'x' OR bo
    22P02 DELETE FROM t WHERE 'x' < n
    22P02 DELETE FROM t WHERE (n = 'x') IS TRUE
    22P02 DELETE FROM t WHERE am = 'x'
    22P02 DELETE FROM t WHERE COALESCE(am,'x') = 1
    22P02 CREATE VIEW x AS SELECT COALESCE(n,'x') c FROM t
    22P02 CREATE VIEW x AS SELECT t.id FROM t JOIN o ON t.n = 'x'
    22P02 CREATE VIEW x AS SELECT t.id FROM t JOIN o ON o.t_id = t.id AND o.ok = 'z'
    22P02 CREATE VIEW x AS SELECT id FROM t GROUP BY id HAVING max(n) > 'x'
    22P02 CREATE VIEW x AS SELECT n FROM t UNION SELECT 'x'
    22P02 CREATE VIEW x AS SELECT lag(n, 1, 'x') OVER () FROM t
    22007 CREATE TABLE x AS SELECT COALESCE(d,'x') c FROM t
    22P02 CREATE INDEX x ON t (COALESCE(n,'x'))
    22P02 CREATE INDEX x ON t (id) WHERE n > 'x'
    22P02 CREATE INDEX x ON t (id) WHERE n = 'x'
    22P02 ALTER TABLE t ADD CHECK (n > 'x')
    22P02 ALTER TABLE t ADD CHECK (n IN (1,'x'))
    22P02 ALTER TABLE t ADD CHECK (COALESCE(n,'x') > 0)
    22P02 CREATE TABLE x (a int CHECK (a > 'x'))
    22P02 CREATE TABLE x (a int, CHECK (a BETWEEN 'x' AND 3))
    22P02 CREATE TABLE x (a int DEFAULT (1 + 'x'))
    22P02 CREATE TABLE x (a int[] DEFAULT ARRAY[1,'x'])
    22P02 CREATE TABLE x (a int, g int GENERATED ALWAYS AS (COALESCE(a,'x')) STORED)
    22P02 ALTER TABLE t ALTER n TYPE bigint USING COALESCE(n,'x')
    22P02 ALTER TABLE t ALTER s TYPE int USING CASE s WHEN 'a' THEN 1 ELSE 'x' END
    22P02 ALTER TABLE t ALTER e TYPE text USING CASE e WHEN 'bad' THEN 'a' ELSE 'b' END
    22P02 CREATE POLICY x ON t USING (n = 'x')
    22P02 CREATE POLICY x ON t USING (n IN (1,'x'))
    22P02 INSERT INTO t (id, n) VALUES (1, COALESCE('x', 1))
    22P02 INSERT INTO t (id, n) VALUES (1, 1 + 'x')
    22P02 INSERT INTO t (id, n) SELECT 1, 'x'
    22P02 INSERT INTO t (id, e) SELECT 1, 'bad'
    22P02 INSERT INTO t (id, n) SELECT id, 'x' FROM o
    22P02 INSERT INTO t (id, n) SELECT id, COALESCE(t_id, 'x') FROM o
    42804 INSERT INTO t (id, n) SELECT DISTINCT 1, '5'
    """)

  static let takenLiteralForms: [(String, String)] = statements(
    literalTables,
    """
    UPDATE t SET n = 1 WHERE COALESCE(n,'2')=1
    UPDATE t SET n = 1 WHERE CASE n WHEN '3' THEN true ELSE false END
    UPDATE t SET n = CASE n WHEN 1 THEN n ELSE '5' END
    ALTER TABLE t ADD x int DEFAULT coalesce('4',1)
    UPDATE t SET n = 1 WHERE n IN (1,'3')
    UPDATE t SET n = GREATEST(1,'7')
    UPDATE t SET n = NULLIF(n,'0')
    UPDATE t SET n = 1 WHERE n BETWEEN '2' AND 3
    UPDATE t SET n = 1 WHERE arr = '{1}'
    UPDATE t SET n = 1 WHERE n = ANY('{1,2}')
    UPDATE t SET n = 1 WHERE s = ANY('{a,b}')
    UPDATE t SET s = ROW(1)
    UPDATE t SET s = ROW(1,2)
    UPDATE t SET n = 1 WHERE COALESCE(e,'sad')='ok'
    UPDATE t SET n = 1 WHERE d > 'yesterday'
    UPDATE t SET bo = bo AND 'yes'
    UPDATE t SET n = 1 WHERE 'true'
    UPDATE t SET n = 1 WHERE jb @> '{"a": 1}'
    UPDATE t SET jb = COALESCE(jb,'{}')
    UPDATE t SET jb = jb || '{}'
    UPDATE t SET jb = jb || '{"a": "b"}'
    UPDATE t SET arr = arr || '{1}'
    UPDATE t SET arr = ARRAY[1,'2']
    UPDATE t SET s = COALESCE(s, 'x')
    CREATE VIEW x AS SELECT COALESCE(n,'0') c FROM t
    CREATE VIEW x AS SELECT n FROM t UNION SELECT '1'
    CREATE INDEX x ON t (COALESCE(n,'1'))
    CREATE INDEX x ON t (id) WHERE n = '1'
    CREATE TABLE x (a int, CHECK (a BETWEEN '1' AND '3'))
    CREATE TABLE x (a int, g int GENERATED ALWAYS AS (COALESCE(a,'1')) STORED)
    """)

  /// The rows may be in the way.
  static let literalFormsOnRows: [(String, String)] = statements(
    literalTables,
    """
    UPDATE t SET n = 1 WHERE e = ANY('{ok}')
    UPDATE t SET v = (1,2)
    UPDATE t SET e = CASE WHEN bo THEN e ELSE 'ok' END
    UPDATE t SET n = n + '1'
    UPDATE t SET ts = ts + '1 day'
    UPDATE t SET jb = jb - 'a'
    UPDATE t SET arr = ARRAY['1']::int[]
    UPDATE t SET n = mod(n,'3')
    UPDATE t SET q = power(q,'2')
    UPDATE t SET jb = jsonb_set(jb, '{a}', '1')
    UPDATE t SET s = s || 'x', v = v || 'y'
    ALTER TABLE t ALTER n TYPE bigint USING COALESCE(n,'1')
    ALTER TABLE t ALTER s TYPE int USING CASE WHEN s = 'a' THEN 1 ELSE '0' END
    INSERT INTO t (id, n) VALUES (1, COALESCE('2', 1))
    INSERT INTO t (id, n) SELECT 1, '5'
    INSERT INTO t (id, n) VALUES (1, '5'), (2, 6)
    """)

  private static let queryTables = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE t (id int PRIMARY KEY, s text, v varchar(20), n int, big bigint, q numeric(8,2), bo bool, d date, ts timestamp, e mood, u uuid, jb jsonb, arr int[], tags text[]);
    CREATE TABLE o (id int PRIMARY KEY, t_id int, code text, on_day date, ok bool);
    """

  /// Subqueries, rows, WITH, and what stands in FROM.
  static let refusedQueryForms: [Case] = lines(
    queryTables,
    """
    42883 UPDATE t SET bo = true WHERE n = (SELECT 'a'::text)
    42883 UPDATE t SET bo = true WHERE n = (SELECT code FROM o LIMIT 1)
    42883 UPDATE t SET bo = true WHERE n = (SELECT max(code) FROM o)
    42804 UPDATE t SET n = (SELECT code FROM o LIMIT 1)
    42804 UPDATE t SET n = (SELECT code FROM o WHERE o.id = t.id)
    42804 UPDATE t SET n = (SELECT 'x' FROM o WHERE o.id = t.id)
    42804 UPDATE t SET d = (SELECT bool_and(ok) FROM o WHERE o.t_id = t.id)
    42804 UPDATE t SET n = COALESCE((SELECT code FROM o WHERE o.id = t.id), 0)
    42601 UPDATE t SET bo = true WHERE n IN (SELECT * FROM o)
    42883 UPDATE t SET bo = true WHERE (n, s) IN (SELECT code, id FROM o)
    22P02 UPDATE t SET bo = true WHERE (n, s) = ('q', 1)
    42883 UPDATE t SET bo = true WHERE (n, s) = (1, 2)
    42883 UPDATE t SET bo = true WHERE (n, s) = (1)
    42883 UPDATE t SET bo = true WHERE (n, s) IN ((1, 'q'), (2, 3))
    22P02 UPDATE t SET bo = true WHERE (n, s) IN (('x', 'q'))
    22P02 UPDATE t SET bo = true WHERE (n, n) = (1, 'q')
    42883 UPDATE t SET bo = true WHERE (n, s) IS DISTINCT FROM (1, 2)
    42883 UPDATE t SET bo = true WHERE (n, d) > (1, 5)
    42883 UPDATE t SET bo = true WHERE n IN (SELECT code FROM o)
    42883 UPDATE t SET bo = true WHERE n NOT IN (SELECT code FROM o)
    42883 UPDATE t SET bo = true WHERE n = ANY (SELECT code FROM o)
    42883 UPDATE t SET bo = true WHERE n > ALL (SELECT on_day FROM o)
    42883 UPDATE t SET bo = true WHERE n = ANY (ARRAY(SELECT code FROM o))
    42804 UPDATE t SET arr = ARRAY(SELECT code FROM o)
    42883 UPDATE t SET bo = EXISTS (SELECT 1 FROM o WHERE o.code = t.n)
    42703 UPDATE t SET bo = EXISTS (SELECT 1 FROM o WHERE nope = t.n)
    42703 UPDATE t SET bo = EXISTS (SELECT nope FROM o)
    42703 UPDATE t SET n = (SELECT nope FROM o LIMIT 1)
    42703 DELETE FROM t WHERE id IN (SELECT nope FROM o)
    42703 DELETE FROM t WHERE id IN (SELECT t_id FROM o WHERE nope = 1)
    42883 DELETE FROM t WHERE id IN (SELECT t_id FROM o WHERE code = 1)
    42804 DELETE FROM t WHERE id IN (SELECT t_id FROM o WHERE t_id)
    42883 DELETE FROM t WHERE id NOT IN (SELECT min(s) FROM t GROUP BY n)
    42883 DELETE FROM t WHERE EXISTS (SELECT 1 FROM o WHERE o.t_id = t.id AND o.code > 5)
    42883 DELETE FROM t WHERE (SELECT code FROM o WHERE o.t_id = t.id) = 0
    42804 DELETE FROM t WHERE (SELECT code FROM o LIMIT 1)
    22P02 UPDATE t SET (n, s) = ('q', 1)
    42804 UPDATE t SET (n, s) = (SELECT code, id FROM o LIMIT 1)
    42804 UPDATE t SET n = x.code FROM (SELECT id, code FROM o) x WHERE x.id = t.id
    42703 UPDATE t SET n = x.nope FROM (SELECT id, code FROM o) x WHERE x.id = t.id
    42883 UPDATE t SET s = 'x' FROM (SELECT t_id, count(*) AS c FROM o GROUP BY t_id) x WHERE x.t_id = t.s
    42804 UPDATE t SET n = v.b FROM (VALUES (1, 'a'), (2, 'b')) AS v(a, b) WHERE v.a = t.id
    42804 WITH w AS (SELECT id, code FROM o) UPDATE t SET n = w.code FROM w WHERE w.id = t.id
    42703 WITH w AS (SELECT id, nope FROM o) UPDATE t SET s = 'a' FROM w WHERE w.id = t.id
    42883 WITH w AS (SELECT id, code + 1 AS a FROM o) UPDATE t SET s = 'a' FROM w WHERE w.id = t.id
    42883 WITH w AS (SELECT id FROM o WHERE code = 1) UPDATE t SET s = 'a' FROM w WHERE w.id = t.id
    42703 WITH w AS (SELECT id, code FROM o) UPDATE t SET s = w.nope FROM w WHERE w.id = t.id
    42703 WITH w AS (SELECT id FROM o) DELETE FROM t WHERE id IN (SELECT nope FROM w)
    42883 WITH w AS (SELECT id FROM o) DELETE FROM t USING w WHERE t.s = w.id
    42703 WITH w AS (DELETE FROM o RETURNING nope) SELECT 1
    42804 WITH w AS (DELETE FROM o RETURNING *) INSERT INTO t (id, n) SELECT id, code FROM w
    42P10 WITH w(a, b, c) AS (SELECT id, code FROM o) UPDATE t SET s = w.b FROM w WHERE w.a = t.id
    42804 INSERT INTO t (id, n) SELECT id, x.code FROM (SELECT * FROM o) x
    42601 INSERT INTO t (id, n) SELECT id FROM o
    42601 INSERT INTO t (id) SELECT id, t_id FROM o
    42601 INSERT INTO t (id, n) SELECT * FROM o
    42804 INSERT INTO t SELECT * FROM o
    42804 INSERT INTO t (id, d) SELECT g, g FROM generate_series(1, 3) g
    22P02 INSERT INTO t (id, n) SELECT g, g FROM generate_series(1, 'x') g
    42804 INSERT INTO t (id, n) SELECT 1, x FROM unnest(ARRAY['a','b']) x
    42703 INSERT INTO t (id, n) SELECT 1, nope FROM unnest(ARRAY['a','b']) x
    42804 INSERT INTO t (id, n) VALUES (1, (SELECT code FROM o LIMIT 1))
    42703 INSERT INTO t (id, n) VALUES (1, (SELECT nope FROM o LIMIT 1))
    42703 INSERT INTO t (id, n) VALUES (1, nope)
    42804 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.s
    42703 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.nope
    22P02 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 'x'
    42703 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET nope = 1
    42P10 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (n) DO NOTHING
    42703 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (nope) DO NOTHING
    42883 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 1 WHERE t.s = 5
    42703 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET n = 1 WHERE nope = 5
    42704 INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT ON CONSTRAINT nope DO NOTHING
    42883 CREATE VIEW x AS SELECT id FROM t WHERE n IN (SELECT code FROM o)
    42883 CREATE VIEW x AS SELECT id FROM t WHERE n = (SELECT code FROM o LIMIT 1)
    42883 CREATE VIEW x AS SELECT a.id FROM (SELECT id, code FROM o) a WHERE a.code = 1
    42703 CREATE VIEW x AS SELECT a.nope FROM (SELECT id, code FROM o) a
    42703 CREATE VIEW x AS SELECT nope FROM (SELECT id, code FROM o) a
    42703 CREATE VIEW x AS WITH w AS (SELECT id FROM o) SELECT nope FROM w
    42883 CREATE VIEW x AS WITH w AS (SELECT id, code FROM o) SELECT id FROM w WHERE code = 1
    42883 CREATE VIEW x AS SELECT t.id, l.c FROM t, LATERAL (SELECT count(*) c FROM o WHERE o.code = t.id) l
    42P01 CREATE VIEW x AS SELECT t.id, l.c FROM t, (SELECT count(*) c FROM o WHERE o.t_id = t.id) l
    """)

  static let takenQueryForms: [(String, String)] = statements(
    queryTables,
    """
    UPDATE t SET bo = true WHERE n = (SELECT 1)
    UPDATE t SET bo = true WHERE n = (SELECT t_id FROM o LIMIT 1)
    UPDATE t SET bo = true WHERE n = (SELECT max(t_id) FROM o)
    UPDATE t SET bo = true WHERE n = (SELECT count(*) FROM o)
    UPDATE t SET bo = true WHERE (n, s) IN (SELECT id, code FROM o)
    UPDATE t SET bo = true WHERE (n, s) = (1, 'q')
    UPDATE t SET bo = true WHERE (n, s) IN ((1, 'q'), (2, 'r'))
    UPDATE t SET bo = true WHERE (n, s) > (1, 'a')
    UPDATE t SET bo = true WHERE n IN (SELECT t_id FROM o)
    UPDATE t SET bo = true WHERE s IN (SELECT code FROM o)
    UPDATE t SET bo = true WHERE v IN (SELECT code FROM o)
    UPDATE t SET bo = true WHERE n = ANY (ARRAY(SELECT id FROM o))
    DELETE FROM t WHERE id IN (SELECT t_id FROM o WHERE code = 'a')
    DELETE FROM t WHERE id IN (SELECT t_id FROM o WHERE ok)
    DELETE FROM t WHERE id NOT IN (SELECT t_id FROM o GROUP BY t_id HAVING count(*) > 1)
    DELETE FROM t WHERE id NOT IN (SELECT min(id) FROM t GROUP BY s)
    DELETE FROM t WHERE (SELECT count(*) FROM o WHERE o.t_id = t.id) = 0
    UPDATE t SET n = x.id FROM (SELECT id, code FROM o) x WHERE x.id = t.id
    UPDATE t SET s = v.b FROM (VALUES (1, 'a'), (2, 'b')) AS v(a, b) WHERE v.a = t.id
    WITH w AS (SELECT id, code FROM o) UPDATE t SET s = w.code FROM w WHERE w.id = t.id
    WITH w AS (DELETE FROM o RETURNING id) DELETE FROM t USING w WHERE w.id = t.id
    WITH w(a, b) AS (SELECT id, code FROM o) UPDATE t SET s = w.b FROM w WHERE w.a = t.id
    CREATE VIEW x AS SELECT a.id FROM (SELECT id, code FROM o) a WHERE a.code = 'b'
    CREATE VIEW x AS WITH w AS (SELECT id FROM o) SELECT id FROM w
    CREATE VIEW x AS SELECT t.id, l.c FROM t, LATERAL (SELECT count(*) c FROM o WHERE o.t_id = t.id) l
    """)

  /// The rows may be in the way.
  static let queryFormsOnRows: [(String, String)] = statements(
    queryTables,
    """
    UPDATE t SET n = (SELECT t_id FROM o WHERE o.id = t.id)
    UPDATE t SET s = (SELECT string_agg(code, ',') FROM o WHERE o.t_id = t.id)
    UPDATE t SET n = (SELECT count(*) FROM o WHERE o.t_id = t.id)
    UPDATE t SET d = (SELECT max(on_day) FROM o WHERE o.t_id = t.id)
    UPDATE t SET n = COALESCE((SELECT t_id FROM o WHERE o.id = t.id), 0)
    UPDATE t SET arr = ARRAY(SELECT id FROM o)
    UPDATE t SET tags = ARRAY(SELECT code FROM o)
    UPDATE t SET bo = EXISTS (SELECT 1 FROM o WHERE o.t_id = t.n)
    UPDATE t SET (n, s) = (1, 'q')
    UPDATE t SET (n, s) = (SELECT id, code FROM o LIMIT 1)
    UPDATE t SET (n, s) = ROW(1, 'q')
    UPDATE t SET n = x.c FROM (SELECT t_id, count(*) AS c FROM o GROUP BY t_id) x WHERE x.t_id = t.id
    WITH w AS (DELETE FROM o RETURNING *) INSERT INTO t (id, s) SELECT id, code FROM w
    INSERT INTO t (id, s) SELECT id, code FROM o
    INSERT INTO t (id, s) SELECT id, x.code FROM (SELECT * FROM o) x
    INSERT INTO t (id, n) SELECT g, g FROM generate_series(1, 3) g
    INSERT INTO t (id, s) SELECT g, 'row ' || g FROM generate_series(1, 3) g
    INSERT INTO t (id, n) VALUES (1, (SELECT id FROM o LIMIT 1))
    INSERT INTO t (id, n) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET s = excluded.n
    """)

  private static let nameTables = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE t (id int PRIMARY KEY, s text, n int, bo bool, d date, e mood, jb jsonb, arr int[]);
    CREATE TABLE o (id int PRIMARY KEY, t_id int, code text);
    CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE VIEW vw AS SELECT id, s FROM t;
    """

  /// Names in clauses of every kind, domains, triggers, rules and policies.
  static let refusedNameForms: [Case] = lines(
    nameTables,
    """
    22P02 CREATE DOMAIN dd AS int DEFAULT 'x'
    42804 CREATE DOMAIN dd AS int DEFAULT true
    42804 CREATE DOMAIN dd AS int DEFAULT md5('a')
    42883 CREATE DOMAIN dd AS int DEFAULT nofunc(1)
    42P01 CREATE DOMAIN dd AS int DEFAULT nextval('nope')
    22007 CREATE DOMAIN dd AS date DEFAULT 'x'
    22P02 CREATE DOMAIN dd AS mood DEFAULT 'bad'
    22P02 CREATE DOMAIN dd AS int CHECK (VALUE > 'x')
    42804 CREATE DOMAIN dd AS int CHECK (VALUE)
    42883 CREATE DOMAIN dd AS int CHECK (VALUE LIKE 'a')
    42883 CREATE DOMAIN dd AS text CHECK (VALUE > 5)
    22P02 CREATE DOMAIN dd AS text CHECK (length(VALUE) > 'x')
    42883 CREATE DOMAIN dd AS int CHECK (length(VALUE) > 3)
    42883 CREATE DOMAIN dd AS int CHECK (nofunc(VALUE))
    22P02 CREATE DOMAIN dd AS int CHECK (VALUE IN (1, 'x'))
    22P02 CREATE DOMAIN dd AS mood CHECK (VALUE <> 'bad')
    42883 ALTER TABLE t ADD CHECK (nofunc(n))
    42883 CREATE TABLE x (a int CHECK (nofunc(a)))
    42883 CREATE POLICY x ON t USING (nofunc(n))
    42703 UPDATE t SET n = 1 RETURNING zzz
    42703 UPDATE t SET n = 1 RETURNING t.zzz
    42703 DELETE FROM t RETURNING zzz
    42703 INSERT INTO t (id) VALUES (1) RETURNING zzz
    42803 CREATE VIEW x AS SELECT n, count(*) FROM t GROUP BY s
    42803 CREATE VIEW x AS SELECT n, s, count(*) FROM t GROUP BY n
    42703 CREATE VIEW x AS SELECT n AS q FROM t ORDER BY q + 1
    42803 CREATE VIEW x AS SELECT n FROM t GROUP BY n HAVING s > 'a'
    42P10 CREATE VIEW x AS SELECT DISTINCT n FROM t ORDER BY s
    42P10 CREATE VIEW x AS SELECT DISTINCT ON (s) n FROM t ORDER BY n
    42804 CREATE VIEW x AS SELECT count(*) FILTER (WHERE n) FROM t
    22P02 CREATE VIEW x AS SELECT n FROM t LIMIT 'x'
    42P10 CREATE VIEW x AS SELECT n FROM t LIMIT n
    42702 CREATE VIEW x AS SELECT id FROM t JOIN o ON o.t_id = t.id
    42703 CREATE VIEW x AS SELECT id FROM t JOIN o USING (zzz)
    42703 CREATE VIEW x AS SELECT t.s FROM t JOIN o USING (n)
    22P02 CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.n = 'x') EXECUTE FUNCTION trg()
    42804 CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.n) EXECUTE FUNCTION trg()
    42883 CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.s > 5) EXECUTE FUNCTION trg()
    42883 CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (nofunc(NEW.n)) EXECUTE FUNCTION trg()
    22P02 CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.e = 'bad') EXECUTE FUNCTION trg()
    42703 CREATE RULE r AS ON UPDATE TO t DO ALSO UPDATE o SET code = NEW.zzz
    42804 CREATE RULE r AS ON UPDATE TO t DO ALSO UPDATE o SET t_id = NEW.s
    42703 CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO o (id, code) VALUES (NEW.id, NEW.zzz)
    42703 CREATE POLICY x ON t USING (n IN (SELECT t_id FROM o WHERE o.zzz = 1))
    42883 CREATE POLICY x ON t USING (s IN (SELECT t_id FROM o))
    22P02 CREATE POLICY x ON t WITH CHECK (n = 'x')
    42703 CREATE TABLE x AS SELECT vw.zzz FROM vw
    """)

  static let takenNameForms: [(String, String)] = statements(
    nameTables,
    """
    CREATE DOMAIN dd AS int DEFAULT '5'
    CREATE DOMAIN dd AS date DEFAULT now()
    CREATE DOMAIN dd AS mood DEFAULT 'ok'
    CREATE DOMAIN dd AS varchar(3) DEFAULT 'abcdef'
    CREATE DOMAIN dd AS text DEFAULT 5
    CREATE DOMAIN dd AS int CHECK (VALUE > '3')
    CREATE DOMAIN dd AS text CHECK (VALUE LIKE 'a')
    CREATE DOMAIN dd AS text CHECK (VALUE ~ '^a')
    CREATE DOMAIN dd AS text CHECK (length(VALUE) > 3)
    CREATE DOMAIN dd AS mood CHECK (VALUE <> 'ok')
    CREATE DOMAIN dd AS int NOT NULL DEFAULT NULL
    UPDATE t SET n = 1 RETURNING n
    CREATE VIEW x AS SELECT n, count(*) FROM t GROUP BY 1
    CREATE VIEW x AS SELECT n AS q, count(*) FROM t GROUP BY q
    CREATE VIEW x AS SELECT n AS q FROM t ORDER BY q
    CREATE VIEW x AS SELECT DISTINCT ON (s) n, s FROM t ORDER BY s, n
    CREATE VIEW x AS SELECT row_number() OVER w FROM t WINDOW w AS (ORDER BY n)
    CREATE VIEW x AS SELECT id FROM t JOIN o USING (id)
    CREATE VIEW x AS SELECT t.s FROM t NATURAL JOIN o
    CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION trg()
    CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION trg()
    CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION trg()
    CREATE RULE r AS ON UPDATE TO t DO ALSO UPDATE o SET code = NEW.s
    CREATE POLICY x ON t USING (n IN (SELECT t_id FROM o))
    CREATE INDEX x ON t USING gin (jb)
    CREATE FUNCTION fx() RETURNS int LANGUAGE sql AS 'SELECT n FROM t'
    DO $$BEGIN UPDATE t SET n = 1; END$$
    ALTER VIEW vw ALTER s SET DEFAULT 5
    """)

  /// The rows may be in the way.
  static let nameFormsOnRows: [(String, String)] = statements(
    nameTables,
    """
    INSERT INTO t (id) VALUES (1) RETURNING id
    CREATE INDEX x ON t (jb)
    MERGE INTO t USING o ON t.id = o.t_id WHEN MATCHED THEN UPDATE SET s = o.code
    """)

  /// What the database, or the session, may have all the same.
  static let perhapsMissingForms: [Case] = lines(
    nameTables,
    """
    0A000 SELECT 1 FROM otherdb.public.t
    0A000 UPDATE otherdb.public.t SET n = 1
    0A000 DELETE FROM otherdb.public.t
    0A000 ALTER TABLE otherdb.public.t ADD q int
    0A000 CREATE TABLE otherdb.public.x (a int)
    0A000 CREATE VIEW x AS SELECT id FROM otherdb.public.t
    0A000 CREATE INDEX x ON otherdb.public.t (n)
    0A000 CREATE TABLE x (a int REFERENCES otherdb.public.t (id))
    34000 DELETE FROM t WHERE CURRENT OF c
    34000 UPDATE t SET n = 1 WHERE CURRENT OF c
    42883 UPDATE t SET s = uuid_generate_v4()
    42883 ALTER TABLE t ADD x uuid DEFAULT uuid_generate_v4()
    42883 CREATE TABLE x (a uuid DEFAULT uuid_generate_v4())
    42704 CREATE INDEX x ON t USING gin (s gin_trgm_ops)
    42883 CREATE VIEW x AS SELECT crypt(s, gen_salt('bf')) FROM t
    42704 CREATE INDEX x ON t USING gin (n)
    42704 CREATE INDEX x ON t USING gist (n)
    """)

  static func lines(_ schema: String, _ text: String) -> [Case] {
    text.split(separator: "\n").map { line in
      Case(schema, String(line.dropFirst(6)), String(line.prefix(5)))
    }
  }

  static func statements(_ schema: String, _ text: String) -> [(String, String)] {
    text.split(separator: "\n").map { (schema, String($0)) }
  }
}
