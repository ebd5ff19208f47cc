import { useState, type DragEvent } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import { FamilyCard } from '../family/FamilyCard.tsx';
import { SubConfigCard } from '../card/SubConfigCard.tsx';
import { useListItems } from './use-list-items.ts';
import { cardDragType, useMoveCard } from './use-move-card.ts';

/** The cards; one that is dragged over the list shows where it would go. */
export function CardList({ mode, ids }: { readonly mode: Mode; readonly ids: readonly string[] }) {
  const move = useMoveCard();
  /** Index before which the dragged card would stand. */
  const [gap, setGap] = useState<number | null>(null);
  const items = useListItems(mode);
  const over = (event: DragEvent<HTMLLIElement>, at: number, count: number) => {
    if (!event.dataTransfer.types.includes(cardDragType)) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setGap(event.clientY < box.top + box.height / 2 ? at : at + count);
  };
  const drop = (event: DragEvent) => {
    const id = event.dataTransfer.getData(cardDragType);
    if (id === '' || gap === null) return;
    event.preventDefault();
    const from = ids.indexOf(id);
    move(id, gap > from ? gap - 1 : gap);
  };
  return (
    <ol
      className="flex flex-col gap-2"
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setGap(null);
      }}
      onDrop={(event) => {
        drop(event);
        setGap(null);
      }}
      onDragEnd={() => setGap(null)}
    >
      {items.map(({ family, ids: members, start }) => (
        <li key={members[0]} className="relative" onDragOver={(event) => over(event, start, members.length)}>
          {gap === start && <GapLine edge="top" />}
          {family === null ? (
            <SubConfigCard id={members[0]!} mode={mode} />
          ) : (
            <FamilyCard family={family} ids={members} mode={mode} start={start} />
          )}
          {gap === ids.length && start + members.length === ids.length && <GapLine edge="bottom" />}
        </li>
      ))}
    </ol>
  );
}

function GapLine({ edge }: { readonly edge: 'top' | 'bottom' }) {
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute inset-x-0 z-10 h-0.5 rounded bg-inverse forced-colors:bg-[Highlight] ${edge === 'top' ? '-top-[5px]' : '-bottom-[5px]'}`}
    />
  );
}
