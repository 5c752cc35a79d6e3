#!/usr/bin/env bash
# How much of what Alembic emits on public migrations backout emits, too.
#
# Usage: conformance.sh BACKOUT DIRECTORY [PACKAGE…]; without packages, all of packages.txt. What is
# downloaded and worked out is kept in DIRECTORY. See README.md beside this file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
backout=$(realpath "$1")
mkdir -p "$2"
export CORPUS=$(cd "$2" && pwd)
shift 2
python=$CORPUS/venv/bin/python

if [ ! -x "$python" ]; then
  python3 -m venv "$CORPUS/venv"
  "$CORPUS/venv/bin/pip" install -q -r "$here/requirements.txt"
fi
chosen=()
while read -r pin; do
  name=${pin%%==*}
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  chosen+=("$name")
  folder=$CORPUS/downloads/$name
  if [ -z "$(ls -A "$folder" 2>/dev/null)" ]; then
    mkdir -p "$folder"
    "$CORPUS/venv/bin/pip" download -q --no-deps --ignore-requires-python --only-binary :all: \
      -d "$folder" "$pin" 2>/dev/null ||
      "$CORPUS/venv/bin/pip" download -q --no-deps --no-build-isolation --ignore-requires-python \
        -d "$folder" "$pin" || echo "skipped $pin"
  fi
done <"$here/packages.txt"
"$python" "$here/corpus.py"

cd "$CORPUS"
for project in "${chosen[@]}"; do
  out=$CORPUS/oracle-$project.jsonl
  [ -s "$out" ] && continue
  list=$CORPUS/list-$project.txt
  "$python" -c 'import json, sys
for row in json.load(open("migrations.json")):
    if row["project"] == sys.argv[1]:
        print(row["file"])' "$project" >"$list"
  run=(env -i HOME="$CORPUS" CORPUS="$CORPUS" PATH=/usr/bin:/bin
    "$python" "$here/oracle.py" --out "$out" --list "$list" "$project")
  if unshare -n true 2>/dev/null; then run=(unshare -n "${run[@]}"); fi
  timeout 900 "${run[@]}" >"$CORPUS/log-$project.txt" 2>&1 </dev/null ||
    echo "the oracle failed on $project"
done
only=()
for project in "${chosen[@]}"; do only+=(--only "$project"); done
"$python" "$here/score.py" "$CORPUS" "${only[@]}" --show 40 -- "$backout"
