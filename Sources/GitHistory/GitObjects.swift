// The contents of objects, asked of one `git cat-file --batch` that runs as long as there are questions.

internal import Glibc
import Synchronization

/// Reads the contents of files by their object names; from several threads, one after the other.
package final class GitObjects: Sendable {
  private let git: Git
  private let session = Mutex<Session>(Session())
  /// For one object.
  private static let timeLimit = Duration.seconds(10)
  /// What a file is in the repository whose contents are kept elsewhere (git-lfs, `docs/spec.md`).
  private static let pointer = Array("version https://git-lfs.github.com/spec/".utf8)

  package init(_ repository: GitRepository) { git = repository.git }

  /// - Parameter limit: larger contents are not kept; in bytes.
  package func contents(of object: String, limit: Int) throws(GitFailure) -> [UInt8] {
    let result = session.withLock { session in
      let result = session.contents(
        of: object, limit: limit, git, until: ContinuousClock.now + Self.timeLimit)
      // Where the answers would not fit the questions any more, all others fail as well.
      if case .failure(let failure) = result, failure.isFinal { session.stop(failure) }
      return result
    }
    switch result {
    case .failure(let failure): throw GitFailure(failure.message)
    case .success(let bytes):
      if bytes.starts(with: Self.pointer) {
        throw GitFailure("a Git LFS pointer; the contents are not in the repository")
      }
      return bytes
    }
  }

  deinit { session.withLock { $0.stop(SessionFailure(message: "git cat-file has ended")) } }
}

private struct SessionFailure: Error {
  var message: String
  var isFinal = true
}

/// The running program, and what it has said and nobody has read yet.
private struct Session: ~Copyable {
  private var child: ChildProcess?
  /// Why there will be no more answers.
  private var end: SessionFailure?
  private var pending: [UInt8] = []
  private var start = 0

  mutating func stop(_ failure: SessionFailure) {
    end = failure
    guard let child = child.take() else { return }
    child.kill()
    _ = child.end()
  }

  mutating func contents(
    of object: String, limit: Int, _ git: Git, until deadline: ContinuousClock.Instant
  ) -> Result<[UInt8], SessionFailure> {
    do throws(SessionFailure) {
      if let end { throw end }
      if child == nil {
        do throws(GitFailure) {
          child = try git.start(["cat-file", "--batch"])
        } catch {
          throw SessionFailure(message: error.message)
        }
      }
      guard object.utf8.allSatisfy(\.isHexDigit), ask(object, until: deadline) else {
        throw SessionFailure(message: "git cat-file has ended")
      }
      let header = try line(until: deadline).split(separator: " ")
      guard header.count == 3, let size = Int(header[2]), size >= 0 else {
        throw SessionFailure(
          message: header.last == "missing"
            ? "its object is not in the clone" : "git cat-file is not understood", isFinal: false)
      }
      // The contents end in a line break that is not theirs.
      guard size <= limit else {
        try skip(size + 1, until: deadline)
        throw SessionFailure(message: "larger than \(limit >> 20) MB", isFinal: false)
      }
      var bytes = try take(size + 1, until: deadline)
      bytes.removeLast()
      return .success(bytes)
    } catch {
      return .failure(error)
    }
  }

  private func ask(_ object: String, until deadline: ContinuousClock.Instant) -> Bool {
    switch child {
    case .some(let child): child.write(object + "\n", until: deadline)
    case .none: false
    }
  }

  private mutating func fill(until deadline: ContinuousClock.Instant) throws(SessionFailure) {
    let (descriptor, errors): (Int32, Int32)
    switch child {
    case .some(let child): (descriptor, errors) = (child.output, child.errors)
    case .none: throw SessionFailure(message: "git cat-file has ended")
    }
    guard wait(for: descriptor, POLLIN, until: deadline) else {
      throw SessionFailure(message: "git cat-file does not answer")
    }
    guard let chunk = available(descriptor, count: 1 << 16), !chunk.isEmpty else {
      let canTell = wait(for: errors, POLLIN, until: deadline)
      let reason = Git.reason(canTell ? available(errors, count: 1 << 12) ?? [] : [])
      let isPartial = reason.contains("promisor") || reason.contains("transport")
      throw SessionFailure(
        message: isPartial
          ? "the clone was made with --filter and does not have it; clone without"
          : "git cat-file has ended: \(reason)")
    }
    if start == pending.count {
      pending = chunk
      start = 0
    } else {
      pending += chunk
    }
  }

  private mutating func line(
    until deadline: ContinuousClock.Instant
  ) throws(SessionFailure) -> String {
    while true {
      if let end = pending[start...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return String(decoding: pending[start..<end], as: UTF8.self)
      }
      guard pending.count - start < 1 << 12 else {
        throw SessionFailure(message: "git cat-file is not understood")
      }
      try fill(until: deadline)
    }
  }

  private mutating func take(
    _ count: Int, until deadline: ContinuousClock.Instant
  ) throws(SessionFailure) -> [UInt8] {
    while pending.count - start < count { try fill(until: deadline) }
    defer { start += count }
    return Array(pending[start..<(start + count)])
  }

  private mutating func skip(
    _ count: Int, until deadline: ContinuousClock.Instant
  ) throws(SessionFailure) {
    var rest = count
    while rest > 0 {
      if start == pending.count { try fill(until: deadline) }
      let part = min(rest, pending.count - start)
      start += part
      rest -= part
    }
  }
}
