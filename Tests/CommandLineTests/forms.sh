# forms.sh BACKOUT: a check in its forms for reviewers and programs, held to readers that others wrote.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

start_postgres shop
forms="$postgres_dir/forms"
mkdir "$forms"
cd "$root/Fixtures/shop"
"$backout" sql base:head | psql -X -q -o /dev/null -v ON_ERROR_STOP=1
psql -X -q -v ON_ERROR_STOP=1 -f "$root/Fixtures/tools/demo_rows.sql"

# written NAME EXIT_CODE WORD ARGUMENT...: asks once for every form; each must have the word.
written() {
  local name="$1" expected="$2" word="$3" code=0 file
  shift 3
  "$backout" check "$@" --format text="$forms/$name.txt" --format json="$forms/$name.json" \
    --format github --output "$forms/$name.github" --format=junit -o "$forms/$name.junit.xml" \
    --format markdown="$forms/$name.md" --format html="$forms/$name.html" >"$postgres_dir/answer" 2>&1 || code=$?
  [ "$code" = "$expected" ] || fail "$name: exit code $code instead of $expected"
  [ ! -s "$postgres_dir/answer" ] || fail "$name: something is written beside the files"
  for file in "$forms/$name".*; do
    grep -qF -e "$word" "$file" || fail "$name: '$word' is not in $(basename "$file")"
  done
  if [ -n "${BACKOUT_TEST_PYTHON:-}" ]; then
    "$BACKOUT_TEST_PYTHON" "$root/Fixtures/tools/check_reports.py" "$forms" "$name" >"$postgres_dir/answer" 2>&1 ||
      fail "$name: a form is not as its readers want it"
    cp "$postgres_dir/answer" "$forms/$name.read"
  fi
  echo "ok $name"
}

# in_form NAME SUFFIX WORD
in_form() { grep -qF -e "$3" "$forms/$1.$2" || fail "$1: '$3' is not in the form $2"; }

written safe 0 "executes" -1
in_form safe github "::notice title=backout check%3A safe::going back from d85a0c6e13f9 to -1"
in_form safe junit.xml 'tests="4" failures="0" errors="0"'
in_form safe md "alembic downgrade 07bf5e39a1d4"
in_form safe html "alembic downgrade 07bf5e39a1d4"
written unsafe 1 "384 of them" f19d60b7c2e8
in_form unsafe github "::error file=migrations/versions/"
in_form unsafe junit.xml 'tests="4" failures="1" errors="0"'
in_form unsafe html '<span class="badge v-unsafe">'
written verified 1 "d85a0c6e13f9" --verify-at f19d60b7c2e8

# A name of a stranger: nothing of it is markup, a command or an escape.
sql "CREATE ROLE \"<b>|::error::x\" LOGIN SUPERUSER"
PGUSER='<b>|::error::x' PGAPPNAME=$'</code>\n::error::y' psql -X -q -o /dev/null \
  -c "SELECT pg_advisory_lock(999999)" -c "SELECT pg_sleep(100)" 2>/dev/null </dev/null &
holder=$!
for _ in $(seq 100); do
  [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" = 0 ] || break
  sleep 0.1
done
written held 4 "migration lock 999999" -1
in_form held junit.xml 'errors="1"'
in_form held html "v-wait"
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '</code>%'" >/dev/null
wait "$holder" || true

printf '%s\n' "shop postgresql://postgres@/shop?host=$postgres_dir" \
  "<i>lost postgresql://postgres:geheim-4711@/nowhere?host=$postgres_dir" >"$postgres_dir/databases"
written many 1 "nowhere" f19d60b7c2e8 --databases "$postgres_dir/databases"
in_form many junit.xml 'tests="2" failures="1" errors="1"'
if grep -qF geheim-4711 "$forms"/*; then fail "a form shows the password"; fi

answers sarif-is-of-code 2 "--format sarif lists what stands in code, which backout analyze writes" \
  check -1 --format text --format sarif=unwritten.sarif
answers gitlab-is-of-code 2 "backout check has text, json, github, junit, markdown, html" \
  check -1 --format gitlab --database-url "postgresql://nobody@127.0.0.1:1/x"
[ ! -e unwritten.sarif ] || fail "a refused form was written"

if [ -n "${BACKOUT_TEST_PYTHON:-}" ]; then
  for pair in check=safe check=unsafe check=held verification=verified many=many; do
    "$BACKOUT_TEST_PYTHON" "$root/Fixtures/tools/json_schema.py" "${pair%=*}" "$forms/${pair#*=}.json" \
      >"$postgres_dir/answer" || fail "${pair#*=}: JSON that is not as the schema says"
  done
fi

echo "ok all"
