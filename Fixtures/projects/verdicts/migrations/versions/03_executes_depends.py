"""the way back fails where the new freedom was used

Revision ID: executes_depends
Revises: all_is_well
Create Date: 2025-02-03 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'executes_depends'
down_revision = 'all_is_well'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("notes", "author", existing_type=sa.String(80), nullable=True)


def downgrade():
    op.alter_column("notes", "author", existing_type=sa.String(80), nullable=False)
