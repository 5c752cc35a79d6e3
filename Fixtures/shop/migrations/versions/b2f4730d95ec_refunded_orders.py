"""refunded orders

Revision ID: b2f4730d95ec
Revises: 5d13e0c29b84
Create Date: 2022-07-11 14:31:08.060925

"""
from alembic import op

# revision identifiers, used by Alembic.
revision = 'b2f4730d95ec'
down_revision = '5d13e0c29b84'
branch_labels = None
depends_on = None


def upgrade():
    # ALTER TYPE ... ADD VALUE: the new value cannot be used before its transaction commits.
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'refunded' AFTER 'shipped'")


def downgrade():
    # PostgreSQL cannot remove a value from an enum; it does no harm.
    pass
