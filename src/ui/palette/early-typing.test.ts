import { expect, test } from 'vitest';
import { beginEarlyTyping, takeEarlyKey, takeEarlyTyping } from './early-typing.ts';

const press = (key: string, now: number, ctrlKey = false) => takeEarlyKey({ key, ctrlKey, metaKey: false, altKey: false }, now);

test('letters typed before the palette is there are kept for it, and Enter presses nothing else', () => {
  beginEarlyTyping(1000);
  expect(['c', 'o', 'm', 'q'].map((key, at) => press(key, 1010 + at))).toEqual([true, true, true, true]);
  expect([press('Backspace', 1100), press('Enter', 1100)]).toEqual([true, true]);
  expect([press('Tab', 1100), press('Escape', 1100), press('z', 1100, true)]).toEqual([false, false, false]);
  expect(takeEarlyTyping()).toBe('com');
});

test('keys are the page’s again once the palette is there, or does not come', () => {
  expect(press('a', 1200)).toBe(false);
  beginEarlyTyping(2000);
  expect(press('a', 12_001)).toBe(false);
  expect(takeEarlyTyping()).toBe('');
});
