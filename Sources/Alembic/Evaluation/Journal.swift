// What was changed while an alternative was evaluated, so that it can be undone, and what of it is
// not known after alternatives of which one holds.

import PythonSyntax
import SourceText

/// A variable or object with what it held before it was changed.
enum JournalEntry {
  case variable(Scope, UInt32, old: Value?)
  case list(ListObject, old: [Value], taint: Unknown?)
  case dictionary(DictionaryObject, old: [(key: Value, value: Value)], taint: Unknown?)
  case set(SetObject, old: [Value], taint: Unknown?)
  case instance(InstanceObject, old: AttributeTable, taint: Unknown?)
  case type(ClassObject, old: AttributeTable)
  case iterator(IteratorObject, position: Int)

  /// What is changed, to note each once.
  struct Subject: Hashable {
    let object: ObjectIdentifier
    let name: UInt32
  }

  var subject: Subject {
    switch self {
    case .variable(let scope, let name, _): Subject(object: ObjectIdentifier(scope), name: name)
    case .list(let object, _, _): Subject(object: ObjectIdentifier(object), name: 0)
    case .dictionary(let object, _, _): Subject(object: ObjectIdentifier(object), name: 0)
    case .set(let object, _, _): Subject(object: ObjectIdentifier(object), name: 0)
    case .instance(let object, _, _): Subject(object: ObjectIdentifier(object), name: 0)
    case .type(let object, _): Subject(object: ObjectIdentifier(object), name: 0)
    case .iterator(let object, _): Subject(object: ObjectIdentifier(object), name: 0)
    }
  }

  /// Whether what is changed was there when a journal was opened: nobody else sees the names of a call or
  /// comprehension that began later. Objects count as there.
  func isOlder(than journal: Journal) -> Bool {
    guard case .variable(let scope, _, _) = self else { return true }
    return scope.birth < journal.opening
  }

  func undo() {
    switch self {
    case .variable(let scope, let name, let old): scope[name] = old
    case .list(let list, let old, let taint):
      list.elements = old
      list.taint = taint
    case .dictionary(let dictionary, let old, let taint):
      dictionary.replaceEntries(old)
      dictionary.taint = taint
    case .set(let set, let old, let taint):
      set.replaceElements(old)
      set.taint = taint
    case .instance(let instance, let old, let taint):
      instance.attributes = old
      instance.taint = taint
    case .type(let type, let old): type.attributes = old
    case .iterator(let iterator, let position): iterator.position = position
    }
  }
}

/// The changes since an alternative began, in order: of each subject only what it held before its
/// first change, so that a journal is no longer than the variables and objects that changed.
struct Journal {
  /// Which journal of its interpreter it is, counted from 1.
  let opening: Int
  private(set) var entries: [JournalEntry] = []
  private var subjects = SmallSet<JournalEntry.Subject>()

  fileprivate init(_ opening: Int) { self.opening = opening }

  func hasSeen(_ object: AnyObject) -> Bool {
    subjects.contains(JournalEntry.Subject(object: ObjectIdentifier(object), name: 0))
  }

  /// Whether the entry is the first one of its subject, and of what may have to be undone.
  mutating func append(_ entry: JournalEntry) -> Bool {
    guard entry.isOlder(than: self) else { return false }
    let isNew = subjects.insert(entry.subject)
    if isNew { entries.append(entry) }
    return isNew
  }

  /// Adds the changes of an alternative that ended.
  mutating func absorb(_ other: Journal) {
    if entries.isEmpty, other.entries.allSatisfy({ $0.isOlder(than: self) }) {
      (entries, subjects) = (other.entries, other.subjects)
    } else {
      for entry in other.entries { _ = append(entry) }
    }
  }

  func undo() {
    for entry in entries.reversed() { entry.undo() }
  }
}

extension Interpreter {
  func openJournal() {
    openedJournals += 1
    journals.append(Journal(openedJournals))
  }

  /// Of a scope that is made now: the number of journals so far. Imported modules stay, whatever
  /// becomes of the alternative that imports them.
  var birth: Int { journals.isEmpty || isImporting ? 0 : openedJournals }

  func record(_ entry: JournalEntry) {
    guard !journals.isEmpty else { return }
    if journals[journals.count - 1].append(entry) { budget.allocate(96) }
  }

  /// Whether a change of the object has to be recorded.
  private func isJournaled(_ object: AnyObject) -> Bool {
    guard let journal = journals.last else { return false }
    return !journal.hasSeen(object)
  }

  /// A container that changes while its former content is kept is copied.
  private func chargeCopy(_ count: Int) { _ = budget.charge(count >> 2) }

  func willChange(_ list: ListObject) {
    noteChange(ofImported: list.isImported)
    guard isJournaled(list) else { return }
    chargeCopy(list.elements.count)
    record(.list(list, old: list.elements, taint: list.taint))
  }

  func willChange(_ dictionary: DictionaryObject) {
    noteChange(ofImported: dictionary.isImported)
    guard isJournaled(dictionary) else { return }
    chargeCopy(dictionary.count)
    record(.dictionary(dictionary, old: dictionary.entries, taint: dictionary.taint))
  }

  func willChange(_ set: SetObject) {
    noteChange(ofImported: set.isImported)
    guard isJournaled(set) else { return }
    chargeCopy(set.count)
    record(.set(set, old: set.elements, taint: set.taint))
  }

  func willChange(_ instance: InstanceObject) {
    noteChange(ofImported: instance.isImported)
    guard isJournaled(instance) else { return }
    chargeCopy(instance.attributes.entries.count)
    record(.instance(instance, old: instance.attributes, taint: instance.taint))
  }

  func willChange(_ type: ClassObject) {
    noteChange(ofImported: type.isImported)
    guard isJournaled(type) else { return }
    chargeCopy(type.attributes.entries.count)
    record(.type(type, old: type.attributes))
  }

  /// The changes since the innermost alternative began; they are noted for the one around it too.
  func closeJournal(undo: Bool) -> [JournalEntry] {
    guard let journal = journals.popLast() else { return [] }
    if undo { journal.undo() } else { take(journal) }
    return journal.entries
  }

  /// Leaves the journals above a level to the one around them.
  func dropJournals(to level: Int) {
    while journals.count > level, let last = journals.popLast() { take(last) }
  }

  /// Adds the changes of an alternative that ended to those of the one around it.
  private func take(_ journal: Journal) {
    guard !journals.isEmpty else { return }
    budget.allocate(journal.entries.count &* 96)
    journals[journals.count - 1].absorb(journal)
  }

  /// What an alternative had left when it was undone.
  struct Remains {
    var variables: [JournalEntry.Subject: Value?] = [:]
    var types: [ObjectIdentifier: AttributeTable] = [:]
  }

  /// After alternatives of which the last one's state stands: what any of them changed is not known,
  /// unless a variable has the same value in all of them.
  func join(_ entries: [JournalEntry], others: Remains, reason: Unknown) {
    var seen = SmallSet<JournalEntry.Subject>()
    for entry in entries where seen.insert(entry.subject) {
      if case .variable(let scope, let name, let old) = entry {
        let now = scope[name]
        let other = others.variables[entry.subject] ?? old
        guard !isSame(now, other) else { continue }
        record(.variable(scope, name, old: now))
        scope[name] = .unknown(reason.standing(for: now, other))
      } else {
        taint(entry, others, reason)
      }
    }
  }

  private func taint(_ entry: JournalEntry, _ others: Remains, _ reason: Unknown) {
    switch entry {
    case .variable: break
    case .list(let list, _, _): taint(.list(list), reason)
    case .dictionary(let dictionary, _, _): taint(.dictionary(dictionary), reason)
    case .set(let set, _, _): taint(.set(set), reason)
    case .instance(let instance, _, _): taint(.instance(instance), reason)
    case .type(let type, let old):
      willChange(type)
      for table in [type.attributes, others.types[ObjectIdentifier(type)] ?? old] {
        for (name, value) in table.entries where !isSame(value, old[name]) {
          type.attributes[name] = .unknown(reason)
        }
      }
    case .iterator(let iterator, _): iterator.taint = reason
    }
  }

  /// Whether two values cannot be told apart; false where that is not clear.
  func isSame(_ left: Value?, _ right: Value?) -> Bool {
    switch (left, right) {
    case (nil, nil): return true
    case (let left?, let right?):
      if let identity = left.identity { return identity == right.identity }
      switch (left, right) {
      case (.none, .none), (.ellipsis, .ellipsis): return true
      case (.boolean(let left), .boolean(let right)): return left == right
      case (.integer(let left), .integer(let right)): return left == right
      case (.float(let left), .float(let right)): return left == right
      case (.string(let first), .string(let second)):
        spend(on: .string(first))
        return first.isIdentical(to: second)
      case (.bytes(let left), .bytes(let right)): return left == right
      case (.library(let left), .library(let right)): return left == right
      case (.unknown(let left), .unknown(let right)): return left === right
      case (.tuple(let left), .tuple(let right)):
        guard budget.depth < Budget.maximumDepth, budget.charge(left.count) else { return false }
        budget.depth += 1
        defer { budget.depth -= 1 }
        return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
      default: return false
      }
    default: return false
    }
  }
}

extension String {
  /// Equality as Python has it: code point by code point, where Swift compares by canonical equivalence.
  func isIdentical(to other: String) -> Bool {
    utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
  }
}
