import type { Algorithm } from '../../algorithms/algorithm.ts';
import type { Mode } from '../../config/mode.ts';
import { getKey, isConfigObject, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { TargetOutcome } from '../../resolve/resolution.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import { excludeName } from './exclude-fixes.ts';
import { leaveOutTarget } from './target-fixes.ts';

/** The target at which the algorithm fails, where it is one of the list. */
export function failedTarget({ outcome: { error }, resolution: { outcomes, outcomeId } }: FindingInput): TargetOutcome | undefined {
  if (error === null || error.module < 0) return undefined;
  return outcomes[outcomeId[error.module]!]?.targets.find(({ target }) => target === error.target);
}

/** Edits of the list, or other classes, that settle a failure of the algorithm (rules A-P, A-F, A-Q, A-D). */
export function algorithmFixes(input: FindingInput): readonly Fix[] {
  const { error, algorithm } = input.outcome;
  const failed = failedTarget(input);
  switch (error?.rule ?? '') {
    case 'A-P4':
      return [...write(input, failed, 'granularity', 'out_channel'), runBy(algorithm, 'L1NormPruner')];
    case 'A-P5':
      return [...(failed?.kind === 'parameter' ? removed(failed, 'apply_method') : leaveOut(input, failed)), runBy(algorithm, 'TaylorPruner')];
    case 'A-P6':
      return failed === undefined ? [] : leaveOut(input, failed);
    case 'A-P7':
      return failed === undefined ? [] : [...withoutGradient(input, failed), ...leaveOut(input, failed)];
    case 'A-F1':
    case 'A-P10':
      return [...leaveOut(input, failed), runBy(algorithm, 'L1NormPruner')];
    case 'A-F2':
      // A schedule trains whatever it is around.
      return algorithm.mode === 'pruning' ? [byClass('pruning', 'L1NormPruner')] : [];
    case 'A-Q4':
      if (failed === undefined) return [];
      if (getKey(failed.setting, 'quant_scheme') === null) return [...write(input, failed, 'quant_scheme', 'affine'), runBy(algorithm, 'QATQuantizer')];
      if (error?.type === 'ValueError' && failed.kind === 'output' && removed(failed, 'granularity').length === 0) {
        return [...leaveOut(input, failed), runBy(algorithm, 'QATQuantizer')];
      }
      return [...removed(failed, 'granularity'), runBy(algorithm, 'QATQuantizer')];
    case 'A-Q5':
      return [...removed(failed, 'granularity'), runBy(algorithm, 'QATQuantizer')];
    case 'A-Q6':
      return [...write(input, failed, 'quant_dtype', 'int8'), runBy(algorithm, 'LsqPlusQuantizer')];
    case 'A-Q8':
      return algorithm.mode === 'distillation' ? [runBy(algorithm, 'DynamicLayerwiseDistiller')] : [runBy(algorithm, 'QATQuantizer')];
    case 'A-Q9':
      return removed(failed, 'granularity');
    case 'A-Q10':
      return write(input, failed, 'quant_dtype', 'int8');
    case 'A-Q11':
      return [...leaveOut(input, failed), runBy(algorithm, 'QATQuantizer')];
    case 'A-D4':
      return [runBy(algorithm, 'DynamicLayerwiseDistiller')];
    case 'A-D5':
      return algorithm.name === 'DynamicLayerwiseDistiller' ? [runBy(algorithm, 'Adaptive1dLayerwiseDistiller')] : [];
    default:
      return [];
  }
}

/** Another class of the same mode; the schedules around a pruner stay. */
function runBy(now: Algorithm, name: string): Fix {
  const other = now.mode === 'pruning' ? now.schedules.reduceRight((inner, schedule) => `${schedule}(${inner})`, name) : name;
  return byClass(now.mode, other);
}

function byClass(mode: Mode, algorithm: string): Fix {
  return { code: 'use-algorithm', values: { algorithm }, action: { type: 'use-algorithm', mode, algorithm } };
}

/** The key where it is set, else where the target is named. */
function write({ resolution: { effective } }: FindingInput, failed: TargetOutcome | undefined, key: string, value: string): readonly Fix[] {
  if (failed === undefined) return [];
  const { subConfig, target, provenance } = failed;
  const stated = statedPath(provenance, key);
  const settings = getKey(effective[subConfig]!, 'target_settings');
  const name = target.replace(/^(_input_|_output_)0$/, '$1');
  const own = settings !== undefined && isConfigObject(settings) ? [target, name].find((one) => getKey(settings, one) !== undefined) : undefined;
  const path: KeyPath = stated ?? (own === undefined ? (key === 'granularity' ? ['target_settings', name, key] : [key]) : ['target_settings', own, key]);
  return [fix('write-value', { key, value }, { type: 'set', path: [subConfig, ...path], value })];
}

/** Takes the key away where the sub-config sets it. */
function removed(failed: TargetOutcome | undefined, key: string): readonly Fix[] {
  const path = failed === undefined ? null : statedPath(failed.provenance, key);
  return path === null || failed === undefined ? [] : [fix('remove-key', { key }, { type: 'remove', path: [failed.subConfig, ...path] })];
}

/** Where the sub-config itself sets the key. */
function statedPath(provenance: TargetOutcome['provenance'], key: string): KeyPath | null {
  const chain = provenance.find((entry) => entry.key === key)?.chain ?? [];
  const step = chain.findLast(({ source }) => source === 'shorthand' || source === 'target-setting');
  return step?.path ?? null;
}

/** A module that nothing uses has no gradient for any of its parameters: it is excluded, and the others stay as they are. */
function withoutGradient({ outcome: { error }, resolution: { effective }, tree }: FindingInput, { subConfig }: TargetOutcome): readonly Fix[] {
  return error?.type === 'KeyError' ? [excludeName(effective[subConfig]!, subConfig, moduleName(tree, error.module))] : [];
}

function leaveOut({ resolution: { effective } }: FindingInput, failed: TargetOutcome | undefined): readonly Fix[] {
  if (failed === undefined) return [];
  const { subConfig, target } = failed;
  const config = effective[subConfig]!;
  const own = leaveOutTarget(config, subConfig, target);
  return own.length > 0 ? own : leaveOutTarget(config, subConfig, target.replace(/^(_input_|_output_)0$/, '$1'));
}
