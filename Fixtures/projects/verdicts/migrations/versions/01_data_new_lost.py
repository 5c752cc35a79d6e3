"""a new table: what is written into it goes with the downgrade

Revision ID: data_new_lost
Revises:
Create Date: 2025-02-01 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'data_new_lost'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("mood", sa.Text()),
    )


def downgrade():
    op.drop_table("notes")
