"""One revision on a real server: up, new rows, down, and what became of schema and rows."""

import collections
import contextlib
import io
import os
import re
from dataclasses import dataclass, field

import psycopg2
from alembic import command
from alembic.config import Config

import conditions
import database as db

VERSION_TABLE = """CREATE TABLE alembic_version (
  version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"""
TEXT_DEFAULT = re.compile(r"(DEFAULT '(?:[^']|'')*')::(?:text|character varying|bpchar)")
CONDITIONS = ["none", "benign", "hostile"]
# The old rows, and whether rows that the revision's own conditions take are among them; the first that the upgrade bears.
LEVELS = [("edges", True), ("edges", False), ("plain", True), ("plain", False), ("one", True), ("one", False), ("nothing", False)]


class Failed(Exception):
    """A step that did not succeed: SQLSTATE or the Python error, and the message."""

    def __init__(self, state, message):
        super().__init__("%s: %s" % (state, message))
        self.state, self.message = state, message


class AlembicProject:
    """Runs the steps with the real Alembic."""

    def __init__(self, directory, work=None):
        self.ini = os.path.join(directory, "alembic.ini")

    def step(self, database, target, down=False):
        config = Config(self.ini, stdout=io.StringIO())
        url = "postgresql://postgres@/%s?host=%s" % (database, os.environ["PGHOST"])
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        os.environ["DATABASE_URL"] = url
        try:
            with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
                (command.downgrade if down else command.upgrade)(config, target)
        except Exception as error:
            cause = getattr(error, "orig", error)
            raise Failed(getattr(cause, "pgcode", None) or type(error).__name__, str(cause).strip()[:300]) from None

    def up(self, database, revision):
        self.step(database, revision["revision"])

    def down(self, database, revision):
        parents = revision["down_revisions"]
        self.step(database, parents[0] if parents else "base", True)

    def reach(self, database, targets, known):
        for target in targets:
            self.step(database, target)


class StatementProject:
    """Runs the SQL that backout prints, for packages whose environment cannot be had."""

    def __init__(self, directory, work=None):
        pass

    def run(self, database, step, partly=False):
        if not (step["complete"] or partly):
            raise Failed("opaque", "the step is not known completely")
        connection = psycopg2.connect(dbname=database)
        try:
            for statement in step["statements"]:
                if statement["autocommit"] != connection.autocommit:
                    connection.commit()
                    connection.autocommit = statement["autocommit"]
                with connection.cursor() as cursor:
                    cursor.execute(statement["sql"])
            if step["raises"]:
                raise Failed("raises", step["raises"]["message"] or "")
            connection.commit()
        except psycopg2.Error as error:
            raise Failed(error.pgcode or "error", str(error).strip()[:300]) from None
        finally:
            connection.close()

    def up(self, database, revision):
        self.run(database, revision["upgrade"])

    def down(self, database, revision):
        self.run(database, revision["downgrade"])

    def pass_by(self, database, revision):
        """Applies what is known of an upgrade, so that the revisions after it can be judged."""
        self.run(database, revision["upgrade"], partly=True)

    def reach(self, database, targets, known, done=None):
        """All ancestors in order, each once."""
        done = set() if done is None else done
        for target in targets:
            if target in known and target not in done:
                self.reach(database, known[target]["down_revisions"], known, done)
                done.add(target)
                self.pass_by(database, known[target])


@dataclass
class State:
    """Tables and rows of a database at one moment."""

    tables: list
    rows: dict

    @classmethod
    def of(cls, name):
        tables = db.relations(db.session(name))
        return cls(tables, db.rows(db.session(name), tables))

    def named(self, name):
        return next((t for t in self.tables if t.name == name), None)

    def numbered(self, oid):
        return next((t for t in self.tables if t.oid == oid), None)


@dataclass
class Outcome:
    """What one condition showed."""

    error: Failed | None = None
    old_lost: list = field(default_factory=list)
    new_lost: list = field(default_factory=list)
    schema: list | None = None


def project(counter, places, spell):
    """Rows reduced to some columns, each in its spelling."""
    reduced = collections.Counter()
    for row, count in counter.items():
        reduced[tuple(s(row[p]) for p, s in zip(places, spell))] += count
    return reduced


def missing(before, wanted, after, moves=False):
    """Rows of `wanted` (by oid, with the columns of `before`) that are not in `after`: a line for each table.

    A table and its columns are found again by name, or by the numbers that a rename does not change; rows
    are lost that neither way finds. With `moves`, values may have moved to a column that was not there before.
    """
    lines = []
    for table in before.tables:
        kept = wanted.get(table.oid)
        if not kept:
            continue
        found = [(t, named) for t, named in ((after.named(table.name), True), (after.numbered(table.oid), False)) if t]
        ways = [lost_in(table, kept, now, after.rows[now.oid], named, moves) for now, named in found]
        if not ways:
            lines.append("table %s is gone with %d rows" % (table.name, sum(kept.values())))
        elif all(ways):
            lines += ways[0]
    return lines


def again(table, column, now, named):
    """The column of a later table that a column has become."""
    number = next((c for c in now.columns if c.number == column.number), None) if now.oid == table.oid else None
    return (now.column(column.name) or number) if named else number


def comparable(column, later):
    """False where the values have changed into another kind, so that their texts say nothing."""
    shapes = [(c.type.endswith("[]"), c.type in ("bytea", "json", "jsonb"), c.type in ("real", "double precision"))
              for c in (column, later)]
    if "boolean" in (column.type, later.type) and column.type != later.type:
        return False
    return column.type == later.type or shapes[0] == shapes[1] and not shapes[0][2]


def moved(table, kept, place, now, rows):
    """True if a column that was not there before holds all the values of one that is gone."""
    values = project(kept, [place], [lambda v: v])
    others = [i for i, c in enumerate(now.columns) if table.column(c.name) is None and c.type == table.columns[place].type]
    return any(not values - project(rows, [i], [lambda v: v]) for i in others)


def lost_in(table, kept, now, rows, named, moves):
    """Columns and rows of one table that are not there any more."""
    lines, here, there, spell = [], [], [], []
    for place, column in enumerate(table.columns):
        match = again(table, column, now, named)
        if column.generated:
            continue
        if match is None or match.generated:
            held = sum(n for row, n in kept.items() if row[place] is not None)
            if held and not (moves and moved(table, kept, place, now, rows)):
                lines.append("column %s.%s is gone with %d values" % (table.name, column.name, held))
        elif comparable(column, match):
            here.append(place)
            there.append(now.columns.index(match))
            spell.append((lambda v: v) if match.type == column.type else db.canonical)
    gone = project(kept, here, spell) - project(rows, there, spell)
    if gone:
        example = next(iter(gone))
        names = [table.columns[p].name for p in here]
        lines.append("%d rows of %s are gone or changed, such as %s" % (
            sum(gone.values()), table.name, dict(zip(names, [v if v is None else v[:40] for v in example]))))
    return lines


def differences(before, after):
    """Lines of two dumps that are not in both, marked; a moved line is marked both ways.

    The type of a text that is a default is that of the column when it was set: no query sees it.
    """
    import difflib

    before, after = ([TEXT_DEFAULT.sub(r"\1", line) for line in dump] for dump in (before, after))
    return [l for l in difflib.unified_diff(before, after, lineterm="", n=0) if not l.startswith(("---", "+++", "@@"))]


def only_order(lines):
    """True where two dumps differ in nothing but the order of lines: columns that were dropped come back last."""
    sides = {"-": collections.Counter(), "+": collections.Counter()}
    for line in lines:
        sides[line[0]][line[1:].rstrip(",")] += 1
    return sides["-"] == sides["+"]


class Trial:
    """Takes one project's revisions through all conditions, one after the other."""

    def __init__(self, databases, runner, conditions=CONDITIONS):
        self.databases, self.runner, self.conditions = databases, runner, conditions
        self.fresh()

    def fresh(self):
        """Starts from an empty database."""
        self.empty, self.at = self.databases.copy(), []
        with db.session(self.empty).cursor() as cursor:
            cursor.execute(VERSION_TABLE)
        self.dump = db.schema_dump(self.empty)

    def close(self):
        self.databases.drop(self.empty)

    def pass_by(self, revision):
        """Applies a revision without judging it."""
        getattr(self.runner, "pass_by", self.runner.up)(self.empty, revision)
        self.dump, self.at = db.schema_dump(self.empty), [revision["revision"]]

    def start_at(self, parents, revisions):
        """Has the parents applied and nothing beside them; in a project with branches this starts again."""
        if parents == self.at:
            return
        self.close()
        self.fresh()
        known = {r["revision"]: r for r in revisions}
        self.runner.reach(self.empty, parents, known)
        self.dump, self.at = db.schema_dump(self.empty), parents

    def filled(self, revision):
        """A copy of the empty database with old rows, upgraded, and the state before; as many rows as the upgrade bears."""
        matching = conditions.wanted(revision)
        for level, matches in LEVELS:
            if matches and not matching:
                continue
            name = self.databases.copy(self.before)
            if level != "nothing":
                writer = db.Writer(db.session(name), 10).plain_rows(1 if level == "one" else 3)
                if level == "edges":
                    writer.edge_rows()
                if matches:
                    writer.rows_like(matching)
            state = State.of(name)
            try:
                self.runner.up(name, revision)
                return name, state, level
            except Failed:
                self.databases.drop(name)
        raise Failed("upgrade", "fails even on empty tables, at the second time")

    def write(self, name, condition, state, revision):
        """New rows, as the condition wants them."""
        if condition == "none":
            return
        hints = {(t.name, c): v for t in state.tables for c, v in t.literals.items()}
        writer = db.Writer(db.session(name), 3000, hints).plain_rows(2)
        if condition == "hostile":
            writer.edge_rows().rows_like(conditions.wanted(revision)).duplicates()

    def judge(self, name, revision, condition, state, outcome):
        """Writes, goes down, and compares."""
        upgraded = State.of(name)
        self.write(name, condition, state, revision)
        written = State.of(name)
        new = {oid: written.rows[oid] - upgraded.rows.get(oid, collections.Counter()) for oid in written.rows}
        try:
            self.runner.down(name, revision)
        except Failed as error:
            outcome.error = error
            return
        after = State.of(name)
        outcome.old_lost = missing(state, state.rows, after)
        if any(new.values()):
            outcome.new_lost = missing(written, new, after, True)
        if outcome.schema is None:
            outcome.schema = differences(self.dump_before, db.schema_dump(name))
        if outcome.new_lost and self.comes_back(name, revision, written, new):
            outcome.new_lost = []

    def comes_back(self, name, revision, written, new):
        """True if going up once more gives the new rows back as they were: then nothing was lost."""
        try:
            self.runner.up(name, revision)
        except Failed:
            return False
        restored = State.of(name)
        return not missing(written, new, restored)

    def revision(self, revision):
        """The outcomes by condition, and how many rows the upgrade bore; raises Failed where there is no way up."""
        self.before, self.dump_before = self.databases.copy(self.empty), self.dump
        made = [self.before]
        try:
            self.runner.up(self.empty, revision)
            self.dump, self.at = db.schema_dump(self.empty), [revision["revision"]]
            full, state, level = self.filled(revision)
            made.append(full)
            outcomes = {}
            for condition in self.conditions:
                name = full if condition == self.conditions[-1] else self.databases.copy(full)
                made.append(name)
                schema = next((o.schema for o in outcomes.values() if o.schema is not None), None)
                outcomes[condition] = Outcome(schema=schema)
                self.judge(name, revision, condition, state, outcomes[condition])
            if all(o.error for o in outcomes.values()):
                outcomes["empty"] = self.without_rows(revision, made)
            return outcomes, level
        finally:
            self.databases.drop(*made)

    def without_rows(self, revision, made):
        """Whether the way back works at least while the tables are empty."""
        name, outcome = self.databases.copy(self.empty), Outcome()
        made.append(name)
        try:
            self.runner.down(name, revision)
            outcome.schema = differences(self.dump_before, db.schema_dump(name))
        except Failed as error:
            outcome.error = error
        return outcome
