// Holds the ini reader equal to Python's configparser, by hand and on random texts.

import Alembic
import Foundation
import SourceText
import Testing

@Suite struct IniFileTests {
  private func ini(
    _ text: String, defaults: [String: String] = [:]
  ) throws(ProjectFailure) -> IniFile {
    try IniFile(SourceFile(path: "alembic.ini", text: text), defaults: defaults)
  }

  @Test func valuesContinueOnIndentedLines() throws {
    let file = try ini(
      """
      [alembic]
      version_locations =
          one
          # a comment

          two
      Script_Location : here
      """)
    #expect(try file.value("version_locations", in: "alembic") == "\none\n\ntwo")
    #expect(try file.value("SCRIPT_LOCATION", in: "alembic") == "here")
    #expect(try file.value("nothing", in: "alembic") == nil)
  }

  @Test func interpolationFollowsOptionsAndDefaults() throws {
    let file = try ini(
      "[DEFAULT]\nroot = /srv\n[alembic]\na = %(b)s/x\nb = %(root)s/%(here)s 100%%\n",
      defaults: ["here": "h"])
    #expect(try file.value("a", in: "alembic") == "/srv/h 100%/x")
  }

  @Test(arguments: [
    ("[a]\nx = 1\nx = 2\n", 3), ("[a]\n[b]\n[a]\n", 3), ("x = 1\n", 1), ("[a]\nnonsense\n", 2),
    ("[a]\n= 1\n", 2),
  ])
  func damageHasItsLine(text: String, line: Int) {
    let failure = #expect(throws: ProjectFailure.self) { try ini(text) }
    #expect(failure?.location?.start.line == line)
  }

  @Test(arguments: [
    "%(missing)s", "%x", "50%", "%(x", "%(x)", "%()s", "%(loop)s", "%(deep)s",
  ])
  func brokenInterpolationHasItsLine(value: String) throws {
    let file = try ini("[a]\nloop = %(loop)s\ndeep = %(loop)s\nx = \(value)\n")
    let failure = #expect(throws: ProjectFailure.self) { try file.value("x", in: "a") }
    #expect(failure?.location?.start.line == 4)
  }

  @Test func optionsThatMultiplyAreRefused() throws {
    let references = (0..<60).map { _ in "%(NEXT)s" }.joined()
    let lines = (0..<9).map { "a\($0) = " + references.replacing("NEXT", with: "a\($0 + 1)") }
    let file = try ini("[a]\n" + lines.joined(separator: "\n") + "\na9 = x\n")
    #expect(throws: ProjectFailure.self) { try file.value("a0", in: "a") }
  }

  /// Each line of the script's output: the text, and what configparser makes of it.
  private struct Case: Decodable {
    var text: String
    var refused: Bool
    /// By section and option; nil where the interpolation is refused.
    var values: [String: [String: String?]]
  }

  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"))
  func randomTextsAreReadAsByConfigparser() throws {
    let cases = try runPython(script).split(separator: 0x0A)
      .map { try JSONDecoder().decode(Case.self, from: $0) }
    #expect(cases.count == 2_000)
    #expect(cases.contains { !$0.refused && !$0.values.isEmpty })
    for expected in cases {
      let file = try? ini(expected.text, defaults: ["here": "/h"])
      #expect((file == nil) == expected.refused, "\(expected.text)")
      guard let file else { continue }
      for (section, options) in expected.values {
        #expect(file.names(in: section) == options.keys.sorted(), "\(expected.text)")
        for (name, value) in options {
          let ours = try? file.value(name, in: section)
          #expect(ours == value, "\(name) of \(expected.text)")
        }
      }
    }
  }

  private let script = """
    import configparser, json, random
    rng = random.Random(7)
    pieces = ["[a]", "[b]", "[DEFAULT]", "[a] x", "[]", "[a", "x = 1", "y: 2", "X = 3", "z=", "= 4",
        "x", "  more", "\\tmore = 1", "# note", "; note", "   # note", "", "   ", "x = %(y)s",
        "y = %(x)s", "z : %%(x)s %(here)s", "w = a = b : c", "v = %(nope)s", "v = %", "u = [q]",
        "t = 5 ; no comment", "  ; inside", "s = %(t)s%(t)s", "[a]]", "  [c]", "  r = 1", "k k = 1"]
    for _ in range(2000):
        lines = [rng.choice(pieces) for _ in range(rng.randint(1, 9))]
        if rng.random() < 0.7: lines.insert(0, "[a]")
        text = rng.choice(["\\n", "\\n", "\\r\\n"]).join(lines) + rng.choice(["", "\\n"])
        parser = configparser.ConfigParser({"here": "/h"})
        values = {}
        try:
            parser.read_string(text.replace("\\r\\n", "\\n"))
            refused = False
            for section in parser.sections():
                values[section] = {}
                for name in parser.options(section):
                    try: values[section][name] = parser.get(section, name)
                    except configparser.Error: values[section][name] = None
        except configparser.Error:
            refused = True
        print(json.dumps({"text": text, "refused": refused, "values": values}))
    """
}
