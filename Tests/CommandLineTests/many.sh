# many.sh BACKOUT: many databases and many schemas in one check.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

proper() { hides "$1" geheim; }

has() { grep -q -E "$2" "$postgres_dir/answer" || fail "$1: no line like '$2'"; }

start_postgres tenants
project="$postgres_dir/project"
mkdir -p "$project/versions"
printf '[alembic]\nscript_location = %%(here)s\n' >"$project/alembic.ini"
printf 'from alembic import context\ncontext.configure(dialect_name="postgresql")\n' >"$project/env.py"
revision() {
  printf 'from alembic import op\nrevision = "%s"\ndown_revision = %s\ndef upgrade():\n    op.execute("%s")\n' "$1" "$2" "$3"
  printf 'def downgrade():\n    op.execute("%s")\n' "$4"
}
revision r1 None "CREATE TABLE t (id int PRIMARY KEY)" "DROP TABLE t" >"$project/versions/r1.py"
revision r2 '"r1"' "ALTER TABLE t ADD COLUMN c int" "ALTER TABLE t DROP COLUMN c" >"$project/versions/r2.py"
"$backout" sql base:head --path "$project" >"$postgres_dir/schema.sql"

# Time enough for a machine on which others are at work, where it does not matter.
plenty=(--timeout 50)

# --- Schemas. Each is made by the same SQL, with the search path that a tenant's session has.
schema() {
  printf 'CREATE SCHEMA "%s"; SET search_path = "%s";\n' "$1" "$1"
  grep -v -E '^(BEGIN|COMMIT);' "$postgres_dir/schema.sql"
}
{
  for number in $(seq 500); do schema "tenant_$number"; done
  schema other
} | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -c "INSERT INTO tenant_7.t VALUES (1, 5), (2, NULL)" \
  -c "UPDATE tenant_8.alembic_version SET version_num = 'elsewhere'" \
  -c "CREATE VIEW tenant_9.v AS SELECT c FROM tenant_9.t"
start="$(date +%s%N)"
answers schemas 1 "500 checked: 497 safe, 1 unknown, 2 unsafe" check --schemas 'tenant_*' --path "$project" "${plenty[@]}"
spent=$((($(date +%s%N) - start) / 1000000))
# `make bench` has the time of a release build on a quiet machine. Here others are at work, so this
# only says that it is no matter of a second for each.
[ "$spent" -lt 120000 ] || fail "schemas: $spent ms"
has schemas '^unsafe +tenant_7 .*\(1 of them\)'
has schemas '^unknown +tenant_8 +the database is at elsewhere, which'
has schemas '^unsafe +tenant_9 .*2BP01'
has schemas '^safe +tenant_10 +r2 to r1$'
tail -1 "$postgres_dir/answer" | grep -q '^unsafe' || fail "schemas: the worst verdict is not last"
[ "$(grep -c tenant_ "$postgres_dir/answer")" = 500 ] || fail "schemas: not a line for each"
answers schemas-as-json 1 '"name":"tenant_7","verdict":"unsafe"' check --schemas 'tenant_*' --path "$project" \
  --format json "${plenty[@]}"
answers some-schemas 0 "10 checked: 10 safe" check --schemas 'tenant_1?' --path "$project" "${plenty[@]}"
# What is asked about several schemas at once is answered for each by itself.
helpers=()
stop_helpers() {
  for helper in ${helpers[@]+"${helpers[@]}"}; do kill -9 "$helper" 2>/dev/null || true; done
  stop_postgres
}
trap stop_helpers EXIT
psql -X -q -v ON_ERROR_STOP=1 -c "CREATE ROLE app LOGIN" -c "GRANT USAGE, CREATE ON SCHEMA tenant_21 TO app" \
  -c "GRANT ALL ON tenant_21.alembic_version TO app" -c "ALTER TABLE tenant_21.t OWNER TO app" \
  -c "ALTER TABLE tenant_22.t DROP COLUMN c" -c "DROP TABLE tenant_23.alembic_version" \
  -c "DELETE FROM tenant_24.alembic_version" \
  -c "ALTER TABLE tenant_24.t ADD COLUMN by_hand int" \
  -c "INSERT INTO tenant_26.t SELECT n, n FROM generate_series(1, 7) n" \
  -c "CREATE VIEW tenant_27.v AS SELECT c FROM tenant_27.t"
PGAPPNAME=report psql -X -q -o /dev/null -c "BEGIN" -c "SELECT count(*) FROM tenant_25.t" \
  -c "SELECT pg_sleep(300)" 2>/dev/null </dev/null &
helpers+=($!)
for _ in $(seq 200); do
  [ "$(sql "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'report'
    AND xact_start < now() - interval '1.2 s' AND wait_event = 'PgSleep'")" != t ] || break
  sleep 0.1
done
answers each-by-itself 1 "9 checked: 4 safe, 1 wait, 3 unsafe, 1 failed" \
  check -1 --schemas 'tenant_2?' --path "$project" "${plenty[@]}"
has each-by-itself '^unsafe +tenant_22 .*no column t\.c'
has each-by-itself '^failed +tenant_24 .*is empty'
has each-by-itself '^wait +tenant_25 .*AccessShareLock on t is held .*report'
has each-by-itself '^unsafe +tenant_26 .*\(7 of them\)'
has each-by-itself '^unsafe +tenant_27 .*2BP01'
timeless() { sed -E 's/ \([0-9]+ s ago\)//'; }
together="$(grep tenant_ "$postgres_dir/answer" | timeless)"
alone="$(for number in 20 21 22 24 25 26 27 28 29; do
  "$backout" check -1 --schemas "tenant_$number" --path "$project" "${plenty[@]}" | grep tenant_ || true
done | timeless)"
[ "$alone" = "$together" ] || fail "each-by-itself: asked about alone, the answers are: $alone"
answers rights-by-itself 1 "9 checked: 1 safe, 4 unknown, 3 unsafe, 1 failed" \
  check -1 --schemas 'tenant_2?' --path "$project" --run-as app "${plenty[@]}"
has rights-by-itself '^safe +tenant_21 '
# One that takes long leaves the others theirs.
psql -X -q -c "ALTER TABLE tenant_29.alembic_version RENAME TO real" \
  -c "CREATE VIEW tenant_29.alembic_version AS SELECT version_num FROM tenant_29.real, pg_sleep(90)"
answers slow-one 1 "9 checked: 3 safe, 1 wait, 1 unknown, 3 unsafe, 1 failed" \
  check -1 --schemas 'tenant_2?' --path "$project" --timeout 20
has slow-one '^unknown +tenant_29 .*longer than the time limit'
answers no-such-schema 2 "no schema like" check --schemas 'nobody_*' --path "$project"
[ "$(psql -X -A -t -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'backout'")" = 0 ] ||
  fail "sessions are left"

# Its own sessions are not in each other's way, where everybody with an older transaction is.
mkdir -p "$postgres_dir/concurrent/versions"
cp "$project/alembic.ini" "$project/env.py" "$postgres_dir/concurrent"
cp "$project/versions/r1.py" "$postgres_dir/concurrent/versions"
cat >"$postgres_dir/concurrent/versions/r2.py" <<'REVISION'
from alembic import op
revision = "r2"
down_revision = "r1"
def upgrade():
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY i ON t (id)")
def downgrade():
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY i")
REVISION
for number in $(seq 10 59); do
  printf 'CREATE SCHEMA slow_%s; CREATE TABLE slow_%s.t (id int PRIMARY KEY); CREATE INDEX i ON slow_%s.t (id);\n' \
    "$number" "$number" "$number"
  printf "CREATE VIEW slow_%s.alembic_version AS SELECT 'r2'::text AS version_num FROM pg_sleep(0.08);\n" "$number"
done | psql -X -q -v ON_ERROR_STOP=1
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'report'" >/dev/null
answers not-in-its-own-way 0 "50 checked: 50 safe" check -1 --schemas 'slow_*' --path "$postgres_dir/concurrent" \
  "${plenty[@]}"

# Ctrl-C: the server is told about each session.
for number in $(seq 10 59); do
  printf "CREATE OR REPLACE VIEW slow_%s.alembic_version AS SELECT 'r2'::text AS version_num FROM pg_sleep(60);\n" "$number"
done | psql -X -q -v ON_ERROR_STOP=1
env --default-signal=INT "$backout" check -1 --timeout 300 --schemas 'slow_*' --path "$postgres_dir/concurrent" \
  >"$postgres_dir/answer" 2>&1 &
check=$!
asking="FROM pg_stat_activity WHERE application_name = 'backout' AND wait_event = 'PgSleep'"
for _ in $(seq 200); do
  [ "$(sql "SELECT count(*) $asking")" != 2 ] || break
  sleep 0.05
done
kill -INT "$check"
code=0
wait "$check" || code=$?
[ "$code" = 130 ] || fail "ctrl-c: exit code $code instead of that of SIGINT"
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) $asking")" != 0 ] || break
  sleep 0.05
done
[ "$(sql "SELECT count(*) $asking")" = 0 ] || fail "ctrl-c: statements still run"
[ "$(grep -c 'canceling statement due to user request' "$postgres_dir/server.log")" -ge 2 ] ||
  fail "ctrl-c: the server was not told"
echo "ok ctrl-c"

# --- The time limit is that of all together, and nothing goes on after it.
# within SECONDS NAME...: as `answers`, and not later than that.
within() {
  local limit="$1" start="$SECONDS"
  shift
  answers "$@"
  [ $((SECONDS - start)) -le "$limit" ] || fail "$1: took $((SECONDS - start)) s"
}
within 10 all-slow 3 "50 checked: 50 unknown" \
  check -1 --timeout 2 --schemas 'slow_*' --path "$postgres_dir/concurrent"
[ "$(grep -c '^unknown  *slow_.*time limit' "$postgres_dir/answer")" = 50 ] || fail "all-slow: not a line for each"
[ "$(sql "SELECT count(*) $asking")" = 0 ] || fail "all-slow: statements still run"
within 10 all-slow-as-json 3 '"name":"slow_59","verdict":"unknown"' \
  check -1 --timeout 2 --schemas 'slow_*' --path "$postgres_dir/concurrent" --format json

# --- Databases. One that cannot be reached does not stop the others.
createdb good
createdb full
for database in good full; do psql -X -q -d "$database" -o /dev/null -f "$postgres_dir/schema.sql"; done
psql -X -q -d full -c "INSERT INTO t VALUES (1, 5)"
cat >"$postgres_dir/list" <<LIST
# name  connection
good    postgresql://postgres@/good?host=$postgres_dir
gone    postgresql://postgres:geheim@/gone?host=$postgres_dir
full    host=$postgres_dir dbname=full user=postgres
LIST
answers databases 1 "3 checked: 1 safe, 1 unsafe, 1 failed" check --databases "$postgres_dir/list" --path "$project"
has databases '^safe +good '
has databases '^failed +gone .*does not exist'
has databases '^unsafe +full .*\(1 of them\)'
# Servers that do not answer: 20 times the whole time would be minutes.
"${PYTHON:-python3}" "$tests/hanging_server.py" "$postgres_dir/.s.PGSQL.6500" mute &
helpers+=($!)
for _ in $(seq 100); do
  [ ! -e "$postgres_dir/.s.PGSQL.6500.ready" ] || break
  sleep 0.05
done
{
  grep '^good' "$postgres_dir/list"
  for number in $(seq 20); do
    printf 'hangs_%s postgresql://postgres:geheim@/x?host=%s&port=6500&sslmode=disable&gssencmode=disable\n' "$number" "$postgres_dir"
  done
} >"$postgres_dir/hanging"
within 30 hanging-databases 3 "21 checked: 1 safe, 20 unknown" \
  check --timeout 10 --databases "$postgres_dir/hanging" --path "$project"
[ "$(grep -c '^unknown  *hangs_.*time limit' "$postgres_dir/answer")" = 20 ] ||
  fail "hanging-databases: not a line for each"
sed -i '/^full/d' "$postgres_dir/list"
answers only-a-failure 2 "1 safe, 1 failed" check --databases "$postgres_dir/list" --path "$project"
printf 'postgresql://postgres:geheim@/gone\n' >"$postgres_dir/list"
answers no-name 2 "line 1 of" check --databases "$postgres_dir/list" --path "$project"
answers no-file 2 "cannot be read" check --databases "$postgres_dir/nothing" --path "$project"
answers together 2 "go with a target alone" check --databases x --verify-at r1 --path "$project"

echo "ok all"
