// Opaque places that are so because what they depend on is neither in the files nor in the database.

import Alembic
import SafetyRules
import SourceText

extension OpaquePlace {
  /// A place that asks for the schema or the mode, also where the answer is known.
  func asked(in source: SourceFile) -> OutsidePlace {
    OutsidePlace(
      location: source.location(of: range),
      source: reason.kind == .environment ? .environment : .schema, detail: reason.detail,
      isCondition: false, isAboutValues: false)
  }

  /// Nil for what the files or the database would tell.
  func outside(in source: SourceFile) -> OutsidePlace? {
    let origin: OutsidePlace.Source
    switch reason.cause ?? reason.kind {
    case .environment: origin = .environment
    case .time: origin = .moment
    default: return nil
    }
    return OutsidePlace(
      location: source.location(of: range), source: origin, detail: reason.detail,
      isCondition: reason.cause != nil, isAboutValues: reach != .everything)
  }
}
