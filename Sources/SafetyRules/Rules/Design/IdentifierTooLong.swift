// identifier-too-long: PostgreSQL cuts a name after 63 bytes.

import SchemaModel

enum IdentifierTooLong: StatementRule {
  static let name = "identifier-too-long"
  static let isOn = false

  static func remark(
    on statement: StatementRecord, of step: StepRecord, in context: RoundTripContext
  ) -> Remark? {
    guard step.direction == .upgrade else { return nil }
    let cut = statement.outcome.effects.flatMap(\.givenNames).map(\.name).first { name in
      name.utf8.count >= 60 && statement.sql.goesOn(after: name)
    }
    guard let cut else { return nil }
    return Remark(
      .info, "the name is longer than 63 bytes; PostgreSQL cuts it without an error to \(cut)",
      help: "choose a shorter name, and use that everywhere")
  }
}

extension String {
  /// Whether a name stands in the text with more letters after it.
  fileprivate func goesOn(after name: String) -> Bool {
    let text = Array(utf8)
    let pattern = Array(name.utf8)
    guard text.count > pattern.count else { return false }
    for start in 0..<(text.count - pattern.count)
    where text[start..<(start + pattern.count)].elementsEqual(pattern) {
      let next = text[start + pattern.count]
      let isLetter = (0x61...0x7A).contains(next | 0x20) || (0x30...0x39).contains(next)
      if isLetter || next == 0x5F || next == 0x24 || next >= 0x80 { return true }
    }
    return false
  }
}
