// Expressions and patterns in the canonical text.

import PythonSyntax
import SourceText

extension TreeDump {
  mutating func expression(_ id: ExpressionID, _ context: Context = .load) {
    let range = module.range(of: id)
    switch module[id] {
    case .name(let name):
      open("Name", range)
      self.name(name)
      write(",")
      write(text: context.rawValue)
    case .none: return constant(range, "None")
    case .true: return constant(range, "True")
    case .false: return constant(range, "False")
    case .ellipsis: return constant(range, "...")
    case .integer:
      return constant(range, "int:" + (module.integer(id).map { String($0) } ?? "big"))
    case .float: return constant(range, "float:" + bits(module.float(id)))
    case .imaginary: return constant(range, "complex:" + bits(module.float(id)))
    case .string(let string): return self.string(range, string)
    case .bytes(let string): return bytes(range, string)
    case .formatted(let parts): return formatted("JoinedStr", range, parts)
    case .template(let parts): return formatted("TemplateStr", range, parts)
    default: return operation(id, range, context)
    }
    write(")")
  }

  private mutating func constant(_ range: SourceRange, _ value: String) {
    open("Constant", range)
    write(text: value)
    write(")")
  }

  private func bits(_ value: Double?) -> String {
    value.map { String($0.bitPattern, radix: 16) } ?? "?"
  }

  private mutating func operation(
    _ id: ExpressionID, _ range: SourceRange, _ context: Context
  ) {
    switch module[id] {
    case .attribute(let value, let name):
      open("Attribute", range)
      expression(value)
      write(",")
      self.name(name)
      write(",")
      write(text: context.rawValue)
    case .subscript(let value, let key):
      open("Subscript", range)
      expression(value)
      write(",")
      expression(key)
      write(",")
      write(text: context.rawValue)
    case .starred(let value):
      open("Starred", range)
      expression(value, context)
      write(",")
      write(text: context.rawValue)
    case .list(let elements): sequence("List", range, elements, context)
    case .tuple(let elements): sequence("Tuple", range, elements, context)
    case .set(let elements):
      open("Set", range)
      expressions(elements)
    case .slice(let lower, let upper, let step):
      open("Slice", range)
      optional(lower)
      write(",")
      optional(upper)
      write(",")
      optional(step)
    case .call(let function, let arguments):
      open("Call", range)
      expression(function)
      write(",")
      self.arguments(arguments)
    case .unary(let prefix, let value):
      open("UnaryOp", range)
      write(["Not", "USub", "UAdd", "Invert"][Int(prefix.rawValue)])
      write(",")
      expression(value)
    case .binary(let infix, let left, let right):
      open("BinOp", range)
      expression(left)
      write(",")
      write(Self.name(of: infix))
      write(",")
      expression(right)
    case .boolean(let infix, let operands):
      open("BoolOp", range)
      write(infix == .and ? "And," : "Or,")
      expressions(operands)
    default: return display(id, range)
    }
    write(")")
  }

  private mutating func sequence(
    _ type: StaticString, _ range: SourceRange, _ elements: NodeList<ExpressionID>,
    _ context: Context
  ) {
    open(type, range)
    expressions(elements, context)
    write(",")
    write(text: context.rawValue)
  }

  private mutating func display(_ id: ExpressionID, _ range: SourceRange) {
    switch module[id] {
    case .comparison(let first, let rest):
      open("Compare", range)
      expression(first)
      write(",")
      list(module[rest]) { $0.write(Self.name(of: $1.comparison)) }
      write(",")
      list(module[rest]) { $0.expression($1.operand) }
    case .conditional(let test, let body, let otherwise):
      open("IfExp", range)
      expression(test)
      write(",")
      expression(body)
      write(",")
      expression(otherwise)
    case .lambda(let parameters, let body):
      open("Lambda", range)
      self.parameters(parameters)
      write(",")
      expression(body)
    case .dictionary(let items):
      open("Dict", range)
      list(module[items]) { $0.optional($1.key) }
      write(",")
      list(module[items]) { $0.expression($1.value) }
    case .listComprehension(let element, let clauses):
      comprehension("ListComp", range, element, clauses)
    case .setComprehension(let element, let clauses):
      comprehension("SetComp", range, element, clauses)
    case .generator(let element, let clauses):
      comprehension("GeneratorExp", range, element, clauses)
    case .dictionaryComprehension(let key, let value, let clauses):
      open("DictComp", range)
      expression(key)
      write(",")
      expression(value)
      write(",")
      self.clauses(clauses)
    case .assignment(let target, let value):
      open("NamedExpr", range)
      expression(target, .store)
      write(",")
      expression(value)
    case .await(let value):
      open("Await", range)
      expression(value)
    case .yield(let value):
      open("Yield", range)
      optional(value)
    case .yieldFrom(let value):
      open("YieldFrom", range)
      expression(value)
    default: open("Damaged", range)
    }
    write(")")
  }

  private mutating func comprehension(
    _ type: StaticString, _ range: SourceRange, _ element: ExpressionID,
    _ clauses: NodeList<ComprehensionClause>
  ) {
    open(type, range)
    expression(element)
    write(",")
    self.clauses(clauses)
  }

  private mutating func clauses(_ clauses: NodeList<ComprehensionClause>) {
    list(module[clauses]) { dump, clause in
      dump.write("comprehension(")
      dump.expression(clause.target, .store)
      dump.write(",")
      dump.expression(clause.iterable)
      dump.write(",")
      dump.expressions(clause.conditions)
      dump.write(clause.isAsync ? ",1)" : ",0)")
    }
  }

  /// Positional arguments and keywords, as CPython parts them.
  mutating func arguments(_ arguments: NodeList<Argument>) {
    let all = module[arguments]
    let positional = all.filter {
      switch $0.kind {
      case .positional, .unpacked: true
      default: false
      }
    }
    let keywords = all.filter {
      switch $0.kind {
      case .positional, .unpacked: false
      default: true
      }
    }
    list(positional) { dump, argument in
      guard case .unpacked = argument.kind else { return dump.expression(argument.value) }
      dump.open("Starred", argument.range)
      dump.expression(argument.value)
      dump.write(",Load)")
    }
    write(",")
    list(keywords) { dump, argument in
      dump.open("keyword", argument.range)
      if case .keyword(let name) = argument.kind { dump.name(name) } else { dump.write("-") }
      dump.write(",")
      dump.expression(argument.value)
      dump.write(")")
    }
  }

  static func name(of infix: BinaryOperator) -> StaticString {
    switch infix {
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mult"
    case .divide: "Div"
    case .floorDivide: "FloorDiv"
    case .modulo: "Mod"
    case .power: "Pow"
    case .matrixMultiply: "MatMult"
    case .leftShift: "LShift"
    case .rightShift: "RShift"
    case .bitAnd: "BitAnd"
    case .bitOr: "BitOr"
    case .bitXor: "BitXor"
    }
  }

  private static func name(of comparison: ComparisonOperator) -> StaticString {
    switch comparison {
    case .equal: "Eq"
    case .notEqual: "NotEq"
    case .less: "Lt"
    case .lessEqual: "LtE"
    case .greater: "Gt"
    case .greaterEqual: "GtE"
    case .is: "Is"
    case .isNot: "IsNot"
    case .in: "In"
    case .notIn: "NotIn"
    }
  }
}
