// The entry point of evaluation: a revision file and a direction into what it emits.

package import PythonSyntax
import SourceText

/// Evaluates the revisions of one project without running them. What it has learnt of imported modules
/// is kept, so one evaluator serves many revisions; it is not shared between threads.
///
/// Evaluation recurses as deep as the budget allows: call it on a thread with a stack of 64 MiB
/// (`onLargeStack`), or on the main thread.
package final class StepEvaluator {
  private let interpreter: Interpreter
  private var directory: String?
  /// The revision evaluated last: its other step may find it loaded.
  private var latest: ModuleObject?

  /// - Parameter budget: of all steps together, where there is a bound for them.
  init(settings: EvaluationSettings, project: any ProjectAccess, budget: ProjectBudget? = nil) {
    interpreter = Interpreter(settings: settings, project: project)
    interpreter.projectBudget = budget
  }

  /// An evaluator for the revisions of a project, with what its configuration and env.py say.
  convenience init(_ project: AlembicProject, _ mode: ExecutionMode, _ budget: ProjectBudget) {
    let offline = project.environment.offline
    var settings = EvaluationSettings(
      naming: project.environment.naming, options: project.configuration.options,
      isTransactionPerMigration: offline.transactionPerMigration.value ?? false,
      versionTable: offline.versionTable.value ?? "alembic_version",
      versionTableSchema: offline.versionTableSchema.value ?? nil, hooks: project.hooks)
    settings.project = project.settings
    settings.mode = mode
    settings.revisionFiles = Lookup { [revisions = project.revisions] in
      Dictionary(revisions.map { ($0.id, $0.path) }, uniquingKeysWith: { _, last in last })
    }
    self.init(settings: settings, project: project.modules, budget: budget)
  }

  /// - Parameter schema: what the step finds, where that is known.
  package func evaluate(
    _ revision: Revision, _ direction: Direction, on schema: (any SchemaView)? = nil
  ) -> Step {
    interpreter.schema = schema
    defer { interpreter.schema = nil }
    return evaluate(revision.module, path: revision.path, direction: direction)
  }

  /// What `upgrade()` or `downgrade()` of a revision file emits in the mode of the settings.
  ///
  /// - Parameters:
  ///   - path: the file's absolute path, from which its imports and `__file__` are worked out.
  package func evaluate(
    _ code: PythonModule, path: String, direction: Direction
  ) -> Step {
    let (directory, name) = PathLibrary.split(path)
    if directory != self.directory || interpreter.hasChangedImports {
      self.directory = directory
      interpreter.modules = [:]
      interpreter.hasChangedImports = false
      latest = nil
    }
    let module: ModuleObject
    if let latest, latest.code === code, latest.path == path, latest.loaded != nil {
      module = latest
    } else {
      let stem = PathLibrary.splitSuffix(name).stem
      module = ModuleObject(name: stem, path: path, isPackage: false, code: code)
    }
    latest = module
    return interpreter.evaluate(module, direction)
  }
}

extension Interpreter {
  fileprivate func evaluate(_ module: ModuleObject, _ direction: Direction) -> Step {
    reset(module)
    isDowngrade = direction == .downgrade
    var step = Step(direction: direction)
    if projectBudget?.isExhausted == true {
      step.elements = [
        .opaque(
          OpaquePlace(
            range: revisionPlace,
            reason: OpaqueReason(.budget, "the evaluation of all revisions was given up")))
      ]
      return step
    }
    defer { projectBudget?.spend(budget.cost) }
    if let path = settings.hooks.value.patches.first ?? hooks.replacing {
      opaque(
        OpaqueReason(.unsupportedSyntax, "\(path) replaces something of alembic or sqlalchemy"),
        at: revisionPlace)
    }
    do {
      try load(module)
      try run(direction, of: module, into: &step)
      try charge(0)
    } catch .raised {
      if let raised { end(&step, with: raised) }
    } catch {
      opaque(OpaqueReason(.budget, "evaluation was given up"), at: revisionPlace)
    }
    step.elements = withoutRepetition(elements)
    step.offlineOnly = offlinePlaces
    step.offlineFailures = offlineFailures
    step.asked = asked
    return step
  }

  /// Evaluates the top level of a revision's file, unless its other step has left it as it was then.
  private func load(_ module: ModuleObject) throws(Interruption) {
    if let loaded = module.loaded {
      budget = loaded
      return
    }
    _ = try execute(module.code.body, in: module.globals)
    if isReusable(module) { module.loaded = budget }
  }

  /// Whether a change of anything that the top level made would be noticed: it only imports, defines
  /// functions and names literals.
  private func isReusable(_ module: ModuleObject) -> Bool {
    let code = module.code
    let isPlain = code[code.body].allSatisfy { statement in
      switch code[statement] {
      case .import, .importFrom, .pass: true
      case .function(let definition):
        code[code[definition].decorators].isEmpty && !hasDefaults(code[definition], in: code)
      case .assign(let targets, let value):
        code[targets].allSatisfy { isName($0, in: code) } && isLiteral(value, in: code)
      case .annotatedAssign(let target, _, let value?):
        isName(target, in: code) && isLiteral(value, in: code)
      case .expression(let value): if case .string = code[value] { true } else { false }
      default: false
      }
    }
    guard isPlain, elements.isEmpty, offlinePlaces.isEmpty, offlineFailures.isEmpty,
      !budget.isExhausted
    else { return false }
    markImported(module.globals.moduleValues)
    return true
  }

  private func hasDefaults(_ definition: Definition, in code: PythonModule) -> Bool {
    guard let id = definition.parameters else { return false }
    let parameters = code[id]
    return [parameters.positionalOnly, parameters.regular, parameters.keywordOnly].contains {
      code[$0].contains { $0.defaultValue != nil }
    }
  }

  private func isName(_ id: ExpressionID, in code: PythonModule) -> Bool {
    if case .name = code[id] { true } else { false }
  }

  private func isLiteral(_ id: ExpressionID, in code: PythonModule) -> Bool {
    var todo = [id]
    while let next = todo.popLast() {
      switch code[next] {
      case .none, .true, .false, .integer, .float, .string: continue
      case .tuple(let elements), .list(let elements): todo += code[elements]
      default: return false
      }
    }
    return true
  }

  /// The same place for the same reason counts once between two statements.
  private func withoutRepetition(_ elements: [StepElement]) -> [StepElement] {
    var seen = SmallSet<OpaquePlace>()
    return elements.filter { element in
      switch element {
      case .opaque(let place): return seen.insert(place)
      case .statement, .unnamedDrop:
        seen.removeAll()
        return true
      }
    }
  }

  private func reset(_ module: ModuleObject) {
    // What imported modules made stays before what the step makes.
    sqlalchemy = SQLAlchemyState(creations: sqlalchemy.creations)
    elements = []
    offlinePlaces = []
    offlineFailures = []
    (conditionDepth, autocommitDepth, unknownCount) = (0, 0, 0)
    journals = []
    raised = nil
    budget = Budget()
    isEffectOnly = false
    asked = []
    isImporting = false
    isProbing = false
    isDiscovering = false
    revisionModule = module
    revisionPlace = module.code.source.wholeRange
    revisionPlace.end = revisionPlace.start
    frame = Frame(module)
  }

  /// An exception that a `raise` of the source made is the step's; one that an operation made may be
  /// a misunderstanding of ours.
  private func end(_ step: inout Step, with exception: RaisedException) {
    let error = describe(exception)
    switch exception.origin {
    case .source: step.raises = error
    case .unnamedDrop(let schema, let table):
      elements.append(.unnamedDrop(UnnamedDrop(schema: schema, table: table, error: error)))
    case .operation:
      frame = revisionModule.map { Frame($0) } ?? frame
      opaque(error.reason, at: exception.place)
    }
  }

  private func run(
    _ direction: Direction, of module: ModuleObject, into step: inout Step
  ) throws(Interruption) {
    var found: Value?
    if let identifier = module.identifier(direction.rawValue) {
      found = try value(of: identifier, in: module)
    }
    if found == nil { found = try starImport(direction.rawValue, in: module, at: revisionPlace) }
    guard let function = found else {
      step.isMissing = true
      return
    }
    guard case .function(let object) = function else {
      _ = try call(function, CallArguments(range: revisionPlace))
      return
    }
    if object.isAsync {
      // Alembic calls it, and never awaits what that gives.
      opaque(
        OpaqueReason(.unsupportedSyntax, "an async function, which alembic does not run"),
        at: revisionPlace)
      return
    }
    if case .definition(let id) = object.body {
      step.isEmptyBody = isEmpty(object.module.code[id].body, of: object.module.code)
      revisionPlace = object.module === module ? module.code[id].nameRange : revisionPlace
    }
    _ = try callFunction(object, entryArguments(of: object), receiver: nil)
  }

  /// Nothing but docstrings, `pass`, `...` and `return`.
  private func isEmpty(_ body: Block, of code: PythonModule) -> Bool {
    code[body].allSatisfy { statement in
      switch code[statement] {
      case .pass, .return(nil): return true
      case .return(let value?):
        if case .none = code[value] { return true }
        return false
      case .expression(let value):
        switch code[value] {
        case .string, .ellipsis, .none: return true
        default: return false
        }
      default: return false
      }
    }
  }

  /// What env.py passes to functions with parameters of their own: known by custom.
  private func entryArguments(of function: FunctionObject) -> CallArguments {
    var arguments = CallArguments(range: revisionPlace)
    let code = function.module.code
    for list in [function.parameters.positionalOnly, function.parameters.regular] {
      for parameter in code[list] where function.defaults[parameter.name.index] == nil {
        let name = code.text(of: parameter.name)
        arguments.positional.append(entryArgument(name, at: parameter.range))
      }
    }
    return arguments
  }

  private func entryArgument(_ name: String, at range: SourceRange) -> Value {
    switch name {
    case "op": return .library(LibraryName("alembic.op"))
    case "engine_name":
      if let engine = settings.project.engine { return .string(engine) }
      let names = (settings.options["databases"] ?? "").split { $0 == "," || $0 == " " }
      if names.count == 1 { return .string(String(names[0])) }
      let known = names.isEmpty ? "" : ", one of \(names.joined(separator: ", "))"
      return unknown(
        .environment, "which database engine_name is\(known): tell the setting 'engine'", at: range)
    case "tester": return .model(TesterObject())
    default: break
    }
    return unknown(.environment, "the argument \(name)", at: range)
  }
}

/// The `tester` that some env.py pass beside `op`; outside of tests it does nothing.
final class TesterObject: ModelObject {
  var typeName: String { "tester" }

  func attribute(_ name: String, _ interpreter: Interpreter) -> Value? {
    name == "is_testing" ? .boolean(false) : .method(receiver: Box(.model(self)), name: name)
  }

  func call(
    _ name: String, _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Value { .none }
}
