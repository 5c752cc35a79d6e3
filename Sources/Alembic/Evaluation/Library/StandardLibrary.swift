// Which parts of Python's standard library are modelled, and how its names are reached.

import SourceText

typealias NativeFunction =
  @Sendable (Interpreter, CallArguments) throws(Interruption) -> Value

enum StandardLibrary {
  /// Functions and classes that can be called, by their dotted name.
  static let functions: [String: NativeFunction] = {
    var all = Builtins.functions
    for table in [
      Builtins.iteration, Builtins.types, Collections.functions, PathLibrary.functions,
      JSONLibrary.functions,
      DateTimes.functions, Miscellaneous.functions, RegularExpressions.functions, Digests.functions,
    ] {
      all.merge(table) { _, new in new }
    }
    return all
  }()

  private static let modules: Set<String> = [
    "builtins", "__future__", "abc", "argparse", "array", "asyncio", "base64", "binascii",
    "calendar", "collections", "configparser", "contextlib", "contextvars", "copy", "csv",
    "dataclasses", "datetime", "decimal", "difflib", "enum", "errno", "fnmatch", "fractions",
    "functools", "gc", "getpass", "glob", "gzip", "hashlib", "heapq", "hmac", "html", "http",
    "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "locale", "logging",
    "math", "multiprocessing", "numbers", "operator", "os", "pathlib", "pickle", "pkgutil",
    "platform", "pprint", "queue", "random", "re", "secrets", "shutil", "signal", "socket",
    "statistics", "string", "struct", "subprocess", "sys", "tempfile", "textwrap", "threading",
    "time", "timeit", "token", "traceback", "types", "typing", "typing_extensions", "unicodedata",
    "unittest", "urllib", "uuid", "warnings", "weakref", "xml", "zipfile", "zlib", "zoneinfo",
    "six", "lazy_object_proxy", "bisect", "codecs", "concurrent", "graphlib", "reprlib", "tomllib",
  ]

  /// What is not modelled and raises nothing when it is called.
  static let quiet: Set<String> = [
    "contextlib.ExitStack", "contextlib.AsyncExitStack", "contextlib.closing", "threading.RLock",
    "threading.Event", "threading.local", "asyncio.Lock", "asyncio.Event", "queue.Queue",
    "time.process_time", "time.time_ns", "time.monotonic_ns", "time.perf_counter_ns",
    "platform.python_version", "platform.node", "platform.machine", "platform.platform",
    "os.cpu_count", "os.getppid", "hashlib.md5", "hashlib.sha1", "hashlib.sha256",
    "sys.getrecursionlimit", "gc.collect",
  ]

  /// Modules whose calls have no effect that a migration's SQL depends on.
  private static let harmless: Set<String> = [
    "logging", "warnings", "loguru", "structlog", "click", "rich", "traceback", "gc", "pprint",
    "tqdm", "oslo_log", "colorama", "termcolor", "typer", "sentry_sdk", "progressbar", "inspect",
  ]

  /// Whether a dotted name lies in the standard library.
  static func owns(_ name: LibraryName) -> Bool {
    modules.contains(String(name.top))
  }

  /// Functions in them that ask whoever runs the migration, or end it.
  private static let decisive: Set<String> = ["confirm", "prompt", "abort", "exit"]

  static func isHarmless(_ name: LibraryName) -> Bool {
    harmless.contains(String(name.top))
      && !decisive.contains(name.path.lastComponent)
  }

  /// `list[int]`, `Optional[str]` and other annotations.
  static func isGeneric(_ name: LibraryName) -> Bool {
    let top = name.top
    return top == "typing" || top == "typing_extensions" || top == "collections"
      || isPrimitive(name)
      || name.path == "builtins.type"
  }

  static func isPrimitive(_ name: LibraryName) -> Bool {
    switch name.path {
    case "builtins.str", "builtins.int", "builtins.float", "builtins.bool", "builtins.bytes",
      "builtins.list", "builtins.dict", "builtins.tuple", "builtins.set", "builtins.frozenset",
      "collections.OrderedDict":
      true
    default: false
    }
  }

  /// Bases that add nothing which an evaluation would see.
  static func isTransparentBase(_ name: LibraryName) -> Bool {
    switch name.path {
    case "builtins.object", "abc.ABC", "typing.NamedTuple", "typing.Generic", "typing.Protocol":
      true
    default:
      name.path.utf8.starts(with: "typing.".utf8)
        || name.path.utf8.starts(with: "collections.abc.".utf8)
    }
  }

  static func flavor(of base: LibraryName) -> ClassObject.Flavor? {
    switch base.path {
    case "enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag": .enumeration
    case "typing.NamedTuple": .namedTuple
    default: nil
    }
  }

  /// An attribute of a module or class; nil if it is not modelled.
  static func attribute(
    _ library: LibraryName, _ name: String, _ interpreter: Interpreter
  ) -> Value? {
    let path = canonical("\(library.path).\(name)")
    if functions[path] != nil { return .library(LibraryName(path)) }
    if let value = constant(path) { return value }
    if library.path == "builtins" { return Builtins.value(of: name, interpreter) }
    if modules.contains(path) || submodules.contains(path) { return .library(LibraryName(path)) }
    if let classes = classes[path] {
      _ = classes
      return .library(LibraryName(path))
    }
    let top = library.top
    if top == "typing" || top == "typing_extensions" || top == "types"
      || path.utf8.starts(with: "collections.abc.".utf8)
    {
      return .library(LibraryName("typing.\(name)"))
    }
    if name == "__name__", !modules.contains(library.path) {
      return .string(library.path.lastComponent)
    }
    if isHarmless(library) { return .library(LibraryName(path)) }
    if Interpreter.exceptionBases[name] != nil { return Builtins.value(of: name, interpreter) }
    return nil
  }

  private static let submodules: Set<String> = [
    "os.path", "collections.abc", "importlib.resources", "importlib.metadata", "importlib.util",
    "urllib.parse", "concurrent.futures", "logging.config", "xml.etree", "json.decoder",
    "json.encoder", "unittest.mock", "logging.handlers",
  ]

  /// Classes that are known by name only: as bases, decorators and in `isinstance`.
  private static let classes: [String: Bool] = [
    "enum.Enum": true, "enum.IntEnum": true, "enum.StrEnum": true, "enum.Flag": true,
    "enum.IntFlag": true, "abc.ABC": true, "abc.ABCMeta": true, "json.JSONEncoder": true,
    "json.JSONDecodeError": true, "enum.EnumMeta": true, "enum.EnumType": true,
    "threading.Thread": true, "json.JSONDecoder": true, "datetime.tzinfo": true,
    "re.Pattern": true, "re.Match": true, "string.Template": true, "string.Formatter": true,
    "importlib.abc": true, "datetime.time": true,
  ]

  private static func canonical(_ path: String) -> String {
    switch path {
    case "os.path.sep": "os.sep"
    case "typing_extensions.NamedTuple": "typing.NamedTuple"
    case "posixpath.join": "os.path.join"
    case "enum.ReprEnum": "enum.Enum"
    default: path
    }
  }

  private static func constant(_ path: String) -> Value? {
    switch path {
    case "typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING": .boolean(false)
    case "os.sep": .string("/")
    case "os.linesep": .string("\n")
    case "os.pathsep": .string(":")
    case "os.curdir": .string(".")
    case "os.pardir": .string("..")
    case "os.name": .string("posix")
    case "os.environ": .model(EnvironmentVariables())
    case "sys.argv", "sys.modules", "sys.platform", "sys.executable",
      "sys.stdout", "sys.stderr", "sys.stdin", "os.environb", "sys.version":
      .unknown(Unknown(OpaqueReason(.environment, path), range: nil))
    case "sys.version_info": .model(VersionInformation())
    // What it is changed to decides which modules are found, and those are looked for by themselves.
    case "sys.path": .model(HarmlessObject("sys.path"))
    case "sys.maxsize": .integer(Int.max)
    case "string.ascii_lowercase": .string("abcdefghijklmnopqrstuvwxyz")
    case "string.ascii_uppercase": .string("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    case "string.ascii_letters":
      .string("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    case "string.digits": .string("0123456789")
    case "string.hexdigits": .string("0123456789abcdefABCDEF")
    case "string.punctuation": .string("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    case "string.whitespace": .string(" \t\n\r\u{B}\u{C}")
    case "math.pi": .float(Double.pi)
    case "math.inf": .float(Double.infinity)
    case "datetime.timezone.utc", "datetime.UTC": .model(TimeZoneObject(offset: 0, isUTC: true))
    case "datetime.datetime.min":
      .model(DateTimeObject(DateTimes.Day(year: 1, month: 1, day: 1), time: .midnight, zone: nil))
    case "re.I", "re.IGNORECASE": .integer(2)
    case "re.M", "re.MULTILINE": .integer(8)
    case "re.S", "re.DOTALL": .integer(16)
    case "re.X", "re.VERBOSE": .integer(64)
    case "re.A", "re.ASCII": .integer(256)
    case "re.U", "re.UNICODE": .integer(32)
    case "six.string_types": .tuple([.library(LibraryName("builtins.str"))])
    case "six.PY2": .boolean(false)
    case "six.PY3": .boolean(true)
    case "six.text_type": .library(LibraryName("builtins.str"))
    case "uuid.NAMESPACE_DNS": uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    case "uuid.NAMESPACE_URL": uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
    case "uuid.NAMESPACE_OID": uuid("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
    case "uuid.NAMESPACE_X500": uuid("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
    default: nil
    }
  }

  private static func uuid(_ text: String) -> Value? {
    UUIDObject(text).map { .model($0) }
  }
}

/// A value of the standard library without parts that change: a date, a UUID, a path…
protocol ConstantObject: ModelObject {
  /// `str(x)`
  var string: String { get }
  /// Negative, zero or positive against another of its kind; nil for one of another kind.
  func order(_ other: any ConstantObject) -> Int?
  /// `format(x, specification)`; nil if it is not known.
  func format(_ specification: String) -> String?
  /// A method or operator; nil if it is not modelled.
  func method(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value?
}

extension ConstantObject {
  var key: ValueKey? { .constant(typeName, string) }
  func order(_ other: any ConstantObject) -> Int? { nil }
  func format(_ specification: String) -> String? { nil }
  func text(_ interpreter: Interpreter) -> String? { string }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if let value = try method(name, arguments, interpreter) { return value }
    if let other = arguments.positional.first {
      switch name {
      case "__eq__", "__ne__":
        if let reason = other.unknownReason { return interpreter.unknown(reason) }
        return .boolean((key == other.key) == (name == "__eq__"))
      case "__lt__", "__le__", "__gt__", "__ge__":
        if case .model(let model as any ConstantObject) = other, let order = order(model) {
          switch name {
          case "__lt__": return .boolean(order < 0)
          case "__le__": return .boolean(order <= 0)
          case "__gt__": return .boolean(order > 0)
          default: return .boolean(order >= 0)
          }
        }
      default: break
      }
    }
    return interpreter.unknown(.unsupportedCall, "\(typeName).\(name)", at: arguments.range)
  }
}

/// Something whose calls have no effect on the migration: a logger, a progress bar.
final class HarmlessObject: ModelObject {
  private let name: String
  var typeName: String { name }

  init(_ name: String) { self.name = name }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    .method(receiver: Box(.model(self)), name: name)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    if name == "__call__", arguments.positional.count == 1 {
      // A decorator of such a library leaves the function as it is.
      if case .function = arguments.positional[0] { return arguments.positional[0] }
    }
    return .model(self)
  }

  func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter) -> Bool { true }
  func truth(_ interpreter: Interpreter) -> Bool? { nil }
}

/// `sys.version_info`: Alembic 1.20 needs Python 3.10, so what asks for less is answered.
final class VersionInformation: ModelObject {
  var typeName: String { "version_info" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "major" ? .integer(3) : nil
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    let least: [Value] = [.integer(3), .integer(10)]
    if case .tuple(let version)? = arguments.positional.first {
      let order = interpreter.order(.tuple(Array(version.prefix(2))), .tuple(least))
      let isMajor = interpreter.order(.tuple(Array(version.prefix(1))), .tuple([.integer(4)]))
      if let order, order <= 0, name == "__ge__" || name == "__gt__" && order < 0 {
        return .boolean(true)
      }
      if let order, order <= 0, name == "__lt__" || name == "__le__" && order < 0 {
        return .boolean(false)
      }
      if let isMajor, isMajor >= 0, name == "__ge__" || name == "__gt__" { return .boolean(false) }
    }
    if name == "__getitem__", case .integer(0)? = arguments.positional.first { return .integer(3) }
    return interpreter.unknown(.environment, "sys.version_info", at: arguments.range)
  }
}
