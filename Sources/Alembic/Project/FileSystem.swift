// Reads directories and files, and says in words why one cannot be read.

import Glibc

/// Why a file or directory cannot be read, in a few words: `Permission denied`, `larger than 64 MB`.
package struct ReadFailure: Error, Hashable, Sendable {
  let reason: String
  package init(_ reason: String) { self.reason = reason }
  fileprivate init(errno code: Int32) { reason = String(cString: strerror(code)) }
}

/// What a path is, links followed.
enum FileKind {
  case file, directory, other
  /// There is nothing, or a link that leads nowhere.
  case missing
}

/// The disk, or a tree that stands in the place of a part of it.
struct FileSystem: Sendable {
  private let tree: FileTree?

  init(tree: FileTree? = nil) { self.tree = tree }

  /// Whether a tree stands in the place of a part of the disk.
  var isReplaced: Bool { tree != nil }

  /// Larger files are not read: no migration is that large, and a file that is would fill memory.
  static let sizeLimit = 64 << 20

  func kind(_ path: String) -> FileKind {
    if let kind = tree?.kind(path) { return kind }
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  func isFile(_ path: String) -> Bool { kind(path) == .file }
  func isDirectory(_ path: String) -> Bool { kind(path) == .directory }

  /// Whether a directory is the root of a repository.
  func isRepository(_ directory: String) -> Bool { kind(Path.join(directory, ".git")) != .missing }

  /// A directory that is not reached through a symbolic link at its end.
  func isPlainDirectory(_ path: String) -> Bool { linkKind(path) == S_IFDIR }

  /// The type of what the path itself is; 0 for nothing.
  func linkKind(_ path: String) -> mode_t {
    if let kind = tree?.linkKind(path) { return kind }
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The path without symbolic links; nil if it leads nowhere.
  func resolved(_ path: String) -> String? {
    if let tree, tree.contains(path) { return tree.resolved(path) }
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Why nobody can tell what a path is; nil where that is known.
  func obstacle(_ path: String) -> String? {
    if let tree, tree.contains(path) { return nil }
    var status = stat()
    guard stat(path, &status) != 0, errno != ENOENT, errno != ENOTDIR else { return nil }
    return ReadFailure(errno: errno).reason
  }

  /// The names in a directory, without `.` and `..`, in the order of their bytes. A name that is not
  /// UTF-8 stands, repaired, in a list of its own.
  func entries(
    of directory: String
  ) throws(ReadFailure) -> (names: [String], undecodable: [String]) {
    let (entries, undecodable) = try listing(of: directory)
    return (entries.map(\.name), undecodable)
  }

  struct Entry {
    var name: String
    /// As `linkKind` tells it.
    var kind: mode_t
  }

  /// As `entries(of:)`, with what each name stands for.
  func listing(
    of directory: String
  ) throws(ReadFailure) -> (entries: [Entry], undecodable: [String]) {
    if let tree, tree.contains(directory) { return try tree.listing(of: directory) }
    guard let stream = opendir(directory) else { throw ReadFailure(errno: errno) }
    defer { closedir(stream) }
    var entries: [Entry] = []
    var undecodable: [String] = []
    while let entry = readdir(stream) {
      let (valid, repaired) = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(
          to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)
        ) { name in
          let valid = String(validatingCString: name)
          return (valid, valid == nil ? String(cString: name) : "")
        }
      }
      guard let name = valid else {
        undecodable.append(repaired)
        continue
      }
      if name == "." || name == ".." { continue }
      // The kind of the entry is that of `st_mode`, shifted; not every file system tells it.
      let kind = mode_t(entry.pointee.d_type) << 12
      entries.append(Entry(name: name, kind: kind == 0 ? linkKind("\(directory)/\(name)") : kind))
    }
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return (entries, undecodable.sorted())
  }

  /// The bytes of a regular file. Pipes and devices are refused, so that nothing can block.
  func read(_ path: String, limit: Int = sizeLimit) throws(ReadFailure) -> [UInt8] {
    if let tree, tree.contains(path) { return try tree.read(path, limit: limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ReadFailure(errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ReadFailure(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ReadFailure("not a regular file") }
    guard status.st_size <= limit else {
      throw ReadFailure("larger than \(limit >> 20) MB")
    }
    return try Self.bytes(of: descriptor, count: Int(status.st_size), limit: limit)
  }

  /// Reads to the end; a file that grows meanwhile is cut at the limit.
  private static func bytes(
    of descriptor: Int32, count: Int, limit: Int
  ) throws(ReadFailure) -> [UInt8] {
    var result: [UInt8] = []
    var failure: Int32 = 0
    // One byte more than the size: where it is not given, the file has not grown.
    var room = count + 1
    while room > 0, failure == 0 {
      let wanted = room
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
        let got = Glibc.read(descriptor, buffer.baseAddress, wanted)
        if got < 0 { failure = errno }
        filled = max(0, got)
      }
      if failure == EINTR {
        failure = 0
        continue
      }
      if chunk.isEmpty { break }
      if result.isEmpty { result = chunk } else { result += chunk }
      if result.count == count { break }
      room = chunk.count < wanted ? wanted - chunk.count : min(limit - result.count, 1 << 16)
    }
    if failure != 0 { throw ReadFailure(errno: failure) }
    return result
  }
}
