// Holds the pages of Rules/, the rules of the program and what the program finds to each other.

import Foundation
import SafetyRules
import TestSupport
import Testing

@Suite struct RuleBookTests {
  private static let rulesOfFiles =
    Set(RuleBook.graphRules.map { $0.name }).union(["missing-downgrade"])

  @Test func everyRuleHasAPageAndEveryPageARule() {
    #expect(!RuleExample.pageNames.isEmpty)
    #expect(RuleBook.names == RuleExample.pageNames)
    #expect(RulePage.names == RuleExample.pageNames)
  }

  @Test(arguments: RuleExample.pageNames)
  func embeddedPageIsTheFile(name: String) throws {
    let page = try #require(RulePage(named: name))
    #expect(page == RulePage(text: try RuleExample.pageText(of: name)))
    #expect(page.name == name)
    #expect(page.isOn == !RuleBook.optional.contains(name))
    #expect(!page.directions.isEmpty)
    #expect(!page.summary.isEmpty)
  }

  @Test(arguments: RuleExample.pageNames)
  func explainPrintsThePage(name: String) async throws {
    let page = try #require(RulePage(named: name))
    let outcome = try await backout("explain", name)
    #expect(outcome.exitCode == 0)
    #expect(outcome.outputText.contains(page.body.trimmingCharacters(in: .newlines)))
  }

  @Test(arguments: RuleExample.pageNames)
  func pageMarksAPlaceAndShowsASilentOne(name: String) {
    let examples = RuleExample.all.filter { $0.rule == name }
    let mark = "# finds: \(name)\n"
    #expect(examples.contains { $0.blocks.contains { ($0 + "\n").contains(mark) } })
    #expect(examples.allSatisfy { !$0.blocks.isEmpty })
  }

  @Test(arguments: RuleExample.all, ["\n", "\r\n"])
  func exampleIsFoundWhereItIsMarked(example: RuleExample, lineEnd: String) async throws {
    let files = example.files(lineEnd: lineEnd)
    let marked = RulePlace.marked(in: files, lineEnd: lineEnd)
    let found = try await withTemporaryDirectory { directory in
      func write(_ files: [String: String]) throws {
        for (name, text) in files {
          try Data(text.utf8).write(to: directory.appending(path: name))
        }
      }
      var selection: [String] = []
      if let earlier = example.earlierFiles(lineEnd: lineEnd) {
        try await git("init", "--quiet", in: directory)
        try write(earlier)
        try await commit(in: directory)
        selection = ["--staged"]
      }
      try write(files)
      if !selection.isEmpty { try await git("add", "--all", in: directory) }
      let outcome = try await run(
        [backoutPath, "analyze", "--format", "json", "--enable", example.rule, directory.path]
          + selection)
      let report = try AnalysisReport(outcome.output)
      // What is wrong with a file is a diagnostic as well, and may leave no revision to judge.
      if !Self.rulesOfFiles.contains(example.rule) || !selection.isEmpty {
        let count = marked.isEmpty && !selection.isEmpty ? 0 : example.blocks.count
        #expect(report.revisions.count == count)
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
      }
      return report.findings.map { finding in
        RulePlace(
          file: URL(filePath: finding.file).lastPathComponent, line: finding.line,
          rule: finding.rule)
      }
    }
    #expect(
      found.filter { $0.rule == example.rule }.sorted() == marked.filter { $0.rule == example.rule }
    )
    for place in marked { #expect(found.contains(place)) }
  }
}
