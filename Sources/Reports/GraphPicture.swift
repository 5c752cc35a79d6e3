// The revision graph as a picture: SVG by itself, or inside a page.

import SourceText
import Verdicts

/// A picture of its own, light or dark as the reader's system is.
package func graphSVG(_ lines: [GraphLine]) -> String {
  GraphPicture(lines, isPage: false).svg
}

struct GraphPicture {
  private let plan: GraphPlan
  /// Whether it stands in a page, which has the colours, and the places that revisions lead to.
  private let isPage: Bool
  private let rowHeight = 26
  private let laneWidth = 16
  private let margin = 14

  init(_ lines: [GraphLine], isPage: Bool) {
    plan = GraphPlan(lines, limit: 0)
    self.isPage = isPage
  }

  var svg: String {
    let labels = plan.lines.indices.map(label(of:))
    let columns = labels.map(\.columns).max() ?? 0
    let width = margin * 2 + plan.layout.width * laneWidth + columns * 8 + 16
    let height = margin + plan.lines.count * rowHeight
    let size = "width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\""
    var parts = ["<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" \(size)"]
    parts.append(
      isPage
        ? " aria-label=\"Revision graph\" role=\"group\">\n"
        : " role=\"img\" aria-label=\"Revision graph\">\n<style>\(Self.colors)</style>\n"
          + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n")
    parts += plan.layout.edges.map(path(of:))
    for row in plan.lines.indices { parts.append(node(row, labels[row])) }
    return parts.joined() + "</svg>\n"
  }

  private func x(_ lane: Int) -> Int { margin + lane * laneWidth }
  private func y(_ row: Int) -> Int { margin + row * rowHeight }

  private func path(of edge: GraphLayout.Edge) -> String {
    let start = (x: x(plan.layout.rows[edge.child].lane), y: y(edge.child))
    let end = (x: x(plan.layout.rows[edge.parent].lane), y: y(edge.parent))
    let lane = x(edge.lane)
    let turn = min(start.y + rowHeight, end.y)
    var path = "M\(start.x) \(start.y)"
    func bend(from x: Int, _ top: Int, to other: Int, _ bottom: Int) -> String {
      let middle = (top + bottom) / 2
      return "C\(x) \(middle) \(other) \(middle) \(other) \(bottom)"
    }
    var (place, height) = (start.x, start.y)
    if lane != start.x, edge.parent > edge.child + 1 || lane == end.x {
      path += bend(from: start.x, start.y, to: lane, turn)
      (place, height) = (lane, turn)
    }
    if place == end.x {
      path += "V\(end.y)"
    } else {
      let last = max(height, end.y - rowHeight)
      path += "V\(last)" + bend(from: place, last, to: end.x, end.y)
    }
    return "<path d=\"\(path)\"/>\n"
  }

  private func node(_ row: Int, _ label: String) -> String {
    let line = plan.lines[row]
    let (x, y) = (x(plan.layout.rows[row].lane), y(row))
    let verdict = line.verdict?.rawValue ?? "none"
    let letter = line.verdict?.letter ?? ""
    let text = self.x(plan.layout.width) + 4
    let drawing =
      "<title>\(html(line.revision)): \(line.verdict?.rawValue ?? "not judged")</title>"
      + "<circle class=\"v-\(verdict)\" cx=\"\(x)\" cy=\"\(y)\" r=\"8\"/>"
      + "<text class=\"letter\" x=\"\(x)\" y=\"\(y + 4)\">\(letter)</text>"
      + "<text x=\"\(text)\" y=\"\(y + 4)\">\(html(label))</text>"
    // What was not judged is not described further down.
    return isPage && line.verdict != nil
      ? "<a href=\"#r\(row)\">\(drawing)</a>\n" : "<g>\(drawing)</g>\n"
  }

  private func label(of row: Int) -> String {
    let line = plan.lines[row]
    let marks = plan.marks[row]
    let mark = marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
    return (line.revision + mark + "  " + line.message).onOneLine(width: 90)
  }

  private static let colors = """
    svg{--paper:#fff;--ink:#1c2024;--line:#8b939b;--on:#fff;--safe:#1a7f37;--depends:#8a6100;--unknown:#6b4fbb;--unsafe:#c4232b;--none:#6a7178}
    @media(prefers-color-scheme:dark){svg{--paper:#15181c;--ink:#e6e8eb;--line:#6f7780;--on:#15181c;--safe:#4cc46a;--depends:#e0ac3a;--unknown:#b9a3f5;--unsafe:#ff8078;--none:#9aa2aa}}
    .paper{fill:var(--paper)}text{fill:var(--ink);font:13px ui-monospace,monospace;white-space:pre}
    """ + shapes

  /// What the picture has in common with the page's.
  static let shapes = """
    .graph path{fill:none;stroke:var(--line);stroke-width:2}
    .graph .letter{fill:var(--on);font:bold 11px ui-monospace,monospace;text-anchor:middle}
    .v-safe{fill:var(--safe)}.v-depends{fill:var(--depends)}.v-unknown{fill:var(--unknown)}.v-unsafe{fill:var(--unsafe)}.v-none{fill:var(--none)}
    """
}

/// Text on one line for content and quoted attributes of HTML and SVG.
func html(_ text: String) -> String { text.xml }
