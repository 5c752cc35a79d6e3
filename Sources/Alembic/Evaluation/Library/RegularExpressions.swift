// re: what of it is modelled.

import SourceText

enum RegularExpressions {
  static let functions: [String: NativeFunction] = [:]
}
