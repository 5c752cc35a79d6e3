// Graphs drawn by hand: what a person expects of names, paths, rows and damage.

import Alembic
import Testing

/// `id: parents; more parents` per line, in the order of the files: `c: a b > dep @label`.
private func graph(_ text: String) -> RevisionGraph {
  RevisionGraph(
    text.split(separator: "\n").map { line in
      let sides = line.split(separator: ":", maxSplits: 1)
      let words = sides.dropFirst().joined().split(separator: " ").map(String.init)
      return RevisionNode(
        id: String(sides[0]),
        downRevisions: words.filter { !$0.hasPrefix(">") && !$0.hasPrefix("@") },
        dependencies: words.filter { $0.hasPrefix(">") }.map { String($0.dropFirst()) },
        branchLabels: words.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) })
    })
}

private let line = graph("a111:\nb222: a111\nc333: b222\n")
private let diamond = graph("base:\nleft: base @l\nright: base @r\njoin: left right\nlast: join\n")

@Suite struct RevisionGraphTests {
  @Test func headsBasesBranchesAndMerges() {
    #expect(line.heads == ["c333"])
    #expect(line.bases == ["a111"])
    #expect(diamond.isBranchPoint("base"))
    #expect(diamond.isMergePoint("join"))
    #expect(diamond.children(of: "base") == ["left", "right"])
    #expect(diamond.parents(of: "join") == ["left", "right"])
    #expect(diamond.order == ["base", "right", "left", "join", "last"])
    #expect(diamond.ancestors(of: ["left"]) == ["base", "left"])
    #expect(diamond.descendants(of: ["left"]) == ["left", "join", "last"])
  }

  @Test func revisionsThatNoOrderBinds() throws {
    #expect(line.parallelRevisions.isEmpty)
    let pair = try #require(diamond.parallelRevisions.first)
    #expect(diamond.parallelRevisions.count == 1 && pair.revisions == ["right", "left"])
    #expect(pair.areUnordered(0, 1) && pair.areUnordered(1, 0) && !pair.areUnordered(1, 1))
    // `r2` stands after `l1`, which it depends on, and before or after `l2`.
    let uneven = graph("base:\nl1: base\nl2: l1\nr1: base\nr2: r1 >l1\n")
    let found = try #require(uneven.parallelRevisions.first)
    let unordered = Set(
      found.revisions.indices.flatMap { first in
        (first..<found.revisions.count).filter { found.areUnordered(first, $0) }.map { second in
          [found.revisions[first], found.revisions[second]].sorted().joined(separator: " ")
        }
      })
    #expect(unordered == ["l1 r1", "l2 r1", "l2 r2"])
    #expect(!found.revisions.contains("base"))
    #expect(Set(graph("a:\nb:\n").parallelRevisions.flatMap(\.revisions)) == ["a", "b"])
  }

  @Test func labelsHoldForTheWholeBranch() {
    let labels = graph("a111:\nb222: a111 @one\nc333: b222\nd444: @two\n").effectiveBranchLabels()
    #expect(labels == ["a111": ["one"], "b222": ["one"], "c333": ["one"], "d444": ["two"]])
  }

  @Test(arguments: [
    ("c333", ["c333"]), ("c33", ["c333"]), ("head", ["c333"]), ("heads", ["c333"]), ("base", []),
  ])
  func namesAreResolved(name: String, expected: [String]) throws {
    #expect(try line.resolve(name) == expected)
  }

  @Test(arguments: [
    ("nosuch", "Can't locate revision identified by 'nosuch'"),
    ("", "An empty name is no revision"),
  ])
  func namesThatAreNoneAreRefused(name: String, message: String) {
    let failure = #expect(throws: RevisionFailure.self) { try line.resolve(name) }
    #expect(failure?.message == message)
  }

  @Test func aPrefixOfSeveralIsRefused() {
    let failure = #expect(throws: RevisionFailure.self) {
      try graph("abcd1:\nabcd2: abcd1\n").resolve("abcd")
    }
    #expect(failure?.kind == .resolution)
    #expect(failure?.detail == "Multiple revisions start with 'abcd': 'abcd1', 'abcd2'...")
  }

  @Test(arguments: [
    ("-1", ["c333"]), ("-2", ["c333", "b222"]), ("base", ["c333", "b222", "a111"]),
    ("b222", ["c333"]), ("a11", ["c333", "b222"]), ("c333-1", ["c333"]), ("current", []),
    ("current-1", ["c333"]), ("head", []),
  ])
  func downgradeOfALine(target: String, steps: [String]) throws {
    let path = try line.downgradePath(from: ["c333"], to: target)
    #expect(path.steps.map(\.id) == steps)
    #expect(path.rowsFailure == nil)
  }

  @Test(arguments: [
    ("+1", ["b222"]), ("head", ["b222", "c333"]), ("a111+2", ["b222", "c333"]), ("current", []),
  ])
  func upgradeOfALine(target: String, steps: [String]) throws {
    #expect(try line.upgradePath(from: ["a111"], to: target).steps.map(\.id) == steps)
  }

  @Test func logLinesAreThoseOfAlembic() throws {
    let up = try diamond.upgradePath(from: [], to: "join").steps.map(\.log)
    #expect(
      up == [
        "upgrade  -> base", "upgrade base -> right", "upgrade base -> left",
        "upgrade left, right -> join",
      ])
    let down = try diamond.downgradePath(from: ["join"], to: "right")
    #expect(down.steps.map(\.log) == ["downgrade join -> left, right"])
    #expect(down.rows(after: 1) == ["left", "right"])
  }

  @Test func rowsAreInsertedUpdatedAndDeleted() throws {
    let up = try diamond.upgradePath(from: [], to: "head")
    #expect(
      up.steps.map(\.rowChanges) == [
        [.insert("base")], [.update(from: "base", to: "right")], [.insert("left")],
        [.delete("left"), .update(from: "right", to: "join")],
        [.update(from: "join", to: "last")],
      ])
    #expect(up.steps.map(\.beginsWithoutRows) == [true, false, false, false, false])
    let down = try line.downgradePath(from: ["a111"], to: "base")
    #expect(down.steps.map(\.rowChanges) == [[.delete("a111")]])
  }

  @Test func refusalsAreInTheWordsOfAlembic() {
    let tooFar = #expect(throws: RevisionFailure.self) {
      try line.downgradePath(from: ["a111"], to: "-2")
    }
    #expect(tooFar?.message == "Relative revision -2 didn't produce 2 migrations")
    let notBelow = #expect(throws: RevisionFailure.self) {
      try line.downgradePath(from: ["a111"], to: "c333")
    }
    #expect(
      notBelow?.message
        == "Destination c333 is not a valid downgrade target from current head(s)")
    let heads = #expect(throws: RevisionFailure.self) {
      try graph("a111:\nb222: a111\nc333: a111\n").upgradePath(from: [], to: "head")
    }
    #expect(heads?.kind == .multipleHeads)
    #expect(heads?.detail == "b222, c333")
    let unknown = #expect(throws: RevisionFailure.self) {
      try line.downgradePath(from: ["ffff"], to: "-1")
    }
    #expect(unknown?.message == "Can't locate revision identified by 'ffff'")
  }

  @Test func damageLeavesTheRestInOrder() {
    let broken = graph("a111: gone\nb222: a111\nc333: d444\nd444: c333\ne555: b222 e555 >f\n")
    #expect(broken.loadFailure != nil)
    #expect(broken.order == ["a111", "b222", "e555", "c333", "d444"])
    #expect(broken.cycles == [["c333", "d444"], ["e555"]])
    #expect(throws: RevisionFailure.self) { try broken.downgradePath(from: ["b222"], to: "-1") }
    #expect(throws: RevisionFailure.self) { try broken.resolve("b222") }
  }

  @Test func anEmptyGraphAnswers() throws {
    let empty = RevisionGraph([])
    #expect(empty.order == [])
    #expect(try empty.resolve("head") == [])
    #expect(try empty.upgradePath(from: [], to: "head").steps == [])
    #expect(throws: RevisionFailure.self) { try empty.downgradePath(from: ["a"], to: "-1") }
  }

  @Test func namesThatNobodyWouldWriteAreBounded() {
    for target in [
      "-99999999999999999999999", "+99999999999999999999999", "c333-99999999999999999999999", "@",
      "@@",
      "a@b@c@-1", "-", "+", "-1-1", "head@head", "@head", "\u{1F600}@-1", "base-1", "base+1",
      "heads-1",
    ] {
      // Whatever the answer is, there is one.
      _ = try? line.downgradePath(from: ["c333"], to: target)
      _ = try? line.upgradePath(from: ["a111"], to: target)
      _ = try? diamond.downgradePath(from: ["left", "right", "left"], to: target)
    }
    #expect(throws: RevisionFailure.self) {
      try line.downgradePath(from: ["c333"], to: "-99999999999999999999999")
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func thousandsOfRevisionsOfEveryShapeEnd() throws {
    let count = 1_000
    func id(_ number: Int) -> String { "r\(number + 10_000)" }
    let straight = RevisionGraph(
      (0..<count).map { RevisionNode(id: id($0), downRevisions: $0 == 0 ? [] : [id($0 - 1)]) })
    #expect(try straight.downgradePath(from: [id(count - 1)], to: "base").steps.count == count)
    let star = RevisionGraph(
      (0..<count).map { RevisionNode(id: id($0), downRevisions: $0 == 0 ? [] : [id(0)]) })
    #expect(try star.upgradePath(from: [], to: "heads").steps.count == count)
    #expect(try star.downgradePath(from: star.heads, to: "base").steps.count == count)
    let ladder = RevisionGraph(
      (0..<count).map {
        RevisionNode(
          id: id($0), downRevisions: $0 == 0 ? [] : $0 < 2 ? [id(0)] : [id($0 - 1), id($0 - 2)],
          branchLabels: ["l\($0)"])
      })
    #expect(try ladder.upgradePath(from: [], to: "head").steps.count == count)
    let circle = RevisionGraph(
      (0..<count).map { RevisionNode(id: id($0), downRevisions: [id(($0 + 1) % count)]) })
    #expect(circle.cycles.first?.count == count)
  }
}
