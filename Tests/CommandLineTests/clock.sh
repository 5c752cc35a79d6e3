# clock.sh BACKOUT: clocks that disagree, of the machine that asks and of the server, and clocks that are set
# while a check runs.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

day=86400

start_postgres shop
"${CC:-$(command -v cc || command -v clang)}" -shared -fPIC -o "$postgres_dir/set_clock.so" "$root/Fixtures/tools/set_clock.c"

# set_clock WHOSE SECONDS: that of `client` or `server` is ahead so far.
set_clock() {
  echo "$2" >"$postgres_dir/$1.new"
  chmod 666 "$postgres_dir/$1.new"
  mv "$postgres_dir/$1.new" "$postgres_dir/$1"
}
set_clock client 0
set_clock server 0

# by_clock WHOSE COMMAND...
by_clock() {
  local whose="$1"
  shift
  env CLOCK_AHEAD="$postgres_dir/$whose" LD_PRELOAD="$postgres_dir/set_clock.so" "$@"
}
ask() { timeout 60 env CLOCK_AHEAD="$postgres_dir/client" LD_PRELOAD="$postgres_dir/set_clock.so" "$backout" "$@"; }

(cd / && by_clock server "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -m fast -w \
  -l "$postgres_dir/server.log" restart) >/dev/null 2>&1
# Otherwise nothing below would show anything.
set_clock server $((-day))
set_clock client "$day"
[ "$(sql "SELECT extract(epoch FROM clock_timestamp())::bigint + $day - $(date +%s) BETWEEN -60 AND 60")" = t ] ||
  fail "the clock of the server is not set"
[ $(($(by_clock client date +%s) - $(date +%s) - day)) -lt 60 ] || fail "the clock of a program is not set"
set_clock server 0
set_clock client 0

cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"
# in_the_way NAME SQL: a session that runs SQL in a transaction, and then does nothing until this script ends.
in_the_way() {
  exec {session}> >(PGAPPNAME="$1" exec psql -X -q -o /dev/null 2>/dev/null)
  echo "BEGIN; $2;" >&"$session"
  for _ in $(seq 100); do
    [ "$(sql "SELECT count(*) FROM pg_stat_activity
      WHERE application_name = '$1' AND state = 'idle in transaction'")" = 0 ] || return 0
    sleep 0.05
  done
  fail "$1 did not begin"
}
out_of_the_way() {
  sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '$1'" >/dev/null
}
# What it says, without how long something has lasted, and without the ends of lines, which move with it.
timeless() { tr -s ' \n' ' ' <"$postgres_dir/answer" | sed -E 's/ (for [0-9]+|\([0-9]+) (s|min|h)( ago\))?//g'; }

# --- The clock of the machine that asks decides nothing about the server.
answers nothing-in-the-way 0 safe check -1
free="$(timeless)"
in_the_way long-report "SELECT count(*) FROM orders"
in_the_way deploy-4711 "SELECT pg_advisory_lock(999999)"
# Whoever began less than a second ago is not in the way.
sleep 1.2
answers in-the-way 4 "application deploy-4711" check -1
taken="$(timeless)"
for ahead in "$day" "$((-day))" "$((20000 * day))" "$((-10000 * day))"; do
  set_clock client "$ahead"
  answers "in-the-way-$ahead" 4 "application long-report" check -1
  [ "$(timeless)" = "$taken" ] || fail "in-the-way-$ahead: another answer"
done
out_of_the_way long-report
out_of_the_way deploy-4711
for ahead in "$day" "$((-day))"; do
  set_clock client "$ahead"
  answers "nothing-in-the-way-$ahead" 0 safe check -1
  [ "$(timeless)" = "$free" ] || fail "nothing-in-the-way-$ahead: another answer"
done

set_clock client 0

# --- A day of the calendar is that of the machine: a waiver ends by its clock.
project="$postgres_dir/project"
mkdir -p "$project/versions"
printf '[alembic]\nscript_location = %%(here)s\n' >"$project/alembic.ini"
printf 'from alembic import context\ncontext.configure(dialect_name="postgresql")\n' >"$project/env.py"
# revision NAME DOWN_REVISION UP DOWN
revision() {
  printf 'from alembic import op\nrevision = "%s"\ndown_revision = %s\n' "$1" "$2"
  printf 'def upgrade():\n    with op.get_context().autocommit_block():\n        op.execute("%s")\n' "$3"
  printf 'def downgrade():\n    with op.get_context().autocommit_block():\n        op.execute("%s")\n' "$4"
}
revision r1 None "CREATE TABLE t (id int PRIMARY KEY, c int)" "DROP TABLE t" >"$project/versions/r1.py"
revision r2 '"r1"' "ALTER TABLE t DROP COLUMN c" "ALTER TABLE t ADD COLUMN c int" >"$project/versions/r2.py"
revision r3 '"r2"' "CREATE INDEX CONCURRENTLY i ON t (id)" "DROP INDEX CONCURRENTLY i" >"$project/versions/r3.py"
waived() {
  cat >"$project/backout.toml" <<TOML
[[waivers]]
file = "versions/r2.py"
rule = "drop-column"
reason = "nobody reads it"
until = $2
TOML
  set_clock client "$3"
  answers "$1" "$4" "$5" analyze --path "$project"
  set_clock client 0
}
tomorrow="$(date -u -d '+1 day' +%Y-%m-%d)"
yesterday="$(date -u -d '-1 day' +%Y-%m-%d)"
waived waiver "$tomorrow" 0 0 x
waived waiver-ahead "$tomorrow" $((2 * day)) 1 "is over"
waived waiver-over "$yesterday" 0 1 "is over"
waived waiver-behind "$yesterday" $((-2 * day)) 0 x

# --- The time that a check may take passes, whatever is done to the clock meanwhile.
sql "ALTER TABLE alembic_version RENAME TO real_version"
sql "CREATE VIEW alembic_version AS SELECT version_num FROM real_version, pg_sleep(60)"
for ahead in "$day" "$((-day))"; do
  (sleep 0.7 && set_clock client "$ahead") &
  setter=$!
  start="$SECONDS"
  answers "time-limit-$ahead" 3 "longer than the time limit" check -1 --timeout 8
  [ $((SECONDS - start)) -ge 1 ] || fail "time-limit-$ahead: did not wait"
  [ $((SECONDS - start)) -lt 40 ] || fail "time-limit-$ahead: took $((SECONDS - start)) s"
  wait "$setter"
  set_clock client 0
done

# --- The server's clock is set while it is asked.
sql "CREATE TABLE next_clock (ahead bigint)"
sql "INSERT INTO next_clock VALUES (0)"
sql "CREATE FUNCTION set_clock(pause int) RETURNS int VOLATILE LANGUAGE plpgsql AS \$\$ BEGIN
  EXECUTE (SELECT 'COPY (SELECT ' || ahead || \$c\$) TO '$postgres_dir/server'\$c\$ FROM next_clock);
  PERFORM pg_sleep(pause);
  RETURN 1; END \$\$"
version_table() { sql "CREATE OR REPLACE VIEW alembic_version AS SELECT version_num FROM real_version, set_clock($1)"; }
version_table 0
# server_set NAME SECONDS CODE WORD ARGUMENT...
server_set() {
  local name="$1" ahead="$2"
  shift 2
  sql "UPDATE next_clock SET ahead = $ahead"
  answers "$name" "$@"
  [ "$(sql "SELECT abs(extract(epoch FROM clock_timestamp())::bigint - $(date +%s) - ($ahead)) < 60")" = t ] ||
    fail "$name: the clock was not set"
  set_clock server 0
}
for ahead in "$day" "$((-day))" "$((60 * day))" "$((-60 * day))"; do
  server_set "server-set-$ahead" "$ahead" 0 safe check -1
  # Where it is ahead all at once, the time for the questions seems to be over, and there are estimates.
  server_set "server-set-with-questions-$ahead" "$ahead" 1 "384 of them" check f19d60b7c2e8
  [ "$ahead" -gt 0 ] || says "(384 of them)" || fail "server-set-with-questions-$ahead: not counted"
done
# Whoever began in what is the future now is in the way, and nobody is told how long that is ago.
in_the_way long-report "SELECT count(*) FROM orders"
server_set began-in-the-future "$((-day))" 4 "application long-report" check -1
says "by a clock that was set back since" || fail "began-in-the-future: not told"
out_of_the_way long-report
# CONCURRENTLY waits for it, whatever it has done.
createdb concurrent
export PGDATABASE=concurrent
"$backout" sql base:head --path "$project" | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
set_clock server "$day"
in_the_way elsewhere "SELECT 1"
set_clock server 0
answers concurrently-in-the-future 4 "application elsewhere" \
  check -1 --path "$project" --database-url "${DATABASE_URL/shop/concurrent}"
out_of_the_way elsewhere
export PGDATABASE=shop
# By such a clock the server's own time limit is a day away: the statement is ended for it.
version_table 60
start="$SECONDS"
server_set hangs-for-days "$((-day))" 2 "within the time limit" check -1 --timeout 8
[ $((SECONDS - start)) -lt 40 ] || fail "hangs-for-days: took $((SECONDS - start)) s"
for _ in $(seq 100); do
  left="$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'backout'")"
  [ "$left" != 0 ] || break
  sleep 0.05
done
[ "$left" = 0 ] || fail "hangs-for-days: a session is left"

echo "ok all"
