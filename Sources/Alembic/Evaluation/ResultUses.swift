// What a function does with what it reads from the database, told by its source.

import PythonSyntax
import SourceText

/// Which readings of a function cannot make it fail, whatever the database holds: of which the values
/// are only shown, compared for equality or asked for their truth; or only counted with, where they are
/// numbers. What is read is not known: where it decides something, that is a place of its own.
struct ResultUses {
  /// What any use of a value at most asks of it.
  enum Use: Comparable {
    /// `print(n)`, `f"{n}"`, `n is None`, `if n`: of any value.
    case shown
    /// `n > 0`, `n + 1`: of a number.
    case counted
    case other
  }

  /// By the places of the calls that read.
  private(set) var calls: [SourceRange: Use] = [:]
  /// Of all `result.rowcount` together.
  private(set) var rowCounts = Use.shown

  private let code: PythonModule
  private var names: [UInt32: Use] = [:]
  private var readings: [(name: UInt32, what: Reading)] = []

  private enum Reading {
    /// Of a method that reads rows.
    case call(SourceRange)
    /// `result.rowcount`
    case rowCount
  }

  init(_ body: Block, in code: PythonModule) {
    self.code = code
    visit(body)
    for (name, reading) in readings { note(names[name] ?? .shown, of: reading) }
  }

  private static let showing: Set<String> = ["print", "str", "repr", "bool"]
  private static let loggers: Set<String> = [
    "debug", "info", "warning", "warn", "error", "critical", "exception", "echo", "print_stdout",
  ]
  /// They lead to names without spelling them.
  private static let namespaces: Set<String> = ["locals", "vars", "eval", "exec", "globals", "dir"]

  private mutating func note(_ use: Use, of reading: Reading) {
    switch reading {
    case .call(let range): calls[range] = max(calls[range] ?? .shown, use)
    case .rowCount: rowCounts = max(rowCounts, use)
    }
  }

  private mutating func note(_ use: Use, of name: UInt32) {
    names[name] = max(names[name] ?? .shown, use)
  }

  // MARK: Statements

  private mutating func visit(_ block: Block) {
    for statement in code[block] { visit(statement) }
  }

  private mutating func visit(_ statement: StatementID) {
    switch code[statement] {
    case .expression(let value): visit(value, .shown)
    case .assign(let targets, let value):
      if code[targets].count == 1, let target = code[targets].first,
        case .name(let name) = code[target], let reading = reading(value)
      {
        readings.append((name.index, reading))
        visitParts(of: value)
        return
      }
      for target in code[targets] { visit(target: target) }
      visit(value, .other)
    case .augmentedAssign(let target, let operation, let value):
      let isSum = operation == .add || operation == .subtract
      guard isSum, case .name(let name) = code[target], case .rowCount? = reading(value) else {
        visit(target, .other)
        return visit(value, .other)
      }
      // A sum of row counts is one too.
      readings.append((name.index, .rowCount))
      visitParts(of: value)
    case .if(let test, let body, let otherwise), .while(let test, let body, let otherwise):
      visit(test, .shown)
      visit(body)
      visit(otherwise)
    case .assert(let test, let message):
      visit(test, .shown)
      if let message { visit(message, .shown) }
    case .global(let names), .nonlocal(let names):
      for name in code[names] { note(.other, of: name.index) }
    case .function(let id), .class(let id):
      for part in code.parts(of: statement) { visit(part, .other) }
      // What it does with a name is not looked at.
      let inner = ResultUses(code[id].body, in: code)
      for name in inner.names.keys { note(.other, of: name) }
      for reading in inner.readings { note(.other, of: reading.name) }
    default:
      for part in code.parts(of: statement) { visit(part, .other) }
      for block in code.blocks(of: statement) { visit(block) }
    }
  }

  private mutating func visit(target: ExpressionID) {
    if case .name = code[target] { return }
    visit(target, .other)
  }

  // MARK: Expressions

  private func reading(_ value: ExpressionID) -> Reading? {
    switch code[value] {
    case .call(let callee, _):
      guard case .attribute(_, let name) = code[callee],
        QueryResult.readers.contains(code.text(of: name))
      else { return nil }
      return .call(code.range(of: value))
    case .attribute(_, let name) where code.text(of: name) == "rowcount": return .rowCount
    default: return nil
    }
  }

  private mutating func visitParts(of value: ExpressionID) {
    for part in code.parts(of: value) { visit(part, .other) }
  }

  private mutating func visit(_ value: ExpressionID, _ use: Use) {
    if let reading = reading(value) {
      note(use, of: reading)
      return visitParts(of: value)
    }
    switch code[value] {
    case .name(let name):
      note(Self.namespaces.contains(code.text(of: name)) ? .other : use, of: name.index)
    case .call(let callee, let arguments): visit(call: callee, arguments)
    case .formatted(let parts):
      for case .replacement(let value, _, let format) in code[parts] {
        visit(value, format == nil ? .shown : .other)
        if let format { visit(format: format) }
      }
    case .unary(let operation, let operand):
      visit(operand, operation == .not ? .shown : number(use))
    case .boolean(_, let operands): for operand in code[operands] { visit(operand, use) }
    case .conditional(let test, let body, let otherwise):
      visit(test, .shown)
      visit(body, use)
      visit(otherwise, use)
    case .comparison(let first, let rest):
      let operators = code[rest].map(\.comparison)
      let asked: Use =
        if operators.allSatisfy({ [.equal, .notEqual, .is, .isNot].contains($0) }) {
          .shown
        } else {
          operators.contains { $0 == .in || $0 == .notIn } ? .other : .counted
        }
      // Numbers compare with numbers alone.
      let operands = [first] + code[rest].map(\.operand)
      let isOfNumbers = operands.allSatisfy(isNumber)
      for operand in operands { visit(operand, asked == .counted && !isOfNumbers ? .other : asked) }
    case .binary(let operation, let left, let right):
      let isSum = [.add, .subtract, .multiply].contains(operation)
      let asked = isSum && isNumber(left) && isNumber(right) ? number(use) : .other
      visit(left, asked)
      visit(right, asked)
    case .lambda(_, let body): visit(body, .other)
    case .assignment(let target, let value):
      visit(target, .other)
      visit(value, .other)
    default: visitParts(of: value)
    }
  }

  private func number(_ use: Use) -> Use { max(use, .counted) }

  /// An integer, a row count, or what was read.
  private func isNumber(_ value: ExpressionID) -> Bool {
    switch code[value] {
    case .integer: true
    case .name(let name): readings.contains { $0.name == name.index }
    case .unary(.minus, let operand): isNumber(operand)
    case .binary(_, let left, let right): isNumber(left) && isNumber(right)
    default: reading(value) != nil
    }
  }

  private mutating func visit(format: NodeList<FormattedPart>) {
    for case .replacement(let value, _, let inner) in code[format] {
      visit(value, .other)
      if let inner { visit(format: inner) }
    }
  }

  /// `logger`, `LOG`, `self.log`, `click`, `config`: told by the name.
  private func isLogger(_ base: ExpressionID) -> Bool {
    guard let name = code.lastName(of: base)?.lowercased() else { return false }
    return name.contains("log") || name == "click" || name == "config"
  }

  private mutating func visit(call callee: ExpressionID, _ arguments: NodeList<Argument>) {
    var shows = false
    switch code[callee] {
    case .name(let name): shows = Self.showing.contains(code.text(of: name))
    case .attribute(let base, let name):
      let method = code.text(of: name)
      if method == "format", case .string(let text) = code[base] {
        // A field with a format or a part of the value may ask for more.
        let text = code.string(text) ?? ":"
        shows = !text.contains { ":.[".contains($0) }
      } else {
        shows = Self.loggers.contains(method) && isLogger(base)
      }
    default: break
    }
    visit(callee, .other)
    for argument in code[arguments] {
      switch argument.kind {
      case .positional, .keyword: visit(argument.value, shows ? .shown : .other)
      case .unpacked, .unpackedMapping: visit(argument.value, .other)
      }
    }
  }
}

extension Interpreter {
  /// What the function that runs does with what it reads; nil at the top level of a module.
  var resultUses: ResultUses? {
    guard let function = frame.function, case .definition(let definition) = function.body else {
      return nil
    }
    return function.module.resultUses(of: definition)
  }
}
