# stands.sh BACKOUT: where a database stands in the graph.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

proper() {
  hides "$1" "geheim-4711"
  case " $* " in *" --format json "*) cp "$postgres_dir/answer" "$postgres_dir/$1.json" ;; esac
}

start_postgres shop
cd "$root/Fixtures/shop"
url="postgresql://postgres:geheim-4711@/shop?host=$postgres_dir"

answers no-version-table 3 "no version table" graph --database-url "$url"
says "revision  not known" || fail "no-version-table: does not say that its place is not known"
"$backout" sql base:9ea2c71d40f6 | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
answers text 0 "9ea2c71d40f6 (the database is here)" graph --database-url "$url"
says "d85a0c6e13f9 (head, promotions)" || fail "text: the head is marked otherwise"
says "revision  9ea2c71d40f6" || fail "text: no line of the database"
answers svg 0 "9ea2c71d40f6 (the database is here)" graph --format svg --database-url "$url"
answers dot 0 '"9ea2c71d40f6" [label="9ea2c71d40f6\nindex published reviews\nsafe\nthe database is here"' \
  graph --format dot --database-url "$url"
answers mermaid 0 'safe<br/>the database is here"]:::safe' graph --format mermaid --database-url "$url"
answers json 0 '"database":["9ea2c71d40f6"]' graph --format json --database-url "$url"
answers fast 0 "9ea2c71d40f6 (the database is here)" graph --no-verdicts --database-url "$url"

# The environment's database is asked by nobody who did not ask.
DATABASE_URL="postgresql://127.0.0.1:1/x" answers not-asked 0 '"database":null' graph --format json

sql "DELETE FROM alembic_version"
answers base 0 "revision  base" graph --database-url "$url"
if says "the database is here"; then fail "base: a revision is marked"; fi
sql "INSERT INTO alembic_version VALUES ('07bf5e39a1d4'), ('ffffffffffff')"
answers foreign 3 "the database is at ffffffffffff, which these files do not have" graph --database-url "$url"
says "07bf5e39a1d4 (the database is here" || fail "foreign: what the files have is not marked"
answers no-connection 2 "127.0.0.1" graph --database-url "postgresql://someone:geheim-4711@127.0.0.1:1/shop"

# Nobody waits for it, and it waits for nobody.
psql -X -q -o /dev/null -c "BEGIN" -c "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE" \
  -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
holder=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted
    AND relation = 'alembic_version'::regclass")" = 0 ] || break
  sleep 0.1
done
answers locked 3 "another session holds an exclusive lock" graph --database-url "$url"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%'
  AND pid <> pg_backend_pid()" >/dev/null
wait "$holder" || true

if [ -n "${BACKOUT_TEST_PYTHON:-}" ]; then
  "$BACKOUT_TEST_PYTHON" "$root/Fixtures/tools/json_schema.py" graph "$postgres_dir"/*.json >"$postgres_dir/answer" ||
    fail "JSON that is not as the schema says"
fi

echo "ok all"
