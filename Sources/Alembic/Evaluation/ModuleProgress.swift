// Evaluates an imported module only as far as the names that are asked for need it.

import PythonSyntax
import SourceText

/// The top-level statements of a module by the names that they bind or change, and which have run.
final class ModuleProgress {
  enum State { case waiting, running, done }
  private(set) var positions: [UInt32: [Int]] = [:]
  private(set) var starImports: [Int] = []
  /// What each statement binds or changes.
  fileprivate var names: [[UInt32]]
  fileprivate var states: [State]
  /// The statements being evaluated, innermost last.
  fileprivate var running: [Int] = []
  fileprivate let statements: ArraySlice<StatementID>

  private func note(_ name: UInt32, _ position: Int) {
    positions[name, default: []].append(position)
    names[position].append(name)
  }

  init(_ module: ModuleObject) {
    let code = module.code
    statements = code[code.body]
    states = [State](repeating: .waiting, count: statements.count)
    names = [[UInt32]](repeating: [], count: statements.count)
    for (position, statement) in statements.enumerated() {
      if case .importFrom(_, _, let names) = code[statement],
        code[names].contains(where: { code.text(of: $0.name) == "*" })
      {
        starImports.append(position)
        continue
      }
      if let name = code.onlyName(boundBy: statement) {
        note(name, position)
        continue
      }
      var walk = BindingWalk(code)
      walk.visit(statement)
      for name in walk.names.union(walk.changed) { note(name, position) }
      for path in walk.packages {
        let top = String(path.firstPart)
        if let name = module.identifier(top) { positions[name, default: []].append(position) }
      }
    }
  }
}

extension PythonModule {
  /// The name that a definition or a plain assignment binds, which is most statements of a module.
  fileprivate func onlyName(boundBy statement: StatementID) -> UInt32? {
    switch self[statement] {
    case .function(let id), .class(let id): return self[id].name.index
    case .assign(let targets, _):
      guard targets.count == 1, let target = self[targets].first,
        case .name(let name) = self[target]
      else { return nil }
      return name.index
    default: return nil
    }
  }
}

extension Interpreter {
  /// Runs the statements of an imported module that bind or change a name, in order, unless they
  /// have run. Asked for by a statement of the same module, only what stands before it counts.
  func advance(_ module: ModuleObject, to name: UInt32) throws(Interruption) {
    guard let progress = module.progress, let positions = progress.positions[name] else { return }
    let limit = progress.running.last ?? Int.max
    if positions.count > 1,
      positions.contains(where: { $0 > limit && progress.states[$0] == .done })
    {
      let spelling = module.code.text(of: Identifier(index: name))
      module.globals[name] = .unknown(
        Unknown(
          OpaqueReason(.unsupportedSyntax, "\(module.name).\(spelling) is bound several times"),
          range: nil))
      return
    }
    for position in positions where position < limit && progress.states[position] == .waiting {
      try runTopLevel(position, of: module)
    }
  }

  /// Runs one top-level statement of an imported module: what it emits and what goes wrong in it is
  /// not the step's.
  func runTopLevel(_ position: Int, of module: ModuleObject) throws(Interruption) {
    guard let progress = module.progress, progress.states[position] == .waiting else { return }
    guard budget.depth < Budget.maximumDepth - 50, projectBudget?.isExhausted != true else {
      throw .exhausted
    }
    let saved = (elements, offlinePlaces, journals, conditionDepth, autocommitDepth)
    let (outerBudget, outerFrame, effect) = (budget, frame, isEffectOnly)
    let unknowns = unknownCount
    (journals, conditionDepth, autocommitDepth, isEffectOnly) = ([], 0, 0, false)
    if !isImporting { budget = budget.fresh() }
    let outermost = !isImporting
    isImporting = true
    frame = Frame(module)
    progress.states[position] = .running
    progress.running.append(position)
    defer {
      progress.running.removeLast()
      progress.states[position] = .done
      (elements, offlinePlaces, journals, conditionDepth, autocommitDepth) = saved
      frame = outerFrame
      isEffectOnly = effect
      unknownCount = unknowns
      if outermost {
        projectBudget?.spend(budget.cost)
        budget = outerBudget
        isImporting = false
      }
    }
    let statement = progress.statements[progress.statements.startIndex + position]
    do {
      _ = try execute(statement, in: module.globals)
      // What ran out in the last operation was not noticed by one after it.
      try charge(0)
      markImported(progress.names[position].compactMap { module.globals[$0] })
    } catch .raised {
      let kind = raised.map { describe($0).type } ?? "an exception"
      forget(statement, of: module, OpaqueReason(.unknownModule, "\(module.name) raises \(kind)"))
    } catch {
      guard outermost else { throw error }
      forget(statement, of: module, OpaqueReason(.budget, "evaluating \(module.name)"))
    }
  }

  /// The names that a statement would have bound are not known.
  private func forget(_ statement: StatementID, of module: ModuleObject, _ reason: OpaqueReason) {
    var walk = BindingWalk(module.code)
    walk.visit(statement)
    let range = module.code.range(of: statement)
    for name in walk.names.union(walk.changed) where module.globals[name] == nil {
      module.globals[name] = .unknown(Unknown(reason, range: range))
    }
  }
}
