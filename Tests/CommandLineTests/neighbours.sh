# neighbours.sh BACKOUT: holds the answers about what hangs together with the objects of a downgrade and is not in the
# files to a throwaway PostgreSQL: partitions and children, keys of other tables, views and functions that were changed
# by hand, event triggers.
#
# Prints one line 'ok NAME' for each; the first that is not as expected ends the script.
# shellcheck source=Tests/CommandLineTests/ways_back.sh
. "$(dirname "$0")/ways_back.sh"

parted="CREATE TABLE pt (id int, a int, b text) PARTITION BY RANGE (id)
CREATE TABLE p1 PARTITION OF pt FOR VALUES FROM (0) TO (100)"
add="ALTER TABLE pt ADD c int"
drop="ALTER TABLE pt DROP c"
wider="ALTER TABLE pt ALTER a TYPE bigint"
narrower="ALTER TABLE pt ALTER a TYPE int"
more="CREATE TABLE p2 PARTITION OF pt FOR VALUES FROM (100) TO (200)"

# What is by hand on a partition. One more partition is none of its matters.
drifted partition-by-hand safe '"drift":[]' ok "$add" "$drop" "$more" "$parted"
drifted partition-by-hand-type safe '"drift":[]' ok "$wider" "$narrower" "$more" "$parted"
checked="$parted
ALTER TABLE pt ADD CONSTRAINT ck CHECK (a > 0)
ALTER TABLE pt ADD PRIMARY KEY (id)
CREATE INDEX i ON pt (a)
ALTER TABLE pt ALTER a SET DEFAULT 3"
drifted partition-of-much-type safe '"drift":[]' ok "$wider" "$narrower" "$more" "$checked"
drifted partition-of-much-drop safe '"drift":[]' ok "$add
CREATE INDEX j ON pt (c)
ALTER TABLE pt ADD CHECK (c > 0)" "$drop" "$more" "$parted"
drifted partition-of-much-trigger safe '"drift":[]' ok "$add" "$drop" "$more" "$checked
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr AFTER UPDATE OF a ON pt FOR EACH ROW EXECUTE FUNCTION f()"
drifted view-on-partition unsafe "view v depends on column pt.c" 2BP01 "$add" "$drop" \
  "CREATE VIEW v AS SELECT c FROM p1" "$parted"
drifted view-on-partition-type unsafe "view v uses column pt.a" 0A000 "$wider" "$narrower" \
  "CREATE VIEW v AS SELECT a FROM p1" "$parted"
drifted partitioned-by-it unknown "table p3 may be partitioned by a" 42P16 "$wider" "$narrower" \
  "CREATE TABLE p3 PARTITION OF pt FOR VALUES FROM (200) TO (300) PARTITION BY LIST (a)" "$parted"
drifted constraint-on-partition unknown "has a constraint ck of its own" 42P17 \
  "ALTER TABLE pt DROP CONSTRAINT ck" "ALTER TABLE pt ADD CONSTRAINT ck CHECK (a > 0)" \
  "ALTER TABLE p1 ADD CONSTRAINT ck CHECK (a > 0) NOT VALID" "$parted
ALTER TABLE pt ADD CONSTRAINT ck CHECK (a > 0)"
drifted constraint-on-child unknown "has a constraint ck of its own" 42710 \
  "ALTER TABLE t DROP CONSTRAINT ck" "ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 0)" \
  "CREATE TABLE ch (CONSTRAINT ck CHECK (b > 5)) INHERITS (t)" "$base
ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 0)"
drifted key-of-partition unknown "has a primary key of its own" 42P16 \
  "ALTER TABLE pt DROP CONSTRAINT pt_pkey" "ALTER TABLE pt ADD PRIMARY KEY (id)" \
  "ALTER TABLE p1 ADD PRIMARY KEY (a)" "$parted
ALTER TABLE pt ADD PRIMARY KEY (id)"
drifted trigger-on-partition unknown "has a trigger tr of its own" 42710 "DROP TRIGGER tr ON pt" \
  "CREATE TRIGGER tr AFTER UPDATE ON pt FOR EACH ROW EXECUTE FUNCTION f()" \
  "CREATE TRIGGER tr AFTER UPDATE ON p1 FOR EACH ROW EXECUTE FUNCTION f()" "$parted
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr AFTER UPDATE ON pt FOR EACH ROW EXECUTE FUNCTION f()"
drifted column-of-child unknown "has a column a of its own" 42701 "ALTER TABLE t RENAME a TO c" \
  "ALTER TABLE t RENAME c TO a" "CREATE TABLE ch (a int) INHERITS (t)"
drifted parent unknown "table t is a child of pp" 42P16 "ALTER TABLE t RENAME a TO c" \
  "ALTER TABLE t RENAME c TO a" "CREATE TABLE pp (c text); ALTER TABLE t INHERIT pp"

# Partitions that come and go.
detach="ALTER TABLE pt DETACH PARTITION p9"
attach="ALTER TABLE pt ATTACH PARTITION p9 FOR VALUES FROM (900) TO (1000)"
nine="$parted
CREATE TABLE p9 PARTITION OF pt FOR VALUES FROM (900) TO (1000)"
drifted detach safe '"drift":[]' ok "CREATE TABLE p9 PARTITION OF pt FOR VALUES FROM (900) TO (1000)" \
  "$detach
DROP TABLE p9" "$more" "$parted"
drifted detached-by-hand unsafe "p9 is not a partition of pt" 42P01 \
  "CREATE TABLE p9 PARTITION OF pt FOR VALUES FROM (900) TO (1000)" "$detach
DROP TABLE p9" "$detach" "$parted"
drifted attach safe '"drift":[]' ok "$detach" "$attach" "" "$nine"
attached() { drifted "$1" unknown "$2" "$3" "$detach" "$attach" "$4" "$nine"; }
attached overlapping "table p8, which is not in the files" 42P17 \
  "CREATE TABLE p8 PARTITION OF pt FOR VALUES FROM (900) TO (910)"
attached default-by-hand "table pd, which is not in the files" 23514 \
  "CREATE TABLE pd PARTITION OF pt DEFAULT; INSERT INTO pt VALUES (905)"
attached constraint-of-parent "constraint cc on pt" 42804 "ALTER TABLE pt ADD CONSTRAINT cc CHECK (a > 0)"
attached not-null-of-parent "column pt.a is NOT NULL" 42804 "ALTER TABLE pt ALTER a SET NOT NULL"
attached other-parent "table p9 is a child of pk" 42809 \
  "CREATE TABLE pk (id int, a int, b text); ALTER TABLE p9 INHERIT pk"
attached own-child "table q1, which is not in the files" 42809 "CREATE TABLE q1 () INHERITS (p9)"

# The table that a foreign key refers to.
keyed="CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE t (id int PRIMARY KEY, a int)
ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p"
refers() {
  drifted "$1" "$2" "$3" "$4" "ALTER TABLE t DROP CONSTRAINT fk" \
    "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p" "$5" "$keyed"
}
refers referred safe '"drift":[]' ok ""
refers without-key unsafe "no unique index" 42704 "ALTER TABLE p DROP CONSTRAINT p_pkey"
refers with-index-for-key unknown "is not the primary key" 42704 \
  "ALTER TABLE p DROP CONSTRAINT p_pkey; CREATE UNIQUE INDEX ON p (id)"
refers deferrable-key unsafe "no unique index" 55000 \
  "ALTER TABLE p DROP CONSTRAINT p_pkey; ALTER TABLE p ADD PRIMARY KEY (id) DEFERRABLE"
refers wider-key unsafe "no unique index" 42830 "ALTER TABLE p DROP CONSTRAINT p_pkey;
  ALTER TABLE p ADD x int DEFAULT 1; ALTER TABLE p ADD PRIMARY KEY (id, x)"
refers unlogged unsafe "p is unlogged" 42P16 "ALTER TABLE p SET UNLOGGED"

# What is replaced, or dropped and made anew, and was changed by hand.
viewed="$base
CREATE VIEW v AS SELECT id, a FROM t"
filter="CREATE OR REPLACE VIEW v AS SELECT id, a FROM t WHERE b > 0"
whole="CREATE OR REPLACE VIEW v AS SELECT id, a FROM t"
drifted replaced-view safe '"drift":[]' ok "$filter" "$whole" "" "$viewed"
drifted replaced-view-of-much safe '"drift":[]' ok "CREATE OR REPLACE VIEW v AS SELECT * FROM w WHERE a > ''" \
  "CREATE OR REPLACE VIEW v AS SELECT * FROM w" "" "CREATE TYPE m AS ENUM ('x')
CREATE TABLE w (a varchar(20), b numeric(10, 2), c char(5), d m, e text[], f timestamptz, g interval day to second)
CREATE VIEW v AS SELECT * FROM w"
drifted replaced-view-wider unknown "view v has the columns id, a, extra" 42P16 "$filter" "$whole" \
  "CREATE OR REPLACE VIEW v AS SELECT id, a, 1 AS extra FROM t" "$viewed"
drifted replaced-view-renamed unknown "view v has the columns id, aa" 42P16 "$filter" "$whole" \
  "ALTER VIEW v RENAME COLUMN a TO aa" "$viewed"
drifted replaced-view-retyped unknown "view v has the type character varying in a" 42P16 "$filter" \
  "$whole" "DROP VIEW v; CREATE VIEW v AS SELECT id, a::varchar FROM t" "$viewed"
drifted replaced-view-barrier unknown "view v has the option security_barrier=true" ok "$filter" \
  "$whole" "ALTER VIEW v SET (security_barrier)" "$viewed"
longer="CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t"
shorter="DROP VIEW v
CREATE VIEW v AS SELECT id, a FROM t"
anew() { drifted "$1" unknown "$2" ok "$longer" "$shorter" "$3" "$viewed"; }
anew view-trigger "trigger tr on v" "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RETURN NULL; END'; CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()"
anew view-rule "rule ru on v" "CREATE RULE ru AS ON INSERT TO v DO INSTEAD NOTHING"
anew view-barrier "view v has the option security_barrier=true" "ALTER VIEW v SET (security_barrier)"
anew view-default "column v.a has a default" "ALTER VIEW v ALTER a SET DEFAULT 'x'"
original="CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
second="CREATE OR REPLACE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 2'"
again="CREATE OR REPLACE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'"
hot_fixed() { drifted "$1" unknown "$2" "$3" "$second" "$again" "$4" "$original"; }
drifted replaced-function safe '"drift":[]' ok "$second" "$again" "" "$original"
settings='LANGUAGE sql SECURITY DEFINER SET "TimeZone" TO UTC SET search_path = public, pg_temp'
drifted replaced-function-of-much safe '"drift":[]' ok \
  "CREATE OR REPLACE FUNCTION f(x int DEFAULT 1, OUT y text) $settings AS \$\$ SELECT 'b' \$\$" \
  "CREATE OR REPLACE FUNCTION f(x int DEFAULT 1, OUT y text) $settings AS \$\$ SELECT 'a' \$\$" "" \
  "CREATE FUNCTION f(x int DEFAULT 1, OUT y text) $settings AS \$\$ SELECT 'a' \$\$"
hot_fixed function-parameter "function f has other parameters" 42P13 \
  "DROP FUNCTION f; CREATE FUNCTION f(y int) RETURNS int LANGUAGE sql AS 'SELECT 3'"
hot_fixed function-result "function f returns text" 42P13 \
  "DROP FUNCTION f; CREATE FUNCTION f(x int) RETURNS text LANGUAGE sql AS 'SELECT 3::text'"
hot_fixed function-set "function f returns SETOF int4" 42P13 \
  "DROP FUNCTION f; CREATE FUNCTION f(x int) RETURNS SETOF int LANGUAGE sql AS 'SELECT 3'"
hot_fixed function-default "function f has other default arguments" 42P13 \
  "CREATE OR REPLACE FUNCTION f(x int DEFAULT 3) RETURNS int LANGUAGE sql AS 'SELECT 3'"
hot_fixed function-procedure "function f is another kind of routine" 42809 \
  "DROP FUNCTION f; CREATE PROCEDURE f(x int) LANGUAGE sql AS 'SELECT 3'"
hot_fixed function-definer "function f is SECURITY DEFINER" ok "ALTER FUNCTION f SECURITY DEFINER"
hot_fixed function-setting "function f sets search_path" ok "ALTER FUNCTION f SET search_path = public"
drifted function-overload unsafe "2 functions have the name f" 42725 "$original" "DROP FUNCTION f" \
  "CREATE FUNCTION f(x text) RETURNS int LANGUAGE sql AS 'SELECT 3'"
indexed="$base
CREATE TABLE p (n int NOT NULL)"
drifted index-elsewhere unknown "index i is on p" ok "CREATE INDEX i ON t (b)" "DROP INDEX i" \
  "DROP INDEX i; CREATE INDEX i ON p (n)" "$indexed"
drifted index-identity unknown "index i is the replica identity" ok "CREATE UNIQUE INDEX i ON t (b)" \
  "DROP INDEX i" "ALTER TABLE t REPLICA IDENTITY USING INDEX i"
drifted index-clustered unknown "index i is that by which t is clustered" ok "CREATE INDEX i ON t (b)" \
  "DROP INDEX i" "ALTER TABLE t CLUSTER ON i"

# A domain and the tables of others.
domain="CREATE DOMAIN d AS int CHECK (VALUE > 0)
CREATE TABLE t (id int PRIMARY KEY, q d)"
of_domain() {
  drifted "$1" "$2" "$3" "$4" "ALTER DOMAIN d DROP CONSTRAINT d_check" \
    "ALTER DOMAIN d ADD CONSTRAINT d_check CHECK (VALUE > 0)" "$5" "$domain"
}
of_domain domain safe '"drift":[]' ok ""
of_domain domain-of-other unknown "column k.x, which is not in the files" 23514 \
  "CREATE TABLE k (x d); INSERT INTO k VALUES (-1)"
of_domain domain-in-array unknown "column k.x, which is not in the files" 0A000 "CREATE TABLE k (x d[])"
of_domain domain-over-domain unknown "column k.x, which is not in the files" 23514 \
  "CREATE DOMAIN e AS d; CREATE TABLE k (x e); INSERT INTO k VALUES (-1)"
drifted row-type unsafe "column k.x uses column t.b" 0A000 "ALTER TABLE t ALTER b TYPE bigint" \
  "ALTER TABLE t ALTER b TYPE int" "CREATE TABLE k (x t)"

# What else stands under a name, or is gone.
named() { drifted "$1" unsafe "$2" "$3" "$4" "$5" "$6" "${7-$base}"; }
named type-for-table "type t exists already" 42710 "ALTER TABLE t RENAME TO u" \
  "ALTER TABLE u RENAME TO t" "CREATE TYPE t AS ENUM ('a')"
named rule-exists "rule ru on t exists already" 42710 "DROP RULE ru ON t" \
  "CREATE RULE ru AS ON DELETE TO t DO INSTEAD NOTHING" \
  "CREATE RULE ru AS ON DELETE TO t DO ALSO NOTHING" "$base
CREATE RULE ru AS ON DELETE TO t DO INSTEAD NOTHING"
statistics="CREATE STATISTICS st ON a, b FROM t"
named statistics-gone "has no statistics st" 42704 "$statistics" "DROP STATISTICS st" \
  "DROP STATISTICS st"
named statistics-exist "statistics st exists already" 42710 "DROP STATISTICS st" "$statistics" \
  "$statistics" "$base
$statistics"
publication="CREATE PUBLICATION pu FOR TABLE t"
named publication-gone "has no publication pu" 42704 "$publication" "DROP PUBLICATION pu" \
  "DROP PUBLICATION pu"
named publication-exists "publication pu exists already" 42710 "DROP PUBLICATION pu" "$publication" \
  "$publication" "$base
$publication"
named key-index "table t_pkey exists already" 42P07 "ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk" \
  "ALTER TABLE t RENAME CONSTRAINT pk TO t_pkey" "CREATE TABLE t_pkey (x int)"
named key-in-schema "table t_pkey exists already" 42P07 "CREATE SCHEMA z
ALTER TABLE t SET SCHEMA z" "ALTER TABLE z.t SET SCHEMA public
DROP SCHEMA z" "CREATE TABLE t_pkey (x int)"
drifted extension-member unsafe "extension hstore requires table n" 2BP01 \
  "CREATE TABLE n (x int)" "DROP TABLE n" "ALTER EXTENSION hstore ADD TABLE n" "CREATE EXTENSION hstore"

# What is made anew rests on what is there.
made="CREATE VIEW w AS SELECT id, x + 1 AS y FROM o GROUP BY id"
reads="CREATE TABLE o (id int PRIMARY KEY, x int)
$made"
drifted read-as-it-is safe '"drift":[]' ok "DROP VIEW w" "$made" "CREATE TABLE other (x int)" "$reads"
drifted read-type unknown "table o has the type text in x" 42883 "DROP VIEW w" "$made" \
  "ALTER TABLE o ALTER x TYPE text" "$reads"
drifted read-column unknown "table o has the columns id, z" 42703 "DROP VIEW w" "$made" \
  "ALTER TABLE o RENAME x TO z" "$reads"
drifted read-table unsafe "the database has no table o" 42P01 "DROP VIEW w" "$made" "DROP TABLE o" "$reads"
drifted read-key unknown "table o has no primary key" 42803 "DROP VIEW w" "$made" \
  "ALTER TABLE o DROP CONSTRAINT o_pkey" "$reads"
drifted read-view unknown "view w has the columns id, z" 42703 "DROP VIEW v" "CREATE VIEW v AS SELECT y FROM w" \
  "ALTER VIEW w RENAME y TO z" "$reads
CREATE VIEW v AS SELECT y FROM w"
calls="$base
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()"
drifted called-function unsafe "the database has no function f" 42883 "DROP TRIGGER tr ON t" \
  "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()" "DROP FUNCTION f()" "$calls"
drifted called-as-it-is safe '"drift":[]' ok "DROP TRIGGER tr ON t" \
  "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()" "CREATE TABLE other (x int)" "$calls"

policy="CREATE POLICY p ON t USING (id IN (SELECT x FROM o) AND g())"
wanted="$base
CREATE TABLE o (x int)
CREATE FUNCTION g() RETURNS boolean LANGUAGE sql AS 'SELECT true'
$policy"
drifted policy-as-it-is safe '"drift":[]' ok "DROP POLICY p ON t" "$policy" "CREATE TABLE other (x int)" "$wanted"
drifted policy-column unknown "table o has the columns z" 42703 "DROP POLICY p ON t" "$policy" \
  "ALTER TABLE o RENAME x TO z" "$wanted"
drifted policy-function unsafe "the database has no function g" 42883 "DROP POLICY p ON t" "$policy" \
  "DROP FUNCTION g()" "$wanted"

# What runs beside the statements.
drifted event-trigger unknown "event trigger et on ddl_command_start" P0001 "ALTER TABLE t ADD c int" \
  "ALTER TABLE t DROP c" "CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS
  \$\$ BEGIN RAISE EXCEPTION 'no'; END \$\$;
  CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION ef()"
drifted event-trigger-off safe '"drift":[]' ok "ALTER TABLE t ADD c int" "ALTER TABLE t DROP c" \
  "CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION ef(); ALTER EVENT TRIGGER et DISABLE"


# ONLY, and children that somebody made.
limited="CREATE TABLE t (id int PRIMARY KEY, a text, b int, CONSTRAINT ck CHECK (b > 0))"
listed="CREATE TABLE p (id int, b int, CONSTRAINT ck CHECK (b > 0)) PARTITION BY LIST (id)"
drifted only-check unknown "which ONLY leaves out" 42P16 "ALTER TABLE t DROP CONSTRAINT ck" \
  "ALTER TABLE ONLY t ADD CONSTRAINT ck CHECK (b > 0)" "CREATE TABLE ch () INHERITS (t)" "$limited"
drifted only-type unknown "which ONLY leaves out" 42P16 "ALTER TABLE t ALTER b TYPE bigint" \
  "ALTER TABLE ONLY t ALTER b TYPE int" "CREATE TABLE ch () INHERITS (t)" "$limited"
drifted only-rename unknown "which ONLY leaves out" 42P16 "ALTER TABLE t RENAME a TO c" \
  "ALTER TABLE ONLY t RENAME c TO a" "CREATE TABLE ch () INHERITS (t)" "$limited"
drifted only-drop unknown "which ONLY leaves out" 42P16 "ALTER TABLE p ADD v int" \
  "ALTER TABLE ONLY p DROP v" "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)" "$listed"
drifted only-nobody safe '"drift":[]' ok "ALTER TABLE t RENAME a TO c" "ALTER TABLE ONLY t RENAME c TO a" "" "$limited"

# Tables of a composite type, and columns of it, that somebody made.
composite="CREATE TYPE ty AS (a int)"
drifted type-in-column unknown "column o.r, which is not in the files, uses type ty" 0A000 \
  "ALTER TYPE ty ALTER ATTRIBUTE a TYPE bigint" "ALTER TYPE ty ALTER ATTRIBUTE a TYPE int" \
  "CREATE TABLE o (r ty)" "$composite"
drifted type-of-table unknown "table o, which is not in the files, uses type ty" 2BP01 \
  "ALTER TYPE ty ADD ATTRIBUTE b int" "ALTER TYPE ty DROP ATTRIBUTE b" "CREATE TABLE o OF ty" "$composite"
drifted type-of-nobody safe '"drift":[]' ok "ALTER TYPE ty ADD ATTRIBUTE b int" "ALTER TYPE ty DROP ATTRIBUTE b" \
  "" "$composite"

# --- The index of a constraint goes with it.
drifted exclusion-then-extension safe '"drift":[]' ok "CREATE EXTENSION btree_gist
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH =)" "ALTER TABLE t DROP CONSTRAINT x
DROP EXTENSION btree_gist" "SELECT 1" "CREATE TABLE t (a int)"

# --- The checks of a domain go with it.
drifted domain-check safe '"drift":[]' ok "CREATE DOMAIN pos AS int CHECK (VALUE > 0)" "DROP DOMAIN pos" "" "$base"
drifted domain-check-by-hand unknown "constraint hand on pos, which is not in the files, goes along" ok \
  "CREATE DOMAIN pos AS int CHECK (VALUE > 0)" "DROP DOMAIN pos" \
  "ALTER DOMAIN pos ADD CONSTRAINT hand CHECK (VALUE < 9)" "$base"

echo "ok all"
