import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { WorkerLike } from '../worker/client.ts';
import { App } from './App.tsx';
import { createApp } from './create-app.ts';
import { servedLink } from './file-link/served-page.ts';
import { keepForOffline } from './keep-for-offline.ts';

/** Shows the page, whose engine may have been started before. */
export function mount(engine: WorkerLike): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html lacks the element #root.');
  const app = createApp(engine);
  // The prerendered page is replaced in the same frame.
  flushSync(() => createRoot(root).render(<App app={app} />));
  root.inert = false;
  document.getElementById('not-started')?.remove();
  // Served from this machine under a token: there is nothing to keep.
  if (servedLink() === null) keepForOffline(app.plans);
}
