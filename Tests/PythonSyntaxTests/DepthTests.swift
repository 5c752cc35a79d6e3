// Source made to exhaust the stack or the time.

import Foundation
import PythonSyntax
import SourceText
import Testing

struct DepthTests {
  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  /// Prefix, middle and suffix of something that nests in itself.
  private static let nests: [(String, String, String)] = [
    ("x = ", "(", ")"), ("x = ", "(a or b and c == d | e ^ f & g << h + i * ", ")"),
    ("x = ", "f(a, ", ")"), ("x = ", "f(a=", ")"), ("x = ", "[a, ", "]"),
    ("x = ", "[a for a in ", "]"), ("x = ", "{1: ", "}"), ("x = ", "a[1:", "]"),
    ("x = ", "lambda: ", ""), ("x = ", "lambda a=", ": 1"), ("x = ", "a if b else ", ""),
    ("x = ", "-", ""), ("x = ", "not ", ""), ("x = ", "a ** ", ""), ("x = ", "f'{", "}'"),
    ("x = ", "f'{a:{", "}}'"), ("x = ", "(*", ",)"), ("x = ", "{**", "}"),
    ("x = ", "(yield ", ")"), ("x = ", "(a := ", ")"), ("with ", "(", ")"),
    ("match ", "(", ")"), ("del ", "(", ",)"), ("@", "(", ")"), ("class A", "(B(", "))"),
  ]

  /// A run on a stack of 512 KiB, as secondary threads have on some systems.
  private func onSmallStack<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: body()) }
      thread.stackSize = 512 * 1024
      thread.start()
    }
  }

  @Test(arguments: nests, [140, 5_000])
  func nesting(nest: (String, String, String), depth: Int) async {
    let suffixes = ["@": "\ndef f(): pass", "with ": ": pass", "match ": ":\n case _: pass"]
    let suffix = suffixes[nest.0] ?? ""
    let text =
      nest.0 + Self.repeated(nest.1, depth) + "1" + Self.repeated(nest.2, depth) + suffix
      + "\nrest = 1\n"
    let problems = await onSmallStack {
      let module = parsePython(SourceFile(path: "deep.py", text: text))
      let isRead = module[module.body].last.map { id in
        if case .assign = module[id] { true } else { false }
      }
      return (module.diagnostics.map(\.message), isRead)
    }
    #expect(problems.1 == true)
    if depth > 1_000 {
      #expect(problems.0.count == 1)
      #expect(problems.0.first?.contains("nested too deeply") == true)
    }
  }

  @Test(arguments: ["if x", "while x", "for a in b", "with a", "def f()", "class A"])
  func blocks(header: String) async {
    let lines = (0..<1_000).map { Self.repeated(" ", $0) + header + ":\n" }.joined()
    let text = lines + Self.repeated(" ", 1_000) + "pass\nrest = 1\n"
    let problems = await onSmallStack {
      let module = parsePython(SourceFile(path: "deep.py", text: text))
      return (module.diagnostics.map(\.message), module[module.body].count)
    }
    #expect(problems.0 == ["nested too deeply: more than 150 levels"])
    #expect(problems.1 == 2)
  }

  @Test(arguments: ["a + ", "a.b", "f(1)", "a and ", "a < "])
  func chains(link: String) throws {
    for (count, isSound) in [(400, true), (5_000, link == "a and " || link == "a < ")] {
      let isOperator = link.hasSuffix(" ")
      let chain =
        isOperator
        ? Self.repeated(link, count) + "1"
        : "x" + Self.repeated(String(link.dropFirst()), count)
      let module = parsePython(SourceFile(path: "chain.py", text: chain + "\n"))
      #expect(module.diagnostics.isEmpty == isSound)
      #expect(TreeInvariants.problems(of: module) == [])
    }
  }

  @Test func elifChainsAreFlat() async throws {
    let text = "if a: pass\n" + Self.repeated("elif b: pass\n", 20_000) + "else: pass\n"
    let counts = await onSmallStack {
      let module = parsePython(SourceFile(path: "elif.py", text: text))
      guard let first = module[module.body].first else { return (0, 0, 1) }
      let (branches, otherwise) = module.branches(of: first)
      return (branches.count, module[otherwise].count, module.diagnostics.count)
    }
    #expect(counts == (20_001, 1, 0))
  }

  /// Twice the text takes about twice the time; a quadratic reader would take minutes here.
  @Test(arguments: [
    "match(x);", "match(x)\n", "with (a, b): pass\n", "x = (1,\n", "'''", "\"\"\"a\n", "f'{",
    "f'''{\n",
    "\\\n", "(\n", "f(a=", "lambda a=", "[x for x in ", "elif x:\n", "else:\n", "  x\n y\n",
    "\t\n x\n", "a.", "a, ", "a = ", "\"\\N{", "f'\\N{", "é", "#coding", "0x", "1_", "@a\n",
    "class ", "async ", "if x: ", "(yield ", "match x:\n case ", "}", ")", "'\\", "f'{x!r:{",
    "t'''{x:{y", "\u{0C}", "\"\"\"\\\"\"\"\n",
  ])
  func timeIsLinear(unit: String) {
    let text = Self.repeated(unit, 200_000 / unit.utf8.count)
    let time = ContinuousClock().measure {
      _ = parsePython(SourceFile(path: "long.py", text: text))
    }
    #expect(time < .seconds(60))
  }

  /// Names whose hashes collide: the same low bits for each of them.
  @Test func collidingNamesTakeNoLonger() {
    var state: UInt32 = 1
    var text = ""
    for _ in 0..<60_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      text += "n\(String(state, radix: 36)) = "
    }
    let module = parsePython(SourceFile(path: "names.py", text: text + "1\n"))
    #expect(module.diagnostics == [])
  }
}
