# referred.sh BACKOUT: holds the answers about rows that a downgrade deletes, and about those that refer to them, to a
# throwaway PostgreSQL.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"
referred() { # NAME VERDICT WORD OUTCOME ACTION ROWS [DOWN]
  drifted "$1" "$2" "$3" "$4" "INSERT INTO p VALUES (7, 'seven')" "${7-DELETE FROM p WHERE id = 7}" "$6" \
    "CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE)
CREATE TABLE c (id int, p int REFERENCES p ON DELETE $5, a text)
INSERT INTO p VALUES (1, 'one')
INSERT INTO c VALUES (1, 1, 'x')"
}
kept="\"executes\":\"yes\",\"data\":\"kept"
referred nobody-refers safe "$kept" ok "NO ACTION" ""
referred somebody-refers unsafe "refer to the rows that go (c_p_fkey) (2 of them)" 23503 "RESTRICT" \
  "INSERT INTO c VALUES (2, 7), (3, 7)"
referred refers-by-code unsafe "refer to the rows that go (c_p_fkey) (1 of them)" 23503 "NO ACTION" \
  "INSERT INTO c VALUES (2, 7)" "DELETE FROM p WHERE code IN ('seven', 'eight')"
referred refers-to-others safe '"executes":"yes"' ok "NO ACTION" "INSERT INTO c VALUES (2, 1), (3, NULL)" \
  "DELETE FROM p WHERE code = 'seven'"
referred deleted-before unsafe '"executes":"yes","data":"new-lost"' ok "NO ACTION" "INSERT INTO c VALUES (2, 7)" \
  "DELETE FROM c WHERE p = 7
DELETE FROM p WHERE id = 7"
referred others-deleted unsafe '"executes":"unknown"' 23503 "NO ACTION" "INSERT INTO c VALUES (2, 7)" \
  "DELETE FROM c WHERE p = 1
DELETE FROM p WHERE id = 7"
referred cascades safe "$kept" ok "CASCADE" ""
referred cascades-to-some unsafe "loses rows of c (2 of them)" ok "CASCADE" "INSERT INTO c VALUES (2, 7), (3, 7)"
referred set-to-null unsafe "new-lost" ok "SET NULL" "INSERT INTO c VALUES (2, 7)"
referred cascades-from-all unsafe "old-lost" ok "CASCADE" "" "DELETE FROM p"

echo "ok all"
