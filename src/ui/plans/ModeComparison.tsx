import { useMemo, useState } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { SubConfigChange } from '../../core/plan/compare.ts';
import type { TargetDifference } from '../../core/plan/compare-resolutions.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { Verdict } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ListRequest } from '../../worker/list-protocol.ts';
import { formatQuantity } from '../shared/format.ts';
import { useReply } from '../shared/use-reply.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { wordDifference, wordKeyChange, wordPath, wordSubConfigChange, wordValue } from './compare-wording.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const namesFirst = 6;
const groupsShown = 60;

function requestOf(plan: Plan, mode: Mode): ListRequest {
  const { templates, python } = plan;
  const list = plan.lists[mode].filter(({ enabled }) => enabled).map(({ config }) => config);
  return { mode, list, templates, python };
}

/** The differences in one mode: in the list, and in its settings on the open model. */
export function ModeComparison({ mode, before, after, changes }: {
  readonly mode: Mode;
  readonly before: Plan;
  readonly after: Plan;
  readonly changes: readonly SubConfigChange[];
}) {
  const question = useMemo(
    () => ({ request: { before: requestOf(before, mode), after: requestOf(after, mode) }, about: null }),
    [before, after, mode],
  );
  const reply = useReply('compare', question);
  const compared = reply?.question === question ? reply.value : null;
  if (changes.length === 0 && (compared?.differences.length ?? 0) === 0) return null;
  return (
    <section aria-label={`Differences in ${mode}`} className="flex flex-col gap-2">
      <h3 className="font-semibold capitalize">{mode}</h3>
      {changes.length > 0 && <h4 className="text-xs text-muted">In the list</h4>}
      <ul aria-label="In the list" className="flex flex-col gap-1">
        {changes.map((change, index) => (
          <li key={index}>
            <p>{wordSubConfigChange(change)}</p>
            <ChangedKeys change={change} />
          </li>
        ))}
      </ul>
      {compared && <Verdicts {...compared.verdicts} />}
      {compared && <Differences differences={compared.differences} />}
    </section>
  );
}

function ChangedKeys({ change }: { readonly change: SubConfigChange }) {
  const rows =
    change.type === 'changed'
      ? change.keys.map(({ path, before, after }) => [wordPath(path), wordKeyChange({ before, after })] as const)
      : change.subConfig.config.entries.map(([key, value]) => [key, wordValue(value)] as const);
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-3 pl-4 font-mono text-xs">
      {rows.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-muted">{key}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Verdicts({ before, after }: { readonly before: Verdict; readonly after: Verdict }) {
  const word = (verdict: Verdict) => (verdict.accepted ? 'accepts it' : `refuses it: ${verdict.error.type}`);
  if (before.accepted === after.accepted) return null;
  return (
    <p className="text-muted">
      Before, NNI {word(before)}; after, it {word(after)}.
    </p>
  );
}

function Differences({ differences }: { readonly differences: readonly TargetDifference[] }) {
  const hidden = differences.length - groupsShown;
  if (differences.length === 0) return <p className="text-muted">Every target of this model resolves alike.</p>;
  return (
    <>
      <h4 className="text-xs text-muted">On the model that is open</h4>
      <ul aria-label="Targets that resolve differently" className="divide-y divide-line rounded-md border border-line">
        {differences.slice(0, groupsShown).map((difference) => (
          <li key={wordDifference(difference)} className="px-3 py-1.5">
            <p>
              <span className="font-medium">{formatQuantity(difference.count, 'module')}</span>
              {' · '}
              <span className="font-mono text-xs wrap-anywhere">{wordDifference(difference)}</span>
            </p>
            <ModuleNames difference={difference} />
          </li>
        ))}
        {hidden > 0 && <li className="px-3 py-1.5 text-muted">and {formatQuantity(hidden, 'difference')} more</li>}
      </ul>
    </>
  );
}

function ModuleNames({ difference: { modules, count } }: { readonly difference: TargetDifference }) {
  const { setView, revealModule } = useActions();
  const tree = useDerived(selectTree);
  const [all, setAll] = useState(false);
  if (!tree) return null;
  const shown = modules.filter((module) => module < tree.size).slice(0, all ? modules.length : namesFirst);
  const rest = count - shown.length;
  return (
    <p className="flex flex-wrap gap-x-2 font-mono text-xs">
      {shown.map((module) => (
        <button
          key={module}
          type="button"
          title="Show it in the model"
          onClick={() => {
            setView({ dialog: null });
            revealModule(module);
          }}
          className="rounded text-muted underline decoration-line-strong underline-offset-2 hover:text-text"
        >
          {moduleName(tree, module) || '(root)'}
        </button>
      ))}
      {rest > 0 &&
        (all ? (
          <span className="font-sans text-muted">and {formatQuantity(rest, 'module')} more</span>
        ) : (
          <button type="button" onClick={() => setAll(true)} className="rounded font-sans text-muted underline">
            {formatQuantity(rest, 'more module')}
          </button>
        ))}
    </p>
  );
}
