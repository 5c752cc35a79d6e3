# lost.sh BACKOUT: a database at a revision that the files do not have, and the commit that has it.
#
# Prints one line 'ok NAME' for each answer; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/answers.sh
. "$(dirname "$0")/answers.sh"

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null

says() { says_in_a_line "$1"; }

git() { command git -c user.name=Test -c user.email=test@example.org "$@"; }

revision() { # ID PARENT
  cat >"migrations/$1.py" <<END
revision = "$1"
down_revision = $2
from alembic import op
def upgrade():
    op.execute("CREATE TABLE $1 (id int)")
def downgrade():
    op.execute("DROP TABLE $1")
END
}

start_postgres lost
sql "CREATE TABLE a1 (id int); CREATE TABLE b1 (id int)"
sql "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"
sql "INSERT INTO alembic_version VALUES ('b1')"

work="$(mktemp -d)"
trap 'rm -rf "$work"; stop_postgres' EXIT
cd "$work"
command git init -q -b main
mkdir migrations
revision a1 None
git add -A && git commit -qm one
answers no-commit-has-it 3 "no commit of this repository has it" check -1 --path migrations

git switch -q -c feature
revision b1 '"a1"'
git add -A && git commit -qm two
has="$(git rev-parse HEAD)"
git switch -q main
answers named-with-its-branch 3 \
  "commit ${has:0:10} (in feature) has it in migrations/b1.py: add --ref ${has:0:10}" \
  check -1 --path migrations
answers checked-with-its-files 0 "safe" check -1 --path migrations --ref "$has"

git branch -q -D feature
answers left-behind 3 "commit ${has:0:10} (no branch has it any more)" check -1 --path migrations

# An identifier is text of the database: it is no option, no pattern, and shown as it is.
for id in '--output=x' '-O.' '.*' "a'b" ':(glob)*' $'\e[31m' '%H'; do
  psql -X -q -v id="$id" <<<"UPDATE alembic_version SET version_num = :'id'"
  answers hostile-identifier 3 "no commit of this repository has it" check -1 --path migrations
  if grep -q $'\e' "$postgres_dir/answer"; then exit 1; fi
done
[ ! -e x ] || exit 1

sql "UPDATE alembic_version SET version_num = 'b1'"
mv .git elsewhere
answers no-repository 3 "is not in a git repository" check -1 --path migrations
echo "ok all"
