import { distillers, plainPruners, quantizers, type Algorithm, type PlainPruner, type ScheduledPruner } from '../../../core/algorithms/algorithm.ts';
import { argumentsOf, type AlgorithmArgument } from '../../../core/algorithms/call.ts';
import type { PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { floatOf, getKey, isConfigNumber, objectOf, type ConfigEntry, type ConfigValue } from '../../../core/config/value.ts';

/** Every class of a mode, pruners under the schedule that is chosen. */
export function classesOf(mode: Mode, schedule: ScheduledPruner | null): readonly Algorithm[] {
  switch (mode) {
    case 'pruning':
      return plainPruners.map((name: PlainPruner) => ({ mode, name, schedules: schedule === null ? [] : [schedule] }));
    case 'quantization':
      return quantizers.map((name) => ({ mode, name }));
    case 'distillation':
      return distillers.map((name) => ({ mode, name }));
  }
}

/** All arguments of a class; the arguments of `compress` come last. */
export function allArguments(algorithm: Algorithm): readonly AlgorithmArgument[] {
  const { constructor, compress } = argumentsOf(algorithm);
  return [...constructor, ...compress];
}

/** Whether the constructor of a class fails without an argument. */
export function isNeeded(algorithm: Algorithm, { name }: AlgorithmArgument): boolean {
  return argumentsOf(algorithm).constructor.some((argument) => argument.name === name && argument.fallback === null);
}

/** The text of an argument in its field; empty where it is left out. */
export function argumentText({ call }: PlannedAlgorithm, { name }: AlgorithmArgument): string {
  const value = getKey(call, name);
  if (value === undefined) return '';
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return isConfigNumber(value) ? value.text : '';
}

/** The parsed text of a field. */
export type ParsedArgument = { readonly type: 'value'; readonly value: ConfigValue } | { readonly type: 'left-out' } | { readonly type: 'bad' };

/** Reads the text of a field; an empty one leaves the argument out. */
export function parseArgument(text: string, { kind }: AlgorithmArgument): ParsedArgument {
  const trimmed = text.trim();
  if (trimmed === '') return { type: 'left-out' };
  const valueOf = (value: ConfigValue): ParsedArgument => ({ type: 'value', value });
  if (trimmed === 'None') return valueOf(null);
  if (kind === 'bool') return trimmed === 'True' ? valueOf(true) : trimmed === 'False' ? valueOf(false) : { type: 'bad' };
  if (kind === 'int') return /^-?\d{1,15}$/.test(trimmed) ? valueOf({ type: 'int', text: String(Number(trimmed)) }) : { type: 'bad' };
  const number = Number(trimmed);
  return Number.isFinite(number) ? valueOf(floatOf(number)) : { type: 'bad' };
}

/** The draft with one argument set, or left out. */
export function withArgument(draft: PlannedAlgorithm, name: string, parsed: ParsedArgument): PlannedAlgorithm {
  if (parsed.type === 'bad') return draft;
  const others = draft.call.entries.filter(([key]) => key !== name);
  const entries: readonly ConfigEntry[] = parsed.type === 'left-out' ? others : [...others, [name, parsed.value]];
  return { ...draft, call: objectOf(entries) };
}
