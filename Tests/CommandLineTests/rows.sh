# rows.sh BACKOUT: holds the answers that rows decide to a throwaway PostgreSQL: every downgrade that fails, or
# loses values, for some rows and not for others.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

fails="executes\":\"no"
kept="executes\":\"yes\",\"data\":\"kept"

# --- Constraints that are put back: rows that are as they allow, and rows that are not.
constraint() { # NAME VERDICT WORD OUTCOME COLUMNS CONSTRAINT ROWS [BEFORE]
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t DROP CONSTRAINT k" "ALTER TABLE t ADD CONSTRAINT k $6" \
    "${7:+INSERT INTO t VALUES $7}" "${8:+$8
}CREATE TABLE t ($5, CONSTRAINT k $6)"
}
constraint check-holds safe "$kept" ok "a int" "CHECK (a > 0)" "(1), (NULL)"
constraint check-violated unsafe "violate check k (2 of them)" 23514 "a int" "CHECK (a > 0)" "(0), (1), (-1)"
constraint check-between unsafe "$fails" 23514 "a int" "CHECK (a BETWEEN 1 AND 9)" "(10)"
constraint check-not-between safe "$kept" ok "a int" "CHECK (a NOT BETWEEN 1 AND 9)" "(10)"
constraint check-listed unsafe "(1 of them)" 23514 "a text" "CHECK (a IN ('x', 'it''s \\'))" "('x'), ('it''s \\'), ('y')"
constraint check-any unsafe "(1 of them)" 23514 "a varchar(9)" \
  "CHECK (a::text = ANY (ARRAY['x'::varchar, 'y'::varchar]::text[]))" "('x'), ('z')"
constraint check-of-two safe "$kept" ok "a int, b int" "CHECK (a IS NOT NULL OR b < a)" "(1, 2), (NULL, NULL)"
constraint check-of-two-violated unsafe "(1 of them)" 23514 "a int, b int" "CHECK (NOT (a IS NULL AND b IS NULL))" \
  "(1, 2), (NULL, NULL)"
constraint check-function unsafe "(1 of them)" 23514 "a text" "CHECK (length(trim(a)) > 0 AND a = lower(a))" \
  "('x'), ('  ')"
constraint check-pattern unsafe "(1 of them)" 23514 "a text" "CHECK (a ~ '^[a-z]+\$' AND a LIKE '%x')" "('ax'), ('a')"
constraint check-enum unsafe "(1 of them)" 23514 "a m" "CHECK (a = 'x'::m OR a > 'y')" "('x'), ('y'), ('z')" \
  "CREATE TYPE m AS ENUM ('x', 'y', 'z')"
constraint check-days safe "$kept" ok "a date, b date" "CHECK (a < b)" "('2024-01-01', '2024-02-01')"
constraint check-day-of-iso unsafe "(1 of them)" 23514 "a date" "CHECK (a >= '2024-01-01')" \
  "('2024-01-01'), ('2023-12-31')"
constraint check-json unsafe "(1 of them)" 23514 "a jsonb" "CHECK (jsonb_typeof(a) = 'object' AND a ? 'k')" \
  "('{\"k\": 1}'), ('[]')"
constraint check-coalesce unsafe "(1 of them)" 23514 "a int, b numeric" "CHECK (coalesce(a, -1) <> nullif(b, 2))" \
  "(1, 1), (NULL, 2)"
# Not immutable, or not known to be: nothing is asked, and the query is shown.
constraint check-of-now unknown '(a < now()) IS FALSE;"' ok "a timestamptz" "CHECK (a < now())" "('2020-01-01')"
constraint check-of-zone unknown "no question to the rows settles it" ok "a timestamptz, b date" "CHECK (a > b)" \
  "('2024-01-02', '2024-01-01')"
constraint check-of-locale-day unknown "no question to the rows settles it" ok "a date" "CHECK (a > '1/2/2024')" \
  "('2024-05-05')"
constraint check-own-function unknown "FROM \\\"public\\\".\\\"t\\\" WHERE (f(a)) IS FALSE" 23514 "a int" "CHECK (f(a))" \
  "(1)" "CREATE FUNCTION f(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT \$1 > 1'
CREATE TABLE q (a int)"
# A function or operator of the database that PostgreSQL may take in the place of its own.
constraint check-shadowed unknown "has a name that the condition uses" 23514 "a varchar(9)" "CHECK (length(a) > 0)" "('x')" \
  "CREATE FUNCTION length(varchar) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0'"
constraint check-shadowed-operator unknown "no question to the rows settles it" ok "a citext" "CHECK (a = 'X')" "('x')" \
  "CREATE EXTENSION citext"
drifted check-validated unsafe "(1 of them)" 23514 "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID
ALTER TABLE t VALIDATE CONSTRAINT k" "INSERT INTO t VALUES (0)" "CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))"
drifted check-of-renamed unknown "no question to the rows settles it" 23514 \
  "ALTER TABLE t DROP CONSTRAINT k
ALTER TABLE t RENAME a TO c
ALTER TABLE t RENAME b TO a" "ALTER TABLE t RENAME a TO b
ALTER TABLE t RENAME c TO a
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)" "INSERT INTO t VALUES (0, 1)" \
  "CREATE TABLE t (a int, b int, CONSTRAINT k CHECK (a > 0))"
drifted check-of-retyped unknown "no question to the rows settles it" 23514 "ALTER TABLE t DROP CONSTRAINT k
ALTER TABLE t ALTER a TYPE numeric" "ALTER TABLE t ALTER a TYPE int
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)" "INSERT INTO t VALUES (0)" \
  "CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))"
domain="CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0)
CREATE TABLE t (a d)"
drifted domain-check-holds safe "$kept" ok "ALTER DOMAIN d DROP CONSTRAINT k" \
  "ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0)" "INSERT INTO t VALUES (1), (NULL)" "$domain"
drifted domain-check-violated unsafe "(1 of them)" 23514 "ALTER DOMAIN d DROP CONSTRAINT k" \
  "ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0)" "INSERT INTO t VALUES (1), (0)" "$domain"

constraint exclusion-holds safe "$kept" ok "r int4range" "EXCLUDE USING gist (r WITH &&)" "('[1,3)'), ('[3,5)'), (NULL)"
constraint exclusion-conflicts unsafe "(2 of them)" 23P01 "r int4range" "EXCLUDE USING gist (r WITH &&)" \
  "('[1,4)'), ('[3,5)'), ('[7,8)')"
constraint exclusion-of-two unsafe "(2 of them)" 23P01 "a int, b timestamp, c timestamp" \
  "EXCLUDE USING gist (a WITH =, tsrange(b, c) WITH &&) WHERE (a > 0)" \
  "(1, '2024-01-01', '2024-01-03'), (1, '2024-01-02', '2024-01-04'), (2, '2024-01-02', '2024-01-04'), (0, '2024-01-02', '2024-01-04'), (0, '2024-01-02', '2024-01-04')" \
  "CREATE EXTENSION btree_gist"
constraint exclusion-by-case unknown "no question to the rows settles it" 23P01 "a citext" \
  "EXCLUDE (a WITH =)" "('x'), ('X')" "CREATE EXTENSION citext"

# --- NULL and keys.
drifted nulls-exist unsafe "NULLs are in t.a (1 of them)" 23502 "ALTER TABLE t ALTER a DROP NOT NULL" \
  "ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES (1), (NULL)" "CREATE TABLE t (a int NOT NULL)"
drifted no-null-exists safe "$kept" ok "ALTER TABLE t ALTER a DROP NOT NULL" \
  "ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES (1)" "CREATE TABLE t (a int NOT NULL)"
drifted column-for-rows unsafe "fails (23502)" 23502 "ALTER TABLE t DROP COLUMN b" \
  "ALTER TABLE t ADD COLUMN b int NOT NULL" "INSERT INTO t VALUES (1)" "CREATE TABLE t (a int, b int NOT NULL)"
drifted column-for-no-rows unsafe "executes\":\"yes" ok "ALTER TABLE t DROP COLUMN b" \
  "ALTER TABLE t ADD COLUMN b int NOT NULL" "" "CREATE TABLE t (a int, b int NOT NULL)"
key() { # NAME VERDICT WORD OUTCOME ROWS
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t DROP CONSTRAINT t_pkey
ALTER TABLE t ALTER a DROP NOT NULL" "ALTER TABLE t ADD PRIMARY KEY (a)" "INSERT INTO t VALUES $5" \
    "CREATE TABLE t (a int PRIMARY KEY)"
}
key null-in-key unsafe "NULLs are in t.a (1 of them)" 23502 "(NULL), (1)"
key twice-in-key unsafe "share the same (a) (1 of them)" 23505 "(1), (1)"
key once-in-key safe "$kept" ok "(1), (2)"
reference() { # NAME VERDICT WORD OUTCOME ROWS
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t DROP CONSTRAINT k" \
    "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES p (a, b)" "INSERT INTO t VALUES $5" \
    "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b))
INSERT INTO p VALUES (1, 1)
CREATE TABLE t (a int, b int, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES p (a, b))"
}
reference orphans unsafe "refer to rows that are not there (k) (1 of them)" 23503 "(1, 1), (1, 2), (NULL, 7)"
reference no-orphans safe "$kept" ok "(1, 1), (NULL, 7)"
unique() { # NAME VERDICT WORD OUTCOME COLUMNS INDEX ROWS
  drifted "$1" "$2" "$3" "$4" "DROP INDEX ux" "CREATE UNIQUE INDEX ux ON t $6" "INSERT INTO t VALUES $7" \
    "CREATE TABLE t ($5)
CREATE UNIQUE INDEX ux ON t $6"
}
unique unique-holds safe "$kept" ok "a int, b int" "(a, b)" "(1, 1), (1, 2), (1, NULL), (1, NULL)"
unique unique-violated unsafe "(1 of them)" 23505 "a int, b int" "(a, b)" "(1, 1), (1, 1), (1, 1)"
unique unique-without-nulls unsafe "(1 of them)" 23505 "a int, b int" "(a, b) NULLS NOT DISTINCT" "(1, NULL), (1, NULL)"
unique unique-by-expression unsafe "(1 of them)" 23505 "a varchar(9)" "(lower(a))" "('x'), ('X'), (NULL), (NULL)"
unique unique-by-expression-holds safe "$kept" ok "a varchar(9)" "(lower(a))" "('x'), ('Y'), (NULL), (NULL)"
unique unique-of-some unsafe "(1 of them)" 23505 "a int, b boolean" "(a) WHERE b" "(1, true), (1, true), (2, false), (2, false)"
unique unique-of-some-holds safe "$kept" ok "a int, b boolean" "(a) WHERE b IS NOT NULL" "(1, true), (2, NULL), (2, NULL)"
folded() {
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t ALTER a TYPE text" "ALTER TABLE t ALTER a TYPE citext" \
    "INSERT INTO t VALUES $5" "CREATE EXTENSION citext
CREATE TABLE t (a citext, b int, UNIQUE (b, a))"
}
folded folded-holds safe "$kept" ok "('x', 1), ('X', 2), ('y', 1)"
folded folded-violated unsafe "(1 of them)" 23505 "('x', 1), ('X', 1), ('y', 1)"
drifted seeds-again unsafe "$fails" 23505 "DELETE FROM t WHERE a = 2" "INSERT INTO t (a, b) VALUES (2, 'two')" \
  "INSERT INTO t VALUES (2, 'mine')" "CREATE TABLE t (a int PRIMARY KEY, b text)
INSERT INTO t VALUES (2, 'two')"

# --- Partitions: what a bound leaves out, and what the default partition holds of it.
attached() { # NAME VERDICT WORD OUTCOME TYPE STRATEGY BOUND ROWS OTHERS
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE p DETACH PARTITION n" "ALTER TABLE p ATTACH PARTITION n $7" "$8" \
    "CREATE TABLE p (k $5) PARTITION BY $6 (k)
CREATE TABLE n PARTITION OF p $7
${9-}"
}
range="FOR VALUES FROM (0) TO (10)"
attached bound-of-range safe "$kept" ok int RANGE "$range" "INSERT INTO n VALUES (0), (9)"
attached above-the-range unsafe "(1 of them)" 23514 int RANGE "$range" "INSERT INTO n VALUES (0), (10)"
attached null-in-range unsafe "(1 of them)" 23514 int RANGE "$range" "INSERT INTO n VALUES (0), (NULL)"
attached open-range safe "$kept" ok int RANGE "FOR VALUES FROM (MINVALUE) TO (10)" "INSERT INTO n VALUES (-9)"
attached range-of-days unsafe "(1 of them)" 23514 date RANGE "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')" \
  "INSERT INTO n VALUES ('2024-01-31'), ('2024-02-01')"
attached range-of-moments unknown "no question to the rows settles it" ok timestamptz RANGE \
  "FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')" "INSERT INTO n VALUES ('2024-01-31')"
attached bound-of-list safe "$kept" ok text LIST "FOR VALUES IN ('x', NULL)" "INSERT INTO n VALUES ('x'), (NULL)"
attached not-in-the-list unsafe "(2 of them)" 23514 text LIST "FOR VALUES IN ('x')" "INSERT INTO n VALUES ('x'), ('y'), (NULL)"
attached bound-of-hash unknown "no question to the rows settles it" ok int HASH "FOR VALUES WITH (MODULUS 2, REMAINDER 0)" \
  "INSERT INTO n SELECT k FROM generate_series(1, 9) k WHERE satisfies_hash_partition('p'::regclass, 2, 0, k)"
attached default-holds-others safe "$kept" ok int RANGE "$range" "INSERT INTO p VALUES (11), (NULL)" \
  "CREATE TABLE o PARTITION OF p DEFAULT"
attached default-holds-them unsafe "belong into the new one (2 of them)" 23514 int RANGE "$range" \
  "INSERT INTO p VALUES (5), (6), (11)" "CREATE TABLE o PARTITION OF p DEFAULT"

# --- What was written since: values that the upgrade does not give by itself.
added() { # NAME VERDICT WORD DEFINITION BY_HAND
  drifted "$1" "$2" "$3" ok "ALTER TABLE t ADD COLUMN c $4" "ALTER TABLE t DROP COLUMN c" \
    "INSERT INTO t (id) VALUES (1), (2); $5"
}
added default-only safe "$kept" "boolean NOT NULL DEFAULT false" ""
added other-than-default unsafe "loses values of t.c (1 of them)" "boolean NOT NULL DEFAULT false" "UPDATE t SET c = true WHERE id = 1"
added text-default-only safe "$kept" "varchar(9) DEFAULT 'it''s'" ""
added text-of-other-letters unsafe "(1 of them)" "varchar(9) DEFAULT 'new'" "UPDATE t SET c = 'New' WHERE id = 1"
added text-with-blank unsafe "(1 of them)" "text DEFAULT 'new'" "UPDATE t SET c = 'new ' WHERE id = 1"
added number-default-only safe "$kept" "numeric(8,2) NOT NULL DEFAULT 0" ""
added number-of-other-form unsafe "(1 of them)" "numeric DEFAULT 1.0" "UPDATE t SET c = 1.00 WHERE id = 1"
added json-default-only safe "$kept" "jsonb NOT NULL DEFAULT '{}'" "UPDATE t SET c = NULL WHERE false"
added computed-default unsafe "(2 of them)" "timestamptz NOT NULL DEFAULT now()" ""
added double-default unsafe "(2 of them)" "double precision DEFAULT 0.5" ""
drifted dropped-enum-default safe "$kept" ok "CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE t ADD COLUMN c m NOT NULL DEFAULT 'x'" "ALTER TABLE t DROP COLUMN c
DROP TYPE m" "INSERT INTO t (id) VALUES (1)"

added no-default safe "$kept" "int" ""
filled() { # NAME VERDICT WORD UPDATE BY_HAND
  drifted "$1" "$2" "$3" ok "ALTER TABLE t ADD COLUMN c text
$4
ALTER TABLE t ALTER c SET NOT NULL" "ALTER TABLE t DROP COLUMN c" "$5" "$base
INSERT INTO t VALUES (1, 'x'), (2, 'y')"
}
filled filled-with-one-value safe "$kept" "UPDATE t SET c = 'old' WHERE c IS NULL" ""
filled filled-and-changed unsafe "(1 of them)" "UPDATE t SET c = 'old'" "UPDATE t SET c = 'new' WHERE id = 1"
filled filled-with-many-values unsafe "(2 of them)" "UPDATE t SET c = a" ""
filled filled-in-part unsafe "(2 of them)" "UPDATE t SET c = 'old' WHERE id = 1
UPDATE t SET c = 'old' WHERE id = 2" ""

# --- Sequences behind the columns that they number.
made="CREATE SEQUENCE s
CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s'))
INSERT INTO t VALUES (nextval('s')), (nextval('s'))"
inserts() { # NAME OUTCOME: whether a row can be written after the downgrade
  local outcome=ok
  psql -X -q -v VERBOSITY=sqlstate -c "INSERT INTO t DEFAULT VALUES" >"$postgres_dir/run" 2>&1 ||
    outcome="$(grep -o '[0-9]*$' "$postgres_dir/run" | head -1)"
  [ "$outcome" = "$2" ] || fail "$1: an INSERT ends with $outcome, not $2"
  echo "ok $1"
}
drifted sequence-left-behind unsafe "sequence s stands behind values of t.id: an INSERT fails (23505)" ok \
  "ALTER TABLE t ALTER id DROP DEFAULT" "ALTER TABLE t ALTER id SET DEFAULT nextval('s')" "INSERT INTO t VALUES (3)" "$made"
inserts insert-behind 23505
drifted sequence-in-front safe "$kept" ok "ALTER TABLE t ALTER id DROP DEFAULT" \
  "ALTER TABLE t ALTER id SET DEFAULT nextval('s')" "DELETE FROM t WHERE id = 1" "$made"
inserts insert-in-front ok
drifted sequence-made-anew unsafe "sequence s begins at 1, behind values of t.id: an INSERT fails (23505)" ok \
  "ALTER TABLE t ALTER id DROP DEFAULT
DROP SEQUENCE s" "CREATE SEQUENCE s
ALTER TABLE t ALTER id SET DEFAULT nextval('s')" "" "$made"
inserts insert-behind-the-new-one 23505
drifted sequence-that-starts-later unsafe "destroyed the position of sequence s" ok "ALTER TABLE t ALTER id DROP DEFAULT
DROP SEQUENCE s" "CREATE SEQUENCE s START 3
ALTER TABLE t ALTER id SET DEFAULT nextval('s')" "" "$made"
if grep -q 'sequence s begins' "$postgres_dir/answer"; then fail "sequence-that-starts-later: it is not behind"; fi
inserts insert-after-start ok
drifted identity-made-anew unsafe "sequence t_id_seq begins at 1, behind values of t.id: an INSERT fails (23505)" ok \
  "ALTER TABLE t ALTER id DROP IDENTITY" "ALTER TABLE t ALTER id ADD GENERATED BY DEFAULT AS IDENTITY" "" \
  "CREATE TABLE t (id int PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY)
INSERT INTO t DEFAULT VALUES"
inserts insert-behind-identity 23505
drifted sequence-behind-already safe '"notes":["sequence t_id_seq stands behind values of t.id: an INSERT fails (23505)' ok \
  "ALTER TABLE t ADD COLUMN c int" "ALTER TABLE t DROP COLUMN c" "INSERT INTO t VALUES (1), (2)" \
  "CREATE TABLE t (id serial PRIMARY KEY)"
inserts insert-as-before 23505
drifted sequence-that-is-set unsafe "destroyed the position of sequence s" ok "ALTER TABLE t ALTER id DROP DEFAULT
DROP SEQUENCE s" "CREATE SEQUENCE s
ALTER TABLE t ALTER id SET DEFAULT nextval('s')
SELECT setval('s', 2)" "" "$made"
if grep -q 'sequence s begins' "$postgres_dir/answer"; then fail "sequence-that-is-set: it is not behind"; fi
inserts insert-after-setval ok

# --- Steps after one another: an earlier one writes the rows that a later one is about.
later=("ALTER TABLE t ADD COLUMN b int" "ALTER TABLE t DROP COLUMN b
INSERT INTO t VALUES (NULL), (0), (9)")
later_check() {
  drifted "$1" unknown "no question to the rows settles it" "$2" "$3" "$4" "INSERT INTO t VALUES (9)" \
    "CREATE TABLE t (a ${5-int})"
}
later_check nulls-written-before 23502 "ALTER TABLE t ALTER a DROP NOT NULL" "ALTER TABLE t ALTER a SET NOT NULL" \
  "int NOT NULL"
later_check duplicates-written-before 23505 "ALTER TABLE t DROP CONSTRAINT k" "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)" \
  "int CONSTRAINT k UNIQUE"
later_check violations-written-before 23514 "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)" "int CONSTRAINT k CHECK (a > 0)"
later=("ALTER TABLE t ADD COLUMN b int" "ALTER TABLE t DROP COLUMN b")
drifted nothing-written-before safe "$kept" ok "ALTER TABLE t DROP CONSTRAINT k" \
  "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)" "INSERT INTO t VALUES (9)" "CREATE TABLE t (a int CONSTRAINT k CHECK (a > 0))"
later=()

# --- Expressions that try to be more than that.
constraint hostile-names unsafe "(1 of them)" 23514 "\"a\"\"\\'x\" int" "CHECK (\"a\"\"\\'x\" > 0)" "(0), (1)"
constraint hostile-literal unsafe "(1 of them)" 23514 "a text" \
  "CHECK (a <> E'\\'); DROP TABLE t; --\\\\')" "(E'\\'); DROP TABLE t; --\\\\'), ('x')"
constraint hostile-sleep unknown "no question to the rows settles it" ok "a int" "CHECK (pg_sleep(a) IS NOT NULL)" "(0)"
constraint hostile-depth unknown "no question to the rows settles it" ok "a int" \
  "CHECK ($(printf 'NOT (%.0s' $(seq 60))a > 0$(printf ')%.0s' $(seq 60)))" "(1)"
constraint hostile-length unknown "no question to the rows settles it" ok "a int" \
  "CHECK (a > 0$(printf ' OR a > 1%.0s' $(seq 600)))" "(1)"

# --- As text: the query that a person may run, on one line, harmless.
constraint by-hand unknown "no question to the rows settles it" ok "a text" \
  "CHECK (a <> concat('it''s', E'\x1b[31m'))" "('x')"
psql -X -q -c "UPDATE alembic_version SET version_num = 'r2'" -c "ALTER TABLE t DROP CONSTRAINT k"
"$backout" check r1 --path "$project" >"$postgres_dir/answer" 2>&1 || true
says '    by hand: SELECT count(*) FROM "public"."t" WHERE (a <> concat('"'it''s'" || fail "by-hand: no query"
has_no_controls by-hand
query="$(sed -n 's/^    by hand: //p' "$postgres_dir/answer")"
[ "$(psql -X -q -A -t -c "$query")" = 0 ] || fail "by-hand: it does not run"
echo "ok by-hand-runs"
for form in markdown html; do
  "$backout" check r1 --path "$project" --format "$form" >"$postgres_dir/answer" 2>&1 || true
  says "by hand:" && says 'SELECT count(*) FROM ' || fail "by-hand: no query in $form"
  has_no_controls "by-hand-$form"
done
echo "ok by-hand-on-pages"

# --- Rows that the upgrade inserts and the downgrade deletes: lost is what was written into them since.
# seeded NAME VERDICT WORD BY_HAND [COLUMNS]
seeded() {
  drifted "$1" "$2" "$3" ok "INSERT INTO t (code, label, n) VALUES ('x', 'X', 1), ('y', 'Y', NULL)" \
    "DELETE FROM t WHERE code IN ('x', 'y')" "$4" \
    "CREATE TABLE t (id serial PRIMARY KEY, code text UNIQUE, label varchar(9) NOT NULL, n numeric(5,2)${5-})"
}
seeded seeds-as-they-were safe "\"data\":\"kept\"" "INSERT INTO t (code, label) VALUES ('z', 'by hand')"
seeded seeds-gone safe "\"data\":\"kept\"" "DELETE FROM t WHERE code = 'x'"
seeded seed-renamed unsafe "loses changes of rows of t (1 of them)" "UPDATE t SET label = 'x' WHERE code = 'x'"
seeded seed-with-another-number unsafe "(1 of them)" "UPDATE t SET n = 1.01 WHERE code = 'x'"
seeded seed-without-a-number unsafe "(1 of them)" "UPDATE t SET n = NULL WHERE code = 'x'"
seeded seed-with-a-number unsafe "(1 of them)" "UPDATE t SET n = 0 WHERE code = 'y'"
seeded seeds-with-defaults safe "\"data\":\"kept\"" "SELECT 1" ", active bool DEFAULT true, note text"
seeded seed-with-another-default unsafe "(1 of them)" "UPDATE t SET active = NULL WHERE code = 'x'" ", active bool DEFAULT true"
seeded seeds-with-a-note unsafe "(2 of them)" "UPDATE t SET note = ''" ", note text"
seeded seeds-of-a-time unknown "no question to the rows settles it" "SELECT 1" ", at timestamptz DEFAULT now()"
seeded seeds-with-a-generated-column safe "\"data\":\"kept\"" "SELECT 1" ", e text DEFAULT 'a', g int GENERATED ALWAYS AS (1) STORED"
drifted seeds-computed unknown "no question to the rows settles it" ok "INSERT INTO t VALUES (1, upper('x'), 1)" \
  "DELETE FROM t WHERE id = 1" ""
drifted seeds-of-two-columns unsafe "(1 of them)" ok "INSERT INTO m VALUES (1, 2, 'a')
INSERT INTO m VALUES (1, 3, 'b')" "DELETE FROM m WHERE x = 1 AND y IN (2, 3)" "UPDATE m SET v = 'c' WHERE y = 3" \
  "CREATE TABLE m (x int, y int, v text, PRIMARY KEY (x, y))"

echo "ok all"
