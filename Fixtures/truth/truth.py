#!/usr/bin/env python3
"""Holds what backout says about a downgrade against what PostgreSQL does.

Every revision of the example projects, of generated histories and of real packages goes up and down on
a real server under three conditions: no new rows, harmless new rows, and rows that only the new schema
allows. See README.md beside this file for the answers that count as right.
Exit status: 1 where backout was too optimistic anywhere, or where fewer than 98 % of the judgements of an
answer are right; 0 otherwise.
"""

import argparse
import collections
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
EXAMPLES = ("Fixtures/shop", "Fixtures/projects/verdicts")
# The folder of the migrations inside each package that the full form judges.
PACKAGES = {
    "aiida-core": "aiida/storage/psql_dos/migrations", "flexmeasures": "flexmeasures/data/migrations",
    "ckan": "ckan/migration", "mwdb-core": "mwdb/model/migrations", "fmn": "fmn/database/migrations",
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backout", required=True, help="the program to be judged")
    parser.add_argument("--histories", type=int, default=400, help="how many histories to generate")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first; each next one has the next seed")
    parser.add_argument("--projects", nargs="*", help="projects to judge instead of the examples")
    parser.add_argument("--corpus", default=os.path.join(ROOT, ".conformance", "src"), help="unpacked packages")
    parser.add_argument("--revision", help="judge this revision of each project only; the others are applied")
    parser.add_argument("--no-pairs", action="store_true", help="without the listed pairs and small changes")
    parser.add_argument("--no-packages", action="store_true")
    parser.add_argument("--short", action="store_true", help="at most 40 histories of 3 revisions, two conditions, the examples and no packages")
    parser.add_argument("--keep", default=os.path.join(ROOT, ".truth"), help="where mismatches are kept")
    parser.add_argument("--tools", default=os.path.join(HERE, "..", "tools", "throwaway_postgres.sh"))
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def with_server(options):
    """Runs this program again, inside a shell that starts a server and removes it."""
    script = 'set -e; . "$1"; shift; start_postgres truth; export BACKOUT_TRUTH=1; "$@"'
    command = ["bash", "-c", script, "truth", options.tools, sys.executable, os.path.abspath(__file__)] + sys.argv[1:]
    return subprocess.run(command).returncode


def backout(options, *words):
    """What the program prints as JSON, or None."""
    done = subprocess.run([options.backout, *words], capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def write_project(options, kind, where):
    """The directory of the project: what is given, or what is generated."""
    import generate

    if kind not in ("generated", "pair"):
        return where
    directory = os.path.join(options.scratch, "%s%05d" % (kind[0], where))
    if kind == "pair":
        generate.write_pair(directory, where)
    else:
        generate.write_history(directory, where, 3, 3 if options.short else 8)
    return directory


def judge_project(task):
    """All revisions of one project as a list of records."""
    import database
    import trial

    options, kind, where = task
    directory = write_project(options, kind, where)
    said = backout(options, "analyze", "--format", "json", "--path", directory)
    steps = backout(options, "sql", "--format", "json", "--path", directory)
    if not said or not steps:
        return [dict(project=directory, revision=None, error="backout says nothing")]
    answers = {r["revision"]: r for r in said["revisions"]}
    try:
        runner = (trial.StatementProject if kind == "package" else trial.AlembicProject)(directory)
        walk = trial.Trial(database.Databases(), runner, ["none", "hostile"] if options.short else trial.CONDITIONS)
        try:
            return list(judge_revisions(walk, "r02" if kind == "pair" else options.revision, kind, directory, steps["revisions"], answers))
        finally:
            walk.close()
    except Exception:
        return [dict(project=directory, revision=None, error=traceback.format_exc())]


def judge_revisions(walk, only, kind, directory, revisions, answers):
    import trial

    done = set()
    for revision in in_order(revisions):
        record = dict(project=directory, kind=kind, revision=revision["revision"], file=revision["file"])
        if not all(p in done for p in revision["down_revisions"]):
            continue
        try:
            if only not in (None, revision["revision"]):
                walk.pass_by(revision)
                done.add(revision["revision"])
                continue
            walk.start_at(revision["down_revisions"], revisions)
            outcomes, level = walk.revision(revision)
            record.update(answers[revision["revision"]], level=level, upgrade_sql=[s["sql"] for s in revision["upgrade"]["statements"]],
                          downgrade_sql=[s["sql"] for s in revision["downgrade"]["statements"]])
            record["outcomes"] = {
                c: dict(error=str(o.error) if o.error else None, state=o.error.state if o.error else None,
                        old_lost=o.old_lost, new_lost=o.new_lost, schema=o.schema, order=bool(o.schema) and trial.only_order(o.schema)) for c, o in outcomes.items()}
            done.add(revision["revision"])
        except trial.Failed as error:
            record["error"] = str(error)
        yield record
        if "error" in record:
            if record["error"].startswith("upgrade"):
                done.add(revision["revision"])
            elif kind != "package":
                return
            elif record["error"].startswith("opaque"):
                try:
                    walk.pass_by(revision)
                    done.add(revision["revision"])
                except trial.Failed:
                    pass


def in_order(revisions):
    """Parents before children; the order of `backout sql` otherwise."""
    waiting, done, ordered = list(revisions), set(), []
    known = {r["revision"] for r in revisions}
    while waiting:
        ready = [r for r in waiting if all(p in done or p not in known for p in r["down_revisions"])]
        if not ready:
            break
        done.add(ready[0]["revision"])
        ordered.append(ready[0])
        waiting.remove(ready[0])
    return ordered


# Judgements


def judge(record):
    """(answer, claimed, judgement, why) for each of the four answers of a record."""
    outcomes = record["outcomes"]
    tried = [o for c, o in outcomes.items() if c != "empty"]
    passed = [o for o in tried if not o["error"]]
    failed = [o for o in tried if o["error"]]
    bare = outcomes.get("empty")
    why = (failed or tried)[-1]["error"]
    yield ("executes", record["executes"], *judge_executes(record["executes"], passed, failed, bare), why or "it succeeds")
    old = [l for o in passed for l in o["old_lost"]]
    new = [l for o in passed for l in o["new_lost"]]
    bears = record["level"] != "nothing"
    yield ("data", record["data"], judge_data(record["data"], passed, old, new, bears), (old + new + ["nothing is lost"])[0])
    shown = [o for o in passed + ([bare] if bare else []) if o["schema"] is not None]
    differs, order = (shown[0]["schema"], shown[0]["order"]) if shown else (None, False)
    yield ("schema", record["schema"], judge_schema(record["schema"], differs, order), "; ".join((differs or ["equal"])[:6]))
    if record["verdict"] == "safe":
        wrong = failed or old or new or (differs and not order)
        yield ("verdict", "safe", "FALSE SAFE" if wrong else "order only" if differs else "right",
               "; ".join([why or ""] + old[:1] + new[:1] + (differs or [])[:4]))
    else:
        yield ("verdict", record["verdict"], "right" if record["verdict"] != "unsafe" or failed or old or differs else "not shown", "")


def judge_executes(claim, passed, failed, bare):
    if claim == "unknown":
        return ("unknown",)
    if claim == "yes":
        return ("OPTIMISTIC" if failed else "right",)
    if claim == "no":
        return ("pessimistic" if passed or (bare and not bare["error"]) else "right",)
    if failed and (passed or (bare and not bare["error"])):
        return ("right",)
    return ("not shown" if passed else "always fails",)


def judge_data(claim, passed, old, new, bears):
    if claim == "unknown":
        return "unknown"
    if not passed:
        return "not judged"
    if claim == "kept":
        return "OPTIMISTIC" if old or new else "right"
    if claim == "new-lost":
        return "OPTIMISTIC" if old else "right" if new else "not shown"
    # Where the upgrade bears no rows there was nothing old to be lost.
    return "right" if old else "pessimistic" if bears else "not shown"


def judge_schema(claim, differs, order):
    """A difference in the order of columns alone is counted apart: pg_dump shows it, few mean it."""
    if claim == "unknown":
        return "unknown"
    if differs is None:
        return "not judged"
    if claim == "restored":
        return "order only" if order else "OPTIMISTIC" if differs else "right"
    return "right" if differs else "pessimistic"


# Reports

HARM = {"FALSE SAFE": 0, "OPTIMISTIC": 1, "always fails": 2, "pessimistic": 3}
# The share of an answer's judgements that has to be right, of those that are right or wrong.
ENOUGH = 0.98


def masked(text):
    """A reason without the names, so that equal causes look equal."""
    text = re.sub(r"\b[a-z]+_\d+\w*|\"[^\"]*\"", "N", text)
    text = re.sub(r"\{.*", "", text)
    return re.sub(r"\d+", "#", text)[:100]


def body(path, name):
    """One function of a migration file, as it is written."""
    with open(path, encoding="utf-8", errors="replace") as file:
        found = re.search(r"^def %s\(.*?(?=^\S|\Z)" % name, file.read(), re.M | re.S)
    return found.group().rstrip() if found else ""


def described(record, answer, claim, judgement, why):
    """A mismatch for people."""
    path = record["file"] if os.path.isabs(record["file"]) else find(record["project"], record["file"])
    lines = ["%s: %s said %r" % (judgement, answer, claim), "project %s, revision %s" % (record["project"], record["revision"])]
    if path:
        lines += [body(path, "upgrade"), body(path, "downgrade")]
    lines.append("backout: executes %(executes)s, data %(data)s, schema %(schema)s, verdict %(verdict)s" % record)
    lines += ["  " + d for d in record["schema_differences"]]
    lines.append("PostgreSQL: " + why)
    for condition, outcome in record["outcomes"].items():
        lines.append("  %s: %s%s" % (condition, outcome["error"] or "ok", "".join("; " + l for l in outcome["old_lost"] + outcome["new_lost"])))
    return "\n".join(lines)


def find(directory, name):
    for folder, _, files in os.walk(directory):
        if name in files or os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    return None


def keep_project(options, record):
    """Copies a generated project that showed a mismatch to where it can be replayed."""
    if record["kind"] not in ("generated", "pair"):
        return record
    target = os.path.join(options.keep, "projects", os.path.basename(record["project"]))
    if not os.path.exists(target):
        shutil.copytree(record["project"], target, ignore=shutil.ignore_patterns("__pycache__"))
    return dict(record, project=target, file=os.path.basename(record["file"]))


def report(options, records, seconds):
    """Prints the tables; writes every mismatch; returns the exit status."""
    judged = [r for r in records if "outcomes" in r]
    table, groups = collections.Counter(), collections.defaultdict(list)
    for record in judged:
        for answer, claim, judgement, why in judge(record):
            table[answer, claim, judgement] += 1
            if judgement in HARM:
                groups[judgement, answer, claim, masked(why)].append((record, why))
    stopped = [r for r in records if "error" in r]
    print("%d revisions of %d projects in %d s; %d without a way up" % (
        len(judged), len({r["project"] for r in judged}), seconds, len(stopped)))
    columns = ["right", "FALSE SAFE", "OPTIMISTIC", "always fails", "pessimistic", "order only", "not shown", "not judged", "unknown"]
    print("%-20s" % "" + "".join("%12s" % c for c in columns))
    for answer, claim in sorted({k[:2] for k in table}, key=lambda k: (["executes", "data", "schema", "verdict"].index(k[0]), k[1])):
        print("%-20s" % ("%s %s" % (answer, claim)) + "".join("%12s" % (table[answer, claim, c] or "") for c in columns))
    short = print_shares(table)
    ordered = sorted(groups.items(), key=lambda g: (HARM[g[0][0]], -len(g[1]), g[0]))
    with open(os.path.join(options.keep, "mismatches.txt"), "w", encoding="utf-8") as file:
        for (judgement, answer, claim, reason), found in ordered:
            print("%4d  %-12s %s %s: %s" % (len(found), judgement, answer, claim, reason), file=file)
        for (judgement, answer, claim, reason), found in ordered:
            for record, why in found:
                kept = keep_project(options, record)
                file.write("\n" + described(kept, answer, claim, judgement, why) + "\n")
    with open(os.path.join(options.keep, "records.jsonl"), "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record) + "\n")
    for (judgement, answer, claim, reason), found in ordered[:25]:
        print("%4d  %-12s %s %s: %s" % (len(found), judgement, answer, claim, reason))
    for record in [r for r in stopped if r["revision"] is None][:5]:
        print("harness:", record["project"], record["error"])
    print("mismatches: %s" % os.path.join(options.keep, "mismatches.txt"))
    return 1 if short or any(k[0] in ("FALSE SAFE", "OPTIMISTIC") for k in groups) else 0


def print_shares(table):
    """Prints how many judgements of each answer are right; returns the answers of which too few are."""
    short = []
    for answer in ("executes", "data", "schema"):
        counted = {j: sum(n for (a, _, found), n in table.items() if a == answer and found == j) for j in ["right", *HARM]}
        right, judged = counted["right"], sum(counted.values())
        print("%-10s %d right of %d%s" % (answer, right, judged, " (%.1f %%)" % (100 * right / judged) if judged else ""))
        if right < ENOUGH * judged:
            short.append(answer)
    return short


def tasks(options):
    """(options, kind, place or seed) for everything to be judged."""
    examples = options.projects if options.projects is not None else [os.path.join(ROOT, e) for e in EXAMPLES]
    found = [(options, "example", p) for p in examples if os.path.isdir(p)]
    packages = {} if options.no_packages or options.short or options.projects is not None else PACKAGES
    for name, folder in packages.items():
        path = os.path.join(options.corpus, name, folder)
        if os.path.isdir(path):
            found.append((options, "package", path))
        else:
            print("truth: %s is not there (make conformance fetches it); going on without it" % path)
    if not options.no_pairs and not options.short:
        import generate

        found += [(options, "pair", i) for i in range(len(generate.every_pair()))]
    count = min(options.histories, 40) if options.short else options.histories
    return found + [(options, "generated", options.seed + i) for i in range(count)]


def main():
    options = arguments()
    options.backout = os.path.abspath(options.backout)
    if not os.environ.get("BACKOUT_TRUTH"):
        return with_server(options)
    os.environ["PGOPTIONS"] = "-c statement_timeout=20s -c lock_timeout=10s -c timezone=UTC"
    subprocess.run(["psql", "-q", "-d", "postgres", "-c", "CREATE ROLE truth_reader; CREATE ROLE truth_owner"], check=True)
    os.makedirs(options.keep, exist_ok=True)
    started = time.time()
    with tempfile.TemporaryDirectory() as options.scratch:
        with multiprocessing.Pool(options.jobs) as pool:
            records = [r for found in pool.imap_unordered(judge_project, tasks(options)) for r in found]
        records.sort(key=lambda r: (r["project"], r["revision"] or ""))
        return report(options, records, time.time() - started)


if __name__ == "__main__":
    sys.exit(main())
