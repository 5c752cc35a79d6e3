// What may raise where it is evaluated, also where no statement depends on its value.

import PythonSyntax
import SourceText

extension Interpreter {
  /// Why something is not known that may as well raise.
  static let kindsThatMayRaise: Set<OpaqueReason.Kind> = [
    .unsupportedCall, .unsupportedSyntax, .unknownName, .unknownModule,
  ]

  /// Notes that what is evaluated may raise an exception of a built-in class. Databases are past an upgrade,
  /// and the files have been loaded: only the functions of a downgrade are doubted. Where a handler takes
  /// the exception, both ways are evaluated anyway.
  func mayRaise(
    _ reason: OpaqueReason, at range: SourceRange, _ type: String = "Exception"
  ) {
    guard isDowngrade, budget.calls > 0, !isImporting, !isProbing, !isQuiet(reason) else { return }
    if isHandled(type) {
      unknownCount += 1
    } else {
      opaque(reason, at: range, reach: .rows)
    }
  }

  /// Whether it is a name that is there and can be called, though what it yields is not known.
  private func isQuiet(_ reason: OpaqueReason) -> Bool {
    reason.kind == .unsupportedCall
      && (StandardLibrary.quiet.contains(reason.detail)
        || KnownNames.isForeignType(LibraryName(reason.detail)))
  }

  /// Evaluates what is asked for only to see whether it is there.
  func probing(
    _ body: () throws(Interruption) -> Value
  ) throws(Interruption) -> Value {
    let outer = isProbing
    isProbing = true
    defer { isProbing = outer }
    return try body()
  }

  /// Whether a `try` around the place has a handler that by its names takes an exception of a class.
  private func isHandled(_ type: String) -> Bool {
    var names: Set<String>?
    var call: Frame? = frame
    while let current = call {
      let code = current.module.code
      for handlers in current.handlers {
        let taken = names ?? basesAndItself(type)
        names = taken
        if code[handlers].contains(where: { takes($0, taken, in: code) }) { return true }
      }
      call = current.caller
    }
    return false
  }

  private func basesAndItself(_ type: String) -> Set<String> {
    var names: Set<String> = []
    var next: String? = type
    while let name = next {
      names.insert(name)
      next = Self.exceptionBases[name] ?? (name == "BaseException" ? nil : "BaseException")
    }
    return names
  }

  private func takes(
    _ handler: ExceptionHandler, _ names: Set<String>, in code: PythonModule
  ) -> Bool {
    guard let type = handler.type else { return true }
    guard case .tuple(let alternatives) = code[type] else {
      return names.contains(code.lastName(of: type) ?? "")
    }
    return code[alternatives].contains { names.contains(code.lastName(of: $0) ?? "") }
  }
}
