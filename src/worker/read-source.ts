import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { readTreeFromFiles, type TreeOfFiles } from '../core/readers/read-tree-files.ts';
import type { ReadError } from '../core/readers/read-error.ts';
import { readTree } from '../core/readers/read-tree.ts';
import { fail, succeed, type Result } from '../core/result.ts';
import type { EngineFailure, TreeSource } from './protocol.ts';
import type { TreeStorage } from './tree-storage.ts';

/** A tree and whether this browser's storage has it already. */
export interface SourcedTree {
  readonly tree: ModuleTree;
  readonly stored: boolean;
}

/** Gets a tree from files, text, an address of this site or the browser's storage. */
export async function readSource(
  source: TreeSource,
  storage: TreeStorage,
  onProgress: (fraction: number) => void,
): Promise<Result<SourcedTree, EngineFailure>> {
  switch (source.type) {
    case 'text':
      return fromRead(readTree({ name: source.name, bytes: new TextEncoder().encode(source.text) }, { onProgress }));
    case 'url': {
      const bytes = await fetchBytes(source.url);
      return bytes.ok ? fromRead(readTree({ name: source.name, bytes: bytes.value }, { onProgress })) : bytes;
    }
    case 'stored': {
      const tree = await storage.load(source.reference.digest).catch(() => null);
      return tree ? succeed({ tree, stored: true }) : fail({ type: 'not-stored' });
    }
    case 'files': {
      const files = source.files.map((file) => ({
        name: file.webkitRelativePath || file.name,
        size: file.size,
        read: async (offset: number, length: number) =>
          new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
      }));
      const read = await readTreeFromFiles(files, { onProgress });
      return fromRead(read.ok ? succeed(withDisagreements(read.value)) : read);
    }
  }
}

function withDisagreements({ tree, disagreements }: TreeOfFiles): ModuleTree {
  const [first] = disagreements;
  if (!first) return tree;
  const text = `The files disagree in ${disagreements.length} places, first about ${[first.module, first.tensor].filter((part) => part !== '').join('.')}.`;
  return { ...tree, notes: [...tree.notes, { type: 'text', text }] };
}

function fromRead(read: Result<ModuleTree, ReadError>): Result<SourcedTree, EngineFailure> {
  return read.ok ? succeed({ tree: read.value, stored: false }) : fail({ type: 'unreadable', error: read.error });
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
