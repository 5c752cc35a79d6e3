// Grammar of 3.12 to 3.14 in the canonical text; CPython's trees, or by the PEPs where it is newer.

import PythonSyntax
import SourceText
import Testing

struct NewGrammarTests {
  private func tree(_ text: String) -> String {
    let module = parsePython(SourceFile(path: "new.py", text: text + "\n"))
    #expect(module.diagnostics == [])
    let dump = String(decoding: TreeDump.text(of: module), as: UTF8.self)
    return String(dump.dropFirst("Module([".count).dropLast("])".count))
  }

  /// PEP 701: any quotes, backslashes, comments and line ends inside a field.
  @Test func nestedQuotes() {
    #expect(
      tree(#"f"{x["a"]}""#)
        == "Expr@1,0,1,11(JoinedStr@1,0,1,11([FormattedValue@1,2,1,10(Subscript@1,3,1,9("
        + "Name@1,3,1,4(x,Load),Constant@1,5,1,8(str:1:a),Load),-1,-)]))")
    #expect(
      tree(#"f'{f'{"\n"}'}'"#)
        == "Expr@1,0,1,14(JoinedStr@1,0,1,14([FormattedValue@1,2,1,13(JoinedStr@1,3,1,12(["
        + "FormattedValue@1,5,1,11(Constant@1,6,1,10(str:1:\n),-1,-)]),-1,-)]))")
    #expect(
      tree("f'{x # note\n}'")
        == "Expr@1,0,2,2(JoinedStr@1,0,2,2([FormattedValue@1,2,2,1(Name@1,3,1,4(x,Load),-1,-)]))")
  }

  @Test func selfDocumentingFields() {
    #expect(
      tree("f'{x = }'")
        == "Expr@1,0,1,9(JoinedStr@1,0,1,9([Constant@1,3,1,7(str:4:x = ),FormattedValue@1,2,1,8("
        + "Name@1,3,1,4(x,Load),114,-)]))")
    #expect(
      tree("f'a{x=!s:>{w}}'")
        == "Expr@1,0,1,15(JoinedStr@1,0,1,15([Constant@1,2,1,6(str:3:ax=),FormattedValue@1,3,1,14("
        + "Name@1,4,1,5(x,Load),115,JoinedStr@1,8,1,13([Constant@1,9,1,10(str:1:>),"
        + "FormattedValue@1,10,1,13(Name@1,11,1,12(w,Load),-1,-)]))]))")
  }

  /// PEP 695 and PEP 696.
  @Test func typeParameters() {
    #expect(
      tree("type X[T: int = str, *Ts = *y, **P = [z]] = T")
        == "TypeAlias@1,0,1,45(Name@1,5,1,6(X,Store),TypeVar@1,7,1,19(T,Name@1,10,1,13(int,Load),"
        + "Name@1,16,1,19(str,Load));TypeVarTuple@1,21,1,29(Ts,Starred@1,27,1,29("
        + "Name@1,28,1,29(y,Load),Load));ParamSpec@1,31,1,40(P,List@1,37,1,40(["
        + "Name@1,38,1,39(z,Load)],Load));Name@1,44,1,45(T,Load))")
    #expect(
      tree("class A[T]: pass")
        == "ClassDef@1,0,1,16(A,[],[],[Pass@1,12,1,16()],[],TypeVar@1,8,1,9(T,-);)")
    #expect(
      tree("type = type in x")
        == "Assign@1,0,1,16([Name@1,0,1,4(type,Store)],Compare@1,7,1,16(Name@1,7,1,11(type,Load),"
        + "[In],[Name@1,15,1,16(x,Load)]))")
  }

  /// PEP 750; an interpolation's text is left out of the canonical form.
  @Test func templates() {
    #expect(
      tree("t'a{x!r:>{w}}b'")
        == "Expr@1,0,1,15(TemplateStr@1,0,1,15([Constant@1,2,1,3(str:1:a),Interpolation@1,3,1,13("
        + "Name@1,4,1,5(x,Load),114,JoinedStr@1,7,1,12([Constant@1,8,1,9(str:1:>),"
        + "FormattedValue@1,9,1,12(Name@1,10,1,11(w,Load),-1,-)])),Constant@1,13,1,14(str:1:b)]))")
    #expect(
      tree("tr'\\{x}' Rt''")
        == "Expr@1,0,1,13(TemplateStr@1,0,1,13([Constant@1,3,1,4(str:1:\\),Interpolation@1,4,1,7("
        + "Name@1,5,1,6(x,Load),-1,-)]))")
  }

  /// PEP 758.
  @Test func exceptionsWithoutParentheses() {
    #expect(
      tree("try: a\nexcept B, c.D: e")
        == "Try@1,0,2,16([Expr@1,5,1,6(Name@1,5,1,6(a,Load))],[ExceptHandler@2,0,2,16("
        + "Tuple@2,7,2,13([Name@2,7,2,8(B,Load),Attribute@2,10,2,13(Name@2,10,2,11(c,Load),D,Load)"
        + "],Load),-,[Expr@2,15,2,16(Name@2,15,2,16(e,Load))])],[],[])")
    #expect(
      tree("try: a\nexcept* B, C: e").contains("Tuple@2,8,2,12([Name@2,8,2,9(B,Load)"))
  }

  /// What is a statement, and what only looks like one.
  @Test(arguments: [
    ("match(x)", "Expr"), ("match[x]", "Expr"), ("match * x", "Expr"), ("match - x", "Expr"),
    ("match in x", "Expr"), ("match not in x", "Expr"), ("match.x", "Expr"), ("match", "Expr"),
    ("match: int", "AnnAssign"), ("match[x]: int", "AnnAssign"), ("match = 1", "Assign"),
    ("match, case = x", "Assign"), ("match(x).y = 1", "Assign"), ("type(x)", "Expr"),
    ("type: int = 1", "AnnAssign"), ("case(x)", "Expr"), ("print(x)", "Expr"),
    ("match (x):\n case _: pass", "Match"), ("match [x]:\n case _: pass", "Match"),
    ("match -x:\n case _: pass", "Match"), ("match *x, y:\n case _: pass", "Match"),
    ("match not x:\n case _: pass", "Match"), ("match {}:\n case _: pass", "Match"),
    ("match match:\n case case: pass", "Match"), ("match lambda: x:\n case _: pass", "Match"),
    ("match (\n x\n):\n case _: pass", "Match"), ("type type = type", "TypeAlias"),
    ("with (a, b): pass", "With"), ("with (a), b: pass", "With"),
  ])
  func softKeywords(text: String, type: String) {
    #expect(tree(text).hasPrefix(type + "@"))
  }

  /// The items of `with`: what stands in the parentheses up to the colon (PEP 617).
  @Test(arguments: [
    ("with (a, b): c", 2), ("with (a): c", 1), ("with (a,): c", 1), ("with (a as b, c,): d", 2),
    ("with (a, b) as c: d", 1), ("with (a, *b): c", 1), ("with (a := b): c", 1),
    ("with (a := b, c): d", 1), ("with (yield): a", 1), ("with (a for a in b): c", 1),
    ("with (): a", 1), ("with (a).b, c: d", 2), ("with (a, b).c: d", 1),
    ("with (a) if b else (c): d", 1),
  ])
  func withItems(text: String, count: Int) throws {
    let module = parsePython(SourceFile(path: "with.py", text: text + "\n"))
    #expect(module.diagnostics == [])
    let statement = try #require(module[module.body].first)
    guard case .with(let items, _, _) = module[statement] else {
      Issue.record("no 'with' statement")
      return
    }
    #expect(module[items].count == count)
  }
}
