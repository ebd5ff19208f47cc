import { expect, test } from 'vitest';
import { readScript } from './read-script.ts';

test.each([
  ['a method that is not worked out', "from collections import OrderedDict\nd = OrderedDict(a=1, b=2)\nd.move_to_end('a')\nout = list(d)"],
  ['a comparison of dataclasses', 'from dataclasses import dataclass\n@dataclass\nclass C:\n    a: int = 1\nout = [C(1) == C(1)]'],
  ['a loop over an object of the script', 'class R:\n    def __iter__(self): return iter([1])\ntry:\n    out = list(R())\nexcept TypeError:\n    out = []'],
  ['the text of a named tuple', "from collections import namedtuple\nL = namedtuple('L', 'a b')\nout = [str(L(1, 2))]"],
])('E5b %s leaves the list open', (_title, program) => {
  const read = readScript(`${program}\nconfig_list = [{'op_names': out}]`);
  expect(read.ok ? read.value.lists.at(-1)!.holes.length : 0).toBeGreaterThan(0);
});
