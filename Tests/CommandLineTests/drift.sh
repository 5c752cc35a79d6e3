# drift.sh BACKOUT: holds the answers about a schema that was changed by hand to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

index="CREATE INDEX i ON t (b)"
column="ALTER TABLE t ADD COLUMN c int"
no_column="ALTER TABLE t DROP COLUMN c"

# Nothing was changed, or nothing that the downgrade is about.
drifted no-drift safe '"drift":[]' ok "$index" "DROP INDEX i" ""
drifted table-is-a-view unknown 't is a view in the database' 42809 "$column" "$no_column" \
  "ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u"
drifted other-tables safe '"drift":[]' ok "$column" "$no_column" \
  "CREATE TABLE u (id int); CREATE INDEX ON u (id); CREATE VIEW v AS SELECT id, a FROM t"
drifted quiet-dependents safe '"drift":[]' ok \
  "CREATE TABLE n (id serial PRIMARY KEY, k bigint GENERATED ALWAYS AS IDENTITY, x text UNIQUE, y int REFERENCES t, CHECK (y > 0))
CREATE INDEX ON n (x, y)
CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE n ADD COLUMN z m, ADD COLUMN zs m[] DEFAULT '{}', ADD COLUMN g int GENERATED ALWAYS AS (y * 2) STORED
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr BEFORE INSERT ON n FOR EACH ROW EXECUTE FUNCTION f()
CREATE VIEW v AS SELECT x, z FROM n
CREATE POLICY p ON n USING (y > 0)" \
  "DROP VIEW v
DROP TABLE n
DROP FUNCTION f()
DROP TYPE m" ""
drifted quiet-types safe '"drift":[]' ok \
  "CREATE TABLE n (a smallint, b bigint, c real, d double precision, e numeric, f numeric(8,2), g varchar(9), h char, i char(3), j bytea, k boolean, l date, m time, n timestamp(3), o timestamptz, p interval, q uuid, r json, s jsonb, u inet, v text[], w varchar(4)[], x int4range, y tsvector, z bit(3), aa varbit(4), ab money, ac xml, ad \"char\", ae name, af oid, ag point, ah interval day to second, ai timetz(2), aj numeric(5), ak text COLLATE \"C\", al bit, am pg_lsn)" \
  "DROP TABLE n" ""

# Missing: 42704, 42703, 42P01, 42883, 3F000.
drifted index-gone unsafe "index i is missing" 42704 "$index" "DROP INDEX i" "DROP INDEX i"
drifted index-gone-if-exists unknown "index i is missing" ok "$index" "DROP INDEX IF EXISTS i" \
  "DROP INDEX i"
drifted index-renamed-back unsafe "index i2 is missing" 42P01 "$index
ALTER INDEX i RENAME TO i2" "ALTER INDEX i2 RENAME TO i
DROP INDEX i" "DROP INDEX i2"
drifted column-gone unsafe "column t.c is missing" 42703 "$column" "$no_column" "$no_column"
drifted constraint-gone unsafe "constraint k on t is missing" 42704 \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (b >= 0)" "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t DROP CONSTRAINT k"
drifted table-gone unsafe "table n is missing" 42P01 "CREATE TABLE n (id int)" "DROP TABLE n" \
  "DROP TABLE n"
drifted table-renamed unsafe "table t is missing" 42P01 "$column" "$no_column" \
  "ALTER TABLE t RENAME TO u"
drifted view-gone unsafe "view v is missing" 42P01 "CREATE VIEW v AS SELECT a FROM t" \
  "DROP VIEW v" "DROP VIEW v"
drifted type-gone unsafe "type m is missing" 42704 "CREATE TYPE m AS ENUM ('x')" "DROP TYPE m" \
  "DROP TYPE m"
drifted function-gone unsafe "function f is missing" 42883 \
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'" "DROP FUNCTION f()" \
  "DROP FUNCTION f()"
drifted sequence-gone unsafe "sequence s is missing" 42P01 "CREATE SEQUENCE s" \
  "DROP SEQUENCE s" "DROP SEQUENCE s"
drifted trigger-gone unsafe "trigger tr on t is missing" 42704 \
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()" \
  "DROP TRIGGER tr ON t
DROP FUNCTION f()" "DROP TRIGGER tr ON t"
drifted policy-gone unsafe "policy p on t is missing" 42704 "CREATE POLICY p ON t USING (true)" \
  "DROP POLICY p ON t" "DROP POLICY p ON t"
drifted schema-gone unsafe "schema zz is missing" 3F000 "CREATE SCHEMA zz" "DROP SCHEMA zz" \
  "DROP SCHEMA zz"
drifted extension-gone unsafe "extension hstore is missing" 42704 "CREATE EXTENSION hstore" \
  "DROP EXTENSION hstore" "DROP EXTENSION hstore"

# In the way of what the downgrade creates.
drifted index-exists unsafe "index i exists" 42P07 "DROP INDEX i" "$index" "$index" "$base
$index"
drifted column-exists unsafe "column t.a exists" 42701 "ALTER TABLE t DROP COLUMN a" \
  "ALTER TABLE t ADD COLUMN a text" "ALTER TABLE t ADD COLUMN a int"
drifted table-exists unsafe "table u exists" 42P07 "DROP TABLE u" "CREATE TABLE u (id int)" \
  "CREATE TABLE u (id text)" "CREATE TABLE u (id int)"
drifted name-exists unsafe "table x exists" 42P07 "ALTER TABLE x RENAME TO y" \
  "ALTER TABLE y RENAME TO x" "CREATE TABLE x (id text)" "CREATE TABLE x (id int)"
drifted constraint-exists unsafe "constraint k on t exists" 42710 \
  "ALTER TABLE t DROP CONSTRAINT k" "ALTER TABLE t ADD CONSTRAINT k CHECK (b > -9)" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (b > -9)" "$base
ALTER TABLE t ADD CONSTRAINT k CHECK (b > -9)"
drifted type-exists unsafe "type m exists" 42710 "DROP TYPE m" "CREATE TYPE m AS ENUM ('x')" \
  "CREATE TYPE m AS ENUM ('y')" "CREATE TYPE m AS ENUM ('x')"
drifted drops-what-it-does-not-know unknown "index j exists" ok "$index" \
  "DROP INDEX i
DROP INDEX IF EXISTS j" "CREATE INDEX j ON t (a)"
drifted drops-a-column-it-does-not-know unknown "column t.legacy exists" ok "$index" \
  "DROP INDEX i
ALTER TABLE t DROP COLUMN IF EXISTS legacy" "ALTER TABLE t ADD COLUMN legacy int DEFAULT 5"

# Dependents made by hand: 2BP01, and 0A000 for a type.
drifted view-on-column unsafe "view v depends on column t.c" 2BP01 "$column" "$no_column" \
  "CREATE VIEW v AS SELECT c FROM t"
drifted view-on-whole-row unsafe "view v depends on table n" 2BP01 "CREATE TABLE n (id int)" \
  "DROP TABLE n" "CREATE VIEW v AS SELECT count(*) FROM n"
drifted matview-on-column unsafe "view v depends on column t.c" 2BP01 "$column" "$no_column" \
  "CREATE MATERIALIZED VIEW v AS SELECT c FROM t"
drifted view-cascade unsafe "view v, which is not in the files, goes along" ok "$column" \
  "$no_column CASCADE" "CREATE VIEW v AS SELECT c FROM t; CREATE VIEW w AS SELECT * FROM v"
drifted known-view-changed unsafe "view v depends on column t.c" 2BP01 \
  "CREATE VIEW v AS SELECT a FROM t
$column" "$no_column
DROP VIEW v" "CREATE OR REPLACE VIEW v AS SELECT a, c FROM t"
drifted view-dropped-first safe '"drift":[]' ok "$column
CREATE VIEW v AS SELECT c FROM t" "DROP VIEW v
$no_column" ""
drifted cascade-takes-what-is-known safe '"drift":[]' ok "CREATE TABLE n (id serial PRIMARY KEY, u int UNIQUE)
CREATE INDEX ni ON n (u)
ALTER TABLE t ADD COLUMN r int CONSTRAINT rf REFERENCES n" "DROP TABLE n CASCADE
ALTER TABLE t DROP COLUMN r" ""
drifted foreign-key-on-table unsafe "constraint h_b_fkey on h depends on table n" 2BP01 \
  "CREATE TABLE n (id int PRIMARY KEY)" "DROP TABLE n" "CREATE TABLE h (b int REFERENCES n)"
drifted foreign-key-on-unique unsafe "constraint h_b_fkey on h depends on constraint k on t" 2BP01 \
  "ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)" "ALTER TABLE t DROP CONSTRAINT k" \
  "CREATE TABLE h (b int REFERENCES t (b))"
drifted foreign-key-on-index unsafe "constraint h_b_fkey on h depends on index ux" 2BP01 \
  "CREATE UNIQUE INDEX ux ON t (b)" "DROP INDEX ux" "CREATE TABLE h (b int REFERENCES t (b))"
drifted generated-on-column unsafe "column t.g" 2BP01 "$column" "$no_column" \
  "ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (c + 1) STORED"
drifted default-on-sequence unsafe "column t.b depends on sequence s" 2BP01 "CREATE SEQUENCE s" \
  "DROP SEQUENCE s" "ALTER TABLE t ALTER b SET DEFAULT nextval('s')"
drifted policy-on-column unsafe "policy p on t depends on column t.c" 2BP01 "$column" \
  "$no_column" "CREATE POLICY p ON t USING (c > 0)"
drifted trigger-on-column unsafe "trigger tr on t depends on column t.c" 2BP01 "$column" \
  "$no_column" "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr AFTER UPDATE OF c ON t FOR EACH ROW EXECUTE FUNCTION f()"
drifted type-in-table unsafe "column h.b depends on type m" 2BP01 "CREATE TYPE m AS ENUM ('x')" \
  "DROP TYPE m" "CREATE TABLE h (b m)"
drifted type-in-array unsafe "column h.b depends on type m" 2BP01 "CREATE TYPE m AS ENUM ('x')" \
  "DROP TYPE m" "CREATE TABLE h (b m[])"
drifted type-cascade unsafe "column h.b, which is not in the files, goes along" ok \
  "CREATE TYPE m AS ENUM ('x')" "DROP TYPE m CASCADE" "CREATE TABLE h (id int, b m)"
drifted function-in-view unsafe "view v depends on function f" 2BP01 \
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'" "DROP FUNCTION f()" \
  "CREATE VIEW v AS SELECT f()"
drifted schema-in-use unsafe "table zz.q depends on schema zz" 2BP01 "CREATE SCHEMA zz" \
  "DROP SCHEMA zz" "CREATE TABLE zz.q (x int)"
drifted schema-cascade unsafe "table zz.q, which is not in the files, goes along" ok \
  "CREATE SCHEMA zz" "DROP SCHEMA zz CASCADE" "CREATE TABLE zz.q (x int)"
drifted extension-in-use unsafe "column q.x depends on extension hstore" 2BP01 \
  "CREATE EXTENSION hstore" "DROP EXTENSION hstore" "CREATE TABLE q (x hstore)"
drifted partition-by-hand unknown "table n1, which is not in the files, goes along" ok \
  "CREATE TABLE n (id int) PARTITION BY RANGE (id)" "DROP TABLE n" \
  "CREATE TABLE n1 PARTITION OF n FOR VALUES FROM (0) TO (9)"
drifted child-by-hand unsafe "table n1 depends on table n" 2BP01 "CREATE TABLE n (id int)" \
  "DROP TABLE n" "CREATE TABLE n1 () INHERITS (n)"
drifted view-on-retyped unsafe "view v uses column t.b" 0A000 \
  "ALTER TABLE t ALTER b TYPE bigint" "ALTER TABLE t ALTER b TYPE int" \
  "CREATE VIEW v AS SELECT b FROM t"
drifted policy-on-retyped unsafe "policy p on t uses column t.b" 0A000 \
  "ALTER TABLE t ALTER b TYPE bigint" "ALTER TABLE t ALTER b TYPE int" \
  "CREATE POLICY p ON t USING (b > 0)"
drifted index-on-retyped unknown "index i, which is not in the files, uses column t.b" ok \
  "ALTER TABLE t ALTER b TYPE bigint" "ALTER TABLE t ALTER b TYPE int" "$index"

# On the tables that the downgrade is about.
drifted index-on-new-column unknown "index j" ok "$column" "$no_column" "CREATE INDEX j ON t (c)"
drifted index-on-old-column unknown "index j" ok "$column" "$no_column" "CREATE INDEX j ON t (a)"
drifted check-by-hand unknown "constraint k on t" ok "$column" "$no_column" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (c > 0 OR b > 0)"
drifted trigger-by-hand unknown "trigger tr on t" ok "$column" "$no_column" \
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()"
drifted type-by-hand unknown "column t.b has the type bigint" ok "$column" "$no_column" \
  "ALTER TABLE t ALTER b TYPE bigint"
drifted nullability-by-hand unknown "column t.b is not NOT NULL" ok "$column" "$no_column" \
  "ALTER TABLE t ALTER b DROP NOT NULL"
drifted default-by-hand unknown "column t.a has a default" ok "$column" "$no_column" \
  "ALTER TABLE t ALTER a SET DEFAULT 'x'"
drifted row-security-by-hand unknown "row-level security on" ok "$column" "$no_column" \
  "ALTER TABLE t ENABLE ROW LEVEL SECURITY"
drifted not-validated unknown "constraint k on t is not validated" ok \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (b >= 0)" "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t DROP CONSTRAINT k; ALTER TABLE t ADD CONSTRAINT k CHECK (b >= 0) NOT VALID"
drifted invalid-index unknown "index i is not valid" ok "$column" "$no_column" \
  "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass" "$base
$index"
drifted labels-by-hand unknown "type m has the labels x, y" ok \
  "CREATE TYPE m AS ENUM ('x')" "DROP TYPE m" "ALTER TYPE m ADD VALUE 'y'"
drifted search-path-of-the-role unknown "search path is app, public" ok "$column" "$no_column" \
  "CREATE SCHEMA app; CREATE TABLE app.t (c int); ALTER ROLE postgres SET search_path = app, public"
psql -X -q -d plain -c "ALTER ROLE postgres RESET search_path"

# Roles that see little.
psql -X -q -d plain -c "CREATE ROLE reader LOGIN"
asks=reader
drifted not-the-owner unknown "table t belongs to postgres" ok "$index" "DROP INDEX i" \
  "GRANT SELECT ON alembic_version TO reader"
options=(--run-as postgres)
drifted little-is-enough safe '"drift":[]' ok "$index" "DROP INDEX i" \
  "GRANT SELECT ON alembic_version TO reader"
options=(--run-as "no' such")
drifted no-such-role unknown "the server has no such role" ok "$index" "DROP INDEX i" \
  "GRANT SELECT ON alembic_version TO reader"
options=()
drifted catalogs-are-closed unknown "may not read the catalogs" 2BP01 "$column" "$no_column" \
  "GRANT SELECT ON alembic_version, t TO reader; CREATE VIEW v AS SELECT c FROM t; REVOKE SELECT ON pg_catalog.pg_depend FROM PUBLIC"
drifted rows-are-closed unknown "may not read" ok "CREATE TABLE n (id int)" "DROP TABLE n" \
  "GRANT SELECT ON alembic_version TO reader"
drifted rows-are-hidden unknown "may not read" ok "CREATE TABLE n (id int)
ALTER TABLE n ENABLE ROW LEVEL SECURITY" "DROP TABLE n" \
  "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; INSERT INTO n VALUES (1)"
asks=

# Names that try to be SQL.
drifted hostile-names unsafe 'we \"\\ir'"'"'d' 2BP01 \
  "ALTER TABLE t ADD COLUMN \"we \"\"\\ir'd{,}\" int
CREATE TABLE \"x'); DROP TABLE t; --\" (\"a{\"\"b\" int)" \
  "ALTER TABLE t DROP COLUMN \"we \"\"\\ir'd{,}\"
DROP TABLE \"x'); DROP TABLE t; --\"" \
  "CREATE VIEW \"v
\$1::%s\" AS SELECT \"we \"\"\\ir'd{,}\" FROM t"
drifted hostile-names-known safe '"drift":[]' ok \
  "ALTER TABLE t ADD COLUMN \"we \"\"\\ir'd{,}\" int
CREATE TABLE \"x'); DROP TABLE t; --\" (\"a{\"\"b\" int)
CREATE VIEW \"v'\"\"\\\" AS SELECT \"we \"\"\\ir'd{,}\" FROM t" \
  "DROP VIEW \"v'\"\"\\\"
ALTER TABLE t DROP COLUMN \"we \"\"\\ir'd{,}\"
DROP TABLE \"x'); DROP TABLE t; --\"" ""

# A quote with a combining mark behind it is a quote all the same: the probe sees the row.
drifted quote-with-a-mark unsafe '"data":"new-lost"' ok \
  "CREATE TABLE \"q\"\"́ WHERE false)-- \" (a int)" \
  "DROP TABLE \"q\"\"́ WHERE false)-- \"" \
  "INSERT INTO \"q\"\"́ WHERE false)-- \" VALUES (1)"

# What may fail on a row, and no question to the rows tells whether it does.
rows="INSERT INTO t VALUES (1, 'x', 0), (2, 'X', 2)"
drifted expression-may-fail unknown "an expression of index i" 22012 "DROP INDEX i" \
  "CREATE INDEX i ON t ((1 / b))" "$rows" "$base
CREATE INDEX i ON t ((1 / b))"
drifted expression-on-no-rows unknown "no question to the rows settles it" ok "DROP INDEX i" \
  "CREATE INDEX i ON t ((1 / b))" "" "$base
CREATE INDEX i ON t ((1 / b))"
drifted expression-cannot-fail safe '"drift":[]' ok "DROP INDEX i" \
  "CREATE INDEX i ON t (lower(a)) WHERE a IS NOT NULL" "$rows" "$base
CREATE INDEX i ON t (lower(a)) WHERE a IS NOT NULL"
drifted predicate-may-fail unknown "an expression of index i" 22P02 "DROP INDEX i" \
  "CREATE INDEX i ON t (b) WHERE a::int > 0" "$rows" "$base
CREATE INDEX i ON t (b) WHERE a::int > 0"
drifted value-too-long unknown "may be too long for index i" 54000 "DROP INDEX i" \
  "CREATE INDEX i ON t (a)" \
  "INSERT INTO t SELECT 1, string_agg(md5(n::text), '') FROM generate_series(1, 500) n" "$base
CREATE INDEX i ON t (a)"
drifted values-short-enough safe '"drift":[]' ok "DROP INDEX i" "CREATE INDEX i ON t (a, b)" \
  "$rows" "$base
CREATE INDEX i ON t (a, b)"
drifted expression-of-narrower-type unknown "an expression of index i" 22003 \
  "ALTER TABLE t ALTER b TYPE bigint" "ALTER TABLE t ALTER b TYPE int" \
  "INSERT INTO t VALUES (1, 'x', 1500000000)" "$base
CREATE INDEX i ON t ((b * 2))"
drifted generated-may-fail unknown "computing t.g" 22012 "ALTER TABLE t DROP COLUMN g" \
  "ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (1 / b) STORED" "$rows" "$base
ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (1 / b) STORED"
drifted check-may-fail unknown "check" 22012 "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (1 / b < 9)" "$rows" "$base
ALTER TABLE t ADD CONSTRAINT k CHECK (1 / b < 9)"
drifted refill-may-fail unknown "the query of mv" 22012 "DROP MATERIALIZED VIEW mv" \
  "CREATE MATERIALIZED VIEW mv AS SELECT 1 / b FROM t" "$rows" "$base
CREATE MATERIALIZED VIEW mv AS SELECT 1 / b FROM t"
drifted unique-by-citext unsafe "share the same (a) (1 of them)" 23505 "ALTER TABLE t ALTER a TYPE text" \
  "ALTER TABLE t ALTER a TYPE citext" "$rows" "CREATE EXTENSION citext
CREATE TABLE t (id int PRIMARY KEY, a citext UNIQUE, b int)"
drifted unique-by-char unknown "under a unique key" 23505 "ALTER TABLE t ALTER a TYPE text" \
  "ALTER TABLE t ALTER a TYPE char(5)" "INSERT INTO t VALUES (1, 'x', 0), (2, 'x ', 0)" \
  "CREATE TABLE t (id int PRIMARY KEY, a char(5) UNIQUE, b int)"
ignoring_case="CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
drifted unique-by-collation unknown "under a unique key" 23505 \
  "ALTER TABLE t ALTER a TYPE text COLLATE \"C\"" "ALTER TABLE t ALTER a TYPE text COLLATE ci" \
  "$rows" "$ignoring_case
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE ci UNIQUE, b int)"
drifted unique-index-by-collation unknown "no question to the rows settles it" 23505 \
  "DROP INDEX ux" "CREATE UNIQUE INDEX ux ON t (a COLLATE ci)" "$rows" "$base
$ignoring_case
CREATE UNIQUE INDEX ux ON t (a COLLATE ci)"
drifted unique-as-before safe '"drift":[]' ok "DROP INDEX ux" "CREATE UNIQUE INDEX ux ON t (a)" \
  "$rows" "$base
CREATE UNIQUE INDEX ux ON t (a)"

# A foreign key with MATCH FULL refuses rows that are NULL in part.
pair="CREATE TABLE p (x int, y int, PRIMARY KEY (x, y))
CREATE TABLE t (x int, y int)
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (x, y) REFERENCES p MATCH FULL"
full="ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (x, y) REFERENCES p MATCH FULL"
drifted null-in-part unsafe '"executes":"no"' 23503 "ALTER TABLE t DROP CONSTRAINT k" "$full" \
  "INSERT INTO t VALUES (1, NULL)" "$pair"
drifted null-or-whole safe '"drift":[]' ok "ALTER TABLE t DROP CONSTRAINT k" "$full" \
  "INSERT INTO p VALUES (1, 2); INSERT INTO t VALUES (NULL, NULL), (1, 2)" "$pair"

# An extension goes with what it made, operator families and their entries too.
for extension in citext pg_trgm hstore btree_gist btree_gin; do
  drifted "extension-$extension" safe '"drift":[]' ok "CREATE EXTENSION $extension" "DROP EXTENSION $extension" ""
done
drifted extension-and-family-by-hand unknown "goes along with extension btree_gin" ok "CREATE EXTENSION btree_gin" \
  "DROP EXTENSION btree_gin" "ALTER OPERATOR FAMILY int4_ops USING gin ADD OPERATOR 6 <> (int4, int4)"
drifted extension-used-by-hand unsafe "depends on" 2BP01 "CREATE EXTENSION pg_trgm" "DROP EXTENSION pg_trgm" \
  "CREATE INDEX by_hand ON t USING gin (a gin_trgm_ops)"

keyed="CREATE TABLE t (id int PRIMARY KEY, a text UNIQUE, b int)"
drifted extension-of-a-key safe '"drift":[]' ok "CREATE EXTENSION citext
ALTER TABLE t ALTER a TYPE citext" "ALTER TABLE t ALTER a TYPE text
DROP EXTENSION citext" "INSERT INTO t VALUES (1, 'x')" "$keyed"
drifted extension-of-a-key-of-two unsafe "still used by column c of t" 2BP01 "CREATE EXTENSION citext
ALTER TABLE t ALTER a TYPE citext
ALTER TABLE t ALTER c TYPE citext" "ALTER TABLE t ALTER a TYPE text
DROP EXTENSION citext" "" "CREATE TABLE t (a text, c text, UNIQUE (a, c))"
drifted extension-in-a-schema safe '"drift":[]' ok "CREATE SCHEMA x
CREATE EXTENSION citext SCHEMA x" "DROP EXTENSION citext
DROP SCHEMA x" ""
drifted extension-in-a-schema-stays unsafe "schema x is still used by extension citext" 2BP01 "CREATE SCHEMA x
CREATE EXTENSION citext SCHEMA x" "DROP SCHEMA x" ""
drifted extension-of-another safe '"drift":[]' ok "CREATE EXTENSION cube
CREATE EXTENSION earthdistance" "DROP EXTENSION earthdistance
DROP EXTENSION cube" ""
drifted extension-under-another unsafe "depends on extension cube" 2BP01 "CREATE EXTENSION cube" "DROP EXTENSION cube" \
  "CREATE EXTENSION earthdistance"

# The index of a constraint is the constraint's own.
unique="ALTER TABLE t ADD CONSTRAINT ux UNIQUE (a)"
drifted constraint-and-index safe '"drift":[]' ok "$unique" "ALTER TABLE t DROP CONSTRAINT ux CASCADE" ""
drifted constraint-referenced-by-hand unsafe "goes along with constraint ux" ok "$unique" \
  "ALTER TABLE t DROP CONSTRAINT ux CASCADE" "CREATE TABLE h (a text REFERENCES t (a))"

# The text of a regclass names a sequence that is there.
drifted sequence-in-text safe '"drift":[]' ok "ALTER TABLE t ALTER id DROP DEFAULT" \
  "ALTER TABLE t ALTER id SET DEFAULT nextval('t_id_seq'::regclass)" "" \
  "CREATE TABLE t (id serial PRIMARY KEY, a text)"
drifted sequence-in-text-gone unsafe "t_id_seq" 42P01 "ALTER TABLE t ALTER id DROP DEFAULT" \
  "ALTER TABLE t ALTER id SET DEFAULT nextval('t_id_seq'::regclass)" "DROP SEQUENCE t_id_seq" \
  "CREATE TABLE t (id serial PRIMARY KEY, a text)"

# A sequence goes where its table goes.
drifted table-moved-and-back safe '"drift":[]' ok "CREATE SCHEMA x
ALTER TABLE t SET SCHEMA x" "ALTER TABLE x.t SET SCHEMA public
DROP SCHEMA x" "INSERT INTO x.t (a) VALUES ('x')" "CREATE TABLE t (id serial PRIMARY KEY, a text)"
drifted sequence-moved-by-hand unsafe "depends on schema x" 2BP01 "CREATE SCHEMA x" "DROP SCHEMA x" "CREATE SEQUENCE x.s"

# What its parent asks of a partition is built or checked when it is attached again.
parted="CREATE TABLE r (id int PRIMARY KEY)
CREATE TABLE p (id int REFERENCES r, k int, v text, UNIQUE (k, id)) PARTITION BY LIST (k)
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)"
attach="ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1)"
drifted attach-equal-keys unknown "fails (23505)" 23505 "ALTER TABLE p DETACH PARTITION p1
ALTER TABLE p1 DROP CONSTRAINT p1_k_id_key" "$attach" "INSERT INTO r VALUES (7); INSERT INTO p1 VALUES (7, 1), (7, 1)" "$parted"
drifted attach-orphans unknown "fails (23503)" 23503 "ALTER TABLE p DETACH PARTITION p1
ALTER TABLE p1 DROP CONSTRAINT p_id_fkey" "$attach" "INSERT INTO p1 VALUES (7, 1)" "$parted"
drifted attach-as-it-was safe '"drift":[]' ok "ALTER TABLE p DETACH PARTITION p1" "$attach" \
  "INSERT INTO r VALUES (7); INSERT INTO p1 VALUES (7, 1)" "$parted"

# As text: a line for each thing that was seen.
drifted text-of-drift unsafe "index i is missing" 42704 "$index" "DROP INDEX i" \
  "DROP INDEX i; CREATE INDEX j ON t (a)"
psql -X -q -c "UPDATE alembic_version SET version_num = 'r2'"
"$backout" check -1 --path "$project" >"$postgres_dir/answer" 2>&1 || true
grep -qx "drift     index i is missing" "$postgres_dir/answer" || fail "text: no line of drift"
grep -qx "          index j is not in the files" "$postgres_dir/answer" || fail "text: no second line"

echo "ok all"
