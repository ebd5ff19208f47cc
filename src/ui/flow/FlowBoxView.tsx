import { noteLine, titleLine } from '../../worker/box-texts.ts';
import type { PlacedBox } from '../../worker/lay-out-flow.ts';
import { groupColor, groupLetters } from '../shared/groups.ts';
import { markColors } from '../shared/SubConfigMark.tsx';

export interface FlowBoxViewProps {
  readonly box: PlacedBox;
  /** The module that was chosen in the tree. */
  readonly isChosen: boolean;
  /** It is the one that Tab reaches. */
  readonly isTabStop: boolean;
  readonly set: number | null;
  readonly subConfig: { readonly number: number; readonly color: number } | null;
  readonly description: string;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
  /** Opens a folded module; null where there is nothing to open. */
  readonly onOpen: (() => void) | null;
}

const barWidth = 14;
const markRadius = 8;

/** One box of the picture: a module, a folded module, an operation, an input or the output. */
export function FlowBoxView({ box, isChosen, isTabStop, set, subConfig, description, onChoose, onFocus, onOpen }: FlowBoxViewProps) {
  const { x, y, width, height, title, note, type, isInside, rows } = box;
  const isModule = type === 'module' || type === 'folded';
  // Beside the bar of its sub-config, not below it.
  const middle = (width + (subConfig === null ? 0 : barWidth)) / 2;
  const top = (height - title.length * titleLine - note.length * noteLine) / 2;
  // Boxes of many lines are not drawn as pills, whose ends would cut the first and the last.
  const corner = isModule ? 5 : Math.min(height / 2, 14);
  return (
    <g
      role="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={description}
      aria-current={isChosen ? 'true' : undefined}
      aria-expanded={onOpen === null ? undefined : false}
      data-box={box.id}
      transform={`translate(${x} ${y})`}
      className="flow-box outline-none"
      onClick={onChoose}
      onFocus={onFocus}
      onDoubleClick={onOpen ?? undefined}
    >
      <title>{description}</title>
      {rows.length > 1
        ? [6, 3].map((shift) => <rect key={shift} x={shift} y={shift} width={width} height={height} rx={corner} className="fill-sunken stroke-line-strong" />)
        : type === 'folded' && <rect x={4} y={height - 4} width={width - 8} height={8} rx={4} className="fill-sunken stroke-line-strong" />}
      <rect
        width={width}
        height={height}
        rx={corner}
        strokeDasharray={isInside ? undefined : '4 3'}
        className={`flow-frame ${isChosen ? 'fill-chosen stroke-text' : isModule && isInside ? 'fill-raised stroke-line-strong' : 'fill-sunken stroke-line-strong'}`}
        strokeWidth={isChosen ? 2 : 1}
      />
      {subConfig !== null && (
        <g aria-hidden="true">
          <path d={`M5 0.5 H${barWidth} V${height - 0.5} H5 A4.5 4.5 0 0 1 0.5 ${height - 5} V5 A4.5 4.5 0 0 1 5 0.5Z`} fill={`var(--mark-${subConfig.color % markColors})`} />
          <text x={barWidth / 2 + 0.5} y={height / 2} textAnchor="middle" dominantBaseline="central" className="fill-mark-text font-mono text-[10px] font-semibold">
            {subConfig.number}
          </text>
        </g>
      )}
      <text textAnchor="middle" dominantBaseline="central" className={`font-mono text-[12px] ${isInside ? 'fill-text' : 'fill-muted'} ${isChosen ? 'font-semibold' : ''}`}>
        {title.map((line, at) => (
          <tspan key={at} x={middle} y={top + (at + 0.5) * titleLine}>
            {line}
          </tspan>
        ))}
      </text>
      {note.length > 0 && (
        <text textAnchor="middle" dominantBaseline="central" className="fill-muted text-[11px]">
          {note.map((line, at) => (
            <tspan key={at} x={middle} y={top + title.length * titleLine + (at + 0.5) * noteLine}>
              {line}
            </tspan>
          ))}
        </text>
      )}
      {set !== null && (
        <g aria-hidden="true" transform={`translate(${width - 1} 1)`}>
          <circle r={markRadius} className="fill-surface" stroke={groupColor(set)} strokeWidth={2} />
          <text textAnchor="middle" dominantBaseline="central" y={0.5} className="fill-text font-mono text-[10px] font-semibold">
            {groupLetters(set)}
          </text>
        </g>
      )}
      {onOpen !== null && (
        <g
          aria-hidden="true"
          transform={`translate(${width} ${height / 2})`}
          className="flow-opener"
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          <circle r={9} className="fill-raised stroke-line-strong" />
          <path d="M-4 0 H4 M0 -4 V4" className="stroke-text" strokeWidth={1.5} />
        </g>
      )}
    </g>
  );
}
