import { useState, type DragEvent } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import { SubConfigCard } from '../card/SubConfigCard.tsx';
import { cardDragType, useMoveCard } from './use-move-card.ts';

/** The cards; one that is dragged over the list shows where it would go. */
export function CardList({ mode, ids }: { readonly mode: Mode; readonly ids: readonly string[] }) {
  const move = useMoveCard();
  /** Index before which the dragged card would stand. */
  const [gap, setGap] = useState<number | null>(null);
  const over = (event: DragEvent<HTMLLIElement>, at: number) => {
    if (!event.dataTransfer.types.includes(cardDragType)) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setGap(event.clientY < box.top + box.height / 2 ? at : at + 1);
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
      {ids.map((id, at) => (
        <li key={id} className="relative" onDragOver={(event) => over(event, at)}>
          {gap === at && <GapLine edge="top" />}
          <SubConfigCard id={id} mode={mode} />
          {gap === ids.length && at === ids.length - 1 && <GapLine edge="bottom" />}
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
