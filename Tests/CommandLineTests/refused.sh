# refused.sh BACKOUT: holds the answers about downgrades that fail whatever the rows are to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

# refused NAME SQLSTATE UP DOWN [BASE]
refused() { drifted "$1" unsafe "fails ($2)" "$2" "$3" "$4" "" "${5-$base}"; }

refused default-in-the-way 42804 "ALTER TABLE t ALTER a SET DEFAULT '1'" "ALTER TABLE t ALTER a TYPE int USING a::int" "CREATE TABLE t (a text)"
refused enum-default-in-the-way 42804 "CREATE TYPE n AS ENUM ('x')
ALTER TABLE t ALTER a DROP DEFAULT
ALTER TABLE t ALTER a TYPE n USING a::text::n
ALTER TABLE t ALTER a SET DEFAULT 'x'" "ALTER TABLE t ALTER a TYPE m USING a::text::m
DROP TYPE n" "CREATE TYPE m AS ENUM ('x')
CREATE TABLE t (a m DEFAULT 'x')"
refused boolean-to-int 42804 "ALTER TABLE t ALTER a TYPE boolean USING a <> 0" "ALTER TABLE t ALTER a TYPE int" "CREATE TABLE t (a int)"
refused int-to-boolean 42804 "ALTER TABLE t ALTER a TYPE int USING a::int" "ALTER TABLE t ALTER a TYPE boolean" "CREATE TABLE t (a boolean)"
refused type-in-use 2BP01 "CREATE TYPE m AS ENUM ('x')
ALTER TABLE t ADD COLUMN c m" "DROP TYPE m"
refused new-label-at-once 55P04 "CREATE INDEX i ON t (b)" "DROP INDEX i
ALTER TYPE m ADD VALUE 'y'
INSERT INTO u VALUES ('y')" "CREATE TYPE m AS ENUM ('x')
CREATE TABLE t (b int)
CREATE TABLE u (a m)"
refused old-label 22P02 "ALTER TYPE m RENAME VALUE 'x' TO 'y'" "INSERT INTO u VALUES ('x')" "CREATE TYPE m AS ENUM ('x')
CREATE TABLE u (a m)"
refused view-on-column 2BP01 "ALTER TABLE t ADD COLUMN c int
CREATE VIEW v AS SELECT c FROM t" "ALTER TABLE t DROP COLUMN c
DROP VIEW v"
refused generated-on-column 2BP01 "ALTER TABLE t ADD COLUMN c int
ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (c + 1) STORED" "ALTER TABLE t DROP COLUMN c"
refused foreign-key-on-table 2BP01 "CREATE TABLE p (id int PRIMARY KEY)
ALTER TABLE t ADD COLUMN c int REFERENCES p" "DROP TABLE p
ALTER TABLE t DROP COLUMN c"
refused foreign-key-on-key 2BP01 "ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)
CREATE TABLE h (b int REFERENCES t (b))" "ALTER TABLE t DROP CONSTRAINT k
DROP TABLE h"
refused index-of-constraint 2BP01 "ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)" "DROP INDEX k"
refused schema-in-use 2BP01 "CREATE SCHEMA zz
CREATE TABLE zz.q (x int)" "DROP SCHEMA zz"
refused extension-in-use 2BP01 "CREATE EXTENSION citext
ALTER TABLE t ADD COLUMN c citext" "DROP EXTENSION citext
ALTER TABLE t DROP COLUMN c"
refused function-in-trigger 2BP01 "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()" "DROP FUNCTION f()"
refused renamed-onto-another 42701 "ALTER TABLE t RENAME a TO c
ALTER TABLE t ADD COLUMN a text" "ALTER TABLE t RENAME c TO a"
refused made-twice 42P07 "CREATE TABLE n (id int)" "CREATE TABLE n (id int)"
refused column-that-is-not-there 42703 "CREATE INDEX i ON t (b)" "ALTER TABLE t DROP COLUMN nope"
refused constraint-that-is-not-there 42704 "CREATE INDEX i ON t (b)" "ALTER TABLE t DROP CONSTRAINT nope"
refused index-that-is-not-there 42704 "CREATE INDEX i ON t (b)" "DROP INDEX nope"
refused view-on-retyped 0A000 "ALTER TABLE t ALTER b TYPE bigint
CREATE VIEW v AS SELECT b FROM t" "ALTER TABLE t ALTER b TYPE int"
refused concurrent-index 25001 "DROP INDEX i" "CREATE INDEX CONCURRENTLY i ON t (b)" "CREATE TABLE t (b int)
CREATE INDEX i ON t (b)"
refused concurrent-drop 25001 "CREATE INDEX i ON t (b)" "DROP INDEX CONCURRENTLY i"
refused concurrent-detach 25001 "ALTER TABLE p ATTACH PARTITION n DEFAULT" "ALTER TABLE p DETACH PARTITION n CONCURRENTLY" "CREATE TABLE p (a int) PARTITION BY RANGE (a)
CREATE TABLE n (a int)"
refused vacuum 25001 "CREATE INDEX i ON t (b)" "VACUUM t"
refused no-identity 55000 "CREATE INDEX i ON t (b)" "ALTER TABLE t ALTER b DROP IDENTITY"
refused column-of-key 42P16 "CREATE INDEX i ON t (b)" "ALTER TABLE t ALTER id DROP NOT NULL"

# What goes along without a word, and what is spared.
drifted column-goes-with-its-type unsafe '"data":"new-lost"' ok "CREATE TYPE m AS ENUM ('x')
ALTER TABLE t ADD COLUMN c m" "DROP TYPE m CASCADE" "INSERT INTO t VALUES (1, 'a', 0, 'x')"
drifted index-goes-with-its-column unsafe "the schema is not as before" ok "ALTER TABLE t ADD COLUMN c int
DROP INDEX i
CREATE INDEX i ON t (c, b)" "ALTER TABLE t DROP COLUMN c" "" "$base
CREATE INDEX i ON t (b)"
drifted no-scan-for-not-null safe '"executes":"yes"' ok "ALTER TABLE t ALTER a DROP NOT NULL" \
  "ALTER TABLE t ALTER a SET NOT NULL" "INSERT INTO t VALUES (1)" \
  "CREATE TABLE t (a int NOT NULL, CONSTRAINT k CHECK (a IS NOT NULL))"

echo "ok all"
