// The revision graph as a list, heads first.

package import SourceText

/// One revision of the graph.
package struct GraphLine: Sendable {
  package var revision: String
  package var parents: [String]
  package var dependsOn: [String]
  package var labels: [String]
  package var message: String
  package var file: String
  package var isHead: Bool
  package var isBranchPoint: Bool

  package init(
    revision: String, parents: [String], dependsOn: [String], labels: [String], message: String,
    file: String, isHead: Bool, isBranchPoint: Bool
  ) {
    self.revision = revision
    self.parents = parents
    self.dependsOn = dependsOn
    self.labels = labels
    self.message = message
    self.file = file
    self.isHead = isHead
    self.isBranchPoint = isBranchPoint
  }

  fileprivate var marks: [String] {
    var marks: [String] = []
    if isHead { marks.append("head") }
    if parents.isEmpty { marks.append("base") }
    if isBranchPoint { marks.append("branch point") }
    if parents.count > 1 { marks.append("merge") }
    return marks + labels
  }
}

package func graphText(
  _ lines: [GraphLine], diagnostics: [Diagnostic], style: TerminalStyle
) -> String {
  var text: [String] = []
  for line in lines {
    let parents = line.parents.isEmpty ? "<base>" : line.parents.joined(separator: ", ")
    let marks = line.marks.isEmpty ? "" : " (\(line.marks.joined(separator: ", ").harmless))"
    let depends =
      line.dependsOn.isEmpty ? "" : " needs \(line.dependsOn.joined(separator: ", ").harmless)"
    text.append(
      "\(style.paint(line.revision.harmless, .strong)) -> \(parents.harmless)"
        + style.paint(marks, .link) + depends + "  " + line.message.harmless)
  }
  text += diagnostics.map(style.line(of:))
  return text.joined(separator: "\n") + "\n"
}

package func graphJSON(_ lines: [GraphLine]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.field("format", 1)
    json.key("revisions")
    json.array { json in
      for line in lines {
        json.object { json in
          json.field("revision", line.revision)
          json.field("down_revisions", line.parents)
          json.field("depends_on", line.dependsOn)
          json.field("labels", line.labels)
          json.field("message", line.message)
          json.field("file", line.file)
          json.field("head", line.isHead)
        }
      }
    }
  }
  return json.text + "\n"
}
