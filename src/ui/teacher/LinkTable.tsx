import { useMemo, useState, type CSSProperties } from 'react';
import type { LinkFit } from '../../core/algorithms/survey-links.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { formatQuantity } from '../shared/format.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import type { OrderedLinks } from './link-order.ts';
import { commonStart } from '../shared/common-start.ts';
import { describeFit, fitSigns, isFailing, signedWords, teacherName, wordComparison, wordCounts, wordShape } from './link-wording.ts';
import { useWindowWidth } from '../layout/use-window-width.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

/** Pixels of a row. On a phone the teacher's module stands below the student's, as `.link-columns` lays them out. */
const height = 28;
const tallHeight = 44;
const tallBelow = 520;

/** Of tables as long as this the common start of the names is not looked for. */
const longTable = 2000;

export interface LinkTableProps {
  readonly student: OpenedTree;
  readonly teacher: OpenedTree;
  readonly links: OrderedLinks;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
  /** Shows a link in both trees. */
  readonly onShow: (link: number) => void;
}

/** The links in words: both modules, both shapes, and whether they fit. */
export function LinkTable({ student, teacher, links, subConfigs, onShow }: LinkTableProps) {
  const [only, setOnly] = useState<LinkFit | null>(null);
  const counts = useMemo(() => wordCounts(links.counts), [links]);
  const filter = counts.some(({ fit }) => fit === only) ? only : null;
  const shown = useMemo(() => {
    const all = Uint32Array.from({ length: links.size }, (_, at) => at);
    return filter === null ? all : all.filter((at) => links.comparisons[links.comparison[at]!]!.fit === filter);
  }, [links, filter]);
  const rowHeight = useWindowWidth() < tallBelow ? tallHeight : height;
  const starts = useMemo((): readonly [string, string] => {
    if (links.size > longTable) return ['', ''];
    const all = Array.from({ length: links.size }, (_, link) => link);
    return [
      commonStart(all.map((link) => moduleName(student.tree, links.module[link]!))),
      commonStart(all.map((link) => teacherName(links, teacher.tree, link))),
    ];
  }, [links, student, teacher]);
  const sight = useRowsInSight(shown.length, rowHeight);
  const fitNeed = useMemo(() => `${Math.max(0, ...links.comparisons.map((comparison) => signedWords(comparison).length))}ch`, [links]);
  return (
    <section aria-label="Links" className="flex min-h-0 flex-1 flex-col border-t border-line">
      <div className="flex flex-wrap items-center gap-1.5 px-3 py-1.5 text-xs">
        <h3 className="mr-1 text-sm font-semibold">{formatQuantity(links.size, 'link')}</h3>
        {counts.map(({ fit, text }) => (
          <button
            key={fit}
            type="button"
            aria-pressed={filter === fit}
            onClick={() => setOnly(filter === fit ? null : fit)}
            className={`inline-flex h-6 items-center gap-1.5 rounded border border-line px-2 hover:bg-hover aria-pressed:border-line-strong aria-pressed:bg-chosen ${isFailing(fit) ? 'text-refused' : ''}`}
          >
            <span aria-hidden="true" className="font-mono font-semibold">
              {fitSigns[fit]}
            </span>
            {text}
          </button>
        ))}
      </div>
      <div ref={sight.box} tabIndex={0} role="region" aria-label="Table of links" onScroll={sight.onScroll} className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]">
        <div role="table" aria-label="Links" aria-rowcount={shown.length + 1} style={{ '--fit-need': fitNeed } as CSSProperties} className="text-xs">
          <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
            <div role="row" aria-rowindex={1} className="link-columns min-h-7 items-center border-y border-line px-3 py-1 text-muted">
              <span role="columnheader">
                <span className="sr-only">Sub-config</span>
              </span>
              <NameHeading of="Student" start={starts[0]} />
              <ShapeHeading of="Student" />
              <NameHeading of="Teacher" start={starts[1]} />
              <ShapeHeading of="Teacher" />
              <span role="columnheader">Fit</span>
            </div>
          </div>
          <div role="rowgroup" style={{ height: shown.length * rowHeight }} className="relative">
            {Array.from(shown.subarray(sight.start, sight.end), (link, step) => (
              <LinkRow
                key={link}
                at={sight.start + step}
                height={rowHeight}
                starts={starts}
                link={link}
                names={[moduleName(student.tree, links.module[link]!) || '(root)', teacherName(links, teacher.tree, link)]}
                links={links}
                subConfig={subConfigs[links.subConfig[link]!] ?? null}
                onShow={() => onShow(link)}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

interface LinkRowProps {
  readonly at: number;
  readonly height: number;
  /** The starts that all names have in common: the heading shows them. */
  readonly starts: readonly [student: string, teacher: string];
  readonly link: number;
  readonly names: readonly [student: string, teacher: string];
  readonly links: OrderedLinks;
  readonly subConfig: NumberedSubConfig | null;
  readonly onShow: () => void;
}

function LinkRow({ at, height, starts, link, names: [own, other], links, subConfig, onShow }: LinkRowProps) {
  const comparison = links.comparisons[links.comparison[link]!]!;
  const target = links.targets[links.target[link]!]!;
  return (
    <div role="row" aria-rowindex={at + 2} style={{ top: at * height, height }} className="link-columns absolute inset-x-0 items-center px-3 hover:bg-hover">
      <span role="cell">{subConfig && <SubConfigMark number={subConfig.number} color={subConfig.color} label={`Sub-config ${subConfig.number}`} />}</span>
      <span role="cell" className="min-w-0">
        <button type="button" aria-label={target === '_output_0' ? own : `${own} ${target}`} onClick={onShow} title={`Show ${own} and ${other}`} className="block max-w-full rounded text-left font-mono hover:underline">
          <LinkName name={target === '_output_0' ? own : `${own} ${target}`} start={starts[0]} />
        </button>
      </span>
      <ShapeCell text={wordShape(comparison.own)} />
      <span role="cell" aria-label={other} className="min-w-0 font-mono" title={other}>
        <LinkName name={other} start={starts[1]} />
      </span>
      <ShapeCell text={comparison.fit === 'missing' ? '' : wordShape(comparison.other)} />
      <span role="cell" title={`${wordComparison(comparison)}. ${describeFit(comparison)}`} className={`truncate max-[519px]:line-clamp-2 max-[519px]:whitespace-normal ${isFailing(comparison.fit) ? 'font-medium text-refused' : ''}`}>
        {signedWords(comparison)}
      </span>
    </div>
  );
}

function NameHeading({ of, start }: { readonly of: string; readonly start: string }) {
  return (
    // The start goes below where it has no room next to the word.
    <span role="columnheader" className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {of}
      {start !== '' && (
        <span aria-hidden="true" title={`Every name begins with ${start}`} className="truncate-start max-w-full min-w-0 font-mono text-faint">
          <bdi>{start}…</bdi>
        </span>
      )}
    </span>
  );
}

/** A name without the start that the heading shows. */
function LinkName({ name, start }: { readonly name: string; readonly start: string }) {
  return (
    <span className="truncate-start block min-h-6 leading-6 max-[519px]:min-h-5 max-[519px]:leading-5">
      <bdi>{name.slice(start.length)}</bdi>
    </span>
  );
}

function ShapeHeading({ of }: { readonly of: string }) {
  return (
    <span role="columnheader">
      <span className="sr-only">{of}: </span>Shape
    </span>
  );
}

function ShapeCell({ text }: { readonly text: string }) {
  const isKnown = text !== 'not known';
  return (
    <span role="cell" title={text} className={`truncate ${isKnown ? 'font-mono' : 'text-muted'}`}>
      {isKnown ? text.replaceAll(' ', '') : text}
    </span>
  );
}
