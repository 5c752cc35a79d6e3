// What a migration is told that inspects the schema it finds.

import Alembic
import PostgresSyntax
import SchemaModel
import SourceText
import Synchronization
import Threads

/// Evaluates steps anew that ask for the schema, where a replay knows it.
final class SchemaAnswers: Sendable {
  private let evaluation: ScheduledEvaluation
  private let parsed: Memo<ExactText, ParseOutcome>

  init(_ project: AlembicProject, _ parsed: Memo<ExactText, ParseOutcome>) {
    evaluation = ScheduledEvaluation(project, for: .online)
    self.parsed = parsed
  }

  /// The step as it is on this catalog. Nil where it may do something else on a database that has more than the
  /// history tells, as one whose tables were not made by migrations: who looks for what nothing made expects it.
  /// Where it only leaves out what is there already, it is as good as one with IF NOT EXISTS.
  func step(
    _ direction: Direction, of revision: Revision, on catalog: Catalog, _ replayer: Replayer,
    origin: Origin
  ) -> ParsedStep? {
    func evaluated(mayHoldMore: Bool) -> Step? {
      let view = FoundSchema(
        revision, direction, catalog, replayer, origin, parsed, mayHoldMore: mayHoldMore)
      return evaluation.step(direction, of: revision, on: view)
    }
    guard catalog.isComplete, let step = evaluated(mayHoldMore: false),
      let other = evaluated(mayHoldMore: true), other.doesNoMore(than: step)
    else { return nil }
    return ParsedStep(step, parsed)
  }
}

extension Step {
  /// Whether it sends nothing that the other one does not.
  fileprivate func doesNoMore(than other: Step) -> Bool {
    var left: [String: Int] = [:]
    for statement in other.statements { left[statement.sql, default: 0] += 1 }
    let isSent = statements.allSatisfy { statement in
      left[statement.sql, default: 0] -= 1
      return left[statement.sql, default: 0] >= 0
    }
    return isSent && opaque.allSatisfy { $0.reach == .rows }
  }
}

/// The catalog that a step begins with, and what it makes of that until it asks.
private final class FoundSchema: SchemaView {
  private let revision: Revision
  private let direction: Direction
  private let origin: Origin
  private let parsed: Memo<ExactText, ParseOutcome>
  let mayHoldMore: Bool
  private let start: State
  private let state: Mutex<State>
  /// How many elements may be looked at for all answers.
  private static let mostWork = 1_000_000

  /// As far as the step was replayed.
  private struct State {
    var catalog: Catalog
    var replayer: Replayer
    var done: [StepElement] = []
    var work = 0

    /// Whether these begin with what was replayed; a place that is not known may have come between.
    func isBeginning(of elements: [StepElement]) -> Bool {
      elements.count >= done.count
        && zip(done, elements).allSatisfy { old, new in
          switch (old, new) {
          case (.statement(let old), .statement(let new)):
            old.range == new.range && old.sql == new.sql
          case (.opaque(let old), .opaque(let new)): old == new
          default: false
          }
        }
    }
  }

  init(
    _ revision: Revision, _ direction: Direction, _ catalog: Catalog, _ replayer: Replayer,
    _ origin: Origin, _ parsed: Memo<ExactText, ParseOutcome>, mayHoldMore: Bool
  ) {
    self.mayHoldMore = mayHoldMore
    self.revision = revision
    self.direction = direction
    start = State(catalog: catalog, replayer: replayer)
    state = Mutex(start)
    self.origin = origin
    self.parsed = parsed
  }

  func answer(_ question: SchemaQuestion, after elements: [StepElement]) -> SchemaAnswer? {
    let catalog = state.withLock { state -> Catalog? in
      let work = state.work + elements.count
      if work > Self.mostWork { return nil }
      if !state.isBeginning(of: elements) { state = start }
      state.work = work
      guard elements.count > state.done.count else { return state.catalog }
      let new = Array(elements[state.done.count...])
      state.replayer.part = state.done.isEmpty ? .beginning : .continuation
      let part = ParsedStep(Step(direction: direction, elements: new), parsed)
      _ = state.replayer.replay(part, of: revision, origin: origin, on: &state.catalog)
      state.done = elements
      return state.catalog
    }
    return catalog.flatMap { answer(question, on: $0) }
  }

  private func answer(_ question: SchemaQuestion, on catalog: Catalog) -> SchemaAnswer? {
    let answer = catalog.answer(question)
    guard mayHoldMore, answer == .holds(false) else { return answer }
    return question.kind != .hasSchema && catalog.hasDropped(question.qualifiedName) ? answer : nil
  }
}

extension SchemaQuestion {
  /// With the schema that names without one are found in.
  fileprivate var qualifiedName: QualifiedName { QualifiedName(schema: schema ?? "public", name) }
}

extension Catalog {
  /// What SQLAlchemy's Inspector reads from `pg_catalog`; nil for what is not known of it.
  fileprivate func answer(_ question: SchemaQuestion) -> SchemaAnswer? {
    guard isPlain(question.schema) else { return nil }
    let name = question.qualifiedName
    switch question.kind {
    case .tableNames:
      return names(in: name.schema) { relation in
        if case .table(let table) = relation, !table.value.isForeign { true } else { false }
      }
    case .viewNames:
      return names(in: name.schema) { relation in
        if case .view(let view) = relation, !view.value.isMaterialized { true } else { false }
      }
    case .sequenceNames:
      return names(in: name.schema) { if case .sequence = $0 { true } else { false } }
    case .schemaNames: return nil
    case .hasSchema:
      return isComplete ? .holds(holdsSchema(question.name)) : nil
    case .hasTable:
      return holds(name) { relation in
        switch relation {
        case .table, .view: true
        // Older releases took every relation for a table.
        case .sequence, .index: nil
        }
      }
    case .hasSequence:
      return holds(name) { if case .sequence = $0 { true } else { false } }
    case .columns, .indexes, .uniqueConstraints, .checkConstraints, .foreignKeys, .primaryKey:
      guard let table = table(name), isComplete, table.isComplete, isSettled(table.id),
        table.inherits.isEmpty, table.partitionOf == nil, !table.isForeign
      else { return nil }
      return table.answer(question).map(SchemaAnswer.objects)
    }
  }

  /// Whether it is known which schema a name is looked up in.
  private func isPlain(_ schema: String?) -> Bool {
    schema == nil
      ? findsPublicOnly : schema?.hasPrefix("pg_") == false && schema != "information_schema"
  }

  private func names(in schema: String?, _ isMeant: (Relation) -> Bool) -> SchemaAnswer? {
    guard isComplete else { return nil }
    return .names(
      relations.names.filter { name in
        name.schema == schema && relations[name].map(isMeant) == true
      }.map(\.name))
  }

  private func holds(_ name: QualifiedName, _ isMeant: (Relation) -> Bool?) -> SchemaAnswer? {
    guard let relation = relations[name] else { return isComplete ? .holds(false) : nil }
    guard let isMeant = isMeant(relation), let id = relation.id ?? (isComplete ? .max : nil),
      isSettled(id)
    else { return nil }
    return .holds(isMeant)
  }
}

extension Table {
  fileprivate var isForeign: Bool { if case .foreign = kind { true } else { false } }

  /// The table's parts in the order in which SQLAlchemy reads them: columns by their place, the others by name.
  fileprivate func answer(_ question: SchemaQuestion) -> [InspectedObject]? {
    if constraints.contains(where: { $0.kind == .unknown }) { return nil }
    let constraints = constraints.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    switch question.kind {
    case .columns: return columns.map(\.inspected)
    case .indexes:
      return indexes.filter { index in index.constraint.flatMap(constraint)?.isPrimaryKey != true }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.inspected)
    case .uniqueConstraints:
      return constraints.compactMap { constraint in
        guard case .unique(let key) = constraint.kind else { return nil }
        return InspectedObject([
          "column_names": .names(key.columns), "name": .text(constraint.name), "comment": .unknown,
        ])
      }
    case .checkConstraints:
      return constraints.compactMap { constraint in
        guard case .check = constraint.kind else { return nil }
        return InspectedObject([
          "name": .text(constraint.name), "sqltext": .unknown, "comment": .unknown,
        ])
      }
    case .foreignKeys:
      return constraints.compactMap { constraint in
        constraint.reference.map { $0.inspected(constraint.name, from: question.schema) }
      }
    case .primaryKey:
      return [
        InspectedObject([
          "constrained_columns": .names(primaryKey?.key?.columns ?? []),
          "name": .text(primaryKey?.name), "comment": .unknown,
        ])
      ]
    default: return nil
    }
  }
}

extension Column {
  fileprivate var inspected: InspectedObject {
    InspectedObject([
      "name": .text(name), "type": .unknown,
      "nullable": isNullable.map(InspectedObject.Part.truth) ?? .unknown, "default": .unknown,
      "autoincrement": .unknown, "comment": .unknown,
    ])
  }
}

extension Index {
  fileprivate var inspected: InspectedObject {
    let names = elements.compactMap { element in
      if case .column(let name) = element.key { name } else { nil }
    }
    let isPlain = names.count == elements.count && including.isEmpty
    var object = InspectedObject([
      "name": .text(name), "unique": .truth(isUnique),
      "column_names": isPlain ? .names(names) : .unknown, "include_columns": .unknown,
      "dialect_options": .unknown,
    ])
    if constraint != nil {
      object.parts.append(.init(key: "duplicates_constraint", part: .text(name)))
    }
    return object
  }
}

extension Constraint.Reference {
  /// - Parameter schema: the one that was asked about; nil: that of names without one.
  fileprivate func inspected(_ name: String, from schema: String?) -> InspectedObject {
    // PostgreSQL leaves out a schema that is searched anyway.
    let isSearched = table.schema == "public"
    let other = isSearched ? (schema == "public" ? schema : nil) : table.schema
    return InspectedObject([
      "name": .text(name), "constrained_columns": .names(columns), "referred_schema": .text(other),
      "referred_table": .text(table.name), "referred_columns": .names(referencedColumns),
      "options": .unknown, "comment": .unknown,
    ])
  }
}
