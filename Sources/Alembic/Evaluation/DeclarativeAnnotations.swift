// Annotations that SQLAlchemy 2.0 refuses in a mapped class, where SQLAlchemy 1.4 does not look at them.

import PythonSyntax
import SourceText

extension Interpreter {
  /// Notes on a class whether a method with `declared_attr` says that it returns anything but `Mapped[…]`;
  /// a mapped class with such a method cannot be made (`MappedAnnotationError`), unless it sets
  /// `__allow_unmapped__`.
  func checkAnnotations(of type: ClassObject, _ definition: Definition, in module: ModuleObject) {
    let code = module.code
    for statement in code[definition.body] {
      guard case .function(let id) = code[statement] else { continue }
      let function = code[id]
      guard let returns = function.returns, !code[function.decorators].isEmpty,
        code[function.decorators].contains(where: {
          code.source.text(in: code.range(of: $0)).hasSuffix("declared_attr")
        }),
        !code.source.text(in: code.range(of: returns)).contains("Mapped")
      else { continue }
      type.unmappedAttribute = code.text(of: function.name)
    }
    guard module === revisionModule, type.attributes["__tablename__"] != nil,
      type.resolutionOrder.contains(where: { $0.unknownBase != nil }),
      type.lookup("__allow_unmapped__") == nil,
      let name = type.resolutionOrder.lazy.compactMap(\.unmappedAttribute).first
    else { return }
    opaque(
      OpaqueReason(
        .environment, "SQLAlchemy 2.0 refuses the annotation of \(type.name).\(name), 1.4 does not"),
      at: definition.nameRange)
  }
}
