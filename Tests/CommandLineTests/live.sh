# live.sh BACKOUT: holds every live answer and exit code to a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

says() { grep -qiF -e "$1" "$postgres_dir/answer"; }

# proper NAME ARGUMENT...: keeps what was written as JSON.
proper() {
  hides "$1" "geheim-4711"
  case " $* " in *" --format json "*) cp "$postgres_dir/answer" "$postgres_dir/$1.json" ;; esac
}

start_postgres shop
cd "$root/Fixtures/shop"

answers unknown-without-version-table 3 "no version table" check -1
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
[ "$(sql 'SELECT version_num FROM alembic_version')" = d85a0c6e13f9 ] || fail "no schema was made"
echo "ok schema-from-our-sql"

answers safe-on-empty-tables 0 safe check -1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"
answers safe 0 safe check -1
answers safe-as-json 0 '"verdict":"safe"' check -1 --format json
answers unsafe 1 384 check f19d60b7c2e8
answers unsafe-as-json 1 '"verdict":"unsafe"' check f19d60b7c2e8 --format json
sql "UPDATE orders SET gift_message = 'for you' WHERE id <= 7"
answers unsafe-once-written 1 7 check -1
sql "UPDATE orders SET gift_message = NULL"
answers safe-again 0 safe check -1
answers safe-by-sqlalchemy-url 0 safe \
  check -1 --database-url "postgresql+psycopg2://postgres@/shop?host=$postgres_dir"

# The lock of a deployment, in this database and in another one.
hold_lock() {
  PGAPPNAME=deploy-4711 PGDATABASE="$1" psql -X -q -o /dev/null \
    -c "SELECT pg_advisory_lock(${2:-999999})" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
  holder=$!
  for _ in $(seq 100); do
    [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" = 0 ] ||
      return 0
    sleep 0.1
  done
  fail "the other session did not get the lock"
}
release_lock() {
  sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'deploy-4711'" >/dev/null
  wait "$holder" || true
}
hold_lock shop
answers wait 4 deploy-4711 check -1
answers wait-as-json 4 '"verdict":"wait"' check -1 --format json
answers another-key-is-free 0 safe check -1 --advisory-lock 4711
release_lock
hold_lock postgres
answers lock-of-another-database 0 safe check -1
release_lock

# A table that another session locks: its rows cannot be asked, and backout does not queue up for them.
PGAPPNAME=deploy-4711 psql -X -q -o /dev/null -c "BEGIN" \
  -c "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
holder=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted
    AND relation = 'orders'::regclass")" = 0 ] || break
  sleep 0.1
done
answers unknown-behind-a-lock 3 "another session" check -1

# The connection is lost while the version table is waited for.
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'deploy-4711'" >/dev/null
wait "$holder" || true
mkfifo "$postgres_dir/pipe"
cat >"$postgres_dir/proxy.py" <<'PROXY'
"""Listens on a unix socket in the current directory, and drops its one client after 600 bytes."""
import selectors
import socket
import sys

server = socket.socket(socket.AF_UNIX)
server.bind(".s.PGSQL.6432")
server.listen(1)
open("pipe", "w").close()
client, _ = server.accept()
upstream = socket.socket(socket.AF_UNIX)
upstream.connect(".s.PGSQL.5432")
count = 0
poll = selectors.DefaultSelector()
poll.register(client, selectors.EVENT_READ, upstream)
poll.register(upstream, selectors.EVENT_READ, client)
while count < 600:
    for key, _ in poll.select(10):
        data = key.fileobj.recv(100)
        if not data:
            sys.exit(0)
        key.data.sendall(data)
        count += len(data)
PROXY
(cd "$postgres_dir" && exec "${PYTHON:-python3}" proxy.py) &
read -r _ <"$postgres_dir/pipe" || true
answers dropped-connection 2 "was lost" \
  check -1 --database-url "postgresql://postgres@/shop?host=$postgres_dir&port=6432"

sql "CREATE ROLE nobody_in_particular LOGIN"
PGUSER=nobody_in_particular DATABASE_URL="" answers unknown-without-permission 3 permission check -1

answers unknown-target 2 nowhere check nowhere
sql "UPDATE alembic_version SET version_num = 'ffffffffffff'"
answers unknown-revision 3 ffffffffffff check -1
sql "DELETE FROM alembic_version"
answers empty-version-table 2 'alembic_version is empty' check -1
answers nothing-to-do 0 'nothing to do' check base
sql "DROP TABLE alembic_version"
answers dropped-version-table 3 "no version table" check -1

answers refused-port 2 127.0.0.1 \
  check -1 --database-url "postgresql://someone:geheim-4711@127.0.0.1:1/shop"
answers not-postgresql 2 mysql check -1 --database-url "mysql://someone:geheim-4711@127.0.0.1/shop"
answers no-such-database 2 nowhere \
  check -1 --database-url "postgresql://postgres:geheim-4711@/nowhere?host=$postgres_dir"

# A version table of another name and schema, and a lock of two integers, both told by env.py.
createdb notes
cd "$root/Fixtures/projects/env-options"
notes() { PGDATABASE=notes psql -X -q -A -t -o /dev/null -v ON_ERROR_STOP=1 "$@"; }
notes -c "CREATE SCHEMA ops"
"$backout" sql base:head | notes
notes_url="postgresql://postgres@/notes?host=$postgres_dir"
answers renamed-version-table 0 safe check -1 --database-url "$notes_url"
hold_lock notes "7, 42"
answers lock-of-two-integers 4 deploy-4711 check -1 --database-url "$notes_url"
answers lock-given-by-hand 0 safe check -1 --advisory-lock 7,43 --database-url "$notes_url"
release_lock
cd "$root/Fixtures/shop"

# A standby answers what the rows say, and that it is none to run a downgrade on.
"$backout" sql base:head >"$postgres_dir/shop.sql"
createdb again
PGDATABASE=again psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -f "$postgres_dir/shop.sql"
(
  cd /
  "${postgres_as[@]}" "$postgres_bin/pg_basebackup" -h "$postgres_dir" -U postgres -R -X stream -c fast \
    -D "$postgres_dir/standby"
  "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/standby" -w -t 60 \
    -o "-p 5433" -l "$postgres_dir/standby.log" start
) >"$postgres_dir/standby.out" 2>&1 || fail "no standby: $(cat "$postgres_dir/standby.out")"
standby_url="postgresql://postgres@/again?host=$postgres_dir&port=5433"
answers unknown-on-a-standby 3 recovery check -1 --database-url "$standby_url"
answers standby-as-json 3 '"in_recovery":true' check -1 --format json --database-url "$standby_url"
(cd / && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/standby" -m immediate -w stop) \
  >/dev/null 2>&1

# A password that the server asks for and that is wrong.
sed -i '1i local all locked_out scram-sha-256' "$postgres_dir/data/pg_hba.conf"
sql "CREATE ROLE locked_out LOGIN PASSWORD 'another'"
sql "SELECT pg_reload_conf()" >/dev/null
for _ in $(seq 50); do
  PGPASSWORD=wrong psql -X -U locked_out -c 'SELECT 1' >/dev/null 2>&1 || break
  sleep 0.1
done
answers wrong-password 2 locked_out \
  check -1 --database-url "postgresql://locked_out:geheim-4711@/shop?host=$postgres_dir"

printf '*:*:*:*:geheim-4711\n' >"$postgres_dir/passwords"
chmod 600 "$postgres_dir/passwords"
PGPASSFILE="$postgres_dir/passwords" answers wrong-password-of-a-file 2 "password authentication failed" \
  check -1 --database-url "postgresql://locked_out@/shop?host=$postgres_dir"
printf '[live]\nuser=locked_out\npassword=geheim-4711\nhost=%s\n' "$postgres_dir" >"$postgres_dir/services"
PGUSER="" PGSERVICEFILE="$postgres_dir/services" answers wrong-password-of-a-service 2 "password authentication failed" \
  check -1 --database-url "service=live dbname=shop"

# What was written as JSON is as docs/schema.json says.
if [ -n "${BACKOUT_TEST_PYTHON:-}" ]; then
  "$BACKOUT_TEST_PYTHON" "$root/Fixtures/tools/json_schema.py" check "$postgres_dir"/*.json >"$postgres_dir/answer" ||
    fail "JSON that is not as the schema says"
  echo "ok json-schema"
fi

echo "ok all"
