// What the shells offer while a command is typed: the revisions of the project, the names of the rules.

import ArgumentParser
import BackoutKit

extension RevisionArgument {
  static var defaultCompletionKind: CompletionKind {
    .custom { _, _, prefix in
      ((try? Project().revisionNames) ?? []).filter { $0.hasPrefix(prefix) }
    }
  }
}

extension CompletionKind {
  static var rules: CompletionKind {
    .custom { _, _, prefix in
      let own = try? RuleCatalogue(Project())
      return (own ?? RuleCatalogue()).names.filter { $0.hasPrefix(prefix) }
    }
  }
}
