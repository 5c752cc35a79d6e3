// A line of the .py file with the place underlined.

import SourceText

extension TerminalStyle {
  /// The first line of a place and a rule under it; empty where the text is not at hand.
  func excerpt(of location: SourceLocation, in source: SourceFile?, tone: Tone) -> [String] {
    guard let source else { return [] }
    let line = source.lineText(location.start.line).unicodeScalars
    let count = line.count
    let continues = location.end.line > location.start.line
    let start = min(location.start.column - 1, count)
    let end = continues ? count : min(max(start + 1, location.end.column - 1), count)
    let window = window(of: count, around: start)
    let places = [window.lowerBound, start, max(start, min(end, window.upperBound))]
    let edges = (places + [max(places[2], window.upperBound)]).map {
      line.index(line.startIndex, offsetBy: $0)
    }
    let before = String(line[edges[0]..<edges[1]]).harmless
    let marked = String(line[edges[1]..<edges[2]]).harmless
    let after = String(line[edges[2]..<edges[3]]).harmless
    let cut = (window.lowerBound > 0 ? "…" : "", window.upperBound < count ? "…" : "")
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
}
