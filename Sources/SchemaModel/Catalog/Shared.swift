// Values behind a reference, so that catalogs share what did not change.

/// An immutable value on the heap. Comparing two references to the same value costs nothing.
package final class Shared<Value: Sendable & Equatable>: Sendable, Equatable {
  package let value: Value

  package init(_ value: Value) {
    self.value = value
  }

  package static func == (left: Shared, right: Shared) -> Bool {
    left === right || left.value == right.value
  }
}

/// A value on the heap that is copied when it is changed, unless nobody else has it.
struct CopyOnWrite<Value: Sendable>: Sendable {
  // Only the one owner of a box changes it.
  private final class Box: @unchecked Sendable {
    var value: Value

    init(_ value: Value) {
      self.value = value
    }
  }

  private var box: Box

  init(_ value: Value) {
    box = Box(value)
  }

  var value: Value {
    _read { yield box.value }
    _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
      yield &box.value
    }
  }
}

extension CopyOnWrite {
  func isIdentical(to other: CopyOnWrite) -> Bool { box === other.box }
}

extension CopyOnWrite: Equatable where Value: Equatable {
  static func == (left: CopyOnWrite, right: CopyOnWrite) -> Bool {
    left.isIdentical(to: right) || left.value == right.value
  }
}

extension CopyOnWrite: Hashable where Value: Hashable {
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
