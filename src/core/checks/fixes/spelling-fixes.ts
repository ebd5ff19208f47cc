import { getAt, setAt } from '../../config/list-edits.ts';
import type { Mode } from '../../config/mode.ts';
import { alignKeys, commonKeys, settingKeys } from '../../config/setting-keys.ts';
import { getKey, isConfigObject, objectOf, withKey, type ConfigObject, type ConfigValue, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { validateSubConfig } from '../../config/validate.ts';
import { meantValue } from './meant-value.ts';
import { nearestText } from '../../text/near-text.ts';

/** The edit that gives a key that NNI does not know the name of the one that was likely meant (rule F9). */
export function respellKey(path: KeyPath, config: ConfigObject, subConfig: number, { mode }: Resolution): readonly Fix[] {
  const key = path.at(-1);
  const place = path.slice(0, -1);
  const parent = getAt(config, place);
  if (typeof key !== 'string' || !isConfigObject(parent)) return [];
  const known = keysAt(place, mode);
  if (known.includes(key)) return [];
  const near = nearestText(key, known) ?? otherWord(key, known) ?? shortKey(key, known);
  if (near === null || (getKey(parent, near) ?? null) !== null) return [];
  // A null under the right name says nothing: it gives way.
  const others = parent.entries.filter(([name]) => name !== near);
  const renamed = objectOf(others.map(([name, value]) => [name === key ? near : name, value]));
  const corrected = setAt(config, place, renamed);
  // Under its right name the value is judged: 1 has to be 1.0.
  const meant = isConfigObject(corrected) ? meantValueIfRefused(corrected, [...place, near], mode) : undefined;
  const value = meant === undefined ? renamed : withKey(renamed, near, meant);
  return [fix('rename-key', { from: key, key: near }, { type: 'set', path: [subConfig, ...place], value })];
}

function meantValueIfRefused(config: ConfigObject, path: KeyPath, mode: Mode): ConfigValue | undefined {
  const isRefused = validateSubConfig(config, mode).some(({ code, path: at }) => code === 'wrong-value' && path.every((step, index) => at[index] === step));
  return isRefused ? meantValue(config, path, mode) : undefined;
}

/** Words of other tools, and of NNI 2.x, for the same key. */
function otherWord(key: string, known: readonly string[]): string | null {
  const small = key.toLowerCase();
  const word = bitWords.has(small) || otherRatios.has(small) ? small : (nearestText(small, otherRatios) ?? small);
  const meant = bitWords.has(word) ? 'quant_dtype' : word.replace('sparsity', 'sparse');
  if (meant === key) return null;
  return known.includes(meant) ? meant : nearestText(meant, known);
}

/** Keys that hold what NNI 3.0 has in `sparse_ratio`. */
const otherRatios: ReadonlySet<string> = new Set(['sparsity_ratio', 'sparsity', 'sparsity_threshold']);

/** Keys that hold the bits which NNI 3.0 has in `quant_dtype`. */
const bitWords: ReadonlySet<string> = new Set(['quant_bits', 'bits', 'num_bits', 'n_bits', 'nbits', 'bit_width']);

/** The one key that has all words of this one and the fewest more: `dtype` is `quant_dtype`. */
function shortKey(key: string, known: readonly string[]): string | null {
  const words = key.toLowerCase().split('_');
  const longer = known
    .filter((candidate) => words.every((word) => candidate.split('_').includes(word)))
    .toSorted((a, b) => a.split('_').length - b.split('_').length);
  const [first, second] = longer;
  if (first === undefined || key.length < 4) return null;
  return second?.split('_').length === first.split('_').length ? null : first;
}

/** Whether NNI knows the key in a sub-config of that mode. */
export function isKnownKey(key: string, mode: Mode): boolean {
  return keysAt([], mode).includes(key);
}

/** The keys that NNI knows in a sub-config, in the settings of a target, and in an `align` (rules V1-V5). */
function keysAt(place: KeyPath, mode: Mode): readonly string[] {
  if (place.at(-1) === 'align') return alignKeys.map(({ key }) => key);
  const ofTargets = settingKeys[mode].filter(({ topLevelOnly }) => topLevelOnly !== true).map(({ key }) => key);
  return place.length > 0 ? ofTargets : [...commonKeys, ...settingKeys[mode]].map(({ key }) => key);
}
