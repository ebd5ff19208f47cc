import { TriangleAlert } from 'lucide-react';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { FlowLack } from '../shared/FlowLack.tsx';
import { useDerived } from '../shared/use-app.ts';
import { useSpeedup } from '../shared/use-speedup.ts';
import { wordCallShape } from '../shared/word-call-shape.ts';
import { describeInput, describeSpeedupError, describeSureness, speedupFigures } from './speedup-wording.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** The pruned model after NNI's ModelSpeedup; where the file has no data flow, how to get it. */
export function AfterSpeedup() {
  const tree = useDerived(selectTree);
  const view = useSpeedup(-1);
  if (tree === null || view === null) return null;
  if (view.type === 'no-graph') return <FlowLack subject="The model after ModelSpeedup and its multiply-adds" />;
  const error = view.type === 'forecast' ? describeSpeedupError(view, (row) => moduleName(tree, row)) : null;
  const figures = view.type === 'forecast' ? speedupFigures(view) : [];
  return (
    <section aria-label="After speedup" className="flex flex-col gap-1.5">
      <h3 className="font-semibold">After ModelSpeedup</h3>
      {view.type === 'not-pruned' && <p className="text-muted">The list does not prune yet, so there is nothing to make smaller.</p>}
      {error !== null && (
        <p className="flex gap-1.5 text-later">
          <TriangleAlert size={14} className="mt-[3px] shrink-0" aria-hidden="true" />
          {error}
        </p>
      )}
      {figures.length > 0 && (
        <table className="w-full text-left tabular-nums @max-[24rem]/overview:text-xs">
          <caption className="sr-only">Before and after ModelSpeedup</caption>
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="sr-only">Figure</th>
              <th scope="col" className="pb-1 text-right font-normal">Before</th>
              <th scope="col" className="pb-1 pl-3 text-right font-normal">After</th>
              <th scope="col" className="pb-1 pl-3 text-right font-normal">Change</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, before, after, change }) => (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="py-1 font-normal whitespace-nowrap">{name}</th>
                <td className="py-1 pl-3 text-right whitespace-nowrap text-muted">{before}</td>
                <td className="py-1 pl-3 text-right font-semibold whitespace-nowrap">{after}</td>
                <td className="py-1 pl-3 text-right whitespace-nowrap">{change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.type === 'forecast' && (figures.length > 0 || view.notFollowed.length > 0) && <p className="text-xs text-muted">{describeSureness(view)}</p>}
      {tree.graph !== null && figures.length > 0 && <p className="text-xs text-muted">{describeInput(wordCallShape(tree.graph.dummy))}</p>}
    </section>
  );
}
