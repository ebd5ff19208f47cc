import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inAscii } from './in-ascii.ts';

test('escaped code means the same, and holds only ASCII', () => {
  const code = '({ "é": ["’…", `→${1}—`, /^[’\u{1F600}-😂]+$/u.test("😁’"), "a\\u00e9"], größe: 2 })';
  const escaped = inAscii(code);
  expect(escaped).toMatch(/^[\0-\x7f]+$/);
  expect(runInThisContext(escaped)).toEqual(runInThisContext(code));
  expect(inAscii('plain("a")')).toBe('plain("a")');
});

test('a raw template that would change is refused', () => {
  expect(inAscii('String.raw`\\d`')).toBe('String.raw`\\d`');
  expect(() => inAscii('String.raw`é`')).toThrow('String.raw`é`');
});
