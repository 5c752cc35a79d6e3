"""create notes

Revision ID: 1111aaaa0001
Revises:
Create Date: 2025-01-06 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '1111aaaa0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("body", sa.Text()))


def downgrade():
    op.drop_table("notes")
