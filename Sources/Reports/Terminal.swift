// Text made fit for a terminal: harmless, coloured where wanted, cut to a width.

/// How text is written for a person.
package struct TerminalStyle: Sendable {
  package var usesColor: Bool
  /// In columns.
  package var width: Int

  package init(usesColor: Bool = false, width: Int = 100) {
    self.usesColor = usesColor
    self.width = max(40, width)
  }

  package enum Tone: String, Sendable {
    case good = "32"
    case bad = "31"
    case doubtful = "33"
    case quiet = "2"
    case strong = "1"
    case link = "36"
  }

  package func paint(_ text: String, _ tones: Tone...) -> String {
    guard usesColor, !tones.isEmpty, !text.isEmpty else { return text }
    return "\u{1B}[\(tones.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}

extension String {
  /// The text with everything that a terminal would obey made visible: control characters,
  /// escapes, line separators and characters that reverse the direction of writing.
  package var harmless: String {
    guard unicodeScalars.contains(where: { $0.isObeyedByTerminals }) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += " "
      case _ where scalar.isObeyedByTerminals:
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  var isObeyedByTerminals: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }
}

/// Breaks a text into lines of at most `width` columns at spaces; longer words stay whole.
package func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var length = 0
  for word in text.split(separator: " ", omittingEmptySubsequences: true) {
    let count = word.count
    if length > 0, length + 1 + count > width {
      lines.append(line)
      line = ""
      length = 0
    }
    if length > 0 {
      line += " "
      length += 1
    }
    line += word
    length += count
  }
  if length > 0 { lines.append(line) }
  return lines
}
