// Repositories made by the real git.

package import Foundation
import Testing

/// Runs git without the settings of the machine.
@discardableResult
package func git(_ arguments: String..., in directory: URL) async throws -> String {
  try await git(arguments, in: directory)
}

@discardableResult
package func git(_ arguments: [String], in directory: URL) async throws -> String {
  let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
  let outcome = try await run(
    ["/usr/bin/git", "-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false"] + identity
      + arguments,
    in: directory,
    settings: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"])
  try #require(outcome.exitCode == 0, "git \(arguments): \(outcome.errorText)")
  return outcome.outputText.trimmingCharacters(in: .newlines)
}

/// Commits all there is.
/// - Returns: the name of the commit.
@discardableResult
package func commit(_ message: String = "commit", in directory: URL) async throws -> String {
  try await git("add", "--all", in: directory)
  try await git("commit", "--quiet", "--allow-empty", "-m", message, in: directory)
  return try await git("rev-parse", "HEAD", in: directory)
}
