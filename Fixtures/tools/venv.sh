# venv.sh DIR PYTHON REQUIREMENTS: a Python environment of the tests' own in DIR.
set -euo pipefail
dir="$1" python="$2" requirements="$3"

# Nothing to do where the environment was made from these very lines.
if cmp -s "$requirements" "$dir/requirements.txt"; then exit 0; fi

make_venv() {
  rm -rf "$dir"
  "$1" -m venv "$dir" >/dev/null 2>&1 && "$dir/bin/python" -m pip --version >/dev/null 2>&1
}

if [ ! -x "$dir/bin/python" ] || ! "$dir/bin/python" -m pip --version >/dev/null 2>&1; then
  make_venv "$python" || make_venv /usr/bin/python3 || {
    echo "venv: '$python -m venv' does not work here; install python3-venv" >&2
    exit 1
  }
fi
echo "venv: installing $(grep -v '^#' "$requirements" | tr '\n' ' ')into $dir"
"$dir/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
cp "$requirements" "$dir/requirements.txt"
