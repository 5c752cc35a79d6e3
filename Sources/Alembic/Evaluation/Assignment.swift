// Assigns to names, attributes, items and patterns of them; deletes them.

import PythonSyntax
import SourceText

extension Interpreter {
  func assign(
    _ target: ExpressionID, _ value: Value, in scope: Scope
  ) throws(Interruption) {
    let code = scope.code
    switch code[target] {
    case .name(let name): bind(name.index, to: value, in: scope)
    case .tuple(let targets), .list(let targets):
      try unpack(value, into: code[targets], at: code.range(of: target), in: scope)
    case .starred(let inner): try assign(inner, value, in: scope)
    case .attribute(let base, let name):
      let object = try evaluate(base, in: scope)
      try setAttribute(
        object, code.text(of: name), value, at: code.range(of: target))
    case .subscript(let base, let index):
      let object = try evaluate(base, in: scope)
      let key = try evaluateIndex(index, in: scope)
      try setItem(object, key, value, at: code.range(of: target))
    default:
      opaque(
        OpaqueReason(.unsupportedSyntax, "assignment target"), at: code.range(of: target))
    }
  }

  private func unpack(
    _ value: Value, into targets: ArraySlice<ExpressionID>, at range: SourceRange, in scope: Scope
  ) throws(Interruption) {
    let code = scope.code
    guard let elements = try iterate(value, at: range) else {
      let reason = value.unknownReason ?? notKnown(value, "unpacking", at: range)
      for target in targets { try assign(target, unknown(reason), in: scope) }
      return
    }
    let star = targets.firstIndex { if case .starred = code[$0] { true } else { false } }
    guard let star else {
      guard elements.count == targets.count else {
        throw raise(
          "ValueError",
          elements.count > targets.count
            ? "too many values to unpack (expected \(targets.count))"
            : "not enough values to unpack (expected \(targets.count), got \(elements.count))",
          at: range)
      }
      for (target, element) in zip(targets, elements) { try assign(target, element, in: scope) }
      return
    }
    let before = star - targets.startIndex
    let after = targets.endIndex - star - 1
    guard elements.count >= before + after else {
      throw raise("ValueError", "not enough values to unpack", at: range)
    }
    for (target, element) in zip(targets, elements.prefix(before)) {
      try assign(target, element, in: scope)
    }
    try charge(elements.count >> 2)
    try allocate(elements.count * 32)
    let middle = Array(elements[before..<(elements.count - after)])
    try assign(targets[star], .list(ListObject(middle)), in: scope)
    for (target, element) in zip(targets.suffix(after), elements.suffix(after)) {
      try assign(target, element, in: scope)
    }
  }

  /// - Parameter isPlain: as `object.__setattr__` does it, past a `__setattr__` of the class.
  func setAttribute(
    _ object: Value, _ name: String, _ value: Value, at range: SourceRange, isPlain: Bool = false
  ) throws(Interruption) {
    switch object {
    case .instance(let instance):
      if !isPlain, case .function(let setter)? = instance.type.lookup("__setattr__") {
        _ = try call(
          .function(setter),
          CallArguments(positional: [object, .string(name), value], range: range))
        return
      }
      if !isPlain { try refuseChange(of: name, of: instance, at: range) }
      willChange(instance)
      if case .function(let function)? = instance.type.lookup(name), function.kind == .property {
        guard let setter = function.setter else {
          throw raise("AttributeError", "property '\(name)' has no setter", at: range)
        }
        _ = try call(
          .function(setter), CallArguments(positional: [object, value], range: range))
        return
      }
      instance.attributes[name] = value
    case .class(let type):
      willChange(type)
      type.attributes[name] = value
      type.mapping?.spoil(name)
    case .function(let function):
      noteChange(ofImported: function.isImported)
      function.attributes[name] = value
    case .module(let module):
      if let identifier = module.identifier(name) {
        if module.progress != nil { try advance(module, to: identifier) }
        bind(identifier, to: value, in: module.globals)
      } else {
        noteChange(of: module)
        module.extra[name] = value
      }
    case .model(let model):
      if !model.setAttribute(name, value, self) {
        opaque(
          OpaqueReason(.unsupportedCall, "setting \(model.typeName).\(name)"), at: range)
      }
    case .library(let library) where !StandardLibrary.isHarmless(library) && library.top != "sys":
      opaque(OpaqueReason(.unsupportedCall, "setting \(library.path).\(name)"), at: range)
    case .unknown, .library: unknownCount += 1
    default:
      throw raise(
        "AttributeError", "'\(typeName(of: object))' object has no attribute '\(name)'", at: range)
    }
  }

  /// What classes say of the attributes of their instances.
  private func refuseChange(
    of name: String, of instance: InstanceObject, at range: SourceRange
  ) throws(Interruption) {
    let type = instance.type
    switch type.flavor {
    case .namedTuple: throw raise("AttributeError", "can't set attribute", at: range)
    case .dataclass where type.resolutionOrder.contains(where: \.isFrozen):
      throw raise("AttributeError", "cannot assign to field '\(name)'", at: range)
    default: break
    }
    guard isDowngrade, type.attributes["__slots__"] != nil else { return }
    let isNamed = type.resolutionOrder.contains { base in
      switch base.attributes["__slots__"] {
      case .string(let slot)?: slot.isIdentical(to: name)
      case .tuple(let slots)?: slots.contains { isSame($0, .string(name)) }
      case .list(let slots)?: slots.elements.contains { isSame($0, .string(name)) }
      // Without slots, or with some that are not known.
      default: true
      }
    }
    if !isNamed {
      mayRaise(
        OpaqueReason(.unknownName, "\(type.name).\(name) beside its slots"), at: range,
        "AttributeError")
    }
  }

  func setItem(
    _ object: Value, _ key: Value, _ value: Value, at range: SourceRange
  ) throws(Interruption) {
    switch object {
    case .dictionary(let dictionary):
      willChange(dictionary)
      guard let valueKey = self.key(of: key) else {
        dictionary.taint = try unhashable(key, at: range)
        return
      }
      try allocate(64)
      dictionary.set(key, valueKey, value)
    case .list(let list):
      willChange(list)
      switch key {
      case .integer(let index):
        guard let position = position(index, list.elements.count) else {
          throw raise("IndexError", "list assignment index out of range", at: range)
        }
        list.elements[position] = value
      case .model(let slice as SliceObject) where slice.isContiguous:
        guard let elements = try iterate(value, at: range),
          let bounds = slice.bounds(list.elements.count)
        else {
          list.taint = value.unknownReason ?? notKnown(value, "slice", at: range)
          return
        }
        try allocate(elements.count * 32)
        try charge((list.elements.count + elements.count) >> 5)
        list.elements.replaceSubrange(bounds, with: elements)
      default: list.taint = key.unknownReason ?? notKnown(key, "index", at: range)
      }
    case .instance(let instance):
      if case .function(let function)? = instance.type.lookup("__setitem__") {
        _ = try call(
          .function(function), CallArguments(positional: [object, key, value], range: range))
      } else {
        willChange(instance)
        instance.taint = notKnown(object, "item of", at: range)
      }
    case .model(let model):
      _ = try callModel(
        model, "__setitem__", CallArguments(positional: [key, value], range: range))
    case .unknown, .library: unknownCount += 1
    default:
      throw raise(
        "TypeError", "'\(typeName(of: object))' object does not support item assignment", at: range)
    }
  }

  /// Why a value is not a key: raises TypeError for what Python cannot hash.
  func unhashable(_ key: Value, at range: SourceRange) throws(Interruption) -> Unknown {
    if budget.isExhausted { throw .exhausted }
    if let reason = key.firstUnknown() { return reason }
    switch key {
    case .list, .dictionary, .set:
      throw raise("TypeError", "unhashable type: '\(typeName(of: key))'", at: range)
    default: return notKnown(key, "key", at: range)
    }
  }

  /// An index of Python, which counts negative ones from the end, as an offset.
  func position(_ index: Int, _ count: Int) -> Int? {
    let position = index < 0 ? index &+ count : index
    return position >= 0 && position < count ? position : nil
  }

  func augment(
    _ target: ExpressionID, _ operation: BinaryOperator, _ value: ExpressionID, in scope: Scope
  ) throws(Interruption) {
    try charge(Budget.objectWork)
    let code = scope.code
    let range = code.range(of: target)
    switch code[target] {
    case .attribute(let base, let name):
      let object = try evaluate(base, in: scope)
      let old = try attribute(object, code.text(of: name), at: range)
      let result = try inPlace(operation, old, evaluate(value, in: scope), at: range)
      try setAttribute(object, code.text(of: name), result, at: range)
    case .subscript(let base, let index):
      let object = try evaluate(base, in: scope)
      let key = try evaluateIndex(index, in: scope)
      let old = try item(object, key, at: range)
      let result = try inPlace(operation, old, evaluate(value, in: scope), at: range)
      try setItem(object, key, result, at: range)
    default:
      let old = try evaluate(target, in: scope)
      try assign(target, inPlace(operation, old, evaluate(value, in: scope), at: range), in: scope)
    }
  }

  /// `old op= value`, which changes lists, sets and dictionaries themselves.
  private func inPlace(
    _ operation: BinaryOperator, _ old: Value, _ value: Value, at range: SourceRange
  ) throws(Interruption) -> Value {
    switch (operation, old) {
    case (.add, .list(let list)):
      _ = try callMethod(old, "extend", CallArguments(positional: [value], range: range))
      return .list(list)
    case (.bitOr, .dictionary), (.bitOr, .set):
      _ = try callMethod(old, "update", CallArguments(positional: [value], range: range))
      return old
    case (.subtract, .set), (.bitAnd, .set), (.bitXor, .set):
      let result = try binary(operation, old, value, at: range)
      guard case .set(let set) = old, case .set(let other) = result else { return result }
      willChange(set)
      set.replaceElements(other.elements)
      return old
    default: return try binary(operation, old, value, at: range)
    }
  }

  func delete(_ target: ExpressionID, in scope: Scope) throws(Interruption) {
    let code = scope.code
    let range = code.range(of: target)
    switch code[target] {
    case .name(let name):
      if !unbind(name.index, in: scope) {
        throw raise("NameError", "name '\(code.text(of: name))' is not defined", at: range)
      }
    case .tuple(let targets), .list(let targets):
      for target in code[targets] { try delete(target, in: scope) }
    case .subscript(let base, let index):
      let object = try evaluate(base, in: scope)
      let key = try evaluateIndex(index, in: scope)
      try deleteItem(object, key, at: range)
    case .attribute(let base, let name):
      let object = try evaluate(base, in: scope)
      if case .instance(let instance) = object {
        willChange(instance)
        instance.attributes[code.text(of: name)] = nil
      } else if case .library(let library) = object {
        opaque(
          OpaqueReason(.unsupportedSyntax, "del \(library.path).\(code.text(of: name))"), at: range)
      }
    default: break
    }
  }

  private func deleteItem(
    _ object: Value, _ key: Value, at range: SourceRange
  ) throws(Interruption) {
    switch object {
    case .dictionary(let dictionary):
      willChange(dictionary)
      guard let valueKey = self.key(of: key) else {
        dictionary.taint = try unhashable(key, at: range)
        return
      }
      if dictionary.remove(valueKey) == nil, dictionary.taint == nil {
        throw raise("KeyError", [key], at: range)
      }
    case .list(let list):
      willChange(list)
      try charge(list.elements.count >> 5)
      if case .integer(let index) = key {
        guard let position = position(index, list.elements.count) else {
          throw raise("IndexError", "list assignment index out of range", at: range)
        }
        list.elements.remove(at: position)
      } else if case .model(let slice as SliceObject) = key, slice.isContiguous,
        let bounds = slice.bounds(list.elements.count)
      {
        list.elements.removeSubrange(bounds)
      } else {
        list.taint = key.unknownReason ?? notKnown(key, "index", at: range)
      }
    case .unknown: unknownCount += 1
    default:
      opaque(
        OpaqueReason(.unsupportedSyntax, "del of an item of \(typeName(of: object))"), at: range)
    }
  }
}
