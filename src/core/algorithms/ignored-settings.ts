import { getKey } from '../config/value.ts';
import type { TargetKind, TargetOutcome } from '../resolve/resolution.ts';
import type { Algorithm, PlainPruner, QuantizerName } from './algorithm.ts';

/** A value of a list that a class does not use, and the value that it uses instead. */
export interface IgnoredSetting {
  readonly key: string;
  readonly value: string;
  readonly used: string;
}

/** Settings of the list that a quantizer ignores (rules A-Q1, A-Q4–A-Q7). Values of a template do not count. */
export function ignoredSettings(algorithm: Algorithm, { setting, kind, provenance }: TargetOutcome, applyMethod: string): readonly IgnoredSetting[] {
  if (algorithm.mode !== 'quantization') return [];
  const isSet = (key: string): boolean =>
    provenance.find((entry) => entry.key === key)?.chain.some(({ source, overridden }) => !overridden && source !== 'template') === true;
  const textOf = (key: string): string | null => {
    const value = getKey(setting, key);
    return typeof value === 'string' && isSet(key) ? value : null;
  };
  const found: IgnoredSetting[] = [];
  const method = textOf('apply_method');
  if (method !== null && method !== applyMethod) found.push({ key: 'apply_method', value: method, used: applyMethod });
  const scheme = textOf('quant_scheme');
  const used = schemeOf(algorithm.name, kind);
  if (scheme !== null && used !== null && used !== scheme) found.push({ key: 'quant_scheme', value: scheme, used });
  const dtype = textOf('quant_dtype');
  if (algorithm.name === 'BNNQuantizer' && dtype !== null) found.push({ key: 'quant_dtype', value: dtype, used: '+1 and −1' });
  return found;
}

/** The scheme that a target is quantized with (rules A-Q4–A-Q7). */
export function effectiveScheme(name: QuantizerName, kind: TargetKind, scheme: string | null): string {
  return schemeOf(name, kind) ?? scheme ?? 'symmetric';
}

/** The scheme that a class uses for any list; `null` where the list decides. */
export function schemeOf(name: QuantizerName, kind: TargetKind): string | null {
  switch (name) {
    case 'LsqQuantizer':
      return 'symmetric';
    case 'LsqPlusQuantizer':
      return 'affine';
    case 'DoReFaQuantizer':
      return kind === 'input' ? null : 'affine';
    case 'BNNQuantizer':
      return '+1 and −1';
    case 'QATQuantizer':
    case 'PtqQuantizer':
      return null;
  }
}

/** The `apply_method` that a pruner runs in the place of the one that is set (rules A-P5, A-P6). */
export function pruningMethod(name: PlainPruner, method: string): string {
  if (name === 'SlimPruner' && method === 'mul') return 'slim_mul';
  return name === 'MovementPruner' && method !== 'bypass' ? `movement_${method}` : method;
}

/** The `apply_method` that a class sets once it quantizes (rule A-Q1); `null` where that depends on the kind of the target. */
export function appliedMethod(name: QuantizerName, kind: TargetKind | null): string | null {
  switch (name) {
    case 'QATQuantizer':
      return 'qat_clamp_round';
    case 'PtqQuantizer':
      return 'clamp_round';
    case 'DoReFaQuantizer':
      if (kind === null) return null;
      return kind === 'parameter' ? 'dorefa_clamp_round_weight' : kind === 'input' ? 'clamp_round' : 'dorefa_clamp_round_output';
    case 'BNNQuantizer':
      return 'bnn_clamp_round';
    case 'LsqQuantizer':
      return 'lsq_clamp_round';
    case 'LsqPlusQuantizer':
      return 'lsq_plus_clamp_round';
  }
}
