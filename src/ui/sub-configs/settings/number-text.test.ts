import { describe, expect, it } from 'vitest';
import { parseFloatText, parseIntList, parseIntText, rangeOfDtype } from './number-text.ts';

describe('numbers as people type them', () => {
  it.each([
    ['1', '1.0'],
    ['0', '0.0'],
    ['.5', '0.5'],
    ['0,5', '0.5'],
    ['1.0', '1.0'],
    ['0.50', '0.50'],
    ['1e-3', '1e-3'],
    ['5.', '5.0'],
    ['-0.5', '-0.5'],
  ])('E1: %s is the float %s', (typed, text) => {
    expect(parseFloatText(typed)).toEqual({ type: 'float', text });
  });

  it.each(['', 'a', '1.2.3', '--1', '1e'])('%s is no float yet', (typed) => {
    expect(parseFloatText(typed)).toBeNull();
  });

  it('reads ints and lists of ints', () => {
    expect(parseIntText('-7')).toEqual({ type: 'int', text: '-7' });
    expect(parseIntText('1.0')).toBeNull();
    expect(parseIntList('[4, -1]')).toEqual([
      { type: 'int', text: '4' },
      { type: 'int', text: '-1' },
    ]);
    expect(parseIntList('4, x')).toBeNull();
    expect(parseIntList('[]')).toEqual([]);
  });

  it.each([
    ['int8', { least: '-127', most: '127' }],
    ['uint4', { least: '0', most: '15' }],
    ['float16', null],
  ])('R3: the range of %s', (dtype, range) => {
    expect(rangeOfDtype(dtype)).toEqual(range);
  });
});
