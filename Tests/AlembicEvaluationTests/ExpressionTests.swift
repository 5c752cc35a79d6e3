// Values as CPython 3.11 computes them.

import Testing

/// Expression and what `str()` of it is in CPython.
private let valuesCases: [(String, String)] = [
  ("7 // -2", "-4"), ("7 % -3", "-2"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("2 ** 10", "1024"),
  ("7 / 2", "3.5"), ("1e16", "1e+16"), ("123456789.0", "123456789.0"), ("1e-5", "1e-05"),
  ("0.1 + 0.2", "0.30000000000000004"), ("-0.0", "-0.0"), ("1 == 1.0", "True"),
  ("True + 2", "3"), ("~5", "-6"), ("5 & 3 | 8", "9"), ("1 << 4", "16"), ("not 0", "True"),
  ("1 < 2 < 3", "True"), ("1 < 2 > 3", "False"), ("'a' in 'abc'", "True"),
  ("3 not in [1, 2]", "True"), ("None is None", "True"), ("[] or 'x'", "x"), ("1 and 2", "2"),
  ("'x' if 0 else 'y'", "y"), ("'%s-%03d-%.2f' % ('a', 7, 1.005)", "a-007-1.00"),
  ("'%(k)s' % {'k': 1}", "1"), ("'100%%' % ()", "100%"), ("'%r' % ('it',)", "'it'"),
  ("'{0}{1!r:>4}{k[z]}'.format(1, 'a', k={'z': 2})", "1 'a'2"), ("'{{}}'.format()", "{}"),
  (
    "f'{3.14159:.2f}|{42:>6}|{42:<6}|{42:^6}|{42:06d}|{255:#x}'",
    "3.14|    42|42    |  42  |000042|0xff"
  ),
  ("f'{1234567.891:,.1f}'", "1,234,567.9"), ("f'{\"q\"!r}'", "'q'"), ("f'{0.5:%}'", "50.000000%"),
  ("f'{True}'", "True"), ("[1, 'a', None, 2.0]", "[1, 'a', None, 2.0]"), ("(1,)", "(1,)"),
  ("{'a': 1, 'b': [2]}", "{'a': 1, 'b': [2]}"), ("\"it's\"", "it's"),
  ("[\"it's\"]", "[\"it's\"]"),
  ("['\\n\\t\\x00é\\u200b']", "['\\n\\t\\x00é\\u200b']"), ("b'a\\xff'", "b'a\\xff'"),
  ("'abcdef'[::-1]", "fedcba"), ("'abcdef'[-3:-1]", "de"), ("'abcdef'[10:]", ""),
  ("[0, 1, 2, 3, 4][1::2]", "[1, 3]"),
  ("[x * y for x in range(3) for y in range(3) if x != y]", "[0, 0, 0, 2, 0, 2]"),
  ("{k: v for k, v in zip('ab', [1, 2])}", "{'a': 1, 'b': 2}"),
  ("sorted({3, 1, 2}, reverse=True)", "[3, 2, 1]"), ("sum(i for i in range(101))", "5050"),
  ("max('a', 'c', 'b')", "c"), ("min([3, 1], default=0)", "1"), ("any([0, '', 3])", "True"),
  ("all([])", "True"), ("list(enumerate('ab', 1))", "[(1, 'a'), (2, 'b')]"),
  ("list(map(str, [1, 2]))", "['1', '2']"), ("list(filter(None, [0, 1]))", "[1]"),
  ("list(reversed([1, 2]))", "[2, 1]"), ("dict([('a', 1)], b=2)", "{'a': 1, 'b': 2}"),
  ("int('0x1f', 16)", "31"), ("int(' -42 ')", "-42"), ("float('1.50')", "1.5"),
  ("round(2.675, 2)", "2.67"),
  ("round(2.5)", "2"), ("abs(-3)", "3"), ("divmod(-7, 2)", "(-4, 1)"), ("hex(-255)", "-0xff"),
  ("chr(233) + str(ord('a'))", "é97"), ("len('naïve\\r\\n')", "7"),
  ("isinstance(True, int)", "True"),
  ("isinstance('a', (int, str))", "True"), ("type(1).__name__", "int"),
  ("'a,b,,c'.split(',')", "['a', 'b', '', 'c']"), ("' a b  c '.split()", "['a', 'b', 'c']"),
  ("' a b  c '.split(None, 1)", "['a', 'b  c ']"), ("'a b c'.rsplit(' ', 1)", "['a b', 'c']"),
  ("'x\\r\\ny\\nz'.splitlines()", "['x', 'y', 'z']"), ("'-'.join(['a', 'b'])", "a-b"),
  ("'aXbX'.replace('X', '--', 1)", "a--bX"), ("'abc'.replace('', '-')", "-a-b-c-"),
  ("'hello World'.title() + 'hELLO'.capitalize()", "Hello WorldHello"),
  ("'  x '.strip() + '|' + 'xxaxx'.strip('x')", "x|a"),
  (
    "'\\xa0 x\\u3000'.strip() + '|' + ' \\n'.rstrip() + ' x '.lstrip() + 'éxé'.rstrip('é')",
    "x|x éx"
  ),
  ("b'\\x00\\xffa'.hex()", "00ff61"),
  ("'a.b.c'.partition('.')", "('a', '.', 'b.c')"),
  ("'42'.zfill(5) + '-42'.zfill(5)", "00042-0042"),
  ("'abc'.center(6, '*') + 'ab'.center(5)", "*abc**  ab "),
  ("'abcabc'.rfind('b')", "4"), ("'aaa'.count('a')", "3"),
  ("'abc'.startswith(('x', 'ab'))", "True"),
  ("'test_x'.removeprefix('test_')", "x"), ("'é'.encode('utf-8')", "b'\\xc3\\xa9'"),
  ("{**{'a': 1}, 'b': 2}", "{'a': 1, 'b': 2}"), ("[*range(2), *'ab']", "[0, 1, 'a', 'b']"),
  (
    "(lambda a, b=2, *c, d, **k: (a, b, c, d, k))(1, 5, 6, d=7, z=8)", "(1, 5, (6,), 7, {'z': 8})"
  ),
  ("(y := 5) + y", "10"), ("[1, 2] * 2 + [3]", "[1, 2, 1, 2, 3]"), ("'ab' * 2", "abab"),
  ("(1, 2) < (1, 3)", "True"), ("[1, [2]] == [1, [2]]", "True"), ("{1, 2} == {2, 1}", "True"),
  ("{'a': 1} | {'b': 2}", "{'a': 1, 'b': 2}"), ("{1, 2} & {2, 3}", "{2}"),
  ("'a' 'b' f'{1}'", "ab1"),
  ("f'{1=}'", "1=1"), ("range(3)", "range(0, 3)"), ("list(range(5, 0, -2))", "[5, 3, 1]"),
  ("next(iter([7]))", "7"), ("str(b'x', 'utf-8')", "x"), ("bool([])", "False"),
]

private let libraryCases: [(String, String)] = [
  (
    "import json\ne(json.dumps({'b': [1, 2.0, None, True], 'a': 'é\"'}))",
    "{\"b\": [1, 2.0, null, true], \"a\": \"\\u00e9\\\"\"}"
  ),
  (
    "import json\ne(json.dumps({'b': 1, 'a': []}, indent=1, sort_keys=True))",
    "{\n \"a\": [],\n \"b\": 1\n}"
  ),
  (
    "import json\ne(json.loads('{\"a\": [1, 2.5, \"\\\\u00e9\", null]}'))",
    "{'a': [1, 2.5, 'é', None]}"
  ),
  ("import textwrap\ne(textwrap.dedent('  a\\n    b\\n\\n  c'))", "a\n  b\n\nc"),
  ("import os\ne(os.path.join('/a', 'b', os.path.basename('/x/y.sql')))", "/a/b/y.sql"),
  ("from pathlib import Path\ne(Path('/a/b/c.py').parent.parent / 'd' / 'e.sql')", "/a/d/e.sql"),
  (
    "import uuid\ne(uuid.UUID('{12345678-1234-5678-1234-567812345678}'))",
    "12345678-1234-5678-1234-567812345678"
  ),
  (
    "from datetime import datetime, timedelta\ne(datetime(2020, 2, 28, 23, 30) + timedelta(hours=1))",
    "2020-02-29 00:30:00"
  ),
  ("import datetime\ne(datetime.date(2024, 1, 31).isoformat())", "2024-01-31"),
  ("import datetime\ne(datetime.timedelta(days=-1, hours=3))", "-1 day, 3:00:00"),
  (
    "import itertools\ne(list(itertools.product('ab', [1, 2])))",
    "[('a', 1), ('a', 2), ('b', 1), ('b', 2)]"
  ),
  ("import itertools\ne(list(itertools.chain([1], (2, 3))))", "[1, 2, 3]"),
  ("import itertools\ne(list(zip(itertools.count(5), 'ab')))", "[(5, 'a'), (6, 'b')]"),
  (
    "from functools import partial, reduce\ne(partial(pow, 2)(5) + reduce(lambda a, b: a * b, [1, 2, 3]))",
    "38"
  ),
  ("from collections import namedtuple\nP = namedtuple('P', 'x y')\ne(P(1, y=2))", "P(x=1, y=2)"),
  (
    "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: str = 'z'\na, b = P(1)\ne([a, b, P(2).y, P(x=3)[0], P._fields, P(4)._asdict()])",
    "[1, 'z', 'z', 3, ('x', 'y'), {'x': 4, 'y': 'z'}]"
  ),
  (
    "from collections import defaultdict\nd = defaultdict(list)\nd['a'].append(1)\ne(dict(d))",
    "{'a': [1]}"
  ),
  ("from decimal import Decimal\ne(Decimal('1.10'))", "1.10"),
  ("from string import Template\ne(Template('$a-${b}$$').substitute(a=1, b='x'))", "1-x$"),
  ("import copy\na = [[1]]\nb = copy.deepcopy(a)\na[0].append(2)\ne(b)", "[[1]]"),
  (
    "import enum\nclass C(enum.Enum):\n    A = 1\n    B = 'b'\ne([c.name for c in C] + [C('b').value, C['A'].value, str(C.A)])",
    "['A', 'B', 'b', 1, 'C.A']"
  ),
  (
    "import enum\nclass C(str, enum.Enum):\n    A = 'x'\ne('v' + C.A + str(C.A == 'x') + str(C.A.value))",
    "vxTruex"
  ),
  (
    "import enum\nclass C(enum.IntEnum):\n    A = enum.auto()\n    B = enum.auto()\ne(f'{C.B} {C.B + 1} {len(C)}')",
    "2 3 2"
  ),
  (
    "from dataclasses import dataclass, field\n@dataclass\nclass D:\n    a: int\n    b: list = field(default_factory=list)\ne(D(1) == D(1, []))\ne(D(a=2))",
    "True"
  ),
]

@Suite("Expressions")
struct ExpressionTests {

  @Test("has the value that CPython computes", arguments: valuesCases)
  func value(_ pair: (String, String)) {
    #expect(body("e(\(pair.0))") == [pair.1.trimmed], "\(pair.0)")
  }

  @Test("has the standard library's value", arguments: libraryCases)
  func library(_ pair: (String, String)) {
    #expect(body(pair.0).first == pair.1, "\(pair.0)")
  }
}

extension String {
  /// As Alembic prints a statement: without white space at both ends.
  fileprivate var trimmed: String {
    var scalars = unicodeScalars[...]
    while let last = scalars.last, last == " " { scalars.removeLast() }
    while let first = scalars.first, first == " " { scalars.removeFirst() }
    return String(scalars)
  }
}
