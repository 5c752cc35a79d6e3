// A value behind a reference, so that catalogs share what did not change.

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
