import { countBlocks } from '../core/module-tree/mask-counts.ts';
import type { PatternSweep } from '../core/python-re/sweep-answer.ts';
import type { PreviewView } from './protocol.ts';

/** What the page shows of a sweep; of a mask that is kept it takes a copy. */
export function viewSweep(swept: PatternSweep): PreviewView {
  if (swept.type === 'invalid') return swept;
  const mask = new Uint8Array(swept.mask);
  return { ...swept, mask, matchedBlocks: countBlocks(mask) };
}
