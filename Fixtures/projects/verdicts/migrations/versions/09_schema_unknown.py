"""the downgrade is a program in the database: its effect is not in the statement

Revision ID: schema_unknown
Revises: executes_unknown
Create Date: 2025-02-09 09:00:00.000000

"""
from alembic import op

revision = 'schema_unknown'
down_revision = 'executes_unknown'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_notes_search", "notes", ["text", "id"])


def downgrade():
    op.execute("DO $$ BEGIN EXECUTE format('DROP INDEX %I', 'ix_notes_' || 'search'); END $$")
