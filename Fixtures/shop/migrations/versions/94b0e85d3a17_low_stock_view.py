"""low stock view for the buyers

Revision ID: 94b0e85d3a17
Revises: 7c95d1408ea6
Create Date: 2022-10-04 10:48:21.735620

"""
from textwrap import dedent

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '94b0e85d3a17'
down_revision = '7c95d1408ea6'
branch_labels = None
depends_on = None

THRESHOLD = 5


def upgrade():
    op.execute(
        dedent(
            f"""\
            CREATE VIEW inventory.low_stock AS
            SELECT p.sku, p.name, s.warehouse, s.available
            FROM inventory.stock_levels AS s
            JOIN products AS p ON p.id = s.product_id
            WHERE s.available < {THRESHOLD}
            """
        )
    )
    op.execute(sa.text("COMMENT ON VIEW inventory.low_stock IS 'what to order again; see the buyers'' handbook'"))


def downgrade():
    op.execute("DROP VIEW inventory.low_stock")
