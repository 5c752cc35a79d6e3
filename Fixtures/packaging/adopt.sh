# adopt.sh WHEEL: a new project takes the program into use, by the commands of the documentation alone: from
# pip install to a commit and a pull request that are refused, and to ones that pass.
set -euo pipefail
wheel="$(realpath "$1")"
requirements="$(cd "$(dirname "$0")" && pwd)/adopt-requirements.txt"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Nothing of the caller's: neither its git settings nor its hooks.
export HOME="$work/home" GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME="$work/pre-commit"
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir "$HOME"
git config --global user.name adopter
git config --global user.email adopter@localhost
git config --global init.defaultBranch main

fail() {
  echo "adopt: $1" >&2
  exit 1
}

# expect CODE TEXT COMMAND...: what it prints has the text, and it ends with the code.
expect() {
  local code="$1" text="$2" status=0 output
  shift 2
  output="$("$@" 2>&1)" || status=$?
  [ "$status" = "$code" ] || fail "'$*' ended with $status, not $code: $output"
  case "$output" in *"$text"*) ;; *) fail "'$*' does not say '$text': $output" ;; esac
}

python3 -m venv "$work/venv"
export PATH="$work/venv/bin:$PATH"
pip install --quiet --disable-pip-version-check "$wheel" -r "$requirements"

git init --quiet --bare "$work/origin.git"
git init --quiet "$work/project"
cd "$work/project"
git remote add origin "$work/origin.git"
alembic init migrations >/dev/null
expect 0 'there is no migration yet' backout analyze
expect 0 'wrote backout.toml' backout init --pre-commit --github
expect 0 'is there already' backout init --pre-commit
pre-commit install >/dev/null
git add --all
git commit --quiet --message 'a project' >/dev/null 2>&1 || fail "the first commit is refused"

# revision ID PARENT UPGRADE DOWNGRADE: a migration.
revision() {
  cat >"migrations/versions/$1_.py" <<EOF
"""$1"""
import sqlalchemy as sa
from alembic import op

revision = "$1"
down_revision = $2


def upgrade():
    $3


def downgrade():
    $4
EOF
}

revision 1a None 'op.create_table("users", sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("name", sa.Text))' \
  'op.drop_table("users")'
revision 2b '"1a"' 'op.add_column("users", sa.Column("mail", sa.Text))' 'op.drop_column("users", "mail")'
git add --all
git commit --quiet --message 'users' >/dev/null 2>&1 || fail "sound migrations are refused"
git push --quiet origin main

git switch --quiet --create feature
revision 3c '"2b"' 'op.drop_column("users", "name")' 'pass'
git add --all
expect 1 'drop-column' git commit --quiet --message 'no names'
git commit --quiet --no-verify --message 'no names'
gate() {
  GITHUB_STEP_SUMMARY="$work/summary.md" GITHUB_BASE_REF=main GITHUB_WORKSPACE="$PWD" \
    bash -c "$(sed -n '/- run: >/,$p' .github/workflows/backout.yml | sed 1d | tr '\n' ' ')"
}
expect 1 '::error file=migrations/versions/3c_.py,line=' gate
grep -q 'drop-column' "$work/summary.md" || fail "the job's summary does not name the rule"
# What the project has from before is not shown again.
case "$(gate 2>&1 || true)" in *1a_.py*) fail "the gate speaks of what did not change" ;; esac

revision 3c '"2b"' 'op.add_column("users", sa.Column("nickname", sa.Text))' 'op.drop_column("users", "nickname")'
git add --all
git commit --quiet --message 'nicknames' >/dev/null 2>&1 || fail "the mended migration is refused"
expect 0 '' gate
echo "adopt: a commit and a pull request with a loss are refused, the mended ones pass"
