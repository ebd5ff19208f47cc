import { useState, type ReactNode } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import { Button } from './Button.tsx';

/** Items of a long list that are drawn at once. */
const step = 200;

/** The first items of a list, and a button for more of them (`null` where all are drawn). */
export function useFirstItems<Item>(items: readonly Item[]): { readonly first: readonly Item[]; readonly more: ReactNode } {
  const [count, setCount] = useState(step);
  const left = items.length - count;
  return {
    first: left > 0 ? items.slice(0, count) : items,
    more: left > 0 && (
      <div className="px-3 py-2">
        <Button size="small" onClick={() => setCount(count + step)}>
          Show {formatCount(Math.min(step, left))} more of {formatCount(left)}
        </Button>
      </div>
    ),
  };
}
