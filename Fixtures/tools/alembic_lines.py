"""What Alembic's offline mode emits for each statement of upgrade() in a migration file.

Usage: alembic_lines.py FILE. Prints a JSON object from line number to the list of statements, or to
null where Alembic raises. Every statement of the function runs by itself, in order.
"""

import ast
import io
import json
import sys
import warnings

from alembic.migration import MigrationContext
from alembic.operations import Operations

warnings.simplefilter("ignore")
source = open(sys.argv[1], encoding="utf-8").read()
tree = ast.parse(source)
names = {"__name__": "migration", "__file__": sys.argv[1]}
settings = {
    "as_sql": True,
    "literal_binds": True,
    "output_buffer": io.StringIO(),
}
context = MigrationContext.configure(
    dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, opts=settings
)
emitted = []
context.impl.static_output = emitted.append
result = {}
with Operations.context(context):
    exec(compile(source, sys.argv[1], "exec"), names)
    upgrade = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    for statement in upgrade.body:
        emitted.clear()
        code = compile(ast.Module([statement], []), sys.argv[1], "exec")
        try:
            exec(code, names)
            result[statement.lineno] = [text.rstrip().removesuffix(";") for text in emitted]
        except Exception:
            result[statement.lineno] = None
json.dump(result, sys.stdout)
