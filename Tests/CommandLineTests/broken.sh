# broken.sh BACKOUT: databases that are hostile, broken or closed. Never safe, never a hang.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

# Other tests may take the processors.
ask() { timeout 30 "$backout" "$@"; }

says() { says_in_a_line "$1"; }

proper() { has_no_controls "$1"; }

start_postgres shop
cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"
helpers=()
stop_helpers() {
  for helper in ${helpers[@]+"${helpers[@]}"}; do kill -9 "$helper" 2>/dev/null || true; done
  stop_postgres
}
trap stop_helpers EXIT

# Waits until a session sleeps in a transaction that counts as one that lasts.
wait_for_sleeper() {
  for _ in $(seq 100); do
    [ "$(sql "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep'
      AND xact_start < now() - interval '1.2 s'")" != t ] || return 0
    sleep 0.1
  done
  fail "no session sleeps"
}

# --- The version table.
sql "ALTER TABLE alembic_version ADD COLUMN note text DEFAULT 'by hand'"
answers two-columns 0 safe check -1
sql "ALTER TABLE alembic_version DROP COLUMN note"
sql "ALTER TABLE alembic_version RENAME COLUMN version_num TO version"
answers other-column 3 "has no column version_num" check -1
sql "ALTER TABLE alembic_version RENAME COLUMN version TO version_num"
sql "CREATE ROLE app LOGIN"
as_app="postgresql://app@/shop?host=$postgres_dir"
answers no-rights 3 "may not read \"alembic_version\"" check -1 --database-url "$as_app"
grep -q "^revision *not known" "$postgres_dir/answer" || fail "no-rights: says where the database is"
sql "GRANT SELECT (version_num) ON alembic_version TO app"
answers rights-on-a-column 3 "may not read" check -1 --database-url "$as_app"
sql "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app"
answers enough-rights 0 safe check -1 --database-url "$as_app" --run-as postgres
sql "REVOKE SELECT ON pg_catalog.pg_locks FROM PUBLIC"
answers locks-are-closed 3 "may not read locks of other sessions" \
  check -1 --database-url "$as_app" --run-as postgres
answers locks-are-closed-as-json 3 '"held":null' \
  check -1 --database-url "$as_app" --run-as postgres --format json
sql "GRANT SELECT ON pg_catalog.pg_locks TO PUBLIC"
sql "REVOKE SELECT ON pg_catalog.pg_prepared_xacts FROM PUBLIC"
answers prepared-are-closed 3 "may not read" check -1 --database-url "$as_app" --run-as postgres
sql "GRANT SELECT ON pg_catalog.pg_prepared_xacts TO PUBLIC"
sql "REVOKE USAGE ON SCHEMA public FROM PUBLIC"
answers closed-schema 3 "there is one in public: its search path does not lead there, or it has no USAGE" check -1 --database-url "$as_app" --run-as postgres
sql "GRANT USAGE ON SCHEMA public TO PUBLIC"
sql "ALTER TABLE alembic_version DROP CONSTRAINT alembic_version_pkc"
sql "INSERT INTO alembic_version SELECT 'x' || n FROM generate_series(1, 10000) n"
answers ten-thousand-rows 3 "more than 1000 rows" check -1
sql "DELETE FROM alembic_version WHERE version_num LIKE 'x%'"

# --- The version table is locked for as long as the check takes: it does not queue for it.
psql -X -q -o /dev/null -c "BEGIN" -c "LOCK TABLE alembic_version" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
helpers+=($!)
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) > 0 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted
    AND relation = 'alembic_version'::regclass")" != t ] || break
  sleep 0.1
done
answers version-table-is-locked 3 "another session holds an exclusive lock on \"alembic_version\"" check -1 --timeout 15
answers version-table-is-locked-after 3 "another session holds an exclusive lock on \"alembic_version\"" \
  check --verify-at d85a0c6e13f9 --timeout 15
[ "$(sql "SELECT count(*) FROM pg_locks WHERE NOT granted")" = 0 ] || fail "version-table-is-locked: someone waits"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null

# --- The clock of the server was set back: a transaction of the future is none that just began.
psql -X -q -o /dev/null -c "BEGIN" -c "LOCK TABLE orders IN SHARE MODE" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
helpers+=($!)
wait_for_sleeper
answers clock 4 "ShareLock on orders is held" check -1 --save-facts "$postgres_dir/facts.json"
# clock_set NAME EXIT_CODE WORD SECONDS: as if that transaction had begun so long ago.
clock_set() {
  "${PYTHON:-python3}" - "$postgres_dir/facts.json" "$4" <<'SET'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    facts = json.load(file)


def set_age(value):
    if isinstance(value, list):
        return sum(set_age(part) for part in value)
    if not isinstance(value, dict):
        return 0
    count = sum(set_age(part) for part in value.values())
    if value.get("age") is not None:
        value["age"] = int(sys.argv[2])
        count += 1
    return count


if not set_age(facts):
    sys.exit("no transaction has an age")
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(facts, file)
SET
  answers "$1" "$2" "$3" check -1 --facts "$postgres_dir/facts.json"
}
clock_set clock-just-begun 0 safe 0
clock_set clock-set-back 4 "ShareLock on orders is held" -3600
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null

# --- Names of roles and applications, in the lock and on a table.
sql "CREATE ROLE \"a\"\"b'c; --
$(printf '\033')[31müüüüüüüüüüüüüüüüüü\" LOGIN SUPERUSER"
holder="$(sql "SELECT usename FROM pg_user WHERE usename LIKE 'a\"b%'")"
PGUSER="$holder" PGAPPNAME="deploy
$(printf '\033')[31m\"quoted'" psql -X -q -o /dev/null -c "SELECT pg_advisory_lock(999999)" \
  -c "BEGIN" -c "LOCK TABLE orders IN SHARE MODE" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
helpers+=($!)
wait_for_sleeper
answers hostile-role 4 "a\"b'c; --\\n\\u{1B}[31mü" check -1
answers hostile-role-as-json 4 "a\\\"b'c; --\\n\\u001b[31mü" check -1 --format json
python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$postgres_dir/answer" || fail "no JSON"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null

# --- Names of tables and columns. Of a name of more than 63 bytes PostgreSQL keeps the characters that fit.
mkdir -p "$postgres_dir/names/versions"
printf '[alembic]\nscript_location = %%(here)s\n' >"$postgres_dir/names/alembic.ini"
printf 'from alembic import context\ncontext.configure(dialect_name="postgresql")\n' >"$postgres_dir/names/env.py"
# named NAME VERDICT WORD TABLE COLUMN: rows in a table and a column of such names are seen.
named() {
  python3 - "$postgres_dir/names/versions" "$4" "$5" <<'WRITE'
import sys

directory, table, column = sys.argv[1:]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def write(name, down, up, back):
    with open(f"{directory}/{name}.py", "w", encoding="utf-8") as file:
        file.write(f"from alembic import op\nrevision = {name!r}\ndown_revision = {down!r}\n")
        file.write(f"def upgrade():\n    op.execute({up!r})\ndef downgrade():\n    op.execute({back!r})\n")


write("r1", None, f"CREATE TABLE {quoted(table)} (id int)", f"DROP TABLE {quoted(table)}")
write("r2", "r1", f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column)} int",
      f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(column)}")
WRITE
  dropdb --if-exists names
  createdb names
  "$backout" sql base:head --path "$postgres_dir/names" | psql -X -q -d names -o /dev/null -v ON_ERROR_STOP=1 2>/dev/null
  answers "$1-empty" 0 safe check -1 --path "$postgres_dir/names" --database-url "postgresql://postgres@/names?host=$postgres_dir"
  psql -X -q -d names -v ON_ERROR_STOP=1 -o /dev/null <<'FILL'
SELECT format('INSERT INTO %I VALUES (1, 2)', relname) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version' \gexec
FILL
  answers "$1" "$2" "$3" check -1 --path "$postgres_dir/names" --database-url "postgresql://postgres@/names?host=$postgres_dir"
}
long="$(printf 'ü%.0s' $(seq 40))"
named quotes 1 "(1 of them)" "a\"b'c\\d\$x\$; DROP TABLE orders; --" "x\" IS NULL OR \"id"
named lines 1 "(1 of them)" "two
lines" "a$(printf '\t\033')[2J"
named sixty-three-bytes 1 "(1 of them)" "${long:0:31}x" "${long:0:31}y"
named longer-than-a-name 1 "(1 of them)" "$long" "c$long"
named patterns 1 "(1 of them)" '%s%n{}$1:x' '*'

# --- The server goes away, or does not answer.
sql "ALTER TABLE alembic_version RENAME TO real_version"
sql "CREATE VIEW alembic_version AS SELECT version_num FROM real_version, pg_sleep(20)"
# What was done last is there after the crash.
sql CHECKPOINT
"$backout" check -1 --timeout 60 >"$postgres_dir/answer" 2>&1 &
check=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'backout' AND wait_event = 'PgSleep'")" != t ] || break
  sleep 0.05
done
(cd / && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -m immediate -w stop) >/dev/null
code=0
wait "$check" || code=$?
[ "$code" = 2 ] || fail "server killed: exit code $code"
[ "$(wc -l <"$postgres_dir/answer")" = 1 ] || fail "server killed: not one line"
grep -q 'was lost' "$postgres_dir/answer" || fail "server killed: not said"
echo "ok server-killed"
(cd / && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -w \
  -l "$postgres_dir/server.log" start) >/dev/null
sql "DROP VIEW alembic_version"
sql "ALTER TABLE real_version RENAME TO alembic_version"

port=6500
for kind in mute greeting first-answer; do
  port=$((port + 1))
  "${PYTHON:-python3}" "$tests/hanging_server.py" "$postgres_dir/.s.PGSQL.$port" "$kind" \
    "$postgres_dir/.s.PGSQL.5432" &
  helpers+=($!)
  for _ in $(seq 100); do
    [ ! -e "$postgres_dir/.s.PGSQL.$port.ready" ] || break
    sleep 0.05
  done
  answers "hangs-$kind" 2 "within the time limit" check -1 --timeout 2 \
    --database-url "postgresql://postgres@/shop?host=$postgres_dir&port=$port&sslmode=disable&gssencmode=disable"
done

# The name of the server is looked up, and nobody answers.
if unshare -rmn true 2>/dev/null; then
  ask() { timeout 30 unshare -rmn "${PYTHON:-python3}" "$tests/silent_name_server.py" "$backout" "$@"; }
  answers hangs-name 2 "no connection within the time limit: the name of the host db.example.org" check -1 --timeout 2 \
    --database-url "postgresql://postgres:geheim-4711@db.example.org/shop"
  hides hangs-name geheim
  ask() { timeout 30 "$backout" "$@"; }
else
  echo "skipped hangs-name: this system allows no network of one's own (unshare -rmn)"
fi

# --- The process list.
"$backout" check -1 --timeout 3 --database-url \
  "postgresql://postgres:geheim-4711@/shop?host=$postgres_dir&port=6501&sslmode=disable&gssencmode=disable" \
  >"$postgres_dir/answer" 2>&1 &
check=$!
sleep 1
tr '\0' ' ' <"/proc/$check/cmdline" >"$postgres_dir/listed"
grep -q 'check -1' "$postgres_dir/listed" || fail "process list: the check is not there"
if grep -q geheim "$postgres_dir/listed"; then fail "process list: shows the password"; fi
wait "$check" || true
if grep -q geheim "$postgres_dir/answer"; then fail "shows the password"; fi
echo "ok process-list"

echo "ok all"
