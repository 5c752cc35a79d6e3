// Files that the command line names, wherever they lie.

import Glibc

/// The bytes of a file, a pipe or a device; of more than 64 MB, nothing.
/// - Returns: nil if it cannot be read.
func contents(of path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { break }
    bytes += buffer[..<count]
    if bytes.count > 64 << 20 { return nil }
  }
  return ferror(file) == 0 ? bytes : nil
}
