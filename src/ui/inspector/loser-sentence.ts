import { getKey, valuesEqual, type ConfigObject } from '../../core/config/value.ts';
import type { Loser, TargetOutcome } from '../../core/resolve/resolution.ts';
import type { Sentence, SentencePart } from './sentences.ts';
import { valueText } from './wording.ts';

/** The sub-configs that lost a target to another one (rule R1), and their settings for it. */
export function loserSentence({ subConfig, setting }: Loser, target: TargetOutcome): Sentence {
  const wishes = differingEntries(setting, target.setting);
  const shown: readonly SentencePart[] = wishes
    .slice(0, 3)
    .flatMap((text, index): SentencePart[] => [...(index > 0 ? [', '] : []), { type: 'code', text }]);
  const more = wishes.length > 3 ? [` and ${wishes.length - 3} more`] : [];
  const wanted = wishes.length > 0 ? [' wanted ', ...shown, ...more] : [' wanted the same'];
  return [{ type: 'mark', subConfig }, ...wanted, ': ', { type: 'mark', subConfig: target.subConfig }, ' came first.'];
}

function differingEntries(wanted: ConfigObject, inForce: ConfigObject): readonly string[] {
  return wanted.entries.flatMap(([key, value]) => {
    const other = getKey(inForce, key);
    return other !== undefined && valuesEqual(value, other) ? [] : [`${key} ${valueText(value)}`];
  });
}
