import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useSubConfigs } from '../shared/use-app.ts';
import type { SelectionReason } from '../../core/resolve/explain.ts';
import type { ExplanationGroup } from './group-explanations.ts';
import { Mark, SentenceText, useSelectsByType } from './SentenceText.tsx';
import { reasonSentence } from './sentences.ts';

/** What every sub-config makes of the module, the ones that are off among them. */
export function WhyList({ group }: { readonly group: ExplanationGroup }) {
  const list = useSubConfigs();
  const selectsByType = useSelectsByType();
  const off = list.flatMap((subConfig, index) => (subConfig.enabled ? [] : [{ subConfig, number: index + 1 }]));
  const { subConfigs } = group.members[0]!;
  if (subConfigs.length === 0 && off.length === 0) return null;
  return (
    <div role="group" aria-label="Why">
      <h3 className="mb-1 text-xs font-semibold text-muted">Why</h3>
      <ul className="flex flex-col gap-1">
        {subConfigs.map(({ subConfig, reason }) => (
          <li key={subConfig} className="flex items-baseline gap-2">
            <Mark subConfig={subConfig} />
            <span className={`min-w-0 ${reason.type === 'selected' ? '' : 'text-muted'}`}>
              <SentenceText
                sentence={reasonSentence(subConfig, withTypeOf(group, reason), selectsByType)}
              />
            </span>
          </li>
        ))}
        {off.map(({ subConfig, number }) => (
          <li key={subConfig.id} className="flex items-baseline gap-2 text-muted">
            <SubConfigMark number={number} color={subConfig.color} state="off" label={`Sub-config #${number}, off`} />
            <span>is off</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Of several types at once none is named. */
function withTypeOf(group: ExplanationGroup, reason: SelectionReason): SelectionReason {
  return 'moduleType' in reason ? { ...reason, moduleType: group.moduleType } : reason;
}
