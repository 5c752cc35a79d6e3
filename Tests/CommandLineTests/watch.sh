# watch.sh BACKOUT: what a check does to the server that it asks, as the server sees it.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

# until_true WHAT QUERY: waits until the query gives t.
until_true() {
  for _ in $(seq 100); do
    [ "$(sql "$2")" != t ] || return 0
    sleep 0.05
  done
  fail "$1"
}

start_postgres shop
sql "ALTER SYSTEM SET log_statement = 'all'"
sql "ALTER SYSTEM SET log_line_prefix = '[%a] '"
sql "ALTER SYSTEM SET max_prepared_transactions = 5"
(cd / && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -m fast -w \
  -l "$postgres_dir/server.log" restart) >/dev/null 2>&1
cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"

helpers=()
stop_helpers() {
  for helper in ${helpers[@]+"${helpers[@]}"}; do kill -9 "$helper" 2>/dev/null || true; done
  stop_postgres
}
trap stop_helpers EXIT
"${PYTHON:-python3}" "$tests/delaying_proxy.py" \
  "$postgres_dir/.s.PGSQL.6432" "$postgres_dir/.s.PGSQL.5432" 0.2 "$postgres_dir/trips" &
helpers+=($!)
for _ in $(seq 100); do
  [ ! -e "$postgres_dir/trips" ] || break
  sleep 0.05
done
far="postgresql://postgres@/shop?host=$postgres_dir&port=6432&sslmode=disable&gssencmode=disable"

# --- Its locks, sampled while its transaction is open. Every session has one on its database while it begins
# (InitPostgres of PostgreSQL), which is not of the check.
sql "CREATE TABLE seen (kind text, relation text, mode text, state text, UNIQUE (kind, relation, mode, state))"
# It has each lock only for a moment, so several checks may be needed until that is seen.
for _ in $(seq 10); do
  psql -X -q -o /dev/null -c "DO \$\$
    BEGIN
      FOR i IN 1..3000 LOOP
        INSERT INTO seen SELECT l.locktype, coalesce(c.relname, ''), l.mode, coalesce(a.state, '')
          FROM pg_locks l JOIN pg_stat_activity a USING (pid) LEFT JOIN pg_class c ON c.oid = l.relation
          WHERE a.application_name = 'backout' AND l.classid IS DISTINCT FROM 'pg_database'::regclass
          ON CONFLICT DO NOTHING;
        PERFORM pg_stat_clear_snapshot(), pg_sleep(0.001);
      END LOOP;
    END \$\$" &
  helpers+=($!)
  sleep 0.3
  answers far-away 1 384 check f19d60b7c2e8 --database-url "$far"
  wait "${helpers[-1]}"
  unset 'helpers[-1]'
  seen="$(sql "SELECT count(*) > 0 FROM seen WHERE relation = 'reviews' AND mode = 'AccessShareLock'")"
  [ "$seen" != t ] || break
done
[ "$seen" = t ] || fail "its lock on reviews was not seen"
stronger="$(sql "SELECT string_agg(kind || ' ' || relation || ' ' || mode, ', ') FROM seen
  WHERE mode <> 'AccessShareLock' AND kind <> 'virtualxid'")"
[ -z "$stronger" ] || fail "it had $stronger"
echo "ok nothing-above-access-share"

# --- Its statements, as the server logs them.
verbs="$(sed -n 's/^\[backout\] LOG:  [a-z]* [^:]*: \([A-Z]*\).*/\1/p' "$postgres_dir/server.log" | sort -u | tr '\n' ' ')"
[ "$verbs" = "BEGIN ROLLBACK SAVEPOINT SELECT WITH " ] || fail "it ran $verbs"
grep -q '^\[backout\] LOG:  .*BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' "$postgres_dir/server.log" ||
  fail "no read-only snapshot"
echo "ok reads-in-one-snapshot"
[ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'backout'")" = 0 ] ||
  fail "a session is left"
echo "ok leaves-no-session"

# --- Who is in the way.
# in_the_way NAME SQL: a session that runs SQL in a transaction and stays in it.
in_the_way() {
  PGAPPNAME="$1" psql -X -q -o /dev/null -c "BEGIN" -c "$2" -c "${3:-SELECT pg_sleep(100)}" \
    2>/dev/null </dev/null &
  helpers+=($!)
  until_true "$1 did not begin" "SELECT count(*) > 0 FROM pg_stat_activity
    WHERE application_name = '$1' AND xact_start < now() - interval '1.2 s'"
}
out_of_the_way() {
  sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '$1'" >/dev/null
  until_true "$1 did not end" "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = '$1'"
}
in_the_way long-report "SELECT count(*) FROM orders"
answers reader-is-in-the-way 4 "AccessShareLock on orders is held by pid" check -1
grep -q 'application long-report' "$postgres_dir/answer" || fail "the application is not named"
answers reader-as-json 4 '"blockers":[{"schema":"public","relation":"orders","mode":"AccessShareLock"' \
  check -1 --format json
# Facts that are saved, and judged again without the server.
answers saved 4 long-report check -1 --save-facts "$postgres_dir/facts.json"
out_of_the_way long-report
answers not-in-the-way-any-more 0 safe check -1
answers saved-facts-tell-it-still 4 long-report check -1 --facts "$postgres_dir/facts.json"
grep -q 'saved facts of 2[0-9-]*T[0-9:]*Z' "$postgres_dir/answer" || fail "does not say when the facts were saved"
answers saved-facts-of-other-questions 3 "the saved facts do not tell" \
  check f19d60b7c2e8 --facts "$postgres_dir/facts.json"
answers no-facts 2 "holds no facts" check -1 --facts "$root/Fixtures/shop/alembic.ini"
in_the_way elsewhere "SELECT count(*) FROM customers"
answers other-tables-do-not-matter 0 safe check -1
out_of_the_way elsewhere
# One that waits already: everybody after it waits, too.
in_the_way first "SELECT count(*) FROM orders"
in_the_way second "SELECT 1" "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE"
answers queue 3 "another session holds an exclusive lock" check -1
grep -q 'AccessExclusiveLock on orders is awaited by pid' "$postgres_dir/answer" || fail "no queue"
grep -q 'may lose values of orders.gift_message' "$postgres_dir/answer" || fail "queue: sure of what is not known"
# The first thing to do is about whoever is in the way.
grep -q '[0-9]\. AccessShareLock on orders is held by' "$postgres_dir/answer" || fail "queue: no step"
out_of_the_way second
out_of_the_way first
in_the_way unfinished-migration "UPDATE alembic_version SET version_num = version_num"
answers migration-without-the-lock 4 "RowExclusiveLock on alembic_version is held by pid" check -1
out_of_the_way unfinished-migration
in_the_way migration-of-the-version-table "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"
answers version-table-is-locked 3 "AccessExclusiveLock on alembic_version is held by pid" check -1
grep -q '1\. AccessExclusiveLock on alembic_version is held' "$postgres_dir/answer" ||
  fail "version-table-is-locked: no step"
out_of_the_way migration-of-the-version-table
sql "BEGIN; DELETE FROM orders WHERE false; PREPARE TRANSACTION 'left-over'"
answers prepared-transaction 4 "prepared transaction left-over of postgres" check -1
sql "ROLLBACK PREPARED 'left-over'"
answers nobody-is-in-the-way 0 safe check -1

# --- Who follows the changes, and who keeps the server's log.
sql "SELECT pg_create_physical_replication_slot('left_over')" >/dev/null
answers idle-slot 0 'replication slot left_over is not read' check -1
sql "SELECT pg_drop_replication_slot('left_over')" >/dev/null
# published NAME FOR: the publication is named.
published() {
  psql -X -q -c "CREATE PUBLICATION feed FOR $2" 2>/dev/null
  answers "$1" 0 "published: public.orders: feed" check -1
  sql "DROP PUBLICATION feed"
}
published published-table "TABLE orders"
published published-tables "ALL TABLES"
[ "$(sql "SHOW server_version_num")" -lt 150000 ] || published published-schema "TABLES IN SCHEMA public"
psql -X -q -c "CREATE PUBLICATION feed FOR TABLE customers" 2>/dev/null
answers published-elsewhere 0 safe check -1
if says published; then fail "published-elsewhere: tells of another table"; fi
sql "DROP PUBLICATION feed"

# --- Roles that see little.
sql "CREATE ROLE app LOGIN"
sql "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app"
as_app="postgresql://app@/shop?host=$postgres_dir"
in_the_way long-report "SELECT count(*) FROM orders"
answers hidden-session 3 "grant it pg_read_all_stats" check -1 --run-as postgres --database-url "$as_app"
sql "GRANT pg_read_all_stats TO app"
answers seen-session 4 long-report check -1 --run-as postgres --database-url "$as_app"
out_of_the_way long-report
answers not-the-owner 3 "table orders belongs to postgres" check -1 --database-url "$as_app"
sql "ALTER ROLE app SET default_transaction_read_only = on"
answers read-only-role 3 "default_transaction_read_only" check -1 --run-as postgres --database-url "$as_app"
sql "ALTER ROLE app RESET default_transaction_read_only"

# --- The migration lock is taken during the check.
sql "ALTER TABLE alembic_version RENAME TO real_version"
sql "CREATE VIEW alembic_version AS SELECT version_num FROM real_version, pg_sleep(1.5)"
"$backout" check -1 --run-as postgres >"$postgres_dir/answer" 2>&1 &
check=$!
until_true "the check did not begin" "SELECT count(*) > 0 FROM pg_stat_activity
  WHERE application_name = 'backout' AND wait_event = 'PgSleep'"
PGAPPNAME=deploy-4711 psql -X -q -o /dev/null -c "SELECT pg_advisory_lock(999999)" -c "SELECT pg_sleep(100)" \
  2>/dev/null </dev/null &
helpers+=($!)
code=0
wait "$check" || code=$?
[ "$code" = 4 ] || fail "lock taken meanwhile: exit code $code"
grep -q 'it was free when the check began' "$postgres_dir/answer" || fail "lock taken meanwhile: not told"
grep -q 'deploy-4711' "$postgres_dir/answer" || fail "lock taken meanwhile: not told by whom"
echo "ok lock-taken-meanwhile"
out_of_the_way deploy-4711

# --- Ctrl-C.
sql "DROP VIEW alembic_version"
sql "CREATE VIEW alembic_version AS SELECT version_num FROM real_version, pg_sleep(60)"
# interrupted NAME URL: sends SIGINT to a check that waits for the server.
interrupted() {
  local start code=0
  env --default-signal=INT "$backout" check -1 --timeout 60 --database-url "$2" >"$postgres_dir/answer" 2>&1 &
  check=$!
  until_true "$1: the check did not begin" "SELECT count(*) > 0 FROM pg_stat_activity
    WHERE application_name = 'backout' AND wait_event = 'PgSleep'"
  start="$(date +%s%N)"
  kill -INT "$check"
  wait "$check" || code=$?
  [ "$code" = 130 ] || fail "$1: exit code $code instead of that of SIGINT"
  [ $((($(date +%s%N) - start) / 1000000)) -lt 20000 ] || fail "$1: did not end soon"
  [ ! -s "$postgres_dir/answer" ] || fail "$1: says something"
}
interrupted ctrl-c "$DATABASE_URL"
until_true "ctrl-c: the statement still runs" "SELECT count(*) = 0 FROM pg_stat_activity
  WHERE application_name = 'backout'"
grep -q '^\[backout\] ERROR:  canceling statement due to user request' "$postgres_dir/server.log" ||
  fail "ctrl-c: the server was not told"
echo "ok ctrl-c"
# Nobody takes the request to cancel: the proxy serves one client at a time.
interrupted ctrl-c-without-cancel "$far"
echo "ok ctrl-c-without-cancel"

# --- A version table that takes longer than the time.
start="$(date +%s%N)"
answers slow-version-table 3 "longer than the time limit" check -1 --timeout 8 --database-url "$DATABASE_URL"
[ $((($(date +%s%N) - start) / 1000000)) -lt 40000 ] || fail "slow-version-table: took too long"
sql "DROP VIEW alembic_version"
sql "ALTER TABLE real_version RENAME TO alembic_version"

# --- Through PgBouncer in transaction mode, with one session for all.
# /usr/sbin is not in everybody's path.
PATH="$PATH:/usr/sbin"
if ! command -v pgbouncer >/dev/null; then
  [ -z "${CI:-}" ] || fail "no pgbouncer: run 'make deps'"
  echo "skipped pooled: no pgbouncer (make deps)"
else
  cat >"$postgres_dir/bouncer.ini" <<INI
[databases]
shop = host=$postgres_dir port=5432 dbname=shop
[pgbouncer]
listen_addr =
listen_port = 6433
unix_socket_dir = $postgres_dir
auth_type = any
pool_mode = transaction
default_pool_size = 1
logfile = $postgres_dir/bouncer.log
INI
  sed -i 's/dbname=shop$/dbname=shop user=postgres/' "$postgres_dir/bouncer.ini"
  (cd / && exec "${postgres_as[@]}" pgbouncer -q "$postgres_dir/bouncer.ini") >/dev/null 2>&1 &
  helpers+=($!)
  pooled="postgresql://postgres@/shop?host=$postgres_dir&port=6433"
  for _ in $(seq 100); do
    psql -X -q -d "$pooled" -c 'SELECT 1' >/dev/null 2>&1 && break
    sleep 0.05
  done
  settings="SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN
    ('statement_timeout', 'lock_timeout', 'row_security', 'default_transaction_read_only',
     'transaction_isolation', 'idle_in_transaction_session_timeout')"
  before="$(psql -X -q -A -t -d "$pooled" -c "$settings")"
  answers pooled 0 safe check -1 --database-url "$pooled"
  answers pooled-with-questions 1 384 check f19d60b7c2e8 --database-url "$pooled"
  [ "$(psql -X -q -A -t -d "$pooled" -c "$settings")" = "$before" ] ||
    fail "pooled: settings are left to others"
  echo "ok pooled-leaves-nothing"

  # Ctrl-C while a statement runs and others wait behind it: PgBouncer has passed all of them on.
  sql "ALTER TABLE alembic_version RENAME TO real_version"
  sql "CREATE VIEW alembic_version AS SELECT version_num FROM real_version, pg_sleep(60)"
  works="FROM pg_stat_activity WHERE application_name = 'backout' AND state = 'active'"
  interrupted pooled-ctrl-c "$pooled"
  until_true "pooled-ctrl-c: a statement still runs" "SELECT count(*) = 0 $works"
  sleep 1
  [ "$(sql "SELECT count(*) $works")" = 0 ] || fail "pooled-ctrl-c: a statement began after it"
  # The pool is whole: the one session that there is serves others.
  [ "$(timeout 10 psql -X -q -A -t -d "$pooled" -c 'SELECT 1')" = 1 ] || fail "pooled-ctrl-c: the pool is blocked"
  echo "ok pooled-ctrl-c"
  # The same where the time is over, of many statements that wait.
  answers pooled-late 3 "time limit" check -1 --timeout 8 --database-url "$pooled"
  until_true "pooled-late: a statement still runs" "SELECT count(*) = 0 $works"
  sql "DROP VIEW alembic_version"
  sql "ALTER TABLE real_version RENAME TO alembic_version"
fi

# --- Autovacuum, made slow: it gives way to others unless it must freeze old rows (manual 25.1.5).
sql "INSERT INTO orders OVERRIDING SYSTEM VALUE SELECT (o).* FROM (SELECT jsonb_populate_record(o, jsonb_build_object('id', 100000 + n)) AS o
  FROM (SELECT o FROM orders o ORDER BY id LIMIT 1) AS one, generate_series(1, 20000) n) AS made" ||
  fail "no rows were made"
sql "ALTER TABLE orders SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
  autovacuum_freeze_max_age = 100000, autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0)"
sql "ALTER SYSTEM SET autovacuum_naptime = '1 s'"
sql "SELECT pg_reload_conf()" >/dev/null
sql "UPDATE orders SET gift_message = NULL"
worker="FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' AND query LIKE '%public.orders%'"
for _ in $(seq 600); do
  [ "$(sql "SELECT count(*) > 0 $worker")" != t ] || break
  sleep 0.1
done
answers autovacuum-gives-way 0 safe check -1
[ "$(sql "SELECT count(*) > 0 $worker")" = t ] || fail "autovacuum-gives-way: it did not last that long"
# Each block has an identifier of its own.
sql "CREATE TABLE burnt (n int)"
sql "DO \$\$ BEGIN FOR i IN 1..110000 LOOP BEGIN INSERT INTO burnt VALUES (i); EXCEPTION WHEN others THEN NULL; END;
  END LOOP; END \$\$"
sql "SELECT pg_terminate_backend(pid) $worker" >/dev/null
for _ in $(seq 600); do
  [ "$(sql "SELECT count(*) > 0 $worker AND query LIKE '%(to prevent wraparound)'")" != t ] || break
  sleep 0.1
done
answers autovacuum-against-wraparound 4 "autovacuum to prevent wraparound, which does not give way" check -1

echo "ok all"
