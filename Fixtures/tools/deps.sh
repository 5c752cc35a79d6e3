# Installs the Debian packages that building, testing and the demo need and that are missing.
# Without the right to install, prints the one line that does, and fails.
set -euo pipefail

packages=(libpg-query-dev libprotobuf-c-dev libpq-dev libyaml-dev pgbouncer postgresql postgresql-client python3-venv)
# By hand the tests of pages in a browser are skipped without one; in CI they are not.
[ "${CI:-}" != true ] || packages+=(chromium)

if ! command -v swift >/dev/null; then
  echo "deps: no 'swift' command; install a Swift 6.3 toolchain first (README.md says how)" >&2
  exit 1
fi
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "deps: not a Debian system; needed are, by their Debian names: ${packages[*]}" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  status="$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)"
  [ "$status" = installed ] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

install_line="apt-get install -y --no-install-recommends ${missing[*]}"
as_root=()
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    echo "deps: packages are missing; install them with" >&2
    echo "  sudo apt-get update && sudo $install_line" >&2
    exit 1
  fi
fi

echo "deps: installing ${missing[*]}"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # a list of words
if ! {
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install_line
} >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  echo "deps: apt-get could not install ${missing[*]}" >&2
  exit 1
fi
