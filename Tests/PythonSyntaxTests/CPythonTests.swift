// The whole tree (every node, field, line and column) against CPython's own `ast`.

import Foundation
import PythonSyntax
import SourceText
import Testing

/// `BACKOUT_TEST_PYTHON` names the interpreter, 3.10 or later. Without `BACKOUT_TEST_ALL` a part of
/// the files is read, which takes seconds; with it all of them. `BACKOUT_TEST_PYTHON_FILES` names a
/// file that lists further ones, whose grammar may be newer than the interpreter's.
struct CPythonTests {
  private static let isComplete =
    ProcessInfo.processInfo.environment["BACKOUT_TEST_ALL"] != nil

  @Test func standardLibrary() throws {
    let files = CPythonTrees.standardLibrary()
    try #require(files.count > 200)
    let step = Self.isComplete ? 1 : 25
    compare(stride(from: 0, to: files.count, by: step).map { files[$0] }, refusalsCount: true)
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON_FILES"] != nil))
  func listedFiles() throws {
    let list = ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON_FILES"] ?? ""
    let files = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
    compare(files.map(String.init), refusalsCount: true)
  }

  private func compare(_ files: [String], refusalsCount: Bool) {
    var trees = 0
    CPythonTrees.forEach(files) { path, answer in
      let bytes = (FileManager.default.contents(atPath: path)).map { [UInt8]($0) } ?? []
      let module = (try? decodePython(bytes, path: path)).map(parsePython)
      switch answer {
      case .tree(let expected):
        trees += 1
        guard let module else {
          Issue.record("\(path): not decoded")
          return
        }
        if let problem = module.diagnostics.first {
          Issue.record("\(path):\(problem.location.start.line): \(problem.message)")
          return
        }
        let actual = TreeDump.text(
          of: module, placesInStrings: CPythonTrees.placesInStrings)
        if actual != expected { report(path, actual, expected) }
      case .refused(let reason):
        if refusalsCount, let module, module.diagnostics.isEmpty {
          Issue.record("\(path): accepted, but CPython says \(reason)")
        }
      }
    }
    #expect(trees > files.count * 9 / 10)
  }

  private func report(_ path: String, _ actual: [UInt8], _ expected: [UInt8]) {
    let common = zip(actual, expected).prefix { $0 == $1 }.count
    let start = max(0, common - 80)
    let ours = String(decoding: actual[start..<min(actual.count, common + 60)], as: UTF8.self)
    let theirs = String(
      decoding: expected[start..<min(expected.count, common + 60)], as: UTF8.self)
    Issue.record("\(path):\n  ours    \(ours)\n  CPython \(theirs)")
  }
}
