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
  package var harmless: String { harmless(keeping: []) }

  /// - Parameter kept: what stays as it is of these characters.
  package func harmless(keeping kept: [Unicode.Scalar]) -> String {
    // Bytes from 0x80 on may be part of such a character.
    guard !isPlain,
      unicodeScalars.contains(where: { $0.isObeyedByTerminals && !kept.contains($0) })
    else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case _ where kept.contains(scalar): result.unicodeScalars.append(scalar)
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
  let bytes = text.utf8
  let isPlain = text.isPlain
  let space = UInt8(ascii: " ")
  var lines: [String] = []
  /// The line that begins here and ends, so far, there.
  var (start, end) = (bytes.startIndex, bytes.startIndex)
  var place = bytes.startIndex
  while let word = bytes[place...].firstIndex(where: { $0 != space }) {
    place = bytes[word...].firstIndex(of: space) ?? bytes.endIndex
    if start == end {
      start = word
    } else if isPlain
      ? bytes.distance(from: start, to: place) > width : text[start..<place].columns > width
    {
      lines.append(String(text[start..<end]))
      start = word
    }
    end = place
  }
  if start < end { lines.append(String(text[start..<end])) }
  return lines
}

extension StringProtocol {
  /// Whether every byte is a visible character of one column.
  fileprivate var isPlain: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

  /// How many columns of a terminal the text takes: two for East Asian wide characters and pictures,
  /// none for marks that combine with the character before and for what `paint` adds.
  var columns: Int {
    if isPlain { return utf8.count }
    var count = 0
    // A colour is ESC [ … m, a link ESC ] … ESC \.
    var (isAfterEscape, isInColor, isInLink) = (false, false, false)
    for scalar in unicodeScalars {
      if isAfterEscape {
        (isAfterEscape, isInColor, isInLink) = (false, scalar == "[", scalar == "]")
      } else if scalar == "\u{1B}" {
        isAfterEscape = true
      } else if isInColor {
        isInColor = scalar != "m"
      } else if !isInLink {
        count += scalar.columns
      }
    }
    return count
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// The text on one line, runs of white space as one space, cut to a width in columns.
  func onOneLine(width: Int) -> String {
    var result = String.UnicodeScalarView()
    var (length, columns) = (0, 0)
    /// How many characters are there while a mark of the cut still fits.
    var fitting = 0
    func append(_ scalar: Unicode.Scalar) {
      result.append(scalar)
      length += 1
      columns += scalar.columns
      if columns < width { fitting = length }
    }
    var isAfterSpace = false
    for scalar in unicodeScalars {
      if scalar.isSpace {
        isAfterSpace = length > 0
        continue
      }
      if isAfterSpace { append(" ") }
      isAfterSpace = false
      append(scalar)
      if columns > width { return String(result.prefix(fitting)) + "…" }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool {
    value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }
}
