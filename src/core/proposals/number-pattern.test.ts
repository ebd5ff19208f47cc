import { describe, expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { writeNumbers } from './number-pattern.ts';

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => String(first + at));

describe('P24a: writeNumbers', () => {
  test.each<[string, readonly string[], string]>([
    ['one', ['7'], '7'],
    ['a range', range(0, 5), '[0-5]'],
    ['two', ['1', '2'], '[12]'],
    ['all digits', range(0, 9), '\\d'],
    ['far apart', ['0', '3', '7'], '[037]'],
    ['of different length', ['3', '10'], '3|10'],
    ['over a ten', range(3, 60), '[3-9]|[1-5]\\d|60'],
    ['over hundreds', range(0, 255), '\\d|[1-9]\\d|1\\d\\d|2([0-4]\\d|5[0-5])'],
    ['leading zeros', ['00', '01', '1'], '1|0[01]'],
  ])('%s', (_, texts, expected) => {
    expect(writeNumbers(texts)).toBe(expected);
  });

  test('what it writes matches exactly those numbers (seed 11)', () => {
    const random = createRandom(11);
    for (let round = 0; round < 300; round++) {
      const most = random.pick([10, 40, 130, 1200]);
      const texts = range(0, most).filter(() => random.chance(random.pick([0.1, 0.5, 0.9])));
      if (texts.length === 0) continue;
      const pattern = new RegExp(`^(?:${writeNumbers(texts)})$`);
      expect(range(0, most + 20).filter((text) => pattern.test(text))).toEqual(texts);
    }
  });
});
