import { countBlocks } from '../core/module-tree/mask-counts.ts';
import type { PackedNames } from '../core/module-tree/packed-names.ts';
import { isPrepared } from '../core/python-re/fill-mask.ts';
import { keepNameLinks } from '../core/python-re/name-links.ts';
import type { PatternSweep } from '../core/resolve/pattern-sweep.ts';
import { sweepAsPythonAtOnce } from '../core/resolve/python-sweep.ts';
import type { EngineCalls, PreviewView } from './protocol.ts';

export { isPrepared, keepNameLinks };

/** What the page shows of a sweep; of a mask that is kept it takes a copy. */
export function viewSweep(swept: PatternSweep): PreviewView {
  if (swept.type === 'invalid') return swept;
  const mask = new Uint8Array(swept.mask);
  return { ...swept, mask, matchedBlocks: countBlocks(mask) };
}

/**
 * Answers a preview on the page's own thread where that takes a few milliseconds, so that what a letter hits is
 * painted in the frame that paints the letter; else `null`. While it is not `isFinal`, the engine still has to say
 * whether Python would hang.
 */
export function previewAtOnce(
  { pattern, python, config }: EngineCalls['preview']['request'],
  names: PackedNames,
): { readonly view: PreviewView; readonly isFinal: boolean } | null {
  const swept = config ? null : sweepAsPythonAtOnce(pattern, python, names);
  return swept && { view: viewSweep(swept.sweep), isFinal: swept.isFinal };
}
