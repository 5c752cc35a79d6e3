# hostile.sh BACKOUT: holds what it says of databases and servers that mean harm, or are broken.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

# With 1 GB of memory.
ask() (
  ulimit -v 1000000
  exec timeout 60 "$backout" "$@"
)

# Short, and with no password and no control character.
proper() {
  hides "$1" geheim
  has_no_controls "$1"
  [ "$(wc -c <"$postgres_dir/answer")" -lt 20000 ] || fail "$1: is endless"
}

start_postgres shop
cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1

# A negative key.
PGAPPNAME=deploy-4711 psql -X -q -o /dev/null -c "SELECT pg_advisory_lock(-5)" -c "SELECT pg_sleep(100)" \
  2>/dev/null </dev/null &
holder=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" = 0 ] || break
  sleep 0.1
done
answers negative-key 4 deploy-4711 check --advisory-lock -5
answers negative-key-of-two 0 safe check -1 --advisory-lock -5,-5
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'deploy-4711'" >/dev/null
wait "$holder" || true

# Version tables that are none.
version_table() {
  sql "DROP TABLE IF EXISTS alembic_version CASCADE" 2>/dev/null ||
    sql "DROP VIEW IF EXISTS alembic_version"
  sql "CREATE VIEW alembic_version AS $1"
}
version_table "SELECT 'x' || n AS version_num FROM generate_series(1, 100000) AS n"
answers many-rows 3 "more than 1000 rows" check
version_table "SELECT 'x' || n AS version_num FROM generate_series(1, 900) AS n"
answers many-strangers 3 "and 895 more" check
version_table "SELECT repeat('x', 20000000) AS version_num"
answers huge-cell 3 "more than 255 characters" check
version_table "SELECT 'abc'::bytea AS version_num"
answers bytes-as-identifier 3 '\x616263' check
version_table "SELECT E'\\x1b[31m\\x07' AS version_num"
answers escapes-as-identifier 3 '\u{1B}[31m' check

# Other encodings: the server's is translated; where it has none, the bytes come as they are.
createdb -T template0 -E LATIN1 latin
createdb -T template0 -E SQL_ASCII bytes
for database in latin bytes; do
  PGDATABASE=$database PGCLIENTENCODING=SQL_ASCII psql -X -q -v ON_ERROR_STOP=1 \
    -c "CREATE TABLE alembic_version (version_num text)" \
    -c "INSERT INTO alembic_version VALUES (E'caf\\xe9')"
done
answers latin 3 "the database is at café" \
  check --database-url "postgresql://postgres@/latin?host=$postgres_dir&client_encoding=LATIN1"
answers no-encoding 3 "invalid byte sequence" check --database-url "postgresql://postgres@/bytes?host=$postgres_dir"

# Every address that was tried has its reason.
answers several-hosts 2 'at "127.0.0.1", port 1: Connection refused; on socket' check --database-url \
  "host=127.0.0.1,$postgres_dir/none port=1,2 user=someone password=geheim dbname=shop"
[ "$(wc -l <"$postgres_dir/answer")" = 1 ] || fail "several-hosts: more than one line"

# Servers that are none.
cat >"$postgres_dir/server.py" <<'SERVER'
"""Speaks PostgreSQL's protocol (manual, chapter 55) on a unix socket to one client after the other."""
import socket
import struct


def message(kind, body):
    return kind + struct.pack("!I", len(body) + 4) + body


def read(stream):
    kind = stream.read(1)
    return kind, stream.read(struct.unpack("!I", stream.read(4))[0] - 4)


def startup(stream):
    return stream.read(struct.unpack("!I", stream.read(4))[0] - 4)


def echo_password(client, stream):
    client.sendall(message(b"R", struct.pack("!I", 3)))
    password = read(stream)[1].rstrip(b"\0")
    client.sendall(message(b"E", b"SFATAL\0C28P01\0M\x1b[31mno: " + password + b"\xff\0\0"))


def ready(client):
    client.sendall(message(b"R", struct.pack("!I", 0)) + message(b"Z", b"I"))


def query(client, stream):
    """Answers what begins the transaction; leaves the first question, which asks what the server is."""
    while read(stream)[0] != b"S":
        pass
    accepted = message(b"1", b"") + message(b"2", b"")
    row = message(b"T", struct.pack("!H", 1) + b"a\0" + struct.pack("!IHIhih", 0, 0, 25, -1, -1, 0))
    begun = accepted + message(b"n", b"") + message(b"C", b"BEGIN\0")
    client.sendall(begun + accepted + row + message(b"C", b"SELECT 0\0") + begun + accepted + row)


def not_utf8(client, stream):
    ready(client)
    query(client, stream)
    client.sendall(message(b"D", struct.pack("!Hi", 1, 1) + b"\xff") + message(b"C", b"SELECT 1\0") + message(b"Z", b"T"))
    while kind := stream.read(1):
        stream.read(struct.unpack("!I", stream.read(4))[0] - 4)
        if kind == b"S":
            client.sendall(message(b"E", b"SERROR\0C25P02\0Mno\0\0") + message(b"Z", b"E"))


def flood(client, stream):
    ready(client)
    query(client, stream)
    while True:
        client.sendall(message(b"D", struct.pack("!Hi", 1, 1000) + b"x" * 1000) * 100)


def notices(client, stream):
    ready(client)
    query(client, stream)
    while True:
        client.sendall(message(b"N", b"SWARNING\0C01000\0M" + b"x" * 100_000 + b"\0\0"))


server = socket.socket(socket.AF_UNIX)
server.bind(".s.PGSQL.6432")
server.listen(1)
open("pipe", "w").close()
for behave in [echo_password, not_utf8, flood, notices]:
    client, _ = server.accept()
    stream = client.makefile("rb")
    startup(stream)
    try:
        behave(client, stream)
    except OSError:
        pass
    client.close()
    stream.close()
SERVER
mkfifo "$postgres_dir/pipe"
(cd "$postgres_dir" && exec "${PYTHON:-python3}" server.py) &
server=$!
trap 'kill "$server" 2>/dev/null || true; stop_postgres' EXIT
read -r _ <"$postgres_dir/pipe" || true
url="postgresql://someone@/shop?host=$postgres_dir&port=6432&sslmode=disable&gssencmode=disable"
PGPASSWORD=geheim answers password-in-the-answer 2 'no: ***' check --database-url "$url"
answers not-utf8 2 "not UTF-8" check --database-url "$url"
for name in flood notices; do
  answers "$name" 2 "more than 32 MB" check --database-url "$url"
done

echo "ok all"
