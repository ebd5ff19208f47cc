import { describe, expect, test } from 'vitest';
import { currentNote, isChoice, type TreeNote } from './tree-note.ts';

describe('T14 notes of readers', () => {
  test('a sentence that an earlier version stored is kept, with its place', () => {
    const choice = currentNote({ type: 'choice', text: 'Not read: “teacher” (1 tensor).' });
    expect(choice).toEqual({ type: 'earlier-version', text: 'Not read: “teacher” (1 tensor).', isChoice: true });
    expect(isChoice(choice)).toBe(true);
    expect(isChoice(currentNote({ type: 'text', text: 'Read from “model”.' }))).toBe(false);
  });

  test('a note of this version is left as it is', () => {
    const note: TreeNote = { type: 'several-prints', count: 2, firstLine: 4, lastLine: 15 };
    expect(currentNote(note)).toBe(note);
    expect(isChoice(note)).toBe(true);
    expect(isChoice({ type: 'types-unknown' })).toBe(false);
  });
});
