# drivers.sh BACKOUT: holds what analyze says of each driver to what SQLAlchemy's drivers do with a throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

start_postgres drivers
"${BACKOUT_TEST_PYTHON:?names a Python with Alembic and the drivers: make test}" \
  "$tests/drivers.py" "$backout" "$postgres_dir"
echo "ok all"
