// Statements and patterns in the canonical text.

import PythonSyntax
import SourceText

extension TreeDump {
  mutating func statement(_ id: StatementID) {
    let range = module.range(of: id)
    switch module[id] {
    case .expression(let value):
      open("Expr", range)
      expression(value)
    case .assign(let targets, let value):
      open("Assign", range)
      expressions(targets, .store)
      write(",")
      expression(value)
    case .augmentedAssign(let target, let infix, let value):
      open("AugAssign", range)
      expression(target, .store)
      write(",")
      write(Self.name(of: infix))
      write(",")
      expression(value)
    case .annotatedAssign(let target, let annotation, let value):
      open("AnnAssign", range)
      expression(target, .store)
      write(",")
      expression(annotation)
      write(",")
      optional(value)
      var isSimple = false
      if case .name = module[target] { isSimple = module.range(of: target).start == range.start }
      write(isSimple ? ",1" : ",0")
    case .delete(let targets):
      open("Delete", range)
      expressions(targets, .delete)
    case .pass: open("Pass", range)
    case .break: open("Break", range)
    case .continue: open("Continue", range)
    case .return(let value):
      open("Return", range)
      optional(value)
    case .raise(let error, let cause):
      open("Raise", range)
      optional(error)
      write(",")
      optional(cause)
    case .assert(let condition, let message):
      open("Assert", range)
      expression(condition)
      write(",")
      optional(message)
    case .global(let names):
      open("Global", range)
      list(module[names]) { $0.name($1) }
    case .nonlocal(let names):
      open("Nonlocal", range)
      list(module[names]) { $0.name($1) }
    case .import(let names):
      open("Import", range)
      imported(names)
    case .importFrom(let source, let level, let names):
      open("ImportFrom", range)
      name(source)
      write(",")
      imported(names)
      write(text: ",\(level)")
    case .typeAlias(let target, let parameters, let value):
      open("TypeAlias", range)
      expression(target, .store)
      write(",")
      typeParameters(parameters)
      expression(value)
    default: return compound(id, range)
    }
    write(")")
  }

  private mutating func imported(_ names: NodeList<ImportedName>) {
    list(module[names]) { dump, imported in
      dump.open("alias", imported.range)
      dump.name(imported.name)
      dump.write(",")
      dump.name(imported.alias)
      dump.write(")")
    }
  }

  private mutating func compound(_ id: StatementID, _ range: SourceRange) {
    switch module[id] {
    case .if(let test, let body, let otherwise):
      open("If", range)
      expression(test)
      blocks(body, otherwise)
    case .while(let test, let body, let otherwise):
      open("While", range)
      expression(test)
      blocks(body, otherwise)
    case .for(let loop):
      let loop = module[loop]
      open(loop.isAsync ? "AsyncFor" : "For", range)
      expression(loop.target, .store)
      write(",")
      expression(loop.iterable)
      blocks(loop.body, loop.otherwise)
    case .with(let items, let body, let isAsync):
      open(isAsync ? "AsyncWith" : "With", range)
      list(module[items]) { dump, item in
        dump.write("withitem(")
        dump.expression(item.context)
        dump.write(",")
        if let target = item.target { dump.expression(target, .store) } else { dump.write("-") }
        dump.write(")")
      }
      write(",")
      block(body)
    case .try(let statement): tryStatement(module[statement], range)
    case .match(let subject, let cases):
      open("Match", range)
      expression(subject)
      write(",")
      list(module[cases]) { dump, branch in
        dump.write("match_case(")
        dump.pattern(branch.pattern)
        dump.write(",")
        dump.optional(branch.guardCondition)
        dump.write(",")
        dump.block(branch.body)
        dump.write(")")
      }
    case .function(let definition): function(module[definition], range)
    case .class(let definition): type(module[definition], range)
    default: open("Damaged", range)
    }
    write(")")
  }

  private mutating func blocks(_ body: Block, _ otherwise: Block) {
    write(",")
    block(body)
    write(",")
    block(otherwise)
  }

  private mutating func tryStatement(_ statement: TryStatement, _ range: SourceRange) {
    open(statement.isGroup ? "TryStar" : "Try", range)
    block(statement.body)
    write(",")
    list(module[statement.handlers]) { dump, handler in
      dump.open("ExceptHandler", handler.range)
      dump.optional(handler.type)
      dump.write(",")
      dump.name(handler.name)
      dump.write(",")
      dump.block(handler.body)
      dump.write(")")
    }
    blocks(statement.otherwise, statement.finally)
  }

  private mutating func function(_ definition: Definition, _ range: SourceRange) {
    open(definition.isAsync ? "AsyncFunctionDef" : "FunctionDef", range)
    name(definition.name)
    write(",")
    if let parameters = definition.parameters { self.parameters(parameters) }
    write(",")
    block(definition.body)
    write(",")
    expressions(definition.decorators)
    write(",")
    optional(definition.returns)
    write(",")
    typeParameters(definition.typeParameters)
  }

  private mutating func type(_ definition: Definition, _ range: SourceRange) {
    open("ClassDef", range)
    name(definition.name)
    write(",")
    arguments(definition.arguments)
    write(",")
    block(definition.body)
    write(",")
    expressions(definition.decorators)
    write(",")
    typeParameters(definition.typeParameters)
  }

  /// Nothing where there are none, for versions that do not know them.
  private mutating func typeParameters(_ parameters: NodeList<TypeParameter>) {
    for parameter in module[parameters] {
      switch parameter.kind {
      case .variable: open("TypeVar", parameter.range)
      case .tuple: open("TypeVarTuple", parameter.range)
      case .parameterSpecification: open("ParamSpec", parameter.range)
      }
      name(parameter.name)
      if parameter.kind == .variable {
        write(",")
        optional(parameter.bound)
      }
      if let value = parameter.defaultValue {
        write(",")
        expression(value)
      }
      write(");")
    }
  }

  mutating func parameters(_ id: ParametersID) {
    let all = module[id]
    write("arguments(")
    list(module[all.positionalOnly]) { $0.parameter($1) }
    write(",")
    list(module[all.regular]) { $0.parameter($1) }
    write(",")
    if let variadic = all.variadic { parameter(variadic) } else { write("-") }
    write(",")
    list(module[all.keywordOnly]) { $0.parameter($1) }
    write(",")
    list(module[all.keywordOnly]) { $0.optional($1.defaultValue) }
    write(",")
    if let mapping = all.keywordVariadic { parameter(mapping) } else { write("-") }
    write(",")
    let positional = Array(module[all.positionalOnly]) + Array(module[all.regular])
    list(positional.compactMap(\.defaultValue)) { $0.expression($1) }
    write(")")
  }

  private mutating func parameter(_ parameter: Parameter) {
    open("arg", parameter.range)
    name(parameter.name)
    write(",")
    optional(parameter.annotation)
    write(")")
  }

  mutating func pattern(_ id: PatternID) {
    let range = module.range(of: id)
    switch module[id] {
    case .value(let value):
      open("MatchValue", range)
      expression(value)
    case .singleton(let value):
      open("MatchSingleton", range)
      switch module[value] {
      case .none: write("None")
      case .true: write("True")
      default: write("False")
      }
    case .capture(let name):
      open("MatchAs", range)
      write("-,")
      self.name(name)
    case .wildcard:
      open("MatchAs", range)
      write("-,-")
    case .named(let inner, let name):
      open("MatchAs", range)
      pattern(inner)
      write(",")
      self.name(name)
    case .sequence(let elements):
      open("MatchSequence", range)
      list(module[elements]) { $0.pattern($1) }
    case .star(let name):
      open("MatchStar", range)
      self.name(name)
    case .mapping(let items, let rest):
      open("MatchMapping", range)
      list(module[items]) { $0.expression($1.key) }
      write(",")
      list(module[items]) { $0.pattern($1.pattern) }
      write(",")
      name(rest)
    case .class(let type, let positional, let keywords):
      open("MatchClass", range)
      expression(type)
      write(",")
      list(module[positional]) { $0.pattern($1) }
      write(",")
      list(module[keywords]) { $0.name($1.name) }
      write(",")
      list(module[keywords]) { $0.pattern($1.pattern) }
    case .alternatives(let alternatives):
      open("MatchOr", range)
      list(module[alternatives]) { $0.pattern($1) }
    case .damaged: open("Damaged", range)
    }
    write(")")
  }
}
