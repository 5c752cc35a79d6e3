// Paths as text: joining, parents, and the form in which a person reads them.

/// Operations on slash-separated paths; nothing here touches the file system.
enum Path {
  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == 0x2F }

  /// `path` as seen from `directory`; an absolute path stays as it is.
  static func join(_ directory: String, _ path: String) -> String {
    if isAbsolute(path) || directory.isEmpty { return normalized(path) }
    return normalized("\(directory)/\(path)")
  }

  /// Without empty and `.` components, and with `..` taken back where there is something before it.
  static func normalized(_ path: String) -> String {
    if isNormalized(path) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute(path) {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return isAbsolute(path) ? "/\(joined)" : joined.isEmpty ? "." : joined
  }

  /// Whether no component is empty, `.` or `..`, told from the bytes; false also for the root.
  private static func isNormalized(_ path: String) -> Bool {
    var (length, dots) = (0, 0)
    var isFirst = true
    for byte in path.utf8 {
      if byte == 0x2F {
        if !isFirst, length == dots, length < 3 { return false }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if byte == 0x2E { dots += 1 }
      }
      isFirst = false
    }
    return length != dots || length > 2
  }

  /// The last component.
  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The directory of an absolute, normalized path; nil for the root.
  static func parent(_ path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: 0x2F), path.utf8.count > 1 else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The directory and the directories above it, nearest first.
  static func ancestors(_ path: String) -> [String] {
    Array(sequence(first: path, next: parent))
  }

  static func contains(_ directory: String, _ path: String) -> Bool {
    directory == "/" || path == directory || path.hasPrefix(directory + "/")
  }

  /// The path as it is shown: relative to the working directory where it lies inside.
  static func shown(_ path: String, from working: String) -> String {
    if path == working { return "." }
    let prefix = working == "/" ? "/" : working + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
