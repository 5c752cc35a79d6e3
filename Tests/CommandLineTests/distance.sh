# distance.sh BACKOUT: a check of a server that is 80 ms away: few round trips. They add less than 0.7 s to what
# the check takes beside the server, so that all of it is below a second.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

fail() {
  echo "distance: $*" >&2
  cat "$postgres_dir/answer" "$postgres_dir/trips" >&2 2>/dev/null || true
  exit 1
}

start_postgres shop
cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"

"${PYTHON:-python3}" "$tests/delaying_proxy.py" \
  "$postgres_dir/.s.PGSQL.6432" "$postgres_dir/.s.PGSQL.5432" 0.08 "$postgres_dir/trips" &
proxy=$!
trap 'kill -9 "$proxy" 2>/dev/null || true; stop_postgres' EXIT
for _ in $(seq 100); do
  [ ! -e "$postgres_dir/trips" ] || break
  sleep 0.05
done
[ -e "$postgres_dir/trips" ] || fail "the proxy did not start"
far="postgresql://postgres@/shop?host=$postgres_dir&port=6432&sslmode=disable&gssencmode=disable"

# timed URL ARGUMENT...: runs backout; the milliseconds are in $spent, the exit code in $code.
timed() {
  local url="$1" start
  shift
  code=0
  start="$(date +%s%N)"
  timeout 60 "$backout" "$@" --database-url "$url" >"$postgres_dir/answer" 2>&1 || code=$?
  spent=$((($(date +%s%N) - start) / 1000000))
}

# far NAME EXIT_CODE WORD ROUND_TRIPS ARGUMENT...: the best of ten, because others may be at work here.
far() {
  local name="$1" expected="$2" word="$3" most="$4" more=99999 near trips
  shift 4
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    timed "$DATABASE_URL" "$@"
    near="$spent"
    : >"$postgres_dir/trips"
    timed "$far" "$@"
    [ "$code" = "$expected" ] || fail "$name: exit code $code instead of $expected"
    grep -qF -e "$word" "$postgres_dir/answer" || fail "$name: '$word' is not in the answer"
    for _ in $(seq 100); do
      [ ! -s "$postgres_dir/trips" ] || break
      sleep 0.05
    done
    trips="$(cat "$postgres_dir/trips")"
    [ "${trips:-99}" -le "$most" ] || fail "$name: $trips round trips"
    [ "$trips" -gt 0 ] || fail "$name: the proxy counted nothing"
    # What the delay alone takes: a proxy that does not delay would prove nothing.
    [ "$spent" -gt $((80 * trips)) ] || fail "$name: $spent ms is less than the delay"
    [ $((spent - near)) -ge "$more" ] || more=$((spent - near))
    [ "$more" -ge 700 ] || break
  done
  [ "$more" -lt 700 ] || fail "$name: $more ms more than beside the server"
  echo "ok $name"
}

far safe 0 safe 3 check -1
far many-questions 1 384 3 check f19d60b7c2e8
far everything 1 unsafe 3 check base
far verification 0 safe 3 check --verify-at d85a0c6e13f9
psql -X -q -c "DROP TABLE alembic_version"
far no-version-table 3 "no version table" 2 check -1

echo "ok all"
