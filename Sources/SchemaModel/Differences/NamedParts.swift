// Parts of a relation found by name, where two lists mostly agree in their order.

import PostgresSyntax

protocol Named {
  var name: String { get }
}

extension Column: Named {}
extension Constraint: Named {}
extension Index: Named {}
extension Trigger: Named {}
extension CreateRule: Named {}

/// The places of named parts in a list. A part that stands where it is looked for costs no hashing.
struct NamedParts<Part: Named> {
  private let parts: [Part]
  private lazy var places = Dictionary(
    parts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })

  init(_ parts: [Part]) {
    self.parts = parts
  }

  mutating func place(of name: String, near place: Int) -> Int? {
    if place < parts.count, parts[place].name == name { return place }
    return places[name]
  }

  mutating func part(named name: String, near place: Int) -> Part? {
    self.place(of: name, near: place).map { parts[$0] }
  }
}
