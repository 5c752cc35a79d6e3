"""Rows that the conditions of a revision's own UPDATEs and DELETEs take: without such rows a statement shows nothing."""

import json
import re

STATEMENT = re.compile(
    r"\b(?:update\s+(?:only\s+)?|delete\s+from\s+(?:only\s+)?)((?:\"?\w+\"?\.)?\"?\w+\"?)(.*?)(?=;\s*(?:update|delete|insert)\b|\Z)", re.I | re.S)
SETS = re.compile(r"(?:\bset|,)\s*\"?(\w+)\"?\s*=", re.I)
LITERAL = r"(?:interval\s*|date\s*|timestamp\s*)?('(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)(?:::[\w ]+)?"
EQUALS = re.compile(r"^\(*\"?(?:\w+\"?\.\"?)?(\w+)\"?\s*=\s*" + LITERAL + r"\)*$", re.I)
IN = re.compile(r"^\(*\"?(?:\w+\"?\.\"?)?(\w+)\"?\s+in\s*\((.*)\)$", re.I | re.S)
IS_NULL = re.compile(r"^\(*\"?(?:\w+\"?\.\"?)?(\w+)\"?\s+is\s+null\)*$", re.I)


def plain(literal):
    return literal[1:-1].replace("''", "'") if literal.startswith("'") else literal


def wanted(revision):
    """(table, values by column) for every condition of a step, and objects with the keys that a statement names."""
    found = []
    for direction in ("upgrade", "downgrade"):
        for statement in revision[direction]["statements"]:
            for name, rest in STATEMENT.findall(statement["sql"]):
                table = name.replace('"', "").split(".")[-1]
                for values in alternatives(rest) + objects(rest):
                    if (table, values) not in found:
                        found.append((table, values))
    return found


def alternatives(rest):
    """One row for each literal of an IN list, else one for the whole condition."""
    parts = re.split(r"\bwhere\b", rest, maxsplit=1, flags=re.I)
    if len(parts) == 1:
        return []
    rows = [{}]
    for conjunct in re.split(r"\s+and\s+", parts[1].strip().rstrip("; \n"), flags=re.I):
        conjunct = conjunct.strip()
        if match := EQUALS.match(conjunct):
            rows = [dict(row, **{match[1]: plain(match[2])}) for row in rows]
        elif match := IS_NULL.match(conjunct):
            rows = [dict(row, **{match[1]: None}) for row in rows]
        elif match := IN.match(conjunct):
            values = re.findall(LITERAL, match[2], re.I)[:6]
            rows = [dict(row, **{match[1]: plain(v)}) for row in rows for v in values]
    return [row for row in rows[:12] if row]


def objects(rest):
    """For JSON columns that are set: an object with each word that stands in quotes as a key."""
    keys = [k.strip("{}") for k in re.findall(r"'([\w{}]+)'", rest)]
    return [{column: json.dumps({k: 1 for k in keys})} for column in SETS.findall(rest)] if keys else []
