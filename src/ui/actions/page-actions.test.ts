import { describe, expect, it } from 'vitest';
import { matchTitle, tiers } from '../palette/rank.ts';
import { earlyActions } from './early-actions.ts';
import { actionIds, pageActions } from './page-actions.ts';

describe('the actions of the page', () => {
  it('have each of their keys alone', () => {
    const keys = actionIds.flatMap((id) => pageActions[id].keys ?? []);
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('have a title of their own', () => {
    const titles = actionIds.map((id) => pageActions[id].title).filter((title) => typeof title === 'string');
    expect(titles.length).toBeGreaterThan(30);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('say what their keys do, where the title changes with the page', () => {
    const silent = actionIds.filter((id) => {
      const { keys, keysMeaning, title } = pageActions[id];
      return keys !== undefined && keysMeaning === undefined && typeof title !== 'string';
    });
    expect(silent).toEqual([]);
  });

  it('are found by the words that menus use for them', () => {
    expect(matchTitle('open another model', pageActions['dialog-open-model'].words ?? '')?.tier).toBeLessThan(tiers.also);
  });

  it('are there before the tree where they have keys, and are the same in the palette', () => {
    const early: Partial<typeof pageActions> = earlyActions;
    expect(actionIds.filter((id) => pageActions[id].keys !== undefined && early[id] === undefined)).toEqual([]);
    expect(Object.keys(earlyActions).filter((id) => !(actionIds as readonly string[]).includes(id))).toEqual([]);
    expect(actionIds.filter((id) => early[id] !== undefined && early[id] !== pageActions[id])).toEqual([]);
  });
});
