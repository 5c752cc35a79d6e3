// Encodings as Python tells them (PEP 263).

import PythonSyntax
import SourceText
import Testing

struct DecodingTests {
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private func text(_ bytes: [UInt8]) throws(DecodingFailure) -> String {
    let file = try decodePython(bytes, path: "encoded.py")
    return String(decoding: file.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "# -*- coding: latin-1 -*-", "# coding=ISO_8859_1",
    "#!/usr/bin/python\n# vim: coding:iso8859-1",
    "\u{0C}  # encoding: l1", "# coding: iso-latin-1-unix", "\n#coding:cp819", "\r\n#coding:latin1",
  ])
  func latin1(comment: String) throws {
    #expect(try text(Array(comment.utf8) + Array("\nx = '".utf8) + [0xE9]) == comment + "\nx = 'é")
  }

  @Test(
    arguments: [
      ("ascii", [0x41], "A"), ("us-ascii", [0x41], "A"), ("utf-8", [0xC3, 0xA9], "é"),
      ("utf8", [0xE2, 0x82, 0xAC], "€"), ("UTF_8", [0xF0, 0x9F, 0x98, 0x80], "😀"),
      ("cp1252", [0x80, 0x9F, 0xE9], "€Ÿé"), ("windows-1252", [0x95], "•"),
      ("iso-8859-15", [0xA4, 0xBD, 0xE9], "€œé"), ("latin-9", [0xA6], "Š"),
      ("iso-8859-2", [0xB1], "ą"), ("cp1250", [0xB9], "ą"), ("cp1251", [0xE6], "ж"),
      ("koi8-r", [0xD6], "ж"), ("latin-1", [0x80], "\u{80}"),
    ] as [(String, [UInt8], String)])
  func encodings(name: String, bytes: [UInt8], expected: String) throws {
    let header = "# coding: \(name)\n"
    #expect(try text(Array(header.utf8) + bytes) == header + expected)
  }

  @Test func aByteOrderMarkIsNoText() throws {
    #expect(try text(Self.mark + Array("x = 1".utf8)) == "x = 1")
    #expect(try text(Self.mark + Array("# coding: utf-8\n".utf8)) == "# coding: utf-8\n")
  }

  @Test func declarationsCountInTheFirstTwoLinesOnly() throws {
    #expect(
      try text(Array("x = 1\n# coding: latin-1\n'é'".utf8)) == "x = 1\n# coding: latin-1\n'é'")
    #expect(try text(Array("#\n#\n# coding: nonsense\n".utf8)) == "#\n#\n# coding: nonsense\n")
    #expect(try text(Array("x = 1 # coding: nonsense\n".utf8)) == "x = 1 # coding: nonsense\n")
    #expect(try text(Array("# coding and encoding\n".utf8)) == "# coding and encoding\n")
  }

  @Test(
    arguments: [
      (Array("x = 1\n\0".utf8), 2, "line 2 holds a NUL byte"),
      (Array("# coding: latin-1\n\n\0".utf8), 3, "line 3 holds a NUL byte"),
      (
        Array("a\r\nb\rc\n'".utf8) + [0xE9, 0x27], 4,
        "line 4 is not UTF-8: byte 0xE9; save the file as UTF-8 or declare its encoding"
      ),
      (
        Array(repeating: 0x41, count: 20) + [0xC0, 0x80], 1,
        "line 1 is not UTF-8: byte 0xC0; save the file as UTF-8 or declare its encoding"
      ),
      (
        [0xED, 0xA0, 0x80], 1,
        "line 1 is not UTF-8: byte 0xED; save the file as UTF-8 or declare its encoding"
      ),
      (
        [0xF4, 0x90, 0x80, 0x80], 1,
        "line 1 is not UTF-8: byte 0xF4; save the file as UTF-8 or declare its encoding"
      ),
      (
        [0xE2, 0x82], 1,
        "line 1 is not UTF-8: byte 0xE2; save the file as UTF-8 or declare its encoding"
      ),
      (Array("# coding: utf-8\n".utf8) + [0xFF], 2, "line 2 is not utf-8: byte 0xFF"),
      (Array("# coding: ascii\né".utf8), 2, "line 2 is not ascii: byte 0xC3"),
      (Array("# coding: cp1252\n".utf8) + [0x81], 2, "line 2 is not cp1252: byte 0x81"),
      (
        Array("\n# coding: klingon\n".utf8), 2,
        "unknown encoding 'klingon'; save the file as UTF-8"
      ),
      (
        mark + Array("# coding: latin-1\n".utf8), 1,
        "the file begins with UTF-8's byte order mark but declares 'latin-1'"
      ),
    ] as [([UInt8], Int, String)])
  func failures(bytes: [UInt8], line: Int, message: String) throws {
    let failure = #expect(throws: DecodingFailure.self) { try text(bytes) }
    #expect(failure?.message == message)
    #expect(failure?.line == line)
  }
}
