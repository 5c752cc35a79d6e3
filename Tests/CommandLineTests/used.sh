# used.sh BACKOUT: holds the answers about what the statements of a downgrade use by name to a throwaway PostgreSQL: parts
# of extensions, types, functions, tables, sequences, collations, schemas, which were dropped, moved or changed by hand.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

# uses NAME UP DOWN BASE: what is made anew after it was dropped, in a database that nobody changed.
uses() {
  name="$1" up="$2" down="$3" with="$4"
  drifted "$name" safe '"drift":[]' ok "$up" "$down" "" "$with"
}
# lacks NAME VERDICT WORD OUTCOME BY_HAND: the same after a change.
lacks() { drifted "$name-$1" "$2" "$3" "$4" "$up" "$down" "$5" "$with"; }

# Operator classes, operators and functions of extensions.
uses class "DROP INDEX i" "CREATE INDEX i ON t USING gin (a gin_trgm_ops)" "CREATE EXTENSION pg_trgm
$base
CREATE INDEX i ON t USING gin (a gin_trgm_ops)"
lacks dropped unsafe "the database has no operator class gin_trgm_ops for gin" 42704 "DROP EXTENSION pg_trgm"
lacks moved unknown "operator class gin_trgm_ops for gin is in schema ext" 42704 \
  "CREATE SCHEMA ext; ALTER EXTENSION pg_trgm SET SCHEMA ext"
lacks moved-onto-the-path safe '"drift":[]' ok \
  "CREATE SCHEMA ext; ALTER EXTENSION pg_trgm SET SCHEMA ext; ALTER DATABASE drifted SET search_path = public, ext"
lacks another-path unknown "the role's search path is zoo, public" ok \
  "CREATE SCHEMA zoo; ALTER TABLE t SET SCHEMA zoo; ALTER DATABASE drifted SET search_path = zoo, public"
uses exclusion "ALTER TABLE r DROP CONSTRAINT x" \
  "ALTER TABLE r ADD CONSTRAINT x EXCLUDE USING gist (room WITH =, at WITH &&)" "CREATE EXTENSION btree_gist
CREATE TABLE r (room int, at tsrange, CONSTRAINT x EXCLUDE USING gist (room WITH =, at WITH &&))"
lacks dropped unsafe "no operator class of int4 for gist by default" 42704 "DROP EXTENSION btree_gist"
lacks moved safe '"drift":[]' ok "CREATE SCHEMA ext; ALTER EXTENSION btree_gist SET SCHEMA ext"
uses operator "DROP VIEW v" "CREATE VIEW v AS SELECT id FROM t WHERE a % 'x'" "CREATE EXTENSION pg_trgm
$base
CREATE VIEW v AS SELECT id FROM t WHERE a % 'x'"
lacks dropped unknown "extension pg_trgm is missing, and operator % may be its" 42883 "DROP EXTENSION pg_trgm"
lacks moved unknown "operator % of extension pg_trgm is in schema ext" 42883 \
  "CREATE SCHEMA ext; ALTER EXTENSION pg_trgm SET SCHEMA ext"
uses default "ALTER TABLE u ALTER id DROP DEFAULT" "ALTER TABLE u ALTER id SET DEFAULT uuid_generate_v4()" \
  "CREATE EXTENSION \"uuid-ossp\"
CREATE TABLE u (id uuid PRIMARY KEY DEFAULT uuid_generate_v4())"
lacks dropped unsafe "the database has no function uuid_generate_v4" 42883 'DROP EXTENSION "uuid-ossp"'
lacks moved unknown "function uuid_generate_v4 is in schema ext" 42883 \
  'CREATE SCHEMA ext; ALTER EXTENSION "uuid-ossp" SET SCHEMA ext'

# Types.
uses extension-type "ALTER TABLE t ALTER a TYPE text" "ALTER TABLE t ALTER a TYPE citext" "CREATE EXTENSION citext
CREATE TABLE t (id int PRIMARY KEY, a citext)"
lacks dropped unsafe "the database has no type citext" 42704 "DROP EXTENSION citext"
lacks moved unknown "type citext is in schema ext" 42704 "CREATE SCHEMA ext; ALTER EXTENSION citext SET SCHEMA ext"
uses enum "ALTER TABLE t ALTER s TYPE text" "ALTER TABLE t ALTER s TYPE mood USING s::mood" \
  "CREATE TYPE mood AS ENUM ('sad', 'glad')
CREATE TABLE t (id int PRIMARY KEY, s mood)"
lacks dropped unsafe "the database has no type mood" 42704 "DROP TYPE mood"
lacks moved unknown "type mood is in schema ext" 42704 "CREATE SCHEMA ext; ALTER TYPE mood SET SCHEMA ext"
lacks renamed unsafe "the database has no type mood" 42704 "ALTER TYPE mood RENAME TO moods"
lacks other-labels unknown "type mood has the labels sad, glad, mad" ok "ALTER TYPE mood ADD VALUE 'mad'"
lacks other-kind unknown "type mood is another kind of type" ok "DROP TYPE mood; CREATE DOMAIN mood AS text"
uses domain "DROP FUNCTION f(price)" "CREATE FUNCTION f(price) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'" \
  "CREATE DOMAIN price AS numeric CHECK (VALUE > 0)
CREATE FUNCTION f(price) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'"
lacks dropped unsafe "the database has no type price" 42704 "DROP DOMAIN price"

# Functions.
one="CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'"
uses call "ALTER TABLE t ALTER b DROP DEFAULT" "ALTER TABLE t ALTER b SET DEFAULT f(1)" "$one
CREATE TABLE t (id int PRIMARY KEY, b int DEFAULT f(1))"
lacks dropped unsafe "the database has no function f" 42883 "DROP FUNCTION f"
lacks moved unknown "function f is in schema ext" 42883 "CREATE SCHEMA ext; ALTER FUNCTION f SET SCHEMA ext"
lacks of-other-arguments unknown "function f has other arguments" 42883 "DROP FUNCTION f;
  CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"
# Whether these hold for all rows is not known in any case.
name=index-call up="DROP INDEX i" down="CREATE INDEX i ON t (f(b))" with="$one
$base
CREATE INDEX i ON t (f(b))"
lacks dropped unsafe "the database has no function f" 42883 "DROP FUNCTION f"
name=check-call up="ALTER TABLE t DROP CONSTRAINT c" down="ALTER TABLE t ADD CONSTRAINT c CHECK (f(b) > 0)"
with="$one
$base
ALTER TABLE t ADD CONSTRAINT c CHECK (f(b) > 0)"
lacks dropped unsafe "the database has no function f" 42883 "DROP FUNCTION f"

# Tables, and columns of them.
two="$base
CREATE TABLE s (id int PRIMARY KEY, a text, n int)"
body="CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(n) FROM s'"
uses body "DROP FUNCTION f()" "$body" "$two
$body"
lacks dropped unknown "the database has no table s" 42P01 "DROP TABLE s"
lacks other-column unknown "table s has the columns" 42703 "ALTER TABLE s RENAME n TO m"
lacks one-more-column safe '"drift":[]' ok "ALTER TABLE s ADD m int"
rule="CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM s WHERE s.id = OLD.id"
uses rule "DROP RULE r ON t" "$rule" "$two
$rule"
lacks dropped unsafe "the database has no table s" 42P01 "DROP TABLE s"
uses statistics "DROP STATISTICS st" "CREATE STATISTICS st ON a, n FROM s" "$two
CREATE STATISTICS st ON a, n FROM s"
lacks dropped unsafe "the database has no table s" 42P01 "DROP TABLE s"
uses publication "DROP PUBLICATION p" "CREATE PUBLICATION p FOR TABLE s" "$two
CREATE PUBLICATION p FOR TABLE s"
lacks dropped unsafe "the database has no table s" 42P01 "DROP TABLE s"

# Sequences, collations, text search, schemas.
uses sequence "ALTER TABLE t ALTER b DROP DEFAULT" "ALTER TABLE t ALTER b SET DEFAULT nextval('q')" "CREATE SEQUENCE q
CREATE TABLE t (id int PRIMARY KEY, b int DEFAULT nextval('q'))"
lacks dropped unsafe "the database has no sequence q" 42P01 "DROP SEQUENCE q"
lacks moved unknown "sequence q is in schema ext" 42P01 "CREATE SCHEMA ext; ALTER SEQUENCE q SET SCHEMA ext"
uses collation "DROP INDEX i" 'CREATE INDEX i ON t (a COLLATE "C")' "$base
CREATE INDEX i ON t (a COLLATE \"C\")"
uses schema "DROP VIEW z.v" "CREATE VIEW z.v AS SELECT 1 AS one" "CREATE SCHEMA z
CREATE VIEW z.v AS SELECT 1 AS one"
lacks dropped unsafe "the database has no schema z" 3F000 "DROP SCHEMA z"
lacks renamed unsafe "the database has no schema z" 3F000 "ALTER SCHEMA z RENAME TO zz"

# A type of an extension that somebody else has made: the history only names it.
psql -X -q -d template1 -c "CREATE EXTENSION citext"
# others NAME WORD OUTCOME BY_HAND
others() {
  drifted "$1" unsafe "$2" "$3" "DROP TABLE z" "CREATE TABLE z (a citext)" "$4" "CREATE TABLE z (a citext)"
}
others type-of-others '"executes":"yes"' ok ""
others type-of-others-gone '"executes":"no"' 42704 "DROP EXTENSION citext"
others type-of-others-moved '"executes":"unknown"' 42704 "CREATE SCHEMA ext; ALTER EXTENSION citext SET SCHEMA ext"
drifted type-of-others-dropped-before unsafe "if type citext does not exist" 42704 "DROP TABLE z" "DROP EXTENSION citext
CREATE TABLE z (a citext)" "" "CREATE TABLE z (a citext)"

echo "ok all"
