// Files that reports are written to.

import Glibc

public enum OutputFile {
  /// Writes a text as a file, or at the end of one.
  public static func write(
    _ text: String, to path: String, appending: Bool = false
  ) throws(BackoutFailure) {
    guard let file = fopen(path, appending ? "a" : "w") else {
      throw BackoutFailure("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
    let count = text.utf8.count
    var text = text
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, count, file) }
    guard fclose(file) == 0, written == count else {
      throw BackoutFailure("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
