"""fold the title into the body

Revision ID: 1111aaaa0002
Revises: 1111aaaa0001
Create Date: 2025-01-06 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '1111aaaa0002'
down_revision = '1111aaaa0001'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE notes SET body = upper(body)")


def downgrade():
    raise NotImplementedError("upper case cannot be undone")
