"""Turns random revision graphs into the steps that the real Alembic takes through them.

    alembic_graphs.py [--graphs 320] [--seed 1] [--directory DIR]

Needs a Python with alembic (BACKOUT_TEST_PYTHON of `make test`). Writes JSON lines to standard
output, one line per graph; the same seed gives the same graphs and cases. A line is

    {"graph": 17,
     "directory": "…/0017" or null,
     "revisions": [{"file": "1f0c_….py", "revision": "…", "down_revision": null|"…"|["…"],
                    "branch_labels": ["…"], "depends_on": ["…"]}],
     "load_error": null | REFUSAL,
     "heads": ["…"], "bases": ["…"],
     "cases": [CASE, …]}

- `revisions` stand in the order in which Alembic reads the files (sorted by file name), so a test
  can build the graph from the line alone. With --directory DIR, DIR/NNNN/versions/ holds the same
  graph as migration files, and they stay there for the caller to read and remove.
- `load_error` is set for a graph that Alembic refuses to load (cycle, unknown parent, a label used
  twice); then there are no cases. A graph with a duplicate id loads: the later file wins.
- `heads` and `bases` are in Alembic's order.

A CASE is one call of `alembic upgrade` or `alembic downgrade`:

    {"direction": "upgrade"|"downgrade",
     "current": ["…", …] or null, "range": null or "A:B", "target": "…",
     "steps": ["…", …],
     "rows": [[["insert", "…"]], [["update", "from", "to"], ["delete", "…"]], …],
     "error": null | REFUSAL, "rows_error": null | REFUSAL,
     "warnings": ["…"],
     "alternatives": [{"steps": …, "error": …}]   (only where there are any)}

- `current` holds the rows of alembic_version in the order read. With `range` (`--sql` mode) the
  start is A, resolved by Alembic, `current` is null and `target` is B.
- `steps` are the revisions in the order in which their upgrade() or downgrade() runs; an empty
  list with no error means that there is nothing to do.
- `rows` has one element per step: what happens to alembic_version after it, a list of operations.
  Where a merge deletes rows and updates one, or its downgrade inserts rows and updates one, which
  row takes which part is by chance in Alembic; only the set of rows after each step has a meaning.
- `rows_error` is a REFUSAL where the steps are known and Alembic then crashes while it keeps the
  rows (dependencies that other dependencies imply; a range whose start does not say all rows);
  `rows` then ends before that step.
- `alternatives`: Alembic keeps the depends_on of a revision in a set of strings, so its order
  changes from process to process, and with it the order of steps over unrelated branches. `steps`
  is what Alembic does when that set is read in the order of the file. Other results seen in
  unchanged Alembic under several hash seeds stand here. Without this key all agreed.
- REFUSAL is {"class": "…", "cause": "…" or null, "message": "…"}: the class that leaves
  ScriptDirectory (CommandError for a refusal with a message for people, AssertionError, KeyError or
  another for a crash of Alembic itself) and the class of the revision module's error under it
  (ResolutionError, RangeNotAncestorError, MultipleHeads, RevisionError, CycleDetected, …).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import warnings

HASH_SEEDS = ("1", "2", "3")
WORDS = (
    "add create drop rename index users orders items prices stock email audit ship returns "
    "review coupon wallet region batch event token session media label"
).split()


class Node:
    """One revision as it stands in its file."""

    def __init__(self, revision, down, file):
        self.revision = revision
        self.down = down
        self.file = file
        self.labels = []
        self.depends_on = []

    def as_json(self):
        down = self.down
        return {
            "file": self.file,
            "revision": self.revision,
            "down_revision": None if not down else down[0] if len(down) == 1 else down,
            "branch_labels": self.labels,
            "depends_on": self.depends_on,
        }


def make_revision_id(rng, style, taken, index):
    while True:
        if style == "counter":
            revision = "%04d" % (index + 1)
        elif style == "word":
            revision = "_".join(rng.sample(WORDS, 2))
        elif style == "shared_prefix":
            revision = rng.choice(["abcd", "abce", "f00d"]) + "%06x" % rng.getrandbits(24)
        else:
            revision = "%012x" % rng.getrandbits(48)
        if revision not in taken:
            taken.add(revision)
            return revision
        index += 100


def make_graph(rng, index):
    """Grows a graph revision by revision: lines, branches, merges, several bases, labels,
    dependencies. Every eighth graph may be damaged on purpose."""
    size = rng.choice([1, 2, 3, 5, 8, 12, 18, 25, 32, 40])
    style = rng.choice(["hex", "hex", "hex", "counter", "word", "shared_prefix"])
    branching = rng.choice([0.0, 0.15, 0.35])
    merging = rng.choice([0.0, 0.1, 0.3])
    rebasing = rng.choice([0.0, 0.0, 0.05, 0.15])
    depending = rng.choice([0.0, 0.0, 0.1, 0.25])
    labelling = rng.choice([0.0, 0.1, 0.2])
    taken, nodes, heads = set(), [], []
    for position in range(size):
        revision = make_revision_id(rng, style, taken, position)
        if not nodes or rng.random() < rebasing:
            down = []
        elif len(heads) > 1 and rng.random() < merging:
            down = rng.sample(heads, rng.randint(2, min(3, len(heads))))
        elif rng.random() < branching:
            down = [rng.choice(nodes).revision]
        else:
            down = [rng.choice(heads)]
        number = rng.randrange(10_000)
        node = Node(revision, down, "%04d_%s.py" % (number, revision))
        unrelated = [n.revision for n in nodes if n.revision not in down]
        if unrelated and rng.random() < depending:
            node.depends_on = rng.sample(unrelated, rng.randint(1, min(3, len(unrelated))))
        if rng.random() < labelling or (not down and nodes and rng.random() < 0.7):
            node.labels = ["%s%d" % (rng.choice(WORDS), position)]
            if rng.random() < 0.15:
                node.labels.append("alias%d" % position)
        heads = [h for h in heads if h not in down] + [revision]
        nodes.append(node)
    labels = [(n, label) for n in nodes for label in n.labels]
    for node in nodes:
        # A dependency may name a branch label of an earlier revision instead of an id.
        for slot, name in enumerate(node.depends_on):
            spelled = [label for n, label in labels if n.revision == name]
            if spelled and rng.random() < 0.5:
                node.depends_on[slot] = spelled[0]
    if index % 8 == 7 and len(nodes) > 2:
        damage(rng, nodes)
    nodes.sort(key=lambda n: n.file)
    return nodes


def damage(rng, nodes):
    kind = rng.choice(["cycle", "self", "unknown", "label", "duplicate", "dependency_cycle"])
    first, last = nodes[0], nodes[-1]
    if kind == "cycle":
        first.down = [last.revision]
    elif kind == "self":
        last.down = [last.revision]
    elif kind == "unknown":
        last.down = ["deadbeef0000"]
    elif kind == "label":
        first.labels, last.labels = ["twice"], ["twice"]
    elif kind == "duplicate":
        nodes.append(Node(nodes[1].revision, nodes[1].down, "zzzz_again.py"))
    else:
        first.depends_on = [last.revision]


def write_graph(nodes, directory):
    versions = os.path.join(directory, "versions")
    os.makedirs(versions)
    for node in nodes:
        down = node.down[0] if len(node.down) == 1 else tuple(node.down) or None
        lines = [
            "revision = " + repr(node.revision),
            "down_revision = " + repr(down),
            "branch_labels = " + repr(tuple(node.labels) or None),
            "depends_on = " + repr(tuple(node.depends_on) or None),
            "",
            "",
            "def upgrade():",
            "    pass",
            "",
            "",
            "def downgrade():",
            "    pass",
            "",
        ]
        with open(os.path.join(versions, node.file), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


def applied_states(rng, nodes):
    """Rows that alembic_version could hold: tips of sets closed under parents and dependencies."""
    parents = {}
    labels = {label: n.revision for n in nodes for label in n.labels}
    for node in nodes:
        depends_on = [labels.get(name, name) for name in node.depends_on]
        parents[node.revision] = list(node.down) + depends_on
    order = [node.revision for node in nodes]

    def closure(roots):
        seen, todo = set(), list(roots)
        while todo:
            revision = todo.pop()
            if revision not in seen:
                seen.add(revision)
                todo.extend(parents[revision])
        return seen

    def tips(applied):
        inner = {p for revision in applied for p in parents[revision]}
        return [revision for revision in order if revision in applied and revision not in inner]

    states = [[], tips(set(order))]
    for _ in range(2):
        chosen = rng.sample(order, rng.randint(1, min(3, len(order))))
        rows = tips(closure(chosen))
        if rng.random() < 0.5:
            rng.shuffle(rows)
        states.append(rows)
    return [rows for i, rows in enumerate(states) if rows not in states[:i]]


def spelled_revisions(rng, nodes):
    """Ways of naming a revision, right and wrong."""
    revision = rng.choice(nodes).revision
    other = rng.choice(nodes).revision
    labels = [label for node in nodes for label in node.labels]
    label = rng.choice(labels) if labels else revision
    step = rng.choice([1, 1, 2, 3, 7])
    names = [
        revision,
        other,
        revision[:4],
        revision[:6],
        revision[:3],
        "head",
        "heads",
        "base",
        "-%d" % step,
        "+%d" % step,
        "-1",
        "-2",
        "+1",
        "+2",
        "%s-1" % revision,
        "%s-%d" % (other, step),
        "%s+%d" % (revision, step),
        "%s-1" % revision[:5],
        "head-1",
        "base+1",
        "%s@head" % label,
        "%s@heads" % label,
        "%s@base" % label,
        "%s@-1" % label,
        "%s@-%d" % (label, step),
        "%s@+1" % label,
        "%s@%s" % (label, revision),
        "%s@%s" % (label, other[:5]),
        "%s@%s-1" % (label, revision),
        "%s@%s+1" % (label, revision),
        "%s@head-1" % label,
        label,
        "%s@head" % revision,
        "%s@base" % revision,
        "%s@-1" % revision,
        "%s@%s" % (revision, other),
        "nosuch",
        "nosuch@head",
        "nolabel@base",
        "",
    ]
    return names


def make_cases(rng, nodes):
    cases = []
    for rows in applied_states(rng, nodes):
        for direction in ("upgrade", "downgrade"):
            names = spelled_revisions(rng, nodes)
            # The plain targets always, and a sample of the others.
            plain = [n for n in names[:14] if rng.random() < 0.45]
            rare = rng.sample(names[14:], 7)
            for target in dict.fromkeys(plain + rare):
                cases.append({
                    "direction": direction, "current": rows, "range": None, "target": target,
                })
    for direction in ("upgrade", "downgrade"):
        for _ in range(6):
            names = spelled_revisions(rng, nodes)
            start = rng.choice(names[:8] + ["base", "head", "heads"])
            end = rng.choice(names)
            if ":" in start + end:
                continue
            cases.append({
                "direction": direction, "current": None,
                "range": "%s:%s" % (start, end), "target": end,
            })
    return cases


def refusal(error):
    cause = error.__cause__
    message = error.args[0] if error.args else ""
    return {
        "class": type(error).__name__,
        "cause": type(cause).__name__ if cause is not None else None,
        "message": str(message),
    }


def run_case(script, case):
    """One call as alembic.command.upgrade or downgrade makes it, without a database."""
    from alembic.runtime.migration import HeadMaintainer
    from alembic.util import to_list, to_tuple

    class Recorder(HeadMaintainer):
        def __init__(self, heads):
            self.heads = set(heads)
            self.log = []

        def _insert_version(self, version):
            assert version not in self.heads
            self.heads.add(version)
            self.log.append(["insert", version])

        def _delete_version(self, version):
            self.heads.remove(version)
            self.log.append(["delete", version])

        def _update_version(self, from_, to_):
            assert to_ not in self.heads
            self.heads.remove(from_)
            self.heads.add(to_)
            self.log.append(["update", from_, to_])

    heads = ()
    result = {"steps": [], "rows": [], "error": None, "rows_error": None, "warnings": []}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            if case["range"] is None:
                heads = tuple(case["current"])
            else:
                # MigrationContext.get_current_heads in offline mode.
                start = case["range"].split(":", 2)[0]
                if start == "base":
                    start = None
                else:
                    start = [
                        script.get_revision(name).revision
                        for name in to_list(start)
                        if name not in (None, "base")
                    ]
                heads = to_tuple(start, default=())
            collect = script._upgrade_revs
            if case["direction"] == "downgrade":
                collect = script._downgrade_revs
            steps = collect(case["target"], heads)
        except Exception as error:
            steps = []
            result["error"] = refusal(error)
        result["steps"] = [step.revision.revision for step in steps]
        recorder = Recorder(heads)
        try:
            for step in steps:
                recorder.log = []
                recorder.update_to_step(step)
                result["rows"].append(recorder.log)
        except Exception as error:
            result["rows_error"] = refusal(error)
    result["warnings"] = list(dict.fromkeys(str(w.message) for w in caught))
    return result


def run_graph(cases, directory, in_file_order):
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(directory)
    line = {"load_error": None, "heads": [], "bases": [], "cases": []}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            revision_map = script.revision_map._revision_map
        except Exception as error:
            line["load_error"] = refusal(error)
            return line
    if in_file_order:
        for revision in filter(None, revision_map.values()):
            kept = revision._normalized_resolved_dependencies
            revision._normalized_resolved_dependencies = tuple(
                name for name in dict.fromkeys(revision._resolved_dependencies) if name in kept)
    line["heads"] = list(script.revision_map.heads)
    line["bases"] = list(script.revision_map.bases)
    line["cases"] = [dict(case, **run_case(script, case)) for case in cases]
    return line


def planned_graphs(graphs, seed):
    """The graphs and their cases, from the seed alone."""
    for index in range(graphs):
        rng = random.Random("%d/%d" % (seed, index))
        nodes = make_graph(rng, index)
        try:
            cases = make_cases(rng, nodes)
        except KeyError:  # a parent that does not exist: Alembic will not load this graph
            cases = []
        yield index, nodes, cases


def work(arguments):
    """Runs in a process of its own with one hash seed."""
    sys.dont_write_bytecode = True
    for index, _, cases in planned_graphs(arguments.graphs, arguments.seed):
        directory = os.path.join(arguments.directory, "%04d" % index)
        print(json.dumps(run_graph(cases, directory, arguments.in_file_order)))


def merge_lines(lines):
    """The first line, with what unchanged Alembic made of each case beside it."""
    line = lines[0]
    for position, case in enumerate(line["cases"]):
        known = [(case["steps"], case["error"])]
        for other in lines[1:]:
            steps, error = (other["cases"][position][key] for key in ("steps", "error"))
            if (steps, error) not in known:
                known.append((steps, error))
        if known[1:]:
            case["alternatives"] = [{"steps": steps, "error": error} for steps, error in known[1:]]
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--graphs", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", help="an empty or new directory for the migration files")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--in-file-order", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
        return
    keep = arguments.directory is not None
    directory = arguments.directory or tempfile.mkdtemp(prefix="backout-graphs-")
    try:
        graphs = list(planned_graphs(arguments.graphs, arguments.seed))
        for index, nodes, _ in graphs:
            write_graph(nodes, os.path.join(directory, "%04d" % index))
        command = [
            sys.executable, os.path.abspath(__file__), "--worker",
            "--graphs", str(arguments.graphs), "--seed", str(arguments.seed),
            "--directory", directory,
        ]
        workers = [
            subprocess.Popen(
                command + options, stdout=subprocess.PIPE, text=True, encoding="utf-8",
                env=dict(os.environ, PYTHONHASHSEED=seed))
            for seed, options in [("0", ["--in-file-order"]), *((s, []) for s in HASH_SEEDS)]
        ]
        for (index, nodes, _), *texts in zip(graphs, *(w.stdout for w in workers)):
            line = merge_lines([json.loads(text) for text in texts])
            print(json.dumps({
                "graph": index,
                "directory": os.path.join(directory, "%04d" % index) if keep else None,
                "revisions": [node.as_json() for node in nodes],
                **line,
            }))
        if any([worker.wait() for worker in workers]):
            sys.exit("alembic_graphs.py: a worker failed")
    finally:
        if not keep:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
