# bench_live.sh BACKOUT: the time of a live check where there is much to look at, on throwaway servers.
#
# 500 schemas of one server, and four questions to a table of 10 million rows, whose answers need every row:
# no value is too long, too large or NULL. Then whether there are duplicates in a column without an index, which is
# the slowest of all questions: the server sorts. It needs 3 GB of disk for a minute. Slowness fails nothing; an
# answer that is not the right one does.
set -euo pipefail

backout="$(realpath "$1")"
tools="$(cd "$(dirname "$0")" && pwd)"
export NO_COLOR=1
# shellcheck source=Fixtures/tools/throwaway_postgres.sh
. "$tools/throwaway_postgres.sh"

start_postgres bench
project="$postgres_dir/project"
mkdir "$project"
"${PYTHON:-python3}" "$tools/large_table.py" "$project"
cd "$project"

# measured NAME EXIT_CODE WORD ARGUMENT...: best and median of five runs.
measured() {
  local name="$1" expected="$2" word="$3" times=() start code
  shift 3
  for _ in 1 2 3 4 5; do
    code=0
    start="$(date +%s%N)"
    "$backout" check "$@" >"$postgres_dir/answer" 2>&1 || code=$?
    times+=($((($(date +%s%N) - start) / 1000000)))
    if [ "$code" != "$expected" ] || ! grep -qF -e "$word" "$postgres_dir/answer"; then
      echo "bench: FAILED: check $* ended with $code, not with $expected and '$word'" >&2
      head -n 20 "$postgres_dir/answer" >&2
      exit 1
    fi
  done
  mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
  printf '  %-52s best %5d ms  median %5d ms\n' "$name" "${times[0]}" "${times[2]}"
}

printf '\nLive checks\n'
"$backout" sql base:head >schema.sql
for number in $(seq 500); do
  printf 'CREATE SCHEMA tenant_%s; SET search_path = tenant_%s;\n' "$number" "$number"
  grep -v -E '^(BEGIN|COMMIT);' schema.sql
done | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
measured "500 schemas of one server" 0 "500 checked: 500 safe" --schemas 'tenant_*'

psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -f schema.sql
psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \
  -c "INSERT INTO events (id, code, quantity) SELECT n, 'code-' || n, n % 1000 FROM generate_series(1, 10000000) n" \
  -c "VACUUM ANALYZE events"
measured "10 million rows, 4 questions: nothing in the way" 0 safe -1
psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -c "UPDATE events SET note = 'written' WHERE id = 10000000"
measured "10 million rows, 4 questions: one row is lost" 1 "(1 of them)" -1

mkdir "$postgres_dir/keys"
"${PYTHON:-python3}" "$tools/large_table.py" "$postgres_dir/keys" keys
cd "$postgres_dir/keys"
psql -X -q -c "DROP TABLE events, alembic_version"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -o /dev/null -v ON_ERROR_STOP=1 \
  -c "INSERT INTO events (id, code) SELECT n, 'code-' || n FROM generate_series(1, 10000000) n" \
  -c "VACUUM ANALYZE events"
measured "10 million rows without duplicates, --timeout 60" 0 safe -1 --timeout 60
echo "  within the 10 s of --timeout: $("$backout" check -1 | head -n 1 | cut -d ' ' -f 1)"
