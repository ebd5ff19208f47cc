import { expect, test, vi } from 'vitest';
import { createPlan } from '../../core/plan/create-plan.ts';
import type { PlanActions } from '../../store/plans-store.ts';
import { lazyPlanActions } from './lazy-plans.ts';
import type { PlanKeeping } from './plan-actions.ts';
import { SilentDatabase } from './plan-database.ts';

/** Actions of a keeping whose `openPlanText` ends as `open` does. */
function actionsWith(open: () => Promise<boolean>) {
  const notify = vi.fn();
  const keeping = { actions: { openPlanText: open } as unknown as PlanActions } as PlanKeeping;
  return { notify, actions: lazyPlanActions(async () => keeping, () => createPlan(), notify) };
}

test('an action whose further code cannot be fetched says so and fails', async () => {
  const { notify, actions } = actionsWith(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module: plan-file.js')));
  expect(await actions.openPlanText('{}', 'a file')).toBe(false);
  expect(notify.mock.calls).toEqual([[{ type: 'part-not-fetched' }]]);
});

test.each([
  ['full', new DOMException('full', 'QuotaExceededError')],
  ['refused', new DOMException('refused', 'SecurityError')],
  ['silent', new SilentDatabase()],
] as const)('an action whose storage is %s says so and fails', async (failure, error) => {
  const { notify, actions } = actionsWith(() => Promise.reject(error));
  expect(await actions.openPlanText('{}', 'a file')).toBe(false);
  expect(notify.mock.calls).toEqual([[{ type: 'storage-failed', failure }]]);
});

test('any other failure is a bug, and is not passed over', async () => {
  const { notify, actions } = actionsWith(() => Promise.reject(new Error('broken')));
  await expect(actions.openPlanText('{}', 'a file')).rejects.toThrow('broken');
  expect(notify).not.toHaveBeenCalled();
});
