import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rememberedPlan, rememberPlan } from './open-plan-memory.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
  vi.stubGlobal('localStorage', createMemoryStorage());
  vi.stubGlobal('sessionStorage', createMemoryStorage());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A tab that was not there before. */
function openNewTab(): void {
  vi.stubGlobal('sessionStorage', createMemoryStorage());
}

test('a tab opens its own plan, whatever another tab did since', () => {
  rememberPlan('mine');
  localStorage.setItem('espalier.last-plan', 'theirs 2000');
  expect(rememberedPlan({ id: 'theirs', at: 3000 })).toBe('mine');
  rememberPlan(null);
  expect(rememberedPlan({ id: 'theirs', at: 3000 })).toBeNull();
});

test.each([
  ['a killed browser lost the note', null, { id: 'saved', at: 1 }, 'saved'],
  ['a killed browser went back to an older note', 'old 500', { id: 'saved', at: 900 }, 'saved'],
  ['a killed browser went back to the start page', '- 500', { id: 'saved', at: 900 }, 'saved'],
  ['the plan was closed after its save', '- 1000', { id: 'saved', at: 900 }, null],
  ['another plan was opened, and not changed', 'opened 1000', { id: 'saved', at: 900 }, 'opened'],
  ['a note of an earlier version', 'old', null, 'old'],
  ['nothing was ever opened', null, null, null],
])('a new tab: %s', (_case, noted, stored, expected) => {
  if (noted !== null) localStorage.setItem('espalier.last-plan', noted);
  expect(rememberedPlan(stored)).toBe(expected);
});

test('a new tab opens the plan that any tab opened last', () => {
  rememberPlan('first');
  openNewTab();
  expect(rememberedPlan({ id: 'before', at: 999 })).toBe('first');
});

test('where the browser blocks its storage, the last save counts', () => {
  vi.stubGlobal('sessionStorage', undefined);
  expect(() => rememberPlan('a')).not.toThrow();
  expect(rememberedPlan({ id: 'saved', at: 1 })).toBe('saved');
});
