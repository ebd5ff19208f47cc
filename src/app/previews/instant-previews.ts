import type { OpenedTree } from '../../worker/protocol.ts';
import type * as PatternPreview from './preview-at-once.ts';
import type { InstantPreviews, Parts } from '../parts.ts';

/** Until a model that was opened is painted and resolved, in milliseconds. */
const untilSettled = 800;

/** Gets ready for each model that is opened, once it is settled; until then the engine answers. */
export function createInstantPreviews({ derived, engine }: Omit<Parts, 'instant'>): InstantPreviews {
  let code: typeof PatternPreview | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Computing name links is slow for large models, so reuse the engine's. */
  async function prepare({ tree: { names } }: OpenedTree): Promise<void> {
    const fetched = await import('./preview-at-once.ts').catch(() => null);
    if (!fetched) return;
    code = fetched;
    if (fetched.isPrepared(names)) return;
    const links = await engine.call('link-names', {});
    if (links.ok && derived.getState().student?.tree.names === names) fetched.keepNameLinks(names, links.value);
  }

  const stop = derived.subscribe(({ student }, before) => {
    if (student?.tree.names === before.student?.tree.names) return;
    clearTimeout(timer);
    if (student) timer = setTimeout(() => void prepare(student), untilSettled);
  });

  return {
    preview(request) {
      const student = derived.getState().student;
      return code && student && code.previewAtOnce(request, student.tree.names);
    },
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}
