# deb.sh BACKOUT OUTPUT: makes a Debian package of a release binary, with man page and completions.
set -euo pipefail
backout="$(realpath "$1")" output="$2"
here="$(cd "$(dirname "$0")" && pwd)"
root="$here/../.."

stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage"
version="$("$backout" --version | cut -d' ' -f1)"
architecture="$(dpkg --print-architecture)"

install -D -m 755 -s "$backout" "$stage/usr/bin/backout"
install -d "$stage/usr/share/man/man1" "$stage/usr/share/doc/backout" "$stage/DEBIAN"
python3 "$here/man.py" "$backout" | gzip -9n >"$stage/usr/share/man/man1/backout.1.gz"
gzip -9nc "$root/CHANGELOG.md" >"$stage/usr/share/doc/backout/changelog.gz"
install -m 644 "$root/README.md" "$stage/usr/share/doc/backout/"
completion() {
  install -d "$stage/$(dirname "$2")"
  "$backout" --generate-completion-script "$1" >"$stage/$2"
}
completion bash usr/share/bash-completion/completions/backout
completion zsh usr/share/zsh/vendor-completions/_backout
completion fish usr/share/fish/vendor_completions.d/backout.fish

# What is linked in has its licence here; what is linked to is a package of its own.
{
  cat "$root/LICENSE"
  PYTHONPATH="$here" python3 -c '
import sys, licences
for name, text in licences.gather(sys.argv[1], []).items():
    print("\n%s\n%s\n%s" % ("=" * 78, name, text))' "$root"
} >"$stage/usr/share/doc/backout/copyright"

# The linked libraries as Debian names them, and libpq, which is loaded when a database is asked.
work="$stage.work"
mkdir -p "$work/debian"
printf 'Source: backout\n\nPackage: backout\nArchitecture: any\n' >"$work/debian/control"
depends="$(cd "$work" && dpkg-shlibdeps -O "$stage/usr/bin/backout" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')"
rm -rf "$work"
cat >"$stage/DEBIAN/control" <<EOF
Package: backout
Version: $version
Architecture: $architecture
Maintainer: the backout developers <backout@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$stage" | cut -f1)
Depends: $depends, libpq5
Section: database
Priority: optional
Description: migration safety analyzer for PostgreSQL and Alembic
 Answers whether a database can be taken back to an earlier Alembic revision,
 and what would be lost: for every revision before a merge, or for a live
 database during an incident.
EOF
mkdir -p "$output"
dpkg-deb --root-owner-group --build "$stage" "$output" | sed 's/^dpkg-deb: //'
