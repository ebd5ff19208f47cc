import { expect, test } from 'vitest';
import { readScript } from './read-script.ts';

test.each([
  ['a method that is not worked out', 's = {1, 2}\ns.intersection_update({1})\nout = sorted(s)'],
  ['a class that is made in a way of its own', 'class C:\n    def __new__(cls): return [1]\nout = C()'],
  ['a loop over an object with a base from outside', 'import torch\nclass R(torch.utils.data.Dataset): pass\ntry:\n    out = list(R())\nexcept TypeError:\n    out = []'],
  ['an attribute of an object with a base from outside', 'from lib import Base\nclass C(Base):\n    pass\nout = [C(a=1).a]'],
  ['the text of a member of an enum, which differs between versions', "from enum import Enum\nclass O(str, Enum):\n    A = 'a'\nout = [f'{O.A}']"],
  ['a list that is shuffled', "import random\nout = ['a', 'b']\nrandom.shuffle(out)"],
  ['what is sorted by keys of which two are equal, out of a set', "out = sorted({'bb', 'a', 'cc'}, key=len)"],
  ['a sum of floats, which differs between versions', 'out = [sum([0.1] * 10)]'],
  ['an iterator that was asked where nothing says whether the code ran', 'it = iter([1, 2])\nif flag:\n    next(it)\nout = list(it)'],
  ['a generator with a condition that is not decided', 'def f():\n    yield 1\n    if flag: yield 2\nout = list(f())'],
  ['what a generator may change', 'seen = []\ndef f():\n    if flag:\n        seen.append(1)\n        yield 2\nlist(f())\nout = seen'],
  ['an attribute that may have been set', 'if flag:\n    args.x = 1\nout = [args.x]'],
  ['an attribute of an object that had the name before', 'args = make()\nargs.x = 1\nargs = make()\nout = [args.x]'],
  ['code after a match that may have returned', 'def f(x):\n    match x:\n        case (): return 1\n        case _: return 2\nout = [f(3)]'],
  ['a package that may be missing', 'try:\n    import apex\n    out = [1]\nexcept ImportError:\n    out = [2]'],
])('E5b %s leaves the list open', (_title, program) => {
  const read = readScript(`${program}\nconfig_list = [{'op_names': out}]`);
  expect(read.ok ? read.value.lists.at(-1)!.holes.length : 0).toBeGreaterThan(0);
});
