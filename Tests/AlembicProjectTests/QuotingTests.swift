// Names between quotes: to a shell and to PostgreSQL a quote is one, whatever stands behind it.

import SourceText
import Testing

@Suite struct QuotingTests {
  /// A quote with a combining mark is one character to Swift.
  @Test(arguments: [
    ("a1-b_2.c:d@e/f,g=h+i", "a1-b_2.c:d@e/f,g=h+i"), ("", "''"), ("a b", "'a b'"),
    ("it's", #"'it'\''s'"#), ("a'\u{301}; reboot", #"'a'\''"# + "\u{301}; reboot'"),
    ("$(x)", "'$(x)'"),
  ])
  func wordsOfAShell(name: String, word: String) {
    #expect(name.shellWord.unicodeScalars.elementsEqual(word.unicodeScalars))
  }

  @Test func replacedByCodePoint() {
    let text = "50%\u{338}0A".replacingScalars("%", with: "%25")
    #expect(text.unicodeScalars.elementsEqual("50%25\u{338}0A".unicodeScalars))
    #expect("a\"\u{301}".doubling("\"").unicodeScalars.count == 4)
  }
}
