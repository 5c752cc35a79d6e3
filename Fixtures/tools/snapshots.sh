# snapshots.sh BACKOUT DIR: every form of the report of the example shop, into DIR. Fixtures/reports/ holds what
# was reviewed; the tests compare with it.
set -euo pipefail
backout="$(realpath "$1")" reports="$(realpath "$2")"
unset GITHUB_WORKSPACE CI_PROJECT_DIR GITHUB_STEP_SUMMARY
cd "$(dirname "$0")/../shop"

"$backout" analyze --format text="$reports/shop.txt" --format json="$reports/shop.json" \
  --format sarif="$reports/shop.sarif" --format github="$reports/shop.github" \
  --format gitlab="$reports/shop.gitlab.json" --format junit="$reports/shop.junit.xml" \
  --format markdown="$reports/shop.md" --format html="$reports/shop.html" || [ $? = 1 ]
"$backout" analyze --group-by rule --output "$reports/shop.rules.txt" || [ $? = 1 ]
"$backout" analyze --statistics --output "$reports/shop.statistics.txt" || [ $? = 1 ]
"$backout" analyze --quiet --output "$reports/shop.quiet.txt" || [ $? = 1 ]
"$backout" check f19d60b7c2e8 --facts "$reports/shop.facts.json" --format text="$reports/shop.check.txt" \
  --format github="$reports/shop.check.github" --format junit="$reports/shop.check.junit.xml" \
  --format markdown="$reports/shop.check.md" --format html="$reports/shop.check.html" || [ $? = 1 ]
for format in text svg dot mermaid json; do
  "$backout" graph --format "$format" >"$reports/shop.graph.$format"
done
