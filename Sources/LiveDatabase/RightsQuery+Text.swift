// The text of the question about rights: who owns what, and what privileges a role has or lacks.

extension RightsQuery {
  static let text = """
    WITH me AS (
      SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_catalog.pg_roles
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
    ), demanded AS (
      SELECT * FROM unnest($18::int[], $19::text[], $20::text[], $21::text[]) AS w(ord, schema, name, kind)
    ), related AS (
      SELECT w.*, c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
             CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS shown
      FROM demanded w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      WHERE w.kind IN ('refer', 'rows', 'triggers')
    ), version AS (
      SELECT w.ord, w.longest, c.oid
      FROM unnest($2::int[], $3::text[], $22::int[]) AS w(ord, name, longest)
      JOIN pg_catalog.pg_class c ON c.oid = to_regclass(w.name)
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
    UNION ALL
    \(demands)
    UNION ALL
    \(settings)
    UNION ALL
    \(version)
    ORDER BY 1, 2, 3 LIMIT \(limit + 1)
    """

  /// What is needed beside ownership (manual 5.7 and the pages of the statements).
  private static let demands = """
    SELECT 5, 'owned', w.name, pg_catalog.pg_get_userbyid(n.nspowner)::text, w.ord
    FROM demanded w JOIN pg_catalog.pg_namespace n ON n.nspname = w.name::name, me
    WHERE w.kind = 'schema' AND NOT pg_catalog.pg_has_role(me.oid, n.nspowner, 'USAGE')
    UNION ALL
    SELECT 5, 'call', w.name, pg_catalog.pg_get_userbyid(p.proowner)::text, w.ord
    FROM demanded w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name::name, me
    WHERE w.kind = 'call' AND NOT has_function_privilege(me.oid, p.oid, 'EXECUTE')
    UNION ALL
    SELECT 5, 'refer', r.shown, pg_catalog.pg_get_userbyid(r.relowner)::text, r.ord FROM related r, me
    WHERE r.kind = 'refer' AND NOT has_any_column_privilege(me.oid, r.oid, 'REFERENCES')
    UNION ALL
    SELECT 5, 'hidden', r.shown, '', r.ord FROM related r, me
    WHERE r.kind = 'refer' AND r.relforcerowsecurity AND NOT (me.rolsuper OR me.rolbypassrls)
    UNION ALL
    SELECT 5, 'hidden', r.shown, '', r.ord FROM related r, me
    WHERE r.kind = 'rows' AND r.relrowsecurity AND NOT (me.rolsuper OR me.rolbypassrls)
      AND (r.relforcerowsecurity OR NOT pg_catalog.pg_has_role(me.oid, r.relowner, 'USAGE'))
    UNION ALL
    SELECT 5, 'triggers', r.shown, '', r.ord FROM related r, me
    WHERE r.kind = 'triggers' AND NOT me.rolsuper AND EXISTS (
      SELECT FROM pg_catalog.pg_trigger g WHERE g.tgrelid = r.oid AND g.tgisinternal)
    UNION ALL
    SELECT 5, 'use', w.name, pg_catalog.pg_get_userbyid(t.typowner)::text, w.ord
    FROM demanded w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = w.name::name, me
    WHERE w.kind = 'type' AND NOT has_type_privilege(me.oid, t.oid, 'USAGE')
    UNION ALL
    SELECT 5, 'member', w.name, '', w.ord
    FROM demanded w JOIN pg_catalog.pg_roles r ON r.rolname = w.name::name, me
    WHERE w.kind = 'role' AND NOT pg_catalog.pg_has_role(me.oid, r.oid, 'MEMBER')
    UNION ALL
    SELECT 8, 'absent', w.name, '', w.ord FROM demanded w, me
    WHERE w.kind = 'presence'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = w.name::name)
    UNION ALL
    SELECT 5, 'language', w.name, pg_catalog.pg_get_userbyid(l.lanowner)::text, w.ord
    FROM demanded w JOIN pg_catalog.pg_language l ON l.lanname = w.name::name, me
    WHERE w.kind = 'language' AND NOT me.rolsuper
      AND NOT (l.lanpltrusted AND has_language_privilege(me.oid, l.oid, 'USAGE'))
    UNION ALL
    SELECT 5, 'extension', w.name, '', w.ord FROM demanded w, me
    WHERE w.kind = 'extension' AND NOT me.rolsuper AND NOT (
      has_database_privilege(me.oid, current_database(), 'CREATE') AND EXISTS (
        SELECT FROM pg_catalog.pg_available_extension_versions() v
        WHERE v.name = w.name::name AND coalesce((to_jsonb(v) ->> 'trusted')::boolean, false)))
    """

  /// What a role that does not ask itself begins its sessions with, and where it finds nothing.
  private static let settings = """
    SELECT 6, 'setting', s.setting, '', w.ord
    FROM unnest($2::int[]) AS w(ord), me, pg_catalog.pg_db_role_setting d
    CROSS JOIN LATERAL unnest(d.setconfig) AS s(setting)
    WHERE $1 <> '{}' AND d.setrole IN (0, me.oid) AND d.setdatabase IN (
        0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
      AND (s.setting IN ('default_transaction_read_only=on', 'default_transaction_read_only=true',
                         'default_transaction_read_only=1', 'default_transaction_read_only=yes')
        OR s.setting LIKE 'search_path=%'
          AND s.setting NOT IN ('search_path="$user", public', 'search_path=public'))
    UNION ALL
    SELECT DISTINCT 6, 'usage', n.nspname::text, pg_catalog.pg_get_userbyid(n.nspowner)::text, w.ord
    FROM (SELECT * FROM unnest($6::int[], $7::text[]) UNION SELECT * FROM unnest($4::int[], $5::text[]))
      AS w(ord, schema)
    JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name, me
    WHERE NOT has_schema_privilege(me.oid, n.oid, 'USAGE')
    """

  private static let version = """
    SELECT 9, 'trigger', g.tgname::text, '', v.ord
    FROM version v JOIN pg_catalog.pg_trigger g ON g.tgrelid = v.oid
    WHERE NOT g.tgisinternal AND g.tgenabled <> 'D'
    UNION ALL
    SELECT 9, 'rule', r.rulename::text, '', v.ord
    FROM version v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid
    WHERE r.rulename <> '_RETURN' AND r.ev_enabled <> 'D'
    UNION ALL
    SELECT 9, 'constraint', k.conname::text, '', v.ord
    FROM version v JOIN pg_catalog.pg_constraint k ON k.conrelid = v.oid
    WHERE k.contype IN ('c', 'f', 'x')
    UNION ALL
    SELECT 9, 'length', (a.atttypmod - 4)::text || ' of its column, the longest identifier has ' || v.longest,
           '', v.ord
    FROM version v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attname = 'version_num'
      AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod > 4
    WHERE a.atttypmod - 4 < v.longest
    """
}
