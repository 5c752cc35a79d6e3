# rows.sh BACKOUT: holds the answers that rows decide to a throwaway PostgreSQL: every downgrade that fails, or
# loses values, for some rows and not for others.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

fails="executes\":\"no"
kept="executes\":\"yes\",\"data\":\"kept"
lost="executes\":\"yes\",\"data\":\"new-lost"

# retyped NAME VERDICT WORD OUTCOME BEFORE AFTER USING VALUE...: a column of the type BEFORE becomes AFTER and goes
# back, with USING where it is not empty; it holds the values.
retyped() {
  local name="$1" verdict="$2" word="$3" outcome="$4" before="$5" after="$6" using="${7:+ USING $7}" rows=""
  shift 7
  for value in "$@"; do rows+="INSERT INTO t VALUES ('$value');"; done
  drifted "$name" "$verdict" "$word" "$outcome" "ALTER TABLE t ALTER a TYPE $after" \
    "ALTER TABLE t ALTER a TYPE $before$using" "$rows" "CREATE TABLE t (a $before)"
}

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

# --- Keys.
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

# --- Types: values that do not fit.
retyped varchar-fits safe "$kept" ok "varchar(3)" text "" "xyz" "ab   "
retyped varchar-too-long unsafe "too long for character varying(3) (1 of them)" 22001 "varchar(3)" text "" wxyz ab
retyped varchar-cut unsafe "$lost" ok "varchar(3)" text "a::varchar(3)" wxyz ab
retyped varchar-not-cut safe "$kept" ok "varchar(3)" text "a::varchar(3)" xyz
retyped int-fits safe "$kept" ok int bigint "" 2147483647 -2147483648
retyped int-too-large unsafe "(1 of them)" 22003 int bigint "" 2147483648 1
retyped smallint-too-large unsafe "(1 of them)" 22003 smallint int "" 32768 1
retyped numeric-fits safe "$kept" ok "numeric(5,2)" "numeric(8,2)" "" 999.99 -999.99 NaN
retyped numeric-too-large unsafe "(2 of them)" 22003 "numeric(5,2)" "numeric(8,2)" "" 1000 -1000 1
retyped numeric-rounds-up unsafe "$fails" 22003 "numeric(5,2)" "numeric(8,3)" "" 999.995
retyped numeric-rounded unsafe "$lost" ok "numeric(5,2)" "numeric(8,4)" "" 1.2345
retyped numeric-not-rounded safe "$kept" ok "numeric(5,2)" "numeric(8,4)" "" 1.2300
retyped numeric-to-int-rounded unsafe "$lost" ok int numeric "" 1.6
retyped numeric-to-int-fits safe "$kept" ok int numeric "" 2 -7
retyped double-rounded unsafe "$lost" ok real "double precision" "" 1.23456789012345
retyped double-fits safe "$kept" ok real "double precision" "" 0.5 0 NaN Infinity -Infinity
retyped double-too-large unsafe "$fails" 22003 real "double precision" "" 1e300
retyped double-too-small unsafe "$fails" 22003 real "double precision" "" 1e-300
retyped double-at-the-edge unknown "of a form that is not judged" 22003 real "double precision" "" 3.4028236e38
retyped double-of-63-bits unsafe "$fails" 22003 bigint "double precision" "" 9223372036854775808
retyped day-of-moment unsafe "$lost" ok date timestamp "" "2024-01-01 10:00"
retyped day-of-midnight safe "$kept" ok date timestamp "" "2024-01-01"
retyped day-by-zone unknown "no question to the rows settles it" ok date timestamptz "" "2024-01-01"
retyped fraction-rounded unsafe "$lost" ok "timestamptz(0)" "timestamptz(6)" "" "2024-01-01 10:00:00.6+00"
retyped json-again unknown '"executes":"yes"' ok json jsonb "" '{"a": 1}'
retyped never-without-using unsafe "cannot be cast" 42804 int text ""

# --- Types: texts that are read. In each list the values are those that PostgreSQL takes and keeps, that it
# takes and does not keep as they are, that it refuses, and that nobody judges here.
retyped int-of-text safe "$kept" ok int text "a::int" 7 0 -2147483648
retyped int-of-zeros unsafe "$lost" ok int text "a::int" 007
retyped int-with-blanks unsafe "$lost" ok int text "a::int" " +7 "
for value in x "" 1.5 "1 2" --; do
  retyped "int-of-junk-$value" unsafe "no valid integer (1 of them)" 22P02 int text "a::int" "$value" 1
done
retyped int-of-too-many-digits unsafe "no valid integer (1 of them)" 22003 int text "a::int" 2147483648 1
retyped int-with-exponent unknown "of a form that is not judged" 22P02 int text "a::int" 1e3
retyped int-of-hex unknown "of a form that is not judged" 22P02 int text "a::int" 0x1F
retyped int-of-nothing safe "$kept" ok int text "a::int"
retyped int-by-another-cast safe "$kept" ok int "varchar(9)" "CAST(a AS int)" 7
retyped int-of-trimmed unknown "what happens to values of t.a is not known" ok int text "NULLIF(a, '')::int" ""
retyped int-of-trimmed-junk unsafe "no valid integer (1 of them)" 22P02 int text "NULLIF(btrim(a), '')::int" x " "
retyped int-by-own-function unknown "no question to the rows settles it" ok int text "length(a)" x
retyped numeric-of-text safe "$kept" ok numeric text "a::numeric" 1.50 -7 0
retyped numeric-of-junk unsafe "(2 of them)" 22P02 numeric text "a::numeric" "1,5" x 1
retyped numeric-of-words unknown "of a form that is not judged" ok numeric text "a::numeric" NaN 1e5
retyped numeric-of-text-fits safe "$kept" ok "numeric(5,2)" text "a::numeric(5,2)" 999.99 5
retyped numeric-of-text-beyond unsafe "(2 of them)" 22003 "numeric(5,2)" text "a::numeric(5,2)" 1000 999.995 1
retyped numeric-of-text-rounded unsafe "$lost" ok "numeric(5,2)" text "a::numeric(5,2)" 1.239
retyped uuid-of-text safe "$kept" ok uuid text "a::uuid" 6ba7b810-9dad-11d1-80b4-00c04fd430c8 \
  6BA7B810-9DAD-11D1-80B4-00C04FD430C8 6ba7b8109dad11d180b400c04fd430c8
retyped uuid-of-junk unsafe "(3 of them)" 22P02 uuid text "a::uuid" x "" 6ba7b8109dad11d180b400c04fd430c
retyped uuid-in-braces unknown "of a form that is not judged" ok uuid text "a::uuid" "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"
retyped boolean-of-text safe "$kept" ok boolean text "a::boolean" t true TRUE f of on 0 1 " yes "
retyped boolean-of-junk unsafe "(4 of them)" 22P02 boolean text "a::boolean" o x 2 "" t
retyped day-of-text safe "$kept" ok date text "a::date" 2024-02-28 1999-12-31 0001-01-01
retyped day-of-longer-text unsafe "$lost" ok date text "a::date" "2024-01-01 10:00"
retyped day-of-junk unsafe "(1 of them)" 22007 date text "a::date" "ups" 2024-01-01
retyped day-of-leap-year unknown "of a form that is not judged" ok date text "a::date" 2024-02-29
retyped day-of-no-month unknown "of a form that is not judged" 22008 date text "a::date" 2024-13-01
retyped moment-of-text safe "$kept" ok timestamp text "a::timestamp" "2024-01-01 10:00:00.123456" 2024-01-01T23:59
retyped address-of-text unknown "SELECT count(a::inet) FROM" 22P02 inet text "a::inet" x
drifted enum-of-text safe "$kept" ok "ALTER TABLE t ALTER a TYPE text
DROP TYPE m" "CREATE TYPE m AS ENUM ('x', 'it''s')
ALTER TABLE t ALTER a TYPE m USING a::m" "INSERT INTO t VALUES ('x'), ('it''s'), (NULL)" "CREATE TYPE m AS ENUM ('x', 'it''s')
CREATE TABLE t (a m)"
drifted enum-of-junk unsafe "(2 of them)" 22P02 "ALTER TABLE t ALTER a TYPE text
DROP TYPE m" "CREATE TYPE m AS ENUM ('x', 'it''s')
ALTER TABLE t ALTER a TYPE m USING a::m" "INSERT INTO t VALUES ('x'), ('X'), ('')" "CREATE TYPE m AS ENUM ('x', 'it''s')
CREATE TABLE t (a m)"
labels() {
  drifted "$1" "$2" "$3" "$4" "ALTER TYPE m ADD VALUE 'z'" "ALTER TYPE m RENAME TO old
CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE old" "INSERT INTO t VALUES $5" "CREATE TYPE m AS ENUM ('x', 'y')
CREATE TABLE t (a m)"
}
labels label-in-use unsafe "$fails" 22P02 "('x'), ('z')"
labels label-not-in-use safe "$kept" ok "('x'), ('y')"

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

# --- Nothing is shown of a value, neither to the person nor in the server's log.
retyped quiet-about-values unsafe "no valid integer" 22P02 int text "a::int" geheim-4711
hides quiet-about-values geheim-4711
psql -X -q -c "UPDATE alembic_version SET version_num = 'r2'" -c "ALTER TABLE t ALTER a TYPE text"
lines="$(grep -c geheim-4711 "$postgres_dir/server.log")"
"$backout" check r1 --path "$project" >"$postgres_dir/answer" 2>&1 || true
says "no valid integer" || fail "quiet-about-values: another answer"
[ "$(grep -c geheim-4711 "$postgres_dir/server.log")" = "$lines" ] || fail "quiet-about-values: the log has a value"
echo "ok quiet-about-values-in-the-log"

echo "ok all"
