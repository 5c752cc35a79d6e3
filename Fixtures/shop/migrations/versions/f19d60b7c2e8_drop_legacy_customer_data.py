"""drop full_name and the old newsletter

Both have been unused since the name split; the newsletter moved to the mailing service.

Revision ID: f19d60b7c2e8
Revises: a83c5f917d20
Create Date: 2024-02-05 10:20:33.541926

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'f19d60b7c2e8'
down_revision: Union[str, None] = 'a83c5f917d20'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.drop_column('customers', 'full_name')
    op.drop_table('newsletter_signups')


def downgrade() -> None:
    # Structure only: the addresses and the names as typed are gone.
    op.create_table('newsletter_signups',
    sa.Column('email', sa.VARCHAR(length=255), autoincrement=False, nullable=False),
    sa.Column('signed_up_on', sa.DATE(), server_default=sa.text('CURRENT_DATE'), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('email', name='pk_newsletter_signups')
    )
    op.add_column('customers', sa.Column('full_name', sa.VARCHAR(length=120), autoincrement=False, nullable=True))
