import { Suspense, useState } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { ErrorBoundary } from '../../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../../shared/late-parts/lazy-part.tsx';
import { useActions, useStores, useView } from '../../shared/use-app.ts';
import { AlgorithmLine } from '../algorithm/AlgorithmLine.tsx';
import { CardList } from './CardList.tsx';
import { ChoosingContext, StartChoosingContext } from './choosing.ts';
import { ChosenBar } from './ChosenBar.tsx';
import { NoSubConfigs } from './NoSubConfigs.tsx';
import { LinkOffersProvider } from '../settings/fields/LinkOffers.tsx';
import { PaneHeader } from './PaneHeader.tsx';
import { TeacherLine } from './TeacherLine.tsx';
import { useSubConfigIds } from '../card/use-card-state.ts';
import { MoveCardContext } from './use-move-card.ts';
import { useRevealField } from '../card/use-reveal-field.ts';

const TeacherView = lazyPart(async () => (await import('../../teacher/TeacherView.tsx')).TeacherView);

const selectMode = (state: ViewState) => state.mode;
const selectShowsLinks = (state: ViewState) => state.mode === 'distillation' && state.linksShown;

/** The sub-configs of the mode, in the order in which NNI takes them. */
export function SubConfigsPane() {
  const mode = useView(selectMode);
  return <ModePane key={mode} mode={mode} />;
}

function ModePane({ mode }: { readonly mode: Mode }) {
  const ids = useSubConfigIds(mode);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const { move, announcement } = useMoves(mode);
  const showsLinks = useView(selectShowsLinks);
  const scroller = useRevealField(!showsLinks);
  const cards = <CardList mode={mode} ids={ids} />;
  const toggle = (id: string) => setChosen((before) => toggled(before, id));
  return (
    <MoveCardContext value={move}>
      <StartChoosingContext value={toggle}>
        <ChoosingContext value={chosen && { chosen, toggle }}>
          <PaneHeader mode={mode} count={ids.length} />
          <AlgorithmLine mode={mode} />
          {mode === 'distillation' && <TeacherLine />}
          {chosen && (
            <ChosenBar mode={mode} chosen={ids.filter((id) => chosen.has(id))} all={ids} onChoose={setChosen} />
          )}
          {showsLinks ? (
            <ErrorBoundary part="The links">
              <Suspense>
                <TeacherView />
              </Suspense>
            </ErrorBoundary>
          ) : (
            <div
              ref={scroller}
              tabIndex={0}
              role="region"
              aria-label="List of sub-configs"
              className="scrollbar-room min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2"
            >
              {ids.length === 0 ? <NoSubConfigs mode={mode} /> : mode === 'distillation' ? <LinkOffersProvider>{cards}</LinkOffersProvider> : cards}
            </div>
          )}
          <p role="status" className="sr-only">
            {announcement}
          </p>
        </ChoosingContext>
      </StartChoosingContext>
    </MoveCardContext>
  );
}

function useMoves(mode: Mode) {
  const { edit } = useActions();
  const { document } = useStores();
  const [announcement, announce] = useState('');
  const move = (id: string, to: number, count = 1) => {
    const list = document.getState().history.present.lists[mode];
    const from = list.findIndex((one) => one.id === id);
    const target = Math.max(0, Math.min(list.length - count, to));
    const name = count > 1 ? `Sub-configs ${from + 1} to ${from + count}` : list[from]?.label || `Sub-config ${from + 1}`;
    if (from < 0) return;
    if (from === target) announce(`${name} ${count > 1 ? 'stay' : 'stays'} ${placeOf(target, list.length)}.`);
    else {
      edit({ type: 'move-sub-config', mode, id, to: target, ...(count > 1 && { count }) });
      announce(`${name} moved: now ${placeOf(target, list.length)}.`);
    }
  };
  return { move, announcement };
}

function placeOf(at: number, count: number): string {
  return `number ${at + 1} of ${count}`;
}

function toggled(before: ReadonlySet<string> | null, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
