import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { AppContext } from '../../../store/app-context.ts';
import type { PlanNotice } from '../../../store/plans-store.ts';
import { openFiles } from './open-files.ts';

const file = { path: 'net/a.bin', file: new File([''], 'a.bin') };

/** The page, whose model opens with a notice or without. */
function pageThat(said: PlanNotice | null) {
  const plans = createStore(() => ({ notice: null as PlanNotice | null }));
  const openTree = () => {
    if (said) plans.setState({ notice: said });
    return Promise.resolve(true);
  };
  return { plans, app: { plans, actions: { openTree } } as unknown as Pick<AppContext, 'actions' | 'plans'> };
}

test('files that were left out are reported, after what the opening says', async () => {
  for (const said of [null, { type: 'not-stored' } as const]) {
    const { plans, app } = pageThat(said);
    expect(await openFiles(app, { files: [file], unread: [], cutAt: 'net/b.bin' }, 'student', { use: 'ask' })).toBe(true);
    expect(plans.getState().notice).toEqual({ type: 'left-out', unread: [], cutAt: 'net/b.bin', after: said });
  }
});

test('files of which none was left out need no notice', async () => {
  const { plans, app } = pageThat(null);
  await openFiles(app, { files: [file], unread: [], cutAt: null }, 'student', { use: 'ask' });
  expect(plans.getState().notice).toBeNull();
});
