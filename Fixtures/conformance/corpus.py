#!/usr/bin/env python3
"""Unpack the downloaded packages under $CORPUS/downloads/<package>/ and list their Alembic migration files.

Writes $CORPUS/src/<package>/… (only text that migrations may read) and $CORPUS/migrations.json:
[{"project", "file" (relative to $CORPUS/src), "dir"}].
"""

import json, os, re, sys, tarfile, zipfile

ROOT = os.environ["CORPUS"]
KEEP = (".py", ".sql", ".ini", ".toml", ".cfg", ".mako")
DATA = (".json", ".csv", ".yml", ".yaml", ".txt", ".j2")
NOT_POSTGRES = {"prefect": "/sqlite/", "aiida-core": "/sqlite_"}


def wanted(name):
    return name.endswith(KEEP) or (
        name.endswith(DATA)
        and any(x in name for x in ("migration", "alembic", "resources/", "/revisions/"))
    )


def members(archive):
    if archive.endswith(".whl"):
        with zipfile.ZipFile(archive) as z:
            for i in z.infolist():
                if not i.is_dir() and wanted(i.filename):
                    yield i.filename, z.read(i)
    elif archive.endswith((".tar.gz", ".tgz")):
        with tarfile.open(archive) as t:
            for m in t:
                if m.isfile() and wanted(m.name):
                    yield m.name, t.extractfile(m).read()


found = []
for project in sorted(os.listdir(f"{ROOT}/downloads")):
    dst = f"{ROOT}/src/{project}"
    for archive in os.listdir(f"{ROOT}/downloads/{project}"):
        for name, data in members(f"{ROOT}/downloads/{project}/{archive}"):
            path = os.path.normpath(os.path.join(dst, name))
            if not path.startswith(dst + os.sep):
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)
    for folder, _, files in os.walk(dst):
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.endswith(".py"):
                continue
            with open(path, encoding="utf8", errors="replace") as f:
                text = f.read()
            if not (
                re.search(r"^down_revision\b", text, re.M) and re.search(r"^revision\b", text, re.M)
            ):
                continue
            if NOT_POSTGRES.get(project, "\0") in path:
                continue
            found.append(
                dict(
                    src="pypi",
                    project=project,
                    file=os.path.relpath(path, f"{ROOT}/src"),
                    dir=os.path.relpath(folder, f"{ROOT}/src"),
                )
            )
with open(f"{ROOT}/migrations.json", "w") as f:
    json.dump(found, f)
print(len(found), "migration files in", len({r["project"] for r in found}), "packages")
