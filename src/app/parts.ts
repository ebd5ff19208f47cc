import type { DerivedStore } from '../store/derived-store.ts';
import type { DocumentStore } from '../store/document-store.ts';
import type { ViewStore } from '../store/view-store.ts';
import type { EngineClient } from '../worker/client.ts';
import type { EngineCalls } from '../worker/protocol.ts';
import type * as PatternPreview from './previews/preview-at-once.ts';

/** Answers previews on the page's own thread. */
export interface InstantPreviews {
  /** The preview, where it takes only a few milliseconds. Otherwise `null`, and the engine is asked. */
  readonly preview: (request: EngineCalls['preview']['request']) => ReturnType<typeof PatternPreview.previewAtOnce>;
  readonly dispose: () => void;
}

/** The stores and services that actions work on. */
export interface Parts {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly derived: DerivedStore;
  readonly engine: EngineClient;
  readonly instant: InstantPreviews;
}
