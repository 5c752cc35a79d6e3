"""gift messages

Revision ID: d85a0c6e13f9
Revises: 07bf5e39a1d4
Create Date: 2025-03-03 14:08:12.775640

"""
from collections.abc import Sequence

from alembic import op
import sqlalchemy as sa

revision: str = "d85a0c6e13f9"
down_revision: str | Sequence[str] | None = "07bf5e39a1d4"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("gift_message", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "gift_message")
