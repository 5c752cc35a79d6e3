// CPython's own syntax trees, in the canonical text of `TreeDump`.

import Foundation

/// A run of the interpreter that reads paths and answers each with its tree.
struct CPythonTrees {
  enum Answer: Equatable {
    case tree([UInt8])
    case refused(String)
  }

  static let interpreter =
    ProcessInfo.processInfo.environment["BACKOUT_TEST_PYTHON"] ?? "python3"

  /// Whether nodes inside f-strings have places of their own (3.12 and later).
  static let placesInStrings: Bool = {
    let version = run(["-c", "import sys; print(sys.version_info >= (3, 12))"], input: "")
    return String(decoding: version, as: UTF8.self).contains("True")
  }()

  /// The Python files under the standard library, its tests included, in a fixed order.
  static func standardLibrary() -> [String] {
    let script = """
      import os, sysconfig
      for root, folders, files in os.walk(sysconfig.get_path("stdlib")):
          folders[:] = sorted(set(folders) - {"site-packages", "dist-packages"})
          for file in sorted(files):
              if file.endswith(".py"):
                  print(os.path.join(root, file))
      """
    let list = run(["-c", script], input: "")
    return String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Calls `body` with each file and CPython's answer, in order.
  static func forEach(_ paths: [String], _ body: (String, Answer) -> Void) {
    let process = Process()
    let answers = Pipe()
    let questions = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter, "-W", "ignore", "-c", script]
    process.standardOutput = answers
    process.standardInput = questions
    guard (try? process.run()) != nil else { return }
    let list = Data(paths.joined(separator: "\n").utf8)
    DispatchQueue.global().async {
      questions.fileHandleForWriting.write(list)
      try? questions.fileHandleForWriting.close()
    }
    var reader = AnswerReader(answers.fileHandleForReading)
    for path in paths {
      guard let header = reader.line() else { break }
      let fields = header.split(separator: " ")
      guard fields.count == 2, let length = Int(fields[1]) else { break }
      let bytes = reader.bytes(length)
      body(
        path, fields[0] == "tree" ? .tree(bytes) : .refused(String(decoding: bytes, as: UTF8.self)))
    }
    process.waitUntilExit()
  }

  private static func run(_ arguments: [String], input: String) -> Data {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter] + arguments
    process.standardOutput = output
    guard (try? process.run()) != nil else { return Data() }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }

  private static let script = #"""
    import ast, struct, sys
    sys.setrecursionlimit(20000)
    places = sys.version_info >= (3, 12)
    skipped = {"type_comment", "type_ignores", "ctx", "kind", "type_params", "str"}

    def text(value):
        try:
            data = value.encode()
        except UnicodeEncodeError:
            return b"str:?"
        return b"str:%d:%s" % (len(data), data)

    def constant(value, named):
        if value is None or value is True or value is False:
            return str(value).encode()
        if value is ...:
            return b"..."
        if isinstance(value, int):
            return b"int:%d" % value if value < 2 ** 63 else b"int:big"
        if isinstance(value, float):
            return b"float:%x" % struct.unpack("<Q", struct.pack("<d", value))
        if isinstance(value, complex):
            return b"complex:%x" % struct.unpack("<Q", struct.pack("<d", value.imag))
        if isinstance(value, str):
            return b"str:?" if named else text(value)
        return b"bytes:%d:" % len(value) + b"".join(b"%x." % byte for byte in value)

    class Dump:
        def __init__(self, source):
            data = source[3:] if source.startswith(b"\xef\xbb\xbf") else source
            self.lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            self.out = []

        def segment(self, node):
            lines = self.lines[node.lineno - 1:node.end_lineno]
            return b"\n".join(lines)

        def value(self, value, inside, named):
            out = self.out
            if isinstance(value, ast.AST):
                self.node(value, inside, named)
            elif isinstance(value, list):
                out.append(b"[")
                for index, element in enumerate(value):
                    if index:
                        out.append(b",")
                    self.value(element, inside, named)
                out.append(b"]")
            elif value is None:
                out.append(b"-")
            else:
                out.append(str(value).encode())

        def node(self, node, inside, named):
            out = self.out
            kind = type(node)
            literal = kind is ast.JoinedStr or kind.__name__ == "TemplateStr"
            if not named and (literal or kind is ast.Constant and isinstance(node.value, str)):
                named = self.is_named(node)
            out.append(kind.__name__.encode())
            if hasattr(node, "lineno") and (places or not inside):
                out.append(b"@%d,%d,%d,%d" % (
                    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
            out.append(b"(")
            if kind is ast.Constant:
                out.append(constant(node.value, named))
                if node.kind:
                    out.append(b"," + node.kind.encode())
            elif kind is ast.MatchSingleton:
                out.append(constant(node.value, False))
            elif kind is ast.Dict:
                self.value(node.keys, inside, named)
                out.append(b",")
                self.value(node.values, inside, named)
            else:
                self.fields(node, inside or literal, named)
            out.append(b")")

        def is_named(self, node):
            first, last = node.lineno - 1, node.end_lineno - 1
            lines = self.lines[first:last + 1]
            if len(lines) == 1:
                lines[0] = lines[0][node.col_offset:node.end_col_offset]
            else:
                lines[0] = lines[0][node.col_offset:]
                lines[-1] = lines[-1][:node.end_col_offset]
            return any(b"\\N" in line for line in lines)

        def fields(self, node, inside, named):
            out = self.out
            first = True
            for field in node._fields:
                value = getattr(node, field, None)
                if isinstance(node, ast.JoinedStr):
                    # 3.12.0 keeps empty texts between the fields of a format specification.
                    value = [part for part in value if getattr(part, "value", None) != ""]
                if field == "type_params":
                    out.append(b",")
                    for parameter in value:
                        self.node(parameter, inside, named)
                        out.append(b";")
                    first = type(node).__name__ == "TypeAlias"
                    continue
                if field in skipped or field == "default_value" and value is None:
                    continue
                if not first:
                    out.append(b",")
                first = False
                self.value(value, inside, named)
            if "ctx" in node._fields:
                out.append(b"," + type(node.ctx).__name__.encode())
            if isinstance(node, definitions) and "type_params" not in node._fields:
                out.append(b",")

    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    operators = (ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
    plain = Dump.node

    def node(self, node, inside, named):
        if isinstance(node, operators):
            self.out.append(type(node).__name__.encode())
        elif isinstance(node, (ast.withitem, ast.comprehension, ast.match_case, ast.arguments)):
            self.out.append(type(node).__name__.encode() + b"(")
            self.fields(node, inside, named)
            self.out.append(b")")
        else:
            plain(self, node, inside, named)

    Dump.node = node
    for path in sys.stdin.buffer.read().decode().split("\n"):
        with open(path, "rb") as file:
            source = file.read()
        try:
            tree = ast.parse(source)
            dump = Dump(source)
            dump.out.append(b"Module(")
            dump.value(tree.body, False, False)
            dump.out.append(b")")
            answer = b"".join(dump.out)
            header = b"tree"
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            answer = str(error).encode()
            header = b"refused"
        sys.stdout.buffer.write(b"%s %d\n%s" % (header, len(answer), answer))
    """#
}

/// Reads lines and counted bytes from a pipe.
private struct AnswerReader {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0

  init(_ handle: FileHandle) { self.handle = handle }

  mutating func line() -> String? {
    while true {
      if let end = buffer[position...].firstIndex(of: 0x0A) {
        defer { position = end + 1 }
        return String(decoding: buffer[position..<end], as: UTF8.self)
      }
      guard fill() else { return nil }
    }
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    while buffer.count - position < count, fill() {}
    let end = min(position + count, buffer.count)
    defer { position = end }
    return Array(buffer[position..<end])
  }

  private mutating func fill() -> Bool {
    let data = handle.availableData
    guard !data.isEmpty else { return false }
    buffer.removeSubrange(..<position)
    position = 0
    buffer.append(contentsOf: data)
    return true
  }
}
