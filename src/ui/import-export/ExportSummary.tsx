import type { Mode } from '../../core/config/mode.ts';
import type { SettingTemplate } from '../../core/config/setting-templates.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { figuresOf } from '../overview/overview-wording.ts';
import { useOverview } from '../overview/use-overview.ts';
import { formatQuantity } from '../shared/format.ts';
import { useDerived } from '../shared/use-app.ts';
import { useIsJudged } from '../verdict/use-shown-verdict.ts';
import { VerdictText } from '../verdict/VerdictText.tsx';

const selectLists = (state: DerivedState) => state.lists;
const selectModuleCount = (state: DerivedState) => state.student?.tree.size ?? 0;

/** The effect of the list in numbers, NNI's verdict on it, and its needs. */
export function ExportSummary({ mode, templates, isJson }: {
  readonly mode: Mode;
  readonly templates: readonly SettingTemplate[];
  readonly isJson: boolean;
}) {
  const list = useDerived(selectLists)[mode];
  const moduleCount = useDerived(selectModuleCount);
  const overview = useOverview();
  const isJudged = useIsJudged(mode);
  // A list that NNI refuses changes nothing: its figures would be a promise.
  const isRefused = isJudged && list?.outcome.state === 'refused';
  const figures = isRefused || !isJudged
    ? []
    : [
        ...(list ? [{ name: 'Configured', value: `${formatCount(list.configuredCount)} of ${formatQuantity(moduleCount, 'module')}` }] : []),
        ...(overview && overview.total.elements > 0 && overview.subConfigs.length > 0 ? figuresOf(overview) : []),
      ];
  return (
    <>
      {figures.length > 0 && (
        <dl aria-label="Effect of the list" className="flex flex-wrap gap-x-8 gap-y-2 max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-0">
          {figures.slice(0, 4).map(({ name, value }) => (
            <div key={name} className="max-sm:row-span-2 max-sm:mb-2 max-sm:grid max-sm:grid-rows-subgrid">
              <dt className="self-end text-xs text-muted">{name}</dt>
              <dd className="text-base font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <VerdictText mode={mode} />
      {isRefused && <p className="text-muted">The list has no effect until NNI accepts it. You can still take it along as it is.</p>}
      {templates.length > 0 && (
        <p>
          Needs {formatQuantity(templates.length, 'registered template')} (
          <span className="font-mono text-xs">{templates.map(({ moduleType }) => moduleType).join(', ')}</span>):{' '}
          {isJson ? 'run the lines below first.' : 'the script registers it.'}
        </p>
      )}
    </>
  );
}
