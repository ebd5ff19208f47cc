import { expect, test } from 'vitest';
import { beginEarlyTyping, takeEarlyKey, takeEarlyTyping, type EarlyTaker } from './early-typing.ts';

const press = (asked: EarlyTaker, key: string, now: number, ctrlKey = false) => takeEarlyKey(asked, { key, ctrlKey, metaKey: false, altKey: false }, now);

test.each(['palette', 'field'] as const)('letters typed before the %s is there are kept for it, and Enter presses nothing else', (asked) => {
  beginEarlyTyping(asked, 1000);
  expect(['c', 'o', 'm', 'q'].map((key, at) => press(asked, key, 1010 + at))).toEqual([true, true, true, true]);
  expect([press(asked, 'Backspace', 1100), press(asked, 'Enter', 1100)]).toEqual([true, true]);
  expect([press(asked, 'Tab', 1100), press(asked, 'Escape', 1100), press(asked, 'z', 1100, true)]).toEqual([false, false, false]);
  expect(takeEarlyTyping(asked)).toBe('com');
});

test('letters for the one are not given to the other', () => {
  beginEarlyTyping('field', 1000);
  expect([press('palette', 'a', 1001), press('field', 'b', 1002)]).toEqual([false, true]);
  expect(takeEarlyTyping('palette')).toBe('');
  expect(takeEarlyTyping('field')).toBe('b');
});

test('keys are the page’s again once the palette or the field is there, or does not come', () => {
  expect(press('palette', 'a', 1200)).toBe(false);
  beginEarlyTyping('palette', 2000);
  expect(press('palette', 'a', 12_001)).toBe(false);
  expect(takeEarlyTyping('palette')).toBe('');
  beginEarlyTyping('field', 2000);
  expect(press('field', 'a', 5001)).toBe(false);
  expect(takeEarlyTyping('field')).toBe('');
});
