// An abstract interpreter of Python: evaluates a revision's functions without running them, and
// collects what they emit.

import PythonSyntax
import SourceText

/// Evaluates the revisions of one project, one step at a time; not shared between threads.
final class Interpreter {
  let settings: EvaluationSettings
  let project: any ProjectAccess
  /// State of the SQLAlchemy half, fresh for every step.
  var sqlalchemy = SQLAlchemyState()
  /// The elements of the step so far.
  private(set) var elements: [StepElement] = []
  private(set) var offlinePlaces: [OpaquePlace] = []
  /// How many conditions that are not known surround the place being evaluated.
  var conditionDepth = 0
  /// How many `autocommit_block()`s surround it.
  var autocommitDepth = 0

  init(settings: EvaluationSettings, project: any ProjectAccess) {
    self.settings = settings
    self.project = project
  }

  /// Results are those of `alembic upgrade --sql`.
  var isOffline: Bool { true }
  /// What is emitted now may or may not run.
  var isConditional: Bool { conditionDepth > 0 }

  /// `naming_convention` of env.py's `target_metadata` or of the settings: template strings and
  /// functions by key.
  var namingConvention: DictionaryObject? { nil }

  /// The place in the revision's own file for something at `range` of the file being evaluated.
  func place(_ range: SourceRange) -> SourceRange { range }

  /// Appends a statement; its flags are those of the place being evaluated.
  func emit(_ sql: String, at range: SourceRange, hints: [OperationHint] = []) {
    elements.append(
      .statement(
        EmittedStatement(
          sql: sql, range: place(range), autocommit: autocommitDepth > 0,
          isConditional: isConditional, hints: hints)))
  }

  /// Appends a place that cannot be known.
  func opaque(_ unknown: Unknown, at range: SourceRange) {
    opaque(unknown.reason, at: range)
  }

  func opaque(_ reason: OpaqueReason, at range: SourceRange) {
    elements.append(.opaque(OpaquePlace(range: place(range), reason: reason)))
  }

  /// Notes a place whose result may differ against a database.
  func offlineOnly(_ reason: OpaqueReason, at range: SourceRange) {
    offlinePlaces.append(OpaquePlace(range: place(range), reason: reason))
  }

  func unknown(_ kind: OpaqueReason.Kind, _ detail: String, at range: SourceRange) -> Value {
    .unknown(Unknown(OpaqueReason(kind, detail), range: range))
  }

  /// Calls anything callable.
  func call(_ function: Value, _ arguments: CallArguments) throws(Interruption) -> Value {
    unknown(.unsupportedCall, "call", at: arguments.range)
  }

  /// `value.name`; raises AttributeError where the value is known not to have it.
  func attribute(
    _ value: Value, _ name: String, at range: SourceRange
  ) throws(Interruption) -> Value {
    unknown(.unsupportedCall, name, at: range)
  }

  /// The elements that iterating over the value yields; nil if they are not known.
  func iterate(_ value: Value, at range: SourceRange) throws(Interruption) -> [Value]? { nil }

  /// `bool(value)`; nil if it is not known.
  func truth(_ value: Value) -> Bool? { nil }

  /// `repr(value)`; nil if it is not known.
  func representation(_ value: Value) -> String? { nil }

  /// `str(value)`; nil if it is not known.
  func text(_ value: Value) -> String? { nil }

  /// `left == right`; nil if it is not known.
  func equal(_ left: Value, _ right: Value) -> Bool? { nil }

  /// The interruption that raises a Python exception: `throw interpreter.raise("ValueError", …)`.
  func raise(_ type: String, _ message: String, at range: SourceRange) -> Interruption {
    .raised
  }
}
