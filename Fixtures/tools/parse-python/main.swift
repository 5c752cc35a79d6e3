// Reads the Python files that are listed in a file, one path a line, and prints how many seconds their
// syntax trees take on this thread and how many files have damage. What bench_corpus.py holds against
// CPython's ast.parse; reading the files is not counted, decoding them is, as there.

import Glibc
import PythonSyntax
import SourceText

func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fatalError("cannot read \(path)") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    initialized = fread(buffer.baseAddress, 1, count, file)
  }
}

guard CommandLine.arguments.count == 2 else { fatalError("usage: parse-python LIST") }
let listing = String(decoding: contents(of: CommandLine.arguments[1]), as: UTF8.self)
let paths = listing.split(separator: "\n").map(String.init)
let files = paths.map(contents)
var damaged = 0
let seconds = ContinuousClock().measure {
  for (path, bytes) in zip(paths, files) {
    guard let text = try? decodePython(bytes, path: path) else {
      damaged += 1
      continue
    }
    let module = parsePython(text)
    damaged += module.diagnostics.isEmpty ? 0 : 1
  }
}
print(seconds / .seconds(1), damaged)
