"""What the environment of some packages gives to their migrations: naming conventions, options."""

import ast
import os
import re

R = os.environ["CORPUS"]
# Where the MetaData of env.py has its naming convention.
NCF = {
    "aiida-core": "src/aiida-core/aiida/storage/psql_dos/models/base.py",
    "fmn": "src/fmn/fmn/database/main.py",
    "dstack": "src/dstack/dstack/_internal/server/models.py",
    "apache-airflow-core": "src/apache-airflow-core/airflow/models/base.py",
    "apache-airflow": "src/apache-airflow/airflow/models/base.py",
    "prefect": "src/prefect/prefect/server/database/orm_models.py",
    "flexmeasures": "src/flexmeasures/flexmeasures/data/models/__init__.py",
    "cloudkitty": "src/cloudkitty/cloudkitty/common/db/models.py",
    "langflow-base": "src/langflow-base/langflow/alembic/env.py",
}


def find_nc(f):
    src = open(f, errors="replace").read()
    try:
        t = ast.parse(src)
    except SyntaxError:
        d = dict(re.findall(r"""["'](ix|uq|ck|fk|pk)["']:\s*["']([^"']*%\([^"']*)["']""", src))
        return d or None
    for n in ast.walk(t):
        if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "naming_convention" and isinstance(n.value, ast.Tuple):
            return dict(ast.literal_eval(n.value))
        if isinstance(n, ast.Dict):
            ks = [k.value for k in n.keys if isinstance(k, ast.Constant)]
            if "fk" in ks and ("pk" in ks or "uq" in ks):
                try:
                    return {k: v for k, v in ast.literal_eval(n).items()}
                except Exception:
                    d = {}
                    for k, v in zip(n.keys, n.values):
                        try:
                            d[ast.literal_eval(k)] = ast.literal_eval(v)
                        except Exception:
                            pass
                    return d


def naming_for(project, path):
    f = NCF.get(project)
    if project == "cloudkitty" and "/rating/hash/" not in path:
        return None  # only this environment's models take the convention
    if not f:
        if project == "indico":
            return INDICO
        return None
    return find_nc(f"{R}/{f}")


def _colnames(c, t):
    return "_".join((x if isinstance(x, str) else x.name) for x in getattr(c, "columns", []))


def _uidx(c, t):
    return "uq_" if getattr(c, "unique", False) else ""


INDICO = {
    "fk": "fk_%(table_name)s_%(column_names)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(unique_index)s%(table_name)s_%(column_names)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "uq": "uq_%(table_name)s_%(column_names)s",
    "column_names": _colnames,
    "unique_index": _uidx,
}


def config_for(project, path, cfg):
    if "c2cgeoportal" in project:
        try:
            from c2c.template.config import config as cc

            cc._config = {"schema": "main", "schema_static": "main_static", "srid": 21781}
        except Exception:
            pass
        cfg.set_main_option("schema", "main")
        cfg.set_main_option("schema_static", "main_static")
        cfg.set_main_option("type", os.path.basename(os.path.dirname(path)))
        cfg.set_main_option("srid", "21781")
        cfg.set_main_option("sqlalchemy.url", "postgresql://x/y")
        cfg.set_main_option("no_schema_creation", "false")
        cfg.set_main_option("version_table_schema", "main")
