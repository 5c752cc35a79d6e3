# try.sh WHEEL DEB PROJECT: installs both packages as a user would and runs them on an Alembic project: the
# wheel in a virtual environment, the Debian package in a bare system made by debootstrap where that is at
# hand and this is root, else only unpacked.
set -euo pipefail
wheel="$1" deb="$2" project="$(realpath "$3")"
unreachable=postgresql://nobody@127.0.0.1:1/nowhere

work="$(mktemp -d)"
trap 'umount "$work/bare/proc" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT

fail() {
  echo "try: $1" >&2
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

# All that the command is for, where analyze finds something unsafe and no server answers.
use() {
  expect 0 grammar "$@" --version
  expect 1 unsafe "$@" analyze --path "$project"
  expect 0 'CREATE TABLE' "$@" sql --path "$project"
  # libpq is loaded for this one alone.
  expect 2 'cannot connect to 127.0.0.1:1' "$@" check -1 --path "$project" --database-url "$unreachable"
}

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
use "$work/venv/bin/backout"
use "$work/venv/bin/python" -m backout
borrowed="$(LD_DEBUG=libs "$work/venv/bin/backout" check -1 --path "$project" --database-url "$unreachable" 2>&1 |
  sed -n 's/.*calling init: //p' | grep -E 'libpq|libpg_query|libprotobuf|libyaml' | grep -v "^$work/" || true)"
[ -z "$borrowed" ] || fail "the wheel's program uses libraries of the system: $borrowed"
echo "try: the wheel works in a virtual environment, with its own libraries"

dpkg-deb -x "$deb" "$work/unpacked"
for file in bin/backout share/man/man1/backout.1.gz share/bash-completion/completions/backout \
  share/zsh/vendor-completions/_backout share/fish/vendor_completions.d/backout.fish share/doc/backout/copyright; do
  [ -s "$work/unpacked/usr/$file" ] || fail "the Debian package has no /usr/$file"
done
bash -n "$work/unpacked/usr/share/bash-completion/completions/backout"
use "$work/unpacked/usr/bin/backout"
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "try: the Debian package works unpacked; as root and with debootstrap it would be installed in a bare system"
  exit 0
fi
bare="$work/bare"
if ! debootstrap --variant=minbase bookworm "$bare" >"$work/log" 2>&1; then
  tail -n 3 "$work/log" >&2
  echo "try: debootstrap made no bare system; the Debian package works unpacked"
  exit 0
fi
# Swift's runtime reads the arguments of a program there.
mount -t proc proc "$bare/proc"
cp "$deb" "$bare/backout.deb"
cp -R "$project" "$bare/project"
chroot "$bare" apt-get update -q >"$work/log" 2>&1 &&
  chroot "$bare" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /backout.deb >"$work/log" 2>&1 ||
  fail "apt does not install the package: $(tail -n 3 "$work/log")"
project=/project
use chroot "$bare" backout
echo "try: the Debian package works in a bare Debian"
