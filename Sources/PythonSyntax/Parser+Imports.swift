// Import statements (Language Reference 7.11).

import SourceText

extension Parser {
  mutating func importStatement() -> Statement {
    advance()
    let first = module.importedNames.count
    repeat {
      let start = tokenStart
      let name = dottedName()
      addImportedName(name, from: start)
    } while accept(.comma)
    return .import(importedNames(from: first))
  }

  mutating func importFromStatement() -> Statement {
    advance()
    var level: UInt32 = 0
    while kind == .dot || kind == .ellipsis {
      level += kind == .dot ? 1 : 3
      advance()
    }
    let source = kind == .name || level == 0 ? dottedName() : nil
    expect(.import, "'import'")
    let first = module.importedNames.count
    if kind == .star {
      let start = tokenStart
      advance()
      let star = Identifier(index: names.intern([UInt8(ascii: "*")]))
      module.importedNames.append(
        ImportedName(
          name: star, alias: nil, range: SourceRange(start: start, end: previousEnd)))
    } else if accept(.leftParenthesis) {
      repeat {
        guard kind != .rightParenthesis || module.importedNames.count == first else { break }
        importedName()
      } while accept(.comma)
      expect(.rightParenthesis, "',' or ')'")
    } else {
      repeat { importedName() } while accept(.comma)
    }
    return .importFrom(module: source, level: level, importedNames(from: first))
  }

  private mutating func importedName() {
    let start = tokenStart
    let name = identifier()
    addImportedName(name, from: start)
  }

  private mutating func addImportedName(_ name: Identifier, from start: UInt32) {
    let alias = accept(.as) ? identifier() : nil
    module.importedNames.append(
      ImportedName(
        name: name, alias: alias, range: SourceRange(start: start, end: max(start, previousEnd))
      ))
  }

  private func importedNames(from first: Int) -> NodeList<ImportedName> {
    NodeList(start: UInt32(first), count: UInt32(module.importedNames.count - first))
  }

  /// `a.b.c` as one identifier, without the white space that may stand around the dots.
  private mutating func dottedName() -> Identifier {
    let start = tokenStart
    let first = identifier()
    guard kind == .dot else { return first }
    while accept(.dot) { _ = identifier() }
    let spelling = bytes[Int(start)..<Int(max(start, previousEnd))].filter {
      $0 == UInt8(ascii: ".") || Lexer.continuesName($0)
    }
    return Identifier(index: names.intern(spelling))
  }
}
