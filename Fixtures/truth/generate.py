"""Writes Alembic projects whose downgrades are right, or wrong in one known way.

`write_history(directory, seed)` makes one project of 3 to 8 revisions. A small model of the schema keeps
the upgrades valid; what a downgrade does is left to chance: the inverse, one of the usual
shortcuts (`pass`, raise, data deleted or cut to fit), or the inverse with one mistake mixed in.
The same seed gives the same files.
"""

import os
import random
import re
import textwrap
from dataclasses import dataclass, field

from changes import CHANGES as SMALL_CHANGES
from pairs import PAIRS

INI = "[alembic]\nscript_location = %(here)s/migrations\npath_separator = os\n"
ENV = """\
from alembic import context
from sqlalchemy import create_engine, pool

if context.is_offline_mode():
    context.configure(url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"""
HEADER = '''\
"""%(message)s"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = %(revision)r
down_revision = %(parent)r
branch_labels = None
depends_on = None

%(helpers)s
def upgrade():
%(upgrade)s

def downgrade():
%(downgrade)s
'''
HELPERS = '''
def drop_columns(table, *columns):
    for column in columns:
        op.drop_column(table, column)


def run(*statements):
    for statement in statements:
        op.execute(statement)

'''

# SQLAlchemy's spelling, SQL's spelling, a default in SQL.
TYPES = [
    ("sa.Integer()", "integer", "0"), ("sa.SmallInteger()", "smallint", "1"),
    ("sa.BigInteger()", "bigint", "7"), ("sa.String(40)", "varchar(40)", "'n/a'"),
    ("sa.String(length=120)", "varchar(120)", "''"), ("sa.Text()", "text", "'none'"),
    ("sa.Boolean()", "boolean", "false"), ("sa.DateTime()", "timestamp", "now()"),
    ("sa.DateTime(timezone=True)", "timestamptz", "now()"), ("sa.Date()", "date", "CURRENT_DATE"),
    ("sa.Time()", "time", "'12:00'"), ("sa.Numeric(10, 2)", "numeric(10,2)", "0"),
    ("sa.Numeric(12, 4)", "numeric(12,4)", "1.5"), ("sa.Float()", "float", "0"),
    ("sa.REAL()", "real", "0"), ("sa.JSON()", "json", "'{}'"),
    ("postgresql.JSONB()", "jsonb", "'{}'"), ("postgresql.UUID()", "uuid", "gen_random_uuid()"),
    ("postgresql.ARRAY(sa.Integer())", "integer[]", "'{}'"),
    ("postgresql.ARRAY(sa.Text())", "text[]", "'{}'"), ("sa.LargeBinary()", "bytea", "''"),
    ("postgresql.INET()", "inet", "'127.0.0.1'"), ("sa.Interval()", "interval", "'1 day'"),
    ("sa.CHAR(3)", "char(3)", "'abc'"), ("postgresql.INT4RANGE()", "int4range", "'[1,2)'"),
    ("postgresql.TSVECTOR()", "tsvector", "''"),
]
SQL_OF = {a: b for a, b, _ in TYPES}
DEFAULT_OF = {b: c for _, b, c in TYPES}
PLAIN = {"integer", "smallint", "bigint", "varchar(40)", "varchar(120)", "text", "numeric(10,2)", "date"}

# From, to, the USING clause of the way up and of the way down (with {c} for the column).
CHANGES = [
    ("varchar(40)", "varchar(120)", None, None), ("varchar(40)", "text", None, None),
    ("varchar(120)", "text", None, None), ("integer", "bigint", None, None),
    ("smallint", "integer", None, None), ("smallint", "bigint", None, None),
    ("numeric(10,2)", "numeric(12,4)", None, None), ("integer", "numeric(10,2)", None, None),
    ("integer", "text", "{c}::text", "{c}::integer"), ("date", "timestamp", None, None),
    ("date", "timestamptz", None, None), ("timestamp", "timestamptz", "{c} AT TIME ZONE 'UTC'",
                                         "{c} AT TIME ZONE 'UTC'"),
    ("timestamp", "timestamptz", None, None), ("real", "float", None, None),
    ("json", "jsonb", "{c}::jsonb", "{c}::json"), ("char(3)", "varchar(40)", None, None),
    ("char(3)", "text", None, None), ("boolean", "integer", "{c}::integer", "{c}::boolean"),
    ("boolean", "text", None, "{c}::boolean"), ("integer", "float", None, None),
    ("uuid", "text", "{c}::text", "{c}::uuid"), ("uuid", "varchar(40)", None, "{c}::uuid"),
    ("inet", "text", "host({c})", "{c}::inet"), ("text", "text[]", "ARRAY[{c}]", "{c}[1]"),
    ("integer[]", "text[]", "{c}::text[]", "{c}::integer[]"), ("time", "interval", None, "{c}::time"),
    ("text", "bytea", "convert_to({c}, 'UTF8')", "convert_from({c}, 'UTF8')"),
    ("integer", "boolean", "{c} <> 0", "{c}::integer"), ("bigint", "numeric(12,4)", None, None),
    ("text", "jsonb", "to_jsonb({c})", "{c} #>> '{{}}'"), ("float", "numeric(12,4)", None, None),
    ("integer", "integer[]", "ARRAY[{c}]", "{c}[1]"), ("varchar(40)", "char(3)", "left({c}, 3)", None),
    ("text", "varchar(40)", "{c}::varchar(40)", None), ("numeric(12,4)", "numeric(10,2)", None, None),
    ("timestamp", "date", None, None), ("float", "real", None, None), ("bigint", "integer", None, None),
    ("text", "varchar(40)", "substr({c}, 1, 40)", None), ("numeric(10,2)", "integer", None, None),
]
SA_OF = {b: a for a, b, _ in TYPES}
NOUNS = "user item parcel coupon wallet region event audit stock batch".split()


@dataclass
class Column:
    """A column of the model; `held` while something depends on it that must not be disturbed."""

    kind: str
    nullable: bool = True
    default: str | None = None
    held: bool = False


@dataclass
class Table:
    """A table of the model; `objects` are (kind, name, create, drop, columns) of indexes and constraints."""

    name: str
    columns: dict = field(default_factory=dict)
    objects: list = field(default_factory=list)
    held: bool = False
    key: str | None = None
    schema: str | None = None


@dataclass
class Move:
    """Lines for the way up, the right way back, and other ways back that people write."""

    up: list
    down: list
    others: list = field(default_factory=list)


def sql(text):
    """A call that executes the text."""
    return "op.execute(%s)" % (repr(text) if "\n" not in text else '"""%s"""' % text)


class History:
    """The model after the revisions so far, and the moves that change it."""

    def __init__(self, rng):
        self.rng = rng
        self.tables, self.enums, self.others, self.count = {}, {}, [], 0
        self.extensions = set()

    # Choices

    def chance(self, part):
        return self.rng.random() < part

    def name(self, noun=None):
        self.count += 1
        return "%s_%d" % (noun or self.rng.choice(NOUNS), self.count)

    def type(self):
        return self.rng.choice(TYPES)

    def some_table(self, free=False, plain=True):
        found = [t for t in self.tables.values() if not (free and t.held) and not (plain and t.schema)]
        return self.rng.choice(found) if found else None

    def some_column(self, kinds=None, key=False, used=True, table=None):
        """A table and the name of one of its columns that nothing holds, or None."""
        found = [
            (t, c) for t in ([table] if table else self.tables.values()) for c, column in t.columns.items()
            if not column.held and not t.schema and (key or c != t.key)
            and (kinds is None or column.kind in kinds)
            and (used or not any(c in o[4] for o in t.objects))
        ]
        return self.rng.choice(found) if found else None

    # Spelling

    def column_code(self, name, kind, nullable=True, default=None, more=""):
        type_code = SA_OF.get(kind) or kind
        code = "sa.Column(%r, %s, nullable=%r" % (name, type_code, nullable)
        if default is not None:
            code += ", server_default=sa.text(%r)" % default
        return code + more + ")"

    def existing(self, column):
        return "existing_type=%s" % (SA_OF.get(column.kind) or column.kind)

    # Tables and columns

    def create_table(self):
        table = Table(self.name() + "s")
        parts, extra = [], []
        form = self.rng.choice(["serial", "serial", "identity", "always", "uuid", "text", "none"])
        key = {
            "serial": "sa.Column('id', sa.Integer(), primary_key=True)",
            "identity": "sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True)",
            "always": "sa.Column('id', sa.Integer(), sa.Identity(always=True), primary_key=True)",
            "uuid": "sa.Column('id', postgresql.UUID(), server_default=sa.text('gen_random_uuid()'), primary_key=True)",
            "text": "sa.Column('id', sa.Text(), primary_key=True)",
            "none": "sa.Column('id', sa.Integer(), nullable=False)",
        }[form]
        kinds = {"serial": "integer", "identity": "bigint", "always": "integer", "uuid": "uuid",
                 "text": "text", "none": "integer"}
        parts.append(key)
        table.columns["id"] = Column(kinds[form], False, held=True)
        table.key = "id"
        if form != "none":
            table.objects.append(("primary", table.name + "_pkey", None, None, ["id"]))
        for _ in range(self.rng.randint(2, 5)):
            name = self.name("c")
            _, kind, default = self.type()
            nullable = self.chance(0.6)
            given = default if self.chance(0.3) else None
            parts.append(self.column_code(name, kind, nullable, given))
            table.columns[name] = Column(kind, nullable, given)
        plain = [c for c, column in table.columns.items() if column.kind in PLAIN and c != "id"]
        if plain and self.chance(0.3):
            c = self.rng.choice(plain)
            parts.append("sa.UniqueConstraint(%r, name=%r)" % (c, "uq_" + c))
            table.objects.append(("unique", "uq_" + c, "op.create_unique_constraint(%r, %r, [%r])" % (
                "uq_" + c, table.name, c), "op.drop_constraint(%r, %r)" % ("uq_" + c, table.name), [c]))
        down = ["op.drop_table(%r)" % table.name]
        code = "op.create_table(\n    %r,\n    %s,\n)" % (table.name, ",\n    ".join(parts))
        if plain and self.chance(0.3):
            c = self.rng.choice(plain)
            extra.append("op.create_index(%r, %r, [%r])" % ("ix_" + c, table.name, c))
            table.objects.append(("index", "ix_" + c, extra[0],
                                  "op.drop_index(%r, table_name=%r)" % ("ix_" + c, table.name), [c]))
            down.insert(0, table.objects[-1][3])
        self.tables[table.name] = table
        others = [[sql("DROP TABLE IF EXISTS %s CASCADE" % table.name)], [sql("DROP TABLE %s" % table.name)]]
        return Move([code] + extra, down, others)

    def drop_table(self):
        table = self.some_table(free=True)
        if not table or len(self.tables) < 3 or any(c.held for n, c in table.columns.items() if n != "id"):
            return None
        parts = [self.column_code(n, c.kind, c.nullable, c.default) for n, c in table.columns.items()
                 if n != "id"]
        if any(c.kind.startswith("postgresql.ENUM") for c in table.columns.values()):
            return None
        if any(o[0] == "primary" for o in table.objects):
            parts.insert(0, "sa.Column('id', %s, primary_key=True)" % SA_OF[table.columns["id"].kind])
        else:
            parts.insert(0, "sa.Column('id', sa.Integer(), nullable=False)")
        down = ["op.create_table(\n    %r,\n    %s,\n)" % (table.name, ",\n    ".join(parts))]
        down += [o[2] for o in table.objects if o[2]]
        del self.tables[table.name]
        return Move(["op.drop_table(%r)" % table.name], down, [down[:1]])

    def add_column(self):
        table = self.some_table()
        if not table:
            return None
        name, (_, kind, default) = self.name("c"), self.type()
        form = self.rng.choice(["null", "null", "default", "sql", "unique", "index", "computed", "identity",
                                "backfill", "check", "ifnot"])
        down = ["op.drop_column(%r, %r)" % (table.name, name)]
        others = [[sql("ALTER TABLE %s DROP COLUMN IF EXISTS %s" % (table.name, name))]]
        column = Column(kind)
        if form == "default":
            column.nullable, column.default = False, default
            up = ["op.add_column(%r, %s)" % (table.name, self.column_code(name, kind, False, default))]
            if self.chance(0.4):
                up.append("op.alter_column(%r, %r, server_default=None)" % (table.name, name))
                column.default = None
        elif form == "sql":
            up = [sql("ALTER TABLE %s ADD COLUMN %s %s" % (table.name, name, kind))]
        elif form == "ifnot":
            up = [sql("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s" % (table.name, name, kind))]
        elif form in ("unique", "index"):
            kind = column.kind = self.rng.choice(sorted(PLAIN))
            up = ["op.add_column(%r, %s)" % (table.name, self.column_code(name, kind, True, None, ", %s=True" % form))]
            if form == "index":
                up = [up[0].replace(", index=True", ""), "op.create_index(%r, %r, [%r])" % ("ix_" + name, table.name, name)]
                if self.chance(0.6):
                    down.insert(0, "op.drop_index(%r, table_name=%r)" % ("ix_" + name, table.name))
            table.objects.append((form, "ix_" + name if form == "index" else "%s_%s_key" % (table.name, name), None, None, [name]))
        elif form == "computed":
            source = self.some_column(["integer", "smallint", "text"], table=table)
            if not source:
                return None
            table.columns[source[1]].held = column.held = True
            kind = column.kind = table.columns[source[1]].kind
            expression = "upper(%s)" % source[1] if kind == "text" else "%s + 1" % source[1]
            up = ["op.add_column(%r, sa.Column(%r, %s, sa.Computed(%r, persisted=True)))" % (
                table.name, name, SA_OF[kind if kind == "text" else "integer"], expression)]
        elif form == "identity":
            column.kind, column.held, column.nullable = "integer", True, False
            up = ["op.add_column(%r, sa.Column(%r, sa.Integer(), sa.Identity(), nullable=False))" % (table.name, name)]
        elif form == "backfill":
            column.nullable = False
            up = ["op.add_column(%r, %s)" % (table.name, self.column_code(name, kind)),
                  sql("UPDATE %s SET %s = %s" % (table.name, name, default)),
                  "op.alter_column(%r, %r, nullable=False)" % (table.name, name)]
        elif form == "check":
            kind = column.kind = "integer"
            up = [sql("ALTER TABLE %s ADD COLUMN %s integer DEFAULT 5 CHECK (%s > 0)" % (table.name, name, name))]
            column.default = "5"
        else:
            up = ["op.add_column(%r, %s)" % (table.name, self.column_code(name, kind))]
        table.columns[name] = column
        return Move(up, down, others)

    def drop_column(self):
        found = self.some_column(used=self.chance(0.3))
        if not found or len(found[0].columns) < 4:
            return None
        table, name = found
        column = table.columns[name]
        if column.kind.startswith("postgresql.ENUM"):
            return None
        uses = [o for o in table.objects if name in o[4]]
        if any(o[0] in ("primary", "target") for o in uses):
            return None
        table.objects = [o for o in table.objects if name not in o[4]]
        del table.columns[name]
        plain = "op.add_column(%r, %s)" % (table.name, self.column_code(name, column.kind, True, column.default))
        right = "op.add_column(%r, %s)" % (table.name, self.column_code(name, column.kind, column.nullable, column.default))
        default = DEFAULT_OF.get(column.kind, "NULL")
        filled = "op.add_column(%r, %s)" % (table.name, self.column_code(name, column.kind, column.nullable, default))
        made = [o[2] for o in uses if o[2]]
        others = [[filled, "op.alter_column(%r, %r, server_default=None)" % (table.name, name)],
                  [plain, sql("UPDATE %s SET %s = %s" % (table.name, name, default)),
                   "op.alter_column(%r, %r, nullable=False)" % (table.name, name)], [plain], ["pass"]]
        return Move(["op.drop_column(%r, %r)" % (table.name, name)], [right] + made, others)

    def rename_column(self):
        found = self.some_column()
        if not found:
            return None
        table, old = found
        new = self.name("c")
        if any(old in o[4] for o in table.objects):
            table.objects = [(k, n, None, None, [new if c == old else c for c in cs]) if old in cs else (k, n, a, b, cs)
                             for k, n, a, b, cs in table.objects]
        table.columns = {new if c == old else c: v for c, v in table.columns.items()}
        if self.chance(0.5):
            return Move(["op.alter_column(%r, %r, new_column_name=%r)" % (table.name, old, new)],
                        ["op.alter_column(%r, %r, new_column_name=%r)" % (table.name, new, old)])
        return Move([sql("ALTER TABLE %s RENAME COLUMN %s TO %s" % (table.name, old, new))],
                    [sql("ALTER TABLE %s RENAME %s TO %s" % (table.name, new, old))])

    def replace_column(self):
        """A new column takes over the values of the old one, which goes."""
        found = self.some_column(PLAIN, used=False)
        if not found or len(found[0].columns) < 3:
            return None
        table, old = found
        column, new = table.columns.pop(old), self.name("c")
        table.columns[new] = Column(column.kind)
        def swap(gone, come):
            return ["op.add_column(%r, %s)" % (table.name, self.column_code(come, column.kind)),
                    sql("UPDATE %s SET %s = %s" % (table.name, come, gone)),
                    "op.drop_column(%r, %r)" % (table.name, gone)]
        back = swap(new, old)
        if not column.nullable:
            back.insert(2, "op.alter_column(%r, %r, nullable=False)" % (table.name, old))
        if column.default:
            back.append("op.alter_column(%r, %r, server_default=sa.text(%r))" % (table.name, old, column.default))
        return Move(swap(old, new), back, [[back[0], back[-1]]])

    def rename_table(self):
        table = self.some_table(free=True)
        if not table:
            return None
        old, new = table.name, self.name() + "s"
        del self.tables[old]
        table.name, self.tables[new] = new, table
        table.objects = [(k, n, None, None, c) for k, n, _, _, c in table.objects]
        if self.chance(0.5):
            return Move(["op.rename_table(%r, %r)" % (old, new)], ["op.rename_table(%r, %r)" % (new, old)])
        more = [sql("ALTER SEQUENCE IF EXISTS %s_id_seq RENAME TO %s_id_seq" % (old, new))]
        back = [sql("ALTER SEQUENCE IF EXISTS %s_id_seq RENAME TO %s_id_seq" % (new, old)), "op.rename_table(%r, %r)" % (new, old)]
        return Move(["op.rename_table(%r, %r)" % (old, new)] + more, back, [back[1:]])

    def change_type(self):
        rng = self.rng
        for _ in range(6):
            source, target, using, back = rng.choice(CHANGES)
            found = self.some_column([source], used=target in PLAIN and self.chance(0.3))
            if found:
                break
        else:
            return None
        table, name = found
        column = table.columns[name]
        if column.default is not None and using:
            return None
        column.kind = target
        def alter(new, old, clause):
            more = ", postgresql_using=%r" % clause.format(c=name) if clause else ""
            if self.chance(0.3):
                return sql("ALTER TABLE %s ALTER COLUMN %s TYPE %s%s" % (
                    table.name, name, new, " USING " + clause.format(c=name) if clause else ""))
            return "op.alter_column(%r, %r, existing_type=%s, type_=%s%s)" % (
                table.name, name, SA_OF[old], SA_OF[new], more)
        others = [[alter(source, target, "{c}::" + source)], ["pass"], [alter(source, target, None)]]
        if source.startswith("varchar"):
            size = re.search(r"\d+", source).group()
            others += [[alter(source, target, "left({c}::text, %s)" % size)],
                       [sql("UPDATE %s SET %s = left(%s::text, %s)" % (table.name, name, name, size)), alter(source, target, None)],
                       [sql("DELETE FROM %s WHERE length(%s::text) > %s" % (table.name, name, size)), alter(source, target, None)]]
        return Move([alter(target, source, using)], [alter(source, target, back)], others)

    def nullability(self):
        found = self.some_column()
        if not found:
            return None
        table, name = found
        column = table.columns[name]
        if any(o[0] == "primary" and name in o[4] for o in table.objects):
            return None
        default = DEFAULT_OF.get(column.kind)
        def alter(nullable):
            if self.chance(0.3):
                return sql("ALTER TABLE %s ALTER COLUMN %s %s NOT NULL" % (table.name, name, "DROP" if nullable else "SET"))
            return "op.alter_column(%r, %r, %s, nullable=%r)" % (table.name, name, self.existing(column), nullable)
        fill = [sql("UPDATE %s SET %s = %s WHERE %s IS NULL" % (table.name, name, default, name))] if default else []
        remove = [sql("DELETE FROM %s WHERE %s IS NULL" % (table.name, name))]
        column.nullable = not column.nullable
        if column.nullable:
            back = [alter(False)]
            return Move([alter(True)], back, [fill + back, remove + back])
        first = self.rng.choice([fill, fill, remove])
        return Move(first + [alter(False)], [alter(True)])

    def change_default(self):
        found = self.some_column()
        if not found:
            return None
        table, name = found
        column = table.columns[name]
        literal = DEFAULT_OF.get(column.kind)
        if not literal:
            return None
        old, new = column.default, None if column.default else literal
        column.default = new
        def alter(value):
            return "op.alter_column(%r, %r, server_default=%s)" % (
                table.name, name, "None" if value is None else "sa.text(%r)" % value)
        def alter_sql(value):
            return sql("ALTER TABLE %s ALTER %s %s" % (table.name, name, "DROP DEFAULT" if value is None else "SET DEFAULT " + value))
        how = self.rng.choice([alter, alter_sql])
        return Move([how(new)], [how(old)], [["pass"]])

    def identity(self):
        """An integer column gets an identity, or loses it."""
        found = self.some_column(["integer", "bigint"], used=False)
        if not found or found[0].columns[found[1]].nullable or found[0].columns[found[1]].default:
            return None
        table, name = found
        table.columns[name].held = True
        kind = self.rng.choice(["ALWAYS", "BY DEFAULT"])
        return Move([sql("ALTER TABLE %s ALTER %s ADD GENERATED %s AS IDENTITY" % (table.name, name, kind))],
                    [sql("ALTER TABLE %s ALTER %s DROP IDENTITY" % (table.name, name))],
                    [[sql("ALTER TABLE %s ALTER %s DROP IDENTITY IF EXISTS" % (table.name, name))]])

    def drop_expression(self):
        found = self.some_column(["integer"])
        if not found:
            return None
        table, name = found
        other = self.name("c")
        table.columns[other] = Column("integer", held=True)
        table.columns[name].held = True
        up = [sql("ALTER TABLE %s ADD %s integer GENERATED ALWAYS AS (%s * 2) STORED" % (table.name, other, name))]
        down = [sql("ALTER TABLE %s DROP COLUMN %s" % (table.name, other))]
        if self.chance(0.5):
            up.append(sql("ALTER TABLE %s ALTER %s DROP EXPRESSION" % (table.name, other)))
        return Move(up, down)

    # Constraints

    def add_object(self, table, kind, name, create, drop, columns):
        table.objects.append((kind, name, create, drop, columns))

    def constraint(self):
        table = self.some_table()
        if not table:
            return None
        kind = self.rng.choice(["unique", "unique2", "deferrable", "check", "checksql", "notvalid", "exclude",
                                "nulls", "lencheck", "isnull"])
        found = self.some_column(PLAIN, table=table)
        if not found:
            return None
        column = found[1]
        name = self.name("k")
        columns = [column]
        drop = "op.drop_constraint(%r, %r)" % (name, table.name)
        number = table.columns[column].kind in ("integer", "smallint", "bigint", "numeric(10,2)")
        text = table.columns[column].kind in ("text", "varchar(40)", "varchar(120)")
        condition = "%s > -100000" % column if number else "%s <> 'forbidden'" % column if text else "%s > '1900-01-01'" % column
        up = None
        if kind == "unique":
            create = "op.create_unique_constraint(%r, %r, [%r])" % (name, table.name, column)
        elif kind == "unique2":
            second = self.some_column(PLAIN, table=table)[1]
            columns = [column] if second == column else [column, second]
            create = "op.create_unique_constraint(%r, %r, %r)" % (name, table.name, columns)
        elif kind == "deferrable":
            create = "op.create_unique_constraint(%r, %r, [%r], deferrable=True, initially='DEFERRED')" % (name, table.name, column)
        elif kind == "nulls":
            create = sql("ALTER TABLE %s ADD CONSTRAINT %s UNIQUE NULLS NOT DISTINCT (%s)" % (table.name, name, column))
        elif kind == "check":
            create = "op.create_check_constraint(%r, %r, %r)" % (name, table.name, condition)
        elif kind == "isnull":
            create = "op.create_check_constraint(%r, %r, %r)" % (name, table.name, "%s IS NOT NULL" % column)
        elif kind == "lencheck":
            create = "op.create_check_constraint(%r, %r, %r)" % (name, table.name, "length(%s::text) < 1000" % column)
        elif kind == "checksql":
            create = sql("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s)" % (table.name, name, condition))
        elif kind == "notvalid":
            create = sql("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID" % (table.name, name, condition))
            if self.chance(0.5):
                up = [create, sql("ALTER TABLE %s VALIDATE CONSTRAINT %s" % (table.name, name))]
        else:
            create = sql("ALTER TABLE %s ADD CONSTRAINT %s EXCLUDE USING btree (%s WITH =)" % (table.name, name, column))
        drops = self.rng.choice([drop, drop.replace(")", ", type_='%s')" % ("unique" if "uniq" in kind else "check"), 1) if drop.count(")") == 1 else drop,
                                 sql("ALTER TABLE %s DROP CONSTRAINT %s" % (table.name, name))])
        self.add_object(table, "unique" if kind in ("unique", "unique2", "deferrable", "exclude", "nulls") else "check", name, create, drop, columns)
        return Move(up or [create], [drops], [[sql("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s" % (table.name, name))]])

    def drop_object(self):
        """An index or a constraint goes, and comes back on the way down."""
        found = [(t, o) for t in self.tables.values() for o in t.objects if o[2] and o[3] and not t.schema]
        if not found:
            return None
        table, chosen = self.rng.choice(found)
        table.objects.remove(chosen)
        kind, name, create, drop, columns = chosen
        others = []
        if kind == "unique" and columns[0] != table.key:
            others.append([sql("DELETE FROM %s a USING %s b WHERE a.ctid < b.ctid AND a.%s = b.%s" % (
                table.name, table.name, columns[0], columns[0])), create])
            others.append([sql("CREATE UNIQUE INDEX %s ON %s (%s)" % (name, table.name, ", ".join(columns)))])
        if kind == "check":
            others.append([create[:-2] + " NOT VALID" + create[-2:] if create.startswith("op.execute") and "NOT VALID" not in create else create])
        if kind == "foreign":
            others.append([create[:-1] + ", postgresql_not_valid=True)" if create.startswith("op.create") else create])
        return Move([drop], [create], others)

    def foreign_key(self):
        table = self.some_table()
        targets = [t for t in self.tables.values() if not t.schema and any(o[0] == "primary" for o in t.objects)]
        if not table or not targets:
            return None
        target = self.rng.choice(targets)
        column, name = self.name("c"), self.name("fk")
        kind = target.columns["id"].kind
        option = self.rng.choice(["", "", ", ondelete='CASCADE'", ", ondelete='SET NULL'", ", deferrable=True, initially='DEFERRED'"])
        target.held = True
        table.columns[column] = Column(kind)
        create = "op.create_foreign_key(%r, %r, %r, [%r], ['id']%s)" % (name, table.name, target.name, column, option)
        drop = "op.drop_constraint(%r, %r, type_='foreignkey')" % (name, table.name)
        form = self.rng.choice(["op", "op", "inline", "notvalid"])
        add = "op.add_column(%r, %s)" % (table.name, self.column_code(column, kind))
        if form == "inline":
            table.objects.append(("foreign", None, None, None, [column]))
            return Move(["op.add_column(%r, sa.Column(%r, %s, sa.ForeignKey('%s.id'), nullable=True))" % (
                table.name, column, SA_OF[kind], target.name)], ["op.drop_column(%r, %r)" % (table.name, column)])
        if form == "notvalid":
            create = sql("ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (id) NOT VALID" % (table.name, name, column, target.name))
        self.add_object(table, "foreign", name, create, drop, [column])
        down = ["op.drop_column(%r, %r)" % (table.name, column)]
        return Move([add, create], [drop] + down, [down])

    def primary_key(self):
        """The primary key goes, or comes."""
        table = self.some_table(free=True)
        if not table:
            return None
        old = [o for o in table.objects if o[0] == "primary"]
        name = table.name + "_pk2"
        create = "op.create_primary_key(%r, %r, ['id'])" % (name, table.name)
        drop = "op.drop_constraint(%r, %r, type_='primary')"
        if old:
            table.objects.remove(old[0])
            renamed = old[0][1]
            return Move([sql("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s" % (table.name, renamed))] if self.chance(0.1) else
                        [drop % (renamed, table.name)], ["op.create_primary_key(%r, %r, ['id'])" % (renamed, table.name)],
                        [[create], [sql("ALTER TABLE %s ADD PRIMARY KEY (id)" % table.name)]])
        table.objects.append(("primary", name, None, None, ["id"]))
        return Move([create], [drop % (name, table.name)])

    # Indexes

    def index(self):
        table = self.some_table()
        found = table and self.some_column(PLAIN | {"jsonb", "text[]", "int4range"}, table=table)
        if not found:
            return None
        column = found[1]
        kind, name = table.columns[column].kind, self.name("ix")
        form = self.rng.choice(["plain", "plain", "unique", "partial", "lower", "hash", "include", "desc", "concurrent",
                                "concurrentsql", "sql", "uniquepartial", "fill", "brin", "twice", "nulls", "quoted"])
        if kind in ("jsonb", "text[]", "int4range"):
            form = "gist" if kind == "int4range" else "gin"
        text = kind in ("text", "varchar(40)", "varchar(120)")
        options = {"unique": ", unique=True", "partial": ", postgresql_where=sa.text('%s IS NOT NULL')" % column,
                   "hash": ", postgresql_using='hash'", "gin": ", postgresql_using='gin'", "gist": ", postgresql_using='gist'",
                   "brin": ", postgresql_using='brin'",
                   "include": ", postgresql_include=['id']", "fill": ", postgresql_with={'fillfactor': 70}",
                   "uniquepartial": ", unique=True, postgresql_where=sa.text('%s IS NOT NULL')" % column}.get(form, "")
        target = "%r" % column
        if form == "lower" and text:
            target = "sa.text('lower(%s)')" % column
        if form == "desc":
            target = "sa.text('%s DESC NULLS LAST')" % column
        if form == "twice":
            target = "%r, 'id'" % column
        create = "op.create_index(%r, %r, [%s]%s)" % (name, table.name, target, options)
        drop = "op.drop_index(%r, table_name=%r)" % (name, table.name)
        block = "with op.get_context().autocommit_block():\n    "
        others = [[sql("DROP INDEX IF EXISTS %s" % name)]]
        if form == "concurrent":
            create = block + create[:-1] + ", postgresql_concurrently=True)"
            others.append([block + drop[:-1] + ", postgresql_concurrently=True)"])
            others.append([drop[:-1] + ", postgresql_concurrently=True)"])
        elif form == "concurrentsql":
            create = block + sql("CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON %s (%s)" % (name, table.name, column))
            others.append([block + sql("DROP INDEX CONCURRENTLY %s" % name)])
        elif form == "sql":
            create = sql("CREATE INDEX %s ON %s USING btree (%s)" % (name, table.name, column))
        elif form == "nulls":
            create = sql("CREATE UNIQUE INDEX %s ON %s (%s) NULLS NOT DISTINCT" % (name, table.name, column))
        if form.startswith("concurrent") is False:
            self.add_object(table, "unique" if "unique" in form else "index", name, create, drop, [column])
        else:
            table.objects.append(("index", name, None, None, [column]))
        return Move([create], [drop], others)

    def replace_index(self):
        found = [(t, o) for t in self.tables.values() for o in t.objects if o[0] == "index" and o[2] and not t.schema
                 and o[2].startswith("op.create_index") and "unique" not in o[2]]
        if not found:
            return None
        table, (kind, name, create, drop, columns) = self.rng.choice(found)
        table.objects = [o for o in table.objects if o[1] != name]
        wider = create[:-1] + ", unique=False, postgresql_with={'fillfactor': 60})"
        if "postgresql_with" in create or "gin" in create or "brin" in create:
            return None
        table.objects.append((kind, name, None, None, columns))
        return Move([drop, wider], [drop, create], [[create, drop], [drop]])

    def rename_object(self):
        found = [(t, o) for t in self.tables.values() for o in t.objects if o[1] and not t.schema]
        if not found:
            return None
        table, (kind, name, _, _, columns) = self.rng.choice(found)
        new = self.name("o")
        table.objects = [o if o[1] != name else (kind, new, None, None, columns) for o in table.objects]
        if kind in ("check", "foreign") or (kind == "unique" and self.chance(0.5) and name.startswith(("k_", "uq_"))):
            call = "ALTER TABLE " + table.name + " RENAME CONSTRAINT %s TO %s"
        else:
            call = "ALTER INDEX %s RENAME TO %s"
        return Move([sql(call % (name, new))], [sql(call % (new, name))])

    # Enumerations

    def enum(self):
        table = self.some_table()
        if not table:
            return None
        name, column = self.name("kind"), self.name("c")
        code = "postgresql.ENUM('new', 'paid', 'sent', name=%r, create_type=False)" % name
        self.enums[name] = ["new", "paid", "sent"]
        nullable = self.chance(0.5)
        make = [sql("CREATE TYPE %s AS ENUM ('new', 'paid', 'sent')" % name)]
        if self.chance(0.5):
            make = ["sa.Enum('new', 'paid', 'sent', name=%r).create(op.get_bind())" % name]
        add = "op.add_column(%r, sa.Column(%r, %s, nullable=%r%s))" % (
            table.name, column, code, nullable, "" if nullable else ", server_default='new'")
        table.columns[column] = Column(code, nullable, None if nullable else "'new'::" + name, held=True)
        self.others.append(("enumcolumn", table, column, name))
        gone = "op.drop_column(%r, %r)" % (table.name, column)
        down = [gone, self.rng.choice([sql("DROP TYPE %s" % name), "sa.Enum(name=%r).drop(op.get_bind())" % name])]
        return Move(make + [add], down, [[gone], [down[1], gone], [sql("DROP TYPE %s CASCADE" % name)]])

    def enum_in_table(self):
        """What autogenerate writes: the type comes with the table, and stays when it goes."""
        table, name = Table(self.name() + "s"), self.name("kind")
        code = "sa.Enum('low', 'high', name=%r)" % name
        table.columns = {"id": Column("integer", False, held=True), "state": Column("postgresql.ENUM", False, held=True),
                         "note": Column("text")}
        table.key = "id"
        table.objects.append(("primary", table.name + "_pkey", None, None, ["id"]))
        self.tables[table.name] = table
        up = ["op.create_table(%r, sa.Column('id', sa.Integer(), primary_key=True), sa.Column('state', %s, nullable=False), "
              "sa.Column('note', sa.Text()))" % (table.name, code)]
        down = ["op.drop_table(%r)" % table.name, sql("DROP TYPE %s" % name)]
        return Move(up, down, [down[:1], [down[0], "sa.Enum(name=%r).drop(op.get_bind(), checkfirst=False)" % name],
                               [down[0], "sa.Enum(name=%r).drop(op.get_bind(), checkfirst=True)" % name]])

    def enum_value(self):
        uses = [o for o in self.others if o[0] == "enumcolumn"]
        if not uses:
            return None
        _, table, column, name = self.rng.choice(uses)
        if table.name not in self.tables or column not in table.columns:
            return None
        labels, new = self.enums[name], self.name("v")
        self.enums[name] = labels + [new]
        form = self.rng.choice(["auto", "plain", "ifnot", "rebuild", "rename"])
        def rebuild(values, first=()):
            cast = "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::text::%s" % (table.name, column, name, column, name)
            default = table.columns[column].default
            drop = [sql("ALTER TABLE %s ALTER %s DROP DEFAULT" % (table.name, column))] if default else []
            back = [sql("ALTER TABLE %s ALTER %s SET DEFAULT 'new'" % (table.name, column))] if default else []
            return list(first) + drop + [
                sql("ALTER TYPE %s RENAME TO %s_old" % (name, name)),
                sql("CREATE TYPE %s AS ENUM (%s)" % (name, ", ".join("'%s'" % v for v in values))),
                sql(cast), sql("DROP TYPE %s_old" % name)] + back
        old = rebuild(labels)
        moved = rebuild(labels, [sql("UPDATE %s SET %s = 'new' WHERE %s = '%s'" % (table.name, column, column, new))])
        gone = rebuild(labels, [sql("DELETE FROM %s WHERE %s = '%s'" % (table.name, column, new))])
        if form == "rename":
            self.enums[name] = [new if v == labels[1] else v for v in labels]
            return Move([sql("ALTER TYPE %s RENAME VALUE '%s' TO '%s'" % (name, labels[1], new))],
                        [sql("ALTER TYPE %s RENAME VALUE '%s' TO '%s'" % (name, new, labels[1]))], [["pass"]])
        up = {"auto": "with op.get_context().autocommit_block():\n    " + sql("ALTER TYPE %s ADD VALUE '%s'" % (name, new)),
              "plain": sql("ALTER TYPE %s ADD VALUE '%s' BEFORE '%s'" % (name, new, labels[0])),
              "ifnot": sql("ALTER TYPE %s ADD VALUE IF NOT EXISTS '%s'" % (name, new))}
        if form == "rebuild":
            return Move(rebuild(labels + [new]), old, [moved, gone, old[1:], ["pass"]])
        if form == "plain":
            self.enums[name] = [new] + labels
        return Move([up[form]], old, [moved, gone, ["pass"], [sql("ALTER TYPE %s DROP VALUE '%s'" % (name, new))],
                                      ["raise NotImplementedError('labels stay')"]])

    # Views and programs

    def view(self):
        found = self.some_column()
        if not found:
            return None
        table, column = found
        table.columns[column].held = table.held = True
        name = self.name("v")
        create = sql("CREATE VIEW %s AS SELECT id, %s FROM %s" % (name, column, table.name))
        drop = sql("DROP VIEW %s" % name)
        form = self.rng.choice(["view", "view", "mat", "replace", "matindex", "later", "nest"])
        if form in ("mat", "matindex"):
            up = [sql("CREATE MATERIALIZED VIEW %s AS SELECT id, %s FROM %s WHERE id IS NOT NULL" % (name, column, table.name))]
            if form == "matindex":
                up.append(sql("CREATE INDEX ix_%s ON %s (id)" % (name, name)))
            return Move(up, [sql("DROP MATERIALIZED VIEW %s" % name)], [[sql("DROP MATERIALIZED VIEW IF EXISTS %s CASCADE" % name)], [drop]])
        if form == "nest":
            return Move([create, sql("CREATE VIEW %s_b AS SELECT id FROM %s" % (name, name))], [sql("DROP VIEW %s_b" % name), drop],
                        [[drop, sql("DROP VIEW %s_b" % name)], [sql("DROP VIEW %s CASCADE" % name)]])
        if form == "view":
            self.others.append(("view", name, table, column))
        return Move([create], [drop], [[sql("DROP VIEW IF EXISTS %s" % name)]])

    def change_view(self):
        views = [o for o in self.others if o[0] == "view"]
        if not views:
            return None
        chosen = self.rng.choice(views)
        self.others.remove(chosen)
        _, name, table, column = chosen
        old = "SELECT id, %s FROM %s" % (column, table.name)
        new = self.rng.choice([old + " WHERE id IS NOT NULL", "SELECT id, %s, 1 AS one FROM %s" % (column, table.name)])
        drop = sql("DROP VIEW %s" % name)
        if self.chance(0.3):
            return Move([drop], [sql("CREATE VIEW %s AS %s" % (name, old))], [[sql("CREATE VIEW %s AS %s LIMIT 5" % (name, old))]])
        back = sql("CREATE OR REPLACE VIEW %s AS %s" % (name, old))
        return Move([sql("CREATE OR REPLACE VIEW %s AS %s" % (name, new))], [drop, sql("CREATE VIEW %s AS %s" % (name, old))],
                    [[back], [drop], [sql("CREATE VIEW %s AS %s" % (name, old))]])

    def function(self):
        name, table = self.name("f"), self.some_table()
        if not table:
            return None
        form = self.rng.choice(["sql", "replace", "trigger", "trigger", "overload", "change"])
        if form == "trigger":
            table.held = True
            when = self.rng.choice(["BEFORE INSERT OR UPDATE", "AFTER DELETE", "BEFORE UPDATE"])
            body = "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$" % name
            tie = "CREATE TRIGGER tr_%s %s ON %s FOR EACH ROW EXECUTE FUNCTION %s()" % (name, when, table.name, name)
            down = [sql("DROP TRIGGER tr_%s ON %s" % (name, table.name)), sql("DROP FUNCTION %s()" % name)]
            return Move([sql(body), sql(tie)], down, [down[::-1], down[1:], down[:1], [sql("DROP FUNCTION %s() CASCADE" % name)]])
        body = "CREATE FUNCTION %s(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + %d'"
        drop = sql("DROP FUNCTION %s(integer)" % name)
        if form == "overload":
            return Move([sql(body % (name, 1)), sql("CREATE FUNCTION %s(a text) RETURNS text LANGUAGE sql AS 'SELECT a'" % name)],
                        [sql("DROP FUNCTION %s(text)" % name), drop], [[sql("DROP FUNCTION %s" % name)], [drop]])
        if form == "change":
            self.others.append(("function", name))
        return Move([sql(body % (name, 1))], [drop], [[sql("DROP FUNCTION %s" % name)], [sql("DROP FUNCTION IF EXISTS %s(bigint)" % name)]])

    def change_function(self):
        found = [o for o in self.others if o[0] == "function"]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.others.remove(chosen)
        body = "CREATE OR REPLACE FUNCTION " + chosen[1] + "(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + %d'"
        return Move([sql(body % 2)], [sql(body % 1)], [["pass"], [sql("DROP FUNCTION %s(integer)" % chosen[1])], [sql(body % 3)]])

    def policy(self):
        table = self.some_table()
        if not table:
            return None
        name = self.name("p")
        on = sql("ALTER TABLE %s ENABLE ROW LEVEL SECURITY" % table.name)
        off = sql("ALTER TABLE %s DISABLE ROW LEVEL SECURITY" % table.name)
        create = sql("CREATE POLICY %s ON %s FOR SELECT USING (id IS NOT NULL)" % (name, table.name))
        drop = sql("DROP POLICY %s ON %s" % (name, table.name))
        if any(o == ("rls", table.name) for o in self.others):
            return Move([create], [drop])
        self.others.append(("rls", table.name))
        return Move([on, create], [drop, off], [[drop], [off]])

    def rule(self):
        table = self.some_table()
        if not table:
            return None
        name = self.name("r")
        return Move([sql("CREATE RULE %s AS ON DELETE TO %s WHERE false DO INSTEAD NOTHING" % (name, table.name))],
                    [sql("DROP RULE %s ON %s" % (name, table.name))], [["pass"]])

    def comment(self):
        found = self.some_column()
        if not found:
            return None
        table, column = found
        if self.chance(0.5):
            return Move(["op.create_table_comment(%r, 'kept')" % table.name], ["op.drop_table_comment(%r)" % table.name], [["pass"]]) \
                if self.once("comment", table.name) else None
        if not self.once("comment", column):
            return None
        if self.chance(0.5):
            return Move(["op.alter_column(%r, %r, comment='why')" % (table.name, column)], ["op.alter_column(%r, %r, comment=None)" % (table.name, column)])
        return Move([sql("COMMENT ON COLUMN %s.%s IS 'why'" % (table.name, column))],
                    [sql("COMMENT ON COLUMN %s.%s IS NULL" % (table.name, column))], [[sql("COMMENT ON COLUMN %s.%s IS ''" % (table.name, column))], ["pass"]])

    def once(self, *key):
        """True the first time only, for what has no inverse if it is done twice."""
        if key in self.others:
            return False
        self.others.append(key)
        return True

    # Further objects

    def sequence(self):
        name, found = self.name("s"), self.some_column(["integer", "bigint"], used=False)
        create, drop = sql("CREATE SEQUENCE %s START 100" % name), sql("DROP SEQUENCE %s" % name)
        if not found or self.chance(0.3):
            return Move([create], [drop], [[sql("DROP SEQUENCE IF EXISTS %s" % name)]])
        table, column = found
        if table.columns[column].default or self.chance(0.2):
            return Move([create, sql("ALTER SEQUENCE %s INCREMENT BY 5" % name)], [drop])
        table.columns[column].held = True
        use = "op.alter_column(%r, %r, server_default=sa.text(\"nextval('%s')\"))" % (table.name, column, name)
        off = "op.alter_column(%r, %r, server_default=None)" % (table.name, column)
        own = [sql("ALTER SEQUENCE %s OWNED BY %s.%s" % (name, table.name, column))] if self.chance(0.4) else []
        return Move([create, use] + own, [off, drop], [[drop, off], [sql("DROP SEQUENCE %s CASCADE" % name)]])

    def alter_sequence(self):
        name = "%s_id_seq"
        found = [t for t in self.tables.values() if any(o[1] == t.name + "_pkey" for o in t.objects) and not t.schema
                 and t.columns["id"].kind == "integer"]
        if not found:
            return None
        return Move([sql("ALTER SEQUENCE IF EXISTS %s INCREMENT BY 10" % (name % found[0].name))],
                    [sql("ALTER SEQUENCE IF EXISTS %s INCREMENT BY 1" % (name % found[0].name))], [["pass"]]) if self.once("seq", found[0].name) else None

    def schema(self):
        name, table = self.name("sch"), self.some_table(free=True)
        create, drop = sql("CREATE SCHEMA %s" % name), sql("DROP SCHEMA %s" % name)
        form = self.rng.choice(["empty", "table", "move"])
        if form == "move" and table:
            table.schema = name
            back = sql("ALTER TABLE %s.%s SET SCHEMA public" % (name, table.name))
            return Move([create, sql("ALTER TABLE %s SET SCHEMA %s" % (table.name, name))], [back, drop],
                        [[drop, back], [sql("DROP SCHEMA %s CASCADE" % name)]])
        if form == "table":
            made = "op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('x', sa.Text()), schema=%r)" % name
            return Move([create, made], ["op.drop_table('t', schema=%r)" % name, drop],
                        [[drop], [sql("DROP SCHEMA %s CASCADE" % name)]])
        return Move([create], [drop], [[sql("DROP SCHEMA IF EXISTS %s CASCADE" % name)]])

    def domain(self):
        table = self.some_table()
        if not table:
            return None
        name, column = self.name("d"), self.name("c")
        form = self.rng.choice(["check", "plain", "later", "notnull"])
        create = "CREATE DOMAIN %s AS integer%s" % (name, " CHECK (VALUE > 0)" if form == "check" else " DEFAULT 3" if form == "notnull" else "")
        add = sql("ALTER TABLE %s ADD COLUMN %s %s" % (table.name, column, name))
        table.columns[column] = Column("postgresql.ENUM domain", held=True)
        down = ["op.drop_column(%r, %r)" % (table.name, column), sql("DROP DOMAIN %s" % name)]
        up = [sql(create), add]
        if form == "later":
            up.append(sql("ALTER DOMAIN %s ADD CONSTRAINT %s_top CHECK (VALUE < 1000)" % (name, name)))
        elif form in ("plain", "check"):
            self.others.append(("domain", name, form))
        return Move(up, down, [down[::-1], [sql("DROP DOMAIN %s CASCADE" % name)], down[:1]])

    def change_domain(self):
        found = [o for o in self.others if o[0] == "domain"]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.others.remove(chosen)
        _, name, form = chosen
        if form == "check":
            return Move([sql("ALTER DOMAIN %s DROP CONSTRAINT %s_check" % (name, name))],
                        [sql("ALTER DOMAIN %s ADD CHECK (VALUE > 0)" % name)], [[sql("ALTER DOMAIN %s ADD CHECK (VALUE > 0) NOT VALID" % name)], ["pass"]])
        return Move([sql("ALTER DOMAIN %s ADD CONSTRAINT %s_low CHECK (VALUE > -500000)" % (name, name))],
                    [sql("ALTER DOMAIN %s DROP CONSTRAINT %s_low" % (name, name))], [["pass"]])

    def composite(self):
        name, table = self.name("ct"), self.some_table()
        create = sql("CREATE TYPE %s AS (a integer, b text)" % name)
        drop = sql("DROP TYPE %s" % name)
        if not table or self.chance(0.4):
            return Move([create, sql("ALTER TYPE %s ADD ATTRIBUTE c date" % name)], [drop], [["pass"]])
        column = self.name("c")
        table.columns[column] = Column("postgresql.ENUM composite", held=True)
        gone = "op.drop_column(%r, %r)" % (table.name, column)
        return Move([create, sql("ALTER TABLE %s ADD COLUMN %s %s" % (table.name, column, name))], [gone, drop], [[drop, gone], [gone]])

    def partitions(self):
        name = self.name("log")
        parts = [sql("CREATE TABLE %s (id integer NOT NULL, at date, note text) PARTITION BY RANGE (id)" % name),
                 sql("CREATE TABLE %s_low PARTITION OF %s FOR VALUES FROM (MINVALUE) TO (100)" % (name, name)),
                 sql("CREATE TABLE %s_rest PARTITION OF %s DEFAULT" % (name, name))]
        self.others.append(("partitioned", name))
        return Move(parts, [sql("DROP TABLE %s" % name)], [["op.drop_table(%r)" % (name + "_low"), "op.drop_table(%r)" % (name + "_rest")],
                                                           ["op.drop_table(%r)" % (name + "_low"), "op.drop_table(%r)" % name]])

    def change_partitions(self):
        found = [o for o in self.others if o[0] == "partitioned"]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.others.remove(chosen)
        name = chosen[1]
        form = self.rng.choice(["detach", "detachdefault", "index", "column", "key"])
        if form == "detach":
            attach = sql("ALTER TABLE %s ATTACH PARTITION %s_low FOR VALUES FROM (MINVALUE) TO (100)" % (name, name))
            return Move([sql("ALTER TABLE %s DETACH PARTITION %s_low" % (name, name))], [attach],
                        [[attach.replace("TO (100)", "TO (50)")], ["pass"]])
        if form == "detachdefault":
            return Move([sql("ALTER TABLE %s DETACH PARTITION %s_rest" % (name, name))], [sql("ALTER TABLE %s ATTACH PARTITION %s_rest DEFAULT" % (name, name))])
        if form == "index":
            return Move([sql("CREATE INDEX ix_%s ON %s (at)" % (name, name))], [sql("DROP INDEX ix_%s" % name)], [["pass"]])
        if form == "key":
            return Move(["op.create_primary_key(%r, %r, ['id'])" % ("pk_" + name, name)], ["op.drop_constraint(%r, %r)" % ("pk_" + name, name)],
                        [["op.drop_constraint(%r, %r)" % ("pk_" + name, name), "op.alter_column(%r, 'id', nullable=True)" % name]])
        return Move(["op.add_column(%r, sa.Column('more', sa.Text()))" % name], ["op.drop_column(%r, 'more')" % name])

    def inherit(self):
        table = self.some_table()
        if not table:
            return None
        table.held = True
        for column in table.columns.values():
            column.held = True
        name = self.name("child")
        return Move([sql("CREATE TABLE %s (extra text) INHERITS (%s)" % (name, table.name))], ["op.drop_table(%r)" % name])

    def grant(self):
        table = self.some_table()
        if not table:
            return None
        form = self.rng.choice(["table", "column", "default", "owner"])
        if form == "owner":
            return Move([sql("ALTER TABLE %s OWNER TO truth_owner" % table.name)], [sql("ALTER TABLE %s OWNER TO postgres" % table.name)], [["pass"]]) \
                if self.once("owner", table.name) else None
        if form == "default":
            return Move([sql("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO truth_reader")],
                        [sql("ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM truth_reader")], [["pass"]]) \
                if self.once("default") else None
        if not self.once("grant", table.name):
            return None
        what = "SELECT, INSERT ON %s" if form == "table" else "SELECT (id) ON %s"
        return Move([sql("GRANT %s TO truth_reader" % (what % table.name))], [sql("REVOKE %s FROM truth_reader" % (what % table.name))],
                    [["pass"], [sql("REVOKE SELECT ON %s FROM truth_reader" % table.name)]])

    def extension(self):
        left = [e for e in ("citext", "pg_trgm", "hstore", "btree_gist", "unaccent") if e not in self.extensions]
        if not left:
            return None
        name = self.rng.choice(left)
        self.extensions.add(name)
        up, down = [sql("CREATE EXTENSION IF NOT EXISTS %s" % name)], [sql("DROP EXTENSION IF EXISTS %s" % name)]
        found = self.some_column(["text", "varchar(40)"], used=False)
        if name == "citext" and found and found[0].columns[found[1]].default is None:
            table, column = found
            old = table.columns[column].kind
            table.columns[column].held = True
            up.append(sql("ALTER TABLE %s ALTER %s TYPE citext" % (table.name, column)))
            back = sql("ALTER TABLE %s ALTER %s TYPE %s" % (table.name, column, old))
            return Move(up, [back] + down, [[back], down, [sql("DROP EXTENSION citext CASCADE")]])
        if name == "hstore":
            table, column = self.some_table(), self.name("c")
            if table:
                table.columns[column] = Column("postgresql.ENUM hstore", held=True)
                gone = "op.drop_column(%r, %r)" % (table.name, column)
                return Move(up + [sql("ALTER TABLE %s ADD %s hstore" % (table.name, column))], [gone] + down, [[gone], [sql("DROP EXTENSION hstore CASCADE")]])
        return Move(up, down, [["pass"]])

    def options(self):
        table = self.some_table()
        if not table or not self.once("options", table.name):
            return None
        found = self.some_column(["text", "varchar(40)", "jsonb"], table=table)
        forms = [("SET (fillfactor = 70)", "RESET (fillfactor)"), ("SET UNLOGGED", "SET LOGGED"),
                 ("REPLICA IDENTITY FULL", "REPLICA IDENTITY DEFAULT")]
        if found:
            forms += [("ALTER %s SET STORAGE EXTERNAL" % found[1], "ALTER %s SET STORAGE EXTENDED" % found[1]),
                      ("ALTER %s SET STATISTICS 500" % found[1], "ALTER %s SET STATISTICS -1" % found[1])]
        go, back = self.rng.choice(forms)
        if go == "SET UNLOGGED" and (table.held or any(o[0] == "foreign" for o in table.objects)):
            return None
        return Move([sql("ALTER TABLE %s %s" % (table.name, go))], [sql("ALTER TABLE %s %s" % (table.name, back))], [["pass"]])

    def statistics(self):
        table = self.some_table()
        found = table and [c for c, v in table.columns.items() if v.kind in PLAIN]
        if not found or len(found) < 2:
            return None
        name = self.name("st")
        return Move([sql("CREATE STATISTICS %s ON %s, %s FROM %s" % (name, found[0], found[1], table.name))],
                    [sql("DROP STATISTICS %s" % name)], [["pass"]])

    def small_object(self):
        """Makes an object that a later revision changes in one property."""
        (make, remove), change, back = self.rng.choice(SMALL_CHANGES)
        if "{t}" in make + change:
            table = Table(self.name("base") + "s", key="id")
            names = dict(n=self.name("n"), t=table.name)
            make = "CREATE TABLE {t} (id serial PRIMARY KEY, a integer, b text);; " + make
            remove = remove + ";; DROP TABLE {t}"
        else:
            names = dict(n=self.name("n"), t="")
        self.others.append(("small", change, back, names))
        made = [sql(s) for s in self.several(make, names)]
        return Move(made, [sql(s) for s in self.several(remove, names)]) if made else self.small_change()

    def several(self, text, names):
        return [s.strip().replace("{n}", names["n"]).replace("{t}", names["t"]) for s in text.split(";;") if s.strip()]

    def small_change(self):
        found = [o for o in self.others if o[0] == "small"]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.others.remove(chosen)
        _, change, back, names = chosen
        down = ["pass"] if back == "pass" else [sql(s) for s in self.several(back, names)]
        return Move([sql(s) for s in self.several(change, names)], down, [["pass"], ["pass"], down[:-1] or ["pass"]])

    # Data

    def seed(self):
        """A table with rows of its own, or rows in a table that exists."""
        if self.chance(0.5):
            name = self.name("ref") + "s"
            table = Table(name, {"code": Column("varchar(40)", False, held=True), "label": Column("text")}, key="code", held=False)
            table.objects.append(("primary", name + "_pkey", None, None, ["code"]))
            table.columns["id"] = Column("integer", True, held=True)
            self.tables[name] = table
            up = ["ref = op.create_table(%r, sa.Column('code', sa.String(40), primary_key=True), sa.Column('label', sa.Text()), "
                  "sa.Column('id', sa.Integer()))" % name,
                  "op.bulk_insert(ref, [{'code': 'a', 'label': 'first', 'id': 1}, {'code': 'b', 'label': 'second', 'id': 2}])"]
            table.schema = "-"
            self.others.append(("ref", name))
            return Move(up, ["op.drop_table(%r)" % name], [[sql("DELETE FROM %s" % name), "op.drop_table(%r)" % name]])
        found = [o for o in self.others if o[0] == "ref"]
        if not found:
            return None
        name, code = found[0][1], self.name("seed")
        insert = sql("INSERT INTO %s (code, label, id) VALUES ('%s', 'more', 9)%s" % (name, code, self.rng.choice(["", " ON CONFLICT DO NOTHING"])))
        delete = sql("DELETE FROM %s WHERE code = '%s'" % (name, code))
        return Move([insert], [delete], [["pass"], [sql("DELETE FROM %s" % name)], [sql("DELETE FROM %s WHERE label = 'more'" % name)],
                                         [sql("TRUNCATE %s" % name)], [sql("DELETE FROM %s WHERE code LIKE 'seed%%'" % name)]])

    def update(self):
        found = self.some_column(["integer", "bigint", "text", "varchar(120)", "boolean", "date", "numeric(10,2)"], used=False)
        if not found:
            return None
        table, c = found
        kind, t = table.columns[c].kind, table.name
        pairs = {
            "integer": [("%s + 1", "%s - 1"), ("%s * 2", "%s / 2"), ("0", "0"), ("-%s", "-%s"), ("coalesce(%s, 5)", "nullif(%s, 5)")],
            "bigint": [("%s + 1", "%s - 1"), ("abs(%s)", "%s")], "boolean": [("NOT %s", "NOT %s"), ("true", "false")],
            "text": [("'x' || %s", "substr(%s, 2)"), ("lower(%s)", "upper(%s)"), ("trim(%s)", "%s"), ("replace(%s, 'a', 'b')", "replace(%s, 'b', 'a')")],
            "varchar(120)": [("upper(%s)", "lower(%s)"), ("left(%s, 5)", "%s")], "date": [("%s + 1", "%s - 1")],
            "numeric(10,2)": [("%s * 1.1", "%s / 1.1"), ("round(%s)", "%s")],
        }[kind]
        go, back = self.rng.choice(pairs)
        put = lambda e: sql("UPDATE %s SET %s = %s" % (t, c, e.replace("%s", c)))
        form = self.rng.choice(["all", "all", "map", "null", "delete", "core"])
        if form == "map" and kind in ("text", "varchar(120)"):
            return Move([sql("UPDATE %s SET %s = 'beta' WHERE %s = 'alpha'" % (t, c, c))], [sql("UPDATE %s SET %s = 'alpha' WHERE %s = 'beta'" % (t, c, c))], [["pass"]])
        if form == "null" and table.columns[c].nullable:
            return Move([sql("UPDATE %s SET %s = NULL WHERE id IS NULL" % (t, c)) if self.chance(0.3) else sql("UPDATE %s SET %s = NULL" % (t, c))], ["pass"])
        if form == "delete" and not table.held:
            return Move([sql("DELETE FROM %s WHERE %s IS NULL" % (t, c))], ["pass"], [["raise RuntimeError('rows are gone')"]])
        if form == "core":
            line = "op.execute(sa.table(%r, sa.column(%r)).update().values({%r: sa.text(%r)}))"
            return Move([line % (t, c, c, go.replace("%s", c))], [line % (t, c, c, back.replace("%s", c))], [["pass"]])
        return Move([put(go)], [put(back)], [["pass"]])

    def copy_table(self):
        """Rows move to a new table, and back."""
        found = self.some_column(PLAIN, used=False)
        if not found or found[0].key != "id" or len(found[0].columns) < 3:
            return None
        table, column = found
        kind = table.columns[column].kind
        name = self.name("detail") + "s"
        up = ["op.create_table(%r, sa.Column('owner', %s), sa.Column('val', %s))" % (name, SA_OF[table.columns["id"].kind], SA_OF[kind]),
              sql("INSERT INTO %s (owner, val) SELECT id, %s FROM %s" % (name, column, table.name))]
        down = ["op.drop_table(%r)" % name]
        if not self.chance(0.5):
            return Move(up, down)
        column_info = table.columns.pop(column)
        add = "op.add_column(%r, %s)" % (table.name, self.column_code(column, kind))
        fill = sql("UPDATE %s SET %s = d.val FROM %s d WHERE d.owner = %s.id" % (table.name, column, name, table.name))
        tight = [] if column_info.nullable else ["op.alter_column(%r, %r, nullable=False)" % (table.name, column)]
        default = ["op.alter_column(%r, %r, server_default=sa.text(%r))" % (table.name, column, column_info.default)] if column_info.default else []
        return Move(up + ["op.drop_column(%r, %r)" % (table.name, column)], [add, fill] + tight + default + down, [[add] + down])

    # Forms of writing

    def batch(self):
        table = self.some_table()
        if not table:
            return None
        found = self.some_column(["varchar(40)", "integer"], used=False, table=table)
        first = self.name("c")
        up = ["    batch.add_column(sa.Column(%r, sa.Integer(), nullable=True))" % first]
        down = ["    batch.drop_column(%r)" % first]
        table.columns[first] = Column("integer")
        if found:
            column = table.columns[found[1]]
            new = {"varchar(40)": "varchar(120)", "integer": "bigint"}[column.kind]
            line = "    batch.alter_column(%r, existing_type=%s, type_=%s, existing_nullable=%r)"
            up.append(line % (found[1], SA_OF[column.kind], SA_OF[new], column.nullable))
            down.insert(0, line % (found[1], SA_OF[new], SA_OF[column.kind], column.nullable))
            column.kind = new
        if self.chance(0.5):
            name = self.name("ix")
            up.append("    batch.create_index(%r, [%r])" % (name, first))
            down.insert(0, "    batch.drop_index(%r)" % name)
            table.objects.append(("index", name, None, None, [first]))
        head = "with op.batch_alter_table(%r) as batch:\n" % table.name
        return Move([head + "\n".join(up)], [head + "\n".join(down)], [[head + "\n".join(down[-1:])]])

    def loop(self):
        chosen = [t.name for t in self.tables.values() if not t.schema][:3]
        if not chosen:
            return None
        column = self.name("c")
        for name in chosen:
            self.tables[name].columns[column] = Column("timestamptz", False, "now()")
        up = "for name in %r:\n    op.add_column(name, sa.Column(%r, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False))" % (chosen, column)
        return Move([up], ["for name in reversed(%r):\n    op.drop_column(name, %r)" % (chosen, column)],
                    [["for name in %r:\n    op.drop_column(name, %r)" % (chosen[:-1] or ["nothing"], column)],
                     ["for name in %r:\n    op.execute(f'ALTER TABLE {name} DROP COLUMN %s')" % (chosen, column)]])

    def helper(self):
        table = self.some_table()
        if not table:
            return None
        one, two = self.name("c"), self.name("c")
        table.columns[one], table.columns[two] = Column("text"), Column("integer")
        return Move(["run('ALTER TABLE %s ADD COLUMN %s text', 'ALTER TABLE %s ADD COLUMN %s integer')" % (table.name, one, table.name, two)],
                    ["drop_columns(%r, %r, %r)" % (table.name, one, two)], [["drop_columns(%r, %r)" % (table.name, one)]])

    def block(self):
        """A program inside the database."""
        table = self.some_table()
        if not table:
            return None
        column = self.name("c")
        table.columns[column] = Column("integer")
        return Move([sql("DO $$ BEGIN ALTER TABLE %s ADD COLUMN %s integer; END $$" % (table.name, column))],
                    ["op.drop_column(%r, %r)" % (table.name, column)], [[sql("DO $$ BEGIN ALTER TABLE %s DROP COLUMN %s; END $$" % (table.name, column))]])

    def moves(self):
        often = [self.create_table, self.add_column, self.drop_column, self.change_type, self.nullability, self.constraint,
                 self.index, self.drop_object, self.enum_value, self.update, self.foreign_key]
        seldom = [self.drop_table, self.rename_column, self.replace_column, self.rename_table, self.change_default, self.identity,
                  self.drop_expression, self.primary_key, self.replace_index, self.rename_object, self.enum, self.enum,
                  self.enum_in_table, self.view, self.change_view, self.function, self.change_function, self.policy, self.rule,
                  self.comment, self.sequence, self.alter_sequence, self.schema, self.domain, self.change_domain, self.composite,
                  self.partitions, self.change_partitions, self.inherit, self.grant, self.extension, self.options,
                  self.statistics, self.seed, self.seed, self.copy_table, self.batch, self.loop, self.helper, self.block]
        return often * 3 + seldom + [self.small_object] * 14 + [self.small_change] * 20

    def next_move(self):
        while True:
            move = self.rng.choice(self.moves())()
            if move:
                return move


def every_pair():
    """Each listed pair, and each small change with its inverse and without: (earlier, upgrade, downgrade) as SQL."""
    found = list(PAIRS)
    for (make, _), change, back in SMALL_CHANGES:
        if "{t}" in make + change:
            make = "CREATE TABLE {t} (id serial PRIMARY KEY, a integer, b text);; " + make
        found += [tuple(s.replace("{n}", "thing").replace("{t}", "base") for s in (make, change, way)) for way in (back, "pass")]
    return found


def write_pair(directory, number):
    """A project of two revisions for one entry of `every_pair`."""
    make, up, down = (["pass"] if text in ("", "pass") else [sql(s.strip()) for s in text.split(";;") if s.strip()]
                      for text in every_pair()[number])
    versions = write_frame(directory)
    write_revision(versions, "r01", None, make, ["pass"])
    write_revision(versions, "r02", "r01", up, down)


class Mistakes:
    """Ways to get a right downgrade wrong; each takes and gives a list of calls."""

    def __init__(self, rng):
        self.rng = rng

    def missing(self, lines):
        at = self.rng.randrange(len(lines))
        return lines[:at] + lines[at + 1:] or ["pass"]

    def order(self, lines):
        return self.rng.sample(lines, len(lines))

    def twice(self, lines):
        return lines + [self.rng.choice(lines)]

    def nothing(self, lines):
        return ["pass"]

    def raises(self, lines):
        return [self.rng.choice(["raise NotImplementedError('no way back')", "raise Exception('restore the backup')"])]

    def replaced(self, lines, pattern, by):
        """One place that matches is written differently."""
        places = [(i, m) for i, line in enumerate(lines) for m in re.finditer(pattern, line)]
        if not places:
            return lines
        at, match = self.rng.choice(places)
        text = by(match) if callable(by) else by
        return lines[:at] + [lines[at][:match.start()] + text + lines[at][match.end():]] + lines[at + 1:]

    def wrong_name(self, lines):
        return self.replaced(lines, r"\b[a-z]+_\d+s?\b", lambda m: m.group() + "x")

    def nullability(self, lines):
        return self.replaced(lines, r"nullable=(True|False)", lambda m: "nullable=%s" % (m.group(1) == "False"))

    def other_default(self, lines):
        return self.replaced(lines, r", server_default=sa\.text\((['\"]).*?\1\)", "")

    def other_type(self, lines):
        return self.replaced(lines, r"sa\.(Integer|Text|BigInteger|Date|Boolean)\(\)",
                             lambda m: self.rng.choice(["sa.Integer()", "sa.Text()", "sa.BigInteger()", "sa.SmallInteger()"]))

    def other_length(self, lines):
        return self.replaced(lines, r"(?<=String\()(length=)?\d+", lambda m: str(self.rng.choice([20, 60, 200])))

    def index_options(self, lines):
        return self.replaced(lines, r", (unique|postgresql_\w+)=[^,)]+(\([^)]*\))?", "")

    def cascade(self, lines):
        return self.replaced(lines, r"(DROP (?:TYPE|VIEW|SCHEMA|FUNCTION|DOMAIN|SEQUENCE|TABLE) [\w.()]+)(?=['\"])", lambda m: m.group() + " CASCADE")

    def if_exists(self, lines):
        return self.replaced(lines, r"DROP (TYPE|VIEW|SCHEMA|FUNCTION|DOMAIN|SEQUENCE|TABLE|COLUMN|CONSTRAINT|INDEX) (?!IF)", lambda m: m.group() + "IF EXISTS ")

    def one(self, lines):
        every = [self.missing, self.missing, self.order, self.twice, self.nothing, self.raises, self.wrong_name, self.nullability,
                 self.other_default, self.other_type, self.other_length, self.index_options, self.cascade, self.if_exists]
        for _ in range(8):
            changed = self.rng.choice(every)(lines)
            if changed != lines:
                return changed
        return ["pass"]


def downgrade_of(rng, moves):
    """The way back over the moves: right, with another way back of one move, or with a mistake."""
    kind = rng.random()
    lines = []
    for move in reversed(moves):
        use = move.down
        if kind < 0.35 and move.others:
            use = rng.choice(move.others)
        lines += use
    if len(lines) > 1:
        lines = [l for l in lines if l != "pass"] or ["pass"]
    return Mistakes(rng).one(lines) if 0.35 <= kind < 0.65 else lines


def function_body(lines):
    return textwrap.indent("\n".join(lines), "    ")


def write_frame(directory):
    """The files that every project has; returns the directory of the revisions."""
    versions = os.path.join(directory, "migrations", "versions")
    os.makedirs(versions)
    for path, text in (("alembic.ini", INI), ("migrations/env.py", ENV)):
        with open(os.path.join(directory, path), "w", encoding="utf-8") as file:
            file.write(text)
    return versions


def write_revision(versions, revision, parent, up, down):
    helpers = HELPERS if any(re.match(r"(run|drop_columns)\(", l) for l in up + down) else ""
    text = HEADER % dict(message="revision " + revision, revision=revision, parent=parent, helpers=helpers,
                         upgrade=function_body(up), downgrade=function_body(down))
    with open(os.path.join(versions, revision + ".py"), "w", encoding="utf-8") as file:
        file.write(text)


def write_history(directory, seed, low=3, high=8):
    """Writes the project that belongs to the seed."""
    rng = random.Random(seed)
    history = History(rng)
    versions = write_frame(directory)
    parent = None
    for number in range(rng.randint(low, high)):
        moves = [history.create_table() for _ in range(rng.randint(2, 3))] if number == 0 else [
            history.next_move() for _ in range(rng.choices([1, 2, 3], [75, 20, 5])[0])]
        up = [line for move in moves for line in move.up]
        down = downgrade_of(rng, moves)
        revision = "r%02d" % (number + 1)
        write_revision(versions, revision, parent, up, down)
        parent = revision
