#!/usr/bin/env python3
"""Compare `COMMAND… sql --format json --path DIR` with what Alembic emits. Usage: score.py CORPUS [--only PROJECT] [--show N] -- COMMAND…

Prints a line a project and a total; exit status 1 where something is wrong or absent. See README.md beside this file.
"""

import argparse, collections, glob, json, os, re, subprocess, sys

ap = argparse.ArgumentParser()
ap.add_argument("corpus")
ap.add_argument("--only", action="append")
ap.add_argument("--show", type=int, default=0)
ap.add_argument("--json")
ap.add_argument("command", nargs="+")
A = ap.parse_args()
HERE = os.path.dirname(os.path.abspath(__file__))
RAISES = {"NotImplementedError", "RuntimeError", "Exception", "ValueError", "IrreversibleError"}
try:
    from pglast.parser import parse_sql_json
except ImportError:
    parse_sql_json = None


def text(s):
    return re.sub(r"\s+", " ", s.strip().rstrip(";")).strip()


def tree(s):
    try:
        t = json.loads(parse_sql_json(s))
    except Exception:
        return ("unparsed", text(s))

    def strip(x):
        if isinstance(x, dict):
            return {
                k: strip(v)
                for k, v in x.items()
                if k not in ("location", "stmt_location", "stmt_len")
            }
        return [strip(v) for v in x] if isinstance(x, list) else x

    return json.dumps(strip(t), sort_keys=True)


def canon(statements, form):
    """Consecutive CREATE INDEX statements come from a set in SQLAlchemy: their order carries no meaning."""
    out, run = [], []
    for s in statements:
        if re.match(r"\s*CREATE (UNIQUE )?INDEX", s):
            run.append(form(s))
        else:
            out += sorted(run) + [form(s)]
            run = []
    return out + sorted(run)


def tool(project, folder):
    """What the tool says, with the settings that the oracle was given for the package, too."""
    command = A.command + ["sql", "--format", "json", "--path", folder]
    settings = f"{HERE}/settings/{project}.toml"
    if os.path.exists(settings):
        command += ["--config", settings]
    p = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(p.stdout), p
    except ValueError:
        return None, p


def lies_beside_environment(path):
    """A file that Alembic does not load either: revisions are in versions/ beside it."""
    folder = os.path.dirname(path)
    return os.path.exists(f"{folder}/env.py") and os.path.isdir(f"{folder}/versions")


total, rows, shown = collections.Counter(), [], 0
for path in sorted(glob.glob(f"{A.corpus}/oracle-*.jsonl")):
    project = os.path.basename(path)[7:-6]
    if A.only and project not in A.only:
        continue
    units = [json.loads(l) for l in open(path)]
    base = f"{A.corpus}/src"
    if not units or not os.path.isdir(f"{base}/{project}"):
        continue
    said = {}
    for folder in sorted({os.path.dirname(u["file"]) for u in units}):
        answer, p = tool(project, f"{base}/{folder}")
        if answer is None:
            print(f"{project}: {folder}: no JSON (exit {p.returncode}): {p.stderr.strip()[:160]}")
            continue
        for r in answer["revisions"]:
            said[
                os.path.realpath(
                    r["file"]
                    if os.path.isabs(r["file"])
                    else os.path.join(f"{base}/{folder}", r["file"])
                )
            ] = r
    c = collections.Counter()
    for u in units:
        r = said.get(os.path.realpath(f"{base}/{u['file']}"))
        step = r and r.get(u["direction"])
        if step is None and lies_beside_environment(f"{base}/{u['file']}"):
            continue
        c["units"] += 1
        if u["status"] == "missing":
            c["no function"] += 1
            continue
        if step is None:
            c["absent"] += 1
            outcome = "absent"
        comparable = u["status"] == "ok" and not u.get("unbound") and not u.get("nondet")
        if comparable:
            c["comparable"] += 1
            if step is None:
                continue
            mine = [s["sql"] for s in step["statements"]]
            if not step["complete"]:
                outcome = "opaque"
            elif canon(mine, text) == canon(u["sql"], text):
                outcome = "exact"
            elif parse_sql_json and canon(mine, tree) == canon(u["sql"], tree):
                outcome = "equal"
            else:
                outcome = "wrong"
            c[outcome] += 1
            if u["sql"]:
                c["non-empty"] += 1
                c["non-empty " + outcome] += 1
            if outcome == "wrong" and shown < A.show:
                shown += 1
                print(f"--- {u['file']} {u['direction']}")
                a, b = [text(x) for x in u["sql"]], [text(x) for x in mine]
                for x in [f"  alembic: {s[:300]}" for s in a if s not in b][:4] + [
                    f"  tool:    {s[:300]}" for s in b if s not in a
                ][:4]:
                    print(x)
        elif u["status"] == "error":
            c["error"] += 1
            if step is not None and step["complete"]:
                # The exception may be one of the project's own.
                if step.get("raises"):
                    c["raise seen"] += 1
                elif u.get("errtype") in RAISES:
                    c["raise missed"] += 1
                elif u.get("stub_used"):
                    # It failed on a stand-in for a module that is not installed: no evidence.
                    c["stubbed error"] += 1
                else:
                    c["overconfident"] += 1
                    if shown < A.show:
                        shown += 1
                        print(
                            f"--- overconfident {u['file']} {u['direction']}: {u.get('errtype')}: {(u.get('error') or '')[:120]}"
                        )
    rows.append((project, c))
    total.update(c)

total_row = ("TOTAL", total)
print(
    f"{'project':34} {'units':>6} {'compar.':>7} {'exact':>6} {'equal':>6} {'opaque':>6} {'wrong':>6} {'absent':>6} {'over':>5}  exact+equal"
)
for name, c in rows + [total_row]:
    n = c["comparable"] or 1
    print(
        f"{name[:34]:34} {c['units']:6} {c['comparable']:7} {c['exact']:6} {c['equal']:6} {c['opaque']:6} {c['wrong']:6} {c['absent']:6} {c['overconfident']:5}  {100 * (c['exact'] + c['equal']) / n:6.2f} %"
    )
n = total["non-empty"] or 1
print(
    f"non-empty units: {total['non-empty']}, exact+equal {100 * (total['non-empty exact'] + total['non-empty equal']) / n:.2f} %, wrong {total['non-empty wrong']}; raises seen {total['raise seen']}, missed {total['raise missed']}; "
    f"errors of the oracle's own stand-ins, left out: {total['stubbed error']}"
)
if A.json:
    json.dump({k: dict(v) for k, v in rows + [total_row]}, open(A.json, "w"), indent=1)
bad = ("wrong", "absent", "raise missed", "overconfident")
sys.exit(1 if any(total[name] for name in bad) else 0)
