// A catalog as lines of text, and the query that writes the same lines of a real database.

import HashTreeCollections
import PostgresSyntax

@testable import SchemaModel

/// One line for each object and what it is; both sides are compared as sets.
func catalogLines(_ catalog: Catalog) -> [String] {
  var lines: [String] = []
  for (name, schema) in catalog.schemas {
    lines.append("schema \(name)")
    lines += schema.grants.map { "grant schema \(name) \($0)" }
  }
  for table in catalog.tables where table.name.schema != "pg_temp" { lines += tableLines(table) }
  for relation in catalog.relations.values {
    switch relation {
    case .view(let view): lines += viewLines(view.value)
    case .sequence(let sequence):
      lines.append(sequenceLine(sequence.value))
      lines += sequence.value.grants.map { "grant \(sequence.value.name.lineName) \($0)" }
    case .table, .index: break
    }
  }
  for type in catalog.types.values { lines += typeLines(type.value) }
  for routines in catalog.routines.values {
    for routine in routines.value {
      let arguments = routine.arguments.map { $0.bareDescription }.joined(separator: ",")
      let kind = routine.kind == .aggregate ? "aggregate" : "function"
      lines.append(
        "\(kind) \(routine.name.lineName)(\(arguments)) comment=\(routine.comment ?? "")")
      lines += routine.grants.map {
        "grant function \(routine.name.lineName) \(routine.arguments.count) \($0)"
      }
      if routine.kind != .aggregate { lines.append(attributeLine(routine)) }
    }
  }
  for name in catalog.extensions.keys { lines.append("extension \(name)") }
  for key in catalog.others.keys where key.kind == .statistics {
    lines.append("statistics \(key.name.lineName)")
  }
  for (key, other) in catalog.others { lines += objectLines(key, other) }
  return lines.sorted()
}

/// What is told of an object without a structure of its own.
private func objectLines(_ key: ObjectKey, _ other: OtherObject) -> [String] {
  let comment = "comment=\(other.comment ?? "")"
  switch key.kind {
  case .collation, .textSearchConfiguration, .textSearchDictionary, .textSearchParser,
    .textSearchTemplate:
    return ["\(key.kind.rawValue) \(key.name.lineName) \(comment)"]
  case .operator:
    let arguments = key.detail.replacing("public.", with: "")
    let shell = other.definition == OtherObject.shell ? " shell" : ""
    return ["operator \(key.name.lineName)(\(arguments))\(shell) \(comment)"]
  case .operatorClass, .operatorFamily:
    return ["\(key.kind.rawValue) \(key.name.lineName) \(key.owner?.name ?? "") \(comment)"]
  case .cast:
    return ["cast \(key.name.name.replacing("public.", with: "")) \(comment)"]
  case .foreignDataWrapper, .foreignServer, .role:
    return ["\(key.kind.rawValue) \(key.name.name) \(comment)"]
  case .defaultPrivilege:
    let name = "defaultprivilege \(key.name.lineName)"
    return [name]
      + (other.definition ?? "").split(separator: ";").filter { !$0.isEmpty }
      .map { "\(name) \($0)" }
  case .publication:
    let members = other.members.keys.map { member in
      "publication \(key.name.name) "
        + (member == "all" || member.hasPrefix("schema ") ? member : "table \(member)")
    }
    return ["publication \(key.name.name) \(comment)"] + members
  case .userMapping: return ["user mapping \(key.name.name) \(key.owner?.name ?? "")"]
  default: return []
  }
}

extension QualifiedName {
  fileprivate var lineName: String { "\(schema ?? "")." + name }
}

extension DataType {
  /// `format_type` without modifiers.
  fileprivate var bareDescription: String {
    DataType(base, .none, isArray: isArray).lineDescription
  }

  fileprivate var lineDescription: String {
    // The plain `char` of SQL has a length; without one it is another name in the catalog.
    description == "bpchar" ? "character" : description
  }
}

private func tableLines(_ table: Table) -> [String] {
  let name = table.name.lineName
  var kind = "r"
  if case .partitioned = table.kind { kind = "p" }
  var lines = [
    "table \(name) \(kind) \(table.persistence) rls=\(table.settings.rowSecurity) "
      + "force=\(table.settings.forcesRowSecurity) identity=\(identityWord(table)) "
      + "options=\(optionWords(table.settings.options)) comment=\(table.comment ?? "")"
  ]
  // What the owner is granted is theirs already.
  lines += table.settings.grants.filter { !$0.hasSuffix(" TO postgres") }
    .map { "grant \(name) \($0)" }
  for (place, column) in table.columns.enumerated() {
    lines.append(
      "column \(name) \(place + 1) \(column.name) \(column.type?.lineDescription ?? "?") "
        + "\(column.isNullable == false ? "notnull" : "null") \(defaultWord(column)) "
        + "inherited=\(column.inheritedFrom) local=\(column.isLocal) "
        + "collation=\(column.collation?.name ?? "") comment=\(column.comment ?? "")"
    )
  }
  lines += table.constraints.map { constraintLine($0, of: name) }
  for index in table.indexes { lines.append(indexLine(index, of: name, table.name.schema)) }
  for trigger in table.triggers {
    lines.append("trigger \(name) \(trigger.name) \(trigger.function.lineName) \(trigger.state)")
  }
  for policy in table.policies { lines.append("policy \(name) \(policy.name)") }
  for rule in table.rules { lines.append("rule \(name) \(rule.name)") }
  for parent in table.inherits { lines.append("inherits \(name) \(parent.lineName)") }
  if let parent = table.partitionOf?.parent {
    lines.append("inherits \(name) \(parent.lineName)")
  }
  return lines
}

private func identityWord(_ table: Table) -> String {
  switch table.settings.replicaIdentity {
  case .default: "d"
  case .full: "f"
  case .nothing: "n"
  case .index(let name): "i " + name
  }
}

private func optionWords(_ options: [String: String]) -> String {
  options.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")
}

private func defaultWord(_ column: Column) -> String {
  if let identity = column.identity { return identity == .always ? "identity-a" : "identity-d" }
  switch column.default {
  case .none: return "-"
  case .generated: return "generated"
  case .unknown: return "?"
  case .expression(let expression):
    return expression.nextvalSequence.map { "nextval:\($0.name)" } ?? "default"
  }
}

private func constraintLine(_ constraint: Constraint, of table: String) -> String {
  var detail: String
  switch constraint.kind {
  case .check: detail = "c"
  case .unique(let key): detail = "u (\(key.columns.joined(separator: ",")))"
  case .primaryKey(let key): detail = "p (\(key.columns.joined(separator: ",")))"
  case .foreignKey(let reference):
    detail =
      "f (\(reference.columns.joined(separator: ","))) \(reference.table.lineName) "
      + "(\(reference.referencedColumns.joined(separator: ","))) "
      + "\(code(reference.onUpdate))\(code(reference.onDelete))"
  case .exclusion: detail = "x"
  case .unknown: detail = "?"
  }
  detail += " \(constraint.isDeferrable ? "deferrable" : "-")"
  detail += " \(constraint.isInitiallyDeferred ? "deferred" : "-")"
  detail += " \(constraint.isValidated ? "valid" : "notvalid")"
  return "constraint \(table) \(constraint.name) \(detail) comment=\(constraint.comment ?? "")"
}

private func code(_ action: ForeignKey.Action) -> String {
  switch action {
  case .noAction: "a"
  case .restrict: "r"
  case .cascade: "c"
  case .setNull: "n"
  case .setDefault: "d"
  }
}

private func indexLine(_ index: Index, of table: String, _ schema: String?) -> String {
  let columns = index.elements.map { element in
    var words = ["<expression>"]
    if case .column(let name) = element.key { words = [name] }
    if let collation = element.collation { words.append(collation.name) }
    if let operatorClass = element.operatorClass { words.append(operatorClass.name) }
    if element.isDescending { words.append("desc") }
    if element.nullsFirst ?? element.isDescending { words.append("nullsfirst") }
    return words.joined(separator: " ")
  }
  let keys = (columns + index.including).joined(separator: ",")
  let primary = index.constraint != nil ? "constraint" : "-"
  return "index \(table) \(schema ?? "").\(index.name) \(index.method) "
    + "\(index.isUnique ? "unique" : "-") (\(keys)) \(index.predicate == nil ? "-" : "partial") "
    + "\(primary) parent=\(index.parent?.name ?? "") comment=\(index.comment ?? "")"
}

private func viewLines(_ view: View) -> [String] {
  let name = view.name.lineName
  var lines = ["\(view.isMaterialized ? "matview" : "view") \(name) comment=\(view.comment ?? "")"]
  for column in view.columns { lines.append("viewcolumn \(name) \(column.name)") }
  if !view.isKnown { lines.append("viewcolumn \(name) ? ") }
  for index in view.indexes { lines.append(indexLine(index, of: name, view.name.schema)) }
  lines += view.grants.map { "grant \(name) \($0)" }
  return lines
}

private func attributeLine(_ routine: Routine) -> String {
  let attributes = routine.definition?.attributes ?? [:]
  func isOn(_ name: String) -> Bool { attributes[name] != nil }
  func number(_ name: String) -> Int? { attributes[name].flatMap(Double.init).map { Int($0) } }
  let isNative = ["c", "internal"].contains(routine.definition?.language ?? "")
  let settings = attributes.keys.filter { $0.hasPrefix("set ") }.map { $0.dropFirst(4) }.sorted()
  let rows = routine.definition?.returnsSet == true ? 1000 : 0
  return "attributes \(routine.name.lineName) \(routine.arguments.count) "
    + "\(attributes["volatility"]?.first ?? "v") \(isOn("strict")) \(isOn("security")) "
    + "\(isOn("leakproof")) \(attributes["parallel"]?.first ?? "u") "
    + "\(number("cost") ?? (isNative ? 1 : 100)) \(number("rows") ?? rows) "
    + settings.joined(separator: ",")
}

private func sequenceLine(_ sequence: SequenceObject) -> String {
  let owner = sequence.ownedBy.map { "\($0.table.lineName).\($0.column)" } ?? ""
  let options = sequence.options
  let isFalling = sequence.increment < 0
  func value(_ bound: SequenceOptions.Bound?, else standard: Int64) -> Int64 {
    if case .value(let value)? = bound { value } else { standard }
  }
  let low = value(options.minValue, else: isFalling ? -options.largest - 1 : 1)
  let high = value(options.maxValue, else: isFalling ? -1 : options.largest)
  return "sequence \(sequence.name.lineName) owned=\(owner) increment=\(sequence.increment) "
    + "from=\(low) to=\(high) start=\(options.start ?? (isFalling ? high : low)) "
    + "cache=\(options.cache ?? 1) cycles=\(options.cycles ?? false) "
    + "comment=\(sequence.comment ?? "")"
}

private func typeLines(_ type: UserType) -> [String] {
  let name = type.name.lineName
  switch type.kind {
  case .enumeration(let labels):
    return ["enum \(name) (\(labels.joined(separator: ","))) comment=\(type.comment ?? "")"]
  case .domain(let domain):
    var lines = [
      "domain \(name) \(domain.type.lineDescription) \(domain.isNotNull ? "notnull" : "null") "
        + "\(domain.default == nil ? "-" : "default")"
    ]
    for constraint in domain.constraints {
      lines.append("domainconstraint \(name) \(constraint.name)")
    }
    return lines
  case .composite(let columns):
    let attributes = columns.map { "\($0.name) \($0.type?.lineDescription ?? "?")" }
    return ["composite \(name) (\(attributes.joined(separator: ",")))"]
  case .range: return ["range \(name)"]
  case .base, .shell, .unknown: return ["type \(name)"]
  }
}

/// Run with the search path `pg_catalog, public`, it returns one column, in no order.
let catalogLinesQuery = """
  with n as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and
               nspname <> 'information_schema'),
  inext as (select objid, classid from pg_depend where deptype = 'e'),
  rel as (select c.*, n.nspname, n.nspname || '.' || c.relname as path from pg_class c
          join n on n.oid = c.relnamespace
          where not exists (select 1 from inext where objid = c.oid and classid = 'pg_class'::regclass)),
  b(v, w) as (values (true, 'true'), (false, 'false'))
  select 'schema ' || nspname from n
  union all
  select 'table ' || path || ' ' || relkind::text || ' '
      || case relpersistence when 'p' then 'permanent' when 'u' then 'unlogged' else 'temporary' end
      || ' rls=' || relrowsecurity || ' force=' || relforcerowsecurity
      || ' identity=' || relreplident::text || coalesce((select ' ' || i.relname from pg_index
           join pg_class i on i.oid = indexrelid where indrelid = rel.oid and indisreplident), '')
      || ' options=' || coalesce((select string_agg(o, ',' order by o) from unnest(reloptions) o), '')
      || ' comment=' || coalesce(obj_description(oid, 'pg_class'), '')
    from rel where rel.relkind in ('r', 'p')
  union all
  select 'grant ' || path || ' ' || lower(privilege_type) || ' TO ' || coalesce(rolname, 'public') || option
    from rel, aclexplode(relacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where rel.relkind in ('r', 'p') and grantee <> relowner
  union all
  select 'grant ' || path || ' ' || lower(privilege_type) || ' (' || attname || ') TO '
      || coalesce(rolname, 'public') || option
    from rel join pg_attribute on attrelid = rel.oid and not attisdropped,
      aclexplode(attacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where rel.relkind in ('r', 'p') and grantee <> relowner
  union all
  select 'column ' || path || ' ' || row_number() over (partition by attrelid order by attnum) || ' '
      || attname || ' ' || format_type(atttypid, atttypmod) || ' '
      || case when attnotnull then 'notnull' else 'null' end || ' '
      || case when attidentity <> '' then 'identity-' || attidentity::text
           when attgenerated <> '' then 'generated'
           when pg_get_expr(adbin, adrelid) ~ '^nextval' then
             'nextval:' || regexp_replace(pg_get_expr(adbin, adrelid), '^nextval\\(''(.*\\.)?"?([^"'']*)"?''.*', '\\2')
           when adbin is not null then 'default' else '-' end
      || ' inherited=' || attinhcount || ' local=' || attislocal
      || ' collation=' || coalesce((select collname from pg_type t join pg_collation l on l.oid = attcollation
           where t.oid = atttypid and typcollation <> attcollation), '')
      || ' comment=' || coalesce(col_description(attrelid, attnum), '')
    from rel join pg_attribute a on attrelid = rel.oid and attnum > 0 and not attisdropped
    left join pg_attrdef d on adrelid = attrelid and adnum = attnum
    where rel.relkind in ('r', 'p')
  union all
  select 'constraint ' || rel.path || ' ' || conname || ' '
      || case contype
           when 'c' then 'c' when 'x' then 'x'
           else contype::text || ' (' || (select string_agg(attname, ',' order by k.o)
             from unnest(conkey) with ordinality k(n, o)
             join pg_attribute on attrelid = conrelid and attnum = k.n) || ')' end
      || case when contype = 'f' then ' ' || f.nspname || '.' || r.relname || ' ('
           || (select string_agg(attname, ',' order by k.o)
               from unnest(confkey) with ordinality k(n, o)
               join pg_attribute on attrelid = confrelid and attnum = k.n)
           || ') ' || confupdtype::text || confdeltype::text else '' end
      || case when condeferrable then ' deferrable' else ' -' end
      || case when condeferred then ' deferred' else ' -' end
      || case when convalidated then ' valid' else ' notvalid' end
      || ' comment=' || coalesce(obj_description(con.oid, 'pg_constraint'), '')
    from rel join pg_constraint con on conrelid = rel.oid
    left join pg_class r on r.oid = confrelid left join pg_namespace f on f.oid = r.relnamespace
    where rel.relkind in ('r', 'p') and contype <> 't'
  union all
  select 'index ' || t.path || ' ' || rel.nspname || '.' || rel.relname || ' ' || amname || ' '
      || case when indisunique then 'unique' else '-' end || ' ('
      || (select string_agg(coalesce(attname, '<expression>')
              || coalesce((select ' ' || collname from pg_collation l where l.oid = indcollation[k.o - 1]
                   and l.oid <> coalesce(attcollation, 100)), '')
              || coalesce((select ' ' || opcname from pg_opclass o where o.oid = indclass[k.o - 1]
                   and not opcdefault), '')
              || case when indoption[k.o - 1] & 1 > 0 then ' desc' else '' end
              || case when indoption[k.o - 1] & 2 > 0 then ' nullsfirst' else '' end, ',' order by k.o)
          from unnest(indkey::int[]) with ordinality k(n, o)
          left join pg_attribute on attrelid = indrelid and attnum = k.n and k.n > 0) || ') '
      || case when indpred is null then '-' else 'partial' end || ' '
      || case when exists (select 1 from pg_constraint where conindid = rel.oid
           and conrelid = indrelid and contype in ('p', 'u', 'x')) then 'constraint' else '-' end
      || ' parent=' || coalesce((select p.relname from pg_inherits join pg_class p on p.oid = inhparent
           where inhrelid = rel.oid), '')
      || ' comment=' || coalesce(obj_description(rel.oid, 'pg_class'), '')
    from rel join pg_index on indexrelid = rel.oid join rel t on t.oid = indrelid
    join pg_am am on am.oid = rel.relam
  union all
  select 'trigger ' || path || ' ' || tgname || ' ' || pn.nspname || '.' || proname || ' '
      || case tgenabled when 'O' then 'enabled' when 'D' then 'disabled'
           when 'R' then 'replica' else 'always' end
    from rel join pg_trigger on tgrelid = rel.oid and not tgisinternal
    join pg_proc p on p.oid = tgfoid join pg_namespace pn on pn.oid = pronamespace
    where rel.relkind in ('r', 'p')
  union all
  select 'policy ' || path || ' ' || polname from rel join pg_policy on polrelid = rel.oid
  union all
  select 'rule ' || path || ' ' || rulename from rel join pg_rewrite on ev_class = rel.oid
    where rulename <> '_RETURN'
  union all
  select 'inherits ' || rel.path || ' ' || p.path from pg_inherits join rel on rel.oid = inhrelid
    join rel p on p.oid = inhparent where rel.relkind in ('r', 'p')
  union all
  select case relkind when 'm' then 'matview ' else 'view ' end || path || ' comment='
      || coalesce(obj_description(oid, 'pg_class'), '') from rel where rel.relkind in ('v', 'm')
  union all
  select 'viewcolumn ' || path || ' ' || attname from rel join pg_attribute on attrelid = rel.oid
    and attnum > 0 and not attisdropped where rel.relkind in ('v', 'm')
  union all
  select 'sequence ' || rel.path || ' owned='
      || coalesce((select t.path || '.' || attname from pg_depend d join rel t on t.oid = refobjid
           join pg_attribute on attrelid = refobjid and attnum = refobjsubid
           where d.classid = 'pg_class'::regclass and d.objid = rel.oid and deptype in ('a', 'i')
           and refobjsubid > 0), '')
      || ' increment=' || seqincrement || ' from=' || seqmin || ' to=' || seqmax || ' start=' || seqstart
      || ' cache=' || seqcache || ' cycles=' || seqcycle
      || ' comment=' || coalesce(obj_description(rel.oid, 'pg_class'), '')
    from rel join pg_sequence on seqrelid = rel.oid
  union all
  select 'enum ' || nspname || '.' || typname || ' ('
      || coalesce((select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid), '')
      || ') comment=' || coalesce(obj_description(t.oid, 'pg_type'), '')
    from pg_type t join n on n.oid = typnamespace where typtype = 'e'
  union all
  select 'domain ' || nspname || '.' || typname || ' ' || format_type(typbasetype, typtypmod) || ' '
      || case when typnotnull then 'notnull' else 'null' end || ' '
      || case when typdefault is null then '-' else 'default' end
    from pg_type t join n on n.oid = typnamespace where typtype = 'd'
  union all
  select 'domainconstraint ' || nspname || '.' || typname || ' ' || conname
    from pg_constraint join pg_type t on t.oid = contypid join n on n.oid = typnamespace
  union all
  select 'composite ' || path || ' (' || coalesce((select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ',' order by attnum)
      from pg_attribute where attrelid = rel.oid and attnum > 0 and not attisdropped), '') || ')'
    from rel where relkind = 'c'
  union all
  select 'range ' || nspname || '.' || typname from pg_type t join n on n.oid = typnamespace
    where typtype = 'r'
  union all
  select 'function ' || nspname || '.' || proname || '('
      || coalesce((select string_agg(format_type(a, null), ',' order by o)
           from unnest(proargtypes::oid[]) with ordinality u(a, o)), '') || ')'
      || ' comment=' || coalesce(obj_description(p.oid, 'pg_proc'), '')
    from pg_proc p join n on n.oid = pronamespace
    where prokind <> 'a'
      and not exists (select 1 from inext where objid = p.oid and classid = 'pg_proc'::regclass)
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'i')
  union all
  select 'aggregate ' || nspname || '.' || proname || '('
      || coalesce((select string_agg(format_type(a, null), ',' order by o)
           from unnest(proargtypes::oid[]) with ordinality u(a, o)), '') || ')'
      || ' comment=' || coalesce(obj_description(p.oid, 'pg_proc'), '')
    from pg_proc p join n on n.oid = pronamespace where prokind = 'a'
      and not exists (select 1 from inext where objid = p.oid and classid = 'pg_proc'::regclass)
  union all
  select 'extension ' || extname from pg_extension
  union all
  select 'statistics ' || nspname || '.' || stxname from pg_statistic_ext s join n on n.oid = stxnamespace
  union all
  select kind || ' ' || nspname || '.' || name || more || ' comment=' || coalesce(d.description, '')
    from (
      select 'collation', oid, tableoid, collname, collnamespace, '' from pg_collation union all
      select 'text search configuration', oid, tableoid, cfgname, cfgnamespace, '' from pg_ts_config union all
      select 'text search dictionary', oid, tableoid, dictname, dictnamespace, '' from pg_ts_dict union all
      select 'text search parser', oid, tableoid, prsname, prsnamespace, '' from pg_ts_parser union all
      select 'text search template', oid, tableoid, tmplname, tmplnamespace, '' from pg_ts_template union all
      select 'operator class', c.oid, c.tableoid, opcname, opcnamespace, ' ' || amname
        from pg_opclass c join pg_am a on a.oid = opcmethod union all
      select 'operator family', c.oid, c.tableoid, opfname, opfnamespace, ' ' || amname
        from pg_opfamily c join pg_am a on a.oid = opfmethod union all
      select 'operator', oid, tableoid, oprname, oprnamespace, '('
          || concat_ws(',', case when oprleft <> 0 then replace(format_type(oprleft, null), 'public.', '') end,
               replace(format_type(oprright, null), 'public.', ''))
          || ')' || case when oprcode = 0 then ' shell' else '' end from pg_operator
    ) o(kind, oid, catalog, name, namespace, more) join n on n.oid = namespace
    left join pg_description d on d.objoid = o.oid and d.classoid = catalog and objsubid = 0
    where not exists (select 1 from inext where objid = o.oid and classid = catalog)
  union all
  select 'cast ' || replace(format_type(castsource, null), 'public.', '') || ' AS '
      || replace(format_type(casttarget, null), 'public.', '')
      || ' comment=' || coalesce(obj_description(oid, 'pg_cast'), '')
    from pg_cast c where oid >= 16384
      and not exists (select 1 from inext where objid = c.oid and classid = 'pg_cast'::regclass)
  union all
  select 'foreign-data wrapper ' || fdwname || ' comment='
      || coalesce(obj_description(oid, 'pg_foreign_data_wrapper'), '') from pg_foreign_data_wrapper f
    where not exists (select 1 from inext where objid = f.oid
      and classid = 'pg_foreign_data_wrapper'::regclass)
  union all
  select 'server ' || srvname || ' comment=' || coalesce(obj_description(oid, 'pg_foreign_server'), '')
    from pg_foreign_server
  union all
  select 'user mapping ' || coalesce(rolname, 'public') || ' ' || srvname
    from pg_user_mapping join pg_foreign_server s on s.oid = umserver left join pg_roles r on r.oid = umuser
  union all
  select 'defaultprivilege ' || coalesce(nspname, '') || '.' || kind || coalesce(entry, '')
    from (select coalesce(nspname, '') as nspname, defaclrole, defaclacl,
            case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
              when 'T' then 'types' else 'schemas' end as kind
          from pg_default_acl left join pg_namespace n on n.oid = defaclnamespace) d,
      lateral (select null union all
        select ' ' || lower(privilege_type) || ' TO ' || coalesce(rolname, 'public') || option
        from aclexplode(defaclacl) left join pg_roles on pg_roles.oid = grantee,
          lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
        where grantee <> defaclrole) e(entry)
  union all
  select 'grant ' || path || ' ' || lower(privilege_type)
      || ' TO ' || coalesce(rolname, 'public') || option
    from rel, aclexplode(relacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where rel.relkind in ('v', 'm', 'S') and grantee <> relowner
  union all
  select 'grant ' || path || ' ' || lower(privilege_type) || ' (' || attname || ') TO '
      || coalesce(rolname, 'public') || option
    from rel join pg_attribute on attrelid = rel.oid and not attisdropped,
      aclexplode(attacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where rel.relkind in ('v', 'm') and grantee <> relowner
  union all
  select 'grant schema ' || nspname || ' ' || lower(privilege_type) || ' TO '
      || coalesce(rolname, 'public') || option
    from pg_namespace s join n using (oid, nspname), aclexplode(nspacl) a
      left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where grantee <> nspowner
  union all
  select 'grant function ' || nspname || '.' || proname || ' ' || pronargs || ' ' || lower(privilege_type)
      || ' TO ' || coalesce(rolname, 'public') || option
    from pg_proc p join n on n.oid = pronamespace,
      aclexplode(coalesce(proacl, acldefault('f', proowner))) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where grantee <> proowner
      and not exists (select 1 from inext where objid = p.oid and classid = 'pg_proc'::regclass)
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'i')
  union all
  select 'attributes ' || nspname || '.' || proname || ' ' || pronargs || ' ' || provolatile::text || ' '
      || proisstrict || ' ' || prosecdef || ' ' || proleakproof || ' ' || proparallel::text || ' '
      || procost || ' ' || prorows || ' '
      || coalesce((select string_agg(lower(split_part(c, '=', 1)), ',' order by c) from unnest(proconfig) c), '')
    from pg_proc p join n on n.oid = pronamespace
    where prokind <> 'a'
      and not exists (select 1 from inext where objid = p.oid and classid = 'pg_proc'::regclass)
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'i')
  union all
  select 'publication ' || pubname || ' comment=' || coalesce(obj_description(oid, 'pg_publication'), '')
    from pg_publication
  union all
  select 'publication ' || pubname || ' all' from pg_publication where puballtables
  union all
  select 'publication ' || pubname || ' table ' || quote_ident(nspname) || '.' || quote_ident(relname)
    from pg_publication_rel join pg_publication p on p.oid = prpubid join rel on rel.oid = prrelid
  union all
  select 'publication ' || pubname || ' schema ' || nspname
    from pg_publication_namespace join pg_publication p on p.oid = pnpubid join n on n.oid = pnnspid
  union all
  select 'role ' || rolname || ' comment=' || coalesce(shobj_description(oid, 'pg_authid'), '') from pg_roles
    where rolname !~ '^(pg_|postgres$|truth_)'
  """
