"""nothing in either direction

Revision ID: 1111aaaa0003
Revises: 1111aaaa0002
Create Date: 2025-01-06 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '1111aaaa0003'
down_revision = '1111aaaa0002'
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    """Nothing to undo."""
