// What parse analysis refuses of the windows of a query: names that are not there, and clauses that contradict the
// window which they are made from (`transformWindowDefinitions` and `transformWindowFuncCall`).

internal import CPGQuery

/// One window of a query's WINDOW clause, with what it takes over from another.
struct NamedWindow {
  var isPartitioned: Bool
  var sortKeys: Int
  /// Whether the definition has a frame of its own.
  var hasFrame: Bool
}

/// The bits of `FRAMEOPTION_…` in parsenodes.h.
private enum FrameOption {
  static let nonDefault: Int32 = 0x1
  static let range: Int32 = 0x2
  static let groups: Int32 = 0x8
  /// An offset at either end.
  static let offset: Int32 = 0x7800
}

extension Translator {
  /// The windows that a SELECT defines; each sees those before it.
  func namedWindows(of select: PgQuery__SelectStmt) -> [String: NamedWindow] {
    var windows: [String: NamedWindow] = [:]
    unsafe each(nodes(select.n_window_clause, select.window_clause)) { node in
      guard unsafe node.pointee.node_case == PG_QUERY__NODE__NODE_WINDOW_DEF,
        let definition = unsafe node.pointee.window_def?.pointee
      else { return misunderstood(()) }
      let name = unsafe text(definition.name)
      if windows[name] != nil { refuse("42P20", "window \(name) is defined twice") }
      windows[name] = unsafe window(definition, windows)
    }
    return windows
  }

  /// Refuses the window of a call where the query does not have it.
  func refuseWindow(of call: PgQuery__FuncCall, _ windows: [String: NamedWindow]?) {
    guard let windows, let definition = unsafe call.over?.pointee else { return }
    guard let name = unsafe optionalText(definition.name) else {
      _ = unsafe window(definition, windows)
      return
    }
    if windows[name] == nil { refuse("42704", "there is no window \(name)") }
  }

  private func window(
    _ definition: PgQuery__WindowDef, _ windows: [String: NamedWindow]
  ) -> NamedWindow {
    let frame = unsafe definition.frame_options
    var window = unsafe NamedWindow(
      isPartitioned: definition.n_partition_clause > 0, sortKeys: definition.n_order_clause,
      hasFrame: frame & FrameOption.nonDefault != 0)
    if let name = unsafe optionalText(definition.refname) {
      guard let base = windows[name] else {
        refuse("42704", "there is no window \(name)")
        return window
      }
      if window.isPartitioned { refuse("42P20", "PARTITION BY beside that of window \(name)") }
      if window.sortKeys > 0, base.sortKeys > 0 {
        refuse("42P20", "ORDER BY beside that of window \(name)")
      }
      // `OVER (w)` copies it; only `OVER w` takes it with its frame.
      if base.hasFrame { refuse("42P20", "a copy of window \(name), which has a frame") }
      window.isPartitioned = base.isPartitioned
      window.sortKeys = max(window.sortKeys, base.sortKeys)
    }
    if frame & FrameOption.range != 0, frame & FrameOption.offset != 0, window.sortKeys != 1 {
      refuse("42P20", "RANGE with an offset, which goes by one ORDER BY column")
    }
    if frame & FrameOption.groups != 0, window.sortKeys == 0 {
      refuse("42P20", "GROUPS without ORDER BY")
    }
    return window
  }
}
