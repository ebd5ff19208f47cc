import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Overview } from '../../core/overview/overview.ts';
import { addShares, noShare, type Share } from '../../core/overview/share.ts';
import { formatLarge } from '../shared/format.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { useResolvedSubConfigs, type NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import { FamilyMarks } from '../sub-configs/family/FamilyMarks.tsx';
import { useFamily } from '../sub-configs/family/use-family.ts';
import { useResolvedItems, type ResolvedItem } from '../sub-configs/family/use-resolved-items.ts';
import { describeShare, formatShare } from './overview-wording.ts';

/** A cell of numbers: the name next to them gives way, they do not break. */
const number = 'py-1 pl-4 text-right font-normal whitespace-nowrap @max-[24rem]/overview:pl-3';

/** The part of each sub-config; of a family one row, which opens for its members. */
export function SubConfigShares({ overview }: { readonly overview: Overview }) {
  const subConfigs = useResolvedSubConfigs();
  const items = useResolvedItems(overview.mode);
  const { first, more } = useFirstItems(items);
  if (overview.subConfigs.length === 0) return <p className="text-muted">The list is empty: nothing is covered yet.</p>;
  return (
    <table className="w-full text-left @max-[24rem]/overview:text-xs">
      <caption className="sr-only">Parameters by sub-config</caption>
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="w-full py-1 font-normal">Sub-config</th>
          <th scope="col" className={number}>Parameters</th>
          <th scope="col" className={number}>Share</th>
          {overview.mode !== 'distillation' && <th scope="col" className={number}>Effect</th>}
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {first.map((item) => {
          return item.places.length > 1 ? (
            <FamilyRows key={item.ids[0]} overview={overview} item={item} subConfigs={subConfigs} />
          ) : (
            <SubConfigRow key={item.ids[0]} overview={overview} place={item.places[0]!} subConfigs={subConfigs} />
          );
        })}
        <MoreRow>{more}</MoreRow>
      </tbody>
    </table>
  );
}

interface RowsProps {
  readonly overview: Overview;
  readonly subConfigs: readonly (NumberedSubConfig | null)[];
}

function SubConfigRow({ overview, subConfigs, place, isMember = false }: RowsProps & { readonly place: number; readonly isMember?: boolean }) {
  const numbered = subConfigs[place];
  const share = overview.subConfigs[place];
  if (!numbered || !share) return null;
  return (
    <ShareRow overview={overview} share={share}>
      <span className={`flex items-baseline gap-1.5 ${isMember ? 'pl-5' : ''}`}>
        <SubConfigMark number={numbered.number} color={numbered.color} />
        <span className="min-w-0 wrap-anywhere">
          <span className="sr-only">{numbered.number}</span> {numbered.title}
        </span>
      </span>
    </ShareRow>
  );
}

function FamilyRows({ overview, subConfigs, item: { ids, places } }: RowsProps & { readonly item: ResolvedItem }) {
  const { count, title } = useFamily(overview.mode, ids);
  const [isOpen, setOpen] = useState(false);
  const { first: members, more } = useFirstItems(places);
  const [first, last] = [subConfigs[places[0]!], subConfigs[places.at(-1)!]];
  if (!first || !last) return null;
  const share = places.reduce((sum, place) => addShares(sum, overview.subConfigs[place] ?? noShare), noShare);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <ShareRow overview={overview} share={share}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Close' : 'Open'} sub-configs ${first.number} to ${last.number}: ${title}`}
          title={title}
          onClick={() => setOpen(!isOpen)}
          className="flex max-w-full flex-wrap items-center gap-x-1.5 rounded text-left"
        >
          <span className="flex items-center gap-1">
            <FamilyMarks first={first} last={last} />
            <Chevron size={14} className="shrink-0 text-muted" />
          </span>
          <span className="min-w-0 wrap-anywhere">{count}</span>
        </button>
      </ShareRow>
      {isOpen && members.map((place) => <SubConfigRow key={place} overview={overview} place={place} subConfigs={subConfigs} isMember />)}
      {isOpen && <MoreRow>{more}</MoreRow>}
    </>
  );
}

/** The button for more rows; nothing where all are there. */
function MoreRow({ children }: { readonly children: ReactNode }) {
  return (
    children !== false && (
      <tr className="border-t border-line">
        <td colSpan={4}>{children}</td>
      </tr>
    )
  );
}

function ShareRow({ overview, share, children }: { readonly overview: Overview; readonly share: Share; readonly children: ReactNode }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="max-w-0 py-1 font-normal">
        {children}
      </th>
      <td className={number}>{share.elements === 0 ? '–' : formatLarge(share.elements)}</td>
      <td className={number}>{formatShare(share.elements, overview.total.elements)}</td>
      {overview.mode !== 'distillation' && <td className={number}>{describeShare(overview, share)}</td>}
    </tr>
  );
}
