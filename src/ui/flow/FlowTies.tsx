import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { groupBy } from '../../core/text/group-by.ts';
import { joinNumbered } from '../../worker/box-texts.ts';
import type { ShownSets } from '../../worker/graph-calls.ts';
import { wordTie } from '../groups/tie-wording.ts';
import { formatQuantity } from '../shared/format.ts';
import { GroupMark } from '../shared/GroupMark.tsx';
import { groupLetters } from '../shared/groups.ts';

/** So many names that differ in numbers only are one line, which leads to the first. */
const leastJoined = 4;
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
  const lines = inLines(tree, others);
  const more = lines.slice(membersShown).reduce((sum, rows) => sum + rows.length, 0);
  return (
    <section aria-label="Tied to" className="flex max-h-[32%] shrink-0 flex-col gap-1 overflow-auto border-t border-line px-4 py-2.5">
      <h3 className="flex items-center gap-2">
        <GroupMark index={index} hint={`Set ${groupLetters(index)}`} isColored />
        <span>Loses the same channels as {formatQuantity(others.length, 'other module')}</span>
      </h3>
      <ul aria-label={`Members of set ${groupLetters(index)}`} className="flex flex-wrap gap-x-3">
        {lines.slice(0, membersShown).map(([row = 0, ...more]) => (
          <li key={row}>
            <button type="button" onClick={() => onChoose(row)} className="rounded text-left font-mono text-xs [overflow-wrap:anywhere] hover:underline">
              {joinNumbered([row, ...more].map((at) => moduleName(tree, at)))}
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

/** Rows by line: alone, or with those that have the same name but for one number without gaps. */
function inLines(tree: ModuleTree, rows: readonly number[]): readonly (readonly number[])[] {
  const alike = groupBy(rows, (row) => moduleName(tree, row).replaceAll(/\d+/g, '#'));
  return [...alike.values()].flatMap((group) => {
    const isOne = group.length >= leastJoined && !joinNumbered(group.map((row) => moduleName(tree, row))).includes('…');
    return isOne ? [group] : group.map((row) => [row]);
  });
}
