// Evaluates the statements of a block in order.

import PythonSyntax
import SourceText

extension Interpreter {
  func execute(_ block: Block, in scope: Scope) throws(Interruption) -> Completion {
    guard budget.depth < Budget.maximumDepth else { throw .exhausted }
    budget.depth += 1
    defer { budget.depth -= 1 }
    let code = scope.code
    for statement in code[block] {
      let completion = try execute(statement, in: scope)
      if completion != .normal { return completion }
    }
    return .normal
  }

  func execute(_ id: StatementID, in scope: Scope) throws(Interruption) -> Completion {
    try charge()
    let code = scope.code
    switch code[id] {
    case .expression(let value):
      try evaluateForEffect(value, in: scope)
    case .assign(let targets, let value):
      let result = try evaluate(value, in: scope)
      for target in code[targets] { try assign(target, result, in: scope) }
    case .augmentedAssign(let target, let operation, let value):
      try augment(target, operation, value, in: scope)
    case .annotatedAssign(let target, let annotation, let value):
      try annotate(target, annotation, value, in: scope)
    case .delete(let targets):
      for target in code[targets] { try delete(target, in: scope) }
    case .pass: break
    case .break: return .broke
    case .continue: return .continued
    case .return(let value):
      frame.returnValue = if let value { try evaluate(value, in: scope) } else { .none }
      return .returned
    case .raise(let exception, _): try executeRaise(exception, at: code.range(of: id), in: scope)
    case .assert(let test, let message):
      try executeAssert(test, message, at: code.range(of: id), in: scope)
    case .global(let names): redirect(names, isGlobal: true, in: scope)
    case .nonlocal(let names): redirect(names, isGlobal: false, in: scope)
    case .import(let names): try importModules(names, in: scope)
    case .importFrom(let module, let level, let names):
      try importNames(names, from: module, level: level, at: code.range(of: id), in: scope)
    case .if: return try executeIf(id, in: scope)
    case .while(let test, let body, let otherwise):
      return try executeWhile(test, body, otherwise, in: scope)
    case .for(let loop): return try executeFor(code[loop], in: scope)
    case .with(let items, let body, _):
      return try executeWith(code[items], body, at: code.range(of: id), in: scope)
    case .try(let statement):
      return try executeTry(code[statement], at: code.range(of: id), in: scope)
    case .match(let subject, let cases):
      return try executeMatch(subject, code[cases], in: scope)
    case .function(let definition): try define(function: definition, in: scope)
    case .class(let definition): try define(class: definition, in: scope)
    case .typeAlias(let target, _, _):
      let range = code.range(of: target)
      try assign(target, unknown(.unsupportedSyntax, "type alias", at: range), in: scope)
    case .damaged:
      opaque(OpaqueReason(.damaged, "syntax error"), at: code.range(of: id))
    }
    return .normal
  }

  /// An expression as a statement: what it yields is thrown away.
  private func evaluateForEffect(
    _ id: ExpressionID, in scope: Scope
  ) throws(Interruption) {
    switch scope.code[id] {
    case .string, .none, .ellipsis, .integer: return
    case .call: isEffectOnly = true
    default: break
    }
    _ = try evaluate(id, in: scope)
  }

  private func annotate(
    _ target: ExpressionID, _ annotation: ExpressionID, _ value: ExpressionID?, in scope: Scope
  ) throws(Interruption) {
    if let value {
      try assign(target, evaluate(value, in: scope), in: scope)
    }
    if scope.kind == .class, case .name(let name) = scope.code[target] {
      scope.annotations.append((name, annotation))
    }
  }

  private func executeRaise(
    _ exception: ExpressionID?, at range: SourceRange, in scope: Scope
  ) throws(Interruption) {
    guard let exception else {
      if let handled = frame.handled.last {
        raised = handled
        throw .raised
      }
      throw raise("RuntimeError", "No active exception to reraise", at: range)
    }
    var value = try evaluate(exception, in: scope)
    if case .class = value {
      value = try call(value, CallArguments(range: range))
    }
    raised = RaisedException(
      value: value, place: place(range), origin: .source,
      spelling: raisedName(exception, in: scope.code))
    throw .raised
  }

  /// The name of the class in `raise Name(…)`, for exceptions that are not known otherwise.
  private func raisedName(_ id: ExpressionID, in code: PythonModule) -> String? {
    switch code[id] {
    case .call(let callee, _): raisedName(callee, in: code)
    case .attribute(_, let name), .name(let name): code.text(of: name)
    default: nil
    }
  }

  private func executeAssert(
    _ test: ExpressionID, _ message: ExpressionID?, at range: SourceRange, in scope: Scope
  ) throws(Interruption) {
    let failure: Alternative = { () throws(Interruption) in
      let text: Value? =
        if let message { try self.evaluate(message, in: scope) } else { nil }
      _ = self.raise("AssertionError", text.map { [$0] } ?? [], at: range)
      self.raised?.origin = .source
      throw .raised
    }
    switch try condition(test, in: scope) {
    case .holds: return
    case .fails: _ = try failure()
    case .unknown(let reason):
      let reason = conditionReason(reason, test, in: scope.code)
      _ = try alternatives(reason, at: range, failure) { () throws(Interruption) in .normal }
    }
  }

  private func executeIf(_ id: StatementID, in scope: Scope) throws(Interruption) -> Completion {
    let code = scope.code
    var current = id
    while case .if(let test, let body, let otherwise) = code[current] {
      switch try condition(test, in: scope) {
      case .holds: return try execute(body, in: scope)
      case .fails:
        let rest = code[otherwise]
        if rest.count == 1, let only = rest.first, case .if = code[only] {
          try charge()
          current = only
          continue
        }
        return try execute(otherwise, in: scope)
      case .unknown(let reason):
        let reason = conditionReason(reason, test, in: code)
        return try alternatives(reason, at: code.range(of: test)) { () throws(Interruption) in
          try self.execute(body, in: scope)
        } _: { () throws(Interruption) in
          try self.execute(otherwise, in: scope)
        }
      }
    }
    return .normal
  }

  /// Why a branch is not known: the condition as written, and what in it is not known.
  func conditionReason(_ unknown: Unknown, _ test: ExpressionID, in code: PythonModule) -> Unknown {
    if unknown.reason.kind == .condition { return unknown }
    let bytes = code.source.bytes(in: code.range(of: test))
    let text = String(decoding: bytes.prefix(80), as: UTF8.self).collapsingWhitespace
    let detail = "\(text)\(bytes.count > 80 ? "…" : "") (\(unknown.reason.kind.rawValue))"
    return Unknown(
      OpaqueReason(.condition, detail, of: unknown.reason.kind), range: code.range(of: test))
  }
}

extension String {
  /// Runs of white space as one space, for texts shown in one line.
  var collapsingWhitespace: String {
    String(unsafeUninitializedCapacity: utf8.count) { result in
      var count = 0
      for byte in utf8 {
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
        if isSpace, count > 0, result[count - 1] == 0x20 { continue }
        result[count] = isSpace ? 0x20 : byte
        count += 1
      }
      return count
    }
  }
}
