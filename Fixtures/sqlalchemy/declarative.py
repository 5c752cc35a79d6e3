"""Declarative classes and their metadata in a revision, one statement each, for comparison with the real ones.

What backout leaves open although Alembic renders it is marked `# open`.
"""

import datetime
import decimal
import enum
import uuid
from typing import List, Optional, Union

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm
from sqlalchemy.ext import declarative
from sqlalchemy.ext.declarative import declarative_base as old_base
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, declared_attr, mapped_column, relationship

revision = "a"
down_revision = None


class Mood(enum.Enum):
    good = "g"
    bad = "b"


Plain = declarative_base()


class Author(Plain):
    __tablename__ = "author"
    __table_args__ = (sa.CheckConstraint("id > 0"), sa.UniqueConstraint("id", "name"))
    id = sa.Column(sa.Integer, primary_key=True)
    place_id = sa.Column(sa.ForeignKey("place.id"))
    name = sa.Column(sa.String, unique=True)
    mood = sa.Column(sa.Enum("good", "bad", name="mood"))
    colour = sa.Column(sa.Enum("red", "blue", name="colour"))
    LIMIT = 3

    def __repr__(self):
        return self.name

    @property
    def shown(self):
        return self.name


class Place(Plain):
    __tablename__ = "place"
    id = sa.Column(sa.BigInteger, primary_key=True)
    kind = sa.Column(sa.Enum("town", "sea", name="kind"))
    colour = sa.Column(sa.Enum("red", "blue", name="colour"))
    other = sa.Column("another", sa.Integer)


class Part(Plain):
    __tablename__ = "part"
    id = sa.Column(sa.Integer, sa.ForeignKey("author.id"), primary_key=True)
    parent = sa.Column(sa.Integer, sa.ForeignKey("part.id", ondelete="CASCADE"))
    place = relationship(Place, lazy="joined", primaryjoin="foreign(Part.id) == Place.id")


class Base(DeclarativeBase):
    pass


class Dated:
    made = sa.Column(sa.DateTime, nullable=False)
    number = sa.Column(sa.Integer, primary_key=True)


class Book(Dated, Base):
    __tablename__ = "book"
    __table_args__ = (sa.UniqueConstraint("name", name="uq"), {"schema": "s", "comment": "hello"})
    name = sa.Column(sa.String(20), index=True, comment="a name")
    mood = sa.Column(sa.Enum(Mood))


class Page(Base):
    __tablename__ = "page"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    other: Mapped[Optional[str]] = mapped_column(sa.String(3))
    third: Mapped[datetime.datetime] = mapped_column(index=True)
    book_id: Mapped[int] = mapped_column(sa.ForeignKey("s.book.number"))
    mood: Mapped[Mood] = mapped_column(sa.Enum(Mood))
    price: Mapped[Union[decimal.Decimal, None]]
    key: Mapped[uuid.UUID | None]
    book: Mapped[Book] = relationship(Book)
    tags: Mapped[bytes] = mapped_column("tag_bytes", nullable=True)


naming = {"uq": "uq_%(table_name)s_%(column_0_name)s", "ix": "i_%(column_0_label)s", "pk": "pk_%(table_name)s"}
Named = declarative_base(metadata=sa.MetaData(naming_convention=naming, schema="zz"))


class ByClass:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()

    id = sa.Column(sa.Integer, primary_key=True)


class Person(ByClass, Named):
    nick = sa.Column(sa.Text, unique=True, server_default="x", index=False)
    mail = sa.Column(sa.Text, index=True)

    @declared_attr
    def boss(cls):
        return sa.Column(sa.Integer, sa.ForeignKey("person.id"))


class Keyed(Named):
    __abstract__ = True
    k = sa.Column(sa.Integer, primary_key=True)


class Leaf(Keyed):
    __tablename__ = "leaf"


class Timed:
    id = sa.Column(sa.Integer, primary_key=True)


Own = orm.declarative_base(cls=Timed)


class Item(Own):
    __tablename__ = "item"
    label = sa.Column(sa.Text)


Other = declarative.declarative_base()


class Thing(Other):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)


Oldest = old_base()


class Stone(Oldest):
    __tablename__ = "stone"
    id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    weight = sa.Column(sa.Integer, onupdate=3)


class Shape(Oldest):
    __tablename__ = "shape"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "shape"}
    id = sa.Column(sa.Integer, primary_key=True)
    kind = sa.Column(sa.String)


class Square(Shape):
    side = sa.Column(sa.Integer)


metadata = sa.MetaData()
left = sa.Table("left", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("right_id", sa.ForeignKey("right.id")))
right = sa.Table("right", metadata, sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("mood", sa.Enum(Mood), index=True))
lost = sa.Table("lost", sa.MetaData(), sa.Column("id", sa.ForeignKey("nowhere.id")))
named = sa.Table("named", sa.MetaData(naming_convention=naming), sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text, unique=True))
inner = sa.MetaData(schema="inner")
first = sa.Table("first", inner, sa.Column("id", sa.Integer, primary_key=True))
second = sa.Table("second", inner, sa.Column("id", sa.Integer, sa.ForeignKey("first.id")), sa.Column("b", sa.Integer), sa.ForeignKeyConstraint(["b"], ["first.id"]))
chosen = sa.Table("chosen", sa.MetaData(), sa.Column("mood", sa.Enum("a", name="chosen_mood", create_type=False)), sa.Column("id", sa.Integer))


def upgrade():
    bind = op.get_bind()
    Plain.metadata.create_all(bind)
    Plain.metadata.create_all(bind, tables=[Part.__table__, Author.__table__])
    Plain.metadata.create_all(bind=op.get_bind(), checkfirst=False)
    Plain.metadata.drop_all(bind)
    Author.__table__.create(bind)
    Place.__table__.create(bind, checkfirst=True)
    Author.__table__.drop(bind)
    Place.__table__.drop(bind=bind, checkfirst=False)
    op.create_table("x", sa.Column("colour", sa.Enum("red", "blue", name="colour")))
    Author.metadata.tables["part"].create(bind)
    Base.metadata.create_all(bind)
    Base.metadata.drop_all(bind)
    Page.__table__.create(bind)
    Page.__table__.drop(bind)
    Book.__table__.create(bind)
    Named.metadata.create_all(bind)
    Person.__table__.create(bind)
    Leaf.metadata.drop_all(bind)
    Own.metadata.create_all(bind)
    Other.metadata.create_all(bind)
    Oldest.metadata.create_all(bind)  # open
    Stone.__table__.create(bind)
    metadata.create_all(bind)
    metadata.drop_all(bind)
    left.create(bind)
    lost.create(bind)
    named.create(bind)
    inner.create_all(bind)
    second.create(bind)
    chosen.create(bind)
    chosen.drop(bind)
    op.execute(sa.update(Author).values(name="x"))
    op.execute(sa.update(Author).where(Author.id == 3).values(name=Author.name + "x"))
    op.execute(sa.update(Author).where(Author.name.is_(None)).values({Author.name: "x"}))
    op.execute(sa.update(Author).where(Author.id.in_(sa.select(Place.id))).values(name=None))
    op.execute(sa.update(Author).values(id=Author.LIMIT))
    op.execute(sa.update(Place).values(other=3))  # open
    op.execute(sa.update(Place.__table__).values(another=3))
    op.execute(Place.__table__.update().values(another=Place.other))
    op.execute(sa.update(Stone).values(id=3))  # open
    op.execute(Author.__table__.update().where(Author.id == Place.id).values(name=Place.kind))
    op.execute(sa.delete(Author).where(Author.id.in_([1, 2])))
    op.execute(sa.delete(Author.__table__).where(Author.__table__.c.id == 1))
    op.execute(sa.insert(Author).values(id=3, name="x"))
    op.execute(sa.insert(Author).values(name="x"))
    op.execute(sa.insert(Author).values([{"id": 1}, {"id": 2}]))
    op.execute(Author.__table__.insert().values(name="x"))
    op.execute(sa.insert(Shape).values(id=3))  # open
    op.execute(sa.update(Shape).values(kind="x"))  # open
    op.execute(sa.insert(Leaf).from_select(["k"], sa.select(Person.id)))
    op.execute(sa.select(Author))  # open
    op.execute(sa.select(Part))  # open
    op.execute(sa.select(Page.id))
    op.execute(sa.select(Person))
    op.execute(sa.select(Item))
    op.execute(sa.select(Author.id, Author.name).where(Author.name == "x").order_by(Author.id))
    op.execute(sa.select(Page.id, Book.name).join(Book, Book.number == Page.book_id))
    op.execute(sa.select(sa.func.count(Author.id)))
    op.execute(Place.__table__.select())
    op.bulk_insert(Author.__table__, [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
    op.bulk_insert(Author, [{"id": 1}])
    op.add_column("z", sa.Column("k", sa.Integer, sa.ForeignKey(Author.id)))
    op.create_table(Thing.__tablename__, *[c.copy() for c in Thing.__table__.columns])
    op.execute("-- " + Author.__table__.name + Place.other.name + Place.__tablename__)
    op.execute("-- " + ", ".join(Base.metadata.tables))
    op.execute("-- " + ", ".join(table.name for table in Plain.metadata.sorted_tables))
    op.execute("-- " + inner.schema + str(Named.metadata.naming_convention["uq"]))
    op.execute(sa.update(Square).values(side=3))  # open
