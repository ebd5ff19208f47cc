import { judgeList, judgeOf, type ListSetting } from '../checks/judge-list.ts';
import { isThrough } from '../checks/list-verdict.ts';
import { repairList } from '../checks/repair-list.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { ConfigValue } from '../config/value.ts';
import type { Slip } from './human-slips.ts';

/** What `espalier fix` makes of a slip: the list that was meant, another that NNI takes, or none; `unnoticed` where the slip changes nothing. */
export type SlipOutcome = 'meant' | 'other' | 'refused' | 'unnoticed' | 'no-list';

/** Repairs a slip, and compares what NNI then does with every module. */
export function repairSlip({ meant, written, mode }: Slip, setting: ListSetting): { readonly outcome: SlipOutcome; readonly list: ConfigValue } {
  const ofMode = { ...setting, mode };
  const wanted = judgeList(meant, ofMode);
  if (!isThrough(wanted.verdict)) return { outcome: 'no-list', list: meant };
  const before = judgeList(written, ofMode);
  if (isThrough(before.verdict) && effectOf(before) === effectOf(wanted)) return { outcome: 'unnoticed', list: written };
  const { list } = repairList(written, mode, judgeOf(ofMode));
  const after = judgeList(list, ofMode);
  if (!isThrough(after.verdict)) return { outcome: 'refused', list };
  return { outcome: effectOf(after) === effectOf(wanted) ? 'meant' : 'other', list };
}

/** The settings of every target of every module, as text. */
function effectOf({ resolution: { outcomes, outcomeId } }: ReturnType<typeof judgeList>): string {
  const texts = outcomes.map(({ targets }) => targets.map(({ target, setting }) => `${target} ${writeCompactJson(setting)}`).toSorted().join('; '));
  return [...outcomeId].map((id) => texts[id]).join('\n');
}
