// libpq, loaded when it is first needed.

import CLibPQ

/// The functions of libpq. Commands that never connect do not load it.
@safe
struct LibPQ {
  let functions: LibPQFunctions

  init() throws(LiveFailure) {
    let table = UnsafeMutablePointer<LibPQFunctions>.allocate(capacity: 1)
    defer { unsafe table.deallocate() }
    if let missing = unsafe loadLibPQFunctions(table) {
      let name = unsafe String(cString: missing)
      throw LiveFailure(
        .connection,
        "PostgreSQL's client library cannot be loaded (\(name)); install version 14 or newer "
          + "(Debian: libpq5)")
    }
    functions = unsafe table.pointee
  }
}
