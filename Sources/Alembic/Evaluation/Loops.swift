// Loops: over known values step by step, over unknown ones once, as what may run any number of times.

import PythonSyntax
import SourceText

extension Interpreter {
  func executeWhile(
    _ test: ExpressionID, _ body: Block, _ otherwise: Block, in scope: Scope
  ) throws(Interruption) -> Completion {
    let splits = frame.splits
    let level = journals.count
    while true {
      try charge()
      switch try condition(test, in: scope) {
      case .fails:
        closeLoop(splits, level)
        return try execute(otherwise, in: scope)
      case .holds:
        let inner = journals.count
        openJournal()
        let completion = try execute(body, in: scope)
        let mayHaveLeft = frame.splits > splits
        dropJournals(to: inner + 1)
        let changes = closeJournal(undo: false)
        if mayHaveLeft { leave(loopThatMayHaveEnded: changes, splits) }
        if completion == .broke || completion == .returned || mayHaveLeft {
          closeLoop(splits, level)
          return completion == .returned ? .returned : .normal
        }
      case .unknown(let reason):
        let code = scope.code
        let reason = conditionReason(reason, test, in: code)
        let completion = try repeated(reason, at: code.range(of: test), in: scope) {
          $0.visit(body)
        } _: { () throws(Interruption) in
          try self.execute(body, in: scope)
        }
        closeLoop(splits, level)
        return completion == .returned
          ? .returned
          : try otherwiseUnlessBroken(reason, at: code.range(of: test), otherwise, in: scope)
      }
    }
  }

  /// A `while` that may have been left in its first round could go round any number of times: what
  /// it changes is not known after it.
  private func leave(loopThatMayHaveEnded changes: [JournalEntry], _ splits: Int) {
    let reason = Unknown(OpaqueReason(.condition, "how often a loop runs"), range: nil)
    join(changes, others: Remains(), reason: reason)
    for _ in splits..<frame.splits { openJournal() }
  }

  /// After a loop that may have been left early: what came after that point is not certain.
  private func closeLoop(_ splits: Int, _ level: Int) {
    guard frame.splits > splits, journals.count > level else { return }
    dropJournals(to: level + 1)
    let reason = Unknown(OpaqueReason(.condition, "a loop left early"), range: nil)
    join(closeJournal(undo: false), others: Remains(), reason: reason)
    for _ in splits..<frame.splits { openJournal() }
  }

  func executeFor(_ loop: ForLoop, in scope: Scope) throws(Interruption) -> Completion {
    let iterable = try evaluate(loop.iterable, in: scope)
    let range = scope.code.range(of: loop.iterable)
    let splits = frame.splits
    let level = journals.count
    var completion: Completion
    var unknown: Unknown?
    switch iterable {
    case .list(let list) where list.taint == nil && !list.isUnordered:
      completion = try each(of: list, loop, in: scope)
      unknown = list.taint
    case .model(let model as IteratorObject) where model.taint == nil:
      completion = try each(of: model, loop, in: scope)
    case .set(let set) where set.taint == nil && set.count > 1:
      if set.hasHoles { try charge(set.count) }
      completion = try eachUnordered(set.elements, loop, at: range, in: scope)
    case .list(let list) where list.taint == nil:
      completion = try eachUnordered(list.elements, loop, at: range, in: scope)
    default:
      if let elements = try iterate(iterable, at: range) {
        completion = .normal
        for element in elements {
          completion = try iteration(element, loop, in: scope)
          if completion != .normal { break }
        }
      } else {
        let reason = iterable.unknownReason ?? notKnown(iterable, "loop over", at: range)
        completion = try eachUnknown(reason, loop, at: range, in: scope)
        unknown = reason
      }
    }
    closeLoop(splits, level)
    switch completion {
    case .broke: return .normal
    case .returned: return .returned
    case .normal, .continued:
      guard let unknown else { return try execute(loop.otherwise, in: scope) }
      return try otherwiseUnlessBroken(unknown, at: range, loop.otherwise, in: scope)
    }
  }

  /// The `else` of a loop of which it is not known whether it broke.
  private func otherwiseUnlessBroken(
    _ reason: Unknown, at range: SourceRange, _ block: Block, in scope: Scope
  ) throws(Interruption) -> Completion {
    if block.isEmpty { return .normal }
    return try alternatives(reason, at: range) { () throws(Interruption) in
      try self.execute(block, in: scope)
    } _: { () throws(Interruption) in
      .normal
    }
  }

  private func iteration(
    _ element: Value, _ loop: ForLoop, in scope: Scope
  ) throws(Interruption) -> Completion {
    try charge()
    try assign(loop.target, element, in: scope)
    let completion = try execute(loop.body, in: scope)
    return completion == .continued ? .normal : completion
  }

  /// The list may grow while it is walked.
  private func each(
    of list: ListObject, _ loop: ForLoop, in scope: Scope
  ) throws(Interruption) -> Completion {
    var index = 0
    while index < list.elements.count {
      let completion = try iteration(list.elements[index], loop, in: scope)
      if completion != .normal { return completion }
      if let taint = list.taint {
        return try eachUnknown(
          taint, loop, at: scope.code.range(of: loop.iterable), in: scope)
      }
      index += 1
    }
    return .normal
  }

  private func each(
    of iterator: IteratorObject, _ loop: ForLoop, in scope: Scope
  ) throws(Interruption) -> Completion {
    while let element = try iterator.next(self) {
      let completion = try iteration(element, loop, in: scope)
      if completion != .normal { return completion }
    }
    return .normal
  }

  /// A loop over a set: what it emits may come in another order.
  private func eachUnordered(
    _ elements: [Value], _ loop: ForLoop, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Completion {
    let start = self.elements.count
    var completion = Completion.normal
    for element in elements {
      completion = try iteration(element, loop, in: scope)
      if completion != .normal { break }
    }
    if elements.count > 1, completion != .normal || self.elements.count > start + 1 {
      // What fails in this order may do in another one.
      opaque(OpaqueReason(.time, "the order of a set"), at: range, before: start)
    }
    return completion
  }

  private func eachUnknown(
    _ reason: Unknown, _ loop: ForLoop, at range: SourceRange, in scope: Scope
  ) throws(Interruption) -> Completion {
    try repeated(reason, at: range, in: scope) {
      $0.bind(loop.target)
      $0.visit(loop.body)
    } _: { () throws(Interruption) in
      try self.assign(loop.target, self.unknown(reason), in: scope)
      return try self.execute(loop.body, in: scope)
    }
  }

  func notKnown(_ value: Value, _ what: String, at range: SourceRange) -> Unknown {
    let reason = OpaqueReason(.unsupportedCall, "\(what) \(typeName(of: value))")
    mayRaise(reason, at: range)
    return Unknown(reason, range: range)
  }
}
