// Spellings such as `-1`, `rev+2` and `label@rev-1` into their parts.

/// A revision named by its distance from another, as Alembic's pattern
/// `(?:(.+?)@)?(\w+)?((?:\+|-)\d+)` reads it: from the start, whatever follows.
struct RelativeRevision: Equatable {
  var label: String?
  /// Nil: relative to the database's revision.
  var symbol: String?
  /// With its sign, as spelled.
  var text: String
  /// Bounded; no graph is as deep as a number that does not fit.
  var steps: Int

  init?(_ target: String) {
    let scalars = Array(target.unicodeScalars)
    for (position, scalar) in scalars.enumerated() where scalar == "@" && position > 0 {
      if scalars[..<position].contains("\n") { break }
      if let match = Self.distance(in: scalars[(position + 1)...]) {
        self = match
        label = Self.text(scalars[..<position])
        return
      }
    }
    guard let match = Self.distance(in: scalars[...]) else { return nil }
    self = match
  }

  private init(symbol: String?, text: String, steps: Int) {
    self.symbol = symbol
    self.text = text
    self.steps = steps
  }

  private static func distance(in scalars: ArraySlice<Unicode.Scalar>) -> RelativeRevision? {
    let symbol = scalars.prefix(while: isWord)
    let rest = scalars[symbol.endIndex...]
    guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
    let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    let text = text(rest[rest.startIndex..<digits.endIndex])
    let limit = Int(Int32.max)
    let steps = Int(text) ?? (sign == "-" ? -limit : limit)
    return RelativeRevision(
      symbol: symbol.isEmpty ? nil : Self.text(symbol), text: text,
      steps: max(-limit, min(limit, steps)))
  }

  /// Python's `\w` for text.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: scalar == "_"
    }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }
}
