// Functions under another name or in another schema, and the definitions that call them.

import HashTreeCollections
import PostgresSyntax

extension Replay {
  mutating func moveRoutine(_ routine: Routine, to name: QualifiedName) {
    let from = routine.name
    let others = (catalog.routines[from]?.value ?? []).filter { $0.id != routine.id }
    // Of several of one name the texts do not tell which is called.
    if others.isEmpty { retargetCalls(of: from, to: name) }
    var moved = routine
    moved.name = name
    if !moved.formerNames.contains(from.name) { moved.formerNames.append(from.name) }
    catalog.routines[from] = others.isEmpty ? nil : Shared(others)
    catalog.routines[name] = Shared((catalog.routines[name]?.value ?? []) + [moved])
    retargetParts(from: ObjectKey(.function, from), to: ObjectKey(.function, name))
  }

  /// While the function still has its old name.
  private mutating func retargetCalls(of from: QualifiedName, to name: QualifiedName) {
    func renamed(_ expression: SQLExpression) -> SQLExpression {
      expression.renaming(function: name) { calls($0, from) }
    }
    for user in users(of: from) {
      note(user, uses: name)
      if var table = catalog.table(user) {
        table.changeExpressions(renamed)
        for place in table.triggers.indices where table.triggers[place].function == from {
          table.triggers[place].function = name
        }
        store(table)
      } else if var view = catalog.view(user) {
        view.functions = view.functions.map { $0 == from ? name : $0 }
        for place in view.indexes.indices { view.indexes[place].changeExpressions(renamed) }
        store(view)
      } else if var type = catalog.type(user), case .domain(var domain) = type.kind {
        domain.default = domain.default.map(renamed)
        for place in domain.constraints.indices {
          domain.constraints[place].changeExpressions(renamed)
        }
        type.kind = .domain(domain)
        store(type)
      }
    }
  }
}
