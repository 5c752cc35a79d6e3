# mermaid.sh VENV: mermaid.min.js into VENV/share, where the tests look for it.
set -euo pipefail
venv="$1"
requirements="$(dirname "$0")/mermaid.txt"
if cmp -s "$requirements" "$venv/share/mermaid.txt"; then exit 0; fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# The wheel asks for a newer Python than it takes to unpack it.
"$venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --ignore-requires-python --require-hashes --dest "$work" --requirement "$requirements"
mkdir -p "$venv/share"
"$venv/bin/python" - "$work"/*.whl "$venv/share/mermaid.min.js" <<'END'
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel, open(sys.argv[2], "wb") as file:
    file.write(wheel.read("artoo_mermaid/assets/mermaid.min.js"))
END
cp "$requirements" "$venv/share/mermaid.txt"
