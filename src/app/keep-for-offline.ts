/** Until a model may be open and what was asked for first is done, in milliseconds. */
const untilSettled = 10_000;

/** Has the browser keep the page's files, so that it opens and works without a connection. Nothing where that is refused. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => {
    navigator.serviceWorker.register('./service-worker.js').catch(() => undefined);
  }, untilSettled);
}
