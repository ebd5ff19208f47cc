import type { DerivedState } from '../../store/derived-store.ts';
import { formatLarge, formatShape } from '../shared/format.ts';
import { FlowLack } from '../shared/FlowLack.tsx';
import { useDerived } from '../shared/use-app.ts';
import { useSpeedup } from '../shared/use-speedup.ts';
import { wordCallShape } from '../shared/word-call-shape.ts';
import { NamedFact } from './NamedFact.tsx';
import { wordRun, wordTarget, wordTargetShape } from './run-wording.ts';
import { useModuleRun } from './use-module-run.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const targetsShown = 8;

/** How the model runs one module, and its shape after ModelSpeedup; without a recorded forward pass, how to get one. */
export function ModuleRunFacts({ module }: { readonly module: number }) {
  const tree = useDerived(selectTree);
  const run = useModuleRun(module);
  const speedup = useSpeedup(module);
  if (tree !== null && tree.graph === null) return <FlowLack subject="Shapes of inputs and outputs" />;
  if (run === null || tree?.graph == null) return null;
  const after = speedup?.type === 'forecast' ? speedup.modules.get(module) : undefined;
  const shrinks = after !== undefined && after.macs < after.macsBefore;
  return (
    <div className="flex flex-col gap-1 text-muted">
      <p>{wordRun(run)}</p>
      {run.targets.length > 0 && (
        <ul aria-label="Inputs and outputs" className="flex flex-col">
          {run.targets.slice(0, targetsShown).map((met) => (
            <NamedFact key={met.target} name={wordTarget(met)}>
              {wordTargetShape(met.shape)}
            </NamedFact>
          ))}
          {run.targets.length > targetsShown && <li>and {run.targets.length - targetsShown} more</li>}
        </ul>
      )}
      {run.targets.length > 0 && <p className="text-xs">For the input of the file, {wordCallShape(tree.graph.dummy)}. Your data may have another batch or size.</p>}
      {speedup?.type === 'forecast' && after !== undefined && (after.tensors.length > 0 || shrinks) && (
        <ul aria-label="After speedup" className="flex flex-col">
          <li className="text-text">After ModelSpeedup{speedup.isExact ? '' : ', for example'}:</li>
          {after.tensors.map(({ name, before, after: left }) => (
            <NamedFact key={name} name={name}>
              {formatShape(before)} → {formatShape(left)}
            </NamedFact>
          ))}
          {shrinks && (
            <li>
              {formatLarge(after.macsBefore)} → {formatLarge(after.macs)} multiply-adds
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
