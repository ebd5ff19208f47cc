import { expect, test } from 'vitest';
import { splitLines } from './lines.ts';

async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

test.each<[readonly string[], readonly string[]]>([
  [[], []],
  [['a\nb'], ['a', 'b']],
  [['a\r\n\r\n', 'b\r', '\nc\n'], ['a', '', 'b', 'c']],
  [['\uFEFFa', 'b', 'c\n\uFEFFd'], ['abc', '\uFEFFd']],
  [['"\u2028\u2029\u0085\v\f"\n"x"'], ['"\u2028\u2029\u0085\v\f"', '"x"']],
])('lines of %j', async (texts, lines) => {
  const found: string[] = [];
  for await (const line of splitLines(pieces(...texts))) found.push(line);
  expect(found).toEqual(lines);
});
