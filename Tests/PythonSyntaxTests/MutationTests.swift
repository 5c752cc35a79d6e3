// Damaged input of all kinds: the parser always ends, never traps, and its places nest.

import Foundation
import PythonSyntax
import SourceText
import Testing

/// `BACKOUT_TEST_ALL` runs 100,000 mutations instead of a few thousand.
struct MutationTests {
  private static let count =
    ProcessInfo.processInfo.environment["BACKOUT_TEST_ALL"] != nil ? 25_000 : 500

  @Test func sampleIsWhole() {
    let module = parsePython(SourceFile(path: "sample.py", text: GrammarSample.text))
    #expect(module.diagnostics == [])
    #expect(TreeInvariants.problems(of: module) == [])
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func mutations(seed: UInt64) {
    var random = SplitMix(state: seed)
    let lines = GrammarSample.text.split(separator: "\n", omittingEmptySubsequences: false)
    for number in 0..<Self.count {
      let start = Int(random.next() % UInt64(lines.count))
      let end = min(lines.count, start + 1 + Int(random.next() % 40))
      var bytes = Array(lines[start..<end].joined(separator: "\n").utf8)
      for _ in 0...random.next() % 4 { mutate(&bytes, &random) }
      let module = parsePython(SourceFile(path: "mutated.py", bytes: bytes))
      let problems = TreeInvariants.problems(of: module)
      if !problems.isEmpty {
        let text = String(decoding: bytes, as: UTF8.self)
        Issue.record("seed \(seed), mutation \(number): \(problems) in \(text.debugDescription)")
        return
      }
      _ = TreeDump.text(of: module)
    }
  }

  private static let inserts: [String] = [
    "(", ")", "[", "]", "{", "}", ":", ",", ";", ".", "=", ":=", "->", "*", "**", "@", "!", "!=",
    "'", "\"", "'''", "\"\"\"", "f'", "f\"\"\"", "t'", "rb'", "\\", "\\\n", "\n", "\r", "\r\n",
    "\t", " ", "    ", "\u{0C}", "#", "\0", "é", "\u{FEFF}", "0", "0x", "1_", "1e", "lambda ",
    "if ", "else ", "for ", "in ", "not ", "async ", "await ", "yield ", "match ", "case ",
    "type ", "def ", "class ", "with ", "try:", "except ", "finally:", "import ", "from ",
    "return ", "as ", "del ", "_", "None", "{x!r:>{y}}", "\\N{", "\\x1", "print x",
  ]

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let offset = Int(random.next() % UInt64(bytes.count))
    let length = min(bytes.count - offset, 1 + Int(random.next() % 12))
    switch random.next() % 6 {
    case 0: bytes.removeSubrange(offset..<offset + length)
    case 1: bytes[offset] = UInt8(truncatingIfNeeded: random.next())
    case 2: bytes.insert(contentsOf: Array(bytes[offset..<offset + length]), at: offset)
    case 3: bytes.removeSubrange(offset...)
    default:
      let insert = Self.inserts[Int(random.next() % UInt64(Self.inserts.count))]
      bytes.insert(contentsOf: insert.utf8, at: offset)
    }
  }
}

/// A small generator with a fixed sequence for each seed (Steele, Lea and Flood, 2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
