import type { CSSProperties } from 'react';
import { formatCount } from '../../../core/text/format-count.ts';
import { formatQuantity } from '../../shared/format.ts';
import { markColors } from '../../shared/SubConfigMark.tsx';
import type { RowMark } from './row-state.ts';

/** The colour of a sub-config. */
export function toneOf(color: number): string {
  return `var(--mark-${color % markColors})`;
}

/** Numbers that the gutter has room for. */
const mostNumbers = 2;

interface GutterProps {
  readonly marks: readonly RowMark[];
  readonly more: number;
  readonly closed: boolean;
  readonly size: number;
}

/** The left edge of a row: a bar and the number of each sub-config that selects or excludes it, or modules below it. */
export function Gutter(props: GutterProps) {
  const { marks, more } = props;
  const [first] = marks;
  // Most rows have one mark, which is one element: each costs time at every letter of a pattern.
  return first && marks.length === 1 && more === 0 ? (
    <span style={toneStyle(first.color)} className={`tree-mark ${first.state === 'excluded' ? 'tree-mark-excluded' : first.own ? '' : 'tree-mark-below'}`} title={titlesOf(props)}>
      {first.number}
    </span>
  ) : (
    <ManyMarks {...props} />
  );
}

function toneStyle(color: number): CSSProperties {
  return { '--tone': toneOf(color) } as CSSProperties;
}

function ManyMarks(props: GutterProps) {
  const { marks } = props;
  const shown = marks.length > mostNumbers ? marks.slice(0, mostNumbers - 1) : marks;
  return (
    <span className="flex h-full items-center" title={titlesOf(props)}>
      <span className="flex h-full w-1 shrink-0 flex-col">
        {marks.map((mark) => (
          <span
            key={mark.id}
            style={{ [mark.state === 'excluded' ? 'borderColor' : 'background']: toneOf(mark.color) }}
            className={`flex-1 forced-color-adjust-none ${mark.state === 'excluded' ? 'border-l-2 border-dotted' : mark.own ? '' : 'opacity-45'}`}
          />
        ))}
      </span>
      {/* Two numbers stand one above the other: side by side they would read as one. A number and the sign for more are one line. */}
      <span className={`flex flex-1 ${marks.length > shown.length ? 'justify-center' : 'flex-col'} items-center overflow-hidden font-mono text-[10px] leading-[12px] font-semibold`}>
        {shown.map((mark) => (
          <span key={mark.id} style={{ color: toneOf(mark.color) }} className={mark.state === 'excluded' ? 'line-through' : ''}>
            {mark.number}
          </span>
        ))}
        {marks.length > shown.length && <span className="text-muted">+</span>}
      </span>
    </span>
  );
}

function titlesOf({ marks, more, closed, size }: GutterProps): string {
  return [...marks.map((mark) => titleOf(mark, closed, size)), ...(more > 0 ? [`and ${formatQuantity(more, 'more sub-config')}`] : [])].join('\n');
}

function titleOf(mark: RowMark, closed: boolean, size: number): string {
  if (mark.state === 'excluded') return `Excluded by sub-config ${mark.number}`;
  if (closed) return `Sub-config ${mark.number} selects ${formatCount(mark.count)} of ${formatQuantity(size, 'module')} here`;
  return `Selected by sub-config ${mark.number}`;
}
