// What stands in the body of a declarative class: columns that get their names from it, relationships,
// and functions that SQLAlchemy calls for what they return.

import PythonSyntax
import SourceText

/// Something that emits nothing, whatever is asked of it.
protocol InertObject: ModelObject {}

extension InertObject {
  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? { nil }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value {
    interpreter.unknown(.unsupportedCall, "\(typeName).\(name)", at: arguments.range)
  }
}

/// `Column(…)` without a name, or `mapped_column(…)`: each class that has it makes a column of its own.
final class DeclaredColumn: InertObject {
  private let arguments: CallArguments
  /// `mapped_column`, which may leave its type to the annotation.
  private let isMapped: Bool
  var typeName: String { isMapped ? "MappedColumn" : "Column" }

  init(_ arguments: CallArguments, isMapped: Bool) {
    self.arguments = arguments
    self.isMapped = isMapped
  }

  /// Whether a call of `Column` leaves the name to the class.
  static func isNameless(_ arguments: CallArguments) -> Bool {
    if arguments.unknownRest != nil { return false }
    if let name = arguments.keyword("name"), !name.isNone { return false }
    switch arguments.positional.first {
    case .string?, .unknown?, .model(is ConventionName)?: return false
    default: return true
    }
  }

  /// Arguments of `mapped_column` that say nothing of the column.
  private static let ignored: Set<String> = ["init", "repr", "compare", "hash", "active_history"]

  /// Whether a SELECT of its class may leave it out.
  var isDeferred: Bool {
    arguments.keywords.contains { $0.name.hasPrefix("deferred") }
  }

  /// The column as an attribute of a class.
  /// - Parameter annotation: what `Mapped[…]` says of it; nil where it is not annotated.
  func column(
    named name: String, _ annotation: MappedAnnotation?, _ interpreter: Interpreter
  ) throws(NotRenderable) -> ColumnModel {
    var call = arguments
    if isMapped {
      call.keywords.removeAll { Self.ignored.contains($0.name) || $0.name.hasPrefix("deferred") }
      if let value = call.keyword("insert_default") {
        guard call.keyword("default") == nil else {
          throw NotRenderable("mapped_column(default=…)")
        }
        call.keywords.removeAll { $0.name == "insert_default" }
        call.keywords.append(("default", value))
      }
    }
    if call.keyword("sort_order") != nil { throw NotRenderable("mapped_column(sort_order=…)") }
    if case .unknown(let unknown)? = call.positional.first { throw NotRenderable(unknown.reason) }
    if Self.isNameless(call) { call.keywords.append(("name", .string(name))) }
    if let annotation, isMapped { try apply(annotation, to: &call) }
    return try SchemaReader.column(call, interpreter)
  }

  private func apply(
    _ annotation: MappedAnnotation, to call: inout CallArguments
  ) throws(NotRenderable) {
    if call.keyword("nullable") == nil {
      call.keywords.append(("nullable", annotation.nullable(call)))
    }
    let givesType = call.positional.contains { value in
      switch value {
      case .model(let model): model is TypeModel || model is ConfiguredType
      case .library: true
      default: false
      }
    }
    let refers = call.positional.contains { value in
      if case .model(is ForeignKeyModel) = value { true } else { false }
    }
    if !givesType, !refers, call.keyword("type_") == nil {
      call.keywords.append(("type_", try annotation.type()))
    }
  }
}

/// `relationship(…)`.
final class RelationshipModel: InertObject {
  /// It changes what a SELECT of its class, or of the other, asks for.
  let changesLoading: Bool
  var typeName: String { "Relationship" }

  init(_ arguments: CallArguments) {
    let isPlain =
      arguments.keywords.allSatisfy { name, value in
        switch (name, value) {
        case ("backref", .string): true
        case ("backref", _), ("lazy", _), ("join_depth", _): false
        default: true
        }
      }
    changesLoading = !isPlain || arguments.unknownRest != nil
  }
}

/// A function with `@declared_attr`: SQLAlchemy calls it with each class.
final class DeclaredAttribute: InertObject {
  private let function: FunctionObject
  var typeName: String { "declared_attr" }
  init(_ function: FunctionObject) { self.function = function }

  /// What it returns for a class; what it would emit is no part of a step.
  func value(for type: ClassObject, _ interpreter: Interpreter) throws(NotRenderable) -> Value {
    let elements = interpreter.elements
    defer { interpreter.elements = elements }
    let call = CallArguments(range: interpreter.revisionPlace)
    guard let value = try? interpreter.callFunction(function, call, receiver: .class(type)) else {
      throw NotRenderable("\(type.name).\(function.name)")
    }
    return value
  }
}
