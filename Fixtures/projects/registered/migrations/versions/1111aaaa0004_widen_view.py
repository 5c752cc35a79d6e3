"""widen view"""

from alembic import op

from app.views import ReplaceableObject

revision = "1111aaaa0004"
down_revision = "1111aaaa0003"

titles = ReplaceableObject("titles", "SELECT id, title FROM main.notes")


def upgrade():
    op.replace_view(titles, replaces="1111aaaa0003.titles")


def downgrade():
    op.replace_view(titles, replace_with="1111aaaa0003.titles")
