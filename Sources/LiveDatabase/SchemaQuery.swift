// The catalogs of a database into facts: four queries that read nothing but catalogs.

import DatabaseFacts

/// What several checks ask about the catalogs, as four questions.
struct SchemaQuery {
  private let requests: [SchemaRequest]
  private let merged: SchemaRequest

  init(_ requests: [SchemaRequest]) {
    self.requests = requests
    var merged = SchemaRequest()
    merged.relations = unique(requests.flatMap(\.relations))
    merged.types = unique(requests.flatMap(\.types))
    merged.routines = unique(requests.flatMap(\.routines))
    merged.schemas = unique(requests.flatMap(\.schemas))
    merged.extensions = unique(requests.flatMap(\.extensions))
    merged.others = unique(requests.flatMap(\.others))
    merged.removals = requests.flatMap(\.removals)
    merged.parts = unique(requests.flatMap(\.parts))
    merged.divided = unique(requests.flatMap(\.divided))
    merged.used = unique(requests.flatMap(\.used))
    self.merged = merged
  }

  static let limit = 5000
  static let rowLimit = 100_000
  /// Between names in one text: no name of a sane database holds it.
  static let separator: Character = "\u{1}"

  func questions(since version: Int) -> [Segment] {
    [
      Segment(
        LiveDatabase.again, (Self.objects(since: version), Self.parameters(merged)),
        limit: Self.rowLimit),
      Segment(
        LiveDatabase.again, (DependentsQuery.text, Self.parameters(merged.removals)),
        limit: Self.limit),
      Segment(
        LiveDatabase.again, (NeighboursQuery.text, NeighboursQuery.parameters(merged)),
        limit: NeighboursQuery.limit),
      Segment(
        LiveDatabase.again, (UsedQuery.text, UsedQuery.parameters(merged.used)),
        limit: UsedQuery.limit),
    ]
  }

  static let count = 4

  /// The facts for each request, or why the catalogs were not read.
  func facts(_ answers: ArraySlice<Answer>) -> [Known<SchemaFacts>] {
    switch read(answers) {
    case .unknown(let why): return requests.map { _ in .unknown(why) }
    case .known(let all):
      let dependents = Dictionary(grouping: all.dependents, by: \.removal)
      var removal = 0
      return requests.map { request in
        var facts = all.part(for: request)
        facts.dependents = request.removals.indices.flatMap { index in
          (dependents[removal + index] ?? []).map { dependent in
            var dependent = dependent
            dependent.removal = index
            return dependent
          }
        }
        removal += request.removals.count
        return .known(facts)
      }
    }
  }

  private func read(_ answers: ArraySlice<Answer>) -> Known<SchemaFacts> {
    guard answers.count == Self.count else { return .unknown("the catalogs were not asked") }
    let start = answers.startIndex
    let (objects, dependents) = (answers[start], answers[start + 1])
    let (neighbours, used) = (answers[start + 2], answers[start + 3])
    var facts = SchemaFacts()
    switch objects {
    case .failure(let failure): return .unknown(words(for: failure, "the catalogs"))
    case .success(let rows):
      guard rows.count <= Self.rowLimit else {
        return .unknown("the catalogs answer with more than \(Self.rowLimit) rows")
      }
      for row in rows { facts.take(row) }
    }
    switch dependents {
    case .failure(let failure): return .unknown(words(for: failure, "the catalogs"))
    case .success(let rows):
      guard rows.count <= Self.limit else {
        return .unknown("more than \(Self.limit) objects depend on what goes")
      }
      facts.dependents = rows.compactMap(LiveDependent.init(row:))
    }
    switch neighbours {
    case .failure(let failure): return .unknown(words(for: failure, "the catalogs"))
    case .success(let rows):
      guard rows.count <= NeighboursQuery.limit else {
        return .unknown("more than \(NeighboursQuery.limit) tables are tied to these")
      }
      NeighboursQuery.take(rows, &facts)
    }
    switch used {
    case .failure(let failure): return .unknown(words(for: failure, "the catalogs"))
    case .success(let rows):
      guard rows.count <= UsedQuery.limit else {
        return .unknown("the downgrade uses more than \(UsedQuery.limit) objects by name")
      }
      UsedQuery.take(rows, of: merged.used, &facts)
    }
    return .known(facts)
  }

  private static func parameters(_ request: SchemaRequest) -> [String] {
    [
      request.relations.map(\.schema), request.relations.map(\.name),
      request.types.map(\.schema), request.types.map(\.name),
      request.routines.map(\.schema), request.routines.map(\.name),
      request.schemas, request.extensions,
      request.others.map(\.kind.rawValue), request.others.map(\.name.schema),
      request.others.map(\.name.name),
    ].map(arrayLiteral)
  }

  private static func parameters(_ removals: [SchemaRequest.Removal]) -> [String] {
    [
      removals.indices.map { String($0) }, removals.map(\.mode.rawValue),
      removals.map(\.object.rawValue), removals.map(\.schema), removals.map(\.name),
      removals.map(\.part),
    ].map(arrayLiteral)
  }

  /// The types of the arguments of the `pg_proc` row `p`.
  static let argumentNames = """
    coalesce((SELECT string_agg(y.typname, ',' ORDER BY u.place)
      FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(type, place)
      JOIN pg_catalog.pg_type y ON y.oid = u.type), '')
    """

  /// What a version before 12 or 13 does not have is left out.
  private static func objects(since version: Int) -> String {
    let generated = version >= 120_000 ? "a.attgenerated <> ''" : "false"
    let ownTriggers = version >= 130_000 ? "AND g.tgparentid = 0" : ""
    return """
      WITH rel AS (
        SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind,
               c.relrowsecurity, c.reltuples, c.relpages, c.relpersistence, c.reloptions
        FROM unnest($1::text[], $2::text[]) AS w(schema, name)
        JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
      )
      SELECT 'path', ''::text, ''::text, s::text, NULL::text, NULL::text, NULL::text, NULL::text,
             NULL::text, p.place
      FROM unnest(current_schemas(false)) WITH ORDINALITY AS p(s, place)
      UNION ALL
      SELECT 'relation', schema, name, relkind::text, relrowsecurity::text,
             reltuples::bigint::text, (relpages * current_setting('block_size')::bigint)::text,
             relpersistence::text, array_to_string(reloptions, chr(1)), 0
      FROM rel
      UNION ALL
      SELECT 'indexed', r.schema, r.name, n.nspname::text, c.relname::text, x.indisreplident::text,
             x.indisclustered::text, NULL, NULL, 0
      FROM rel r JOIN pg_catalog.pg_index x ON x.indexrelid = r.oid
      JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      UNION ALL
      SELECT 'column', r.schema, r.name, a.attname::text,
             pg_catalog.format_type(a.atttypid, a.atttypmod),
             coalesce(e.typname, t.typname)::text, a.attnotnull::text,
             CASE WHEN \(generated) THEN 'generated' WHEN a.attidentity <> '' THEN 'identity'
                  WHEN a.atthasdef THEN 'default' ELSE 'none' END,
             CASE WHEN a.attcollation <> t.typcollation THEN
               (SELECT collname::text FROM pg_catalog.pg_collation WHERE oid = a.attcollation) END,
             a.attnum
      FROM rel r
      JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      WHERE r.relkind IN ('r', 'p', 'f', 'v', 'm')
      UNION ALL
      SELECT 'constraint', r.schema, r.name, k.conname::text, k.contype::text,
             k.convalidated::text,
             (SELECT string_agg(a.attname, chr(1) ORDER BY u.place)
              FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
             NULL, NULL, 0
      FROM rel r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid
      WHERE k.contype NOT IN ('n', 't') AND k.conparentid = 0
      UNION ALL
      SELECT 'index', r.schema, r.name, i.relname::text, (x.indisvalid AND x.indisready)::text,
             x.indisunique::text,
             (SELECT string_agg(coalesce(a.attname, ''), chr(1) ORDER BY u.place)
              FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS u(number, place)
              LEFT JOIN pg_catalog.pg_attribute a
                ON a.attrelid = x.indrelid AND a.attnum = u.number AND u.number <> 0
              WHERE u.place <= x.indnkeyatts),
             (x.indisunique AND x.indimmediate AND x.indisvalid AND x.indpred IS NULL
              AND x.indexprs IS NULL)::text, NULL, 0
      FROM rel r JOIN pg_catalog.pg_index x ON x.indrelid = r.oid
      JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid AND NOT i.relispartition
      UNION ALL
      SELECT 'trigger', r.schema, r.name, g.tgname::text, g.tgenabled::text, NULL, NULL, NULL,
             NULL, 0
      FROM rel r JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid
      WHERE NOT g.tgisinternal \(ownTriggers)
      UNION ALL
      SELECT 'policy', r.schema, r.name, p.polname::text, NULL, NULL, NULL, NULL, NULL, 0
      FROM rel r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
      UNION ALL
      SELECT 'rule', r.schema, r.name, w.rulename::text, NULL, NULL, NULL, NULL, NULL, 0
      FROM rel r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
      UNION ALL
      SELECT 'type', n.nspname::text, t.typname::text, t.typtype::text,
             (SELECT string_agg(l.enumlabel, chr(1) ORDER BY l.enumsortorder)
              FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid), NULL, NULL, NULL, NULL, 0
      FROM unnest($3::text[], $4::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid AND t.typname = w.name::name
      UNION ALL
      SELECT 'routine', n.nspname::text, p.proname::text, \(argumentNames), p.prokind::text,
             array_to_string(p.proargnames, chr(1)), p.pronargdefaults::text,
             (SELECT y.typname::text FROM pg_catalog.pg_type y WHERE y.oid = p.prorettype)
             || CASE WHEN p.proretset THEN chr(1) ELSE '' END,
             concat_ws(chr(1), CASE WHEN p.prosecdef THEN 'definer' ELSE '' END,
                       array_to_string(p.proconfig, chr(1))), 0
      FROM unnest($5::text[], $6::text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
      JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name::name
      UNION ALL
      SELECT 'schema', nspname::text, '', NULL, NULL, NULL, NULL, NULL, NULL, 0
      FROM pg_catalog.pg_namespace WHERE nspname::text = ANY ($7::text[])
      UNION ALL
      SELECT 'extension', extname::text, '', NULL, NULL, NULL, NULL, NULL, NULL, 0
      FROM pg_catalog.pg_extension WHERE extname::text = ANY ($8::text[])
      UNION ALL
      SELECT 'other', w.schema, w.name, w.kind, NULL, NULL, NULL, NULL, NULL, 0
      FROM unnest($9::text[], $10::text[], $11::text[]) AS w(kind, schema, name)
      WHERE w.kind = 'publication'
        AND EXISTS (SELECT FROM pg_catalog.pg_publication p WHERE p.pubname = w.name::name)
        OR w.kind = 'statistics' AND EXISTS (SELECT FROM pg_catalog.pg_statistic_ext t
          JOIN pg_catalog.pg_namespace n ON n.oid = t.stxnamespace
          WHERE n.nspname = w.schema::name AND t.stxname = w.name::name)
      ORDER BY 1, 2, 3, 10, 4
      LIMIT \(rowLimit + 1)
      """
  }
}

/// Each once, in the order of their first places.
func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
  var seen: Set<Element> = []
  return elements.filter { seen.insert($0).inserted }
}

/// The text of an array; nil is NULL. What is in quotes needs no other escapes (manual 8.15.6).
func arrayLiteral(_ elements: [String?]) -> String {
  let quoted = elements.map { element -> String in
    guard let element else { return "NULL" }
    var text = "\""
    for character in element.unicodeScalars where character != "\0" {
      if character == "\"" || character == "\\" { text.unicodeScalars.append("\\") }
      text.unicodeScalars.append(character)
    }
    return text + "\""
  }
  return "{" + quoted.joined(separator: ",") + "}"
}

extension SchemaFacts {
  /// What one of several requests asked for, without dependents.
  fileprivate func part(for request: SchemaRequest) -> SchemaFacts {
    func part<Value>(_ all: [TableName: Value], _ names: [TableName]) -> [TableName: Value] {
      Dictionary(names.compactMap { name in all[name].map { (name, $0) } }) { first, _ in first }
    }
    var facts = SchemaFacts()
    facts.searchPath = searchPath
    facts.relations = part(relations, request.relations)
    facts.types = part(types, request.types)
    facts.routines = part(routines, request.routines)
    facts.schemas = schemas.intersection(request.schemas)
    facts.extensions = extensions.intersection(request.extensions)
    facts.others = others.intersection(request.others)
    let (tables, parts) = (Set(request.relations), Set(request.parts))
    facts.neighbours = neighbours.filter { neighbour in
      guard let kind = neighbour.kind else { return tables.contains(neighbour.table) }
      return parts.contains { $0.kind == kind && $0.table == neighbour.table }
    }
    facts.eventTriggers = eventTriggers
    let uses = Set(request.used)
    facts.used = used.filter { uses.contains($0.use) }
    return facts
  }

  /// Takes up one row of the first query; those of a relation come before those of its parts.
  fileprivate mutating func take(_ row: [String?]) {
    guard row.count == 10, let tag = row[0] else { return }
    if tag == "other", let kind = row[3].flatMap(SchemaRequest.OtherObject.Kind.init(rawValue:)),
      let name = row[2]
    {
      others.insert(.init(kind, TableName(schema: row[1], name: name)))
    }
    guard let first = row[1], let second = row[2] else { return }
    let name = TableName(schema: first, name: second)
    switch tag {
    case "path": if let schema = row[3] { searchPath.append(schema) }
    case "schema": schemas.insert(first)
    case "extension": extensions.insert(first)
    case "type": types[name] = LiveType(kind: row[3] ?? "", labels: list(row[4]))
    case "routine": routines[name, default: []].append(LiveRoutine(row))
    case "other": break
    case "relation":
      var relation = relations[name] ?? LiveRelation(kind: "", hasRowSecurity: false)
      relation.kind = row[3] ?? ""
      relation.hasRowSecurity = row[4] == "true"
      relation.estimatedRows = row[5].flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
      relation.bytes = relation.estimatedRows == nil ? nil : row[6].flatMap { Int($0) }
      relation.isUnlogged = row[7] == "u"
      relation.options = list(row[8])
      relations[name] = relation
    default:
      guard let part = row[3] else { return }
      relations[name, default: LiveRelation(kind: "", hasRowSecurity: false)]
        .take(tag, part, Array(row[4...]))
    }
  }
}

private func list(_ text: String?) -> [String] {
  text?.split(separator: SchemaQuery.separator, omittingEmptySubsequences: false).map(String.init)
    ?? []
}

extension LiveRelation {
  fileprivate mutating func take(_ tag: String, _ part: String, _ cells: [String?]) {
    switch tag {
    case "column":
      columns.append(
        Column(
          name: part, type: cells[0] ?? "", typeName: cells[1] ?? "",
          isNotNull: cells[2] == "true",
          filling: cells[3].flatMap(Column.Filling.init(rawValue:)) ?? .none, collation: cells[4]))
    case "constraint":
      constraints.append(
        Constraint(
          name: part, kind: cells[0] ?? "", isValidated: cells[1] == "true",
          columns: list(cells[2])))
    case "index":
      var index = Index(
        name: part, isValid: cells[0] == "true", isUnique: cells[1] == "true",
        columns: list(cells[2]))
      index.isReferable = cells[3] == "true"
      indexes.append(index)
    case "indexed":
      indexed = IndexUse(
        of: TableName(schema: part, name: cells[0] ?? ""), isReplicaIdentity: cells[1] == "true",
        isClustered: cells[2] == "true")
    case "trigger": triggers[part] = cells[0] ?? ""
    case "policy": policies.insert(part)
    case "rule": rules.insert(part)
    default: break
    }
  }
}

extension LiveRoutine {
  /// - Parameter row: of the first query.
  fileprivate init(_ row: [String?]) {
    let (result, more) = (list(row[7]), list(row[8]))
    self.init(
      arguments: row[3] ?? "", kind: row[4] ?? "", names: list(row[5]),
      defaults: row[6].flatMap { Int($0) } ?? 0, result: result.first ?? "",
      returnsSet: result.count > 1, isSecurityDefiner: more.first == "definer",
      settings: Array(more.dropFirst()))
  }
}

extension LiveDependent {
  fileprivate init?(row: [String?]) {
    guard row.count == 7, let removal = row[0].flatMap({ Int($0) }),
      let way = row[1].flatMap(Way.init(rawValue:)), let kind = row[2]
    else { return nil }
    self.init(
      removal: removal, way: way, kind: kind, names: row[3...5].compactMap { $0 }, text: row[6])
  }
}
