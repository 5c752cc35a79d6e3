// The texts of a catalog beside what a server stores of them. PostgreSQL keeps parsed trees and writes them out in a form of
// its own, the model keeps what was written: so the same server is given the model's text for an object of its own
// beside the real one, and writes out both.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax

@testable import SchemaModel

/// A definition of a catalog as text: what it is of, and how a server is made to read the model's text anew.
struct StoredDefinition: Hashable {
  /// Kind and name.
  var subject: String
  /// A query for what the server stores of the object.
  var original: String
  /// Makes the same once more by the model's text; it is rolled back.
  var making: String
  /// A query for what is stored of that.
  var copy: String

  /// For psql: prints `stored same SUBJECT`, or what differs.
  var question: String {
    "select pg_temp.stored(\([subject, original, making, copy].map(quotedLiteral).joined(separator: ", ")));"
  }

  /// Names are written out with their schemas, so that equal texts mean the same objects.
  static let functions = """
    create function pg_temp.written(query text) returns text language plpgsql as $$
      declare answer text; path text = current_setting('search_path'); begin
        perform set_config('search_path', 'pg_catalog', true);
        execute query into answer;
        perform set_config('search_path', path, true);
        return replace(answer, E'\n', ' ');
      end $$;
    create function pg_temp.stored(subject text, original text, making text, copy text)
      returns text language plpgsql as $$
      declare before text = pg_temp.written(original); after text; begin
        begin
          execute making;
          after = pg_temp.written(copy);
          raise exception using errcode = 'UNDO1';
        exception when sqlstate 'UNDO1' then null;
          when others then after = sqlstate || ' ' || sqlerrm;
        end;
        if before = after then return 'stored same ' || subject; end if;
        return 'stored otherwise ' || subject || ': ' || coalesce(before, 'nothing') || ' <> '
          || coalesce(after, 'nothing');
      end $$;
    """
}

/// All definitions of a catalog that are texts, but for those of views whose names were changed since they
/// were written.
func storedDefinitions(_ catalog: Catalog, writtenAnew views: WrittenViews) -> [StoredDefinition] {
  var definitions: [StoredDefinition] = []
  for table in catalog.tables where table.name.schema != "pg_temp" {
    definitions += table.definitions
  }
  for case .view(let view) in catalog.relations.values where view.value.isKnown {
    if view.value.name.schema != "pg_temp", views.isAsWritten(view.value) {
      definitions.append(view.value.definition)
    }
    definitions += view.value.indexes.compactMap { $0.definition(on: view.value.name) }
  }
  for type in catalog.types.values { definitions += type.value.definitions }
  return definitions.sorted { $0.subject < $1.subject }
}

/// The views of a history as they were when their texts were written.
struct WrittenViews {
  private var views: [ObjectID: View] = [:]

  /// Takes up the catalog after each statement.
  mutating func note(_ catalog: Catalog) {
    for case .view(let view) in catalog.relations.values {
      if let written = views[view.value.id], written.query == view.value.query { continue }
      views[view.value.id] = view.value
    }
  }

  /// Whether all that the text names has the names that it had.
  func isAsWritten(_ view: View) -> Bool {
    guard let written = views[view.id] else { return false }
    return written.relations == view.relations && written.reads == view.reads
      && written.functions == view.functions && written.types == view.types
      && written.columns.map(\.name) == view.columns.map(\.name)
  }
}

private let probe = "probe__"

extension QualifiedName {
  fileprivate var quoted: String {
    (schema.map { quoteIdentifier($0) + "." } ?? "") + quoteIdentifier(name)
  }

  /// As an expression of type `regclass`.
  fileprivate var asRelation: String { quotedLiteral(quoted) + "::regclass" }

  /// Another name in the same schema.
  fileprivate func sibling(_ name: String) -> QualifiedName { QualifiedName(schema: schema, name) }
}

extension Table {
  fileprivate var definitions: [StoredDefinition] {
    columns.compactMap(defaultDefinition) + constraints.compactMap(checkDefinition)
      + indexes.compactMap { $0.definition(on: name) } + policies.map(policyDefinition)
      + triggers.compactMap(triggerDefinition)
  }

  private func defaultDefinition(_ column: Column) -> StoredDefinition? {
    func stored(_ column: String) -> String {
      "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute "
        + "on attrelid = adrelid and attnum = adnum "
        + "where adrelid = \(name.asRelation) and attname = \(quotedLiteral(column))"
    }
    switch column.default {
    case .expression(let value):
      var making =
        "alter table \(name.quoted) alter column \(quoteIdentifier(column.name)) "
        + "set default \(value.text)"
      // Read when the column had another type, it was converted with it.
      if let first = column.defaultType, let type = column.type {
        making =
          "alter table \(name.quoted) add column \(probe) \(first.description) default \(value.text); "
          + "alter table \(name.quoted) alter column \(probe) type \(type.description) "
          + "using null"
      }
      return StoredDefinition(
        subject: "default \(name.quoted).\(column.name)", original: stored(column.name),
        making: making, copy: stored(column.defaultType == nil ? column.name : probe))
    case .generated(let value):
      guard let type = column.type, inherits.isEmpty, partitionOf == nil else { return nil }
      return StoredDefinition(
        subject: "generated \(name.quoted).\(column.name)", original: stored(column.name),
        making: "alter table \(name.quoted) add column \(probe) \(type.description) "
          + "generated always as (\(value.text)) stored", copy: stored(probe))
    case .none, .unknown: return nil
    }
  }

  private func checkDefinition(_ constraint: Constraint) -> StoredDefinition? {
    guard case .check(let condition, _) = constraint.kind else { return nil }
    func stored(_ constraint: String) -> String {
      "select pg_get_expr(conbin, conrelid) from pg_constraint where conrelid = \(name.asRelation) "
        + "and conname = \(quotedLiteral(constraint))"
    }
    return StoredDefinition(
      subject: "check \(name.quoted).\(constraint.name)", original: stored(constraint.name),
      making:
        "alter table \(name.quoted) add constraint \(probe) check (\(condition.text)) not valid",
      copy: stored(probe))
  }

  private func policyDefinition(_ policy: Policy) -> StoredDefinition {
    func stored(_ policy: String) -> String {
      "select concat_ws(' ; ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) "
        + "from pg_policy where polrelid = \(name.asRelation) and polname = \(quotedLiteral(policy))"
    }
    let using = policy.using.map { " using (\($0.text))" } ?? ""
    let check = policy.check.map { " with check (\($0.text))" } ?? ""
    return StoredDefinition(
      subject: "policy \(name.quoted).\(policy.name)", original: stored(policy.name),
      making: "create policy \(probe) on \(name.quoted)\(using)\(check)", copy: stored(probe))
  }

  private func triggerDefinition(_ trigger: Trigger) -> StoredDefinition? {
    guard let condition = trigger.definition.condition else { return nil }
    func stored(_ trigger: String) -> String {
      "select substring(pg_get_triggerdef(oid) from ' WHEN (.*) EXECUTE ') from pg_trigger "
        + "where tgrelid = \(name.asRelation) and tgname = \(quotedLiteral(trigger))"
    }
    let events = trigger.definition.events.map { "\($0)" }.sorted().joined(separator: " or ")
    return StoredDefinition(
      subject: "trigger \(name.quoted).\(trigger.name)", original: stored(trigger.name),
      making: "create trigger \(probe) \(trigger.definition.timing.rawValue) \(events) on "
        + "\(name.quoted) \(trigger.definition.forEachRow ? "for each row " : "")"
        + "when (\(condition.text)) execute function \(trigger.function.quoted)()",
      copy: stored(probe))
  }
}

extension Index {
  /// Nil where it has neither an expression nor a condition.
  fileprivate func definition(on table: QualifiedName) -> StoredDefinition? {
    guard isKnown, predicate != nil || elements.contains(where: { $0.expression != nil }) else {
      return nil
    }
    func stored(_ index: QualifiedName) -> String {
      "select concat_ws(' ; ', pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid)) "
        + "from pg_index where indexrelid = \(index.asRelation)"
    }
    let keys = elements.map { element in
      switch element.key {
      case .column(let name): quoteIdentifier(name)
      case .expression(let expression): "(\(expression.text))"
      }
    }
    let classes = elements.map { $0.operatorClass.map { " " + $0.quoted } ?? "" }
    let list = zip(keys, classes).map { $0 + $1 }.joined(separator: ", ")
    let condition = predicate.map { " where \($0.text)" } ?? ""
    return StoredDefinition(
      subject: "index \(table.sibling(name).quoted)", original: stored(table.sibling(name)),
      making: "create index \(probe) on \(table.quoted) using \(method) (\(list))\(condition)",
      copy: stored(table.sibling(probe)))
  }
}

extension View {
  fileprivate var definition: StoredDefinition {
    func stored(_ view: QualifiedName) -> String { "select pg_get_viewdef(\(view.asRelation))" }
    let names = columns.map { quoteIdentifier($0.name) }.joined(separator: ", ")
    return StoredDefinition(
      subject: "view \(name.quoted)", original: stored(name),
      making: "create temp view \(probe) (\(names)) as \(query)",
      copy: stored(QualifiedName(schema: "pg_temp", probe)))
  }
}

extension UserType {
  fileprivate var definitions: [StoredDefinition] {
    guard let domain else { return [] }
    func stored(_ constraint: String) -> String {
      "select pg_get_expr(conbin, 0) from pg_constraint where contypid = "
        + "\(quotedLiteral(name.quoted))::regtype and conname = \(quotedLiteral(constraint))"
    }
    let checks = domain.constraints.compactMap { constraint -> StoredDefinition? in
      guard case .check(let condition, _) = constraint.kind else { return nil }
      return StoredDefinition(
        subject: "check \(name.quoted).\(constraint.name)", original: stored(constraint.name),
        making:
          "alter domain \(name.quoted) add constraint \(probe) check (\(condition.text)) not valid",
        copy: stored(probe))
    }
    guard let value = domain.default else { return checks }
    let stored =
      "select pg_get_expr(typdefaultbin, 0) from pg_type "
      + "where oid = \(quotedLiteral(name.quoted))::regtype"
    return checks + [
      StoredDefinition(
        subject: "default \(name.quoted)", original: stored,
        making: "alter domain \(name.quoted) set default \(value.text)", copy: stored)
    ]
  }
}
