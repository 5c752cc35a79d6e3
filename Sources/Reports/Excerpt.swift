// A line of the .py file with the place underlined.

import SourceText

extension TerminalStyle {
  /// The first line of a place and a rule under it; nil where the text is not at hand.
  func excerpt(of location: SourceLocation, in source: SourceFile?, tone: Tone) -> [String] {
    guard let source else { return [] }
    let line = source.lineText(location.start.line)
    let visible = String(line.prefix(max(20, width - 12)))
    let continues = location.end.line > location.start.line
    let lineLength = line.unicodeScalars.count
    let start = min(location.start.column, lineLength + 1)
    let end = continues ? lineLength + 1 : max(start + 1, location.end.column)
    let shown = min(end, visible.unicodeScalars.count + 1)
    let number = String(location.start.line)
    let gutter = String(repeating: " ", count: number.count)
    let indent = visible.unicodeScalars.prefix(start - 1).map { $0 == "\t" ? " " : " " }.joined()
    let mark = String(repeating: "^", count: max(1, shown - start))
    return [
      "\(paint(number + " │", .quiet)) \(visible.harmless)",
      "\(paint(gutter + " │", .quiet)) \(indent)\(paint(mark + (continues ? " …" : ""), tone))",
    ]
  }
}
