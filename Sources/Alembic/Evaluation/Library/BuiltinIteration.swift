// Built-in functions over iterables.

import PythonSyntax
import SourceText

extension Builtins {
  static let iteration: [String: NativeFunction] = [
    "builtins.range": range,
    "builtins.enumerate": { interpreter, arguments throws(Interruption) in
      var start = 0
      if case .integer(let value)? = arguments.argument(1, "start") { start = value }
      return try lazily(arguments, interpreter) { elements throws(Interruption) in
        var result: [Value] = []
        for (offset, element) in elements.enumerated() {
          result.append(.tuple([.integer(start &+ offset), element]))
        }
        return result
      }
    },
    "builtins.zip": zip,
    "builtins.map": map,
    "builtins.filter": { interpreter, arguments throws(Interruption) in
      guard arguments.positional.count == 2 else {
        return notKnown(arguments, "filter", interpreter)
      }
      var gap: Unknown?
      let kept = CallArguments(positional: [arguments.positional[1]], range: arguments.range)
      let result = try lazily(kept, interpreter) { elements throws(Interruption) in
        var result: [Value] = []
        for element in elements {
          var test = element
          if case .none = arguments.positional[0] {
          } else {
            test = try interpreter.call(
              arguments.positional[0],
              CallArguments(positional: [element], range: arguments.range))
          }
          switch interpreter.truth(test) {
          case true?: result.append(element)
          case false?: break
          case nil:
            gap = test.firstUnknown() ?? interpreter.notKnown(test, "truth of", at: arguments.range)
          }
        }
        return result
      }
      return gap.map { interpreter.unknown($0) } ?? result
    },
    "builtins.reversed": { interpreter, arguments throws(Interruption) in
      try lazily(arguments, interpreter) { elements throws(Interruption) in elements.reversed() }
    },
    "builtins.sorted": { interpreter, arguments throws(Interruption) in
      guard let iterable = arguments.positional.first,
        let elements = try interpreter.iterateAnyOrder(iterable, at: arguments.range),
        let sorted = try interpreter.sorted(elements, arguments)
      else { return notKnown(arguments, "sorted", interpreter) }
      try interpreter.allocate(sorted.count * 32)
      return .list(ListObject(sorted))
    },
    "builtins.any": { interpreter, arguments throws(Interruption) in
      try quantify(arguments, interpreter, stopsAt: true)
    },
    "builtins.all": { interpreter, arguments throws(Interruption) in
      try quantify(arguments, interpreter, stopsAt: false)
    },
    "builtins.sum": { interpreter, arguments throws(Interruption) in
      guard let iterable = arguments.positional.first,
        let elements = try interpreter.iterateAnyOrder(iterable, at: arguments.range)
      else { return notKnown(arguments, "sum", interpreter) }
      var total = arguments.argument(1, "start") ?? .integer(0)
      for element in elements {
        try interpreter.charge()
        total = try interpreter.binary(.add, total, element, at: arguments.range)
      }
      return total
    },
    "builtins.min": { interpreter, arguments throws(Interruption) in
      try extreme(arguments, interpreter, sign: -1)
    },
    "builtins.max": { interpreter, arguments throws(Interruption) in
      try extreme(arguments, interpreter, sign: 1)
    },
    "builtins.iter": { interpreter, arguments throws(Interruption) in
      if case .model(let model as IteratorObject)? = arguments.positional.first {
        return .model(model)
      }
      guard arguments.positional.count == 1 else { return notKnown(arguments, "iter", interpreter) }
      return try lazily(arguments, interpreter) { elements throws(Interruption) in elements }
    },
    "builtins.next": { interpreter, arguments throws(Interruption) in
      guard case .model(let model as IteratorObject)? = arguments.positional.first,
        model.taint == nil, !model.isUnordered
      else {
        if case .instance? = arguments.positional.first, let value = arguments.positional.first,
          let result = try interpreter.special("__next__", value, [], at: arguments.range)
        {
          return result
        }
        return notKnown(arguments, "next", interpreter)
      }
      if let value = try model.next(interpreter) { return value }
      if let standard = arguments.argument(1, "default") { return standard }
      throw interpreter.raise("StopIteration", [], at: arguments.range)
    },
  ]

  /// An iterator over what a function makes of the first argument's elements.
  static func lazily(
    _ arguments: CallArguments, _ interpreter: Interpreter,
    _ body: ([Value]) throws(Interruption) -> [Value]
  ) throws(Interruption) -> Value {
    guard let iterable = arguments.positional.first else {
      return notKnown(arguments, "iteration", interpreter)
    }
    let isUnordered = interpreter.isUnordered(iterable)
    guard let elements = try interpreter.iterateAnyOrder(iterable, at: arguments.range) else {
      return notKnown(arguments, "iteration", interpreter)
    }
    try interpreter.charge(elements.count)
    try interpreter.allocate(elements.count * 64)
    let iterator = IteratorObject(try body(elements))
    iterator.isUnordered = isUnordered
    return .model(iterator)
  }

  private static let range: NativeFunction = { interpreter, arguments throws(Interruption) in
    var numbers: [Int] = []
    for value in arguments.positional {
      switch value {
      case .integer(let number): numbers.append(number)
      case .boolean(let flag): numbers.append(flag ? 1 : 0)
      default: return notKnown(arguments, "range", interpreter)
      }
    }
    switch numbers.count {
    case 1: return .range(start: 0, end: numbers[0], step: 1)
    case 2: return .range(start: numbers[0], end: numbers[1], step: 1)
    case 3:
      if numbers[2] == 0 {
        throw interpreter.raise(
          "ValueError", "range() arg 3 must not be zero", at: arguments.range)
      }
      return .range(start: numbers[0], end: numbers[1], step: numbers[2])
    default: return notKnown(arguments, "range", interpreter)
    }
  }

  /// The elements of several iterables side by side; endless ones as long as the others.
  private static func columns(
    _ iterables: ArraySlice<Value>, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> [[Value]]? {
    var columns: [[Value]?] = []
    for iterable in iterables {
      if case .model(let model as IteratorObject) = iterable, model.isEndless {
        columns.append(nil)
      } else if let elements = try interpreter.iterate(iterable, at: arguments.range) {
        columns.append(elements)
      } else {
        return nil
      }
    }
    guard let count = columns.compactMap({ $0?.count }).min() else { throw .exhausted }
    var result: [[Value]] = []
    for (iterable, column) in Swift.zip(iterables, columns) {
      if let column {
        result.append(Array(column.prefix(count)))
        continue
      }
      var elements: [Value] = []
      if case .model(let model as IteratorObject) = iterable {
        while elements.count < count, let value = try model.next(interpreter) {
          elements.append(value)
        }
      }
      result.append(elements)
    }
    try interpreter.allocate(count * result.count * 32)
    return result
  }

  private static let zip: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard arguments.unknownRest == nil, !arguments.positional.isEmpty,
      let columns = try columns(arguments.positional[...], arguments, interpreter)
    else { return notKnown(arguments, "zip", interpreter) }
    let count = columns.first?.count ?? 0
    var rows: [Value] = []
    for index in 0..<count { rows.append(.tuple(columns.map { $0[index] })) }
    return .model(IteratorObject(rows))
  }

  private static let map: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard arguments.positional.count >= 2 else { return notKnown(arguments, "map", interpreter) }
    let function = arguments.positional[0]
    if arguments.positional.count == 2 {
      let kept = CallArguments(positional: [arguments.positional[1]], range: arguments.range)
      let start = interpreter.elements.count
      let result = try lazily(kept, interpreter) { elements throws(Interruption) in
        var result: [Value] = []
        for element in elements {
          result.append(
            try interpreter.call(
              function, CallArguments(positional: [element], range: arguments.range)))
        }
        return result
      }
      if interpreter.elements.count > start {
        interpreter.opaque(
          OpaqueReason(.unsupportedCall, "map() with effects"), at: arguments.range)
      }
      return result
    }
    guard let columns = try columns(arguments.positional[1...], arguments, interpreter) else {
      return notKnown(arguments, "map", interpreter)
    }
    var result: [Value] = []
    for index in 0..<(columns.first?.count ?? 0) {
      result.append(
        try interpreter.call(
          function,
          CallArguments(positional: columns.map { $0[index] }, range: arguments.range)))
    }
    return .model(IteratorObject(result))
  }

  private static func quantify(
    _ arguments: CallArguments, _ interpreter: Interpreter, stopsAt: Bool
  ) throws(Interruption) -> Value {
    guard let iterable = arguments.positional.first,
      let elements = try interpreter.iterateAnyOrder(iterable, at: arguments.range)
    else { return notKnown(arguments, "any", interpreter) }
    var gap: Unknown?
    for element in elements {
      switch interpreter.truth(element) {
      case nil:
        gap =
          gap ?? element.firstUnknown()
          ?? interpreter.notKnown(element, "truth of", at: arguments.range)
      case stopsAt?: return .boolean(stopsAt)
      default: break
      }
    }
    if let gap { return interpreter.unknown(gap) }
    return .boolean(!stopsAt)
  }

  private static func extreme(
    _ arguments: CallArguments, _ interpreter: Interpreter, sign: Int
  ) throws(Interruption) -> Value {
    var elements = arguments.positional
    if elements.count == 1 {
      guard let inner = try interpreter.iterateAnyOrder(elements[0], at: arguments.range) else {
        return notKnown(arguments, "max", interpreter)
      }
      elements = inner
    }
    guard !elements.isEmpty else {
      if let standard = arguments.keyword("default") { return standard }
      throw interpreter.raise(
        "ValueError", "max() arg is an empty sequence", at: arguments.range)
    }
    var ordering = CallArguments(range: arguments.range)
    ordering.keywords = arguments.keywords.filter { $0.name == "key" }
    if sign > 0 { ordering.keywords.append(("reverse", .boolean(true))) }
    guard let sorted = try interpreter.sorted(elements, ordering) else {
      return notKnown(
        CallArguments(positional: elements, range: arguments.range), "max", interpreter)
    }
    return sorted[0]
  }
}
