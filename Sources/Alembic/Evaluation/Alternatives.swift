// Conditions that are not known: both ways are evaluated, what they emit is conditional, and what
// they leave different is not known afterwards.

import PythonSyntax
import SourceText

/// How an alternative ended.
private enum Outcome {
  case completed(Completion, Value)
  case raised(RaisedException)

  /// More than the block ended.
  var leaves: Bool {
    if case .completed(let completion, _) = self { completion == .returned } else { true }
  }
}

extension Interpreter {
  typealias Alternative = () throws(Interruption) -> Completion

  private func attempt(_ body: Alternative) throws(Interruption) -> Outcome {
    do {
      let completion = try body()
      return .completed(completion, frame.returnValue)
    } catch .raised {
      guard let raised else { throw .raised }
      return .raised(raised)
    }
  }

  /// Evaluates two alternatives of which one holds, in order.
  func alternatives(
    _ reason: Unknown, at range: SourceRange, _ first: Alternative, _ second: Alternative
  ) throws(Interruption) -> Completion {
    let start = elements.count
    let splits = frame.splits
    let level = journals.count
    conditionDepth += 1
    openJournal()
    let firstOutcome = try attempt(first)
    dropJournals(to: level + 1)
    let redo = snapshot(journals[level].entries)
    let firstEntries = closeJournal(undo: true)
    openJournal()
    let secondOutcome = try attempt(second)
    dropJournals(to: level + 1)
    conditionDepth -= 1
    let completion: Completion
    switch (firstOutcome, secondOutcome) {
    case (.raised(let exception), .raised):
      _ = closeJournal(undo: false)
      note(reason, range, at: start)
      raised = exception
      throw .raised
    case (.raised, .completed(let second, _)):
      let entries = closeJournal(undo: false)
      // Inside `try` the handlers may run with what the first alternative changed.
      if !frame.handlers.isEmpty {
        join(firstEntries + entries, others: remains(redo), reason: reason)
      }
      frame.mayHaveRaised = true
      note(reason, range, at: start)
      completion = second
    case (.completed(let first, let value), .raised):
      _ = closeJournal(undo: true)
      for entry in redo {
        record(snapshot(entry))
        entry.undo()
      }
      frame.returnValue = value
      frame.mayHaveRaised = true
      note(reason, range, at: start)
      completion = first
    case (.completed(let first, let firstValue), .completed(let second, let secondValue)):
      let entries = closeJournal(undo: false)
      if first != .normal || second != .normal || elements.count > start {
        note(reason, range, at: start)
      }
      completion = merge(
        (first, firstValue), (second, secondValue), firstEntries, entries, remains(redo), reason)
    }
    for _ in splits..<max(splits, frame.splits) { openJournal() }
    return completion
  }

  private func merge(
    _ first: (Completion, Value), _ second: (Completion, Value), _ firstEntries: [JournalEntry],
    _ secondEntries: [JournalEntry], _ firstValues: Remains,
    _ reason: Unknown
  ) -> Completion {
    if first.0 == second.0 {
      join(firstEntries + secondEntries, others: firstValues, reason: reason)
      if first.0 == .returned {
        frame.returnValue =
          isSame(first.1, second.1)
          ? first.1 : .unknown(reason.standing(for: first.1, second.1))
      }
      return first.0
    }
    // One way leaves: the rest is evaluated for the other one, as conditional.
    join(firstEntries + secondEntries, others: firstValues, reason: reason)
    let (leaving, staying) =
      first.0.reach > second.0.reach ? (first, second) : (second, first)
    if leaving.0 == .returned { frame.pendingReturns.append(leaving.1) }
    frame.splits += 1
    conditionDepth += 1
    if staying.0 == .returned { frame.returnValue = staying.1 }
    return staying.0
  }

  /// Puts the condition before what depends on it.
  private func note(_ reason: Unknown, _ range: SourceRange, at position: Int) {
    let kind = OpaqueReason.Kind.condition
    let detail =
      reason.reason.kind == kind
      ? reason.reason.detail : "\(reason.reason.kind.rawValue): \(reason.reason.detail)"
    // What either way does stands behind it.
    opaque(
      OpaqueReason(kind, detail, of: reason.reason.cause ?? reason.reason.kind), at: range,
      reach: .rows, before: position)
  }

  /// The state that the subjects of a journal's entries have now.
  private func snapshot(_ entries: [JournalEntry]) -> [JournalEntry] { entries.map(snapshot) }

  private func snapshot(_ entry: JournalEntry) -> JournalEntry {
    switch entry {
    case .variable(let scope, let name, _): .variable(scope, name, old: scope[name])
    case .list(let list, _, _): .list(list, old: list.elements, taint: list.taint)
    case .dictionary(let object, _, _):
      .dictionary(object, old: object.entries, taint: object.taint)
    case .set(let set, _, _): .set(set, old: set.elements, taint: set.taint)
    case .instance(let object, _, _):
      .instance(object, old: object.attributes, taint: object.taint)
    case .type(let type, _): .type(type, old: type.attributes)
    case .iterator(let iterator, _): .iterator(iterator, position: iterator.position)
    }
  }

  /// What the entries of a snapshot hold.
  private func remains(_ snapshot: [JournalEntry]) -> Remains {
    var result = Remains()
    for entry in snapshot {
      switch entry {
      case .variable(_, _, let value): result.variables[entry.subject] = .some(value)
      case .type(let type, let attributes): result.types[ObjectIdentifier(type)] = attributes
      default: continue
      }
    }
    return result
  }

  /// A block that may run any number of times, as the body of a loop over rows that are not known:
  /// evaluated once for what it changes and, where it changes anything, once more with that not known.
  /// Of a loop inside of another one that is evaluated for what it changes, the source tells: loops
  /// within loops would double the work each.
  /// - Parameter changes: what the source says that the block binds and changes.
  func repeated(
    _ reason: Unknown, at range: SourceRange, in scope: Scope,
    changes: (inout BindingWalk) -> Void, _ body: Alternative
  ) throws(Interruption) -> Completion {
    if isDiscovering {
      var walk = BindingWalk(scope.code)
      changes(&walk)
      forget(walk, in: scope, reason)
      hasGuessedLoop = true
    } else {
      let before = extent
      let level = journals.count
      openJournal()
      isDiscovering = true
      hasGuessedLoop = false
      defer { isDiscovering = false }
      conditionDepth += 1
      let outcome = try attempt(body)
      conditionDepth -= 1
      dropJournals(to: level + 1)
      let types = journals[level].entries.filter { if case .type = $0 { true } else { false } }
      let left = remains(snapshot(types))
      let entries = closeJournal(undo: true)
      if !outcome.leaves, !hasGuessedLoop, extent.isAsConditional(as: before),
        entries.allSatisfy(isNewVariable)
      {
        // The second time would begin as the first one did, and do the same.
        for case .variable(let scope, let name, _) in entries {
          record(.variable(scope, name, old: nil))
          scope[name] = .unknown(reason)
        }
        if elements.count > before.elements { note(reason, range, at: before.elements) }
        return .normal
      }
      cut(to: before)
      forget(entries, left, reason)
    }
    return try alternatives(reason, at: range) { () throws(Interruption) in
      let completion = try body()
      return completion == .returned ? .returned : .normal
    } _: { () throws(Interruption) in
      .normal
    }
  }

  /// How much a step has come to.
  private struct Extent {
    var elements: Int
    var offlinePlaces: Int
    var pendingReturns: Int
    var splits: Int
    var conditionDepth: Int

    /// Nothing that lasts depends on a further condition.
    func isAsConditional(as other: Extent) -> Bool {
      pendingReturns == other.pendingReturns && splits == other.splits
        && conditionDepth == other.conditionDepth
    }
  }

  private var extent: Extent {
    Extent(
      elements: elements.count, offlinePlaces: offlinePlaces.count,
      pendingReturns: frame.pendingReturns.count, splits: frame.splits,
      conditionDepth: conditionDepth)
  }

  private func cut(to extent: Extent) {
    elements.removeLast(max(0, elements.count - extent.elements))
    offlinePlaces.removeLast(max(0, offlinePlaces.count - extent.offlinePlaces))
    frame.pendingReturns.removeLast(max(0, frame.pendingReturns.count - extent.pendingReturns))
    frame.splits = extent.splits
    conditionDepth = extent.conditionDepth
  }

  /// A variable that has not been bound.
  private func isNewVariable(_ entry: JournalEntry) -> Bool {
    if case .variable(let scope, let name, _) = entry { scope[name] == nil } else { false }
  }

  private func forget(_ walk: BindingWalk, in scope: Scope, _ reason: Unknown) {
    for name in walk.names.sorted() where scope[name] != nil {
      bind(name, to: .unknown(reason), in: scope)
    }
    for name in walk.changed.sorted() {
      if let value = scope[name] { taint(value, reason) }
    }
  }

  /// What a container or instance holds is not known any more.
  func taint(_ value: Value, _ reason: Unknown) {
    switch value {
    case .list(let list):
      willChange(list)
      list.taint = reason
    case .dictionary(let dictionary):
      willChange(dictionary)
      dictionary.taint = reason
    case .set(let set):
      willChange(set)
      set.taint = reason
    case .instance(let instance):
      willChange(instance)
      instance.taint = reason
    default: break
    }
  }

  /// What the entries changed may have been changed so already.
  private func forget(_ entries: [JournalEntry], _ left: Remains, _ reason: Unknown) {
    for entry in snapshot(entries) {
      guard case .variable(let scope, let name, let value) = entry else { continue }
      record(entry)
      if value != nil { scope[name] = .unknown(reason) }
    }
    let others = entries.filter { if case .variable = $0 { false } else { true } }
    join(others, others: left, reason: reason)
  }

  /// The end of a call or loop whose rest was conditional: what the rest changed is not known.
  func closeSplits(_ count: Int, level: Int) {
    guard count > 0, journals.count > level else { return }
    dropJournals(to: level + 1)
    let reason = Unknown(OpaqueReason(.condition, "left early under a condition"), range: nil)
    join(closeJournal(undo: false), others: Remains(), reason: reason)
    conditionDepth -= count
  }
}

extension Completion {
  /// How far it leaves.
  fileprivate var reach: Int {
    switch self {
    case .normal: 0
    case .continued: 1
    case .broke: 2
    case .returned: 3
    }
  }
}
