# Turns a temporary directory into a PostgreSQL server that nobody else sees, and back into nothing.
#
# To be sourced by bash scripts:  start_postgres DATABASE
# Exports PGHOST (a unix socket's directory), PGPORT, PGUSER, PGDATABASE and DATABASE_URL, and
# removes server and directory when the script ends, fails or is interrupted. The server listens on
# no network address. A root shell runs it through an unprivileged user, as PostgreSQL demands.

postgres_dir=""
postgres_as=()

# Prints the directory of the server's programs, of the newest version where there are several.
find_postgres_bin() {
  local dir
  for dir in "${POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V -r) \
    "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    if [ -n "$dir" ] && [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
      echo "$dir"
      return 0
    fi
  done
  echo "no PostgreSQL server programs found (initdb, pg_ctl): run 'make deps'" >&2
  return 1
}

stop_postgres() {
  local dir="$postgres_dir"
  postgres_dir=""
  [ -n "$dir" ] || return 0
  if [ -f "$dir/data/postmaster.pid" ]; then
    (cd / && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$dir/data" -m immediate -w stop) \
      >/dev/null 2>&1 || true
  fi
  rm -rf "$dir"
}

start_postgres() {
  local database="$1" owner
  postgres_bin="$(find_postgres_bin)" || return 1
  trap stop_postgres EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  postgres_dir="$(mktemp -d "${TMPDIR:-/tmp}/backout-pg.XXXXXX")"
  if [ "$(id -u)" = 0 ]; then
    owner=postgres
    id -u "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$postgres_dir"
    postgres_as=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups)
  fi
  # From / and without the caller's environment of libpq: neither must decide anything here.
  (
    cd /
    unset PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS
    "${postgres_as[@]}" "$postgres_bin/initdb" -D "$postgres_dir/data" -U postgres \
      --auth=trust --encoding=UTF8 --locale=C --no-sync
    cat >>"$postgres_dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$postgres_dir'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 50
CONF
    "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -w -t 60 \
      -l "$postgres_dir/server.log" start
  ) >"$postgres_dir/start.log" 2>&1 || {
    echo "the throwaway PostgreSQL server did not start:" >&2
    cat "$postgres_dir/start.log" "$postgres_dir/server.log" >&2 2>/dev/null || true
    return 1
  }
  export PGHOST="$postgres_dir" PGPORT=5432 PGUSER=postgres PGDATABASE="$database"
  export PSQL_PAGER="" PAGER=cat
  unset PGPASSWORD PGSERVICE PGOPTIONS
  export PATH="$PATH:$postgres_bin"
  createdb "$database"
  export DATABASE_URL="postgresql://postgres@/$database?host=$postgres_dir"
}
