// What every page has: one file, no script, no picture or style from elsewhere.

import Verdicts

/// - Parameters:
///   - skip: where the first link leads, for those who use a keyboard, and what it says.
///   - main: HTML.
func htmlPage(
  verdict: Verdict?, title: String, headline: String, counts: [String],
  skip: (id: String, text: String), main: String
) -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="referrer" content="no-referrer">
  <meta name="robots" content="noindex">
  <title>backout: \(verdict?.rawValue ?? "none")</title>
  <style>
  \(pageStyle)
  </style>
  </head>
  <body>
  <a class="skip" href="#\(skip.id)">\(skip.text)</a>
  <header>
  <h1>\(htmlBadge(verdict)) \(title)</h1>
  <p class="headline">\(html(headline))</p>
  <ul class="counts">
  \(counts.map { "<li>\(html($0))</li>\n" }.joined())</ul>
  </header>
  <main>
  \(main)</main>
  <footer><p class="quiet">backout reads migrations without running them. <code>safe</code> means proved.</p></footer>
  </body>
  </html>

  """
}

/// - Parameter none: the word where there is no verdict.
func htmlBadge(_ verdict: Verdict?, isShort: Bool = false, none: String = "none") -> String {
  guard let verdict else { return "<span class=\"badge v-none\">\(none)</span>" }
  let word = isShort ? "" : " \(verdict.rawValue)"
  return "<span class=\"badge v-\(verdict.rawValue)\">"
    + "<span aria-hidden=\"true\">\(verdict.letter)</span>\(word)</span>"
}

func htmlAnswers(_ answers: Answers) -> String {
  let words = answers.words.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }
  return "<dl class=\"answers\">\(words.joined())</dl>"
}

/// SQL, or a part of a report, with its lines.
func htmlLines(_ text: String) -> String { escapingMarkup(text.harmless(keeping: ["\n", "\t"])) }
