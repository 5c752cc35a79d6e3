# one_transaction.sh BACKOUT: holds the answers about several steps, which `alembic downgrade` takes in one session and
# in one transaction, to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

split=", transaction_per_migration=True"
fails="executes\":\"no"
works="executes\":\"yes"

# --- A label that the newer step's downgrade adds, and the older one uses.
enum="CREATE TYPE e AS ENUM ('a', 'b', 'c')
CREATE TABLE t (id int PRIMARY KEY, s e)
CREATE TABLE z (id int, s text)"
later=("ALTER TYPE e RENAME TO old
CREATE TYPE e AS ENUM ('a', 'b')
ALTER TABLE t ALTER s TYPE e USING s::text::e
DROP TYPE old" "ALTER TYPE e ADD VALUE 'c'")
# label NAME VERDICT WORD OUTCOME UP DOWN [BY_HAND [SETUP]]
label() {
  drifted "$1" "$2" "$3" "$4" "$5" "$6" "${7-}" "$enum
${8-}"
}
index="CREATE INDEX i ON t (id) WHERE s = 'c'"
label label-in-index unsafe "$fails" 55P04 "DROP INDEX i" "$index" "" "$index"
label label-in-view unsafe "$fails" 55P04 "DROP VIEW v" "CREATE VIEW v AS SELECT id FROM t WHERE s = 'c'" "" \
  "CREATE VIEW v AS SELECT id FROM t WHERE s = 'c'"
label label-in-query unsafe "$fails" 55P04 "ALTER TABLE t ADD x int" "SELECT count(*) FROM t WHERE s = 'c'
ALTER TABLE t DROP x"
label label-in-default unsafe "$fails" 55P04 "ALTER TABLE t ALTER s DROP DEFAULT" "ALTER TABLE t ALTER s SET DEFAULT 'c'"
label label-in-rows unsafe "$fails" 55P04 "ALTER TABLE t ADD x int" "UPDATE t SET s = 'c' WHERE id < 0
ALTER TABLE t DROP x"
label label-of-texts unsafe "no question to the rows settles it" 55P04 "ALTER TABLE z ADD x int" \
  "ALTER TABLE z ALTER s TYPE e USING s::e
ALTER TABLE z DROP x" "INSERT INTO z VALUES (1, 'c')"
label another-label safe "$works" ok "DROP INDEX j" "CREATE INDEX j ON t (id) WHERE s = 'b'" "" \
  "CREATE INDEX j ON t (id) WHERE s = 'b'"
configured="$split"
label label-committed-before safe "$works" ok "DROP INDEX i" "$index" "" "$index"
configured=""

# --- Temporary objects of one name.
later=("ALTER TABLE t ADD c int" "CREATE TEMP TABLE tmp AS SELECT 1 AS x
ALTER TABLE t DROP c")
# temporary NAME VERDICT WORD OUTCOME STATEMENT: what the older step's downgrade begins with.
temporary() {
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t ADD d int" "$5
ALTER TABLE t DROP d" ""
}
temporary temporary-twice unsafe "$fails" 42P07 "CREATE TEMP TABLE tmp AS SELECT 1 AS x"
temporary temporary-of-another-name safe "$works" ok "CREATE TEMP TABLE other AS SELECT 1 AS x"
temporary temporary-dropped safe "$works" ok "DROP TABLE tmp"
later[1]="CREATE TEMP TABLE tmp ON COMMIT DROP AS SELECT 1 AS x
ALTER TABLE t DROP c"
temporary temporary-until-commit unsafe "$fails" 42P07 "CREATE TEMP TABLE tmp AS SELECT 1 AS x"
configured="$split"
temporary temporary-after-commit safe "$works" ok "CREATE TEMP TABLE tmp AS SELECT 1 AS x"
later[1]="CREATE TEMP TABLE tmp AS SELECT 1 AS x
ALTER TABLE t DROP c"
temporary temporary-of-the-session unsafe "$fails" 42P07 "CREATE TEMP TABLE tmp AS SELECT 1 AS x"

configured=""

# --- Rows that a deferred key has still to look at.
own="CREATE TABLE t (id int PRIMARY KEY, par int REFERENCES t INITIALLY DEFERRED)"
later=("INSERT INTO t VALUES (99, NULL)" "DELETE FROM t WHERE id = 99")
drifted rows-waiting unsafe "fails (55006)" 55006 "ALTER TABLE t ADD z int" "ALTER TABLE t DROP z" "" "$own"
drifted no-rows-waiting unknown "fails (55006)" ok "ALTER TABLE t ADD z int" "ALTER TABLE t DROP z" \
  "DELETE FROM t" "$own"
configured="$split"
drifted rows-committed unsafe "$works" ok "ALTER TABLE t ADD z int" "ALTER TABLE t DROP z" "" "$own"
configured=""

# --- NULLs that the newer step's USING makes.
later=("ALTER TABLE t ALTER a TYPE text" "ALTER TABLE t ALTER a TYPE int USING nullif(a, '')::int")
drifted nulls-made-before unknown "no question to the rows settles it" 23502 "ALTER TABLE t ALTER a DROP NOT NULL" \
  "ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES ('')" "CREATE TABLE t (a int NOT NULL)"
later[1]="ALTER TABLE t ALTER a TYPE int USING a::int"
drifted no-nulls-made-before safe "$works" ok "ALTER TABLE t ALTER a DROP NOT NULL" \
  "ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES ('5')" "CREATE TABLE t (a int NOT NULL)"

echo "ok all"
