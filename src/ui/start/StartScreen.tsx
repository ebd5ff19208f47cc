import { OpenModel } from './OpenModel.tsx';
import { TreeRecipe } from './TreeRecipe.tsx';

/** The page before a model is open. */
export function StartScreen() {
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
        <OpenModel role="student" />
        <TreeRecipe />
      </div>
    </main>
  );
}
