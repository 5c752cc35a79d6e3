// Python that uses every rule of the grammar once or more: the soil for mutations.

enum GrammarSample {
  /// Up to Python 3.14, so no single CPython need accept all of it.
  static let text = #"""
    # -*- coding: utf-8 -*-
    """Module text."""
    from __future__ import annotations
    import os, sys as system, a.b.c as abc
    from . import one
    from ..pkg.mod import (two, three as drei,)
    from ...  import *

    revision: str = "ab" 'cd' r"\d" u'ü'
    down_revision = ("x", None, True, False, ..., 1_000, 0xFF, 0o17, 0b11, 1.5e-3, .5, 2j, b"\x00\n")
    a = b = c, *d = 1, 2, *rest
    (e), [f, (g, *h)] = value
    x.y[1:2, ::3, ..., i:j:k] += lambda p, /, q=1, *args, r, s=2, **kw: (yield)
    x @= y; z **= -2 ** +~w; v //= 1; v >>= 2; v <<= 3; v &= 4; v ^= 5; v |= 6; v %= 7
    n = not a < b <= c != d is not e in f not in g is h and (i or j) or k if l else m
    calls(1, *a, k=2, **b, other=3)(x for x in y)(z := 5)[*a, b][1, ]
    {1, 2, *s}; {1: 2, **m, 'k': [3]}; {}; (); []; [*a, *b]; (1,); {x for x in y}
    [x async for x, (y, *z) in w if x if y for q in x or y]
    {k: v for k, v in items}; (yield from gen); del a, (b, c[0]), [d.e]
    text = f"plain {{}} {name!r:>{width}.{precision}} {x = } {f'{nested}' + "again"}" rf'\{y:\d}' ""
    multi = f'''{
        value:%Y-%m
    -%d} {a["b"]} \N{DASH} \x41'''
    tmpl = t"Hello {name!s:{fmt}}" t'{x=}'
    assert x == 1, "message"
    global g1, g2
    if (n := 10) > 5: pass
    elif n:
    \#tpass
    else:
        pass
    while True:
        if x: break
        else: continue
    else:
        x = 1 \
            + 2
    for i, (j, *k) in enumerate(z), 1:
        print(i, end='')
    else: pass
    try:
        raise ValueError("x") from None
    except (A, B) as e:
        raise
    except C, D:
        pass
    except:
        ...
    else:
        pass
    finally:
        pass
    try: pass
    except* (A, B) as group: pass
    with a as b, c() as (d, e), f: pass
    with (open("x") as f, g as h.i, j,): pass
    with (a, b): pass
    with (yield): pass
    with (x for x in y) as z: pass
    type Alias[T: int = str, *Ts = *tuple[int], **P = [int]] = list[T]
    @decorator.one(1)
    @two[3]
    async def f[T: (int, str)](a: int, b: str = "x", /, c=1, *args: *Ts, d, e: float = 2.0, **kw: Any) -> dict[str, int]:
        nonlocal z
        async with a as b, c: await d ** 2
        async for x in y: yield x
        return *a, b
    class K[T](Base, metaclass=Meta, **kw):
        attr: int
        (other): str = 'x'
        def method(self): return self
    match command.split(), 1:
        case [Point(x=0, y=-1.5), *rest] | (a, b) as c if x > 1: pass
        case {"key": [1, 2, *_], 'k' 'l': None, a.b: True, **others}: pass
        case 1 + 2j | -3 | "s" | None | a.b.c: pass
        case str() | Point(1, y): pass
        case [] | () | (x) | [_]: pass
        case x, *y: pass
        case _: match = case = type = _ = match[0]
    match (x):
        case match.case: pass
    match -x, :
        case (A(),): pass
    match(x, y).z
    match * a, type (b), case
    print(match, type, case)
    été = "é€😀"; x = 1 if y else\
     2
    """#
}
