# demo.sh BACKOUT: shows backout on the example shop and a throwaway PostgreSQL.
#
# Each step is the command as it would be typed and its real output; an exit code or an answer that
# is not the expected one fails the demo. Everything it makes is removed at the end.
set -euo pipefail

tools="$(cd "$(dirname "$0")" && pwd)"
backout="$1"
[ -x "$backout" ] || { echo "demo: no program at $backout; run 'make build'" >&2; exit 1; }
# shellcheck source=Fixtures/tools/throwaway_postgres.sh
. "$tools/throwaway_postgres.sh"

bold="" dim="" plain=""
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi

say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

fail() {
  echo "demo: $*" >&2
  exit 1
}

# shows EXIT_CODE WORD COMMAND...: runs the command for the reader, then holds it to its exit code
# and to a word that its answer must contain. Of a long answer the reader sees both ends.
shows() {
  local expected="$1" word="$2" code=0 lines
  shift 2
  printf '%s$ %s%s\n' "$dim" "$*" "$plain"
  "$@" >"$postgres_dir/answer" 2>&1 || code=$?
  lines="$(wc -l <"$postgres_dir/answer")"
  if [ "$lines" -gt 70 ]; then
    head -n 50 "$postgres_dir/answer"
    printf '%s… %s more lines …%s\n' "$dim" "$((lines - 60))" "$plain"
    tail -n 10 "$postgres_dir/answer"
  elif [ -t 1 ]; then
    "$@" || true # once more, with the colours of a terminal
  else
    cat "$postgres_dir/answer"
  fi
  printf '%sexit code %s%s\n' "$dim" "$code" "$plain"
  [ "$code" = "$expected" ] || fail "expected exit code $expected from: $*"
  grep -qF -e "$word" "$postgres_dir/answer" || fail "expected '$word' in the answer of: $*"
}

say "A throwaway PostgreSQL server and an empty database 'shop'"
start_postgres shop
psql -X -A -t -c "SELECT 'PostgreSQL ' || current_setting('server_version')"

# A directory before the rest of PATH, so that the commands read as they are typed.
mkdir "$postgres_dir/bin"
ln -s "$backout" "$postgres_dir/bin/backout"
chmod 755 "$postgres_dir"
export PATH="$postgres_dir/bin:$PATH"
cd "$tools/../shop"

say "The schema: backout reads the migrations (it never runs them) and writes the SQL that Alembic would"
printf '%s$ backout sql base:head | psql%s\n' "$dim" "$plain"
backout sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 ||
  fail "the SQL of backout did not make the schema"
psql -X -A -t -c "SELECT count(*) || ' tables, at revision ' || max(version_num)
  FROM alembic_version, pg_tables WHERE schemaname IN ('public', 'inventory')"
[ "$(psql -X -A -t -c 'SELECT version_num FROM alembic_version')" = d85a0c6e13f9 ] ||
  fail "the schema is not at the newest revision"

say "Rows: customers, orders, reviews; nobody has used the newest column, orders.gift_message"
psql -X -q -v ON_ERROR_STOP=1 -f "$tools/demo_rows.sql"
psql -X -A -t -c "SELECT (SELECT count(*) FROM customers) || ' customers, '
  || (SELECT count(*) FROM orders) || ' orders, '
  || (SELECT count(*) FROM reviews) || ' reviews, '
  || (SELECT count(gift_message) FROM orders) || ' gift messages'"

say "1. Before a merge: what could not be taken back? (the gate; old sins of the example included)"
shows 1 unsafe backout analyze

# A repository with two deployments: the second brought the newest migration.
app="$postgres_dir/app"
cp -R . "$app"
cd "$app"
commit() {
  git add --all
  git -c user.name=demo -c user.email=demo@localhost -c commit.gpgsign=false -c core.hooksPath=/dev/null commit --quiet --message "$1"
  git tag "$1"
}
newest="$(basename migrations/versions/d85a0c6e13f9_*.py)"
git init --quiet
mv "migrations/versions/$newest" "$postgres_dir/"
commit v1.4
mv "$postgres_dir/$newest" migrations/versions/
commit v1.5

say "2. An incident after deployment v1.5. Is a migration involved? One is"
shows 5 d85a0c6e13f9 backout involved v1.4..v1.5

say "3. May it be taken back? Yes: nothing is in the new column"
shows 0 safe backout check -1

say "4. May we go back to last year's revision? No: that drops the reviews, and people have written some"
shows 1 384 backout check f19d60b7c2e8

say "5. The same question while a deployment migrates: it holds advisory lock 999999, so wait"
printf '%s$ PGAPPNAME=deploy-4711 psql -c "SELECT pg_advisory_lock(999999)" …   (in another session)%s\n' \
  "$dim" "$plain"
PGAPPNAME=deploy-4711 psql -X -q -o /dev/null -c "SELECT pg_advisory_lock(999999)" \
  -c "SELECT pg_sleep(600)" 2>/dev/null </dev/null &
deployment=$!
for _ in $(seq 100); do
  held="$(psql -X -A -t -c "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")"
  [ "$held" = 0 ] || break
  sleep 0.1
done
[ "$held" = 1 ] || fail "the other session did not get the lock"
shows 4 deploy-4711 backout check -1

say "6. The deployment is over"
psql -X -q -o /dev/null -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'deploy-4711'"
wait "$deployment" || true
shows 0 safe backout check -1

say "7. Back, database first (here by the SQL itself; a project runs the alembic command that was printed), and verify"
printf '%s$ backout sql d85a0c6e13f9:07bf5e39a1d4 | psql%s\n' "$dim" "$plain"
backout sql d85a0c6e13f9:07bf5e39a1d4 | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 ||
  fail "the downgrade failed"
shows 0 "its schema is that of the files" backout check --verify-at 07bf5e39a1d4

say "Every answer and exit code was the expected one. The server and its data are removed."
