// The names at the top of a migration file into a revision.

import PythonSyntax
import SourceText

/// What one migration file says of its place in the graph.
struct RevisionHeader {
  /// Nil if no identifier can be told.
  private(set) var revision: Revision?
  private(set) var diagnostics: [Diagnostic] = []
  /// Why Alembic would not load the file, or why its place in the graph cannot be told.
  private(set) var failure: RevisionFailure?
  /// Whether the file says that it is a migration. Nothing of another one is shown: a link in a
  /// project that is not trusted may lead to any file.
  var isMigration: Bool {
    names.bindings["revision"] != nil || names.bindings["down_revision"] != nil
  }
  private let module: PythonModule
  private let names: ModuleNames

  init(_ module: PythonModule, path: String, project: ProjectModules) {
    self.module = module
    names = ModuleNames(module) { project.constant($0, importer: path) }
    guard let id = identifier(path) else { return }
    var places = HeaderPlaces()
    places.revision = names.bindings["revision"]?.range
    places.downRevision = names.bindings["down_revision"]?.range
    places.dependsOn = names.bindings["depends_on"]?.range
    places.branchLabels = names.bindings["branch_labels"]?.range
    if names.bindings["down_revision"] == nil {
      refuse(
        nil, .crash("AttributeError", "'\(module.source.path)' has no 'down_revision'"),
        "there is no 'down_revision'")
      guard isMigration else { return }
    }
    let downRevisions = list("down_revision")
    // An empty text is no dependency, unless of a base, which Alembic then finds in a cycle.
    let dependencies = list("depends_on").filter { !$0.isEmpty || downRevisions.isEmpty }
    revision = Revision(
      id: id, downRevisions: downRevisions, dependencies: dependencies,
      branchLabels: list("branch_labels"), documentation: documentation, module: module, path: path,
      upgrade: function("upgrade"), downgrade: function("downgrade"), places: places)
  }

  /// `revision`, or for files of Alembic 0.1 the file's name in hexadecimal digits.
  private mutating func identifier(_ path: String) -> String? {
    guard let binding = names.bindings["revision"] else {
      if let legacy = Self.legacyIdentifier(Path.name(path)) { return legacy }
      if !module.diagnostics.isEmpty {
        refuse(
          nil,
          RevisionFailure(.unreadable, "\(module.source.path) is damaged and may be a revision"),
          "there is no 'revision' in what can be read of the file")
        return nil
      }
      refuse(
        nil,
        RevisionFailure(
          .revision,
          "Could not determine revision id from filename \(Path.name(path)). Be sure the 'revision' "
            + "variable is declared inside the script"),
        "there is no 'revision': this is not a migration")
      return nil
    }
    switch names.value(of: "revision") {
    case .string(let id): return id
    case .unknown(let reason): refuseUnknown("revision", reason, binding.range)
    default: refuseUnknown("revision", "it is not a text", binding.range)
    }
    return nil
  }

  private static func legacyIdentifier(_ name: String) -> String? {
    guard name.hasSuffix(".py") else { return nil }
    let stem = name.dropLast(3)
    let isHexadecimal = stem.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    return isHexadecimal && !stem.isEmpty ? String(stem) : nil
  }

  /// One text, several, or none.
  private mutating func list(_ name: String) -> [String] {
    guard let binding = names.bindings[name] else { return [] }
    switch names.value(of: name) {
    case .string(let one): return [one]
    case .sequence(let elements):
      var result: [String] = []
      for element in elements {
        switch element {
        case .string(let text): result.append(text)
        case .unknown(let reason): refuseUnknown(name, reason, binding.range)
        default: refuseUnknown(name, "an element is not a text", binding.range)
        }
      }
      return result
    case ConstantValue.none?, nil: return []
    case .unknown(let reason): refuseUnknown(name, reason, binding.range)
    default: refuseUnknown(name, "it is not a text", binding.range)
    }
    return []
  }

  private mutating func refuseUnknown(_ name: String, _ reason: String, _ range: SourceRange) {
    let sentence = "'\(name)' of \(module.source.path) cannot be known without running it"
    refuse(
      range, RevisionFailure(.unreadable, sentence, detail: reason),
      "'\(name)' cannot be known without running the file: \(reason)")
  }

  private mutating func refuse(
    _ range: SourceRange?, _ failure: RevisionFailure, _ message: String
  ) {
    let location =
      range.map(module.source.location(of:)) ?? SourceLocation(file: module.source.path)
    diagnostics.append(Diagnostic(location: location, message: message))
    if self.failure == nil { self.failure = failure }
  }

  private var documentation: String {
    guard let first = module[module.body].first, case .expression(let id) = module[first],
      case .string(let string) = module[id], let text = module.string(string)
    else { return "" }
    return text.trimmingSpace()
  }

  private mutating func function(_ name: String) -> RevisionFunction {
    switch names.bindings[name] {
    case .function(let definition, let range): return .defined(definition, range)
    case .some(let binding): return .bound(binding.range)
    case nil:
      diagnostics.append(
        Diagnostic(
          location: SourceLocation(file: module.source.path),
          message: "there is no function '\(name)': alembic ends with an error at this revision",
          isRemark: true, topic: "missing-\(name)"))
      return .missing
    }
  }
}
