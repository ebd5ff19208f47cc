import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { ShownSets } from '../../worker/graph-calls.ts';
import { wordTie } from '../groups/tie-wording.ts';
import { formatQuantity } from '../shared/format.ts';
import { GroupMark } from '../shared/GroupMark.tsx';
import { groupLetters } from '../shared/groups.ts';

const tiesShown = 2;
const membersShown = 40;

/** The modules that are pruned together with the chosen one, and why. */
export function FlowTies({ chosen, module, tree, onChoose }: {
  readonly chosen: NonNullable<ShownSets['chosen']>;
  readonly module: number;
  readonly tree: ModuleTree;
  readonly onChoose: (row: number) => void;
}) {
  const { index, modules, ties } = chosen;
  const others = modules.filter((row) => row !== module);
  const more = others.length - membersShown;
  return (
    <section aria-label="Tied to" className="flex max-h-[32%] shrink-0 flex-col gap-1 overflow-auto border-t border-line px-4 py-2.5">
      <h3 className="flex items-center gap-2">
        <GroupMark index={index} hint={`Set ${groupLetters(index)}`} isColored />
        <span>Loses the same channels as {formatQuantity(others.length, 'other module')}</span>
      </h3>
      <ul aria-label={`Members of set ${groupLetters(index)}`} className="flex flex-wrap gap-x-3">
        {others.slice(0, membersShown).map((row) => (
          <li key={row}>
            <button type="button" onClick={() => onChoose(row)} className="rounded text-left font-mono text-xs [overflow-wrap:anywhere] hover:underline">
              {moduleName(tree, row)}
            </button>
          </li>
        ))}
        {more > 0 && <li className="text-xs text-muted">and {more} more</li>}
      </ul>
      <ul className="text-xs text-muted">
        {ties.slice(0, tiesShown).map((tie, at) => (
          <li key={at}>{wordTie(tie, (row) => moduleName(tree, row))}.</li>
        ))}
      </ul>
    </section>
  );
}
