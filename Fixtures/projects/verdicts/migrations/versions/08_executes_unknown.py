"""the downgrade runs what is known at run time only

Revision ID: executes_unknown
Revises: executes_no
Create Date: 2025-02-08 09:00:00.000000

"""
import os

from alembic import op

revision = 'executes_unknown'
down_revision = 'executes_no'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notes_id_author", "notes", ["id", "author"])


def downgrade():
    op.execute(os.environ["NOTES_ROLLBACK_SQL"])
