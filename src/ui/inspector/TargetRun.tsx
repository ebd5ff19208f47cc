import { writeAlgorithm, type Algorithm } from '../../core/algorithms/algorithm.ts';
import { metricWords } from '../../core/algorithms/algorithm-words.ts';
import { effectiveScheme, ignoredSettings, pruningMethod } from '../../core/algorithms/ignored-settings.ts';
import type { EffectiveTarget, TargetLoss } from '../../core/algorithms/outcome.ts';
import { getKey, isConfigNumber } from '../../core/config/value.ts';
import type { TargetOutcome } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatShape } from '../shared/format.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';

const selectEffects = (state: DerivedState) => state.effects;
const selectMode = (state: ViewState) => state.mode;
const selectAlgorithms = (state: DocumentState) => state.history.present.algorithms;

/** The effect of the class that runs the list on one target; nothing where it is not known. */
export function TargetRun({ module, target }: { readonly module: number; readonly target: TargetOutcome }) {
  const { quantized, losses } = useDerived(selectEffects);
  const mode = useView(selectMode);
  const { algorithm } = useDocument(selectAlgorithms)[mode];
  const effective = quantized.get(module)?.get(target.target);
  const loss = losses.get(module)?.get(target.target);
  const pruned = algorithm.mode === 'pruning' ? wordPruned(algorithm, target) : null;
  if (effective === undefined && loss === undefined && pruned === null) return null;
  const name = writeAlgorithm(algorithm);
  const ignored = effective === undefined ? [] : ignoredSettings(algorithm, target, effective.applyMethod);
  return (
    <div role="group" aria-label={`${name} on ${target.target}`} className="border-t border-line px-3 py-1.5">
      <p>
        <span className="text-muted">{name}: </span>
        {pruned}
        {loss !== undefined && <LossText loss={loss} />}
        {effective !== undefined && algorithm.mode === 'quantization' && <EffectiveText effective={effective} scheme={effectiveScheme(algorithm.name, target.kind, effective.scheme)} />}
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

/** The quantity that a pruner compares, and how it applies the mask; `null` where the target has no goal of its own. */
function wordPruned({ name }: Extract<Algorithm, { readonly mode: 'pruning' }>, { setting, kind }: TargetOutcome): string | null {
  const isSet = (key: string): boolean => isConfigNumber(getKey(setting, key));
  if (kind !== 'parameter' || !(isSet('sparse_ratio') || isSet('sparse_threshold'))) return null;
  const written = getKey(setting, 'apply_method');
  const method = pruningMethod(name, typeof written === 'string' && written !== '' ? written : 'mul');
  return `compares ${metricWords[name]}; ${methodWords[method] ?? `the mask is applied by ${method}`}`;
}

/** What a mask does to the values that it hides (rules A-P5, A-P6, A-P14). */
const methodWords: Readonly<Record<string, string>> = {
  mul: 'masked values become 0',
  slim_mul: 'masked values become 0 (slim_mul)',
  movement_mul: 'masked values become 0 (movement_mul)',
  add: 'masked values get −1000 added',
  movement_add: 'masked values get −1000 added (movement_add)',
  bypass: 'the mask is made and never applied (bypass)',
};

function EffectiveText({ effective, scheme }: { readonly effective: EffectiveTarget; readonly scheme: string }) {
  const { applyMethod, dtype, minimum, maximum, scaleShape, quantizes } = effective;
  const isBinary = applyMethod === 'bnn_clamp_round';
  return (
    <>
      {isBinary ? scheme : `${scheme} ${dtype ?? 'int8'}`}
      {!isBinary && ` · ${minimum.replace('-', '−')} … ${maximum.replace('-', '−')}`} · {scaleText(scaleShape)} · <span className="font-mono text-xs">{applyMethod}</span>
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
