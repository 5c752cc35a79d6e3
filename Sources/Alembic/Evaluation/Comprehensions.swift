// Comprehensions and generator expressions, evaluated at once.

import PythonSyntax
import SourceText

extension Interpreter {
  /// What a comprehension collects.
  private final class Collection {
    var elements: [Value] = []
    var keys: [Value] = []
    var isUnordered = false
  }

  func comprehension(_ id: ExpressionID, in outer: Scope) throws(Interruption) -> Value {
    let code = outer.module.code
    let scope = Scope(.comprehension, module: outer.module, parent: outer, birth: birth)
    let collection = Collection()
    let range = code.range(of: id)
    let start = elements.count
    let clauses: NodeList<ComprehensionClause>
    let element: ExpressionID
    var key: ExpressionID?
    switch code[id] {
    case .listComprehension(let value, let list), .setComprehension(let value, let list),
      .generator(let value, let list):
      (element, clauses) = (value, list)
    case .dictionaryComprehension(let keyID, let value, let list):
      (element, clauses) = (value, list)
      key = keyID
    default: return unknown(.unsupportedSyntax, "comprehension", at: range)
    }
    let gap = try collect(code[clauses], outer: outer, in: scope) { () throws(Interruption) in
      if let key { collection.keys.append(try self.evaluate(key, in: scope)) }
      collection.elements.append(try self.evaluate(element, in: scope))
      try self.allocate(64)
    } unordered: {
      collection.isUnordered = true
    }
    if let gap { return unknown(gap) }
    switch code[id] {
    case .setComprehension: return try makeSet(collection.elements, at: range)
    case .dictionaryComprehension: return try makeDictionary(collection, at: range)
    case .generator:
      if elements.count > start {
        opaque(OpaqueReason(.unsupportedSyntax, "a generator with effects"), at: range)
      }
      let iterator = IteratorObject(collection.elements)
      iterator.isUnordered = collection.isUnordered && collection.elements.count > 1
      return .model(iterator)
    default:
      let list = ListObject(collection.elements)
      list.isUnordered = collection.isUnordered && collection.elements.count > 1
      return .list(list)
    }
  }

  private func makeDictionary(
    _ collection: Collection, at range: SourceRange
  ) throws(Interruption) -> Value {
    let dictionary = DictionaryObject()
    for (key, value) in zip(collection.keys, collection.elements) {
      if let valueKey = self.key(of: key) {
        dictionary.set(key, valueKey, value)
      } else {
        dictionary.taint = try unhashable(key, at: range)
      }
    }
    return .dictionary(dictionary)
  }

  /// Runs the clauses from the first to the last; the reason if what they yield is not known.
  private func collect(
    _ clauses: ArraySlice<ComprehensionClause>, outer: Scope, in scope: Scope,
    _ body: () throws(Interruption) -> Void, unordered: () -> Void
  ) throws(Interruption) -> Unknown? {
    guard let clause = clauses.first else {
      try body()
      return nil
    }
    let code = scope.code
    let range = code.range(of: clause.iterable)
    // The first iterable is evaluated outside of the comprehension.
    let iterable = try evaluate(clause.iterable, in: outer)
    let rest = clauses.dropFirst()
    guard let elements = try iterateAnyOrder(iterable, at: range) else {
      let reason = iterable.unknownReason ?? notKnown(iterable, "loop over", at: range)
      _ = try repeated(reason, at: range, in: scope) {
        $0.bind(clause.target)
      } _: { () throws(Interruption) in
        try self.assign(clause.target, self.unknown(reason), in: scope)
        for condition in code[clause.conditions] { _ = try self.evaluate(condition, in: scope) }
        _ = try self.collect(rest, outer: scope, in: scope, body, unordered: unordered)
        return .normal
      }
      return reason
    }
    if elements.count > 1, isUnordered(iterable) { unordered() }
    var gap: Unknown?
    for element in elements {
      try charge()
      try assign(clause.target, element, in: scope)
      switch try conditions(clause.conditions, in: scope) {
      case .fails: continue
      case .unknown(let reason): gap = gap ?? reason
      case .holds: break
      }
      if let found = try collect(rest, outer: scope, in: scope, body, unordered: unordered) {
        gap = gap ?? found
      }
    }
    return gap
  }

  private func conditions(
    _ list: NodeList<ExpressionID>, in scope: Scope
  ) throws(Interruption) -> Truth {
    for condition in scope.code[list] {
      let result = try self.condition(condition, in: scope)
      guard case .holds = result else { return result }
    }
    return .holds
  }
}
