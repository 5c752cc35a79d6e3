"""Measures backout next to squawk, zdm and alembic, in one run, as wall time and peak memory.

    bench.py --backout PROGRAM --directory CACHE [--short]

Projects: 1,000 generated plain migrations in one line, and with branches and merges, and (without
--short) the migrations inside four PyPI packages. squawk reads the upgrade SQL, one file a migration; zdm the same Python files; alembic
writes the upgrade SQL where the package's migrations can be imported on their own. A program that
cannot be had is left out. Slowness fails nothing; a crash of backout does, and so does SQL for the
generated project that is not Alembic's text.
"""

import argparse
import collections
import ctypes
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import zipfile

import plain_project

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = {
    "ckan==2.12.0": "ckan/migration",
    "flexmeasures==1.0.1": "flexmeasures/data/migrations",
    "indico==3.3.14": "indico/migrations",
    "apache-superset==6.1.0": "superset/migrations",
}
# The exit codes of verdicts: 0 safe, 1 unsafe, 3 unknown, 5 depends. 2 is a failure of the tool.
VERDICT_CODES = {0, 1, 3, 5}

Run = collections.namedtuple("Run", "best median memory code")
PR_SET_CHILD_SUBREAPER = 36


def measure(command, repeats, cwd=None):
    """Best and median wall time in seconds, peak resident memory in bytes, exit code."""
    times, code = [], 0
    for _ in range(repeats):
        start = time.perf_counter()
        code = subprocess.call(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return Run(min(times), statistics.median(times), peak_memory(command, cwd), code)


def peak_memory(command, cwd):
    """Linux counts the starting process's pages into a child's peak, so a small shell starts the
    command, ends, and leaves it to this process."""
    shell = subprocess.Popen(
        ["sh", "-c", '"$@" </dev/null >/dev/null 2>&1 & echo $!', "sh", *command],
        cwd=cwd, stdout=subprocess.PIPE, text=True)
    child = int(shell.communicate()[0])
    return os.wait4(child, 0)[2].ru_maxrss * 1024


class Bench:
    def __init__(self, arguments):
        self.backout = os.path.abspath(arguments.backout)
        self.cache = os.path.abspath(arguments.directory)
        self.repeats = 5
        self.failures = []
        os.makedirs(self.cache, exist_ok=True)
        self.squawk, self.zdm = self.other_programs()
        self.alembic = [sys.executable, "-m", "alembic"]

    def other_programs(self):
        """squawk and zdm, from PyPI into an environment of their own, where they can be had."""
        venv = os.path.join(self.cache, "venv")
        made = subprocess.run([
            "bash", os.path.join(HERE, "venv.sh"), venv, sys.executable,
            os.path.join(HERE, "bench-requirements.txt")])
        programs = [os.path.join(venv, "bin", name) for name in ("squawk", "zdm")]
        if made.returncode != 0:
            print("bench: squawk and zdm cannot be had here; going on without them")
        return [program if os.path.exists(program) else None for program in programs]

    # Projects

    def generated(self, shape):
        project = os.path.join(self.cache, "plain-1000-" + shape)
        shutil.rmtree(project, ignore_errors=True)
        plain_project.write_project(project, 1000, seed=1, shape=shape)
        return project

    def package(self, requirement):
        """The package's migrations beside a neutral environment, or None."""
        name = requirement.split("==")[0]
        project = os.path.join(self.cache, name)
        if os.path.isdir(project):
            return project
        wheels = os.path.join(self.cache, "wheels", name)
        download = subprocess.run([
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "--dest", wheels,
            requirement])
        if download.returncode != 0:
            print("bench: %s cannot be had here; going on without it" % requirement)
            return None
        wheel = os.path.join(wheels, os.listdir(wheels)[0])
        temporary = project + ".part"
        shutil.rmtree(temporary, ignore_errors=True)
        with zipfile.ZipFile(wheel) as archive:
            names = [n for n in archive.namelist() if n.endswith((".py", ".ini", ".sql", ".json"))]
            archive.extractall(os.path.join(temporary, "source"), names)
        migrations = os.path.join(temporary, "source", PACKAGES[requirement], "versions")
        shutil.copytree(migrations, os.path.join(temporary, "migrations", "versions"))
        with open(os.path.join(temporary, "alembic.ini"), "w", encoding="utf-8") as file:
            file.write(plain_project.INI + "prepend_sys_path = %(here)s/source\n")
        with open(os.path.join(temporary, "migrations", "env.py"), "w", encoding="utf-8") as file:
            file.write(plain_project.ENV)
        os.rename(temporary, project)
        return project

    # What each program is given

    def backout_json(self, project, *command):
        """What backout says in JSON, or None after a note of its crash."""
        run = subprocess.run(
            [self.backout, *command, "--path", project, "--format", "json"],
            capture_output=True, stdin=subprocess.DEVNULL)
        if run.returncode not in VERDICT_CODES:
            self.crashed(command[0], project, run.returncode, run.stderr.decode("utf-8", "replace"))
            return None
        return json.loads(run.stdout)

    def crashed(self, what, project, code, message=""):
        note = "backout %s ended with %d on %s %s" % (
            what, code, os.path.basename(project), message.strip()[-300:])
        if note not in self.failures:
            self.failures.append(note)

    def write_sql_files(self, project, texts):
        directory = os.path.join(project, "sql")
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        for number, text in enumerate(texts):
            with open(os.path.join(directory, "%04d.sql" % number), "w", encoding="utf-8") as file:
                file.write(text)
        return [os.path.join(directory, name) for name in sorted(os.listdir(directory))]

    def alembic_text(self, project, command, revisions):
        run = subprocess.run(
            [*self.alembic, command, revisions, "--sql"], cwd=project, capture_output=True,
            stdin=subprocess.DEVNULL)
        return run.stdout.decode("utf-8", "replace") if run.returncode == 0 else None

    def hold_to_alembic(self, project):
        """The generated project's SQL must be the text that Alembic prints."""
        texts = {}
        for command, revisions in (("upgrade", "base:head"), ("downgrade", "head:base")):
            texts[command] = self.alembic_text(project, command, revisions)
            ours = subprocess.run(
                [self.backout, "sql", revisions, "--path", project], capture_output=True,
                stdin=subprocess.DEVNULL).stdout.decode("utf-8", "replace")
            if texts[command] is None:
                self.failures.append("alembic %s does not run on the generated project" % command)
            elif without_rows(ours) != without_rows(texts[command]):
                self.failures.append("backout sql %s is not the text of alembic" % revisions)
        return texts["upgrade"]

    # The table

    def project_rows(self, project, upgrade_sql_files, repeats):
        rows = []
        analyze = measure([self.backout, "analyze", "--path", project], repeats)
        if analyze.code not in VERDICT_CODES:
            self.crashed("analyze", project, analyze.code)
        rows.append(("backout analyze (both directions)", analyze, ""))
        sql = measure([self.backout, "sql", "--path", project, "--format", "json"], repeats)
        if sql.code != 0:
            self.crashed("sql", project, sql.code)
        rows.append(("backout sql (both directions)", sql, ""))
        for flags, note in (([], "with verdicts"), (["--no-verdicts"], "the drawing alone")):
            graph = measure([self.backout, "graph", *flags, "--path", project], repeats)
            if graph.code not in (0, 2):
                self.crashed("graph", project, graph.code)
            rows.append(("backout graph (%s)" % note, graph, ""))
        versions = os.path.join(project, "migrations", "versions")
        if self.squawk and upgrade_sql_files:
            run = measure([self.squawk, "--pg-version", "15", *upgrade_sql_files], repeats)
            rows.append(("squawk, the upgrade SQL only", run, crash_note(run)))
        if self.zdm:
            run = measure([self.zdm, versions], repeats)
            rows.append(("zdm, the same files", run, crash_note(run)))
        command = [*self.alembic, "upgrade", "base:heads", "--sql"]
        trial = subprocess.run(
            command, cwd=project, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        note = ""
        if trial.returncode != 0:
            last_line = trial.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
            note = "does not run on its own: %s" % last_line[:80]
        run = None if note else measure(command, max(1, repeats // 2), cwd=project)
        rows.append(("alembic upgrade base:heads --sql", run, note))
        return rows

    def print_rows(self, title, rows):
        print("\n%s" % title)
        print("  %-36s %9s %9s %8s %9s" % ("", "best", "median", "ratio", "memory"))
        base = rows[0][1].best
        for name, run, note in rows:
            if note:
                print("  %-36s %s" % (name, note))
                continue
            print("  %-36s %7.3f s %7.3f s %7.2fx %6.0f MB" % (
                name, run.best, run.median, run.best / base, run.memory / 1e6))

    def print_answers(self, project):
        """What backout makes of a package: revisions, verdicts, and why something is opaque."""
        report = self.backout_json(project, "analyze")
        steps = self.backout_json(project, "sql")
        if report is None or steps is None:
            return
        verdicts = collections.Counter(r["verdict"] for r in report["revisions"])
        print("  verdicts: %s of %d revisions; %d diagnostics; %d statements, %d opaque places" % (
            ", ".join("%d %s" % (n, verdict) for verdict, n in sorted(verdicts.items())),
            len(report["revisions"]), len(report["diagnostics"]),
            report["coverage"]["statements"], report["coverage"]["opaque"]))
        reasons = collections.Counter()
        for revision in steps["revisions"]:
            for direction in ("upgrade", "downgrade"):
                for place in revision[direction]["opaque"]:
                    reasons[general(place["reason"])] += 1
        for reason, count in reasons.most_common(8):
            print("  %6d opaque: %s" % (count, reason))

    def upgrade_files_of(self, project):
        report = self.backout_json(project, "sql")
        if report is None:
            return []
        texts = [
            "".join(statement["sql"].rstrip().rstrip(";") + ";\n\n"
                    for statement in revision["upgrade"]["statements"])
            for revision in report["revisions"]
        ]
        return self.write_sql_files(project, [text for text in texts if text])

    def run(self, short):
        start_up = measure([self.backout, "--version"], 20)
        if start_up.code != 0:
            self.crashed("--version", "start-up", start_up.code)
        print("\nStart-up (backout --version): best %.1f ms, median %.1f ms" % (
            start_up.best * 1e3, start_up.median * 1e3))

        for shape, words in (("line", "in one line"), ("merges", "with branches and merges")):
            project = self.generated(shape)
            text = self.hold_to_alembic(project) or ""
            steps = re.split(r"^-- Running upgrade .*$", text, flags=re.MULTILINE)[1:]
            files = self.write_sql_files(project, steps)
            rows = self.project_rows(project, files, 3 if short else self.repeats)
            self.print_rows("1,000 generated plain migrations " + words, rows)

        for requirement in () if short else PACKAGES:
            project = self.package(requirement)
            if project is None:
                continue
            versions = os.path.join(project, "migrations", "versions")
            count = sum(name.endswith(".py") for name in os.listdir(versions))
            rows = self.project_rows(project, self.upgrade_files_of(project), self.repeats)
            self.print_rows("%s (%d files)" % (requirement, count), rows)
            self.print_answers(project)

        for failure in self.failures:
            print("bench: FAILED: %s" % failure, file=sys.stderr)
        return 1 if self.failures else 0


def without_rows(text):
    """Without the rows of the version table: at a merge Alembic leaves their order to chance."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return "\n".join(line for line in lines if "alembic_version" not in line)


def general(reason):
    """The reason without the names in it, so that like reasons are counted together."""
    return re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"", "…", reason)


def crash_note(run):
    return "" if run.code in (0, 1) else "ended with %d" % run.code


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--backout", required=True)
    parser.add_argument("--directory", required=True, help="where downloads are kept")
    parser.add_argument("--short", action="store_true", help="the generated project only")
    arguments = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    sys.exit(Bench(arguments).run(arguments.short))


if __name__ == "__main__":
    main()
