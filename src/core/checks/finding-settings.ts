import type { Finding } from '../diagnostics/finding.ts';
import { floatOf, getKey, isConfigNumber, isConfigObject, numberOf, type ConfigObject, type KeyPath } from '../config/value.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** Settings that NNI accepts and that hardly mean what they say (rule X4). */
export function findOddSettings({ mode, effective }: Resolution): readonly Finding[] {
  if (mode !== 'pruning') return [];
  return effective.flatMap((config, subConfig) => {
    const settings = getKey(config, 'target_settings');
    const places: readonly (readonly [KeyPath, ConfigObject])[] = [
      [[], config],
      ...(isConfigObject(settings) ? settings.entries : []).flatMap(([target, setting]) =>
        isConfigObject(setting) ? [[['target_settings', target], setting] as const] : [],
      ),
    ];
    return places.flatMap(([path, place]) => oddRatio(subConfig, path, place));
  });
}

function oddRatio(subConfig: number, path: KeyPath, place: ConfigObject): readonly Finding[] {
  const ratio = getKey(place, 'sparse_ratio');
  if (!isConfigNumber(ratio) || (numberOf(ratio) >= 0 && numberOf(ratio) <= 1)) return [];
  const all = numberOf(ratio) > 1;
  const value = floatOf(all ? 1 : 0);
  const where = [...path, 'sparse_ratio'];
  return [
    {
      code: all ? 'ratio-above-1' : 'ratio-below-0',
      severity: 'silent',
      where: { subConfig, path: where },
      values: { subConfig: subConfig + 1, value: ratio.text },
      fixes: [
        {
          code: 'write-float',
          values: { value: value.text },
          action: { type: 'edit-list', edits: [{ type: 'set', path: [subConfig, ...where], value }] },
        },
      ],
    },
  ];
}
