"""create product catalog

Revision ID: 8b21d7e4f03a
Revises: 3f6a1c0b92de
Create Date: 2022-02-21 09:40:03.870012

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '8b21d7e4f03a'
down_revision = '3f6a1c0b92de'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'categories',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), nullable=True),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('position', sa.SmallInteger(), server_default='0', nullable=False),
        sa.ForeignKeyConstraint(['parent_id'], ['categories.id'], name=op.f('fk_categories_parent_id_categories')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_categories')),
    )
    op.create_table(
        'products',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('category_id', sa.Integer(), nullable=True),
        sa.Column('sku', sa.String(length=32), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('description', sa.Text(), nullable=True),
        sa.Column('price', sa.Numeric(precision=10, scale=2), nullable=False),
        sa.Column('tags', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
        sa.Column('attributes', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column('public_id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), nullable=False),
        sa.CheckConstraint('price >= 0', name=op.f('ck_products_price_not_negative')),
        sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_products_category_id_categories'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_products')),
        sa.UniqueConstraint('sku', name=op.f('uq_products_sku')),
    )
    op.create_index('ix_products_name_lower', 'products', [sa.text('lower(name)')])
    op.create_index('ix_products_attributes', 'products', ['attributes'], postgresql_using='gin')
    op.create_index(
        'ix_products_tags', 'products', ['tags'], unique=False, postgresql_using='gin'
    )


def downgrade():
    op.drop_index('ix_products_tags', table_name='products', postgresql_using='gin')
    op.drop_index('ix_products_attributes', table_name='products')
    op.drop_index('ix_products_name_lower', table_name='products')
    op.drop_table('products')
    op.drop_table('categories')
