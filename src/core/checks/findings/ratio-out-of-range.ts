import {
  floatOf, getKey, isConfigNumber, isConfigObject, numberOf, type ConfigObject, type KeyPath,
} from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';

export interface RatioValues extends OfSubConfig {
  readonly value: string;
}

type RatioFinding = FindingOf<'ratio-above-1', RatioValues> | FindingOf<'ratio-below-0', RatioValues>;

const concerns: FindingKind<RatioValues>['concerns'] = ({ values, where: { subConfig, path } }, { targets }) =>
  targets.some((target) => {
    const ratio = getKey(target.setting, 'sparse_ratio');
    const isPlace = path[0] !== 'target_settings' || path[1] === target.target;
    return target.subConfig === subConfig && isPlace && isConfigNumber(ratio) && ratio.text === values.value;
  });

/** A ratio that NNI clamps to 1 (rule X4). */
export const ratioAbove1: FindingKind<RatioValues> = {
  words: ({ value }) => ({
    title: `sparse_ratio ${shortened(value)} masks everything.`,
    why: 'NNI clamps the ratio to 1 without a word.',
  }),
  concerns,
};

/** A ratio that NNI clamps to 0 (rule X4). */
export const ratioBelow0: FindingKind<RatioValues> = {
  words: ({ value }) => ({
    title: `sparse_ratio ${shortened(value)} masks nothing.`,
    why: 'NNI clamps the ratio to 0 without a word.',
  }),
  concerns,
};

/** Finds ratios that NNI clamps to 0 or 1, of sub-configs and of their targets (rule X4a). Pruning only. */
export function findOddRatios({ resolution: { mode, effective } }: FindingInput): readonly RatioFinding[] {
  if (mode !== 'pruning') return [];
  return effective.flatMap((config, subConfig) => {
    const settings = getKey(config, 'target_settings');
    const ofTargets = (isConfigObject(settings) ? settings.entries : []).flatMap(([target, setting]) =>
      isConfigObject(setting) ? oddRatio(subConfig, ['target_settings', target], setting) : [],
    );
    return [...oddRatio(subConfig, [], config), ...ofTargets];
  });
}

function oddRatio(subConfig: number, path: KeyPath, place: ConfigObject): readonly RatioFinding[] {
  const ratio = getKey(place, 'sparse_ratio');
  // A whole number is refused (rule V3): one cause is one finding.
  if (!isConfigNumber(ratio) || ratio.type === 'int' || (numberOf(ratio) >= 0 && numberOf(ratio) <= 1)) return [];
  const number = numberOf(ratio);
  const all = number > 1;
  // 50 was meant as 50 %.
  const share = all && number <= 100 ? [floatOf(Number((number / 100).toPrecision(12)))] : [];
  const where = [...path, 'sparse_ratio'];
  return [
    {
      code: all ? 'ratio-above-1' : 'ratio-below-0',
      severity: 'silent',
      rule: 'X4',
      where: { subConfig, path: where },
      values: { subConfig: subConfig + 1, value: ratio.text },
      fixes: [...share, floatOf(all ? 1 : 0)].map((value) =>
        fix('write-float', { value: value.text }, { type: 'set', path: [subConfig, ...where], value }),
      ),
    },
  ];
}
