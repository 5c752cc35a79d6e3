"""merge promotions and inventory

Revision ID: d6e1f8024c9b
Revises: 0f8e2d6c4b71, 94b0e85d3a17
Create Date: 2022-10-17 09:00:12.006733

"""
# revision identifiers, used by Alembic.
revision = 'd6e1f8024c9b'
down_revision = ('0f8e2d6c4b71', '94b0e85d3a17')
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
