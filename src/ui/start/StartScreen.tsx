import { Route } from 'lucide-react';
import { objectOf } from '../../core/config/value.ts';
import { startWith } from '../../core/presets/start-config.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useActions, useDocument, usePlans, useSamples, useView } from '../shared/use-app.ts';
import { useIsIdle } from '../shared/use-is-idle.ts';
import { TourOffer } from '../tour/TourOffer.tsx';
import { Miniature } from './Miniature.tsx';
import { miniaturePatterns } from './miniature-rows.ts';
import { OpenModel } from './OpenModel.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { SampleList } from './SampleList.tsx';

const TreeRecipe = lazyPart(async () => (await import('./TreeRecipe.tsx')).TreeRecipe);
const StartPlans = lazyPart(async () => (await import('./StartPlans.tsx')).StartPlans);

const StartList = lazyPart(async () => (await import('./StartList.tsx')).StartList);

const selectHasPlans = (state: PlansState) => state.plans !== null && state.plans.length > 0;
const selectMode = (state: ViewState) => state.mode;
const selectWaits = (state: DocumentState) => state.history.present.tree !== null;

/** The page before a model is open: the plans to continue, the ways to open a model, and an introduction. */
export function StartScreen() {
  const hasPlans = usePlans(selectHasPlans);
  const waits = useDocument(selectWaits);
  const mode = useView(selectMode);
  const hasList = useDocument((state) => state.history.present.lists[mode].length > 0);
  const samples = useSamples();
  const { addSubConfig, openSample } = useActions();
  const example = samples.find(({ id }) => id === 'resnet18');
  const openExample = async (): Promise<void> => {
    if (!example || !(await openSample(example)) || hasList) return;
    addSubConfig(startWith(mode, objectOf([['op_names_re', [miniaturePatterns[0]]]])));
  };
  return (
    <main className="min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex max-w-[76rem] flex-col gap-6 px-4 py-6 min-[820px]:px-8 min-[820px]:py-10 min-[1600px]:max-w-[90rem] min-[1600px]:pt-20">
        {(hasPlans || waits) && (
          <LatePart part="The list of your plans">
            <StartPlans />
          </LatePart>
        )}
        {hasList && (
          <LatePart part="Your list">
            <StartList />
          </LatePart>
        )}
        <div className="grid gap-8 min-[900px]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] min-[1600px]:gap-12">
          <div className="flex min-w-0 flex-col gap-5">
            <div>
              <h1 className="text-[28px] leading-9 font-semibold tracking-tight text-balance">See what an NNI config does to your model, before anything runs</h1>
              <p className="mt-2 text-base text-muted">
                Type a pattern and watch the modules light up. Set how they are compressed. Export a config list that NNI 3.0 accepts.
              </p>
            </div>
            <OpenModel role="student" hasSamples={false} />
            <TourOffer icon={<Route size={14} />} />
          </div>
          {example && <Miniature onOpen={() => void openExample()} />}
        </div>
        <SampleList role="student" />
        <LatePart part="How to export your own model">
          <LateTreeRecipe />
        </LatePart>
      </div>
    </main>
  );
}

/** The part below the fold is loaded when the browser is idle. */
function LateTreeRecipe() {
  return useIsIdle() && <TreeRecipe />;
}
