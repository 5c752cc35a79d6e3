// The entry point: a file's text into its syntax tree.

package import SourceText

/// Reads a Python file (3.8 to 3.14). Never fails: damage is in the module's diagnostics, and the
/// rest of the file is in the tree. Time and memory are linear in the size of the text.
///
/// A statement that cannot be read is `.damaged` in the tree, together with the block that belongs
/// to it; so is an expression that is too deep.
///
/// Depth is bounded: expressions, patterns and blocks nest at most 150 levels in one another, which
/// the parser needs about 400 KiB of stack for in a debug build, and no expression has more than
/// 1,000 levels in all (a chain such as `a + b + c` has one for each operator). What is deeper is
/// damaged, with a diagnostic. The exception are `elif` chains; see `PythonModule.branches(of:)`.
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
  let longestLine = lexed.longestLine
  let directives = lexed.directives
  return tokens.withUnsafeBufferPointer { tokens in
    var parser = Parser(
      source: source, bytes: bytes, tokens: tokens, issues: issues, names: lexed.names)
    parser.module.directives = directives
    parser.parseModule()
    return parser.finish(longestLine: longestLine)
  }
}
