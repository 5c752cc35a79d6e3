// A set that is mostly small.

/// Of few elements one after the other is looked at, which costs less than a hash.
struct SmallSet<Element: Hashable> {
  private static var few: Int { 12 }

  private var elements: [Element] = []
  /// All of them, once they are more than a few.
  private var many: Set<Element> = []

  func contains(_ element: Element) -> Bool {
    many.isEmpty ? elements.contains(element) : many.contains(element)
  }

  /// Whether it is new.
  mutating func insert(_ element: Element) -> Bool {
    guard many.isEmpty else { return many.insert(element).inserted }
    if elements.contains(element) { return false }
    elements.append(element)
    if elements.count > Self.few { many = Set(elements) }
    return true
  }

  mutating func removeAll() {
    elements.removeAll(keepingCapacity: true)
    many.removeAll(keepingCapacity: true)
  }
}
