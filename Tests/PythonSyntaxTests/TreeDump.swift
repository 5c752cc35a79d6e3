// Our syntax tree in the canonical text that `CPythonTrees` makes of CPython's `ast`.

import Foundation
import PythonSyntax
import SourceText

/// Writes `Type@line,column,line,column(field,…)`: lines and columns as in CPython's nodes (columns
/// are bytes from 0), `-` for None. A field that only newer versions have is left out when empty.
struct TreeDump {
  enum Context: String {
    case load = "Load"
    case store = "Store"
    case delete = "Del"
  }

  let module: PythonModule
  /// CPython tells the places inside f-strings from 3.12 on.
  let placesInStrings: Bool
  private(set) var output: [UInt8] = []
  private let lineStarts: [Int]
  var insideString = false
  /// A named escape is somewhere in the literal, whose value is then not compared.
  var hasNamedEscape = false

  init(_ module: PythonModule, placesInStrings: Bool) {
    self.module = module
    self.placesInStrings = placesInStrings
    var starts = [0]
    let bytes = module.source.bytes
    for (index, byte) in bytes.enumerated() {
      let isEnd =
        byte == 0x0A || byte == 0x0D && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A)
      if isEnd { starts.append(index + 1) }
    }
    lineStarts = starts
  }

  static func text(of module: PythonModule, placesInStrings: Bool = true) -> [UInt8] {
    var dump = TreeDump(module, placesInStrings: placesInStrings)
    dump.write("Module(")
    dump.block(module.body)
    dump.write(")")
    return dump.output
  }

  mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { output.append(contentsOf: $0) }
  }

  mutating func write(text: String) { output.append(contentsOf: text.utf8) }

  mutating func open(_ type: StaticString, _ range: SourceRange) {
    write(type)
    if placesInStrings || !insideString { place(range) }
    write("(")
  }

  private mutating func place(_ range: SourceRange) {
    let start = position(range.start)
    let end = position(range.end)
    write(text: "@\(start.0),\(start.1),\(end.0),\(end.1)")
  }

  private func position(_ offset: UInt32) -> (Int, Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= Int(offset) { low = middle } else { high = middle }
    }
    return (low + 1, Int(offset) - lineStarts[low])
  }

  mutating func name(_ id: Identifier?) {
    guard let id else { return write("-") }
    let text = module.text(of: id)
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    write(text: isASCII ? text : text.precomposedStringWithCompatibilityMapping)
  }

  mutating func list<Elements: Collection>(
    _ elements: Elements, _ body: (inout TreeDump, Elements.Element) -> Void
  ) {
    write("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { write(",") }
      body(&self, element)
    }
    write("]")
  }

  mutating func block(_ statements: Block) {
    list(module[statements]) { $0.statement($1) }
  }

  mutating func expressions(_ list: NodeList<ExpressionID>, _ context: Context = .load) {
    self.list(module[list]) { $0.expression($1, context) }
  }

  mutating func optional(_ id: ExpressionID?) {
    if let id { expression(id) } else { write("-") }
  }

  func byte(at offset: UInt32) -> UInt8 {
    Int(offset) < module.source.bytes.count ? module.source.bytes[Int(offset)] : 0
  }
}
