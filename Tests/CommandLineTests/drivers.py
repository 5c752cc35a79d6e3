"""Runs downgrades by each of SQLAlchemy's drivers, and asks backout about the same revisions.

usage: drivers.py BACKOUT DIRECTORY

DIRECTORY holds the socket of a server with a database 'drivers', and files that are written here. A downgrade
that fails by a driver must not be told to execute by it; one that works must be, unless the case says that this
is more than the files tell. What several drivers may be at work for is said of all of them together.
"""

import asyncio
import importlib.util
import json
import pathlib
import subprocess
import sys

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.ext.asyncio import create_async_engine

BASE = """
CREATE TYPE status AS ENUM ('new', 'done');
CREATE TABLE t (id int PRIMARY KEY, n int, b bigint, s text, v varchar(20), d date, ts timestamp, iv interval, u uuid,
  jb jsonb, e status, ip inet, num numeric(10, 2))
"""
DRIVERS = ["psycopg2", "psycopg", "asyncpg", "pg8000"]

# Name, upgrade, downgrade, and the drivers by which it works though the files do not tell so.
CASES = [
    ("several", "pass", "op.execute('CREATE TABLE a (i int); CREATE TABLE b (i int)')", ""),
    ("several_made_of_lines", "pass", "op.execute('CREATE TABLE a (i int);\\nCREATE TABLE b (i int);\\n')", ""),
    ("several_in_text", "pass", "op.execute(sa.text('CREATE TABLE a (i int); CREATE TABLE b (i int)'))", ""),
    ("several_by_connection", "pass", "op.get_bind().execute(sa.text('CREATE TABLE a (i int); CREATE TABLE b (i int)'))", ""),
    ("several_with_values", "pass",
     "op.get_bind().execute(sa.text('UPDATE t SET n = :x; UPDATE t SET b = :y'), {'x': 1, 'y': 2})", ""),
    ("trailing_semicolon", "pass", "op.execute('CREATE TABLE a (i int);; -- and nothing else')", ""),
    ("block", "pass", "op.execute('DO $$ BEGIN PERFORM 1; PERFORM 2; END $$')", ""),
    ("empty_text", "pass", "op.execute('-- nothing')", ""),
    ("after_commit", "op.create_index('i1', 't', ['n'])",
     "op.execute('COMMIT'); op.execute('DROP INDEX CONCURRENTLY i1')", ""),
    ("after_commit_plain", "op.create_index('i2', 't', ['n'])", "op.execute('COMMIT'); op.execute('DROP INDEX i2')", ""),
    ("after_commit_begin", "op.create_index('i3', 't', ['n'])",
     "op.execute('COMMIT'); op.execute('BEGIN'); op.execute('DROP INDEX i3')", ""),
    ("autocommit_block", "op.create_index('i4', 't', ['n'])",
     "with op.get_context().autocommit_block(): op.execute('DROP INDEX CONCURRENTLY i4')", ""),
    ("date_told", "pass", "op.execute(sa.text('UPDATE t SET d = :x').bindparams(x='2024-01-01'))", ""),
    ("enum_told", "pass", "op.execute(sa.text('UPDATE t SET e = :x').bindparams(x='new'))", ""),
    ("enum_where_told", "pass", "op.execute(sa.text('UPDATE t SET n = 1 WHERE e = :x').bindparams(x='new'))", ""),
    ("text_for_a_number_told", "pass", "op.execute(sa.text('UPDATE t SET n = 1 WHERE id = :x').bindparams(x='5'))", ""),
    ("uuid_told", "pass",
     "op.execute(sa.text('UPDATE t SET u = :x').bindparams(x='6b3f9a5e-0c1d-4c8e-9f6a-0d3a2b1c4e5f'))", ""),
    ("json_told", "pass", "op.execute(sa.text('UPDATE t SET jb = :x').bindparams(x='{}'))", ""),
    ("cast_told", "pass", "op.execute(sa.text('UPDATE t SET d = CAST(:x AS date)').bindparams(x='2024-01-01'))", ""),
    ("text_told", "pass", "op.execute(sa.text('UPDATE t SET s = :x, v = :y').bindparams(x='a', y='b'))", ""),
    ("text_where_told", "pass", "op.execute(sa.text('UPDATE t SET n = 1 WHERE v = :x').bindparams(x='a'))", ""),
    ("typed_told", "pass",
     "op.execute(sa.text('UPDATE t SET s = :x').bindparams(sa.bindparam('x', 'a', type_=sa.String)))", ""),
    ("enum_given", "pass", "op.get_bind().execute(sa.text('UPDATE t SET e = :x'), {'x': 'new'})", "asyncpg"),
    ("date_given", "pass", "op.get_bind().execute(sa.text('UPDATE t SET d = :x'), {'x': '2024-01-01'})", ""),
    ("text_given", "pass", "op.get_bind().execute(sa.text('UPDATE t SET s = :x'), {'x': 'a'})", ""),
    ("enum_as_string", "pass", "op.execute(T('e', sa.String).update().values(e='new'))", ""),
    ("enum_where_string", "pass", "op.execute(T('e', sa.String).update().where(C('e', sa.String) == 'new').values(n=1))", ""),
    ("enum_where_untyped", "pass", "op.execute(T('e').update().where(C('e') == 'new').values(n=1))", ""),
    ("enum_as_enum", "pass", "op.execute(T('e', sa.Enum('new', 'done', name='status')).update().values(e='new'))", ""),
    ("enum_where_enum", "pass",
     "op.execute(T('e', sa.Enum('new', 'done', name='status')).update()"
     ".where(C('e', sa.Enum('new', 'done', name='status')) == 'new').values(n=1))", ""),
    ("enum_in_enum", "pass",
     "op.execute(T('e', sa.Enum('new', 'done', name='status')).update()"
     ".where(C('e', sa.Enum('new', 'done', name='status')).in_(['new', 'done'])).values(n=1))", ""),
    ("enum_inline", "pass",
     "op.execute(T('e', sa.String).update().where(C('e', sa.String) == op.inline_literal('new')).values(n=1))", ""),
    ("string_as_string", "pass", "op.execute(T('s', sa.String).update().where(C('s', sa.String) == 'a').values(s='b'))", ""),
    ("rows_of_enum_as_string", "pass", "op.bulk_insert(T('e', sa.String), [{'id': 1, 'e': 'new'}])", ""),
    ("rows_of_text", "pass", "op.bulk_insert(T('s', sa.String), [{'id': 1, 's': 'a'}, {'id': 2, 's': None}])", ""),
    ("rows_late", "pass", "op.bulk_insert(T('e', sa.String), [{'id': 1, 'e': None}, {'id': 2, 'e': 'new'}])", ""),
    ("rows_of_date_as_text", "pass", "op.bulk_insert(T('d', sa.Date), [{'id': 1, 'd': '2024-01-01'}])", ""),
    ("rows_of_date", "pass", "op.bulk_insert(T('d', sa.Date), [{'id': 1, 'd': datetime.date(2024, 1, 1)}])", ""),
    ("rows_untyped", "pass", "op.bulk_insert(T('d'), [{'id': 1, 'd': '2024-01-01'}])", ""),
    ("number_given", "pass", "op.get_bind().execute(sa.text('UPDATE t SET n = :x'), {'x': 5})", "asyncpg"),
    ("number_given_for_text", "pass", "op.get_bind().execute(sa.text('UPDATE t SET s = :x'), {'x': 5})", ""),
    ("number_told", "pass", "op.execute(sa.text('UPDATE t SET n = :x').bindparams(x=5))", ""),
    ("moment_with_zone", "pass",
     "op.execute(T('ts', sa.DateTime).update().values(ts=datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)))",
     ""),
    ("moment_without_zone", "pass",
     "op.execute(T('ts', sa.DateTime).update().values(ts=datetime.datetime(2024, 1, 1)))", ""),
    ("integer_beyond_its_type", "pass", "op.execute(T('b', sa.Integer).update().values(b=5000000000))", ""),
    ("enum_of_another_name", "pass",
     "op.execute(T('e', sa.Enum('new', 'done', name='other')).update().values(e='new'))", ""),
    ("setting", "pass", "op.get_bind().execute(sa.text('SET LOCAL lock_timeout = :x'), {'x': '5s'})", ""),
    ("view", "pass", "op.execute(sa.text('CREATE VIEW vv AS SELECT id FROM t WHERE n = :x').bindparams(x=5))", ""),
    ("comment", "pass", "op.execute(sa.text('COMMENT ON TABLE t IS :x').bindparams(x='a'))", ""),
    ("default", "pass", "op.execute(sa.text('ALTER TABLE t ALTER n SET DEFAULT :x').bindparams(x=5))", ""),
    ("rows_untyped_text", "pass", "op.bulk_insert(T('s'), [{'id': 1, 's': 'a'}])", ""),
]

FILE = '''import datetime
import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = {parent}


def C(name, kind=None):
    return sa.column(name, kind) if kind is not None else sa.column(name)


def T(name, kind=None):
    return sa.table("t", sa.column("id", sa.Integer), sa.column("n", sa.Integer), C(name, kind))


def upgrade():
    {up}


def downgrade():
    {down}
'''
ENV = {
    "generic": 'from alembic import context\n\nengine = engine_from_config(section)\n'
    'context.configure(connection=engine)\n',
    "own": 'from alembic import context\n\nengine = create_engine(os.environ["APP_URL"])\n'
    'context.configure(connection=engine)\n',
    "async": 'from alembic import context\n\ncontext.configure(connection=connection)\n'
    'asyncio.run(async_engine_from_config(section).connect().run_sync(do_run_migrations))\n',
}


def write(place, cases, env="generic", settings="", url=""):
    versions = place / "versions"
    versions.mkdir(parents=True)
    (place / "alembic.ini").write_text(f"[alembic]\nscript_location = %(here)s\n{url}")
    (place / "env.py").write_text(ENV[env])
    (place / "backout.toml").write_text(settings)
    parent = "base"
    statements = "; ".join(f"op.execute({text.strip()!r})" for text in BASE.split(";") if text.strip())
    (versions / "base.py").write_text(FILE.format(name="base", parent=None, up=statements, down="pass"))
    for name, up, down, _ in cases:
        (versions / f"{name}.py").write_text(FILE.format(name=name, parent=repr(parent), up=up, down=down))
        parent = name
    return place


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    result = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(result)
    return result


def step(connection, function):
    context = MigrationContext.configure(connection)
    with Operations.context(context), context.begin_transaction():
        function()


def outcome(driver, socket, path, prepare):
    """None where the downgrade works, else what the driver says."""
    prepare()
    address = f"postgresql+{driver}://postgres@/drivers"
    here = module(path)
    if driver == "asyncpg":
        async def run():
            engine = create_async_engine(f"{address}?host={socket}", poolclass=sa.pool.NullPool)
            async with engine.connect() as connection:
                await connection.run_sync(step, here.upgrade)
                await connection.run_sync(step, here.downgrade)

        attempt = lambda: asyncio.run(run())
    else:
        def attempt():
            engine = (
                sa.create_engine(
                    address, poolclass=sa.pool.NullPool, connect_args={"unix_sock": f"{socket}/.s.PGSQL.5432"})
                if driver == "pg8000"
                else sa.create_engine(f"{address}?host={socket}", poolclass=sa.pool.NullPool))
            for function in (here.upgrade, here.downgrade):
                with engine.connect() as connection:
                    step(connection, function)
    try:
        attempt()
    except sa.exc.SQLAlchemyError as error:
        return str(error).splitlines()[0]
    return None


def answers(backout, place):
    run = subprocess.run(
        [backout, "analyze", str(place), "--format", "json", "--fail-on", "none"],
        capture_output=True, text=True, timeout=120)
    if run.returncode not in (0, 1):
        sys.exit(f"{place.name}: {run.stdout}{run.stderr}")
    return {each["revision"]: each["executes"] for each in json.loads(run.stdout)["revisions"]}


def proved(name):
    """Rows may have the key already."""
    return ("depends",) if name.startswith("rows") else ("yes",)


def main():
    backout, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    plain = sa.create_engine(
        f"postgresql+psycopg2://postgres@/drivers?host={directory}", isolation_level="AUTOCOMMIT",
        poolclass=sa.pool.NullPool)

    def prepare():
        with plain.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {BASE}")

    works = {}
    for driver in DRIVERS:
        place = write(directory / driver, CASES, settings=f'driver = "{driver}"\n')
        said = answers(backout, place)
        for name, _, _, unknown in CASES:
            failure = outcome(driver, directory, place / "versions" / f"{name}.py", prepare)
            works[driver, name] = failure is None
            expected = ("unknown",) if driver in unknown else proved(name) if failure is None else ("no", "unknown")
            if said[name] not in expected:
                sys.exit(f"{driver}: {name}: {said[name]} instead of {' or '.join(expected)}: {failure}")
        print(f"ok {driver}")

    # Where it is not known which driver it is, yes means all of them.
    for kind, url, drivers in [
        ("generic", "", ["psycopg2", "psycopg"]),
        ("async", "", ["psycopg", "asyncpg"]),
        ("generic", "sqlalchemy.url = postgresql+psycopg2://u@h/d\n", ["psycopg2"]),
        ("generic", "sqlalchemy.url = postgresql+psycopg://u@h/d\n", ["psycopg"]),
        ("own", "sqlalchemy.url = postgresql+psycopg2://u@h/d\n", ["psycopg2", "psycopg"]),
        ("generic", "sqlalchemy.url = postgresql+pg8000://u@h/d\n", ["pg8000"]),
        ("async", "sqlalchemy.url = postgresql+asyncpg://u@h/d\n", ["asyncpg"]),
        ("async", "sqlalchemy.url = driver://u@h/d\n", ["psycopg", "asyncpg"]),
    ]:
        name = f"{kind} {url.strip()}".strip()
        said = answers(backout, write(directory / name.replace("/", "-"), CASES, kind, url=url))
        for case, _, _, unknown in CASES:
            can = {works[driver, case] for driver in drivers}
            isOpen = any(driver in unknown for driver in drivers)
            expected = ("unknown",) if len(can) > 1 or isOpen else proved(case) if can == {True} else ("no", "unknown")
            if said[case] not in expected:
                sys.exit(f"{name}: {case}: {said[case]} instead of {' or '.join(expected)}")
        print(f"ok {name}")

    # Databases are past what an upgrade did, so the driver takes it.
    again = {name: case for case in CASES for name in [case[0]]}
    for name in ["several", "after_commit", "enum_told", "enum_where_string"]:
        _, up, down, _ = again[name]
        proof = down.replace("DROP INDEX CONCURRENTLY i1", "CREATE INDEX CONCURRENTLY j ON t (s)").replace(
            "CREATE TABLE a", "CREATE TABLE a2").replace("CREATE TABLE b", "CREATE TABLE b2")
        cases = [("proof", proof, "pass", ""), (name, up, down, "")]
        said = answers(backout, write(directory / f"past-{name}", cases, "async" if name == "several" else "generic"))
        if said[name] != "yes":
            sys.exit(f"past {name}: {said[name]} instead of yes")
        print(f"ok past {name}")


main()
