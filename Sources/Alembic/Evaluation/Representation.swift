// `bool`, `str`, `repr` and `type(x).__name__` of values.

import SourceText

extension Interpreter {
  /// `type(value).__name__`
  func typeName(of value: Value) -> String {
    switch value {
    case .none: "NoneType"
    case .boolean: "bool"
    case .integer: "int"
    case .float: "float"
    case .string: "str"
    case .bytes: "bytes"
    case .ellipsis: "ellipsis"
    case .tuple: "tuple"
    case .list: "list"
    case .set(let set): set.isFrozen ? "frozenset" : "set"
    case .dictionary(let dictionary): dictionary.defaultFactory == nil ? "dict" : "defaultdict"
    case .range: "range"
    case .function: "function"
    case .class: "type"
    case .instance(let instance): instance.type.name
    case .module: "module"
    case .bound: "method"
    case .library(let name): name.path
    case .method(_, let name): name
    case .model(let model): model.typeName
    case .unknown(let unknown): unknown.reason.detail
    }
  }

  /// `bool(value)`; nil if it is not known.
  func truth(_ value: Value) -> Bool? {
    switch value {
    case .none: false
    case .boolean(let flag): flag
    case .integer(let number): number != 0
    case .float(let number): number != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .tuple(let elements): !elements.isEmpty
    case .list(let list): list.taint == nil ? !list.elements.isEmpty : nil
    case .set(let set): set.taint == nil ? !set.elements.isEmpty : nil
    case .dictionary(let dictionary): dictionary.taint == nil ? dictionary.count > 0 : nil
    case .range(let start, let end, let step): rangeCount(start, end, step).map { $0 > 0 }
    case .ellipsis, .function, .class, .module, .bound, .library, .method: true
    case .instance(let instance): truth(instance)
    case .model(let model): model.truth(self)
    case .unknown: nil
    }
  }

  private func truth(_ instance: InstanceObject) -> Bool? {
    if instance.taint != nil || instance.type.anyUnknownBase != nil { return nil }
    if let method = instance.type.lookup("__bool__") {
      return result(of: method, on: instance).flatMap(truth)
    }
    if let method = instance.type.lookup("__len__") {
      return result(of: method, on: instance).flatMap(truth)
    }
    if let value = instance.primitive { return truth(value) }
    if instance.type.flavor == .namedTuple { return !instance.fieldValues.isEmpty }
    return instance.type.allLibraryBases.allSatisfy { $0.path.utf8.starts(with: "enum.".utf8) }
      ? true : nil
  }

  private func result(of method: Value, on instance: InstanceObject) -> Value? {
    let callee = bind(method, to: .instance(instance), owner: instance.type)
    do {
      return try call(callee, CallArguments(range: revisionPlace))
    } catch {
      return nil
    }
  }

  /// `str(value)`; nil if it is not known.
  func text(_ value: Value) -> String? {
    switch value {
    case .string(let text): return text
    case .model(let model): return model.text(self) ?? model.representation(self)
    case .instance(let instance):
      if instance.taint != nil { return nil }
      if let method = instance.type.lookup("__str__") {
        if case .string(let text)? = result(of: method, on: instance) { return text }
        return nil
      }
      switch instance.type.flavor {
      case .enumeration: return enumerationText(instance)
      case .exception: return exceptionText(instance)
      case .plain:
        if let value = instance.primitive { return text(value) }
        return representation(value)
      case .namedTuple, .dataclass: return representation(value)
      }
    default: return representation(value)
    }
  }

  /// `str(member)`: the value for `IntEnum` and `StrEnum`, else `Class.NAME` (Python 3.11 and later).
  private func enumerationText(_ member: InstanceObject) -> String? {
    for base in member.type.allLibraryBases {
      switch base.path {
      case "enum.StrEnum", "enum.IntEnum", "enum.IntFlag":
        return member.attributes["_value_"].flatMap(text)
      default: break
      }
    }
    guard case .string(let name)? = member.attributes["_name_"] else { return nil }
    return "\(member.type.name).\(name)"
  }

  private func exceptionText(_ exception: InstanceObject) -> String? {
    guard exception.type.anyUnknownBase == nil,
      case .tuple(let arguments)? = exception.attributes["args"]
    else { return nil }
    switch arguments.count {
    case 0: return ""
    case 1:
      return exception.type.name == "KeyError" ? representation(arguments[0]) : text(arguments[0])
    default: return representation(.tuple(arguments))
    }
  }

  /// `repr(value)`; nil if it is not known.
  func representation(_ value: Value) -> String? {
    guard budget.depth < Budget.maximumDepth, budget.charge(1) else { return nil }
    budget.depth += 1
    defer { budget.depth -= 1 }
    switch value {
    case .none: return "None"
    case .boolean(let flag): return flag ? "True" : "False"
    case .integer(let number): return String(number)
    case .float(let number): return Numbers.representation(number)
    case .string(let text):
      _ = budget.charge(text.utf8.count / 8)
      return Text.representation(text)
    case .bytes(let bytes):
      _ = budget.charge(bytes.count / 8)
      return Text.representation(bytes)
    case .ellipsis: return "Ellipsis"
    case .tuple(let elements):
      guard let inner = joined(elements) else { return nil }
      return elements.count == 1 ? "(\(inner),)" : "(\(inner))"
    case .list(let list):
      if list.taint != nil || list.isUnordered && list.elements.count > 1 { return nil }
      return joined(list.elements).map { "[\($0)]" }
    case .set(let set):
      guard set.taint == nil, set.count <= 1 else { return nil }
      guard let element = set.elements.first else { return set.isFrozen ? "frozenset()" : "set()" }
      return representation(element).map { set.isFrozen ? "frozenset({\($0)})" : "{\($0)}" }
    case .dictionary(let dictionary): return representation(dictionary)
    case .range(let start, let end, let step):
      return step == 1 ? "range(\(start), \(end))" : "range(\(start), \(end), \(step))"
    case .instance(let instance): return representation(instance)
    case .model(let model): return model.representation(self)
    case .class(let type): return "<class '\(type.moduleName).\(type.name)'>"
    case .library(let name):
      guard StandardLibrary.isPrimitive(name) else { return nil }
      return
        "<class '\(name.path.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)) } ?? "")'>"
    case .function, .module, .bound, .method, .unknown: return nil
    }
  }

  private func joined(_ elements: [Value]) -> String? {
    var result = ""
    for (index, element) in elements.enumerated() {
      guard let part = representation(element) else { return nil }
      if index > 0 { result += ", " }
      result += part
      budget.allocate(part.utf8.count)
    }
    return result
  }

  private func representation(_ dictionary: DictionaryObject) -> String? {
    guard dictionary.taint == nil, dictionary.defaultFactory == nil else { return nil }
    var result = "{"
    for (index, entry) in dictionary.entries.enumerated() {
      guard let key = representation(entry.key), let value = representation(entry.value) else {
        return nil
      }
      result += index > 0 ? ", \(key): \(value)" : "\(key): \(value)"
      budget.allocate(key.utf8.count + value.utf8.count)
    }
    return result + "}"
  }

  private func representation(_ instance: InstanceObject) -> String? {
    if instance.taint != nil { return nil }
    if let method = instance.type.lookup("__repr__") {
      if case .string(let text)? = result(of: method, on: instance) { return text }
      return nil
    }
    switch instance.type.flavor {
    case .enumeration:
      guard case .string(let name)? = instance.attributes["_name_"],
        let value = instance.attributes["_value_"].flatMap(representation)
      else { return nil }
      return "<\(instance.type.name).\(name): \(value)>"
    case .exception:
      guard case .tuple(let arguments)? = instance.attributes["args"] else { return nil }
      return joined(arguments).map { "\(instance.type.name)(\($0))" }
    case .namedTuple, .dataclass:
      var parts: [String] = []
      for field in instance.type.allFields {
        guard let value = instance.attributes[field.name].flatMap(representation) else {
          return nil
        }
        parts.append("\(field.name)=\(value)")
      }
      return "\(instance.type.name)(\(parts.joined(separator: ", ")))"
    case .plain:
      return instance.primitive.flatMap(representation)
    }
  }
}
