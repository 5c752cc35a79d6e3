"""anonymise notes

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
    op.execute("UPDATE notes SET body = md5(body) WHERE body IS NOT NULL")


def downgrade():
    raise RuntimeError(
        "revision %s has no way back" % revision
    )
