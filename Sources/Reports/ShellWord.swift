// Names in commands that a person copies to a shell.

extension String {
  /// The text as one word of a shell.
  package var shellWord: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x2F || (0x30...0x39).contains(byte)
          || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
