// Quotes inside quoted text.

extension String {
  /// With each of one ASCII character twice. By code point: a combining mark behind a quote makes one
  /// `Character` of both, yet to PostgreSQL and Python the quote is still there.
  package func doubling(_ character: Unicode.Scalar) -> String {
    guard unicodeScalars.contains(character) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar == character { result.append(character) }
      result.append(scalar)
    }
    return String(result)
  }
}
