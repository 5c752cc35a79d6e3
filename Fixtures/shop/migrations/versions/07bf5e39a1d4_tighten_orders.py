"""tighten orders

Revision ID: 07bf5e39a1d4
Revises: 9ea2c71d40f6
Create Date: 2025-01-13 11:17:46.283094

"""
from collections.abc import Sequence

from alembic import op
import sqlalchemy as sa

revision: str = "07bf5e39a1d4"
down_revision: str | Sequence[str] | None = "9ea2c71d40f6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_check_constraint("total_not_negative", "orders", "total >= 0", postgresql_not_valid=True)
    op.execute("ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_total_not_negative")
    op.create_unique_constraint("uq_categories_parent_id_name", "categories", ["parent_id", "name"])
    op.alter_column(
        "categories",
        "position",
        existing_type=sa.SmallInteger(),
        server_default="100",
        existing_server_default=sa.text("0"),
        existing_nullable=False,
    )


def downgrade() -> None:
    op.alter_column(
        "categories",
        "position",
        existing_type=sa.SmallInteger(),
        server_default="0",
        existing_server_default=sa.text("100"),
        existing_nullable=False,
    )
    op.drop_constraint("uq_categories_parent_id_name", "categories", type_="unique")
    op.drop_constraint(op.f("ck_orders_total_not_negative"), "orders", type_="check")
