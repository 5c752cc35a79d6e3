"""key by note"""

from alembic import op
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.ext.compiler import compiles

from app import helpers  # noqa: F401

revision = "1111aaaa0002"
down_revision = "1111aaaa0001"


@compiles(ForeignKeyConstraint, "postgresql")
def unnamed_on_cascade(element, compiler, **kw):
    return compiler.visit_foreign_key_constraint(element, **kw) + " /* checked */"


def upgrade():
    op.drop_constraint("tags_pkey", "tags", type_="primary")
    op.create_primary_key("tags_key", "tags", ["note_id", "name"])
    op.create_foreign_key(None, "tags", "people", ["person_id"], ["id"], ondelete="CASCADE")
    op.create_unique_constraint(None, "tags", ["name", "note_id"])


def downgrade():
    op.drop_constraint("uq_tags_name", "tags", type_="unique")
    op.drop_constraint("fk_tags_person_id_people", "tags", type_="foreignkey")
    op.drop_constraint("tags_key", "tags", type_="primary")
    op.create_primary_key("tags_pkey", "tags", ["name"])
