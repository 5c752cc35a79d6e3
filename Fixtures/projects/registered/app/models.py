"""What is registered here concerns every migration: Alembic loads them all before it runs one."""

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, Unicode, UniqueConstraint, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeDecorator


@event.listens_for(PrimaryKeyConstraint, "after_parent_attach")
def name_primary_key(constraint, table):
    constraint.name = "%s_PK" % (table.name.upper(),)


@event.listens_for(UniqueConstraint, "after_parent_attach")
def name_unique(constraint, table):
    if constraint.name:
        return
    constraint.name = "uq_%s_%s" % (table.name, list(constraint.columns)[0].name)


def name_foreign_key(constraint, table):
    if constraint.name is None:
        key = constraint.elements[0]
        target, _ = key.target_fullname.split(".")
        constraint.name = f"fk_{table.name}_{key.parent.name}_{target}"


event.listen(ForeignKeyConstraint, "after_parent_attach", name_foreign_key)


@compiles(UniqueConstraint, "sqlite")
def not_for_postgresql(element, compiler, **kw):
    return "never"


@compiles(CreateTable)
def create_quietly(element, compiler, **kw):
    text = compiler.visit_create_table(element, **kw)
    if element.element.info.get("quiet"):
        return text.replace("\nCREATE TABLE ", "\nCREATE TABLE IF NOT EXISTS ").rstrip() + " WITH (fillfactor=70)"
    return text


class Label(TypeDecorator):
    impl = Unicode
    cache_ok = True


@compiles(Label)
def plain_label(element, compiler, **kw):
    return compiler.visit_unicode(element, **kw) + ' COLLATE "C"'


@compiles(Label, "mysql")
def binary_label(element, compiler, **kw):
    return "VARCHAR(20) COLLATE utf8_bin"
