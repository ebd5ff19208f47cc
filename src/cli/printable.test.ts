import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['layer1.0 größe 模型 😀', 'layer1.0 größe 模型 😀'],
  ['\u001b[31mred', String.raw`\u001b[31mred`],
  ['a\0b\rc\nNNI 3.0 accepts', String.raw`a\u0000b\u000dc\u000aNNI 3.0 accepts`],
  ['\u007f\u009b2J', String.raw`\u007f\u009b2J`],
  ['\u202egnp.exe\u2066\u2028', String.raw`\u202egnp.exe\u2066\u2028`],
])('%j is printed as %s', (text, printed) => expect(printable(text)).toBe(printed));

test('an escaped line of JSON means what it meant', () => {
  const value = { matched: ['\u001b\u007f\u009b\u2028\u202e'] };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
