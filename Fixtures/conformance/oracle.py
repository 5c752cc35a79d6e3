#!/usr/bin/env python3
"""What the real Alembic emits for migration files, each run by itself, in offline mode for PostgreSQL.

Usage: CORPUS=… oracle.py --out FILE --list FILE PROJECT. Writes one JSON object a line and direction:
status is ok, stubbed (it ran, but touched a module that is not installed), error or missing.
Migration code of strangers runs here: score.sh keeps it off the network where the kernel allows.
"""

import sys, os, io, json, types, importlib, importlib.util, importlib.abc, importlib.machinery, signal, traceback, warnings, argparse, random, glob

warnings.simplefilter("ignore")
sys.setrecursionlimit(3000)
sys.dont_write_bytecode = True
ROOT = os.environ["CORPUS"]
ap = argparse.ArgumentParser()
ap.add_argument("--literal-binds", type=int, default=1)
ap.add_argument("--paramstyle", default="named")
ap.add_argument("--out")
ap.add_argument("--nodet", action="store_true")
ap.add_argument("--list", help="file with list of files relative to <src>/src")
ap.add_argument("project")
ap.add_argument("files", nargs="*")
A = ap.parse_args()
BASE = f"{ROOT}/src"
PROJ = f"{BASE}/{A.project}"
files = A.files or [l.strip() for l in open(A.list)]

import sqlalchemy as sa, alembic
from sqlalchemy.dialects import postgresql
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.runtime.environment import EnvironmentContext
from alembic.operations import Operations
from alembic.ddl.impl import DefaultImpl


class IndexesInOrder:
    """`Table.indexes` is a set, which Python walks by where its members are in memory: `create_table` with two
    indexes emits them in an order that is another one from run to run. Here it is that of their making,
    one of those that Alembic may have."""

    def __get__(self, table, owner):
        return self if table is None else table.__dict__["indexes"]

    def __set__(self, table, indexes):
        table.__dict__["indexes"] = sa.util.OrderedSet(indexes)


sa.Table.indexes = IndexesInOrder()

for m in (
    "alembic_utils",
    "alembic_utils.replaceable_entity",
    "alembic_utils.pg_function",
    "alembic_utils.pg_trigger",
    "alembic_utils.pg_view",
    "alembic_utils.pg_extension",
    "alembic_postgresql_enum",
    "geoalchemy2",
    "pgvector.sqlalchemy",
    "sqlalchemy_utils",
    "sqlalchemy.orm",
    "sqlalchemy.ext.declarative",
    "sqlmodel",
    "oslo_db",
    "oslo_utils",
    "oslo_config",
    "enumtables",
    "lazy_object_proxy",
    "pendulum",
):
    try:
        importlib.import_module(m)
    except BaseException:
        pass

# ---------- stubs
TOUCH = [0]
TOUCHED = []
MISSED = set()  # double-underscored names that a stub was asked for and has not


class StubBase:
    pass


class Stub:
    def __init__(self, *a, **k):
        n = a[0] if a and isinstance(a[0], str) else "?"
        object.__setattr__(self, "_n", n)

    def _t(self, what):
        TOUCH[0] += 1
        if len(TOUCHED) < 50:
            TOUCHED.append(self._n + what)

    def __getattr__(self, k):
        if k.startswith("__") and k.endswith("__"):
            MISSED.add(k)
            raise AttributeError(k)
        if k in (
            "_sa_instance_state",
            "__clause_element__",
            "_sqla_is_testing_if_this_is_a_mock_object",
        ):
            raise AttributeError(k)
        if k == "_compiler_dispatch":
            self._t("." + k)
            n = self._n
            return lambda *a, **k: "<<STUB %s>>" % n
        if k in (
            "_is_table_value",
            "_isnull",
            "_is_type_decorator",
            "should_evaluate_none",
            "_is_array",
            "_set_parent",
            "_set_parent_with_dispatch",
            "_variant_mapping",
        ):
            self._t("." + k)
            if k == "_variant_mapping":
                return {}
            if k.startswith("_set_parent"):
                raise AttributeError(k)
            return False
        self._t("." + k)
        return Stub(self._n + "." + k)

    def __call__(self, *a, **k):
        self._t("()")
        if len(a) == 1 and not k and isinstance(a[0], (types.FunctionType, type)):
            return a[0]
        return Stub(self._n + "()")

    def __mro_entries__(self, bases):
        return (StubBase,)

    def __iter__(self):
        self._t("[iter]")
        return iter(())

    def __getitem__(self, k):
        self._t("[]")
        return Stub(self._n + "[]")

    def __setitem__(self, k, v):
        pass

    def __len__(self):
        self._t("len")
        return 0

    def __bool__(self):
        self._t("bool")
        return True

    def __contains__(self, x):
        self._t("in")
        return False

    def __enter__(self):
        self._t("with")
        return self

    def __exit__(self, *a):
        return False

    def __str__(self):
        self._t("str")
        return "<<STUB %s>>" % self._n

    __repr__ = lambda self: "<<STUB %s>>" % self._n

    def __format__(self, s):
        return str(self)

    def __eq__(self, o):
        return self is o

    def __hash__(self):
        return id(self)

    def __lt__(self, o):
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __or__(self, o):
        return self

    __ror__ = __and__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __mod__ = (
        __truediv__
    ) = __or__

    def __int__(self):
        self._t("int")
        return 0

    __index__ = __int__


class Noop:
    is_testing = False

    def __getattr__(self, k):
        return Noop()

    def __call__(self, *a, **k):
        return None


class StubModule(types.ModuleType):
    def __getattr__(self, k):
        if k.startswith("__") and k.endswith("__"):
            raise AttributeError(k)
        return Stub(self.__name__ + "." + k)


STUBMODS = set()
APPMODS = set()
APPFAIL = {}


def app_importer():
    f = sys._getframe(2)
    while f:
        fn = f.f_code.co_filename
        if "importlib" in fn or fn == __file__ or fn.startswith("<frozen"):
            f = f.f_back
            continue
        return fn.startswith(PROJ) or fn.startswith(BASE)
    return False


class StubLoader(importlib.abc.Loader):
    def create_module(self, spec):
        m = StubModule(spec.name)
        m.__path__ = []
        STUBMODS.add(spec.name)
        return m

    def exec_module(self, m):
        pass


class StubFinder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if app_importer():
            return importlib.machinery.ModuleSpec(name, StubLoader(), is_package=True)
        top = name.split(".")[0]
        if top in sys.modules and isinstance(sys.modules[top], StubModule):
            return importlib.machinery.ModuleSpec(name, StubLoader(), is_package=True)
        return None


PROTECT = set(sys.stdlib_module_names) | {
    "alembic",
    "sqlalchemy",
    "psycopg2",
    "sqlalchemy_utils",
    "geoalchemy2",
    "alembic_utils",
    "alembic_postgresql_enum",
    "pgvector",
    "citext",
    "sqlmodel",
    "lazy_object_proxy",
    "pendulum",
    "healpix_alchemy",
    "enumtables",
    "c2c",
    "oslo_log",
    "neutron_lib",
    "cryptography",
    "structlog",
    "loguru",
    "rich",
    "pytz",
    "dateutil",
    "sqlalchemy_json",
    "oslo_db",
    "oslo_config",
    "oslo_utils",
    "setuptools",
    "pkg_resources",
    "pydantic",
    "typing_extensions",
    "mako",
    "markupsafe",
    "fastapi_users_db_sqlalchemy",
    "packaging",
}
ROOTS = []


def set_roots(fdir):
    """ancestors, outermost first"""
    r = []
    d = fdir
    while d.startswith(PROJ):
        r.append(d)
        d = os.path.dirname(d)
    ROOTS[:] = r[::-1]


def locate(name):
    rel = name.replace(".", "/")
    top = name.split(".")[0]
    for r in ROOTS:
        p = f"{r}/{top}"
        if os.path.isdir(p) or os.path.isfile(p + ".py"):
            q = f"{r}/{rel}"
            if os.path.isdir(q) and (
                os.path.exists(q + "/__init__.py")
                or glob.glob(q + "/*.py")
                or any(os.path.isdir(os.path.join(q, x)) for x in os.listdir(q))
            ):
                return q, True
            if os.path.isfile(q + ".py"):
                return q + ".py", False
    return None, None


class LiteModule(types.ModuleType):
    def __getattr__(self, k):
        if k.startswith("__") and k.endswith("__"):
            raise AttributeError(k)
        d = self.__dict__
        sub = self.__name__ + "." + k
        if d.get("_lite_pkg"):
            loc, _ = locate(sub)
            if loc and sub not in d["_lite_busy"]:
                d["_lite_busy"].add(sub)
                try:
                    m = importlib.import_module(sub)
                    return m
                except BaseException:
                    pass
                finally:
                    d["_lite_busy"].discard(sub)
            if not d.get("_lite_init"):
                d["_lite_init"] = True
                exec_app(self, d["_lite_dir"] + "/__init__.py")
                if k in d:
                    return d[k]
        return Stub(self.__name__ + "." + k)


def exec_app(mod, fn):
    if not os.path.exists(fn):
        return
    try:
        src = open(fn, encoding="utf8", errors="replace").read()
        APPMODS.add(mod.__name__)
        exec(compile(src, fn, "exec"), mod.__dict__)
    except Timeout:
        raise
    except BaseException as e:
        APPFAIL[mod.__name__] = f"{type(e).__name__}: {str(e)[:120]}"


class LiteLoader(importlib.abc.Loader):
    def __init__(self, loc, pkg):
        self.loc, self.pkg = loc, pkg

    def create_module(self, spec):
        m = LiteModule(spec.name)
        d = m.__dict__
        d["_lite_pkg"] = self.pkg
        d["_lite_dir"] = self.loc
        d["_lite_busy"] = set()
        d["_lite_init"] = False
        if self.pkg:
            m.__path__ = [self.loc]
        m.__file__ = self.loc + "/__init__.py" if self.pkg else self.loc
        return m

    @property
    def path(self):
        return self.loc + "/__init__.py" if self.pkg else self.loc

    def get_resource_reader(self, name):
        from importlib.readers import FileReader

        return FileReader(self)

    def exec_module(self, m):
        if not self.pkg:
            exec_app(m, self.loc)


class LiteFinder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in PROTECT:
            return None
        loc, pkg = locate(name)
        if not loc:
            return None
        sp = importlib.machinery.ModuleSpec(
            name,
            LiteLoader(loc, pkg),
            origin=loc + "/__init__.py" if pkg else loc,
            is_package=bool(pkg),
        )
        if pkg:
            sp.submodule_search_locations = [loc]
        sp.has_location = True
        return sp


sys.meta_path.insert(0, LiteFinder())
sys.meta_path.append(StubFinder())


class Timeout(BaseException):
    pass


def onalarm(*a):
    raise Timeout("timeout")


signal.signal(signal.SIGALRM, onalarm)

# ---------- capture
CAP = []
_orig_exec = DefaultImpl._exec


def _exec(self, construct, *a, **k):
    unb = []
    try:
        if not isinstance(construct, str) and hasattr(construct, "compile"):
            kind = type(construct).__name__
            if kind in ("TextClause",):
                c = construct.compile(dialect=self.dialect)
                unb = [n for n, v in c.params.items() if v is None]
        else:
            kind = "str"
    except Exception:
        kind = type(construct).__name__
    self._kind = kind
    self._unb = unb
    self._extra = bool(a or k.get("multiparams") or k.get("params"))
    try:
        return _orig_exec(self, construct, *a, **k)
    finally:
        self._kind = None


DefaultImpl._exec = _exec
_orig_out = DefaultImpl.static_output


def static_output(self, text):
    CAP.append(
        (text.strip(), getattr(self, "_kind", None) or "raw", getattr(self, "_unb", None) or [])
    )
    self._unb = []
    return _orig_out(self, text)


DefaultImpl.static_output = static_output

from oracle_settings import config_for, naming_for

os.environ.setdefault("NOTIFY_ENVIRONMENT", "development")
os.makedirs(os.environ["CORPUS"] + "/cwd", exist_ok=True)
os.chdir(os.environ["CORPUS"] + "/cwd")
script_root = os.environ["CORPUS"] + "/cwd/fake"
os.makedirs(script_root + "/versions", exist_ok=True)


def load(path):
    name = os.path.basename(path)[:-3].replace(".", "_")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_all(paths):
    """As Alembic does before it runs one of them: what a file registers with SQLAlchemy is there for all. A file
    that cannot be loaded says so when its turn comes."""
    for path in paths:
        set_roots(os.path.dirname(path))
        signal.alarm(40)
        try:
            load(path)
        except BaseException:
            pass
        finally:
            signal.alarm(0)


def run(path, direction, seed):
    random.seed(seed)
    CAP.clear()
    TOUCHED.clear()
    MISSED.clear()
    convention = naming_for(A.project, path)
    rec = dict(
        project=A.project,
        file=os.path.relpath(path, BASE),
        revision=None,
        down_revision=None,
        direction=direction,
    )
    buf = io.StringIO()
    cfg = Config()
    cfg.set_main_option("script_location", script_root)
    config_for(A.project, path, cfg)
    fdir = os.path.dirname(path)
    script = ScriptDirectory(script_root)
    set_roots(fdir)
    mod = None
    t0 = TOUCH[0]
    load_touch = 0
    signal.alarm(40)
    try:
        with EnvironmentContext(cfg, script, as_sql=True, fn=lambda r, c: []) as env:
            kw = dict(
                dialect_name="postgresql",
                output_buffer=buf,
                literal_binds=bool(A.literal_binds),
                target_metadata=sa.MetaData(naming_convention=convention) if convention else sa.MetaData(),
            )
            if A.paramstyle != "default":
                kw["dialect_opts"] = {"paramstyle": A.paramstyle}
            env.configure(**kw)
            mc = env.get_context()
            with Operations.context(mc):
                t0 = TOUCH[0]
                mod = load(path)
                load_touch = TOUCH[0] - t0
                rec["revision"] = getattr(mod, "revision", None)
                rec["down_revision"] = getattr(mod, "down_revision", None)
                fn = getattr(mod, direction, None)
                n0 = len(CAP)
                t1 = TOUCH[0]
                if fn is None:
                    rec["status"] = "missing"
                    rec["error"] = "no function"
                else:
                    import inspect

                    try:
                        ps = [
                            q.name
                            for q in inspect.signature(fn).parameters.values()
                            if q.default is q.empty and q.kind in (0, 1)
                        ]
                    except Exception:
                        ps = []
                    kwargs = {}
                    for q in ps:
                        rec.setdefault("args", []).append(q)
                        if q == "op":
                            kwargs[q] = importlib.import_module("alembic.op")
                        elif q == "tester":
                            kwargs[q] = Noop()  # quay's NoopTester in real env.py
                        else:
                            kwargs[q] = Stub("arg_" + q)
                    fn(**kwargs)
                    rec["status"] = "ok"
                rec["run_touch"] = TOUCH[0] - t1
    except Timeout:
        rec["status"] = "error"
        rec["errtype"] = "Timeout"
        rec["error"] = "timeout"
    except BaseException as e:
        rec["status"] = "error"
        rec["errtype"] = type(e).__name__
        rec["error"] = str(e)[:300]
        tb = traceback.extract_tb(e.__traceback__)
        own = [f for f in tb if f.filename.startswith(BASE)]
        rec["line"] = (own[-1].line or "")[:160] if own else None
        rec["phase"] = "run" if mod is not None and rec["revision"] is not None else "load"
    finally:
        signal.alarm(0)
    rec["sql"] = [c[0] for c in CAP]
    rec["kinds"] = [c[1] for c in CAP]
    rec["unbound"] = sum(1 for c in CAP if c[2])
    rec["load_touch"] = load_touch
    texts = [*rec["sql"], rec.get("error") or ""]
    rec["stub_used"] = (
        (TOUCH[0] - t0) > 0
        or any("<<STUB" in s for s in texts)
        or (rec.get("errtype") == "AttributeError" and rec["error"] in MISSED)
    )
    if rec["stub_used"]:
        rec["stubs"] = sorted(set(TOUCHED))[:8]
    if rec["status"] == "ok" and rec["stub_used"]:
        rec["status"] = "stubbed"
    return rec


out = open(A.out, "w") if A.out else sys.stdout
devnull = open(os.devnull, "w")
real_out = sys.stdout
paths = {f: f if f.startswith("/") else f"{BASE}/{f}" for f in files}
if not A.nodet:  # which is to take the time of each file once
    sys.stdout = devnull
    load_all(paths.values())
    sys.stdout = real_out
for f in files:
    p = paths[f]
    for direction in ("upgrade", "downgrade"):
        sys.stdout = devnull
        try:
            r = run(p, direction, 1)
            if not A.nodet and r["status"] != "error":
                import time

                r2 = run(p, direction, 2)
                r["nondet"] = r2["sql"] != r["sql"]
        finally:
            sys.stdout = real_out
        try:
            line = json.dumps(r, default=str)
        except Exception as e:
            line = json.dumps(
                dict(
                    project=A.project,
                    file=f,
                    direction=direction,
                    status="error",
                    error="json " + str(e),
                    sql=[],
                )
            )
        out.write(line + "\n")
        out.flush()
if A.out:
    json.dump(
        dict(
            stubmods=sorted(STUBMODS),
            appmods=sorted(APPMODS),
            appfail=APPFAIL,
            sa=sa.__version__,
            alembic=alembic.__version__,
        ),
        open(A.out + ".meta", "w"),
        indent=1,
    )
os._exit(0)
