"""Throwaway databases: copies, rows of every kind, and what a database holds as plain values."""

import collections
import hashlib
import os
import re
import subprocess
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import psycopg2

# Too long for a btree entry, and no compression helps.
LONG = "".join(hashlib.md5(b"%d" % i).hexdigest() for i in range(400))
OUTSIDE = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"


def connect(database):
    """A connection in autocommit mode; host and user come from libpq's environment."""
    connection = psycopg2.connect(dbname=database)
    connection.autocommit = True
    return connection


SESSIONS = {}


def session(database):
    """The one open connection to a database; a new backend costs more than what it does here."""
    if database not in SESSIONS:
        SESSIONS[database] = connect(database)
    return SESSIONS[database]


def leave(database):
    """Closes the connection, so that the database can be copied or dropped."""
    if database in SESSIONS:
        SESSIONS.pop(database).close()


class Databases:
    """Creates and removes databases; the names are this process's own."""

    def __init__(self):
        self.admin = connect("postgres")
        self.made = 0

    def run(self, text):
        with self.admin.cursor() as cursor:
            cursor.execute(text)

    def copy(self, template="template1"):
        leave(template)
        self.made += 1
        name = "t%d_%d" % (os.getpid(), self.made)
        self.run("CREATE DATABASE %s TEMPLATE %s" % (name, template))
        return name

    def drop(self, *names):
        for name in names:
            leave(name)
            self.run("DROP DATABASE IF EXISTS %s WITH (FORCE)" % name)


def schema_dump(database):
    """What pg_dump says about the schema, without what is not schema; the order is kept."""
    text = subprocess.run(["pg_dump", "--schema-only", database], capture_output=True, text=True, check=True).stdout
    noise = ("--", "SET ", "SELECT pg_catalog.set_config", "\\restrict", "\\unrestrict")
    return [line for line in text.splitlines() if line.strip() and not line.startswith(noise)]


# What is there


@dataclass
class Column:
    number: int
    name: str
    type: str
    base: str
    kind: str
    required: bool
    default: str | None
    identity: str
    generated: bool
    element: str | None
    labels: list
    fields: list


@dataclass
class Relation:
    oid: int
    name: str
    kind: str
    columns: list = field(default_factory=list)
    references: list = field(default_factory=list)
    literals: dict = field(default_factory=dict)

    def column(self, name):
        return next((c for c in self.columns if c.name == name), None)


RELATIONS = """
SELECT c.oid, format('%%I.%%I', n.nspname, c.relname), c.relkind
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND %s AND c.relname !~ 'alembic_version'
ORDER BY 2
""" % OUTSIDE
COLUMNS = """
SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(a.atttypid, a.atttypmod) END,
  t.typtype, a.attnotnull OR t.typnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated <> '',
  CASE WHEN t.typelem <> 0 AND t.typcategory = 'A' THEN format_type(t.typelem, a.atttypmod) END,
  ARRAY(SELECT enumlabel::text FROM pg_enum e WHERE e.enumtypid IN (t.oid, t.typelem, t.typbasetype) ORDER BY enumsortorder),
  ARRAY(SELECT format_type(f.atttypid, f.atttypmod) FROM pg_attribute f
        WHERE t.typtype = 'c' AND f.attrelid = t.typrelid AND NOT f.attisdropped AND f.attnum > 0 ORDER BY f.attnum)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = ANY(%s) ORDER BY a.attrelid, a.attnum
"""
CONSTRAINTS = """
SELECT conrelid, contype, conkey, confrelid, confkey, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s) AND contype IN ('c', 'f')
UNION ALL
SELECT a.attrelid, 'c', ARRAY[a.attnum], 0, NULL, pg_get_constraintdef(k.oid)
FROM pg_attribute a JOIN pg_constraint k ON k.contypid = a.atttypid WHERE a.attrelid = ANY(%s)
"""


def relations(connection):
    """Every table with its columns, references and the literals that its checks mention."""
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        found = {row[0]: Relation(*row) for row in cursor.fetchall()}
        cursor.execute(COLUMNS, (list(found),))
        for row in cursor.fetchall():
            found[row[0]].columns.append(Column(*row[1:]))
        cursor.execute(CONSTRAINTS, (list(found), list(found)))
        for oid, kind, key, target, target_key, text in cursor.fetchall():
            table = found[oid]
            if kind == "f" and target in found:
                table.references.append((key, found[target], target_key))
            elif kind == "c":
                for number in key or []:
                    name = next((c.name for c in table.columns if c.number == number), None)
                    table.literals.setdefault(name, []).extend(literals(text))
    return list(found.values())


def literals(text):
    """Values that a condition mentions, and their neighbours."""
    found = re.findall(r"'((?:[^']|'')*)'", text)
    for number in re.findall(r"(?<![\w'.])-?\d+(?:\.\d+)?", text):
        found += [number, str(Decimal(number) + 1), str(Decimal(number) - 1)]
    return found


def rows(connection, tables):
    """The rows of every table as {oid: Counter of tuples of text}, in the order of its columns.

    Partitioned tables have none of their own; the rows are their partitions'.
    """
    held = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table.kind == "p":
                held[table.oid] = collections.Counter()
                continue
            names = ", ".join('"%s"::text' % c.name.replace('"', '""') for c in table.columns) or "1"
            cursor.execute("SELECT %s FROM ONLY %s" % (names, table.name))
            held[table.oid] = collections.Counter(cursor.fetchall())
    return held


# Values


def plain(column, i, type_name=None):
    """A harmless value, another for each i."""
    full = (type_name or column.base).lower()
    name = re.sub(r"\(.*?\)", "", full).strip()
    size = re.search(r"\((\d+)", full)
    if column.labels and name not in ("text",) and not name.endswith("[]"):
        return column.labels[i % len(column.labels)]
    if name.endswith("[]"):
        return "{%s,%s}" % (plain(column, i, column.element or "text"), plain(column, i + 1, column.element or "text"))
    if column.fields and type_name is None:
        return "(%s)" % ",".join(plain(column, i, f) or "" for f in column.fields)
    if name in ("character varying", "character", "text", "citext", "name", "bpchar"):
        words = ["Anna", "berta", "alpha", "Dora x"]
        text = "%s%d" % (words[i % 4], i)
        limit = int(size.group(1)) if size else 1 if name == "character" else None
        return text if limit is None or limit >= len(text) else str(i).rjust(limit, "a")[-limit:]
    makers = {
        "integer": lambda: str(i * 3 + 2), "bigint": lambda: str(i * 3 + 2), "smallint": lambda: str(i * 3 + 2),
        "numeric": lambda: fitting(i, full), "double precision": lambda: "%d.125" % i, "real": lambda: "%d.5" % i,
        "boolean": lambda: "true" if i % 2 else "false", "date": lambda: "2024-%02d-%02d" % (i % 12 + 1, i % 28 + 1),
        "timestamp without time zone": lambda: "2024-%02d-%02d 10:%02d:07.123456" % (i % 12 + 1, i % 28 + 1, i % 60),
        "timestamp with time zone": lambda: "2024-%02d-%02d 10:%02d:07.123456+02" % (i % 12 + 1, i % 28 + 1, i % 60),
        "time without time zone": lambda: "10:%02d:%02d" % (i % 60, i * 7 % 60), "time with time zone": lambda: "10:%02d:01+02" % (i % 60),
        "interval": lambda: "%d hours 5 minutes" % (i % 20 + 1), "uuid": lambda: "00000000-0000-4000-8000-%012d" % (i + 1),
        "json": lambda: '{"k": %d}' % i, "jsonb": lambda: '{"k": %d}' % i, "bytea": lambda: "\\x%04x" % i,
        "inet": lambda: "10.0.%d.%d" % (i // 250 % 250, i % 250), "cidr": lambda: "10.0.%d.0/24" % (i % 250),
        "int4range": lambda: "[%d,%d)" % (i * 10, i * 10 + 3), "int8range": lambda: "[%d,%d)" % (i * 10, i * 10 + 3),
        "tsvector": lambda: "word%d" % i, "hstore": lambda: "a=>%d" % i, "macaddr": lambda: "08:00:2b:01:%02x:%02x" % (i // 250, i % 250),
        "oid": lambda: str(i + 1), "money": lambda: "%d.25" % i,
    }
    return makers[name]() if name in makers else None


def fitting(i, full):
    """A number with as many places as the type has."""
    sizes = re.search(r"\((\d+),(\d+)\)", full)
    if not sizes:
        return "%d.123456" % i
    precision, scale = int(sizes.group(1)), int(sizes.group(2))
    whole = str(i % 10 ** max(0, min(4, precision - scale)))
    return whole + ("." + "123456789123456789"[:scale] if scale else "")


def edges(column):
    """Values that only a wide, loose column takes."""
    full = column.base.lower()
    name = re.sub(r"\(.*?\)", "", full).strip()
    size = re.search(r"\((\d+)", full)
    sizes = re.search(r"\((\d+),(\d+)\)", full)
    found = [None]
    if column.labels:
        found += ["{%s}" % label for label in column.labels] if name.endswith("[]") else column.labels
    elif name in ("character varying", "character", "text", "citext"):
        limit = int(size.group(1)) if size else 1 if name == "character" else len(LONG)
        found += ["z" * min(limit, 300), "", "Not A Number", "trail ", " lead", "forbidden", "1.5", LONG[:limit], "n\u00e4ive \u65e5", "xx"]
    elif name in ("integer", "bigint", "smallint"):
        top = {"integer": 2 ** 31 - 1, "bigint": 2 ** 63 - 1, "smallint": 2 ** 15 - 1}[name]
        found += [str(top), str(-top), "0", "-7", "1", "5"]
    elif name == "numeric":
        whole = int(sizes.group(1)) - int(sizes.group(2)) if sizes else 20
        found += ["9" * max(1, whole), "-" + "9" * max(1, whole), "0", "0.00009", "NaN"]
    elif name in ("double precision", "real"):
        found += ["1e30", "-0.000123", "0.1234567890123", "3.14159265358979", "NaN"]
    elif name.startswith("timestamp"):
        found += ["infinity", "0044-03-15 12:00:00 BC", "2200-01-01 23:59:59.999999"]
    elif name == "date":
        found += ["infinity", "9999-12-31", "1800-01-01"]
    elif name == "boolean":
        found += ["true", "false"]
    elif name.endswith("[]"):
        found += ["{}", "{NULL}"]
    elif name in ("json", "jsonb"):
        found += ["null", "[1, 2]", '"text"', '{"a": 1, "a": 2}']
    elif name == "interval":
        found += ["400 days", "-3 hours"]
    elif name == "inet":
        found += ["10.1.2.3/8", "::1"]
    elif name == "int4range":
        found += ["empty", "(,)", "[1,100000)"]
    elif name == "time without time zone":
        found += ["24:00:00", "23:59:59.999999"]
    elif name == "bytea":
        found += ["", "\\xff00"]
    return found


class Writer:
    """Inserts rows; a row that the schema refuses is tried otherwise, then left out."""

    def __init__(self, connection, start, hints=None):
        self.connection, self.count, self.hints = connection, start, hints or {}
        self.tables = relations(connection)

    def next(self):
        self.count += 1
        return self.count

    def automatic(self, column):
        return column.generated or bool(column.identity) or (
            column.default is not None and re.search(r"nextval|gen_random_uuid", column.default))

    def reference(self, table, attempt):
        """Values for the columns that refer to other tables."""
        values = {}
        for key, target, target_key in table.references:
            names = ['"%s"' % c.name for n in target_key for c in target.columns if c.number == n]
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT %s FROM %s ORDER BY 1 OFFSET %d LIMIT 1" % (
                    ", ".join("%s::text" % n for n in names), target.name, attempt))
                row = cursor.fetchone()
            for number, value in zip(key, row or [None] * len(key)):
                values[number] = value
        return values

    def row(self, table, attempt=0):
        """Values by column name for a harmless row, or what is left to the default."""
        i, values, refers = self.next(), {}, self.reference(table, attempt)
        for column in table.columns:
            if self.automatic(column):
                continue
            if column.number in refers:
                values[column.name] = refers[column.number]
                continue
            candidates = table.literals.get(column.name)
            value = plain(column, i)
            if candidates and attempt:
                value = candidates[(attempt - 1) % len(candidates)]
            if value is None and not column.required:
                continue
            values[column.name] = value
        return values

    def insert(self, table, values):
        names = ", ".join('"%s"' % n.replace('"', '""') for n in values)
        text = "INSERT INTO %s (%s) VALUES (%s)" % (table.name, names, ", ".join(["%s"] * len(values)))
        with self.connection.cursor() as cursor:
            try:
                cursor.execute(text if values else "INSERT INTO %s DEFAULT VALUES" % table.name, list(values.values()))
                return True
            except psycopg2.Error:
                return False

    def plain_row(self, table):
        """One harmless row, tried with other values where a constraint says no."""
        return any(self.insert(table, self.row(table, attempt)) for attempt in range(5))

    def plain_rows(self, count):
        """Some rows in every table; twice over the tables, since references need their targets."""
        waiting = [t for t in self.tables for _ in range(count)]
        for _ in range(3):
            waiting = [t for t in waiting if not self.plain_row(t)]
        return self

    def edge_rows(self):
        """For each column and each edge value one row that is harmless but for this value."""
        for table in self.tables:
            refers = {n for key, _, _ in table.references for n in key}
            for column in table.columns:
                if column.generated or (column.identity and column.identity != "d"):
                    continue
                hinted = self.hints.get((table.name, column.name), []) + table.literals.get(column.name, [])
                for value in edges(column) + hinted[:8] + (["424242"] if column.number in refers else []):
                    values = self.row(table)
                    values[column.name] = value
                    self.insert(table, values)
        return self

    def rows_like(self, wanted):
        """For each table and its values two rows that are harmless but for these, where such values can be."""
        for name, values in wanted:
            for table in self.tables:
                known = {c.name: v for c in table.columns for k, v in values.items() if c.name == k}
                if table.name.split(".")[-1].strip('"') == name and known:
                    for attempt in range(2):
                        self.insert(table, dict(self.row(table, attempt), **known))
        return self

    def duplicates(self):
        """Rows that exist, once more: whole, or with another key."""
        for table in self.tables:
            names = [c.name for c in table.columns if not c.generated and not c.identity]
            if not names:
                continue
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT %s FROM %s ORDER BY 1 LIMIT 4" % (", ".join('"%s"::text' % n for n in names), table.name))
                existing = cursor.fetchall()
            for row in existing:
                values = dict(zip(names, row))
                self.insert(table, values)
                fresh = self.row(table)
                for name in names:
                    column = table.column(name)
                    if name in ("id", "code") or self.automatic(column):
                        other = dict(values)
                        if name in fresh:
                            other[name] = fresh[name]
                        else:
                            other.pop(name)
                        self.insert(table, other)
        return self


def canonical(value):
    """One spelling for values that mean the same in two types."""
    if value is None:
        return None
    text = value.rstrip(" ") if not value.startswith("{") else value
    if text in ("t", "true"):
        return "true"
    if text in ("f", "false"):
        return "false"
    try:
        number = Decimal(text)
        return str(number.normalize() + 0) if number.is_finite() else text
    except InvalidOperation:
        pass
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return re.sub(r" 00:00:00$", "", re.sub(r"[+]00$", "", text))
    if text[:1] in "{[":
        return re.sub(r"\s+", "", text)
    return text
