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
      let project = try request.project(in: snapshot)
      let script = try project.sql(range: range)
      let (text, gap) = try script.rendered(as: format)
      self.text = text
      self.script = script
      remarks = script.remarks(on: project, gap)
      exitCode = script.exitCode(gap)
      return
    }
    let shared = SharedModules()
    let parts: [ProjectPart]
    do {
      parts = try mapOnTeam(requests) { request in
        ProjectPart(request, in: snapshot, shared, range: range, as: format)
      }
    } catch {
      throw BackoutFailure("no thread could be started to read the projects on")
    }
    let projects = parts.map { (path: $0.path, sql: $0.sql) }
    text = format == .json ? sqlJSON(projects) : sqlText(projects)
    script = nil
    remarks = parts.flatMap(\.remarks)
    let codes = parts.map(\.exitCode)
    exitCode = codes.contains(2) ? 2 : codes.max() ?? 0
  }
}

/// What came of one of several projects.
private struct ProjectPart: Sendable {
  let path: String
  let sql: ProjectSQL
  let remarks: [String]
  /// As that of `SQLOutput`.
  let exitCode: Int32

  init(
    _ request: ProjectRequest, in snapshot: Snapshot?, _ shared: SharedModules, range: String?,
    as format: PlainFormat
  ) {
    path = request.paths[0]
    let words: [String]
    do throws(BackoutFailure) {
      let project = try request.project(in: snapshot, shared: shared)
      let script = try project.sql(range: range)
      var gap: String?
      switch format {
      case .text:
        let rendered = try script.rendered(as: .text)
        (sql, gap) = (.script(rendered.text), rendered.gap)
      case .json: sql = .revisions(try script.revisions())
      }
      words = script.remarks(on: project, gap)
      exitCode = script.exitCode(gap)
    } catch {
      (sql, words, exitCode) = (.failure(error.message), [error.message], 2)
    }
    let name = path.harmless
    remarks = words.map { "backout: \(name): \($0.trimmingPrefix("backout: "))" }
  }
}

extension SQLScript {
  fileprivate func remarks(on project: Project, _ gap: String?) -> [String] {
    [project.notice, complaint ?? gap].compactMap(\.self)
  }

  fileprivate func exitCode(_ gap: String?) -> Int32 { complaint != nil ? 2 : gap != nil ? 3 : 0 }
}
