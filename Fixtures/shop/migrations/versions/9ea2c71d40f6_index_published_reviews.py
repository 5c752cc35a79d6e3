"""index published reviews

Revision ID: 9ea2c71d40f6
Revises: 61d8b3f05e7c
Create Date: 2024-09-16 18:02:27.950331

"""
from collections.abc import Sequence

from alembic import op
import sqlalchemy as sa

revision: str = "9ea2c71d40f6"
down_revision: str | Sequence[str] | None = "61d8b3f05e7c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_reviews_published",
            "reviews",
            ["product_id", sa.text("written_at DESC")],
            postgresql_where=sa.text("published"),
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index(
            "ix_reviews_published",
            table_name="reviews",
            postgresql_concurrently=True,
            if_exists=True,
        )
