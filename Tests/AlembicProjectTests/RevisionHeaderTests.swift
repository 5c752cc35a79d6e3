// The forms in which migration files name their revision, checked against running the file.

import Alembic
import Foundation
import SourceText
import Testing

@Suite struct RevisionHeaderTests {
  /// The revision in a file with this text.
  private func revision(_ text: String, file: String = "x.py") throws -> Revision {
    let project = try TemporaryProject(["v/\(file)": text]).load("v/\(file)")
    return try #require(project.revisions.first, "\(project.diagnostics)")
  }

  private static let forms = [
    "revision = 'abcd'\ndown_revision = None\n",
    "revision: str = 'abcd'\ndown_revision: Union[str, None] = 'a'\n",
    "revision = 'ab' 'cd'\ndown_revision = ('a', 'b')\n",
    "revision = 'ab' + 'cd'\ndown_revision = ['a', 'b']\nbranch_labels = ('l',)\n",
    "x = 'ab'\nrevision = x + 'cd'\ndown_revision = x\ndepends_on = ['p', 'q']\n",
    "revision = f'{1}_a'\ndown_revision = '%s_%d' % ('a', 7)\n",
    "revision, down_revision = 'abcd', 'a'\n",
    "revision = down_revision = 'abcd'\ndown_revision = None\n",
    "N = 2\nrevision = 'abcd'\nif N > 1 if False else N == 2:\n    down_revision = 'two'\n"
      + "else:\n    down_revision = 'one'\n",
    "revision = 'abcd'\ndown_revision = tuple(['a', 'b'])\nbranch_labels = 'one'\n",
    "revision = str('abcd')\ndown_revision = () or None\ndepends_on = 'p' if True else None\n",
    "try:\n    revision = 'abcd'\nfinally:\n    down_revision = {'k': 'v'}['k']\n",
    "revision = 'ab\\x63d'\ndown_revision = r'a\\b'\nbranch_labels = None\n",
    "from typing import TYPE_CHECKING\nrevision = 'abcd'\ndown_revision = 'a'\n"
      + "if TYPE_CHECKING:\n    down_revision = 'b'\n",
    "revision = (\n  'abcd'\n)\ndown_revision = ['a', *['b', 'c']][1]\n",
  ]

  private struct Header: Decodable {
    var revision: String
    var down: [String]
    var dependencies: [String]
    var labels: [String]
  }

  @Test(.enabled(if: python != nil, "needs BACKOUT_TEST_PYTHON"), arguments: forms)
  func headerIsWhatRunningTheFileGives(text: String) throws {
    let script = """
      import json, sys
      from typing import Union
      from alembic.util import to_tuple
      names = {"Union": Union}
      exec(sys.argv[1], names)
      print(json.dumps({"revision": names["revision"],
          "down": to_tuple(names["down_revision"] or None, ()),
          "dependencies": to_tuple(names.get("depends_on"), ()),
          "labels": to_tuple(names.get("branch_labels"), ())}))
      """
    let expected = try JSONDecoder().decode(Header.self, from: runPython(script, text))
    let ours = try revision(text)
    #expect(ours.id == expected.revision)
    #expect(ours.downRevisions == expected.down)
    #expect(ours.dependencies == expected.dependencies)
    #expect(ours.branchLabels == expected.labels)
  }

  @Test(arguments: [
    "import os\nrevision = os.environ['R']\ndown_revision = None\n",
    "revision = 'abcd'\ndown_revision = compute()\n",
    "revision = 'abcd'\nfor down_revision in ['a', 'b']:\n    pass\n",
    "revision = 'abcd'\nif unknown():\n    down_revision = 'a'\nelse:\n    down_revision = 'b'\n",
    "revision = 'abcd'\ndown_revision = 'a'\ndown_revision += 'b'\n",
    "revision = 'abcd'\ndown_revision = 7\n", "revision = 'abcd'\n",
    "revision = 'abcd'\ndown_revision = ['a']\ndown_revision[0] = 'b'\n",
  ])
  func whatIsNotConstantIsSaidAndNeverGuessed(text: String) throws {
    let project = try TemporaryProject(["v/x.py": text]).load("v/x.py")
    #expect(!project.diagnostics.isEmpty)
    #expect(project.graph.loadFailure != nil)
    #expect(throws: RevisionFailure.self) { try project.graph.upgradePath(from: [], to: "head") }
  }

  @Test func constantsOfTheProjectAreFollowed() throws {
    let project = try TemporaryProject([
      "alembic.ini": "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n",
      "migrations/env.py": "", "app/__init__.py": "", "app/ids.py": "FIRST = 'aaaa'\n",
      "migrations/versions/a.py":
        "from app.ids import FIRST\nrevision = FIRST\ndown_revision = None\n",
      "migrations/versions/b.py":
        "from app import ids\nrevision = 'bbbb'\ndown_revision = 'aaaa'\n",
    ]).load()
    #expect(project.revisions.map(\.id) == ["aaaa", "bbbb"])
    #expect(project.graph.loadFailure == nil)
  }

  @Test func aFileOfTheFirstAlembicIsNamedByItsFile() throws {
    #expect(try revision("down_revision = None\n", file: "1ab3.py").id == "1ab3")
  }

  @Test func messageIsTheFirstParagraph() throws {
    let ours = try revision(
      "\"\"\" add a\nsecond line\n\nRevision ID: x\n\"\"\"\nrevision = 'x1'\ndown_revision = None\n"
    )
    #expect(ours.message == "add a\nsecond line")
    #expect(ours.documentation == "add a\nsecond line\n\nRevision ID: x")
  }

  @Test func functionsAreFoundMissingOrBoundOtherwise() throws {
    let text = "from helpers import upgrade\nrevision = 'x1'\ndown_revision = None\n"
    let project = try TemporaryProject(["v/x.py": text]).load("v/x.py")
    let revision = try #require(project.revisions.first)
    guard case .bound = revision.upgrade, case .missing = revision.downgrade else {
      Issue.record("\(revision.upgrade) \(revision.downgrade)")
      return
    }
    #expect(project.diagnostics.map(\.message).contains { $0.contains("'downgrade'") })
  }

  @Test(.timeLimit(.minutes(5)))
  func aChainOfThousandsOfConditionsIsWalked() throws {
    let chain = (0..<20_000).map { "elif a == \($0):\n    down_revision = 'b'\n" }.joined()
    let text = "revision = 'x1'\ndown_revision = None\nif a:\n    pass\n" + chain
    let project = try TemporaryProject(["v/x.py": text]).load("v/x.py")
    #expect(project.graph.loadFailure?.kind == .unreadable)
  }

  @Test func aDamagedFileMayBeARevision() throws {
    let project = try TemporaryProject([
      "v/a.py": migration("aaaa"), "v/x.py": "revision = (\ndown_revision = None\n",
    ]).load("v")
    #expect(project.revisions.map(\.id) == ["aaaa"])
    #expect(project.graph.loadFailure?.kind == .unreadable)
  }

  @Test func valuesThatGrowAreGivenUp() throws {
    let lines = (1...4_000).map { "x\($0) = [x\($0 - 1), x\($0 - 1)]\ny\($0) = y\($0 - 1) * 2" }
    let nested = "x0 = ['a']\ny0 = 'a'\n" + lines.joined(separator: "\n")
    let text = nested + "\nrevision = 'x1'\ndown_revision = None if x4000 == x3999 else 'b'\n"
    let project = try TemporaryProject(["v/x.py": text]).load("v/x.py")
    #expect(project.graph.loadFailure?.kind == .unreadable)
  }
}
