// io.StringIO: a text that is written piece by piece.

import SourceText

extension Interpreter {
  /// What iterating over a text file yields; nil if it is not known.
  func lines(of text: String) throws(Interruption) -> [Value]? {
    let lines = try callMethod(
      .string(text), "splitlines",
      CallArguments(positional: [.boolean(true)], range: revisionPlace))
    if case .list(let list) = lines { return list.elements }
    return nil
  }
}

/// `io.StringIO(…)`, as long as it is certain what is written to it.
final class TextBuffer: ModelObject {
  private var text: String
  /// It is read or written from its end on, else from its start.
  private var isAtEnd: Bool
  /// Why it is not known what it holds.
  private var doubt: Unknown?
  /// It belongs to an imported module, which other steps see too.
  private let isImported: Bool
  var typeName: String { "StringIO" }
  var extent: Int { text.utf8.count }

  init(_ text: String, isImported: Bool) {
    self.text = text
    self.isImported = isImported
    isAtEnd = text.isEmpty
  }

  /// What it holds is not known from here on.
  func spoil(_ reason: Unknown) { doubt = reason }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    .method(receiver: Box(.model(self)), name: name)
  }

  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? {
    guard case .string(let text) = read(interpreter) else { return nil }
    return try interpreter.lines(of: text)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__": return .model(self)
    case "__exit__", "close", "flush": return .none
    case "getvalue": return content(interpreter)
    case "write": return try write(arguments, interpreter)
    case "read" where arguments.positional.isEmpty: return read(interpreter)
    case "seek":
      if case .integer(0)? = arguments.positional.first, arguments.positional.count == 1 {
        willChange(interpreter)
        isAtEnd = text.isEmpty
        return .integer(0)
      }
    default: break
    }
    let result = interpreter.unknown(.unsupportedCall, "StringIO.\(name)()", at: arguments.range)
    if case .unknown(let reason) = result { spoil(reason) }
    return result
  }

  private func content(_ interpreter: Interpreter) -> Value {
    doubt.map { interpreter.unknown($0) } ?? .string(text)
  }

  private func read(_ interpreter: Interpreter) -> Value {
    let rest = isAtEnd ? Value.string("") : .string(text)
    let known = doubt
    willChange(interpreter)
    isAtEnd = true
    return known.map { interpreter.unknown($0) } ?? rest
  }

  private func write(
    _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    willChange(interpreter)
    switch arguments.positional.first {
    case .string(let part)? where isAtEnd:
      try interpreter.allocate(text.utf8.count + part.utf8.count)
      text += part
      return .integer(part.scalarCount)
    case .unknown(let reason)?: spoil(reason)
    default:
      spoil(
        Unknown(OpaqueReason(.unsupportedCall, "StringIO.write()"), range: arguments.range))
    }
    return interpreter.unknown(.unsupportedCall, "StringIO.write()", at: arguments.range)
  }

  /// What is done under a condition may not be done.
  private func willChange(_ interpreter: Interpreter) {
    interpreter.noteChange(ofImported: isImported)
    guard interpreter.isConditional, doubt == nil else { return }
    spoil(
      Unknown(
        OpaqueReason(.condition, "what is written to a StringIO"),
        range: interpreter.revisionPlace))
  }
}
