// What is touched when objects are removed, as one query on the catalogs.

enum DependentsQuery {
  /// What goes along with each removal, as PostgreSQL's `findDependentObjects` finds it, and what
  /// depends on any of it and does not.
  static let text = """
    WITH RECURSIVE wanted AS (
      SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
        AS w(ord, mode, kind, schema, name, part)
    ), named AS (
      SELECT w.ord, w.mode, 'pg_catalog.pg_class'::regclass::oid AS classid, c.oid AS objid,
             coalesce(a.attnum, 0)::int AS objsubid
      FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      LEFT JOIN pg_catalog.pg_attribute a ON w.kind = 'column' AND a.attrelid = c.oid
        AND a.attname = w.part::name AND a.attnum > 0 AND NOT a.attisdropped
      WHERE w.kind = 'relation' OR a.attnum IS NOT NULL
      UNION ALL
      SELECT w.ord, w.mode, 'pg_catalog.pg_constraint'::regclass::oid, k.oid, 0
      FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = w.part::name
      WHERE w.kind = 'constraint'
      UNION ALL
      SELECT w.ord, w.mode, 'pg_catalog.pg_type'::regclass::oid, t.oid, 0
      FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = w.name::name
      WHERE w.kind = 'type'
      UNION ALL
      SELECT w.ord, w.mode, 'pg_catalog.pg_proc'::regclass::oid, p.oid, 0
      FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name::name
      WHERE w.kind = 'routine' AND (w.part IS NULL OR w.part = \(SchemaQuery.argumentNames))
      UNION ALL
      SELECT w.ord, w.mode, 'pg_catalog.pg_namespace'::regclass::oid, n.oid, 0
      FROM wanted w JOIN pg_catalog.pg_namespace n ON n.nspname = w.name::name
      WHERE w.kind = 'schema'
      UNION ALL
      SELECT w.ord, w.mode, 'pg_catalog.pg_extension'::regclass::oid, e.oid, 0
      FROM wanted w JOIN pg_catalog.pg_extension e ON e.extname = w.name::name
      WHERE w.kind = 'extension'
    ), family AS (
      SELECT ord, mode, objid, objsubid FROM named
      WHERE classid = 'pg_catalog.pg_class'::regclass AND objsubid > 0 AND mode <> 'constrain'
      UNION
      SELECT f.ord, f.mode, h.attrelid, h.attnum
      FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.objid
      JOIN pg_catalog.pg_attribute p ON p.attrelid = f.objid AND p.attnum = f.objsubid
      JOIN pg_catalog.pg_attribute h ON h.attrelid = i.inhrelid AND h.attname = p.attname
        AND h.attnum > 0 AND (f.mode = 'retype' OR NOT h.attislocal)
    ), start AS (
      SELECT * FROM named
      UNION
      SELECT ord, mode, 'pg_catalog.pg_class'::regclass::oid, objid, objsubid FROM family
    ), gone AS (
      SELECT * FROM start
      UNION
      SELECT g.ord, g.mode, o.classid, o.objid, o.objsubid
      FROM gone g
      JOIN pg_catalog.pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid
        AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid)
      CROSS JOIN LATERAL (
        SELECT d.classid, d.objid, d.objsubid
        UNION ALL
        SELECT i.refclassid, i.refobjid, i.refobjsubid FROM pg_catalog.pg_depend i
        WHERE d.deptype = 'n' AND i.classid = d.classid AND i.objid = d.objid AND i.deptype = 'i'
      ) AS o
      WHERE g.mode <> 'retype' AND d.deptype <> 'p' AND CASE g.mode
        WHEN 'cascade' THEN true
        WHEN 'constrain' THEN d.classid = 'pg_catalog.pg_type'::regclass
        ELSE d.deptype <> 'n' END
    ), found AS (
      SELECT ord, 'along' AS way, classid, objid, objsubid FROM gone g
      WHERE NOT EXISTS (SELECT FROM start s WHERE s.ord = g.ord AND s.classid = g.classid
                        AND s.objid = g.objid AND s.objsubid IN (0, g.objsubid))
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = g.classid
                        AND e.objid = g.objid AND e.deptype = 'e')
        AND NOT \(isPartOfMember)
        AND NOT EXISTS (SELECT FROM start s JOIN pg_catalog.pg_depend i
                          ON i.refclassid = s.classid AND i.refobjid = s.objid AND i.deptype = 'i'
                        WHERE s.ord = g.ord AND s.classid = 'pg_catalog.pg_constraint'::regclass
                          AND i.classid = g.classid AND i.objid = g.objid
                          AND g.classid = 'pg_catalog.pg_class'::regclass)
      UNION
      SELECT g.ord, CASE WHEN g.mode IN ('retype', 'constrain') THEN 'uses' ELSE 'blocks' END,
             coalesce(m.refclassid, d.classid), coalesce(m.refobjid, d.objid),
             CASE WHEN m.refobjid IS NULL THEN d.objsubid ELSE 0 END
      FROM gone g
      JOIN pg_catalog.pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid
        AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid)
      LEFT JOIN LATERAL \(membership) AS m ON g.mode NOT IN ('retype', 'constrain')
      WHERE d.deptype <> 'p' AND (d.deptype = 'n' OR g.mode = 'retype')
        AND NOT EXISTS (SELECT FROM gone h WHERE h.ord = g.ord AND
                        (h.classid = d.classid AND h.objid = d.objid AND h.objsubid IN (0, d.objsubid)
                         OR h.classid = m.refclassid AND h.objid = m.refobjid))
      UNION
      SELECT s.ord, 'requires', d.refclassid, d.refobjid, d.refobjsubid
      FROM start s
      JOIN pg_catalog.pg_depend d ON d.classid = s.classid AND d.objid = s.objid
      WHERE s.mode NOT IN ('retype', 'constrain') AND s.objsubid = 0 AND d.deptype IN ('i', 'e')
      UNION
      SELECT s.ord, 'uses', d.classid, d.objid, d.objsubid
      FROM start s JOIN pg_catalog.pg_type t ON t.typrelid = s.objid
      JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_type'::regclass
        AND d.refobjid IN (t.oid, t.typarray) AND d.classid = 'pg_catalog.pg_class'::regclass
      JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'p', 'm', 'f')
      WHERE s.mode = 'retype' AND s.classid = 'pg_catalog.pg_class'::regclass
        AND (d.objsubid > 0 OR c.reloftype = t.oid)
    ),
    \(held)
    SELECT DISTINCT f.ord, f.way, a.type,
      coalesce(n.nspname::text, o.nspname::text, a.names[1]),
      coalesce(t.typname::text, y.typname::text, a.names[2]),
      CASE WHEN y.oid IS NULL THEN a.names[3] ELSE k.conname::text END, f.what
    FROM (SELECT *, NULL::text AS what FROM found UNION SELECT * FROM carried
          UNION SELECT * FROM divided) f
    LEFT JOIN pg_catalog.pg_type t
      ON f.classid = 'pg_catalog.pg_type'::regclass AND t.oid = f.objid
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c
      ON f.classid = 'pg_catalog.pg_class'::regclass AND c.oid = f.objid
    LEFT JOIN pg_catalog.pg_class row ON row.oid = t.typrelid AND t.typrelid <> 0
    LEFT JOIN pg_catalog.pg_constraint k
      ON f.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = f.objid
    LEFT JOIN pg_catalog.pg_type y ON y.oid = k.contypid AND k.contypid <> 0
    LEFT JOIN pg_catalog.pg_namespace o ON o.oid = y.typnamespace
    LEFT JOIN pg_catalog.pg_trigger g
      ON f.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = f.objid
    CROSS JOIN LATERAL pg_catalog.pg_identify_object_as_address(f.classid, f.objid, f.objsubid)
      AS a(type, names, args)
    WHERE coalesce(t.typcategory <> 'A' AND t.typtype <> 'm', true)
      AND coalesce(row.relkind = 'c', true)
      AND coalesce(c.relkind <> 't' AND NOT (c.relkind IN ('i', 'I') AND c.relispartition), true)
      AND coalesce(c.relnamespace <> 'pg_toast'::regnamespace, true)
      AND coalesce(k.contype NOT IN ('n', 't') AND k.conparentid = 0 AND k.coninhcount = 0, true)
      AND coalesce(NOT g.tgisinternal, true)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend p WHERE p.classid = f.classid
                      AND p.objid = f.objid AND f.classid = 'pg_catalog.pg_trigger'::regclass
                      AND p.deptype IN ('P', 'S', 'I'))
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef e
                      JOIN start s ON s.objid = e.adrelid AND s.objsubid = e.adnum
                      WHERE f.classid = 'pg_catalog.pg_attrdef'::regclass AND e.oid = f.objid
                        AND f.way = 'uses' AND s.ord = f.ord)
      \(notInherited)
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    LIMIT \(SchemaQuery.limit + 1)
    """

  /// The extension that a dependent is a member of, or the check of a domain that is one: it is what PostgreSQL
  /// names then.
  private static let membership = """
    (SELECT e.refclassid, e.refobjid FROM pg_catalog.pg_depend e WHERE e.deptype = 'e'
         AND (e.classid = d.classid AND e.objid = d.objid
              OR d.classid = 'pg_catalog.pg_constraint'::regclass
                AND e.classid = 'pg_catalog.pg_type'::regclass
                AND e.objid = (SELECT k.contypid FROM pg_catalog.pg_constraint k
                               WHERE k.oid = d.objid))
         LIMIT 1)
    """

  /// What has no membership of its own: the check of a domain of an extension, and an entry of an operator family
  /// that an extension made, as a part of an operator class of it, with an operator or function of it, or in one
  /// transaction with the family.
  private static let isPartOfMember = """
    (EXISTS (SELECT FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_depend e
               ON e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = k.contypid
                 AND e.deptype = 'e'
             WHERE g.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = g.objid)
       OR g.classid IN ('pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass)
         AND EXISTS (SELECT FROM pg_catalog.pg_depend r JOIN pg_catalog.pg_depend e
                       ON e.classid = r.refclassid AND e.objid = r.refobjid AND e.deptype = 'e'
                     LEFT JOIN pg_catalog.pg_opfamily f
                       ON r.refclassid = 'pg_catalog.pg_opfamily'::regclass AND f.oid = r.refobjid
                     WHERE r.classid = g.classid AND r.objid = g.objid
                       AND (f.oid IS NULL
                         OR EXISTS (SELECT FROM pg_catalog.pg_amop o
                                    WHERE o.oid = g.objid AND o.xmin = f.xmin)
                         OR EXISTS (SELECT FROM pg_catalog.pg_amproc p
                                    WHERE p.oid = g.objid AND p.xmin = f.xmin))))
    """

  /// What those that go have by hand, and what is made anew under their names has not: another owner,
  /// privileges other than those by default (`get_user_default_acl` in aclchk.c), comments.
  private static let held = """
    lost AS (
      SELECT g.ord, g.classid, g.objid, g.objsubid FROM gone g
      WHERE g.mode NOT IN ('retype', 'constrain') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
        WHERE e.classid = g.classid AND e.objid = g.objid AND e.deptype = 'e')
    ), held AS (
      SELECT g.ord, g.classid, g.objid,
             coalesce(c.relowner, t.typowner, p.proowner, n.nspowner) AS owner,
             coalesce(c.relacl, t.typacl, p.proacl, n.nspacl) AS acl,
             CASE WHEN c.relkind = 'S' THEN 'S' WHEN c.oid IS NOT NULL THEN 'r'
                  WHEN t.oid IS NOT NULL THEN 'T' WHEN p.oid IS NOT NULL THEN 'f' ELSE 'n' END
               ::"char" AS kind,
             coalesce(c.relnamespace, t.typnamespace, p.pronamespace) AS space
      FROM lost g
      LEFT JOIN pg_catalog.pg_class c ON g.classid = 'pg_catalog.pg_class'::regclass
        AND c.oid = g.objid AND g.objsubid = 0 AND c.relkind NOT IN ('i', 'I', 't', 'c')
      LEFT JOIN pg_catalog.pg_type t ON g.classid = 'pg_catalog.pg_type'::regclass
        AND t.oid = g.objid
      LEFT JOIN pg_catalog.pg_proc p ON g.classid = 'pg_catalog.pg_proc'::regclass
        AND p.oid = g.objid
      LEFT JOIN pg_catalog.pg_namespace n ON g.classid = 'pg_catalog.pg_namespace'::regclass
        AND n.oid = g.objid
      WHERE coalesce(c.relowner, t.typowner, p.proowner, n.nspowner) IS NOT NULL
    ), present AS (
      SELECT h.ord, h.classid, h.objid, x.grantee, x.privilege_type, x.is_grantable
      FROM held h, pg_catalog.aclexplode(coalesce(h.acl,
        pg_catalog.acldefault(CASE h.kind WHEN 'S' THEN 's' ELSE h.kind END::"char", h.owner))) x
    ), usual AS (
      SELECT h.ord, h.classid, h.objid, x.grantee, x.privilege_type, x.is_grantable
      FROM held h, pg_catalog.aclexplode(coalesce(
        (SELECT d.defaclacl FROM pg_catalog.pg_default_acl d WHERE d.defaclrole = h.owner
         AND d.defaclnamespace = 0 AND d.defaclobjtype = h.kind),
        pg_catalog.acldefault(CASE h.kind WHEN 'S' THEN 's' ELSE h.kind END::"char", h.owner))) x
      UNION
      SELECT h.ord, h.classid, h.objid, x.grantee, x.privilege_type, x.is_grantable
      FROM held h JOIN pg_catalog.pg_default_acl d ON d.defaclrole = h.owner
        AND d.defaclnamespace = h.space AND d.defaclobjtype = h.kind
      CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) x
    ), privileges AS (
      SELECT 'granted' AS way, m.*, 0 AS objsubid FROM (TABLE present EXCEPT TABLE usual) m
      UNION ALL
      SELECT 'revoked', m.*, 0 FROM (TABLE usual EXCEPT TABLE present) m
      UNION ALL
      SELECT 'granted', g.ord, g.classid, g.objid, x.grantee, x.privilege_type, x.is_grantable,
             a.attnum
      FROM lost g JOIN pg_catalog.pg_attribute a ON a.attrelid = g.objid AND a.attacl IS NOT NULL
      CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) x
      WHERE g.classid = 'pg_catalog.pg_class'::regclass AND g.objsubid IN (0, a.attnum)
    ), carried AS (
      SELECT ord, 'owner', classid, objid, 0, pg_catalog.pg_get_userbyid(owner)::text
      FROM held WHERE EXISTS (SELECT FROM start s WHERE s.ord = held.ord
        AND s.classid = held.classid AND s.objid = held.objid)
      UNION ALL
      SELECT ord, way, classid, objid, objsubid, privilege_type || ' TO '
             || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(grantee)::text END
             || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
      FROM privileges
      UNION ALL
      SELECT g.ord, 'comment', d.classoid, d.objoid, d.objsubid, d.description
      FROM lost g JOIN pg_catalog.pg_description d ON d.classoid = g.classid AND d.objoid = g.objid
        AND g.objsubid IN (0, d.objsubid)
    ), divided AS (
      SELECT s.ord, 'divided', s.classid, s.objid, 0, a.attname::text
      FROM start s JOIN pg_catalog.pg_partitioned_table k ON k.partrelid = s.objid
      JOIN pg_catalog.pg_attribute a ON a.attrelid = s.objid AND a.attnum = s.objsubid
      WHERE s.objsubid > 0 AND (s.objsubid = ANY (k.partattrs::int2[]) OR k.partexprs IS NOT NULL)
        AND NOT EXISTS (SELECT FROM named n WHERE n.objid = s.objid)
    )
    """

  /// A column that is inherited, or of a partition, follows that of its parent, which is told.
  private static let notInherited = """
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute i
          WHERE f.way IN ('along', 'blocks') AND f.classid = 'pg_catalog.pg_class'::regclass
            AND i.attrelid = f.objid AND i.attnum = f.objsubid AND i.attinhcount > 0)
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef e
          JOIN pg_catalog.pg_attribute i ON i.attrelid = e.adrelid AND i.attnum = e.adnum
          JOIN gone w ON w.classid = 'pg_catalog.pg_type'::regclass AND w.objid = i.atttypid
          WHERE f.way IN ('along', 'blocks') AND f.classid = 'pg_catalog.pg_attrdef'::regclass
            AND e.oid = f.objid AND i.attinhcount > 0 AND w.ord = f.ord)
    """
}
