import { selectorKeys } from '../config/selector-keys.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { getKey, type ConfigObject } from '../config/value.ts';
import { createSubConfigMaker } from './create-plan.ts';
import type { Origin, Plan, SubConfig } from './plan.ts';

/**
 * The sub-configs of a list whose enabled ones were edited as text. One that is written unchanged keeps id,
 * label and colour at its new place; then one with the same selectors; each that is left takes over label and colour of
 * the one that stood in its place, or of the next that is gone. Those that are off stay behind the one they stood
 * behind. The same list comes back when nothing changed.
 */
export function replaceEnabled(
  plan: Plan,
  before: readonly SubConfig[],
  written: readonly ConfigObject[],
  origins: readonly Origin[] = [],
): readonly SubConfig[] {
  const enabled = before.filter((subConfig) => subConfig.enabled);
  const heirs = pairUp(
    enabled.map((subConfig) => subConfig.config),
    written,
  );
  const maker = createSubConfigMaker(plan, before);
  const after = written.map((config, index): SubConfig => {
    const old = enabled[heirs[index] ?? -1];
    if (!old) return withOrigin(maker.make(config), origins[index]);
    const heir = writeCompactJson(old.config) === writeCompactJson(config) ? old : { ...old, config };
    maker.count(heir);
    return withOrigin(heir, origins[index]);
  });
  const result = insertDisabled(before, after);
  const same = result.length === before.length && result.every((subConfig, index) => subConfig === before[index]);
  return same ? before : result;
}

/** A sub-config with where it comes from; as it is where that is not known. */
export function withOrigin(subConfig: SubConfig, origin: Origin | undefined): SubConfig {
  if (origin === undefined || isSame(origin, subConfig.origin)) return subConfig;
  return { ...subConfig, origin };
}

function isSame(origin: Origin, other: Origin | undefined): boolean {
  return other !== undefined && origin.list === other.list && origin.line === other.line && origin.call === other.call;
}

/**
 * Which old config each new one continues, by index; -1 for one that is new. Equal ones first, then those with
 * equal selectors, then by place, then the rest in order.
 */
export function pairUp(before: readonly ConfigObject[], after: readonly ConfigObject[]): readonly number[] {
  const pairs = after.map(() => -1);
  const unused = new Set(before.keys());
  for (const keyOf of [writeCompactJson, selectorsOf]) {
    const oldOnes = new Map<string, number[]>();
    for (const index of unused) {
      const key = keyOf(before[index]!);
      const same = oldOnes.get(key);
      if (same) same.push(index);
      else oldOnes.set(key, [index]);
    }
    const take = (index: number, old: number | undefined): void => {
      if (old === undefined || !unused.delete(old)) return;
      pairs[index] = old;
    };
    const keys = after.map((config, index) => (pairs[index] === -1 ? keyOf(config) : ''));
    keys.forEach((key, index) => {
      if (pairs[index] === -1) take(index, oldOnes.get(key)?.find((old) => old === index));
    });
    keys.forEach((key, index) => {
      if (pairs[index] === -1) take(index, oldOnes.get(key)?.find((old) => unused.has(old)));
    });
  }
  for (const index of after.keys()) {
    if (pairs[index] === -1 && unused.delete(index)) pairs[index] = index;
  }
  for (const [index, old] of pairs.entries()) {
    if (old !== -1) continue;
    const [next] = unused;
    if (next === undefined) break;
    unused.delete(next);
    pairs[index] = next;
  }
  return pairs;
}

function selectorsOf(config: ConfigObject): string {
  return writeCompactJson(selectorKeys.map((key) => getKey(config, key) ?? null));
}

function insertDisabled(before: readonly SubConfig[], after: readonly SubConfig[]): readonly SubConfig[] {
  const result = [...after];
  before.forEach((subConfig, index) => {
    if (subConfig.enabled) return;
    let at = 0;
    for (let above = index - 1; above >= 0; above--) {
      const place = result.findIndex((other) => other.id === before[above]!.id);
      if (place >= 0) {
        at = place + 1;
        break;
      }
    }
    result.splice(at, 0, subConfig);
  });
  return result;
}
