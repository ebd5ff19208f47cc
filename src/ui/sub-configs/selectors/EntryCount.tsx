import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { useDerived } from '../../shared/use-app.ts';

/** Letters of the largest count that can stand here: the fields beside it get the rest, and all end in one line. */
const selectWidest = ({ student }: DerivedState) => formatCount(student?.tree.size ?? 0).length;

/** What an entry hits on its own, at the right of its field; faint where nothing of it stays. */
export function EntryCount({ entry, previewed = null }: {
  readonly entry: SelectionEntry | null;
  readonly previewed?: number | null;
}) {
  const count = previewed ?? (entry && entry.state.type !== 'invalid' ? entry.count : null);
  const widest = useDerived(selectWidest);
  const idle = entry !== null && entry.effect === 0;
  return (
    <span
      style={{ minWidth: `${widest}ch` }}
      className={`shrink-0 text-right font-mono text-xs ${count === 0 ? 'text-silent' : idle ? 'text-faint' : 'text-muted'}`}
      title={count === null ? undefined : titleOf(count, entry)}
    >
      {count === null ? '' : formatCount(count)}
    </span>
  );
}

function titleOf(count: number, entry: SelectionEntry | null): string {
  const hits = `Hits ${formatQuantity(count, 'module')} on its own`;
  if (!entry) return hits;
  return entry.key.startsWith('exclude_')
    ? `${hits}; takes ${formatCount(entry.effect)} away`
    : `${hits}; ${formatCount(entry.effect)} of them are selected in the end`;
}
