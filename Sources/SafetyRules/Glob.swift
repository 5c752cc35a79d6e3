// Patterns of the shell for paths of files and names of objects.

/// `*`, `?` and `**` in paths and names.
package struct Glob: Sendable {
  private let pattern: [Character]

  /// `**/` at the beginning stands for no directory, too: every end of a path is looked at.
  package init(_ pattern: String) {
    self.pattern = Array(pattern.hasPrefix("**/") ? pattern.dropFirst(3) : pattern[...])
  }

  /// Whether the path, or an end of it that begins at a directory, matches.
  package func matches(_ path: String) -> Bool {
    let characters = Array(path)
    if matches(characters[...]) { return true }
    return characters.indices.contains { index in
      characters[index] == "/" && matches(characters[(index + 1)...])
    }
  }

  /// Remembers the last star, so that the time is at most the product of the lengths.
  private func matches(_ path: ArraySlice<Character>) -> Bool {
    var index = 0
    var position = path.startIndex
    var star: (index: Int, position: Int)?
    while position < path.endIndex {
      if index < pattern.count, pattern[index] == "*" {
        star = (index, position)
        index += 1
      } else if index < pattern.count,
        pattern[index] == "?" && path[position] != "/"
          || pattern[index] == path[position]
      {
        index += 1
        position += 1
      } else if let last = star, path[last.position] != "/" || isDouble(last.index) {
        star = (last.index, last.position + 1)
        index = last.index + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[index...].allSatisfy { $0 == "*" }
  }

  private func isDouble(_ index: Int) -> Bool {
    index + 1 < pattern.count && pattern[index + 1] == "*" || index > 0 && pattern[index - 1] == "*"
  }
}
