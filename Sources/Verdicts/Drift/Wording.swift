// A statement of a downgrade into what it says beside its effects: IF EXISTS, CASCADE, OR REPLACE.

import PostgresSyntax

/// What a statement says beside its effects.
struct Wording: Sendable {
  var ifExists = false
  var ifNotExists = false
  var cascade = false
  var isDrop = false
  /// False where the statement is a block of others.
  var isPlain = true
  /// The table of an ALTER TABLE.
  var table: QualifiedName?
  /// The table that is changed without those that inherit from it.
  var only: QualifiedName?

  init(_ outcome: ParseOutcome) {
    guard case .success(let parts) = outcome, parts.count == 1 else {
      isPlain = false
      return
    }
    switch parts[0].statement {
    case .drop(let drop):
      isDrop = true
      (ifExists, cascade) = (drop.ifExists, drop.cascade)
    case .alterTable(let alter):
      table = alter.name
      if alter.only { only = alter.name }
      ifExists = alter.ifExists
      for command in alter.commands { read(command) }
    case .alterDomain(let alter):
      if case .dropConstraint(_, let mayMiss, let takesAlong) = alter.command {
        (ifExists, cascade) = (mayMiss, takesAlong)
      }
    case .rename(let rename):
      ifExists = rename.ifExists
      if rename.only { only = rename.object.owner ?? rename.object.name }
    case .setSchema(let move): ifExists = move.ifExists
    case .alterSequence(let alter): ifExists = alter.ifExists
    case .createTable(let create): ifNotExists = create.ifNotExists
    case .createTableAs(let create), .createMaterializedView(let create):
      ifNotExists = create.ifNotExists
    case .createIndex(let create): ifNotExists = create.ifNotExists
    case .createSequence(let create): ifNotExists = create.ifNotExists
    case .createSchema(let create): ifNotExists = create.ifNotExists
    case .createExtension(let create): ifNotExists = create.ifNotExists
    case .createView(let create): ifNotExists = create.orReplace
    case .createFunction(let create): ifNotExists = create.orReplace
    case .createTrigger(let create): ifNotExists = create.orReplace
    case .createRule(let create): ifNotExists = create.orReplace
    case .doBlock: isPlain = false
    default: break
    }
  }

  private mutating func read(_ command: AlterTableCommand) {
    switch command {
    case .dropColumn(_, let mayMiss, let takesAlong),
      .dropConstraint(_, let mayMiss, let takesAlong):
      ifExists = ifExists || mayMiss
      cascade = cascade || takesAlong
    case .addColumn(_, let mayBeThere): ifNotExists = ifNotExists || mayBeThere
    default: break
    }
  }
}
