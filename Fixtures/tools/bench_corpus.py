"""Measures backout on the conformance corpus next to Alembic, libpg_query and CPython, in one run.

    bench_corpus.py --backout PROGRAM --parser PROGRAM --corpus DIRECTORY [--skip-alembic]

The corpus is what `make conformance` builds. Prints wall times of one run each, best of three for
what is short, and the ratios that matter:

- `backout sql` over all files, both directions, in one process and in one for each directory, next to
  Alembic loading and rendering the same files (conformance/oracle.py without its second run for
  determinism);
- `backout sql` next to libpg_query parsing the SQL that comes out, plus reading the files;
- reading Python on one core: our parser (parse-python) next to CPython's ast.parse;
- `backout analyze` next to `backout sql`.

Fails where one process for all writes something else than one for each directory.
"""

import argparse
import collections
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

from bench import PR_SET_CHILD_SUBREAPER, peak_memory

HERE = os.path.dirname(os.path.abspath(__file__))
PARSE = """
import ast, sys, time, warnings
warnings.simplefilter("ignore")
texts = [open(path.strip(), "rb").read() for path in open(sys.argv[1])]
start = time.perf_counter()
damaged = 0
for text in texts:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        damaged += 1
print(time.perf_counter() - start, damaged)
"""


def timed(command, **options):
    start = time.perf_counter()
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, **options)
    return time.perf_counter() - start, run


class CorpusBench:
    def __init__(self, arguments):
        self.backout = os.path.abspath(arguments.backout)
        self.parser = os.path.abspath(arguments.parser)
        self.corpus = os.path.abspath(arguments.corpus)
        rows = json.load(open(os.path.join(self.corpus, "migrations.json")))
        self.files = [os.path.join(self.corpus, "src", row["file"]) for row in rows]
        self.folders = sorted({os.path.dirname(path) for path in self.files})
        self.projects = sorted({row["project"] for row in rows})

    def over_folders(self, *command, prefix=()):
        """Wall time over all folders, and what each run printed."""
        outputs = []
        total = 0
        for folder in self.folders:
            seconds, run = timed([*prefix, self.backout, *command, "--path", folder])
            total += seconds
            outputs.append(run.stdout)
        return total, outputs

    def best_over_folders(self, *command, prefix=()):
        return min(self.over_folders(*command, prefix=prefix)[0] for _ in range(3))

    def together(self):
        """Wall time of one process for all folders, best of five, its peak memory, and what it writes."""
        command = [self.backout, "sql", "--format", "json"]
        for folder in self.folders:
            command += ["--path", folder]
        runs = [timed(command) for _ in range(5)]
        return min(seconds for seconds, _ in runs), peak_memory(command, None), runs[0][1].stdout

    def differences(self, document, outputs):
        """The folders of which one process for all writes something else than a process of their own."""
        projects = json.loads(document)["projects"]
        return [
            folder for folder, project, alone in zip(self.folders, projects, outputs, strict=True)
            if project.get("path") != folder
            or project.get("revisions") != json.loads(alone)["revisions"]
        ]

    def alembic(self):
        """Loading and rendering every file once in each direction."""
        python = os.path.join(self.corpus, "venv", "bin", "python")
        oracle = os.path.join(HERE, "..", "conformance", "oracle.py")
        total = 0
        with tempfile.TemporaryDirectory() as scratch:
            for project in self.projects:
                listing = os.path.join(self.corpus, "list-%s.txt" % project)
                environment = {"HOME": scratch, "CORPUS": self.corpus, "PATH": "/usr/bin:/bin"}
                total += timed([
                    python, oracle, "--nodet", "--out", os.path.join(scratch, "out.jsonl"),
                    "--list", listing, project,
                ], env=environment)[0]
        return total

    def grammar(self, outputs):
        """libpg_query alone on every statement that backout emits."""
        with tempfile.TemporaryDirectory() as scratch:
            program, texts = os.path.join(scratch, "parse_sql"), os.path.join(scratch, "texts")
            subprocess.run(
                ["cc", "-O2", "-o", program, os.path.join(HERE, "parse_sql.c"), "-lpg_query"],
                check=True)
            count = 0
            with open(texts, "wb") as file:
                for output in outputs:
                    for revision in json.loads(output)["revisions"]:
                        for direction in ("upgrade", "downgrade"):
                            for statement in revision[direction]["statements"]:
                                text = statement["sql"].encode("utf-8", "replace")
                                file.write(text.replace(b"\0", b"") + b"\0")
                                count += 1
            return float(subprocess.check_output([program, texts, "3"])), count

    def reading(self):
        start = time.perf_counter()
        size = sum(len(open(path, "rb").read()) for path in self.files)
        return time.perf_counter() - start, size

    def parsing(self, *command):
        """Seconds that a program says it took to parse all files on one core, and how many it could not read."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
            listing.write("\n".join(self.files))
            listing.flush()
            return min(
                tuple(map(float, subprocess.check_output(
                    ["taskset", "-c", "0", *command, listing.name]).split()))
                for _ in range(3))

    def run(self, skip_alembic):
        reading, size = self.reading()
        start_up = min(timed([self.backout, "--version"])[0] for _ in range(20)) * len(self.folders)
        _, outputs = self.over_folders("sql", "--format", "json")
        sql = self.best_over_folders("sql", "--format", "json")
        analyze = self.best_over_folders("analyze", "--format", "json")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        together, memory_together, document = self.together()
        differences = self.differences(document, outputs)
        grammar, statements = self.grammar(outputs)
        ours, damaged = self.parsing(self.parser)
        theirs, refused = self.parsing(sys.executable, "-c", PARSE)
        print("%d files in %d directories, %.1f MB; %d statements" % (
            len(self.files), len(self.folders), size / 1e6, statements))
        rows = collections.OrderedDict([
            ("backout sql, both directions", together),
            ("  in a process for each directory", sql),
            ("    of it, starting the program", start_up),
            ("backout analyze", analyze),
            ("libpg_query on the same statements", grammar),
            ("reading the files", reading),
            ("our parser, one core", ours),
            ("ast.parse of CPython, one core", theirs),
        ])
        if not skip_alembic:
            rows["Alembic, loading and rendering"] = self.alembic()
        for name, seconds in rows.items():
            print("  %-38s %8.3f s" % (name, seconds))
        print("  sql / (libpg_query + reading)          %8.2f" % (together / (grammar + reading)))
        print("  analyze / sql                          %8.2f" % (analyze / sql))
        print("  ast.parse / our parser                 %8.2f" % (theirs / ours))
        print("  files with damage: %d for us, %d for CPython" % (damaged, refused))
        if not skip_alembic:
            print("  Alembic / sql                          %8.0f" % (
                rows["Alembic, loading and rendering"] / together))
        print("  memory of sql in one process           %8.0f MB" % (memory_together / 1e6))
        print("  largest process for one directory      %8.0f MB" % (memory / 1e3))
        for folder in differences:
            print("bench: FAILED: not what a process of its own writes: %s" % folder, file=sys.stderr)
        return 1 if differences else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--backout", required=True)
    parser.add_argument("--parser", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--skip-alembic", action="store_true")
    arguments = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    sys.exit(CorpusBench(arguments).run(arguments.skip_alembic))


if __name__ == "__main__":
    main()
