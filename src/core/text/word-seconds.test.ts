import { describe, expect, it } from 'vitest';
import { wordSeconds } from './word-seconds.ts';

describe('seconds in words', () => {
  it.each([
    [0.2, 'a moment on each name'],
    [1, 'about 1 second'],
    [90, 'about 2 minutes'],
    [86_400 * 3, 'about 3 days'],
    [1e20, 'thousands of years'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(wordSeconds(seconds)).toBe(words);
  });
});
