"""Writes the table of settings in docs/configuration.md from those that the program reads.

    settings_index.py [--check]

With --check nothing is written; fails where the table is not what would be written.
"""

import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SOURCE = os.path.join(ROOT, "Sources", "Alembic", "Project", "ProjectSetting.swift")
PAGE = os.path.join(ROOT, "docs", "configuration.md")
BEGIN, END = "<!-- settings -->\n", "<!-- end of settings -->\n"

TEXT = r'(#"(?:.*?)"#|"(?:[^"\\]|\\.)*")'
ENTRY = re.compile(
    r"ProjectSetting\(\s*%s,\s*%s,\s*%s(?:,\s*standard: %s)?\s*\)" % (TEXT, TEXT, TEXT, TEXT))


def value(literal):
    """What a literal of Swift says."""
    if not literal:
        return ""
    return literal[2:-2] if literal.startswith("#") else re.sub(r"\\(.)", r"\1", literal[1:-1])


def code(text):
    return "`%s`" % text.replace("|", "\\|") if text else "–"


def table():
    with open(SOURCE, encoding="utf-8") as file:
        source = file.read()
    entries = ENTRY.findall(source)
    if len(entries) != source.count(" ProjectSetting("):
        raise SystemExit("settings_index: %d of %d settings can be read" % (
            len(entries), source.count(" ProjectSetting(")))
    lines = ["| setting | for example | without it | |", "|---|---|---|---|"]
    for name, example, meaning, standard in (map(value, entry) for entry in entries):
        name = name.replace("*", "NAME")
        lines.append("| %s | %s | %s | %s |" % (code(name), code(example), code(standard), meaning))
    return "\n".join(lines) + "\n"


def main():
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    before, rest = page.split(BEGIN)
    old, after = rest.split(END)
    if "--check" in sys.argv[1:]:
        if old != table():
            raise SystemExit("the settings in docs/configuration.md are not what `make rules` writes")
        return
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + table() + END + after)


if __name__ == "__main__":
    main()
