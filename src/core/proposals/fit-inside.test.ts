import { describe, expect, it } from 'vitest';
import { fitInside } from './fit-inside.ts';

describe('a pattern that fits further on in the names only', () => {
  it.each([
    ['downsample', '.*downsample'],
    ['conv|bn', '.*(?:conv|bn)'],
    ['(conv|bn)1', '.*(conv|bn)1'],
    ['[|]x', '.*[|]x'],
    ['(?i)Conv', '(?i).*Conv'],
    ['conv[', null],
  ])('P28: %s may begin anywhere as %s', (pattern, wanted) => {
    expect(fitInside(pattern, '3.11')).toBe(wanted);
  });
});
