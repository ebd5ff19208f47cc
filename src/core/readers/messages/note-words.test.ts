import { describe, expect, test } from 'vitest';
import { listFirst } from '../../module-tree/tree-note.ts';
import { wordListed } from './note-words.ts';

describe('T13b, T17b words of notes', () => {
  test.each([
    [[], ''],
    [['a'], '“a”'],
    [['a', 'b', 'c'], '“a”, “b”, “c”'],
    [['a', 'b', 'c', 'd'], '“a”, “b”, “c” and 1 more'],
    [Array.from({ length: 1203 }, () => 'x'), '“x”, “x”, “x” and 1,200 more'],
  ])('at most three of %j', (names, expected) => {
    expect(wordListed(listFirst(names, 3), (name) => `“${name}”`)).toBe(expected);
  });
});
