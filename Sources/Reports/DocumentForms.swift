// A document as Markdown and as a page.

import Verdicts

/// A comment or an attachment, which begins with a mark by which a program finds it again.
package func markdownReport(_ document: ReportDocument) -> String {
  document.markdownHead + document.markdownParts(room: markdownLimit * 3 / 4)
    + (document.closing.isEmpty ? "" : document.closing.markdown + "\n")
}

extension ReportDocument {
  var markdownHead: String {
    "<!-- \(name) -->\n### \(name): \(verdict.rawValue)\n\n\(headline.markdown)\n\n"
  }

  /// - Parameter room: in bytes; a part that is longer is only named.
  func markdownParts(room: Int) -> String {
    var room = room
    return parts.map { part in
      var text = "**\(part.title.markdown)**\n\n\(part.content.markdownText)\n"
      if part.isFolded, case .lines(let lines) = part.content {
        text = markdownFolded(part.title, lines)
      }
      if text.utf8.count > room {
        text = "\(part.title.markdown): too long for a comment; `\(name)` prints it\n\n"
      }
      room -= text.utf8.count
      return text
    }.joined()
  }
}

extension ReportDocument.Part.Content {
  fileprivate var markdownText: String {
    switch self {
    case .answers(let answers):
      let words = answers.words
      let line = { (cells: [String]) in "| \(cells.joined(separator: " | ")) |\n" }
      return line(words.map(\.question)) + line(words.map { _ in "---" })
        + line(words.map(\.answer))
    case .cases(let cases):
      return cases.map { "- **\($0.word)** \($0.name.markdown): \($0.text.markdown)\n" }.joined()
    case .reasons(let reasons):
      return reasons.map { reason in
        let text =
          "**\(reason.verdict.rawValue)** \(reason.question.rawValue): \(reason.sentence.markdown)"
        return markdownEntry("- ", text + (reason.sql == nil ? "" : "; by hand:"), code: reason.sql)
      }.joined()
    case .steps(let steps):
      return steps.enumerated().map { index, step in
        markdownEntry("\(index + 1). ", step.text.markdown, code: step.command)
      }.joined()
    case .lines(let lines): return lines.joined(separator: "\n").markdownFence + "\n"
    }
  }

  /// An entry of a list. What belongs to it is indented as far as its text.
  private func markdownEntry(_ mark: String, _ text: String, code: String?) -> String {
    let code = code.map { "\n\n\($0.markdownFence)" } ?? ""
    let lines = (text + code).split(separator: "\n", omittingEmptySubsequences: false)
    let indent = String(repeating: " ", count: mark.count)
    return mark
      + lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
      .dropFirst(indent.count) + "\n"
  }
}

/// One page that needs nothing else.
package func htmlReport(_ document: ReportDocument) -> String {
  htmlPage(
    verdict: document.verdict, title: "Can this database be taken back?",
    headline: document.headline, counts: document.closing.isEmpty ? [] : [document.closing],
    skip: ("part0", "Skip to the answer"),
    main: document.htmlParts)
}

extension ReportDocument {
  var htmlParts: String {
    parts.enumerated().map { index, part in
      """
      <section aria-labelledby="part\(index)">
      <h2 id="part\(index)">\(html(part.title))</h2>
      \(part.content.htmlText)</section>

      """
    }.joined()
  }
}

extension ReportDocument.Part.Content {
  fileprivate var htmlText: String {
    switch self {
    case .answers(let answers): htmlAnswers(answers) + "\n"
    case .cases(let cases):
      htmlList(
        cases.map {
          "\(htmlBadge($0.verdict, none: "failed")) <strong>\(html($0.name))</strong> \(html($0.text))"
        })
    case .reasons(let reasons):
      htmlList(
        reasons.map { reason in
          "\(htmlBadge(reason.verdict)) \(reason.question.rawValue): \(html(reason.sentence))"
            + htmlCode(reason.sql, after: "; by hand:")
        })
    case .steps(let steps):
      "<ol>\n"
        + steps.map { step in
          "<li>\(html(step.text))\(htmlCode(step.command))</li>\n"
        }.joined() + "</ol>\n"
    case .lines(let lines):
      "<pre><code>\(htmlLines(lines.joined(separator: "\n")))</code></pre>\n"
    }
  }

  private func htmlCode(_ code: String?, after text: String = "") -> String {
    code.map { "\(text)<pre><code>\(html($0))</code></pre>" } ?? ""
  }

  private func htmlList(_ entries: [String]) -> String {
    "<ul class=\"plain\">\n\(entries.map { "<li>\($0)</li>\n" }.joined())</ul>\n"
  }
}

extension ReportDocument.Case {
  fileprivate var word: String { verdict?.rawValue ?? "failed" }
}
