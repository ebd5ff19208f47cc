import { nameAt } from '../module-tree/packed-names.ts';
import type { PackedNames } from '../module-tree/packed-names.ts';
import type { PatternSweep } from '../resolve/pattern-sweep.ts';

/** Stands in for the pattern engine: rewrites what JavaScript spells differently. */
export function nativeSweep(pattern: string, _python: string, names: PackedNames): PatternSweep {
  let source = pattern;
  let flags = 'u';
  const global = /^\(\?([ims]+)\)/.exec(source);
  if (global) { flags += global[1]; source = source.slice(global[0].length); }
  source = source.replaceAll('(?P<', '(?<').replace(/\(\?P=(\w+)\)/g, '\\k<$1>').replaceAll('\\Z', '$');
  let regex: RegExp;
  try {
    regex = new RegExp(`^(?:${source})`, flags);
  } catch {
    try { regex = new RegExp(`^(?:${source})`, flags.replace('u', '')); } catch (e) {
      return { type: 'invalid', error: { type: 're.error', message: String(e), position: 0 } };
    }
  }
  const mask = new Uint8Array(names.size);
  let count = 0;
  for (let i = 0; i < names.size; i++) if (regex.test(nameAt(names, i))) { mask[i] = 1; count++; }
  return { type: 'matched', mask, count, slowSeconds: null };
}
