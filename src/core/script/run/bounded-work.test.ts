import { describe, expect, it } from 'vitest';
import { readScript } from '../read-script.ts';

/** Scripts of few statements that would copy far more than they do. */
const scripts: readonly (readonly [title: string, source: string])[] = [
  ['a list copied in a loop', 'x = []\nfor i in range(100000): x = x + [i]'],
  ['a slice taken in a loop', 'x = list(range(100000))\nfor i in range(100000): y = x[1:]'],
  ['a list made of another in a loop', 'x = list(range(100000))\nfor i in range(100000): y = sorted(x)'],
  ['an undecided branch in a loop', 'x = []\nfor i in range(20000):\n    x.append(i)\n    if args.more: y = 1'],
  ['a text searched in a loop', "x = 'a' * 1000000\nfor i in range(100000): y = x.replace('b', 'c')"],
];

describe('E5a work is bounded', () => {
  it.each(scripts)('%s', (_, source) => {
    const read = readScript(`${source}\nconfig_list = [{'op_names': ['a']}]`);
    // Which of both does not matter here: that there is an answer, does.
    expect(read.ok || read.error.type === 'too-large').toBe(true);
  });
});
