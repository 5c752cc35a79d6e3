// A TOML file, read through TOMLKit.

import SourceText
import TOMLKit

/// A file's tables. TOMLKit's tables refer to their root without keeping it: whoever reads one keeps
/// this.
struct TomlFile {
  let root: TOMLTable
  let location: SourceLocation
  private let source: SourceFile

  init(_ source: SourceFile) throws(ProjectFailure) {
    self.source = source
    location = SourceLocation(file: source.path)
    if let fault = TomlGuard.fault(in: source.bytes) {
      let place = UInt32(min(fault, source.bytes.count))
      throw ProjectFailure(
        "this is not TOML", at: source.location(of: SourceRange(start: place, end: place)))
    }
    do {
      root = try TOMLTable(string: source.text(in: source.wholeRange))
    } catch let error as TOMLParseError {
      let position = SourcePosition(
        line: error.source.begin.line, column: error.source.begin.column)
      throw ProjectFailure(
        "this is not TOML",
        at: SourceLocation(file: source.path, start: position, end: position))
    } catch {
      throw ProjectFailure("this is not TOML", at: location)
    }
  }

  /// Where the headers `[[name]]` stand, which TOMLKit does not tell. A line of a longer text may look
  /// like one: then there are more of them than tables.
  func headers(of name: String) -> [SourceLocation] {
    let header = "[[\(name)]]"
    var start = 0
    return source.bytes.split(separator: 10, omittingEmptySubsequences: false).compactMap { line in
      defer { start += line.count + 1 }
      let plain = line.prefix { $0 != UInt8(ascii: "#") }
        .filter { $0 > 32 && $0 != UInt8(ascii: "\"") }
      guard plain.elementsEqual(header.utf8) else { return nil }
      return source.location(of: SourceRange(start: UInt32(start), end: UInt32(start + line.count)))
    }
  }

  /// A configuration file as text.
  /// - Parameter working: the directory that shown paths are relative to.
  static func source(
    _ path: String, _ working: String, _ fileSystem: FileSystem
  ) throws(ProjectFailure) -> SourceFile {
    let shown = Path.shown(path, from: working)
    do throws(ReadFailure) {
      let bytes = try fileSystem.read(path)
      guard String(validating: bytes, as: UTF8.self) != nil else { throw ReadFailure("not UTF-8") }
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      return SourceFile(
        path: shown, bytes: bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes)
    } catch {
      throw ProjectFailure(
        "the configuration cannot be read: \(error.reason)", at: SourceLocation(file: shown))
    }
  }
}
