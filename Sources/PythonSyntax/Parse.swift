// The entry point: a file's text into its syntax tree.

package import SourceText

/// Reads a Python file (3.8 to 3.14). Never fails: damage is in the module's diagnostics, and the
/// rest of the file is in the tree. Linear in the size of the text, bounded in depth.
///
/// The text is UTF-8 already; `decodePython` turns a file's bytes (byte order mark, `coding:`
/// line) into such a text.
package func parsePython(_ source: SourceFile) -> PythonModule {
  source.bytes.withUnsafeBufferPointer { bytes in
    var lexer = Lexer(bytes: bytes)
    lexer.run()
    let lexed = lexer.finish()
    return parse(source, bytes, lexed)
  }
}

private func parse(
  _ source: SourceFile, _ bytes: UnsafeBufferPointer<UInt8>, _ lexed: consuming LexedText
) -> PythonModule {
  let tokens = lexed.tokens
  let issues = lexed.issues
  return tokens.withUnsafeBufferPointer { tokens in
    var parser = Parser(
      source: source, bytes: bytes, tokens: tokens, issues: issues, names: lexed.names)
    parser.parseModule()
    return parser.finish()
  }
}
