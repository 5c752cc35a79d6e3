// uuid, decimal, textwrap, math, string, os, random, base64 and the like.

import Glibc
import SourceText

enum Miscellaneous {
  static let functions: [String: NativeFunction] = [
    "uuid.UUID": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.argument(0, "hex") else {
        return Builtins.notKnown(arguments, "uuid.UUID", interpreter)
      }
      guard let uuid = UUIDObject(text) else {
        throw interpreter.raise(
          "ValueError", "badly formed hexadecimal UUID string", at: arguments.range)
      }
      return .model(uuid)
    },
    "uuid.uuid1": chance, "uuid.uuid4": chance, "uuid.uuid6": chance, "uuid.uuid7": chance,
    "random.random": chance, "random.randint": chance, "random.choice": chance,
    "random.choices": chance, "random.sample": chance, "random.shuffle": chance,
    "secrets.token_hex": chance, "secrets.token_urlsafe": chance, "secrets.token_bytes": chance,
    "secrets.choice": chance, "os.urandom": chance,
    "os.getenv": { interpreter, arguments throws(Interruption) in
      try EnvironmentVariables().call("get", arguments, interpreter)
    },
    "os.getcwd": environment,
    "os.getpid": environment, "socket.gethostname": environment, "platform.system": environment,
    "importlib.metadata.version": environment,
    "decimal.Decimal": { interpreter, arguments throws(Interruption) in
      switch arguments.positional.first {
      case nil: return .model(DecimalObject("0"))
      case .integer(let number)?: return .model(DecimalObject(String(number)))
      case .string(let text)? where Numbers.float(text)?.isFinite == true:
        return .model(DecimalObject(Text.string(Text.stripped(Array(text.utf8)))))
      default: return Builtins.notKnown(arguments, "Decimal", interpreter)
      }
    },
    "textwrap.dedent": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.argument(0, "text") else {
        return Builtins.notKnown(arguments, "textwrap.dedent", interpreter)
      }
      return .string(try dedent(text, interpreter))
    },
    "textwrap.indent": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.argument(0, "text"),
        case .string(let prefix)? = arguments.argument(1, "prefix"),
        arguments.argument(2, "predicate") == nil
      else { return Builtins.notKnown(arguments, "textwrap.indent", interpreter) }
      let lines = text.utf8.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      try interpreter.allocate(text.utf8.count &+ lines &* prefix.utf8.count)
      return .string(try indent(text, prefix, interpreter))
    },
    "inspect.cleandoc": { interpreter, arguments throws(Interruption) in
      Builtins.notKnown(arguments, "inspect.cleandoc", interpreter)
    },
    "string.Template": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.argument(0, "template") else {
        return Builtins.notKnown(arguments, "string.Template", interpreter)
      }
      return .model(TemplateObject(text))
    },
    "math.ceil": rounding(.up),
    "math.floor": rounding(.down),
    "math.sqrt": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first.flatMap(interpreter.double), value >= 0 else {
        return Builtins.notKnown(arguments, "math.sqrt", interpreter)
      }
      return .float(value.squareRoot())
    },
    "logging.getLogger": { _, _ throws(Interruption) in .model(HarmlessObject("Logger")) },
    "tqdm.tqdm": Collections.identity,
    "tqdm.auto.tqdm": Collections.identity,
    "rich.progress.track": Collections.identity,
    "click.style": Collections.identity,
    "threading.Lock": { _, _ throws(Interruption) in .model(NullContext(.boolean(true))) },
    "warnings.catch_warnings": { _, _ throws(Interruption) in .model(NullContext(.none)) },
    "base64.b64encode": { interpreter, arguments throws(Interruption) in
      guard case .bytes(let bytes)? = arguments.positional.first else {
        return Builtins.notKnown(arguments, "base64.b64encode", interpreter)
      }
      try interpreter.allocate(bytes.count * 2)
      return .bytes(Digests.base64(bytes))
    },
    "six.text_type": { interpreter, arguments throws(Interruption) in
      try interpreter.call(.library(LibraryName("builtins.str")), arguments)
    },
    "six.iteritems": { interpreter, arguments throws(Interruption) in
      guard let value = arguments.positional.first else { return .none }
      return try interpreter.callMethod(value, "items", CallArguments(range: arguments.range))
    },
    "six.u": Collections.identity,
    // A proxy is the value that its function returns, whenever it is asked for.
    "lazy_object_proxy.Proxy": { interpreter, arguments throws(Interruption) in
      guard let function = arguments.positional.first else { return .none }
      return try interpreter.call(function, CallArguments(range: arguments.range))
    },
    "sys.exit": { interpreter, arguments throws(Interruption) in
      throw interpreter.raise("SystemExit", arguments.positional, at: arguments.range)
    },
  ]

  private static let chance: NativeFunction = { interpreter, arguments throws(Interruption) in
    for case .list(let list) in arguments.positional.prefix(1) {
      // `random.shuffle` changes its argument.
      interpreter.willChange(list)
      list.isUnordered = true
    }
    return interpreter.unknown(.time, "chance", at: arguments.range)
  }

  private static let environment: NativeFunction = { interpreter, arguments throws(Interruption) in
    var detail = "the environment"
    if case .string(let name)? = arguments.positional.first {
      detail = "the environment: \(name)"
    }
    return interpreter.unknown(.environment, detail, at: arguments.range)
  }

  private static func rounding(_ rule: FloatingPointRoundingRule) -> NativeFunction {
    { interpreter, arguments throws(Interruption) in
      switch arguments.positional.first {
      case .integer(let number)?: return .integer(number)
      case .float(let number)?:
        if let whole = Int(exactly: number.rounded(rule)) { return .integer(whole) }
      default: break
      }
      return Builtins.notKnown(arguments, "math", interpreter)
    }
  }

  /// Python Library Reference, `textwrap.dedent`: the margin that all lines share is removed; lines
  /// of white space alone become empty and do not count.
  static func dedent(
    _ text: String, _ interpreter: Interpreter
  ) throws(Interruption) -> String {
    let lines = try Text(text).split([0x0A], interpreter)
    func isMargin(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var margin: [UInt8]?
    for line in lines {
      let indent = Array(line.prefix(while: isMargin))
      guard indent.count < line.count else { continue }
      guard let known = margin else {
        margin = indent
        continue
      }
      margin = Array(zip(known, indent).prefix { $0 == $1 }.map(\.0))
    }
    let width = margin?.count ?? 0
    let result = lines.map { line -> [UInt8] in
      line.allSatisfy(isMargin) ? [] : Array(line.dropFirst(width))
    }
    return Text.string(Array(result.joined(separator: [0x0A])))
  }

  private static func indent(
    _ text: String, _ prefix: String, _ interpreter: Interpreter
  ) throws(Interruption) -> String {
    let lines = try Text(text).split([0x0A], interpreter)
    let result = lines.map { line -> [UInt8] in
      line.allSatisfy(Text.isSpace) ? line : Array(prefix.utf8) + line
    }
    return Text.string(Array(result.joined(separator: [0x0A])))
  }
}

/// `uuid.UUID("…")`
final class UUIDObject: ConstantObject {
  /// 32 hexadecimal digits in lower case.
  let hex: String
  var typeName: String { "UUID" }

  /// Nil for a text that Python refuses.
  init?(_ text: String) {
    var bytes = Array(text.lowercased().utf8)
    for prefix in ["urn:", "uuid:"] where bytes.starts(with: prefix.utf8) {
      bytes.removeFirst(prefix.utf8.count)
    }
    bytes.removeAll { "{}-".utf8.contains($0) }
    guard bytes.count == 32,
      bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    hex = Text.string(bytes)
  }

  var string: String {
    let digits = Array(hex.utf8)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { Text.string(digits[$0]) }
      .joined(separator: "-")
  }

  func representation(_ interpreter: Interpreter) -> String? { "UUID('\(string)')" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "hex" ? .string(hex) : nil
  }

  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? { nil }

  func order(_ other: any ConstantObject) -> Int? {
    (other as? UUIDObject).map { hex == $0.hex ? 0 : hex < $0.hex ? -1 : 1 }
  }
}

/// `decimal.Decimal("…")`, as it is written.
final class DecimalObject: ConstantObject {
  let string: String
  var typeName: String { "Decimal" }

  init(_ text: String) { string = text }

  func representation(_ interpreter: Interpreter) -> String? { "Decimal('\(string)')" }
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }
  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? { nil }
}

/// `string.Template("…")`
final class TemplateObject: ModelObject {
  private let template: String
  var typeName: String { "Template" }
  var extent: Int { template.utf8.count }

  init(_ template: String) { self.template = template }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "template" ? .string(template) : .method(receiver: Box(.model(self)), name: name)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    guard name == "substitute" || name == "safe_substitute", arguments.unknownRest == nil else {
      return interpreter.unknown(.unsupportedCall, "Template.\(name)", at: arguments.range)
    }
    let values = DictionaryObject()
    try interpreter.update(values, arguments)
    if let reason = values.taint { return interpreter.unknown(reason) }
    var result: [UInt8] = []
    let bytes = Array(template.utf8)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "$") else {
        result.append(bytes[position])
        position += 1
        continue
      }
      if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "$") {
        result.append(UInt8(ascii: "$"))
        position += 2
        continue
      }
      let isBraced = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "{")
      let start = position + (isBraced ? 2 : 1)
      var end = start
      while end < bytes.count, isNameByte(bytes[end], isFirst: end == start) { end += 1 }
      let isClosed = !isBraced || end < bytes.count && bytes[end] == UInt8(ascii: "}")
      let key = Text.string(bytes[start..<end])
      guard end > start, isClosed, let value = values[key] else {
        if name == "substitute" {
          throw interpreter.raise(
            end > start ? "KeyError" : "ValueError", key, at: arguments.range)
        }
        result.append(bytes[position])
        position += 1
        continue
      }
      guard let text = interpreter.text(value) else {
        return interpreter.unknown(
          value.firstUnknown() ?? interpreter.notKnown(value, "text of", at: arguments.range))
      }
      result += Array(text.utf8)
      try interpreter.allocate(text.utf8.count)
      position = end + (isBraced ? 1 : 0)
    }
    return .string(Text.string(result))
  }

  private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    byte == UInt8(ascii: "_") || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || (!isFirst && (0x30...0x39).contains(byte))
  }
}
