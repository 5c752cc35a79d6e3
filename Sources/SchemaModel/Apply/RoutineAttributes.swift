// ALTER FUNCTION and PROCEDURE: volatility, security, settings and the like.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func alterFunction(_ statement: AlterFunction) throws(Refused) {
    let kind = statement.object.kind
    let name = catalog.resolveRoutine(statement.object.name)
    guard let found = try routine(statement.object), var definition = found.definition else {
      doubt(.schema, .notCompared(kind, name))
      return effect(.otherChanged(ObjectKey(kind, name)))
    }
    var routine = found
    for change in statement.changes {
      try requireForm(of: change, routine)
      // What the session has at the time is not followed.
      if change.value == "FROM CURRENT" { doubt(.schema, .notCompared(kind, name)) }
      change.apply(to: &definition)
    }
    routine.definition = definition
    replace(routine)
    effect(.otherChanged(ObjectKey(routine.kind, name)))
  }

  /// The routine that a statement names; nil where the history does not make it.
  mutating func routine(_ object: ObjectReference) throws(Refused) -> Routine? {
    let name = catalog.resolveRoutine(object.name)
    var arguments: [DataType]?
    if let written = object.arguments {
      arguments = []
      for type in written { arguments?.append(try dataType(type)) }
    }
    let overloads = catalog.routines(name)
    let matching = overloads.filter { routine in
      arguments.map { sameArguments($0, routine.arguments) } ?? true
    }
    guard let routine = matching.first else {
      try fail(
        "42883", .missing(object.kind, name, of: nil),
        ifCertain: catalog.isComplete && catalog.extensions.count <= 1
          && !isSystemSchema(object.name.schema) && !isBuiltin(object.name))
      return nil
    }
    if matching.count > 1 { try fail("42725", .invalidDefinition("\(name.name) is not unique")) }
    if object.kind != .routine, object.kind != routine.kind {
      try fail("42809", .wrongKind(name, expected: object.kind), ifCertain: isSettled(routine.id))
    }
    return routine
  }

  mutating func replace(_ routine: Routine) {
    var overloads = catalog.routines(routine.name)
    guard let place = overloads.firstIndex(where: { $0.id == routine.id }) else { return }
    overloads[place] = routine
    catalog.routines[routine.name] = Shared(overloads)
  }

  /// Refuses what PostgreSQL does not take of such a routine (`compute_function_attributes` in functioncmds.c).
  private mutating func requireForm(
    of change: AlterFunction.Change, _ routine: Routine
  ) throws(Refused) {
    let attribute = change.attribute
    if routine.kind == .procedure, attribute != "security", !attribute.hasPrefix("set ") {
      try fail("42P13", .invalidDefinition("\(attribute) of a procedure"))
    }
    guard let value = change.value else { return }
    switch attribute {
    case "parallel" where !["safe", "restricted"].contains(value):
      try fail("42601", .invalidDefinition("parallel \(value)"))
    case "cost", "rows":
      if let number = Double(value), number <= 0 {
        try fail("22023", .invalidDefinition("\(attribute) \(value)"))
      }
      if attribute == "rows", routine.definition?.returnsSet == false {
        try fail("22023", .invalidDefinition("rows of a function that returns no set"))
      }
    default: break
    }
  }
}

extension AlterFunction.Change {
  fileprivate func apply(to definition: inout CreateFunction) {
    if attribute == "set *" {
      definition.attributes = definition.attributes.filter { !$0.key.hasPrefix("set ") }
      return
    }
    let isUsual =
      attribute == "cost" && value == "1.0"
      && ["c", "internal"].contains(definition.language ?? "")
    definition.attributes[attribute] = isUsual ? nil : value
    switch attribute {
    case "volatility":
      definition.volatility = value.flatMap { CreateFunction.Volatility(rawValue: $0) } ?? .volatile
    case "strict": definition.isStrict = value != nil
    case "security": definition.isSecurityDefiner = value != nil
    default: break
    }
  }
}
