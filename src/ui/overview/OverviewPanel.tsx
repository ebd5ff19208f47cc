import { useState } from 'react';
import type { Overview, PictureSize } from '../../core/overview/overview.ts';
import { EmptyState } from '../shared/EmptyState.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { AfterSpeedup } from './AfterSpeedup.tsx';
import { ModelPicture } from './ModelPicture.tsx';
import { figuresOf } from './overview-wording.ts';
import { SubConfigShares } from './SubConfigShares.tsx';
import { useOverview } from './use-overview.ts';

/** The effect of the list on the model as a whole: figures, each sub-config's part, and the model by size. */
export function OverviewPanel() {
  const [pictureBy, setPictureBy] = useState<PictureSize>('parameters');
  const overview = useOverview(pictureBy);
  if (overview === null) return <p className="p-4 text-muted">Adding it up …</p>;
  if (overview.total.elements === 0) {
    return (
      <EmptyState title="The shapes of the parameters are not known">
        The file of this model does not list them. A module tree or a safetensors file does.
      </EmptyState>
    );
  }
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Overview of the list"
      className="@container/overview flex min-h-0 flex-1 flex-col gap-5 scroll-py-2 overflow-auto p-4 select-text"
    >
      {overview.subConfigs.length > 0 && <Figures overview={overview} />}
      {overview.subConfigs.length > 0 && (
        <LatePart part="The model after ModelSpeedup">
          <AfterSpeedup />
        </LatePart>
      )}
      <SubConfigShares overview={overview} />
      <ModelPicture overview={overview} size={pictureBy} onSize={setPictureBy} />
    </div>
  );
}

function Figures({ overview }: { readonly overview: Overview }) {
  const figures = figuresOf(overview);
  const isOneRow = figures.length === 3;
  return (
    <dl className={`grid gap-x-4 ${isOneRow ? 'grid-cols-3 @min-[30rem]/overview:grid-cols-[3fr_4fr_5fr] @max-[24rem]/overview:grid-cols-1 @max-[24rem]/overview:gap-y-2' : 'grid-cols-2 @min-[40rem]/overview:grid-cols-4'}`}>
      {figures.map(({ name, value, note }, at) => (
        // Values of a row stand on one line, however many lines their names take; on a phone three are a list.
        <div
          key={name}
          className={`row-span-3 grid grid-rows-subgrid ${isOneRow ? '@max-[24rem]/overview:row-span-1 @max-[24rem]/overview:grid-cols-[1fr_auto] @max-[24rem]/overview:grid-rows-none @max-[24rem]/overview:items-baseline' : at > 1 ? '' : 'mb-3 @min-[40rem]/overview:mb-0'}`}
        >
          <dt className="self-end text-xs text-muted">{name}</dt>
          <dd className="text-base font-semibold tabular-nums">{value}</dd>
          <dd className={`text-xs text-muted ${isOneRow ? '@max-[24rem]/overview:col-span-2' : ''}`}>{withUnits(note)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Keeps a number and its unit on one line. */
function withUnits(text: string): string {
  return text.replaceAll(/(?<=\d) (?=[KMBT]\b|[kMGT]B\b|%)/g, '\u00a0');
}
