import { expect, it } from 'vitest';
import { recordedLists } from '../testing/recorded-lists.ts';
import { faultsOfFixes, faultsOfRepair } from '../testing/settle-faults.ts';

/**
 * Of the recorded lists every so manieth is looked at, from the given one on; each takes a resolution for every fix.
 * `ESPALIER_SETTLE_STEP=1` looks at all, in an hour; with a step of 48 and `ESPALIER_SETTLE_FROM` from 0 to 47 the pieces can run side by side.
 */
const usual = 401;
const step = Number(process.env['ESPALIER_SETTLE_STEP'] ?? usual);
const from = Number(process.env['ESPALIER_SETTLE_FROM'] ?? 2) % step;
const timeout = (120_000 * usual) / step;

it('F10a, F10c: every fix of the recorded lists settles, and so do all together', { timeout }, () => {
  let tried = 0;
  const wrong: string[] = [];
  for (const { id, list, setting } of recordedLists(step, from)) {
    for (const faultsOf of [faultsOfFixes, faultsOfRepair]) {
      const { tried: here, faults } = faultsOf(list, setting);
      tried += here;
      wrong.push(...faults.map((fault) => `${id}: ${fault}`));
    }
  }
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(50);
});
