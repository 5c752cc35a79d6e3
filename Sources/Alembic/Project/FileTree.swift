// Files in memory that stand in the place of a directory on disk: those of another time.

import Glibc
import SourceText

/// A tree of files at a directory. What lies at or below the directory comes from the tree alone; a
/// link that leads out of it leads nowhere.
package struct FileTree: Sendable {
  package enum Kind: Sendable {
    case file, link
    /// A directory whose files are not here.
    case foreign
  }

  /// The absolute path of the directory whose place it takes.
  package let root: String
  private let directories: [Name: Directory]
  /// By the number that a file was added with.
  private let contents: @Sendable (_ file: Int, _ limit: Int) throws(ReadFailure) -> [UInt8]

  /// A name by its bytes: two that only look the same are two files.
  private typealias Name = ExactText

  private struct Node {
    var name: String
    /// As in `st_mode`; 0 for a directory whose files are not here.
    var kind: mode_t
    var file: Int
  }

  private struct Directory {
    /// In the order of the bytes of their names.
    var nodes: [Node] = []
    var undecodable: [String] = []
  }

  /// Collects the files of a tree.
  package struct Builder {
    private var directories: [Name: Directory] = [Name(""): Directory()]

    package init() {}

    /// - Parameters:
    ///   - path: relative to the root, without `.` and `..`; bytes that need not be UTF-8.
    ///   - file: a number that the contents are asked for by.
    package mutating func add(_ path: ArraySlice<UInt8>, _ kind: Kind, file: Int) {
      var directory = ""
      var rest = path
      while let slash = rest.firstIndex(of: 0x2F) {
        guard let name = enter(rest[..<slash], in: directory) else { return }
        directory = directory.isEmpty ? name : "\(directory)/\(name)"
        rest = rest[(slash + 1)...]
      }
      guard let name = decoded(rest, in: directory) else { return }
      let mode: mode_t = kind == .file ? S_IFREG : kind == .link ? S_IFLNK : 0
      directories[Name(directory)]?.nodes.append(Node(name: name, kind: mode, file: file))
    }

    /// The name of a directory, which is made where it is not there.
    private mutating func enter(_ bytes: ArraySlice<UInt8>, in directory: String) -> String? {
      guard let name = decoded(bytes, in: directory) else { return nil }
      let path = Name(directory.isEmpty ? name : "\(directory)/\(name)")
      if directories[path] == nil {
        directories[path] = Directory()
        directories[Name(directory)]?.nodes.append(
          Node(name: name, kind: S_IFDIR, file: -1))
      }
      return name
    }

    private mutating func decoded(
      _ bytes: ArraySlice<UInt8>, in directory: String
    ) -> String? {
      if let name = String(validating: bytes, as: UTF8.self) { return name }
      let repaired = String(decoding: bytes, as: UTF8.self)
      let key = Name(directory)
      if directories[key]?.undecodable.last != repaired {
        directories[key]?.undecodable.append(repaired)
      }
      return nil
    }

    /// - Parameter contents: the bytes of a file; called on several threads.
    package consuming func tree(
      at root: String,
      contents: @escaping @Sendable (_ file: Int, _ limit: Int) throws(ReadFailure) -> [UInt8]
    ) -> FileTree {
      for key in directories.keys {
        directories[key]?.nodes.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      }
      return FileTree(root: root, directories: directories, contents: contents)
    }
  }

  private init(
    root: String, directories: [Name: Directory],
    contents: @escaping @Sendable (_ file: Int, _ limit: Int) throws(ReadFailure) -> [UInt8]
  ) {
    self.root = root
    self.directories = directories
    self.contents = contents
  }
}

extension FileTree {
  /// How many links are followed on the way to a file, as many as Linux follows.
  private static let linkLimit = 40
  private static let pathLimit = 4096

  package func contains(_ path: String) -> Bool {
    Path.contains(root, path.contains("..") ? Path.normalized(path) : path)
  }

  /// Whether there is a file, directory or link at a path of the tree, the last link not followed.
  package func holds(_ path: String) -> Bool { linkKind(path).map { $0 != 0 } ?? false }

  /// The number of the file at a path, links followed.
  package func file(at path: String) -> Int? {
    guard contains(path), let place = place(relative(path)) else { return nil }
    return node(place).flatMap { $0.kind == S_IFREG ? $0.file : nil }
  }

  /// Nil for a path that is not of the tree.
  func kind(_ path: String) -> FileKind? {
    guard contains(path) else { return nil }
    if Path.normalized(path) == Path.join(root, ".git") { return .other }
    guard let place = place(relative(path)) else { return .missing }
    return node(place).map { $0.kind == S_IFREG ? .file : .directory } ?? .directory
  }

  /// Nil for a path that is not of the tree.
  func linkKind(_ path: String) -> mode_t? {
    guard contains(path) else { return nil }
    guard let place = place(relative(path), followsLast: false) else { return 0 }
    return node(place).map { $0.kind == 0 ? S_IFDIR : $0.kind } ?? S_IFDIR
  }

  func resolved(_ path: String) -> String? {
    place(relative(path)).map { $0.isEmpty ? root : Path.join(root, $0) }
  }

  func listing(
    of path: String
  ) throws(ReadFailure) -> (entries: [FileSystem.Entry], undecodable: [String]) {
    guard let place = place(relative(path)) else { throw ReadFailure("No such file or directory") }
    guard let directory = directories[Name(place)] else {
      throw ReadFailure(
        node(place)?.kind == 0
          ? "it is a submodule, whose files are in another repository" : "Not a directory")
    }
    let entries = directory.nodes.map {
      FileSystem.Entry(name: $0.name, kind: $0.kind == 0 ? S_IFDIR : $0.kind)
    }
    return (entries, directory.undecodable.sorted())
  }

  func read(_ path: String, limit: Int) throws(ReadFailure) -> [UInt8] {
    guard let place = place(relative(path)), let node = node(place) else {
      throw ReadFailure("No such file or directory")
    }
    guard node.kind == S_IFREG else { throw ReadFailure("not a regular file") }
    return try contents(node.file, limit)
  }

  // MARK: - Places

  private func relative(_ path: String) -> String {
    let path = Path.normalized(path)
    if path == root { return "" }
    return String(
      decoding: path.utf8.dropFirst(root == "/" ? 1 : root.utf8.count + 1), as: UTF8.self)
  }

  /// What is at a place; nil for a directory of the tree.
  private func node(_ place: String) -> Node? {
    guard directories[Name(place)] == nil else { return nil }
    return child(Path.name(place), of: parent(place))
  }

  private func parent(_ place: String) -> String {
    place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
  }

  private func child(_ name: String, of directory: String) -> Node? {
    guard let nodes = directories[Name(directory)]?.nodes else { return nil }
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < nodes.count, nodes[low].name.utf8.elementsEqual(name.utf8) else { return nil }
    return nodes[low]
  }

  /// A path with its links followed; nil where there is nothing.
  private func place(_ path: String, followsLast: Bool = true) -> String? {
    if directories[Name(path)] != nil { return path }
    var todo = Array(path.split(separator: "/").reversed())
    var place = ""
    var links = 0
    while let name = todo.popLast() {
      if name == "." { continue }
      if name == ".." {
        // Above the root nothing is of the tree.
        guard !place.isEmpty else { return nil }
        place = parent(place)
        continue
      }
      guard let node = child(String(name), of: place) else { return nil }
      if node.kind == S_IFLNK, followsLast || !todo.isEmpty {
        links += 1
        guard links <= Self.linkLimit, let target = target(of: node) else { return nil }
        todo += target.split(separator: "/").reversed()
        continue
      }
      if !todo.isEmpty, node.kind != S_IFDIR { return nil }
      place = place.isEmpty ? String(name) : "\(place)/\(name)"
    }
    return place
  }

  private func target(of node: Node) -> String? {
    guard let bytes = try? contents(node.file, Self.pathLimit),
      let target = String(validating: bytes, as: UTF8.self), !Path.isAbsolute(target)
    else { return nil }
    return target
  }
}
