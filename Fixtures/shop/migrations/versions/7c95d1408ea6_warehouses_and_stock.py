"""warehouses and stock levels

Revision ID: 7c95d1408ea6
Revises: b2f4730d95ec
Create Date: 2022-09-12 13:03:55.380141

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '7c95d1408ea6'
down_revision = 'b2f4730d95ec'
branch_labels = None
depends_on = None

SCHEMA = "inventory"


def upgrade():
    op.execute(f"CREATE SCHEMA {SCHEMA}")
    warehouses = op.create_table(
        "warehouses",
        sa.Column("code", sa.CHAR(3), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("city", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("code"),
        schema=SCHEMA,
    )
    op.bulk_insert(
        warehouses,
        [
            {"code": "BER", "name": "Berlin South", "city": "Schönefeld"},
            {"code": "MUC", "name": "Munich", "city": "Garching"},
            {"code": "LEJ", "name": "Halle/Leipzig", "city": "Schkeuditz"},
        ],
    )
    op.create_table(
        "stock_levels",
        sa.Column("id", sa.BigInteger(), sa.Identity(start=1, increment=1), nullable=False),
        sa.Column("warehouse", sa.CHAR(3), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("available", sa.Integer(), sa.Computed("on_hand - reserved", persisted=True)),
        sa.ForeignKeyConstraint(["warehouse"], [f"{SCHEMA}.warehouses.code"]),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("warehouse", "product_id"),
        schema=SCHEMA,
    )


def downgrade():
    op.drop_table("stock_levels", schema=SCHEMA)
    op.drop_table("warehouses", schema=SCHEMA)
    op.execute(f"DROP SCHEMA {SCHEMA}")
