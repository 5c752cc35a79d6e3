// Evaluates small programs and shows what they emit, one line each.

import PythonSyntax
import SourceText
import Threads

@testable import Alembic

/// A project in memory: files by absolute path.
struct MemoryProject: ProjectAccess {
  var files: [String: String] = [:]

  func locate(_ dottedName: String, importer: String) -> LocatedModule? {
    let path = "/app/" + dottedName.split(separator: ".").joined(separator: "/")
    if let text = files[path + ".py"] {
      return module(path + ".py", text, isPackage: false)
    }
    if let text = files[path + "/__init__.py"] {
      return module(path + "/__init__.py", text, isPackage: true)
    }
    return nil
  }

  private func module(_ path: String, _ text: String, isPackage: Bool) -> LocatedModule {
    LocatedModule(
      path: path, isPackage: isPackage,
      module: parsePython(SourceFile(path: path, text: text)))
  }

  func module(at path: String) -> PythonModule? {
    files[path].map { parsePython(SourceFile(path: path, text: $0)) }
  }

  func contents(of path: String) -> [UInt8]? { files[path].map { Array($0.utf8) } }

  func entries(of directory: String) -> [String]? {
    let inside = files.keys.filter { $0.hasPrefix(directory + "/") }
    return inside.isEmpty ? nil : inside.map { String($0.dropFirst(directory.count + 1)) }.sorted()
  }
}

func evaluate(
  _ text: String, files: [String: String] = [:], direction: Direction = .upgrade,
  mode: ExecutionMode = .offline
) -> Step {
  let path = "/app/versions/0001_test.py"
  var settings = EvaluationSettings()
  settings.mode = mode
  let steps = try? mapOnLargeStacks(
    [text],
    with: { [settings] in
      StepEvaluator(settings: settings, project: MemoryProject(files: files))
    },
    { evaluator, text in
      evaluator.evaluate(
        parsePython(SourceFile(path: path, text: text)), path: path, direction: direction)
    })
  return steps?.first ?? Step(direction: direction, isMissing: true)
}

/// The elements as text: the SQL, `? ` before what is conditional, `OPAQUE kind: detail`, `UNNAMED
/// schema.table type`, and at the end `RAISES type: message`.
func outline(_ step: Step) -> [String] {
  var lines = step.elements.map { element in
    switch element {
    case .statement(let statement): (statement.isConditional ? "? " : "") + statement.sql
    case .opaque(let place): "OPAQUE \(place.reason.kind.rawValue): \(place.reason.detail)"
    case .unnamedDrop(let drop):
      "UNNAMED \(drop.schema.map { $0 + "." } ?? "")\(drop.table) \(drop.error.type)"
    }
  }
  if let raises = step.raises { lines.append("RAISES \(raises.type): \(raises.message ?? "?")") }
  return lines
}

/// Runs statements as the body of `upgrade()`, with `e(value)` for `op.execute(str(value))`.
func body(_ statements: String, files: [String: String] = [:]) -> [String] {
  let indented = statements.split(separator: "\n", omittingEmptySubsequences: false)
    .map { "    " + $0 }.joined(separator: "\n")
  return outline(
    evaluate(
      """
      from alembic import op
      def e(value):
          op.execute(str(value))
      def upgrade():
      \(indented)
      """, files: files))
}
