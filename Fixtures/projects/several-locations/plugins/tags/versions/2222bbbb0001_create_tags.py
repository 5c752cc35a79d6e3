"""create tags

Revision ID: 2222bbbb0001
Revises:
Create Date: 2025-01-06 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '2222bbbb0001'
down_revision = None
branch_labels = ('tags',)
depends_on = "1111aaaa0001"


def upgrade():
    op.create_table("tags", sa.Column("name", sa.Text(), primary_key=True))


def downgrade():
    op.drop_table("tags")
