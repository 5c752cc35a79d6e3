"""add view"""

from alembic import op

from app.views import ReplaceableObject

revision = "1111aaaa0003"
down_revision = "1111aaaa0002"

titles = ReplaceableObject("titles", "SELECT title FROM main.notes")


def upgrade():
    op.create_view(titles)


def downgrade():
    op.drop_view(titles)
