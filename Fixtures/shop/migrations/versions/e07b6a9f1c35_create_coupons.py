"""create coupons

Revision ID: e07b6a9f1c35
Revises: b2f4730d95ec
Create Date: 2022-09-05 08:57:44.913506

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'e07b6a9f1c35'
down_revision = 'b2f4730d95ec'
branch_labels = ('promotions',)
depends_on = None


def upgrade():
    op.create_table(
        "coupons",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(24), nullable=False, unique=True),
        sa.Column("kind", sa.Enum("percent", "amount", name="coupon_kind"), nullable=False),
        sa.Column("value", sa.Numeric(8, 2), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.CheckConstraint("value > 0", name="value_positive"),
        comment="Discount codes; redeemed at checkout",
    )


def downgrade():
    op.drop_table("coupons")
    op.execute("DROP TYPE coupon_kind")
