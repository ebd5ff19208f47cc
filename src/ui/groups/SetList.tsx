import { TriangleAlert } from 'lucide-react';
import type { PreviewedSet } from '../../core/checks/preview-groups.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { objectOf } from '../../core/config/value.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { formatQuantity, formatShape } from '../shared/format.ts';
import { GroupMark } from '../shared/GroupMark.tsx';
import { groupLetters } from '../shared/groups.ts';
import { useActions } from '../shared/use-app.ts';
import { joinNames, wordTie } from './tie-wording.ts';

const setsShown = 200;
const membersShown = 12;
const tiesShown = 12;

export interface SetListProps {
  readonly sets: readonly PreviewedSet[];
  readonly tree: ModuleTree;
  /** Shows a set in the tree while the pointer or the focus is on it; its members then lead there. */
  readonly lights?: boolean;
}

/** The sets of a model that NNI prunes together: members, the reason, and obstacles. */
export function SetList({ sets, tree, lights = false }: SetListProps) {
  return (
    <>
      <ol aria-label="Sets of modules" className="divide-y divide-line rounded-md border border-line">
        {sets.slice(0, setsShown).map((set, index) => (
          <SetItem key={set.set} set={set} index={index} tree={tree} lights={lights} />
        ))}
      </ol>
      {sets.length > setsShown && <p className="text-xs text-muted">and {formatQuantity(sets.length - setsShown, 'set')} more</p>}
    </>
  );
}

function SetItem({ set, index, tree, lights }: {
  readonly set: PreviewedSet;
  readonly index: number;
  readonly tree: ModuleTree;
  readonly lights: boolean;
}) {
  const { setDraft, revealModule } = useActions();
  const { modules, selected, ties } = set;
  const nameOf = (row: number) => moduleName(tree, row);
  const chosen = new Set(selected);
  const more = modules.length - membersShown;
  const light = () => setDraft({ subConfigId: '', key: 'op_names', index: -1, pattern: '', config: objectOf([['op_names', modules.map(nameOf)]]) });
  const putOut = () => setDraft(null);
  const lighting = { onPointerEnter: light, onPointerLeave: putOut, onFocus: light, onBlur: putOut };
  return (
    <li aria-label={`Set ${groupLetters(index)}`} className={`flex gap-2.5 px-3 py-2 ${lights ? 'hover:bg-hover' : ''}`} {...(lights && lighting)}>
      <span className="pt-0.5">
        <GroupMark index={index} hint={`Set ${groupLetters(index)}`} isColored />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{formatQuantity(modules.length, 'module')}</span>
          <span className="text-xs text-muted">{wordSelected(set)}</span>
        </p>
        <ul aria-label={`Members of set ${groupLetters(index)}`} className="flex flex-wrap gap-x-3 font-mono text-xs">
          {modules.slice(0, membersShown).map((row) => (
            <li key={row} className={chosen.has(row) ? '[overflow-wrap:anywhere]' : 'text-muted line-through decoration-line-strong [overflow-wrap:anywhere]'}>
              {lights ? (
                <button type="button" onClick={() => revealModule(row)} className="rounded text-left hover:underline">
                  {nameOf(row)}
                </button>
              ) : (
                nameOf(row)
              )}
              {!chosen.has(row) && <span className="sr-only"> (not in the list)</span>}
            </li>
          ))}
          {more > 0 && <li className="font-sans text-muted">and {more} more</li>}
        </ul>
        <Parts set={set} tree={tree} />
        {ties.length > 0 && (
          <details className="text-xs">
            <summary className="w-fit cursor-pointer rounded text-muted">Why: {wordTie(ties[0]!, nameOf)}</summary>
            <ul className="mt-1 flex flex-col gap-0.5 pl-3 text-muted">
              {ties.slice(1, tiesShown).map((tie, at) => (
                <li key={at}>{wordTie(tie, nameOf)}</li>
              ))}
              {ties.length > tiesShown && <li>and {ties.length - tiesShown} more</li>}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function wordSelected({ modules, selected }: PreviewedSet): string {
  if (selected.length === 0) return 'none is in the list';
  if (selected.length === modules.length) return 'all are in the list';
  return `${selected.length} of them in the list: the others keep all channels alive`;
}

/** The parts of a set that cannot be pruned together. */
function Parts({ set: { parts }, tree }: { readonly set: PreviewedSet; readonly tree: ModuleTree }) {
  if (parts.length === 0) return null;
  return (
    <p className="flex gap-1.5 text-xs text-later">
      <TriangleAlert size={14} className="mt-px shrink-0" aria-hidden="true" />
      <span>
        NNI cannot add up their metrics:{' '}
        {parts.map(({ metric, modules }) => `${formatShape(metric)} (${joinNames(modules.map((row) => moduleName(tree, row)))})`).join(' against ')}
      </span>
    </p>
  );
}
