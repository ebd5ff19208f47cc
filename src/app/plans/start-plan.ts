import type { PlansStore } from '../../store/plans-store.ts';
import { rememberedPlan } from './open-plan-memory.ts';
import { orNotice } from './lazy-plans.ts';
import type { PlanKeeping } from './plan-actions.ts';
import type { PlanStorage } from './plan-storage.ts';
import { planFile, type PlanSaver } from './saving.ts';

/** Starts a visit with the files of the server, else the plan of the link, else the plan of the last visit, else the start page. */
export async function startWithPlan(
  plans: PlansStore,
  storage: PlanStorage,
  saver: PlanSaver,
  keeping: () => Promise<PlanKeeping>,
  startServed: (() => Promise<void>) | null,
): Promise<void> {
  addEventListener('hashchange', () => void openLink(plans, keeping));
  await storage.recover(async () => (await planFile()).writePlan).catch(() => undefined);
  if (startServed) {
    await startServed();
    await saver.refresh();
    return;
  }
  if (!(await openLink(plans, keeping))) {
    const id = rememberedPlan(await storage.lastOpen().catch(() => null));
    const kept = id === null ? null : await keeping().catch(() => null);
    // The plan stays noted: the next visit, or a reload, opens it.
    if (kept && id !== null) await orNotice(kept.restore(id), undefined, (notice) => plans.setState({ notice }));
  }
  await saver.refresh();
}

/**
 * Opens the plan in the address, if there is one. The address keeps the link until the plan is open, so that a reload tries
 * again; then the address no longer names the plan, so that a reload opens no copy.
 */
async function openLink(plans: PlansStore, keeping: () => Promise<PlanKeeping>): Promise<boolean> {
  const { hash } = location;
  if (!hash.startsWith('#plan=')) return false;
  const [share, kept] = await Promise.allSettled([import('../../core/plan/share.ts'), keeping()]);
  // All have settled: the notice of `keeping` about plans in general comes before this one, which says more.
  if (share.status === 'rejected' || kept.status === 'rejected') {
    plans.setState({ notice: { type: 'link-not-fetched' } });
    return false;
  }
  const read = share.value.decodePlanFragment(hash);
  if (!read.ok) plans.setState({ notice: { type: 'link-refused', error: read.error } });
  else {
    const opening = kept.value.openForeign(read.value, { type: 'link' }, () => clearAddress(hash)).then(() => true);
    const isDone = await orNotice(opening, false, (notice) => {
      plans.setState({ notice: notice.type === 'part-not-fetched' ? { type: 'link-not-fetched' } : notice });
    });
    // The plan that is open could not be stored, so it stays; the link opens at the next try.
    if (!isDone || plans.getState().notice?.type === 'not-stored') return false;
  }
  clearAddress(hash);
  return read.ok;
}

/** Removes the link from the address, unless the address has another link by now. */
function clearAddress(hash: string): void {
  if (location.hash === hash) history.replaceState(null, '', location.pathname + location.search);
}
