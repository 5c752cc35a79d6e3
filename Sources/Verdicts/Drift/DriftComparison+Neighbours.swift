// What hangs together with the tables of a downgrade in the database and is not in the files: parents, partitions,
// parts of descendants, foreign keys, publications, event triggers.

import DatabaseFacts
import HashTreeCollections
import PostgresSyntax
import SchemaModel

extension DriftComparison {
  mutating func compareNeighbours() {
    for neighbour in facts.neighbours {
      let other = QualifiedName(schema: neighbour.other.schema, neighbour.other.name)
      switch neighbour.tie {
      case .parent: parent(other, of: QualifiedName(neighbour.table))
      case .part: part(neighbour, other)
      case .partition, .reference, .published: break
      }
    }
    for assumption in plan.assumptions {
      switch assumption.matter {
      case .attached(let table, let parent):
        for name in [table, parent].compactMap({ $0 }) { attached(name, assumption.statement) }
      case .detached(let table, let parent): detached(table, parent, assumption.statement)
      case .alone(let table): alone(table, assumption.statement)
      default: break
      }
    }
    guard plan.definesSomething else { return }
    for trigger in facts.eventTriggers {
      drift.note("event trigger \(trigger)")
      add(
        .executes, .unknown,
        "event trigger \(trigger), which is not in the files, may refuse what the downgrade does")
    }
  }

  private mutating func parent(_ parent: QualifiedName, of name: QualifiedName) {
    guard plan.altered.contains(name), let table = plan.current.table(name),
      table.partitionOf?.parent != parent,
      !table.inherits.contains(where: { plan.current.resolveRelation($0) == parent })
    else { return }
    let text = "table \(displayed(name)) is a child of \(displayed(parent))"
    drift.note(text)
    if changed[name] == nil { changed[name] = text }
    add(.executes, .unknown, "\(text), unlike in the files")
    add(.schema, .unknown, "\(text), unlike in the files")
  }

  /// A descendant has already what it would inherit.
  private mutating func part(_ neighbour: LiveNeighbour, _ other: QualifiedName) {
    guard let kind = neighbour.kind, let name = neighbour.part else { return }
    let known: Bool =
      switch kind {
      case .column: plan.isKnown(.column(other, name))
      case .constraint: plan.isKnown(.constraint(other, name))
      case .trigger: plan.isKnown(.trigger(other, name))
      case .primaryKey: plan.current.table(other)?.primaryKey != nil
      }
    guard !known else { return }
    let what = kind == .primaryKey ? "a primary key" : "a \(kind.rawValue) \(name)"
    let text =
      "table \(displayed(other)), a child of \(displayed(QualifiedName(neighbour.table))), has \(what) "
      + "of its own, which is not in the files"
    drift.note(text)
    add(.executes, .unknown, text)
    add(.schema, .unknown, text)
  }

  /// What a table that gets a partition, or becomes one, has otherwise decides whether it may.
  private mutating func attached(_ name: QualifiedName, _ statement: Int) {
    for (other, text) in heirs(of: name)
    where plan.current.table(other)?.partitionOf?.parent != name {
      drift.note(text)
      add(
        .executes, .unknown, "\(text), and may be in the way (42P17, 23514)", at: statement)
    }
    if let text = changed[name] {
      add(
        .executes, .unknown, "\(text), unlike in the files, which decides what fits", at: statement)
    }
  }

  /// Most of what ONLY leaves its heirs without is refused.
  private mutating func alone(_ name: QualifiedName, _ statement: Int) {
    for (other, text) in heirs(of: name) where !plan.isKnown(.relation(other)) {
      drift.note(text)
      add(.executes, .unknown, "\(text), which ONLY leaves out (42P16)", at: statement)
      add(.schema, .unknown, "\(text), which ONLY leaves out", at: statement)
    }
  }

  /// The partitions and children that a table has in the database, with what to say of one that is not in the files.
  private func heirs(of name: QualifiedName) -> [(QualifiedName, String)] {
    facts.neighbours
      .filter { $0.tie == .partition && QualifiedName($0.table) == name }
      .map { neighbour in
        let other = QualifiedName(neighbour.other)
        return (
          other,
          "table \(displayed(other)), which is not in the files, is a partition or child of "
            + displayed(name)
        )
      }
  }

  private mutating func detached(
    _ table: QualifiedName, _ parent: QualifiedName, _ statement: Int
  ) {
    guard live(table) != nil, plan.current.table(table)?.partitionOf?.parent == parent,
      !facts.neighbours.contains(where: {
        $0.tie == .parent && QualifiedName($0.table) == table && QualifiedName($0.other) == parent
      })
    else { return }
    let text = "table \(displayed(table)) is not a partition of \(displayed(parent))"
    drift.note(text)
    add(.executes, .unsafe, "fails (42P01): \(text)", at: statement)
  }

  // MARK: - Rows

  /// What else happens when the downgrade changes rows, as the files do not have it.
  mutating func compareWritten() {
    for assumption in plan.assumptions {
      guard case .written(let name, let change) = assumption.matter,
        let table = plan.current.table(name), let live = live(name)
      else { continue }
      let statement = assumption.statement
      if table.isComplete, table.origin != nil {
        for trigger in live.triggers.keys.sorted()
        where !table.triggers.contains(where: { $0.name == trigger }) {
          interferes(.trigger(name, trigger), statement)
        }
        for rule in live.rules.sorted() where !table.rules.contains(where: { $0.name == rule }) {
          interferes(.rule(name, rule), statement)
        }
        for constraint in live.constraints where table.constraint(constraint.name) == nil {
          refuses(.constraint(name, constraint.name), statement)
        }
        if case .insertion = change {
          for column in live.columns
          where table.column(column.name) == nil && column.isNotNull && column.filling == .none {
            refuses(.column(name, column.name), statement)
          }
        }
      }
      compareTies(name, table, change, statement)
    }
  }

  private mutating func interferes(_ object: NamedObject, _ statement: Int) {
    let text = "\(words(object)), which is not in the files, runs when the downgrade changes rows"
    add(.executes, .unknown, text, at: statement)
    add(.data, .unknown, text, at: statement)
  }

  private mutating func refuses(_ object: NamedObject, _ statement: Int) {
    add(
      .executes, .unknown,
      "\(words(object)), which is not in the files, may refuse the rows of the downgrade",
      at: statement)
  }

  private mutating func compareTies(
    _ name: QualifiedName, _ table: Table, _ change: DowngradePlan.Assumption.RowChange,
    _ statement: Int
  ) {
    let isOfKey: Bool
    switch change {
    case .insertion: return
    case .deletion: isOfKey = true
    case .update(let columns):
      isOfKey = table.indexes.contains {
        $0.isUnique && !$0.columns.allSatisfy { !columns.contains($0) }
      }
    }
    for neighbour in facts.neighbours where QualifiedName(neighbour.table) == name {
      let other = QualifiedName(neighbour.other)
      let part = neighbour.part ?? ""
      switch neighbour.tie {
      case .reference where isOfKey && !plan.isKnown(.constraint(other, part)):
        let text =
          "foreign key \(part) of table \(displayed(other)), which is not in the files, refers to rows that "
          + "the downgrade changes"
        drift.note("foreign key \(part) of table \(displayed(other)) refers to \(displayed(name))")
        add(.executes, .unknown, text, at: statement)
        add(.data, .unknown, text, at: statement)
      case .published:
        add(
          .executes, .unsafe,
          "fails (55000): table \(displayed(name)) has no replica identity, and publication \(part) publishes "
            + "its changes", at: statement)
      default: break
      }
    }
  }
}

extension QualifiedName {
  init(_ name: TableName) { self.init(schema: name.schema, name.name) }
}
