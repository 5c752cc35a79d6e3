# rights.sh BACKOUT: holds the answers about a role that lacks rights, about a version table that takes no other
# revision, and about what rows and sequences hold beside what the upgrade gave them, to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

psql -X -q -d plain -c "CREATE ROLE dep LOGIN" -c "CREATE ROLE app"
given="GRANT ALL ON SCHEMA public TO dep; ALTER TABLE alembic_version OWNER TO dep;
  GRANT ALL ON ALL TABLES IN SCHEMA public TO dep;"
mine="$given ALTER TABLE t OWNER TO dep;"

# lacks NAME WORD STATE UP DOWN BY_HAND [BASE]: asked by the role itself, and for it.
lacks() {
  asks=dep runs=dep
  drifted "$1" unknown "$2" "$3" "$4" "$5" "$6" "${7-$base}"
  asks='' options=(--run-as dep)
  drifted "$1-for-it" unknown "$2" "$3" "$4" "$5" "$6" "${7-$base}"
  options=() runs=''
}
# has NAME UP DOWN BY_HAND [BASE]
has() {
  asks=dep runs=dep
  drifted "$1" safe '"drift":[]' ok "$2" "$3" "$4" "${5-$base}"
  asks='' options=(--run-as dep)
  drifted "$1-for-it" safe '"drift":[]' ok "$2" "$3" "$4" "${5-$base}"
  options=() runs=''
}
note=("COMMENT ON TABLE t IS 'new'" "COMMENT ON TABLE t IS 'old'")
noted="$base
COMMENT ON TABLE t IS 'old'"
has comment "${note[@]}" "$mine" "$noted"
lacks comment-of-other "table t belongs to postgres" 42501 "${note[@]}" "$given" "$noted"
lacks comment-of-column "table t belongs to postgres" 42501 "COMMENT ON COLUMN t.a IS 'new'" \
  "COMMENT ON COLUMN t.a IS 'old'" "$given" "$base
COMMENT ON COLUMN t.a IS 'old'"
lacks grant "table t belongs to postgres" 42501 "REVOKE SELECT ON t FROM app" "GRANT SELECT ON t TO app" \
  "ALTER TABLE alembic_version OWNER TO dep" "$base
GRANT SELECT ON t TO app"
lacks schema "schema sc belongs to postgres" 42501 "CREATE SCHEMA sc" "DROP SCHEMA sc" "$given"
triggered="$base
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION tf()"
trigger=("DROP TRIGGER tr ON t" "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION tf()")
has trigger "${trigger[@]}" "$mine" "$triggered"
lacks trigger-function "function tf of postgres does not let it call it" 42501 "${trigger[@]}" \
  "$mine REVOKE EXECUTE ON FUNCTION tf() FROM PUBLIC" "$triggered"
lacks extension "extension hstore is for superusers" 42501 "DROP EXTENSION hstore" \
  "CREATE EXTENSION hstore" "$given" "CREATE EXTENSION hstore"
has trusted-extension "DROP EXTENSION hstore" "CREATE EXTENSION hstore" \
  "$given GRANT CREATE ON DATABASE drifted TO dep" "CREATE EXTENSION hstore"
referring="$base
CREATE TABLE p (id int PRIMARY KEY)
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p"
reference=("ALTER TABLE t DROP CONSTRAINT fk" "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p")
has reference "${reference[@]}" "$mine" "$referring"
lacks reference-of-other "table p of postgres does not let it refer to its rows" 42501 "${reference[@]}" \
  "$mine REVOKE REFERENCES ON p FROM dep" "$referring"
lacks reference-behind-policy "row-level security of table p may hide rows" 23503 "${reference[@]}" \
  "$mine INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 'x', 1); ALTER TABLE p OWNER TO dep;
  ALTER TABLE p ENABLE ROW LEVEL SECURITY; ALTER TABLE p FORCE ROW LEVEL SECURITY" "$referring"
lacks type "type en of postgres does not let it use it" 42501 "ALTER TABLE t ALTER e TYPE text" \
  "ALTER TABLE t ALTER e TYPE en USING e::en" "$mine REVOKE USAGE ON TYPE en FROM PUBLIC" \
  "CREATE TYPE en AS ENUM ('a')
CREATE TABLE t (id int, e en)"
lacks owner "it is no member of role app" 42501 "ALTER TABLE t OWNER TO postgres" "ALTER TABLE t OWNER TO app" \
  "$mine" "$base
ALTER TABLE t OWNER TO app"
lacks language "language internal is for superusers" 42501 "DROP FUNCTION f(int)" \
  "CREATE FUNCTION f(int) RETURNS int LANGUAGE internal AS 'int4abs'" "$given" \
  "CREATE FUNCTION f(int) RETURNS int LANGUAGE internal AS 'int4abs'"
lacks all-triggers "table p has triggers of the system" 42501 "ALTER TABLE p ENABLE TRIGGER ALL" \
  "ALTER TABLE p DISABLE TRIGGER ALL" "$given ALTER TABLE p OWNER TO dep" "$referring
ALTER TABLE p DISABLE TRIGGER ALL"
lacks own-rows "row-level security of table t may hide rows" ok \
  "INSERT INTO t VALUES (100, 'seed', 1)" "DELETE FROM t WHERE id = 100" \
  "$mine ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY"
column=("ALTER TABLE t ADD c int" "ALTER TABLE t DROP c")
options=(--run-as dep) runs=dep
drifted begins-read-only unknown "it begins with default_transaction_read_only=on" 25006 "${column[@]}" \
  "$mine ALTER ROLE dep IN DATABASE drifted SET default_transaction_read_only = on"
drifted begins-elsewhere unknown "it begins with search_path=nowhere" 42P01 "${column[@]}" \
  "$mine ALTER ROLE dep IN DATABASE drifted SET search_path = nowhere"
drifted without-usage unknown "schema public of pg_database_owner does not let it use anything" 42P01 \
  "${column[@]}" "$mine REVOKE ALL ON SCHEMA public FROM dep, PUBLIC"
options=() runs=''

# The version table. psql does not count what an UPDATE changes, as Alembic does.
drifted version-trigger unknown "the version table may not take the revision of the target: trigger no" P0001 \
  "${column[@]}" "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
  CREATE TRIGGER no BEFORE UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION no()"
drifted version-check unknown "the version table may not take the revision of the target: constraint only_r2" 23514 \
  "${column[@]}" "ALTER TABLE alembic_version ADD CONSTRAINT only_r2 CHECK (version_num = 'r2')"
first=r1_long
drifted version-short unknown "length 2 of its column, the longest identifier has 7" 22001 "${column[@]}" \
  "ALTER TABLE alembic_version ALTER version_num TYPE varchar(2)"
first=r1
drifted version-twice unsafe "the version table has r2 more than once" ok "${column[@]}" \
  "ALTER TABLE alembic_version DROP CONSTRAINT alembic_version_pkc; INSERT INTO alembic_version VALUES ('r2')"

# Which rows have NULL, and which have the value of the upgrade.
filled=("ALTER TABLE t ADD c boolean
UPDATE t SET c = true" "ALTER TABLE t DROP c")
drifted filled safe '"drift":[]' ok "${filled[@]}" "INSERT INTO t VALUES (1, 'x', 1, true), (2, 'y', 2, true)"
drifted not-filled safe '"drift":[]' ok "${filled[@]}" "INSERT INTO t VALUES (1, 'x', 1, NULL)"
drifted filled-and-not unknown "NULL stands beside the value" ok "${filled[@]}" \
  "INSERT INTO t VALUES (1, 'x', 1, true), (2, 'y', 2, NULL)"
defaulted=("ALTER TABLE t ADD c boolean DEFAULT true" "ALTER TABLE t DROP c")
drifted defaulted safe '"drift":[]' ok "${defaulted[@]}" "INSERT INTO t VALUES (1, 'x', 1)"
drifted taken-back unknown "NULL stands beside the value" ok "${defaulted[@]}" \
  "INSERT INTO t VALUES (1, 'x', 1, NULL)"

# The sequence of an identity column.
numbered="CREATE TABLE n (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)"
longer=("ALTER TABLE n ALTER id TYPE bigint" "ALTER TABLE n ALTER id TYPE int")
drifted sequence safe '"drift":[]' ok "${longer[@]}" "INSERT INTO n DEFAULT VALUES" "$numbered"
drifted sequence-beyond unsafe "sequence n_id_seq stands beyond the new type" 22023 "${longer[@]}" \
  "SELECT setval('n_id_seq', 3000000000)" "$numbered"

# Rows that the downgrade writes, where something else does, too.
copied="CREATE TABLE t (id int PRIMARY KEY, a int, b text)"
halves=("ALTER TABLE t ADD c text
UPDATE t SET c = b
ALTER TABLE t DROP b" "ALTER TABLE t ADD b text
UPDATE t SET b = c
ALTER TABLE t DROP c")
row="INSERT INTO t VALUES (1, 1, 'x');"
drifted row-trigger unknown "trigger x on t, which is not in the files, runs" P0001 "${halves[@]}" \
  "$row CREATE FUNCTION x() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
  CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION x()" "$copied"
drifted row-rule unknown "rule x on t, which is not in the files, runs" ok "${halves[@]}" \
  "$row CREATE RULE x AS ON UPDATE TO t DO INSTEAD NOTHING" "$copied"
drifted row-check unknown "may refuse the rows of the downgrade" 23514 "${halves[@]}" \
  "$row ALTER TABLE t ADD z int; ALTER TABLE t ADD CHECK (z IS NOT NULL) NOT VALID" "$copied"
seed=("INSERT INTO t VALUES (100, 'seed', 1)" "DELETE FROM t WHERE id = 100")
drifted row-reference unknown "foreign key k_x_fkey of table k" 23503 "${seed[@]}" \
  "CREATE TABLE k (x int REFERENCES t); INSERT INTO k VALUES (100)"
drifted row-published unsafe "table nk has no replica identity" 55000 "ALTER TABLE nk ALTER y DROP NOT NULL" \
  "UPDATE nk SET y = 0 WHERE y IS NULL
ALTER TABLE nk ALTER y SET NOT NULL" "INSERT INTO nk VALUES (1, NULL); CREATE PUBLICATION pp FOR ALL TABLES" \
  "CREATE TABLE nk (x int, y int NOT NULL)"

# Roles that are named, and not there any more.
gone() {
  psql -X -q -d plain -c "CREATE ROLE leaver"
  drifted "$1" unsafe "fails (42704): the server has no role leaver" 42704 "$3" "$4" \
    "ALTER ROLE leaver RENAME TO left_$1" "CREATE TABLE t (id int PRIMARY KEY)
$2"
}
gone grantee "GRANT SELECT ON t TO leaver" "REVOKE SELECT ON t FROM leaver" "GRANT SELECT ON t TO leaver"
gone policy "CREATE POLICY p ON t TO leaver" "DROP POLICY p ON t" "CREATE POLICY p ON t TO leaver"
gone owner "ALTER TABLE t OWNER TO leaver" "ALTER TABLE t OWNER TO postgres" "ALTER TABLE t OWNER TO leaver"
gone schema "CREATE SCHEMA s AUTHORIZATION leaver" "DROP SCHEMA s" "CREATE SCHEMA s AUTHORIZATION leaver"
drifted everybody safe '"drift":[]' ok "REVOKE SELECT ON t FROM public, current_user" \
  "GRANT SELECT ON t TO public, current_user" "" "CREATE TABLE t (id int PRIMARY KEY)
GRANT SELECT ON t TO public, current_user"

# A role that no statement named before is asked for.
drifted role-of-the-server unsafe '"executes":"yes"' ok "SELECT 1" "GRANT SELECT ON t TO postgres" ""
drifted no-role-of-the-server unsafe "fails (42704): the server has no role nobody_there" 42704 \
  "SELECT 1" "GRANT SELECT ON t TO nobody_there" ""

echo "ok all"
