# types.sh BACKOUT: holds the answers about columns that get their old type again to a throwaway PostgreSQL.
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

# --- Types: values that do not fit.
retyped varchar-fits safe "$kept" ok "varchar(3)" text "" "xyz" "ab "
retyped varchar-blanks-cut unsafe "$lost" ok "varchar(3)" text "" "xyz" "ab   "
retyped varchar-too-long unsafe "too long for character varying(3) (1 of them)" 22001 "varchar(3)" text "" wxyz ab
retyped varchar-too-long-alone unsafe "executes\":\"no\",\"data\":\"kept" 22001 "varchar(3)" text "" wxyz ab
retyped varchar-too-long-and-cut unsafe "executes\":\"no\",\"data\":\"new-lost" 22001 "varchar(3)" text "" wxyz "ab   "
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
retyped double-of-text safe "$kept" ok "double precision" text "a::double precision" 0 -7 0.5 0.0001 -12.25 \
  123456789012345 1234567.12345678
retyped double-of-other-text unsafe "$lost" ok "double precision" text "a::double precision" 1.50
retyped double-of-many-digits unsafe "$lost" ok "double precision" text "a::double precision" 0.12345678901234567891
retyped double-of-junk unsafe "(2 of them)" 22P02 "double precision" text "a::double precision" "1,5" x 1
retyped double-of-words unknown "of a form that is not judged" ok "double precision" text "a::double precision" NaN 1e5
retyped real-of-text safe "$kept" ok real text "a::real" 0 -7 0.5 999999 999.999
retyped real-of-many-digits unsafe "$lost" ok real text "a::real" 1234567.8
retyped real-of-junk unsafe "(1 of them)" 22P02 real text "a::real" "1 2" 1
retyped real-beyond unknown "of a form that is not judged" 22003 real text "a::real" 1000000000000000000000000000000000000000
retyped address-of-text safe "$kept" ok inet text "a::inet" 10.0.0.1 255.255.255.255/24 0.0.0.0/0 :: ::1 fe80::1/64 \
  2001:db8:0:0:1:2:3:4
retyped address-of-junk unsafe "(3 of them)" 22P02 inet text "a::inet" x "" localhost 10.0.0.1
retyped address-of-large-octet unknown "of a form that is not judged" 22P02 inet text "a::inet" 10.0.0.256
retyped address-of-two-gaps unknown "of a form that is not judged" 22P02 inet text "a::inet" 1::2::3
retyped network-of-text safe "$kept" ok cidr text "a::cidr" 10.0.0.1 10.0.0.1/32 ::1/128
retyped network-of-any-mask unknown "of a form that is not judged" 22P02 cidr text "a::cidr" 10.0.0.1/24
retyped network-of-junk unsafe "(1 of them)" 22P02 cidr text "a::cidr" x
retyped json-of-text unknown "SELECT count(a::json) FROM" 22P02 json text "a::json" x
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
# A label has its name from before again when the type is changed: the rows still have the later one.
renamed() {
  drifted "$1" "$2" "$3" "$4" "ALTER TYPE m RENAME TO old
CREATE TYPE m AS ENUM ('x', 'y', 'w')
ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE old
ALTER TYPE m RENAME VALUE 'w' TO 'z'" "ALTER TYPE m RENAME VALUE 'z' TO 'w'
ALTER TYPE m RENAME TO old
CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE old" "INSERT INTO t VALUES $5" "CREATE TYPE m AS ENUM ('x', 'y')
CREATE TABLE t (a m)"
}
renamed renamed-label-in-use unsafe "$fails" 22P02 "('x'), ('z')"
renamed renamed-label-not-in-use safe "$kept" ok "('x'), ('y')"
# USING makes a NULL that the column does not take.
drifted nulls-by-using unknown "NULLs are in t.a" 23502 "ALTER TABLE t ALTER a DROP NOT NULL
ALTER TABLE t ALTER a TYPE text" "ALTER TABLE t ALTER a TYPE int USING NULLIF(a, '')::int
ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES ('')" "CREATE TABLE t (a int NOT NULL)"
drifted nulls-by-using-at-once unknown "NULLs are in t.a" 23502 "ALTER TABLE t ALTER a TYPE text" \
  "ALTER TABLE t ALTER a TYPE int USING NULLIF(a, '')::int" "INSERT INTO t VALUES ('')" \
  "CREATE TABLE t (a int NOT NULL)"
# What rests on the column is made anew for its type.
drifted check-of-other-type unsafe "$fails" 42883 "ALTER TYPE m ADD VALUE 'z'" "ALTER TYPE m RENAME TO old
CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE old" "INSERT INTO t VALUES ('x')" "CREATE TYPE m AS ENUM ('x', 'y')
CREATE TABLE t (a m CHECK (a <> 'y'))"
drifted label-that-is-gone unsafe "$fails" 22P02 "ALTER TYPE m ADD VALUE 'z'" "ALTER TYPE m RENAME TO old
CREATE TYPE m AS ENUM ('x', 'y')
ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE old
DELETE FROM t WHERE a = 'z'" "INSERT INTO t VALUES ('x')" "CREATE TYPE m AS ENUM ('x', 'y')
CREATE TABLE t (a m)"

# --- Nothing is shown of a value, neither to the person nor in the server's log.
retyped quiet-about-values unsafe "no valid integer" 22P02 int text "a::int" geheim-4711
hides quiet-about-values geheim-4711
psql -X -q -c "UPDATE alembic_version SET version_num = 'r2'" -c "ALTER TABLE t ALTER a TYPE text"
lines="$(grep -c geheim-4711 "$postgres_dir/server.log")"
"$backout" check r1 --path "$project" >"$postgres_dir/answer" 2>&1 || true
says "no valid integer" || fail "quiet-about-values: another answer"
[ "$(grep -c geheim-4711 "$postgres_dir/server.log")" = "$lines" ] || fail "quiet-about-values: the log has a value"
echo "ok quiet-about-values-in-the-log"

# --- Keys that may become equal: by the values as they will be.
# rekeyed NAME VERDICT WORD OUTCOME BEFORE AFTER ROWS
rekeyed() {
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t ALTER a TYPE $6" "ALTER TABLE t ALTER a TYPE $5" "$7" \
    "CREATE TABLE t (a $5 UNIQUE, b int)"
}
rekeyed key-rounded unsafe "$lost" ok int "numeric(10,2)" "INSERT INTO t VALUES (1.4), (2), (NULL), (NULL)"
rekeyed key-rounded-to-equal unsafe "share the same (a) (1 of them)" 23505 int "numeric(10,2)" \
  "INSERT INTO t VALUES (1.4), (1)"
rekeyed key-not-rounded safe "$kept" ok int "numeric(10,2)" "INSERT INTO t VALUES (1.00), (2)"
rekeyed key-of-days unsafe "$lost" ok date timestamp "INSERT INTO t VALUES ('2024-01-01 10:00'), ('2024-01-02 10:00')"
rekeyed key-of-equal-days unsafe "share the same (a) (1 of them)" 23505 date timestamp \
  "INSERT INTO t VALUES ('2024-01-01 10:00'), ('2024-01-01 11:00')"
drifted key-of-two unsafe "$lost" ok "ALTER TABLE t ALTER a TYPE numeric(10,2)" "ALTER TABLE t ALTER a TYPE int" \
  "INSERT INTO t VALUES (1.4, 1), (1.2, 2)" "CREATE TABLE t (a int, b int, UNIQUE (b, a))"
# Of part of the rows it is not asked, but whether a value changes at all.
drifted key-in-part unsafe "executes\":\"unknown" ok "ALTER TABLE t ALTER a TYPE numeric(10,2)" \
  "ALTER TABLE t ALTER a TYPE int" "INSERT INTO t VALUES (1.4, 1), (1.2, -1)" "CREATE TABLE t (a int, b int)
CREATE UNIQUE INDEX ux ON t (a) WHERE b > 0"
drifted key-in-part-as-it-is safe "$kept" ok "ALTER TABLE t ALTER a TYPE numeric(10,2)" \
  "ALTER TABLE t ALTER a TYPE int" "INSERT INTO t VALUES (1, 1), (2, -1)" "CREATE TABLE t (a int, b int)
CREATE UNIQUE INDEX ux ON t (a) WHERE b > 0"

echo "ok all"
