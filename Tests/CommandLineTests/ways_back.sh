# ways_back.sh: databases that are made by two revisions, changed by hand, asked, and really taken back. To be
# sourced by the scripts beside it:
#
#   drifted NAME VERDICT WORD OUTCOME UP DOWN BY_HAND [BASE]
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  cat "$postgres_dir/answer" "$postgres_dir/run" >&2 2>/dev/null || true
  exit 1
}

start_postgres plain
url="$DATABASE_URL"

# statements NAME: the lines of standard input, each an op.execute() of a function of that name.
statements() {
  local line count=0
  printf '\n\ndef %s():\n' "$1"
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    printf '    op.execute(r"""%s """)\n' "$line"
    count=$((count + 1))
  done
  [ "$count" -gt 0 ] || echo "    pass"
}

# revision NAME DOWN_REVISION UP DOWN: writes a migration.
revision() {
  {
    printf 'from alembic import op\n\nrevision = "%s"\ndown_revision = %s\n' "$1" "$2"
    statements upgrade <<<"$3"
    statements downgrade <<<"$4"
  } >"$project/versions/$1.py"
}

base="CREATE TABLE t (id int PRIMARY KEY, a text, b int NOT NULL DEFAULT 0)"

# drifted NAME VERDICT WORD OUTCOME UP DOWN BY_HAND [BASE]: the verdict of `check r1`, a part of its
# answer, and what really running the downgrade ends with: 'ok' or an SQLSTATE. The role that asks
# is $asks, and the one that runs the downgrade is $runs, else postgres; $options go along. With $later, the upgrade and downgrade of a revision r3, the way
# back begins there. It leads to revision $first. $configured are arguments of context.configure(), each behind a comma.
options=()
configured=""
later=()
first=r1
drifted() {
  local name="$1" verdict="$2" word="$3" expected="$4" outcome
  project="$postgres_dir/project"
  rm -rf "$project"
  mkdir -p "$project/versions"
  printf '[alembic]\nscript_location = %%(here)s\n' >"$project/alembic.ini"
  cat >"$project/env.py" <<'ENV'
from alembic import context

if context.is_offline_mode():
    context.configure(dialect_name="postgresql")
    with context.begin_transaction():
        context.run_migrations()
else:
    with context.config.attributes["engine"].connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
ENV
  sed -i "s/\\(context.configure(.*\\))$/\\1$configured)/" "$project/env.py"
  revision "$first" None "${8-$base}" ""
  revision r2 "\"$first\"" "$5" "$6"
  [ ${#later[@]} = 0 ] || revision r3 '"r2"' "${later[@]}"
  dropdb --if-exists --force drifted 2>/dev/null
  createdb drifted
  : >"$postgres_dir/answer"
  export PGDATABASE=drifted DATABASE_URL="${url/plain/drifted}"
  "$backout" sql base:head --path "$project" | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 ||
    fail "$name: no database"
  psql -X -q -v ON_ERROR_STOP=1 -o /dev/null <<<"$7" || fail "$name: not changed"
  DATABASE_URL="${DATABASE_URL/postgres@/${asks:-postgres}@}" \
    timeout 60 "$backout" check "$first" --path "$project" --format json ${options[@]+"${options[@]}"} \
      >"$postgres_dir/answer" 2>&1 || true
  grep -qF "\"verdict\":\"$verdict\",\"executes\"" "$postgres_dir/answer" ||
    fail "$name: the verdict is not $verdict"
  grep -qF -e "$word" "$postgres_dir/answer" || fail "$name: '$word' is not in the answer"
  outcome=ok
  "$backout" sql "head:$first" --path "$project" |
    PGUSER="${runs:-$PGUSER}" psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate \
      >"$postgres_dir/run" 2>&1 ||
    outcome="$(grep -o 'ERROR: *[0-9A-Z]*' "$postgres_dir/run" | head -1 | grep -o '[0-9A-Z]*$')"
  [ "$outcome" = "$expected" ] || fail "$name: the downgrade ended with $outcome, not $expected"
  echo "ok $name"
}
