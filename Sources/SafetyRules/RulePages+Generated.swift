// The pages of Rules/, embedded. Written by `make rules`; do not edit.

extension RulePage {
  /// Every rule by name, in alphabetical order.
  package static let names: [String] = [
    "add-check",
    "add-check-without-not-valid",
    "add-column-volatile-default",
    "add-column-with-constraint",
    "add-constraint-on-new-column-without-default",
    "add-exclusion-constraint",
    "add-foreign-key",
    "add-foreign-key-without-not-valid",
    "add-generated-column",
    "add-identity-column",
    "add-primary-key-without-index",
    "add-required-column",
    "add-serial-column",
    "add-unique",
    "add-unique-without-index",
    "advisory-lock-released",
    "alter-domain-scan",
    "alter-table-could-be-combined",
    "attach-partition-scan",
    "avoid-char",
    "avoid-money",
    "bulk-rows-in-transaction",
    "change-column-type",
    "change-composite-type",
    "change-default",
    "change-type-rewrite",
    "change-type-scan",
    "cluster-table",
    "commit-splits-revision",
    "concurrent-index-corruption",
    "concurrently-in-transaction",
    "create-partition-locks-parent",
    "create-table-locks-parent",
    "create-trigger-lock",
    "data-hole",
    "data-migration-irreversible",
    "delete-rows",
    "detach-partition-not-concurrent",
    "disable-trigger",
    "downgrade-depends-on-data",
    "downgrade-fails",
    "downgrade-not-inverse",
    "downgrade-raises",
    "drop-column",
    "drop-column-drops-constraint",
    "drop-default",
    "drop-extension-cascade",
    "drop-foreign-key-locks-parent",
    "drop-function",
    "drop-function-cascade",
    "drop-index-not-concurrent",
    "drop-index-of-unique",
    "drop-not-null",
    "drop-schema",
    "drop-sequence",
    "drop-table",
    "drop-table-cascade",
    "drop-type",
    "drop-type-cascade",
    "drop-view",
    "drop-view-cascade",
    "duplicate-revision",
    "empty-downgrade",
    "enum-type-left-behind",
    "enum-value-added",
    "enum-value-stays",
    "enum-value-used-in-same-transaction",
    "enum-value-without-position",
    "environment-dependent-migration",
    "foreign-key-without-index",
    "hash-index",
    "identifier-too-long",
    "identity-always",
    "if-not-exists-hides-invalid-index",
    "index-not-concurrent",
    "instead-rule-added",
    "lock-table",
    "lock-timeout-too-late",
    "lock-timeout-too-long",
    "long-work-behind-lock",
    "many-locks-in-one-transaction",
    "missing-downgrade",
    "missing-lock-timeout",
    "missing-upgrade",
    "mixed-case-identifier",
    "move-to-schema",
    "multiple-heads",
    "narrowing-type-change",
    "no-primary-key",
    "on-conflict-overwrites",
    "policy-lock",
    "prefer-bigint-key",
    "prefer-identity",
    "prefer-jsonb",
    "prefer-text",
    "prefer-timestamptz",
    "primary-key-using-index-sets-not-null",
    "publish-without-identity",
    "python-side-default-only",
    "redundant-index",
    "refresh-view-not-concurrent",
    "reindex-not-concurrent",
    "rename-column",
    "rename-enum-value",
    "rename-schema",
    "rename-table",
    "rename-type",
    "replace-index",
    "revision-cycle",
    "revision-file-unreadable",
    "revoke-privileges",
    "rewritten-revision",
    "row-security-enabled",
    "schema-dependent-migration",
    "select-star",
    "sequence-left-behind",
    "set-access-method",
    "set-logged",
    "set-not-null-breaks-writers",
    "set-not-null-scan",
    "set-tablespace",
    "tighten-domain",
    "tighten-policy",
    "transaction-control-in-migration",
    "trigger-added",
    "truncate",
    "truncate-cascade",
    "unknown-down-revision",
    "unnamed-constraint",
    "update-rows",
    "vacuum-full",
    "validate-in-same-transaction",
    "version-table-touched",
    "view-changed",
    "wide-index",
  ]

  /// The text of a page as it stands in Rules/.
  static func embeddedText(of name: String) -> String? {
    switch name {
    case "add-check":
      #"""
      ---
      name: add-check
      severity: warning
      directions: [upgrade]
      ---

      # add-check

      ## Condition

      A `CHECK` is added to a table that existed before the revision's upgrade. Silent where it allows what an earlier one allowed, and where it is over new columns that stay NULL. It is information where it replaces one of its name.

      ## Effect

      Code from before may write rows for which the condition is false, and is refused (23514), also where the constraint is `NOT VALID`.

      ## Workaround

      Release code that keeps to it first, and this revision after it.

      ```python
      op.create_check_constraint("has_note", "orders", "note <> ''")  # in a later release
      ```

      ## Examples

      ### A new condition

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("has_note", "orders", "note <> ''")  # finds: add-check

      def downgrade():
          op.drop_constraint("has_note", "orders")
      ```

      ### A longer list of values

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, state text, CONSTRAINT valid_state CHECK (state IN ('open', 'paid')))")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_constraint("valid_state", "orders")
          op.create_check_constraint("valid_state", "orders", "state IN ('open', 'paid', 'held')")

      def downgrade():
          raise NotImplementedError("fix forward")
      ```

      ### A new column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.Integer()))
          op.create_check_constraint("positive", "orders", "number > 0")

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (note text); ALTER TABLE orders ADD CONSTRAINT has_note CHECK (note <> '') NOT VALID;
      -- when
      INSERT INTO orders VALUES ('');
      -- then error: 23514
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `ADD table_constraint`
      """#
    case "add-check-without-not-valid":
      #"""
      ---
      name: add-check-without-not-valid
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-check-without-not-valid

      ## Condition

      A `CHECK` constraint is added without `NOT VALID` to a table that existed before the step.

      ## Effect

      It is verified on every row under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction ends. With `NOT
      VALID` nothing is read; `VALIDATE CONSTRAINT` reads the rows later under `SHARE UPDATE EXCLUSIVE`, which lets reads
      and writes go on.

      ## Workaround

      ```python
      op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)
      ```

      and in a later revision

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")
      ```

      ## Examples

      ### All rows at once

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("note_given", "orders", "note <> ''")  # finds: add-check-without-not-valid

      def downgrade():
          op.drop_constraint("note_given", "orders")
      ```

      ### NOT VALID first

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)

      def downgrade():
          op.drop_constraint("note_given", "orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")

      def downgrade():
          pass
      ```

      ### In the downgrade, and raw SQL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(10)), sa.CheckConstraint("code <> ''", name="code_given"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DROP CONSTRAINT code_given")

      def downgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT code_given CHECK (code <> '')")  # finds: add-check-without-not-valid
      ```

      ### NOT VALID in the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(10)), sa.CheckConstraint("code <> ''", name="code_given"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_constraint("code_given", "orders")

      def downgrade():
          op.create_check_constraint("code_given", "orders", "code <> ''", postgresql_not_valid=True)
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note <> '');
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note <> '') NOT VALID;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note <> '') NOT VALID;
      -- when
      ALTER TABLE orders VALIDATE CONSTRAINT note_given;
      -- then lock: orders ShareUpdateExclusive
      -- then scan: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-column-volatile-default":
      #"""
      ---
      name: add-column-volatile-default
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-column-volatile-default

      ## Condition

      A column is added with a default that PostgreSQL cannot compute once: `gen_random_uuid()`, `random()`,
      `clock_timestamp()`, `nextval()`, or a function that is not known. Constants, `now()` and `CURRENT_TIMESTAMP` are
      computed once and silent.

      ## Effect

      The table and all its indexes are rewritten under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction
      ends. With a default that is computed once PostgreSQL only notes it in the catalog (since version 11).

      ## Workaround

      Add the column without a default, set the default in a statement of its own (it holds for new rows), and fill the old
      rows in batches:

      ```python
      op.add_column("orders", sa.Column("token", sa.Uuid()))
      op.alter_column("orders", "token", server_default=sa.text("gen_random_uuid()"))
      ```

      ## Examples

      ### A default that is new for each row

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))  # finds: add-column-volatile-default

      def downgrade():
          op.drop_column("orders", "token")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))  # finds: add-column-volatile-default

      def downgrade():
          op.drop_column("orders", "token")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "token")

      def downgrade():
          op.add_column("orders", sa.Column("token", sa.Uuid(), server_default=sa.text("gen_random_uuid()")))  # finds: add-column-volatile-default
      ```

      ### Defaults that are computed once

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("made", sa.DateTime(timezone=True), server_default=sa.func.now()))
          op.add_column("orders", sa.Column("state", sa.Integer(), nullable=False, server_default="0"))

      def downgrade():
          op.drop_column("orders", "state")
          op.drop_column("orders", "made")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "state")

      def downgrade():
          op.add_column("orders", sa.Column("state", sa.Integer(), nullable=False, server_default="0"))
      ```

      ### Raw SQL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN seen timestamptz DEFAULT clock_timestamp()")  # finds: add-column-volatile-default

      def downgrade():
          op.execute("ALTER TABLE orders DROP COLUMN seen")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN made timestamptz DEFAULT now();
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-column-with-constraint":
      #"""
      ---
      name: add-column-with-constraint
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-column-with-constraint

      ## Condition

      One statement adds a column with a constraint that makes PostgreSQL go through the rows: an inline `CHECK`, `UNIQUE`
      or `PRIMARY KEY`, or `REFERENCES` together with a default. `REFERENCES` without a default is silent: nothing is read.
      Alembic writes constraints of `op.add_column` as statements of their own, which have their own rules.

      ## Effect

      `CHECK` is verified on every row, the index of `UNIQUE` is built from every row, a foreign key with a default looks up
      every row, all under the `ACCESS EXCLUSIVE` of `ADD COLUMN`: reads and writes wait until the transaction ends.

      ## Workaround

      Add the column alone. Then `CHECK` and foreign keys with `NOT VALID`, validated in a later revision; `UNIQUE` from an
      index that was built concurrently:

      ```python
      op.add_column("orders", sa.Column("size", sa.Integer()))
      op.create_check_constraint("size_positive", "orders", "size > 0", postgresql_not_valid=True)
      ```

      ## Examples

      ### Inline constraints

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN size integer CHECK (size > 0)")  # finds: add-column-with-constraint
          op.execute("ALTER TABLE orders ADD COLUMN code integer UNIQUE")  # finds: add-column-with-constraint

      def downgrade():
          op.execute("ALTER TABLE orders DROP COLUMN code")
          op.execute("ALTER TABLE orders DROP COLUMN size")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DROP COLUMN size")

      def downgrade():
          op.execute("ALTER TABLE orders ADD COLUMN size integer CHECK (size > 0)")  # finds: add-column-with-constraint
      ```

      ### REFERENCES without a default

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN payer_id integer REFERENCES customers (id)")

      def downgrade():
          op.execute("ALTER TABLE orders DROP COLUMN payer_id")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DROP COLUMN payer_id")

      def downgrade():
          op.execute("ALTER TABLE orders ADD COLUMN payer_id integer REFERENCES customers (id)")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN size integer CHECK (size > 0);
      -- then lock: orders AccessExclusive
      -- then scan: orders
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN code integer UNIQUE;
      -- then lock: orders AccessExclusive
      -- then scan: orders
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN payer_id integer REFERENCES customers (id);
      -- then lock: orders AccessExclusive
      -- then lock: customers ShareRowExclusive
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN payer_id integer DEFAULT 5 REFERENCES customers (id);
      -- then lock: orders AccessExclusive
      -- then lock: customers ShareRowExclusive
      -- then scan: customers
      -- then scan: orders
      -- then no rewrite
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-constraint-on-new-column-without-default":
      #"""
      ---
      name: add-constraint-on-new-column-without-default
      severity: warning
      directions: [upgrade]
      ---

      # add-constraint-on-new-column-without-default

      ## Condition

      A `CHECK` says that a column is not NULL, also with `NOT VALID`, and the revision itself adds that column without a default.

      ## Effect

      Code from before leaves the column out, so that it is NULL, and its INSERTs fail (23514). `NOT VALID` spares the rows that are there, not those that are written.

      ## Workaround

      Give the column a `server_default`, or add the constraint in a later release.

      ```python
      op.add_column("orders", sa.Column("state", sa.Text(), server_default="open"))
      op.execute("ALTER TABLE orders ADD CONSTRAINT has_state CHECK (state IS NOT NULL) NOT VALID")
      ```

      ## Examples

      ### NOT VALID

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text()))
          op.execute("ALTER TABLE orders ADD CONSTRAINT has_state CHECK (state IS NOT NULL) NOT VALID")  # finds: add-constraint-on-new-column-without-default

      def downgrade():
          op.drop_column("orders", "state")
      ```

      ### With a default

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text(), server_default="open"))
          op.execute("ALTER TABLE orders ADD CONSTRAINT has_state CHECK (state IS NOT NULL) NOT VALID")

      def downgrade():
          op.drop_column("orders", "state")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders ADD CONSTRAINT has_note CHECK (note IS NOT NULL) NOT VALID;
      -- when
      INSERT INTO orders (id) VALUES (1);
      -- then error: 23514
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `NOT VALID`
      """#
    case "add-exclusion-constraint":
      #"""
      ---
      name: add-exclusion-constraint
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-exclusion-constraint

      ## Condition

      An `EXCLUDE` constraint is added to a table that existed before the step.

      ## Effect

      Its index is built from every row, and checked, under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction
      ends. There is neither `NOT VALID` nor `USING INDEX` for it.

      ## Workaround

      Run it when nobody uses the table, with a `lock_timeout`:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&)")
      ```

      or create a new table with the constraint, copy the rows over, and rename it in a later revision:

      ```python
      op.execute("CREATE TABLE bookings_new (LIKE bookings INCLUDING ALL, CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&))")
      ```

      ## Examples

      ### A table in use

      ```python
      def upgrade():
          op.execute("CREATE TABLE bookings (id integer PRIMARY KEY, period tsrange)")

      def downgrade():
          op.execute("DROP TABLE bookings")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&)")  # finds: add-exclusion-constraint

      def downgrade():
          op.drop_constraint("no_overlap", "bookings")
      ```

      ```python
      def upgrade():
          op.drop_constraint("no_overlap", "bookings")

      def downgrade():
          op.execute("ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&)")  # finds: add-exclusion-constraint
      ```

      ### A new table

      ```python
      def upgrade():
          op.execute("CREATE TABLE bookings (id integer PRIMARY KEY, period tsrange, EXCLUDE USING gist (period WITH &&))")

      def downgrade():
          op.execute("DROP TABLE bookings")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE bookings")

      def downgrade():
          op.execute("CREATE TABLE bookings (id integer PRIMARY KEY, period tsrange)")
          op.execute("ALTER TABLE bookings ADD EXCLUDE USING gist (period WITH &&)")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE bookings (id integer PRIMARY KEY, period int4range);
      INSERT INTO bookings SELECT n, int4range(n, n + 1) FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&);
      -- then lock: bookings AccessExclusive
      -- then scan: bookings
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-foreign-key":
      #"""
      ---
      name: add-foreign-key
      severity: warning
      directions: [upgrade]
      ---

      # add-foreign-key

      ## Condition

      A foreign key is added to columns that existed before the revision's upgrade. Silent where it stands in for one over the same columns, and where its column is new and stays NULL.

      ## Effect

      Code from before that writes the referring row first, or deletes a row that is referred to, fails (23503).

      ## Workaround

      Release code that keeps to the order first, and this revision after it.

      ```python
      op.create_foreign_key("fk_user", "orders", "users", ["user_id"], ["id"])  # in a later release
      ```

      ## Examples

      ### A column from before

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.create_foreign_key("fk_user", "orders", "users", ["user_id"], ["id"])  # finds: add-foreign-key

      def downgrade():
          op.drop_constraint("fk_user", "orders")
      ```

      ### A new column

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("payer_id", sa.Integer()))
          op.create_foreign_key("fk_payer", "orders", "users", ["payer_id"], ["id"])

      def downgrade():
          op.drop_column("orders", "payer_id")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE orders (user_id integer REFERENCES users);
      -- when
      INSERT INTO orders VALUES (1);
      -- then error: 23503
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id));
      INSERT INTO customers VALUES (1);
      INSERT INTO orders VALUES (1, 1);
      -- when
      DELETE FROM customers WHERE id = 1;
      -- then error: 23503
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `ADD table_constraint`
      """#
    case "add-foreign-key-without-not-valid":
      #"""
      ---
      name: add-foreign-key-without-not-valid
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-foreign-key-without-not-valid

      ## Condition

      A foreign key is added without `NOT VALID` to a table that existed before the step.

      ## Effect

      PostgreSQL takes `SHARE ROW EXCLUSIVE` on both tables and looks up every row: writes to both wait until the
      transaction ends. With `NOT VALID` the same locks are taken for a moment and nothing is read; `VALIDATE CONSTRAINT`
      takes `SHARE UPDATE EXCLUSIVE` on the table and `ROW SHARE` on the one that it refers to, and lets writes go on.

      ## Workaround

      ```python
      op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True)
      ```

      and in a later revision

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_customer")
      ```

      ## Examples

      ### All rows at once

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"])  # finds: add-foreign-key-without-not-valid

      def downgrade():
          op.drop_constraint("fk_orders_customer", "orders")
      ```

      ### NOT VALID first

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True)

      def downgrade():
          op.drop_constraint("fk_orders_customer", "orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT fk_orders_customer")

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          op.drop_constraint("fk_orders_customer", "orders")

      def downgrade():
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True)
      ```

      ### In the downgrade, and raw SQL

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"], postgresql_not_valid=True)

      def downgrade():
          op.drop_constraint("fk_orders_customer", "orders")
      ```

      ```python
      def upgrade():
          op.drop_constraint("fk_orders_customer", "orders")

      def downgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT fk_orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)")  # finds: add-foreign-key-without-not-valid
      ```

      ### A table of the same upgrade

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"])

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);
      -- then lock: orders ShareRowExclusive
      -- then lock: customers ShareRowExclusive
      -- then scan: orders
      -- then scan: customers
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
      -- then lock: orders ShareRowExclusive
      -- then lock: customers ShareRowExclusive
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
      -- when
      ALTER TABLE orders VALIDATE CONSTRAINT fk;
      -- then lock: orders ShareUpdateExclusive
      -- then lock: customers RowShare
      -- then scan: orders
      -- then scan: customers
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      """#
    case "add-generated-column":
      #"""
      ---
      name: add-generated-column
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-generated-column

      ## Condition

      A column `GENERATED ALWAYS AS (…) STORED` is added to a table that existed before the step.

      ## Effect

      PostgreSQL computes it for every row: the table and all its indexes are rewritten under `ACCESS EXCLUSIVE`, and reads
      and writes wait until the transaction ends.

      ## Workaround

      Add a plain column, keep it up to date by a trigger, and fill old rows in batches:

      ```python
      op.add_column("orders", sa.Column("size", sa.Integer()))
      op.execute("CREATE FUNCTION set_size() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.size := length(NEW.note); RETURN NEW; END $$")
      op.execute("CREATE TRIGGER set_size BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION set_size()")
      ```

      or compute the value in a view, or in an index on the expression:

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_size", "orders", [sa.text("length(note)")], postgresql_concurrently=True)
      ```

      ## Examples

      ### A stored generated column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer(), sa.Computed("length(note)", persisted=True)))  # finds: add-generated-column

      def downgrade():
          op.drop_column("orders", "size")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer(), sa.Computed("length(note)", persisted=True)))  # finds: add-generated-column

      def downgrade():
          op.drop_column("orders", "size")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "size")

      def downgrade():
          op.add_column("orders", sa.Column("size", sa.Integer(), sa.Computed("length(note)", persisted=True)))  # finds: add-generated-column
      ```

      ### A table of the same upgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.add_column("orders", sa.Column("size", sa.Integer(), sa.Computed("length(note)", persisted=True)))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.add_column("orders", sa.Column("size", sa.Integer(), sa.Computed("length(note)", persisted=True)))
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN size integer GENERATED ALWAYS AS (length(note)) STORED;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-identity-column":
      #"""
      ---
      name: add-identity-column
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-identity-column

      ## Condition

      A column `GENERATED … AS IDENTITY` is added to a table that existed before the step. Silent where a column that is
      there becomes an identity column: that writes no row.

      ## Effect

      Every row gets a number: the table and all its indexes are rewritten under `ACCESS EXCLUSIVE`, and reads and writes
      wait until the transaction ends.

      ## Workaround

      Add a nullable column whose default, set afterwards, takes numbers from a sequence:

      ```python
      op.execute("CREATE SEQUENCE orders_number_seq")
      op.add_column("orders", sa.Column("number", sa.BigInteger()))
      op.alter_column("orders", "number", server_default=sa.text("nextval('orders_number_seq')"))
      ```

      Number old rows in batches, and make the column `NOT NULL` by way of a validated `CHECK` (see `set-not-null-scan`). Then
      it becomes an identity column that goes on where the sequence is:

      ```python
      op.alter_column("orders", "number", server_default=None)
      op.execute("ALTER TABLE orders ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY")
      op.execute("SELECT setval(pg_get_serial_sequence('orders', 'number'), nextval('orders_number_seq'))")
      op.execute("DROP SEQUENCE orders_number_seq")
      ```

      ## Examples

      ### An identity column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.BigInteger(), sa.Identity(always=True)))  # finds: add-identity-column

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.BigInteger(), sa.Identity(always=True)))  # finds: add-identity-column

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "number")

      def downgrade():
          op.add_column("orders", sa.Column("number", sa.BigInteger(), sa.Identity(always=True)))  # finds: add-identity-column
      ```

      ### A column that is there

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id DROP IDENTITY")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id DROP IDENTITY")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-primary-key-without-index":
      #"""
      ---
      name: add-primary-key-without-index
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-primary-key-without-index

      ## Condition

      A primary key is added to a table that existed before the step, and not from an index that is there.

      ## Effect

      Its index is built from every row under `ACCESS EXCLUSIVE`, and columns that are not `NOT NULL` yet are read for
      NULLs: reads and writes wait until the transaction ends.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.create_index("orders_key", "orders", ["number"], unique=True, postgresql_concurrently=True)
      ```

      and in a later revision

      ```python
      op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")
      ```

      ## Examples

      ### The index is built with it

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("number", sa.Integer(), nullable=False), sa.Column("code", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_primary_key("orders_key", "orders", ["number"])  # finds: add-primary-key-without-index

      def downgrade():
          op.drop_constraint("orders_key", "orders")
      ```

      ```python
      def upgrade():
          op.drop_constraint("orders_key", "orders")

      def downgrade():
          op.create_primary_key("orders_key", "orders", ["number"])  # finds: add-primary-key-without-index
      ```

      ### From an index

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("number", sa.Integer(), nullable=False), sa.Column("code", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["number"], unique=True, postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("orders_key", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")

      def downgrade():
          raise NotImplementedError("the index would go along")
      ```

      ```python
      def upgrade():
          op.drop_constraint("orders_key", "orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["number"], unique=True, postgresql_concurrently=True)
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (number integer NOT NULL);
      INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY (number);
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-required-column":
      #"""
      ---
      name: add-required-column
      severity: warning
      directions: [upgrade]
      ---

      # add-required-column

      ## Condition

      After the upgrade a table from before has a new column that is `NOT NULL` and has no default: it was added so, or made so by `SET NOT NULL` or by `DROP DEFAULT` in the same revision. Generated and identity columns are silent.

      ## Effect

      Code from before does not name the column in its INSERTs, and they fail (23502). `ADD COLUMN … NOT NULL` without a default fails at once (23502) where the table holds rows.

      ## Workaround

      Give it a `server_default`, and take that away in a later release, when all code that runs writes a value.

      ```python
      op.add_column("orders", sa.Column("state", sa.Text(), nullable=False, server_default="open"))
      ```

      ## Examples

      ### Added without a default

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text(), nullable=False))  # finds: add-required-column

      def downgrade():
          op.drop_column("orders", "state")
      ```

      ### Filled, then made NOT NULL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text()))
          op.execute("UPDATE orders SET state = 'open'")
          op.alter_column("orders", "state", nullable=False)  # finds: add-required-column

      def downgrade():
          op.drop_column("orders", "state")
      ```

      ### The default is taken away at once

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text(), nullable=False, server_default="open"))
          op.alter_column("orders", "state", server_default=None)  # finds: add-required-column

      def downgrade():
          op.drop_column("orders", "state")
      ```

      ### With a default, and an identity

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("state", sa.Text(), nullable=False, server_default="open"))
          op.add_column("orders", sa.Column("number", sa.Integer(), sa.Identity(), nullable=False))

      def downgrade():
          op.drop_column("orders", "number")
          op.drop_column("orders", "state")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); INSERT INTO orders VALUES (1);
      -- when
      ALTER TABLE orders ADD COLUMN state text NOT NULL;
      -- then error: 23502
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders ADD COLUMN state text NOT NULL;
      -- when
      INSERT INTO orders (id) VALUES (1);
      -- then error: 23502
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `ADD COLUMN`
      """#
    case "add-serial-column":
      #"""
      ---
      name: add-serial-column
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-serial-column

      ## Condition

      A `serial`, `bigserial` or `smallserial` column is added to a table that existed before the step.

      ## Effect

      Every row gets a number from the sequence: the table and all its indexes are rewritten under `ACCESS EXCLUSIVE`, and
      reads and writes wait until the transaction ends.

      ## Workaround

      Add a nullable column, create the sequence, set `nextval()` as the default in a statement of its own:

      ```python
      op.add_column("orders", sa.Column("number", sa.BigInteger()))
      op.execute("CREATE SEQUENCE orders_number_seq OWNED BY orders.number")
      op.alter_column("orders", "number", server_default=sa.text("nextval('orders_number_seq')"))
      ```

      New rows get a number from then on. Number old rows in batches, each committed by itself:

      ```python
      with op.get_context().autocommit_block():
          batch = sa.text("UPDATE orders SET number = DEFAULT WHERE id IN (SELECT id FROM orders WHERE number IS NULL LIMIT 1000 FOR UPDATE)")
          while op.get_bind().execute(batch).rowcount:
              pass
      ```

      ## Examples

      ### A serial column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN number bigserial")  # finds: add-serial-column

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN number bigserial")  # finds: add-serial-column

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "number")

      def downgrade():
          op.execute("ALTER TABLE orders ADD COLUMN number bigserial")  # finds: add-serial-column
      ```

      ### The default is set afterwards

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.BigInteger()))
          op.execute("CREATE SEQUENCE orders_number_seq OWNED BY orders.number")
          op.execute("ALTER TABLE orders ALTER COLUMN number SET DEFAULT nextval('orders_number_seq')")

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "number")

      def downgrade():
          op.add_column("orders", sa.Column("number", sa.BigInteger()))
          op.execute("CREATE SEQUENCE orders_number_seq OWNED BY orders.number")
          op.execute("ALTER TABLE orders ALTER COLUMN number SET DEFAULT nextval('orders_number_seq')")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD COLUMN number bigserial;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "add-unique":
      #"""
      ---
      name: add-unique
      severity: warning
      directions: [upgrade]
      ---

      # add-unique

      ## Condition

      A unique constraint, primary key, exclusion constraint or unique index is added to a table that existed before the revision's upgrade. Silent where a key over some of its columns was there, and where it is over a new column that stays NULL.

      ## Effect

      Code from before may write duplicates, and is refused (23505; 23P01 for an exclusion constraint). The statement itself fails where there are duplicates now.

      ## Workaround

      Release code that writes no duplicates first, and this revision after it.

      ```python
      op.create_unique_constraint("uq_note", "orders", ["note"])  # in a later release
      ```

      ## Examples

      ### A constraint, and an index

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_unique_constraint("uq_note", "orders", ["note"])  # finds: add-unique
          op.create_index("uq_state", "orders", ["state"], unique=True)  # finds: add-unique

      def downgrade():
          op.drop_index("uq_state")
          op.drop_constraint("uq_note", "orders")
      ```

      ### Values that only the expression finds equal

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text(), nullable=False))
          op.create_unique_constraint("uq_email", "users", ["email"])

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.create_index("uq_lower", "users", [sa.text("lower(email)")], unique=True)  # finds: add-unique

      def downgrade():
          op.drop_index("uq_lower", table_name="users")
      ```

      ### A new column that stays NULL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.Integer()))
          op.create_unique_constraint("uq_number", "orders", ["number"])

      def downgrade():
          op.drop_column("orders", "number")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (note text); ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (note); INSERT INTO orders VALUES ('a');
      -- when
      INSERT INTO orders VALUES ('a');
      -- then error: 23505
      ```

      ```sql
      -- given
      CREATE TABLE bookings (period int4range, EXCLUDE USING gist (period WITH &&));
      INSERT INTO bookings VALUES ('[1,5)');
      -- when
      INSERT INTO bookings VALUES ('[2,3)');
      -- then error: 23P01
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `ADD table_constraint`
      """#
    case "add-unique-without-index":
      #"""
      ---
      name: add-unique-without-index
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # add-unique-without-index

      ## Condition

      A `UNIQUE` constraint is added to a table that existed before the step, and not from an index that is there.

      ## Effect

      Its index is built from every row under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction ends. `UNIQUE
      USING INDEX` takes the same lock for a moment and reads nothing. There is no `NOT VALID` for `UNIQUE`.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.create_index("uq_orders_note", "orders", ["note"], unique=True, postgresql_concurrently=True)
      ```

      and in a later revision

      ```python
      op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_note UNIQUE USING INDEX uq_orders_note")
      ```

      ## Examples

      ### The index is built with it

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_unique_constraint("uq_orders_note", "orders", ["note"])  # finds: add-unique-without-index

      def downgrade():
          op.drop_constraint("uq_orders_note", "orders")
      ```

      ### From an index

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("uq_orders_note", "orders", ["note"], unique=True, postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("uq_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_note UNIQUE USING INDEX uq_orders_note")

      def downgrade():
          raise NotImplementedError("the index would go along")
      ```

      ```python
      def upgrade():
          op.drop_constraint("uq_orders_note", "orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("uq_orders_note", "orders", ["note"], unique=True, postgresql_concurrently=True)
          op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_note UNIQUE USING INDEX uq_orders_note")
      ```

      ### In the downgrade, and raw SQL

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, note text CONSTRAINT uq_orders_note UNIQUE)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DROP CONSTRAINT uq_orders_note")

      def downgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT uq_orders_note UNIQUE (note)")  # finds: add-unique-without-index
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code integer);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT u UNIQUE (code);
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code integer);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      CREATE UNIQUE INDEX u ON orders (code);
      -- when
      ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX u;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "advisory-lock-released":
      #"""
      ---
      name: advisory-lock-released
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # advisory-lock-released

      ## Condition

      A step takes an advisory lock of the transaction (`pg_advisory_xact_lock` and its variants), and goes on after the end
      of that transaction: at an `autocommit_block()`, or at a `COMMIT`. Also where the lock is taken outside of a
      transaction.

      ## Effect

      PostgreSQL gives the lock back with the transaction. What the step does afterwards runs without it, and a second
      migration that waits for the lock runs beside it.

      ## Workaround

      A lock of the session, given back at the end:

      ```python
      op.execute("SELECT pg_advisory_lock(4711)")
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      op.execute("SELECT pg_advisory_unlock(4711)")
      ```

      Better still, take it in `env.py`, around `context.run_migrations()`.

      ## Examples

      ### An autocommit block behind it

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SELECT pg_advisory_xact_lock(4711)")  # finds: advisory-lock-released
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          op.execute("SELECT pg_advisory_xact_lock(4711)")  # finds: advisory-lock-released
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ### All in one transaction, and a word that is no call

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SELECT pg_advisory_xact_lock(4711)")
          op.add_column("orders", sa.Column("size", sa.Integer()))

      def downgrade():
          op.execute("SELECT pg_advisory_xact_lock(4711)")
          op.drop_column("orders", "size")
      ```

      ```python
      def upgrade():
          op.execute("COMMENT ON TABLE orders IS 'see pg_advisory_xact_lock'")
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
          op.execute("COMMENT ON TABLE orders IS NULL")
      ```

      ## Claims

      ```sql
      -- given
      -- when outside a transaction
      SELECT pg_advisory_xact_lock(4711);
      -- then result: SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' => 0
      ```

      ```sql
      -- given
      -- when outside a transaction
      SELECT pg_advisory_lock(4711);
      -- then result: SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' => 1
      ```

      ## References

      - [Advisory Lock Functions](https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS)
      """#
    case "alter-domain-scan":
      #"""
      ---
      name: alter-domain-scan
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # alter-domain-scan

      ## Condition

      `ALTER DOMAIN … ADD CONSTRAINT` without `NOT VALID`, `VALIDATE CONSTRAINT` or `SET NOT NULL`, where a table that
      existed before the step has a column of the domain.

      ## Effect

      PostgreSQL reads every row of every table with such a column under `SHARE`: writes to all of them wait until the
      transaction ends. With `NOT VALID` no table is locked and none is read.

      ## Workaround

      ```python
      op.execute("ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID")
      ```

      and `VALIDATE CONSTRAINT` in a later revision, when it may read.

      ## Examples

      ### Every table is read

      ```python
      def upgrade():
          op.execute("CREATE DOMAIN size AS integer")
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, size size)")

      def downgrade():
          op.execute("DROP TABLE orders")
          op.execute("DROP DOMAIN size")
      ```

      ```python
      def upgrade():
          op.execute("ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0)")  # finds: alter-domain-scan

      def downgrade():
          op.execute("ALTER DOMAIN size DROP CONSTRAINT positive")
      ```

      ```python
      def upgrade():
          op.execute("ALTER DOMAIN size DROP CONSTRAINT positive")

      def downgrade():
          op.execute("ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0)")  # finds: alter-domain-scan
      ```

      ### NOT VALID

      ```python
      def upgrade():
          op.execute("CREATE DOMAIN size AS integer")
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, size size)")

      def downgrade():
          op.execute("DROP TABLE orders")
          op.execute("DROP DOMAIN size")
      ```

      ```python
      def upgrade():
          op.execute("ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID")

      def downgrade():
          op.execute("ALTER DOMAIN size DROP CONSTRAINT positive")
      ```

      ```python
      def upgrade():
          op.execute("ALTER DOMAIN size DROP CONSTRAINT positive")

      def downgrade():
          op.execute("ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID")
      ```

      ## Claims

      ```sql
      -- given
      CREATE DOMAIN size AS integer;
      CREATE TABLE orders (id integer PRIMARY KEY, size size);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0);
      -- then lock: orders Share
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE DOMAIN size AS integer;
      CREATE TABLE orders (id integer PRIMARY KEY, size size);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER DOMAIN size ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
      -- then no lock
      -- then no scan
      ```

      ## References

      - [ALTER DOMAIN](https://www.postgresql.org/docs/15/sql-alterdomain.html)
      """#
    case "alter-table-could-be-combined":
      #"""
      ---
      name: alter-table-could-be-combined
      severity: info
      directions: [upgrade, downgrade]
      ---

      # alter-table-could-be-combined

      ## Condition

      Two statements of one transaction rewrite the same table, which existed before the step. Said at the second one.

      ## Effect

      Each writes the table and its indexes anew. `ALTER TABLE` with several actions goes through the table once for all of
      them.

      ## Workaround

      ```python
      op.execute("ALTER TABLE orders ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint")
      ```

      ## Examples

      ### Twice

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (a integer, b integer)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN a TYPE bigint")
          op.execute("ALTER TABLE orders ALTER COLUMN b TYPE bigint")  # finds: alter-table-could-be-combined

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN b TYPE integer")
          op.execute("ALTER TABLE orders ALTER COLUMN a TYPE integer")  # finds: alter-table-could-be-combined
      ```

      ### Once

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (a integer, b integer)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN a TYPE integer, ALTER COLUMN b TYPE integer")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (a integer, b integer);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "attach-partition-scan":
      #"""
      ---
      name: attach-partition-scan
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # attach-partition-scan

      ## Condition

      `ATTACH PARTITION` of a table that existed before the step, or next to a default partition that did. Silent where a
      valid `CHECK` on the table is about the partition key: it is taken to say the same as the bound.

      ## Effect

      PostgreSQL reads every row of the table, and of the default partition, to see whether it belongs there, under `ACCESS
      EXCLUSIVE`: reads and writes of it wait until the transaction ends. The partitioned table itself is locked in `SHARE
      UPDATE EXCLUSIVE` mode only. A `CHECK` that implies the bound spares the reading.

      ## Workaround

      ```python
      op.execute("ALTER TABLE events_2026 ADD CONSTRAINT of_2026 CHECK (day IS NOT NULL AND day >= '2026-01-01' AND day < '2027-01-01') NOT VALID")
      ```

      validate it in a later revision, and attach the table after that.

      ## Examples

      ### Every row is read

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")
          op.execute("CREATE TABLE events_2026 (day date)")

      def downgrade():
          op.execute("DROP TABLE events_2026")
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")  # finds: attach-partition-scan

      def downgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")

      def downgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")  # finds: attach-partition-scan
      ```

      ### A CHECK proves the bound

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")
          op.execute("CREATE TABLE events_2026 (day date)")

      def downgrade():
          op.execute("DROP TABLE events_2026")
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events_2026 ADD CONSTRAINT of_2026 CHECK (day IS NOT NULL AND day >= '2026-01-01' AND day < '2027-01-01') NOT VALID")

      def downgrade():
          op.execute("ALTER TABLE events_2026 DROP CONSTRAINT of_2026")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events_2026 VALIDATE CONSTRAINT of_2026")

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")

      def downgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")

      def downgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_2026 (day date);
      INSERT INTO events_2026 SELECT '2026-01-01'::date + n FROM generate_series(0, 99) AS n;
      -- when
      ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- then lock: events ShareUpdateExclusive
      -- then lock: events_2026 AccessExclusive
      -- then scan: events_2026
      ```

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_2026 (day date);
      INSERT INTO events_2026 SELECT '2026-01-01'::date + n FROM generate_series(0, 99) AS n;
      ALTER TABLE events_2026 ADD CONSTRAINT of_2026 CHECK (day IS NOT NULL AND day >= '2026-01-01' AND day < '2027-01-01');
      -- when
      ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- then lock: events ShareUpdateExclusive
      -- then lock: events_2026 AccessExclusive
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_rest PARTITION OF events DEFAULT;
      INSERT INTO events SELECT '2025-01-01'::date + n FROM generate_series(0, 99) AS n;
      CREATE TABLE events_2026 (day date);
      INSERT INTO events_2026 SELECT '2026-01-01'::date + n FROM generate_series(0, 99) AS n;
      -- when
      ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- then lock: events ShareUpdateExclusive
      -- then lock: events_2026 AccessExclusive
      -- then lock: events_rest AccessExclusive
      -- then scan: events_2026
      -- then scan: events_rest
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      - [Partitioning](https://www.postgresql.org/docs/15/ddl-partitioning.html)
      """#
    case "avoid-char":
      #"""
      ---
      name: avoid-char
      severity: info
      directions: [upgrade]
      default: off
      ---

      # avoid-char

      ## Condition

      A column is declared `character(n)`.

      ## Effect

      Values are padded with blanks to the length, which comparisons ignore and `LIKE` does not. It is no faster than `text`.

      ## Workaround

      Say `text`.

      ```python
      sa.Column("code", sa.Text())
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code char(3))")  # finds: avoid-char

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (code character(5));
      -- when
      INSERT INTO orders VALUES ('ab');
      -- then result: SELECT octet_length(code) FROM orders => 5
      -- then result: SELECT count(*) FROM orders WHERE code = 'ab' => 1
      -- then result: SELECT count(*) FROM orders WHERE code LIKE 'ab' => 0
      ```

      ## References

      - [Character Types](https://www.postgresql.org/docs/15/datatype-character.html)
      """#
    case "avoid-money":
      #"""
      ---
      name: avoid-money
      severity: info
      directions: [upgrade]
      default: off
      ---

      # avoid-money

      ## Condition

      A column is declared `money`.

      ## Effect

      What the values show depends on `lc_monetary` of the database, and so does what a dump restores elsewhere.

      ## Workaround

      Say `numeric`.

      ```python
      sa.Column("total", sa.Numeric())
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total money)")  # finds: avoid-money

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total numeric)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## References

      - [Monetary Types](https://www.postgresql.org/docs/15/datatype-money.html)
      """#
    case "bulk-rows-in-transaction":
      #"""
      ---
      name: bulk-rows-in-transaction
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # bulk-rows-in-transaction

      ## Condition

      `UPDATE` or `DELETE` without a condition of a table that existed before the step, and the same transaction goes on to
      change the schema under a lock that blocks writes. Where the schema comes first, `long-work-behind-lock` speaks.

      ## Effect

      Every row stays locked against other writers until the transaction ends, so also while it waits for the locks of the
      statements that follow. Writers that hold one of those tables and wait for a row deadlock with it.

      ## Workaround

      Change the rows in a revision of their own, in batches that are committed one by one:

      ```python
      with op.get_context().autocommit_block():
          batch = sa.text("UPDATE orders SET note = '' WHERE id IN (SELECT id FROM orders WHERE note IS NULL LIMIT 1000 FOR UPDATE)")
          while op.get_bind().execute(batch).rowcount:
              pass
      ```

      or keep the one `UPDATE`, in a revision of its own, and let each revision have its transaction in `env.py`:

      ```python
      context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
      ```

      ## Examples

      ### Rows first, then the schema

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("UPDATE orders SET note = ''")  # finds: bulk-rows-in-transaction
          op.alter_column("orders", "note", server_default="")

      def downgrade():
          op.execute("UPDATE orders SET note = NULL")  # finds: bulk-rows-in-transaction
          op.alter_column("orders", "note", server_default=None)
      ```

      ### Rows alone

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("UPDATE orders SET note = ''")

      def downgrade():
          op.execute("UPDATE orders SET note = NULL")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      UPDATE orders SET note = '';
      -- then lock: orders RowExclusive
      -- then scan: orders
      ```

      ## References

      - [Row-level locks](https://www.postgresql.org/docs/15/explicit-locking.html#LOCKING-ROWS)
      """#
    case "change-column-type":
      #"""
      ---
      name: change-column-type
      severity: warning
      directions: [upgrade]
      ---

      # change-column-type

      ## Condition

      The type of a column that existed before the revision's upgrade becomes one whose values have another form, such as `integer` to `text`. Widening is silent; narrowing is for `narrowing-type-change`.

      ## Effect

      Code from before reads values of another type, and comparisons and writes that PostgreSQL has no operator or cast for fail (42883, 42804).

      ## Workaround

      Add the new beside the old one, let the code write both, and drop the old one in a later release.

      ```python
      op.add_column("orders", sa.Column("number_text", sa.Text()))
      ```

      ## Examples

      ### Another form

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "number", type_=sa.Text(), existing_type=sa.Integer())  # finds: change-column-type

      def downgrade():
          raise NotImplementedError("fix forward")
      ```

      ### Wider

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.String(10)))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "number", type_=sa.Text(), existing_type=sa.String(10))

      def downgrade():
          op.alter_column("orders", "number", type_=sa.String(10), existing_type=sa.Text())
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (number text);
      -- when
      SELECT * FROM orders WHERE number = 1;
      -- then error: 42883
      ```

      ```sql
      -- given
      CREATE TABLE orders (number integer);
      -- when
      INSERT INTO orders VALUES ('1'::text);
      -- then error: 42804
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET DATA TYPE`
      """#
    case "change-composite-type":
      #"""
      ---
      name: change-composite-type
      severity: warning
      directions: [upgrade]
      ---

      # change-composite-type

      ## Condition

      `ALTER TYPE` adds, drops, renames or changes an attribute of a composite type that existed before the revision's upgrade.

      ## Effect

      Code from before that names the attribute fails (42703), and so does what writes whole values (42846).

      ## Workaround

      Make a new type and a new column of it; move the values, and drop the old ones in a later release.

      ```python
      op.execute("CREATE TYPE address2 AS (street text, city text, zip text)")
      op.execute("ALTER TABLE people ADD COLUMN home2 address2")
      ```

      ## Examples

      ### Of what was there

      ```python
      def upgrade():
          op.execute("CREATE TYPE address AS (street text, city text)")

      def downgrade():
          op.execute("DROP TYPE address")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE address RENAME ATTRIBUTE city TO town")  # finds: change-composite-type

      def downgrade():
          op.execute("ALTER TYPE address RENAME ATTRIBUTE town TO city")
      ```

      ### Of the same revision

      ```python
      def upgrade():
          op.execute("CREATE TYPE address AS (street text, city text)")
          op.execute("ALTER TYPE address RENAME ATTRIBUTE city TO town")

      def downgrade():
          op.execute("DROP TYPE address")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE address AS (street text, city text);
      ALTER TYPE address RENAME ATTRIBUTE city TO town;
      -- when
      SELECT (ROW('a', 'b')::address).city;
      -- then error: 42703
      ```

      ```sql
      -- given
      CREATE TYPE address AS (street text, city text);
      ALTER TYPE address ADD ATTRIBUTE zip text;
      -- when
      SELECT ROW('a', 'b')::address;
      -- then error: 42846
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "change-default":
      #"""
      ---
      name: change-default
      severity: info
      directions: [upgrade]
      ---

      # change-default

      ## Condition

      The default of a column that existed before the revision's upgrade becomes another one, or goes from a column that may be NULL.

      ## Effect

      INSERTs of code from before that leave the column out write the new value, which the code may not expect.

      ## Workaround

      Make sure that code from before understands the new value, or let the new code write it.

      ```python
      op.alter_column("orders", "state", server_default="draft")
      ```

      ## Examples

      ### Another value

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", server_default="draft")  # finds: change-default

      def downgrade():
          op.alter_column("orders", "state", server_default="open")
      ```

      ### The same value

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", server_default="open")

      def downgrade():
              pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, state text DEFAULT 'open');
      INSERT INTO orders VALUES (1);
      -- when
      ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
      INSERT INTO orders VALUES (2);
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      -- then result: SELECT string_agg(state, ',' ORDER BY id) FROM orders => open,new
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET DEFAULT`
      """#
    case "change-type-rewrite":
      #"""
      ---
      name: change-type-rewrite
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # change-type-rewrite

      ## Condition

      `ALTER COLUMN … TYPE` that makes PostgreSQL write every row of a table that existed before the step: `integer` to
      `bigint`, `json` to `jsonb`, an enum to `text`, and so on. Silent where the stored bytes stay: a longer `varchar`,
      `varchar` to `text`, more digits of `numeric` with the same scale, `cidr` to `inet`. Narrower types are left to
      `narrowing-type-change`.

      ## Effect

      The table and its indexes are rewritten under `ACCESS EXCLUSIVE`, and reads and writes wait until the transaction
      ends. `timestamp` to `timestamptz` and back is rewritten unless TimeZone is UTC.

      ## Workaround

      Add a column of the new type, keep it up to date by a trigger, and fill old rows in batches:

      ```python
      op.add_column("orders", sa.Column("number_big", sa.BigInteger()))
      op.execute("CREATE FUNCTION copy_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.number_big := NEW.number; RETURN NEW; END $$")
      op.execute("CREATE TRIGGER copy_number BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION copy_number()")
      ```

      Let the code read and write the new column, and drop the old one in a later release:

      ```python
      op.execute("DROP TRIGGER copy_number ON orders")
      op.execute("DROP FUNCTION copy_number()")
      op.drop_column("orders", "number")
      ```

      ## Examples

      ### integer to bigint

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()), sa.Column("code", sa.String(10)))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "number", type_=sa.BigInteger(), existing_type=sa.Integer())  # finds: change-type-rewrite

      def downgrade():
          op.alter_column("orders", "number", type_=sa.Integer(), existing_type=sa.BigInteger())
      ```

      ### The bytes stay

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()), sa.Column("code", sa.String(10)))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.String(20), existing_type=sa.String(10))
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(20))

      def downgrade():
          raise NotImplementedError("no way back")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.String(20), existing_type=sa.Text())

      def downgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(20))
      ```

      ### In the downgrade, and raw SQL

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, body json)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN body TYPE jsonb")  # finds: change-type-rewrite

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN body TYPE json")  # finds: change-type-rewrite
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, number integer);
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN number TYPE bigint;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10));
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, body json);
      INSERT INTO orders VALUES (1, '{}');
      -- when
      ALTER TABLE orders ALTER COLUMN body TYPE jsonb;
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, made timestamp);
      -- when
      ALTER TABLE orders ALTER COLUMN made TYPE timestamptz;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, made timestamp);
      -- when
      SET LOCAL TimeZone = 'Asia/Tokyo';
      ALTER TABLE orders ALTER COLUMN made TYPE timestamptz;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "change-type-scan":
      #"""
      ---
      name: change-type-scan
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # change-type-scan

      ## Condition

      `ALTER COLUMN … TYPE` that leaves the rows as they are, of a table that existed before the step, on a column with a valid
      `CHECK` constraint, or with an index that does not survive: one with an expression or a `WHERE`, even where the type
      stays as it was; or one whose operator class or collation becomes another one (`timestamp` to `timestamptz`, a new
      `COLLATE`).

      ## Effect

      PostgreSQL verifies the `CHECK` again and builds the index anew: it reads every row under `ACCESS EXCLUSIVE`, and reads
      and writes wait until the transaction ends. With neither the same change is done in a moment.

      ## Workaround

      Drop the `CHECK` before, and add it again with `NOT VALID`:

      ```python
      op.drop_constraint("code_given", "orders")
      op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(10))
      op.create_check_constraint("code_given", "orders", "code <> ''", postgresql_not_valid=True)
      ```

      and validate it in a later revision:

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT code_given")
      ```

      Drop an index that does not survive as well, and build it again in a revision of its own:

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_code", "orders", ["code"], postgresql_where=sa.text("code IS NOT NULL"), postgresql_concurrently=True)
      ```

      ## Examples

      ### A CHECK on the column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(10)), sa.CheckConstraint("code <> ''", name="code_given"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(10))  # finds: change-type-scan

      def downgrade():
          raise NotImplementedError("no way back")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.String(40), existing_type=sa.Text())

      def downgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(40))  # finds: change-type-scan
      ```

      ### An index with a condition

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("code", sa.String(10)))
          op.create_index("ix_orders_code", "orders", ["code"], postgresql_where=sa.text("code IS NOT NULL"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.String(40), existing_type=sa.String(10))  # finds: change-type-scan

      def downgrade():
          raise NotImplementedError("no way back")
      ```

      ### No CHECK, and an index that survives

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()), sa.Column("code", sa.String(10)))
          op.create_index("ix_orders_code", "orders", ["code"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(10))

      def downgrade():
          raise NotImplementedError("no way back")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.String(40), existing_type=sa.Text())

      def downgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(40))
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10) CHECK (code <> ''));
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE text;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10));
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE text;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10));
      CREATE INDEX ix_plain ON orders (code);
      CREATE INDEX ix_partial ON orders (id) WHERE code IS NOT NULL;
      CREATE INDEX ix_lower ON orders (lower(code));
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE varchar(40);
      -- then no rewrite
      -- then scan: orders
      -- then rebuild: ix_partial
      -- then rebuild: ix_lower
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10) CHECK (code <> ''));
      CREATE INDEX ix_plain ON orders (code);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE varchar(10);
      -- then no rewrite
      -- then scan: orders
      -- then no rebuild
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, code varchar(10));
      ALTER TABLE orders ADD CONSTRAINT c CHECK (code <> '') NOT VALID;
      CREATE INDEX ix_plain ON orders (code);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE text;
      -- then no rewrite
      -- then no scan
      -- then no rebuild
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, at timestamp, name text, other text);
      CREATE INDEX ix_at ON orders (at);
      CREATE INDEX ix_covering ON orders (id) INCLUDE (at);
      CREATE INDEX ix_name ON orders (name);
      CREATE INDEX ix_collated ON orders (name COLLATE "POSIX");
      CREATE INDEX ix_other ON orders (other);
      INSERT INTO orders SELECT n, now(), 'x', 'y' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN at TYPE timestamptz;
      ALTER TABLE orders ALTER COLUMN name TYPE text COLLATE "C";
      ALTER TABLE orders ALTER COLUMN other TYPE varchar;
      -- then no rewrite
      -- then scan: orders
      -- then rebuild: ix_at
      -- then rebuild: ix_name
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "cluster-table":
      #"""
      ---
      name: cluster-table
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # cluster-table

      ## Condition

      `CLUSTER` of a table that existed before the step. `ALTER TABLE … CLUSTER ON`, which only notes the index, is silent.

      ## Effect

      PostgreSQL writes the table and its indexes anew under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction
      ends.

      ## Workaround

      Only note the index in the revision:

      ```python
      op.execute("ALTER TABLE orders CLUSTER ON ix_orders_note")
      ```

      and order the rows from outside: `pg_repack --table=orders` does it by the noted index with a short lock at the end, and
      `CLUSTER orders` when nobody uses the table.

      ## Examples

      ### The rows are ordered

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CLUSTER orders USING ix_orders_note")  # finds: cluster-table

      def downgrade():
          op.execute("ALTER TABLE orders SET WITHOUT CLUSTER")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET WITHOUT CLUSTER")

      def downgrade():
          op.execute("CLUSTER orders USING ix_orders_note")  # finds: cluster-table
      ```

      ### Only noted

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders CLUSTER ON ix_orders_note")

      def downgrade():
          op.execute("ALTER TABLE orders SET WITHOUT CLUSTER")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET WITHOUT CLUSTER")

      def downgrade():
          op.execute("ALTER TABLE orders CLUSTER ON ix_orders_note")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE INDEX ix_orders_note ON orders (note);
      -- when
      CLUSTER orders USING ix_orders_note;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [CLUSTER](https://www.postgresql.org/docs/15/sql-cluster.html)
      """#
    case "commit-splits-revision":
      #"""
      ---
      name: commit-splits-revision
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # commit-splits-revision

      ## Condition

      A step does something in `autocommit_block()` and something in its transaction. Silent where the block comes first and
      can be run twice (`IF NOT EXISTS`, `IF EXISTS`).

      ## Effect

      `autocommit_block()` commits what came before it, and each of its statements by itself. If a later one fails, the
      first part stays while `alembic_version` still names the old revision: running the migration again meets what is there
      already, and there is nothing to downgrade from.

      ## Workaround

      One revision for the part in the transaction and another for what runs in autocommit:

      ```python
      op.add_column("orders", sa.Column("size", sa.Integer()))
      ```

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_size", "orders", ["size"], postgresql_concurrently=True)
      ```

      or put the block first and write it so that it can be run twice:

      ```python
      with op.get_context().autocommit_block():
          op.drop_index("ix_orders_size", table_name="orders", postgresql_concurrently=True, if_exists=True)
      op.drop_column("orders", "size")
      ```

      ## Examples

      ### Both in one revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_size", "orders", ["size"], postgresql_concurrently=True)  # finds: commit-splits-revision

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_size", table_name="orders", postgresql_concurrently=True)  # finds: commit-splits-revision
          op.drop_column("orders", "size")
      ```

      ### The block alone

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ### The block first, and it can be run twice

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY, mood mood)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh'")
          op.execute("UPDATE people SET mood = 'meh' WHERE id = 1")

      def downgrade():
          pass
      ```

      ## References

      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      """#
    case "concurrent-index-corruption":
      #"""
      ---
      name: concurrent-index-corruption
      severity: error
      directions: [upgrade, downgrade]
      ---

      # concurrent-index-corruption

      ## Condition

      `CREATE INDEX CONCURRENTLY` or `REINDEX … CONCURRENTLY` on PostgreSQL 14. `backout check` reads the minor version from the
      server: an error on 14.0 to 14.3, silent from 14.4 on. `backout analyze` knows the major version only (`--postgres-version
      14`): there it is information.

      ## Effect

      PostgreSQL 14.0 to 14.3 may leave rows out of an index that is built concurrently, if they are updated meanwhile: queries
      by the index do not find them, and a unique index lets duplicates in. Nothing fails while it is built. 14.4 takes the
      optimization back that did it; indexes from before stay as they are.

      ## Workaround

      Update the server to 14.4 or later. Look for rows that an index misses with `pg_amcheck --heapallindexed` or

      ```sql
      SELECT bt_index_check('ix_orders_note', heapallindexed => true);
      ```

      and build the index anew on the updated server:

      ```python
      with op.get_context().autocommit_block():
          op.execute("REINDEX INDEX CONCURRENTLY ix_orders_note")
      ```

      ## Examples

      ### PostgreSQL 14

      ```toml
      postgres-version = 14
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)  # finds: concurrent-index-corruption

      def downgrade():
          with op.get_context().autocommit_block():
              op.execute("REINDEX TABLE CONCURRENTLY orders")  # finds: concurrent-index-corruption
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ### Not concurrently

      ```toml
      postgres-version = 14
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.execute("REINDEX TABLE orders")
          op.drop_table("orders")
      ```

      ### Another version

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ## References

      - [Release notes of 14.4](https://www.postgresql.org/docs/release/14.4/)
      - [amcheck](https://www.postgresql.org/docs/15/amcheck.html)
      """#
    case "concurrently-in-transaction":
      #"""
      ---
      name: concurrently-in-transaction
      severity: error
      directions: [upgrade]
      ---

      # concurrently-in-transaction

      ## Condition

      `CREATE INDEX`, `DROP INDEX`, `REINDEX` or `DETACH PARTITION` with `CONCURRENTLY`, `VACUUM`, `ALTER SYSTEM`, or
      `CREATE` or `DROP` of a `DATABASE` or `TABLESPACE`, outside of `autocommit_block()`. In a downgrade it is `downgrade-fails` that says it.

      ## Effect

      PostgreSQL refuses it inside a transaction (25001), and Alembic's transaction is rolled back.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ## Examples

      ### In the transaction, and outside

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)  # finds: concurrently-in-transaction
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_id", "orders", ["id"], postgresql_concurrently=True)

      def downgrade():
          op.execute("DROP INDEX ix_orders_id")
      ```

      ### Raw SQL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)")  # finds: concurrently-in-transaction
          op.execute("VACUUM orders")  # finds: concurrently-in-transaction

      def downgrade():
          pass
      ```

      ### Outside of the transaction

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
              op.execute("VACUUM orders")
          op.execute("ANALYZE orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note);
      -- then error: 25001
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      VACUUM orders;
      -- then error: 25001
      ```

      ## References

      - [CREATE INDEX](https://www.postgresql.org/docs/15/sql-createindex.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      """#
    case "create-partition-locks-parent":
      #"""
      ---
      name: create-partition-locks-parent
      severity: info
      directions: [upgrade, downgrade]
      ---

      # create-partition-locks-parent

      ## Condition

      `CREATE TABLE … PARTITION OF` a table that existed before the step. A warning where there is a default partition.

      ## Effect

      PostgreSQL takes `ACCESS EXCLUSIVE` on the partitioned table and on its default partition, and reads every row of the
      default partition: reads and writes of all partitions through it wait until the transaction ends.

      ## Workaround

      Create the table by itself and attach it, which takes `SHARE UPDATE EXCLUSIVE` on the partitioned table:

      ```python
      op.execute("CREATE TABLE events_2027 (LIKE events INCLUDING ALL)")
      op.execute("ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")
      ```

      ## Examples

      ### A new partition of a table in use

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")

      def downgrade():
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")  # finds: create-partition-locks-parent

      def downgrade():
          op.execute("DROP TABLE events_2027")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE events_2027")

      def downgrade():
          op.execute("CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")  # finds: create-partition-locks-parent
      ```

      ### Created and attached

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")

      def downgrade():
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TABLE events_2027 (LIKE events INCLUDING ALL)")
          op.execute("ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")

      def downgrade():
          op.execute("DROP TABLE events_2027")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE events_2027")

      def downgrade():
          op.execute("CREATE TABLE events_2027 (LIKE events INCLUDING ALL)")
          op.execute("ALTER TABLE events ATTACH PARTITION events_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_rest PARTITION OF events DEFAULT;
      INSERT INTO events SELECT '2026-01-01'::date + n FROM generate_series(0, 99) AS n;
      -- when
      CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
      -- then lock: events AccessExclusive
      -- then lock: events_rest AccessExclusive
      -- then scan: events_rest
      ```

      ## References

      - [CREATE TABLE](https://www.postgresql.org/docs/15/sql-createtable.html)
      - [Partitioning](https://www.postgresql.org/docs/15/ddl-partitioning.html)
      """#
    case "create-table-locks-parent":
      #"""
      ---
      name: create-table-locks-parent
      severity: info
      directions: [upgrade, downgrade]
      ---

      # create-table-locks-parent

      ## Condition

      `CREATE TABLE` with foreign keys to two or more tables that existed before the step.

      ## Effect

      PostgreSQL takes `SHARE ROW EXCLUSIVE` on every table that a foreign key refers to: writes to all of them wait until
      the transaction ends. Waiting for the second lock it keeps the first.

      ## Workaround

      Create the table without the foreign keys:

      ```python
      op.create_table("visits", sa.Column("customer_id", sa.Integer()), sa.Column("shop_id", sa.Integer()))
      ```

      and add each in a revision of its own, with `transaction_per_migration=True` in `env.py`. The new table is empty, so
      there is nothing to verify:

      ```python
      op.create_foreign_key("fk_visits_customer", "visits", "customers", ["customer_id"], ["id"])
      ```

      ```python
      op.create_foreign_key("fk_visits_shop", "visits", "shops", ["shop_id"], ["id"])
      ```

      ## Examples

      ### Two foreign keys

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("shops", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("shops")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("visits", sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id")), sa.Column("shop_id", sa.Integer(), sa.ForeignKey("shops.id")))  # finds: create-table-locks-parent

      def downgrade():
          op.drop_table("visits")
      ```

      ```python
      def upgrade():
          op.drop_table("visits")

      def downgrade():
          op.create_table("visits", sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id")), sa.Column("shop_id", sa.Integer(), sa.ForeignKey("shops.id")))  # finds: create-table-locks-parent
      ```

      ### One foreign key

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE shops (id integer PRIMARY KEY);
      -- when
      CREATE TABLE visits (customer_id integer REFERENCES customers (id), shop_id integer REFERENCES shops (id));
      -- then lock: customers ShareRowExclusive
      -- then lock: shops ShareRowExclusive
      ```

      ## References

      - [CREATE TABLE](https://www.postgresql.org/docs/15/sql-createtable.html)
      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      """#
    case "create-trigger-lock":
      #"""
      ---
      name: create-trigger-lock
      severity: info
      directions: [upgrade, downgrade]
      ---

      # create-trigger-lock

      ## Condition

      `CREATE TRIGGER` on a table that existed before the step.

      ## Effect

      PostgreSQL takes `SHARE ROW EXCLUSIVE` on the table: writes wait until the transaction ends. The statement is short,
      but it waits for every transaction that wrote to the table, and other writers wait behind it.

      ## Workaround

      A limit for waiting before it, and no long statement in the same transaction:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")
      ```

      ## Examples

      ### A table in use

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")  # finds: create-trigger-lock

      def downgrade():
          op.execute("DROP TRIGGER stamped ON orders")
          op.execute("DROP FUNCTION stamp()")
      ```

      ```python
      def upgrade():
          op.execute("DROP TRIGGER stamped ON orders")

      def downgrade():
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")  # finds: create-trigger-lock
      ```

      ### A table of the same upgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION stamp()")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      -- when
      CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
      -- then lock: orders ShareRowExclusive
      -- then no scan
      ```

      ## References

      - [CREATE TRIGGER](https://www.postgresql.org/docs/15/sql-createtrigger.html)
      """#
    case "data-hole":
      #"""
      ---
      name: data-hole
      severity: info
      directions: [upgrade]
      ---

      # data-hole

      ## Condition

      A column or table that an earlier revision dropped is added again under the same name.

      ## Effect

      It comes back empty. Code and people that remember the name take the hole for data: there are no values from before the first revision, and none from between the two.

      ## Workaround

      Fill it from a backup, choose another name, or make sure that nobody expects the old values.

      ```python
      op.add_column("orders", sa.Column("note", sa.Text(), comment="since 2025-03"))
      ```

      ## Examples

      ### A column comes back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "note")

      def downgrade():
          op.add_column("orders", sa.Column("note", sa.Text()))
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("note", sa.Text()))  # finds: data-hole

      def downgrade():
          op.drop_column("orders", "note")
      ```

      ### Dropped and added in one revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "note")
          op.add_column("orders", sa.Column("note", sa.Text()))

      def downgrade():
          raise NotImplementedError("fix forward")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders DROP COLUMN note;
      -- when
      ALTER TABLE orders ADD COLUMN note text;
      -- then result: SELECT count(note) FROM orders => 0
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `ADD COLUMN`
      """#
    case "data-migration-irreversible":
      #"""
      ---
      name: data-migration-irreversible
      severity: warning
      directions: [upgrade]
      ---

      # data-migration-irreversible

      ## Condition

      An upgrade inserts rows into a table that existed before it, and a downgrade that does something takes none from that table. Silent where the downgrade does nothing or raises, which other rules tell, and where not all of it is known. Rows that are updated or deleted are for `update-rows` and `delete-rows`.

      ## Effect

      The rows stay when the schema goes back. The next upgrade inserts them again, or fails (23505) where a key forbids it; code from before may not know what to do with them.

      ## Workaround

      Delete them by their keys in the downgrade.

      ```python
      def downgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")
          op.drop_column("settings", "note")
      ```

      ## Examples

      ### Rows stay

      ```python
      def upgrade():
          op.execute("CREATE TABLE settings (key text PRIMARY KEY, value text)")

      def downgrade():
          op.drop_table("settings")
      ```

      ```python
      def upgrade():
          op.add_column("settings", sa.Column("note", sa.Text()))
          op.execute("INSERT INTO settings (key, value) VALUES ('limit', '10')")  # finds: data-migration-irreversible

      def downgrade():
          op.drop_column("settings", "note")
      ```

      ### The downgrade deletes them

      ```python
      def upgrade():
          op.execute("CREATE TABLE settings (key text PRIMARY KEY, value text)")

      def downgrade():
          op.drop_table("settings")
      ```

      ```python
      def upgrade():
          op.add_column("settings", sa.Column("note", sa.Text()))
          op.execute("INSERT INTO settings (key, value) VALUES ('limit', '10')")

      def downgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")
          op.drop_column("settings", "note")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE settings (key text PRIMARY KEY); INSERT INTO settings VALUES ('limit');
      -- when
      INSERT INTO settings VALUES ('limit');
      -- then error: 23505
      ```

      ## References

      - [INSERT](https://www.postgresql.org/docs/15/sql-insert.html)
      """#
    case "delete-rows":
      #"""
      ---
      name: delete-rows
      severity: error
      directions: [upgrade, downgrade]
      ---

      # delete-rows

      ## Condition

      `DELETE` from a table that existed before the revision's upgrade. Silent in a downgrade that deletes, by their
      keys, the very rows that its upgrade inserted, and where all rows were copied to a new table before and the downgrade
      copies them back. In a downgrade it is information where its upgrade created the table.

      ## Effect

      The rows that match are gone. In an upgrade they are rows from before; in a downgrade a condition cannot tell rows
      from before from rows written since. PostgreSQL takes `ROW EXCLUSIVE` on the table and reads what the condition
      does not find by an index.

      ## Workaround

      Move what is deleted into a table, in one statement so that no row is deleted that was not copied:

      ```python
      op.execute("CREATE TABLE users_closed (LIKE users)")
      op.execute("WITH gone AS (DELETE FROM users WHERE state = 'closed' RETURNING *) INSERT INTO users_closed SELECT * FROM gone")
      ```

      and let the downgrade read it back:

      ```python
      op.execute("INSERT INTO users SELECT * FROM users_closed")
      op.drop_table("users_closed")
      ```

      Or mark rows instead of deleting them.

      ## Examples

      ### Rows from before

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("state", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("DELETE FROM users WHERE state = 'closed'")  # finds: delete-rows

      def downgrade():
          pass
      ```

      ### Seed rows, taken back by their keys

      ```python
      def upgrade():
          op.create_table("plans", sa.Column("code", sa.Text(), primary_key=True))

      def downgrade():
          op.drop_table("plans")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO plans (code) VALUES ('free'), ('team')")

      def downgrade():
          op.execute("DELETE FROM plans WHERE code IN ('free', 'team')")
      ```

      ### A downgrade that takes more than its upgrade gave

      ```python
      def upgrade():
          op.create_table("plans", sa.Column("code", sa.Text(), primary_key=True), sa.Column("price", sa.Integer()))

      def downgrade():
          op.drop_table("plans")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO plans (code, price) VALUES ('free', 0)")

      def downgrade():
          op.execute("DELETE FROM plans WHERE price = 0")  # finds: delete-rows
      ```

      ### All rows, set aside and brought back

      ```python
      def upgrade():
          op.create_table("sessions", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("sessions")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TABLE sessions_before AS SELECT * FROM sessions")
          op.execute("DELETE FROM sessions")

      def downgrade():
          op.execute("INSERT INTO sessions SELECT * FROM sessions_before")
          op.drop_table("sessions_before")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      DELETE FROM orders WHERE note = 'x';
      -- then lock: orders RowExclusive
      -- then scan: orders
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ## References

      - [DELETE](https://www.postgresql.org/docs/15/sql-delete.html)
      """#
    case "detach-partition-not-concurrent":
      #"""
      ---
      name: detach-partition-not-concurrent
      severity: info
      directions: [upgrade, downgrade]
      ---

      # detach-partition-not-concurrent

      ## Condition

      `DETACH PARTITION` without `CONCURRENTLY` from a table that existed before the step.

      ## Effect

      PostgreSQL takes `ACCESS EXCLUSIVE` on the partitioned table, the partition and the default partition: reads and
      writes of all of them wait until the transaction ends. With `CONCURRENTLY` (since PostgreSQL 14, not inside a
      transaction, not with a default partition) the partitioned table is locked in `SHARE UPDATE EXCLUSIVE` mode, and a `CHECK`
      that says the same as the bound stays on the partition.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY")
      ```

      ## Examples

      ### In both directions

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")
          op.execute("CREATE TABLE events_2026 (day date)")

      def downgrade():
          op.execute("DROP TABLE events_2026")
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")

      def downgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")  # finds: detach-partition-not-concurrent
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026")  # finds: detach-partition-not-concurrent

      def downgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
      ```

      ### Concurrently

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (day date) PARTITION BY RANGE (day)")
          op.execute("CREATE TABLE events_2026 (day date)")

      def downgrade():
          op.execute("DROP TABLE events_2026")
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")

      def downgrade():
          with op.get_context().autocommit_block():
              op.execute("ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY")

      def downgrade():
          op.execute("ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_2026 (day date);
      INSERT INTO events_2026 SELECT '2026-01-01'::date + n FROM generate_series(0, 99) AS n;
      ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- when
      ALTER TABLE events DETACH PARTITION events_2026;
      -- then lock: events AccessExclusive
      -- then lock: events_2026 AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_rest PARTITION OF events DEFAULT;
      INSERT INTO events SELECT '2025-01-01'::date + n FROM generate_series(0, 99) AS n;
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- when
      ALTER TABLE events DETACH PARTITION events_2026;
      -- then lock: events AccessExclusive
      -- then lock: events_2026 AccessExclusive
      -- then lock: events_rest AccessExclusive
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE events (day date) PARTITION BY RANGE (day);
      CREATE TABLE events_rest PARTITION OF events DEFAULT;
      INSERT INTO events SELECT '2025-01-01'::date + n FROM generate_series(0, 99) AS n;
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- when outside a transaction
      ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY;
      -- then error: 55000
      ```

      ```sql
      -- given
      CREATE TABLE events (day date NOT NULL) PARTITION BY RANGE (day);
      CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      -- when outside a transaction
      ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY;
      -- then result: SELECT conname FROM pg_constraint WHERE conrelid = 'events_2026'::regclass => events_2026_day_check
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "disable-trigger":
      #"""
      ---
      name: disable-trigger
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # disable-trigger

      ## Condition

      `DISABLE TRIGGER` on a table that existed before the step; information where the step switches the trigger on again.

      ## Effect

      What is written while a trigger is off is not checked, recorded or passed on by it, and nothing makes up for that
      later. With `DISABLE TRIGGER ALL` the triggers of foreign keys are off too, so that rows without their parent get in.
      PostgreSQL takes `SHARE ROW EXCLUSIVE` on the table: writes of others wait until the transaction ends.

      ## Workaround

      Let the trigger's function skip the rows of the migration, while it runs for everybody else:

      ```python
      op.execute("""
          CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF current_setting('app.migration', true) = 'on' THEN RETURN NEW; END IF;
            NEW.stamped := now();
            RETURN NEW;
          END $$
      """)
      op.execute("SET LOCAL app.migration = 'on'")
      op.execute("UPDATE orders SET note = trim(note)")
      ```

      or enable it again in the same transaction, and check what was written:

      ```python
      op.execute("ALTER TABLE orders DISABLE TRIGGER stamped")
      op.execute("UPDATE orders SET note = trim(note)")
      op.execute("ALTER TABLE orders ENABLE TRIGGER stamped")
      ```

      ## Examples

      ### Off for good

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION stamp()")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DISABLE TRIGGER stamped")  # finds: disable-trigger

      def downgrade():
          op.execute("ALTER TABLE orders ENABLE TRIGGER stamped")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ENABLE TRIGGER stamped")

      def downgrade():
          op.execute("ALTER TABLE orders DISABLE TRIGGER stamped")  # finds: disable-trigger
      ```

      ### A table of the same upgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")
          op.execute("ALTER TABLE orders DISABLE TRIGGER stamped")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION stamp()")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp()")
          op.execute("ALTER TABLE orders DISABLE TRIGGER stamped")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
      -- when
      ALTER TABLE orders DISABLE TRIGGER stamped;
      -- then lock: orders ShareRowExclusive
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id));
      -- when
      ALTER TABLE orders DISABLE TRIGGER ALL;
      INSERT INTO orders VALUES (1, 1);
      -- then result: SELECT count(*) FROM customers => 0
      -- then result: SELECT count(*) FROM orders => 1
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "downgrade-depends-on-data":
      #"""
      ---
      name: downgrade-depends-on-data
      severity: warning
      directions: [downgrade]
      ---

      # downgrade-depends-on-data

      ## Condition

      A statement of the downgrade succeeds or fails by what the rows hold then: a constraint that is put back, a column that
      becomes `NOT NULL` again, values that must fit a narrower type.

      ## Effect

      Rows written since the upgrade may violate what the downgrade restores; the statement then fails (23502, 23503, 23505,
      23514, 22001, 22003, 22P02) and the transaction is rolled back. `backout check` asks the database.

      ## Workaround

      Mend or move the rows in the downgrade before restoring the constraint:

      ```python
      op.execute("UPDATE users SET phone = '' WHERE phone IS NULL")
      op.alter_column("users", "phone", nullable=False)
      ```

      ## Examples

      ### NOT NULL is put back

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("phone", sa.Text(), nullable=False))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.alter_column("users", "phone", nullable=True)

      def downgrade():
          op.alter_column("users", "phone", nullable=False)  # finds: downgrade-depends-on-data
      ```

      ### An index that is not unique

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("phone", sa.Text()))
          op.create_index("ix_users_phone", "users", ["phone"])

      def downgrade():
          op.drop_index("ix_users_phone", table_name="users")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_users_phone", table_name="users")

      def downgrade():
          op.create_index("ix_users_phone", "users", ["phone"])
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (note text);
      INSERT INTO orders VALUES (NULL);
      -- when
      ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
      -- then error: 23502
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (customer_id integer);
      INSERT INTO orders VALUES (1);
      -- when
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);
      -- then error: 23503
      ```

      ```sql
      -- given
      CREATE TABLE orders (note text);
      INSERT INTO orders VALUES ('a'), ('a');
      -- when
      ALTER TABLE orders ADD CONSTRAINT uq_note UNIQUE (note);
      -- then error: 23505
      ```

      ```sql
      -- given
      CREATE TABLE orders (size integer);
      INSERT INTO orders VALUES (0);
      -- when
      ALTER TABLE orders ADD CONSTRAINT has_size CHECK (size > 0);
      -- then error: 23514
      ```

      ```sql
      -- given
      CREATE TABLE orders (note varchar(20));
      INSERT INTO orders VALUES ('a long note');
      -- when
      ALTER TABLE orders ALTER COLUMN note TYPE varchar(5);
      -- then error: 22001
      ```

      ```sql
      -- given
      CREATE TABLE orders (number bigint);
      INSERT INTO orders VALUES (3000000000);
      -- when
      ALTER TABLE orders ALTER COLUMN number TYPE integer;
      -- then error: 22003
      ```

      ```sql
      -- given
      CREATE TABLE orders (number text);
      INSERT INTO orders VALUES ('none');
      -- when
      ALTER TABLE orders ALTER COLUMN number TYPE integer USING number::integer;
      -- then error: 22P02
      ```

      ## References

      - [PostgreSQL error codes](https://www.postgresql.org/docs/15/errcodes-appendix.html)
      """#
    case "downgrade-fails":
      #"""
      ---
      name: downgrade-fails
      severity: error
      directions: [downgrade]
      ---

      # downgrade-fails

      ## Condition

      A statement of the downgrade is certain to fail after its upgrade: the object is not there, the name is taken, another
      object depends on it, `CONCURRENTLY` stands inside the transaction, a type cannot be cast.

      ## Effect

      `alembic downgrade` stops with PostgreSQL's error, and the transaction is rolled back.

      ## Workaround

      Mend the name or the order:

      ```python
      def upgrade():
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_index("ix_orders_note", table_name="orders")
      ```

      and run it once on a copy of the database: `alembic upgrade head`, `alembic downgrade -1`, and up again.

      ## Examples

      ### Another name than the upgrade's

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_index("orders_note_index", table_name="orders")  # finds: downgrade-fails
          op.drop_table("orders")
      ```

      ### The right name

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_index("ix_orders_note", table_name="orders")
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      ALTER TABLE orders DROP COLUMN note;
      -- then error: 42703
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      CREATE TABLE orders (id integer);
      -- then error: 42P07
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE VIEW notes AS SELECT note FROM orders;
      -- when
      ALTER TABLE orders DROP COLUMN note;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      CREATE INDEX ix_orders_id ON orders (id);
      -- when
      DROP INDEX CONCURRENTLY ix_orders_id;
      -- then error: 25001
      ```

      ```sql
      -- given
      CREATE TABLE orders (number text);
      -- when
      ALTER TABLE orders ALTER COLUMN number TYPE integer;
      -- then error: 42804
      ```

      ## References

      - [PostgreSQL error codes](https://www.postgresql.org/docs/15/errcodes-appendix.html)
      """#
    case "downgrade-not-inverse":
      #"""
      ---
      name: downgrade-not-inverse
      severity: error
      directions: [downgrade]
      ---

      # downgrade-not-inverse

      ## Condition

      The downgrade does something, and the schema after it is not the one before the upgrade: an object is left
      behind, missing, or has another form. Each difference is named.

      ## Effect

      What is left behind makes the next upgrade fail (`already exists`); what is missing or different breaks the code that
      the database was taken back for. Enum types, their values and sequences that stay have rules of their own.

      ## Workaround

      Take back in the reverse order what the upgrade did, and drop types that it created:

      ```python
      def downgrade():
          op.drop_table("orders")
          sa.Enum(name="order_state").drop(op.get_bind())
      ```

      ## Examples

      ### An index is missing

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_note", table_name="orders")
          op.add_column("orders", sa.Column("number", sa.Integer()))

      def downgrade():  # finds: downgrade-not-inverse
          op.drop_column("orders", "number")
      ```

      ### Everything is taken back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_index("ix_orders_id", "orders", ["id"])

      def downgrade():
          op.drop_index("ix_orders_id", table_name="orders")
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE INDEX ix_orders_note ON orders (note);
      -- when
      CREATE INDEX ix_orders_note ON orders (note);
      -- then error: 42P07
      ```

      ## References

      - [Alembic: tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "downgrade-raises":
      #"""
      ---
      name: downgrade-raises
      severity: error
      directions: [downgrade]
      ---

      # downgrade-raises

      ## Condition

      The downgrade ends in a `raise`: its author declares that there is no way back.

      ## Effect

      `alembic downgrade` stops here with the exception; the transaction is rolled back. Nothing is lost, and nothing
      goes further back than this revision.

      ## Workaround

      If there is a way back, write it. If not, the raise is right; acknowledge the finding with the reason:

      ```python
      def downgrade():
          raise NotImplementedError("the addresses were merged")  # backout: allow downgrade-raises -- merged addresses cannot be told apart
      ```

      ## Examples

      ### A declared end

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY)")

      def downgrade():
          raise NotImplementedError("no way back")  # finds: downgrade-raises
      ```

      ### A raise that is not reached

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY)")

      def downgrade():
          if False:
              raise NotImplementedError("no way back")
          op.execute("DROP TABLE orders")
      ```

      ## References

      - [Alembic cookbook](https://alembic.sqlalchemy.org/en/latest/cookbook.html)
      """#
    case "drop-column":
      #"""
      ---
      name: drop-column
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-column

      ## Condition

      A statement drops a column. It is an error where the column existed before the revision's upgrade: in
      `upgrade`, or in a `downgrade` that drops more than its upgrade added. It is information where a downgrade
      drops the column that its own upgrade added: only what was written since can be lost.

      ## Effect

      The values are gone when the transaction commits; a downgrade that adds the column again adds it empty. With
      the column go its indexes, its constraints also where they span other columns, and its statistics. PostgreSQL
      takes an `ACCESS EXCLUSIVE` lock on the table, for a moment: the table is not rewritten. Code that still reads
      or writes the column fails from then on.

      ## Workaround

      Stop using the column in one release and drop it in a later one, when no rollback across it is wanted any
      more. Keep a copy if the values may be needed again:

      ```python
      op.execute("CREATE TABLE orders_note_backup AS SELECT id, note FROM orders WHERE note IS NOT NULL")
      op.drop_column("orders", "note")
      ```

      ## Examples

      ### A column that held values goes

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "note")  # finds: drop-column

      def downgrade():
          op.add_column("orders", sa.Column("note", sa.Text()))
      ```

      ### The downgrade drops what the upgrade added

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_column("orders", "note")  # finds: drop-column
      ```

      ### A column that the same step added

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("scratch", sa.Text()))
          op.drop_column("orders", "scratch")

      def downgrade():
          op.add_column("orders", sa.Column("scratch", sa.Text()))
          op.drop_column("orders", "scratch")
      ```

      ### Raw SQL, and words that are no statement

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          """ALTER TABLE orders DROP COLUMN note"""
          op.execute("COMMENT ON TABLE orders IS 'ALTER TABLE orders DROP COLUMN note'")
          op.execute("ALTER TABLE orders DROP COLUMN note")  # finds: drop-column

      def downgrade():
          op.execute("ALTER TABLE orders ADD COLUMN note text")
          op.execute("COMMENT ON TABLE orders IS NULL")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      CREATE INDEX ix_orders_note ON orders (note);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders DROP COLUMN note;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      -- then result: SELECT count(*) FROM pg_indexes WHERE indexname = 'ix_orders_note' => 0
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders DROP COLUMN note;
      ALTER TABLE orders ADD COLUMN note text;
      -- then lock: orders AccessExclusive
      -- then result: SELECT count(note) FROM orders => 0
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders DROP COLUMN note;
      -- when
      UPDATE orders SET note = '';
      -- then error: 42703
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP COLUMN`
      """#
    case "drop-column-drops-constraint":
      #"""
      ---
      name: drop-column-drops-constraint
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # drop-column-drops-constraint

      ## Condition

      A dropped column is part of a primary key, unique or exclusion constraint, foreign key, check or unique index from before the revision's upgrade that spans other columns too. Silent where the constraint is about this column alone.

      ## Effect

      PostgreSQL drops the whole constraint without a word, not only the column's part in it. From then on the other columns may hold what it forbade, and the downgrade that creates it again fails on such rows (23505, 23514).

      ## Workaround

      Drop the constraint by name first, and decide what is to hold for the columns that remain.

      ```python
      op.drop_constraint("uq_orders_shop_number", "orders")
      op.create_unique_constraint("uq_orders_number", "orders", ["number"])
      op.drop_column("orders", "shop")
      ```

      ## Examples

      ### A unique constraint over two columns

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, shop integer, number integer, CONSTRAINT uq_number UNIQUE (shop, number))")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "shop")  # finds: drop-column-drops-constraint

      def downgrade():
          op.add_column("orders", sa.Column("shop", sa.Integer()))
          op.create_unique_constraint("uq_number", "orders", ["shop", "number"])
      ```

      ### A constraint of the column alone

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, number integer, CONSTRAINT uq_number UNIQUE (number))")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "number")

      def downgrade():
          op.add_column("orders", sa.Column("number", sa.Integer()))
          op.create_unique_constraint("uq_number", "orders", ["number"])
      ```

      ### In the downgrade, where IF NOT EXISTS found the column

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, shop integer, number integer, CONSTRAINT uq_number UNIQUE (shop, number))")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD COLUMN IF NOT EXISTS shop integer")

      def downgrade():
          op.drop_column("orders", "shop")  # finds: drop-column-drops-constraint
      ```

      ### A constraint that came with the column

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, number integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("shop", sa.Integer()))
          op.create_unique_constraint("uq_number", "orders", ["shop", "number"])

      def downgrade():
          op.drop_column("orders", "shop")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (shop integer, number integer, CONSTRAINT uq_number UNIQUE (shop, number));
      INSERT INTO orders VALUES (1, 1), (1, 2);
      -- when
      ALTER TABLE orders DROP COLUMN number;
      -- then lock: orders AccessExclusive
      -- then no scan
      -- then result: SELECT count(*) FROM pg_constraint WHERE conname = 'uq_number' => 0
      ```

      ```sql
      -- given
      CREATE TABLE orders (shop integer, number integer, CONSTRAINT uq_number UNIQUE (shop, number));
      INSERT INTO orders VALUES (1, 1), (1, 2);
      ALTER TABLE orders DROP COLUMN number;
      ALTER TABLE orders ADD COLUMN number integer NOT NULL DEFAULT 0;
      -- when
      ALTER TABLE orders ADD CONSTRAINT uq_number UNIQUE (shop, number);
      -- then error: 23505
      ```

      ```sql
      -- given
      CREATE TABLE orders (low integer, high integer, CONSTRAINT in_order CHECK (low < high));
      ALTER TABLE orders DROP COLUMN high;
      INSERT INTO orders VALUES (5);
      ALTER TABLE orders ADD COLUMN high integer NOT NULL DEFAULT 0;
      -- when
      ALTER TABLE orders ADD CONSTRAINT in_order CHECK (low < high);
      -- then error: 23514
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP COLUMN`
      """#
    case "drop-default":
      #"""
      ---
      name: drop-default
      severity: warning
      directions: [upgrade]
      ---

      # drop-default

      ## Condition

      `DROP DEFAULT`, or `DROP IDENTITY`, on a `NOT NULL` column that existed before the revision's upgrade.

      ## Effect

      INSERTs of code from before that leave the column out fail (23502).

      ## Workaround

      Release code that always writes a value first, and this revision after it.

      ```python
      op.alter_column("orders", "state", server_default=None)  # in a later release
      ```

      ## Examples

      ### The default is gone

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", server_default=None)  # finds: drop-default

      def downgrade():
          op.alter_column("orders", "state", server_default="open")
      ```

      ### It comes back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", server_default=None)
          op.alter_column("orders", "state", server_default="open")

      def downgrade():
              pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, state text NOT NULL DEFAULT 'open'); ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
      -- when
      INSERT INTO orders (id) VALUES (1);
      -- then error: 23502
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP DEFAULT`
      """#
    case "drop-extension-cascade":
      #"""
      ---
      name: drop-extension-cascade
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-extension-cascade

      ## Condition

      `DROP EXTENSION … CASCADE`. It is an error where the history shows columns from before that go along, else a warning.

      ## Effect

      Everything that uses the extension goes with it: columns of its types with their values, indexes with its operator classes, functions and views that call it. Without `CASCADE` the statement fails (2BP01) while anything uses it.

      ## Workaround

      Change or drop what uses the extension by name, then drop it without `CASCADE`.

      ```python
      op.execute("ALTER TABLE users ALTER COLUMN email TYPE text")
      op.execute("DROP EXTENSION citext")
      ```

      ## Examples

      ### Columns may go along

      ```python
      def upgrade():
          op.execute("CREATE EXTENSION citext")
          op.execute("CREATE TABLE users (id integer PRIMARY KEY, email citext)")

      def downgrade():
          op.execute("DROP TABLE users")
          op.execute("DROP EXTENSION citext")
      ```

      ```python
      def upgrade():
          op.execute("DROP EXTENSION citext CASCADE")  # finds: drop-extension-cascade

      def downgrade():
          op.execute("CREATE EXTENSION citext")
      ```

      ### Without CASCADE

      ```python
      def upgrade():
          op.execute("CREATE EXTENSION citext")
          op.execute("CREATE TABLE users (id integer PRIMARY KEY, email citext)")

      def downgrade():
          op.execute("DROP TABLE users")
          op.execute("DROP EXTENSION citext")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE users ALTER COLUMN email TYPE text")
          op.execute("DROP EXTENSION citext")

      def downgrade():
          op.execute("CREATE EXTENSION citext")
          op.execute("ALTER TABLE users ALTER COLUMN email TYPE citext")
      ```

      ### In the downgrade, where the upgrade changed a column

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("CREATE EXTENSION citext")
          op.execute("ALTER TABLE users ALTER COLUMN email TYPE citext")

      def downgrade():
          op.execute("DROP EXTENSION citext CASCADE")  # finds: drop-extension-cascade
      ```

      ## Claims

      ```sql
      -- given
      CREATE EXTENSION citext;
      CREATE TABLE people (id integer, name citext);
      -- when
      DROP EXTENSION citext;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE EXTENSION citext;
      CREATE TABLE people (id integer, name citext);
      -- when
      DROP EXTENSION citext CASCADE;
      -- then lock: people AccessExclusive
      -- then result: SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attname = 'name' => 0
      ```

      ## References

      - [DROP EXTENSION](https://www.postgresql.org/docs/15/sql-dropextension.html)
      """#
    case "drop-foreign-key-locks-parent":
      #"""
      ---
      name: drop-foreign-key-locks-parent
      severity: info
      directions: [upgrade, downgrade]
      ---

      # drop-foreign-key-locks-parent

      ## Condition

      A foreign key goes, by itself or with its column or table, and the table that it refers to existed before the step and
      stays.

      ## Effect

      PostgreSQL takes `ACCESS EXCLUSIVE` on both tables: reads and writes of the table that the foreign key refers to wait
      as well, until the transaction ends. The statement is short, but it waits for every transaction that uses one of the
      two, and everybody else waits behind it.

      ## Workaround

      A limit for waiting before it, and one revision for each foreign key to a busy table, so that few locks are held
      together:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.drop_constraint("fk_orders_customer", "orders", type_="foreignkey")
      ```

      ## Examples

      ### The downgrade drops the table

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))

      def downgrade():
          op.drop_table("orders")  # finds: drop-foreign-key-locks-parent
      ```

      ### The foreign key alone

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))

      def downgrade():
          op.drop_table("orders")  # finds: drop-foreign-key-locks-parent
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders DROP CONSTRAINT fk_orders_customer")  # finds: drop-foreign-key-locks-parent

      def downgrade():
          op.create_foreign_key("fk_orders_customer", "orders", "customers", ["customer_id"], ["id"])
      ```

      ### Both tables go

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")
          op.drop_table("customers")

      def downgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);
      -- when
      ALTER TABLE orders DROP CONSTRAINT fk;
      -- then lock: orders AccessExclusive
      -- then lock: customers AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer);
      INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
      INSERT INTO orders SELECT n, n FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);
      -- when
      DROP TABLE orders;
      -- then lock: orders AccessExclusive
      -- then lock: customers AccessExclusive
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      - [DROP TABLE](https://www.postgresql.org/docs/15/sql-droptable.html)
      """#
    case "drop-function":
      #"""
      ---
      name: drop-function
      severity: warning
      directions: [upgrade]
      ---

      # drop-function

      ## Condition

      A function or procedure that existed before the revision's upgrade is dropped or renamed, and none of its name and arguments is there after it.

      ## Effect

      Code from before that calls it fails (42883).

      ## Workaround

      Stop calling it in one release, and drop it in a later one.

      ```python
      op.execute("DROP FUNCTION one()")
      ```

      ## Examples

      ### Gone

      ```python
      def upgrade():
          op.execute("CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$")

      def downgrade():
          op.execute("DROP FUNCTION one()")
      ```

      ```python
      def upgrade():
          op.execute("DROP FUNCTION one()")  # finds: drop-function

      def downgrade():
          op.execute("CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$")
      ```

      ### Another body

      ```python
      def upgrade():
          op.execute("CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$")

      def downgrade():
          op.execute("DROP FUNCTION one()")
      ```

      ```python
      def upgrade():
          op.execute("DROP FUNCTION one()")
          op.execute("CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$")

      def downgrade():
              pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      SELECT no_such_function();
      -- then error: 42883
      ```

      ## References

      - [DROP FUNCTION](https://www.postgresql.org/docs/15/sql-dropfunction.html)
      """#
    case "drop-function-cascade":
      #"""
      ---
      name: drop-function-cascade
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # drop-function-cascade

      ## Condition

      `DROP FUNCTION … CASCADE`, where triggers, policies, views or columns from before the revision's upgrade go along.

      ## Effect

      What calls the function is dropped without being named. A trigger that is gone keeps no row right any more, and nothing fails that would show it. PostgreSQL takes `ACCESS EXCLUSIVE` on the table of a trigger.

      ## Workaround

      Drop by name what calls it; or replace the function by one that does nothing.

      ```python
      op.execute("DROP TRIGGER touched ON orders")
      op.execute("DROP FUNCTION touch()")
      ```

      ## Examples

      ### A trigger goes along

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION touch()")
      ```

      ```python
      def upgrade():
          op.execute("DROP FUNCTION touch() CASCADE")  # finds: drop-function-cascade

      def downgrade():
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
      ```

      ### By name

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION touch()")
      ```

      ```python
      def upgrade():
          op.execute("DROP TRIGGER touched ON orders")
          op.execute("DROP FUNCTION touch()")

      def downgrade():
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")
      ```

      ### In the downgrade, where the upgrade replaced the function

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("at", sa.DateTime()))
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP FUNCTION touch()")
      ```

      ```python
      def upgrade():
          op.execute("CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$")

      def downgrade():
          op.execute("DROP FUNCTION touch() CASCADE")  # finds: drop-function-cascade
      ```

      ### The upgrade's own trigger

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")

      def downgrade():
          op.execute("DROP FUNCTION touch() CASCADE")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      -- when
      DROP FUNCTION touch();
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      -- when
      DROP FUNCTION touch() CASCADE;
      -- then lock: orders AccessExclusive
      ```

      ## References

      - [DROP FUNCTION](https://www.postgresql.org/docs/15/sql-dropfunction.html)
      """#
    case "drop-index-not-concurrent":
      #"""
      ---
      name: drop-index-not-concurrent
      severity: info
      directions: [upgrade, downgrade]
      ---

      # drop-index-not-concurrent

      ## Condition

      `DROP INDEX` without `CONCURRENTLY` of an index whose table existed before the step and stays. Silent where the table
      goes too.

      ## Effect

      PostgreSQL takes `ACCESS EXCLUSIVE` on the index and on its table: reads and writes wait. The statement is short, but
      it waits for every transaction that uses the table, everybody else waits behind it, and Alembic's transaction holds
      the lock until its end.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ## Examples

      ### An index of a table in use

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_orders_note", table_name="orders")  # finds: drop-index-not-concurrent

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ### The downgrade drops what the upgrade built

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          op.execute("DROP INDEX ix_orders_note")  # finds: drop-index-not-concurrent
      ```

      ### The table goes too

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_index("ix_orders_note", table_name="orders")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_orders_note", table_name="orders")
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE INDEX ix_orders_note ON orders (note);
      -- when
      DROP INDEX ix_orders_note;
      -- then lock: orders AccessExclusive
      -- then index lock: ix_orders_note AccessExclusive
      -- then no scan
      ```

      ## References

      - [DROP INDEX](https://www.postgresql.org/docs/15/sql-dropindex.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      """#
    case "drop-index-of-unique":
      #"""
      ---
      name: drop-index-of-unique
      severity: warning
      directions: [upgrade]
      ---

      # drop-index-of-unique

      ## Condition

      A unique index, unique constraint or primary key from before the revision's upgrade is dropped in `upgrade`, and no other key over the same columns is there after it.

      ## Effect

      Nothing keeps duplicates out any more. Once there are any, the downgrade cannot create the index again (23505). `INSERT … ON CONFLICT` on its columns fails at once (42P10).

      ## Workaround

      Create what takes its place before dropping it; or be sure that the code keeps duplicates out.

      ```python
      op.create_index("uq_email_lower", "users", [sa.text("lower(email)")], unique=True)
      op.drop_constraint("uq_email", "users")
      ```

      ## Examples

      ### Duplicates may come in

      ```python
      def upgrade():
          op.execute("CREATE TABLE users (id integer PRIMARY KEY, email text, CONSTRAINT uq_email UNIQUE (email))")

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.drop_constraint("uq_email", "users")  # finds: drop-index-of-unique

      def downgrade():
          op.create_unique_constraint("uq_email", "users", ["email"])
      ```

      ### An index takes the place of the constraint

      ```python
      def upgrade():
          op.execute("CREATE TABLE users (id integer PRIMARY KEY, email text, CONSTRAINT uq_email UNIQUE (email))")

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.create_index("ix_email", "users", ["email"], unique=True)
          op.drop_constraint("uq_email", "users")

      def downgrade():
          op.create_unique_constraint("uq_email", "users", ["email"])
          op.drop_index("ix_email")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE users (email text); INSERT INTO users VALUES ('a'), ('a');
      -- when
      ALTER TABLE users ADD CONSTRAINT uq_email UNIQUE (email);
      -- then error: 23505
      ```

      ```sql
      -- given
      CREATE TABLE users (email text);
      -- when
      INSERT INTO users VALUES ('a') ON CONFLICT (email) DO NOTHING;
      -- then error: 42P10
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP CONSTRAINT`
      - [INSERT](https://www.postgresql.org/docs/15/sql-insert.html), `ON CONFLICT`
      """#
    case "drop-not-null":
      #"""
      ---
      name: drop-not-null
      severity: warning
      directions: [upgrade]
      ---

      # drop-not-null

      ## Condition

      `DROP NOT NULL` on a column that existed before the revision's upgrade.

      ## Effect

      As soon as something writes NULL, code from before reads it where there was none, and the downgrade's `SET NOT NULL` fails (23502).

      ## Workaround

      Release code that reads NULL first, and write none before that release is sure to stay.

      ```python
      op.alter_column("orders", "state", nullable=True)
      ```

      ## Examples

      ### NULL is allowed

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", nullable=True)  # finds: drop-not-null

      def downgrade():
          op.alter_column("orders", "state", nullable=False)
      ```

      ### It was allowed already

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", nullable=True)

      def downgrade():
              pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); INSERT INTO orders VALUES (1);
      -- when
      ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
      -- then error: 23502
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP NOT NULL`
      """#
    case "drop-schema":
      #"""
      ---
      name: drop-schema
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-schema

      ## Condition

      `DROP SCHEMA` of a schema that existed before the revision's upgrade, or with `CASCADE` where something from before is in
      it. It is an error where `CASCADE` takes tables along, a warning where the schema is empty as far as the history tells. In
      a downgrade it is information where the schema and its tables are of its own upgrade.

      ## Effect

      With `CASCADE` every table, view, type and function in the schema goes, with all rows. Without it the statement fails (2BP01) while anything is in it. Code that names the schema fails from then on.

      ## Workaround

      Drop the tables by name, each when nothing goes back across it, and the schema last, without `CASCADE`.

      ```python
      op.drop_table("orders", schema="shop")
      op.execute("DROP SCHEMA shop")
      ```

      ## Examples

      ### All that is in a schema goes

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("CREATE TABLE shop.orders (id integer PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE shop.orders")
          op.execute("DROP SCHEMA shop")
      ```

      ```python
      def upgrade():
          op.execute("DROP SCHEMA shop CASCADE")  # finds: drop-schema

      def downgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("CREATE TABLE shop.orders (id integer PRIMARY KEY)")
      ```

      ### A schema of the same revision

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("CREATE TABLE shop.orders (id integer PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE shop.orders")
          op.execute("DROP SCHEMA shop")
      ```

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA scratch")
          op.execute("CREATE TABLE scratch.numbers AS SELECT id FROM shop.orders")
          op.execute("DROP SCHEMA scratch CASCADE")

      def downgrade():
          pass
      ```

      ### In the downgrade, with a table that the upgrade moved

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("ALTER TABLE orders SET SCHEMA shop")

      def downgrade():
          op.execute("DROP SCHEMA shop CASCADE")  # finds: drop-schema
      ```

      ## Claims

      ```sql
      -- given
      CREATE SCHEMA shop; CREATE TABLE shop.orders (id integer);
      -- when
      DROP SCHEMA shop;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE SCHEMA shop;
      CREATE TABLE shop.orders (id integer);
      -- when
      DROP SCHEMA shop CASCADE;
      -- then lock: orders AccessExclusive
      -- then result: SELECT to_regclass('shop.orders') IS NULL => true
      ```

      ## References

      - [DROP SCHEMA](https://www.postgresql.org/docs/15/sql-dropschema.html)
      """#
    case "drop-sequence":
      #"""
      ---
      name: drop-sequence
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-sequence

      ## Condition

      `DROP SEQUENCE` of a sequence that existed before the revision's upgrade. Silent where it goes along with its column or table, which says enough.

      ## Effect

      The last number is forgotten. A sequence that is created again starts at 1, and the next INSERT that takes a number from it meets a key that exists (23505).

      ## Workaround

      Keep it; or set it where it is created again:

      ```python
      op.execute("CREATE SEQUENCE order_numbers")
      op.execute("SELECT setval('order_numbers', (SELECT max(number) FROM orders))")
      ```

      ## Examples

      ### Numbers that were given out

      ```python
      def upgrade():
          op.execute("CREATE SEQUENCE order_numbers")

      def downgrade():
          op.execute("DROP SEQUENCE order_numbers")
      ```

      ```python
      def upgrade():
          op.execute("DROP SEQUENCE order_numbers")  # finds: drop-sequence

      def downgrade():
          op.execute("CREATE SEQUENCE order_numbers")
      ```

      ### A sequence of the same revision

      ```python
      def upgrade():
          op.execute("CREATE SEQUENCE order_numbers")

      def downgrade():
          op.execute("DROP SEQUENCE order_numbers")
      ```

      ### In the downgrade, where IF NOT EXISTS found the sequence

      ```python
      def upgrade():
          op.execute("CREATE SEQUENCE order_numbers")

      def downgrade():
          op.execute("DROP SEQUENCE order_numbers")
      ```

      ```python
      def upgrade():
          op.execute("CREATE SEQUENCE IF NOT EXISTS order_numbers")

      def downgrade():
          op.execute("DROP SEQUENCE order_numbers")  # finds: drop-sequence
      ```

      ### It goes along with its column

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, number serial)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "number")

      def downgrade():
          op.execute("ALTER TABLE orders ADD COLUMN number serial")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY); INSERT INTO orders VALUES (1); CREATE SEQUENCE order_numbers;
      -- when
      INSERT INTO orders VALUES (nextval('order_numbers'));
      -- then error: 23505
      ```

      ## References

      - [DROP SEQUENCE](https://www.postgresql.org/docs/15/sql-dropsequence.html)
      """#
    case "drop-table":
      #"""
      ---
      name: drop-table
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-table

      ## Condition

      A statement drops a table. It is an error where the table existed before the revision's upgrade; it is
      information where a downgrade drops the table that its own upgrade created.

      ## Effect

      All rows are gone, and with them indexes, constraints, triggers and owned sequences. A downgrade can create the
      table again, not its rows. PostgreSQL takes `ACCESS EXCLUSIVE` on the table and on every table that its foreign
      keys refer to. Without `CASCADE` the statement fails while a view or a foreign key of another table depends on it.

      ## Workaround

      Rename the table instead, and drop it in a later release when nothing goes back across it any more:

      ```python
      op.rename_table("orders", "orders_retired")
      ```

      ## Examples

      ### A table with rows goes

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")  # finds: drop-table
      ```

      ```python
      def upgrade():
          op.drop_table("orders")  # finds: drop-table

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
      ```

      ### A table that the same step created

      ```python
      def upgrade():
          op.create_table("scratch", sa.Column("id", sa.Integer(), primary_key=True))
          op.drop_table("scratch")

      def downgrade():
          op.create_table("scratch", sa.Column("id", sa.Integer(), primary_key=True))
          op.drop_table("scratch")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id));
      CREATE SEQUENCE order_numbers OWNED BY orders.id;
      -- when
      DROP TABLE orders;
      -- then lock: orders AccessExclusive
      -- then lock: customers AccessExclusive
      -- then result: SELECT count(*) FROM pg_class WHERE relname = 'order_numbers' => 0
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id));
      -- when
      DROP TABLE customers;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      CREATE VIEW numbers AS SELECT id FROM orders;
      -- when
      DROP TABLE orders;
      -- then error: 2BP01
      ```

      ## References

      - [DROP TABLE](https://www.postgresql.org/docs/15/sql-droptable.html)
      """#
    case "drop-table-cascade":
      #"""
      ---
      name: drop-table-cascade
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-table-cascade

      ## Condition

      `DROP TABLE … CASCADE`, where foreign keys, views or tables from before the revision's upgrade go along. It is an error where tables or columns go along, else a warning.

      ## Effect

      Foreign keys of other tables that refer to the table, and views that read it, are dropped without being named. The downgrade brings back the table at best, and nobody notices that a foreign key is missing. PostgreSQL takes `ACCESS EXCLUSIVE` on every table that loses something.

      ## Workaround

      Drop by name what depends on the table; then the other direction shows what it must create again.

      ```python
      op.drop_constraint("orders_user_id_fkey", "orders")
      op.drop_table("users")
      ```

      ## Examples

      ### A foreign key goes along

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE users CASCADE")  # finds: drop-table-cascade

      def downgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
      ```

      ### Nothing depends on the table

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE orders CASCADE")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
      ```

      ### In the downgrade, with a view that the upgrade replaced

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_table("archive", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE OR REPLACE VIEW notes AS SELECT id, note FROM orders UNION ALL SELECT id, note FROM archive")

      def downgrade():
          op.execute("DROP TABLE archive CASCADE")  # finds: drop-table-cascade
      ```

      ### The upgrade's own foreign key

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_foreign_key("orders_user_id_fkey", "orders", "users", ["user_id"], ["id"])

      def downgrade():
          op.execute("DROP TABLE users CASCADE")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE orders (user_id integer REFERENCES users);
      -- when
      DROP TABLE users;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE orders (user_id integer REFERENCES users);
      -- when
      DROP TABLE users CASCADE;
      -- then lock: orders AccessExclusive
      -- then lock: users AccessExclusive
      ```

      ## References

      - [DROP TABLE](https://www.postgresql.org/docs/15/sql-droptable.html)
      """#
    case "drop-type":
      #"""
      ---
      name: drop-type
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # drop-type

      ## Condition

      `DROP TYPE` of a type that existed before the revision's upgrade, where no column goes along (see `drop-type-cascade`). Silent where the upgrade renames the type and builds another of its name.

      ## Effect

      Code that casts to the type fails (42704). While a column uses the type the statement itself fails (2BP01).

      ## Workaround

      Change the columns that use it first, and let the other direction create it again with the same labels.

      ```python
      op.execute("ALTER TABLE people ALTER COLUMN mood TYPE text USING mood::text")
      op.execute("DROP TYPE mood")
      ```

      ## Examples

      ### A type from before

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("DROP TYPE mood")  # finds: drop-type

      def downgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
      ```

      ### The type is built anew

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY, mood mood)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood RENAME TO mood_old")
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad', 'glad')")
          op.execute("ALTER TABLE people ALTER COLUMN mood TYPE mood USING mood::text::mood")
          op.execute("DROP TYPE mood_old")

      def downgrade():
          op.execute("ALTER TYPE mood RENAME TO mood_new")
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("ALTER TABLE people ALTER COLUMN mood TYPE mood USING mood::text::mood")
          op.execute("DROP TYPE mood_new")
      ```

      ### In the downgrade, which drops more than its upgrade created

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE people ADD COLUMN mood mood")

      def downgrade():
          op.execute("ALTER TABLE people DROP COLUMN mood")
          op.execute("DROP TYPE mood")  # finds: drop-type
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (mood mood);
      -- when
      DROP TYPE mood;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      -- when
      SELECT 'ok'::mood;
      -- then error: 42704
      ```

      ## References

      - [DROP TYPE](https://www.postgresql.org/docs/15/sql-droptype.html)
      """#
    case "drop-type-cascade":
      #"""
      ---
      name: drop-type-cascade
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-type-cascade

      ## Condition

      `DROP TYPE … CASCADE`, where columns from before the revision's upgrade use the type.

      ## Effect

      Every column of the type is dropped, with its values. PostgreSQL takes `ACCESS EXCLUSIVE` on the tables whose columns go.

      ## Workaround

      Change the columns to `text` first, drop the type without `CASCADE`.

      ```python
      op.execute("ALTER TABLE people ALTER COLUMN mood TYPE text USING mood::text")
      op.execute("DROP TYPE mood")
      ```

      ## Examples

      ### The columns go along

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY, mood mood)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("DROP TYPE mood CASCADE")  # finds: drop-type-cascade

      def downgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("ALTER TABLE people ADD COLUMN mood mood")
      ```

      ### No column uses it

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("DROP TYPE mood CASCADE")

      def downgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
      ```

      ### In the downgrade, where the upgrade changed a column

      ```python
      def upgrade():
          op.create_table("people", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("mood", sa.Text()))

      def downgrade():
          op.drop_table("people")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("ALTER TABLE people ALTER COLUMN mood TYPE mood USING mood::mood")

      def downgrade():
          op.execute("DROP TYPE mood CASCADE")  # finds: drop-type-cascade
      ```

      ### The upgrade's own column

      ```python
      def upgrade():
          op.create_table("people", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("people")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("ALTER TABLE people ADD COLUMN mood mood")

      def downgrade():
          op.execute("DROP TYPE mood CASCADE")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (mood mood);
      -- when
      DROP TYPE mood;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE people (id integer, mood mood);
      -- when
      DROP TYPE mood CASCADE;
      -- then lock: people AccessExclusive
      -- then no rewrite
      -- then result: SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attname = 'mood' => 0
      ```

      ## References

      - [DROP TYPE](https://www.postgresql.org/docs/15/sql-droptype.html)
      """#
    case "drop-view":
      #"""
      ---
      name: drop-view
      severity: warning
      directions: [upgrade]
      ---

      # drop-view

      ## Condition

      A view that existed before the revision's upgrade is dropped by name and not created again.

      ## Effect

      Code from before that reads it fails (42P01).

      ## Workaround

      Stop reading it in one release, and drop it in a later one.

      ```python
      op.execute("DROP VIEW notes")
      ```

      ## Examples

      ### Gone

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP VIEW notes")  # finds: drop-view

      def downgrade():
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
      ```

      ### A view of the same revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      SELECT * FROM notes;
      -- then error: 42P01
      ```

      ## References

      - [DROP VIEW](https://www.postgresql.org/docs/15/sql-dropview.html)
      """#
    case "drop-view-cascade":
      #"""
      ---
      name: drop-view-cascade
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # drop-view-cascade

      ## Condition

      `DROP VIEW … CASCADE`, where views from before the revision's upgrade go along and are not created again in it.

      ## Effect

      Views over the view are dropped without being named, and code that reads them fails (42P01).

      ## Workaround

      Drop them by name, and create them again after the view.

      ```python
      op.execute("DROP VIEW few_notes")
      op.execute("DROP VIEW notes")
      ```

      ## Examples

      ### A view over the view

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")

      def downgrade():
          op.execute("DROP VIEW few_notes")
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP VIEW notes CASCADE")  # finds: drop-view-cascade

      def downgrade():
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")
      ```

      ### Both come back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")

      def downgrade():
          op.execute("DROP VIEW few_notes")
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP VIEW notes CASCADE")
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")

      def downgrade():
          pass
      ```

      ### The upgrade's own views

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")

      def downgrade():
          op.execute("DROP VIEW notes CASCADE")
      ```

      ### The downgrade drops a view that is older

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW few_notes AS SELECT id FROM notes")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE OR REPLACE VIEW notes AS SELECT id, note, length(note) AS size FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes CASCADE")  # finds: drop-view-cascade
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer); CREATE VIEW notes AS SELECT id FROM orders; CREATE VIEW few_notes AS SELECT id FROM notes;
      -- when
      DROP VIEW notes;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      CREATE VIEW notes AS SELECT id FROM orders;
      CREATE VIEW few_notes AS SELECT id FROM notes;
      -- when
      DROP VIEW notes CASCADE;
      -- then lock: notes AccessExclusive
      -- then lock: few_notes AccessExclusive
      ```

      ## References

      - [DROP VIEW](https://www.postgresql.org/docs/15/sql-dropview.html)
      """#
    case "duplicate-revision":
      #"""
      ---
      name: duplicate-revision
      severity: warning
      directions: [upgrade]
      ---

      # duplicate-revision

      ## Condition

      Two files have the same `revision`.

      ## Effect

      Alembic takes the one that it reads last and only warns: the other's statements never run, in neither direction.

      ## Workaround

      Give one of the files an identifier of its own, and its place in the chain.

      ```python
      revision = "a1b2c3"
      down_revision = "0001"
      ```

      ## Examples

      ### Twice

      ```python
      revision = "0002"  # finds: duplicate-revision

      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      down_revision = None

      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ### In a chain

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: working with branches](https://alembic.sqlalchemy.org/en/latest/branches.html)
      """#
    case "empty-downgrade":
      #"""
      ---
      name: empty-downgrade
      severity: error
      directions: [downgrade]
      ---

      # empty-downgrade

      ## Condition

      The upgrade changes the schema or rows, and the downgrade's body is empty.

      ## Effect

      `alembic downgrade` succeeds and moves `alembic_version` back while everything that the upgrade made stays: the
      table of versions no longer says what the schema is, and the next upgrade fails on what is there already.

      ## Workaround

      Write the inverse. Where there is none, raise, so that nobody believes to have gone back:

      ```python
      def downgrade():
          raise NotImplementedError("orders.note is gone; restore it from a backup")
      ```

      ## Examples

      ### Nothing is taken back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():  # finds: empty-downgrade
          pass
      ```

      ### A merge has nothing to take back

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      CREATE TABLE orders (id integer);
      -- then error: 42P07
      ```

      ## References

      - [Alembic tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "enum-type-left-behind":
      #"""
      ---
      name: enum-type-left-behind
      severity: error
      directions: [downgrade]
      ---

      # enum-type-left-behind

      ## Condition

      An enum type that the upgrade created is there after the downgrade, which does something and comes to its end.

      ## Effect

      `op.create_table` creates the type of an `sa.Enum` column, and `op.drop_table` does not drop it. The next upgrade fails (42710), as the type is there already.

      ## Workaround

      Drop the type by hand at the end of the downgrade.

      ```python
      def downgrade():
          op.drop_table("orders")
          sa.Enum(name="order_state").drop(op.get_bind())
      ```

      ## Examples

      ### The type stays

      ```python
      def upgrade():
          op.create_table(
              "orders",
              sa.Column("id", sa.Integer(), primary_key=True),
              sa.Column("state", sa.Enum("open", "paid", name="order_state")),
          )

      def downgrade():  # finds: enum-type-left-behind
          op.drop_table("orders")
      ```

      ### The type is dropped

      ```python
      def upgrade():
          op.create_table(
              "orders",
              sa.Column("id", sa.Integer(), primary_key=True),
              sa.Column("state", sa.Enum("open", "paid", name="order_state")),
          )

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP TYPE order_state")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE order_state AS ENUM ('open');
      -- when
      CREATE TYPE order_state AS ENUM ('open');
      -- then error: 42710
      ```

      ## References

      - [Alembic issue 886](https://github.com/sqlalchemy/alembic/issues/886)
      """#
    case "enum-value-added":
      #"""
      ---
      name: enum-value-added
      severity: warning
      directions: [upgrade]
      ---

      # enum-value-added

      ## Condition

      `ALTER TYPE … ADD VALUE` on an enum type that existed before the revision's upgrade.

      ## Effect

      PostgreSQL has no `DROP VALUE`: a value stays until the type is built anew, and that fails (22P02) while a row uses the
      value. No relation is locked. Inside the transaction that adds it the value cannot be used (55P04). A downgrade that
      does nothing leaves the value behind.

      ## Workaround

      Leaving the value is harmless where the old code never reads it. Else rebuild the type in the downgrade, after moving
      the rows away from the value:

      ```python
      op.execute("UPDATE orders SET state = 'open' WHERE state = 'held'")
      op.execute("ALTER TYPE order_state RENAME TO order_state_old")
      op.execute("CREATE TYPE order_state AS ENUM ('open', 'paid')")
      op.execute("ALTER TABLE orders ALTER COLUMN state TYPE order_state USING state::text::order_state")
      op.execute("DROP TYPE order_state_old")
      ```

      ## Examples

      ### A value that stays

      ```python
      def upgrade():
          op.execute("CREATE TYPE order_state AS ENUM ('open', 'paid')")

      def downgrade():
          op.execute("DROP TYPE order_state")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("ALTER TYPE order_state ADD VALUE 'held'")  # finds: enum-value-added

      def downgrade():
          pass
      ```

      ### A type of the same upgrade

      ```python
      def upgrade():
          op.execute("CREATE TYPE order_state AS ENUM ('open', 'paid')")
          op.execute("ALTER TYPE order_state ADD VALUE 'held'")

      def downgrade():
          op.execute("DROP TYPE order_state")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE people (mood mood);
      -- when
      ALTER TYPE mood ADD VALUE 'fine';
      -- then no lock
      ```

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE people (mood mood);
      -- when
      ALTER TYPE mood ADD VALUE 'fine';
      INSERT INTO people VALUES ('fine');
      -- then error: 55P04
      ```

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok', 'fine');
      CREATE TYPE old_mood AS ENUM ('ok');
      CREATE TABLE people (mood mood);
      INSERT INTO people VALUES ('fine');
      -- when
      ALTER TABLE people ALTER COLUMN mood TYPE old_mood USING mood::text::old_mood;
      -- then error: 22P02
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "enum-value-stays":
      #"""
      ---
      name: enum-value-stays
      severity: error
      directions: [downgrade]
      ---

      # enum-value-stays

      ## Condition

      A value that the upgrade added to an enum type from before is in it after the downgrade, which does something and comes to its end.

      ## Effect

      The schema is not the one before: rows may still hold the value, which code from before does not know. The next upgrade fails (42710), unless it says `IF NOT EXISTS`.

      ## Workaround

      Say `IF NOT EXISTS` in the upgrade and leave the value, if code from before never reads it; or rebuild the type in the downgrade, after moving the rows away from the value.

      ```python
      op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad'")
      ```

      ## Examples

      ### The value stays

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.create_table("people", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.add_column("people", sa.Column("note", sa.Text()))
          op.execute("ALTER TYPE mood ADD VALUE 'glad'")

      def downgrade():  # finds: enum-value-stays
          op.drop_column("people", "note")
      ```

      ### The type is built anew

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood ADD VALUE 'glad'")

      def downgrade():
          op.execute("DROP TYPE mood")
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      -- when
      ALTER TYPE mood ADD VALUE 'ok';
      -- then error: 42710
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "enum-value-used-in-same-transaction":
      #"""
      ---
      name: enum-value-used-in-same-transaction
      severity: error
      directions: [upgrade]
      ---

      # enum-value-used-in-same-transaction

      ## Condition

      A value that `ALTER TYPE … ADD VALUE` adds is used in the same transaction. In a downgrade it is `downgrade-fails`
      that says it.

      ## Effect

      PostgreSQL refuses it (55P04): a new value can be used when the transaction that added it is committed.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh'")
      ```

      ## Examples

      ### Used at once

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY, mood mood)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh'")
          op.execute("UPDATE people SET mood = 'meh'")  # finds: enum-value-used-in-same-transaction

      def downgrade():
          pass
      ```

      ### Committed before

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("CREATE TABLE people (id integer PRIMARY KEY, mood mood)")

      def downgrade():
          op.execute("DROP TABLE people")
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh'")
          op.execute("UPDATE people SET mood = 'meh'")

      def downgrade():
          pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE people (mood mood);
      INSERT INTO people VALUES ('ok');
      -- when
      ALTER TYPE mood ADD VALUE 'fine';
      UPDATE people SET mood = 'fine';
      -- then error: 55P04
      ```

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok');
      CREATE TABLE people (mood mood);
      INSERT INTO people VALUES ('ok');
      -- when outside a transaction
      ALTER TYPE mood ADD VALUE 'fine';
      UPDATE people SET mood = 'fine';
      -- then result: SELECT mood FROM people => fine
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      """#
    case "enum-value-without-position":
      #"""
      ---
      name: enum-value-without-position
      severity: info
      directions: [upgrade]
      default: off
      ---

      # enum-value-without-position

      ## Condition

      `ALTER TYPE … ADD VALUE` without `BEFORE` or `AFTER`.

      ## Effect

      The value goes to the end of the order, by which the type sorts and compares.

      ## Workaround

      Say where it belongs.

      ```python
      op.execute("ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'")
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood ADD VALUE 'fine'")  # finds: enum-value-without-position

      def downgrade():
          raise NotImplementedError("the value stays")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'")

      def downgrade():
          raise NotImplementedError("the value stays")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE level AS ENUM ('low', 'high');
      -- when
      ALTER TYPE level ADD VALUE 'middle';
      -- then result: SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = 'level'::regtype => low,high,middle
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "environment-dependent-migration":
      #"""
      ---
      name: environment-dependent-migration
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # environment-dependent-migration

      ## Condition

      What a step does depends on something that is neither in the project's files nor in the database: an environment
      variable, an option of the command line, a file outside of the project, the dialect's driver, offline mode
      (`context.is_offline_mode()`, `as_sql`), the clock or chance. It is told once for each thing that a step depends on.
      Information where only values in rows come from the clock or from chance. Silent about values that `[environment]` or
      `[values]` of the settings tell.

      ## Effect

      `alembic_version` holds the revision and nothing else. Two databases of one revision differ where what it depends on
      differed when it ran, and nothing tells which of them has what. A downgrade takes back what the environment of that day
      says, not what was done: it drops what is not there, or leaves what nobody knows of. `--sql` shows what would be executed
      where it is called, which is not what is executed elsewhere.

      ## Workaround

      Write into the file what it does. What has to differ from place to place belongs into the application or into data that
      is loaded apart. For the time, let the server compute it:

      ```python
      op.execute("UPDATE orders SET seen_at = now()")
      ```

      A value that is the same on all databases can be told in `backout.toml`:

      ```toml
      [environment]
      SCHEMA_OWNER = "shop"
      ```

      ## Examples

      ### An environment variable decides

      ```python
      import os


      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          if os.environ.get("STAGE") == "production":  # finds: environment-dependent-migration
              op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          if os.environ.get("STAGE") == "production":  # finds: environment-dependent-migration
              op.drop_index("ix_orders_note", table_name="orders")
          op.drop_table("orders")
      ```

      ### A value, offline mode and the clock

      ```python
      import os
      from datetime import datetime

      from alembic import context


      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute(f"GRANT SELECT ON orders TO {os.environ['READER']}")  # finds: environment-dependent-migration
          op.execute(f"INSERT INTO orders VALUES (1, '{datetime.now()}')")  # finds: environment-dependent-migration

      def downgrade():
          if not context.is_offline_mode():  # finds: environment-dependent-migration
              op.execute("DELETE FROM orders")
          op.drop_table("orders")
      ```

      ### All is in the file

      ```python
      import os


      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("seen_at", sa.DateTime()))
          op.execute("INSERT INTO orders VALUES (1, now())")
          print(os.environ.get("STAGE"))

      def downgrade():
          op.drop_table("orders")
      ```

      ### The settings tell it

      ```toml
      [environment]
      STAGE = "production"
      ```

      ```python
      import os


      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          if os.environ.get("STAGE") == "production":
              op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ## References

      - [Offline mode](https://alembic.sqlalchemy.org/en/latest/offline.html)
      - [MigrationContext](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext)
      """#
    case "foreign-key-without-index":
      #"""
      ---
      name: foreign-key-without-index
      severity: info
      directions: [upgrade]
      default: off
      ---

      # foreign-key-without-index

      ## Condition

      A foreign key is added, and no index of its table begins with its columns. Off by default: the table may be small, or
      its parent's rows never deleted.

      ## Effect

      PostgreSQL makes no index for the referencing side. Deleting or changing a row of the table that the key refers to
      reads the whole referencing table.

      ## Workaround

      ```python
      op.create_index("ix_orders_customer_id", "orders", ["customer_id"])
      ```

      ## Examples

      ### No index

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))  # finds: foreign-key-without-index

      def downgrade():
          op.drop_table("orders")
      ```

      ### An index in the same upgrade

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customers.id", name="fk_orders_customer")))
          op.create_index("ix_orders_customer_id", "orders", ["customer_id"])

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (customer_id integer REFERENCES customers (id));
      INSERT INTO customers SELECT n FROM generate_series(1, 10000) AS n;
      INSERT INTO orders SELECT n FROM generate_series(2, 10000) AS n;
      ANALYZE customers, orders;
      -- when
      DELETE FROM customers WHERE id = 1;
      -- then lock: customers RowExclusive
      -- then lock: orders RowShare
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (customer_id integer REFERENCES customers (id));
      INSERT INTO customers SELECT n FROM generate_series(1, 10000) AS n;
      INSERT INTO orders SELECT n FROM generate_series(2, 10000) AS n;
      CREATE INDEX ix_orders_customer_id ON orders (customer_id);
      ANALYZE customers, orders;
      -- when
      DELETE FROM customers WHERE id = 1;
      -- then no scan
      ```

      ## References

      - [Foreign keys](https://www.postgresql.org/docs/15/ddl-constraints.html#DDL-CONSTRAINTS-FK)
      """#
    case "hash-index":
      #"""
      ---
      name: hash-index
      severity: info
      directions: [upgrade]
      default: off
      ---

      # hash-index

      ## Condition

      An index of method `hash` is created.

      ## Effect

      It serves `=` only, of one column, and cannot be unique.

      ## Workaround

      Leave the method away: a B-tree serves `=` too.

      ```python
      op.create_index("ix_a", "orders", ["a"])
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_a", "orders", ["a"], postgresql_using="hash")  # finds: hash-index

      def downgrade():
          op.drop_index("ix_a")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_a", "orders", ["a"])

      def downgrade():
          op.drop_index("ix_a")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (a integer);
      -- when
      CREATE UNIQUE INDEX ix ON orders USING hash (a);
      -- then error: 0A000
      ```

      ```sql
      -- given
      CREATE TABLE orders (a integer, b integer);
      -- when
      CREATE INDEX ix ON orders USING hash (a, b);
      -- then error: 0A000
      ```

      ## References

      - [Index Types](https://www.postgresql.org/docs/15/indexes-types.html)
      """#
    case "identifier-too-long":
      #"""
      ---
      name: identifier-too-long
      severity: info
      directions: [upgrade]
      default: off
      ---

      # identifier-too-long

      ## Condition

      A name of more than 63 bytes is given to an object.

      ## Effect

      PostgreSQL cuts it with a notice; two names that begin alike become one, and what looks for the whole name in the catalog does not find it.

      ## Workaround

      Choose a shorter name.

      ```python
      op.create_table("orders")
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id bigint PRIMARY KEY)")  # finds: identifier-too-long

      def downgrade():
          op.execute("DROP TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id bigint PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
      ```

      ## Claims

      ```sql
      -- given
      -- when
      CREATE TABLE orders_of_the_customers_who_did_not_pay_before_the_end_of_the_year (id integer);
      -- then result: SELECT count(*) FROM pg_class WHERE relname::text = 'orders_of_the_customers_who_did_not_pay_before_the_end_of_the_year' => 0
      -- then result: SELECT count(*) FROM pg_class WHERE relname::text = 'orders_of_the_customers_who_did_not_pay_before_the_end_of_the_y' => 1
      ```

      ```sql
      -- given
      CREATE TABLE orders_of_the_customers_who_did_not_pay_before_the_end_of_the_y (id integer);
      -- when
      CREATE TABLE orders_of_the_customers_who_did_not_pay_before_the_end_of_the_year (id integer);
      -- then error: 42P07
      ```

      ## References

      - [Lexical structure](https://www.postgresql.org/docs/15/sql-syntax-lexical.html)
      """#
    case "identity-always":
      #"""
      ---
      name: identity-always
      severity: warning
      directions: [upgrade]
      ---

      # identity-always

      ## Condition

      A column that existed before the revision's upgrade becomes `GENERATED ALWAYS AS IDENTITY`.

      ## Effect

      INSERTs of code from before that give a value for the column fail (428C9).

      ## Workaround

      Say `GENERATED BY DEFAULT`.

      ```python
      op.execute("ALTER TABLE orders ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY")
      ```

      ## Examples

      ### Always

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, number integer NOT NULL)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY")  # finds: identity-always

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN number DROP IDENTITY")
      ```

      ### By default

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, number integer NOT NULL)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN number DROP IDENTITY")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (number integer GENERATED ALWAYS AS IDENTITY);
      -- when
      INSERT INTO orders VALUES (1);
      -- then error: 428C9
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "if-not-exists-hides-invalid-index":
      #"""
      ---
      name: if-not-exists-hides-invalid-index
      severity: info
      directions: [upgrade, downgrade]
      ---

      # if-not-exists-hides-invalid-index

      ## Condition

      `CREATE INDEX CONCURRENTLY IF NOT EXISTS`.

      ## Effect

      A concurrent build that fails, by a duplicate (23505), a deadlock or a lost connection, leaves an index behind that is
      marked `INVALID`: queries do not use it, writes keep it up to date. `IF NOT EXISTS` looks at the name only, so the
      second attempt succeeds without doing anything.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True, if_exists=True)
          op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ## Examples

      ### The second attempt does nothing

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True, if_not_exists=True)  # finds: if-not-exists-hides-invalid-index

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True, if_not_exists=True)  # finds: if-not-exists-hides-invalid-index
      ```

      ### Dropped before

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True, if_exists=True)
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True, if_exists=True)
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (note text);
      INSERT INTO orders VALUES ('a'), ('a');
      -- when outside a transaction
      CREATE UNIQUE INDEX CONCURRENTLY uq_note ON orders (note);
      -- then error: 23505
      -- then result: SELECT indisvalid FROM pg_index WHERE indexrelid = 'uq_note'::regclass => false
      ```

      ```sql
      -- given
      CREATE TABLE orders (note text);
      INSERT INTO orders VALUES ('a'), ('a');
      -- when outside a transaction
      CREATE UNIQUE INDEX CONCURRENTLY uq_note ON orders (note);
      CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS uq_note ON orders (note);
      -- then result: SELECT indisvalid FROM pg_index WHERE indexrelid = 'uq_note'::regclass => false
      ```

      ## References

      - [Building indexes concurrently](https://www.postgresql.org/docs/15/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY)
      """#
    case "index-not-concurrent":
      #"""
      ---
      name: index-not-concurrent
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # index-not-concurrent

      ## Condition

      `CREATE INDEX` without `CONCURRENTLY` on a table that existed before the step. Silent on a table that the same step
      creates or drops, and on a temporary one.

      ## Effect

      PostgreSQL reads the whole table under a `SHARE` lock: `INSERT`, `UPDATE` and `DELETE` wait, `SELECT` does not.
      Alembic's transaction holds the lock until its end, beyond the build. With `CONCURRENTLY` the build takes `SHARE
      UPDATE EXCLUSIVE` and lets writes go on; it cannot run inside a transaction, and it is not there for a partitioned
      table.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      On a partitioned table create the index with `ON ONLY`, build one on each partition concurrently, and attach them.

      ## Examples

      ### A table that is in use

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_orders_note", "orders", ["note"])  # finds: index-not-concurrent

      def downgrade():
          op.drop_index("ix_orders_note", table_name="orders")
      ```

      ### The downgrade builds it again

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_orders_note", table_name="orders")

      def downgrade():
          op.create_index("ix_orders_note", "orders", ["note"])  # finds: index-not-concurrent
      ```

      ### Concurrently

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ### A table of the same upgrade, and words

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])
          op.execute("COMMENT ON TABLE orders IS 'CREATE INDEX x ON orders (note)'")

      def downgrade():
          op.drop_table("orders")
      ```

      ### Raw SQL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE INDEX ix_orders_note ON orders (note)")  # finds: index-not-concurrent

      def downgrade():
          op.execute("DROP INDEX ix_orders_note")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      CREATE INDEX ix_orders_note ON orders (note);
      -- then lock: orders Share
      -- then scan: orders
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when outside a transaction
      CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note);
      -- then scan: orders
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer) PARTITION BY RANGE (id);
      -- when outside a transaction
      CREATE INDEX CONCURRENTLY ix_orders_id ON orders (id);
      -- then error: 0A000
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text) PARTITION BY RANGE (id);
      CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (100);
      CREATE INDEX ix_orders_note ON ONLY orders (note);
      CREATE INDEX ix_orders_1_note ON orders_1 (note);
      -- when
      ALTER INDEX ix_orders_note ATTACH PARTITION ix_orders_1_note;
      -- then lock: orders AccessShare
      -- then lock: orders_1 AccessShare
      -- then index lock: ix_orders_note ShareUpdateExclusive
      -- then index lock: ix_orders_1_note AccessExclusive
      -- then no scan
      ```

      ## References

      - [CREATE INDEX](https://www.postgresql.org/docs/15/sql-createindex.html)
      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      """#
    case "instead-rule-added":
      #"""
      ---
      name: instead-rule-added
      severity: warning
      directions: [upgrade]
      ---

      # instead-rule-added

      ## Condition

      `CREATE RULE … DO INSTEAD` on a table that existed before the revision's upgrade.

      ## Effect

      What code from before inserts, updates or deletes is replaced by what the rule says, without an error.

      ## Workaround

      Write through a view that has the rule, and leave the table as it is.

      ```python
      op.execute("CREATE VIEW open_orders AS SELECT * FROM orders")
      op.execute("CREATE RULE keep AS ON DELETE TO open_orders DO INSTEAD NOTHING")
      ```

      ## Examples

      ### Of what was there

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, note text)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING")  # finds: instead-rule-added

      def downgrade():
          op.execute("DROP RULE keep ON orders")
      ```

      ### Of the same revision

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, note text)")
          op.execute("CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING;
      -- then lock: orders AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING;
      DELETE FROM orders;
      -- then result: SELECT count(*) FROM orders => 100
      ```

      ## References

      - [CREATE RULE](https://www.postgresql.org/docs/15/sql-createrule.html)
      """#
    case "lock-table":
      #"""
      ---
      name: lock-table
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # lock-table

      ## Condition

      `LOCK TABLE` in a mode that blocks writes, on a table that existed before the step.

      ## Effect

      The lock is held until the transaction ends, over all statements that follow, and it is taken in the order in which it
      stands, which other sessions need not share. Without a mode it is `ACCESS EXCLUSIVE`: reads wait too.

      ## Workaround

      Leave locking to the statements that need it. An advisory lock, for which no reader or writer waits, keeps two
      migrations apart:

      ```python
      op.execute("SELECT pg_advisory_xact_lock(4711)")
      ```

      Where a lock is right, limit the waiting, take the weakest mode that will do, and keep the transaction short:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("LOCK TABLE orders IN SHARE MODE")
      ```

      ## Examples

      ### Locked by hand

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("LOCK TABLE orders")  # finds: lock-table
          op.execute("UPDATE orders SET note = trim(note)")

      def downgrade():
          op.execute("LOCK TABLE orders IN SHARE MODE")  # finds: lock-table
      ```

      ### A mode that lets writes go on

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")

      def downgrade():
          op.execute("LOCK TABLE orders IN ROW EXCLUSIVE MODE")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      LOCK TABLE orders;
      -- then lock: orders AccessExclusive
      ```

      ## References

      - [LOCK](https://www.postgresql.org/docs/15/sql-lock.html)
      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      """#
    case "lock-timeout-too-late":
      #"""
      ---
      name: lock-timeout-too-late
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # lock-timeout-too-late

      ## Condition

      `lock_timeout` is set after the step has taken a lock that blocks writes on a table that existed before it.

      ## Effect

      The first statement waited for its lock without a limit, and holds it while the others wait with one.

      ## Workaround

      Set it before the first statement:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.add_column("orders", sa.Column("size", sa.Integer()))
      ```

      ## Examples

      ### After the first lock

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("SET LOCAL lock_timeout = '5s'")  # finds: lock-timeout-too-late

      def downgrade():
          op.drop_column("orders", "size")
          op.execute("SET LOCAL lock_timeout = '5s'")  # finds: lock-timeout-too-late
      ```

      ### Before the first lock, and taken back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("SET LOCAL lock_timeout = '0'")

      def downgrade():
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.drop_column("orders", "size")
          op.execute("SET LOCAL lock_timeout = '0'")
      ```

      ## References

      - [Client connection defaults](https://www.postgresql.org/docs/15/runtime-config-client.html)
      """#
    case "lock-timeout-too-long":
      #"""
      ---
      name: lock-timeout-too-long
      severity: info
      directions: [upgrade, downgrade]
      ---

      # lock-timeout-too-long

      ## Condition

      The step sets `lock_timeout` to 0 or to more than a minute, and then takes a lock that blocks writes on a table that
      existed before it.

      ## Effect

      With 0 there is no limit: it also switches off the one that the role or `env.py` has. With minutes the statement, and
      everybody behind it, waits longer than most clients do.

      ## Workaround

      A few seconds, and another attempt later:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.add_column("orders", sa.Column("size", sa.Integer()))
      ```

      ## Examples

      ### Switched off

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SET LOCAL lock_timeout = 0")  # finds: lock-timeout-too-long
          op.add_column("orders", sa.Column("size", sa.Integer()))

      def downgrade():
          op.execute("SET LOCAL lock_timeout = '5min'")  # finds: lock-timeout-too-long
          op.drop_column("orders", "size")
      ```

      ### Seconds, and switched off when all is done

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SET LOCAL lock_timeout = 3000")
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("SET LOCAL lock_timeout = 0")

      def downgrade():
          op.execute("SET LOCAL lock_timeout = '10 s'")
          op.drop_column("orders", "size")
          op.execute("SET LOCAL lock_timeout = 0")
      ```

      ## References

      - [lock_timeout](https://www.postgresql.org/docs/15/runtime-config-client.html#GUC-LOCK-TIMEOUT); units: [Setting Parameters](https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES)
      """#
    case "long-work-behind-lock":
      #"""
      ---
      name: long-work-behind-lock
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # long-work-behind-lock

      ## Condition

      `UPDATE`, `DELETE`, `INSERT … SELECT` or another query goes through the rows of a table that existed before the step,
      after the same transaction took `ACCESS EXCLUSIVE` on such a table. Said once for a transaction. Silent for conditions
      that compare columns with values, which an index may find.

      ## Effect

      The lock was short by itself; now it lasts as long as the work on the rows. Reads and writes of the locked table wait
      until the transaction ends.

      ## Workaround

      Two revisions: one for the schema

      ```python
      op.add_column("orders", sa.Column("size", sa.Integer()))
      ```

      and one for the rows, in batches that are committed one by one:

      ```python
      with op.get_context().autocommit_block():
          batch = sa.text("UPDATE orders SET size = length(note) WHERE id IN (SELECT id FROM orders WHERE size IS NULL AND note IS NOT NULL LIMIT 1000 FOR UPDATE)")
          while op.get_bind().execute(batch).rowcount:
              pass
      ```

      With `transaction_per_migration=True` in `env.py` the second may be one `UPDATE` in its own transaction.

      ## Examples

      ### A backfill behind ADD COLUMN

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("UPDATE orders SET size = length(note)")  # finds: long-work-behind-lock

      def downgrade():
          op.drop_column("orders", "size")
      ```

      ```python
      def upgrade():
          op.drop_column("orders", "size")

      def downgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("UPDATE orders SET size = length(note)")  # finds: long-work-behind-lock
      ```

      ### In revisions of their own

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))

      def downgrade():
          op.drop_column("orders", "size")
      ```

      ```python
      def upgrade():
          op.execute("UPDATE orders SET size = length(note)")

      def downgrade():
          pass
      ```

      ### A row that an index finds

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("UPDATE orders SET size = 0 WHERE id = 1")

      def downgrade():
          op.drop_column("orders", "size")
          op.execute("UPDATE orders SET note = '' WHERE id = 1")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      UPDATE orders SET note = upper(note);
      -- then lock: orders RowExclusive
      -- then scan: orders
      ```

      ## References

      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      """#
    case "many-locks-in-one-transaction":
      #"""
      ---
      name: many-locks-in-one-transaction
      severity: info
      directions: [upgrade, downgrade]
      ---

      # many-locks-in-one-transaction

      ## Condition

      One transaction changes two or more tables that existed before the step, each under `ACCESS EXCLUSIVE`. Said once for
      a transaction, at the second table.

      ## Effect

      All of them are kept from readers and writers until the transaction ends, also while it waits for the next lock. A
      session that takes the tables in another order deadlocks with the migration (40P01), and PostgreSQL ends one of the
      two.

      ## Workaround

      One revision for each table

      ```python
      op.add_column("customers", sa.Column("vip", sa.Boolean()))
      ```

      ```python
      op.add_column("orders", sa.Column("vip", sa.Boolean()))
      ```

      and a transaction for each revision, in `env.py`:

      ```python
      context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
      ```

      ## Examples

      ### Two tables

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.add_column("customers", sa.Column("vip", sa.Boolean()))
          op.add_column("orders", sa.Column("vip", sa.Boolean()))  # finds: many-locks-in-one-transaction

      def downgrade():
          op.drop_column("orders", "vip")
          op.drop_column("customers", "vip")  # finds: many-locks-in-one-transaction
      ```

      ### One table, and a new one

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("vip", sa.Boolean()))
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
          op.drop_column("orders", "vip")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE customers (id integer);
      CREATE TABLE orders (id integer);
      -- when
      ALTER TABLE customers ADD COLUMN note text;
      ALTER TABLE orders ADD COLUMN note text;
      -- then lock: customers AccessExclusive
      -- then lock: orders AccessExclusive
      ```

      ## References

      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      - [transaction_per_migration](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.environment.EnvironmentContext.configure)
      """#
    case "missing-downgrade":
      #"""
      ---
      name: missing-downgrade
      severity: error
      directions: [downgrade]
      ---

      # missing-downgrade

      ## Condition

      The file defines no `downgrade` function.

      ## Effect

      `alembic downgrade` across this revision ends with an `AttributeError`.

      ## Workaround

      Define `downgrade`:

      ```python
      def downgrade():
          op.drop_table("orders")
      ```

      Where there is no way back, let it raise with the reason:

      ```python
      def downgrade():
          raise NotImplementedError("the addresses were merged")
      ```

      ## Examples

      ### No function

      ```python
      def upgrade():  # finds: missing-downgrade
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
      ```

      ### A function that does nothing is there

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "missing-lock-timeout":
      #"""
      ---
      name: missing-lock-timeout
      severity: info
      directions: [upgrade, downgrade]
      default: off
      ---

      # missing-lock-timeout

      ## Condition

      A statement takes a lock that blocks writes on a table that existed before the step, and the step has not set
      `lock_timeout` before. Off by default: the limit is often set in `env.py`, for the role or for the database, where it
      is not seen.

      ## Effect

      The statement waits for every transaction that uses the table, and whoever comes after it waits behind it, readers too
      where the mode is `ACCESS EXCLUSIVE`. One forgotten transaction stops the table for all. With a limit the migration
      fails (55P03) and can be tried again.

      ## Workaround

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      ```

      or `ALTER ROLE migrator SET lock_timeout = '5s'`.

      ## Examples

      ### No limit

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))  # finds: missing-lock-timeout

      def downgrade():
          op.drop_column("orders", "size")  # finds: missing-lock-timeout
      ```

      ### A limit first

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.add_column("orders", sa.Column("size", sa.Integer()))

      def downgrade():
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.drop_column("orders", "size")
      ```

      ## References

      - [Client connection defaults](https://www.postgresql.org/docs/15/runtime-config-client.html)
      """#
    case "missing-upgrade":
      #"""
      ---
      name: missing-upgrade
      severity: error
      directions: [upgrade]
      ---

      # missing-upgrade

      ## Condition

      A revision has no function `upgrade`.

      ## Effect

      `alembic upgrade` ends at this revision with an `AttributeError`.

      ## Workaround

      Define `upgrade()`; let it pass where there is nothing to do.

      ```python
      def upgrade():
          pass
      ```

      ## Examples

      ### No upgrade

      ```python
      revision = "0001"  # finds: missing-upgrade

      def downgrade():
          pass
      ```

      ### Both

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "mixed-case-identifier":
      #"""
      ---
      name: mixed-case-identifier
      severity: info
      directions: [upgrade]
      default: off
      ---

      # mixed-case-identifier

      ## Condition

      A name with upper-case letters is given to an object.

      ## Effect

      Names that are not quoted are folded to lower case, so that the object must be quoted in every statement, and is not found (42P01) where it is not.

      ## Workaround

      Say it in lower case, with underscores.

      ```python
      op.create_table("order_lines")
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.create_table("Orders", sa.Column("id", sa.BigInteger(), primary_key=True))  # finds: mixed-case-identifier

      def downgrade():
          op.drop_table("Orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE "Orders" (id integer);
      -- when
      SELECT id FROM Orders;
      -- then error: 42P01
      ```

      ## References

      - [Lexical structure](https://www.postgresql.org/docs/15/sql-syntax-lexical.html)
      """#
    case "move-to-schema":
      #"""
      ---
      name: move-to-schema
      severity: warning
      directions: [upgrade]
      ---

      # move-to-schema

      ## Condition

      `SET SCHEMA` moves a table, view, sequence, type or function that existed before the revision's upgrade.

      ## Effect

      Code from before finds it only if its `search_path` holds the new schema, and not at all where it names the old one (42P01, 42704 for a type, 42883 for a function). PostgreSQL takes `ACCESS EXCLUSIVE` on a relation for a moment.

      ## Workaround

      Create a view in the old schema in the same revision, and drop it in a later release.

      ```python
      op.execute("ALTER TABLE orders SET SCHEMA shop")
      op.execute("CREATE VIEW public.orders AS SELECT * FROM shop.orders")
      ```

      ## Examples

      ### Moved

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
          op.execute("DROP SCHEMA shop")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET SCHEMA shop")  # finds: move-to-schema

      def downgrade():
          op.execute("ALTER TABLE shop.orders SET SCHEMA public")
      ```

      ### A table of the same revision

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("ALTER TABLE orders SET SCHEMA shop")

      def downgrade():
          op.execute("DROP TABLE shop.orders")
          op.execute("DROP SCHEMA shop")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); CREATE SCHEMA shop;
      -- when
      ALTER TABLE orders SET SCHEMA shop;
      -- then lock: orders AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      CREATE SCHEMA shop;
      ALTER TABLE orders SET SCHEMA shop;
      -- when
      SELECT id FROM orders;
      -- then error: 42P01
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET SCHEMA`
      """#
    case "multiple-heads":
      #"""
      ---
      name: multiple-heads
      severity: warning
      directions: [upgrade]
      ---

      # multiple-heads

      ## Condition

      More than one revision is followed by no other.

      ## Effect

      `alembic upgrade head` refuses to choose, and `alembic downgrade -1` refuses as it is not clear from where.

      ## Workaround

      Merge the heads, or let one of the revisions follow the other.

      ```python
      # alembic merge -m "merge" heads
      ```

      ## Examples

      ### Two heads

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      revision = "0003"  # finds: multiple-heads
      down_revision = "0001"

      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ### One head

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: working with branches](https://alembic.sqlalchemy.org/en/latest/branches.html)
      """#
    case "narrowing-type-change":
      #"""
      ---
      name: narrowing-type-change
      severity: error
      directions: [upgrade, downgrade]
      ---

      # narrowing-type-change

      ## Condition

      A column's type is changed to one that cannot hold every value of the old one: a shorter `varchar`, fewer digits or
      decimals of `numeric`, `bigint` to `integer`, `double precision` to `real`, `timestamp` to `date`, `text` to `integer`,
      and the like. Widening is silent. In a downgrade that takes back its upgrade's widening it is information: what was
      written since decides.

      ## Effect

      Three kinds. Some changes fail on the first value that does not fit (22001, 22003, 22P02), and the migration with them.
      Others change values without a word: a smaller scale rounds, `real` loses digits, `date` loses the time, an explicit
      `USING x::varchar(5)` cuts. And text that is read as another type loses how it was written: `007` comes back as `7`.
      Each time PostgreSQL takes `ACCESS EXCLUSIVE` and rewrites the table and its indexes.

      ## Workaround

      Let a `CHECK` say that everything fits; validating it in a later revision fails (23514) and changes nothing where it does
      not:

      ```python
      op.create_check_constraint("name_fits", "users", "length(name) <= 50", postgresql_not_valid=True)
      ```

      ```python
      op.execute("ALTER TABLE users VALIDATE CONSTRAINT name_fits")
      ```

      The wide type can stay then, as it can in a downgrade where the narrow one is not needed. Else it is changed after that:

      ```python
      op.alter_column("users", "name", type_=sa.String(50), existing_type=sa.String(100))
      ```

      ## Examples

      ### Narrower and wider

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(100)))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.alter_column("users", "name", type_=sa.String(50), existing_type=sa.String(100))  # finds: narrowing-type-change

      def downgrade():
          op.alter_column("users", "name", type_=sa.String(100), existing_type=sa.String(50))
      ```

      ```python
      def upgrade():
          op.alter_column("users", "name", type_=sa.String(200), existing_type=sa.String(50))

      def downgrade():
          op.alter_column("users", "name", type_=sa.String(50), existing_type=sa.String(200))  # finds: narrowing-type-change
      ```

      ### Another type that holds as much

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(100)))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.alter_column("users", "name", type_=sa.Text(), existing_type=sa.String(100))

      def downgrade():
          op.alter_column("users", "name", type_=sa.String(), existing_type=sa.Text())
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, size numeric(12,4));
      INSERT INTO orders VALUES (1, 1.2345);
      -- when
      ALTER TABLE orders ALTER COLUMN size TYPE numeric(12,2);
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      -- then result: SELECT size FROM orders => 1.23
      ```

      ```sql
      -- given
      CREATE TABLE orders (code text);
      INSERT INTO orders VALUES ('007');
      -- when
      ALTER TABLE orders ALTER COLUMN code TYPE integer USING code::integer;
      -- then rewrite: orders
      -- then result: SELECT code::text FROM orders => 7
      ```

      ```sql
      -- given
      CREATE TABLE orders (size double precision);
      INSERT INTO orders VALUES (1.23456789012345);
      -- when
      ALTER TABLE orders ALTER COLUMN size TYPE real;
      -- then rewrite: orders
      -- then result: SELECT size FROM orders => 1.2345679
      ```

      ```sql
      -- given
      CREATE TABLE orders (made timestamp);
      INSERT INTO orders VALUES ('2026-01-02 10:30');
      -- when
      ALTER TABLE orders ALTER COLUMN made TYPE date;
      -- then rewrite: orders
      -- then result: SELECT made FROM orders => 2026-01-02
      ```

      ```sql
      -- given
      CREATE TABLE orders (note text);
      INSERT INTO orders VALUES ('a long note');
      -- when
      ALTER TABLE orders ALTER COLUMN note TYPE varchar(5) USING note::varchar(5);
      -- then rewrite: orders
      -- then result: SELECT note FROM orders => a lon
      ```

      ```sql
      -- given
      CREATE TABLE orders (size numeric(10,2));
      INSERT INTO orders VALUES (12345.67);
      -- when
      ALTER TABLE orders ALTER COLUMN size TYPE numeric(5,2);
      -- then error: 22003
      ```

      ```sql
      -- given
      CREATE TABLE orders (number bigint);
      INSERT INTO orders VALUES (3000000000);
      -- when
      ALTER TABLE orders ALTER COLUMN number TYPE integer;
      -- then error: 22003
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET DATA TYPE`

      """#
    case "no-primary-key":
      #"""
      ---
      name: no-primary-key
      severity: info
      directions: [upgrade]
      default: off
      ---

      # no-primary-key

      ## Condition

      A table is created, and has no primary key at the end of the revision. Partitions, temporary and foreign tables are silent.

      ## Effect

      Rows cannot be told apart; logical replication of `UPDATE` and `DELETE` needs a replica identity, which is the primary key by default.

      ## Workaround

      Add one.

      ```python
      sa.Column("id", sa.BigInteger(), primary_key=True)
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("note", sa.Text()))  # finds: no-primary-key

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.BigInteger(), nullable=False))
          op.create_primary_key("orders_pkey", "orders", ["id"])

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      INSERT INTO orders VALUES (1);
      CREATE PUBLICATION everything FOR TABLE orders;
      -- when
      UPDATE orders SET id = 2;
      -- then error: 55000
      ```

      ## References

      - [Logical replication: publication](https://www.postgresql.org/docs/15/logical-replication-publication.html)
      """#
    case "on-conflict-overwrites":
      #"""
      ---
      name: on-conflict-overwrites
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # on-conflict-overwrites

      ## Condition

      `INSERT … ON CONFLICT DO UPDATE` that sets a column which existed before the revision's upgrade.

      ## Effect

      Where the row is there already its value is overwritten, and no downgrade knows the old one.

      ## Workaround

      Insert with `ON CONFLICT DO NOTHING`; or copy the rows that it meets to a table first.

      ```python
      op.execute("INSERT INTO settings VALUES ('limit', '10') ON CONFLICT DO NOTHING")
      ```

      ## Examples

      ### A value from before may be overwritten

      ```python
      def upgrade():
          op.execute("CREATE TABLE settings (key text PRIMARY KEY, value text)")

      def downgrade():
          op.drop_table("settings")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO settings VALUES ('limit', '10') ON CONFLICT (key) DO UPDATE SET value = excluded.value")  # finds: on-conflict-overwrites

      def downgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")
      ```

      ### Nothing is overwritten

      ```python
      def upgrade():
          op.execute("CREATE TABLE settings (key text PRIMARY KEY, value text)")

      def downgrade():
          op.drop_table("settings")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO settings VALUES ('limit', '10') ON CONFLICT DO NOTHING")

      def downgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")
      ```

      ```python
      def upgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")

      def downgrade():
          op.execute("INSERT INTO settings VALUES ('limit', '10') ON CONFLICT DO NOTHING")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.execute("CREATE TABLE settings (key text PRIMARY KEY, value text)")

      def downgrade():
          op.drop_table("settings")
      ```

      ```python
      def upgrade():
          op.execute("DELETE FROM settings WHERE key = 'limit'")

      def downgrade():
          op.execute("INSERT INTO settings VALUES ('limit', '10') ON CONFLICT (key) DO UPDATE SET value = excluded.value")  # finds: on-conflict-overwrites
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE settings (key text PRIMARY KEY, value text);
      INSERT INTO settings VALUES ('limit', '10');
      -- when
      INSERT INTO settings VALUES ('limit', '20') ON CONFLICT (key) DO UPDATE SET value = excluded.value;
      -- then lock: settings RowExclusive
      -- then result: SELECT value FROM settings => 20
      ```

      ## References

      - [INSERT](https://www.postgresql.org/docs/15/sql-insert.html), `ON CONFLICT`
      """#
    case "policy-lock":
      #"""
      ---
      name: policy-lock
      severity: info
      directions: [upgrade, downgrade]
      ---

      # policy-lock

      ## Condition

      `CREATE`, `ALTER` or `DROP POLICY`, or `ALTER TABLE … ROW LEVEL SECURITY`, on a table that existed before the step.

      ## Effect

      PostgreSQL takes `ACCESS EXCLUSIVE` on the table: reads and writes wait until the transaction ends. The statement is
      short, but it waits for every transaction that uses the table, and everybody else waits behind it.

      ## Workaround

      A limit for waiting before it, and no long statement in the same transaction:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("CREATE POLICY own_orders ON orders USING (owner = current_user)")
      ```

      ## Examples

      ### A table in use

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE POLICY all_orders ON orders USING (true)")  # finds: policy-lock

      def downgrade():
          op.execute("DROP POLICY all_orders ON orders")  # finds: policy-lock
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders FORCE ROW LEVEL SECURITY")  # finds: policy-lock

      def downgrade():
          op.execute("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY")  # finds: policy-lock
      ```

      ### A table of the same revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE POLICY all_orders ON orders USING (true)")
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_table("orders")

      def downgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE POLICY all_orders ON orders USING (true)")
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY);
      INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;
      -- when
      CREATE POLICY all_orders ON orders USING (true);
      -- then lock: orders AccessExclusive
      -- then no rewrite
      -- then no scan
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY);
      CREATE POLICY all_orders ON orders USING (true);
      -- when
      ALTER POLICY all_orders ON orders USING (id > 0);
      -- then lock: orders AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY);
      -- when
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ## References

      - [CREATE POLICY](https://www.postgresql.org/docs/15/sql-createpolicy.html)
      """#
    case "prefer-bigint-key":
      #"""
      ---
      name: prefer-bigint-key
      severity: info
      directions: [upgrade]
      default: off
      ---

      # prefer-bigint-key

      ## Condition

      A table is created with a numbered primary key of type `integer` or `smallint`.

      ## Effect

      The numbers end at 2,147,483,647 or 32,767; INSERTs fail then. Going to `bigint` rewrites the table and its indexes under `ACCESS EXCLUSIVE`.

      ## Workaround

      Say `bigint`.

      ```python
      sa.Column("id", sa.BigInteger(), primary_key=True)
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))  # finds: prefer-bigint-key

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.BigInteger(), primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY);
      -- when
      ALTER TABLE orders ALTER COLUMN id TYPE bigint;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY);
      -- when
      INSERT INTO orders VALUES (2147483648);
      -- then error: 22003
      ```

      ```sql
      -- given
      CREATE TABLE orders (id smallint PRIMARY KEY);
      -- when
      INSERT INTO orders VALUES (32768);
      -- then error: 22003
      ```

      ## References

      - [Numeric Types](https://www.postgresql.org/docs/15/datatype-numeric.html)
      """#
    case "prefer-identity":
      #"""
      ---
      name: prefer-identity
      severity: info
      directions: [upgrade]
      default: off
      ---

      # prefer-identity

      ## Condition

      A column takes its numbers by `nextval()` from a sequence, as `serial` does.

      ## Effect

      The sequence is an object of its own: who may INSERT needs a privilege on it, too, and whoever changes the default keeps the old one.

      ## Workaround

      Say `GENERATED … AS IDENTITY`.

      ```python
      sa.Column("number", sa.Integer(), sa.Identity())
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number serial)")  # finds: prefer-identity

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number integer GENERATED BY DEFAULT AS IDENTITY)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id serial, note text);
      -- when
      CREATE ROLE clerk;
      GRANT INSERT ON orders TO clerk;
      SET ROLE clerk;
      INSERT INTO orders (note) VALUES ('x');
      -- then error: 42501
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer GENERATED BY DEFAULT AS IDENTITY, note text);
      -- when
      CREATE ROLE clerk;
      GRANT INSERT, SELECT ON orders TO clerk;
      SET ROLE clerk;
      INSERT INTO orders (note) VALUES ('x');
      -- then result: SELECT count(*) FROM orders => 1
      ```

      ## References

      - [CREATE TABLE](https://www.postgresql.org/docs/15/sql-createtable.html), `GENERATED … AS IDENTITY`
      """#
    case "prefer-jsonb":
      #"""
      ---
      name: prefer-jsonb
      severity: info
      directions: [upgrade]
      default: off
      ---

      # prefer-jsonb

      ## Condition

      A column is declared `json`.

      ## Effect

      `json` is stored as text and parsed at each use; it has no equality, so that `DISTINCT` and `=` fail (42883).

      ## Workaround

      Say `jsonb`.

      ```python
      sa.Column("data", postgresql.JSONB())
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data json)")  # finds: prefer-jsonb

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data jsonb)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (data json);
      -- when
      SELECT DISTINCT data FROM orders;
      -- then error: 42883
      ```

      ## References

      - [JSON Types](https://www.postgresql.org/docs/15/datatype-json.html)
      """#
    case "prefer-text":
      #"""
      ---
      name: prefer-text
      severity: info
      directions: [upgrade]
      default: off
      ---

      # prefer-text

      ## Condition

      A column is declared `varchar(n)`.

      ## Effect

      The limit gains nothing in PostgreSQL. Longer values fail (22001), and a shorter limit rewrites the table.

      ## Workaround

      Say `text`, with a `CHECK` where the length matters.

      ```python
      sa.Column("note", sa.Text())
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note varchar(20))")  # finds: prefer-text

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (note varchar(3));
      -- when
      INSERT INTO orders VALUES ('long');
      -- then error: 22001
      ```

      ```sql
      -- given
      CREATE TABLE orders (note varchar(10));
      -- when
      ALTER TABLE orders ALTER COLUMN note TYPE varchar(5);
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [Character Types](https://www.postgresql.org/docs/15/datatype-character.html)
      """#
    case "prefer-timestamptz":
      #"""
      ---
      name: prefer-timestamptz
      severity: info
      directions: [upgrade]
      default: off
      ---

      # prefer-timestamptz

      ## Condition

      A column is declared `timestamp` without time zone.

      ## Effect

      The value does not say which moment it means; sessions with another `TimeZone` read and write it differently.

      ## Workaround

      Say `timestamptz`.

      ```python
      sa.Column("placed", sa.DateTime(timezone=True))
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, placed timestamp)")  # finds: prefer-timestamptz

      def downgrade():
          op.drop_table("orders")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, placed timestamptz)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (made timestamp, sent timestamptz);
      INSERT INTO orders VALUES ('2026-01-01 12:00', '2026-01-01 12:00');
      -- when
      SET LOCAL TimeZone = 'Asia/Tokyo';
      -- then result: SELECT made::timestamptz = '2026-01-01 12:00+00' FROM orders => false
      -- then result: SELECT sent = '2026-01-01 12:00+00' FROM orders => true
      ```

      ## References

      - [Date/Time Types](https://www.postgresql.org/docs/15/datatype-datetime.html)
      """#
    case "primary-key-using-index-sets-not-null":
      #"""
      ---
      name: primary-key-using-index-sets-not-null
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # primary-key-using-index-sets-not-null

      ## Condition

      `PRIMARY KEY USING INDEX` on columns that are not `NOT NULL` yet, of a table that existed before the step.

      ## Effect

      PostgreSQL does `SET NOT NULL` on each of the columns: every row is read under `ACCESS EXCLUSIVE`, and reads and
      writes wait until the transaction ends. Where the columns are `NOT NULL` nothing is read.

      ## Workaround

      Make the columns `NOT NULL` before, each step in a revision of its own:

      ```python
      op.create_check_constraint("code_given", "orders", "code IS NOT NULL", postgresql_not_valid=True)
      ```

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT code_given")
      ```

      ```python
      op.alter_column("orders", "code", nullable=False)
      op.drop_constraint("code_given", "orders")
      op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")
      ```

      ## Examples

      ### Columns that may hold NULL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("number", sa.Integer(), nullable=False), sa.Column("code", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["code"], unique=True, postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("orders_key", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")  # finds: primary-key-using-index-sets-not-null

      def downgrade():
          raise NotImplementedError("the index would go along")
      ```

      ```python
      def upgrade():
          op.drop_constraint("orders_key", "orders")
          op.alter_column("orders", "code", nullable=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["code"], unique=True, postgresql_concurrently=True)
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")  # finds: primary-key-using-index-sets-not-null
      ```

      ### Columns that are NOT NULL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("number", sa.Integer(), nullable=False), sa.Column("code", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["number"], unique=True, postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("orders_key", table_name="orders", postgresql_concurrently=True)
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")

      def downgrade():
          raise NotImplementedError("the index would go along")
      ```

      ```python
      def upgrade():
          op.drop_constraint("orders_key", "orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("orders_key", "orders", ["number"], unique=True, postgresql_concurrently=True)
          op.execute("ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (code integer);
      INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;
      CREATE UNIQUE INDEX orders_key ON orders (code);
      -- when
      ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key;
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (code integer NOT NULL);
      INSERT INTO orders SELECT n FROM generate_series(1, 100) AS n;
      CREATE UNIQUE INDEX orders_key ON orders (code);
      -- when
      ALTER TABLE orders ADD CONSTRAINT orders_key PRIMARY KEY USING INDEX orders_key;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "publish-without-identity":
      #"""
      ---
      name: publish-without-identity
      severity: warning
      directions: [upgrade]
      ---

      # publish-without-identity

      ## Condition

      A publication begins to publish a table that existed before the revision's upgrade and has no replica identity: by default that is its primary key.

      ## Effect

      Every UPDATE and DELETE of the table fails (55000), as long as the publication publishes those.

      ## Workaround

      Add a primary key first, or name another identity.

      ```python
      op.execute("ALTER TABLE events REPLICA IDENTITY FULL")
      op.execute("CREATE PUBLICATION feed FOR TABLE events")
      ```

      ## Examples

      ### Of what was there

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (at timestamptz, note text)")

      def downgrade():
          op.execute("DROP TABLE events")
      ```

      ```python
      def upgrade():
          op.execute("CREATE PUBLICATION feed FOR TABLE events")  # finds: publish-without-identity

      def downgrade():
          op.execute("DROP PUBLICATION feed")
      ```

      ### Of the same revision

      ```python
      def upgrade():
          op.execute("CREATE TABLE events (at timestamptz, note text)")
          op.execute("CREATE PUBLICATION feed FOR TABLE events")

      def downgrade():
          op.execute("DROP PUBLICATION feed")
          op.execute("DROP TABLE events")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE events (at timestamptz, note text);
      INSERT INTO events SELECT now(), 'x' FROM generate_series(1, 100) AS n;
      -- when
      CREATE PUBLICATION feed FOR TABLE events;
      -- then lock: events ShareUpdateExclusive
      ```

      ```sql
      -- given
      CREATE TABLE events (at timestamptz, note text);
      CREATE PUBLICATION feed FOR TABLE events;
      -- when
      UPDATE events SET note = 'y';
      -- then error: 55000
      ```

      ## References

      - [Publication](https://www.postgresql.org/docs/15/logical-replication-publication.html)
      """#
    case "python-side-default-only":
      #"""
      ---
      name: python-side-default-only
      severity: warning
      directions: [upgrade]
      ---

      # python-side-default-only

      ## Condition

      `op.add_column` with a `NOT NULL` column that has SQLAlchemy's `default=` and no `server_default=`.

      ## Effect

      `default=` is a value that SQLAlchemy puts into its own INSERTs; no word of it is in the SQL of the migration. The statement fails (23502) where the table holds rows, and so do the INSERTs of code from before.

      ## Workaround

      Say `server_default=`.

      ```python
      op.add_column("orders", sa.Column("count", sa.Integer(), nullable=False, server_default="0"))
      ```

      ## Examples

      ### In Python only

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("count", sa.Integer(), nullable=False, default=0))  # finds: python-side-default-only

      def downgrade():
          op.drop_column("orders", "count")
      ```

      ### In the database

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("count", sa.Integer(), nullable=False, server_default="0"))

      def downgrade():
          op.drop_column("orders", "count")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); INSERT INTO orders VALUES (1);
      -- when
      ALTER TABLE orders ADD COLUMN count integer NOT NULL;
      -- then error: 23502
      ```

      ## References

      - [SQLAlchemy: Column INSERT/UPDATE defaults](https://docs.sqlalchemy.org/en/20/core/defaults.html)
      """#
    case "redundant-index":
      #"""
      ---
      name: redundant-index
      severity: info
      directions: [upgrade]
      default: off
      ---

      # redundant-index

      ## Condition

      A B-tree index is created whose columns are the first ones of another index of the table.

      ## Effect

      The other index serves the same queries; each write pays for both.

      ## Workaround

      Leave it out.

      ```python
      op.create_index("ix_a_b", "orders", ["a", "b"])
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_a_b", "orders", ["a", "b"])
          op.create_index("ix_a", "orders", ["a"])  # finds: redundant-index

      def downgrade():
          op.drop_index("ix_a")
          op.drop_index("ix_a_b")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_a_b", "orders", ["a", "b"])
          op.create_index("ix_b", "orders", ["b"])

      def downgrade():
          op.drop_index("ix_b")
          op.drop_index("ix_a_b")
      ```

      ## References

      - [Multicolumn Indexes](https://www.postgresql.org/docs/15/indexes-multicolumn.html)
      """#
    case "refresh-view-not-concurrent":
      #"""
      ---
      name: refresh-view-not-concurrent
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # refresh-view-not-concurrent

      ## Condition

      `REFRESH MATERIALIZED VIEW` without `CONCURRENTLY` of a view that existed before the step.

      ## Effect

      The view is computed anew under `ACCESS EXCLUSIVE`: reads of it wait until the transaction ends. With `CONCURRENTLY`
      PostgreSQL takes `EXCLUSIVE`, which lets reads go on; the view needs a unique index for it.

      ## Workaround

      ```python
      op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY totals")
      ```

      ## Examples

      ### With and without CONCURRENTLY

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders")
          op.execute("CREATE UNIQUE INDEX totals_id ON totals (id)")

      def downgrade():
          op.execute("DROP MATERIALIZED VIEW totals")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("REFRESH MATERIALIZED VIEW totals")  # finds: refresh-view-not-concurrent
          op.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY totals")

      def downgrade():
          op.execute("REFRESH MATERIALIZED VIEW totals")  # finds: refresh-view-not-concurrent
      ```

      ### A view of the same upgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders WITH NO DATA")
          op.execute("REFRESH MATERIALIZED VIEW totals")

      def downgrade():
          op.execute("DROP MATERIALIZED VIEW totals")
      ```

      ```python
      def upgrade():
          op.execute("DROP MATERIALIZED VIEW totals")

      def downgrade():
          op.execute("CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders WITH NO DATA")
          op.execute("REFRESH MATERIALIZED VIEW totals")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
      -- when
      REFRESH MATERIALIZED VIEW totals;
      -- then lock: totals AccessExclusive
      -- then lock: orders AccessShare
      -- then rewrite: totals
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
      CREATE UNIQUE INDEX totals_id ON totals (id);
      -- when
      REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
      -- then lock: totals Exclusive
      -- then lock: orders AccessShare
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
      -- when
      REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
      -- then error: 55000
      ```

      ## References

      - [REFRESH MATERIALIZED VIEW](https://www.postgresql.org/docs/15/sql-refreshmaterializedview.html)
      """#
    case "reindex-not-concurrent":
      #"""
      ---
      name: reindex-not-concurrent
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # reindex-not-concurrent

      ## Condition

      `REINDEX TABLE` or `REINDEX INDEX` without `CONCURRENTLY` on a table that existed before the step.

      ## Effect

      PostgreSQL takes `SHARE` on the table, so that writes wait, and `ACCESS EXCLUSIVE` on each index while it is built
      anew, so that queries that plan with the index wait as well. The whole table is read for each index.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.execute("REINDEX TABLE CONCURRENTLY orders")
      ```

      ## Examples

      ### A table, and an index of it

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("REINDEX TABLE orders")  # finds: reindex-not-concurrent

      def downgrade():
          op.execute("REINDEX INDEX orders_pkey")  # finds: reindex-not-concurrent
      ```

      ### Concurrently

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("REINDEX TABLE CONCURRENTLY orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.execute("REINDEX INDEX CONCURRENTLY orders_pkey")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      REINDEX TABLE orders;
      -- then lock: orders Share
      -- then index lock: orders_pkey AccessExclusive
      -- then scan: orders
      ```

      ## References

      - [REINDEX](https://www.postgresql.org/docs/15/sql-reindex.html)
      """#
    case "rename-column":
      #"""
      ---
      name: rename-column
      severity: warning
      directions: [upgrade]
      ---

      # rename-column

      ## Condition

      A column that existed before the revision's upgrade is renamed. Silent where a column of the old name is there again after the upgrade.

      ## Effect

      Code from before that names the column fails (42703), and with it the way back by rolling back the code alone. PostgreSQL takes `ACCESS EXCLUSIVE` for a moment.

      ## Workaround

      Add the new beside the old one, let the code write both, and drop the old one in a later release.

      ```python
      op.add_column("orders", sa.Column("remark", sa.Text()))
      op.execute("UPDATE orders SET remark = note")
      ```

      ## Examples

      ### Renamed

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", new_column_name="remark")  # finds: rename-column

      def downgrade():
          op.alter_column("orders", "remark", new_column_name="note")
      ```

      ### In raw SQL

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders RENAME COLUMN note TO remark")  # finds: rename-column

      def downgrade():
          op.execute("ALTER TABLE orders RENAME COLUMN remark TO note")
      ```

      ### The old name stays

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", new_column_name="remark")
          op.execute("ALTER TABLE orders ADD COLUMN note text GENERATED ALWAYS AS (remark) STORED")

      def downgrade():
          op.drop_column("orders", "note")
          op.alter_column("orders", "remark", new_column_name="note")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders RENAME COLUMN note TO remark;
      -- when
      SELECT note FROM orders;
      -- then error: 42703
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      -- when
      ALTER TABLE orders RENAME COLUMN note TO remark;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "rename-enum-value":
      #"""
      ---
      name: rename-enum-value
      severity: warning
      directions: [upgrade]
      ---

      # rename-enum-value

      ## Condition

      `ALTER TYPE … RENAME VALUE` on an enum type that existed before the revision's upgrade.

      ## Effect

      Code from before that writes or compares the old label fails (22P02). The rows themselves show the new one.

      ## Workaround

      Add the new label, let the code know both, move the rows, and leave the old label.

      ```python
      op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad'")
      ```

      ## Examples

      ### Renamed

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'")  # finds: rename-enum-value

      def downgrade():
          op.execute("ALTER TYPE mood RENAME VALUE 'fine' TO 'ok'")
      ```

      ### A type of the same revision

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok')")
          op.execute("ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (mood mood); ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
      -- when
      INSERT INTO people VALUES ('ok');
      -- then error: 22P02
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "rename-schema":
      #"""
      ---
      name: rename-schema
      severity: warning
      directions: [upgrade]
      ---

      # rename-schema

      ## Condition

      A schema that existed before the revision's upgrade is renamed.

      ## Effect

      Code from before that names it, or has it on its `search_path`, does not find the tables (42P01).

      ## Workaround

      Leave the name; or create the new schema beside it and move the tables release by release.

      ```python
      op.execute("CREATE SCHEMA store")
      op.execute("CREATE VIEW store.orders AS SELECT * FROM shop.orders")
      ```

      ## Examples

      ### Renamed

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("CREATE TABLE shop.orders (id integer PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE shop.orders")
          op.execute("DROP SCHEMA shop")
      ```

      ```python
      def upgrade():
          op.execute("ALTER SCHEMA shop RENAME TO store")  # finds: rename-schema

      def downgrade():
          op.execute("ALTER SCHEMA store RENAME TO shop")
      ```

      ### A schema more

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA shop")
          op.execute("CREATE TABLE shop.orders (id integer PRIMARY KEY)")

      def downgrade():
          op.execute("DROP TABLE shop.orders")
          op.execute("DROP SCHEMA shop")
      ```

      ```python
      def upgrade():
          op.execute("CREATE SCHEMA store")

      def downgrade():
          op.execute("DROP SCHEMA store")
      ```

      ## Claims

      ```sql
      -- given
      CREATE SCHEMA shop; CREATE TABLE shop.orders (id integer); ALTER SCHEMA shop RENAME TO store;
      -- when
      SELECT id FROM shop.orders;
      -- then error: 42P01
      ```

      ## References

      - [ALTER SCHEMA](https://www.postgresql.org/docs/15/sql-alterschema.html)
      """#
    case "rename-table":
      #"""
      ---
      name: rename-table
      severity: warning
      directions: [upgrade]
      ---

      # rename-table

      ## Condition

      A table, view or sequence that existed before the revision's upgrade is renamed. Silent where a view of the old name shows all columns of the table.

      ## Effect

      Code from before that names it fails (42P01). PostgreSQL takes `ACCESS EXCLUSIVE` for a moment.

      ## Workaround

      Create a view of the old name in the same revision; a plain view over one table can be written through. Drop it in a later release.

      ```python
      op.rename_table("orders", "purchases")
      op.execute("CREATE VIEW orders AS SELECT * FROM purchases")
      ```

      ## Examples

      ### Renamed

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.rename_table("orders", "purchases")  # finds: rename-table

      def downgrade():
          op.rename_table("purchases", "orders")
      ```

      ### A view stands in

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.rename_table("orders", "purchases")
          op.execute("CREATE VIEW orders AS SELECT id, note FROM purchases")

      def downgrade():
          op.execute("DROP VIEW orders")
          op.rename_table("purchases", "orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders RENAME TO purchases;
      -- when
      SELECT id FROM orders;
      -- then error: 42P01
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `RENAME`
      - [CREATE VIEW](https://www.postgresql.org/docs/15/sql-createview.html), updatable views
      """#
    case "rename-type":
      #"""
      ---
      name: rename-type
      severity: warning
      directions: [upgrade]
      ---

      # rename-type

      ## Condition

      A type that existed before the revision's upgrade is renamed. Silent where a type of the old name with all its labels is there again.

      ## Effect

      Code from before that casts to the old name fails (42704); drivers that send the types of parameters do so in every statement.

      ## Workaround

      Keep the name in the database; the class in Python may be called otherwise.

      ```python
      sa.Enum(Feeling, name="mood")
      ```

      ## Examples

      ### Renamed

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood RENAME TO feeling")  # finds: rename-type

      def downgrade():
          op.execute("ALTER TYPE feeling RENAME TO mood")
      ```

      ### A label more

      ```python
      def upgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")

      def downgrade():
          op.execute("DROP TYPE mood")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad'")

      def downgrade():
          raise NotImplementedError("the value stays")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); ALTER TYPE mood RENAME TO feeling;
      -- when
      SELECT 'ok'::mood;
      -- then error: 42704
      ```

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      """#
    case "replace-index":
      #"""
      ---
      name: replace-index
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # replace-index

      ## Condition

      A step drops an index of a table that existed before it, and later creates one of the same name or with the same first
      column.

      ## Effect

      In one transaction the `ACCESS EXCLUSIVE` lock of the `DROP INDEX` lasts until the new index is built: reads and writes
      wait as long. Outside of transactions, with `CONCURRENTLY`, queries have neither index meanwhile, and if the new one
      cannot be built, neither afterwards.

      ## Workaround

      The new index first, under another name:

      ```python
      with op.get_context().autocommit_block():
          op.create_index("ix_orders_note_new", "orders", ["note", "id"], postgresql_concurrently=True)
          op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)
      op.execute("ALTER INDEX ix_orders_note_new RENAME TO ix_orders_note")
      ```

      ## Examples

      ### Dropped first

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_orders_note", table_name="orders")  # finds: replace-index
          op.create_index("ix_orders_note", "orders", ["note", "id"])

      def downgrade():
          with op.get_context().autocommit_block():
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)  # finds: replace-index
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
      ```

      ### Built first

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note_id", "orders", ["note", "id"], postgresql_concurrently=True)
              op.drop_index("ix_orders_note", table_name="orders", postgresql_concurrently=True)

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_index("ix_orders_note", "orders", ["note"], postgresql_concurrently=True)
              op.drop_index("ix_orders_note_id", table_name="orders", postgresql_concurrently=True)
      ```

      ### Another column

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_index("ix_orders_note", "orders", ["note"])

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.drop_index("ix_orders_note", table_name="orders")
          op.create_index("ix_orders_id", "orders", ["id"])

      def downgrade():
          op.drop_index("ix_orders_id", table_name="orders")
          op.create_index("ix_orders_note", "orders", ["note"])
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      CREATE INDEX ix_orders_note ON orders (note);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      DROP INDEX ix_orders_note;
      CREATE INDEX ix_orders_note ON orders (note, id);
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ## References

      - [DROP INDEX](https://www.postgresql.org/docs/15/sql-dropindex.html), [CREATE INDEX](https://www.postgresql.org/docs/15/sql-createindex.html), "Building Indexes Concurrently"
      """#
    case "revision-cycle":
      #"""
      ---
      name: revision-cycle
      severity: error
      directions: [upgrade]
      ---

      # revision-cycle

      ## Condition

      Revisions follow each other in a circle by `down_revision` or `depends_on`.

      ## Effect

      Alembic loads none of the migrations: there is no first one.

      ## Workaround

      Set the `down_revision` of one of them to the revision before the circle.

      ```python
      down_revision = "a1b2c3"
      ```

      ## Examples

      ### A circle

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      down_revision = "0003"  # finds: revision-cycle

      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ### A chain

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: working with branches](https://alembic.sqlalchemy.org/en/latest/branches.html)
      """#
    case "revision-file-unreadable":
      #"""
      ---
      name: revision-file-unreadable
      severity: error
      directions: [upgrade]
      ---

      # revision-file-unreadable

      ## Condition

      A file among the migrations is no Python, is not in its encoding, or cannot be read.

      ## Effect

      Alembic loads none of the migrations while the file is there.

      ## Workaround

      Mend the file, or take it out of the directory.

      ```python
      # python -m py_compile versions/*.py
      ```

      ## Examples

      ### No Python

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade(:  # finds: revision-file-unreadable
          pass

      def downgrade():
          pass
      ```

      ### Python

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "revoke-privileges":
      #"""
      ---
      name: revoke-privileges
      severity: warning
      directions: [upgrade]
      ---

      # revoke-privileges

      ## Condition

      `REVOKE` on objects that existed before the revision's upgrade.

      ## Effect

      Code from before that needs the privilege fails (42501).

      ## Workaround

      Make sure that no code uses the privilege, and grant it again in the downgrade.

      ```python
      op.execute("GRANT SELECT ON orders TO reporting")  # in the downgrade
      ```

      ## Examples

      ### From before

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("REVOKE SELECT ON orders FROM PUBLIC")  # finds: revoke-privileges

      def downgrade():
          op.execute("GRANT SELECT ON orders TO PUBLIC")
      ```

      ### A table of the same revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("REVOKE ALL ON orders FROM PUBLIC")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer);
      -- when
      CREATE ROLE clerk;
      GRANT SELECT ON orders TO clerk;
      REVOKE SELECT ON orders FROM clerk;
      SET ROLE clerk;
      SELECT id FROM orders;
      -- then error: 42501
      ```

      ## References

      - [REVOKE](https://www.postgresql.org/docs/15/sql-revoke.html)
      """#
    case "rewritten-revision":
      #"""
      ---
      name: rewritten-revision
      severity: error
      directions: [upgrade]
      ---

      # rewritten-revision

      ## Condition

      `backout analyze --changed-since` or `--staged` finds a revision that the commit before has already, and that now
      emits other SQL, has another place in the graph, or is deleted; also where the change is in a file that it reads or
      imports. A revision that only reads otherwise (its layout, its
      comments) or lies in another file is not meant. With `--staged` it is a warning: the last commit may be of a branch that
      no database has seen.

      ## Effect

      Alembic keeps the identifier of a revision and nothing of its contents. A database that has run the revision does not
      run it again, so that databases differ from then on by when they were upgraded, and the downgrade takes back what was
      never done there. Where the revision is deleted, each command of Alembic fails with "Can't locate revision" on a
      database that is at it.

      ## Workaround

      Bring the file back as it was, and put the change into a new revision. Where no database has run it yet, acknowledge the
      finding.

      ```python
      # git checkout origin/main -- migrations/versions/7f3a2b_add_orders.py
      # alembic revision -m "correct orders"
      ```

      ## Examples

      ### Other SQL

      ```python before
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      revision = "0001"  # finds: rewritten-revision

      def upgrade():
          op.create_table("orders", sa.Column("id", sa.BigInteger, primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ### Another layout

      ```python before
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          # Orders of the shop.
          op.create_table(
              "orders",
              sa.Column("id", sa.Integer, primary_key=True),
          )

      def downgrade():
          op.drop_table("orders")
      ```

      ## References

      - [Alembic: tutorial](https://alembic.sqlalchemy.org/en/latest/tutorial.html)
      """#
    case "row-security-enabled":
      #"""
      ---
      name: row-security-enabled
      severity: warning
      directions: [upgrade]
      ---

      # row-security-enabled

      ## Condition

      `ENABLE ROW LEVEL SECURITY` on a table that existed before the revision's upgrade, or `FORCE ROW LEVEL SECURITY` where it
      is enabled.

      ## Effect

      Without a policy for its role a session that does not own the table sees no row, and its INSERTs fail (42501). With
      `FORCE` the same holds for the owner, as which many applications connect.

      ## Workaround

      Create the policies in the same revision, for the roles that the code uses.

      ```python
      op.execute("CREATE POLICY app_all ON orders TO app USING (true) WITH CHECK (true)")
      ```

      ## Examples

      ### Enabled

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")  # finds: row-security-enabled

      def downgrade():
          op.execute("ALTER TABLE orders DISABLE ROW LEVEL SECURITY")
      ```

      ### Forced

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders FORCE ROW LEVEL SECURITY")  # finds: row-security-enabled

      def downgrade():
          op.execute("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY")
      ```

      ### Forced while it is not enabled

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders FORCE ROW LEVEL SECURITY")

      def downgrade():
          op.execute("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY")
      ```

      ### A table of the same revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      -- when
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      -- then lock: orders AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE ROLE clerk;
      GRANT SELECT, INSERT ON orders TO clerk;
      SET ROLE clerk;
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE ROLE clerk;
      GRANT SELECT, INSERT ON orders TO clerk;
      SET ROLE clerk;
      INSERT INTO orders VALUES (101, 'x');
      -- then error: 42501
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      -- when
      CREATE ROLE keeper;
      ALTER TABLE orders OWNER TO keeper;
      ALTER TABLE orders FORCE ROW LEVEL SECURITY;
      SET ROLE keeper;
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ## References

      - [Row Security Policies](https://www.postgresql.org/docs/15/ddl-rowsecurity.html)
      """#
    case "schema-dependent-migration":
      #"""
      ---
      name: schema-dependent-migration
      severity: info
      directions: [upgrade, downgrade]
      ---

      # schema-dependent-migration

      ## Condition

      A step asks for the schema that it finds, through SQLAlchemy's Inspector (`inspect(bind).has_table(…)`,
      `get_columns(…)` and their like) or `dialect.has_table(…)`. It is told once for each step, where it first asks.

      ## Effect

      The step is judged on the schema that the revisions before it make: what they made is there, and what they did not make
      may be made. Where it looks for something that no revision made, both ways are judged and the worse counts. A database
      that was changed by hand gets something else than the file says to its reader, and `alembic_version` does not tell it
      from the others. `backout check` leaves a downgrade open that asks.

      ## Workaround

      Let migrations alone make the schema. What a database has otherwise is repaired in a revision of its own, or said in the
      statement itself:

      ```python
      op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), if_not_exists=True)
      ```

      ## Examples

      ### A table and a column are looked for

      ```python
      def upgrade():
          inspector = sa.inspect(op.get_bind())
          if not inspector.has_table("orders"):  # finds: schema-dependent-migration
              op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          if not inspector.has_table("customers"):
              op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("customers")
          columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("orders")]  # finds: schema-dependent-migration
          if "note" in columns:
              op.drop_column("orders", "note")
          op.drop_table("orders")
      ```

      ### The statement says it

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), if_not_exists=True)

      def downgrade():
          op.drop_table("orders", if_exists=True)
      ```

      ## References

      - [Inspector](https://docs.sqlalchemy.org/en/20/core/reflection.html#fine-grained-reflection-with-inspector)
      """#
    case "select-star":
      #"""
      ---
      name: select-star
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # select-star

      ## Condition

      A view, a materialized view, `CREATE TABLE … AS` or `INSERT … SELECT` takes its columns from `SELECT *`. It is a warning
      for `INSERT`, else information. Silent where `*` stands for the columns of a subquery or a query of `WITH`, which names
      them itself, in `count(*)`, and for the `INSERT` that brings back all rows of a table that was only emptied.

      ## Effect

      PostgreSQL puts the columns of that moment in the place of `*`. A view does not get a column that is added later, and
      the same text executed again makes another view; as it holds every column fast, a downgrade that drops one of them fails
      (2BP01). `INSERT … SELECT *` goes by the order of the columns: one that a downgrade adds again stands last, so that
      values of one type change places without an error, and others fail (42804, 42601).

      ## Workaround

      Name the columns.

      ```python
      op.execute("CREATE VIEW all_orders AS SELECT id, note FROM orders")
      op.execute("INSERT INTO orders (id, note) SELECT id, note FROM orders_before")
      ```

      ## Examples

      ### A view of all columns

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW all_orders AS SELECT * FROM orders")  # finds: select-star

      def downgrade():
          op.execute("DROP VIEW all_orders")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE MATERIALIZED VIEW order_sums AS SELECT o.*, length(o.note) FROM orders o")  # finds: select-star

      def downgrade():
          op.execute("DROP MATERIALIZED VIEW order_sums")
      ```

      ### Rows that the downgrade brings back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders_before AS SELECT * FROM orders")  # finds: select-star
          op.execute("DELETE FROM orders")
          op.drop_column("orders", "note")

      def downgrade():
          op.add_column("orders", sa.Column("note", sa.Text()))
          op.execute("INSERT INTO orders SELECT * FROM orders_before")  # finds: select-star
          op.drop_table("orders_before")
      ```

      ### Columns by name

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW all_orders AS SELECT id, note FROM orders")
          op.execute("CREATE VIEW counts AS SELECT count(*) FROM orders WHERE EXISTS (SELECT * FROM old)")
          op.execute("CREATE VIEW named AS SELECT * FROM (SELECT id, note AS word FROM orders) AS o")
          op.execute("CREATE VIEW stars AS SELECT '*' AS star FROM orders")

      def downgrade():
          op.execute("DROP VIEW stars, named, counts, all_orders")
          op.execute("INSERT INTO old (id, note) SELECT id, note FROM orders")
          op.execute("INSERT INTO old WITH o AS (SELECT id, note FROM orders) SELECT * FROM o")
          op.drop_table("old")
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE VIEW all_orders AS SELECT * FROM orders;
      -- when
      ALTER TABLE orders ADD COLUMN size integer;
      -- then result: SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'all_orders'::regclass => id note
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE VIEW all_orders AS SELECT * FROM orders;
      -- when
      ALTER TABLE orders DROP COLUMN note;
      -- then error: 2BP01
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, first text, last text);
      CREATE TABLE orders_before AS SELECT * FROM orders;
      INSERT INTO orders_before VALUES (1, 'Ada', 'Lovelace');
      ALTER TABLE orders DROP COLUMN first;
      ALTER TABLE orders ADD COLUMN first text;
      -- when
      INSERT INTO orders SELECT * FROM orders_before;
      -- then result: SELECT first FROM orders => Lovelace
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, size integer, note text);
      CREATE TABLE orders_before AS SELECT * FROM orders;
      ALTER TABLE orders DROP COLUMN size;
      ALTER TABLE orders ADD COLUMN size integer;
      -- when
      INSERT INTO orders SELECT * FROM orders_before;
      -- then error: 42804
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE TABLE orders_before AS SELECT * FROM orders;
      ALTER TABLE orders DROP COLUMN note;
      -- when
      INSERT INTO orders SELECT * FROM orders_before;
      -- then error: 42601
      ```

      ## References

      - [CREATE VIEW](https://www.postgresql.org/docs/15/sql-createview.html)
      - [INSERT](https://www.postgresql.org/docs/15/sql-insert.html)
      """#
    case "sequence-left-behind":
      #"""
      ---
      name: sequence-left-behind
      severity: error
      directions: [downgrade]
      ---

      # sequence-left-behind

      ## Condition

      A sequence that the upgrade created is there after the downgrade, which does something and comes to its end.

      ## Effect

      The next upgrade fails (42P07), as the sequence is there already.

      ## Workaround

      Drop it in the downgrade, or let a column own it, with which it is dropped.

      ```python
      op.execute("DROP SEQUENCE order_numbers")
      ```

      ## Examples

      ### The sequence stays

      ```python
      def upgrade():
          op.execute("CREATE SEQUENCE order_numbers")
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():  # finds: sequence-left-behind
          op.drop_table("orders")
      ```

      ### A serial column owns its sequence

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id serial PRIMARY KEY)")

      def downgrade():
          op.drop_table("orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE SEQUENCE order_numbers;
      -- when
      CREATE SEQUENCE order_numbers;
      -- then error: 42P07
      ```

      ## References

      - [CREATE SEQUENCE](https://www.postgresql.org/docs/15/sql-createsequence.html)
      """#
    case "set-access-method":
      #"""
      ---
      name: set-access-method
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # set-access-method

      ## Condition

      `SET ACCESS METHOD` to another method on a table that existed before the step (PostgreSQL 15).

      ## Effect

      PostgreSQL writes the table anew under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction ends.

      ## Workaround

      Do it when nobody uses the table, with a `lock_timeout`:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("ALTER TABLE orders SET ACCESS METHOD columnar")
      ```

      or create a new table with the method, and copy the rows in batches:

      ```python
      op.execute("CREATE TABLE orders_new (LIKE orders INCLUDING ALL) USING columnar")
      ```

      ## Examples

      ### Another method

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET ACCESS METHOD columnar")  # finds: set-access-method

      def downgrade():
          op.execute("ALTER TABLE orders SET ACCESS METHOD heap")  # finds: set-access-method
      ```

      ### The one that it has

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET ACCESS METHOD heap")

      def downgrade():
          op.execute("ALTER TABLE orders SET ACCESS METHOD heap")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET ACCESS METHOD heap;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler;
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET ACCESS METHOD other;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      -- then scan: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "set-logged":
      #"""
      ---
      name: set-logged
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # set-logged

      ## Condition

      `SET LOGGED` or `SET UNLOGGED` on a table that existed before the step and is not so already.

      ## Effect

      PostgreSQL writes the table and its indexes anew under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction
      ends. An unlogged table is emptied after a crash, and is not replicated.

      ## Workaround

      Do it when nobody uses the table, with a `lock_timeout`:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("ALTER TABLE orders SET LOGGED")
      ```

      ## Examples

      ### There and back

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET UNLOGGED")  # finds: set-logged

      def downgrade():
          op.execute("ALTER TABLE orders SET LOGGED")  # finds: set-logged
      ```

      ### It is logged already

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET LOGGED")

      def downgrade():
          op.execute("ALTER TABLE orders SET LOGGED")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET UNLOGGED;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET LOGGED;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "set-not-null-breaks-writers":
      #"""
      ---
      name: set-not-null-breaks-writers
      severity: warning
      directions: [upgrade]
      ---

      # set-not-null-breaks-writers

      ## Condition

      `SET NOT NULL` on a column that existed before the revision's upgrade.

      ## Effect

      Code from before that writes NULL fails (23502), and so does code that leaves the column out where it has no default.

      ## Workaround

      Release code that always writes a value first, and this revision after it.

      ```python
      op.alter_column("orders", "note", server_default="")  # first
      op.alter_column("orders", "note", nullable=False)  # in a later release
      ```

      ## Examples

      ### A column from before

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", nullable=False)  # finds: set-not-null-breaks-writers

      def downgrade():
          op.alter_column("orders", "note", nullable=True)
      ```

      ### It was NOT NULL already

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()), sa.Column("state", sa.Text(), nullable=False, server_default="open"))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "state", nullable=False)

      def downgrade():
          pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
      -- when
      INSERT INTO orders (id) VALUES (1);
      -- then error: 23502
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET NOT NULL`
      """#
    case "set-not-null-scan":
      #"""
      ---
      name: set-not-null-scan
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # set-not-null-scan

      ## Condition

      `SET NOT NULL` on a table that existed before the step. Silent where a valid `CHECK (c IS NOT NULL)` spares PostgreSQL
      the look at the rows, and where the column is `NOT NULL` already.

      ## Effect

      Every row is read under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction ends. Since PostgreSQL 12
      nothing is read where a valid `CHECK` proves that there is no NULL.

      ## Workaround

      In three revisions, each in its own transaction:

      ```python
      op.create_check_constraint("note_given", "orders", "note IS NOT NULL", postgresql_not_valid=True)
      ```

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")
      ```

      ```python
      op.alter_column("orders", "note", nullable=False)
      op.drop_constraint("note_given", "orders")
      ```

      ## Examples

      ### Every row is read

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", nullable=False)  # finds: set-not-null-scan

      def downgrade():
          op.alter_column("orders", "note", nullable=True)
      ```

      ### A valid CHECK comes before

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("note_given", "orders", "note IS NOT NULL", postgresql_not_valid=True)

      def downgrade():
          op.drop_constraint("note_given", "orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", nullable=False)

      def downgrade():
          op.alter_column("orders", "note", nullable=True)
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "note", nullable=True)

      def downgrade():
          op.alter_column("orders", "note", nullable=False)
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text(), nullable=False))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN note DROP NOT NULL")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN note SET NOT NULL")  # finds: set-not-null-scan
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
      -- then lock: orders AccessExclusive
      -- then scan: orders
      -- then no rewrite
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note IS NOT NULL);
      -- when
      ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "set-tablespace":
      #"""
      ---
      name: set-tablespace
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # set-tablespace

      ## Condition

      `SET TABLESPACE` to another tablespace on a table that existed before the step.

      ## Effect

      PostgreSQL copies the table's files under `ACCESS EXCLUSIVE`: reads and writes wait until the transaction ends. Its
      indexes stay where they are.

      ## Workaround

      Do it when nobody uses the table, with a `lock_timeout`:

      ```python
      op.execute("SET LOCAL lock_timeout = '5s'")
      op.execute("ALTER TABLE orders SET TABLESPACE fast")
      ```

      or create a new table there, and copy the rows in batches:

      ```python
      op.execute("CREATE TABLE orders_new (LIKE orders INCLUDING ALL) TABLESPACE fast")
      ```

      ## Examples

      ### Another tablespace

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET TABLESPACE fast")  # finds: set-tablespace

      def downgrade():
          op.execute("ALTER TABLE orders SET TABLESPACE pg_default")  # finds: set-tablespace
      ```

      ### The one that it is in

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders SET TABLESPACE pg_default")

      def downgrade():
          op.execute("ALTER TABLE orders SET TABLESPACE pg_default")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET TABLESPACE pg_default;
      -- then lock: orders AccessExclusive
      -- then no rewrite
      ```

      ```sql
      -- given
      SET allow_in_place_tablespaces = on;
      CREATE TABLESPACE fast LOCATION '';
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders SET TABLESPACE fast;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "tighten-domain":
      #"""
      ---
      name: tighten-domain
      severity: warning
      directions: [upgrade]
      ---

      # tighten-domain

      ## Condition

      A constraint or `NOT NULL` is added to a domain that existed before the revision's upgrade.

      ## Effect

      Code from before that writes other values to any column of the domain fails (23514, 23502). The rows of every such table are checked, and the statement fails on the first that does not fit.

      ## Workaround

      Release code that keeps to it first, and this revision after it.

      ```python
      op.execute("ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0)")  # in a later release
      ```

      ## Examples

      ### A check

      ```python
      def upgrade():
          op.execute("CREATE DOMAIN amount AS integer")
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, total amount)")

      def downgrade():
          op.execute("DROP TABLE orders")
          op.execute("DROP DOMAIN amount")
      ```

      ```python
      def upgrade():
          op.execute("ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0)")  # finds: tighten-domain

      def downgrade():
          op.execute("ALTER DOMAIN amount DROP CONSTRAINT positive")
      ```

      ### A domain of the same revision

      ```python
      def upgrade():
          op.execute("CREATE DOMAIN amount AS integer")
          op.execute("ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0)")

      def downgrade():
          op.execute("DROP DOMAIN amount")
      ```

      ## Claims

      ```sql
      -- given
      CREATE DOMAIN amount AS integer; CREATE TABLE orders (total amount); INSERT INTO orders VALUES (0);
      -- when
      ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0);
      -- then error: 23514
      ```

      ```sql
      -- given
      CREATE DOMAIN amount AS integer;
      CREATE TABLE orders (total amount);
      ALTER DOMAIN amount SET NOT NULL;
      -- when
      INSERT INTO orders VALUES (NULL);
      -- then error: 23502
      ```

      ## References

      - [ALTER DOMAIN](https://www.postgresql.org/docs/15/sql-alterdomain.html)
      """#
    case "tighten-policy":
      #"""
      ---
      name: tighten-policy
      severity: warning
      directions: [upgrade]
      ---

      # tighten-policy

      ## Condition

      With row-level security on, a permissive policy of a table that existed before the revision's upgrade is dropped, a restrictive one is added, or one is changed, and the policies are not the same again after it.

      ## Effect

      Code from before sees fewer rows without an error, or what it writes is refused (42501).

      ## Workaround

      Add the policy that takes the place of the old one before that is dropped; several permissive policies add up.

      ```python
      op.execute("CREATE POLICY tenants ON orders USING (tenant = current_user)")
      op.execute("DROP POLICY everyone ON orders")  # in a later release
      ```

      ## Examples

      ### Of what was there

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, tenant text)")
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
          op.execute("CREATE POLICY everyone ON orders USING (true)")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP POLICY everyone ON orders")  # finds: tighten-policy

      def downgrade():
          op.execute("CREATE POLICY everyone ON orders USING (true)")
      ```

      ### Of the same revision

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id integer PRIMARY KEY, tenant text)")
          op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
          op.execute("CREATE POLICY everyone ON orders USING (true)")
          op.execute("DROP POLICY everyone ON orders")

      def downgrade():
          op.execute("DROP TABLE orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, tenant text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everyone ON orders USING (true);
      -- when
      DROP POLICY everyone ON orders;
      -- then lock: orders AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, tenant text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everyone ON orders USING (true);
      -- when
      DROP POLICY everyone ON orders;
      CREATE ROLE clerk;
      GRANT SELECT, INSERT ON orders TO clerk;
      SET ROLE clerk;
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, tenant text);
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everyone ON orders USING (true);
      -- when
      CREATE POLICY nobody ON orders AS RESTRICTIVE USING (false);
      CREATE ROLE clerk;
      GRANT SELECT, INSERT ON orders TO clerk;
      SET ROLE clerk;
      INSERT INTO orders VALUES (101, 'x');
      -- then error: 42501
      ```

      ## References

      - [Row Security Policies](https://www.postgresql.org/docs/15/ddl-rowsecurity.html)
      """#
    case "transaction-control-in-migration":
      #"""
      ---
      name: transaction-control-in-migration
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # transaction-control-in-migration

      ## Condition

      `COMMIT`, `ROLLBACK` or `PREPARE TRANSACTION` in a migration. `autocommit_block()`, which does it in Alembic's
      knowledge, and savepoints are silent.

      ## Effect

      What came before is committed, or undone, behind Alembic's back. If a later statement fails, the first part stays
      while `alembic_version` does not say so. Whether what follows runs in a new transaction depends on the driver.

      ## Workaround

      Leave transactions to Alembic; for commands that cannot run in one there is

      ```python
      with op.get_context().autocommit_block():
          op.execute("VACUUM orders")
      ```

      ## Examples

      ### By hand

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          op.execute("COMMIT")  # finds: transaction-control-in-migration
          op.execute("UPDATE orders SET size = 0")

      def downgrade():
          op.drop_column("orders", "size")
          op.execute("COMMIT")  # finds: transaction-control-in-migration
          op.execute("VACUUM orders")
      ```

      ### By Alembic

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("size", sa.Integer()))
          with op.get_context().autocommit_block():
              op.execute("VACUUM orders")

      def downgrade():
          op.drop_column("orders", "size")
          with op.get_context().autocommit_block():
              op.execute("VACUUM orders")
      ```

      ### A savepoint

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("SAVEPOINT filled")
          op.execute("UPDATE orders SET note = trim(note)")
          op.execute("RELEASE SAVEPOINT filled")

      def downgrade():
          op.execute("SAVEPOINT filled")
          op.execute("UPDATE orders SET note = '-' WHERE note = ''")
          op.execute("ROLLBACK TO SAVEPOINT filled")
      ```

      ## References

      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      - [COMMIT](https://www.postgresql.org/docs/15/sql-commit.html)
      """#
    case "trigger-added":
      #"""
      ---
      name: trigger-added
      severity: info
      directions: [upgrade]
      ---

      # trigger-added

      ## Condition

      A trigger is created on a table that existed before the revision's upgrade.

      ## Effect

      It runs for what code from before writes, too, which does not expect what it does.

      ## Workaround

      Make sure that code from before works with it, or create it in a later release.

      ```python
      op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")
      ```

      ## Examples

      ### On a table from before

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")

      def downgrade():
          op.execute("DROP FUNCTION touch()")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()")  # finds: trigger-added

      def downgrade():
          op.execute("DROP TRIGGER touched ON orders")
      ```

      ### On a table of the same revision

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")

      def downgrade():
          op.execute("DROP FUNCTION touch()")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("CREATE TRIGGER touched BEFORE UPDATE ON lines FOR EACH ROW EXECUTE FUNCTION touch()")

      def downgrade():
          op.drop_table("lines")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'stamped'; RETURN NEW; END $$;
      -- when
      CREATE TRIGGER stamped BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
      INSERT INTO orders VALUES (1, 'x');
      -- then result: SELECT note FROM orders => stamped
      ```

      ## References

      - [CREATE TRIGGER](https://www.postgresql.org/docs/15/sql-createtrigger.html)
      """#
    case "truncate":
      #"""
      ---
      name: truncate
      severity: error
      directions: [upgrade, downgrade]
      ---

      # truncate

      ## Condition

      `TRUNCATE` of a table that existed before the revision's upgrade. Silent where all rows were copied to a new table before
      and the downgrade copies them back. In a downgrade it is information where its upgrade created the table.

      ## Effect

      All rows of the table are gone (with `CASCADE` see `truncate-cascade`). No downgrade brings them back. PostgreSQL takes `ACCESS EXCLUSIVE` on all of them.

      ## Workaround

      Delete by a condition that names what must go, and move it to a table:

      ```python
      op.execute("CREATE TABLE sessions_ended (LIKE sessions)")
      op.execute("WITH gone AS (DELETE FROM sessions WHERE ended < '2026-01-01' RETURNING *) INSERT INTO sessions_ended SELECT * FROM gone")
      ```

      that the downgrade reads back:

      ```python
      op.execute("INSERT INTO sessions SELECT * FROM sessions_ended")
      op.drop_table("sessions_ended")
      ```

      ## Examples

      ### Rows of a known table

      ```python
      def upgrade():
          op.create_table("sessions", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("sessions")
      ```

      ```python
      def upgrade():
          op.execute("TRUNCATE sessions")  # finds: truncate

      def downgrade():
          pass
      ```

      ### The word in a string

      ```python
      def upgrade():
          op.create_table("sessions", sa.Column("id", sa.Integer(), primary_key=True))
          op.execute("COMMENT ON TABLE sessions IS 'TRUNCATE sessions'")

      def downgrade():
          op.execute("COMMENT ON TABLE sessions IS 'no TRUNCATE sessions'")
          op.drop_table("sessions")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("sessions", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("sessions")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO sessions (id) VALUES (1), (2)")

      def downgrade():
          op.execute("TRUNCATE sessions")  # finds: truncate
      ```

      ### Set aside and brought back

      ```python
      def upgrade():
          op.create_table("sessions", sa.Column("id", sa.Integer(), primary_key=True))

      def downgrade():
          op.drop_table("sessions")
      ```

      ```python
      def upgrade():
          op.execute("CREATE TABLE sessions_before AS SELECT * FROM sessions")
          op.execute("TRUNCATE sessions")

      def downgrade():
          op.execute("INSERT INTO sessions SELECT * FROM sessions_before")
          op.drop_table("sessions_before")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      TRUNCATE orders;
      -- then lock: orders AccessExclusive
      -- then rewrite: orders
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ## References

      - [TRUNCATE](https://www.postgresql.org/docs/15/sql-truncate.html)
      """#
    case "truncate-cascade":
      #"""
      ---
      name: truncate-cascade
      severity: error
      directions: [upgrade, downgrade]
      ---

      # truncate-cascade

      ## Condition

      `TRUNCATE … CASCADE` of tables that existed before the revision's upgrade. In a downgrade it is information where its
      upgrade created them all.

      ## Effect

      Every table that refers to one of those named is emptied as well, and those that refer to it, and so on. No downgrade brings the rows back. PostgreSQL takes `ACCESS EXCLUSIVE` on all of them.

      ## Workaround

      Name the tables that must be emptied, and leave `CASCADE` out: then the statement fails (0A000) where it would reach further.

      ```python
      op.execute("TRUNCATE orders, order_lines")
      ```

      ## Examples

      ### Rows of a table that is not named

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("TRUNCATE users CASCADE")  # finds: truncate-cascade

      def downgrade():
          pass
      ```

      ### By name

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("TRUNCATE orders, users")

      def downgrade():
          op.execute("TRUNCATE orders, users")
      ```

      ### In the downgrade

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("INSERT INTO users (id) VALUES (1), (2)")

      def downgrade():
          op.execute("TRUNCATE users CASCADE")  # finds: truncate-cascade
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE orders (user_id integer REFERENCES users);
      -- when
      TRUNCATE users CASCADE;
      -- then lock: orders AccessExclusive
      -- then lock: users AccessExclusive
      ```

      ```sql
      -- given
      CREATE TABLE customers (id integer PRIMARY KEY);
      CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers (id));
      INSERT INTO customers VALUES (1);
      INSERT INTO orders VALUES (1, 1);
      -- when
      TRUNCATE customers CASCADE;
      -- then rewrite: orders
      -- then rewrite: customers
      -- then result: SELECT count(*) FROM orders => 0
      ```

      ## References

      - [TRUNCATE](https://www.postgresql.org/docs/15/sql-truncate.html)
      """#
    case "unknown-down-revision":
      #"""
      ---
      name: unknown-down-revision
      severity: error
      directions: [upgrade]
      ---

      # unknown-down-revision

      ## Condition

      `down_revision` or `depends_on` names a revision that none of the files has.

      ## Effect

      Alembic loads none of the migrations. Often the name is that of a file instead of its `revision`, or the file is in another branch.

      ## Workaround

      Name the identifier in the file before it, or bring the file back.

      ```python
      down_revision = "a1b2c3"
      ```

      ## Examples

      ### Not there

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      down_revision = "0001_create_orders"  # finds: unknown-down-revision

      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ### There

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          pass

      def downgrade():
          pass
      ```

      ## References

      - [Alembic: working with branches](https://alembic.sqlalchemy.org/en/latest/branches.html)
      """#
    case "unnamed-constraint":
      #"""
      ---
      name: unnamed-constraint
      severity: error
      directions: [downgrade]
      ---

      # unnamed-constraint

      ## Condition

      A downgrade drops a constraint by a name that the table does not have, while the upgrade added one to it whose name PostgreSQL or a naming convention chose; or it drops one without a name, as `alembic revision --autogenerate` writes it where the model gives none.

      ## Effect

      The statement fails (42704), and with it the downgrade. Without a name nothing is sent: SQLAlchemy raises `CompileError`, or `IndexError` where the naming convention asks for the table that a foreign key refers to.

      ## Workaround

      Give the constraint a name in the upgrade, and drop it by that name.

      ```python
      op.create_unique_constraint("uq_note", "orders", ["note"])
      op.drop_constraint("uq_note", "orders")
      ```

      ## Examples

      ### Another name

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD UNIQUE (note)")

      def downgrade():
          op.drop_constraint("uq_note", "orders")  # finds: unnamed-constraint
      ```

      ### The name that PostgreSQL chooses

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ADD UNIQUE (note)")

      def downgrade():
          op.drop_constraint("orders_note_key", "orders")
      ```

      ### No name

      ```python
      def upgrade():
          op.create_table("customers", sa.Column("id", sa.Integer(), primary_key=True))
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
      ```

      ```python
      def upgrade():
          op.create_foreign_key(None, "orders", "customers", ["customer"], ["id"])

      def downgrade():
          op.drop_constraint(None, "orders", type_="foreignkey")  # finds: unnamed-constraint
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders ADD UNIQUE (note);
      -- when
      ALTER TABLE orders DROP CONSTRAINT uq_note;
      -- then error: 42704
      ```

      ## References

      - [Configuring constraint naming conventions](https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions)
      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP CONSTRAINT`
      """#
    case "update-rows":
      #"""
      ---
      name: update-rows
      severity: error
      directions: [upgrade, downgrade]
      ---

      # update-rows

      ## Condition

      `UPDATE` that overwrites a column that existed before the revision's upgrade. Silent where the column was added
      by the same revision: a backfill overwrites nothing. Silent, too, where the upgrade copies the values of all rows to a new
      column before and the downgrade copies them back, where it adds an integer and the downgrade subtracts it, and in a downgrade
      that takes only values which the schema from before did not allow, such as NULL in a column that was `NOT NULL`.

      ## Effect

      The old values are gone. An `UPDATE` in the downgrade that computes them back is right only if the first one lost
      no information: `SET state = 'b' WHERE state = 'a'` is not undone by the reverse where some rows had `b` before. PostgreSQL takes `ROW EXCLUSIVE` on the table and writes every row that matches.

      ## Workaround

      Write the new form into a new column, let the code read both, and drop the old column in a later release:

      ```python
      op.add_column("users", sa.Column("email_lower", sa.Text()))
      op.execute("UPDATE users SET email_lower = lower(email)")
      ```

      ## Examples

      ### Values from before are overwritten

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("UPDATE users SET email = lower(email)")  # finds: update-rows

      def downgrade():
          pass
      ```

      ### Set aside, and brought back

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.add_column("users", sa.Column("email_before", sa.Text()))
          op.execute("UPDATE users SET email_before = email")
          op.execute("UPDATE users SET email = lower(email)")

      def downgrade():
          op.execute("UPDATE users SET email = email_before")
          op.drop_column("users", "email_before")
      ```

      ### A swap of two values, which is not undone by the reverse

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("state", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.execute("UPDATE users SET state = 'b' WHERE state = 'a'")  # finds: update-rows

      def downgrade():
          op.execute("UPDATE users SET state = 'a' WHERE state = 'b'")  # finds: update-rows
      ```

      ### NULLs that only the new schema allows

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("state", sa.Text(), nullable=False))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.alter_column("users", "state", nullable=True)

      def downgrade():
          op.execute("UPDATE users SET state = 'a' WHERE state IS NULL")
          op.alter_column("users", "state", nullable=False)
      ```

      ### A backfill of a column that the revision adds

      ```python
      def upgrade():
          op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))

      def downgrade():
          op.drop_table("users")
      ```

      ```python
      def upgrade():
          op.add_column("users", sa.Column("email_lower", sa.Text()))
          op.execute("UPDATE users SET email_lower = lower(email)")

      def downgrade():
          op.drop_column("users", "email_lower")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      UPDATE orders SET note = 'y' WHERE note = 'x';
      -- then lock: orders RowExclusive
      -- then scan: orders
      -- then no rewrite
      -- then result: SELECT count(*) FROM orders WHERE note = 'x' => 0
      ```

      ## References

      - [UPDATE](https://www.postgresql.org/docs/15/sql-update.html)
      """#
    case "vacuum-full":
      #"""
      ---
      name: vacuum-full
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # vacuum-full

      ## Condition

      `VACUUM FULL` of a table that existed before the step.

      ## Effect

      PostgreSQL writes the table and its indexes anew under `ACCESS EXCLUSIVE`: reads and writes wait until it is done, and
      space for a second copy is needed. It cannot run inside a transaction (25001).

      ## Workaround

      Plain `VACUUM` lets everything go on, and the space that it frees is used again:

      ```python
      with op.get_context().autocommit_block():
          op.execute("VACUUM (ANALYZE) orders")
      ```

      `pg_repack` gives it back with a short lock at the end.

      ## Examples

      ### All is written anew

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("VACUUM FULL orders")  # finds: vacuum-full

      def downgrade():
          with op.get_context().autocommit_block():
              op.execute("VACUUM (FULL, ANALYZE) orders")  # finds: vacuum-full
      ```

      ### Plain

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          with op.get_context().autocommit_block():
              op.execute("VACUUM orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.execute("VACUUM (FULL false, ANALYZE) orders")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      VACUUM FULL orders;
      -- then error: 25001
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when outside a transaction
      VACUUM FULL orders;
      -- then rewrite: orders
      -- then scan: orders
      ```

      ## References

      - [VACUUM](https://www.postgresql.org/docs/15/sql-vacuum.html)
      """#
    case "validate-in-same-transaction":
      #"""
      ---
      name: validate-in-same-transaction
      severity: warning
      directions: [upgrade, downgrade]
      ---

      # validate-in-same-transaction

      ## Condition

      `VALIDATE CONSTRAINT` after the same transaction took a lock that blocks writes on the table, as `ADD CONSTRAINT … NOT
      VALID` does.

      ## Effect

      `VALIDATE CONSTRAINT` itself takes `SHARE UPDATE EXCLUSIVE` and lets reads and writes go on, but the lock from before
      is held until the transaction ends, so that they wait all the same while every row is read.

      ## Workaround

      Add it in one revision

      ```python
      op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)
      ```

      and validate it in a later one, with `transaction_per_migration=True` in `env.py`:

      ```python
      op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")
      ```

      ## Examples

      ### Added and validated at once

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")  # finds: validate-in-same-transaction

      def downgrade():
          op.drop_constraint("note_given", "orders")
      ```

      ```python
      def upgrade():
          op.drop_constraint("note_given", "orders")

      def downgrade():
          op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")  # finds: validate-in-same-transaction
      ```

      ### In a later revision, and after a commit

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)

      def downgrade():
          op.drop_constraint("note_given", "orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")

      def downgrade():
          pass
      ```

      ```python
      def upgrade():
          op.drop_constraint("note_given", "orders")

      def downgrade():
          with op.get_context().autocommit_block():
              op.create_check_constraint("note_given", "orders", "note <> ''", postgresql_not_valid=True)
          op.execute("ALTER TABLE orders VALIDATE CONSTRAINT note_given")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note <> '') NOT VALID;
      -- when
      ALTER TABLE orders VALIDATE CONSTRAINT note_given;
      -- then lock: orders ShareUpdateExclusive
      -- then scan: orders
      ```

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      ALTER TABLE orders ADD CONSTRAINT note_given CHECK (note <> '') NOT VALID;
      ALTER TABLE orders VALIDATE CONSTRAINT note_given;
      -- then lock: orders AccessExclusive
      -- then scan: orders
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    case "version-table-touched":
      #"""
      ---
      name: version-table-touched
      severity: error
      directions: [upgrade, downgrade]
      ---

      # version-table-touched

      ## Condition

      A revision drops, creates, renames or writes `alembic_version`. It is an error where the table is dropped, else a warning.

      ## Effect

      Alembic writes the table itself after each revision, and expects to find one row there. After a `DROP` its own statement fails (42P01); after an `UPDATE` it finds no row, or the wrong one, and the way back begins at another revision.

      ## Workaround

      Leave the table alone; set the revision from outside where it must be set.

      ```python
      # alembic stamp a1b2c3
      ```

      ## Examples

      ### Dropped

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP TABLE alembic_version")  # finds: version-table-touched

      def downgrade():
          pass
      ```

      ### Written

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.add_column("orders", sa.Column("number", sa.Integer()))
          op.execute("UPDATE alembic_version SET version_num = '0001'")  # finds: version-table-touched

      def downgrade():
          op.drop_column("orders", "number")
          op.execute("DELETE FROM alembic_version")  # finds: version-table-touched
      ```

      ### The name in a text

      ```python
      def upgrade():
          op.execute("CREATE TABLE notes (id integer PRIMARY KEY)")
          op.execute("COMMENT ON TABLE notes IS 'DROP TABLE alembic_version'")

      def downgrade():
          op.execute("COMMENT ON TABLE notes IS 'UPDATE alembic_version'")
          op.drop_table("notes")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE alembic_version (version_num text); DROP TABLE alembic_version;
      -- when
      UPDATE alembic_version SET version_num = 'b';
      -- then error: 42P01
      ```

      ## References

      - [Alembic: `stamp`](https://alembic.sqlalchemy.org/en/latest/api/commands.html)
      """#
    case "view-changed":
      #"""
      ---
      name: view-changed
      severity: warning
      directions: [upgrade]
      ---

      # view-changed

      ## Condition

      A view that existed before the revision's upgrade has another definition after it. It is a warning where columns are missing, else information.

      ## Effect

      Code from before that reads a missing column fails (42703); with another condition it reads other rows.

      ## Workaround

      Keep the columns until no code reads them, or give the new form a new name.

      ```python
      op.execute("CREATE VIEW notes_2 AS SELECT id FROM orders")
      ```

      ## Examples

      ### A column is missing

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP VIEW notes")  # finds: view-changed
          op.execute("CREATE VIEW notes AS SELECT id FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")
      ```

      ### The same again

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
          op.execute("DROP VIEW notes")
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("DROP VIEW notes")
          op.execute("CREATE VIEW notes AS SELECT id, note FROM orders")

      def downgrade():
              pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer, note text);
      CREATE VIEW notes AS SELECT id FROM orders;
      -- when
      SELECT note FROM notes;
      -- then error: 42703
      ```

      ## References

      - [CREATE VIEW](https://www.postgresql.org/docs/15/sql-createview.html)
      """#
    case "wide-index":
      #"""
      ---
      name: wide-index
      severity: info
      directions: [upgrade]
      default: off
      ---

      # wide-index

      ## Condition

      An index over more than three columns that is not unique is created.

      ## Effect

      The manual: indexes with more than three columns are unlikely to be helpful unless the usage of the table is extremely stylized. Each write pays for it.

      ## Workaround

      Index the columns that select most.

      ```python
      op.create_index("ix_a_b", "orders", ["a", "b"])
      ```

      ## Examples

      ### Found

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_all", "orders", ["a", "b", "c", "d"])  # finds: wide-index

      def downgrade():
          op.drop_index("ix_all")
      ```

      ### Silent

      ```python
      def upgrade():
          op.execute("CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer, d integer)")

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.create_index("ix_some", "orders", ["a", "b", "c"])

      def downgrade():
          op.drop_index("ix_some")
      ```

      ## References

      - [Multicolumn Indexes](https://www.postgresql.org/docs/15/indexes-multicolumn.html)
      """#
    default: nil
    }
  }
}
