"""Upserts, window functions, arrays and correlated subqueries, one a line, for comparison with the real ones.

What backout leaves open although SQLAlchemy renders it is marked `# open`.
"""

import datetime
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy import *
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.dialects.postgresql import insert as pgi

revision = "a"
down_revision = None


class Color(str, enum.Enum):
    red = "r"


u = sa.Table(
    "users", sa.MetaData(), Column("id", Integer, primary_key=True), Column("name", String),
    Column("n", Integer), Column("k", String, key="kk"))
w = sa.table("u", column("id", Integer), column("name", String), schema="s")
e0 = sa.table(
    "e0", column("k", sa.Enum), column("l", postgresql.ENUM), column("v", sa.Enum("a", name="q")))
iv = sa.table("iv", column("i", Interval))
ar = sa.table(
    "ar", column("g", sa.ARRAY(String)), column("p", postgresql.ARRAY(String)),
    column("j", postgresql.JSONB), column("i", Integer))
s1 = pgi(u).values(id=5, name="x")
s2 = pgi(w).values(id=5, name="x")


def upgrade():
    op.execute(pgi(u).values(name="x").on_conflict_do_nothing())
    op.execute(pgi(u).values(id=5,name="x").on_conflict_do_nothing(index_elements=[u.c.id, "name"], index_where=u.c.n > 5))
    op.execute(s1.on_conflict_do_update(index_elements=[u.c.id], set_={"name": s1.excluded.name, "n": u.c.n + s1.excluded.n}, where=s1.excluded.n > u.c.n))
    op.execute(s2.on_conflict_do_update(constraint="uq x", set_=dict(name=s2.excluded.name, id=None)))
    op.execute(pgi(w).values([{"id":5}]).on_conflict_do_update(index_elements=["id"], set_={w.c.name: "y", w.c.id: func.now()}))
    op.execute(pgi(w).from_select(["id"], select(u.c.id)).on_conflict_do_nothing())
    op.execute(pgi(w).from_select(["id"], select(u.c.id)).on_conflict_do_update(index_elements=["id"], set_={"name": "z"}).returning(w.c.id))
    op.execute(pgi(w).values(id=1).on_conflict_do_update(set_=dict(name=1)))
    op.execute(pgi(w).values(id=1).on_conflict_do_update(index_elements=["id"], set_={}))
    op.execute(pgi(w).values(id=1).on_conflict_do_nothing(constraint="a", index_elements=["b"]))
    op.execute(pgi(w).values(id=1).on_conflict_do_nothing("a"))
    op.execute(w.insert().values(id=1).on_conflict_do_nothing())
    op.get_bind().execute(pgi(w).values(id=1).on_conflict_do_nothing())
    op.execute(pgi(u).values(id=1,kk="x").on_conflict_do_update(index_elements=["k"], set_={"kk": "y"}))
    op.execute(s2.on_conflict_do_update(index_elements=["id"], set_=s2.excluded))
    op.execute(s2.on_conflict_do_update(index_elements=["id"], set_={c.name: c for c in s2.excluded if c.name != "id"}))
    op.execute(s2.on_conflict_do_update(index_elements=("id",), set_={"name": s2.excluded["name"]}))
    op.execute(s2.on_conflict_do_update(index_elements=["id"], set_={"name": func.coalesce(s2.excluded.name, w.c.name)}))
    op.execute(s2.on_conflict_do_update(index_elements=["id"], set_={"name": case((w.c.id > 3, "a"), else_=s2.excluded.name)}))
    op.execute(s2.on_conflict_do_nothing(index_elements=[text("lower(name)")], index_where=text("x > 1")))
    op.execute(s2.on_conflict_do_nothing(index_elements=[func.lower(w.c.name)]))
    op.execute(s2.on_conflict_do_nothing().on_conflict_do_nothing())
    op.execute(s2.on_conflict_do_nothing(index_elements="id"))  # open
    op.execute(select(1))
    op.execute(select(w.c.id).where(select(1).where(u.c.id == w.c.id).exists()))
    op.execute(select(w.c.id).where(exists(1).where(u.c.id == w.c.id)))
    op.execute(select(w.c.id).where(~exists(select(1).select_from(u).where(u.c.id == w.c.id))))
    op.execute(select(func.count().over()))
    op.execute(select(func.sum(w.c.id).over(partition_by=[w.c.id, w.c.name], order_by=w.c.name)))
    op.execute(select(func.row_number().over(order_by=[w.c.name.desc(), w.c.id])))
    op.execute(select(func.row_number().over(None, w.c.id.asc()).label("q"), w.c.id))
    op.execute(select(func.row_number().over(order_by="name")))
    op.execute(select(func.row_number().over(order_by=w.c.id, rows=(None, 0))))  # open
    op.execute(select(func.row_number().over(order_by=[func.lower(w.c.name), w.c.id + 1, -w.c.id])))
    op.execute(w.update().values(id=func.rank().over(order_by=w.c.id) + 1))
    op.execute(select(func.count(w.c.id).filter(w.c.id > 3, w.c.name == "x").label("n")))
    op.execute(select(func.count(w.c.id).filter(w.c.id > 3)))
    op.execute(select(func.count(w.c.id).filter(w.c.id > 3).over()))
    op.execute(select(func.count(w.c.id).filter(w.c.id > 3) + 1, func.count(w.c.id).filter(w.c.id > 3) > 5, func.coalesce(func.count(w.c.id).filter(w.c.id > 3), 0)))
    op.execute(select(w.c.id).group_by(w.c.id).having(func.count(w.c.id).filter(w.c.id > 3) > 5))
    op.execute(w.update().where(w.c.id == any_(array([1,2]))).values(name=collate(w.c.name, "C")))
    op.execute(w.update().where(w.c.id == any_([1,2])).values(name="x"))
    op.execute(w.update().where(w.c.id != all_(select(u.c.id).scalar_subquery())).values(name="x"))
    op.execute(w.update().where(any_(select(u.c.id).scalar_subquery()) == w.c.id).values(name="x"))
    op.execute(w.update().where(w.c.id > all_(select(u.c.id).scalar_subquery())).values(name="x"))
    op.execute(w.update().where(~(w.c.id == all_(array([1])))).values(name="x"))
    op.execute(w.update().where(any_(array([1])) > w.c.id).values(name="x"))  # open
    op.execute(select(array([1, w.c.id])))
    op.execute(w.update().values(name=array(["a"]) + array(["b"])))
    op.execute(w.update().values(name=array([], type_=String)))
    op.execute(w.update().values(name=cast(array(["a"]), postgresql.ARRAY(String))))
    op.execute(w.update().where(w.c.name == array(["a"])).values(name=func.array_cat(array(["a"]), array([w.c.name, "b"]))))
    op.execute(ar.update().where(ar.c.p.contains(array(["a", "b"]))).values(p=array(["x", None, "y"])))
    op.execute(ar.update().where(ar.c.p.overlap(array(["a"]))).values(p=func.array_remove(ar.c.p, "x")))
    op.execute(ar.update().where(ar.c.p.overlap(["a"])).values(g=ar.c.p))
    op.execute(ar.update().where(ar.c.p.contained_by(["a", "b"])).values(g=ar.c.p))
    op.execute(ar.update().where(~ar.c.p.contains(["a"]) & (ar.c.p != None)).values(g=ar.c.p))
    op.execute(ar.update().where(ar.c.g.contains(["a"])).values(g=ar.c.p))
    op.execute(ar.update().where(ar.c.g.overlap(["a"])).values(g=ar.c.p))
    op.execute(ar.update().where(ar.c.g.any("a")).values(g=ar.c.p))
    op.execute(w.insert().from_select(["id"], select(u.c.id).union(select(w.c.id))))
    op.execute(w.delete().where(w.c.id.in_(select(w.c.id).limit(10))))
    op.execute(w.delete().where(w.c.id.notin_(select(func.min(w.c.id)).group_by(w.c.name))))
    op.execute(w.update().where(w.c.id.in_(select(w.c.id))).values(name="x"))
    op.execute(w.update().values(name=select(w.c.name).where(w.c.id == 1).scalar_subquery()))
    op.execute(w.delete().where(w.c.id == select(func.max(w.c.id)).scalar_subquery()))
    op.execute(w.update().values(name=select(w.c.name).correlate(w).scalar_subquery()))
    op.execute(w.update().values(name=select(u.c.name).where(u.c.id == w.c.id).scalar_subquery()))
    op.execute(w.update().values(name=select(u.c.name).where(u.c.id == w.c.id).correlate(u).scalar_subquery()))
    op.execute(w.update().values(name=select(u.c.name).select_from(u.join(w, u.c.id == w.c.id)).scalar_subquery()))
    op.execute(u.delete().where(exists().where(u.c.id == w.c.id)))
    op.execute(u.delete().where(exists(select(u.c.id).where(u.c.n > 3))))
    op.execute(u.delete().where(u.c.id.in_(select(u.c.id).where(u.c.id.in_(select(u.c.n))))))
    op.execute(select(u.c.id).where(u.c.id == select(func.max(u.c.id)).scalar_subquery()))
    op.execute(select(u.c.id, select(func.count(u.c.n)).scalar_subquery().label("q")))
    op.execute(e0.insert().values(k="float", l="x", v="a"))
    op.bulk_insert(e0, [{"k": "float", "l": None, "v": "a"}])
    op.execute(e0.update().where(e0.c.k == "x").values(l="y"))
    op.execute(e0.update().values(k=5))
    op.create_table("t", sa.Column("x", sa.Enum))
    op.add_column("t", sa.Column("x", sa.Enum))
    op.alter_column("t", "x", existing_type=sa.Enum, nullable=True)
    op.execute(iv.insert().values(i=datetime.timedelta(days=2)))
    op.execute(iv.insert().values(i=datetime.timedelta(seconds=-1.5)))  # open
    op.execute(iv.update().where(iv.c.i > datetime.timedelta(minutes=5)).values(i=None))
    op.create_table("b", sa.Column("a", sa.Integer, nullable=None), sa.Column("xmin", sa.Integer, system=True))
    op.create_table("b", sa.Column("xmin", sa.Integer, system=True))
    op.add_column("t", sa.Column("x", sa.Integer, nullable=None))
    op.add_column("t", sa.Column("x", sa.Integer, system=True))
    op.add_column("t", sa.Column("x", sa.String, server_default=Color.red))
    op.add_column("t", sa.Column("x", sa.Enum(Color, name="c"), server_default=Color.red.name))
    op.alter_column("t", "x", server_default=Color.red)
    op.alter_column("t", "x", nullable=None, type_=sa.Text)
    op.execute(ar.delete().where(~ar.c.p.contains(["a"])))
    op.execute(ar.delete().where(~ar.c.p.contains(["a"]), ar.c.i == 1))
    op.execute(ar.delete().where(not_(ar.c.p.contains(["a"])) | (ar.c.i == 1)))
    op.execute(ar.delete().where(~ar.c.j.contains("a")))
    op.execute(ar.delete().where(~ar.c.j.has_key("a")))
    op.execute(ar.delete().where(~ar.c.j.has_key("a"), ar.c.i == 1))
    op.execute(ar.delete().where(~ar.c.i.op("&&")(5)))
    op.execute(ar.delete().where(~ar.c.i.op("&&")(5), ar.c.i == 1))
    op.execute(ar.delete().where(~ar.c.i.bool_op("&&")(5), ar.c.i == 1))
    op.execute(ar.delete().where(~ar.c.p.any("x"), ar.c.i == 1))
    op.execute(ar.delete().where(~ar.c.i.in_([1]), ~ar.c.i.is_(None), ~(ar.c.i == 1), ~ar.c.i.like("x"), ~ar.c.i.between(1, 2)))
    op.execute(ar.delete().where(~(ar.c.i + 1 == 2), ~and_(ar.c.i == 1, ar.c.i == 2), ~or_(ar.c.i == 1, ar.c.i == 2)))
    op.execute(ar.delete().where(~exists().where(w.c.id == ar.c.i), ar.c.i == 1))
    op.execute(ar.delete().where(~func.f(ar.c.i), ar.c.i == 1))
    op.execute(ar.delete().where(~(func.count(ar.c.i).filter(ar.c.i > 1) > 1)))
    op.execute(ar.delete().where(ar.c.p.contains(["a"]), ar.c.i == 1))
    op.execute(ar.delete().where(ar.c.p.overlap(["a"]) | ar.c.p.contained_by(["a"])))
    op.execute(ar.delete().where(~ar.c.p.overlap(["a"])))
    op.execute(w.update().values(id=func.count(w.c.id).filter(w.c.id > 3)))
    op.execute(w.update().values(id=func.count(w.c.id).filter(w.c.id > 3) * 2))
    op.execute(w.update().values(id=case((func.count(w.c.id).filter(w.c.id > 3) > 1, func.count(w.c.id).filter(w.c.id > 3)), else_=func.count().over())))
    op.execute(select(cast(func.count(w.c.id).filter(w.c.id > 3), String), func.count(w.c.id).filter(w.c.id > 3).label("z")))
    op.execute(select(func.count(w.c.id).filter(w.c.id > 3) / 2, -func.count(w.c.id).filter(w.c.id > 3)))
    op.execute(select(w.c.id).group_by(w.c.id).order_by(func.count(w.c.id).filter(w.c.id > 3).desc()))
    op.execute(select(func.row_number().over(order_by=func.count(w.c.id).filter(w.c.id > 3).desc())))
    op.execute(ar.delete().where(or_(~ar.c.p.contains(["a"]), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(ar.c.i == 1, ~ar.c.p.contains(["a"]))))
    op.execute(ar.delete().where(and_(~ar.c.p.contains(["a"]), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(~ar.c.i.op("&&")(5), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(~ar.c.j.has_key("a"), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(~ar.c.j.contains("a"), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(~ar.c.p.any("x"), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(~ar.c.i.op("&&", is_comparison=True)(5), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(ar.c.p.contained_by(["a"]), ar.c.i == 1)))
    op.execute(ar.delete().where(or_(ar.c.i == 1, ar.c.p.overlap(["a"]))))
    op.execute(ar.delete().where(or_(ar.c.i == 1, ar.c.p.contains(["a"]))))
    op.execute(ar.delete().where(or_(ar.c.p.contains(["a"]), ar.c.p.contains(["b"]))))
    op.execute(ar.delete().where(or_(ar.c.i.op("&&")(5), ar.c.i.op("&&")(5))))
    op.execute(ar.delete().where(or_(ar.c.i == 1, ar.c.i.op("&&")(5))))
    op.execute(ar.delete().where(or_(ar.c.i == 1, ar.c.j.has_key("a"))))
    op.execute(w.delete().where(w.c.name.icontains("x"), ~w.c.name.istartswith("a%")))
    op.execute(w.delete().where(w.c.name.iendswith(w.c.name) | (w.c.id == 1)))
    op.execute(w.update().values(name=w.c.name.icontains("x")))


def downgrade():
    pass
