// The values of literals, worked out from their text when asked for.

import SourceText

extension PythonModule {
  /// The text of a string literal with its escapes worked out; nil if an escape is malformed
  /// or yields a lone surrogate, which Swift's strings cannot hold.
  package func string(_ id: StringID) -> String? { nil }

  /// The value of a bytes literal.
  package func bytes(_ id: StringID) -> [UInt8]? { nil }

  /// The value of an integer literal; nil where it does not fit in 64 bits.
  package func integer(_ id: ExpressionID) -> Int? { nil }

  /// The value of a float literal.
  package func float(_ id: ExpressionID) -> Double? { nil }
}
