"""large_table.py DIRECTORY [keys]: an Alembic project whose downgrade has four questions to the rows of one table.

Whether a column that goes has values, a column that must not be NULL has NULLs, values are too long for the
shorter type, and numbers too large for the smaller one. With `keys` it has one: whether there are duplicates.
"""

import os
import sys

import plain_project

CREATE = """\
CREATE TABLE events (
        id bigint PRIMARY KEY,
        code varchar(20) NOT NULL,
        quantity integer,
        created timestamptz NOT NULL DEFAULT now()
    )"""
WIDEN = [
    "ALTER TABLE events ADD COLUMN note text",
    "ALTER TABLE events ALTER COLUMN code TYPE varchar(40)",
    "ALTER TABLE events ALTER COLUMN code DROP NOT NULL",
    "ALTER TABLE events ALTER COLUMN quantity TYPE bigint",
]
NARROW = [
    "ALTER TABLE events ALTER COLUMN quantity TYPE integer",
    "ALTER TABLE events ALTER COLUMN code SET NOT NULL",
    "ALTER TABLE events ALTER COLUMN code TYPE varchar(20)",
    "ALTER TABLE events DROP COLUMN note",
]


def migration(name, down, upgrade, downgrade):
    def body(statements):
        return "".join('    op.execute("""%s""")\n' % statement for statement in statements)

    return "from alembic import op\n\nrevision = %r\ndown_revision = %r\n\n\ndef upgrade():\n%s\n\ndef downgrade():\n%s" % (
        name, down, body(upgrade), body(downgrade))


KEY = "ALTER TABLE events ADD CONSTRAINT events_code_key UNIQUE (code)"
NO_KEY = "ALTER TABLE events DROP CONSTRAINT events_code_key"


def write_project(directory, has_keys):
    versions = os.path.join(directory, "migrations", "versions")
    os.makedirs(versions)
    created, changed = ([CREATE], ["DROP TABLE events"]), (WIDEN, NARROW)
    if has_keys:
        created[0].append(KEY)
        changed = ([NO_KEY], [KEY])
    files = {
        "alembic.ini": plain_project.INI,
        "migrations/env.py": plain_project.ENV,
        "migrations/versions/r1.py": migration("r1", None, *created),
        "migrations/versions/r2.py": migration("r2", "r1", *changed),
    }
    for path, text in files.items():
        with open(os.path.join(directory, path), "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    write_project(sys.argv[1], sys.argv[2:] == ["keys"])
