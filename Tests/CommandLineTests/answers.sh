# answers.sh: what the live scripts beside it have in common. To be sourced by them:
#
#   answers NAME EXIT_CODE WORD ARGUMENT...   runs backout; its answer must have the code and the word
#   fail WORDS...                             ends the script, and shows the last answer
#   sql STATEMENT                             asks the throwaway server
#
# A script says by functions of its own how backout is asked (ask), what it is for an answer to have a word
# (says), and what else each answer must be (proper NAME).
set -euo pipefail

backout="$1"
tests="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$tests/../.." && pwd)"
export NO_COLOR=1
# shellcheck source=Fixtures/tools/throwaway_postgres.sh
. "$root/Fixtures/tools/throwaway_postgres.sh"

fail() {
  echo "$(basename "$0" .sh): $*" >&2
  head -c 3000 "$postgres_dir/answer" >&2 2>/dev/null || true
  exit 1
}

ask() { timeout 60 "$backout" "$@"; }

says() { grep -qF -e "$1" "$postgres_dir/answer"; }

# As says, wherever the lines were broken.
says_in_a_line() { tr -s ' \n' '  ' <"$postgres_dir/answer" | grep -qF -e "$1"; }

proper() { :; }

hides() {
  if grep -qF -e "$2" "$postgres_dir/answer"; then fail "$1: shows the password"; fi
}

has_no_controls() {
  if LC_ALL=C grep -q '[^[:print:][:space:]]' <(LC_ALL=C tr -d '\200-\377' <"$postgres_dir/answer"); then
    fail "$1: has control characters"
  fi
}

answers() {
  local name="$1" expected="$2" word="$3" code=0
  shift 3
  ask "$@" >"$postgres_dir/answer" 2>&1 || code=$?
  [ "$code" = "$expected" ] || fail "$name: exit code $code instead of $expected"
  says "$word" || fail "$name: '$word' is not in the answer"
  proper "$name" "$@"
  echo "ok $name"
}

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1"; }
