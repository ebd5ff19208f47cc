import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import type { EngineClient } from './client.ts';
import type { EngineCall } from './protocol.ts';

/** Calls that follow every letter. They need nothing but the tree of the student. */
const typedCalls: ReadonlySet<EngineCall> = new Set<EngineCall>(['preview', 'search']);

/** An engine, and one beside it that answers while the first is at work. */
export interface TypingEngine extends EngineClient {
  /** Gives the second engine the tree, for what is typed from then on; `null` when there is none. */
  readonly follow: (tree: ModuleTree | null) => void;
}

/**
 * Creates a client that sends what is typed to an engine of its own, so that no letter waits while a list is
 * resolved. `create` makes that engine when it is first needed, `onLost` being what it calls after a crash; as long as
 * it does not hold the tree, the first one answers.
 */
export function createTypingEngine(engine: EngineClient, create: (onLost: () => void) => EngineClient): TypingEngine {
  let second: EngineClient | null = null;
  /** The tree that the second engine is to hold, and whether it does. */
  let followed: ModuleTree | null = null;
  let holds = false;

  async function hold(): Promise<void> {
    const tree = followed;
    holds = false;
    if (!tree) return;
    second ??= create(() => void hold());
    const held = await second.call('hold-tree', { role: 'student', tree });
    if (held.ok && followed === tree) holds = true;
  }

  return {
    call: (call, request, options) => (second && holds && typedCalls.has(call) ? second : engine).call(call, request, options),
    restart: engine.restart,
    dispose() {
      engine.dispose();
      second?.dispose();
    },
    follow(tree) {
      if (tree === followed) return;
      followed = tree;
      void hold();
    },
  };
}
