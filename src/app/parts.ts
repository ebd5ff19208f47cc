import type { DerivedStore } from '../store/derived-store.ts';
import type { DocumentStore } from '../store/document-store.ts';
import type { ViewStore } from '../store/view-store.ts';
import type { EngineClient } from '../worker/client.ts';
import type { InstantPreviews } from './instant-previews.ts';

/** What the actions work on. */
export interface Parts {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly derived: DerivedStore;
  readonly engine: EngineClient;
  readonly instant: InstantPreviews;
}
