import type { PlansStore } from '../store/plans-store.ts';

/** Milliseconds in which a model may have opened and the first requests are done. */
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
