import { formatQuantity } from '../../core/text/format-count.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { SelectionReason, SubConfigExplanation } from '../../core/resolve/explain.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useSubConfigs } from '../shared/use-app.ts';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { foldReasons, isPassing } from './fold-reasons.ts';
import type { ExplanationGroup } from './group-explanations.ts';
import { Mark, SentenceText, useSelectsByType } from './SentenceText.tsx';
import { reasonSentence } from './sentences.ts';

/** The reason of every sub-config for or against the module, disabled ones included. */
export function WhyList({ group }: { readonly group: ExplanationGroup }) {
  const list = useSubConfigs();
  const off = list.flatMap((subConfig, index) => (subConfig.enabled ? [] : [{ subConfig, number: index + 1 }]));
  const { subConfigs } = group.members[0]!;
  // The sentence at the top says the same of a single one.
  if (subConfigs.length + off.length < 2) return null;
  const selecting = subConfigs.filter(({ reason }) => reason.type === 'selected');
  // So does the sentence at the top where no sub-config names the module, or a single one does.
  const others = selecting.length === 1 ? subConfigs.filter((one) => one !== selecting[0]) : subConfigs;
  if (others.every(({ reason }) => isPassing(reason)) && off.length === 0) return null;
  return <WhyLines title={others === subConfigs ? 'Why' : 'Why not the others'} group={group} reasons={others} off={off} />;
}

function WhyLines({ title, group, reasons, off }: {
  readonly title: string;
  readonly group: ExplanationGroup;
  readonly reasons: readonly SubConfigExplanation[];
  readonly off: readonly { readonly subConfig: SubConfig; readonly number: number }[];
}) {
  const selectsByType = useSelectsByType();
  const { told, passing } = foldReasons(reasons);
  const { first, more } = useFirstItems(told);
  const { first: firstOff, more: moreOff } = useFirstItems(off);
  return (
    <div role="group" aria-label="Why">
      <h3 className="mb-1 text-xs font-semibold text-muted">{title}</h3>
      <ul className="flex flex-col gap-1">
        {first.map(({ subConfig, reason }) => (
          <li key={subConfig} className="flex items-baseline gap-2">
            <Mark subConfig={subConfig} />
            <span className={`min-w-0 ${reason.type === 'selected' ? '' : 'text-muted'}`}>
              <SentenceText
                sentence={reasonSentence(subConfig, withTypeOf(group, reason), selectsByType)}
              />
            </span>
          </li>
        ))}
        {more && <li>{more}</li>}
        {passing > 0 && <li className="text-muted">{formatQuantity(passing, told.length > 0 ? 'other' : 'sub-config')}: no match</li>}
        {firstOff.map(({ subConfig, number }) => (
          <li key={subConfig.id} className="flex items-baseline gap-2 text-muted">
            <SubConfigMark number={number} color={subConfig.color} state="off" label={`Sub-config #${number}, off`} />
            <span>is off</span>
          </li>
        ))}
        {moreOff && <li>{moreOff}</li>}
      </ul>
    </div>
  );
}

/** Of several types at once none is named. */
function withTypeOf(group: ExplanationGroup, reason: SelectionReason): SelectionReason {
  return 'moduleType' in reason ? { ...reason, moduleType: group.moduleType } : reason;
}
