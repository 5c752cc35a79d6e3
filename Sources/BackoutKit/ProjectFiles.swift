// The files with which a project takes the program into use: settings, and what runs the gate.

import Glibc

/// A file that `backout init` can write.
public enum ProjectFile: CaseIterable, Sendable {
  case settings, preCommit, github, gitlab

  /// From the directory that the project lies in.
  public var path: String {
    switch self {
    case .settings: "backout.toml"
    case .preCommit: ".pre-commit-config.yaml"
    case .github: ".github/workflows/backout.yml"
    case .gitlab: ".gitlab-ci.yml"
    }
  }

  /// What becomes of a file.
  public enum Outcome: Sendable {
    case written(String)
    /// It is there already, and is the project's own: what to add to it.
    case present(String, lines: String)
  }

  /// Writes the file unless it is there.
  /// - Parameter directory: an existing directory.
  public func write(in directory: String) throws(BackoutFailure) -> Outcome {
    let whole = directory == "." ? path : "\(directory)/\(path)"
    if self == .github {
      for folder in [".github", ".github/workflows"] {
        mkdir(directory == "." ? folder : "\(directory)/\(folder)", 0o777)
      }
    }
    // Not through a link, and never over what is there.
    let descriptor = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST { return .present(whole, lines: text) }
      throw BackoutFailure("'\(whole)' cannot be written: \(String(cString: strerror(errno)))")
    }
    close(descriptor)
    try OutputFile.write(text, to: whole)
    return .written(whole)
  }

  var text: String {
    switch self {
    case .settings:
      """
      # Settings of backout; everything is optional. `backout rules` lists the rules.

      # What makes the exit code of analyze non-zero.
      # fail-on = "unsafe,unknown,error"

      # Revisions up to this one are not judged.
      # start-after = "a1b2c3d4"

      # The major version of the server, 11 to 18; in check the server's own.
      # postgres-version = 15

      # The key of the advisory lock that migrations take.
      # advisory-lock = "999999"

      # Tables on which no lock is long.
      # small-tables = ["countries"]

      # off, on, info, warning or error, by rule.
      [rules]
      # drop-table = "warning"

      # What names hold that only the deployment would tell.
      [values]
      # "app.config.settings" = { schema = "main" }

      # Environment variables that migrations read.
      [environment]
      # APP_SCHEMA = "main"

      """
    case .preCommit:
      #"""
      repos:
        - repo: local
          hooks:
            - id: backout
              name: backout
              entry: backout analyze --staged
              language: system
              files: (^|/)(versions/.*|env)\.py$|(^|/)alembic\.ini$
              pass_filenames: false

      """#
    case .github:
      #"""
      name: backout
      on: pull_request
      jobs:
        backout:
          runs-on: ubuntu-latest
          permissions:
            contents: read
          steps:
            - uses: actions/checkout@v4
              with:
                fetch-depth: 0 # the merge base has to be there
            - run: pip install backout # or the wheel of `make wheel`, from where your team keeps it
            - run: >
                backout analyze --changed-since "origin/$GITHUB_BASE_REF"
                --format github --format markdown="$GITHUB_STEP_SUMMARY"

      """#
    case .gitlab:
      #"""
      backout:
        image: python:3.12-bookworm
        rules:
          - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        variables:
          GIT_DEPTH: "0"
        script:
          - pip install backout # or the wheel of `make wheel`, from where your team keeps it
          - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
          - backout analyze --changed-since FETCH_HEAD --format text --format gitlab=gl-code-quality.json
        artifacts:
          when: always
          reports:
            codequality: gl-code-quality.json

      """#
    }
  }
}
