// The tables that are tied to those of a downgrade, and what runs with every statement that defines something,
// as one query on the catalogs.

import DatabaseFacts

enum NeighboursQuery {
  static let limit = 20_000

  static func parameters(_ request: SchemaRequest) -> [String] {
    [
      request.relations.map(\.schema), request.relations.map(\.name),
      request.divided.map(\.schema), request.divided.map(\.name),
      request.parts.map(\.kind.rawValue), request.parts.map(\.table.schema),
      request.parts.map(\.table.name), request.parts.map(\.name),
    ].map(arrayLiteral)
  }

  /// What a descendant has only from its ancestors is told with these, and so is no part of its own.
  static let text = """
    WITH RECURSIVE asked AS (
      SELECT c.oid, c.relnamespace, n.nspname AS schema, c.relname AS name
      FROM unnest($1::text[], $2::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
    ), parts AS (
      SELECT w.kind, w.schema, w.name, w.part, c.oid
      FROM unnest($5::text[], $6::text[], $7::text[], $8::text[]) AS w(kind, schema, name, part)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
    ), descendants AS (
      SELECT i.inhrelid AS oid, p.oid AS top
      FROM (SELECT DISTINCT oid FROM parts) p JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      UNION
      SELECT i.inhrelid, d.top FROM descendants d JOIN pg_catalog.pg_inherits i ON i.inhparent = d.oid
    ), tied AS (
      SELECT 'parent' AS tie, a.schema::text, a.name::text, i.inhparent AS other, NULL::text AS part,
             NULL::text AS kind
      FROM asked a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid
      JOIN pg_catalog.pg_class c ON c.oid = a.oid AND c.relkind IN ('r', 'p', 'f')
      UNION
      SELECT 'partition', n.nspname::text, c.relname::text, i.inhrelid, NULL, NULL
      FROM unnest($3::text[], $4::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      JOIN pg_catalog.pg_inherits i ON i.inhparent = c.oid
      UNION
      SELECT 'reference', a.schema::text, a.name::text, k.conrelid, k.conname::text, NULL
      FROM asked a JOIN pg_catalog.pg_constraint k ON k.confrelid = a.oid
      WHERE k.contype = 'f' AND k.conparentid = 0
      UNION
      SELECT 'published', a.schema::text, a.name::text, a.oid, p.pubname::text, NULL
      FROM asked a JOIN pg_catalog.pg_class c ON c.oid = a.oid AND c.relkind = 'r'
      JOIN pg_catalog.pg_publication_tables v ON v.schemaname = a.schema AND v.tablename = a.name
      JOIN pg_catalog.pg_publication p ON p.pubname = v.pubname AND (p.pubupdate OR p.pubdelete)
      WHERE c.relreplident = 'n' OR c.relreplident = 'd' AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index x WHERE x.indrelid = a.oid AND x.indisprimary)
      UNION
      SELECT 'part', p.schema, p.name, d.oid, p.part, p.kind
      FROM parts p JOIN descendants d ON d.top = p.oid
      WHERE CASE p.kind
        WHEN 'column' THEN EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = d.oid
          AND a.attname = p.part::name AND NOT a.attisdropped)
        WHEN 'constraint' THEN EXISTS (SELECT FROM pg_catalog.pg_constraint k
          WHERE k.conrelid = d.oid AND k.conname = p.part::name AND k.coninhcount = 0)
        WHEN 'trigger' THEN EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE g.tgrelid = d.oid
          AND g.tgname = p.part::name AND NOT g.tgisinternal)
        ELSE EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = d.oid
          AND k.contype = 'p' AND k.coninhcount = 0) END
    )
    SELECT t.tie, t.schema, t.name, n.nspname::text, c.relname::text, t.part, t.kind
    FROM tied t JOIN pg_catalog.pg_class c ON c.oid = t.other
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'event', NULL, NULL, NULL, NULL, evtname || ' on ' || evtevent, NULL
    FROM pg_catalog.pg_event_trigger WHERE evtenabled IN ('O', 'A')
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    LIMIT \(limit + 1)
    """

  static func take(_ rows: [[String?]], _ facts: inout SchemaFacts) {
    for row in rows where row.count == 7 {
      if row[0] == "event" { facts.eventTriggers.append(row[5] ?? "") }
      guard let tie = row[0].flatMap(LiveNeighbour.Tie.init(rawValue:)), let name = row[2],
        let other = row[4]
      else { continue }
      facts.neighbours.append(
        LiveNeighbour(
          tie, of: TableName(schema: row[1], name: name),
          other: TableName(schema: row[3], name: other), part: row[5],
          kind: row[6].flatMap(SchemaRequest.Part.Kind.init(rawValue:))))
    }
  }
}
