// A catalog as lines of text, as `catalogLinesQuery` writes them of a real database.

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
  case .textSearchConfiguration:
    let mappings = other.options.map { "\($0.key.dropFirst(12))=\($0.value)" }.sorted()
    return [
      "\(key.kind.rawValue) \(key.name.lineName) \(comment)",
      "mappings \(key.name.lineName) \(mappings.joined(separator: ";"))",
    ]
  case .textSearchDictionary:
    return ["\(key.kind.rawValue) \(key.name.lineName) \(comment)"]
      + other.options.map { "dictionary \(key.name.lineName) \($0.key)=\($0.value)" }
  case .collation, .textSearchParser, .textSearchTemplate, .conversion:
    return ["\(key.kind.rawValue) \(key.name.lineName) \(comment)"]
  case .operator:
    let arguments = key.detail.replacing("public.", with: "")
    let shell = other.definition == OtherObject.shell ? " shell" : ""
    return ["operator \(key.name.lineName)(\(arguments))\(shell) \(comment)"]
  case .operatorClass, .operatorFamily:
    return ["\(key.kind.rawValue) \(key.name.lineName) \(key.owner?.name ?? "") \(comment)"]
  case .cast:
    return ["cast \(key.name.name.replacing("public.", with: "")) \(comment)"]
  case .foreignDataWrapper, .foreignServer:
    let line = "\(key.kind.rawValue) \(key.name.name)"
    return ["\(line) \(comment)"] + optionLines(line, other)
      + other.grants.map { "grant \(line) \($0)" }
  case .role:
    let settings = other.options.map { "\($0.key)=\($0.value)" }.sorted()
    return [
      "role \(key.name.name) \(comment)",
      "attributes of \(key.name.name) \(settings.joined(separator: " "))",
    ]
  case .roleMember:
    return ["member \(key.name.name) of \(key.owner?.name ?? "") \(other.definition ?? "")"]
  case .eventTrigger:
    return ["event trigger \(key.name.name) \(other.options["state"] ?? "enabled") \(comment)"]
  case .subscription:
    let options = other.options
    return [
      "subscription \(key.name.name) \(options["connection"] ?? "") \(options["publications"] ?? "") "
        + "\(options["enabled"] ?? "on") \(options["slot_name"] ?? "own") "
        + (options["synchronous_commit"] ?? "off")
    ]
  case .accessMethod, .language:
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
  case .userMapping:
    let line = "user mapping \(key.name.name) \(key.owner?.name ?? "")"
    return [line] + optionLines(line, other)
  default: return []
  }
}

/// What stands in OPTIONS.
private func optionLines(_ line: String, _ other: OtherObject) -> [String] {
  other.options.filter { $0.key.hasPrefix("option ") }
    .map { "\(line) \($0.key.dropFirst(7))=\($0.value)" }
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
  kindLines(type)
    + (type.isComposite ? [] : type.grants.map { "grant type \(type.name.lineName) \($0)" })
}

private func kindLines(_ type: UserType) -> [String] {
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
