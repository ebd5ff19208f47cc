import type { OpenedTree } from './protocol.ts';

type Shown = Pick<OpenedTree, 'tree' | 'runs'>;

/**
 * A copy of a tree whose buffers can be transferred: the page then takes megabytes over without copying them, which
 * would block it, and the engine keeps its own.
 */
export function copyToHandOver(shown: Shown): { readonly copy: Shown; readonly transfer: ArrayBuffer[] } {
  const copy = structuredClone(shown);
  const { tree, runs } = copy;
  const { bytes, offsets, shared, irregular } = tree.names;
  const { depth, parent, end, typeId, specId, sourceIndex } = tree;
  const columns = [bytes, offsets, shared, irregular, depth, parent, end, typeId, specId, sourceIndex];
  return { copy, transfer: [...columns, runs.first, runs.length, runs.runOf].map(({ buffer }) => buffer) };
}
