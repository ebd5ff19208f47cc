import type { PlansStore } from '../store/plans-store.ts';

/** Until a model may be open and what was asked for first is done, in milliseconds. */
const untilSettled = 10_000;

/** Has the browser keep the page's files, so that it opens and works without a connection. Nothing where that is refused. */
export function keepForOffline(plans: PlansStore): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => {
    navigator.serviceWorker
      .register('./service-worker.js')
      .then(async (registration) => (await import('./new-version.ts')).watchForNewVersion(registration, plans))
      .catch(() => undefined);
  }, untilSettled);
}
