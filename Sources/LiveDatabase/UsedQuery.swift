// Whether the database has what statements use by name, and where: one query on the catalogs.

import DatabaseFacts

enum UsedQuery {
  static let limit = 20_000

  static func parameters(_ uses: [SchemaRequest.Use]) -> [String] {
    [
      uses.map(\.kind.rawValue), uses.map(\.name.schema), uses.map(\.name.name), uses.map(\.of),
      uses.map(\.ownSchema),
    ].map(arrayLiteral)
  }

  /// A row for each use that something of its name answers to, by its place. What has no schema, or is
  /// found without one, counts as found.
  static let text = """
    WITH wanted AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        WITH ORDINALITY AS w(kind, schema, name, part_of, own, place)
    ), path AS (
      SELECT p.s AS schema FROM unnest(current_schemas(true)) AS p(s)
    ), found AS (
      SELECT w.place, c.relnamespace AS namespace
      FROM wanted w JOIN pg_catalog.pg_class c ON c.relname = w.name::name
      WHERE w.kind = 'relation'
      UNION ALL
      SELECT w.place, t.typnamespace
      FROM wanted w JOIN pg_catalog.pg_type t ON t.typname = w.name::name
      WHERE w.kind IN ('type', 'function')
      UNION ALL
      SELECT w.place, p.pronamespace
      FROM wanted w JOIN pg_catalog.pg_proc p ON p.proname = w.name::name
      WHERE w.kind = 'function'
      UNION ALL
      SELECT w.place, c.collnamespace
      FROM wanted w JOIN pg_catalog.pg_collation c ON c.collname = w.name::name
      WHERE w.kind = 'collation' AND c.collencoding IN (-1, (
        SELECT d.encoding FROM pg_catalog.pg_database d WHERE d.datname = current_database()))
      UNION ALL
      SELECT w.place, o.opcnamespace
      FROM wanted w JOIN pg_catalog.pg_am m ON m.amname = w.part_of::name
      JOIN pg_catalog.pg_opclass o ON o.opcmethod = m.oid AND o.opcname = w.name::name
      WHERE w.kind = 'operator class'
      UNION ALL
      SELECT w.place, NULL
      FROM wanted w JOIN pg_catalog.pg_am m ON m.amname = w.part_of::name
      JOIN pg_catalog.pg_type t ON t.typname = w.name::name
        AND t.typnamespace = 'pg_catalog'::regnamespace
      JOIN pg_catalog.pg_opclass o ON o.opcmethod = m.oid AND o.opcintype = t.oid AND o.opcdefault
      WHERE w.kind = 'default operator class'
      UNION ALL
      SELECT w.place, o.oprnamespace
      FROM wanted w JOIN pg_catalog.pg_operator o ON o.oprname = w.name::name
      WHERE w.kind = 'operator'
      UNION ALL
      SELECT w.place, o.oprnamespace
      FROM wanted w JOIN pg_catalog.pg_extension e ON e.extname = w.part_of::name
      JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::regclass
        AND d.refobjid = e.oid AND d.classid = 'pg_catalog.pg_operator'::regclass
        AND d.deptype = 'e'
      JOIN pg_catalog.pg_operator o ON o.oid = d.objid AND o.oprname = w.name::name
      WHERE w.kind = 'operator of extension'
      UNION ALL
      SELECT w.place, c.cfgnamespace
      FROM wanted w JOIN pg_catalog.pg_ts_config c ON c.cfgname = w.name::name
      WHERE w.kind = 'text search configuration'
      UNION ALL
      SELECT w.place, d.dictnamespace
      FROM wanted w JOIN pg_catalog.pg_ts_dict d ON d.dictname = w.name::name
      WHERE w.kind = 'text search dictionary'
      UNION ALL
      SELECT w.place, NULL FROM wanted w WHERE CASE w.kind
        WHEN 'schema' THEN EXISTS (
          SELECT FROM pg_catalog.pg_namespace WHERE nspname = w.name::name)
        WHEN 'access method' THEN EXISTS (
          SELECT FROM pg_catalog.pg_am WHERE amname = w.name::name)
        WHEN 'tablespace' THEN EXISTS (
          SELECT FROM pg_catalog.pg_tablespace WHERE spcname = w.name::name)
        WHEN 'language' THEN EXISTS (
          SELECT FROM pg_catalog.pg_language WHERE lanname = w.name::name)
        WHEN 'extension' THEN EXISTS (
          SELECT FROM pg_catalog.pg_extension WHERE extname = w.name::name)
        WHEN 'server' THEN EXISTS (
          SELECT FROM pg_catalog.pg_foreign_server WHERE srvname = w.name::name)
        ELSE false END
    ), placed AS (
      SELECT w.place, n.nspname::text AS schema,
             f.namespace IS NULL OR CASE WHEN w.schema IS NULL
               THEN n.nspname = w.own::name OR n.nspname IN (SELECT schema FROM path)
               ELSE n.nspname = w.schema::name END AS fits
      FROM found f JOIN wanted w ON w.place = f.place
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.namespace
    )
    SELECT place::text, coalesce(bool_or(fits), false)::text,
           min(schema) FILTER (WHERE fits IS NOT TRUE AND schema !~ '^pg_(temp|toast)')
    FROM placed GROUP BY place ORDER BY placed.place
    LIMIT \(limit + 1)
    """

  static func take(_ rows: [[String?]], of uses: [SchemaRequest.Use], _ facts: inout SchemaFacts) {
    var found: [Int: [String?]] = [:]
    for row in rows where row.count == 3 {
      if let place = row[0].flatMap({ Int($0) }) { found[place] = row }
    }
    facts.used = uses.enumerated().map { index, use in
      let row = found[index + 1]
      return LiveUse(use, isFound: row?[1] == "true", elsewhere: row?[2])
    }
  }
}
