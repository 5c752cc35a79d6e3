// What generated columns and partition keys may be made of.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses a generated column of columns that are not there or generated themselves, and of what is not
  /// immutable (`cookDefault` and `check_nested_generated` in heap.c).
  mutating func requireGenerated(_ column: Column, in table: Table) throws(Refused) {
    guard case .generated(let expression) = column.default else { return }
    for reference in expression.columns where reference.qualifier.count < 2 {
      guard let name = reference.column, !isSystemColumn(name) else { continue }
      if name == column.name || table.column(name)?.isGenerated == true {
        try fail(
          "42P17",
          .invalidDefinition("\(column.name), which is generated of the generated \(name)"),
          ifCertain: isSettled(table.id))
      }
      if table.column(name) == nil, name != table.name.name {
        try fail(
          "42703", .missing(.column, QualifiedName(name), of: table.name),
          ifCertain: knowsAll(of: table) && reference.qualifier.isEmpty)
      }
    }
    try requireRoutines(expression.functions, by: table.name)
    try requireTypes(of: expression, as: .assigned(column.type), in: table)
    try requireImmutable(expression, in: table, "a generated column")
  }

  /// Refuses keys that no partitions can be told apart by (`transformPartitionSpec` and
  /// `ComputePartitionAttrs` in tablecmds.c).
  mutating func requirePartitionKey(_ key: PartitionKey, of table: Table) throws(Refused) {
    guard ["list", "range", "hash"].contains(key.strategy) else {
      return try fail("22023", .invalidDefinition("partitioning strategy \(key.strategy)"))
    }
    if key.strategy == "list", key.elements.count > 1 {
      try fail("42P17", .invalidDefinition("a list of partitions by several columns"))
    }
    for element in key.elements {
      switch element.key {
      case .column(let name):
        if isSystemColumn(name) {
          try fail("42P17", .invalidDefinition("the system column \(name) in a partition key"))
        }
        guard let column = table.column(name) else {
          try fail(
            "42703", .missing(.column, QualifiedName(name), of: table.name),
            ifCertain: knowsAll(of: table))
          continue
        }
        if column.isGenerated {
          try fail("42P17", .invalidDefinition("the generated \(name) in a partition key"))
        }
        let method = key.strategy == "hash" ? "hash" : "btree"
        try requireClass(element.operatorClass, for: column.type, method, of: table)
      case .expression(let expression):
        if expression.constant != nil {
          try fail("42P17", .invalidDefinition("a constant as a partition key"))
        }
        try requireTypes(of: expression, as: .value, in: table)
        try requireImmutable(expression, in: table, "a partition key")
      }
    }
  }

  /// Refuses columns of one name, and more names than columns.
  mutating func requireOutput(
    _ columns: [Column], named names: [String], of query: Query, _ relation: QualifiedName
  ) throws(Refused) {
    // Columns that a join compares come once, and those of a UNION are not those of its tables.
    guard query.isPlain, query.joinColumns.isEmpty, !query.hasNaturalJoin else { return }
    if names.count > columns.count {
      try fail("42601", .invalidDefinition("more names than columns of \(relation.name)"))
    }
    var seen: Set<String> = []
    if let column = columns.first(where: { !seen.insert($0.name).inserted }) {
      try fail("42701", .alreadyExists(.column, QualifiedName(column.name), of: relation))
    }
  }
}
