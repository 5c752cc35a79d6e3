"""redeem coupons

Revision ID: 0f8e2d6c4b71
Revises: e07b6a9f1c35
Create Date: 2022-09-19 17:12:30.447209

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '0f8e2d6c4b71'
down_revision = 'e07b6a9f1c35'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("orders", sa.Column("coupon_id", sa.Integer(), nullable=True, comment="the code used, if any"))
    op.create_foreign_key(
        op.f("fk_orders_coupon_id_coupons"), "orders", "coupons", ["coupon_id"], ["id"], ondelete="RESTRICT"
    )
    op.add_column(
        "coupons",
        sa.Column("max_uses", sa.Integer(), server_default=sa.text("1"), nullable=False),
    )
    op.create_check_constraint("max_uses_positive", "coupons", sa.column("max_uses") > 0)


def downgrade():
    op.drop_constraint(op.f("ck_coupons_max_uses_positive"), "coupons", type_="check")
    op.drop_column("coupons", "max_uses")
    op.drop_constraint(op.f("fk_orders_coupon_id_coupons"), "orders", type_="foreignkey")
    op.drop_column("orders", "coupon_id")
