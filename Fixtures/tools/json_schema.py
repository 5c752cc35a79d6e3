"""Holds what backout writes against docs/schema.json.

    json_schema.py DEFINITION FILE…      FILE: what a command wrote, by its definition in the schema

Prints where a file is not as the schema says, and fails.
"""

import json
import os
import sys

import jsonschema

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "schema.json")


def main(command, paths):
    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    if command not in schema["$defs"]:
        raise SystemExit("json_schema: the schema says nothing of '%s'" % command)
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/" + command, "$defs": schema["$defs"]})
    count = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        for error in validator.iter_errors(document):
            print("%s: %s: %s" % (path, error.json_path, error.message[:200]))
            count += 1
    return 1 if count or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
