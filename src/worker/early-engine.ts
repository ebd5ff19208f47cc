import { readModuleTree } from '../core/readers/tree-json/read-module-tree.ts';
import { modelNameOf } from '../core/readers/bytes/file-path.ts';
import { effectiveLimits } from '../core/readers/bytes/read-limits.ts';
import type { Engine } from './engine.ts';
import type { EngineHost } from './engine-host.ts';
import { openedTree, storeOpened, type SourcedTree } from './opened-tree.ts';
import type { ToWorker, TreeSource } from './protocol.ts';

type Adopted = Parameters<Engine['adopt']>;

/**
 * Handles messages until the engine is there: opens samples and models of this browser with the little code that
 * takes, so that the first tree waits for no more. `load` fetches the engine, which answers everything else.
 */
export function createEarlyEngine(host: EngineHost, load: () => Promise<Engine>): Pick<Engine, 'handle'> & {
  /** Fetches the engine, before it is needed. */
  readonly fetch: () => Promise<void>;
} {
  const opened: Adopted[] = [];
  let whole: Promise<Engine> | null = null;

  function wholeEngine(): Promise<Engine> {
    whole ??= load().then((engine) => {
      // From here on the engine holds them: a model that it closes is to be given back.
      for (const model of opened.splice(0)) engine.adopt(...model);
      return engine;
    });
    // Another try may have the connection that this one lacked.
    whole.catch(() => (whole = null));
    return whole;
  }

  /** If it fails, the next call tries again and reports. */
  const fetchWhole = async () => void (await wholeEngine().catch(() => null));

  /** Opens a tree; `false` where that is left to the engine. */
  async function openEarly(message: ToWorker): Promise<boolean> {
    if (message.call !== 'open-tree') return false;
    const { role, source } = message.request;
    const sourced = await readEarly(source, host);
    if (!sourced) return false;
    const { runs, reply, transfer } = openedTree(sourced, source);
    const model: Adopted = [role, sourced.tree, runs];
    if (whole) (await whole).adopt(...model);
    else opened.push(model);
    host.post({ id: message.id, type: 'reply', reply }, transfer);
    void storeOpened(sourced, reply.reference, host.storage, (name) => {
      host.post({ type: 'trouble', trouble: { type: 'tree-not-stored', model: name } }, []);
    });
    return true;
  }

  return {
    fetch: fetchWhole,
    async handle(message) {
      try {
        if (!whole && (await openEarly(message))) {
          setTimeout(() => void fetchWhole());
          return;
        }
        await (await wholeEngine()).handle(message);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        host.post({ id: message.id, type: 'failure', failure: { type: 'not-fetched', reason } }, []);
      }
    },
  };
}

/** A sample, or a model that this browser has stored; `null` for everything else, and where something is wrong with it. */
async function readEarly(source: TreeSource, { storage }: EngineHost): Promise<SourcedTree | null> {
  if (source.type === 'stored') {
    const tree = await storage.load(source.reference.digest).catch(() => null);
    return tree && { tree, stored: true, disagreements: [] };
  }
  if (source.type !== 'url') return null;
  const text = await fetchText(source.url).catch(() => null);
  if (text === null) return null;
  const read = readModuleTree({
    modelName: modelNameOf(source.name),
    text,
    limits: effectiveLimits(),
    onProgress: () => undefined,
  });
  return read.ok ? { tree: read.value, stored: false, disagreements: [] } : null;
}

async function fetchText(url: string): Promise<string | null> {
  const response = await fetch(url);
  if (!response.ok) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers send such a file as a text that is compressed on its way: it comes inflated then.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
