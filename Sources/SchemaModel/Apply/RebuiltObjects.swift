// What rests on a column's type and is made anew from its text when the type changes: conditions, indexes,
// exclusion constraints and foreign keys (`ATPostAlterTypeCleanup` in tablecmds.c).

import HashTreeCollections
import PostgresSyntax

/// A column before its type changed.
struct RetypedColumn {
  var name: String
  var old: DataType
}

/// What becomes of an expression that is read again from the text that it was stored with: its literals have the
/// type that the column had. In the order of weight.
private enum Rereading: Comparable {
  case same
  /// It works, and may leave casts behind: `a > 0` becomes `a::numeric > 0::numeric`.
  case otherText
  case mayFail
  case fails
}

private let arithmetic: Set<String> = ["+", "-", "*", "/"]
/// Of `json` and `jsonb`.
private let accessors: Set<String> = ["->", "->>", "#>", "#>>"]
/// Functions of whole numbers of every size.
private let functionsOfNumbers: Set<String> = [
  "abs", "mod", "coalesce", "nullif", "greatest", "least", "num_nulls", "num_nonnulls",
]
/// Functions of `text`, for which a `varchar` is cast to it.
private let functionsOfText: Set<String> = [
  "lower", "upper", "initcap", "length", "char_length", "octet_length", "btrim", "ltrim", "rtrim",
  "md5", "left", "right", "replace", "reverse", "substr", "substring", "split_part", "strpos",
  "starts_with", "regexp_replace",
]
/// Operator classes that take `text` as well as `varchar`.
private let textClasses: Set<String> = [
  "text_ops", "varchar_ops", "text_pattern_ops", "varchar_pattern_ops", "gin_trgm_ops",
  "gist_trgm_ops",
]

extension Replay {
  /// Refuses changes of type after which something cannot be made anew, and says what may have another text.
  mutating func requireRebuilt(
    _ columns: [RetypedColumn], of name: QualifiedName
  ) throws(Refused) {
    for relation in [name] + descendants(of: name) {
      guard let table = catalog.table(relation) else { continue }
      for column in columns {
        guard let type = table.column(column.name)?.type, type != column.old else { continue }
        let change = Retyping(
          column: column.name, old: undomained(column.old), new: undomained(type),
          written: (column.old, type), in: table)
        for constraint in table.constraints {
          guard case .check(let expression, _) = constraint.kind else { continue }
          try reread(
            expression, change, .tableConstraint,
            QualifiedName(schema: relation.schema, constraint.name), constraint.origin)
        }
        for index in table.indexes { try requireRebuilt(index, change) }
        for (key, other) in catalog.others where key.kind == .statistics {
          guard other.relations.contains(relation) else { continue }
          for expression in other.expressions {
            try reread(expression, change, .statistics, key.name, other.origin)
          }
        }
      }
      try requireComparableKeys(of: table, columns.map(\.name))
    }
  }

  struct Retyping {
    var column: String
    /// The types before and after, or what they are domains over.
    var old: DataType
    var new: DataType
    /// The types themselves.
    var written: (old: DataType, new: DataType)
    var table: Table

    init(
      column: String, old: DataType, new: DataType, written: (old: DataType, new: DataType),
      in table: Table
    ) {
      (self.column, self.old, self.new) = (column, old, new)
      (self.written, self.table) = (written, table)
    }

    var isOfOneBase: Bool { old.base == new.base && old.isArray == new.isArray }
    var isOfText: Bool { old.isText && new.isText }
    var isOfWholeNumbers: Bool { old.isWholeNumber && new.isWholeNumber }
    var isOfNumbers: Bool { old.isNumber && new.isNumber }
    var isOfDays: Bool { old.isDay && new.isDay }
    var isOfJSON: Bool { old.isJSON && new.isJSON }
    /// Operators take a `varchar` as `a::text`, which any other type can be cast to.
    var isFromVarchar: Bool { old.builtin == .varchar }
    /// `citext` is cast to `text` implicitly.
    var isOfLetters: Bool { old.isCaseInsensitive && new.isText }
    var isToCaseInsensitive: Bool { old.isText && new.isCaseInsensitive }
  }

  private func undomained(_ type: DataType) -> DataType {
    guard !type.isArray, let builtin = baseBuiltin(type) else { return type }
    return type.builtin == nil ? DataType(builtin) : type
  }

  // MARK: Expressions

  private mutating func reread(
    _ expression: SQLExpression, _ change: Retyping, _ kind: ObjectKind, _ name: QualifiedName,
    _ origin: Origin?
  ) throws(Refused) {
    guard uses(expression, change.column) else { return }
    var reading = reading(expression, change, isInIndex: kind == .index)
    var traces = traces(of: change, in: expression)
    // Made in this step for the type that the column had meanwhile.
    if isNew(origin), !change.isOfOneBase,
      change.isOfText ? expression.hasList || !traces.isEmpty : !expression.isNullTest
    {
      if change.isOfText || change.isOfWholeNumbers {
        traces = [change.written.old]
      } else {
        reading = max(reading, .otherText)
      }
    }
    if reading == .same, let column = change.table.column(change.column) {
      let referent = referent(change.table, column)
      for type in traces { doubt(.schema, .rereadAs(type, of: referent, kind, name)) }
    }
    if reading == .same { return }
    doubt(.schema, .notCompared(kind, name))
    if reading == .otherText { return }
    let reason = FailureReason.invalidDefinition(
      "\(kind.rawValue) \(name.name) takes column \(change.column) for \(change.old.description)")
    let isCertain =
      reading == .fails && isSettled(change.table.id) && !catalog.unfollowed.contains(.operators)
    try fail("42883", reason, ifCertain: isCertain)
  }

  private func reading(
    _ expression: SQLExpression, _ change: Retyping, isInIndex: Bool
  ) -> Rereading {
    if change.isOfOneBase || change.isOfText {
      // ARRAY['a'::varchar]::text[] is read as ARRAY['a'::varchar::text].
      return expression.hasList && change.old.builtin == .varchar ? .otherText : .same
    }
    if change.isOfWholeNumbers {
      return expression.functions.allSatisfy { functionsOfNumbers.contains($0.name.name) }
        ? .same : .mayFail
    }
    // Between days and moments with a time zone the session decides, which no index may rest on.
    if isInIndex, change.isOfDays, [change.old, change.new].contains(where: \.isZoned) {
      return expression.tree.map { reading($0, change) == .same && !compares($0) } == true
        ? .same : .mayFail
    }
    guard let tree = expression.tree else { return .mayFail }
    return reading(tree, change)
  }

  private func compares(_ tree: ValueTree) -> Bool {
    switch tree {
    case .isNull, .column, .constant: false
    case .all(let parts), .any(let parts): parts.contains(where: compares)
    case .not(let part): compares(part)
    default: true
    }
  }

  private func reading(_ tree: ValueTree, _ change: Retyping) -> Rereading {
    switch tree {
    case .constant: return .same
    case .column(let reference): return reference.column == change.column ? bare(change) : .same
    case .isNull(.column): return .same
    case .isNull(let part), .not(let part): return reading(part, change)
    case .cast(.column(let reference), let type)
    where type.isText && (change.old.builtin != .text || reference.column != change.column):
      return .same
    case .cast(.column(let reference), let type) where type.isText:
      return reading(.column(reference), change)
    case .cast(let part, _): return reading(part, change)
    case .all(let parts), .any(let parts):
      return reading(parts, change)
    case .coalesce(let parts):
      return change.isOfNumbers ? compared(parts, change) : reading(parts, change)
    case .call(let name, let parts):
      // These take values of any type.
      if name.name == "num_nulls" || name.name == "num_nonnulls" { return .same }
      if change.isFromVarchar, functionsOfText.contains(name.name) {
        return reading(parts.filter { !$0.isColumn(change.column) }, change)
      }
      return reading(parts, change)
    case .operation(let name, let left, let right):
      let sides = [left, right].compactMap { $0 }
      if name.isComparison || change.isFromVarchar {
        return compared(sides, change)
      }
      if change.isOfJSON, accessors.contains(name.name), left?.isColumn(change.column) == true {
        return reading(right, change)
      }
      guard arithmetic.contains(name.name), change.isOfNumbers else {
        return reading(sides, change)
      }
      return compared(sides, change)
    case .differs(let left, let right), .nullIf(let left, let right):
      return compared([left, right], change)
    case .among(let value, let values):
      let reading = compared([value] + values, change)
      return change.isFromVarchar ? max(reading, .otherText) : reading
    }
  }

  private func reading(_ trees: [ValueTree], _ change: Retyping) -> Rereading {
    trees.map { reading($0, change) }.max() ?? .same
  }

  /// Values that are compared with each other, one of which may be the column.
  private func compared(_ parts: [ValueTree], _ change: Retyping) -> Rereading {
    var isThere = false
    var isWithConstants = true
    var result = Rereading.same
    for part in parts {
      switch part {
      case .column(let reference) where reference.column == change.column: isThere = true
      // The cast is none for PostgreSQL, and is not kept.
      case .cast(.column(let reference), let type)
      where reference.column == change.column && type.isText && change.old.builtin == .text:
        isThere = true
      case .constant, .cast(.constant, _): continue
      default:
        isWithConstants = false
        result = max(result, reading(part, change))
      }
    }
    guard isThere else { return result }
    if change.isOfDays || change.isFromVarchar || change.isToCaseInsensitive { return result }
    if change.isOfNumbers || change.isOfLetters { return max(result, .otherText) }
    // A literal of the old type beside a value of the new one. A whole number beside a fraction is cast.
    let isOfOldType =
      isWithConstants && !parts.allSatisfy(\.isNullOrColumn)
      && !(change.old.isWholeNumber && parts.contains(where: \.isFraction))
    return isOfOldType && !areComparable(change.new, change.old) ? .fails : .mayFail
  }

  /// The column as it is: as an argument, or a condition by itself.
  private func bare(_ change: Retyping) -> Rereading {
    change.isOfLetters || change.isToCaseInsensitive ? .otherText : .mayFail
  }

  // MARK: Indexes

  private mutating func requireRebuilt(_ index: Index, _ change: Retyping) throws(Refused) {
    let name = QualifiedName(schema: change.table.name.schema, index.name)
    if let predicate = index.predicate {
      try reread(predicate, change, .index, name, index.origin)
    }
    let isExclusion =
      index.constraint.flatMap(change.table.constraint).map {
        if case .exclusion = $0.kind { true } else { false }
      } ?? false
    for element in index.elements {
      switch element.key {
      case .expression(let expression):
        try reread(expression, change, .index, name, index.origin)
      case .column(let column):
        guard column == change.column else { continue }
        if element.operatorClass == nil {
          try requireClass(nil, for: change.new, index.method, of: change.table)
        }
        let isUsual = index.method == "btree" || index.method == "hash"
        let keepsClass =
          element.operatorClass == nil
          ? (isUsual || change.old.isArray && change.new.isArray) && !isExclusion
          : change.isOfText && element.operatorClass.map { textClasses.contains($0.name) } == true
        if !keepsClass, !change.isOfOneBase {
          mayFail(
            "42804",
            .invalidDefinition(
              "index \(index.name) takes column \(column) for \(change.old.description)"))
        }
      }
    }
  }

  // MARK: Foreign keys

  private mutating func requireComparableKeys(
    of table: Table, _ columns: [String]
  ) throws(Refused) {
    for constraint in table.constraints {
      guard let reference = constraint.reference, let parent = catalog.table(reference.table),
        reference.columns.contains(where: columns.contains)
      else { continue }
      try requireComparable(
        reference.columns, of: table, reference.referencedColumns, of: parent,
        constraint: constraint.name)
    }
    for user in users(of: table.name) {
      guard let other = catalog.table(user) else { continue }
      for constraint in other.constraints {
        guard let reference = constraint.reference, reference.table == table.name,
          reference.referencedColumns.contains(where: columns.contains)
        else { continue }
        try requireComparable(
          reference.columns, of: other, reference.referencedColumns, of: table,
          constraint: constraint.name)
      }
    }
  }
}

extension SQLExpression {
  fileprivate var hasList: Bool { text.contains(" IN (") || text.contains("ARRAY[") }

  /// Whether columns are asked for NULL and nothing else.
  fileprivate var isNullTest: Bool {
    !conjuncts.isEmpty
      && conjuncts.allSatisfy { conjunct in
        switch conjunct {
        case .isNull, .isNotNull: true
        case .equals, .other: false
        }
      }
  }
}

extension ValueTree {
  fileprivate func isColumn(_ name: String) -> Bool {
    if case .column(let reference) = self { reference.column == name } else { false }
  }

  fileprivate var isFraction: Bool {
    if case .constant(.number) = self { true } else { false }
  }

  fileprivate var isNullOrColumn: Bool {
    switch self {
    case .column, .constant(.null): true
    default: false
    }
  }
}

extension TypeName {
  /// `text` or `varchar` without a length, which every type is cast to.
  fileprivate var isText: Bool {
    isBuiltin && !isArray && modifiers.isEmpty && (name == "text" || name == "varchar")
  }
}

extension DataType {
  fileprivate var isDay: Bool {
    builtin == .date || builtin == .timestamp || builtin == .timestamptz
  }

  fileprivate var isZoned: Bool { builtin == .timestamptz }

  fileprivate var isJSON: Bool { builtin == .json || builtin == .jsonb }
}
