// Whether a role may run what a downgrade does (manual 5.7 and the pages of ALTER and DROP).

import DatabaseFacts

/// What several checks ask about the rights of one role. Each name has the number of its check.
struct RightsQuery {
  private static let limit = 200

  private let requests: [RightsRequest?]

  /// - Parameter requests: all about the same role; nil where a check does not ask.
  init(_ requests: [RightsRequest?]) { self.requests = requests }

  /// A row for the role, and one for each right that it lacks; no question if nobody asks.
  var questions: [Segment] {
    let asking = requests.enumerated().compactMap { number, request in
      request.map { (number: number, request: $0) }
    }
    guard let first = asking.first else { return [] }
    func arrays(_ names: (RightsRequest) -> [TableName]) -> [String] {
      let all = asking.flatMap { check in names(check.request).map { (check.number, $0) } }
      return [all.map { String($0.0) }, all.map(\.1.schema), all.map(\.1.name)].map(arrayLiteral)
    }
    let schemas = asking.flatMap { check in check.request.schemas.map { (check.number, $0) } }
    let parameters =
      [first.request.role.map { arrayLiteral([$0]) } ?? "{}"]
      + [
        asking.map { String($0.number) }, asking.map(\.request.versionTable.quoted),
        schemas.map { String($0.0) }, schemas.map(\.1),
      ].map(arrayLiteral)
      + arrays(\.relations) + arrays(\.types) + arrays(\.routines) + arrays(\.written)
    return [Segment(LiveDatabase.again, (Self.sql, parameters), limit: Self.limit)]
  }

  private static let sql = """
    WITH me AS (
      SELECT oid, rolname FROM pg_catalog.pg_roles
      WHERE rolname = coalesce(($1::text[])[1]::name, current_user)
    ), owned AS (
      SELECT w.ord, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
               WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END AS kind,
             n.nspname, c.relname AS name, c.relowner AS owner
      FROM unnest($6::int[], $7::text[], $8::text[]) AS w(ord, schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      UNION
      SELECT w.ord, 'type', n.nspname, t.typname, t.typowner
      FROM unnest($9::int[], $10::text[], $11::text[]) AS w(ord, schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = w.name::name
      UNION
      SELECT w.ord, 'function', n.nspname, p.proname, p.proowner
      FROM unnest($12::int[], $13::text[], $14::text[]) AS w(ord, schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name::name
    )
    SELECT 0, 'role', rolname::text, NULL::text, NULL::int FROM me
    UNION ALL
    SELECT 1, o.kind, CASE o.nspname WHEN 'public' THEN '' ELSE o.nspname || '.' END || o.name,
           pg_catalog.pg_get_userbyid(o.owner)::text, o.ord
    FROM owned o, me WHERE NOT pg_catalog.pg_has_role(me.oid, o.owner, 'USAGE')
    UNION ALL
    SELECT 2, 'schema', n.nspname::text, pg_catalog.pg_get_userbyid(n.nspowner)::text, w.ord
    FROM unnest($4::int[], $5::text[]) AS w(ord, name)
    JOIN pg_catalog.pg_namespace n ON n.nspname::text = w.name, me
    WHERE NOT pg_catalog.has_schema_privilege(me.oid, n.oid, 'CREATE')
    UNION ALL
    SELECT 3, 'rows', CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
           pg_catalog.pg_get_userbyid(c.relowner)::text, w.ord
    FROM unnest($15::int[], $16::text[], $17::text[]) AS w(ord, schema, name)
    JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name, me
    WHERE NOT (has_table_privilege(me.oid, c.oid, 'INSERT') AND has_table_privilege(me.oid, c.oid, 'UPDATE')
               AND has_table_privilege(me.oid, c.oid, 'DELETE'))
    UNION ALL
    SELECT 4, 'rows', c.relname::text, pg_catalog.pg_get_userbyid(c.relowner)::text, w.ord
    FROM unnest($2::int[], $3::text[]) AS w(ord, name)
    JOIN pg_catalog.pg_class c ON c.oid = to_regclass(w.name), me
    WHERE NOT (has_table_privilege(me.oid, c.oid, 'UPDATE') AND has_table_privilege(me.oid, c.oid, 'DELETE'))
    ORDER BY 1, 2, 3 LIMIT \(limit + 1)
    """

  /// The facts for each check that asks.
  func facts(_ answers: ArraySlice<Answer>) -> [Known<RightsFacts>?] {
    requests.enumerated().map { number, request in
      request.map { _ in facts(answers.first, of: number) }
    }
  }

  private func facts(_ answer: Answer?, of check: Int) -> Known<RightsFacts> {
    switch answer {
    case nil: return .unknown("its own rights were not asked for")
    case .failure(let failure)?: return .unknown(words(for: failure, "its own rights"))
    case .success(let rows)?:
      guard let first = rows.first, first.count == 5, first[1] == "role", let role = first[2] else {
        return .unknown("the server has no such role")
      }
      let missing = rows.prefix(Self.limit).filter { $0.last == String(check) }
      return .known(RightsFacts(role: role, missing: missing.compactMap(Self.sentence)))
    }
  }

  private static func sentence(_ row: [String?]) -> String? {
    guard row.count == 5, let kind = row[1], let name = row[2], let owner = row[3] else {
      return nil
    }
    return switch kind {
    case "schema": "schema \(name) of \(owner) does not let it create anything"
    case "rows": "table \(name) of \(owner) does not let it change rows"
    default: "\(kind) \(name) belongs to \(owner)"
    }
  }
}
