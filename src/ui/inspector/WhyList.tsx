import { formatQuantity } from '../../core/text/format-count.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useSubConfigs } from '../shared/use-app.ts';
import type { SelectionReason } from '../../core/resolve/explain.ts';
import type { ExplanationGroup } from './group-explanations.ts';
import { Mark, SentenceText, useSelectsByType } from './SentenceText.tsx';
import { reasonSentence } from './sentences.ts';

/** So many sub-configs that pass a module by are one line. */
const foldedFrom = 3;

/** The reason of every sub-config for or against the module, disabled ones included. */
export function WhyList({ group }: { readonly group: ExplanationGroup }) {
  const list = useSubConfigs();
  const selectsByType = useSelectsByType();
  const off = list.flatMap((subConfig, index) => (subConfig.enabled ? [] : [{ subConfig, number: index + 1 }]));
  const { subConfigs } = group.members[0]!;
  // The sentence at the top says the same of a single one.
  if (subConfigs.length + off.length < 2) return null;
  const isPassing = (reason: SelectionReason) => reason.type === 'not-named' || reason.type === 'no-selector';
  const passing = subConfigs.filter(({ reason }) => isPassing(reason));
  const selecting = subConfigs.filter(({ reason }) => reason.type === 'selected');
  // So does the sentence at the top where no sub-config names the module, or a single one does.
  if (passing.length + (selecting.length === 1 ? 1 : 0) === subConfigs.length && off.length === 0) return null;
  const others = selecting.length === 1 ? subConfigs.filter((one) => one !== selecting[0]) : subConfigs;
  const isFolded = passing.length >= foldedFrom;
  const shown = isFolded ? others.filter((one) => !passing.includes(one)) : others;
  return (
    <div role="group" aria-label="Why">
      <h3 className="mb-1 text-xs font-semibold text-muted">{others === subConfigs ? 'Why' : 'Why not the others'}</h3>
      <ul className="flex flex-col gap-1">
        {shown.map(({ subConfig, reason }) => (
          <li key={subConfig} className="flex items-baseline gap-2">
            <Mark subConfig={subConfig} />
            <span className={`min-w-0 ${reason.type === 'selected' ? '' : 'text-muted'}`}>
              <SentenceText
                sentence={reasonSentence(subConfig, withTypeOf(group, reason), selectsByType)}
              />
            </span>
          </li>
        ))}
        {isFolded && <li className="text-muted">{formatQuantity(passing.length, shown.length > 0 ? 'other' : 'sub-config')}: no match</li>}
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
