"""create notes"""

import os

import sqlalchemy as sa
from alembic import op

from app.models import Label
from app.registry import limits

revision = "1111aaaa0001"
down_revision = None

SCHEMA = os.environ["NOTES_SCHEMA"]


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String(limits["title"]), unique=True),
        schema=SCHEMA,
    )
    op.create_table(
        "tags",
        sa.Column("name", sa.Text),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("notes.id")),
        sa.Column("kind", Label(20)),
        sa.PrimaryKeyConstraint("name", name="tags_pkey"),
        info={"quiet": True},
    )


def downgrade():
    op.drop_table("tags")
    op.drop_table("notes", schema=os.getenv("NOTES_SCHEMA"))
