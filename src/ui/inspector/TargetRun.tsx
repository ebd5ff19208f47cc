import { writeAlgorithm } from '../../core/algorithms/algorithm.ts';
import { ignoredSettings } from '../../core/algorithms/ignored-settings.ts';
import type { EffectiveTarget, TargetLoss } from '../../core/algorithms/outcome.ts';
import type { TargetOutcome } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatShape } from '../shared/format.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';

const selectEffects = (state: DerivedState) => state.effects;
const selectMode = (state: ViewState) => state.mode;
const selectAlgorithms = (state: DocumentState) => state.history.present.algorithms;

/** What the class that runs the list makes of one target; nothing where it is not known. */
export function TargetRun({ module, target }: { readonly module: number; readonly target: TargetOutcome }) {
  const { quantized, losses } = useDerived(selectEffects);
  const mode = useView(selectMode);
  const { algorithm } = useDocument(selectAlgorithms)[mode];
  const effective = quantized.get(module)?.get(target.target);
  const loss = losses.get(module)?.get(target.target);
  if (effective === undefined && loss === undefined) return null;
  const name = writeAlgorithm(algorithm);
  const ignored = effective === undefined ? [] : ignoredSettings(algorithm, target, effective.applyMethod);
  return (
    <div role="group" aria-label={`${name} on ${target.target}`} className="border-t border-line px-3 py-1.5">
      <p>
        <span className="text-muted">{name}: </span>
        {effective === undefined ? <LossText loss={loss!} /> : <EffectiveText effective={effective} />}
      </p>
      {ignored.length > 0 && (
        <ul className="text-xs text-muted">
          {ignored.map(({ key, value, used }) => (
            <li key={key}>
              <span className="font-mono">
                {key} {value}
              </span>{' '}
              is ignored by {name}, which uses <span className="font-mono">{used}</span>.
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function EffectiveText({ effective }: { readonly effective: EffectiveTarget }) {
  const { applyMethod, minimum, maximum, scaleShape, quantizes } = effective;
  return (
    <>
      <span className="font-mono text-xs">{applyMethod}</span> · {minimum.replace('-', '−')} … {maximum.replace('-', '−')} · {scaleText(scaleShape)}
      {quantizes === false && ' · never quantized'}
    </>
  );
}

function scaleText(shape: EffectiveTarget['scaleShape']): string {
  if (shape === undefined) return 'the scale’s shape follows the data';
  if (shape === null) return 'no scale';
  return shape.every((size) => size === 1) ? 'one scale' : `scales ${formatShape(shape)}`;
}

function LossText({ loss: { links, lambda, method, active, linear } }: { readonly loss: TargetLoss }) {
  const shown = active ?? links;
  if (shown.length === 0) return <>no loss: the forward pass never meets this output on both sides</>;
  return (
    <>
      <span className="font-mono text-xs">
        {method} × {lambda}
      </span>{' '}
      against <span className="font-mono text-xs">{shown.map((name) => (name === '' ? '(root)' : name)).join(', ')}</span> of the teacher
      {shown.length > 1 && '; the smallest loss counts'}
      {linear !== undefined && `; a Linear from ${linear[0]} to ${linear[1]} between`}
      {active === undefined && '; shapes decide whether it works'}
    </>
  );
}
