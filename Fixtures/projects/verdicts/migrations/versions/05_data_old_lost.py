"""the upgrade destroys; the downgrade brings back an empty column

Revision ID: data_old_lost
Revises: code_breaks
Create Date: 2025-02-05 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = 'data_old_lost'
down_revision = 'code_breaks'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column("notes", "mood")


def downgrade():
    op.add_column("notes", sa.Column("mood", sa.Text()))
