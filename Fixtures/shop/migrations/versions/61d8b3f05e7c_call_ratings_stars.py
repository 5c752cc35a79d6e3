"""call ratings stars, as the app does

Revision ID: 61d8b3f05e7c
Revises: 4c0e7a82d5b9
Create Date: 2024-06-03 09:31:58.404417

"""
from collections.abc import Sequence

from alembic import op
import sqlalchemy as sa

revision: str = "61d8b3f05e7c"
down_revision: str | Sequence[str] | None = "4c0e7a82d5b9"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.alter_column("reviews", "rating", new_column_name="stars", existing_type=sa.SmallInteger())
    op.execute("ALTER TABLE reviews RENAME CONSTRAINT ck_reviews_rating_in_range TO ck_reviews_stars_in_range")
    op.rename_table("order_lines", "order_items")


def downgrade() -> None:
    op.rename_table("order_items", "order_lines")
    op.execute("ALTER TABLE reviews RENAME CONSTRAINT ck_reviews_stars_in_range TO ck_reviews_rating_in_range")
    op.alter_column("reviews", "stars", new_column_name="rating", existing_type=sa.SmallInteger())
