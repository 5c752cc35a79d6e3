// A JSON value into text.

import Reports
import SourceText

extension JSONValue {
  /// Keys in alphabetical order, so that equal facts are equal bytes.
  func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .flag(let flag): json.value(flag)
    case .number(let number): json.value(number)
    case .text(let text): json.value(text)
    case .list(let list): json.array { json in for value in list { value.write(to: &json) } }
    case .object(let object):
      json.object { json in
        for (key, value) in object.sorted(by: { $0.key < $1.key }) {
          json.key(key)
          value.write(to: &json)
        }
      }
    }
  }
}
