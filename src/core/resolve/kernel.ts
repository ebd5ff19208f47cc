import { pythonRepr, pythonStr, pythonTruth } from '../config/python-repr.ts';
import type { Mode } from '../config/mode.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { type ConfigObject, type ConfigValue, getKey, isConfigList, isConfigNumber } from '../config/value.ts';
import { fail, type Result, succeed } from '../result.ts';
import type { Kernel, TargetKind } from './resolution.ts';

/** Why a granularity is refused. */
export interface GranularityFailure {
  readonly code: 'granularity-kind' | 'granularity-malformed';
  readonly error: RaisedError;
  readonly granularity: string;
}

/** The granularity that NNI reads for `default` (rule R6). `null` sets no kernel. */
export function defaultGranularity(mode: Mode, kind: TargetKind): string | null {
  if (mode !== 'pruning') return null;
  return kind === 'parameter' ? 'out_channel' : 'per_channel';
}

const namedKernels: Readonly<Record<string, Kernel & { readonly forParameters: boolean }>> = {
  out_channel: { sizes: [1], padding: 'back', paddingValue: -1, forParameters: true },
  in_channel: { sizes: [-1, 1], padding: 'back', paddingValue: -1, forParameters: true },
  per_channel: { sizes: [-1, 1], padding: 'back', paddingValue: -1, forParameters: false },
};

/**
 * The kernel of a target's setting (rule R6): `null` where NNI sets none. A name that is not for this kind of
 * target, and a list that is neither ints nor `[kernel, padding, value]`, is an `AssertionError` without a text.
 */
export function kernelOf(
  setting: ConfigObject,
  kind: TargetKind,
  mode: Mode,
): Result<Kernel | null, GranularityFailure> {
  if (mode === 'distillation') return succeed(null);
  const configured = getKey(setting, 'granularity') ?? null;
  const granularity = configured === 'default' ? defaultGranularity(mode, kind) : configured;
  if (granularity === null) return succeed(null);
  if (typeof granularity === 'string') return namedKernel(granularity, kind);
  // Anything but a list is refused by the schema (rule V3); without that check it would set no usable kernel.
  return isConfigList(granularity) ? listedKernel(granularity) : succeed(null);
}

function namedKernel(name: string, kind: TargetKind): Result<Kernel | null, GranularityFailure> {
  const named = Object.hasOwn(namedKernels, name) ? namedKernels[name] : undefined;
  if (named === undefined) return succeed(null);
  if (named.forParameters !== (kind === 'parameter')) return malformed('granularity-kind', '', name);
  const { sizes, padding, paddingValue } = named;
  return succeed({ sizes, padding, paddingValue });
}

function listedKernel(list: readonly ConfigValue[]): Result<Kernel | null, GranularityFailure> {
  if (list.every(isPythonInt)) return succeed(kernel(list, 'front', 1));
  const written = pythonRepr(list);
  if (list.length > 3) return malformed('granularity-malformed', '', written);
  const [sizes, mode, value] = list;
  const padding = pythonTruth(mode) ? mode! : 'front';
  if (padding !== 'front' && padding !== 'back') {
    const wanted = "kernel_padding_mode should be one of ['front', 'back']";
    const message = `${wanted}, but get kernel_padding_mode=${pythonStr(padding)}.`;
    return malformed('granularity-malformed', message, written);
  }
  const paddingValue = value !== undefined && pythonTruth(value) && isPythonInt(value) ? Number(intOf(value)) : 1;
  return succeed(isConfigList(sizes) && sizes.every(isPythonInt) ? kernel(sizes, padding, paddingValue) : null);
}

function kernel(sizes: readonly ConfigValue[], padding: 'front' | 'back', paddingValue: number): Kernel {
  return { sizes: sizes.map((size) => Number(intOf(size))), padding, paddingValue };
}

/** A bool is an int in Python. */
function isPythonInt(value: ConfigValue): boolean {
  return typeof value === 'boolean' || (isConfigNumber(value) && value.type === 'int');
}

function intOf(value: ConfigValue): string | number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return isConfigNumber(value) ? value.text : 0;
}

function malformed(
  code: GranularityFailure['code'],
  message: string,
  granularity: string,
): Result<never, GranularityFailure> {
  return fail({ code, error: { type: 'AssertionError', message }, granularity });
}
