// The pages of Rules/, embedded. Written by `make rules`; do not edit.

extension RulePage {
  /// Every rule by name, in alphabetical order.
  package static let names: [String] = [
    "add-check-without-not-valid",
    "add-column-volatile-default",
    "add-column-with-constraint",
    "add-exclusion-constraint",
    "add-foreign-key-without-not-valid",
    "add-generated-column",
    "add-identity-column",
    "add-primary-key-without-index",
    "add-serial-column",
    "add-unique-without-index",
    "alter-domain-scan",
    "alter-table-could-be-combined",
    "attach-partition-scan",
    "bulk-rows-in-transaction",
    "change-type-rewrite",
    "change-type-scan",
    "cluster-table",
    "commit-splits-revision",
    "concurrently-in-transaction",
    "create-partition-locks-parent",
    "create-table-locks-parent",
    "create-trigger-lock",
    "delete-rows",
    "detach-partition-not-concurrent",
    "disable-trigger",
    "downgrade-depends-on-data",
    "downgrade-fails",
    "downgrade-not-inverse",
    "downgrade-raises",
    "drop-column-drops-constraint",
    "drop-column",
    "drop-foreign-key-locks-parent",
    "drop-index-not-concurrent",
    "drop-table",
    "drop-type-cascade",
    "drop-type",
    "drop-view-cascade",
    "drop-view",
    "duplicate-revision",
    "empty-downgrade",
    "enum-type-left-behind",
    "enum-value-added",
    "enum-value-used-in-same-transaction",
    "foreign-key-without-index",
    "if-not-exists-hides-invalid-index",
    "index-not-concurrent",
    "lock-table",
    "lock-timeout-too-late",
    "long-work-behind-lock",
    "many-locks-in-one-transaction",
    "missing-downgrade",
    "missing-lock-timeout",
    "narrowing-type-change",
    "primary-key-using-index-sets-not-null",
    "refresh-view-not-concurrent",
    "reindex-not-concurrent",
    "set-access-method",
    "set-logged",
    "set-not-null-scan",
    "set-tablespace",
    "transaction-control-in-migration",
    "truncate",
    "unknown-down-revision",
    "unnamed-constraint",
    "update-rows",
    "vacuum-full",
    "validate-in-same-transaction",
  ]

  /// The text of a page as it stands in Rules/.
  static func embeddedText(of name: String) -> String? {
    switch name {
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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
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

      Run it when nobody uses the table, with a `lock_timeout`; or create a new table with the constraint and copy the rows
      over.

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

      ### A new table

      ```python
      def upgrade():
          op.execute("CREATE TABLE bookings (id integer PRIMARY KEY, period tsrange, EXCLUDE USING gist (period WITH &&))")

      def downgrade():
          op.execute("DROP TABLE bookings")
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

      Add a plain column, keep it up to date by a trigger, and fill old rows in batches; or compute the value in a view or
      in an index on the expression.

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

      Add a nullable column whose default, set afterwards, takes numbers from a sequence; number old rows in batches; make
      the column `NOT NULL` by way of a validated `CHECK`, and an identity column at last.

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
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY")

      def downgrade():
          op.execute("ALTER TABLE orders ALTER COLUMN id DROP IDENTITY")
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

      Add a nullable column, create the sequence, set `nextval()` as the default in a statement of its own, and number old
      rows in batches.

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
      -- then no scan
      ```

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      - [Partitioning](https://www.postgresql.org/docs/15/ddl-partitioning.html)
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

      Change the rows in a revision of their own, with `transaction_per_migration=True` in `env.py`, or in batches outside
      of the migration.

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
          pass
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

      Add a column of the new type, keep it up to date by a trigger, fill old rows in batches, let the code change over, and
      drop the old column in a later release.

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

      `ALTER COLUMN … TYPE` that leaves the rows as they are, on a column with a `CHECK` constraint, of a table that existed
      before the step.

      ## Effect

      PostgreSQL verifies the `CHECK` again: it reads every row under `ACCESS EXCLUSIVE`, and reads and writes wait until
      the transaction ends. Without a `CHECK` the same change is done in a moment.

      ## Workaround

      Drop the `CHECK` before, add it again with `NOT VALID`, and validate it in a later revision.

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

      ### No CHECK

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("number", sa.Integer()), sa.Column("code", sa.String(10)))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.alter_column("orders", "code", type_=sa.Text(), existing_type=sa.String(10))

      def downgrade():
          raise NotImplementedError("no way back")
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

      `pg_repack` orders a table with a short lock at the end; or do it when nobody uses the table.

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

      One revision for what runs in autocommit and another for the rest; or put the block first and write it so that it can
      be run twice.

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
    case "concurrently-in-transaction":
      #"""
      ---
      name: concurrently-in-transaction
      severity: error
      directions: [upgrade]
      ---

      # concurrently-in-transaction

      ## Condition

      `CREATE INDEX`, `DROP INDEX`, `REINDEX` or `DETACH PARTITION` with `CONCURRENTLY`, or `VACUUM`, outside of
      `autocommit_block()`. In a downgrade it is `downgrade-fails` that says it.

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

      Create the table without the foreign keys, and add each in a revision of its own; the new table is empty, so there is
      nothing to verify.

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

      `SET LOCAL lock_timeout = '5s'` before it, and no long statement in the same transaction.

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
      keys, the very rows that its upgrade inserted.

      ## Effect

      The rows that match are gone. In an upgrade they are rows from before; in a downgrade a condition cannot tell rows
      from before from rows written since. PostgreSQL takes `ROW EXCLUSIVE` on the table and reads what the condition
      does not find by an index.

      ## Workaround

      Copy what is deleted into a table that the downgrade reads back, or mark rows instead of deleting them.

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
      transaction, not with a default partition) the partitioned table is locked in `SHARE UPDATE EXCLUSIVE` mode.

      ## Workaround

      ```python
      with op.get_context().autocommit_block():
          op.execute("ALTER TABLE events DETACH PARTITION events_2026 CONCURRENTLY")
      ```

      ## Examples

      ### The downgrade detaches

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

      Let the trigger's function skip the rows of the migration; or enable it again in the same transaction, and check what
      was written.

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

      Mend or move the rows in the downgrade before restoring the constraint.

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

      Run the downgrade once on a copy of the database; mend the name or the order.

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

      If there is a way back, write it. If not, the raise is right; acknowledge the finding with the reason.

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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP COLUMN`
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

      ### A column that the same upgrade added

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
          op.add_column("orders", sa.Column("scratch", sa.Text()))
          op.drop_column("orders", "scratch")

      def downgrade():
          op.drop_table("orders")
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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `DROP COLUMN`
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

      `SET LOCAL lock_timeout = '5s'` before it, and one revision for each foreign key to a busy table, so that few locks
      are held together.

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
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("customer_id", sa.Integer()))

      def downgrade():
          op.drop_table("orders")
          op.drop_table("customers")
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

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE INDEX ix_orders_note ON orders (note);
      -- when
      DROP INDEX ix_orders_note;
      -- then lock: orders AccessExclusive
      -- then no scan
      ```

      ## References

      - [DROP INDEX](https://www.postgresql.org/docs/15/sql-dropindex.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
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

      Rename the table instead (`op.rename_table("orders", "orders_retired")`), and drop it in a later release when
      nothing goes back across it any more.

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

      ### A table that the same upgrade created

      ```python
      def upgrade():
          op.create_table("scratch", sa.Column("id", sa.Integer(), primary_key=True))
          op.drop_table("scratch")

      def downgrade():
          pass
      ```

      ## References

      - [DROP TABLE](https://www.postgresql.org/docs/15/sql-droptable.html)
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

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (mood mood);
      -- when
      DROP TYPE mood;
      -- then error: 2BP01
      ```

      ## References

      - [DROP TYPE](https://www.postgresql.org/docs/15/sql-droptype.html)
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
          raise NotImplementedError("fix forward")
      ```

      ## Claims

      ```sql
      -- given
      CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (mood mood);
      -- when
      DROP TYPE mood;
      -- then error: 2BP01
      ```

      ## References

      - [DROP TYPE](https://www.postgresql.org/docs/15/sql-droptype.html)
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

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer); CREATE VIEW notes AS SELECT id FROM orders; CREATE VIEW few_notes AS SELECT id FROM notes;
      -- when
      DROP VIEW notes;
      -- then error: 2BP01
      ```

      ## References

      - [DROP VIEW](https://www.postgresql.org/docs/15/sql-dropview.html)
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

      ## References

      - [ALTER TYPE](https://www.postgresql.org/docs/15/sql-altertype.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
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

      ## References

      - [Foreign keys](https://www.postgresql.org/docs/15/ddl-constraints.html#DDL-CONSTRAINTS-FK)
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

      ## References

      - [CREATE INDEX](https://www.postgresql.org/docs/15/sql-createindex.html)
      - [Explicit locking](https://www.postgresql.org/docs/15/explicit-locking.html)
      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
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

      Leave locking to the statements that need it. Where a lock is right, set `lock_timeout` before it, and keep the
      transaction short.

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
          op.execute("LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")

      def downgrade():
          pass
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
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.drop_column("orders", "size")
          op.execute("SET LOCAL lock_timeout = '0'")
      ```

      ## References

      - [Client connection defaults](https://www.postgresql.org/docs/15/runtime-config-client.html)
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

      Two revisions, with `transaction_per_migration=True` in `env.py`: one for the schema, one for the rows, or a script
      that works in batches.

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

      One revision for each table, and `transaction_per_migration=True` in `env.py`.

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

      Define `downgrade`; where there is no way back, let it raise with the reason.

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
          op.execute("SET LOCAL lock_timeout = '5s'")
          op.drop_column("orders", "size")
      ```

      ## References

      - [Client connection defaults](https://www.postgresql.org/docs/15/runtime-config-client.html)
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
      decimals of `numeric`, `bigint` to `integer`, `double precision` to `real`, `timestamp` to `date`, and the like. Widening
      is silent. In a downgrade that takes back its upgrade's widening it is information: what was written since decides.

      ## Effect

      Two kinds. Some changes fail on the first value that does not fit (22001, 22003, 22P02), and the migration with them.
      Others change values without a word: a smaller scale rounds, `real` loses digits, `date` loses the time, an explicit
      `USING x::varchar(5)` cuts. Either way PostgreSQL takes `ACCESS EXCLUSIVE` and rewrites the table and its indexes.

      ## Workaround

      Check first that everything fits, and keep the wide type in the downgrade where the narrow one is not needed.

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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html), `SET DATA TYPE`

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

      Make the columns `NOT NULL` before, by way of a `CHECK (… IS NOT NULL)` that was added with `NOT VALID` and validated;
      see `set-not-null-scan`.

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
          pass
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

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
      -- when
      REFRESH MATERIALIZED VIEW totals;
      -- then lock: totals AccessExclusive
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

      ### With and without CONCURRENTLY

      ```python
      def upgrade():
          op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("note", sa.Text()))

      def downgrade():
          op.drop_table("orders")
      ```

      ```python
      def upgrade():
          op.execute("REINDEX TABLE orders")  # finds: reindex-not-concurrent
          with op.get_context().autocommit_block():
              op.execute("REINDEX TABLE CONCURRENTLY orders")

      def downgrade():
          pass
      ```

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text);
      INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 100) AS n;
      -- when
      REINDEX TABLE orders;
      -- then lock: orders Share
      -- then scan: orders
      ```

      ## References

      - [REINDEX](https://www.postgresql.org/docs/15/sql-reindex.html)
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

      Do it when nobody uses the table, or create a new table with the method and copy the rows in batches.

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
          pass
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

      Do it when nobody uses the table, with a `lock_timeout`.

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
          pass
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

      Do it when nobody uses the table, with a `lock_timeout`; or create a new table there and copy the rows in batches.

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
          pass
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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
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
      ```

      ## References

      - [autocommit_block](https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block)
      - [COMMIT](https://www.postgresql.org/docs/15/sql-commit.html)
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

      `TRUNCATE` of a table that existed before the revision's upgrade.

      ## Effect

      All rows of the table are gone (with `CASCADE` see `truncate-cascade`). No downgrade brings them back. PostgreSQL takes `ACCESS EXCLUSIVE` on all of them.

      ## Workaround

      Delete by a condition that names what must go, after copying it to a table that the downgrade reads back.

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
          op.drop_table("sessions")
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

      A downgrade drops a constraint by a name that the table does not have, while the upgrade added one to it whose name PostgreSQL or a naming convention chose.

      ## Effect

      The statement fails (42704), and with it the downgrade.

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

      ## Claims

      ```sql
      -- given
      CREATE TABLE orders (id integer PRIMARY KEY, note text); ALTER TABLE orders ADD UNIQUE (note);
      -- when
      ALTER TABLE orders DROP CONSTRAINT uq_note;
      -- then error: 42704
      ```

      ## References

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
      by the same revision: a backfill overwrites nothing.

      ## Effect

      The old values are gone. An `UPDATE` in the downgrade that computes them back is right only if the first one lost
      no information, which no tool can see. PostgreSQL takes `ROW EXCLUSIVE` on the table and writes every row that matches.

      ## Workaround

      Write the new form into a new column, let the code read both, and drop the old column in a later release.

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

      Plain `VACUUM` lets everything go on, and the space that it frees is used again. `pg_repack` gives it back with a
      short lock at the end.

      ## Examples

      ### FULL and plain

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
              op.execute("VACUUM orders")

      def downgrade():
          pass
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

      Validate in a later revision, with `transaction_per_migration=True` in `env.py`.

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

      ### In a later revision

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

      ## References

      - [ALTER TABLE](https://www.postgresql.org/docs/15/sql-altertable.html)
      """#
    default: nil
    }
  }
}
