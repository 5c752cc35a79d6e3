"""create orders

Revision ID: c4905ae7710f
Revises: 8b21d7e4f03a
Create Date: 2022-03-15 16:22:37.501188

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = 'c4905ae7710f'
down_revision = '8b21d7e4f03a'
branch_labels = None
depends_on = None

order_status = postgresql.ENUM(
    'new', 'paid', 'shipped', 'cancelled', name='order_status', create_type=False
)


def upgrade():
    order_status.create(op.get_bind(), checkfirst=True)
    op.create_table(
        'orders',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('customer_id', sa.Integer(), nullable=False),
        sa.Column('shipping_address_id', sa.Integer(), nullable=True),
        sa.Column('status', order_status, server_default='new', nullable=False),
        sa.Column('total', sa.Numeric(12, 2), server_default=sa.text('0'), nullable=False),
        sa.Column('note', sa.String(500), nullable=True),
        sa.Column('placed_at', sa.TIMESTAMP(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_orders_customer_id_customers')),
        sa.ForeignKeyConstraint(
            ['shipping_address_id'], ['addresses.id'],
            name=op.f('fk_orders_shipping_address_id_addresses'), ondelete='SET NULL',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    )
    op.create_index(op.f('ix_orders_customer_id'), 'orders', ['customer_id'])
    op.create_index(
        'ix_orders_open', 'orders', ['placed_at'],
        postgresql_where=sa.text("status IN ('new', 'paid')"),
    )
    op.create_table(
        'order_lines',
        sa.Column('order_id', sa.BigInteger(), nullable=False),
        sa.Column('line_no', sa.SmallInteger(), nullable=False),
        sa.Column('product_id', sa.Integer(), nullable=False),
        sa.Column('quantity', sa.Integer(), nullable=False),
        sa.Column('unit_price', sa.Numeric(10, 2), nullable=False),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_order_lines_quantity_positive')),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_lines_order_id_orders'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_order_lines_product_id_products')),
        sa.PrimaryKeyConstraint('order_id', 'line_no', name=op.f('pk_order_lines')),
    )


def downgrade():
    op.drop_table('order_lines')
    op.drop_index('ix_orders_open', table_name='orders')
    op.drop_index(op.f('ix_orders_customer_id'), table_name='orders')
    op.drop_table('orders')
    order_status.drop(op.get_bind(), checkfirst=True)
