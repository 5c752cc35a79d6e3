// What imported modules hold and a step could change. Alembic loads a module once for all revisions that
// one command runs; which ones those are is not the step's, so each finds the modules as they are loaded.

extension Interpreter {
  /// A step is about to change something.
  /// - Parameter isImported: it belongs to an imported module.
  func noteChange(ofImported isImported: Bool) {
    if isImported, !isImporting { hasChangedImports = true }
  }

  /// A step is about to bind a name of a module.
  func noteChange(of module: ModuleObject) {
    module.loaded = nil
    noteChange(ofImported: module !== revisionModule)
  }

  /// Marks everything that values of an imported module lead to, each once.
  func markImported(_ values: [Value]) {
    var queue = values
    while let value = queue.popLast() {
      switch value {
      case .tuple(let elements): queue += elements
      case .list(let list) where !list.isImported:
        list.isImported = true
        queue += list.elements
      case .set(let set) where !set.isImported:
        set.isImported = true
        queue += set.elements
      case .dictionary(let dictionary) where !dictionary.isImported:
        dictionary.isImported = true
        for entry in dictionary.entries { queue += [entry.key, entry.value] }
      case .instance(let instance) where !instance.isImported:
        instance.isImported = true
        queue.append(.class(instance.type))
        queue += instance.attributes.entries.compactMap(\.value)
      case .class(let type) where !type.isImported:
        type.isImported = true
        queue += type.bases.map(Value.class)
        queue += type.attributes.entries.compactMap(\.value)
      case .function(let function) where !function.isImported:
        function.isImported = true
        queue += function.defaults.values
        queue += function.attributes.values
        if function.closure.kind == .function { queue += function.closure.heldValues }
      case .bound(let bound): queue += [.function(bound.function), bound.receiver]
      case .model(let iterator as IteratorObject): iterator.isImported = true
      default: continue
      }
      guard budget.charge(1 + queue.count >> 10) else { return }
    }
  }
}
