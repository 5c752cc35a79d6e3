// ALTER INDEX, and ALTER TABLE of an index: each subcommand in its order.

import PostgresSyntax

extension Replay {
  mutating func alterIndexRelation(
    _ name: QualifiedName, on owner: QualifiedName, _ statement: AlterTable
  ) throws(Refused) {
    for command in statement.commands {
      lock(index: name, command.isSettingOfIndex ? .shareUpdateExclusive : .accessExclusive)
      switch command {
      case .setOptions(let options):
        if let method = catalog.index(name)?.index.method,
          let kind = parameterOwner(ofIndex: method)
        {
          if catalog.table(owner)?.isPartitioned == true {
            try fail("42809", .notSupported("parameters of a partitioned index"))
          }
          try requireParameters(options, of: kind)
        }
        setIndexOptions(options, resetting: options.map(\.name), of: name, on: owner)
      case .setStatistics(let column, _):
        try requireExpression(column, of: name)
        effect(.otherChanged(ObjectKey(.index, name)))
        doubt(.schema, .notCompared(.index, name))
      case .setTablespace(let tablespace):
        try requireTablespace(tablespace)
        effect(.otherChanged(ObjectKey(.index, name)))
        doubt(.schema, .notCompared(.index, name))
      case .resetOptions(let names):
        setIndexOptions([], resetting: names, of: name, on: owner)
      case .clusterOn:
        effect(.otherChanged(ObjectKey(.index, name)))
        doubt(.schema, .notCompared(.index, name))
      case .attachPartition(let child, _):
        if catalog.table(owner)?.isPartitioned == false {
          try fail("42809", .notSupported("ATTACH PARTITION to an index that is not partitioned"))
        }
        attachIndex(child, to: name, on: owner)
      default: effect(.notUnderstood(.subcommand("ALTER INDEX")))
      }
    }
  }

  private mutating func setIndexOptions(
    _ options: [Option], resetting names: [String], of name: QualifiedName,
    on owner: QualifiedName
  ) {
    effect(.otherChanged(ObjectKey(.index, name)))
    func set(_ indexes: inout [Index]) -> Bool {
      guard let place = indexes.firstIndex(where: { $0.name == name.name }), indexes[place].isKnown
      else { return false }
      indexes[place].options.removeAll { names.contains($0.name) }
      indexes[place].options = (indexes[place].options + options).sorted { $0.name < $1.name }
      return true
    }
    if var table = catalog.table(owner), set(&table.indexes) { return store(table) }
    if var view = catalog.view(owner), set(&view.indexes) { return store(view) }
    doubt(.schema, .notCompared(.index, name))
  }

  /// Refuses statistics of an index's column that is none of an expression; it has a number.
  private mutating func requireExpression(
    _ number: String, of name: QualifiedName
  ) throws(Refused) {
    guard let index = catalog.index(name)?.index, index.isKnown, let place = Int(number) else {
      return
    }
    if place > index.elements.count + index.including.count {
      try fail("42703", .missing(.column, QualifiedName(number), of: name))
    }
    if place < 1 || place > index.elements.count || index.elements[place - 1].expression == nil {
      try fail("0A000", .notSupported("statistics of a column that is no expression"))
    }
  }

  private mutating func attachIndex(
    _ child: QualifiedName, to parent: QualifiedName, on table: QualifiedName
  ) {
    let name = catalog.resolveRelation(child)
    lock(named: table, .accessShare)
    lock(index: name, .accessExclusive)
    guard case .index(on: let owner) = catalog.relations[name],
      var table = catalog.table(owner),
      let place = table.indexes.firstIndex(where: { $0.name == name.name })
    else { return effect(.otherChanged(ObjectKey(.index, name))) }
    lock(table, .accessShare)
    table.indexes[place].parent = parent
    store(table)
    effect(.otherChanged(ObjectKey(.index, name)))
  }
}

extension AlterTableCommand {
  /// Of those that an index takes, one under which queries go on using it (manual, ALTER INDEX).
  fileprivate var isSettingOfIndex: Bool {
    switch self {
    case .setOptions, .resetOptions, .setStatistics, .attachPartition: true
    default: false
    }
  }
}
