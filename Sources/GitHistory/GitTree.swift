// The files of a commit, or of the index: paths, kinds and object names, without their contents.

/// The list of a tree's files, in git's order. Millions of names are kept in one buffer.
package struct GitTree: Sendable {
  package enum Kind: Sendable { case file, link, submodule }

  package struct Entry: Sendable {
    package let kind: Kind
    fileprivate let path: Range<Int>
    fileprivate let object: Range<Int>
  }

  private var bytes: [UInt8] = []
  package private(set) var entries: [Entry] = []

  package init() {}

  /// The path relative to the root of the repository; bytes that need not be UTF-8.
  package func path(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.path] }
  package func object(of entry: Entry) -> String {
    String(decoding: bytes[entry.object], as: UTF8.self)
  }

  private mutating func add(_ mode: ArraySlice<UInt8>, object: Range<Int>, path: Range<Int>) {
    let kind: Kind =
      mode.starts(with: "12".utf8) ? .link : mode.starts(with: "16".utf8) ? .submodule : .file
    entries.append(Entry(kind: kind, path: path, object: object))
  }

  /// Fields that end at spaces or a tabulator, and a path that ends at NUL.
  fileprivate init?(listing output: [UInt8], objectField: Int) {
    bytes = output
    var position = 0
    while position < bytes.count {
      guard let end = bytes[position...].firstIndex(of: 0),
        let tab = bytes[position..<end].firstIndex(of: 0x09)
      else { return nil }
      let fields = bytes[position..<tab].split(separator: 0x20)
      guard fields.count > objectField else { return nil }
      let object = fields[objectField]
      add(fields[0], object: object.startIndex..<object.endIndex, path: (tab + 1)..<end)
      position = end + 1
    }
  }

  /// The tree after changes as `git diff-index --raw -z` lists them; nil where that is not understood.
  fileprivate func changed(by output: [UInt8]) -> GitTree? {
    var result = self
    let start = result.bytes.count
    result.bytes += output
    var replaced: Set<ArraySlice<UInt8>> = []
    var added: [(mode: ArraySlice<UInt8>, object: Range<Int>, path: Range<Int>)] = []
    var position = start
    while position < result.bytes.count {
      // `:old-mode new-mode old-object new-object status`
      guard let head = result.bytes[position...].firstIndex(of: 0),
        let end = result.bytes[(head + 1)...].firstIndex(of: 0)
      else { return nil }
      let fields = result.bytes[position..<head].split(separator: 0x20)
      guard fields.count == 5, let status = fields[4].first else { return nil }
      replaced.insert(result.bytes[(head + 1)..<end])
      if status != UInt8(ascii: "D") {
        let object = fields[3]
        added.append((fields[1], object.startIndex..<object.endIndex, (head + 1)..<end))
      }
      position = end + 1
    }
    if replaced.isEmpty { return self }
    result.entries.removeAll { replaced.contains(bytes[$0.path]) }
    for file in added { result.add(file.mode, object: file.object, path: file.path) }
    return result
  }
}

extension GitRepository {
  /// The files of a commit.
  package func tree(of commit: GitCommit) throws(GitFailure) -> GitTree {
    let output = try git.run(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit.id])
    guard output.exitCode == 0, let tree = GitTree(listing: output.bytes, objectField: 2) else {
      throw GitFailure(
        "the files of commit \(commit.short) cannot be listed: \(output.reason)\(shallowHint)")
    }
    return tree
  }

  /// The files of the next commit: what is staged.
  package func stagedTree() throws(GitFailure) -> GitTree {
    guard let head = try head() else {
      let output = try git.run(["ls-files", "--stage", "-z", "--full-name"])
      guard output.exitCode == 0, let tree = GitTree(listing: output.bytes, objectField: 1) else {
        throw GitFailure("the index cannot be read: \(output.reason)")
      }
      return tree
    }
    let output = try git.run([
      "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames",
      "--ita-invisible-in-index", "--no-ext-diff", "--no-textconv", "--end-of-options", head.id,
      "--",
    ])
    guard output.exitCode == 0 else {
      throw GitFailure("the index cannot be read: \(output.reason)")
    }
    guard let tree = try tree(of: head).changed(by: output.bytes) else {
      throw GitFailure("the index cannot be read: git's list of changes is not understood")
    }
    let unmerged = try git.run(["ls-files", "--unmerged", "-z", "--full-name"])
    guard unmerged.bytes.isEmpty else {
      throw GitFailure("the index has files with conflicts; resolve them and stage them (git add)")
    }
    return tree
  }
}
