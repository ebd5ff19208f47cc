import { CopyPlus } from 'lucide-react';
import { useState } from 'react';
import { writeJson } from '../../core/config/json-writer.ts';
import { startWith } from '../../core/presets/start-config.ts';
import { objectOf } from '../../core/config/value.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { Button } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { useActions, useDerived, useIsReadOnly, useStores } from '../shared/use-app.ts';
import { CopyButton } from '../shared/CopyButton.tsx';
import { commonShape, sumMasks, type ExplanationGroup } from './group-explanations.ts';
import { InsideList } from './InsideList.tsx';
import { ModuleFacts } from './ModuleFacts.tsx';
import { ModuleFindings } from './ModuleFindings.tsx';
import { BreakableName, SentenceText, useSelectsByType } from './SentenceText.tsx';
import { verdictSentence } from './sentences.ts';
import { TargetReport } from './TargetReport.tsx';
import { TargetRun } from './TargetRun.tsx';
import { WhyList } from './WhyList.tsx';
import { settingsOf } from './wording.ts';

const selectMasks = (state: DerivedState) => state.masks;

/** Everything about one module, or about several to which the same happens. */
export function ModuleReport({ group }: { readonly group: ExplanationGroup }) {
  const { addSubConfig } = useActions();
  const { view } = useStores();
  const isReadOnly = useIsReadOnly();
  const selectsByType = useSelectsByType();
  const masks = useDerived(selectMasks);
  const first = group.members[0]!;
  const many = group.members.length > 1;
  // Of several types at once none is named.
  const typical = { ...first, moduleType: group.moduleType };
  const untouched = first.targets.length === 0 && first.failures.length === 0;
  const title = many ? formatQuantity(group.members.length, 'module') : first.name === '' ? '(root)' : first.name;
  return (
    <article aria-label={title} className="flex flex-col gap-3 px-4 py-3">
      <header className="flex flex-col gap-1">
        <h2 className={many ? 'font-semibold' : 'font-mono font-semibold'}>
          {many ? title : <BreakableName name={first.name} />}
        </h2>
        {many && <MemberNames group={group} />}
        <ModuleFacts group={group} />
      </header>
      <p>
        <SentenceText sentence={verdictSentence(typical, selectsByType)} />
        {many && first.subConfigs.some(({ reason }) => reason.type === 'selected') && (
          <span className="text-muted"> (the first; the others likewise)</span>
        )}
      </p>
      {!many && <InsideList module={first.module} />}
      {untouched && first.fusedInto === null && !isReadOnly && (
        <div>
          <Button
            icon={<CopyPlus size={14} />}
            onClick={() => addSubConfig(startWith(view.getState().mode, objectOf([['op_names', group.members.map(({ name }) => name)]])))}
          >
            Make a sub-config for {many ? 'them' : 'it'}
          </Button>
        </div>
      )}
      <ModuleFindings explanation={first} />
      {first.targets.map((target, index) => (
        <TargetReport
          key={target.target}
          target={target}
          shape={commonShape(group, index)}
          mask={sumMasks(group, target.target, masks)}
          run={<TargetRun module={first.module} target={target} />}
          shapesDiffer={group.members.some((member) => member.targets[index]?.shape !== null)}
        />
      ))}
      {first.dropped.length > 0 && (
        <ul aria-label="Dropped settings" className="flex flex-col gap-1">
          {first.dropped.map(({ subConfig, target }) => (
            <li key={`${subConfig} ${target}`} className="text-muted">
              <SentenceText
                sentence={[
                  { type: 'link', text: `target_settings › ${target}`, subConfig, path: ['target_settings', target] },
                  ' of ',
                  { type: 'mark', subConfig },
                  ' has no effect: its target_names leave ',
                  { type: 'code', text: target },
                  ' out.',
                ]}
              />
            </li>
          ))}
        </ul>
      )}
      {first.targets.length > 0 && (
        <div>
          <CopyButton label="Copy the settings as JSON" text={() => writeJson(settingsOf(first.targets))} />
        </div>
      )}
      <WhyList group={group} />
    </article>
  );
}

const namesShown = 6;

function MemberNames({ group }: { readonly group: ExplanationGroup }) {
  const { focusModules } = useActions();
  const [all, setAll] = useState(false);
  const shown = all || group.members.length === namesShown + 1 ? group.members : group.members.slice(0, namesShown);
  const rest = group.members.length - shown.length;
  return (
    <ul aria-label="Modules" className="flex flex-col">
      {shown.map(({ module, name }) => (
        <li key={module}>
          <button
            type="button"
            title="Look at this one alone"
            onClick={() => focusModules([module])}
            className="rounded text-left font-mono text-xs hover:underline"
          >
            <BreakableName name={name} />
          </button>
        </li>
      ))}
      {rest > 0 && (
        <li>
          <Button kind="plain" size="small" onClick={() => setAll(true)}>
            and {formatCount(rest)} more
          </Button>
        </li>
      )}
    </ul>
  );
}
