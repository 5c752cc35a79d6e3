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
  var elements: [StepElement] = []
  var offlinePlaces: [OpaquePlace] = []
  var offlineFailures: [OpaquePlace] = []
  private var importedTables: [TableModel] = []
  /// How many conditions that are not known surround the place being evaluated.
  var conditionDepth = 0
  /// How many `autocommit_block()`s surround it.
  var autocommitDepth = 0
  /// What was raised last; meaningful where `Interruption.raised` is caught.
  var raised: RaisedException?
  /// The function call being evaluated.
  var frame: Frame
  /// Changes made since each open alternative began, innermost last.
  @exclusivity(unchecked) var journals: [Journal] = []
  var openedJournals = 0
  var budget = Budget()
  /// Of all revisions together.
  var projectBudget: ProjectBudget?
  /// The names of SQLAlchemy and Alembic that were asked for, by their spelling.
  var canonicalNames: [QualifiedKey: LibraryName?] = [:]
  /// The classes of built-in exceptions by name.
  var exceptionClasses: [String: ClassObject] = [:]
  /// Counts what was evaluated and not known, to see whether a block held any.
  var unknownCount = 0
  /// The naming convention of the project's MetaData, once a constraint asked for its name.
  var knownConvention: NamingConvention?
  /// What the project registers with SQLAlchemy, once something that it may concern was made.
  var knownHooks: Hooks?
  /// Modules of the project by dotted name; nil: looked for and not found.
  var modules: [String: ModuleObject?] = [:]
  /// A step changed something of an imported module: the next one is to find it as it was, on whichever
  /// thread it is evaluated.
  var hasChangedImports = false
  /// The revision being evaluated, and the innermost call in its own file.
  var revisionModule: ModuleObject?
  var revisionPlace = SourceRange(start: 0, end: 0)
  /// A block is evaluated only for what it changes.
  var isDiscovering = false
  /// Meanwhile there was a loop of which only the source told what it changes.
  var hasGuessedLoop = false
  /// The value that is evaluated is thrown away: the call is there for its effect.
  var isEffectOnly = false
  /// The step is a downgrade.
  var isDowngrade = false
  /// The schema that the step finds; nil where nobody answers for one.
  var schema: (any SchemaView)?
  /// Where the step asked for the schema, or whether its statements are printed.
  var asked: [OpaquePlace] = []
  /// What is evaluated is asked for only to see whether it is there.
  var isProbing = false
  /// The top level of an imported module is being evaluated, with a budget of its own.
  var isImporting = false

  init(settings: EvaluationSettings, project: any ProjectAccess) {
    self.settings = settings
    self.project = project
    let nowhere = SourceFile(path: "", bytes: [])
    frame = Frame(
      ModuleObject(name: "", path: "", isPackage: false, code: parsePython(nowhere)))
  }

  /// What is emitted now may or may not run.
  var isConditional: Bool { conditionDepth > 0 }

  /// The place in the revision's own file for something at `range` of the file being evaluated.
  func place(_ range: SourceRange) -> SourceRange {
    frame.module === revisionModule ? range : revisionPlace
  }

  /// Appends a statement; its flags are those of the place being evaluated.
  func emit(
    _ sql: String, at range: SourceRange, hints: [OperationHint] = [], checksFirst: Bool = false,
    sent: SentValues? = nil
  ) {
    let size = sql.utf8.count + (sent?.size ?? 0)
    budget.allocate(size)
    _ = budget.charge(size / Budget.sqlBytesPerWork)
    var statement = EmittedStatement(
      sql: Operations.normalized(sql), range: place(range), autocommit: autocommitDepth > 0,
      isConditional: isConditional, hints: hints, checksFirst: checksFirst)
    statement.sent = sent
    elements.append(.statement(statement))
  }

  /// Notes of the statements from a place on that they were bare strings.
  func noteBareText(from start: Int) {
    for place in start..<elements.count {
      guard case .statement(var statement) = elements[place] else { continue }
      statement.isBareText = true
      elements[place] = .statement(statement)
    }
  }

  /// Appends a statement of SQLAlchemy Core with what its text says of offline mode.
  func emit(
    _ sql: String, at range: SourceRange, _ rendering: Rendering, sent: SentValues? = nil
  ) {
    emit(sql, at: range, sent: sent)
    if let failure = rendering.offlineFailure {
      offlineFails(OpaqueReason(.unsupportedSQL, failure), at: range)
    }
    if let difference = rendering.offlineOnly {
      offlineOnly(OpaqueReason(.environment, difference), at: range)
    }
  }

  /// Notes a place where `--sql` fails and a database would not.
  func offlineFails(_ reason: OpaqueReason, at range: SourceRange) {
    offlineFailures.append(OpaquePlace(range: place(range), reason: reason))
  }

  /// A table of the step, or of an imported module, is kept as long as its columns may be used.
  func keep(_ table: TableModel) {
    if isImporting { importedTables.append(table) } else { sqlalchemy.keep(table) }
  }

  /// Appends a place that cannot be known.
  func opaque(_ unknown: Unknown, at range: SourceRange) {
    opaque(unknown.reason, at: range)
  }

  /// - Parameter position: before which element of the step it stands; nil: behind all of them.
  func opaque(
    _ reason: OpaqueReason, at range: SourceRange, reach: OpaquePlace.Reach = .everything,
    before position: Int? = nil
  ) {
    budget.allocate(reason.kind == .budget ? Budget.excessCost : Budget.opaqueCost)
    if case .statement(let form) = reach { budget.allocate(form.utf8.count) }
    elements.insert(
      .opaque(OpaquePlace(range: place(range), reason: reason, reach: reach)),
      at: min(position ?? elements.count, elements.count))
  }

  /// Appends a place where something of SQLAlchemy or Alembic is not rendered.
  func opaque(_ error: NotRenderable, at range: SourceRange) {
    opaque(error.reason, at: range, reach: error.form.map { .statement($0) } ?? .everything)
  }

  /// Notes a place that asks what is not the same everywhere.
  func noteAsked(_ reason: OpaqueReason, at range: SourceRange) {
    asked.append(OpaquePlace(range: place(range), reason: reason))
  }

  /// Notes a place whose result may differ against a database.
  func offlineOnly(_ reason: OpaqueReason, at range: SourceRange) {
    offlinePlaces.append(OpaquePlace(range: place(range), reason: reason))
  }

  func unknown(_ kind: OpaqueReason.Kind, _ detail: String, at range: SourceRange) -> Value {
    unknownCount += 1
    if Self.kindsThatMayRaise.contains(kind) { mayRaise(OpaqueReason(kind, detail), at: range) }
    return .unknown(Unknown(OpaqueReason(kind, detail), range: range))
  }

  /// A value computed from one that is not known.
  func unknown(_ reason: Unknown) -> Value {
    unknownCount += 1
    return .unknown(reason)
  }

  /// Counts work; throws when there was too much.
  @inline(__always)
  func charge(_ amount: Int = 1) throws(Interruption) {
    if !budget.charge(amount) { throw .exhausted }
  }

  /// Counts the memory of something that is about to be made; throws when there would be too much.
  func allocate(_ bytes: Int) throws(Interruption) {
    budget.allocate(bytes)
    if budget.isExhausted { throw .exhausted }
  }
}

/// How much a step may cost: a migration written to loop or to explode ends as opaque.
struct Budget {
  /// Expressions and statements evaluated, elements copied.
  static let maximumWork = 1_500_000
  /// The work of an expression that may make an object. Objects hold objects, and freeing one frees
  /// what it holds by recursion: no more of them may be made than the stack has room for.
  static let objectWork = 12
  /// How many bytes of an operand are worth a unit of work: copied, compared or decoded.
  static let bytesPerWork = 32
  /// The same of SQL that is emitted, which has to be parsed.
  static let sqlBytesPerWork = 8
  /// The work of a part of a format.
  static let directiveWork = 6
  /// The work of asking the file system for something.
  static let fileWork = 500
  /// Bytes of strings and elements made, whether still in use or not.
  static let maximumMemory = 64 << 20
  /// The memory that an opaque place counts for: where thousands of them come up, as in an application
  /// that is followed into its queries, the rest tells no more.
  static let opaqueCost = maximumMemory / 2000
  /// The same of one that much work was done for in vain.
  static let excessCost = maximumMemory / 8
  /// Calls within calls, as deep as a stack of 8 MiB allows.
  static let maximumCalls = 60
  /// Expressions and statements within each other, over all calls.
  static let maximumDepth = 1200

  private(set) var work = 0
  private(set) var memory = 0
  var depth = 0
  var calls = 0

  /// A new budget at the same depth of the stack.
  func fresh() -> Budget {
    var budget = Budget()
    budget.depth = depth
    budget.calls = calls
    return budget
  }

  /// Work and memory together, as work.
  var cost: Int { work &+ min(memory, Self.maximumMemory) / Self.bytesPerWork }

  var isExhausted: Bool { work > Self.maximumWork || memory > Self.maximumMemory }

  @inline(__always)
  mutating func charge(_ amount: Int) -> Bool {
    work &+= amount
    return work <= Self.maximumWork && amount >= 0 && memory <= Self.maximumMemory
  }

  mutating func allocate(_ bytes: Int) {
    let (sum, overflow) = memory.addingReportingOverflow(max(0, bytes))
    memory = overflow ? Int.max : sum
  }
}

/// A call of a function of Python source, or the evaluation of a module's top level.
final class Frame {
  let module: ModuleObject
  /// The function that is called; nil for the top level of a module.
  let function: FunctionObject?
  /// The call that it is called from.
  let caller: Frame?
  /// How many conditions that are not known surround the call.
  let conditionDepth: Int
  var returnValue = Value.none
  /// Values returned under conditions that are not known, while the rest is evaluated too.
  var pendingReturns: [Value] = []
  /// How many such returns there were: what follows is conditional until the call ends.
  var splits = 0
  /// What a `yield` does: collects the value, or runs the body of a `with`.
  var yieldHandler: ((Value) throws(Interruption) -> Value)?
  /// Those of the `try` statements around the place, outermost first.
  var handlers: [NodeList<ExceptionHandler>] = []
  /// Something may have raised, under a condition that is not known.
  var mayHaveRaised = false
  /// Exceptions being handled, for a bare `raise`.
  var handled: [RaisedException] = []

  init(_ module: ModuleObject) {
    self.module = module
    (function, caller, conditionDepth) = (nil, nil, 0)
  }

  init(_ function: FunctionObject, from caller: Frame, conditionDepth: Int) {
    module = function.module
    self.function = function
    self.caller = caller
    self.conditionDepth = conditionDepth
  }
}

/// An exception on its way.
struct RaisedException {
  var value: Value
  /// In the revision's own file.
  var place: SourceRange
  var origin: Origin
  /// The name of its class as written, where the class is not known.
  var spelling: String?

  enum Origin {
    /// A `raise` or `assert`.
    case source
    /// An operation that failed, by what is known of it.
    case operation
    /// The drop of a constraint without a name.
    case unnamedDrop(schema: String?, table: String)
  }
}

/// How a block ends.
enum Completion {
  case normal, returned, broke, continued
}
