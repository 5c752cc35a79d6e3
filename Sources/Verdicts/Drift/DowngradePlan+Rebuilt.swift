// Indexes that a downgrade builds anew for a column that gets another type.

import PostgresSyntax
import SafetyRules
import SchemaModel

extension DowngradePlan {
  /// Whether an index has been built anew by then with what PostgreSQL has itself.
  func isPlain(_ object: NamedObject, before statement: Int) -> Bool {
    plain[object].map { $0 < statement } ?? false
  }

  /// Notes the indexes over a column that then have columns of built-in types alone, each with the operator
  /// class of its type.
  mutating func rebuild(_ change: ColumnTypeChange, _ statement: Int) {
    guard change.to.builtin != nil, let table = current.table(id: change.column.table.id),
      let later = target.table(id: table.id),
      let name = table.columns.first(where: { $0.id == change.column.id })?.name
    else { return }
    for index in table.indexes where index.columns.contains(name) && index.predicate == nil {
      let isPlain = index.elements.allSatisfy { element in
        guard case .column(let name) = element.key, element.operatorClass == nil,
          let column = table.column(name)
        else { return false }
        return column.id == change.column.id
          || column.type?.builtin != nil
            && later.columns.first { $0.id == column.id }?.type == column.type
      }
      let object = NamedObject.relation(QualifiedName(schema: table.name.schema, index.name))
      if isPlain, plain[object] == nil { plain[object] = statement }
    }
  }
}
