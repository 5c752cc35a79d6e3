// What `backout sql` writes: of one project, or of several that are read at the same time.

import Alembic
import Reports
import Threads

/// The SQL of what paths name, and what is said beside it.
public struct SQLOutput: Sendable {
  public let text: String
  /// A line each, where the text is not all that Alembic would print.
  public let remarks: [String]
  /// 2 where a project could not be read, or Alembic would not load it; 3 where a script has gaps.
  public let exitCode: Int32
  /// Kept, because a program that ends after writing need not free it first.
  private let script: SQLScript?

  /// Finds and reads the projects. Paths that make up one project are one, as in `Project.init`; else each is
  /// a project of its own, and one that cannot be read does not keep the others from being written.
  /// - Parameters:
  ///   - section: see `Project.init`, as for `settings`.
  ///   - version: which files are read.
  ///   - range: see `Project.sql`; of several projects, of each.
  public init(
    paths: [String], section: String, settings: String?, version: ProjectVersion, range: String?,
    format: PlainFormat
  ) throws(BackoutFailure) {
    let request = ProjectRequest(paths: paths, section: section, settings: settings)
    let snapshot = try request.snapshot(version)
    guard let requests = request.several(in: snapshot) else {
      let script = try request.project(in: snapshot).sql(range: range)
      let (text, gap) = try script.rendered(as: format)
      self.text = text
      self.script = script
      remarks = [script.complaint ?? gap].compactMap(\.self)
      exitCode = remarks.isEmpty ? 0 : script.complaint == nil ? 3 : 2
      return
    }
    let shared = SharedModules()
    let parts: [ProjectPart]
    do {
      parts = try mapOnTeam(requests) { request in
        ProjectPart(of: request.paths[0], as: format) { () throws(BackoutFailure) in
          try request.project(in: snapshot, shared: shared).sql(range: range)
        }
      }
    } catch {
      throw BackoutFailure("no thread could be started to read the projects on")
    }
    let projects = parts.map { (path: $0.path, sql: $0.sql) }
    text = format == .json ? sqlJSON(projects) : sqlText(projects)
    script = nil
    remarks = parts.compactMap(\.remark)
    exitCode = parts.contains(where: \.hasFailed) ? 2 : remarks.isEmpty ? 0 : 3
  }
}

/// What came of one of several projects.
private struct ProjectPart: Sendable {
  let path: String
  let sql: ProjectSQL
  let remark: String?
  let hasFailed: Bool

  init(
    of path: String, as format: PlainFormat, _ make: () throws(BackoutFailure) -> SQLScript
  ) {
    let words: String?
    do throws(BackoutFailure) {
      let script = try make()
      switch format {
      case .text:
        let (text, gap) = try script.rendered(as: .text)
        (sql, words) = (.script(text), script.complaint ?? gap)
      case .json: (sql, words) = (.revisions(try script.revisions()), script.complaint)
      }
      hasFailed = script.complaint != nil
    } catch {
      (sql, words, hasFailed) = (.failure(error.message), error.message, true)
    }
    self.path = path
    remark = words.map { "backout: \(path.harmless): \($0.trimmingPrefix("backout: "))" }
  }
}
