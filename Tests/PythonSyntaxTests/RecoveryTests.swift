// Damage is a diagnostic at its place, and the rest of the file is in the tree.

import Foundation
import PythonSyntax
import SourceText
import Testing

struct RecoveryTests {
  /// A damaged file: the place of the damage stands between `‹` and `›`.
  struct Damage: CustomTestStringConvertible {
    var text: String
    var message: String
    /// The functions that are still read, in order.
    var functions: [String]
    var testDescription: String { text }

    init(_ text: String, _ message: String, functions: [String] = ["downgrade"]) {
      self.text = text
      self.message = message
      self.functions = functions
    }
  }

  private static let rest = "\ndef downgrade():\n    op.drop_table('a')\n"

  static let damages: [Damage] = [
    Damage("x = ‹›\n", "expected an expression, not the end of the line"),
    Damage("x = 1 ‹2›\n", "unexpected '2'"),
    Damage("x = ‹)›\n", "unmatched ')'"),
    Damage("x = (1‹]›\n", "']' does not match the opening '('"),
    Damage("x = ‹'abc›\n", "a string has no closing quote"),
    Damage("x = ‹\"\"\"abc›\n", "a triple-quoted string has no closing quote"),
    Damage("x = ‹f'''a›\n", "a triple-quoted string has no closing quote"),
    Damage("x = f'‹abc›\n", "a formatted string has no closing quote"),
    Damage("x = f'{a:>‹'›\n", "a formatted string ends before its '}'"),
    Damage("x = f'a‹}›b'\n", "a single '}' in a formatted string"),
    Damage("x = f'{‹}›'\n", "expected an expression, not '}'"),
    Damage("x = f'{a!‹b›}'\n", "expected 's', 'r' or 'a' right behind '!'"),
    Damage("x = '‹\\x›4'\n", "a malformed escape sequence in a string literal"),
    Damage("x = b'‹\\x›4'\n", "a malformed escape sequence in a bytes literal"),
    Damage("x = '‹\\U›00110000'\n", "a malformed escape sequence in a string literal"),
    Damage("x = ‹b'é'›\n", "a bytes literal holds ASCII characters only"),
    Damage("x = ‹b'a' 'b'›\n", "bytes and text literals cannot be joined"),
    Damage("x = ‹t'a' 'b'›\n", "t-strings and other literals cannot be joined"),
    Damage("x = ‹(›1,\n", "'(' was never closed"),
    Damage("op.f(a, [1, ‹{›2: 3\n", "'{' was never closed"),
    Damage(
      "x = ‹0777›\n", "leading zeros in a decimal number; an octal number is written with 0o '0777'"
    ),
    Damage("x = ‹1_›\n", "invalid decimal number '1_'"),
    Damage("x = ‹10L›\n", "invalid number '10L'"),
    Damage("x = a ‹?› b\n", "invalid character '?'"),
    Damage("x = ‹“›a”\n", "invalid character '“' (U+201C)"),
    Damage("x = a ‹\\› b\n", "unexpected character after the line continuation '\\'"),
    Damage("‹print› 'x'\n", "'print' is a function in Python 3: its parentheses are missing"),
    Damage("‹exec› code\n", "'exec' is a function in Python 3: its parentheses are missing"),
    Damage("‹f()› = 1\n", "cannot assign to a function call"),
    Damage("for ‹x + 1› in y: pass\n", "cannot assign to an expression"),
    Damage("del ‹f()›\n", "cannot delete a function call"),
    Damage("‹a, b›: int = 1\n", "cannot assign to a tuple"),
    Damage("f(a=1, ‹b›)\n", "a positional argument behind a keyword argument"),
    Damage("f(**a, ‹*b›)\n", "a positional argument behind '**'"),
    Damage(
      "f(‹x for x in y›, 1)\n", "a generator expression beside other arguments needs parentheses"),
    Damage("x = (‹*a›)\n", "a starred expression cannot stand here"),
    Damage("if x‹›\n    pass\n", "expected ':'"),
    Damage("if x:‹›\n", "expected an indented block"),
    Damage("‹else›: pass\n", "'else' without the statement that it belongs to"),
    Damage("try:\n    pass‹›\n", "expected 'except' or 'finally' behind the block of 'try'"),
    Damage(
      "try: pass\nexcept A: pass\nexcept ‹*› B: pass\n", "'except' and 'except*' in one statement"),
    Damage(
      "try: pass\nexcept A, B ‹as› e: pass\n", "several exceptions with 'as' need parentheses"),
    Damage("match x:\n    ‹pass›\n", "expected 'case'"),
    Damage("match x:\n    case ‹+›1: pass\n", "expected a pattern, not '+'"),
    Damage("@a\n‹x› = 1\n", "expected a function or a class behind the decorators"),
    Damage("async ‹x›\n", "expected 'def', 'for' or 'with' behind 'async'"),
    Damage("x = 1\n  ‹›y = 2\n", "unexpected indentation"),
    Damage("if x:\n        y\n    ‹›z\n", "the indentation matches no enclosing block"),
    Damage(
      "if x:\n        y\n\t‹›z\n", "tabs and spaces are mixed so that the indentation is ambiguous"),
  ]

  /// The damage is at its place, once, and what stands behind it is read.
  @Test(arguments: damages)
  func isolated(damage: Damage) throws {
    let whole = damage.text + Self.rest
    let start = try #require(whole.range(of: "‹"))
    let plain = whole.filter { $0 != "‹" && $0 != "›" }
    let end = try #require(whole.range(of: "›"))
    let startOffset = whole[..<start.lowerBound].utf8.count
    let endOffset = whole[..<end.lowerBound].utf8.count - "‹".utf8.count
    let file = SourceFile(path: "damaged.py", text: plain)
    let module = parsePython(file)
    let place = file.location(
      of: SourceRange(start: UInt32(startOffset), end: UInt32(endOffset)))
    #expect(module.diagnostics == [Diagnostic(location: place, message: damage.message)])
    #expect(functions(module) == damage.functions)
    #expect(module[module.body].contains { isDamaged(module, $0) })
    #expect(TreeInvariants.problems(of: module) == [])
  }

  @Test func damageInAFunctionStaysInIt() throws {
    let module = parsePython(
      SourceFile(
        path: "damaged.py",
        text: """
          def upgrade():
              op.execute("a")
              op.execute("b" "c"
              op.execute("d")

          def downgrade():
              x = = 1
              op.execute("e")
          """))
    #expect(functions(module) == ["upgrade", "downgrade"])
    let bodies = module[module.body].compactMap { statement -> Block? in
      guard case .function(let definition) = module[statement] else { return nil }
      return module[definition].body
    }
    let shapes = bodies.map { body in
      module[body].map { statement in
        if case .damaged = module[statement] { "damaged" } else { "read" }
      }
    }
    #expect(shapes == [["read", "damaged"], ["damaged", "read"]])
    #expect(module.diagnostics.map(\.location.start.line) == [3, 7])
  }

  @Test func damagedHeaderTakesItsBlockAlong() {
    let module = parsePython(
      SourceFile(
        path: "damaged.py", text: "if x y:\n    a\nelif z:\n    b\nelse:\n    c\nd\n"))
    #expect(module.diagnostics.map(\.message) == ["expected ':'"])
    #expect(module[module.body].filter { !isDamaged(module, $0) }.count == 1)
  }

  @Test func diagnosticsAreBounded() {
    let junk = String(repeating: "a b\n", count: 10_000)
    let module = parsePython(SourceFile(path: "junk.py", text: junk))
    #expect(module.diagnostics.count == 101)
    #expect(module.diagnostics.last?.message == "further damage in this file is not listed")
  }

  private func isDamaged(_ module: PythonModule, _ id: StatementID) -> Bool {
    switch module[id] {
    case .damaged: true
    case .if(_, let body, _), .with(_, let body, _):
      module[body].contains { isDamaged(module, $0) }
    default: false
    }
  }

  private func functions(_ module: PythonModule) -> [String] {
    module[module.body].compactMap { statement in
      guard case .function(let definition) = module[statement] else { return nil }
      return module.text(of: module[definition].name)
    }
  }
}
