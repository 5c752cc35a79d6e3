// The query that writes the lines of `catalogLines` of a real database.

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
    where rel.relkind in ('r', 'p', 'v', 'm', 'S') and grantee <> relowner
  union all
  select 'grant ' || path || ' ' || lower(privilege_type) || ' (' || attname || ') TO '
      || coalesce(rolname, 'public') || option
    from rel join pg_attribute on attrelid = rel.oid and not attisdropped,
      aclexplode(attacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where rel.relkind in ('r', 'p', 'v', 'm') and grantee <> relowner
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
      select 'conversion', oid, tableoid, conname, connamespace, '' from pg_conversion union all
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
  union all
  select 'mappings ' || nspname || '.' || cfgname || ' ' || coalesce((
      select string_agg(alias || '=' || dicts, ';' order by (alias || '=' || dicts) collate "C") from (
        select alias, string_agg(case when dn.nspname in ('pg_catalog', 'public') then '' else dn.nspname || '.' end
          || dictname, ', ' order by mapseqno) as dicts
        from pg_ts_config_map m join pg_ts_dict d on d.oid = mapdict
        join pg_namespace dn on dn.oid = d.dictnamespace
        join ts_token_type(cfgparser) on tokid = maptokentype
        where mapcfg = c.oid group by alias) tokens), '')
    from pg_ts_config c join n on n.oid = cfgnamespace
  union all
  select 'dictionary ' || nspname || '.' || dictname || ' '
      || regexp_replace(o, ' = ''(.*)''$', '=\\1')
    from pg_ts_dict join n on n.oid = dictnamespace,
      regexp_split_to_table(dictinitoption, ', ') o
  union all
  select 'foreign-data wrapper ' || fdwname || ' ' || o from pg_foreign_data_wrapper f, unnest(fdwoptions) o
    where not exists (select 1 from inext where objid = f.oid)
  union all
  select 'server ' || srvname || ' ' || o from pg_foreign_server, unnest(srvoptions) o
  union all
  select 'user mapping ' || coalesce(rolname, 'public') || ' ' || srvname || ' ' || o
    from pg_user_mapping join pg_foreign_server s on s.oid = umserver
    left join pg_roles r on r.oid = umuser, unnest(umoptions) o
  union all
  select 'grant foreign-data wrapper ' || fdwname || ' ' || lower(privilege_type) || ' TO '
      || coalesce(rolname, 'public') || option
    from pg_foreign_data_wrapper, aclexplode(fdwacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where grantee <> fdwowner
  union all
  select 'grant server ' || srvname || ' ' || lower(privilege_type) || ' TO '
      || coalesce(rolname, 'public') || option
    from pg_foreign_server, aclexplode(srvacl) a left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where grantee <> srvowner
  union all
  select 'grant type ' || nspname || '.' || typname || ' ' || lower(privilege_type) || ' TO '
      || coalesce(rolname, 'public') || option
    from pg_type t join n on n.oid = typnamespace,
      aclexplode(coalesce(typacl, acldefault('T', typowner))) a
      left join pg_roles on pg_roles.oid = grantee,
      lateral (select '' union select ' WITH GRANT OPTION' where is_grantable) o(option)
    where grantee <> typowner and typtype in ('e', 'd', 'r')
      and not exists (select 1 from inext where objid = t.oid and classid = 'pg_type'::regclass)
  union all
  select 'attributes of ' || rolname || ' ' || concat_ws(' ',
      case when rolbypassrls then 'bypassrls=on' end, case when rolcanlogin then 'canlogin=on' end,
      case when rolconnlimit >= 0 then 'connectionlimit=' || rolconnlimit end,
      case when rolcreatedb then 'createdb=on' end, case when rolcreaterole then 'createrole=on' end,
      case when not rolinherit then 'inherit=off' end,
      case when rolreplication then 'isreplication=on' end,
      case when rolsuper then 'superuser=on' end,
      'validUntil=' || to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00')
    from pg_roles where rolname !~ '^(pg_|postgres$|truth_)'
  union all
  select 'member ' || m.rolname || ' of ' || r.rolname || ' '
      || case when admin_option then 'WITH ADMIN OPTION' else '' end
    from pg_auth_members join pg_roles r on r.oid = roleid join pg_roles m on m.oid = member
    where r.rolname !~ '^pg_'
  union all
  select 'event trigger ' || evtname || ' '
      || case evtenabled when 'O' then 'enabled' when 'D' then 'disabled' when 'R' then 'replica'
           else 'always' end
      || ' comment=' || coalesce(obj_description(oid, 'pg_event_trigger'), '') from pg_event_trigger
  union all
  select 'subscription ' || subname || ' ' || subconninfo || ' '
      || array_to_string(array(select unnest(subpublications) order by 1), ', ')
      || case when subenabled then ' on ' else ' off ' end
      || case when subslotname is null then 'none ' else 'own ' end || subsynccommit
    from pg_subscription
  union all
  select 'access method ' || amname || ' comment=' || coalesce(obj_description(oid, 'pg_am'), '')
    from pg_am where oid >= 16384
  union all
  select 'language ' || lanname || ' comment=' || coalesce(obj_description(oid, 'pg_language'), '')
    from pg_language where oid >= 16384 or lanname !~ '^(internal|c|sql|plpgsql)$'
  """
