import { writeCompactJson } from '../../../core/config/json-writer.ts';
import type { FindTemplate } from '../../../core/config/setting-templates.ts';
import type { ConfigObject } from '../../../core/config/value.ts';
import { planSettings } from '../../../core/resolve/settings.ts';

/** NNI's translation of a sub-config for the modules of some types. */
export interface Expansion {
  /** Types whose modules get the same. */
  readonly types: readonly string[];
  readonly targets: readonly ExpandedTarget[];
}

export interface ExpandedTarget {
  readonly target: string;
  readonly settings: readonly ExpandedSetting[];
}

export interface ExpandedSetting {
  readonly key: string;
  /** As JSON. */
  readonly text: string;
  /** Set by the sub-config, where others are the template's. */
  readonly isOwn: boolean;
}

/**
 * The full form of a sub-config, type by type (rules C2–C6); types that end alike are together, types without a
 * template are left out. A setting that is null and not the sub-config's is not shown.
 */
export function expandSettings(
  config: ConfigObject,
  types: readonly string[],
  findTemplate: FindTemplate,
): readonly Expansion[] {
  const byResult = new Map<string, { readonly types: string[]; readonly targets: readonly ExpandedTarget[] }>();
  for (const type of types) {
    const template = findTemplate(type);
    if (!template) continue;
    const targets = planSettings(template, type, config, 0).targets.map(({ target, setting, provenance }) => {
      const own = new Set(
        provenance.filter(({ chain }) => chain.findLast(({ overridden }) => !overridden)?.subConfig === 0).map(({ key }) => key),
      );
      const settings = setting.entries
        .filter(([key, value]) => value !== null || own.has(key))
        .map(([key, value]): ExpandedSetting => ({ key, text: writeCompactJson(value), isOwn: own.has(key) }));
      return { target, settings };
    });
    const result = JSON.stringify(targets);
    const known = byResult.get(result);
    if (known) known.types.push(type);
    else byResult.set(result, { types: [type], targets });
  }
  return [...byResult.values()];
}
