import { describe, expect, it } from 'vitest';
import { randomPattern } from '../testing/python-re-patterns.ts';
import { createRandom } from '../testing/random.ts';
import { tokenizePattern } from './pattern-tokens.ts';

const short = (pattern: string) => tokenizePattern(pattern).map(({ kind, text }) => `${kind} ${text}`);

describe('the pieces of a pattern', () => {
  it.each([
    ['layer[34].*conv', ['text layer', 'class [34]', 'anchor .', 'repeat *', 'text conv']],
    ['a\\.(\\d+|[^]x])$', ['text a', 'escape \\.', 'group (', 'escape \\d', 'repeat +', 'group |', 'class [^]x]', 'group )', 'anchor $']],
    ['(?P<n>x){2,3}?(?=y)(?i)', ['group (?P<n>', 'text x', 'group )', 'repeat {2,3}?', 'group (?=', 'text y', 'group )(?i)']],
    ['a{b}', ['text a{b}']],
    ['[ab', ['class [ab']],
    ['a\\', ['text a', 'escape \\']],
  ])('P27: %s', (pattern, tokens) => {
    expect(short(pattern)).toEqual(tokens);
  });

  it('P27: the pieces together are the pattern, of any pattern (seed 7)', () => {
    const random = createRandom(7);
    const patterns = Array.from({ length: 300 }, (_, at) => randomPattern(random, at % 2 === 0));
    for (const pattern of [...patterns, 'x'.repeat(3000), '😀[', '']) {
      expect(tokenizePattern(pattern).map(({ text }) => text).join('')).toBe(pattern);
    }
  });
});
