// The values of the abstract interpreter: what is known exactly, or unknown with a reason and a place.

import PythonSyntax
import SourceText

/// A Python value as far as it is known. Containers and instances are references, as in Python.
enum Value {
  case none
  case boolean(Bool)
  /// A Python integer that fits; what does not is unknown.
  case integer(Int)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case ellipsis
  case tuple([Value])
  case list(ListObject)
  case set(SetObject)
  case dictionary(DictionaryObject)
  case range(start: Int, end: Int, step: Int)
  /// A function, lambda or method defined in Python source.
  case function(FunctionObject)
  /// A class defined in Python source.
  case `class`(ClassObject)
  case instance(InstanceObject)
  /// A module of the project, read statically.
  case module(ModuleObject)
  /// A function of Python source with its receiver.
  case bound(BoundFunction)
  /// A name in a library that we model: `sqlalchemy.String`, `alembic.op.add_column`, `builtins.len`.
  case library(LibraryName)
  /// A method of a known value, such as `"".join` or `table.insert`.
  case method(receiver: Box, name: String)
  /// Something of SQLAlchemy or Alembic: a type, a column, a table, an expression, a connection…
  case model(any ModelObject)
  case unknown(Unknown)
}

/// A dotted name in a library that we model, spelled from where it is defined or documented
/// (`sqlalchemy.String` also for `sqlalchemy.types.String`).
struct LibraryName: Hashable {
  /// Which part of the libraries a name lies in, told once.
  enum Family {
    /// `alembic.op.…`, `alembic.context.…`
    case operation, context
    /// Else of Alembic or SQLAlchemy, or of what is named after them.
    case alembic, sqlalchemy
    case other
  }
  let path: String
  let family: Family

  init(_ path: String) {
    self.path = path
    if path.hasPrefix("sqlalchemy") {
      family = .sqlalchemy
    } else if path.hasPrefix("alembic") {
      family =
        path.hasPrefix("alembic.op.")
        ? .operation : path.hasPrefix("alembic.context.") ? .context : .alembic
    } else {
      family = .other
    }
  }

  static func == (left: Self, right: Self) -> Bool { left.path == right.path }
  func hash(into hasher: inout Hasher) { hasher.combine(path) }

  /// Whether it is of SQLAlchemy or Alembic themselves, or of what is named after them.
  var isMain: Bool { family != .other }

  /// The part before the first dot.
  var top: Substring { path.firstPart }
}

extension String {
  /// Without its first characters, which are as many ASCII ones as the prefix has.
  func dropping(_ prefix: StaticString) -> String {
    String(self[utf8.index(startIndex, offsetBy: prefix.utf8CodeUnitCount)...])
  }
}

/// A value on the heap, for values that hold values.
final class Box {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// What is not known, why, and where it came from.
final class Unknown {
  let reason: OpaqueReason
  /// In the file being evaluated when it arose.
  let range: SourceRange?
  /// It comes from the project's own code: calling it may have an effect on the database.
  let mayEmit: Bool
  /// It may be more than a value that is sent beside a statement: a part of its text.
  let mayBeSQL: Bool

  init(
    _ reason: OpaqueReason, range: SourceRange?, mayEmit: Bool = false, mayBeSQL: Bool = false
  ) {
    self.reason = reason
    self.range = range
    self.mayEmit = mayEmit
    self.mayBeSQL = mayBeSQL
  }

  /// What is one of some values for this reason.
  func standing(for values: Value?...) -> Unknown {
    guard !mayBeSQL, values.contains(where: { $0?.mayBeSQL == true }) else { return self }
    return Unknown(reason, range: range, mayEmit: mayEmit, mayBeSQL: true)
  }
}

extension Value {
  /// Whether it is, or may be, a part of a statement's text.
  var mayBeSQL: Bool {
    switch self {
    case .model(let model): model is any SQLElement
    case .unknown(let unknown): unknown.mayBeSQL
    default: false
    }
  }
}

/// The arguments of a call after unpacking.
struct CallArguments {
  var positional: [Value] = []
  /// In source order.
  var keywords: [(name: String, value: Value)] = []
  /// `*x` or `**x` of an unknown value was among them: what else was passed is not known.
  var unknownRest: Unknown?
  /// The call, in the file being evaluated.
  var range: SourceRange

  /// All that is passed.
  var values: [Value] {
    keywords.isEmpty ? positional : positional + keywords.map(\.value)
  }

  func keyword(_ name: String) -> Value? {
    keywords.last { $0.name == name }?.value
  }

  /// The argument at a position or by its name, as a Python function with that parameter sees it.
  func argument(_ position: Int, _ name: String) -> Value? {
    position < positional.count ? positional[position] : keyword(name)
  }
}

/// A thing of SQLAlchemy or Alembic that has state: it answers attributes and method calls itself.
protocol ModelObject: AnyObject {
  /// The Python class it stands for, such as `Column`; for `isinstance`, `type(x).__name__`, messages.
  var typeName: String { get }
  /// The value of an attribute; `.method` for callables; nil if the real object has no such attribute
  /// or it is not modelled (the interpreter then yields unknown).
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value?
  /// Calls the method `name` (also `__call__`, `__getitem__`, `__enter__`, `__exit__`, `__eq__`, `__or__`…).
  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value
  /// Sets an attribute; false if that is not modelled (the interpreter then notes it as opaque).
  func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter) -> Bool
  /// What makes it equal to another as a key of a dictionary: identity unless it says otherwise;
  /// nil if it is not known or not hashable.
  var key: ValueKey? { get }
  /// `bool(x)`: true unless it says otherwise; nil if it is not known or raises.
  func truth(_ interpreter: Interpreter) -> Bool?
  /// `str(x)`; nil if it is not known.
  func text(_ interpreter: Interpreter) -> String?
  /// `repr(x)`; nil if it is not known.
  func representation(_ interpreter: Interpreter) -> String?
  /// What iterating yields; nil if it is not known.
  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]?
  /// Whether it is an instance of a library's class; nil if it is not known.
  func isInstance(of name: LibraryName) -> Bool?
  /// The bytes that an operation on it may walk through, as `Extent` counts them.
  var extent: Int { get }
}

extension ModelObject {
  func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter) -> Bool { false }
  var key: ValueKey? { .object(ObjectIdentifier(self)) }
  func truth(_ interpreter: Interpreter) -> Bool? { true }
  func text(_ interpreter: Interpreter) -> String? { nil }
  func representation(_ interpreter: Interpreter) -> String? { nil }
  func iterate(_ interpreter: Interpreter) throws(Interruption) -> [Value]? { nil }
  var extent: Int { 0 }
  func isInstance(of name: LibraryName) -> Bool? {
    name.path.utf8.split(separator: UInt8(ascii: ".")).last.map { $0.elementsEqual(typeName.utf8) }
      == true ? true : nil
  }
}

/// Why evaluation of an expression ends without a value. What was raised is in the interpreter
/// (`raisedException`): an error's payload must be sendable, and Python values are not.
enum Interruption: Error {
  /// A Python exception.
  case raised
  /// The budget is used up: the rest of the step is opaque.
  case exhausted
}
