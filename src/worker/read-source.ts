import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleType } from '../core/module-tree/tree-index.ts';
import type { TreeOfFiles } from '../core/readers/folders/join-trees.ts';
import { readTreeFromFiles } from '../core/readers/read-tree-files.ts';
import type { ReadError } from '../core/readers/messages/read-error.ts';
import { readTree, type ReadOptions } from '../core/readers/read-tree.ts';
import { fail, succeed, type Result } from '../core/result.ts';
import type { SourcedTree } from './opened-tree.ts';
import type { EngineFailure, TreeSource } from './protocol.ts';
import type { TreeStorage } from './tree-storage.ts';

/** Where a tree can be read from; one that was surveyed is in the engine already. */
export type ReadableSource = Exclude<TreeSource, { type: 'surveyed' }>;

/** Gets a tree from files, text, an address of this site or the browser's storage. */
export async function readSource(
  source: ReadableSource,
  storage: TreeStorage,
  options: ReadOptions,
): Promise<Result<SourcedTree, EngineFailure>> {
  switch (source.type) {
    case 'text': {
      const read = readTree({ name: source.name, bytes: new TextEncoder().encode(source.text) }, options);
      return fromRead(read.ok ? succeed(namedAfterRoot(read.value, source.name)) : read);
    }
    case 'url': {
      const bytes = await fetchBytes(source.url);
      return bytes.ok ? fromRead(readTree({ name: source.name, bytes: bytes.value }, options)) : bytes;
    }
    case 'stored': {
      const tree = await storage.load(source.reference.digest).catch(() => null);
      return tree ? succeed({ tree, stored: true, disagreements: [] }) : fail({ type: 'not-stored' });
    }
    case 'files': {
      const files = source.files.map(({ path, file }) => ({
        name: path,
        size: file.size,
        read: async (offset: number, length: number) =>
          new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
      }));
      return fromFiles(await readTreeFromFiles(files, options));
    }
    case 'served': {
      const files = source.files.map(({ path, size, url }) => ({ name: path, size, read: (offset: number, length: number) => fetchRange(url, offset, length) }));
      return fromFiles(await readTreeFromFiles(files, options));
    }
  }
}

async function fetchRange(url: string, offset: number, length: number): Promise<Uint8Array> {
  if (length === 0) return new Uint8Array(0);
  const response = await fetch(url, { headers: { Range: `bytes=${offset}-${offset + length - 1}` } });
  if (!response.ok) throw new Error((await response.text()).trim());
  return new Uint8Array(await response.arrayBuffer());
}

function fromFiles(read: Result<TreeOfFiles, ReadError>): Result<SourcedTree, EngineFailure> {
  return read.ok ? succeed(withDisagreements(read.value)) : fail({ type: 'unreadable', error: read.error });
}

/** Pasted text has no name: the class of the model names it. */
function namedAfterRoot(tree: ModuleTree, name: string): ModuleTree {
  const type = moduleType(tree, 0);
  return type === null || tree.model !== name ? tree : { ...tree, model: type };
}

/** Notes in the tree, which is stored, that its files disagree. */
export function withDisagreements({ tree, disagreements }: TreeOfFiles): SourcedTree {
  const [first] = disagreements;
  if (first === undefined) return { tree, stored: false, disagreements };
  const notes = [...tree.notes, { type: 'files-disagree', first, more: disagreements.length - 1 } as const];
  return { tree: { ...tree, notes }, stored: false, disagreements };
}

function fromRead(read: Result<ModuleTree, ReadError>): Result<SourcedTree, EngineFailure> {
  return read.ok ? succeed({ tree: read.value, stored: false, disagreements: [] }) : fail({ type: 'unreadable', error: read.error });
}

async function fetchBytes(url: string): Promise<Result<Uint8Array, EngineFailure>> {
  try {
    const response = await fetch(url);
    if (!response.ok) return fail({ type: 'unreachable', url, reason: `status ${response.status}` });
    return succeed(new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    return fail({ type: 'unreachable', url, reason: error instanceof Error ? error.message : String(error) });
  }
}
