"""Operations and types of libraries around Alembic; tests compare what each statement emits."""

import sqlalchemy as sa
from alembic import op
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_materialized_view import PGMaterializedView
from alembic_utils.pg_policy import PGPolicy
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView
from enumtables.alembic_ops import EnumInsertOp  # noqa: F401
from geoalchemy2 import Geography, Geometry, Raster
from geoalchemy2 import alembic_helpers  # noqa: F401
from pgvector.sqlalchemy import Vector
from sqlalchemy_utils import (
    ChoiceType,
    CountryType,
    EmailType,
    IPAddressType,
    JSONType,
    LtreeType,
    ScalarListType,
    TSVectorType,
    URLType,
    UUIDType,
)

revision = "1111aaaa0001"
down_revision = None

to_upper = PGFunction(
    schema="public",
    signature="to_upper(some_text text DEFAULT 'a', n  int)",
    definition="""
RETURNS text AS
$$
  SELECT upper(some_text) || concat(n::text, ':x')
$$ language SQL;
""",
)
counted = PGFunction(
    schema="app.inner",
    signature='"Counted"()',
    definition="returns int as $$ declare n int := 1; begin n := n + 1; return n; end; $$ language 'plpgsql'",
)
people = PGView("public", "people_view", "SELECT id, name FROM people WHERE name <> 'x' ; ")
summary = PGMaterializedView(
    schema="public", signature="summary", definition="select 1 as one", with_data=False
)
filled = PGMaterializedView("public", "filled", "select 2 as two;")
touched = PGTrigger(
    schema="public",
    signature="touched_people",
    on_entity="public.people",
    definition="BEFORE  UPDATE OF name\n ON people FOR EACH ROW EXECUTE PROCEDURE public.touch('a')",
)
checked = PGTrigger(
    "app", "checked", "after insert on app.people deferrable for each row execute function f()",
    "people", is_constraint=True,
)
mine = PGPolicy(
    schema="public",
    signature="only_mine",
    on_entity="people",
    definition="as permissive for select to app using (owner = current_user::text)",
)
trgm = PGExtension(schema="public", signature="pg_trgm")


def upgrade():
    op.create_entity(to_upper)
    op.replace_entity(to_upper)
    op.drop_entity(to_upper)
    op.drop_entity(to_upper, cascade=True)
    op.create_entity(counted)
    op.replace_entity(counted)
    op.drop_entity(counted)
    op.create_entity(people)
    op.replace_entity(people)
    op.drop_entity(people)
    op.drop_entity(people, cascade=True)
    op.create_entity(summary)
    op.replace_entity(summary)
    op.drop_entity(summary)
    op.create_entity(filled)
    op.replace_entity(filled)
    op.create_entity(touched)
    op.replace_entity(touched)
    op.drop_entity(touched)
    op.create_entity(checked)
    op.drop_entity(checked, cascade=True)
    op.create_entity(mine)
    op.replace_entity(mine)
    op.drop_entity(mine)
    op.create_entity(trgm)
    op.drop_entity(trgm)
    op.drop_entity(trgm, cascade=True)
    op.enum_insert("colours", ["red", "green"])
    op.enum_insert("colours", [])
    op.enum_delete("colours", ["red"])
    op.create_table("places", sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", Geometry("POINT", srid=4326)))
    op.create_table("areas", sa.Column("shape", Geography("POLYGON", 4326, spatial_index=False)), schema="geo")
    op.create_table("tiles", sa.Column("raster", Raster), sa.Column("volume", Geometry("POLYHEDRALSURFACEZ", dimension=3, use_N_D_index=True)))
    op.create_table("managed", sa.Column("shape", Geometry("POINT", use_typmod=False), nullable=True))  # open
    op.add_column("places", sa.Column("area", Geometry("MULTIPOLYGON", 4326)), schema="geo")
    op.add_column("places", sa.Column("line", Geometry(geometry_type="LINESTRING", srid=3857, spatial_index=False), nullable=False))
    op.create_geospatial_table("spots", sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", Geometry("POINT", spatial_index=False)))
    op.add_geospatial_column("spots", sa.Column("region", Geometry("POLYGON", spatial_index=True)))
    op.create_geospatial_index("idx_spots_at", "spots", ["at"], unique=False, postgresql_using="gist", postgresql_ops={})
    op.drop_geospatial_index("idx_spots_at", table_name="spots", postgresql_using="gist", column_name="at")
    op.drop_geospatial_column("spots", "region")
    op.drop_geospatial_table("spots")
    op.add_column("t", sa.Column("embedding", Vector(3)))
    op.add_column("t", sa.Column("embedding", Vector))
    op.add_column("t", sa.Column("b", ChoiceType([("a", "A")])))
    op.add_column("t", sa.Column("b", ChoiceType([("a", "A")], impl=sa.Integer())))
    op.add_column("t", sa.Column("d", CountryType))
    op.add_column("t", sa.Column("e", EmailType))
    op.add_column("t", sa.Column("e", EmailType(length=80)))
    op.add_column("t", sa.Column("f", IPAddressType))
    op.add_column("t", sa.Column("g", JSONType))
    op.add_column("t", sa.Column("h", LtreeType))
    op.add_column("t", sa.Column("j", ScalarListType))
    op.add_column("t", sa.Column("k", TSVectorType))
    op.add_column("t", sa.Column("l", URLType))
    op.add_column("t", sa.Column("m", UUIDType))
    op.add_column("t", sa.Column("m", UUIDType(binary=False)))
    op.add_column("t", sa.Column("m", UUIDType(native=False)))


def downgrade():
    pass
