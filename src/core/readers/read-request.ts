import { baseOf } from './file-path.ts';
import { defaultReadLimits, readCeilings, type ReadLimits } from './read-error.ts';

/** The limits that hold: what was asked for, at most the ceilings. */
export function effectiveLimits(asked: Partial<ReadLimits> = {}): ReadLimits {
  const wanted = { ...defaultReadLimits, ...asked };
  return {
    maxModules: Math.min(wanted.maxModules, readCeilings.maxModules),
    maxNameUnits: Math.min(wanted.maxNameUnits, readCeilings.maxNameUnits),
    maxDepth: Math.min(wanted.maxDepth, readCeilings.maxDepth),
    maxBytes: Math.min(wanted.maxBytes, readCeilings.maxBytes),
    maxUnreadLines: Math.min(wanted.maxUnreadLines, readCeilings.maxUnreadLines),
  };
}

/** A file's name without folders and without the endings of the formats that are read. */
export function modelNameOf(fileName: string): string {
  const base = baseOf(fileName);
  // The list of a distributed checkpoint is called that in every folder.
  if (base === '.metadata') return 'checkpoint';
  const bare = base.replace(/(?:\.(?:gz|json|txt|log|repr|ipynb|safetensors|index|bin|pt|pt2|pth|tar|pkl|ckpt|onnx))+$/i, '');
  return bare === '' ? base : bare;
}
