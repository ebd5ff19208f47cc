import { settingsText } from '../../core/config/sub-config-words.ts';
import { objectOf } from '../../core/config/value.ts';
import type { Mode } from '../../core/config/mode.ts';
import type { ModuleExplanation } from '../../core/resolve/explain.ts';
import type { TargetOutcome } from '../../core/resolve/resolution.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useView } from '../shared/use-app.ts';
import { CopyButton } from '../shared/CopyButton.tsx';
import { readProvenance } from './read-provenance.ts';
import { BreakableName, Mark } from './SentenceText.tsx';
import { tableText, type TableRow } from './table-text.ts';
import { emptyWords } from './wording.ts';

const selectMode = (state: ViewState) => state.mode;
const shownAtMost = 100;

/** Several modules in a table: a row for each target that is configured, to be read down and copied. */
export function ModulesTable({ explanations }: { readonly explanations: readonly ModuleExplanation[] }) {
  const mode = useView(selectMode);
  const rows = explanations.flatMap((explanation) => rowsOf(explanation, mode));
  const rest = rows.length - shownAtMost;
  const isSame = (at: number) => at > 0 && rows[at]!.module === rows[at - 1]!.module;
  return (
    <details open className="@container px-4 py-2">
      <summary className="w-fit cursor-pointer rounded text-muted hover:text-text">
        {formatCount(explanations.length)} modules as a table
      </summary>
      <div className="mt-1 overflow-x-auto">
        <table aria-label="Chosen modules" className="w-full text-xs">
          <thead className="text-left text-muted">
            <tr>
              {['Module', 'Type', 'Target', 'By', 'Settings'].map((title) => (
                <th key={title} scope="col" className={`py-0.5 pr-3 font-normal ${title === 'Type' ? typeLook : ''}`}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownAtMost).map(({ module, type, target, subConfig, settings }, at) => (
              // A line for each module; the name is quiet where it stands above already.
              <tr key={`${module} ${target}`} className={`align-baseline ${isSame(at) ? 'text-faint' : 'border-t border-line'}`}>
                <th scope="row" className="py-0.5 pr-3 text-left font-mono font-normal">
                  <TableName name={module} />
                </th>
                <td className={`pr-3 ${typeLook}`}>{type}</td>
                <td className="pr-3 font-mono text-text">{target}</td>
                <td className="pr-3">{subConfig === null ? '' : <Mark subConfig={subConfig} />}</td>
                <td className={`font-mono ${subConfig === null && target === '' ? 'text-muted' : 'text-text'}`}>{settings}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex items-center gap-2 pt-1 text-muted">
        <CopyButton label="Copy the table" text={() => tableText(rows)} />
        {rest > 0 && <span className="text-xs">{formatCount(rest)} more rows are copied, too.</span>}
      </div>
    </details>
  );
}

/** In a narrow pane the settings need the room; the tree shows the types. */
const typeLook = 'hidden @md:table-cell';

/** Longer names are broken: they would push the settings out of sight. */
const mostLetters = 24;

function TableName({ name }: { readonly name: string }) {
  return name.length > mostLetters ? <BreakableName name={name} /> : <span className="whitespace-nowrap">{name === '' ? '(root)' : name}</span>;
}

function rowsOf({ name, moduleType, targets }: ModuleExplanation, mode: Mode): readonly TableRow[] {
  const module = { module: name, type: moduleType ?? '' };
  if (targets.length === 0) return [{ ...module, target: '', subConfig: null, settings: 'not configured' }];
  return targets.map((target): TableRow => ({
    ...module,
    target: target.target,
    subConfig: target.subConfig,
    settings: ownSettings(target, mode),
  }));
}

/** The user's own settings of a target, in a few words. */
function ownSettings({ setting, provenance, attribute }: TargetOutcome, mode: Mode): string {
  if (attribute === 'empty' && mode === 'pruning') return emptyWords(mode);
  const { own } = readProvenance(setting, provenance);
  const text = settingsText(objectOf(own.map(({ key, value }) => [key, value])), mode);
  return text === '' ? 'defaults' : text;
}
