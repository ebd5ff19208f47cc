/** The part of a service worker's scope that is used here; TypeScript has it only apart from the page's. */
interface ServiceWorkerScope {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly addEventListener: <Type extends keyof ServiceWorkerEvents>(
    type: Type,
    listen: (event: ServiceWorkerEvents[Type]) => void,
  ) => void;
}

interface LifetimeEvent {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

interface RequestEvent {
  readonly request: Request;
  readonly respondWith: (response: Promise<Response>) => void;
}

interface ServiceWorkerEvents {
  readonly install: LifetimeEvent;
  readonly activate: LifetimeEvent;
  readonly fetch: RequestEvent;
}

const scope = globalThis as unknown as ServiceWorkerScope;

/** The files of one build, as JSON: the build writes them in, so that a new build is a new service worker. */
const files = JSON.parse('__BUILT_FILES__') as readonly string[];
/** The page itself. */
const page = './';
const prefix = 'espalier ';
const cacheName = prefix + String(files.find((file) => file.startsWith('assets/index-') && file.endsWith('.js')));

/** Keeps all files of the build, so that the page needs no connection from then on; one by one, as somebody may be typing. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const file of [page, ...files]) await cache.add(new Request(file, { cache: 'no-cache', priority: 'low' }));
}

/** Runs when no page of another build is open any more: its files go. */
async function dropOthers(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(others.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** The kept file; the server's `Vary` header does not count. */
function kept(request: Request): Promise<Response | undefined> {
  return caches.match(request.mode === 'navigate' ? page : request, { cacheName, ignoreSearch: true, ignoreVary: true });
}

/** Files whose name changes with their content come from the cache, all others from the network while that works. */
async function answer(request: Request): Promise<Response> {
  if (new URL(request.url).pathname.includes('/assets/')) return (await kept(request)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope.location.origin)) event.respondWith(answer(request));
});
