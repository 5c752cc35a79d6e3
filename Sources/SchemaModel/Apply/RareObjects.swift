// What stands against event triggers, subscriptions, languages and access methods of the history.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  /// Refuses an object that PostgreSQL brings, or that cannot be made here.
  mutating func requireForm(of statement: CreateObject) throws(Refused) {
    let object = statement.object
    switch object.kind {
    case .subscription:
      if statement.makesSlot { try forbidTransaction("CREATE SUBSCRIPTION with a slot") }
      guard statement.connects else { return }
      mayFail("08006", .invalidDefinition("the publisher cannot be reached"))
      // Rows are copied.
      effect(.notUnderstood(.statement("CREATE SUBSCRIPTION with a connection")))
    case .language, .accessMethod:
      if object.isBuiltin, !statement.orReplace {
        try fail("42710", .alreadyExists(object.kind, object.name, of: nil))
      }
    case .eventTrigger:
      for part in statement.parts where part.kind == .function {
        try requireEventFunction(part.name)
      }
    case .transform:
      guard let language = statement.language else { return }
      requireLanguage(QualifiedName(language))
    default: return
    }
  }

  /// Says of the function of an aggregate that it may not take its value and arguments, and refuses a value to
  /// begin with that its type does not read (`AggregateCreate` in pg_aggregate.c).
  mutating func require(_ transition: Transition, _ arguments: [DataType]) throws(Refused) {
    let type = try dataType(transition.type)
    if let value = transition.initialValue {
      try requireLabel(.string(value), for: type)
      if case .invalid(let sqlState) = type.reading(of: value) {
        try fail(sqlState, .invalidDefinition("'\(value)' is no value of \(type.description)"))
      }
    }
    guard !transition.isOrdered, let state = valueType(type),
      catalog.routines[catalog.resolveRoutine(transition.function)] == nil,
      let signatures = Signatures.functions(named: transition.function.name)
    else { return }
    let given = arguments.map { valueType($0) }
    guard !given.contains(nil) else { return }
    let all = [state] + given.compactMap(\.self)
    let isThere = signatures.contains { signature in
      signature.arguments(for: all.count).map { wanted in
        zip(all, wanted).allSatisfy { $1.isAny || OperatorClasses.isSame($0, as: $1) }
      } ?? false
    }
    if !isThere {
      let isOfOtherTypes = signatures.contains { $0.arguments(for: all.count) != nil }
      mayFail(isOfOtherTypes ? "42804" : "42883", .missing(.function, transition.function, of: nil))
    }
  }

  /// Refuses a function that is none of an event trigger (`CreateEventTrigger` in event_trigger.c).
  private mutating func requireEventFunction(_ written: QualifiedName) throws(Refused) {
    let name = catalog.resolveRoutine(written)
    guard let routines = catalog.routines[name]?.value else {
      return mayFail("42883", .missing(.function, name, of: nil))
    }
    guard let function = routines.first(where: { $0.arguments.isEmpty }) else {
      return try fail(
        "42883", .missing(.function, name, of: nil),
        ifCertain: routines.allSatisfy { isSettled($0.id) })
    }
    guard let returns = function.definition?.returns, returns.name != "event_trigger" else {
      return
    }
    try fail(
      "42P17", .invalidDefinition("function \(name.name) returns no event_trigger"),
      ifCertain: isSettled(function.id))
  }

  /// A subscription with a slot is not dropped in a transaction, and its publisher is asked (manual,
  /// DROP SUBSCRIPTION).
  mutating func requireNoSlot(of subscription: OtherObject) throws(Refused) {
    guard subscription.options["slot_name"] != "none" else { return }
    try forbidTransaction("DROP SUBSCRIPTION")
    mayFail("08006", .invalidDefinition("the publisher cannot be reached"))
  }

  /// Without event triggers it is known again what statements do.
  mutating func followAgain() {
    guard !catalog.others.keys.contains(where: { $0.kind == .eventTrigger }),
      catalog.lastOpaque == nil
    else { return }
    catalog.unfollowed.remove(.eventTriggers)
  }

  /// Says of a language that it may not be there, unless PostgreSQL, the history or an extension brings it.
  mutating func requireLanguage(_ name: QualifiedName) {
    let isThere =
      ObjectReference(kind: .language, name: name).isBuiltin || isMade(.language, name.name)
    if !isThere, catalog.extensions.count <= 1 {
      mayFail("42704", .missing(.language, name, of: nil))
    }
  }

  /// Whether the history made a language, a role or an access method.
  func isMade(_ kind: ObjectKind, _ name: String) -> Bool {
    catalog.others[ObjectKey(kind, QualifiedName(name))] != nil
  }
}
