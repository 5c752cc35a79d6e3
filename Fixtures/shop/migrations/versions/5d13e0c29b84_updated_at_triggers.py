"""updated_at, kept by a trigger

Revision ID: 5d13e0c29b84
Revises: c4905ae7710f
Create Date: 2022-05-02 11:05:19.224871

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '5d13e0c29b84'
down_revision = 'c4905ae7710f'
branch_labels = None
depends_on = None

TABLES = ('customers', 'products', 'orders')

CREATE_FUNCTION = """
CREATE FUNCTION touch_updated_at() RETURNS trigger AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql
"""


def upgrade():
    op.execute(CREATE_FUNCTION)
    for table in TABLES:
        op.add_column(
            table,
            sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        )
        op.execute(
            f"CREATE TRIGGER {table}_touch_updated_at BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
        )


def downgrade():
    for table in reversed(TABLES):
        op.execute(f"DROP TRIGGER {table}_touch_updated_at ON {table}")
        op.drop_column(table, 'updated_at')
    op.execute("DROP FUNCTION touch_updated_at()")
