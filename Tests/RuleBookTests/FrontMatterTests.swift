// What a page's front matter holds, as YAML 1.1 has it.

import Testing
import YAMLText

@Suite struct FrontMatterTests {
  @Test func valuesAreRead() throws {
    let node = try #require(
      YAMLNode(
        parsing: """
          # a comment
          name: drop-column
          directions: [upgrade, "downgrade"]
          match:
            effect: column-added
            nullable: false
            note: 'it''s'
          """))
    #expect(node["name"]?.string == "drop-column")
    #expect(node["directions"]?.sequence?.map(\.string) == ["upgrade", "downgrade"])
    #expect(node["match"]?.mapping?.map(\.key) == ["effect", "nullable", "note"])
    #expect(node["match"]?["nullable"]?.bool == false)
    #expect(node["match"]?["note"]?.string == "it's")
    #expect(node["other"] == nil && node["name"]?.bool == nil)
  }

  @Test func truthHasTheWordsOfYAML() throws {
    let node = try #require(YAMLNode(parsing: "[yes, On, TRUE, no, off, 'true', y]"))
    #expect(node.sequence?.map(\.bool) == [true, true, true, false, false, nil, nil])
  }

  @Test(
    arguments: [
      "", "a: [1", "a: 1\na: 2", "a: &x 1\nb: *x", "---\na: 1\n---\nb: 2\n", "[a]: b", "a: 'b",
      "a: \u{1}",
      "a: " + String(repeating: "[", count: YAMLNode.maximumDepth)
        + String(repeating: "]", count: YAMLNode.maximumDepth),
    ])
  func whatIsNotReadIsNil(text: String) {
    #expect(YAMLNode(parsing: text) == nil)
  }

  @Test func depthHasABound() {
    let depth = YAMLNode.maximumDepth - 1
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(YAMLNode(parsing: text) != nil)
  }
}
