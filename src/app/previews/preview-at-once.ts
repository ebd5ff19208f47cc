import type { PackedNames } from '../../core/module-tree/packed-names.ts';
import { isPrepared } from '../../core/python-re/automaton/fill-mask.ts';
import { keepNameLinks } from '../../core/python-re/automaton/name-links.ts';
import { sweepAsPythonAtOnce } from '../../core/python-re/sweep-pattern.ts';
import type { EngineCalls } from '../../worker/protocol.ts';
import type { PreviewView } from '../../worker/list-protocol.ts';
import { viewSweep } from '../../worker/view-sweep.ts';

export { isPrepared, keepNameLinks };

/**
 * Answers a preview on the page's own thread where that takes a few milliseconds, so that the matches of a letter are
 * painted in the frame that paints the letter; else `null`. While it is not `isFinal`, the engine still has to say
 * whether Python would hang.
 */
export function previewAtOnce(
  { pattern, python, config }: EngineCalls['preview']['request'],
  names: PackedNames,
): { readonly view: PreviewView; readonly isFinal: boolean } | null {
  const swept = config ? null : sweepAsPythonAtOnce(pattern, python, names);
  return swept && { view: viewSweep(swept.sweep, false), isFinal: swept.isFinal };
}
