"""the upgrade runs what is known at run time only; neither data nor old code can be judged

Revision ID: data_unknown
Revises: schema_unknown
Create Date: 2025-02-10 09:00:00.000000

"""
import os

from alembic import op

revision = 'data_unknown'
down_revision = 'schema_unknown'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(os.environ["NOTES_CLEANUP_SQL"])


def downgrade():
    pass
