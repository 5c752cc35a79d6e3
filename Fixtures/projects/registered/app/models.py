"""What is registered here concerns every migration: Alembic loads them all before it runs one."""

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint, event
from sqlalchemy.ext.compiler import compiles


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
