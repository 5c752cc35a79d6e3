"""a rename: reversible without loss, but old code asks for the old name

Revision ID: code_breaks
Revises: executes_depends
Create Date: 2025-02-04 09:00:00.000000

"""
from alembic import op

revision = 'code_breaks'
down_revision = 'executes_depends'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("notes", "body", new_column_name="text")


def downgrade():
    op.alter_column("notes", "text", new_column_name="body")
