import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameAt, packNames } from './packed-names.ts';

describe('packed names', () => {
  const anyText = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  });
  test('every text survives, lone surrogates too (seed 1)', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, fc.string({ unit: 'binary' }), fc.constantFrom('', 'a', 'a.b', 'a.b.c'))), (names) => {
        const packed = packNames(names);
        expect(packed.size).toBe(names.length);
        expect(names.map((_, index) => nameAt(packed, index))).toEqual(names);
      }),
      { seed: 1 },
    );
  });
  test('well-formed text is packed as UTF-8 (seed 2)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect([...packNames([name]).bytes]).toEqual([...new TextEncoder().encode(name)]);
      }),
      { seed: 2 },
    );
  });
  test('what is shared with the name before is counted in bytes', () => {
    const { shared } = packNames(['', 'layer1', 'layer1.0', 'layer2', 'größe', 'grün', 'grün']);
    expect([...shared]).toEqual([0, 0, 6, 5, 0, 3, 5]);
  });
  test('names that are not plain are listed', () => {
    const { irregular } = packNames(['a', 'ä', 'a\nb', 'b', '\ud800', 'a\u0000']);
    expect([...irregular]).toEqual([1, 2, 4]);
  });
  test('a long name and many names outgrow the first buffers', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `层${index}`.repeat(index % 50));
    const packed = packNames(names);
    expect(nameAt(packed, 4999)).toBe(names[4999]);
    expect(packed.offsets.length).toBe(5001);
  });
});
