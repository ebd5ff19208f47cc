import { expect, test, vi } from 'vitest';
import { createPlan } from '../../core/plan/create-plan.ts';
import type { PlanActions } from '../../store/plans-store.ts';
import { lazyPlanActions } from './lazy-plans.ts';
import type { PlanKeeping } from './plan-actions.ts';

/** Actions of a keeping whose `openPlanText` ends as `open` does. */
function actionsWith(open: () => Promise<boolean>) {
  const tell = vi.fn();
  const keeping = { actions: { openPlanText: open } as unknown as PlanActions } as PlanKeeping;
  return { tell, actions: lazyPlanActions(async () => keeping, () => createPlan(), () => undefined, tell) };
}

test('an action whose further code cannot be fetched says so and fails', async () => {
  const { tell, actions } = actionsWith(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module: plan-file.js')));
  expect(await actions.openPlanText('{}', 'a file')).toBe(false);
  expect(tell).toHaveBeenCalledOnce();
});

test('any other failure is a bug, and is not passed over', async () => {
  const { tell, actions } = actionsWith(() => Promise.reject(new Error('broken')));
  await expect(actions.openPlanText('{}', 'a file')).rejects.toThrow('broken');
  expect(tell).not.toHaveBeenCalled();
});
