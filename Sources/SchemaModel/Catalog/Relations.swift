// The relations of a catalog by name, with what was set since a mark.

package import HashTreeCollections
package import PostgresSyntax

/// Everything in `pg_class`: one name is one relation, of whatever kind. Copying is O(1).
package struct Relations: Sendable {
  private var tree: TreeDictionary<QualifiedName, Relation> = [:]
  /// Those whose rules and policies may name other objects.
  private(set) var withRulesOrPolicies: TreeSet<QualifiedName> = []
  /// How many are in other schemas than `public`.
  private var countElsewhere = 0
  private var mark: Mark?
  /// The names that were set since the mark, if there is one.
  private var changed: TreeSet<QualifiedName> = []

  private final class Mark: Sendable {}

  package init() {}

  package subscript(name: QualifiedName) -> Relation? {
    get { tree[name] }
    set { set(newValue, for: name) }
  }

  /// Returns what the name stood for.
  @discardableResult
  mutating func set(_ relation: Relation?, for name: QualifiedName) -> Relation? {
    if mark != nil { changed.insert(name) }
    if relation?.hasRulesOrPolicies == true {
      withRulesOrPolicies.insert(name)
    } else if !withRulesOrPolicies.isEmpty {
      withRulesOrPolicies.remove(name)
    }
    let former =
      if let relation {
        tree.updateValue(relation, forKey: name)
      } else {
        tree.removeValue(forKey: name)
      }
    if name.schema != "public" {
      countElsewhere += (relation == nil ? 0 : 1) - (former == nil ? 0 : 1)
    }
    return former
  }

  /// Whether some are in other schemas than `public`.
  var areElsewhere: Bool { countElsewhere > 0 }

  package var names: TreeDictionary<QualifiedName, Relation>.Keys { tree.keys }

  package var values: TreeDictionary<QualifiedName, Relation>.Values { tree.values }

  /// From here on it is known what differs between this value and those that are made from it.
  mutating func setMark() {
    mark = Mark()
    changed = []
  }

  /// A superset of the names that do not stand for the same as in an earlier value: those set since
  /// the mark where the two have the same, else all.
  func names(changedFrom earlier: Relations) -> Set<QualifiedName> {
    if let mark, mark === earlier.mark { return Set(changed).union(earlier.changed) }
    // Equal nodes of the two trees are the same memory.
    return tree == earlier.tree ? [] : Set(tree.keys).union(earlier.tree.keys)
  }
}

extension Relations: Sequence {
  package func makeIterator() -> TreeDictionary<QualifiedName, Relation>.Iterator {
    tree.makeIterator()
  }
}

extension Relation {
  fileprivate var hasRulesOrPolicies: Bool {
    switch self {
    case .table(let table): !table.value.rules.isEmpty || !table.value.policies.isEmpty
    case .view(let view): !view.value.rules.isEmpty
    case .sequence, .index: false
    }
  }
}
