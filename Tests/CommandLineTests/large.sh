# large.sh BACKOUT: questions to the rows that take longer than a moment, as those of large tables do.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

says() { says_in_a_line "$1"; }

silent_about() { if says "$2"; then fail "$1: says '$2'"; fi; }

start_postgres large
project="$postgres_dir/project"
mkdir "$project"
"${PYTHON:-python3}" "$root/Fixtures/tools/large_table.py" "$project"
cd "$project"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
fill() { sql "TRUNCATE $1; INSERT INTO $1 (id, code, quantity, note) $2"; }
plain="SELECT n, 'code-' || n, n, NULL FROM generate_series(1, 1000) n"

fill events "$plain"
answers proved-none 0 safe check -1
fill events "SELECT n, CASE WHEN n > 3 THEN repeat('ü', 15) || n || repeat(' ', 9) END, 2147483645::bigint + n, CASE WHEN n % 2 = 0 THEN '' END
  FROM generate_series(1, 10) n"
answers counted 1 "loses values of events.note (5 of them)" check -1
says "NULLs are in events.code (3 of them)" || fail "counted: NULLs"
says "values of quantity are out of range for integer (8 of them)" || fail "counted: out of range"
# 15 letters of two bytes each, one or two digits, and blanks that do not count.
silent_about counted "too long for character varying(20) (1"
sql "UPDATE events SET code = repeat('x', 21) WHERE id = 4"
answers counted-too-long 1 "too long for character varying(20) (1 of them)" check -1

# From here on each question takes longer than its first try, and all are answered by one pass.
sql "ALTER TABLE events RENAME TO rows"
sql "CREATE VIEW events AS SELECT r.* FROM rows r, pg_sleep(0.3)"
sql "ALTER SYSTEM SET log_statement = 'all'"
sql "ALTER SYSTEM SET log_line_prefix = '[%a] '"
sql "SELECT pg_reload_conf()" >/dev/null
view="events is a view in the database"
answers counted-late 1 "loses values of events.note (5 of them)" check -1 --save-facts facts.json
says "$view" || fail "counted-late: the view is not named"
says "NULLs are in events.code (3 of them)" || fail "counted-late: NULLs"
says "out of range for integer (8 of them)" || fail "counted-late: out of range"
says "too long for character varying(20) (1 of them)" || fail "counted-late: too long"
[ "$(grep -c '^\[backout\] ERROR:  canceling statement due to statement timeout' "$postgres_dir/server.log")" = 5 ] ||
  fail "counted-late: the first try was not cut short"
[ "$(grep -c '^\[backout\] LOG: .*SELECT count(\*)' "$postgres_dir/server.log")" = 1 ] ||
  fail "counted-late: not one pass"
answers saved-late 1 "loses values of events.note (5 of them)" check -1 --facts facts.json
says "out of range for integer (8 of them)" || fail "saved-late: out of range"
fill rows "$plain"
answers none-late 3 "$view" check -1
silent_about none-late "longer than the time limit"
silent_about none-late "of them)"

# Too slow for that, too: not known, within the time.
sql "CREATE OR REPLACE VIEW events AS SELECT r.* FROM rows r, pg_sleep(60)"
start="$SECONDS"
answers too-slow 3 "NULLs are in events.code; reading \"public\".\"events\" took longer than the time limit" \
  check -1 --timeout 10
[ $((SECONDS - start)) -lt 40 ] || fail "too-slow: took $((SECONDS - start)) s"
sql "DROP VIEW events"
sql "ALTER TABLE rows RENAME TO events"
answers a-table-again 0 safe check -1

echo "ok all"
