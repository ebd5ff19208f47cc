import { useEffect, useRef, useState, type RefObject } from 'react';
import type { OpenedTree } from '../../worker/protocol.ts';
import { markColors } from '../shared/SubConfigMark.tsx';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import type { OpenRows } from '../tree/rows/open-rows.ts';
import { layLines, type LinkLine } from './lay-lines.ts';
import type { OrderedLinks } from './link-order.ts';
import { fitSigns, isFailing } from './link-wording.ts';
import { measureStudent, studentTree } from './student-rows.ts';

/** Width of the strip between the trees, in pixels. */
const lineWidth = 72;
/** With more lines than this, only lines that do not fit have a sign. */
const mostSigns = 24;

export interface LinkLinesProps {
  readonly student: OpenedTree;
  readonly links: OrderedLinks;
  readonly rows: OpenRows;
  readonly scrolled: number;
  readonly teacherBox: RefObject<HTMLElement | null>;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
  readonly chosen: ReadonlySet<number>;
}

/** Lines from rows of the student's tree to rows of the teacher's. The table below has the same links in words. */
export function LinkLines({ student, links, rows, scrolled, teacherBox, subConfigs, chosen }: LinkLinesProps) {
  const drawing = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<readonly LinkLine[]>([]);
  useEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      const [tree, own, other] = [studentTree(), drawing.current, teacherBox.current];
      if (!tree || !own || !other) return setLines([]);
      const { top } = own.getBoundingClientRect();
      const box = other.getBoundingClientRect();
      const drawn = measureStudent(tree, student, top);
      const teacherStrip = { top: box.top - top, bottom: box.bottom - top };
      setLines(layLines(links, { student: drawn.rows, studentStrip: drawn.strip, teacher: rows, teacherStrip, scrolled }, chosen));
    };
    const ask = () => {
      frame ||= requestAnimationFrame(measure);
    };
    ask();
    const pane = studentTree()?.closest('section');
    const changes = new MutationObserver(ask);
    if (pane) changes.observe(pane, { childList: true, subtree: true, attributes: true, attributeFilter: ['style', 'aria-expanded'] });
    const sizes = new ResizeObserver(ask);
    for (const box of [pane, drawing.current, teacherBox.current]) if (box) sizes.observe(box);
    document.addEventListener('scroll', ask, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      sizes.disconnect();
      document.removeEventListener('scroll', ask, { capture: true });
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- measured again when any of them changes
  }, [student, links, rows, scrolled, teacherBox, chosen]);
  const hasChosen = lines.some(({ isChosen }) => isChosen);
  return (
    <div ref={drawing} style={{ width: lineWidth }} className="relative shrink-0 overflow-hidden">
      <svg aria-hidden="true" className="absolute inset-0 size-full">
        {lines.map((line) => (
          <Line
            key={`${line.y1} ${line.y2} ${line.subConfig}`}
            line={line}
            color={subConfigs[line.subConfig]?.color ?? 0}
            isFaint={hasChosen && !line.isChosen}
            hasSign={lines.length <= mostSigns || line.isChosen || isFailing(line.fit)}
          />
        ))}
      </svg>
    </div>
  );
}

interface LineProps {
  readonly line: LinkLine;
  readonly color: number;
  readonly isFaint: boolean;
  readonly hasSign: boolean;
}

const dashes: Partial<Record<LinkLine['fit'], string>> = { mismatch: '5 3', fails: '5 3', open: '1.5 3', unmet: '1.5 3' };

function Line({ line: { y1, y2, fit, count, isChosen }, color, isFaint, hasSign }: LineProps) {
  const tone = isFailing(fit) ? 'var(--refused)' : `var(--mark-${color % markColors})`;
  const half = lineWidth / 2;
  return (
    <g opacity={isFaint ? 0.25 : 1} stroke={tone} fill={tone} className="forced-color-adjust-none">
      <path
        d={`M0 ${y1} C${half} ${y1} ${half} ${y2} ${lineWidth} ${y2}`}
        fill="none"
        strokeWidth={isChosen ? 2.5 : count > 1 ? 2 : 1.25}
        strokeDasharray={dashes[fit]}
      />
      {hasSign && (
        <>
          <circle cx={half} cy={(y1 + y2) / 2} r={7} fill="var(--surface)" strokeWidth={1} />
          <text x={half} y={(y1 + y2) / 2 + 4} textAnchor="middle" stroke="none" fontSize={11} fontWeight={600}>
            {fitSigns[fit]}
          </text>
        </>
      )}
    </g>
  );
}
