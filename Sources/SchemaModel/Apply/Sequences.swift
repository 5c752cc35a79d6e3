// CREATE and ALTER SEQUENCE.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func createSequence(_ statement: CreateSequence) throws(Refused) {
    let name =
      statement.persistence == .temporary
      ? QualifiedName(schema: "pg_temp", statement.name.name) : catalog.resolveNew(statement.name)
    if statement.persistence == .temporary { catalog.hasTemporaryObjects = true }
    try requireLimits(statement.options)
    guard try claimRelation(name, .sequence, ifNotExists: statement.ifNotExists) else { return }
    var sequence = SequenceObject(
      id: newID(), name: name, options: statement.options, persistence: statement.persistence,
      ownedBy: nil, isIdentity: false, isKnown: true, origin: context.origin)
    try setOwner(statement.options.ownedBy, of: &sequence)
    sequence.options.ownedBy = nil
    store(sequence)
    effect(.sequenceCreated(sequence))
  }

  /// Refuses a step, limits or positions that contradict each other (manual, CREATE SEQUENCE).
  private mutating func requireLimits(_ options: SequenceOptions) throws(Refused) {
    let range: (Int64, Int64) =
      switch options.type?.name {
      case "int2": (Int64(Int16.min), Int64(Int16.max))
      case "int4": (Int64(Int32.min), Int64(Int32.max))
      default: (Int64.min, Int64.max)
      }
    let isRising = (options.increment ?? 1) > 0
    var least = isRising ? 1 : range.0
    var most = isRising ? range.1 : -1
    if case .value(let value)? = options.minValue { least = value }
    if case .value(let value)? = options.maxValue { most = value }
    let start = options.start ?? (isRising ? least : most)
    var isFine =
      options.increment != 0 && (options.cache ?? 1) > 0 && least < most && least >= range.0
      && most <= range.1 && start >= least && start <= most
    if case .at(let value)? = options.restart { isFine = isFine && value >= least && value <= most }
    if !isFine { try fail("22023", .invalidDefinition("limits of a sequence")) }
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
    // The limits of a falling sequence are others only where it was made as one.
    if sequence.isKnown, isSettled(sequence.id), sequence.options.increment ?? 1 > 0 {
      var limits = sequence.options
      limits.restart = new.restart
      try requireLimits(limits)
    }
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
