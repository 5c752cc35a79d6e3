// The nearest known word to one that is not known.

package enum Spelling {
  /// The candidate that takes the fewest changes of one letter, if that is at most a third of them.
  package static func nearest(_ word: String, among candidates: [String]) -> String? {
    let letters = Array(word.unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(letters, Array(candidate.unicodeScalars.prefix(64)))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, letters.count / 3) else { return nil }
    return best.name
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (index, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let cost = scalar == other ? diagonal : min(diagonal, row[column], row[column + 1]) + 1
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}
