// CREATE and ALTER SEQUENCE.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createSequence(_ statement: CreateSequence) throws(Refused) {
    let name =
      statement.persistence == .temporary
      ? QualifiedName(schema: "pg_temp", statement.name.name) : catalog.resolveNew(statement.name)
    if statement.persistence == .temporary { catalog.hasTemporaryObjects = true }
    guard try claimRelation(name, .sequence, ifNotExists: statement.ifNotExists) else { return }
    var sequence = SequenceObject(
      id: newID(), name: name, options: statement.options, persistence: statement.persistence,
      ownedBy: nil, isIdentity: false, isKnown: true, origin: context.origin)
    try setOwner(statement.options.ownedBy, of: &sequence)
    sequence.options.ownedBy = nil
    store(sequence)
    effect(.sequenceCreated(sequence))
  }

  private mutating func setOwner(
    _ owner: SequenceOptions.Owner?, of sequence: inout SequenceObject
  ) throws(Refused) {
    switch owner {
    case nil: break
    case .some(.none): sequence.ownedBy = nil
    case .column(let written, let name):
      var table = try table(written)
      lock(table, .accessShare)
      _ = try column(name, in: &table)
      sequence.ownedBy = .init(table: table.name, column: name)
      note(sequence.name, uses: table.name)
      note(table.name, uses: sequence.name)
    }
  }

  mutating func alterSequence(_ statement: AlterSequence) throws(Refused) {
    let name = catalog.resolveRelation(statement.name)
    guard var sequence = catalog.sequence(name) else {
      if statement.ifExists, catalog.isComplete { return skipMissing(.sequence, name) }
      try fail(
        "42P01", .missing(.sequence, name, of: nil),
        ifCertain: catalog.isComplete && !statement.ifExists)
      outcome.assumptions.append(.relation(name))
      return effect(.sequenceSet(name, to: nil))
    }
    try setOwner(statement.options.ownedBy, of: &sequence)
    // Its options are those of the identity column, which are not compared one by one.
    if sequence.isIdentity { doubt(.schema, .notCompared(.sequence, name)) }
    let new = statement.options
    if let type = new.type { sequence.options.type = type }
    if let increment = new.increment { sequence.options.increment = increment }
    if let minimum = new.minValue { sequence.options.minValue = minimum }
    if let maximum = new.maxValue { sequence.options.maxValue = maximum }
    if let start = new.start { sequence.options.start = start }
    if let cache = new.cache { sequence.options.cache = cache }
    if let cycles = new.cycles { sequence.options.cycles = cycles }
    if new.maxValue != nil || new.minValue != nil || new.type != nil {
      // The position has to be within the limits.
      mayFail("22023", .sequenceBehind(name))
    }
    store(sequence)
    if let restart = new.restart {
      if case .at(let value) = restart {
        effect(.sequenceSet(name, to: value))
      } else {
        effect(.sequenceSet(name, to: sequence.options.start ?? 1))
      }
    }
    effect(.sequenceChanged(sequence))
  }
}
