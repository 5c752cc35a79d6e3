// `text("…")` and its parameters.

/// `text("… :name …")` with the values of its parameters.
final class TextClause: ModelObject, SQLElement {
  let source: String
  var parameters: [(name: String, value: Value)]
  init(_ source: String, _ parameters: [(name: String, value: Value)] = []) {
    self.source = source
    self.parameters = parameters
  }

  var typeName: String { "TextClause" }
  var columnName: ColumnName { .none }

  /// SQLAlchemy writes `:name` as a parameter unless a word, a colon or a backslash stands before it,
  /// and `\:` as a colon (`BIND_PARAMS`, `BIND_PARAMS_ESC` of its compiler).
  func sql(_ rendering: Rendering) throws(NotRenderable) -> String {
    _ = try rendering.written(source)
    guard source.utf8.contains(UInt8(ascii: ":")) else { return source }
    var result = ""
    let scalars = Array(source.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == "\\", next == ":" {
        result += ":"
        index += 2
        while index < scalars.count, scalars[index].isWord || scalars[index] == "$" {
          result.unicodeScalars.append(scalars[index])
          index += 1
        }
        continue
      }
      let previous = index > 0 ? scalars[index - 1] : nil
      if scalar == ":", let next, next.isWord, previous != ":", previous.map(\.isWord) != true {
        var end = index + 1
        while end < scalars.count, scalars[end].isWord { end += 1 }
        if end >= scalars.count || scalars[end] != ":" {
          let name = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
          result += try parameter(name, rendering)
          index = end
          continue
        }
      }
      result.unicodeScalars.append(scalar)
      index += 1
    }
    return result
  }

  private func parameter(
    _ name: String, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    let given = rendering.parameters[name] ?? parameters.last(where: { $0.name == name })?.value
    guard let given else {
      throw NotRenderable(OpaqueReason(.unsupportedSQL, "the parameter :\(name) has no value"))
    }
    if case .model(let parameter as BindParameter) = given { return try parameter.sql(rendering) }
    return try Literals.render(given, as: nil, rendering)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    switch name {
    case "text": .string(source)
    case "bindparams", "columns", "execution_options":
      .method(receiver: Box(.model(self)), name: name)
    default: ElementMethods.exists(name) ? .method(receiver: Box(.model(self)), name: name) : nil
    }
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "bindparams":
      if let rest = arguments.unknownRest { return interpreter.unknown(rest) }
      guard parameters.count < ElementSize.partLimit else {
        return interpreter.unknown(.budget, "very many parameters", at: arguments.range)
      }
      let clause = TextClause(source, parameters + arguments.keywords)
      for value in arguments.positional {
        guard case .model(let parameter as BindParameter) = value else {
          return interpreter.unknown(.unsupportedCall, "text().bindparams()", at: arguments.range)
        }
        clause.parameters.append((parameter.name, value))
      }
      return .model(clause)
    case "columns", "execution_options": return .model(self)
    default: return try ElementMethods.call(name, on: self, arguments, interpreter)
    }
  }
}

extension Unicode.Scalar {
  /// `\w` of Python's regular expressions.
  fileprivate var isWord: Bool {
    self == "_" || properties.isAlphabetic || properties.numericType != nil
  }
}
