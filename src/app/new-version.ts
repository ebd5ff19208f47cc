import type { PlansStore } from '../store/plans-store.ts';

/** Milliseconds between two questions to the server, which are asked when the user comes back to the page. */
const betweenQuestions = 3_600_000;

/** The part of a registered service worker that is used here. */
export type Registered = Pick<ServiceWorkerRegistration, 'waiting' | 'installing' | 'update' | 'addEventListener'>;

/** Shows a notice when the files of a newer build of the page are kept: a reload then shows that build. Nothing reloads by itself. */
export function watchForNewVersion(registration: Registered, plans: PlansStore): void {
  let isTold = false;

  async function look(): Promise<void> {
    if (isTold || !(await isOtherBuildServed())) return;
    isTold = true;
    tell(plans);
  }

  function follow(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') void look();
    });
  }

  if (registration.waiting) void look();
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < betweenQuestions) return;
    asked = Date.now();
    // Without a connection it is asked again later.
    registration.update().catch(() => undefined);
  });
}

/** Another notice is read first. */
function tell(plans: PlansStore): void {
  const show = () => plans.setState({ notice: { type: 'new-version' } });
  if (plans.getState().notice === null) return show();
  const stop = plans.subscribe(({ notice }) => {
    if (notice !== null) return;
    stop();
    show();
  });
}

/** Whether a reload would show another build than this one. The name of the entry holds a hash of the build. */
async function isOtherBuildServed(): Promise<boolean> {
  const entry = /assets\/index-[\w-]+\.js/.exec(document.querySelector<HTMLScriptElement>('script[src*="assets/index-"]')?.src ?? '')?.[0];
  const served = await fetch('./', { cache: 'no-cache' }).then((response) => (response.ok ? response.text() : ''), () => '');
  return entry !== undefined && served.includes('assets/index-') && !served.includes(entry);
}
