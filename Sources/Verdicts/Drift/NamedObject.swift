// Objects by name, and the names that they have in the database while a downgrade renames them.

import HashTreeCollections
import PostgresSyntax
import SchemaModel

/// An object by the name that it has in the database now.
enum NamedObject: Hashable, Sendable {
  case relation(QualifiedName)
  case column(QualifiedName, String)
  case constraint(QualifiedName, String)
  case trigger(QualifiedName, String)
  case policy(QualifiedName, String)
  case rule(QualifiedName, String)
  case type(QualifiedName)
  case routine(QualifiedName)
  case schema(String)
  case `extension`(String)
  /// A publication or statistics.
  case other(ObjectKind, QualifiedName)

  /// The table or view that it is a part of.
  var relation: QualifiedName? {
    switch self {
    case .column(let name, _), .constraint(let name, _), .trigger(let name, _),
      .policy(let name, _), .rule(let name, _):
      name
    case .relation, .type, .routine, .schema, .extension, .other: nil
    }
  }
}

extension Catalog {
  func has(_ object: NamedObject) -> Bool {
    switch object {
    case .relation(let name): relations[name] != nil
    case .column(let owner, let name):
      table(owner)?.column(name) != nil
        || view(owner)?.columns.contains { $0.name == name } == true
    case .constraint(let owner, let name):
      table(owner)?.constraint(name) != nil
        || type(owner)?.domain?.constraints.contains { $0.name == name } == true
    case .trigger(let owner, let name):
      (table(owner)?.triggers ?? view(owner)?.triggers ?? []).contains { $0.name == name }
    case .policy(let owner, let name):
      table(owner)?.policies.contains { $0.name == name } == true
    case .rule(let owner, let name):
      (table(owner)?.rules ?? view(owner)?.rules ?? []).contains { $0.name == name }
    case .type(let name): type(name) != nil || relations[name] != nil
    case .routine(let name): routines[name] != nil
    case .schema(let name): schemas[name] != nil
    case .extension(let name): extensions[name] != nil
    case .other(let kind, let name): others[ObjectKey(kind, name)] != nil
    }
  }
}

/// What a name stands for at a statement of a downgrade, by the name that the database has for it now.
struct PresentNames {
  /// Nil for what the downgrade itself has made, or left without an object.
  private var objects: [NamedObject: NamedObject?] = [:]
  private var schemas: [String: String?] = [:]

  /// Nil where the object is none of those that the database has now.
  subscript(object: NamedObject) -> NamedObject? {
    if let known = objects[object] { return known }
    switch object {
    case .schema(let name): return present(name).map(NamedObject.schema)
    case .relation(let name): return present(name).map(NamedObject.relation)
    case .type(let name): return present(name).map(NamedObject.type)
    case .routine(let name): return present(name).map(NamedObject.routine)
    // Their tables are told by what they are now.
    case .column, .constraint, .trigger, .policy, .rule, .extension, .other: return object
    }
  }

  private func present(_ schema: String) -> String? {
    if let known = schemas[schema] { known } else { schema }
  }

  private func present(_ name: QualifiedName) -> QualifiedName? {
    guard let schema = name.schema else { return name }
    return present(schema).map { QualifiedName(schema: $0, name.name) }
  }

  mutating func rename(_ from: NamedObject, to: NamedObject) {
    guard from != to else { return }
    if case (.schema(let old), .schema(let new)) = (from, to) { return renameSchema(old, to: new) }
    objects.updateValue(self[from], forKey: to)
    objects.updateValue(nil, forKey: from)
  }

  private mutating func renameSchema(_ old: String, to new: String) {
    schemas.updateValue(present(old), forKey: new)
    schemas.updateValue(nil, forKey: old)
    for (object, known) in objects {
      guard let moved = object.moved(from: old, to: new) else { continue }
      objects[object] = nil
      objects.updateValue(known, forKey: moved)
    }
  }

  /// The name is that of a new object from here on.
  mutating func make(_ object: NamedObject) {
    switch object {
    // Others of its name, with other arguments, may be there.
    case .routine: break
    case .schema(let name): schemas.updateValue(nil, forKey: name)
    default: objects.updateValue(nil, forKey: object)
    }
  }
}

extension NamedObject {
  /// The name in a schema that was renamed; nil for what is not in it.
  fileprivate func moved(from old: String, to new: String) -> NamedObject? {
    func moved(_ name: QualifiedName) -> QualifiedName? {
      name.schema == old ? QualifiedName(schema: new, name.name) : nil
    }
    switch self {
    case .relation(let name): return moved(name).map(NamedObject.relation)
    case .type(let name): return moved(name).map(NamedObject.type)
    case .routine(let name): return moved(name).map(NamedObject.routine)
    case .column, .constraint, .trigger, .policy, .rule, .schema, .extension, .other: return nil
    }
  }
}
