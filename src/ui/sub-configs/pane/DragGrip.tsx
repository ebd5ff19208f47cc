import { showKeys } from '../../actions/keys.ts';
import { GripVertical } from 'lucide-react';
import type { DragEvent } from 'react';
import { cardDragType } from './use-move-card.ts';

/** The grip for dragging a card. `count`: number of sub-configs that the card holds, from `id` on. */
export function DragGrip({ name, id, count, onStep }: {
  readonly name: string;
  readonly id: string;
  readonly count: number;
  /** Moves it one place up (-1) or down. */
  readonly onStep: (by: 1 | -1) => void;
}) {
  return (
    <span
      role="button"
      tabIndex={0}
      draggable
      aria-label={`Move ${name}`}
      title={`Drag to reorder, or press ↑ and ↓; from anywhere in this line with ${showKeys('Alt+↑')} and ${showKeys('Alt+↓')}`}
      onDragStart={(event: DragEvent<HTMLElement>) => {
        event.dataTransfer.setData(cardDragType, `${id} ${count}`);
        event.dataTransfer.effectAllowed = 'move';
        const header = event.currentTarget.closest('article')?.firstElementChild;
        if (header) event.dataTransfer.setDragImage(header, 8, 8);
      }}
      onKeyDown={(event) => {
        if (event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        onStep(event.key === 'ArrowUp' ? -1 : 1);
      }}
      className="flex h-6 w-4 shrink-0 cursor-grab items-center justify-center rounded text-faint hover:text-text active:cursor-grabbing"
    >
      <GripVertical size={14} aria-hidden="true" />
    </span>
  );
}
