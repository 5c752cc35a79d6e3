// `backout init`: the files with which a project begins.

import ArgumentParser
import BackoutKit

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write the settings, and on request what runs the gate.",
    discussion: """
      Nothing is overwritten: where a file is there already, the lines to add to it are shown.

      Examples:
        backout init
        backout init --pre-commit --github
      """)

  @Argument(
    help: "The directory of the repository. Default: the current one.", completion: .directory,
    transform: RevisionArgument.unmarked)
  var directory = "."
  @Flag(name: .long, help: "The hook of pre-commit: .pre-commit-config.yaml.")
  var preCommit = false
  @Flag(name: .long, help: "A workflow of GitHub: .github/workflows/backout.yml.")
  var github = false
  @Flag(name: .long, help: "A job of GitLab: .gitlab-ci.yml.")
  var gitlab = false

  func run() throws {
    let wanted: [(ProjectFile, Bool)] = [
      (.settings, true), (.preCommit, preCommit), (.github, github), (.gitlab, gitlab),
    ]
    for (file, isWanted) in wanted where isWanted {
      switch try file.write(in: directory) {
      case .written(let path): Terminal.write("wrote \(path)\n")
      case .present(let path, _) where file == .settings:
        Terminal.write("\(path) is there already\n")
      case .present(let path, let lines):
        let indented = lines.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
        Terminal.write("\(path) is there already; to be added to it:\n\n\(indented)")
      }
    }
    Terminal.write("next: backout analyze\n")
  }
}
