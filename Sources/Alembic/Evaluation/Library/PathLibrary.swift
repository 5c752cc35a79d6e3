// os.path, pathlib and open: paths as texts, and the project's own files read as constants.

import SourceText

enum PathLibrary {
  static let functions: [String: NativeFunction] = [
    "os.path.join": { interpreter, arguments throws(Interruption) in
      guard let parts = paths(arguments, interpreter), let first = parts.first else {
        return Builtins.notKnown(arguments, "os.path.join", interpreter)
      }
      try interpreter.allocate(parts.reduce(0) { $0 + $1.utf8.count })
      return .string(parts.dropFirst().reduce(first) { join($0, $1) })
    },
    "os.path.dirname": onPath { .string(split($0).directory) },
    "os.path.basename": onPath { .string(split($0).name) },
    "os.path.split": onPath {
      let parts = split($0)
      return .tuple([.string(parts.directory), .string(parts.name)])
    },
    "os.path.splitext": onPath {
      let (stem, suffix) = splitSuffix($0)
      return .tuple([.string(stem), .string(suffix)])
    },
    "os.path.normpath": onPath { .string(normalized($0)) },
    "os.path.isabs": onPath { .boolean($0.utf8.first == 0x2F) },
    "os.path.abspath": absolute,
    "os.path.realpath": absolute,
    "os.fspath": onPath { .string($0) },
    "os.path.exists": exists,
    "os.path.isfile": exists,
    "os.path.isdir": { interpreter, arguments throws(Interruption) in
      guard let path = paths(arguments, interpreter)?.first else {
        return Builtins.notKnown(arguments, "os.path.isdir", interpreter)
      }
      if interpreter.entries(of: path) != nil { return .boolean(true) }
      return interpreter.unknown(.environment, "whether a directory exists", at: arguments.range)
    },
    "os.listdir": { interpreter, arguments throws(Interruption) in
      guard let path = paths(arguments, interpreter)?.first,
        let names = interpreter.entries(of: path)
      else { return Builtins.notKnown(arguments, "os.listdir", interpreter) }
      let list = ListObject(names.map(Value.string))
      list.isUnordered = true
      return .list(list)
    },
    "pathlib.Path": makePath,
    "pathlib.PurePath": makePath,
    "pathlib.PosixPath": makePath,
    "pathlib.PurePosixPath": makePath,
    "pkgutil.get_data": { interpreter, arguments throws(Interruption) in
      interpreter.unknown(.environment, "pkgutil.get_data", at: arguments.range)
    },
    "importlib.resources.files": { interpreter, arguments throws(Interruption) in
      let directory: String?
      switch arguments.positional.first {
      case .module(let module)?:
        directory = module.isPackage ? packageDirectory(module) : nil
      case .string(let name)?:
        directory = interpreter.locateModule(name).flatMap(packageDirectory)
      default: directory = nil
      }
      guard let directory else {
        return Builtins.notKnown(arguments, "importlib.resources.files", interpreter)
      }
      return .model(PathObject(directory))
    },
    "importlib.resources.read_text": { interpreter, arguments throws(Interruption) in
      let files = try interpreter.call(
        .library(LibraryName("importlib.resources.files")),
        CallArguments(positional: Array(arguments.positional.prefix(1)), range: arguments.range))
      guard case .model(let directory as PathObject) = files,
        case .string(let name)? = arguments.argument(1, "resource"),
        case .model(let file as FileObject) = try open(
          join(directory.string, name), "r", interpreter, at: arguments.range)
      else { return Builtins.notKnown(arguments, "importlib.resources.read_text", interpreter) }
      return file.rest
    },
    "importlib.import_module": { interpreter, arguments throws(Interruption) in
      guard case .string(let name)? = arguments.positional.first, name.utf8.first != 0x2E else {
        return Builtins.notKnown(arguments, "importlib.import_module", interpreter)
      }
      return interpreter.importModule(name, at: arguments.range)
    },
    "io.StringIO": { interpreter, arguments throws(Interruption) in
      guard case .string(let text) = arguments.positional.first ?? .string("") else {
        return Builtins.notKnown(arguments, "io.StringIO", interpreter)
      }
      return .model(TextBuffer(text, isImported: interpreter.isImporting))
    },
  ]

  private static func packageDirectory(_ module: ModuleObject) -> String? {
    guard module.isPackage else { return nil }
    return module.path.utf8.suffix(12).elementsEqual("/__init__.py".utf8)
      ? split(module.path).directory : module.path
  }

  /// The arguments as paths; nil if one is not known.
  private static func paths(_ arguments: CallArguments, _ interpreter: Interpreter) -> [String]? {
    guard arguments.unknownRest == nil else { return nil }
    var result: [String] = []
    for value in arguments.positional {
      guard let path = path(value) else { return nil }
      // A path is taken apart into its components.
      guard interpreter.budget.charge(path.utf8.count >> 1) else { return nil }
      result.append(path)
    }
    return result
  }

  static func path(_ value: Value) -> String? {
    switch value {
    case .string(let text): text
    case .model(let path as PathObject): path.string
    default: nil
    }
  }

  private static func onPath(_ body: @escaping @Sendable (String) -> Value) -> NativeFunction {
    { interpreter, arguments throws(Interruption) in
      guard let path = paths(arguments, interpreter)?.first else {
        return Builtins.notKnown(arguments, "os.path", interpreter)
      }
      return body(path)
    }
  }

  private static let absolute: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let path = paths(arguments, interpreter)?.first else {
      return Builtins.notKnown(arguments, "os.path.abspath", interpreter)
    }
    guard path.utf8.first == 0x2F else {
      return interpreter.unknown(.environment, "the current directory", at: arguments.range)
    }
    return .string(normalized(path))
  }

  /// What is not in the project may be there where Alembic runs.
  private static let exists: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let path = paths(arguments, interpreter)?.first else {
      return Builtins.notKnown(arguments, "os.path.exists", interpreter)
    }
    if interpreter.contents(of: path) != nil { return .boolean(true) }
    return interpreter.unknown(.environment, "whether a file exists", at: arguments.range)
  }

  private static let makePath: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let parts = paths(arguments, interpreter) else {
      return Builtins.notKnown(arguments, "Path", interpreter)
    }
    return .model(PathObject(parts.reduce("") { join($0, $1) }))
  }

  static let open: NativeFunction = { interpreter, arguments throws(Interruption) in
    guard let name = arguments.argument(0, "file") else {
      return Builtins.notKnown(arguments, "open", interpreter)
    }
    guard let path = path(name) else {
      return interpreter.unknown(
        name.unknownReason ?? interpreter.notKnown(name, "open", at: arguments.range))
    }
    var mode = "r"
    if case .string(let given)? = arguments.argument(1, "mode") { mode = given }
    return try open(path, mode, interpreter, at: arguments.range)
  }

  static func open(
    _ path: String, _ mode: String, _ interpreter: Interpreter, at range: SourceRange
  ) throws(Interruption) -> Value {
    func unread(_ exception: String) -> Value {
      let reason = OpaqueReason(.environment, "the file \(split(path).name)")
      interpreter.mayRaise(reason, at: range, exception)
      return interpreter.unknown(Unknown(reason, range: range))
    }
    let isReading = !mode.utf8.contains { "wax+".utf8.contains($0) }
    guard isReading, let bytes = interpreter.contents(of: normalized(path)) else {
      return unread("FileNotFoundError")
    }
    try interpreter.allocate(bytes.count)
    if mode.utf8.contains(UInt8(ascii: "b")) { return .model(FileObject(.bytes(bytes))) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return unread("UnicodeDecodeError")
    }
    return .model(FileObject(.string(universalNewlines(text))))
  }

  /// Text files are read with `\r\n` and `\r` as `\n`.
  private static func universalNewlines(_ text: String) -> String {
    guard text.contains(byte: 0x0D) else { return text }
    var result: [UInt8] = []
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x0A, previous == 0x0D {
        previous = byte
        continue
      }
      result.append(byte == 0x0D ? 0x0A : byte)
      previous = byte
    }
    return Text.string(result)
  }

  static func join(_ base: String, _ path: String) -> String {
    if path.utf8.first == 0x2F || base.isEmpty { return path }
    return base.utf8.last == 0x2F ? base + path : base + "/" + path
  }

  static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return ("", path) }
    let head = String(path[..<slash])
    return (head.isEmpty ? "/" : head, String(path[path.utf8.index(after: slash)...]))
  }

  static func splitSuffix(_ path: String) -> (stem: String, suffix: String) {
    let name = split(path).name
    guard let dot = name.utf8.lastIndex(of: 0x2E),
      name[..<dot].utf8.contains(where: { $0 != 0x2E })
    else { return (path, "") }
    let suffix = String(name[dot...])
    return (Text.string(Array(path.utf8.dropLast(suffix.utf8.count))), suffix)
  }

  /// What stands between slashes, without empty parts.
  fileprivate static func components(_ path: String) -> [Substring] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  static func normalized(_ path: String) -> String {
    let bytes = Array(path.utf8)
    let isAbsolute = bytes.first == 0x2F
    var parts: [ArraySlice<UInt8>] = []
    let parent = [UInt8(ascii: "."), UInt8(ascii: ".")][...]
    for part in bytes.split(separator: 0x2F) where part != parent.prefix(1) {
      if part == parent, let last = parts.last, last != parent {
        parts.removeLast()
      } else if part != parent || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = Text.string(Array(parts.joined(separator: [0x2F])))
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }
}

/// `pathlib.Path(…)`
final class PathObject: ConstantObject {
  let string: String
  var typeName: String { "PosixPath" }
  /// Its components are taken apart by each operation.
  var extent: Int { string.utf8.count * 8 }

  init(_ path: String) {
    // `Path` drops doubled and trailing slashes and dots.
    let isAbsolute = path.utf8.first == 0x2F
    let parts = PathLibrary.components(path).filter { $0 != "." }
    let joined = parts.joined(separator: "/")
    string = isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }

  func representation(_ interpreter: Interpreter) -> String? { "PosixPath('\(string)')" }

  func isInstance(of name: LibraryName) -> Bool? { name.path.utf8.starts(with: "pathlib.".utf8) }

  private var parent: PathObject {
    let directory = PathLibrary.split(string).directory
    return PathObject(directory.isEmpty ? "." : directory)
  }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    let last = PathLibrary.split(string).name
    switch name {
    case "parent": return .model(parent)
    case "name": return .string(last)
    case "stem": return .string(PathLibrary.splitSuffix(last).stem)
    case "suffix": return .string(PathLibrary.splitSuffix(last).suffix)
    case "parents":
      var result: [Value] = []
      var current = self
      while current.string != current.parent.string, result.count < 100 {
        current = current.parent
        result.append(.model(current))
      }
      return .tuple(result)
    case "parts":
      let parts = string.split(separator: "/").map { Value.string(String($0)) }
      return .tuple(string.utf8.first == 0x2F ? [.string("/")] + parts : parts)
    default: return .method(receiver: Box(.model(self)), name: name)
    }
  }

  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value? {
    switch name {
    case "__truediv__", "joinpath":
      var result = string
      for value in arguments.positional {
        if let reason = value.unknownReason { return interpreter.unknown(reason) }
        guard let part = PathLibrary.path(value) else { return nil }
        try interpreter.allocate(result.utf8.count + part.utf8.count)
        result = PathLibrary.join(result, part)
      }
      return .model(PathObject(result))
    case "resolve", "absolute", "expanduser":
      return string.utf8.first == 0x2F ? .model(PathObject(PathLibrary.normalized(string))) : nil
    case "as_posix", "__fspath__": return .string(string)
    case "with_suffix", "with_name":
      guard case .string(let other)? = arguments.positional.first else { return nil }
      let isSuffix = other.isEmpty || other.utf8.first == UInt8(ascii: ".") && other.utf8.count > 1
      if name == "with_suffix", !isSuffix {
        throw interpreter.raise(
          "ValueError", "Invalid suffix \(Text.representation(other))", at: arguments.range)
      }
      let stem = PathLibrary.splitSuffix(string).stem
      return .model(
        PathObject(name == "with_name" ? PathLibrary.join(parent.string, other) : stem + other))
    case "read_text", "read_bytes":
      let mode = name == "read_text" ? "r" : "rb"
      let file = try PathLibrary.open(string, mode, interpreter, at: arguments.range)
      guard case .model(let object as FileObject) = file else { return file }
      return object.rest
    case "open":
      var mode = "r"
      if case .string(let given)? = arguments.argument(0, "mode") { mode = given }
      return try PathLibrary.open(string, mode, interpreter, at: arguments.range)
    case "exists", "is_file":
      return interpreter.contents(of: PathLibrary.normalized(string)) != nil
        ? .boolean(true) : nil
    case "iterdir", "glob":
      guard let names = interpreter.entries(of: PathLibrary.normalized(string)) else {
        return nil
      }
      var kept = names
      if name == "glob" {
        guard case .string(let pattern)? = arguments.positional.first,
          pattern.utf8.first == UInt8(ascii: "*"),
          !pattern.utf8.dropFirst().contains(where: { "*?[/".utf8.contains($0) })
        else { return nil }
        kept = names.filter {
          $0.utf8.suffix(pattern.utf8.count - 1).elementsEqual(pattern.utf8.dropFirst())
        }
      }
      let list = ListObject(kept.map { .model(PathObject(PathLibrary.join(string, $0))) })
      list.isUnordered = true
      return .list(list)
    default: return nil
    }
  }

  func order(_ other: any ConstantObject) -> Int? {
    guard let path = other as? PathObject else { return nil }
    let (left, right) = (PathLibrary.components(string), PathLibrary.components(path.string))
    if left == right { return 0 }
    return left.lexicographicallyPrecedes(right) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      ? -1 : 1
  }
}

/// A text file of the project, opened for reading.
final class FileObject: ModelObject {
  private(set) var rest: Value
  var typeName: String { "TextIOWrapper" }
  var extent: Int { Extent.memory(rest) }

  init(_ content: Value) { rest = content }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    .method(receiver: Box(.model(self)), name: name)
  }

  /// What is left, which is then read; under a condition it is not known whether it was.
  private func take(_ interpreter: Interpreter) -> Value {
    let content = rest
    if interpreter.isConditional {
      let reason = OpaqueReason(.condition, "how much of a file is read")
      rest = .unknown(Unknown(reason, range: interpreter.revisionPlace))
    } else if case .bytes = rest {
      rest = .bytes([])
    } else {
      rest = .string("")
    }
    return content
  }

  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? {
    guard case .string(let text) = take(interpreter) else { return nil }
    return try interpreter.lines(of: text)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    switch name {
    case "__enter__": return .model(self)
    case "__exit__", "close": return .none
    case "read":
      guard arguments.positional.isEmpty else { break }
      return take(interpreter)
    case "readlines":
      return try iterate(interpreter).map { .list(ListObject($0)) }
        ?? interpreter.unknown(.unsupportedCall, "readlines", at: arguments.range)
    default: break
    }
    return interpreter.unknown(.unsupportedCall, "file.\(name)", at: arguments.range)
  }
}
