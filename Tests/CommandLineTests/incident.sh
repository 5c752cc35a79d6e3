# incident.sh BACKOUT: what a check says to do next is done, word by word, with the real Alembic.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script. Without
# BACKOUT_TEST_PYTHON, a Python with Alembic and psycopg2, nothing is run but backout and psql.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

says() { says_in_a_line "$1"; }

# lacks NAME WORD: the last answer does not say it.
lacks() {
  if says "$2"; then fail "$1: says '$2'"; fi
  echo "ok $1"
}

# command NUMBER: of the last answer in JSON, the command of the step with that number among those with one.
command_number() {
  python3 -c "import json, sys
print([s['command'] for s in json.load(sys.stdin)['next'] if s['command']][int(sys.argv[1])])" "$1" <"$postgres_dir/answer"
}

# runs NAME COMMAND: what was printed, in a shell.
runs() {
  PATH="$postgres_dir/bin:$PATH" bash -c "$2" >"$postgres_dir/run" 2>&1 || {
    cat "$postgres_dir/run" >&2
    fail "$1: '$2' failed"
  }
  echo "ok $1"
}

start_postgres shop
mkdir "$postgres_dir/bin"
ln -s "$backout" "$postgres_dir/bin/backout"
python=""
if [ -n "${BACKOUT_TEST_PYTHON:-}" ] && "$BACKOUT_TEST_PYTHON" -c 'import alembic, psycopg2' 2>/dev/null; then
  python="$BACKOUT_TEST_PYTHON"
  printf '#!/bin/sh\nexec "%s" -m alembic "$@"\n' "$python" >"$postgres_dir/bin/alembic"
  chmod 755 "$postgres_dir/bin/alembic"
fi
cp -r "$root/Fixtures/shop" "$postgres_dir/shop"
cd "$postgres_dir/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"

# --- Without settings.
answers code-alone 0 "rolling back the code alone is enough" check -1
answers resolved-revision 0 "PGOPTIONS='-c lock_timeout=5s' alembic downgrade 07bf5e39a1d4" check -1
lacks no-relative-revision "downgrade -1"
answers code-breaks 1 "Do not downgrade" check f19d60b7c2e8
lacks not-the-code-alone "the code alone"

# --- With the project's own commands, and a flag.
cat >backout.toml <<'TOML'
[runbook]
command-prefix = "env BY=railway"
[[flags]]
name = "gift-messages"
tables = ["orders"]
where = "dashboard, Flags"
[[flags]]
name = "reviews"
tables = ["public.reviews", "order_items", "orders"]
TOML
answers flag 0 "the feature flag gift-messages: turn it off (dashboard, Flags)" check -1
answers flag-of-other-tables 1 "Do not downgrade" check f19d60b7c2e8
lacks not-that-flag "feature flag"
answers prefix 0 "env BY=railway env PGOPTIONS='-c lock_timeout=5s' alembic downgrade 07bf5e39a1d4" check -1
printf '[runbook]\nprefix = "x"\n' >bad.toml
answers unknown-setting 2 "a runbook has command-prefix, alembic, role" check -1 --config bad.toml
printf '[[flags]]\nname = "x"\n' >bad.toml
answers flag-without-tables 2 "a list of names is expected" check -1 --config bad.toml

# --- A copy of what would be lost.
answers copy-first 1 "keep a copy of them first" check f19d60b7c2e8 --format json
runs copy "$(command_number 0)"
grep -q 'COPY public.reviews' before-downgrade.sql || fail "the copy has no reviews"

# --- Who holds the lock, and how to see what it does.
PGAPPNAME=deploy-4711 psql -X -q -o /dev/null -c "SELECT pg_advisory_lock(999999)" -c "SELECT pg_sleep(100)" \
  2>/dev/null </dev/null &
holder=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" = 0 ] || break
  sleep 0.1
done
answers lock 4 "application deploy-4711" check -1
answers lock-as-json 4 '"held":true' check -1 --format json
runs look-at-the-holder "$(command_number 0)"
grep -q pg_sleep "$postgres_dir/run" || fail "does not show what it does"
answers verify-under-lock 4 "not at rest" check --verify-at d85a0c6e13f9
kill "$holder"
wait "$holder" 2>/dev/null || true
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'deploy-4711'" >/dev/null

# --- Back, and whether it worked.
answers not-yet 1 "the database is at d85a0c6e13f9, not at 07bf5e39a1d4" check --verify-at 07bf5e39a1d4
answers steps 0 '"verdict":"safe"' check -1 --format json
down="$(command_number 0)" watch="$(command_number 1)" verify="$(command_number 2)"
runs watch "$watch"
if [ -n "$python" ]; then
  runs downgrade "$down"
else
  "$backout" sql d85a0c6e13f9:07bf5e39a1d4 | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
fi
[ "$(sql 'SELECT version_num FROM alembic_version')" = 07bf5e39a1d4 ] || fail "not gone back"
runs verify "$verify"
answers verified 0 "the database is at 07bf5e39a1d4, and its schema is that of the files" \
  check --verify-at 07bf5e39a1d4
answers verified-as-json 0 '"verdict":"safe","expected":["07bf5e39a1d4"]' \
  check --verify-at 07bf5e39a1d4 --format json
answers verify-saves 0 safe check --verify-at 07bf5e39a1d4 --save-facts "$postgres_dir/facts.json"
answers verified-by-prefix 0 safe check --verify-at 07bf

# --- Not whole.
sql "ALTER TABLE orders ADD COLUMN gift_message text"
answers half-applied 1 "column orders.gift_message is not in the files" check --verify-at 07bf5e39a1d4
answers facts-from-before 0 safe check --verify-at 07bf5e39a1d4 --facts "$postgres_dir/facts.json"
sql "ALTER TABLE orders DROP COLUMN gift_message"
sql "DROP INDEX ix_customers_last_name"
answers index-gone 1 "index ix_customers_last_name is missing" check --verify-at 07bf5e39a1d4
sql "CREATE INDEX ix_customers_last_name ON customers (last_name, first_name)"
answers index-again 0 safe check --verify-at 07bf5e39a1d4
sql "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_customers_last_name'::regclass"
answers invalid-index 1 "index ix_customers_last_name on customers is not valid" check --verify-at 07bf5e39a1d4
sql "UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'ix_customers_last_name'::regclass"
sql "CREATE TABLE of_another_program (id int)"
answers other-programs-do-not-matter 0 safe check --verify-at 07bf5e39a1d4
answers no-such-revision 2 nowhere check --verify-at nowhere

# --- A revision whose name is a command.
mkdir -p "$postgres_dir/names/versions"
cd "$postgres_dir/names"
printf '[alembic]\nscript_location = %%(here)s\n' >alembic.ini
cp "$root/Fixtures/shop/migrations/env.py" env.py
write() {
  printf 'from alembic import op\nrevision = %s\ndown_revision = %s\n' "$2" "$3" >"versions/$1.py"
  printf 'def upgrade():\n    op.execute("CREATE TABLE %s (id int)")\n' "$1" >>"versions/$1.py"
  printf 'def downgrade():\n    op.execute("DROP TABLE %s")\n' "$1" >>"versions/$1.py"
}
write one '"$(touch pwned)'"'"';\x1b[31m"' None
write two '"two"' '"$(touch pwned)'"'"';\x1b[31m"'
createdb names
names="postgresql://postgres@/names?host=$postgres_dir"
"$backout" sql base:head | psql -X -q -d names -o /dev/null -v ON_ERROR_STOP=1
answers hostile-revision 0 safe check two-1 --format json --database-url "$names"
for number in 0 1 2; do
  PATH="$postgres_dir/bin:$PATH" DATABASE_URL="$names" PGDATABASE=names \
    bash -c "$(command_number "$number")" >/dev/null 2>&1 || true
done
[ ! -e pwned ] || fail "hostile-revision: its name was run"
answers hostile-revision-as-text 0 safe check two-1 --database-url "$names"
if grep -q "$(printf '\033')" "$postgres_dir/answer"; then fail "hostile-revision: an escape"; fi
echo "ok hostile-revision-is-harmless"

echo "ok all"
