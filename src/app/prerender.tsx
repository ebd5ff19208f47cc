import { renderToStaticMarkup } from 'react-dom/server';
import { createPlan } from '../core/plan/create-plan.ts';
import type { AppContext } from '../store/app-context.ts';
import { createDerivedStore } from '../store/derived-store.ts';
import { createDocumentStore } from '../store/document-store.ts';
import { createFileLinkStore } from '../store/file-link-store.ts';
import { createPlansStore } from '../store/plans-store.ts';
import { createViewStore } from '../store/view-store.ts';
import { App } from './App.tsx';
import { samples } from './samples.ts';

/** Nothing acts yet: the build only draws. */
const nothing = (): never => {
  throw new Error('The page that is drawn by the build cannot act.');
};
const idle: ProxyHandler<object> = { get: () => nothing };

/**
 * The start page as HTML, for the file that is served: it is painted before any script runs, and replaced when they do. Without its hidden
 * fields for files: a file that a tool puts into one of these would be lost.
 */
export function startMarkup(): string {
  const app: AppContext = {
    document: createDocumentStore(createPlan()),
    view: createViewStore(),
    derived: createDerivedStore(),
    plans: createPlansStore(),
    fileLink: createFileLinkStore(),
    engine: new Proxy({}, idle) as AppContext['engine'],
    actions: new Proxy({}, idle) as AppContext['actions'],
    samples,
    isReadOnly: false,
  };
  return renderToStaticMarkup(<App app={app} />).replaceAll(/<input[^>]*type="file"[^>]*>/g, '');
}
