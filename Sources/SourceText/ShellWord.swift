// Names in commands that a person copies to a shell.

extension String {
  /// The text as one word of a shell, which means itself.
  package var shellWord: String {
    let isPlain = unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "_-.:@/,=+".unicodeScalars.contains($0)
    }
    return isPlain && !isEmpty ? self : "'" + replacingScalars("'", with: "'\\''") + "'"
  }
}
