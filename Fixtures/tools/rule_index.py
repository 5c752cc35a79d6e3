"""Writes docs/rules.md, the index of the rules, from their pages and the folders of their sources.

    rule_index.py [--check]

With --check nothing is written; fails where the index is not what would be written.
"""

import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SOURCES = os.path.join(ROOT, "Sources", "SafetyRules", "Rules")
INDEX = os.path.join(ROOT, "docs", "rules.md")
GROUPS = {
    "DataLoss": "Data that is lost",
    "Downgrade": "Downgrades",
    "Compatibility": "Code from before on the schema after",
    "Locking": "Locks that others wait for",
    "Transactions": "Transactions",
    "Graph": "The revision graph",
    "Design": "Design (off unless switched on)",
}


def groups():
    """The names of the rules by the folder that their sources are in."""
    found = {group: [] for group in GROUPS}
    for group in found:
        folder = os.path.join(SOURCES, group)
        for file in sorted(os.listdir(folder)):
            with open(os.path.join(folder, file), encoding="utf-8") as source:
                found[group] += re.findall(r'static let name = "([a-z0-9-]+)"', source.read())
    return found


def page(name):
    """A page's front matter, and the first sentence of its condition."""
    with open(os.path.join(ROOT, "Rules", name + ".md"), encoding="utf-8") as file:
        text = file.read()
    matter = dict(re.findall(r"^([a-z-]+): *(.*)$", text.split("---")[1], re.M))
    condition = re.search(r"^## Condition\n\n(.*?)(?:\n\n|\Z)", text, re.M | re.S).group(1)
    condition = " ".join(condition.split())
    sentence = re.match(r"(.*?[.:])(?= [A-Z`]|$)", condition)
    return matter, (sentence.group(1) if sentence else condition).rstrip(":")


def index():
    lines = [
        "# Rules", "",
        "Written by `make rules` from the pages in [Rules](../Rules). `backout explain RULE` prints a page,",
        "[configuration.md](configuration.md) says how a rule is rated, switched off or waived.", "",
    ]
    found = groups()
    for group, title in GROUPS.items():
        lines += ["## " + title, "", "| rule | severity | in | speaks where |", "|---|---|---|---|"]
        for name in sorted(found[group]):
            matter, sentence = page(name)
            directions = matter["directions"].strip("[]")
            lines.append("| [%s](../Rules/%s.md) | %s | %s | %s |" % (
                name, name, matter["severity"], directions, sentence.replace("|", "\\|")))
        lines.append("")
    listed = {name for names in found.values() for name in names}
    pages = {file[:-3] for file in os.listdir(os.path.join(ROOT, "Rules")) if file.endswith(".md")}
    if listed != pages:
        raise SystemExit("rule_index: without source or without page: %s" % sorted(listed ^ pages))
    return "\n".join(lines).rstrip("\n") + "\n"


def main():
    text = index()
    if "--check" in sys.argv[1:]:
        with open(INDEX, encoding="utf-8") as file:
            if file.read() != text:
                raise SystemExit("docs/rules.md is not what `make rules` writes")
        return
    with open(INDEX, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
