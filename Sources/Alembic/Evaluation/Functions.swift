// Functions of Python source: definition, parameters, calls.

import PythonSyntax
import SourceText

extension Interpreter {
  func define(function id: DefinitionID, in scope: Scope) throws(Interruption) {
    let code = scope.code
    let definition = code[id]
    guard let parametersID = definition.parameters else { return }
    let parameters = code[parametersID]
    let function = FunctionObject(
      name: code.text(of: definition.name), module: scope.module, body: .definition(id),
      parameters: parameters, defaults: try defaults(of: parameters, in: scope),
      closure: scope, isAsync: definition.isAsync)
    let value = try decorate(.function(function), definition.decorators, in: scope)
    bind(definition.name.index, to: value, in: scope)
  }

  /// Applies decorators, the nearest first.
  func decorate(
    _ value: Value, _ decorators: NodeList<ExpressionID>, in scope: Scope
  ) throws(Interruption) -> Value {
    let code = scope.code
    guard !decorators.isEmpty else { return value }
    var functions: [(Value, SourceRange)] = []
    for id in code[decorators] {
      functions.append((try evaluate(id, in: scope), code.range(of: id)))
    }
    var result = value
    for (function, range) in functions.reversed() {
      // A decorator that is not known has no effect on the database by decorating.
      if case .unknown(let reason) = function {
        result = unknown(reason)
      } else {
        result = try call(function, CallArguments(positional: [result], range: range))
      }
    }
    return result
  }

  func makeLambda(
    _ id: ParametersID, _ body: ExpressionID, in scope: Scope
  ) throws(Interruption) -> FunctionObject {
    let parameters = scope.code[id]
    return FunctionObject(
      name: "<lambda>", module: scope.module, body: .lambda(body), parameters: parameters,
      defaults: try defaults(of: parameters, in: scope), closure: scope, isAsync: false)
  }

  private func defaults(
    of parameters: Parameters, in scope: Scope
  ) throws(Interruption) -> [UInt32: Value] {
    var result: [UInt32: Value] = [:]
    let code = scope.code
    for list in [parameters.positionalOnly, parameters.regular, parameters.keywordOnly] {
      for parameter in code[list] {
        if let value = parameter.defaultValue {
          result[parameter.name.index] = try evaluate(value, in: scope)
        }
      }
    }
    return result
  }

  /// Calls a function of Python source. With a `yieldHandler`, a generator's body runs at once and
  /// hands over what it yields; without, what it yields is collected.
  func callFunction(
    _ function: FunctionObject, _ arguments: CallArguments, receiver: Value?,
    yieldHandler: ((Value) throws(Interruption) -> Value)? = nil
  ) throws(Interruption) -> Value {
    if function.kind == .contextManager, yieldHandler == nil {
      return .model(GeneratorContext(function, arguments, receiver: receiver))
    }
    guard budget.calls < Budget.maximumCalls else { throw .exhausted }
    if isEndless(function) { return leaveRecursion(function, arguments, receiver: receiver) }
    let scope = Scope(
      .function, module: function.module, parent: function.closure.nested, birth: birth)
    scope.function = function
    scope.receiver = receiver
    try charge(arguments.positional.count >> 2)
    if !arguments.keywords.isEmpty {
      let parameters = Int(
        function.parameters.regular.count + function.parameters.keywordOnly.count)
      try charge(arguments.keywords.count * (2 + parameters / 16))
    }
    try bindParameters(function, arguments, receiver, in: scope)
    scope.receiver = receiver ?? firstArgument(arguments)
    var isGenerator = false
    if case .definition(let id) = function.body, function.module.code.holdsYield {
      isGenerator = function.module.facts(of: id).isGenerator
    }
    let outer = frame
    let inner = Frame(function, from: outer, conditionDepth: conditionDepth)
    let collected = ListObject([])
    if let yieldHandler {
      inner.yieldHandler = yieldHandler
    } else if isGenerator {
      inner.yieldHandler = { value throws(Interruption) in
        try self.allocate(32)
        collected.elements.append(value)
        return .none
      }
    }
    let start = elements.count
    let result = try run(function, inner, in: scope)
    frame = outer
    if function.isCached, elements[start...].contains(where: \.isEffect) {
      // Whether it runs is decided by the calls before it, also those of other steps that the same command
      // runs.
      opaque(
        OpaqueReason(.unsupportedCall, "\(function.name)(), which is cached and has effects"),
        at: arguments.range, before: start)
    }
    guard isGenerator, yieldHandler == nil else { return result }
    if elements.count > start {
      opaque(
        OpaqueReason(.unsupportedSyntax, "a generator with effects"), at: arguments.range)
    }
    return .model(IteratorObject(collected.elements))
  }

  /// Whether a function is called from within itself, and that call was too, each time under one more
  /// condition that is not known: as such conditions hold both ways, there is no end to it.
  private func isEndless(_ function: FunctionObject) -> Bool {
    var depth = conditionDepth
    var rounds = 0
    var call: Frame? = frame
    while let current = call, depth > 0 {
      if current.conditionDepth < depth, let called = current.function,
        called.body == function.body, called.module === function.module
      {
        rounds += 1
        if rounds == 2 { return true }
        depth = current.conditionDepth
      }
      call = current.caller
    }
    return false
  }

  /// A call that is not followed. What it changes beside its arguments, the calls around it change as
  /// well, under conditions: that is not known already.
  private func leaveRecursion(
    _ function: FunctionObject, _ arguments: CallArguments, receiver: Value?
  ) -> Value {
    let reason = Unknown(
      OpaqueReason(.unsupportedCall, "\(function.name)() calls itself under a condition"),
      range: arguments.range)
    for value in arguments.values { taint(value, reason) }
    if let receiver { taint(receiver, reason) }
    return callUnknown(reason, arguments, isEffect: true)
  }

  private func firstArgument(_ arguments: CallArguments) -> Value? { arguments.positional.first }

  /// Runs the body in its frame; the caller restores its own after success.
  private func run(
    _ function: FunctionObject, _ inner: Frame, in scope: Scope
  ) throws(Interruption) -> Value {
    let outer = frame
    let level = journals.count
    let depth = conditionDepth
    let place = revisionPlace
    frame = inner
    budget.calls += 1
    defer {
      budget.calls -= 1
      frame = outer
      revisionPlace = place
    }
    do {
      switch function.body {
      case .lambda(let body): inner.returnValue = try evaluate(body, in: scope)
      case .definition(let id):
        if try execute(function.module.code[id].body, in: scope) != .returned {
          inner.returnValue = .none
        }
      }
    } catch {
      if inner.splits > 0 { dropJournals(to: level) }
      conditionDepth = depth
      throw error
    }
    closeSplits(inner.splits, level: level)
    let reason = Unknown(OpaqueReason(.condition, "a value returned under a condition"), range: nil)
    for value in inner.pendingReturns where !isSame(value, inner.returnValue) {
      return unknown(reason.standing(for: value, inner.returnValue))
    }
    return inner.returnValue
  }

  private func bindParameters(
    _ function: FunctionObject, _ arguments: CallArguments, _ receiver: Value?, in scope: Scope
  ) throws(Interruption) {
    let code = function.module.code
    let parameters = function.parameters
    var positional = arguments.positional[...]
    if let receiver { positional = ([receiver] + arguments.positional)[...] }
    var keywords = arguments.keywords
    for (list, allowsKeyword) in [(parameters.positionalOnly, false), (parameters.regular, true)] {
      for parameter in code[list] {
        if let value = positional.popFirst() {
          scope[parameter.name.index] = value
          continue
        }
        try bind(
          parameter, &keywords, allowsKeyword: allowsKeyword, function, arguments, in: scope)
      }
    }
    for parameter in code[parameters.keywordOnly] {
      try bind(parameter, &keywords, function, arguments, in: scope)
    }
    if let variadic = parameters.variadic {
      if let reason = arguments.unknownRest {
        scope[variadic.name.index] = unknown(reason)
      } else {
        scope[variadic.name.index] = .tuple(Array(positional))
      }
    } else if !positional.isEmpty, arguments.unknownRest == nil {
      throw raise(
        "TypeError", "\(function.name)() takes fewer positional arguments", at: arguments.range)
    }
    if let rest = parameters.keywordVariadic {
      let dictionary = DictionaryObject(strings: keywords.map { ($0.name, $0.value) })
      dictionary.taint = arguments.unknownRest
      scope[rest.name.index] = .dictionary(dictionary)
    } else if let extra = keywords.first {
      throw raise(
        "TypeError", "\(function.name)() got an unexpected keyword argument '\(extra.name)'",
        at: arguments.range)
    }
  }

  /// A parameter without a positional argument: its keyword, its default, or an error.
  private func bind(
    _ parameter: Parameter, _ keywords: inout [(name: String, value: Value)],
    allowsKeyword: Bool = true, _ function: FunctionObject, _ arguments: CallArguments,
    in scope: Scope
  ) throws(Interruption) {
    let name = function.module.code.text(of: parameter.name)
    if allowsKeyword, let index = keywords.firstIndex(where: { $0.name == name }) {
      scope[parameter.name.index] = keywords.remove(at: index).value
    } else if let reason = arguments.unknownRest {
      scope[parameter.name.index] = unknown(reason)
    } else if let value = function.defaults[parameter.name.index] {
      scope[parameter.name.index] = value
    } else {
      throw raise(
        "TypeError", "\(function.name)() missing a required argument: '\(name)'",
        at: arguments.range)
    }
  }
}

extension Scope {
  /// The scope that functions defined here see around them: a class body is not seen.
  var nested: Scope {
    var scope = self
    while scope.kind == .class, let parent = scope.parent { scope = parent }
    return scope
  }
}

extension StepElement {
  /// More than a place that may raise or that reads.
  fileprivate var isEffect: Bool {
    if case .opaque(let place) = self { place.reach != .rows } else { true }
  }
}
