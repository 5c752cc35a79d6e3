// The pages of Rules/, embedded. Written by `make rules`; do not edit.

extension RulePage {
  /// Every rule by name, in alphabetical order.
  package static let names: [String] = [
    "delete-rows",
    "downgrade-depends-on-data",
    "downgrade-fails",
    "downgrade-not-inverse",
    "downgrade-raises",
    "drop-column",
    "drop-table",
    "drop-type",
    "empty-downgrade",
    "enum-value-added",
    "missing-downgrade",
    "narrowing-type-change",
    "truncate",
    "update-rows",
  ]

  /// The text of a page as it stands in Rules/.
  static func embeddedText(of name: String) -> String? {
    switch name {
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
      the database was taken back for. The enum type that `op.drop_table` leaves behind is the most frequent case.

      ## Workaround

      Take back in the reverse order what the upgrade did, and drop types that it created:

      ```python
      def downgrade():
          op.drop_table("orders")
          sa.Enum(name="order_state").drop(op.get_bind())
      ```

      ## Examples

      ### An enum type stays behind

      ```python
      def upgrade():
          op.create_table(
              "orders",
              sa.Column("id", sa.Integer(), primary_key=True),
              sa.Column("state", sa.Enum("open", "paid", name="order_state")),
          )

      def downgrade():  # finds: downgrade-not-inverse
          op.drop_table("orders")
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

      - [Alembic issue 886](https://github.com/sqlalchemy/alembic/issues/886)
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
    case "drop-type":
      #"""
      ---
      name: drop-type
      severity: error
      directions: [upgrade, downgrade]
      ---

      # drop-type

      ## Condition

      `DROP TYPE` with `CASCADE`, or `DROP TYPE` of a type that existed before the revision's upgrade.

      ## Effect

      With `CASCADE` every column of the type is dropped, with its values. Without it the statement fails (2BP01) while a
      column still uses the type. PostgreSQL takes `ACCESS EXCLUSIVE` on the tables whose columns go.

      ## Workaround

      Change the columns to `text` first, drop the type without `CASCADE`.

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
          op.execute("DROP TYPE mood CASCADE")  # finds: drop-type

      def downgrade():
          op.execute("CREATE TYPE mood AS ENUM ('ok', 'sad')")
          op.execute("ALTER TABLE people ADD COLUMN mood mood")
      ```

      ## References

      - [DROP TYPE](https://www.postgresql.org/docs/15/sql-droptype.html)
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

      All rows of the table are gone; with `CASCADE` also those of every table that refers to it, and of the tables
      that refer to those. No downgrade brings them back. PostgreSQL takes `ACCESS EXCLUSIVE` on all of them.

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
    default: nil
    }
  }
}
