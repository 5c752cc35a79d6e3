// The values of literals; expected values are CPython's.

import PythonSyntax
import SourceText
import Testing

struct LiteralTests {
  private func value(_ text: String) throws -> (PythonModule, ExpressionID) {
    let module = parsePython(SourceFile(path: "literal.py", text: text + "\n"))
    #expect(module.diagnostics == [])
    let statement = try #require(module[module.body].first)
    guard case .expression(let id) = module[statement] else {
      throw Missing()
    }
    return (module, id)
  }

  private struct Missing: Error {}

  private func string(_ text: String) throws -> String? {
    let (module, id) = try value(text)
    guard case .string(let string) = module[id] else { throw Missing() }
    return module.string(string)
  }

  @Test(
    arguments: [
      (#"'plain'"#, "plain"),
      (#"'a' "b" '''c'''"#, "abc"),
      (#"'\a\b\t\n\v\f\r\\\'\"'"#, "\u{7}\u{8}\t\n\u{B}\u{C}\r\\'\""),
      (#"'\x41\u00e9\U0001f600'"#, "Aé😀"),
      (#"'\0\12\1234\777'"#, "\0\nS4\u{1FF}"),
      (#"'\8 \w \%'"#, #"\8 \w \%"#),
      (#"r'\n\''"#, #"\n\'"#),
      (#"R'\x' u'é' "" U"ü""#, #"\xéü"#),
      ("'a\\\nb'", "ab"),
      ("'a\\\r\nb'", "ab"),
      ("'''a\r\nb\rc\nd'''", "a\nb\nc\nd"),
      ("r'''a\r\nb\rc'''", "a\nb\nc"),
      ("('a'\n  # comment\n  'b')", "ab"),
      (#"r'\'  'x'"#, nil),
    ] as [(String, String?)])
  func strings(text: String, expected: String?) throws {
    guard let expected else {
      #expect(!parsePython(SourceFile(path: "literal.py", text: text)).diagnostics.isEmpty)
      return
    }
    #expect(try string(text) == expected)
  }

  /// Not known is nil, never something else.
  @Test(arguments: [#"'\N{BULLET}'"#, #"'a' '\ud800'"#, #"'\udc00'"#, #"'\ud83d\ude00'"#])
  func unknownStrings(text: String) throws {
    #expect(try string(text) == nil)
  }

  @Test(
    arguments: [
      (#"b'ab' b"c""#, [97, 98, 99]),
      (#"b'\x00\xff\n\101\777\u0041'"#, [0, 255, 10, 65, 255] + Array(#"\u0041"#.utf8)),
      (#"rb'\x00'"#, Array(#"\x00"#.utf8)),
      (#"Br"\N{x}""#, Array(#"\N{x}"#.utf8)),
      (#"b'\N{x}'"#, Array(#"\N{x}"#.utf8)),
    ] as [(String, [UInt8])])
  func bytes(text: String, expected: [UInt8]) throws {
    let (module, id) = try value(text)
    guard case .bytes(let string) = module[id] else { throw Missing() }
    #expect(module.bytes(string) == expected)
  }

  @Test(
    arguments: [
      ("0", 0), ("00", 0), ("0_0", 0), ("7", 7), ("1_000_000", 1_000_000), ("0xFf", 255),
      ("0X_ff", 255), ("0o17", 15), ("0O17", 15), ("0b101", 5), ("0B1_0", 2),
      ("9223372036854775807", Int.max), ("0x7fffffffffffffff", Int.max),
      ("9223372036854775808", nil), ("0xffffffffffffffffffff", nil),
      ("123456789012345678901234567890", nil),
    ] as [(String, Int?)])
  func integers(text: String, expected: Int?) throws {
    let (module, id) = try value(text)
    guard case .integer = module[id] else { throw Missing() }
    #expect(module.integer(id) == expected)
    #expect(module.float(id) == nil)
  }

  @Test(
    arguments: [
      ("1.", 1), (".5", 0.5), ("1e3", 1000), ("1E-2", 0.01), ("1_0.0_1e1_0", 10.01e10),
      ("01.5", 1.5), ("1e999", .infinity), ("0.1", 0.1), ("2j", 2), ("1.5e1J", 15),
      ("5e-324", .leastNonzeroMagnitude), ("1e-999", 0),
    ] as [(String, Double)])
  func floats(text: String, expected: Double) throws {
    let (module, id) = try value(text)
    #expect(module.float(id) == expected)
    #expect(module.integer(id) == nil)
  }
}
