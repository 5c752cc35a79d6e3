"""the downgrade raises

Revision ID: executes_no
Revises: schema_differs
Create Date: 2025-02-07 09:00:00.000000

"""
from alembic import op

revision = 'executes_no'
down_revision = 'schema_differs'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notes_author_id", "notes", ["author", "id"])


def downgrade():
    raise NotImplementedError("restore the backup")
