import { valuesEqual, type ConfigObject } from '../config/value.ts';
import { createSubConfig } from './create-plan.ts';
import type { Plan, SubConfig } from './plan.ts';

/**
 * The sub-configs of a list whose enabled ones were written anew as text. One that is written unchanged keeps
 * id, label and colour, wherever it stands now; of the others each takes over those of the changed one in its turn.
 * Those that are off stay behind the one they stood behind.
 */
export function replaceEnabled(
  plan: Plan,
  before: readonly SubConfig[],
  written: readonly ConfigObject[],
): readonly SubConfig[] {
  const enabled = before.filter((subConfig) => subConfig.enabled);
  const unused = new Set(enabled);
  const kept = written.map((config, index): SubConfig | null => {
    const samePlace = enabled[index];
    const same =
      samePlace && unused.has(samePlace) && valuesEqual(samePlace.config, config)
        ? samePlace
        : [...unused].find((subConfig) => valuesEqual(subConfig.config, config));
    if (!same) return null;
    unused.delete(same);
    return { ...same, config };
  });
  const after: SubConfig[] = [];
  written.forEach((config, index) => {
    const same = kept[index];
    if (same) {
      after.push(same);
      return;
    }
    const samePlace = enabled[index];
    const heir = samePlace && unused.has(samePlace) ? samePlace : firstOf(unused);
    if (heir) {
      unused.delete(heir);
      after.push({ ...heir, config });
    } else {
      after.push(createSubConfig(plan, [...before, ...after], config));
    }
  });
  return insertDisabled(before, after);
}

function firstOf<Item>(items: ReadonlySet<Item>): Item | undefined {
  for (const item of items) return item;
  return undefined;
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
