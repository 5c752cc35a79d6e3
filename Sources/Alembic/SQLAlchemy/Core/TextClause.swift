// `text("…")` and its parameters.

import SourceText

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
    guard source.contains(byte: UInt8(ascii: ":")) else { return source }
    let scalars = source.unicodeScalars
    var result = ""
    var copied = source.startIndex
    var position = copied
    while let colon = source.firstIndex(of: UInt8(ascii: ":"), from: position) {
      let next = source.utf8.index(after: colon)
      let previous =
        colon > source.startIndex ? scalars[scalars.index(before: colon)] : nil
      position = next
      if previous == "\\" {
        position = scalars[next...].firstIndex { !$0.isWord && $0 != "$" } ?? source.endIndex
        result += source[copied..<scalars.index(before: colon)]
        result += source[colon..<position]
        copied = position
      } else if previous != ":", previous?.isWord != true {
        let end = scalars[next...].firstIndex { !$0.isWord } ?? source.endIndex
        guard end > next, end == source.endIndex || scalars[end] != ":" else { continue }
        result += source[copied..<colon]
        let text = try parameter(String(source[next..<end]), rendering)
        // psycopg2 writes a tuple as a list in parentheses.
        result += rendering.isForm && result.endsInWordIn ? "(\(text))" : text
        (copied, position) = (end, end)
      }
    }
    return result + source[copied...]
  }

  private func parameter(
    _ name: String, _ rendering: Rendering
  ) throws(NotRenderable) -> String {
    let own = parameters.last { $0.name == name }?.value
    guard let given = rendering.parameters[name] ?? own else {
      return try rendering.unset(name)
    }
    if case .model(let parameter as BindParameter) = given { return try parameter.sql(rendering) }
    if own == nil { rendering.noteUntyped(given) }
    return try Literals.render(given, as: own.flatMap(LiteralElement.inferred), rendering)
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
      let clause = TextClause(source, parameters)
      for value in arguments.positional {
        guard case .model(let parameter as BindParameter) = value else {
          return interpreter.unknown(.unsupportedCall, "text().bindparams()", at: arguments.range)
        }
        clause.parameters.append((parameter.name, value))
      }
      for (name, value) in arguments.keywords {
        let given = clause.parameters.last { $0.name == name }?.value
        if case .model(let parameter as BindParameter)? = given {
          clause.parameters.append((name, .model(parameter.with(value))))
        } else {
          clause.parameters.append((name, value))
        }
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
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    case ..<0x80: false
    default: properties.isAlphabetic || properties.numericType != nil
    }
  }
}

extension String {
  /// Whether the keyword IN stands at the end, before white space.
  fileprivate var endsInWordIn: Bool {
    let words = utf8.suffix(64).split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return words.last.map { $0.elementsEqual("in".utf8) || $0.elementsEqual("IN".utf8) } ?? false
  }
}
