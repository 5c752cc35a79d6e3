# given.sh BACKOUT: holds the answers about what was made by hand on objects that a downgrade renames, or drops and
# makes anew, to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

# By the name that the database has, where the downgrade renames what it drops.
labels="CREATE TYPE e AS ENUM ('x', 'y')
CREATE TABLE t (id int PRIMARY KEY, s e)"
label="ALTER TYPE e ADD VALUE 'z'"
no_label="ALTER TYPE e RENAME TO e_old
CREATE TYPE e AS ENUM ('x', 'y')
ALTER TABLE t ALTER s TYPE e USING s::text::e
DROP TYPE e_old"
drifted no-label safe '"drift":[]' ok "$label" "$no_label" "INSERT INTO t VALUES (1, 'x')" "$labels"
drifted label-in-other-table unsafe "column o.z depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE TABLE o (z e)" "$labels"
drifted label-in-other-array unsafe "column o.z depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE TABLE o (z e[])" "$labels"
drifted label-in-other-column unsafe "column t.s2 depends on type e" 2BP01 "$label" "$no_label" \
  "ALTER TABLE t ADD s2 e" "$labels"
drifted label-in-function unsafe "function f depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE FUNCTION f(e) RETURNS int LANGUAGE sql AS 'SELECT 1'" "$labels"
drifted label-in-domain unsafe "type d depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE DOMAIN d AS e" "$labels"
drifted label-in-view unsafe "view v depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE VIEW v AS SELECT 'x'::e" "$labels"
drifted label-in-cast unsafe "depends on type e" 2BP01 "$label" "$no_label" \
  "CREATE CAST (e AS int) WITH INOUT" "$labels"
drifted label-in-partition safe '"drift":[]' ok "$label" "$no_label" \
  "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)" \
  "CREATE TYPE e AS ENUM ('x', 'y')
CREATE TABLE t (id int PRIMARY KEY, s e) PARTITION BY RANGE (id)"
# renamed NAME WORD MAKE DROP RENAME RENAME_BACK BY_HAND: of what one revision makes and the next renames.
renamed() {
  later=("$5" "$6")
  drifted "$1" unsafe "$2" 2BP01 "$3" "$4" "$7"
  later=()
  drifted "$1-at-once" unsafe "$2" 2BP01 "$3
$5" "$6
$4" "$7"
}
renamed renamed-function "view v depends on function f2" \
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'" "DROP FUNCTION f()" \
  "ALTER FUNCTION f() RENAME TO f2" "ALTER FUNCTION f2() RENAME TO f" "CREATE VIEW v AS SELECT f2()"
renamed renamed-sequence "column t.b depends on sequence s2" "CREATE SEQUENCE s" "DROP SEQUENCE s" \
  "ALTER SEQUENCE s RENAME TO s2" "ALTER SEQUENCE s2 RENAME TO s" \
  "ALTER TABLE t ALTER b SET DEFAULT nextval('s2')"
renamed renamed-type "column h.b depends on type m2" "CREATE TYPE m AS ENUM ('x')" "DROP TYPE m" \
  "ALTER TYPE m RENAME TO m2" "ALTER TYPE m2 RENAME TO m" "CREATE TABLE h (b m2)"
renamed renamed-domain "column h.b depends on type d2" "CREATE DOMAIN d AS int" "DROP DOMAIN d" \
  "ALTER DOMAIN d RENAME TO d2" "ALTER DOMAIN d2 RENAME TO d" "CREATE TABLE h (b d2)"
renamed renamed-view "view w depends on view v2" "CREATE VIEW v AS SELECT id FROM t" "DROP VIEW v" \
  "ALTER VIEW v RENAME TO v2" "ALTER VIEW v2 RENAME TO v" "CREATE VIEW w AS SELECT * FROM v2"
renamed renamed-schema "table z2.q depends on schema z2" "CREATE SCHEMA z" "DROP SCHEMA z" \
  "ALTER SCHEMA z RENAME TO z2" "ALTER SCHEMA z2 RENAME TO z" "CREATE TABLE z2.q (x int)"
renamed in-renamed-schema "view v depends on view z2.q" "CREATE SCHEMA z
CREATE VIEW z.q AS SELECT id FROM t" "DROP VIEW z.q
DROP SCHEMA z" \
  "ALTER SCHEMA z RENAME TO z2" "ALTER SCHEMA z2 RENAME TO z" "CREATE VIEW v AS SELECT * FROM z2.q"
renamed renamed-constraint "constraint h_b_fkey on h depends on constraint k2 on t" \
  "ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)" "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t RENAME CONSTRAINT k TO k2" "ALTER TABLE t RENAME CONSTRAINT k2 TO k" \
  "CREATE TABLE h (b int REFERENCES t (b))"

# What has been given by hand to an object that the downgrade drops and makes anew.
psql -X -q -d plain -c "CREATE ROLE app"
wider="CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t"
narrower="DROP VIEW v
CREATE VIEW v AS SELECT id, a FROM t"
view="$base
CREATE VIEW v AS SELECT id, a FROM t"
drifted nothing-given safe '"drift":[]' ok "$wider" "$narrower" "" "$view"
drifted given-to-what-stays safe '"drift":[]' ok "CREATE INDEX i ON t (b)" "DROP INDEX i" \
  "GRANT SELECT ON t TO app; COMMENT ON COLUMN t.a IS 'x'"
drifted granted-view unknown "view v grants SELECT TO app" ok "$wider" "$narrower" \
  "GRANT SELECT ON v TO app" "$view"
drifted granted-column unknown "column v.a grants SELECT TO app" ok "$wider" "$narrower" \
  "GRANT SELECT (a) ON v TO app" "$view"
drifted owned-view unknown "view v belongs to app" ok "$wider" "$narrower" \
  "ALTER VIEW v OWNER TO app" "$view"
drifted comment-on-view unknown "view v has a comment" ok "$wider" "$narrower" \
  "COMMENT ON VIEW v IS 'x'" "$view"
drifted comment-of-the-files safe '"drift":[]' ok "$wider" "$narrower
COMMENT ON VIEW v IS 'x'" "" "$view
COMMENT ON VIEW v IS 'x'"
drifted granted-by-default safe '"drift":[]' ok "$wider" "$narrower" "" \
  "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app
$view"
drifted granted-type unknown "type e grants USAGE TO app" ok "$label" "$no_label" \
  "GRANT USAGE ON TYPE e TO app" "$labels"
drifted revoked-type unknown "type e does not grant USAGE TO PUBLIC" ok "$label" "$no_label" \
  "REVOKE USAGE ON TYPE e FROM PUBLIC" "$labels"
drifted owned-type unknown "type e belongs to app" ok "$label" "$no_label" \
  "ALTER TYPE e OWNER TO app" "$labels"
drifted comment-on-type unknown "type e has a comment" ok "$label" "$no_label" \
  "COMMENT ON TYPE e IS 'x'" "$labels"
drifted granted-function unknown "function f grants EXECUTE TO app" ok \
  "CREATE OR REPLACE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 2'" "DROP FUNCTION f(int)
CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'" \
  "GRANT EXECUTE ON FUNCTION f(int) TO app" \
  "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
drifted comment-on-index unknown "index i has a comment" ok \
  "ALTER INDEX i SET (fillfactor = 50)" "DROP INDEX i
CREATE INDEX i ON t (b)" "COMMENT ON INDEX i IS 'x'" "$base
CREATE INDEX i ON t (b)"

echo "ok all"
