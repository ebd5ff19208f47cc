import { Suspense } from 'react';
import type { DocumentState } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useDocument, usePlans } from '../shared/use-app.ts';
import { useIsIdle } from '../shared/use-is-idle.ts';
import { TourOffer } from '../tour/TourOffer.tsx';
import { OpenModel } from './OpenModel.tsx';

const TreeRecipe = lazyPart(async () => (await import('./TreeRecipe.tsx')).TreeRecipe);
const StartPlans = lazyPart(async () => (await import('./StartPlans.tsx')).StartPlans);

const selectHasPlans = (state: PlansState) => state.plans !== null && state.plans.length > 0;
const selectWaits = (state: DocumentState) => state.history.present.tree !== null;

/** The page before a model is open. */
export function StartScreen() {
  const hasPlans = usePlans(selectHasPlans);
  const waits = useDocument(selectWaits);
  return (
    <main className="min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-6 px-6 py-8">
        <div>
          <h1 className="text-xl font-semibold">See what an NNI config does to your model, before anything runs</h1>
          <p className="mt-1 text-muted">
            Open a model, type patterns and watch the modules light up, set what should happen to them, and export a
            config list that NNI 3.0 accepts.
          </p>
        </div>
        <TourOffer />
        {(hasPlans || waits) && (
          <Suspense>
            <StartPlans />
          </Suspense>
        )}
        <OpenModel role="student" />
        <Suspense>
          <LateTreeRecipe />
        </Suspense>
      </div>
    </main>
  );
}

/** What stands below the fold is fetched when there is nothing else to do. */
function LateTreeRecipe() {
  return useIsIdle() && <TreeRecipe />;
}
