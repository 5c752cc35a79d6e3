from alembic import context
from sqlalchemy import create_engine, pool, text

VERSION_TABLE = "schema_version"
LOCK = (7, 42)

options = dict(
    version_table=VERSION_TABLE,
    version_table_schema="ops",
    transaction_per_migration=True,
    include_schemas=True,
)

if context.is_offline_mode():
    context.configure(
        url="postgresql://", literal_binds=True, dialect_opts={"paramstyle": "named"}, **options
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:a, :b)"), {"a": LOCK[0], "b": LOCK[1]})
        connection.commit()
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
