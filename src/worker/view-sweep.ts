import { countBlocks } from '../core/module-tree/mask-counts.ts';
import type { PatternSweep } from '../core/python-re/sweep-answer.ts';
import type { PreviewView } from './list-protocol.ts';

/** The view of a sweep for the page; a mask that `isKept` elsewhere is copied. */
export function viewSweep(swept: PatternSweep, isKept = true): PreviewView {
  if (swept.type === 'invalid') return swept;
  const mask = isKept ? new Uint8Array(swept.mask) : swept.mask;
  return { ...swept, mask, matchedBlocks: countBlocks(mask) };
}
