import { writeJson } from '../../core/config/json-writer.ts';
import type { Mode } from '../../core/config/mode.ts';
import { type ConfigObject, type ConfigValue, type KeyPath, objectOf } from '../../core/config/value.ts';
import type { TargetMask } from '../../core/masks/predict-masks.ts';
import type { Kernel, TargetOutcome } from '../../core/resolve/resolution.ts';
import { formatCount } from '../../core/text/format-count.ts';

/** A value as JSON on one line. */
export function valueText(value: ConfigValue): string {
  return writeJson(value, { width: Number.MAX_SAFE_INTEGER }).replace(/\n\s*/g, ' ');
}

/** `1 × all × all × all`: the size of a kernel in each dimension; without a shape, the known part of it. */
export function kernelText({ sizes, padding, paddingValue }: Kernel, shape: readonly number[] | null): string {
  const steps = sizes.map(stepText);
  if (shape === null) {
    const rest = `${stepText(paddingValue)} …`;
    return (padding === 'front' ? [rest, ...steps] : [...steps, rest]).join(' × ');
  }
  const missing = Array.from({ length: Math.max(0, shape.length - sizes.length) }, () => stepText(paddingValue));
  return (padding === 'front' ? [...missing, ...steps] : [...steps, ...missing]).join(' × ');
}

function stepText(size: number): string {
  return size === -1 ? 'all' : String(size);
}

/** The settings in force as `{target: setting}`. */
export function settingsOf(targets: readonly TargetOutcome[]): ConfigObject {
  return objectOf(targets.map(({ target, setting }) => [target, setting] as const));
}

/** Of a parameter that a module has as `None`, as the bias of many convolutions. Quantizers do not pass it by: see the findings. */
export function emptyWords(mode: Mode): string {
  return mode === 'pruning' ? 'None here: NNI skips it' : 'None here';
}

/** The kind of a target, in a word or two. */
export function targetKindText({ kind, attribute }: TargetOutcome, mode: Mode): string {
  if (kind !== 'parameter') return kind;
  switch (attribute) {
    case 'empty':
      return `parameter that is ${emptyWords(mode)}`;
    case 'missing':
      return 'no parameter of this module: refused';
    case 'unknown':
      return 'parameter, not listed by the source: not checked';
    case 'tensor':
    case 'none':
      return 'parameter';
  }
}

/** The number of masked elements, in words. */
export function maskText({ masked, total }: TargetMask): string {
  if (masked === null) return `how many of ${formatCount(total)} values depends on the weights`;
  const share = total === 0 ? '' : ` (${Number(((100 * masked) / total).toFixed(1))} %)`;
  return `${formatCount(masked)} of ${formatCount(total)} values${share}`;
}

/** A name cut behind its dots, where a line may break. */
export function nameParts(name: string): readonly string[] {
  return name === '' ? ['(root)'] : name.split(/(?<=\.)/);
}

/** `target_settings › weight › dims[0]`: a place in a sub-config. */
export function pathText(path: KeyPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text} › ${step}`;
  }, '');
}
