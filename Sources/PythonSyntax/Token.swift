// The tokens of Python: what the lexer turns a file into, and what the parser reads.

/// One token; its meaning beyond the kind is in `value`.
struct Token {
  var start: UInt32
  var end: UInt32
  /// Of a name: its identifier. Of a string: its `StringShape`. Of an opening bracket: the index of
  /// the token that closes it, or 0. Of an error: the index of the lexer's issue.
  var value: UInt32
  var kind: TokenKind
}

/// How a string token is written.
struct StringShape {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(prefixLength: Int, quoteLength: Int, isRaw: Bool, hasBackslash: Bool) {
    rawValue =
      UInt32(prefixLength) | UInt32(quoteLength) << 4 | (isRaw ? 1 << 8 : 0)
      | (hasBackslash ? 1 << 9 : 0)
  }

  var prefixLength: UInt32 { rawValue & 15 }
  var quoteLength: UInt32 { rawValue >> 4 & 15 }
  var isRaw: Bool { rawValue & 1 << 8 != 0 }
  var hasBackslash: Bool { rawValue & 1 << 9 != 0 }
}

enum TokenKind: UInt8 {
  case endOfFile, newline, indent, dedent
  /// Damage inside a line.
  case error
  /// Damage in the indentation: the line behind it is sound.
  case layoutError
  case name, integer, float, imaginary
  case string, bytes, formattedStart, templateStart, formattedMiddle, formattedEnd

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, equal, colonEqual, exclamation, tilde

  case plus, minus, star, slash, doubleSlash, percent, doubleStar, at
  case leftShift, rightShift, ampersand, bar, caret
  case plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual
  case doubleStarEqual, atEqual, leftShiftEqual, rightShiftEqual, ampersandEqual, barEqual
  case caretEqual
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual

  case and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`
  case except, `false`, finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda, nothing
  case nonlocal, not, or, pass, raise, `return`, `true`, `try`, `while`, with, yield
}

extension TokenKind {
  /// The keyword that a word of at most eight bytes spells; its bytes packed, the first highest.
  static func keyword(_ word: UInt64) -> TokenKind? {
    switch word {
    case 0x69_66: .if
    case 0x69_6E: .in
    case 0x69_73: .is
    case 0x61_73: .as
    case 0x6F_72: .or
    case 0x61_6E_64: .and
    case 0x64_65_66: .def
    case 0x64_65_6C: .del
    case 0x66_6F_72: .for
    case 0x6E_6F_74: .not
    case 0x74_72_79: .try
    case 0x65_6C_69_66: .elif
    case 0x65_6C_73_65: .else
    case 0x66_72_6F_6D: .from
    case 0x70_61_73_73: .pass
    case 0x77_69_74_68: .with
    case 0x4E_6F_6E_65: .nothing
    case 0x54_72_75_65: .true
    case 0x61_73_79_6E_63: .async
    case 0x61_77_61_69_74: .await
    case 0x62_72_65_61_6B: .break
    case 0x63_6C_61_73_73: .class
    case 0x72_61_69_73_65: .raise
    case 0x77_68_69_6C_65: .while
    case 0x79_69_65_6C_64: .yield
    case 0x46_61_6C_73_65: .false
    case 0x61_73_73_65_72_74: .assert
    case 0x65_78_63_65_70_74: .except
    case 0x67_6C_6F_62_61_6C: .global
    case 0x69_6D_70_6F_72_74: .import
    case 0x6C_61_6D_62_64_61: .lambda
    case 0x72_65_74_75_72_6E: .return
    case 0x66_69_6E_61_6C_6C_79: .finally
    case 0x63_6F_6E_74_69_6E_75_65: .continue
    case 0x6E_6F_6E_6C_6F_63_61_6C: .nonlocal
    default: nil
    }
  }

  /// Keywords that no expression may hold: one of them at the start of a line proves that a
  /// bracket before it was never closed.
  var startsOnlyStatements: Bool {
    switch self {
    case .assert, .break, .class, .continue, .def, .del, .elif, .except, .finally, .global,
      .import, .nonlocal, .pass, .raise, .return, .try, .while, .with:
      true
    default: false
    }
  }
}
