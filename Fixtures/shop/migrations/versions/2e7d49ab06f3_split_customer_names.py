"""split customer names

Revision ID: 2e7d49ab06f3
Revises: d6e1f8024c9b
Create Date: 2023-01-23 15:26:40.618455

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '2e7d49ab06f3'
down_revision: Union[str, None] = 'd6e1f8024c9b'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

customers = sa.table(
    'customers',
    sa.column('full_name', sa.String),
    sa.column('first_name', sa.String),
    sa.column('last_name', sa.String),
)


def upgrade() -> None:
    with op.batch_alter_table('customers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('first_name', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('last_name', sa.String(length=80), nullable=True))

    op.execute("""
        UPDATE customers
        SET first_name = split_part(full_name, ' ', 1),
            last_name = substr(full_name, length(split_part(full_name, ' ', 1)) + 2)
    """)
    op.execute(
        customers.update().where(customers.c.last_name == '').values(last_name='-')
    )

    with op.batch_alter_table('customers', schema=None) as batch_op:
        batch_op.alter_column('first_name', existing_type=sa.String(length=80), nullable=False)
        batch_op.alter_column('last_name', existing_type=sa.String(length=80), nullable=False)
        # The old code still writes it; the new code does not.
        batch_op.alter_column('full_name', existing_type=sa.String(length=120), nullable=True)
        batch_op.create_index('ix_customers_last_name', ['last_name', 'first_name'])


def downgrade() -> None:
    op.execute(
        "UPDATE customers SET full_name = first_name || ' ' || last_name WHERE full_name IS NULL"
    )
    with op.batch_alter_table('customers', schema=None) as batch_op:
        batch_op.drop_index('ix_customers_last_name')
        batch_op.alter_column('full_name', existing_type=sa.String(length=120), nullable=False)
        batch_op.drop_column('last_name')
        batch_op.drop_column('first_name')
