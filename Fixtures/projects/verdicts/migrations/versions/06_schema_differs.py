"""the downgrade forgets the second index

Revision ID: schema_differs
Revises: data_old_lost
Create Date: 2025-02-06 09:00:00.000000

"""
from alembic import op

revision = 'schema_differs'
down_revision = 'data_old_lost'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notes_text", "notes", ["text"])
    op.create_index("ix_notes_text_author", "notes", ["text", "author"])


def downgrade():
    op.drop_index("ix_notes_text", table_name="notes")
