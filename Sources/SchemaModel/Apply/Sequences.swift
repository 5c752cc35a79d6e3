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
  mutating func requireLimits(_ options: SequenceOptions) throws(Refused) {
    let isRising = (options.increment ?? 1) > 0
    var least = isRising ? 1 : options.smallest
    var most = isRising ? options.largest : -1
    if case .value(let value)? = options.minValue { least = value }
    if case .value(let value)? = options.maxValue { most = value }
    let start = options.start ?? (isRising ? least : most)
    var isFine =
      options.increment != 0 && (options.cache ?? 1) > 0 && least < most
      && least >= options.smallest && most <= options.largest && start >= least && start <= most
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
    if sequence.isIdentity, statement.options.ownedBy != nil {
      try fail(
        "0A000", .notSupported("another owner of an identity's sequence"),
        ifCertain: isSettled(sequence.id))
    }
    try setOwner(statement.options.ownedBy, of: &sequence)
    let new = statement.options
    let old = sequence.options
    sequence.options.take(new)
    // The limits of a falling sequence are others only where it was made as one.
    if sequence.isKnown, isSettled(sequence.id), sequence.options.increment ?? 1 > 0 {
      var limits = sequence.options
      limits.restart = new.restart
      try requireLimits(limits)
    }
    let isWidened =
      sequence.isKnown && isSettled(sequence.id) && sequence.options.largest >= old.largest
    if new.maxValue != nil || new.minValue != nil || new.type != nil && !isWidened {
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

extension SequenceOptions {
  /// The limits of the sequence's type, which is bigint where none is written.
  var largest: Int64 {
    switch type?.name {
    case "int2": Int64(Int16.max)
    case "int4": Int64(Int32.max)
    default: Int64.max
    }
  }

  fileprivate var smallest: Int64 { -largest - 1 }

  /// Limits that were those of the old type become those of the new one, also where they were written
  /// (manual, ALTER SEQUENCE).
  mutating func setType(_ new: TypeName) {
    if maxValue == .value(largest) { maxValue = nil }
    if minValue == .value(smallest) { minValue = nil }
    type = new
  }

  /// What ALTER SEQUENCE says, where it says something.
  mutating func take(_ new: SequenceOptions) {
    if let type = new.type { setType(type) }
    if let increment = new.increment { self.increment = increment }
    if let minimum = new.minValue { minValue = minimum }
    if let maximum = new.maxValue { maxValue = maximum }
    if let start = new.start { self.start = start }
    if let cache = new.cache { self.cache = cache }
    if let cycles = new.cycles { self.cycles = cycles }
  }
}
