import { expect, it } from 'vitest';
import { parseQuantDtype } from './quant-dtype.ts';

it.each([
  ['int8', true, 8],
  ['uint4', false, 4],
  ['int 1_6 ', true, 16],
  ['int\uFF18', true, 8],
  ['uint\u0661\u0662', false, 12],
  ['int\u{1D7D6}', true, 8],
  ['int-3', true, -3],
])('R3: %j has %s and %d bits', (text, signed, bits) => {
  const range = parseQuantDtype(text);
  expect(range.ok && [range.value.signed, range.value.bits]).toEqual([signed, bits]);
});

it('R3: a text that Python’s int() refuses is a ValueError', () => {
  const range = parseQuantDtype('int1__6');
  expect(!range.ok && range.error.type).toBe('ValueError');
});
