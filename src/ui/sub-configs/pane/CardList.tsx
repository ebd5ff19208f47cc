import { useState, type DragEvent } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import { FamilyCard } from '../family/FamilyCard.tsx';
import { SubConfigCard } from '../card/SubConfigCard.tsx';
import { NearItems } from '../near-list/NearItems.tsx';
import { useListItems } from './use-list-items.ts';
import { cardDragType, useMoveCard } from './use-move-card.ts';

/** The cards; one that is dragged over the list shows where it would go. In a long list only cards near the view are drawn. */
export function CardList({ mode, ids }: { readonly mode: Mode; readonly ids: readonly string[] }) {
  const move = useMoveCard();
  /** Index before which the dragged card would go. */
  const [gap, setGap] = useState<number | null>(null);
  const items = useListItems(mode);
  const keys = items.map((item) => item.ids[0]!);
  const over = (event: DragEvent<HTMLLIElement>, at: number, count: number) => {
    if (!event.dataTransfer.types.includes(cardDragType)) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setGap(event.clientY < box.top + box.height / 2 ? at : at + count);
  };
  const drop = (event: DragEvent) => {
    const [id = '', number = '1'] = event.dataTransfer.getData(cardDragType).split(' ');
    if (id === '' || gap === null) return;
    event.preventDefault();
    const count = Number(number);
    const from = ids.indexOf(id);
    if (gap > from && gap < from + count) return;
    move(id, gap > from ? gap - count : gap, count);
  };
  return (
    <ol
      // As far as the edge of the pane: a card can be let go above the first one, too.
      className="-m-2 flex flex-col gap-2 p-2"
      onDragOver={(event) => {
        if (event.target !== event.currentTarget || !event.dataTransfer.types.includes(cardDragType)) return;
        event.preventDefault();
        const first = event.currentTarget.firstElementChild?.getBoundingClientRect();
        if (first && event.clientY < first.top) setGap(0);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setGap(null);
      }}
      onDrop={(event) => {
        drop(event);
        setGap(null);
      }}
      onDragEnd={() => setGap(null)}
    >
      <NearItems
        ids={keys}
        usualHeight={230}
        idOf={(id) => items.find(({ ids: members }) => members.includes(id))?.ids[0] ?? null}
        nameOf={(at) => `Sub-config ${(items[at]?.start ?? at) + 1}`}
        itemProps={(at) => ({
          className: 'relative',
          onDragOver: (event) => over(event, items[at]?.start ?? 0, items[at]?.ids.length ?? 1),
        })}
        around={(at) => (
          <>
            {gap === items[at]?.start && <GapLine edge="top" />}
            {gap === ids.length && at === items.length - 1 && <GapLine edge="bottom" />}
          </>
        )}
      >
        {(id, at) => {
          const { family, ids: members, start } = items[at]!;
          return family === null ? <SubConfigCard id={id} mode={mode} /> : <FamilyCard family={family} ids={members} mode={mode} start={start} />;
        }}
      </NearItems>
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
