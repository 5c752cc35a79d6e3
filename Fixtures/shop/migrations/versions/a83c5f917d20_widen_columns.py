"""widen columns that ran out of room

Revision ID: a83c5f917d20
Revises: 2e7d49ab06f3
Create Date: 2023-06-12 12:39:01.297784

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'a83c5f917d20'
down_revision: Union[str, None] = '2e7d49ab06f3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.alter_column('categories', 'name',
               existing_type=sa.VARCHAR(length=80),
               type_=sa.String(length=160),
               existing_nullable=False)
    op.alter_column('order_lines', 'quantity',
               existing_type=sa.INTEGER(),
               type_=sa.BigInteger(),
               existing_nullable=False)
    op.alter_column('orders', 'note',
               existing_type=sa.VARCHAR(length=500),
               type_=sa.Text(),
               comment='shown on the packing slip',
               existing_nullable=True)


def downgrade() -> None:
    op.alter_column('orders', 'note',
               existing_type=sa.Text(),
               type_=sa.VARCHAR(length=500),
               comment=None,
               existing_comment='shown on the packing slip',
               existing_nullable=True)
    op.alter_column('order_lines', 'quantity',
               existing_type=sa.BigInteger(),
               type_=sa.INTEGER(),
               existing_nullable=False)
    op.alter_column('categories', 'name',
               existing_type=sa.String(length=160),
               type_=sa.VARCHAR(length=80),
               existing_nullable=False)
