"""add author

Revision ID: 1111aaaa0003
Revises: 1111aaaa0001
Create Date: 2025-01-06 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '1111aaaa0003'
down_revision = '1111aaaa0001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("notes", sa.Column("author", sa.String(80)))


def downgrade():
    op.drop_column("notes", "author")
