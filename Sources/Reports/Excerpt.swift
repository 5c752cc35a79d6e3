// A line of the .py file with the place underlined.

import SourceText

extension TerminalStyle {
  /// The first line of a place and a rule under it; empty where the text is not at hand.
  func excerpt(of location: SourceLocation, in source: SourceFile?, tone: Tone) -> [String] {
    guard let source else { return [] }
    let line = Array(source.lineText(location.start.line).unicodeScalars)
    let continues = location.end.line > location.start.line
    let start = min(location.start.column - 1, line.count)
    let end = continues ? line.count : min(max(start + 1, location.end.column - 1), line.count)
    let window = window(of: line.count, around: start)
    let before = text(line, window.lowerBound..<start)
    let marked = text(line, start..<max(start, min(end, window.upperBound)))
    let after = text(line, max(end, start)..<max(end, start, window.upperBound))
    let cut = (window.lowerBound > 0 ? "…" : "", window.upperBound < line.count ? "…" : "")
    let indent = String(repeating: " ", count: before.columns + cut.0.count)
    let mark = String(repeating: "^", count: max(1, marked.columns))
    let number = String(location.start.line)
    let gutter = String(repeating: " ", count: number.count)
    return [
      "\(paint(number + " │", .quiet)) \(cut.0)\(before)\(marked)\(after)\(cut.1)",
      "\(paint(gutter + " │", .quiet)) \(indent)\(paint(mark + (continues ? " …" : ""), tone))",
    ]
  }

  /// The part of a line that fits, with the start of the place in it.
  private func window(of count: Int, around start: Int) -> Range<Int> {
    let room = max(20, width - 14)
    guard count > room else { return 0..<count }
    let first = start < room * 2 / 3 ? 0 : start - room / 3
    return first..<min(count, first + room)
  }

  private func text(_ line: [Unicode.Scalar], _ range: Range<Int>) -> String {
    var result = String.UnicodeScalarView()
    let range = range.clamped(to: 0..<line.count)
    result.append(contentsOf: line[range])
    return String(result).harmless
  }
}

extension String {
  /// How many columns of a terminal the text takes: two for East Asian wide characters and pictures,
  /// none for marks that combine with the character before.
  var columns: Int {
    unicodeScalars.reduce(0) { $0 + $1.columns }
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
