// Whether a role may run what a downgrade does (manual 5.7 and the pages of ALTER and DROP).

import DatabaseFacts

enum RightsQuery {
  private static let limit = 200

  /// A row for the role, and one for each right that it lacks.
  static func question(_ request: RightsRequest) -> (sql: String, parameters: [String]) {
    let parameters =
      [request.role.map { arrayLiteral([$0]) } ?? "{}", request.versionTable.quoted]
      + [
        request.relations.map(\.schema), request.relations.map(\.name),
        request.types.map(\.schema), request.types.map(\.name),
        request.routines.map(\.schema), request.routines.map(\.name),
        request.schemas,
        request.written.map(\.schema), request.written.map(\.name),
      ].map(arrayLiteral)
    return (sql, parameters)
  }

  private static let sql = """
    WITH me AS (
      SELECT oid, rolname FROM pg_catalog.pg_roles
      WHERE rolname = coalesce(($1::text[])[1]::name, current_user)
    ), owned AS (
      SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
               WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END AS kind,
             n.nspname, c.relname AS name, c.relowner AS owner
      FROM unnest($3::text[], $4::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      UNION
      SELECT 'type', n.nspname, t.typname, t.typowner
      FROM unnest($5::text[], $6::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = w.name::name
      UNION
      SELECT 'function', n.nspname, p.proname, p.proowner
      FROM unnest($7::text[], $8::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name::name
    )
    SELECT 0, 'role', rolname::text, NULL::text FROM me
    UNION ALL
    SELECT 1, o.kind, CASE o.nspname WHEN 'public' THEN '' ELSE o.nspname || '.' END || o.name,
           pg_catalog.pg_get_userbyid(o.owner)::text
    FROM owned o, me WHERE NOT pg_catalog.pg_has_role(me.oid, o.owner, 'USAGE')
    UNION ALL
    SELECT 2, 'schema', n.nspname::text, pg_catalog.pg_get_userbyid(n.nspowner)::text
    FROM pg_catalog.pg_namespace n, me WHERE n.nspname::text = ANY ($9::text[])
      AND NOT pg_catalog.has_schema_privilege(me.oid, n.oid, 'CREATE')
    UNION ALL
    SELECT 3, 'rows', CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
           pg_catalog.pg_get_userbyid(c.relowner)::text
    FROM unnest($10::text[], $11::text[]) AS w(schema, name)
    JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name, me
    WHERE NOT (has_table_privilege(me.oid, c.oid, 'INSERT') AND has_table_privilege(me.oid, c.oid, 'UPDATE')
               AND has_table_privilege(me.oid, c.oid, 'DELETE'))
    UNION ALL
    SELECT 4, 'rows', c.relname::text, pg_catalog.pg_get_userbyid(c.relowner)::text
    FROM pg_catalog.pg_class c, me WHERE c.oid = to_regclass($2)
      AND NOT (has_table_privilege(me.oid, c.oid, 'UPDATE') AND has_table_privilege(me.oid, c.oid, 'DELETE'))
    ORDER BY 1, 2, 3 LIMIT \(limit)
    """

  static func facts(_ answer: Result<[[String?]], LiveFailure>) -> Known<RightsFacts> {
    switch answer {
    case .failure(let failure): return .unknown(words(for: failure, "its own rights"))
    case .success(let rows):
      guard let first = rows.first, first.count == 4, first[1] == "role", let role = first[2] else {
        return .unknown("the server has no such role")
      }
      return .known(
        RightsFacts(
          role: role,
          missing: rows.dropFirst().compactMap { row in
            guard row.count == 4, let kind = row[1], let name = row[2], let owner = row[3] else {
              return nil
            }
            return switch kind {
            case "schema": "schema \(name) of \(owner) does not let it create anything"
            case "rows": "table \(name) of \(owner) does not let it change rows"
            default: "\(kind) \(name) belongs to \(owner)"
            }
          }))
    }
  }
}
