import type { CallShape } from '../../core/module-tree/model-graph.ts';
import { formatShape } from './format.ts';

const itemsShown = 3;

/** The input of a model in words: `1 × 3 × 224 × 224`; several are joined: `input_ids 1 × 128, attention_mask 1 × 128`. */
export function wordCallShape(shape: CallShape): string {
  if (shape === null) return 'None';
  if (typeof shape === 'string') return shape;
  if ('t' in shape) return joinItems(shape.t.map(wordCallShape));
  if ('d' in shape) return joinItems(Object.entries(shape.d).map(([name, item]) => `${name} ${wordCallShape(item)}`));
  return shape.length === 0 ? 'a single number' : formatShape(shape);
}

function joinItems(items: readonly string[]): string {
  const more = items.length - itemsShown;
  return more > 0 ? `${items.slice(0, itemsShown).join(', ')} and ${more} more` : items.join(', ');
}
